"""Who answers for the reports: the list of the area and of the level below, and the form that names somebody."""

from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.core.words import phone
from lib.oversight.reports import officers
from lib.register.areas import choices
from lib.screen.i18n import N_, _, day
from lib.screen.labels import DUTIES
from lib.screen.markdown import plain
from lib.screen.report_tracking import sentences as words
from lib.screen.report_tracking import session
from lib.screen.shell.page import attempt, fault, today
from lib.screen.widgets import forms, link_table

_FORM = "officer"
_HEAD = (N_("Unit"), N_("Duty"), N_("Full name"), N_("Position"), N_("Telephone"), N_("User name"), N_("Since"))
_BELOW = {"province": "district", "district": "commune"}


def draw(db: Database, user: User, now: datetime) -> None:
    units = _units(db, user)
    in_office = officers.seen(db, user, [unit["code"] for unit in units], today())
    session.OFFICER_SAVED.show()
    nobody = [words.name(unit) for unit in units if "accountable" not in in_office[unit["code"]]]
    if nobody:
        sentence = _("No accountable officer for the report yet: {units}.")
        st.warning(sentence.format(units=plain(", ".join(nobody))), icon=":material/priority_high:")
    _table(units, in_office)
    if user.can("officer.edit"):
        _form(db, user, units, in_office, now)


def _units(db: Database, user: User) -> list[dict]:
    """The visitor's own area, and those directly below it."""
    below = _BELOW.get(user.level)
    return [choices.get(db, user.area_code), *(choices.below(db, user.area_code, below) if below else [])]


def _table(units: list[dict], in_office: dict[str, dict]) -> None:
    """Everybody in office today, unit by unit."""
    rows = [
        _row(unit, duty, in_office[unit["code"]][duty])
        for unit in units
        for duty in DUTIES
        if duty in in_office[unit["code"]]
    ]
    if rows:
        head = [{"text": _(text), "help": "", "number": False, "unit": text == "Unit"} for text in _HEAD]
        link_table.table(_("Officers"), head, rows, key="reports_officers", cards=True)


def _row(unit: dict, duty: str, officer: dict) -> dict:
    digits = officer["phone"]
    cells = [
        words.name(unit),
        _(DUTIES[duty]),
        officer["full_name"],
        officer["position"] or "",
        {"text": phone.spaced(digits), "href": f"tel:{digits}"} if digits else "",
        officer["username"] or "",
        day(officer["from_day"]),
    ]
    return {"code": f"{unit['code']}-{duty}", "href": "", "cells": cells, "share": None, "silent": False, "move": None}


def _in_office(db: Database, user: User, officer: dict | None, now: datetime) -> None:
    """Who holds the duty now, and the button that ends it."""
    if officer is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        sentence = _("In office: {name}, since {day}").format(
            name=plain(officer["full_name"]), day=day(officer["from_day"])
        )
        st.caption(sentence, width="content")
        if st.button(_("End"), key=f"officer_end_{officer['id']}", type="tertiary"):
            _done, problem = attempt(officers.end, db, user, officer["id"], now=now)
            if not problem:
                session.OFFICER_SAVED.set(_("Ended. Reports of earlier days still show this person."))
                st.rerun()


def _form(db: Database, user: User, units: list[dict], in_office: dict[str, dict], now: datetime) -> None:
    key = forms.prefix(_FORM)
    names = {unit["code"]: words.name(unit) for unit in units}
    st.markdown(f"**{_('Assign an officer')}**")
    area = st.selectbox(_("Unit"), names, format_func=names.get, key=f"{key}area")
    may = [duty for duty in DUTIES if officers.may_name(db, user, area, duty)]
    duty = st.segmented_control(
        _("Duty"),
        may,
        format_func=lambda duty_code: _(DUTIES[duty_code]),
        default=may[0],
        key=f"{key}duty_{area}",
        required=True,
    )
    _in_office(db, user, in_office[area].get(duty), now)
    fields, at = {}, {}
    with st.form(f"{key}form", border=True):
        for name, label, value in _fields(duty):
            fields[name] = st.text_input(label, value=value, key=f"{key}{name}", placeholder="")
            at[name] = st.container()
        sent = st.form_submit_button(_("Save"), type="primary")
    if not sent:
        return
    _done, problem = attempt(officers.name, db, user, area, duty, fields, now=now)
    for name, place in at.items():
        with place:
            fault(problem, name)
    if not problem:
        forms.next_round(_FORM)
        session.OFFICER_SAVED.set(_("Saved. Earlier days stay with the person named before."))
        st.rerun()


def _fields(duty: str) -> list[tuple[str, str, str]]:
    fields = [
        ("full_name", _("Full name"), ""),
        ("position", _("Position"), ""),
        ("phone", _("Telephone"), ""),
        ("from_day", _("From (dd/mm/yyyy)"), day(today())),
    ]
    return [*fields, ("username", _("User name, if there is an account"), "")] if duty == "deputy" else fields
