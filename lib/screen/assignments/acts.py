"""What the buttons of the assignments page do: what they said when they were drawn, from the day chosen at the press.

The day is on no button, so a choice made in the same breath counts.
"""

from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Problem
from lib.register.assignments import assignments, proposal
from lib.register.assignments.handover import Handover
from lib.register.undo import undo
from lib.screen.assignments.place import Place, forget_household
from lib.screen.history import undo_list
from lib.screen.i18n import _, day, ngettext, number
from lib.screen.shell.page import attempt, fault

KINDS = ("assignment.give", "assignment.take_back", "assignment.accept")  # what can be taken back here
_OFFER, _DONE, _ROUND, _CHOICES = "assignment_offer", "assignment_done", "assignment_round", "assignment_choices"


def turn() -> int:
    """Grows with every act, so that ticks of the last one are gone."""
    return st.session_state.get(_ROUND, 0)


def offer(**said) -> None:
    """Remember what the buttons now drawn stand for."""
    st.session_state[_OFFER] = said


def clicked(db: Database, user: User, *, now: datetime) -> Problem | None:
    """Do what was clicked, before anything is drawn; the problem, for the fields."""
    said = st.session_state.get(_OFFER)
    undo_list.save(db, user)
    if st.session_state.get("undo"):
        _undo(db, user, now)
        return None
    if not said:
        return None
    if st.session_state.get("adjust"):
        st.session_state.setdefault(_CHOICES, {}).update(dict.fromkeys(said["codes"], said["member_id"]))
    done, problem = _carry_out(db, user, said, now)
    if done:
        _finish(user, done)
    return problem


def _carry_out(db: Database, user: User, said: dict, now: datetime) -> tuple[Handover | None, Problem | None]:
    """The second click of a double click finds nothing picked any more and does nothing."""
    when = {"from_day": st.session_state["from_day"], "now": now}
    if st.session_state.get("give") and said["codes"]:
        return attempt(assignments.give, db, user, said["codes"], said["member_id"], **when)
    if st.session_state.get("take_back") and said["codes"]:
        return attempt(assignments.take_back, db, user, said["codes"], **when)
    if st.session_state.get("accept"):
        return attempt(proposal.accept, db, user, said["rows"], **when)
    return None, None


def _finish(user: User, done: Handover) -> None:
    if not done.codes:
        st.info(_("Nothing to change: it was already so."))
        return
    st.session_state[_DONE] = (user.grant_id, done)
    st.session_state.pop(_OFFER, None)
    st.session_state[_ROUND] = turn() + 1
    st.session_state.pop(_CHOICES, None)
    forget_household()


def _undo(db: Database, user: User, now: datetime) -> None:
    _grant, done = st.session_state.pop(_DONE, (None, None))
    if done is None:
        return
    line, _problem = attempt(undo.take_back, db, user, done.act, now=now)
    if line:
        st.session_state[_ROUND] = turn() + 1
        st.info(_("Undone: the households are back with their previous members."), icon=":material/undo:")


def told(db: Database, user: User, *, now: datetime) -> None:
    """What was done last with the way back while it is open, and below it what else can be taken back."""
    grant, done = st.session_state.get(_DONE, (None, None))
    open_acts = {line["id"] for kind in KINDS for line in undo.offered(db, user, now=now, kind=kind)}
    if done and grant == user.grant_id and done.act in open_acts and done.from_day >= clock.day_of(now):
        n = len(done.codes)
        words = ngettext(
            "From {day}, {n} household gets a new member.", "From {day}, {n} households get a new member.", n
        ).format(n=number(n), day=day(done.from_day))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(words, icon=":material/check:")
            st.button(_("Undo"), key="undo", icon=":material/undo:")
    undo_list.draw(db, user, kinds=KINDS)


def preview(db: Database, user: User, place: Place, members: list[dict], from_day: str) -> proposal.Preview | None:
    """The proposal as chosen, with the rows changed by hand."""
    keep, by, teams = _choices(user, members)
    made, problem = attempt(proposal.propose, db, day=from_day, hamlet=place.hamlet, team_ids=teams, keep=keep, by=by)
    fault(problem, "team")
    if problem is None and not made.rows:
        st.info(
            _(
                "Every household on this list has a responsible member. Choose *Share all out again* to divide "
                "the whole walking order again."
            )
        )
    if problem or not made.rows:
        return None
    asked = (place, from_day, keep, by, sorted(teams))
    if st.session_state.get("assignment_asked") != asked:
        st.session_state["assignment_asked"] = asked
        st.session_state.pop(_CHOICES, None)
    return proposal.changed(made, st.session_state.get(_CHOICES, {}))


def _choices(user: User, members: list[dict]) -> tuple[bool, str, set[int]]:
    """What to split, by what, among which teams. A leader sees only what the own team minds: always anew."""
    teams = {m["team_id"]: m["team_name"] for m in members}
    keeps = {True: _("Only unassigned households"), False: _("Share all out again")}
    ways = {"households": _("Number of households"), "persons": _("Number of persons")}
    chosen, keep = list(teams), False
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if user.can("assignment.give"):
            keep = st.segmented_control(
                _("Households to share out"),
                list(keeps),
                default=True,
                required=True,
                format_func=keeps.get,
                key="keep",
            )
        by = st.segmented_control(
            _("Balance by"), list(ways), default="households", required=True, format_func=ways.get, key="by"
        )
        if len(teams) > 1:
            chosen = st.multiselect(
                _("Teams"), list(teams), list(teams), format_func=teams.get, key="teams", placeholder=_("All teams")
            )
    return keep, by, set(chosen or teams)
