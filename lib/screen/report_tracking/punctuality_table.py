"""Completeness and timeliness over days: a chart that compares the units, and the same numbers as a table."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache

import pandas as pd
import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.reports import punctuality, states
from lib.oversight.reports.punctuality import Punctuality
from lib.screen import figure_words, i18n
from lib.screen.charts import heat_map
from lib.screen.charts import punctuality as punctuality_chart
from lib.screen.charts.parts import Presentation
from lib.screen.i18n import N_, _, day, ngettext, number, share
from lib.screen.report.state_words import minutes
from lib.screen.widgets import link_table

SPANS = (7, 14, 30)
HEAD = (N_("Unit"), N_("Reports due"), N_("Reported"), N_("Completeness"), N_("In time"), N_("Timeliness"))
DAY_TIPS = {"label": N_("Unit"), "date": N_("Day"), "value": N_("Reported")}
_ON_TIME, _LATE = 6, 2  # steps of the ramp
_COMMUNES, _BACK = N_("Communes on time"), N_("Returned")


def draw(db: Database, user: User, on: str, now: datetime) -> None:
    days = st.segmented_control(
        _("Days"),
        SPANS,
        format_func=lambda n: ngettext("{n} day", "{n} days", n).format(n=n),
        default=SPANS[1],
        key="reports_span",
        required=True,
    )
    first = max(clock.plus(on, 1 - days), states.first_day(db))
    units = punctuality.below(db, user, user.area_code, first, on, now=now)
    if not any(unit["own"].due for unit in units):
        st.info(_("No report was due in these days yet."))
        return
    sentence = _("Reports of {first} to {last}. Dark: on time; light: late; empty: never sent. First versions count.")
    st.caption(sentence.format(first=day(first), last=day(on)))
    rates = punctuality_chart.frame(units)
    _chart(punctuality_chart.chart, rates, _("Reports in time, by unit"), punctuality_chart.TIPS, "reports_rates")
    _table(units)
    cells_by_day = punctuality.by_day(db, user, user.area_code, first, on, now=now)
    st.caption(_("✓ on time; a number: minutes late; ↩ returned and not sent again; – never sent."))
    running = _running(now)
    if running == on:
        sentence = _("Dashed frame: {day}, reports still come in until {hour}.")
        st.caption(sentence.format(day=day(on), hour=states.CLOSES))
    _chart(heat_map.chart, cells(units, cells_by_day, running), _("Reports day by day"), DAY_TIPS, "reports_days")


def _running(now: datetime) -> str | None:
    """Today, as long as a late report can still come."""
    today = clock.day_of(now)
    return today if clock.stamp(now) < clock.at(today, states.CLOSES) else None


def _chart(make: Callable, rows: pd.DataFrame, title: str, tips: dict[str, str], key: str) -> None:
    spec = _specification(make, i18n.language(), title, tuple(tips.items()))
    drawn = spec | {"data": {"name": "rows"}, "datasets": {"rows": json.loads(rows.to_json(orient="records"))}}
    alt = _("{title}. Its figures are in the table of this page.").format(title=title)
    st.vega_lite_chart(spec=drawn, key=key, theme=None, alt=alt)


@cache
def _specification(make: Callable, language: str, title: str, tips: tuple) -> dict:
    """A chart without its rows, built once: it takes longer than all the rest of the page."""
    return make(pd.DataFrame(), Presentation.of_reader(title, dict(tips))).to_dict()


def cells(units: list[dict], reports: list[dict], running: str | None = None) -> pd.DataFrame:
    """Rows of a heat map: dark came on time, light late, a dashed cell never."""
    names = figure_words.labels(units)
    rows = {code: place for place, code in enumerate(names)}
    return pd.DataFrame(
        [
            {
                "code": report["code"],
                "place": rows[report["code"]],
                "label": names[report["code"]],
                "day": report["day"],
                "date": day(report["day"]),
                "running": report["day"] == running,
                "shade": None if report["late"] is None else _LATE if report["late"] else _ON_TIME,
                "number": _mark(report),
                "value": _came(report),
            }
            for report in reports
        ]
    ).astype({"shade": float} if reports else {})


def _mark(report: dict) -> str:
    if report["late"] is None:
        return "↩" if report["returned"] else "–"
    return number(report["late"]) if report["late"] else "✓"


def _came(report: dict) -> str:
    if report["late"] is None:
        return _("Returned") if report["returned"] else _("Not reported")
    return _("{minutes} late").format(minutes=minutes(report["late"])) if report["late"] else _("on time")


def _on_time(reports: Punctuality) -> str:
    return share(reports.on_time, reports.due)


def _table(units: list[dict]) -> None:
    inside = any(unit["inside"].due for unit in units)
    back = any(unit["own"].returned for unit in units)
    head = [_(words) for words in (*HEAD, *([_BACK] if back else []), *([_COMMUNES] if inside else []))]
    titles = [{"text": text, "help": "", "number": place > 0, "unit": place == 0} for place, text in enumerate(head)]
    names = figure_words.labels(units)
    lines = [(unit["code"], names[unit["code"]], unit["own"], unit["inside"]) for unit in units]
    sums = [sum((unit[whose] for unit in units), Punctuality()) for whose in ("own", "inside")]
    rows = [_row(*line, back, inside) for line in lines]
    total = _row("", _("Grand total"), *sums, back, inside) | {"total": True}
    link_table.table(_("Reports in time, by unit"), titles, [*rows, total], key="reports_rates_table", cards=True)


def _row(code: str, name: str, own: Punctuality, inside: Punctuality, with_back: bool, with_inside: bool) -> dict:
    cells = [
        name,
        number(own.due),
        number(own.submitted),
        share(own.submitted, own.due),
        number(own.on_time),
        _on_time(own),
    ]
    more = [number(own.returned)] if with_back else []
    more += [f"{_on_time(inside)} ({number(inside.on_time)}/{number(inside.due)})"] if with_inside else []
    return {"code": code, "href": "", "cells": [*cells, *more], "share": None, "silent": False, "move": None}
