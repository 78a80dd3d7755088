"""The figures of a report by block: what is frozen and what is known by now, side by side; each opens its why."""

from urllib.parse import urlencode

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.report_template import indicators
from lib.oversight.reports.context import ReportContext
from lib.screen import list_words
from lib.screen.i18n import _, hour, moment, ngettext, number
from lib.screen.report import figures, session, state_words, why_indicator
from lib.screen.report import sentences as words


def draw(db: Database, user: User, report: ReportContext, content: dict, counts: dict[str, dict]) -> None:
    st.subheader(_("Figures"), anchor=False)
    for sentence in list_words.amiss(content["lists"]):
        st.markdown(sentence)
    _standing(report, content)
    asked_for = st.query_params.get("why")
    lines_asked = (line for block in content["blocks"] for line in block["lines"] if line["code"] == asked_for)
    if line := next(lines_asked, None):
        why_indicator.draw(db, user, report, content, line, counts)
    blocks = [
        {
            "title": words.section(block),
            "rows": [
                _row(report, content, line, counts) | {"here": line["code"] == asked_for} for line in block["lines"]
            ],
        }
        for block in content["blocks"]
        if block["lines"]
    ]
    figures.draw(_("Figures"), _head(report, content), blocks, key=session.FIGURES)


def _standing(report: ReportContext, content: dict) -> None:
    """What the figures are of: frozen or not yet, and of how many units."""
    if content["frozen_at"]:
        note = _("Frozen at {hour}; later entries change only “Now”.").format(hour=hour(content["as_of"]))
        if content["frozen_at"][:16] != content["as_of"][:16]:
            done = state_words.when(content["frozen_at"], report.day)
            note += " " + _("The figures were frozen at {hour} from the recorded times.").format(hour=done)
    else:
        note = _("Not frozen yet: as entered by {now}; frozen at {hour}:00.").format(
            now=clock.hour_of(report.now) if report.is_today else hour(content["as_of"]), hour=report.cutoff
        )
    st.caption(f"{note} {words.version(content)}")
    for sentence in _units(content):
        st.markdown(sentence)
    if content["before_at"]:
        then = moment(content["before_at"])
        st.caption(_("“Day before” is as of the same hour: {then}.").format(then=then))


def _units(content: dict) -> list[str]:
    """How many units sent theirs and how many have entries; counted figures are of all of them."""
    sent, entered, of = content["sent_units"], content["reported_units"], content["asked_units"]
    if not of:
        return []
    sentence = _("{n}/{of} units have sent their reports.").format(n=number(sent), of=number(of))
    if sent < of:
        sentence += " " + _(
            "Figures counted automatically cover all units; figures entered by units cover only "
            "those that have sent them."
        )
        sentence = f":orange[:material/data_alert: {sentence}]"
    if entered == of:
        return [sentence]
    silent = ngettext("{n} unit has no visits entered yet.", "{n} units have no visits entered yet.", of - entered)
    return [sentence, f":orange[:material/data_alert: {silent.format(n=number(of - entered))}]"]


def _two(content: dict) -> bool:
    """Whether what the report says and what is known by now may differ."""
    return bool(content["frozen_at"])


def _head(report: ReportContext, content: dict) -> list[str]:
    frozen = _("Frozen {hour}").format(hour=hour(content["as_of"])) if content["frozen_at"] else _("In the report")
    titles = [frozen, _("Now")] if _two(content) else [_("Now, {hour}").format(hour=clock.hour_of(report.now))]
    return [_("Figure"), *titles, _("Day before"), _("Since the beginning")]


def _row(report: ReportContext, content: dict, line: dict, counts: dict[str, dict]) -> dict:
    cells = [_frozen(content, line)]
    if _two(content):
        cells.append(_now(content, line, counts.get(report.code)))
    cells.append(_cell("–" if line["before"] is None else words.said(line, line["before"])))
    cells.append(_cell(words.cumulative(line, line["cumulative"])))
    href = "?" + urlencode({"area": report.code, "day": report.day, "why": line["code"]})
    return {"code": line["code"], "name": words.with_unit(line), "href": href, "cells": cells}


def _cell(text: str, note: str = "", look: str = "") -> dict:
    return {"text": text, "note": note, "look": look}


def _frozen(content: dict, line: dict) -> dict:
    """The number as the report stands: put right by an addendum, beside it what it was; and of how many units it is."""
    value = words.said(line, line["value"], line["part"], line["whole"])
    if right := content["corrected"].get(line["code"]):
        note = _("addendum No. {n}; it was {value}").format(n=number(right["number"]), value=value)
        return _cell(words.said(line, right["value"], right["part"], right["whole"]), f"✎ {note}", "differs")
    some = line["units"] is not None and len(line["units"]) < line["of"]
    note = words.summed(content["area"]["level"], len(line["units"]), line["of"]) if some else ""
    return _cell(value, note, "missing" if line["value"] is None and value != "–" else "")


def _now(content: dict, line: dict, sums: dict | None) -> dict:
    """The number of this minute; where it differs from the frozen one, a mark and by how much."""
    if line["manual"]:
        return _cell("–")
    value = indicators.value(line["function"], sums)
    part, whole = indicators.fraction(line["function"], sums) if sums else (None, None)
    differs = words.difference(line, line["value"], value) if content["frozen_at"] else ""
    note = _("≠ differs by {change}").format(change=differs) if differs else ""
    return _cell(words.said(line, value, part, whole), note, "differs" if note else "")
