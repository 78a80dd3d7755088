"""What was clicked in the charts of a board: the unit of a bar, a cell, a dot or a tile."""

import streamlit as st

# Charts whose rows, or the links of their tables, open.
OPENING = ("bars", "heat", "trend", "compare", "strip", "tiles")


def key(kind: str, area_code: str) -> str:
    return f"{kind}-{area_code}"


def frame_key(kind: str, area_code: str) -> str:
    """Of what a chart stands in, which its buttons look for."""
    return f"drawn-{kind}-{area_code}"


def save_key(kind: str, area_code: str) -> str:
    """Of the table under a chart."""
    return f"save-{kind}-{area_code}"


def opened(area_code: str) -> str | None:
    """The code of the unit clicked on the board of an area; None for the area itself, which stands open."""
    codes = [
        code for kind in OPENING
        for code in (_picked(kind, area_code).get("code"), _state(save_key(kind, area_code)).get("open"))
    ]  # fmt: skip
    return next((code for code in codes if code and code != area_code), None)


def follow_day(area_code: str) -> None:
    """The day of the cell that was clicked becomes the board's."""
    day = _picked("heat", area_code).get("day")
    if day:
        st.query_params["day"] = day


def _picked(kind: str, area_code: str) -> dict:
    return next(iter(_state(key(kind, area_code)).get("selection", {}).get("open") or []), {})


def _state(key: str) -> dict:
    return st.session_state.get(key) or {}
