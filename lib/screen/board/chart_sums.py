"""The sums behind the charts of a board, cached: what is over for ten minutes, the board's own day for each write."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.figures import spans
from lib.screen.board.place import Place

Unit = dict
Point = dict


def by_day(db: Database, user: User, here: Place, figure: str, first: str, last: str) -> list[Point]:
    """Points of the area and its units with their `day`, in the order of days and then of units.

    `running` tells a day that is still being entered.
    """
    found = spans.compared(db, here.area["code"], here.day, user)
    sums: dict[tuple[str, str], dict] = {}
    for part in _parts(here, first, last):
        sums |= _days(*part, figure, _db=db, _found=found)
    points = spans.day_by_day(found, sums, figure, spans.days(db, first, last)) if sums else []
    return [point | {"running": point["day"] == here.today} for point in points]


def over(db: Database, user: User, here: Place, figure: str, first: str, last: str) -> list[Point]:
    """One point for the area and for each of its units over the whole span, with its `gaps`."""
    found = spans.compared(db, here.area["code"], here.day, user)
    return _points(db, here, found, figure, first, last, "board")


def apart(db: Database, user: User, here: Place, figure: str, first: str, last: str) -> list[tuple[Unit, list[Point]]]:
    """The points of what lies in each row of a spread."""
    found = spans.apart(db, here.area["code"], here.day, user)
    points = _points(db, here, [unit for _row, below in found for unit in below], figure, first, last, "spread")
    of_unit = {point["code"]: point for point in points}
    return [(row, [of_unit[unit["code"]] for unit in below if unit["code"] in of_unit]) for row, below in found]


def _points(
    db: Database, here: Place, found: list[Unit], figure: str, first: str, last: str, which: str
) -> list[Point]:
    key = (here.key, here.changes) if last >= here.day else (here.days_key, 0)
    points = _over(*key, first, last, figure, which, _db=db, _found=found)
    return [point | {"running": first == last == here.today} for point in points]


def _parts(here: Place, first: str, last: str) -> list[tuple]:
    """The days before the board's own, which hardly change, and those from it on, which do with every write."""
    before = min(last, clock.plus(here.day, -1))
    live = max(first, here.day)
    return [
        *([(here.days_key, 0, first, before)] if first <= before else []),
        *([(here.key, here.changes, live, last)] if live <= last else []),
    ]


@st.cache_data(max_entries=128, show_spinner=False)
def _days(key: tuple, changes: int, first: str, last: str, figure: str, *, _db: Database, _found: list[Unit]) -> dict:
    return spans.by_day(_db, _found, figure, first, last)


@st.cache_data(max_entries=256, show_spinner=False)
def _over(
    key: tuple, changes: int, first: str, last: str, figure: str, which: str, *, _db: Database, _found: list[Unit]
) -> list[Point]:
    """`which` tells the units of a board from those of a spread."""
    sums = spans.by_day(_db, _found, figure, first, last)
    return spans.over(_found, sums, figure, spans.days(_db, first, last))
