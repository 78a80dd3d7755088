"""From which day numbers are added up: a setting of the province."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.reports import opening_sums
from lib.screen.i18n import _
from lib.screen.i18n import day as in_words
from lib.screen.shell.page import attempt, fault


def draw(db: Database, user: User) -> None:
    st.markdown(
        _(
            "Viet Nam counts the fourth wave from **27/04/2021**. Figures that units enter and that add up over "
            "days are totalled from the day set here: the total a unit entered for the time before the program, "
            "and every day since."
        )
    )
    in_force = opening_sums.since(db)
    with st.form("template_since", border=False):
        day = st.text_input(
            _("Cumulative from (dd/mm/yyyy)"),
            in_words(in_force),
            key="template_since_day",
            width=220,
            placeholder=_("dd/mm/yyyy"),
        )
        place = st.container()
        pressed = st.form_submit_button(_("Save the day"))
    st.caption(
        _("Totals entered for another day no longer count until they are entered again, in the report of the unit.")
    )
    if not pressed:
        return
    saved, problem = attempt(opening_sums.set_since, db, user, day, now=clock.now())
    with place:
        fault(problem, "since_day")
    if saved and not problem:
        same = saved == in_force
        st.success(
            _("Nothing changed.") if same else _("Saved. Totals are counted from {day} on.").format(day=in_words(saved))
        )
