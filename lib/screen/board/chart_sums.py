"""The sums behind the charts of a board, cached: what is over for ten minutes, the board's own day for each write."""

from typing import NamedTuple

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.oversight.figures import spans
from lib.screen.board.place import Board, BoardPlace

Unit = dict
Point = dict


class FigureSpan(NamedTuple):
    """A figure, by its code, over the days from `first` to `last`."""

    figure: str
    first: str
    last: str


def by_day(board: Board, span: FigureSpan) -> list[Point]:
    """Points of the area and its units with their `day`, in the order of days and then of units.

    `running` marks a day that is still being entered.
    """
    place, sums = board.place, {}
    for part in _parts(place, span):
        sums |= _days(*part, _db=board.db, _units=place.units)
    days = spans.days(board.db, span.first, span.last)
    points = spans.day_by_day(place.units, sums, span.figure, days) if sums else []
    return [point | {"running": point["day"] == place.today} for point in points]


def over(board: Board, span: FigureSpan) -> list[Point]:
    """One point for the area and for each of its units over the whole span, with its `gaps`."""
    return _points(board, board.place.units, span, "board")


def apart(board: Board, span: FigureSpan) -> list[tuple[Unit, list[Point]]]:
    """The areas that are the rows of a spread, each with the points of its units."""
    areas = spans.apart(board.db, board.place.units, board.place.day, board.user)
    points = _points(board, [unit for _area, below in areas for unit in below], span, "spread")
    of_unit = {point["code"]: point for point in points}
    return [(area, [of_unit[unit["code"]] for unit in below if unit["code"] in of_unit]) for area, below in areas]


def _points(board: Board, units: list[Unit], span: FigureSpan, chart: str) -> list[Point]:
    place = board.place
    key = (place.key, place.changes) if span.last >= place.day else (place.days_key, 0)
    points = _over(*key, span, chart, _db=board.db, _units=units)
    return [point | {"running": span.first == span.last == place.today} for point in points]


def _parts(place: BoardPlace, span: FigureSpan) -> list[tuple]:
    """The days before the board's own, which hardly change, and those from it on, which do with every write."""
    before = min(span.last, clock.plus(place.day, -1))
    live = max(span.first, place.day)
    return [
        *([(place.days_key, 0, span._replace(last=before))] if span.first <= before else []),
        *([(place.key, place.changes, span._replace(first=live))] if live <= span.last else []),
    ]


@st.cache_data(max_entries=128, show_spinner=False)
def _days(key: tuple, changes: int, span: FigureSpan, *, _db: Database, _units: list[Unit]) -> dict:
    return spans.by_day(_db, _units, *span)


@st.cache_data(max_entries=256, show_spinner=False)
def _over(key: tuple, changes: int, span: FigureSpan, chart: str, *, _db: Database, _units: list[Unit]) -> list[Point]:
    """`chart` keeps the units of a board apart from those of a spread."""
    sums = spans.by_day(_db, _units, *span)
    return spans.over(_units, sums, span.figure, spans.days(_db, span.first, span.last))
