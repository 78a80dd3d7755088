"""A member falls ill, isolates, is on leave or leaves: what, when, who takes over; the effect; one button."""

from collections.abc import Mapping

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Problem
from lib.register.teams import leaving, teams
from lib.register.teams.teams import TeamFilters
from lib.screen.i18n import N_, _, day, number
from lib.screen.labels import AVAILABILITY, MEMBER_ROLES
from lib.screen.shell.page import attempt, fault, today
from lib.screen.teams import reorganise_effect as effect
from lib.screen.teams import session
from lib.screen.widgets import forms

REASONS = {code: AVAILABILITY[code] for code in leaving.ABSENCES} | {leaving.LEFT: N_("Leaves permanently")}


def _name(team_id: int) -> str:
    return f"leaver_{team_id}"


def save_if_sent(db: Database, user: User, team_id: int) -> Problem | None:
    """Carry out what the fields say when the button is pressed, if it does what the screen showed."""
    fields = forms.values(forms.prefix(_name(team_id)))
    shown = session.LEAVING.get()
    if not fields.get("go") or shown is None or shown.member["team_id"] != team_id:
        return None
    plan, problem = attempt(leaving.plan, db, user, fields["member"], _values(fields), now=clock.now())
    if plan and plan.effect != shown.effect:
        forms.look_again()
        return None
    if plan:
        _done, problem = attempt(leaving.carry_out, db, user, plan, now=clock.now())
    if problem is None:
        forms.next_round(_name(team_id))
        session.LEAVING.pop()
        st.success(_sentence(plan), icon=":material/check:")
    return problem


def _sentence(plan: leaving.LeavingPlan) -> str:
    places = {"name": plan.member["full_name"], "effect": effect.count(plan.rows), "day": day(plan.since)}
    if not plan.rows:
        return _("Saved. {name} is not responsible for any household during this time.").format(**places)
    if plan.until:
        sentence = _(
            "Done: {effect}. From {day}, others visit instead; on {until} the households return to {name} "
            "automatically."
        )
        return sentence.format(**places, until=day(plan.until))
    return _("Done: {effect}. From {day}, others are responsible for the households of {name}.").format(**places)


def of_address(lines: list[dict]) -> int | None:
    """The member whose leaving the address asks for (`?leaver=`), as a line of the wall does."""
    wanted = st.query_params.get("leaver", "")
    return next((m["id"] for m in lines if str(m["id"]) == wanted and not m["until_day"]), None)


def draw(db: Database, user: User, team: dict, lines: list[dict]) -> None:
    """The questions, the effect as it is worked out now, and the button that does it."""
    key = forms.prefix(_name(team["id"]))
    names = {m["id"]: f"{m['full_name']} ({_(MEMBER_ROLES[m['role']]).lower()})" for m in lines if not m["until_day"]}
    if not names:
        st.info(_("No members yet. Start with the leader."))
        return
    first = list(names).index(of_address(lines)) if of_address(lines) in names else None
    member = st.selectbox(
        _("Member"), list(names), first, format_func=names.get, key=f"{key}member", placeholder=_("Choose a member")
    )
    if member is None:
        return
    _ask(db, team, lines, member, key)
    plan, problem = attempt(leaving.plan, db, user, member, _values(forms.values(key)), now=clock.now())
    for field in ("reason", "from_day", "until_day", "takes"):
        fault(problem, field)
    if plan:
        _effect(plan, key)


def _ask(db: Database, team: dict, lines: list[dict], member: int, key: str) -> None:
    availability = next((m["availability"] for m in lines if m["id"] == member), None)
    reason = st.segmented_control(
        _("Reason"),
        list(REASONS),
        default=availability if availability in leaving.ABSENCES else "ill",
        required=True,
        format_func=lambda code: _(REASONS[code]),
        key=f"{key}reason",
    )
    effect.ask_day(key)
    if reason != leaving.LEFT:
        effect.ask_typed(_("Returns on (if known)"), f"{key}until")
    ways = {"team": _("The other members of the team"), "member": _("One member"), "teams": _("Other teams")}
    takes = st.segmented_control(
        _("Who takes the households"),
        list(ways),
        default="team",
        required=True,
        format_func=ways.get,
        key=f"{key}takes",
    )
    if takes == "member":
        names = {m["id"]: m["full_name"] for m in lines if m["id"] != member and not m["until_day"]}
        st.selectbox(
            _("Member"), list(names), None, format_func=names.get, key=f"{key}other", placeholder=_("Choose a member")
        )
    elif takes == "teams":
        ask_teams(db, team, f"{key}teams")


def _values(fields: Mapping) -> dict:
    """The fields as a plan asks for them."""
    return {
        "reason": fields.get("reason"),
        "from_day": effect.chosen_day(fields),
        "until_day": fields.get("until"),
        "takes": fields.get("takes"),
        "member": fields.get("other"),
        "teams": fields.get("teams"),
    }


def ask_teams(db: Database, team: dict, key: str) -> None:
    """Living teams of the commune, those of the same hamlet first."""
    others = [t for t in teams.listed(db, TeamFilters(team["commune_code"]), day=today()) if t["id"] != team["id"]]
    others = [t for t in others if t["status"] != "dissolved"]
    others.sort(key=lambda t: t["hamlet_code"] != team["hamlet_code"])
    names = {t["id"]: f"{t['name']} ({number(t['households'])})" for t in others}
    st.multiselect(_("Teams"), list(names), format_func=names.get, key=key, placeholder=_("Choose"))


def _effect(plan: leaving.LeavingPlan, key: str) -> None:
    names = {m["id"]: m["full_name"] for m in plan.loads}
    with st.container(border=True):
        st.markdown(f"**{_('Expected result')}** · {effect.count(plan.rows)}")
        effect.hands(plan.rows, names)
        effect.loads(plan.loads, left=plan.member["id"])
        st.caption(_stay(plan))
    effect.warnings(plan.warnings)
    session.LEAVING.set(plan)
    st.button(_("Confirm"), key=f"{key}go", type="primary", icon=":material/check:")
    st.caption(_("Past days keep their figures. This can be undone for 24 hours."))


def _stay(plan: leaving.LeavingPlan) -> str:
    """How long; one line whatever is typed, so that the button below stays where it is."""
    if not plan.rows:
        return _("There is no household to hand over in this time.")
    if plan.until:
        return _("On {day} the households return to their members automatically.").format(day=day(plan.until))
    return _("The households stay with them until they are reassigned.")
