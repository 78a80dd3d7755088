"""The figures of a report as one real table, a group of rows for each block; on a telephone a line or two for each.

Everything arrives as finished words. Each figure's name is a true address that opens its why; a plain click sends it.
"""

from pathlib import Path

import streamlit as st

from lib.screen.shell import bundle

_HERE = Path(__file__).parent
_figures = st.components.v2.component(
    "report_figures", css=(_HERE / "figures.css").read_text("utf-8"), js=bundle.component(_HERE / "figures.js")
)


def draw(caption: str, head: list[str], blocks: list[dict], *, key: str) -> None:
    """`blocks`: `{title, rows}`, a row `{code, name, href, cells, here}`, a cell `{text, note, look}`.

    `look` is "differs", "missing" or empty.
    """
    data = {"caption": caption, "head": head, "blocks": blocks}
    _figures(key=key, data=data, on_go_change=lambda: None)
