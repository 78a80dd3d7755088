"""The parts a figure is added up from, as a table: units, teams, doors; the last line is their sum."""

from dataclasses import dataclass

import streamlit as st
from sqlite_utils import Database

from lib.oversight.figures import doors, explanation
from lib.oversight.figures.measures import ATTEMPTED, DUE, MEASURES, SEEN, TERMS, Measure, Sum
from lib.screen import figure_words as words
from lib.screen import i18n
from lib.screen.board import place
from lib.screen.board.place import Place
from lib.screen.i18n import _, number, points
from lib.screen.labels import HOUSEHOLD_STATUS, OUTCOMES
from lib.screen.widgets import link_table


@dataclass(frozen=True)
class Asked:
    """A figure somebody asked about: `found` is the board it stands on, `below` what the unit consists of,
    `before` the figures of the day before.
    """

    here: Place
    measure: Measure
    figure: dict
    unit: dict
    below: list[dict]
    before: dict[str, dict]
    found: list[dict]

    @property
    def value(self) -> str:
        """The figure as the board says it."""
        if self.measure.kind == "units":
            part, whole = explanation.figure_of(self.measure, self.figure, self.below)
            return f"{number(part)} / {number(whole)}"
        return words.said(self.measure, self.here.day)(self.figure)

    @property
    def day_before(self) -> str:
        """What a change is measured against, as it heads a column."""
        at = self.here.hour
        return _("The day before at {hour}").format(hour=at) if at else _("The whole day before")

    @property
    def whole(self) -> dict:
        """The figure whose parts are listed: a rank is told by the neighbours, which add up to the area."""
        return self.found[0] if self.measure.kind == "rank" else self.figure


def draw(db: Database, about: Asked) -> None:
    """The table, or why the parts are not shown."""
    title = _("What it is compared with") if about.measure.kind == "rank" else _("Made up of")
    st.markdown(f"**{title}**")
    below = about.found[1:] if about.measure.kind == "rank" else about.below
    parts = explanation.parts(db, about.measure, about.unit, about.here.day, below)
    rows = explanation.split(about.measure, about.whole, below, parts)
    if not rows:
        if about.unit["level"] == "commune" and not doors.may_see(db, about.unit):
            st.caption(_("Hamlets and teams are shown only inside your own area."))
        else:
            st.caption(_("It is not made up of smaller units."))
        return
    part, whole = explanation.figure_of(about.measure, about.whole, below)
    total = about.whole | {"part": part, "whole": whole, "total": True}
    columns = _columns(about)
    head = [
        {"text": title, "help": "", "unit": place == 0, "number": place > 0}
        for place, (title, _said) in enumerate(columns)
    ]
    lines = [
        {
            "code": each["code"] or each["level"],
            "total": bool(each.get("total")),
            "cells": [said(each) for _title, said in columns],
        }
        for each in [*rows, total]
    ]
    link_table.table(title, head, lines, key="why-rows")


def _columns(about: Asked) -> list[tuple]:
    """Titles and what each says of a part."""
    measure = about.measure
    unit = (_("Unit"), lambda each: _name(about, each))
    if measure.kind == "latest":
        return [unit, (_(measure.label), lambda each: words.last_entry(each, about.here.day))]
    columns = [unit, (_word(measure.part), lambda each: number(each["part"]))]
    if measure.whole is not None:
        columns.append((_word(measure.whole), lambda each: number(each["whole"])))
    if measure.kind in ("share", "rank", "change") and about.unit["level"] != "team":
        columns.append((_("Share"), _listed if measure.code == "registered" else _share))
    if measure.kind == "rank":
        columns.append((_(measure.label), lambda each: number(each.get("rank"))))
    if measure.kind == "change":
        columns += [
            (about.day_before, lambda each: _before(about, each)),
            (_(measure.label), lambda each: points(each.get("change"))),
        ]
    if about.unit["level"] == "team" and measure.kind in ("share", "count"):
        columns.append((_("What happened"), lambda each: _happened(each, about.here.day)))
    return columns


def _share(each: dict) -> str:
    """A share; silence has its own word, as on the board."""
    silent = each["whole"] and not each.get("reported", True)
    return _("no entries yet") if silent else i18n.share(each["part"], each["whole"])


def _listed(each: dict) -> str:
    return i18n.share(each["part"], each["whole"])


def _before(about: Asked, each: dict) -> str:
    then = about.before.get(each["code"])
    return words.coverage(then) if then else "–"


def _word(terms: Sum) -> str:
    """A sum's name: that of the figure which is this sum, else of its only term."""
    for known, code in ((SEEN, "seen"), (DUE, "due"), (ATTEMPTED, "attempted")):
        if terms == known:
            return _(MEASURES[code].label)
    return _(TERMS[next(iter(terms))])


def _name(about: Asked, each: dict) -> str | dict:
    """The part's name; it leads one step further down, a door to its household."""
    if each.get("total"):
        return _("Total: {area}").format(area=words.name(each))
    if each["level"] == "rest":
        several = _("Counted for several hamlets at once")
        return several if about.measure.code == "teams" else _("Not shown: outside your own area")
    if each["level"] == "door":
        return {"text": each["name"], "href": f"households?household={each['code']}"}
    if each["code"] is None:
        nobody = place.address(about.here, area=about.unit["code"], doors="nobody")
        return {"text": _("No responsible member"), "href": nobody}
    of = about.here.area if about.measure.kind == "rank" else about.unit
    below = place.address(about.here, area=of["code"], why=about.measure.code, of=each["code"])
    return {"text": words.name(each), "href": below}


def _happened(each: dict, day: str) -> str:
    if each.get("total"):
        return ""
    if each["status"]:
        return _(HOUSEHOLD_STATUS[each["status"]])
    if not each["outcome"]:
        return _("Not visited")
    return f"{_(OUTCOMES[each['outcome']])} {i18n.hour(each['recorded_at'], day)}"
