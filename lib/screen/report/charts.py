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
class ChartedNumber:
    """Which number is drawn of which area, and what it was on each day: `{(day, unit): value}`."""

    report: ReportContext
    content: dict
    line: dict
    numbers: dict[tuple[str, str], int]

    @property
    def figure(self) -> Figure:
        return EnteredFigure(self.line["code"], words.name(self.line), ())

    @property
    def days(self) -> list[str]:
        return [clock.plus(self.report.day, -back) for back in range(DAYS - 1, -1, -1)]

    def point(self, unit: dict, day: str) -> dict:
        """One number as charts take it; what nobody sent is not reported, which is not 0."""
        value = self.numbers.get((day, unit["code"]))
        return {name: unit[name] for name in ("code", "kind", "name", "level")} | {
            "day": day,
            "part": value,
            "whole": None,
            "share": None,
            "reported": value is not None,
            "missing": _("not reported"),
        }


def draw(db: Database, report: ReportContext, content: dict, line: dict) -> None:
    """The trend of a commune; of more than one unit also the map and the days of each."""
    charted = ChartedNumber(report, content, line, _numbers(db, report, content, line))
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
    {"map": _map, "trend": _trend, "days": _by_day}[view](charted)


def _numbers(db: Database, report: ReportContext, content: dict, line: dict) -> dict[tuple[str, str], int]:
    """As sent by the end of each day shown; of this day what the report itself says."""
    codes = [report.code, *(unit["code"] for unit in content["units"])]
    first = clock.plus(report.day, 1 - DAYS)
    before = entered_days.by_day(
        db, codes, first, clock.plus(report.day, -1), line["code"], by=entered_days.end_of(report.day)
    )
    numbers = {place: entry["value"] for place, entry in before.items()}
    today = {unit["code"]: unit["entered"][line["code"]]["value"] for unit in content["units"]} | {
        report.code: line["value"]
    }
    return numbers | {(report.day, code): value for code, value in today.items() if value is not None}


def _map(charted: ChartedNumber) -> None:
    area, below = charted.report.area, charted.content["units"]
    ground = tiles.ground(area["code"], [unit["code"] for unit in below])
    columns = 1 + max((column for _line, column in ground.values()), default=-1)
    points = [charted.point(unit, charted.report.day) for unit in below]
    where = _("Each tile is placed roughly where the unit is.") if ground else _("Tiles in alphabetical order.")
    darker = _("The darker the blue, the higher the number; dashed: nothing reported.")
    _drawn(
        charted,
        PageChart(
            "tiles",
            _("{figure} on the map").format(figure=charted.figure.label),
            notes=f"{where} {darker}",
            options=(("columns", columns or None),),
            click=OPEN,
        ),
        tile_map.frame(points, area, charted.figure),
    )


def _trend(charted: ChartedNumber) -> None:
    """The area's own number by day; of days it sent none, nothing is drawn."""
    area = charted.report.area
    points = [charted.point(area, day) for day in charted.days]
    frame = heat_map.frame(points, [area], charted.figure)
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
    entered = frame[frame["share"].notna()]
    if entered.empty:
        st.info(_("Nothing was reported in these days. Choose other days."))
        return
    frame.loc[entered.index[-1], "end"] = entered["share"].iloc[-1]
    _drawn(
        charted,
        PageChart(
            "trend",
            _("{figure}, day by day").format(figure=charted.figure.label),
            notes=_("The unit's own figure for each day; a day without one was not reported."),
            options=(("axis_format", ",d"), ("label_width", 128)),
        ),
        frame,
    )


def _by_day(charted: ChartedNumber) -> None:
    """Unit by day, the area itself on top."""
    listed = [charted.report.area, *charted.content["units"]]
    points = [charted.point(unit, day) for day in charted.days for unit in listed]
    _drawn(
        charted,
        PageChart(
            "heat",
            _("{figure} by day").format(figure=charted.figure.label),
            notes=_("The darker the blue, the higher the number; dashed: nothing reported."),
        ),
        heat_map.frame(points, listed, charted.figure),
    )


def _drawn(charted: ChartedNumber, chart: PageChart, frame: pd.DataFrame) -> None:
    report, kind = charted.report, f"report-{chart.kind}"
    rows, table = chart_on_page.packed(chart.kind, frame)
    place = f"{words.unit(report.area)} · {in_words(report.day)}"
    with st.container(key=session.frame_key(kind, report.code)):
        chart_on_page.show(chart, rows, key=session.chart_key(kind, report.code), place=place)
    st.caption(chart.notes)
    links = {
        unit["code"]: address("report", area=unit["code"], day=report.day, why=charted.line["code"])
        for unit in charted.content["units"]
    }
    source = _("Source: what the units sent with their reports; {n} days up to {day}.")
    caption = saving.Caption(
        title=chart.title,
        place=place,
        notes=chart.notes,
        source=source.format(n=number(DAYS), day=in_words(report.day)),
        file=saving.file_name(chart.title, words.unit(report.area), report.day),
    )
    saving.below(
        session.frame_key(kind, report.code), table, caption, key=session.save_key(kind, report.code), links=links
    )


def follow(user: User) -> None:
    """Turn to the unit whose tile, or whose row below a chart, was clicked in the run before."""
    chart_clicks.forget()
    code = st.query_params.get("area") or user.area_code
    unit_opened = chart_clicks.opened(code, _OPENING)
    if unit_opened:
        st.query_params["area"] = unit_opened
