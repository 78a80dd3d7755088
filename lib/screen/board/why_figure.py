"""Why? One panel for every figure of a board: its formula, its counts, its parts, and what moved it last.

It stands in the address (`?why=coverage&of=703`); what a part is made of is the same panel one step further down.
"""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.core.errors import N_
from lib.oversight.figures import explanation, units
from lib.oversight.figures.measures import MEASURES, TERMS, Measure, Sum
from lib.screen import figure_words as words
from lib.screen.board import past_minute, why_parts
from lib.screen.board import place as board
from lib.screen.board.place import Place
from lib.screen.board.why_parts import Asked
from lib.screen.i18n import _, hour, ngettext, number, share
from lib.screen.i18n import day as in_words
from lib.screen.labels import OUTCOMES
from lib.screen.markdown import plain
from lib.screen.widgets import link_table, more

PARTS, MOVES = 412, 450  # pixels that either table needs


def draw(db: Database, user: User, here: Place, found: list[dict]) -> None:
    """The panel that the address asks for, or a sentence where there is no such figure."""
    code, of = st.query_params.get("why"), st.query_params.get("of") or here.area["code"]
    if not code:
        return
    figure = next((each for each in found if each["code"] == of), None)
    measure = MEASURES.get(code)
    if not measure or not figure or (measure.kind == "units" and figure is not found[0]):
        st.info(
            _("There is no such figure here. Click a figure to see how it is made up."), icon=":material/search_off:"
        )
        return
    about = _about(db, user, here, measure, figure, found)
    with st.container(border=True):
        _head(about)
        _counts(about)
        # Side by side on a desk, one under the other on a tablet already.
        with st.container(horizontal=True, gap="medium"):
            with st.container(width=PARTS):
                why_parts.draw(db, about)
            with st.container(width=MOVES):
                _moves(db, user, about)


def _about(db: Database, user: User, here: Place, measure: Measure, figure: dict, found: list[dict]) -> Asked:
    """The figure asked about with the units below it and, for a change, those of the day before."""
    is_team = figure["level"] == "team"
    unit = units.team(db, figure["code"], user) if is_team else units.area(db, figure["code"], user)
    place = here if is_team else board.of(here, user, unit)
    below = [] if is_team else found[1:] if figure is found[0] else board.figures(db, user, place)[1:]
    before = past_minute.stood(db, user, place, here.day_before, here.hour) if measure.kind == "change" else {}
    return Asked(here, measure, figure, unit, below, before, found)


def _head(about: Asked) -> None:
    """What is asked, its value, its formula, and the way out."""
    measure, figure = about.measure, about.figure
    label = words.label(measure, about.here.hour)
    title = _("{figure} of {area}: {value}").format(figure=label, area=words.name(figure), value=about.value)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{plain(title)}**", width="content")
        close = [{"text": _("Close"), "href": board.address(about.here)}]
        with st.container(width="content"):
            arrive = f"{measure.code} {figure['code']}"
            link_table.path(title, close, key="why-way", look="choices", arrive=arrive)
    st.caption(_(measure.formula))


def _counts(about: Asked) -> None:
    """Numerator and denominator term by term, and what stands beside them."""
    measure, figure = about.measure, about.figure
    if measure.kind == "latest":
        return
    counted = explanation.reporting(about.below) if measure.kind == "units" else figure
    lines = [_("Counted: {terms}").format(terms=_terms(measure.part, counted))]
    if measure.whole is not None:
        lines.append(_("Divided by: {terms}").format(terms=_terms(measure.whole, counted)))
        lines.append(_quotient(*explanation.figure_of(measure, figure, about.below)))
    before = about.before.get(figure["code"])
    if before and figure["change"] is not None:
        then = _quotient(*explanation.figure_of(measure, before, []))
        at = _("The day before, {day} at {hour}: {fraction}")
        told = at if about.here.hour else _("The whole day before, {day}: {fraction}")
        lines.append(told.format(day=in_words(about.here.day_before), hour=about.here.hour, fraction=then))
    beside = ", ".join(f"{_(TERMS[name])} {number(figure[name])}" for name in measure.beside if figure[name])
    if beside:
        told = _("Among them: {terms}") if "households" in (measure.whole or {}) else _("Not included: {terms}")
        lines.append(told.format(terms=beside))
    st.markdown("  \n".join(plain(line) for line in lines))


def _terms(terms: Sum, counted: dict) -> str:
    """The terms of a sum and what they come to: `Met 350 + By phone 10 = 360`."""
    told = ""
    for name, sign in terms.items():
        joint = (" + " if sign > 0 else " − ") if told else ""
        told += f"{joint}{_(TERMS[name])} {number(counted[name])}"
    if len(terms) > 1:
        told += f" = {number(sum(sign * counted[name] for name, sign in terms.items()))}"
    return told


def _quotient(part: int, whole: int | None) -> str:
    return f"{number(part)} ÷ {number(whole)} = {share(part, whole)}"


# What moved it last


def _moves(db: Database, user: User, about: Asked) -> None:
    """The last entries: door by door inside one's own area, else summed by commune and minute."""
    st.markdown(f"**{_('Latest entries that changed it')}**")
    if not about.measure.moved_by:
        st.caption(_("Visits do not change this figure; statuses, assignments and teams do."))
        return
    named = explanation.named(db, user, about.unit)
    ask = explanation.named_moves if named else explanation.moves
    of = f"why_{about.measure.code}_{about.unit['code']}_{about.here.day}"
    many = more.so_many(of, explanation.SHOWN)
    moved = ask(db, about.measure, about.unit, about.here.day, many)
    if not moved:
        st.caption(_("No entry has changed it on this day."))
        return
    head, line = (_NAMED, _named_line) if named else (_SUMMED, _summed_line)
    titles = [{"text": _(title), "help": "", "unit": place == 1} for place, title in enumerate(head)]
    with_parent = about.unit["level"] == "province"
    rows = [
        {"code": str(place), "cells": line(each | {"with_parent": with_parent, "day": about.here.day})}
        for place, each in enumerate(moved)
    ]
    link_table.table(_("Latest entries that changed it"), titles, rows, key="why-moves", cards=named)
    if len(moved) == many or (many == explanation.SHOWN and about.unit["level"] == "commune"):
        more.offer(of, None, step=50)


_NAMED = (N_("Hour"), N_("Household"), N_("Team"), N_("Changed"), N_("Who"))
_SUMMED = (N_("Hour"), N_("Unit"), N_("Rows"))


def _named_line(each: dict) -> list:
    was, now = (_(OUTCOMES[outcome]) if outcome else _("Not visited") for outcome in (each["was"], each["outcome"]))
    return [
        hour(each["at"], each["day"]),
        {"text": each["head_name"], "href": f"households?household={each['code']}"},
        _whole(words.short({"level": "team", "name": each["team"]})),
        f"{was} → {now}",
        each["who"] or "–",
    ]


def _whole(name: str) -> str:
    """A short name that no line end parts; in twelve lines of two it costs a screen."""
    return name.replace(" ", "\u00a0") if len(name) <= 12 else name


def _summed_line(each: dict) -> list:
    rows = ngettext("{n} row", "{n} rows", each["n"]).format(n=number(each["n"]))
    name = words.name(each)
    return [hour(each["at"], each["day"]), f"{name}, {each['parent_name']}" if each["with_parent"] else name, rows]
