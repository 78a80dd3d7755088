"""Why? Of one figure of a report: its formula, its counts, the units it adds up from, what was entered since."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.figures.measures import MEASURES
from lib.oversight.report_template import indicators
from lib.oversight.report_template.indicators import FUNCTIONS
from lib.oversight.reports import live_counts
from lib.oversight.reports.context import ReportContext
from lib.screen.i18n import _, day, hour, ngettext, number, share
from lib.screen.markdown import plain
from lib.screen.report import sentences as words
from lib.screen.report import session, state_words, why_entered
from lib.screen.widgets import link_table
from lib.screen.widgets.named_list import address

# The board's word for a figure, where its entries can be read by name.
_ON_BOARD = {function: function for function in FUNCTIONS if function in MEASURES}


def draw(db: Database, user: User, report: ReportContext, content: dict, line: dict, counts: dict[str, dict]) -> None:
    with st.container(border=True, key="report_why"):
        value = words.said(line, line["value"], line["part"], line["whole"])
        title = _("How {figure} is made up: {value}").format(figure=words.name(line), value=value)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{plain(title)}**", width="content")
            with st.container(width="content"):
                close = [{"text": _("Close"), "href": f"?area={report.code}&day={report.day}"}]
                link_table.path(title, close, key=session.WHY_WAY, look="choices", arrive=line["code"])
        st.markdown(plain(words.formula(line)))
        for sentence in [*_counts(report, content, line), *_corrected(content, line)]:
            st.markdown(sentence)
        if line["manual"]:
            return why_entered.draw(db, user, report, content, line)
        _units(report, content, line, counts)
        if content["frozen_at"]:
            _since(db, report, content, line)


def _counts(report: ReportContext, content: dict, line: dict) -> list[str]:
    version = words.version(content)
    if line["manual"]:
        return [*why_entered.sentences(report, content, line), version]
    if line["part"] is None:
        return [_("Nothing is counted yet."), version]
    if line["whole"] is None:
        return [version]
    fraction = f"{number(line['part'])} ÷ {number(line['whole'])} = {share(line['part'], line['whole'])}"
    return [_("Numerator ÷ denominator: **{fraction}**").format(fraction=fraction), version]


def _corrected(content: dict, line: dict) -> list[str]:
    return [
        _("Addendum No. {n}: {was} → {now}, reason: {reason}").format(
            n=number(correction["number"]),
            was=words.said(line, correction["was"]),
            now=words.said(line, correction["now"]),
            reason=plain(correction["reason"]),
        )
        for correction in content["corrections"]
        if correction["code"] == line["code"] and correction["area"] == content["area"]["code"]
    ]


def _units(report: ReportContext, content: dict, line: dict, counts: dict[str, dict]) -> None:
    """A row for each unit; the last adds them all up."""
    if not content["units"]:
        return
    shared = FUNCTIONS[line["function"]].whole is not None
    frozen = hour(content["as_of"]) if content["frozen_at"] else _("in the report")
    titles = [_("Numerator"), _("Denominator")] if shared else []
    titles += [f"{words.name(line)}, {frozen}", _("Now")]
    head = [{"text": _("Unit"), "help": "", "unit": True}]
    head += [{"text": title, "help": "", "number": True} for title in titles]
    rows = [_unit(line, unit, counts, shared=shared, day=report.day) for unit in content["units"]]
    cells = _cells(line, line["value"], line["part"], line["whole"], shared)
    total = {"code": "sum", "total": True, "cells": [_("Total"), *cells, _said_now(line, counts.get(report.code))]}
    caption = _("Made up of")
    st.markdown(f"**{caption}**")
    link_table.table(caption, head, [*rows, total], key=session.WHY_UNITS)


def _unit(line: dict, unit: dict, counts: dict[str, dict], *, shared: bool, day: str) -> dict:
    """A unit's share of the total."""
    name = {"text": words.unit(unit), "href": address("report", area=unit["code"], day=day, why=line["code"])}
    sums = unit["counts"]
    part, whole = indicators.fraction(line["function"], sums) if sums else (None, None)
    cells = _cells(line, indicators.value(line["function"], sums), part, whole, shared)
    return {
        "code": unit["code"],
        "silent": not unit["reported"],
        "cells": [name, *cells, _said_now(line, counts.get(unit["code"]))],
    }


def _cells(line: dict, value: float | None, part: int | None, whole: int | None, shared: bool) -> list[str]:
    parts = [number(part), number(whole)] if shared else []
    return [*parts, words.said(line, value, part, whole)]


def _said_now(line: dict, sums: dict | None) -> str:
    part, whole = indicators.fraction(line["function"], sums) if sums else (None, None)
    return words.said(line, indicators.value(line["function"], sums), part, whole)


def _since(db: Database, report: ReportContext, content: dict, line: dict) -> None:
    """Entries recorded after the cut-off, which moved “now” and not the report; by name on the leaderboard."""
    at = hour(content["as_of"])
    st.markdown(f"**{_('Entered after {hour}').format(hour=at)}**")
    communes = live_counts.since(db, report.area, report.day, after=content["as_of"])
    if not communes:
        st.caption(_("Nothing was entered or changed after {hour}.").format(hour=at))
        return
    titles = (_("Visits"), _("The last at"))
    head = [{"text": _("Unit"), "help": "", "unit": True}]
    head += [{"text": title, "help": "", "number": True} for title in titles]
    rows = [_entries(commune, line, report.day) for commune in communes]
    total = sum(commune["n"] for commune in communes)
    caption = ngettext(
        "{n} visit entered or changed after {hour} on {day}",
        "{n} visits entered or changed after {hour} on {day}",
        total,
    )
    sentence = caption.format(n=number(total), hour=at, day=day(report.day))
    link_table.table(sentence, head, rows, key="report-why-since")
    st.caption(sentence)


def _entries(commune: dict, line: dict, on: str) -> dict:
    board = _ON_BOARD.get(line["function"], "seen")
    to = address("leaderboard", area=commune["code"], day=on, why=board)
    return {
        "code": commune["code"],
        "cells": [
            {"text": words.unit(commune), "href": to},
            number(commune["n"]),
            state_words.when(commune["last"], on),
        ],
    }
