"""How a chart reaches the page: its specification is built once, a refresh sends only rows.

These are made once per write for all who watch. Under the chart stand its table and what saves it.
"""

from collections.abc import Callable
from functools import cache

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib.core import clock
from lib.screen import figure_words, i18n
from lib.screen.board import chart_clicks, place
from lib.screen.board.place import Place
from lib.screen.charts import day_frames, funnel, over_days, ranking, saving, side_by_side, unit_frames
from lib.screen.charts import theme as chart_theme
from lib.screen.i18n import _
from lib.screen.i18n import day as in_words

_MAKERS = {
    "bars": (ranking.coverage_bars, day_frames.BAR_TIPS),
    "heat": (over_days.heat_map, day_frames.DAY_TIPS),
    "trend": (over_days.trend_lines, day_frames.DAY_TIPS),
    "compare": (side_by_side.side_by_side, unit_frames.UNIT_TIPS),
    "funnel": (funnel.funnel, unit_frames.STEP_TIPS),
    "strip": (side_by_side.strip_plot, unit_frames.DOT_TIPS),
    "tiles": (side_by_side.tile_map, unit_frames.UNIT_TIPS),
}
_ACROSS = {"heat": ("label", "date", "value"), "trend": ("label", "date", "value")}


@cache
def spec(kind: str, language: str, title: str, extra: tuple = (), theme: str = "light") -> dict:
    """A chart without its rows, which come under the name "rows"; so the browser redraws in place."""
    make, tips = _MAKERS[kind]
    titles = {column: _(words) for column, words in tips.items()}
    locale = chart_theme.VIETNAMESE if language == "vi" else None
    made = make(pd.DataFrame(), title=title, tooltips=titles, locale=locale, theme=theme, **dict(extra)).to_dict()
    return made | {"data": {"name": "rows"}, "datasets": {}}


@st.cache_data(max_entries=512, show_spinner=False)
def _packed(kind: str, key: tuple, chosen: tuple, _make: Callable[[], pd.DataFrame]) -> tuple[bytes, dict] | None:
    """The rows of a chart, or None when there are none."""
    frame = _make()
    return None if frame.empty else packed(kind, frame)


def packed(kind: str, frame: pd.DataFrame) -> tuple[bytes, dict]:
    """The rows of a chart as they travel and as a table."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    bytes_ = pa.BufferOutputStream()
    with pa.ipc.new_stream(bytes_, table.schema) as stream:
        stream.write_table(table)
    titles = {column: _(words) for column, words in _MAKERS[kind][1].items()}
    frame = frame[frame["role"] != "target"] if "role" in frame else frame  # a line, not a row
    return bytes_.getvalue().to_pybytes(), saving.table(frame, titles, _ACROSS.get(kind))


def draw(
    kind: str,
    here: Place,
    make: Callable[[], pd.DataFrame],
    *,
    title: str,
    notes: str,
    hint: str = "",
    chosen: tuple = (),
    extra: tuple = (),
    span: str = "",
    theme: str = "light",
    **select,
) -> bool:
    """Draw one chart with its notes, its table and its buttons; False when there is nothing to draw.

    `notes` say how to read it and go into a saved picture, `hint` what a click does. `chosen` is what the rows
    depend on beside the place, `span` the days they are of when not only the board's. On the wall there is only
    the chart.
    """
    made = _packed(kind, here.live_key, chosen, make)
    if made is None:
        return False
    rows, table = made
    code, day = here.area["code"], span or in_words(here.day)
    place = f"{figure_words.name(here.area)}, {day}"
    with st.container(key=chart_clicks.frame_key(kind, code)):
        show(kind, rows, title, extra, key=chart_clicks.key(kind, code), place=place, theme=theme, **select)
    if theme == "light":
        st.caption(f"{notes} {hint}".strip())
        _save(kind, here, table, title, day, notes)
    return True


def show(
    kind: str, rows: bytes, title: str, extra: tuple, *, key: str, place: str, theme: str = "light", **select
) -> None:
    """The chart itself; `place` says of what and when to whoever cannot see it."""
    alt = _("{title}: {place}. The same figures are in the table below.").format(title=title, place=place)
    st.vega_lite_chart(
        spec=spec(kind, i18n.language(), title, extra, theme) | {"datasets": {"rows": rows}},
        key=key,
        theme=None,
        alt=alt,
        **select,
    )


def _save(kind: str, here: Place, table: dict, title: str, day: str, notes: str) -> None:
    code, area = here.area["code"], figure_words.name(here.area)
    opening = kind in chart_clicks.OPENING
    links = {row[0]: _link(here, row[0]) for row in table["rows"] if opening and row[0] not in ("", code)}
    now = clock.hour_of(here.now)
    source = _("Source: Từng Nhà, the teams' own entries as of {hour} on {day}.")
    saving.below(
        chart_clicks.frame_key(kind, code),
        table,
        key=chart_clicks.save_key(kind, code),
        title=title,
        place=f"{area} · {day}",
        file=saving.file_name(title, area, here.day),
        notes=notes,
        source=source.format(hour=now, day=in_words(clock.day_of(here.now))),
        links=links,
    )


def _link(here: Place, code: str) -> str:
    """The address behind a row: the unit's own board, or a team's sheet."""
    if code.startswith("team:"):
        return f"sheet?team={code.removeprefix('team:')}&day={here.day}"
    return place.address(here, area=code)
