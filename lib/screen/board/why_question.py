"""The figure that the address asks about (`?why=coverage&of=703`), with everything its explanation needs."""

from dataclasses import dataclass

import streamlit as st

from lib.oversight.figures import explanation, units
from lib.oversight.figures.measures import MEASURES, Measure
from lib.screen import figure_words as words
from lib.screen.board import place as places
from lib.screen.board import shared_figures
from lib.screen.board.place import Board
from lib.screen.i18n import _, number


@dataclass(frozen=True)
class FigureQuestion:
    """A figure of a unit of the board: `below` are the figures of what the unit consists of, `before` those of the
    day before.
    """

    board: Board
    measure: Measure
    figure: dict
    unit: dict
    below: list[dict]
    before: dict[str, dict]

    @property
    def day(self) -> str:
        return self.board.place.day

    @property
    def value(self) -> str:
        """The figure as the board says it."""
        if self.measure.kind == "units":
            part, whole = explanation.figure_of(self.measure, self.figure, self.below)
            return f"{number(part)} / {number(whole)}"
        return words.formatter(self.measure, self.day)(self.figure)

    @property
    def day_before(self) -> str:
        """What a change is measured against, as it heads a column."""
        hour = self.board.place.hour
        return _("The day before at {hour}").format(hour=hour) if hour else _("The whole day before")

    @property
    def whole(self) -> dict:
        """The figure whose parts are listed; for a rank that of the area, whose units are compared."""
        return self.board.area if self.measure.kind == "rank" else self.figure

    @property
    def parts_below(self) -> list[dict]:
        """Return the figures behind the parts: for a rank those of the area's units, otherwise of the units below."""
        return self.board.below if self.measure.kind == "rank" else self.below


def wanted() -> bool:
    """Whether the address asks about a figure."""
    return bool(st.query_params.get("why"))


def read(board: Board) -> FigureQuestion | None:
    """The question of the address; None where the board has no such figure."""
    code = st.query_params.get("of") or board.place.area["code"]
    figure = next((row for row in board.figures if row["code"] == code), None)
    measure = MEASURES.get(st.query_params["why"])
    if not measure or not figure or (measure.kind == "units" and figure is not board.area):
        return None
    return _question(board, measure, figure)


def _question(board: Board, measure: Measure, figure: dict) -> FigureQuestion:
    """The question with the units below the figure's and, for a change, the figures of the day before."""
    db, user, place, below = board.db, board.user, board.place, board.below
    unit = place.area
    if figure["level"] == "team":
        unit, below = units.team(db, figure["code"], user), []
    elif figure is not board.area:
        place = places.at(db, user, figure["code"], place.day, place.now)
        unit, below = place.area, shared_figures.board(db, user, place).below
    change = measure.kind == "change"
    before = shared_figures.at_minute(db, user, place, place.day_before, place.hour) if change else {}
    return FigureQuestion(board, measure, figure, unit, below, before)
