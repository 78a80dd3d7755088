"""Drawing of one team: what it is, what does not fit the rules yet, its members, its fields."""

import streamlit as st
from sqlite_utils import Database

from lib.core import ROOT
from lib.core.access import User
from lib.core.words import phone
from lib.register.teams import members, reorganising_commit, rule_warnings, teams
from lib.screen.history import undo_list
from lib.screen.i18n import _, area, day, ngettext, number, say
from lib.screen.labels import EQUIPMENT, TEAM_MODELS, TEAM_STATUS
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, today
from lib.screen.teams import form as team_form
from lib.screen.teams import leaver_form, member_form, reorganise_form, timeline

_SETTINGS = str(ROOT / "pages" / "settings.py")
KINDS = ("member.absent", "member.left", *reorganising_commit.KINDS.values())  # what can be taken back here


def show(db: Database, user: User, team_id: int) -> None:
    """The card of a team; what was sent is saved before anything is drawn, and answered beside its button."""
    team_id = _saved(db, user, team_id)
    if attempt(teams.get, db, team_id)[1]:
        return
    head = st.container()
    manages = user.can("team.manage")
    titles = [_("Members"), _("Team details"), *([_("Reorganise")] if manages else []), _("History of the team")]
    leaves = manages and leaver_form.of_address(members.of_team(db, team_id, day=today()))
    members_tab, fields_tab, *others = st.tabs(
        titles, key=f"team_tabs_{team_id}", default=_("Reorganise") if leaves else None
    )
    with fields_tab:
        _particulars_tab(db, user, team_id)
    team = teams.get(db, team_id)
    with members_tab:
        _members_tab(db, user, team)
    lines = members.of_team(db, team_id, day=today())
    if manages:
        with others[0]:
            _reorganise_tab(db, user, team, lines)
    with others[-1]:
        timeline.draw(db, team_id)
    with head:
        _head(team, lines)
        caution(rule_warnings.warnings(db, day=today(), team_id=team_id), enters=user.can("setting.rules"))


def _saved(db: Database, user: User, team_id: int) -> int:
    """Do what was confirmed under "Reorganise"; the team to show then."""
    if not user.can("team.manage"):
        return team_id
    undo_list.save(db, user)
    leaver_form.save_if_sent(db, user, team_id)
    reorganise_form.save_if_sent(db, user, team_id)
    if became := reorganise_form.became():
        st.query_params["team"] = str(became)
    return became or team_id


def _reorganise_tab(db: Database, user: User, team: dict, lines: list[dict]) -> None:
    if team["status"] == "dissolved":
        st.info(_state(team))
    else:
        reorganise_form.draw(db, user, team, lines)
    undo_list.draw(db, user, kinds=KINDS)


def _particulars_tab(db: Database, user: User, team_id: int) -> None:
    fields, answer = st.container(), st.container()
    with answer:
        form = team_form.edit_if_sent(db, user, team_id) if user.can("team.manage") else None
    team = teams.get(db, team_id)
    with fields:
        if form and team["status"] != "dissolved":
            team_form.editing(db, user, team, form)
        else:
            _particulars(team)


def _members_tab(db: Database, user: User, team: dict) -> None:
    table, fields, answer = st.container(), st.container(), st.container()
    manages = user.can("team.manage") and team["status"] != "dissolved"
    with answer:
        form = member_form.save_if_sent(db, user, team["id"]) if manages else None
    lines = members.of_team(db, team["id"], day=today())
    with table:
        _members(db, team, lines)
    with fields:
        if form:
            member_form.panel(team["id"], lines, form)


def caution(warnings: list[dict], *, enters: bool = False) -> None:
    """What does not fit the rules yet: the sentence, the rule's source, the next step. It blocks nothing."""
    if not warnings:
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":orange[:material/flag:] **{_('Does not fit the rules yet')}**")
        for warning in warnings:
            source = plain(say(warning["source"]))
            st.markdown(f"- {say(warning['say'])} {_(warning['step'])}  \n  :small[{source}]")
        if enters and any(warning["cited"] is False for warning in warnings):
            st.page_link(_SETTINGS, label=_("Enter the documents these rules are based on"), icon=":material/tune:")


def _head(team: dict, lines: list[dict]) -> None:
    st.subheader(team["name"], anchor=False)
    households = sum(line["households"] for line in lines)
    leader = next((line for line in lines if line["role"] == "leader"), None)
    facts = [
        f"{area(team['hamlet_kind'], team['hamlet_name'])}, {area(team['commune_kind'], team['commune_name'])}",
        _(TEAM_MODELS[team["model"]]),
        _state(team),
        ngettext("{n} member", "{n} members", len(lines)).format(n=number(len(lines))),
        ngettext("{n} household", "{n} households", households).format(n=number(households)),
    ]
    if leader:
        facts.append(
            _("led by {name}, {phone}").format(
                name=leader["full_name"], phone=phone.spaced(leader["phone"]) or _("no telephone number")
            )
        )
    st.markdown(" · ".join(facts))


def _state(team: dict) -> str:
    if team["until_day"]:
        return _("Dissolved from {day}").format(day=day(team["until_day"]))
    return _(TEAM_STATUS[team["status"]])


def _members(db: Database, team: dict, lines: list[dict]) -> None:
    if lines:
        member_form.people(lines)
    else:
        st.info(_("No members yet. Start with the leader."))
    left = members.of_team(db, team["id"], day=today(), left=True)
    if left:
        with st.expander(ngettext("{n} former member", "{n} former members", len(left)).format(n=number(len(left)))):
            member_form.people(left)


def _particulars(team: dict) -> None:
    """The fields as text, for those who only read."""
    decision = " ".join(filter(None, (team["decision_no"], day(team["decision_day"]), team["decision_issuer"])))
    fields = {
        _("Decision"): decision,
        _("Signed by"): team["decision_signer"],
        _("Active from"): day(team["from_day"]),
        _("Telephone of the team"): phone.spaced(team["phone"]),
        _("Self-managed groups covered"): team["group_name"],
        _("Trained on"): day(team["training_day"]),
        _("Equipment issued"): ", ".join(_(EQUIPMENT[code]) for code in team["equipment"]),
        _("Pilot team"): _("Yes") if team["is_pilot"] else _("No"),
        _("Note"): team["note"],
    }
    st.table({"": list(fields), " ": [text or "–" for text in fields.values()]}, hide_index=True, hide_header=True)
