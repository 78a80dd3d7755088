"""The form of the report as a document will have it: in Vietnamese, without figures."""

import streamlit as st

from lib.oversight.report_template.edit import MOST_COLUMNS
from lib.oversight.report_template.indicators import MANUAL, NUMBER
from lib.screen.i18n import N_, _
from lib.screen.markdown import plain
from lib.screen.report_template.edit import Edit

_HEAD = ("TT", "Chỉ tiêu", "Đơn vị tính", "Cách tính")
TOO_WIDE = N_("Too many columns for a landscape page; remove some from the table by unit.")


def draw(edit: Edit) -> None:
    """Every section with what is shown of it, then the columns of the two tables by unit."""
    st.caption(_("Documents are in Vietnamese; this is their table, including changes not saved yet."))
    lines = edit.lines()
    for section in edit.numbered():
        if not section["shown"]:
            continue
        asked_lines = [line for line in lines if line["block"] == section["code"] and line["shown"]]
        st.markdown(f"**{plain(section['number'])}. {plain(section['name_vi'])}**")
        _section(asked_lines)
    _columns(_("Table by unit"), [line for line in lines if line["function"] != MANUAL])
    _columns(_("Table of what the units enter"), [line for line in lines if line["function"] == MANUAL])


def _section(lines: list[dict]) -> None:
    """Its numbers as a table, its texts as lines."""
    numbers = [line for line in lines if line["kind"] == NUMBER]
    if numbers:
        rows = [
            (str(place), line["name_vi"], line["unit"], line["formula_vi"]) for place, line in enumerate(numbers, 1)
        ]
        st.markdown(_table(_HEAD, rows))
    texts = [f"- **{plain(line['name_vi'])}:** …" for line in lines if line["kind"] != NUMBER]
    if texts:
        st.markdown("\n".join(texts))
    if not lines:
        st.caption(_("Nothing is shown from this part."))


def _columns(title: str, lines: list[dict]) -> None:
    columns = [line["name_vi"] for line in lines if line["shown"] and line["in_table"]]
    if not columns:
        return
    st.markdown(f"**{title}**")
    st.markdown("\n".join(f"{place}. {plain(name)}" for place, name in enumerate(("Đơn vị", *columns), start=1)))
    if len(columns) > MOST_COLUMNS:
        st.caption(_(TOO_WIDE))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line if line == '---' else plain(line) for line in row)} |" for row in lines)
