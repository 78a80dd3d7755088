"""The log's codes as sentences."""

import json
import re

from lib.core.errors import N_
from lib.screen import labels
from lib.screen.i18n import _, day, ngettext

ACTS = {
    "signin": N_("signed in"),
    "signin.failed": N_("failed to sign in as {subject}"),
    "signout": N_("signed out"),
    "account.create": N_("issued the account {subject}"),
    "account.active": N_("switched the account {subject} on or off"),
    "account.issue": N_("issued a new password to {subject}"),
    "account.password": N_("changed their password"),
    "account.unlock": N_("lifted the lock-out of {subject}"),
    "backup.take": N_("copied the store to {subject}"),
    "rollup.corrected": N_("put the sums of {subject} right"),
    "setting.rules": N_("changed the size rules"),
    "setting.technical": N_("changed a technical setting"),
    "undo": N_("took back an act: {subject}"),
    "visit.record": N_("entered visits of {subject}"),
    "visit.undo": N_("took back entries of {subject}"),
    "visit.refused": N_("tried to enter a household outside the team's list: {subject}"),
    "hamlet.add": N_("added {subject}"),
    "hamlet.rename": N_("renamed {subject}"),
    "hamlet.remove": N_("removed {subject}"),
    "member.add": N_("added member {subject}"),
    "member.edit": N_("changed member {subject}"),
    "member.leave": N_("let member {subject} leave"),
    "person.add": N_("added {subject} to a household"),
    "person.edit": N_("changed {subject} of a household"),
    "person.leave": N_("took {subject} off a household"),
    "household.walk": N_("moved household {subject} in the walking order"),
    "household.reorder": N_("changed the walking order of {subject}"),
    "household.status": N_("set the status of household {subject}"),
    "household.status_end": N_("ended the status of household {subject}"),
    "household.register": N_("registered household {subject}"),
    "household.edit": N_("changed household {subject}"),
    "team.found": N_("founded {subject}"),
    "team.edit": N_("changed {subject}"),
    "team.dissolve": N_("dissolved {subject}"),
    "member.absent": N_("entered that {subject} is away"),
    "member.left": N_("let {subject} leave and gave the households to others"),
    "member.back": N_("{subject} is available again"),
    "household.move": N_("moved household {subject} to another hamlet"),
    "household.arrive": N_("household {subject} moved in from another commune"),
    "household.merge": N_("merged household {subject} into another"),
    "duplicate.two": N_("kept apart what looked like duplicates: {subject}"),
    "import.settle": N_("saw to the refused rows of {subject}"),
    "person.merge": N_("made one of two entries of a person of household {subject}"),
    "team.merge": N_("merged other teams into {subject}"),
    "team.split": N_("split {subject}"),
    "team.wind_up": N_("dissolved {subject} and gave its households to others"),
    "team.leader": N_("changed the leader of {subject}"),
    "team.models": N_("left one model of team in the hamlet of {subject}"),
    "import.apply": N_("loaded the file {subject}"),
    "list.export": N_("took out the list {subject}"),
    "assignment.give": N_("gave households to {subject}"),
    "assignment.accept": N_("accepted the proposed split for {subject}"),
    "assignment.undo": N_("undid an assignment of {subject} households"),
    "assignment.refused": N_("tried to assign households outside their area"),
    "assignment.take_back": N_("took households back from {subject}"),
}


# Columns whose values are codes.
_CODES = {
    "availability": labels.AVAILABILITY,
    "categories": labels.CATEGORIES,
    "dwelling": labels.DWELLINGS,
    "equipment": labels.EQUIPMENT,
    "exposures": labels.EXPOSURES,
    "model": labels.TEAM_MODELS,
    "organisation": labels.ORGANISATIONS,
    "position": labels.POSITIONS,
    "relation": labels.RELATIONS,
    "residence": labels.RESIDENCES,
    "role": {**labels.ROLES, **labels.MEMBER_ROLES},
    "sex": labels.SEXES,
    "status": {**labels.TEAM_STATUS, **labels.HOUSEHOLD_STATUS},
    "vulnerabilities": labels.VULNERABILITIES,
}


def sentence(line: dict) -> str:
    """What was done, with the values that changed."""
    told = _(ACTS[line["action"]]) if line["action"] in ACTS else line["action"] + " {subject}"
    words = [told.format(subject=line["subject"] or "").strip()]
    detail = line["detail"]
    if rows := detail.get("rows"):
        words.append(_visits(rows) if isinstance(rows, dict) else ", ".join(map(str, rows)))
    words += [f"{_field(name)}: {_value(name, old)} → {_value(name, new)}" for name, (old, new) in _pairs(detail)]
    words += [f"{_field(name)}: {_value(name, fact)}" for name, fact in _facts(detail)]
    words += [_moved(move, codes) for move, codes in detail.get("moves", {}).items()]
    if reason := detail.get("reason"):
        words.append(_("reason: {reason}").format(reason=reason))
    return "; ".join(words)


def changed(detail: dict) -> str:
    """The values that changed, alone: "Lane: Hẻm 1 → Hẻm 2"."""
    return "; ".join(
        f"{_field(name)}: {_value(name, old)} → {_value(name, new)}" for name, (old, new) in _pairs(detail)
    )


def _pairs(detail: dict) -> list[tuple[str, list]]:
    return [(name, pair) for name, pair in detail.items() if isinstance(pair, list) and len(pair) == 2][:4]


def _facts(detail: dict) -> list[tuple[str, object]]:
    """What the line says of a new thing: its status, its first day, its role."""
    return [(name, fact) for name, fact in detail.items() if name in labels.FIELDS and isinstance(fact, str | int)]


def _moved(move: str, codes: list) -> str:
    """Households that changed hands: "Lan (3) → Tâm (5): 4 hộ"."""
    hands = re.sub(r" \(\d+\)", "", move)
    return f"{hands}: " + ngettext("{n} household", "{n} households", len(codes)).format(n=len(codes))


def _field(name: str) -> str:
    return _(labels.FIELDS[name]) if name in labels.FIELDS else name


def _value(name: str, value) -> str:
    """A stored value in words: a code by its label, a day the Vietnamese way."""
    if value in (None, "", "[]", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name.endswith("_day"):
        return day(str(value))
    codes = json.loads(value) if isinstance(value, str) and value.startswith("[") else [value]
    return ", ".join(_(_CODES.get(name, {}).get(code, "")) or str(code) for code in codes)


def _visits(rows: dict) -> str:
    """A save of the sheet: "25456-0017: absent → met, …", at most five named."""
    told = [f"{code}: {_outcome(pair)}" for code, pair in list(rows.items())[:5] if isinstance(pair, list)]
    more = len(rows) - len(told)
    return ", ".join(told) + (f" (+{more})" if more > 0 else "")


def _outcome(pair: list) -> str:
    old, new = (_answer(str(value)) for value in pair[-2:])
    return f"{old} → {new}"


def _answer(short: str) -> str:
    """The log's "met swept s" in words."""
    words = []
    for part in short.split():
        if part in labels.OUTCOMES:
            words.append(_(labels.OUTCOMES[part]))
        elif part == "swept":
            words.append(_("(with the rest)"))
        else:
            words += [_(labels.FLAGS[flag]) for flag in part if flag in labels.FLAGS]
    return " ".join(words) or "–"
