"""The last entries that changed a figure: door by door inside one's own area, else summed by commune and minute."""

import streamlit as st

from lib.core.errors import N_
from lib.oversight.figures import explanation
from lib.screen import figure_words as words
from lib.screen.board.why_question import FigureQuestion
from lib.screen.i18n import _, hour, ngettext, number
from lib.screen.labels import OUTCOMES
from lib.screen.widgets import link_table, more

_BY_DOOR = (N_("Hour"), N_("Household"), N_("Team"), N_("Changed"), N_("Who"))
_SUMMED = (N_("Hour"), N_("Unit"), N_("Rows"))


def draw(question: FigureQuestion) -> None:
    """The table of the last entries, or why there is none."""
    st.markdown(f"**{_('Latest entries that changed it')}**")
    measure, unit, day = question.measure, question.unit, question.day
    if not measure.moved_by:
        st.caption(_("Visits do not change this figure; statuses, assignments and teams do."))
        return
    by_door = explanation.named(question.board.db, question.board.user, unit)
    read = explanation.named_moves if by_door else explanation.moves
    key = f"why_{measure.code}_{unit['code']}_{day}"
    many = more.so_many(key, explanation.SHOWN)
    entries = read(question.board.db, measure, unit, day, many)
    if not entries:
        st.caption(_("No entry has changed it on this day."))
        return
    head = [
        {"text": _(title), "help": "", "unit": place == 1}
        for place, title in enumerate(_BY_DOOR if by_door else _SUMMED)
    ]
    line = _door_cells if by_door else _commune_cells
    rows = [{"code": str(place), "cells": line(entry, question)} for place, entry in enumerate(entries)]
    link_table.table(_("Latest entries that changed it"), head, rows, key="why-moves", cards=by_door)
    if len(entries) == many or (many == explanation.SHOWN and unit["level"] == "commune"):
        more.offer(key, None, step=50)


def _door_cells(entry: dict, question: FigureQuestion) -> list:
    was, now = (_(OUTCOMES[outcome]) if outcome else _("Not visited") for outcome in (entry["was"], entry["outcome"]))
    return [
        hour(entry["at"], question.day),
        {"text": entry["head_name"], "href": f"households?household={entry['code']}"},
        _unbroken(words.short({"level": "team", "name": entry["team"]})),
        f"{was} → {now}",
        entry["who"] or "–",
    ]


def _unbroken(name: str) -> str:
    """A short name that no line end parts; in twelve lines of two it costs a screen."""
    return name.replace(" ", "\u00a0") if len(name) <= 12 else name


def _commune_cells(entry: dict, question: FigureQuestion) -> list:
    rows = ngettext("{n} row", "{n} rows", entry["n"]).format(n=number(entry["n"]))
    name = words.name(entry)
    with_parent = question.unit["level"] == "province"
    return [hour(entry["at"], question.day), f"{name}, {entry['parent_name']}" if with_parent else name, rows]
