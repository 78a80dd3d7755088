"""What a file would change, and loading it: the counts, the first rows, what needs a look, then the button."""

from collections import Counter
from collections.abc import Callable

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Conflict
from lib.exchange.columns.recognised_table import KINDS
from lib.exchange.lists import workbook
from lib.exchange.lists.apply import apply
from lib.exchange.lists.place_lookup import Places
from lib.exchange.lists.plan import ImportPlan
from lib.exchange.lists.row import STATES, FileRow, good
from lib.screen import i18n
from lib.screen.excel import session
from lib.screen.excel.file_words import MARKS, SHEETS
from lib.screen.excel.file_words import STATES as WORDS
from lib.screen.i18n import _, ngettext, number, say
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt
from lib.screen.widgets import more
from lib.screen.widgets.place_names import labels

FIRST = 20
_FEW = 6  # warnings that are read without a click
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(db: Database, user: User, plan: ImportPlan, data: bytes, doubts: Callable[[], bool]) -> None:
    """Steps 3 and 4, what wants work first.

    `doubts` asks about households that may be known already, and says whether an answer is not in force yet.
    """
    st.subheader(f"3. {_('Preview')}", anchor=False)
    _counts(plan)
    if plan.counts["refused"]:
        _rows(db, plan)
    waiting = doubts()
    _warnings(plan)
    if not plan.counts["refused"]:
        _rows(db, plan)
    st.subheader(f"4. {_('Import')}", anchor=False)
    if plan.counts["refused"]:
        _refused(plan, data)
    if waiting:
        st.info(
            _("Your answers are not applied yet; press “Preview again with these answers” before you import."),
            icon=":material/help:",
        )
    else:
        _load(db, user, plan)


def _counts(plan: ImportPlan) -> None:
    with st.container(horizontal=True):
        for state in STATES:
            st.metric(f"{MARKS[state]} {_(WORDS[state])}", number(plan.counts[state]), border=True, width=150)
    entries, lines = len(plan.rows), len({(row.page, row.number) for row in plan.rows})
    blocks = any(line.head for table in plan.of("persons") for line in table.rows)
    total = _("Total: {n} entries from {m} rows of the file.") if blocks else _("{n} rows in the file in total.")
    of_each = Counter(row.sheet for row in plan.rows)
    kinds = "; ".join(f"{_(SHEETS[kind])}: {number(n)}" for kind, n in of_each.items()) if len(of_each) > 1 else ""
    st.caption(f"{total.format(n=number(entries), m=number(lines))} {kinds}".strip())


def _rows(db: Database, plan: ImportPlan) -> None:
    """The first rows of one kind; what is refused first, for it wants work."""
    there = [state for state in ("refused", "changed", "new", "same") if plan.counts[state]]
    if not there:
        st.info(
            _("The file contains no rows of data; enter data below the headings and import it again."),
            icon=":material/table_rows:",
        )
        return
    state = st.segmented_control(
        _("Show"),
        there,
        default=there[0],
        required=True,
        key=session.field("state"),
        format_func=lambda code: f"{_(WORDS[code])} ({number(plan.counts[code])})",
    )
    of = session.field(state)
    shown = [row for row in plan.rows if row.state == state][: more.so_many(of, FIRST)]
    headings, places = _headings(plan), Places(db, plan.area)
    table = {_("Row"): [number(row.number) for row in shown]}
    if any(row.page for row in shown):
        table[_("Sheet")] = [plain(row.page) for row in shown]
    if len(plan.tables) > 1:
        table[_("List")] = [_(SHEETS[row.sheet]) for row in shown]
    if any(row.key for row in shown) and plan.kind != "teams":
        table[_("Code")] = [plain(row.key) for row in shown]
    if len(places.communes) > 1 and plan.kind != "expected":
        names = labels([*places.communes.values()])
        table[_("Commune")] = [plain(names.get(row.commune, "")) for row in shown]
    table[_("What")] = [plain(_row_words(row, headings, places)) for row in shown]
    st.table(table)
    more.offer(of, plan.counts[state] - len(shown))


def _headings(plan: ImportPlan) -> dict[str, dict]:
    return {kind: {column.key: column for column in KINDS[kind]} for kind in plan.tables}


