"""Drawing of the size rules: whole numbers, faults at their fields."""

from dataclasses import asdict

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.register import size_rules
from lib.register.size_rules import Rules
from lib.screen.i18n import N_, _
from lib.screen.shell.page import attempt, fault

_LABELS = {
    "team_min": N_("Fewest members per team"),
    "team_max": N_("Most members per team"),
    "households_min": N_("Fewest households per team"),
    "households_max": N_("Most households per team"),
    "member_load_max": N_("Most households per member"),
    "coverage_target": N_("Target coverage, in percent"),
    "registered_min": N_("Households on the lists of a commune, at least, in percent of those expected"),
}


def edit(db: Database, user: User, current: Rules) -> None:
    with st.form("rules", border=True):
        typed, places = {}, {}
        for name, value in asdict(current).items():
            typed[name] = st.text_input(_(_LABELS[name]), value=str(value), key=f"rule_{name}", placeholder="")
            places[name] = st.container()
        sent = st.form_submit_button(_("Save rules"), type="primary")
    if not sent:
        return
    _saved, problem = attempt(size_rules.save, db, user, typed, now=clock.now())
    for name, place in places.items():
        with place:
            fault(problem, name)
    if not problem:
        st.success(_("Saved. Warnings apply the new rules at once."))
