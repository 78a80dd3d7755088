"""Reorganising a team (kiện toàn): the way, what it needs, the decision; the effect; one button."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Invalid, Problem
from lib.register.teams import reorganising, reorganising_commit, teams
from lib.register.teams.reorganising_ways import NEW
from lib.register.teams.teams import TeamFilters
from lib.screen.i18n import N_, _, day
from lib.screen.labels import MEMBER_ROLES, TEAM_MODELS
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault, today
from lib.screen.teams import leaver_form, session
from lib.screen.teams import reorganise_effect as effect
from lib.screen.widgets import forms

WAYS = {
    "leave": N_("A member is away or leaves"),
    "leader": N_("Change leader"),
    "merge": N_("Merge teams"),
    "split": N_("Split the team"),
    "dissolve": N_("Dissolve the team"),
    "models": N_("One model in the hamlet"),
}
HOW = {
    "convert": N_("Convert the other teams to it"),
    "dissolve": N_("Dissolve the other teams; the teams of the kept model take over their households"),
}
TO_TEAMS = {
    "merge": N_("The teams chosen become part of this one; everyone keeps their households."),
    "dissolve": N_("The households go to the chosen teams, split in walking order; the members leave with the team."),
}
_FIELDS = ("from_day", "decision_no", "decision_day", "decision_issuer", "teams", "members", "name", "leader", "model")


def _name(team_id: int) -> str:
    return f"regroup_{team_id}"


def save_if_sent(db: Database, user: User, team_id: int) -> Problem | None:
    """Carry out what the fields say when the button is pressed, if it does what the screen showed; show its team."""
    name, shown = _name(team_id), session.REORGANISING.get()
    if not forms.values(forms.prefix(name)).get("go") or shown is None or shown.values["team"] != team_id:
        return None
    team, problem = attempt(teams.get, db, team_id)
    if problem:
        return problem
    same_way = session.WAY.at(team_id).get() == shown.way
    plan, problem = _plan(db, user, team, shown.way)
    if not same_way or (plan and plan.effect != shown.effect):
        forms.look_again()
        return None
    if plan:
        number, problem = attempt(reorganising_commit.carry_out, db, user, plan, now=clock.now())
    if problem is None:
        forms.next_round(name)
        session.REORGANISING.pop()
        session.BECAME.set(number)
        st.success(_("Done, effective from {day}.").format(day=day(plan.since)), icon=":material/check:")
    return problem


def became() -> int | None:
    """The team that the act just done is about, once: a new one after a split, or after a merge over hamlets."""
    return session.BECAME.pop()


def draw(db: Database, user: User, team: dict, lines: list[dict]) -> None:
    """The ways of reorganising, one at a time."""
    ways = dict(WAYS)
    if not _mixed(db, team):
        del ways["models"]
    way = st.pills(
        _("What is to change"),
        list(ways),
        format_func=lambda code: _(ways[code]),
        key=session.WAY.at(team["id"]).name,
        default="leave" if leaver_form.of_address(lines) else None,
    )
    if way == "leave":
        leaver_form.draw(db, user, team, lines)
    elif way:
        _way(db, user, team, lines, way)


def _mixed(db: Database, team: dict) -> list[int]:
    """The team and its hamlet's others, when they are of two models (S0-20)."""
    of_hamlet = teams.listed(db, TeamFilters(team["commune_code"], team["hamlet_code"]), day=today())
    models = {line["model"] for line in of_hamlet}
    return [line["id"] for line in of_hamlet if line["status"] != "dissolved"] if len(models) > 1 else []


def _way(db: Database, user: User, team: dict, lines: list[dict], way: str) -> None:
    key = forms.prefix(_name(team["id"])) + way
    _ask(db, team, lines, way, key)
    effect.ask_day(key)
    _ask_decision(key)
    plan, problem = _plan(db, user, team, way)
    if isinstance(problem, Invalid):
        for field in _FIELDS:
            fault(problem, field)
    if plan:
        _effect(plan, forms.prefix(_name(team["id"])))


def _plan(
    db: Database, user: User, team: dict, way: str
) -> tuple[reorganising.ReorganisingPlan | None, Problem | None]:
    """What the fields of this way say, worked out."""
    fields = forms.values(forms.prefix(_name(team["id"])) + way)
    values = {name: fields.get(name) for name in ("leader", "teams", "members", "name", "model", "how")}
    if way == "models":
        values["teams"] = _mixed(db, team)
    if way == "split" and not values["name"]:
        values["name"], _problem = attempt(reorganising_commit.proposed_name, db, team["id"])
    values |= {
        "team": team["id"],
        "from_day": effect.chosen_day(fields),
        "decision_no": fields.get("number"),
        "decision_day": fields.get("decided"),
        "decision_issuer": fields.get("issuer"),
    }
    return attempt(reorganising.plan, db, user, way, values, now=clock.now())


