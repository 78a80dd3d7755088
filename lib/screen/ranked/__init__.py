"""The ranked table of a board as a real HTML table: repainted in place, read by screen readers, printable.

Everything arrives as finished words; a click on a unit's name sends its code as `open`.
"""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_table = st.components.v2.component(
    "ranked",
    css=(_HERE / "ranked.css").read_text("utf-8"),
    js=(_HERE / "ranked.js").read_text("utf-8"),
)


def opened(key: str) -> str | None:
    """The code of the unit whose name was clicked in the run before this one."""
    return (st.session_state.get(key) or {}).get("open")


def table(caption: str, head: list[dict], rows: list[dict], *, key: str) -> None:
    """`head`: `{text, help, number}` per column; `rows`: `{code, href, cells, share, silent}`."""
    _table(key=key, data={"caption": caption, "head": head, "rows": rows}, on_open_change=lambda: None)
