"""The charts and the table of a board as they stand on the page.

A specification is built once; a refresh sends only rows, and these are made once per write for all who watch.
"""

from collections.abc import Callable
from functools import cache

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib.screen import chart_frames, chart_theme, charts, figure_words, ranked
from lib.screen.board import Place
from lib.screen.i18n import _, language, number
from lib.screen.i18n import day as in_words

MOST = 40  # rows a chart can carry; the table has all
COMPARED = 4
_MAKERS = {
    "bars": charts.coverage_bars,
    "heat": charts.heat_map,
    "trend": charts.trend_lines,
    "compare": charts.side_by_side,
}
_TIPS = {
    "bars": chart_frames.BAR_TIPS,
    "heat": chart_frames.DAY_TIPS,
    "trend": chart_frames.DAY_TIPS,
    "compare": chart_frames.SHARE_TIPS,
}


@cache
def _spec(kind: str, language: str, title: str, extra: tuple = ()) -> dict:
    """A chart without its rows, which come under the name "rows"; so the browser redraws in place."""
    tips = {column: _(words) for column, words in _TIPS[kind].items()}
    locale = chart_theme.VIETNAMESE if language == "vi" else None
    spec = _MAKERS[kind](pd.DataFrame(), title=title, tooltips=tips, locale=locale, **dict(extra)).to_dict()
    return spec | {"data": {"name": "rows"}, "datasets": {}}


@st.cache_data(max_entries=512, show_spinner=False)
def _packed(kind: str, key: tuple, chosen: tuple, _make: Callable[[], pd.DataFrame]) -> bytes | None:
    """The rows of a chart as they travel, or None when there are none."""
    frame = _make()
    if frame.empty:
        return None
    table = pa.Table.from_pandas(frame, preserve_index=False)
    packed = pa.BufferOutputStream()
    with pa.ipc.new_stream(packed, table.schema) as stream:
        stream.write_table(table)
    return packed.getvalue().to_pybytes()


@st.cache_data(max_entries=128, show_spinner=False)
def _table(key: tuple, _found: list[dict], _day: str) -> tuple:
    return figure_words.table(_found, _day)


def _draw(kind: str, here: Place, make: Callable[[], pd.DataFrame], *, title: str, alt: str, chosen: tuple = (),
          extra: tuple = (), **select) -> bool:  # fmt: skip
    """Draw one chart; False when there is nothing to draw."""
    rows = _packed(kind, here.live_key, chosen, make)
    if rows is None:
        return False
    spec = _spec(kind, language(), title, extra) | {"datasets": {"rows": rows}}
    st.vega_lite_chart(spec=spec, key=f"{kind}-{here.area['code']}", theme=None, alt=alt, **select)
    return True


def quiet() -> None:
    """Without the toolbar that Streamlit lays over charts; its words are English only."""
    st.html("<style>[data-testid='stElementToolbar'] { display: none; }</style>")


def table(here: Place, found: list[dict]) -> None:
    ranked.table(*_table(here.live_key, found, here.day), key=f"table-{here.area['code']}")


def ranking(here: Place, figures: list[dict], target: float) -> None:
    """Ranked bars; a click opens the unit."""
    goal = _("target {percent}%").format(percent=number(target * 100))
    _draw(
        "bars", here, lambda: chart_frames.bars(figures[:MOST]), title=_("Coverage, ranked"),
        alt=_("Ranked bars of coverage; the table below has the same figures."),
        extra=(("target", target), ("target_label", goal)), on_select="rerun", selection_mode="open",
    )  # fmt: skip
    before = in_words(here.day_before)
    tick = _("Dark mark: {day} at {hour}.") if here.hour else _("Dark mark: {day}.")
    team = figures[0]["level"] == "team"
    click = _("Click a row to open the team's sheet.") if team else _("Click a row to open it.")
    more = _("The first {n} of {all}.").format(n=MOST, all=len(figures)) if len(figures) > MOST else ""
    st.caption(" ".join([tick.format(day=before, hour=here.hour), click, more]))


def history(here: Place, trend: list[dict], found: list[dict]) -> None:
    """Unit by day, the area itself on top."""
    shown = _draw(
        "heat", here, lambda: chart_frames.days(trend, _listed(found)[: MOST + 1]), title=_("Coverage by day, percent"),
        alt=_("Coverage of each unit on each of fourteen days."),
    )  # fmt: skip
    if shown:
        st.caption(_("The darker the blue, the higher the coverage; a dashed cell had reported nothing."))


def _listed(found: list[dict]) -> list[dict]:
    return [found[0], *figure_words.in_order(found[1:])]


def compared(here: Place, found: list[dict]) -> list[dict]:
    """The units the reader put beside each other; at first the best and the last of the ranks."""
    below = figure_words.in_order(found[1:])
    if len(below) < 2:
        return []
    key = f"beside-{here.area['code']}"
    names = figure_words.labels(below)
    if not set(st.session_state.get(key, [None])) <= set(names):
        ranks = [figure["code"] for figure in found[1:] if figure["rank"]]
        st.session_state[key] = ranks[:1] + ranks[1:][-1:]
    chosen = st.pills(
        _("Beside each other (up to four)"), list(names), format_func=names.get, key=key, selection_mode="multi"
    )
    return [unit for code in chosen[:COMPARED] for unit in below if unit["code"] == code]


def lines(here: Place, trend: list[dict], found: list[dict], chosen: list[dict]) -> None:
    """The trend. A day still running would look like a fall, so it joins at the cut-off."""
    running = here.is_today and here.minutes_left > 0
    past = [point for point in trend if point["day"] < here.day] if running else trend
    codes = [unit["code"] for unit in chosen]
    shown = any(point["reported"] for point in past) and _draw(
        "trend", here, lambda: chart_frames.lines(chart_frames.days(past, _listed(found)), here.area["code"], codes),
        title=_("Fourteen days"), alt=_("Coverage of the area and of the chosen units by day."),
        chosen=(running, *codes),
    )  # fmt: skip
    if shown:
        later = _("Today joins at 14:00.") if running else ""
        st.caption(" ".join([_("Thick line: the whole area. Pale lines: the other units."), later]))


def beside(here: Place, chosen: list[dict]) -> None:
    """Four shares of the chosen units, bar by bar."""
    if chosen:
        _draw(
            "compare", here, lambda: chart_frames.measures(chosen), title=_("Side by side"),
            alt=_("Four shares of the chosen units, as in the table."), chosen=tuple(u["code"] for u in chosen),
        )  # fmt: skip
