"""One household on the screen: where it is, who comes to its door, what happened there, its place in the order."""

from html import escape

import streamlit as st
from sqlite_utils import Database

from lib.core import ROOT, clock
from lib.core.access import User
from lib.core.errors import Problem
from lib.core.words import phone
from lib.field.door_history import door_timeline, visit_log
from lib.oversight.figures import finding_times
from lib.register.households import households
from lib.screen.households import days, session, story
from lib.screen.households import visit as household_visit
from lib.screen.households.story import period as period
from lib.screen.i18n import _, area, day, number
from lib.screen.labels import DWELLINGS, EXPOSURES, VULNERABILITIES
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault, today
from lib.screen.widgets import forms

_ASSIGNMENTS = str(ROOT / "pages" / "assignments.py")


def head(household: dict) -> None:
    """Name, code, and the status where there is one."""
    st.subheader(f"{plain(household['head_name'])} · {household['code']}", anchor=False)
    status = household["status"]
    if status:
        st.info(period(status), icon=":material/event_busy:")


def overview(db: Database, user: User, household: dict) -> None:
    """What was found last, what is known of the household, its days, and its story."""
    since = clock.plus(today(), 1 - door_timeline.DAYS)
    older = household["from_day"] < since and session.OLDER_VISITS.at(household["code"]).get()
    visits = visit_log.visits(db, household, since=household["from_day"] if older else since, day=today())
    _findings(db, household, visit_log.findings(visits))
    left, right = st.columns(2)
    with left:
        _facts(household)
    with right:
        _responsible(user, household)
    st.subheader(_("The last {n} days").format(n=door_timeline.DAYS), anchor=False)
    days.draw(household["code"], door_timeline.days(db, household, visits, day=today()))
    st.subheader(_("What happened"), anchor=False)
    _story(household, door_timeline.story(db, household, visits), since)


def _findings(db: Database, household: dict, visit: dict | None) -> None:
    """What was not normal at the last visit, each with its hour, before everything else (S2-2)."""
    if visit is None:
        return
    lines = [
        _("Recorded at the last visit, {day}; the time each was entered is in brackets:").format(day=day(visit["day"]))
    ]
    hours = finding_times.hours(db, visit["day"], [household["id"]]).get(household["id"])
    lines += [f"- {plain(line)}" for line in household_visit.findings(visit, hours)]
    st.warning("\n".join(lines), icon=":material/error:")


def _story(household: dict, events: list[dict], since: str) -> None:
    with st.container(horizontal=True):
        if household["from_day"] < since:
            name = _("Visits before {day} too").format(day=day(since))
            st.toggle(name, key=session.OLDER_VISITS.at(household["code"]).name)
        if st.toggle(_("Hide ordinary visits"), key="story_short", persist_state="session"):
            events = [event for event in events if not story.ordinary(event)]
    story.draw(events)


def _facts(household: dict) -> None:
    """Address, telephones, persons, and what the team should know at the door."""
    place = [
        household["house_number"],
        household["lane"],
        household["group_name"],
        area(household["hamlet_kind"], household["hamlet_name"]),
        area(household["commune_kind"], household["commune_name"]),
    ]
    st.markdown(f"**{_('Address')}**  \n{plain(', '.join(part for part in place if part))}")
    _dial(household["phone"], household["phone2"])
    persons = _("{n} persons, {temporary} of them temporary residents").format(
        n=number(household["person_count"]), temporary=number(household["temporary_count"])
    )
    st.markdown(f"**{_('Persons')}**  \n{persons} · {_(DWELLINGS[household['dwelling']])}")
    notes = [_(VULNERABILITIES[c]) for c in household["vulnerabilities"]]
    notes += [_(EXPOSURES[c]) for c in household["exposures"]]
    if notes:
        st.markdown(f"**{_('Notes for the visit')}**  \n{' · '.join(notes)}")
    if household["commitment_day"]:
        st.markdown(f"**{_('Commitment signed on')}**  \n{day(household['commitment_day'])}")
    if household["note"]:
        st.markdown(f"**{_('Note')}**  \n{plain(household['note'])}")


def _dial(*numbers: str | None) -> None:
    """Numbers that a telephone dials when they are touched; Markdown would drop a tel: address."""
    links = [
        f'<a style="color:inherit" href="tel:{escape(digits)}">{escape(phone.spaced(digits))}</a>'
        for digits in numbers
        if digits
    ]
    if links:
        st.html(" · ".join(links))


def _responsible(user: User, household: dict) -> None:
    """Who comes to this door and who came before, or the alarm that nobody does (S2-24)."""
    who = household["responsible"]
    if who:
        since = _("since {day}").format(day=day(who["from_day"]))
        st.markdown(f"**{_('Responsible member')}**  \n{plain(who['full_name'])}, {plain(who['team_name'])}, {since}")
        _dial(who["phone"])
    elif not (household["status"] and household["status"]["status"] == "moved"):
        st.warning(
            _(
                "No one is responsible for this household. Every household needs a responsible member; press "
                "“Assign this household”."
            ),
            icon=":material/person_off:",
        )
        if user.can("assignment.give"):
            there = {"hamlet": household["hamlet_code"], "household": household["code"]}
            st.page_link(
                _ASSIGNMENTS, label=_("Assign this household"), icon=":material/assignment_ind:", query_params=there
            )
    others = [duty for duty in household["duties"] if duty != who]
    if others:
        duties = [f"- {plain(duty['full_name'])}, {plain(duty['team_name'])}: {_span(duty)}" for duty in others]
        st.markdown("\n".join([f"**{_('Before and after')}**", "", *duties]))


def _span(duty: dict) -> str:
    """The days of an assignment that was or is to come; its last day is the one before it ends."""
    if duty["until_day"] is None:
        return _("from {first}").format(first=day(duty["from_day"]))
    return _("{first} to {last}").format(first=day(duty["from_day"]), last=day(clock.plus(duty["until_day"], -1)))


# The place in the walking order


def save_order(db: Database, user: User, code: str) -> Problem | None:
    """Handle a new place typed, or a step up or down."""
    start = f"walk_{code}_"
    place = forms.pressed(start, "")
    if place is None:
        return None
    if place == "save":
        place = str(next(iter(forms.values(f"{start}place_").values())))
    _done, problem = attempt(households.walk, db, user, code, place, now=clock.now())
    if problem is None:
        st.success(_("Saved."), icon=":material/check:")
    return problem


def order(household: dict, problem: Problem | None) -> None:
    """Move by one with a key press, or type the place."""
    place, start = household["walk_order"], f"walk_{household['code']}_"
    st.markdown(_("This household is number {n} in the walking order of its hamlet.").format(n=number(place)))
    with st.container(horizontal=True):
        st.button(_("One earlier"), key=f"{start}{place - 1}", icon=":material/arrow_upward:", disabled=place <= 1)
        st.button(_("One later"), key=f"{start}{place + 1}", icon=":material/arrow_downward:")
    with st.form(f"{start}form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("New position"), value=str(place), key=f"{start}place_{place}", width=160, placeholder="")
        st.form_submit_button(_("Move"), key=f"{start}save")
    fault(problem, "walk_order")
