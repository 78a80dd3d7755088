"""What was understood of a file: sheets and columns, what was read otherwise than it stands, what was passed over."""

from collections import Counter

import streamlit as st

from lib.exchange.columns.kinds import OF_SEX, columns_of
from lib.exchange.columns.recognised_table import Table
from lib.exchange.columns.whole_file import Whole
from lib.screen import i18n
from lib.screen.excel import session
from lib.screen.excel.file_words import SHEETS as LISTS
from lib.screen.excel.file_words import SKIPPED
from lib.screen.i18n import _, ngettext, number, say
from lib.screen.markdown import plain
from lib.screen.widgets import more

_FIRST = 20
_SHEETS = 12  # more than these are counted, not named


def tell(whole: Whole) -> None:
    """The sheets with their columns, each remark once, and the lines that are no data."""
    several = len({part.kind for part in whole.parts}) > 1
    for tables in _alike(whole.parts):
        _read(tables, several)
    _left(whole)
    for table in whole.parts:
        for remark in table.remarks:
            where = f"{plain(table.sheet)}: " if len({part.sheet for part in whole.parts}) > 1 else ""
            st.caption(f":material/info: {where}{plain(say(remark))}")
    _passed(whole.parts)


def _alike(tables: list[Table]) -> list[list[Table]]:
    """Sheets with the same columns are told in one sentence."""
    groups: dict[tuple, list[Table]] = {}
    for table in tables:
        groups.setdefault((table.kind, *table.columns), []).append(table)
    return list(groups.values())


def _read(tables: list[Table], several: bool) -> None:
    """One sentence; of several lists each is named."""
    columns = {column.key: column for column in columns_of(tables[0].kind)}
    keys = list(tables[0].columns)
    keys += [key for key in OF_SEX if tables[0].head.sexes and key in columns and key not in keys]
    names = [i18n.in_place(columns[key].heading(i18n.language())) for key in keys if key in columns]
    names += [tables[0].head.texts[at] for at in tables[0].ticks.values()]
    sheets = ", ".join(plain(table.sheet) for table in tables[:_SHEETS])
    if len(tables) == 1:
        sentence = _("Sheet “{sheet}”, {n} columns understood: {names}.")
    else:
        sentence = _("{m} sheets ({sheet}), {n} columns understood: {names}.")
    whose = f"**{_(LISTS[tables[0].kind])}** · " if several else ""
    st.markdown(whose + sentence.format(m=number(len(tables)), sheet=sheets, n=len(names), names="; ".join(names)))


def _left(whole: Whole) -> None:
    """No sheet is passed over in silence."""
    hidden = [left.name for left in whole.left if not left.rows]
    if hidden:
        st.caption(_("Hidden sheets are not read: {names}.").format(names=", ".join(map(plain, hidden))))
    for left in whole.left:
        if left.rows:
            st.warning(
                _("The sheet “{sheet}” ({n} rows) is not read: {why} It begins: {sample}").format(
                    sheet=plain(left.name), n=number(left.rows), why=plain(say(left.why)), sample=plain(left.sample)
                ),
                icon=":material/error:",
            )


def _passed(tables: list[Table]) -> None:
    """How many rows are no data, and each of those that hold words; headings by themselves are no news."""
    counted: Counter[str] = Counter()
    for table in tables:
        counted.update(table.skipped)
    counts = ", ".join(f"{_(SKIPPED.get(reason, reason))}: {number(n)}" for reason, n in counted.items())
    if counts and set(counted) != {"heading"}:
        st.caption(_("Rows without data: {passed}.").format(passed=counts))
    passed = [(table.sheet, *line) for table in tables for line in table.passed]
    if not passed:
        return
    title = ngettext("{n} row that is skipped", "{n} rows that are skipped", len(passed))
    with st.expander(title.format(n=number(len(passed))), icon=":material/playlist_remove:"):
        of = session.field("passed")
        shown = passed[: more.so_many(of, _FIRST)]
        table = {_("Row"): [number(row) for _sheet, row, _reason, _words in shown]}
        if len({sheet for sheet, *_line in shown}) > 1:
            table[_("Sheet")] = [plain(sheet) for sheet, _row, _reason, _words in shown]
        table[_("Treated as")] = [_(SKIPPED.get(reason, reason)) for _sheet, _row, reason, _words in shown]
        table[_("Row content")] = [plain(words) for _sheet, _row, _reason, words in shown]
        st.table(table)
        more.offer(of, len(passed) - len(shown))
