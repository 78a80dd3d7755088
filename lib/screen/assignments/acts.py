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
from lib.screen.assignments import session
from lib.screen.assignments.place import AssignmentsPlace, forget_household
from lib.screen.history import undo_list
from lib.screen.i18n import _, day, ngettext, number
from lib.screen.shell.page import attempt, fault

KINDS = ("assignment.give", "assignment.take_back", "assignment.accept")  # what can be taken back here


def turn() -> int:
    """Grows with every act, so that ticks of the last one are gone."""
    return session.ROUND.get() or 0


def offer(**choice) -> None:
    """Remember what the buttons now drawn stand for."""
    session.OFFER.set(choice)


def clicked(db: Database, user: User, *, now: datetime) -> Problem | None:
    """Do what was clicked, before anything is drawn; the problem, for the fields."""
    choice = session.OFFER.get()
    undo_list.save(db, user)
    if session.UNDO.get():
        _undo(db, user, now)
        return None
    if not choice:
        return None
    if session.ADJUST.get():
        session.CHANGED.default({}).update(dict.fromkeys(choice["codes"], choice["member_id"]))
    done, problem = _carry_out(db, user, choice, now)
    if done:
        _finish(user, done)
    return problem


def _carry_out(db: Database, user: User, choice: dict, now: datetime) -> tuple[Handover | None, Problem | None]:
    """The second click of a double click finds nothing picked any more and does nothing."""
    when = {"from_day": session.FROM_DAY.get(), "now": now}
    if session.GIVE.get() and choice["codes"]:
        return attempt(assignments.give, db, user, choice["codes"], choice["member_id"], **when)
    if session.TAKE_BACK.get() and choice["codes"]:
        return attempt(assignments.take_back, db, user, choice["codes"], **when)
    if session.ACCEPT.get():
        return attempt(proposal.accept, db, user, choice["rows"], **when)
    return None, None


def _finish(user: User, done: Handover) -> None:
    if not done.codes:
        st.info(_("Nothing to change: it was already so."))
        return
    session.DONE.set((user.grant_id, done))
    session.OFFER.pop()
    session.ROUND.set(turn() + 1)
    session.CHANGED.pop()
    forget_household()


def _undo(db: Database, user: User, now: datetime) -> None:
    _grant, done = session.DONE.pop() or (None, None)
    if done is None:
        return
    line, _problem = attempt(undo.take_back, db, user, done.act, now=now)
    if line:
        session.ROUND.set(turn() + 1)
        st.info(_("Undone: the households are back with their previous members."), icon=":material/undo:")


def flash(db: Database, user: User, *, now: datetime) -> None:
    """Show what was done last with its undo while that is open, and below it what else can be undone."""
    grant, done = session.DONE.get() or (None, None)
    open_acts = {line["id"] for kind in KINDS for line in undo.offered(db, user, now=now, kind=kind)}
    if done and grant == user.grant_id and done.act in open_acts and done.from_day >= clock.day_of(now):
        n = len(done.codes)
        words = ngettext(
            "From {day}, {n} household gets a new member.", "From {day}, {n} households get a new member.", n
        ).format(n=number(n), day=day(done.from_day))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(words, icon=":material/check:")
            st.button(_("Undo"), key=session.UNDO.name, icon=":material/undo:")
    undo_list.draw(db, user, kinds=KINDS)


def preview(
    db: Database, user: User, place: AssignmentsPlace, members: list[dict], from_day: str
) -> proposal.Preview | None:
    """The proposal as chosen, with the rows changed by hand."""
    keep, by, teams = _choices(user, members)
    proposed, problem = attempt(
        proposal.propose, db, day=from_day, hamlet=place.hamlet, team_ids=teams, keep=keep, by=by
    )
    fault(problem, "team")
    if problem is None and not proposed.rows:
        st.info(
            _(
                "Every household on this list has a responsible member. Choose *Share all out again* to divide "
                "the whole walking order again."
            )
        )
    if problem or not proposed.rows:
        return None
    question = (place, from_day, keep, by, sorted(teams))
    if session.PROPOSED.get() != question:
        session.PROPOSED.set(question)
        session.CHANGED.pop()
    return proposal.changed(proposed, session.CHANGED.get() or {})


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
