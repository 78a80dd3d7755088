"""Loading a file in four steps that stay in sight: the file, its columns, the preview, the loading."""

import hashlib
from dataclasses import dataclass, replace

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Invalid, Problem
from lib.exchange.columns import recognised_table, whole_file
from lib.exchange.columns.recognised_table import How
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists.plan import ImportPlan, preview
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.old_fonts import repaired
from lib.screen.excel import brief as exchange_brief
from lib.screen.excel import columns_read, doubtful_rows, file_area, heading_match, load_preview, session
from lib.screen.excel.file_words import ENCODINGS, KINDS
from lib.screen.i18n import _, say
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt
from lib.screen.widgets import upload

_SHOWN = 3


@dataclass(frozen=True)
class _File:
    """The file that was chosen, and the list and the area it is loaded for; `key` tells it from any other."""

    kind: str
    area: str
    name: str
    data: bytes
    digest: str

    @property
    def key(self) -> tuple[str, ...]:
        return self.kind, self.area, self.name, self.digest


@dataclass
class _Read:
    """What was understood of it, and how; `shown` when hidden rows are left out, else `hidden` of them are read."""

    found: Whole
    how: How
    shown: bool
    hidden: int


def draw(db: Database, user: User) -> None:
    """The steps as far as the file carries."""
    load_preview.flash()
    file = _file(db, user)
    if file is None:
        return
    brief = st.container()
    read = _columns(db, user, file)
    if read is None:
        return
    question = (file.key, read.how, read.shown, user.id, user.grant_id)
    file_plan = _plan(db, user, file, read, question)
    if file_plan:
        with brief:
            exchange_brief.draw(read.found, file_plan, read.hidden)
        load_preview.draw(db, user, file_plan, file.data, lambda: doubtful_rows.draw(file_plan, file.digest, question))


def _step(n: int, title: str) -> None:
    st.subheader(f"{n}. {title}", anchor=False)


