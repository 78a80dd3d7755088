"""Why? Of a number that units enter: by whom, from where, when, of how many units, and what it has come to."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.entered_days import Cumulated, Together
from lib.screen.i18n import _, ngettext, number
from lib.screen.i18n import day as in_words
from lib.screen.markdown import plain
from lib.screen.report import charts, session, state_words
from lib.screen.report import sentences as words
from lib.screen.widgets import link_table
from lib.screen.widgets.named_list import address


def sentences(report: ReportContext, content: dict, line: dict) -> list[str]:
    """Who entered it and from where, and how its sum over days comes about."""
    if line["value"] is None:
        lines = [_("Not entered yet.")]
    else:
        source = (
            _("Source: {source}").format(source=plain(line["reason"])) if line["reason"] else _("No source required.")
        )
        lines = [source, *([_sent(report)] if report.standing.version else [])]
    if line["sum"]:
        lines.append(_cumulated(line, line["sum"], content["entered"]["since"]))
    below = line["below"]
    if below:
        sentence = _("The units below total **{n}**: entered by {units} of {all}.")
        n, units, of = (number(one) for one in (below["value"], len(below["units"]), below["of"]))
        lines.append(sentence.format(n=n, units=units, all=of))
    return lines


def _sent(report: ReportContext) -> str:
    at = state_words.when(report.standing.updated_at, report.day)
    return _("Sent by {who} at {at}.").format(who=plain(report.standing.who or ""), at=at)


def _cumulated(line: dict, total: Cumulated, since: str) -> str:
    """ "45 since 27/04/2021: 40 by 15/08/2021 (CDC), and what was sent for 2 days"."""
    days = ngettext("what was sent for {n} day", "what was sent for {n} days", total.days).format(n=number(total.days))
    if total.partial:
        days += _(" (on {n} of these days not all units had sent)").format(n=number(total.partial))
    total_words = words.cumulative(line, total.value)
    if total.opening is None:
        return _("**{n}** since {day}: {days}; no earlier total was entered.").format(
            n=total_words, day=in_words(since), days=days
        )
    opening = total.opening
    return _("**{n}** since {day}: {before} by the end of {until} ({source}), plus {days}.").format(
        n=total_words,
        day=in_words(since),
        before=number(opening["value"]),
        until=in_words(opening["until_day"]),
        source=plain(opening["source"]),
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
    link_table.table(_("Entered by the units"), head, rows, key=session.WHY_UNITS, cards=True)


def _unit(report: ReportContext, unit: dict, line: dict) -> dict:
    entry = unit["entered"][line["code"]]
    name = {"text": words.unit(unit), "href": address("report", area=unit["code"], day=report.day, why=line["code"])}
    before = "–" if entry["before"] is None else number(entry["before"]["value"])
    sums = [words.cumulative(line, entry["cumulative"] and entry["cumulative"].value)] * line["flow"]
    sent = f"{state_words.when(entry['at'], report.day)} · {entry['who']}" if entry["at"] else "–"
    cells = [name, words.said(line, entry["value"]), before, *sums, entry["reason"] or "–", sent]
    return {"code": unit["code"], "silent": entry["value"] is None, "cells": cells}


def _total(total: dict, line: dict) -> dict:
    sums = [_of(total.get("cumulative"), line)] * line["flow"]
    return {"code": "sum", "total": True, "cells": [_("Total"), _of(total.get("value")), "", *sums, "", ""]}


def _of(total: Together | None, over_days: dict | None = None) -> str:
    if total is None:
        return "–"
    n = words.cumulative(over_days, total.value) if over_days else number(total.value)
    sentence = _("{n} (of {units}/{all} units)") if total.partial else "{n}"
    return sentence.format(n=n, units=number(total.units), all=number(total.of))
