"""Statuses of a household on the screen: what is in force, to end it or to enter one."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Problem
from lib.register.households import statuses
from lib.screen.households.card import period
from lib.screen.i18n import _, day
from lib.screen.labels import HOUSEHOLD_STATUS
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault, today
from lib.screen.widgets import forms

_FIELDS = ("set", "status", "from_day", "until_day", "reason", "end", "ends", "why")


def save(db: Database, user: User, code: str) -> Problem | None:
    """Handle a click on "Enter status" or "End status"."""
    field = dict.fromkeys(_FIELDS) | forms.values(forms.prefix(f"status_{code}"))
    if field["set"]:
        entry = statuses.StatusEntry(field["status"], field["from_day"], field["until_day"], field["reason"])
        _done, problem = attempt(statuses.set_status, db, user, code, entry, now=clock.now())
    elif field["end"]:
        ends, why = field["ends"], field["why"]
        _done, problem = attempt(statuses.end_status, db, user, code, ends, now=clock.now(), reason=why)
    else:
        return None
    if problem is None:
        forms.next_round(f"status_{code}")
        st.success(_("Saved. The numbers of due households are updated at once."), icon=":material/check:")
    return problem


def draw(db: Database, user: User, household: dict, problem: Problem | None) -> None:
    """Forms for whom it concerns, and every earlier period."""
    past = statuses.history(db, household["id"])
    living = next((p for p in reversed(past) if not p["until_day"] or p["until_day"] > today()), None)
    if user.can("household.edit"):
        if living:
            past.remove(living)
            _end_form(household["code"], living, problem)
        else:
            _set_form(household["code"], problem)
    elif not past:
        st.caption(_("No status was ever entered: the household is visited daily."))
    for past_status in past:
        reason = f" · {plain(past_status['reason'])}" if past_status["reason"] else ""
        st.markdown(f":material/event_busy: {period(past_status)}{reason}")


def _set_form(code: str, problem: Problem | None) -> None:
    prefix = forms.prefix(f"status_{code}")
    st.caption(_("From the first day on, the household is not due and does not count towards coverage."))
    with st.form(f"{prefix}form"):
        st.selectbox(
            _("Status"),
            statuses.OFFERED,
            format_func=lambda status: _(HOUSEHOLD_STATUS[status]),
            index=None,
            key=f"{prefix}status",
            placeholder=_("Choose"),
        )
        fault(problem, "status")
        _day("from_day", _("From"), prefix, day(today()), problem)
        _day("until_day", _("Visited again from (if known)"), prefix, "", problem)
        _reason("reason", prefix, problem)
        st.form_submit_button(_("Enter status"), key=f"{prefix}set")


def _end_form(code: str, living: dict, problem: Problem | None) -> None:
    prefix = forms.prefix(f"status_{code}")
    with st.form(f"{prefix}end_form"):
        st.markdown(period(living))
        _day("ends", _("Visited again from"), prefix, day(max(today(), living["from_day"])), problem, "until_day")
        _reason("why", prefix, problem)
        st.form_submit_button(_("End status"), key=f"{prefix}end")
    if living["status"] == "moved":
        st.caption(_("A household that returns has to be assigned to a member again."))


def _day(name: str, label: str, prefix: str, value: str, problem: Problem | None, field: str = "") -> None:
    st.text_input(
        label, value=value, key=f"{prefix}{name}", placeholder=_("dd/mm/yyyy"), autocomplete="off", max_chars=20
    )
    fault(problem, field or name)


def _reason(name: str, prefix: str, problem: Problem | None) -> None:
    st.text_input(_("Reason"), key=f"{prefix}{name}", placeholder=_("Required for a past day"))
    fault(problem, "reason")
