"""Puts a chart on the page: its specification is built once, a refresh sends only rows.

These are made once per write for all who watch. Under the chart stand its table and what saves it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib.core import clock
from lib.screen import figure_words, i18n
from lib.screen.board import address, chart_clicks, session
from lib.screen.board.place import BoardPlace
from lib.screen.charts import comparison, funnel, heat_map, ranking, saving, spread, tile_map, trend
from lib.screen.charts.parts import Presentation
from lib.screen.i18n import _
from lib.screen.i18n import day as in_words

_CHARTS = {
    "bars": ranking,
    "heat": heat_map,
    "trend": trend,
    "compare": comparison,
    "funnel": funnel,
    "strip": spread,
    "tiles": tile_map,
}
OPEN = {"on_select": "rerun", "selection_mode": "open"}


@dataclass(frozen=True)
class PageChart:
    """One chart of a page in finished words.

    `notes` say how to read it and go into a saved picture, `hint` what a click does. `options` go to the module's
    `chart`, `click` to Streamlit. `days` are those it is of when not only the board's, and `choices` what else its rows
    depend on.
    """

    kind: str
    title: str
    notes: str
    hint: str = ""
    options: tuple[tuple[str, object], ...] = ()
    click: dict = field(default_factory=dict)
    days: str = ""
    choices: tuple = ()


@cache
def specification(kind: str, language: str, title: str, options: tuple = (), theme: str = "light") -> dict:
    """A chart without its rows, which come under the name "rows"; so the browser redraws in place."""
    module = _CHARTS[kind]
    presentation = Presentation.of_reader(title, module.TIPS, theme)
    return module.chart(pd.DataFrame(), presentation, **dict(options)).to_dict() | {
        "data": {"name": "rows"},
        "datasets": {},
    }


@st.cache_data(max_entries=512, show_spinner=False)
def _packed(kind: str, key: tuple, choices: tuple, _frame: Callable[[], pd.DataFrame]) -> tuple[bytes, dict] | None:
    """The rows of a chart, or None when there are none."""
    frame = _frame()
    return None if frame.empty else packed(kind, frame)


def packed(kind: str, frame: pd.DataFrame) -> tuple[bytes, dict]:
    """The rows of a chart as they travel and as a table."""
    module, arrow = _CHARTS[kind], pa.Table.from_pandas(frame, preserve_index=False)
    stream = pa.BufferOutputStream()
    with pa.ipc.new_stream(stream, arrow.schema) as writer:
        writer.write_table(arrow)
    titles = {column: _(words) for column, words in module.TIPS.items()}
    frame = frame[frame["role"] != "target"] if "role" in frame else frame  # a line, not a row
    return stream.getvalue().to_pybytes(), saving.table(frame, titles, getattr(module, "ACROSS", None))


def draw(place: BoardPlace, chart: PageChart, frame: Callable[[], pd.DataFrame], theme: str = "light") -> bool:
    """Draw one chart with its notes, its table and its buttons; False when there is nothing to draw.

    On the big screen there is only the chart.
    """
    rows_and_table = _packed(chart.kind, place.live_key, chart.choices, frame)
    if rows_and_table is None:
        return False
    rows, table = rows_and_table
    code, days = place.area["code"], chart.days or in_words(place.day)
    with st.container(key=session.frame_key(chart.kind, code)):
        key = session.chart_key(chart.kind, code)
        show(chart, rows, key=key, place=f"{figure_words.name(place.area)}, {days}", theme=theme)
    if theme == "light":
        st.caption(f"{chart.notes} {chart.hint}".strip())
        _save(place, chart, table, days)
    return True


def show(chart: PageChart, rows: bytes, *, key: str, place: str, theme: str = "light") -> None:
    """The chart itself; `place` says of what and when to whoever cannot see it."""
    alt = _("{title}: {place}. The same figures are in the table below.").format(title=chart.title, place=place)
    spec = specification(chart.kind, i18n.language(), chart.title, chart.options, theme)
    st.vega_lite_chart(spec=spec | {"datasets": {"rows": rows}}, key=key, theme=None, alt=alt, **chart.click)


def _save(place: BoardPlace, chart: PageChart, table: dict, days: str) -> None:
    kind, code, area = chart.kind, place.area["code"], figure_words.name(place.area)
    opening = kind in chart_clicks.OPENING
    links = {row[0]: _link(place, row[0]) for row in table["rows"] if opening and row[0] not in ("", code)}
    source = _("Source: Từng Nhà, the teams' own entries as of {hour} on {day}.")
    caption = saving.Caption(
        title=chart.title,
        place=f"{area} · {days}",
        notes=chart.notes,
        source=source.format(hour=clock.hour_of(place.now), day=in_words(place.today)),
        file=saving.file_name(chart.title, area, place.day),
    )
    saving.below(session.frame_key(kind, code), table, caption, key=session.save_key(kind, code), links=links)


def _link(place: BoardPlace, code: str) -> str:
    """The address behind a row: the unit's own board, or a team's sheet."""
    if code.startswith("team:"):
        return f"sheet?team={code.removeprefix('team:')}&day={place.day}"
    return address.href(place, area=code)
