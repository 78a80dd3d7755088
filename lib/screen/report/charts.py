"""A number that units enter as charts: on the map, over the days, and unit by day; each with its rows as a table."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.figures import tiles
from lib.oversight.reports import entered_days
from lib.oversight.reports.context import ReportContext
from lib.screen.board import chart_clicks, chart_on_page, session
from lib.screen.board.chart_on_page import OPEN, PageChart
from lib.screen.charts import heat_map, saving, tile_map
from lib.screen.charts.figures import Figure
from lib.screen.i18n import _, number
from lib.screen.i18n import day as in_words
from lib.screen.report import sentences as words
from lib.screen.widgets.named_list import address

DAYS = 14
_OPENING = ("report-tiles", "report-heat", "report-trend")


@dataclass(frozen=True)
class EnteredFigure(Figure):
    """A plain number; its colours are eighths of the largest."""

    @property
    def is_share(self) -> bool:
        return False


@dataclass(frozen=True)
class Asked:
    """Which number is drawn of which area, and what it was on each day: `{(day, unit): value}`."""

    here: ReportContext
    content: dict
    line: dict
    numbers: dict[tuple[str, str], int]

    @property
    def figure(self) -> Figure:
        return EnteredFigure(self.line["code"], words.name(self.line), ())

    @property
    def days(self) -> list[str]:
        return [clock.plus(self.here.day, -back) for back in range(DAYS - 1, -1, -1)]

    def point(self, unit: dict, day: str) -> dict:
        """One number as charts take it; what nobody sent is not reported, which is not 0."""
        value = self.numbers.get((day, unit["code"]))
        told = {name: unit[name] for name in ("code", "kind", "name", "level")}
        return told | {
            "day": day,
            "part": value,
            "whole": None,
            "share": None,
            "reported": value is not None,
            "missing": _("not reported"),
        }


def draw(db: Database, here: ReportContext, content: dict, line: dict) -> None:
    """The trend of a commune; of more than one unit also the map and the days of each."""
    asked = Asked(here, content, line, _numbers(db, here, content, line))
    views = {"map": _("Map"), "trend": _("Trend"), "days": _("By day")} if content["units"] else {"trend": _("Trend")}
    view = "trend"
    if len(views) > 1:
        picked = st.segmented_control(
            _("Chart"),
            list(views),
            format_func=views.get,
            default="map",
            key="report_chart",
            label_visibility="collapsed",
            required=True,
        )
        view = picked or "map"
    {"map": _map, "trend": _trend, "days": _by_day}[view](asked)


def _numbers(db: Database, here: ReportContext, content: dict, line: dict) -> dict[tuple[str, str], int]:
    """As sent by the end of each day shown; of this day what the report itself says."""
    codes = [here.code, *(unit["code"] for unit in content["units"])]
    first = clock.plus(here.day, 1 - DAYS)
    before = entered_days.by_day(
        db, codes, first, clock.plus(here.day, -1), line["code"], by=entered_days.end_of(here.day)
    )
    numbers = {place: entry["value"] for place, entry in before.items()}
    today = {unit["code"]: unit["entered"][line["code"]]["value"] for unit in content["units"]} | {
        here.code: line["value"]
    }
    return numbers | {(here.day, code): value for code, value in today.items() if value is not None}


def _map(asked: Asked) -> None:
    area, below = asked.here.area, asked.content["units"]
    known = tiles.ground(area["code"], [unit["code"] for unit in below])
    columns = 1 + max((column for _line, column in known.values()), default=-1)
    points = [asked.point(unit, asked.here.day) for unit in below]
    where = _("Each tile is placed roughly where the unit is.") if known else _("Tiles in alphabetical order.")
    darker = _("The darker the blue, the higher the number; dashed: nothing reported.")
    _drawn(
        asked,
        PageChart(
            "tiles",
            _("{figure} on the map").format(figure=asked.figure.label),
            notes=f"{where} {darker}",
            options=(("columns", columns or None),),
            click=OPEN,
        ),
        tile_map.frame(points, area, asked.figure),
    )


def _trend(asked: Asked) -> None:
    """The area's own number by day; of days it sent none, nothing is drawn."""
    area = asked.here.area
    points = [asked.point(area, day) for day in asked.days]
    frame = heat_map.frame(points, [area], asked.figure)
    frame = frame.assign(
        role="area",
        series=0,
        note="",
        end=float("nan"),
        low=float("nan"),
        lower=float("nan"),
        upper=float("nan"),
        high=float("nan"),
    )
    told = frame[frame["share"].notna()]
    if told.empty:
        st.info(_("Nothing was reported in these days. Choose other days."))
        return
    frame.loc[told.index[-1], "end"] = told["share"].iloc[-1]
    _drawn(
        asked,
        PageChart(
            "trend",
            _("{figure}, day by day").format(figure=asked.figure.label),
            notes=_("The unit's own figure for each day; a day without one was not reported."),
            options=(("axis_format", ",d"), ("label_width", 128)),
        ),
        frame,
    )


def _by_day(asked: Asked) -> None:
    """Unit by day, the area itself on top."""
    listed = [asked.here.area, *asked.content["units"]]
    points = [asked.point(unit, day) for day in asked.days for unit in listed]
    _drawn(
        asked,
        PageChart(
            "heat",
            _("{figure} by day").format(figure=asked.figure.label),
            notes=_("The darker the blue, the higher the number; dashed: nothing reported."),
        ),
        heat_map.frame(points, listed, asked.figure),
    )


def _drawn(asked: Asked, chart: PageChart, frame: pd.DataFrame) -> None:
    here, kind = asked.here, f"report-{chart.kind}"
    rows, table = chart_on_page.packed(chart.kind, frame)
    place = f"{words.unit(here.area)} · {in_words(here.day)}"
    with st.container(key=session.frame_key(kind, here.code)):
        chart_on_page.show(chart, rows, key=session.chart_key(kind, here.code), place=place)
    st.caption(chart.notes)
    links = {
        unit["code"]: address("report", area=unit["code"], day=here.day, why=asked.line["code"])
        for unit in asked.content["units"]
    }
    source = _("Source: what the units sent with their reports; {n} days up to {day}.")
    caption = saving.Caption(
        title=chart.title,
        place=place,
        notes=chart.notes,
        source=source.format(n=number(DAYS), day=in_words(here.day)),
        file=saving.file_name(chart.title, words.unit(here.area), here.day),
    )
    saving.below(session.frame_key(kind, here.code), table, caption, key=session.save_key(kind, here.code), links=links)


def follow(user: User) -> None:
    """Turn to the unit whose tile, or whose row below a chart, was clicked in the run before."""
    chart_clicks.forget()
    code = st.query_params.get("area") or user.area_code
    found = chart_clicks.opened(code, _OPENING)
    if found:
        st.query_params["area"] = found
