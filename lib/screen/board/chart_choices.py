"""What the reader chose for a chart: the figure, the span of days, the units. All of it stands in the address."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from lib.core import clock
from lib.core.errors import N_, Invalid, Say
from lib.core.words import dates
from lib.screen import figure_words
from lib.screen.board.place import Place
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
    def span(self) -> str:
        """In words: one day, or from one to the other."""
        return in_words(self.last) if self.days == 1 else f"{in_words(self.first)} – {in_words(self.last)}"

    @property
    def key(self) -> tuple:
        return (self.figure.code, self.first, self.last)


def chosen(view: str, here: Place) -> Choice:
    """The small choices of a view, drawn; a wrong one is told at its field and the view's own stands in."""
    with st.container(horizontal=True, gap="small"):
        figure = _picked(
            "figure",
            list(FIGURES),
            _asked("figure", FIGURES, "coverage"),
            lambda code: _(FIGURES[code].label),
            label=_("Figure"),
            width=210,
        )
        spans = [span for span in SPANS if view not in _BY_DAY or span != "1"]
        of_view = "14" if view in _BY_DAY else "1"
        free = "from" in st.query_params or "to" in st.query_params
        names = {"1": _("One day"), "7": _("7 days"), "14": _("14 days"), "45": _("45 days"), "own": _("From – to")}
        asked = "own" if free else _asked("days", spans, of_view)
        span = _picked("days", [*spans, "own"], asked, names.get, label=_("Days"), width=130, then=_free(here, asked))
        back = int(of_view if span == "own" else span) - 1
        first, last = clock.plus(here.day, -back), here.day
        if span == "own":
            first, last = _own(here, first, last)
    if view in _BY_DAY and first == last:
        first = clock.plus(last, 1 - int(of_view))
    return Choice(FIGURES[figure], first, last, span == "own")


def plain(view: str, here: Place) -> Choice:
    """What a view shows where nobody chooses, as on the wall."""
    back = 13 if view in _BY_DAY else 0
    return Choice(FIGURES["coverage"], clock.plus(here.day, -back), here.day)


def _asked(name: str, known, otherwise: str) -> str:
    asked = st.query_params.get(name, otherwise)
    return asked if asked in known else otherwise


def _picked(name: str, options: list[str], asked: str, in_words, *, label: str, width: int, then=None) -> str:
    """A box that shows what the address asks for; a choice is written there."""
    key = f"chart-{name}"
    if st.session_state.get(key) != asked:
        st.session_state[key] = asked

    def write() -> None:
        picked = st.session_state[key]
        if then:
            then(picked)
        else:
            st.query_params[name] = picked

    return st.selectbox(
        label,
        options,
        key=key,
        format_func=in_words,
        filter_mode=None,
        width=width,
        on_change=write,
        label_visibility="collapsed",
    )


def _free(here: Place, asked: str):
    """Writes the choice of a span: so many days back from the board's, or two days of the reader's own."""

    def write(picked: str) -> None:
        for name in ("from", "to", "days"):
            st.query_params.pop(name, None)
        if picked == "own":
            back = int(asked) if asked.isdigit() else 7
            st.query_params["from"] = clock.plus(here.day, 1 - max(back, 7))
            st.query_params["to"] = here.day
        else:
            st.query_params["days"] = picked

    return write


def _own(here: Place, first: str, last: str) -> tuple[str, str]:
    """The two days the reader typed, or those of the view where they make no span."""
    asked = {"from": st.query_params.get("from") or first, "to": st.query_params.get("to") or last}
    for name, label in (("from", _("From day (dd/mm/yyyy)")), ("to", _("To day (dd/mm/yyyy)"))):
        _day_field(name, label, asked[name], clock.day_of(here.now))
    try:
        found = tuple(day_choice.parsed(asked[name], clock.day_of(here.now)) for name in ("from", "to"))
        if not 0 <= (date.fromisoformat(found[1]) - date.fromisoformat(found[0])).days < LONGEST:
            wrong = N_("The first day must be before the last, with at most {n} days.")
            raise Invalid({"day": Say(wrong, {"n": LONGEST})})
        return found
    except Invalid as problem:
        st.markdown(f":orange[:material/error: {say(problem.faults['day'])}]")
        return first, last


def _day_field(name: str, label: str, asked: str, today: str) -> None:
    key = f"chart-{name}"
    shown = in_words(asked) if dates.is_day(asked) else asked
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown

    def write() -> None:
        typed = st.session_state[key]
        st.query_params[name] = dates.read(typed, today=today).day or typed[:20]

    st.text_input(label, key=key, width=120, placeholder=_("dd/mm/yyyy"), on_change=write, label_visibility="collapsed")


def units(here: Place, found: list[dict]) -> list[str]:
    """The codes the reader put beside each other; at first the best and the last of the ranks."""
    below = figure_words.in_order(found[1:])
    if len(below) < 2:
        return []
    names = figure_words.labels(below)
    asked = st.query_params.get("units")
    codes = leading(found) if asked is None else asked.split(",")
    codes = [code for code in dict.fromkeys(codes) if code in names][:COMPARED]
    key = f"chart-units-{here.area['code']}"
    if st.session_state.get(key) != codes:
        st.session_state[key] = codes

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


def leading(found: list[dict]) -> list[str]:
    """The best and the last of the ranks."""
    ranks = [unit["code"] for unit in found[1:] if unit["rank"]]
    return ranks[:1] + ranks[1:][-1:]
