"""The address of a board: what it shows, what is opened on it, and the links that change either."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.figures import units
from lib.screen.board import chart_clicks
from lib.screen.board.place import BoardPlace, at
from lib.screen.widgets import link_table

LINKED = (
    "board-way",
    "board-today",
    "board-doors",
    "board-headline",
    "board-table",
    "why-way",
    "why-rows",
    "why-moves",
    "doors-kinds",
    "doors-list",
    "doors-pages",
)
_OPENED = ("why", "of", "doors", "part", "screen")  # parameters that belong to one place only


def follow() -> None:
    """Turn to the state of the board that the click of this run points to; an address, so that Back returns."""
    chart_clicks.forget()
    query = dict(parse_qsl((link_table.gone(*LINKED) or "").removeprefix("?")))
    if query:
        st.query_params.from_dict(query)


def resolve(db: Database, user: User, now: datetime, day: str) -> BoardPlace:
    """The place of the address and of a click in a chart; without either the visitor's province. Raises NotFound."""
    code = st.query_params.get("area") or units.province(db, user)
    clicked = chart_clicks.opened(code)
    if clicked and clicked.startswith("team:"):
        query = {"area": code, "team": clicked.removeprefix("team:")}  # the area finds this board again on Back
        st.switch_page("sheet.py", query_params=query if day == clock.day_of(now) else query | {"day": day})
    if clicked:
        code = clicked
        turn_to(code)
    return at(db, user, code, day, now)


def href(place: BoardPlace, **changes: str | int | None) -> str:
    """A link to the board as it is now with some changes; what was opened on it stays behind."""
    area = str(changes.get("area") or place.area["code"])
    query = _staying(moving=area != place.area["code"]) | {"area": area, "day": place.day} | changes
    return "?" + urlencode({name: value for name, value in query.items() if value is not None})


def turn_to(code: str) -> None:
    """Another area on the same day, with nothing opened on it."""
    st.query_params.from_dict(_staying(moving=True) | {"area": code})


def _staying(*, moving: bool) -> dict[str, str]:
    """The parameters that stay; the units that are compared do not go along to another area."""
    left = (*_OPENED, "units") if moving else _OPENED
    return {name: value for name, value in st.query_params.to_dict().items() if name not in left}
