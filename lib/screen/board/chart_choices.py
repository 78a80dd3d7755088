"""What the reader chose for a chart: the figure, the span of days, the units. All of it stands in the address."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from lib.core import clock
from lib.core.errors import N_, Invalid, Say
from lib.core.words import dates
from lib.screen import figure_words
from lib.screen.board import session
from lib.screen.board.chart_sums import FigureSpan
from lib.screen.board.place import Board, BoardPlace
from lib.screen.charts.figures import FIGURES, Figure
from lib.screen.i18n import _, say
from lib.screen.i18n import day as in_words
from lib.screen.widgets import day_choice

SPANS = ("1", "7", "14", "45")
LONGEST = 92  # days of a span
COMPARED = 4
_BY_DAY = ("days", "trend")  # views that need more than one day


@dataclass(frozen=True)
class Choice:
    """A figure over the days from `first` to `last`; `own` are days the reader named, not so many back."""

    figure: Figure
    first: str
    last: str
    own: bool = False

    @property
    def days(self) -> int:
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1

    def complete(self, today: str) -> "Choice":
        """As many whole days, or of the reader's own those that are over: a half day is never added to whole ones.

        A running day alone is all there is.
        """
        if not self.first < today <= self.last:
            return self
        first = self.first if self.own else clock.plus(self.first, -1)
        return replace(self, first=first, last=clock.plus(today, -1))

    @property
    def days_in_words(self) -> str:
        """One day, or from one to the other."""
        return in_words(self.last) if self.days == 1 else f"{in_words(self.first)} – {in_words(self.last)}"

    @property
    def span(self) -> FigureSpan:
        return FigureSpan(self.figure.code, self.first, self.last)


@dataclass(frozen=True)
class _ChoiceBox:
    """A box of a choice that stands in the address under `name`."""

    name: str
    label: str
    width: int


def chosen(view: str, place: BoardPlace) -> Choice:
    """The small choices of a view, drawn; a wrong one is told at its field and the view's own stands in."""
    with st.container(horizontal=True, gap="small"):
        figure = _picked(
            _ChoiceBox("figure", _("Figure"), 210),
            list(FIGURES),
            _in_address("figure", FIGURES, "coverage"),
            lambda code: _(FIGURES[code].label),
        )
        spans = [span for span in SPANS if view not in _BY_DAY or span != "1"]
        of_view = "14" if view in _BY_DAY else "1"
        free = "from" in st.query_params or "to" in st.query_params
        names = {"1": _("One day"), "7": _("7 days"), "14": _("14 days"), "45": _("45 days"), "own": _("From – to")}
        shown = "own" if free else _in_address("days", spans, of_view)
        box = _ChoiceBox("days", _("Days"), 130)
        span = _picked(box, [*spans, "own"], shown, names.get, then=_span_writer(place, shown))
        back = int(of_view if span == "own" else span) - 1
        first, last = clock.plus(place.day, -back), place.day
        if span == "own":
            first, last = _own_days(place, first, last)
    if view in _BY_DAY and first == last:
        first = clock.plus(last, 1 - int(of_view))
    return Choice(FIGURES[figure], first, last, span == "own")


def plain(view: str, place: BoardPlace) -> Choice:
    """What a view shows where nobody chooses, as on the big screen."""
    back = 13 if view in _BY_DAY else 0
    return Choice(FIGURES["coverage"], clock.plus(place.day, -back), place.day)


def _in_address(name: str, options: Collection[str], otherwise: str) -> str:
    option = st.query_params.get(name, otherwise)
    return option if option in options else otherwise


def _picked(
    box: _ChoiceBox,
    options: list[str],
    shown: str,
    in_words: Callable[[str], str],
    *,
    then: Callable[[str], None] | None = None,
) -> str:
    """Draw a box that shows what the address asks for; a choice is written there, or given to `then`."""
    key = session.choice_key(box.name)
    session.show(key, shown)

    def write() -> None:
        picked = st.session_state[key]
        if then:
            then(picked)
        else:
            st.query_params[box.name] = picked

    return st.selectbox(
        box.label,
        options,
        key=key,
        format_func=in_words,
        filter_mode=None,
        width=box.width,
        on_change=write,
        label_visibility="collapsed",
    )


def _span_writer(place: BoardPlace, shown: str) -> Callable[[str], None]:
    """Writes the choice of a span: so many days back from the board's, or two days of the reader's own."""

    def write(picked: str) -> None:
        for name in ("from", "to", "days"):
            st.query_params.pop(name, None)
        if picked == "own":
            back = int(shown) if shown.isdigit() else 7
            st.query_params["from"] = clock.plus(place.day, 1 - max(back, 7))
            st.query_params["to"] = place.day
        else:
            st.query_params["days"] = picked

    return write


def _own_days(place: BoardPlace, first: str, last: str) -> tuple[str, str]:
    """The two days the reader typed, or `first` and `last` where they make no span."""
    typed = {"from": st.query_params.get("from") or first, "to": st.query_params.get("to") or last}
    for name, label in (("from", _("From day (dd/mm/yyyy)")), ("to", _("To day (dd/mm/yyyy)"))):
        _day_field(name, label, typed[name], place.today)
    try:
        days = tuple(day_choice.parsed(typed[name], place.today) for name in ("from", "to"))
        if not 0 <= (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days < LONGEST:
            wrong = N_("The first day must be before the last, with at most {n} days.")
            raise Invalid({"day": Say(wrong, {"n": LONGEST})})
        return days
    except Invalid as problem:
        st.markdown(f":orange[:material/error: {say(problem.faults['day'])}]")
        return first, last


def _day_field(name: str, label: str, typed: str, today: str) -> None:
    key = session.choice_key(name)
    session.show(key, in_words(typed) if dates.is_day(typed) else typed)

    def write() -> None:
        text = st.session_state[key]
        st.query_params[name] = dates.read(text, today=today).day or text[:20]

    st.text_input(label, key=key, width=120, placeholder=_("dd/mm/yyyy"), on_change=write, label_visibility="collapsed")


def units(board: Board) -> list[str]:
    """The codes of the units the reader compares; at first the best and the last of the ranks."""
    below = figure_words.in_order(board.below)
    if len(below) < 2:
        return []
    names = figure_words.labels(below)
    wanted = st.query_params.get("units")
    codes = leading(board) if wanted is None else wanted.split(",")
    codes = [code for code in dict.fromkeys(codes) if code in names][:COMPARED]
    key = session.units_key(board.area["code"])
    session.show(key, codes)

    def write() -> None:
        st.query_params["units"] = ",".join(st.session_state[key][:COMPARED])

    st.pills(
        _("Compare (up to four)"),
        list(names),
        format_func=names.get,
        key=key,
        selection_mode="multi",
        wrap=True,
        on_change=write,
    )
    return codes


def leading(board: Board) -> list[str]:
    """The best and the last of the ranks."""
    ranked = [unit["code"] for unit in board.below if unit["rank"]]
    return ranked[:1] + ranked[1:][-1:]
