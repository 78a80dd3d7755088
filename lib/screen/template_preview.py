"""The form of the report as a document will have it: in Vietnamese, without figures."""

import streamlit as st

from lib.exchange.report_tables import BLOCKS
from lib.screen.i18n import N_, _
from lib.screen.plain import plain

_HEAD = ("TT", "Chỉ tiêu", "Đơn vị tính", "Cách tính")


def draw(lines: list[dict]) -> None:
    """Every block with what is shown of it, then the columns of the table by unit."""
    st.caption(_("Documents are in Vietnamese; this is their table with the changes that are not saved yet."))
    for block, title in BLOCKS.items():
        told = [line for line in lines if line["block"] == block and line["shown"]]
        st.markdown(f"**{title}**")
        if told:
            rows = [
                (str(place), line["name_vi"], line["unit"], line["formula_vi"]) for place, line in enumerate(told, 1)
            ]
            st.markdown(_table(_HEAD, rows))
        else:
            st.caption(_("Nothing of this part is shown."))
    columns = [line["name_vi"] for line in lines if line["shown"] and line["in_table"]]
    st.markdown(f"**{_('Table by unit')}**")
    st.markdown("\n".join(f"{place}. {plain(name)}" for place, name in enumerate(("Đơn vị", *columns), start=1)))
    if len(columns) > MOST:
        st.caption(_(TOO_WIDE))


MOST = 14  # columns that an A4 page on its side holds
TOO_WIDE = N_("More columns than a page on its side can hold legibly; take some out of the table by unit.")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line if line == '---' else plain(line) for line in row)} |" for row in lines)
