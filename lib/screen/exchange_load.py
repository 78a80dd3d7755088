"""Loading a file in four steps that stay in sight: the file, its columns, the preview, the loading."""

import hashlib

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Invalid, Problem
from lib.exchange import columns, reading
from lib.exchange.likely import likely
from lib.exchange.old_fonts import repaired
from lib.exchange.plan import Plan, people, plan
from lib.exchange.sheets import LISTS
from lib.screen import exchange_area, exchange_doubts, exchange_preview, forms, i18n, upload
from lib.screen.exchange_words import ENCODINGS, KINDS, SKIPPED
from lib.screen.i18n import _, number, say
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
    found = _columns(kind, file)
    if found is None:
        return
    made = _plan(db, user, kind, area, file, found)
    if made:
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


def _columns(kind: str, file) -> dict | None:
    """Step 2: the columns that were understood, and the question of old fonts."""
    _step(2, _("Columns of the file"))
    try:
        sheets = _seen(_sheets(file))
        sheet, table = columns.found(sheets, kind)
        convert = True
        also: list[str] = []
        if table.encoding:
            convert = _ask(table, sheet)
            if convert is None:
                return None
            sheet, table = columns.found(sheets, kind, convert=convert)
            also = _ask_more(table.doubts) if table.doubts else []
            sheet, table = columns.found(sheets, kind, convert=convert, also=also) if also else (sheet, table)
    except Invalid as problem:
        st.warning(say(problem.say), icon=":material/error:")
        return None
    _tell(kind, sheet, table)
    persons = people(sheets, sheet, convert=convert, also=also) if kind == "households" else None
    _tell_left(sheets, [sheet.name, persons[0].name if persons else ""])
    shown = bool(st.session_state.get("exchange_shown"))
    return {"sheet": sheet, "table": table, "persons": persons, "letters": (convert, *also), "shown": shown}


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


def _tell(kind: str, sheet: reading.Sheet, table: columns.Table) -> None:
    known = {column.key: column for column in columns.KINDS[kind]}
    names = [i18n.in_place(known[key].heading(i18n.language())) for key in table.columns]
    st.markdown(_("Sheet “{sheet}”, {n} columns understood: {names}.").format(
        sheet=plain(sheet.name), n=len(names), names="; ".join(names)))  # fmt: skip
    if table.unknown:
        st.markdown(":orange[:material/error: " + _("Not used, because nobody knows these headings: {names}.").format(
            names="; ".join(plain(name) for name in table.unknown)) + "]")  # fmt: skip
    passed = ", ".join(f"{_(SKIPPED.get(reason, reason))}: {number(n)}" for reason, n in table.skipped.items())
    if passed:
        st.caption(_("Rows that are no data: {passed}.").format(passed=passed))


def _tell_left(sheets: list[reading.Sheet], taken: list[str]) -> None:
    """No sheet is passed over in silence; the hidden words of our own forms are no list."""
    hidden = [sheet.name for sheet in sheets if sheet.hidden and sheet.name != LISTS]
    others = [sheet.name for sheet in sheets if sheet.rows and sheet.name not in taken]
    if hidden:
        st.caption(_("Hidden sheets are not read: {names}.").format(names=", ".join(map(plain, hidden))))
    if others:
        st.warning(
            _("Only one sheet is read. Save these as files of their own: {names}.").format(
                names=", ".join(map(plain, others))
            ),
            icon=":material/error:",
        )


def _plan(db: Database, user: User, kind: str, area: str, file, found: dict) -> Plan | None:
    """The file looked through, once for each choice."""
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    asked = (digest, kind, area, found["letters"], found["shown"], user.id, user.grant_id)
    found["asked"], same = asked, exchange_doubts.answered(asked)
    wanted = (*asked, tuple(same.items()))
    kept = st.session_state.get("exchange_plan")
    if kept and kept[0] == wanted:
        return kept[1]
    persons = found["persons"] and found["persons"][1]
    with st.spinner(_("Looking through the rows …")):
        made, problem = attempt(
            plan, db, user, kind, area, found["table"], now=clock.now(), persons=persons, likely=likely,
            same=same,
        )  # fmt: skip
    if problem:
        _refused(problem)
        return None
    made.file_name, made.digest = file.name, digest
    made.sheets = {kind: found["sheet"].name} | ({"persons": found["persons"][0].name} if persons else {})
    st.session_state["exchange_plan"] = (wanted, made)
    return made


def _refused(problem: Problem) -> None:
    if isinstance(problem, Invalid):
        st.warning(say(problem.say), icon=":material/error:")
