"""What happened at one door in sentences, newest first. The sentences are plain text; only `draw` makes Markdown."""

import streamlit as st

from lib.core.errors import N_
from lib.screen.history import act_sentences
from lib.screen.households.visit import visit
from lib.screen.i18n import _, day
from lib.screen.labels import HOUSEHOLD_STATUS
from lib.screen.markdown import plain

ICONS = {"met": "check", "phone": "call", "absent": "door_front", "refused": "block"}
_OTHERS = {
    "status": "event_busy",
    "status_end": "event_available",
    "duty": "assignment_ind",
    "nobody": "person_off",
    "departure": "person_remove",
    "begun": "add_home",
    "edit": "edit",
}
_EDITED = {
    "household.register": N_("{who} registered the household."),
    "household.edit": N_("{who} corrected the entry. {changes}"),
    "person.add": N_("{who} added {name} to the household."),
    "person.edit": N_("{who} corrected a person. {changes}"),
}


def draw(events: list[dict]) -> None:
    """One bullet for each thing that happened, what belongs to it below."""
    lines = []
    for event in events:
        first, *rest = sentences(event)
        lines.append(f"- **{day(event['day'])}** :material/{_icon(event)}: {plain(first)}")
        lines += [f"    - {plain(line)}" for line in rest]
    st.markdown("\n".join(lines))


def ordinary(event: dict) -> bool:
    """A visit that found everybody well and was entered once."""
    plain_visit = event["kind"] == "visit" and event["outcome"] in ("met", "phone") and len(event["steps"]) == 1
    return plain_visit and not event["alarm"] and not event["note"]


def _icon(event: dict) -> str:
    return ICONS.get(event.get("outcome"), "undo") if event["kind"] == "visit" else _OTHERS[event["kind"]]


def sentences(event: dict) -> list[str]:
    """An event in words; of a visit also what was found there."""
    if event["kind"] == "visit":
        return visit(event)
    if event["kind"] == "edit":
        name = (event["detail"].get("full_name") or [None, ""])[-1]
        sentence = _(_EDITED[event["action"]])
        return [
            sentence.format(
                who=event["who"] or _("The system"), name=name, changes=act_sentences.changed(event["detail"])
            )
        ]
    return [_dated(event)]


def _dated(event: dict) -> str:
    """What holds from a day on."""
    if event["kind"] == "status":
        parts = [period(event), event["reason"], event["who"] and _("entered by {who}").format(who=event["who"])]
        return "; ".join(filter(None, parts))
    if event["kind"] == "status_end":
        return _("Visited again: “{status}” ended.").format(status=_(HOUSEHOLD_STATUS[event["status"]]))
    if event["kind"] == "duty":
        return _("{member}, {team}, became responsible.").format(member=event["full_name"], team=event["team_name"])
    if event["kind"] == "departure":
        return _("{name} no longer lives here.").format(name=event["full_name"])
    if event["kind"] == "nobody":
        return _("From this day on no one was responsible.")
    return _("The household was registered.")


def period(status: dict) -> str:
    """A status with its days, in a sentence."""
    places = {"status": _(HOUSEHOLD_STATUS[status["status"]]), "first": day(status["from_day"])}
    if status["until_day"]:
        return _("{status}: from {first}, visited again from {last}").format(**places, last=day(status["until_day"]))
    return _("{status}: from {first}, no end entered").format(**places)