def _row_words(row: FileRow, headings: dict, places: Places) -> str:
    """A row in words: why it is refused, what changes, or what it holds."""
    columns = headings[row.sheet]
    whose = f"{row.name()}: " if row.name() else ""
    if row.state == "refused":
        return whose + "; ".join(f"{_name(columns, key)}: {say(fault)}" for key, fault in row.faults.items())
    if row.state == "changed":
        return whose + "; ".join(
            f"{_name(columns, key)}: {_value(columns, places, key, old)} → {_value(columns, places, key, new)}"
            for key, (old, new) in row.changes().items()
        )
    values = [(key, value) for key, value in row.new.items() if value not in (None, "", [], 0)]
    return ", ".join(_written(columns, places, key, value) for key, value in values)


def _written(columns: dict, places: Places, key: str, value) -> str:
    """A bare number says nothing; a year does."""
    words = _value(columns, places, key, value)
    bare = isinstance(value, int) and not key.endswith("birth_year") and _name(columns, key)
    return f"{_name(columns, key)}: {words}" if bare else words


def _name(columns: dict, key: str) -> str:
    return i18n.in_place(columns[key].heading(i18n.language())) if key in columns else ""


def _value(columns: dict, places: Places, key: str, value) -> str:
    if value in (None, "", []):
        return "–"
    if key in ("hamlet_code", "hamlets"):
        return "; ".join(map(places.written, [value] if isinstance(value, str) else value))
    return columns[key].written(value, i18n.language()) if key in columns else str(value)


def _warnings(plan: ImportPlan) -> None:
    warnings = plan.remarks
    if not warnings:
        return
    title = ngettext(
        "{n} warning; the row is still imported", "{n} warnings; the rows are still imported", len(warnings)
    )
    with st.expander(title.format(n=number(len(warnings))), icon=":material/error:", expanded=len(warnings) <= _FEW):
        of = session.field("warnings")
        shown = warnings[: more.so_many(of, FIRST)]
        for row, sentence in shown:
            st.markdown(plain(_("Row {n}: {sentence}").format(n=row.place, sentence=say(sentence))))
        more.offer(of, len(warnings) - len(shown))


def _refused(plan: ImportPlan, data: bytes) -> None:
    count = plan.counts["refused"]
    st.warning(
        ngettext("{n} row is refused and stays as it is.", "{n} rows are refused and stay as they are.", count).format(
            n=number(count)
        ),
        icon=":material/error:",
    )
    st.download_button(
        _("Download the file with the refused rows marked"),
        _marked(plan, data),
        file_name=f"{plan.file_name.rpartition('.')[0]}-{_('to-fix')}.xlsx",
        mime=_XLSX,
        icon=":material/download:",
        on_click="ignore",
        key=session.field("refused"),
    )


def _marked(plan: ImportPlan, data: bytes) -> Callable[[], bytes]:
    """Made when the button is pressed, where no language is known any more: so the sentences are said now."""
    heading = _("What to fix")
    faults = [fault for row in plan.rows if row.state == "refused" for fault in row.faults.values()]
    words = {str(fault): say(fault) for fault in faults}
    return lambda: workbook.refused(plan, data, lambda fault: words[str(fault)], heading=heading)


def _load(db: Database, user: User, plan: ImportPlan) -> None:
    """One button; after it the page begins anew with a sentence of what was done."""
    n = len(good(plan.rows))
    if not n:
        st.info(_("There is nothing to import: all valid rows are already stored."), icon=":material/check:")
        return
    entries = len(plan.rows) != len({(row.page, row.number) for row in plan.rows})
    words = (
        ngettext("Import {n} entry", "Import {n} entries", n)
        if entries and not plan.counts["refused"]
        else ngettext("Import only the {n} valid row", "Import only the {n} valid rows", n)
        if plan.counts["refused"]
        else ngettext("Import {n} row", "Import {n} rows", n)
    )
    if not st.button(words.format(n=number(n)), type="primary", key=session.field("load")):
        return
    bar = st.progress(0.0, _("Importing …"))
    number_, problem = attempt(apply, db, user, plan, now=clock.now(), progress=lambda share: bar.progress(share))
    bar.empty()
    if problem:
        if isinstance(problem, Conflict):
            session.PLAN.pop()
        return
    session.LOADED.set((number_, plan.counts))
    for key in (session.PLAN, session.ANSWERS):  # loaded again, the file is another one
        key.pop()
    session.next_file()
    st.rerun()


def flash() -> None:
    """Say once what the last loading did."""
    loaded = session.LOADED.pop()
    if not loaded:
        return
    number_, counts = loaded
    if number_ is None:
        st.info(_("All data in this file is already stored; nothing was changed."), icon=":material/check:")
    else:
        st.success(
            _(
                "Imported: {new} new, {changed} changed. The file can be undone for 24 hours under “Imported files”."
            ).format(new=number(counts["new"]), changed=number(counts["changed"])),
            icon=":material/check:",
        )