def _ask(db: Database, team: dict, lines: list[dict], way: str, key: str) -> None:
    """What this way needs to know."""
    if way == "leader":
        _ask_member(_("New leader"), lines, f"{key}leader", without="leader")
    elif way in TO_TEAMS:
        st.caption(_(TO_TEAMS[way]))
        leaver_form.ask_teams(db, team, f"{key}teams")
    elif way == "split":
        _ask_split(db, team, lines, key)
    else:
        _ask_models(team, key)


def _ask_models(team: dict, key: str) -> None:
    st.caption(_("A hamlet may have teams of only one model. Teams of the other model must be converted or dissolved."))
    st.segmented_control(
        _("Model to keep"),
        list(TEAM_MODELS),
        default=team["model"],
        required=True,
        format_func=lambda code: _(TEAM_MODELS[code]),
        key=f"{key}model",
    )
    st.radio(_("How"), list(HOW), format_func=lambda code: _(HOW[code]), key=f"{key}how")


def _ask_split(db: Database, team: dict, lines: list[dict], key: str) -> None:
    st.caption(_("Those chosen form a new team and keep their households."))
    names = {m["id"]: m["full_name"] for m in lines}
    going = st.pills(
        _("Members who move"), list(names), selection_mode="multi", format_func=names.get, key=f"{key}members"
    )
    _ask_member(_("Who leads the new team"), [m for m in lines if m["id"] in going], f"{key}leader")
    proposed, _problem = attempt(reorganising_commit.proposed_name, db, team["id"])
    st.text_input(
        _("Name"),
        key=f"{key}name",
        placeholder=proposed or "",
        autocomplete="off",
        help=_("Leave it empty to use the name proposed in grey."),
    )


def _ask_member(label: str, lines: list[dict], key: str, *, without: str = "") -> None:
    names = {m["id"]: f"{m['full_name']} ({_(MEMBER_ROLES[m['role']]).lower()})" for m in lines if m["role"] != without}
    st.selectbox(label, list(names), None, format_func=names.get, key=key, placeholder=_("Choose a member"))


def _ask_decision(key: str) -> None:
    with st.container(horizontal=True):
        st.text_input(
            _("Number of the decision"), key=f"{key}number", placeholder="12/QĐ-UBND", autocomplete="off", width=200
        )
        effect.ask_typed(_("Date of the decision"), f"{key}decided")
        st.text_input(
            _("Issued by"),
            key=f"{key}issuer",
            placeholder=_("People's Committee of the commune"),
            autocomplete="off",
            width=280,
        )


def _effect(plan: reorganising.ReorganisingPlan, key: str) -> None:
    with st.container(border=True):
        st.markdown(f"**{_('Expected result')}**")
        _teams(plan.teams)
        if plan.change.rows:
            effect.hands(plan.change.rows, {m["id"]: m["full_name"] for m in plan.loads})
        effect.loads(plan.loads)
        leads = [m for m in plan.loads if m["role"] == "leader"]
        sentences = [_("{name} leads {team}.").format(name=m["full_name"], team=m["team_name"]) for m in leads]
        st.markdown("\n".join(f"- {plain(line)}" for line in sentences))
    effect.warnings(plan.warnings)
    session.REORGANISING.set(plan)
    st.button(_("Confirm"), key=f"{key}go", type="primary", icon=":material/check:")
    st.caption(_("Past days keep their figures. This can be undone for 24 hours."))


def _teams(found: tuple[dict, ...]) -> None:
    """Each team touched, before and after."""
    st.table(
        {
            _("Team"): [team["name"] + _mark(team) for team in found],
            _("Members"): [effect.arrow(t["members_before"], t["members"]) for t in found],
            _("Households"): [effect.arrow(t["households_before"], t["households"]) for t in found],
        },
        hide_index=True,
    )
    names = [team["name"] for team in found]
    if len(set(names)) < len(names):
        st.caption(_("It takes on another hamlet, so it is re-created under the same name; past days stay unchanged."))


def _mark(team: dict) -> str:
    if team["ends"]:
        return f" ({_('is dissolved')})"
    return f" ({_('new')})" if team["id"] == NEW else ""
