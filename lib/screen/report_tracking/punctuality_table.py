"""Completeness and timeliness over days: a chart that compares the units, and the same numbers as a table."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd
import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.reports import punctuality, states
from lib.oversight.reports.punctuality import Punctuality
from lib.screen import figure_words
from lib.screen.charts import heat_map
from lib.screen.charts import punctuality as punctuality_chart
from lib.screen.charts.parts import Presentation
from lib.screen.i18n import N_, _, day, ngettext, number, share
from lib.screen.report.state_words import minutes
from lib.screen.widgets import link_table

SPANS = (7, 14, 30)
TIPS = {"label": N_("Unit"), "value": N_("On time · reported"), "counts": N_("Reports")}
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
    told = _("Reports of {first} to {last}. Dark: on time; light: late; empty: never sent. First versions count.")
    st.caption(told.format(first=day(first), last=day(on)))
    _chart(punctuality_chart.chart, frame(units), _("Reports in time, by unit"), TIPS, "reports_rates")
    _table(units)
    found = punctuality.by_day(db, user, user.area_code, first, on, now=now)
    st.caption(_("✓ on time; a number: minutes late; ↩ returned and not sent again; – never sent."))
    running = _running(now)
    if running == on:
        told = _("Dashed frame: {day}, reports still come in until {hour}.")
        st.caption(told.format(day=day(on), hour=states.CLOSES))
    _chart(heat_map.chart, cells(units, found, running), _("Reports day by day"), DAY_TIPS, "reports_days")


def _running(now: datetime) -> str | None:
    """Today, as long as a late report can still come."""
    today = clock.day_of(now)
    return today if clock.stamp(now) < clock.at(today, states.CLOSES) else None


def _chart(make: Callable, rows: pd.DataFrame, title: str, tips: dict[str, str], key: str) -> None:
    spec = make(rows, Presentation.of_reader(title, tips))
    alt = _("{title}. Its figures are in the table of this page.").format(title=title)
    st.vega_lite_chart(spec=spec.to_dict(), key=key, theme=None, alt=alt)


def cells(units: list[dict], found: list[dict], running: str | None = None) -> pd.DataFrame:
    """Rows of a heat map: dark came on time, light late, a dashed cell never."""
    names = figure_words.labels(units)
    places = {code: place for place, code in enumerate(names)}
    return pd.DataFrame(
        [
            {
                "code": each["code"],
                "place": places[each["code"]],
                "label": names[each["code"]],
                "day": each["day"],
                "date": day(each["day"]),
                "running": each["day"] == running,
                "shade": None if each["late"] is None else _LATE if each["late"] else _ON_TIME,
                "number": _mark(each),
                "value": _came(each),
            }
            for each in found
        ]
    ).astype({"shade": float} if found else {})


def _mark(each: dict) -> str:
    if each["late"] is None:
        return "↩" if each["returned"] else "–"
    return number(each["late"]) if each["late"] else "✓"


def _came(each: dict) -> str:
    if each["late"] is None:
        return _("Returned") if each["returned"] else _("Not reported")
    return _("{minutes} late").format(minutes=minutes(each["late"])) if each["late"] else _("on time")


def frame(units: list[dict]) -> pd.DataFrame:
    """Rows of the punctuality chart, the most punctual first; ties by name, as they come."""
    names = figure_words.labels(units)
    ranked_units = sorted(units, key=lambda u: (-(u["own"].timeliness or 0), -(u["own"].completeness or 0)))
    return pd.DataFrame(
        [
            {
                "code": unit["code"],
                "place": place,
                "label": names[unit["code"]],
                "completeness": unit["own"].completeness,
                "timeliness": unit["own"].timeliness,
                "value": f"{_on_time(unit['own'])} · {share(unit['own'].submitted, unit['own'].due)}",
                "counts": _("{on_time} on time, {sent} reported of {due}").format(
                    on_time=number(unit["own"].on_time), sent=number(unit["own"].submitted), due=number(unit["own"].due)
                ),
            }
            for place, unit in enumerate(ranked_units)
        ]
    ).astype({"completeness": float, "timeliness": float})


def _on_time(kept: Punctuality) -> str:
    return share(kept.on_time, kept.due)


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