def _file(db: Database, user: User) -> _File | None:
    """Step 1: which list, for which area, and the file."""
    _step(1, _("Choose the file"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            _("List"),
            list(KINDS),
            index=list(KINDS).index("households"),
            format_func=lambda code: _(KINDS[code]),
            key="exchange_kind",
            width=260,
        )
        area = file_area.choose(db, user, "exchange_area")
    file = upload.field(_("File"), key=session.field("file"))
    if file is None:
        for key in (session.SHEETS, session.READ):
            key.pop()
        st.caption(_("An .xlsx, .xls or .csv file with a row of headings; the columns may be in any order."))
        return None
    data = file.getvalue()
    return _File(kind, area, file.name, data, hashlib.sha256(data).hexdigest())


def _columns(db: Database, user: User, file: _File) -> _Read | None:
    """Step 2: the columns that were understood, those to be matched by hand, and the question of old fonts."""
    _step(2, _("Columns of the file"))
    sheets, how = [], heading_match.how(db, file.area, file.kind, file.digest)
    try:
        sheets = _seen(_sheets(file))
        whole, how = _in_unicode(sheets, file, how)
        if whole is None:
            return None
    except Invalid as problem:
        st.warning(say(problem.say), icon=":material/error:")
        heading_match.ask_all(sheets, file.kind, how, file.digest)
        heading_match.remembered(db, user, file.area, file.kind)
        return None
    columns_read.tell(whole)
    heading_match.ask(whole, sheets, file.digest)
    heading_match.remembered(db, user, file.area, file.kind)
    hidden = sum(len(sheet.hidden_rows) for sheet in sheets if not sheet.hidden)
    return _Read(whole, how, _skips_hidden(), hidden)


def _understood(sheets: list[reading.ReadSheet], file: _File, how: How) -> Whole:
    """The file understood once for each way, and not at each click; an old font takes two ways."""
    wanted, earlier = (file.key, how, _skips_hidden()), session.READ.get() or []
    whole = next((whole for way, whole in earlier if way == wanted), None)
    whole = whole or whole_file.understood(sheets, file.kind, how)
    session.READ.set([(wanted, whole), *(pair for pair in earlier if pair[0] != wanted)][:2])
    return whole


def _in_unicode(sheets: list[reading.ReadSheet], file: _File, how: How) -> tuple[Whole | None, How]:
    """The file with its text of an old font converted as the visitor wishes; None before that is said."""
    whole = _understood(sheets, file, how)
    if not whole.encoding:
        return whole, how
    convert = _ask(*_old(whole, sheets))
    if convert is None:
        return None, how
    how = replace(how, convert=convert)
    whole = _understood(sheets, file, how)
    if also := _ask_more(whole.doubts) if whole.doubts else []:
        how = replace(how, also=tuple(also))
        whole = _understood(sheets, file, how)
    return whole, how


def _old(whole: Whole, sheets: list[reading.ReadSheet]) -> tuple[recognised_table.Table, reading.ReadSheet]:
    """The first table that is written in an old font, and its sheet."""
    table = next(table for table in whole.parts if table.encoding)
    return table, next(sheet for sheet in sheets if sheet.name == table.sheet)


def _sheets(file: _File) -> list[reading.ReadSheet]:
    """The sheets of the file, read once and not at each click."""
    wanted = (file.digest, file.name)
    last = session.SHEETS.get()
    if last is None or last[0] != wanted:
        last = (wanted, reading.read(file.data, file.name))
        session.SHEETS.set(last)
    return last[1]


def _seen(sheets: list[reading.ReadSheet]) -> list[reading.ReadSheet]:
    """Hidden rows and columns are told; the visitor says whether hidden rows are loaded."""
    for sheet in sheets:
        for sentence in reading.unseen(sheet) if not sheet.hidden else []:
            st.warning(plain(say(sentence)), icon=":material/visibility_off:")
    if any(sheet.hidden_rows for sheet in sheets) and st.toggle(_("Skip hidden rows"), key=session.SKIP_HIDDEN.name):
        return [reading.shown(sheet) for sheet in sheets]
    return sheets


def _skips_hidden() -> bool:
    return bool(session.SKIP_HIDDEN.get())


def _ask(table: recognised_table.Table, sheet: reading.ReadSheet) -> bool | None:
    """Text of an old font is converted only when the visitor says so."""
    cells = dict.fromkeys(cell for row in sheet.rows[1:] for cell in row if " " in cell)
    read = {cell: repaired(cell, table.encoding)[0] for cell in cells}
    samples = [cell for cell in cells if read[cell] != cell]
    st.warning(
        _("The text seems to be written in the old font {font}.").format(font=ENCODINGS.get(table.encoding, "")),
        icon=":material/translate:",
    )
    st.table(
        {
            _("In the file"): [plain(cell) for cell in samples[:_SHOWN]],
            _("Converted"): [plain(read[cell]) for cell in samples[:_SHOWN]],
        }
    )
    answers = {"yes": _("Convert"), "no": _("Leave as it is")}
    answer = st.segmented_control(
        _("Convert the text?"), list(answers), format_func=answers.get, key="exchange_convert"
    )
    return None if answer is None else answer == "yes"


def _ask_more(doubts: dict[str, str]) -> list[str]:
    """Cells that are right as they stand, and could be of the old font all the same."""
    return st.multiselect(
        _("These cells are readable as they are. Choose those that also use the old font."),
        list(doubts),
        format_func=lambda cell: f"{cell} → {doubts[cell]}",
        key="exchange_convert_too",
    )


def _plan(db: Database, user: User, file: _File, read: _Read, question: tuple) -> ImportPlan | None:
    """The file looked through, once for each choice."""
    same = doubtful_rows.answered(question)
    wanted = (*question, tuple(same.items()))
    last = session.PLAN.get()
    if last and last[0] == wanted:
        return last[1]
    with st.spinner(_("Checking the rows …")):
        file_plan, problem = attempt(preview, db, user, file.area, read.found, now=clock.now(), same=same)
    if problem:
        _refused(problem)
        return None
    file_plan.file_name, file_plan.digest = file.name, file.digest
    file_plan.matched = heading_match.chosen(file.digest, file.kind)
    session.PLAN.set((wanted, file_plan))
    return file_plan


def _refused(problem: Problem) -> None:
    if isinstance(problem, Invalid):
        st.warning(say(problem.say), icon=":material/error:")
