"""Why? Of a number that units enter: by whom, from where, when, of how many units, and what it has come to."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.entered_days import Cumulated, Together
from lib.screen.i18n import _, ngettext, number
from lib.screen.i18n import day as in_words
from lib.screen.markdown import plain
from lib.screen.report import charts, keys, state_words
from lib.screen.report import sentences as words
from lib.screen.widgets import link_table
from lib.screen.widgets.named_list import address


def sentences(report: ReportContext, content: dict, line: dict) -> list[str]:
    """Who entered it and from where, and how its sum over days comes about."""
    if line["value"] is None:
        told = [_("Not entered yet.")]
    else:
        source = (
            _("Source: {source}").format(source=plain(line["reason"])) if line["reason"] else _("No source required.")
        )
        told = [source, *([_sent(report)] if report.standing.version else [])]
    if line["sum"]:
        told.append(_cumulated(line, line["sum"], content["entered"]["since"]))
    below = line["below"]
    if below:
        sentence = _("The units below total **{n}**: entered by {units} of {all}.")
        n, units, of = (number(one) for one in (below["value"], len(below["units"]), below["of"]))
        told.append(sentence.format(n=n, units=units, all=of))
    return told


def _sent(report: ReportContext) -> str:
    at = state_words.when(report.standing.updated_at, report.day)
    return _("Sent by {who} at {at}.").format(who=plain(report.standing.who or ""), at=at)


def _cumulated(line: dict, sum_: Cumulated, since: str) -> str:
    """ "45 since 27/04/2021: 40 by 15/08/2021 (CDC), and what was sent for 2 days"."""
    days = ngettext("what was sent for {n} day", "what was sent for {n} days", sum_.days).format(n=number(sum_.days))
    if sum_.partial:
        days += _(" (on {n} of these days not all units had sent)").format(n=number(sum_.partial))
    total = words.cumulative(line, sum_.value)
    if sum_.opening is None:
        return _("**{n}** since {day}: {days}; no earlier total was entered.").format(
            n=total, day=in_words(since), days=days
        )
    before = sum_.opening
    return _("**{n}** since {day}: {before} by the end of {until} ({source}), plus {days}.").format(
        n=total,
        day=in_words(since),
        before=number(before["value"]),
        until=in_words(before["until_day"]),
        source=plain(before["source"]),
        days=days,
    )


def draw(db: Database, user: User, report: ReportContext, content: dict, line: dict) -> None:
    """A row for each unit with what it sent and from where; then the map, the trend and the days."""
    if content["units"]:
        _units(report, content, line)
    charts.draw(db, report, content, line)


def _units(report: ReportContext, content: dict, line: dict) -> None:
    titles = [words.with_unit(line), _("Day before"), *[_("Since the beginning")] * line["flow"]]
    head = [{"text": _("Unit"), "help": "", "unit": True}]
    head += [{"text": title, "help": "", "number": True} for title in titles]
    head += [{"text": title, "help": ""} for title in (_("Source"), _("Sent"))]
    rows = [_unit(report, unit, line) for unit in content["units"]]
    total = content["entered"]["total"].get(line["code"], {})
    if line["summed"]:
        rows.append(_total(total, line))
    st.markdown(f"**{_('Entered by the units')}**")
    link_table.table(_("Entered by the units"), head, rows, key=keys.WHY_UNITS, cards=True)


def _unit(report: ReportContext, unit: dict, line: dict) -> dict:
    one = unit["entered"][line["code"]]
    name = {"text": words.unit(unit), "href": address("report", area=unit["code"], day=report.day, why=line["code"])}
    before = "–" if one["before"] is None else number(one["before"]["value"])
    sums = [words.cumulative(line, one["cumulative"] and one["cumulative"].value)] * line["flow"]
    sent = f"{state_words.when(one['at'], report.day)} · {one['who']}" if one["at"] else "–"
    cells = [name, words.said(line, one["value"]), before, *sums, one["reason"] or "–", sent]
    return {"code": unit["code"], "silent": one["value"] is None, "cells": cells}


def _total(total: dict, line: dict) -> dict:
    sums = [_of(total.get("cumulative"), line)] * line["flow"]
    return {"code": "sum", "total": True, "cells": [_("Total"), _of(total.get("value")), "", *sums, "", ""]}


def _of(found: Together | None, over_days: dict | None = None) -> str:
    if found is None:
        return "–"
    n = words.cumulative(over_days, found.value) if over_days else number(found.value)
    told = _("{n} (of {units}/{all} units)") if found.partial else "{n}"
    return told.format(n=n, units=number(found.units), all=number(found.of))
