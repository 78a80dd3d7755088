"""Two elements of a board that move by themselves: the list of fresh entries, and the big screen.

Both are sent finished words. The big screen turns its pages in the browser; the server only sends fresh figures every
few seconds.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from lib.screen.shell import bundle

_FOLDER = Path(__file__).parent


def _element(name: str):
    style, script = (_FOLDER / f"{name}.css").read_text("utf-8"), bundle.component(_FOLDER / f"{name}.js")
    return st.components.v2.component(f"tungnha_{name}", css=style, js=script)


_fresh_entries = _element("fresh_entries")
_big_screen = _element("big_screen")


def fresh_entries(data: dict, *, key: str, on_open: Callable[[], None]) -> None:
    """The list of fresh entries and of places won or lost; `live_list` makes its words."""
    _fresh_entries(key=key, data=data, on_open_change=on_open)


def opened(key: str) -> str | None:
    """The code of the unit that was clicked in the list."""
    return (st.session_state.get(key) or {}).get("open")


def big_screen(data: dict) -> None:
    """The big screen over the whole window; the module `big_screen` makes its words and figures."""
    _big_screen(key="wall", data=data)
