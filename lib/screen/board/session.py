"""What the board keeps in a visitor's session, and the keys of its widgets and charts."""

from typing import TYPE_CHECKING

import streamlit as st

from lib.screen.session import Key

if TYPE_CHECKING:
    from lib.screen.board.place import BoardPlace

LAST_TODAY: Key[str] = Key("board_begun")  # the last day shown while it was today
FIRST_RUN: "Key[BoardPlace]" = Key("moves_first")  # the place shown, as of its first run
BIG_SCREEN_SHOWN: Key[bool] = Key("wall_begun")
RETURNS: Key[int] = Key("chart_round")  # how often the visitor came back to a page by the browser's arrows


def show(key: str, value: object) -> None:
    """Let the widget of this key show a value that the address asks for."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def view_key(level: str) -> str:
    """Of the choice between charts."""
    return f"view-{level}"


def choice_key(name: str) -> str:
    """Of a choice within a chart: its figure, days, from, to."""
    return f"chart-{name}"


def units_key(area_code: str) -> str:
    """Of the units that are compared."""
    return f"chart-units-{area_code}"


def fresh_key(area_code: str) -> str:
    """Of the list of fresh entries."""
    return f"moved-{area_code}"


def chart_key(kind: str, area_code: str) -> str:
    """Of a chart; a new one on each return, so that the click that led away is forgotten."""
    return f"{kind}-{area_code}{_return()}"


def frame_key(kind: str, area_code: str) -> str:
    """Of what a chart stands in, which its buttons look for."""
    return f"drawn-{kind}-{area_code}"


def save_key(kind: str, area_code: str) -> str:
    """Of the table under a chart."""
    return f"save-{kind}-{area_code}{_return()}"


def _return() -> str:
    returns = RETURNS.get()
    return f"-{returns}" if returns else ""
