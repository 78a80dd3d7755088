"""The form that gives a report back to the unit below, with what is to be mended."""

from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.reports import acts
from lib.screen.i18n import _, area
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault


def form(db: Database, user: User, unit: dict, day: str, now: datetime, *, key: str) -> str | None:
    """What was done, as a sentence; "" when the visitor leaves it, None while it stands."""
    name = plain(area(unit["kind"], unit["name"]))
    with st.form(key, border=True):
        st.markdown(f"**{_('Return the report of {unit}').format(unit=name)}**")
        reason = st.text_area(_("What needs correcting"), key=f"{key}_why", placeholder="")
        at_reason = st.container()
        with st.container(horizontal=True):
            sent = st.form_submit_button(_("Return"), type="primary")
            left = st.form_submit_button(_("Cancel"))
    if left:
        return ""
    if not sent:
        return None
    _done, problem = attempt(acts.send_back, db, user, unit["code"], day, reason=reason, now=now)
    with at_reason:
        fault(problem, "reason")
    return None if problem else _("Returned to {unit}.").format(unit=name)
