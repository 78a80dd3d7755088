"""The charts of a board as they stand on the page. A specification is built once; a refresh sends only rows."""

from functools import cache

import pandas as pd
import streamlit as st

from lib.screen import charts, figure_words
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
    "bars": figure_words.BAR_TIPS,
    "heat": figure_words.DAY_TIPS,
    "trend": figure_words.DAY_TIPS,
    "compare": figure_words.SHARE_TIPS,
}


@cache
def _spec(kind: str, language: str, columns: tuple[str, ...], title: str, extra: tuple = ()) -> dict:
    """A chart without its rows, which come under the name "rows"; so the browser redraws in place."""
    tips = {column: _(words) for column, words in _TIPS[kind].items()}
    locale = charts.VIETNAMESE if language == "vi" else None
    frame = pd.DataFrame({column: [0] for column in columns})
    spec = _MAKERS[kind](frame, title=title, tooltips=tips, locale=locale, **dict(extra)).to_dict()
    return spec | {"data": {"name": "rows"}, "datasets": {}}


def _draw(kind: str, rows: pd.DataFrame, *, key: str, title: str, alt: str, extra: tuple = (), **select) -> None:
    spec = _spec(kind, language(), tuple(rows.columns), title, extra) | {"datasets": {"rows": rows}}
    st.vega_lite_chart(spec=spec, key=key, theme=None, alt=alt, **select)


def quiet() -> None:
    """Without the toolbar that Streamlit lays over charts; its words are English only."""
    st.html("<style>[data-testid='stElementToolbar'] { display: none; }</style>")


def ranking(here: Place, figures: list[dict], target: float) -> None:
    """Ranked bars; a click opens the unit."""
    goal = _("target {percent}%").format(percent=number(target * 100))
    _draw("bars", figure_words.bars(figures[:MOST]), key=f"bars-{here.area['code']}",
          title=_("Coverage, ranked"), alt=_("Ranked bars of coverage; the table below has the same figures."),
          extra=(("target", target), ("target_label", goal)), on_select="rerun", selection_mode="open")  # fmt: skip
    before = in_words(here.day_before)
    tick = (
        _("Dark mark: {day} at {hour}.").format(day=before, hour=here.hour)
        if here.hour
        else _("Dark mark: {day}.").format(day=before)
    )
    more = _("The first {n} of {all}.").format(n=MOST, all=len(figures)) if len(figures) > MOST else ""
    click = "" if figures[0]["level"] == "team" else _("Click a row to open it.")
    st.caption(" ".join([tick, click, more]))


def history(here: Place, trend: list[dict], figures: list[dict]) -> pd.DataFrame:
    """Unit by day; returns the frame, which the lines below it take as well."""
    listed = [figures[0], *figure_words.in_order(figures[1:])]
    frame = figure_words.days(trend, listed)
    cells = frame[frame["place"] <= MOST]
    if len(cells):
        _draw("heat", cells, key=f"heat-{here.area['code']}", title=_("Coverage by day, percent"),
              alt=_("Coverage of each unit on each of fourteen days."))  # fmt: skip
        st.caption(_("The darker the blue, the higher the coverage; a dashed cell had reported nothing."))
    return frame


def compared(here: Place, figures: list[dict]) -> list[dict]:
    """The units the reader put beside each other; at first the best and the last of the ranks."""
    below = figure_words.in_order(figures[1:])
    if len(below) < 2:
        return []
    key = f"compare-{here.area['code']}"
    if key not in st.session_state:
        ranked = [f["code"] for f in figures[1:] if f["rank"]]
        st.session_state[key] = ranked[:1] + ranked[1:][-1:]
    names = {unit["code"]: figure_words.name(unit) for unit in below}
    chosen = st.pills(_("Beside each other (up to four)"), list(names), format_func=names.get, key=key,
                      selection_mode="multi")  # fmt: skip
    return [unit for code in chosen[:COMPARED] for unit in below if unit["code"] == code]


def lines(here: Place, frame: pd.DataFrame, chosen: list[dict]) -> None:
    """The trend. A day still running would look like a fall, so it joins at the cut-off."""
    running = here.is_today and here.minutes_left > 0
    frame = frame[frame["day"] < here.day] if running else frame
    if frame["coverage"].notna().sum() == 0:
        return
    codes = [unit["code"] for unit in chosen]
    _draw("trend", figure_words.lines(frame, here.area["code"], codes), key=f"trend-{here.area['code']}",
          title=_("Fourteen days"), alt=_("Coverage of the area and of the chosen units by day."))  # fmt: skip
    later = _("Today joins at 14:00.") if running else ""
    st.caption(" ".join([_("Thick line: the whole area. Pale lines: the other units."), later]))


def beside(here: Place, chosen: list[dict]) -> None:
    if chosen:
        _draw("compare", figure_words.measures(chosen), key=f"beside-{here.area['code']}",
              title=_("Side by side"), alt=_("Four shares of the chosen units, as in the table."))  # fmt: skip
