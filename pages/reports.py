"""Reports of the levels below: who has sent them, who is late and whom to call."""

import streamlit as st

from lib.core import clock, database
from lib.screen.i18n import _
from lib.screen.report_tracking import (
    acts,
    officer_form,
    overview,
    punctuality_table,
    reminder_lists,
    session,
    unit_table,
)
from lib.screen.shell import pulse
from lib.screen.shell.page import begin, heading
from lib.screen.widgets import day_choice

db, user = begin(__file__)


@st.fragment
def live() -> None:
    """Everything; runs again after a write and once a minute, for the time left."""
    db, user = begin(__file__)
    now = clock.now()
    on = day_choice.chosen(clock.day_of(now))
    overview.follow()
    acts.begin(db, user, unit_table.sent(session.OVERVIEW), on, now)
    seen = database.changes(db)  # before anything is read: what is written meanwhile is not missed
    names = {"wall": _("The day"), "reminders": _("Reminders"), "rates": _("Punctuality"), "officers": _("Officers")}
    if user.level == "commune":
        del names["rates"]
    first = names.get(st.query_params.get("show", ""), names["wall"])
    tabs = dict(zip(names, st.tabs(list(names.values()), default=first), strict=True))
    for name, draw in (("wall", overview.draw), ("reminders", reminder_lists.draw), ("rates", punctuality_table.draw)):
        if name in tabs:
            with tabs[name]:
                draw(db, user, on, now)
    with tabs["officers"]:
        officer_form.draw(db, user, now)
    pulse.watch(seen, key="reports_pulse")


heading(
    __file__,
    help=_(
        "Communes report by 13:45, districts by 14:00, the province by 15:00; then the day is locked. Lateness "
        "is counted in minutes, rounded up, by the server's clock. Example: sent at 14:00:20 is **1 min late**."
    ),
)
live()
