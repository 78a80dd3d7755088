"""Two elements that move: the list of what has just been entered, and the big screen. Both get finished words.

The big screen turns its pages in the browser; the server only sends fresh figures every few seconds.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from lib.screen.shell import bundle

_HERE = Path(__file__).parent


def _element(name: str):
    style, script = (_HERE / f"{name}.css").read_text("utf-8"), bundle.component(_HERE / f"{name}.js")
    return st.components.v2.component(f"tungnha_{name}", css=style, js=script)


_moved = _element("moved")
_wall = _element("wall")


def moved(data: dict, *, key: str, on_open: Callable[[], None]) -> None:
    """The list of fresh entries and of places won or lost; its words are made by board_moves."""
    _moved(key=key, data=data, on_open_change=on_open)


def opened(key: str) -> str | None:
    """The code of the unit that was clicked in the list."""
    return (st.session_state.get(key) or {}).get("open")


def screen(data: dict) -> None:
    """The big screen over the whole window; its words and figures are made by board_wall."""
    _wall(key="wall", data=data)
