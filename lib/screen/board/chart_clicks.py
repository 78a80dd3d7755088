"""What was clicked in the charts of a board: the unit of a bar, a cell, a dot or a tile."""

import streamlit as st

from lib.screen.board import session
from lib.screen.shell.page import went_back

# Charts whose rows, or the links of their tables, open.
OPENING = ("bars", "heat", "trend", "compare", "strip", "tiles")


def forget() -> None:
    """Called where a page begins: who goes back is not led away again by the click that led away.

    A browser keeps what was chosen in a chart until the run it caused has ended, and Back may come before; so the
    charts of a page gone back to are new ones.
    """
    if went_back():
        session.RETURNS.set((session.RETURNS.get() or 0) + 1)


def opened(area_code: str, kinds: tuple[str, ...] = OPENING) -> str | None:
    """The code of the unit clicked on the page of an area; None for the area itself, which stands open."""
    codes = [
        code
        for kind in kinds
        for code in (_state(session.save_key(kind, area_code)).get("open"), _picked(kind, area_code).get("code"))
    ]
    return next((code for code in codes if code and code != area_code), None)


def follow_day(area_code: str) -> None:
    """The day of the cell that was clicked becomes the board's."""
    day = _picked("heat", area_code).get("day")
    if day:
        st.query_params["day"] = day


def _picked(kind: str, area_code: str) -> dict:
    return next(iter(_state(session.chart_key(kind, area_code)).get("selection", {}).get("open") or []), {})


def _state(key: str) -> dict:
    return st.session_state.get(key) or {}
