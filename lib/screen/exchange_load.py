"""Loading a file in four steps that stay in sight: the file, its columns, the preview, the loading."""

import hashlib
from dataclasses import replace

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Invalid, Problem
from lib.exchange import columns, reading, whole
from lib.exchange.columns import How
from lib.exchange.likely import likely
from lib.exchange.old_fonts import repaired
from lib.exchange.plan import Plan, plan
from lib.screen import (
    exchange_area,
    exchange_brief,
    exchange_columns,
    exchange_doubts,
    exchange_match,
    exchange_preview,
    forms,
    upload,
)
from lib.screen.exchange_words import ENCODINGS, KINDS
from lib.screen.i18n import _, say
from lib.screen.page import attempt
from lib.screen.plain import plain

_SHOWN = 3


def draw(db: Database, user: User) -> None:
    """The steps as far as the file carries."""
    exchange_preview.told()
    given = _file(db, user)
    if given is None:
        return
    kind, area, file = given
    brief = st.container()
    found = _columns(db, user, kind, area, file)
    if found is None:
        return
    made = _plan(db, user, kind, area, file, found)
    if made:
        with brief:
            exchange_brief.draw(found["found"], made, found["hidden"])
        exchange_preview.draw(db, user, made, file.getvalue(), lambda: exchange_doubts.draw(made, found["asked"]))


def _step(n: int, title: str) -> None:
    st.subheader(f"{n}. {title}", anchor=False)


def _file(db: Database, user: User):
    """Step 1: which list, for which area, and the file."""
    _step(1, _("Choose the file"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            _("List"), list(KINDS), index=list(KINDS).index("households"), format_func=lambda code: _(KINDS[code]),
            key="exchange_kind", width=260,
        )  # fmt: skip
        area = exchange_area.choose(db, user, "exchange_area")
    file = upload.field(_("File"), key=f"{forms.prefix('exchange')}file")
    if file is None:
        st.session_state.pop("exchange_sheets", None)
        st.caption(_("An .xlsx, .xls or .csv file with a row of headings; the columns may stand in any order."))
        return None
    return kind, area, file


def _columns(db: Database, user: User, kind: str, area: str, file) -> dict | None:
    """Step 2: the columns that were understood, those to be matched by hand, and the question of old fonts."""
    _step(2, _("Columns of the file"))
    digest, sheets = hashlib.sha256(file.getvalue()).hexdigest(), []
    how = exchange_match.how(db, area, kind, digest)
    try:
        sheets = _seen(_sheets(file))
        found, how = _in_unicode(whole.understood(sheets, kind, how), sheets, how)
        if found is None:
            return None
    except Invalid as problem:
        st.warning(say(problem.say), icon=":material/error:")
        exchange_match.ask_all(sheets, kind, how, digest)
        exchange_match.remembered(db, user, area, kind)
        return None
    exchange_columns.tell(found)
    exchange_match.ask(found, sheets, digest)
    exchange_match.remembered(db, user, area, kind)
    shown = bool(st.session_state.get("exchange_shown"))
    hidden = sum(len(sheet.hidden_rows) for sheet in sheets if not sheet.hidden)
    matched = exchange_match.chosen(digest, kind)
    return {"found": found, "how": how, "shown": shown, "hidden": hidden, "matched": matched}


def _in_unicode(found: whole.Whole, sheets: list[reading.Sheet], how: How) -> tuple[whole.Whole | None, How]:
    """The file with its text of an old font converted as the visitor wishes; None before that is said."""
    if not found.encoding:
        return found, how
    convert = _ask(*_old(found, sheets))
    if convert is None:
        return None, how
    how = replace(how, convert=convert)
    found = whole.understood(sheets, found.kind, how)
    if also := _ask_more(found.doubts) if found.doubts else []:
        how = replace(how, also=tuple(also))
        found = whole.understood(sheets, found.kind, how)
    return found, how


def _old(found: whole.Whole, sheets: list[reading.Sheet]) -> tuple[columns.Table, reading.Sheet]:
    """The first table that is written in an old font, and its sheet."""
    table = next(table for table in found.parts if table.encoding)
    return table, next(sheet for sheet in sheets if sheet.name == table.sheet)


def _sheets(file) -> list[reading.Sheet]:
    """The sheets of the file, read once and not at each click."""
    wanted = (hashlib.sha256(file.getvalue()).hexdigest(), file.name)
    kept = st.session_state.get("exchange_sheets")
    if kept is None or kept[0] != wanted:
        kept = st.session_state["exchange_sheets"] = (wanted, reading.read(file.getvalue(), file.name))
    return kept[1]


def _seen(sheets: list[reading.Sheet]) -> list[reading.Sheet]:
    """Hidden rows and columns are told; the visitor says whether hidden rows are loaded."""
    for sheet in sheets:
        for told in reading.unseen(sheet) if not sheet.hidden else []:
            st.warning(plain(say(told)), icon=":material/visibility_off:")
    if any(sheet.hidden_rows for sheet in sheets) and st.toggle(_("Leave hidden rows out"), key="exchange_shown"):
        return [reading.shown(sheet) for sheet in sheets]
    return sheets


def _ask(table: columns.Table, sheet: reading.Sheet) -> bool | None:
    """Text of an old font is converted only when the visitor says so."""
    cells = dict.fromkeys(cell for row in sheet.rows[1:] for cell in row if " " in cell)
    read = {cell: repaired(cell, table.encoding)[0] for cell in cells}
    samples = [cell for cell in cells if read[cell] != cell]
    st.warning(
        _("The text seems to be written in the old font {font}.").format(font=ENCODINGS.get(table.encoding, "")),
        icon=":material/translate:",
    )
    st.table({
        _("In the file"): [plain(cell) for cell in samples[:_SHOWN]],
        _("Converted"): [plain(read[cell]) for cell in samples[:_SHOWN]],
    })  # fmt: skip
    answers = {"yes": _("Convert"), "no": _("Leave as it is")}
    answer = st.segmented_control(
        _("Convert the text?"), list(answers), format_func=answers.get, key="exchange_convert"
    )
    return None if answer is None else answer == "yes"


def _ask_more(doubts: dict[str, str]) -> list[str]:
    """Cells that are right as they stand, and could be of the old font all the same."""
    return st.multiselect(
        _("These cells look right as they are. Choose those that are of the old font too."),
        list(doubts), format_func=lambda cell: f"{cell} → {doubts[cell]}", key="exchange_convert_too",
    )  # fmt: skip


def _plan(db: Database, user: User, kind: str, area: str, file, found: dict) -> Plan | None:
    """The file looked through, once for each choice."""
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    how = found["how"]
    read = (how.convert, *how.also, *sorted(how.matched.items()), *sorted(how.rows.items()))
    asked = (digest, kind, area, read, found["shown"], user.id, user.grant_id)
    found["asked"], same = asked, exchange_doubts.answered(asked)
    wanted = (*asked, tuple(same.items()))
    kept = st.session_state.get("exchange_plan")
    if kept and kept[0] == wanted:
        return kept[1]
    whole_ = found["found"]
    with st.spinner(_("Looking through the rows …")):
        made, problem = attempt(
            plan, db, user, kind, area, whole_.tables, now=clock.now(), persons=whole_.persons, likely=likely,
            same=same,
        )  # fmt: skip
    if problem:
        _refused(problem)
        return None
    made.file_name, made.digest = file.name, digest
    made.matched = found["matched"]
    st.session_state["exchange_plan"] = (wanted, made)
    return made


def _refused(problem: Problem) -> None:
    if isinstance(problem, Invalid):
        st.warning(say(problem.say), icon=":material/error:")
