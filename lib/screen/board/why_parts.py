"""Draws the table behind a figure: its own parts (units, teams, doors) and their sum; for a rank the area's units."""

import streamlit as st

from lib.oversight.figures import doors, explanation
from lib.oversight.figures.measures import ATTEMPTED, DUE, MEASURES, SEEN, TERMS, Sum
from lib.screen import figure_words as words
from lib.screen import i18n
from lib.screen.board import address
from lib.screen.board.why_question import FigureQuestion
from lib.screen.i18n import _, number, points
from lib.screen.labels import HOUSEHOLD_STATUS, OUTCOMES
from lib.screen.widgets import link_table


def draw(question: FigureQuestion) -> None:
    """Draw the table, or say why there are no parts to show."""
    db, measure, unit, below = question.board.db, question.measure, question.unit, question.parts_below
    caption = _("What it is compared with") if measure.kind == "rank" else _("Made up of")
    st.markdown(f"**{caption}**")
    parts = explanation.parts(db, measure, unit, question.day, below)
    rows = explanation.split(measure, question.whole, below, parts)
    if not rows:
        if unit["level"] == "commune" and not doors.may_see(db, unit):
            st.caption(_("Hamlets and teams are shown only inside your own area."))
        else:
            st.caption(_("It is not made up of smaller units."))
        return
    part, whole = explanation.figure_of(measure, question.whole, below)
    total = question.whole | {"part": part, "whole": whole, "total": True}
    columns = _columns(question)
    head = [
        {"text": title, "help": "", "unit": place == 0, "number": place > 0}
        for place, (title, _cell) in enumerate(columns)
    ]
    lines = [
        {
            "code": row["code"] or row["level"],
            "total": bool(row.get("total")),
            "cells": [cell(row) for _title, cell in columns],
        }
        for row in [*rows, total]
    ]
    link_table.table(caption, head, lines, key="why-rows")


def _columns(question: FigureQuestion) -> list[tuple]:
    """The title of each column, and the function that makes a part's cell."""
    measure = question.measure
    unit = (_("Unit"), lambda part: _name(question, part))
    if measure.kind == "latest":
        return [unit, (_(measure.label), lambda part: words.last_entry(part, question.day))]
    columns = [unit, (_word(measure.part), lambda part: number(part["part"]))]
    if measure.whole is not None:
        columns.append((_word(measure.whole), lambda part: number(part["whole"])))
    if measure.kind in ("share", "rank", "change") and question.unit["level"] != "team":
        columns.append((_("Share"), _listed if measure.code == "registered" else _share))
    if measure.kind == "rank":
        columns.append((_(measure.label), lambda part: number(part.get("rank"))))
    if measure.kind == "change":
        columns += [
            (question.day_before, lambda part: _before(question, part)),
            (_(measure.label), lambda part: points(part.get("change"))),
        ]
    if question.unit["level"] == "team" and measure.kind in ("share", "count"):
        columns.append((_("What happened"), lambda part: _happened(part, question.day)))
    return columns


def _share(part: dict) -> str:
    """A share; silence has its own word, as on the board."""
    silent = part["whole"] and not part.get("reported", True)
    return _("no entries yet") if silent else i18n.share(part["part"], part["whole"])


def _listed(part: dict) -> str:
    return i18n.share(part["part"], part["whole"])


def _before(question: FigureQuestion, part: dict) -> str:
    before = question.before.get(part["code"])
    return words.coverage(before) if before else "–"


def _word(terms: Sum) -> str:
    """A sum's name: that of the figure which is this sum, else of its only term."""
    for sum_, code in ((SEEN, "seen"), (DUE, "due"), (ATTEMPTED, "attempted")):
        if terms == sum_:
            return _(MEASURES[code].label)
    return _(TERMS[next(iter(terms))])


def _name(question: FigureQuestion, part: dict) -> str | dict:
    """The part's name; it leads one step further down, a door to its household."""
    if part.get("total"):
        return _("Total: {area}").format(area=words.name(part))
    if part["level"] == "rest":
        several = _("Counted for several hamlets at once")
        return several if question.measure.code == "teams" else _("Not shown: outside your own area")
    if part["level"] == "door":
        return {"text": part["name"], "href": f"households?household={part['code']}"}
    if part["code"] is None:
        nobody = address.href(question.board.place, area=question.unit["code"], doors="nobody")
        return {"text": _("No responsible member"), "href": nobody}
    of = question.board.place.area if question.measure.kind == "rank" else question.unit
    below = address.href(question.board.place, area=of["code"], why=question.measure.code, of=part["code"])
    return {"text": words.name(part), "href": below}


def _happened(part: dict, day: str) -> str:
    if part.get("total"):
        return ""
    if part["status"]:
        return _(HOUSEHOLD_STATUS[part["status"]])
    if not part["outcome"]:
        return _("Not visited")
    return f"{_(OUTCOMES[part['outcome']])} {i18n.hour(part['recorded_at'], day)}"
