"""A team's history on the screen: one sentence for each thing that happened, newest day first."""

from itertools import groupby

import streamlit as st
from sqlite_utils import Database

from lib.register.teams import history
from lib.screen.history import act_sentences
from lib.screen.i18n import N_, _, day, ngettext, number
from lib.screen.labels import AVAILABILITY, MEMBER_ROLES
from lib.screen.markdown import plain

SENTENCES = {
    "role": N_("{name}: {old} before, {role} from this day on."),
    "came_from": N_("{name} came from {team} as {role}."),
    "joined": N_("{name} joined as {role}."),
    "went_to": N_("{name} moved to {team}."),
    "left": N_("{name} left the team."),
    "dissolved": N_("The team was dissolved."),
    "team.merge": N_("Teams were merged: {names}."),
    "team.split": N_("The team was split: {names} was created from it."),
    "team.wind_up": N_("{subject} was dissolved; its households went to {names}."),
    "team.leader": N_("The leader was changed."),
    "team.models": N_("One model of team was kept in the hamlet."),
    "inspection.write": N_("The team was inspected."),
}


def draw(db: Database, team_id: int) -> None:
    """Days as small headings, sentences below them."""
    for on, events in groupby(history.story(db, team_id), key=lambda event: event["day"]):
        lines = "\n".join(f"- {plain(line)}" for line in dict.fromkeys(filter(None, map(sentence, events))))
        if lines:
            st.markdown(f"**{day(on)}**\n{lines}")


def sentence(event: dict) -> str:
    """One event as a Vietnamese sentence; empty where the facts say it already."""
    kind = event["kind"]
    if kind == "founded":
        return _founded(event)
    if kind.startswith(("given", "taken")):
        return _hands(event)
    if kind == "member.absent":
        return _absence(event["detail"], event["subject"])
    if kind == "team.edit":
        changes = act_sentences.changed(event["detail"])
        return _("Team details were changed: {what}.").format(what=changes) if changes else ""
    if kind not in SENTENCES:
        return ""
    return _(SENTENCES[kind]).format(**_places(event)) + _decision(event.get("detail", {}))


def _founded(event: dict) -> str:
    if not event["members"]:
        return _("The team was created.") + _decision(event)
    members = ngettext("{n} member", "{n} members", event["members"]).format(n=number(event["members"]))
    return _("The team was created with {members}.").format(members=members) + _decision(event)


def _decision(detail: dict) -> str:
    """The decision behind it, where its number is known."""
    parts = [detail.get("decision_no"), day(detail.get("decision_day")), detail.get("decision_issuer")]
    if not isinstance(parts[0], str):
        return ""
    return " " + _("Decision {decision}.").format(decision=", ".join(part for part in parts if part))


def _hands(event: dict) -> str:
    n = event["n"]
    words = {
        "given": ngettext("{n} household came from {team}.", "{n} households came from {team}.", n),
        "taken": ngettext("{n} household went to {team}.", "{n} households went to {team}.", n),
        "given_nobody": ngettext("{n} household was given to the team.", "{n} households were given to the team.", n),
        "taken_nobody": ngettext(
            "{n} household is no longer with the team.", "{n} households are no longer with the team.", n
        ),
    }
    return words[event["kind"]].format(n=number(n), team=event["team"])


def _absence(detail: dict, subject: str) -> str:
    state = _(AVAILABILITY.get((detail.get("availability") or ["", ""])[1], ""))
    name = subject.split(", ")[0]
    if until := detail.get("until_day"):
        return _("{name}: {state}, until {day}; others looked after the households.").format(
            name=name, state=state, day=day(until)
        )
    return _("{name}: {state}; others look after the households.").format(name=name, state=state)


def _places(event: dict) -> dict:
    roles = {name: _(MEMBER_ROLES[event[name]]).lower() for name in ("role", "old") if event.get(name)}
    detail = event.get("detail", {})
    names = detail.get("among", {}).get("names", [])
    return {
        "name": event.get("name", ""),
        "team": event.get("team", ""),
        "subject": event.get("subject", ""),
        "names": ", ".join(names),
        **roles,
    }
