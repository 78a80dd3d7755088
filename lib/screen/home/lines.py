"""The lines of the work list in words, each kind by its own function."""

from lib.core.words import phone
from lib.screen import list_words
from lib.screen.households import visit
from lib.screen.i18n import _, area, day, hour, ngettext, number
from lib.screen.labels import OUTCOMES
from lib.screen.report.state_words import minutes
from lib.screen.report_tracking import sentences
from lib.screen.shell import crossing, roles
from lib.screen.widgets.named_list import address

FIRST = {"ill": 30, "again": 10}
_OTHERS = 8


def first(kind: str) -> int:
    """The number of lines shown at first."""
    return FIRST.get(kind, _OTHERS)


def lines(kind: str, rows: tuple[dict, ...]) -> list[dict]:
    """Rows of a kind of task as lines of a list."""
    return [_KINDS[kind](row) for row in rows]


def item(name: str, *, facts: list[str | None] = (), **parts: str | None) -> dict:
    """One line of a list; the parts that are not given stay empty."""
    empty = dict.fromkeys(("href", "side", "mark", "phone", "verb", "to"), "")
    return {**empty, "name": name, "facts": " · ".join(filter(None, facts)), **{k: v or "" for k, v in parts.items()}}


def place(door: dict) -> str:
    return ", ".join(filter(None, (door["house_number"], door["lane"])))


def _ill(door: dict) -> dict:
    hamlet = area(door["hamlet_kind"], door["hamlet_name"])
    ill = (
        ngettext("{n} person with symptoms", "{n} persons with symptoms", door["ill"]).format(n=number(door["ill"]))
        if door["ill"]
        else ""
    )
    return item(
        door["head_name"],
        facts=[place(door), hamlet, _("responsible: {member}").format(member=door["member"]) if door["member"] else ""],
        href=address("households", household=door["code"]),
        side=" · ".join([ill] * bool(door["ill"]) + [visit.said_at(door["told"], door["day"])]),
        mark="look",
        phone=phone.spaced(door["phone"] or door["member_phone"]),
    )


def _again(door: dict) -> dict:
    return item(
        door["head_name"],
        facts=[place(door), area(door["hamlet_kind"], door["hamlet_name"]), door["member"]],
        href=address("households", household=door["code"]),
        side=f"{_(OUTCOMES[door['outcome']])} · {hour(door['recorded_at'])}",
        phone=phone.spaced(door["phone"]),
        verb=_("Enter"),
        to=door["team_id"] and address("sheet", team=door["team_id"], row=door["code"]),
    )


def _team(team: dict) -> dict:
    silent = not team["attempted"]
    side = _("{left} of {due} left").format(left=number(team["left"]), due=number(team["due"]))
    return item(
        team["name"],
        facts=[area(team["hamlet_kind"], team["hamlet_name"])],
        side=f"{side} · {_('nothing entered')}" if silent else side,
        mark="look" if silent else "",
        verb=_("Enter"),
        to=address("sheet", team=team["id"]),
    )


def _member(member: dict) -> dict:
    side = _("{left} of {due} left").format(left=number(member["left"]), due=number(member["due"]))
    return item(member["full_name"], side=side, phone=phone.spaced(member["phone"]))


def _hamlet(hamlet: dict) -> dict:
    where = [area(hamlet[f"{above}_kind"], hamlet[f"{above}_name"]) for above in ("commune", "district")]
    return item(area(hamlet["kind"], hamlet["name"]), facts=[", ".join(where)], side=_households(hamlet["nobody"]))


def _gap(commune: dict) -> dict:
    board = address("leaderboard", area=commune["code"])
    district = area(commune["parent_kind"], commune["parent_name"])
    side = _households(commune["nobody"])
    return item(area(commune["kind"], commune["name"]), facts=[district], href=board, side=side)


def _households(n: int) -> str:
    return ngettext("{n} household", "{n} households", n).format(n=number(n)) if n else ""


def _commune(commune: dict) -> dict:
    silent = not commune["last_entry_at"]
    due = _("{due} due") if silent else _("{left} of {due} left")
    return item(
        area(commune["kind"], commune["name"]),
        facts=[area(commune["parent_kind"], commune["parent_name"])],
        side=due.format(left=number(commune["left"]), due=number(commune["due"])),
        mark="look" if silent else "",
        href=address("leaderboard", area=commune["code"]),
    )


def _unlisted(commune: dict) -> dict:
    """A commune whose lists are missing or too short, with the households expected of it."""
    return item(
        area(commune["kind"], commune["name"]),
        facts=[area(commune["parent_kind"], commune["parent_name"])],
        side=list_words.registered(commune) or list_words.unknown(commune),
        mark="look",
        href=address("gaps", area=commune["code"]),
    )


def _account(account: dict) -> dict:
    where = area(account["kind"], account["name"])
    return item(account["full_name"], facts=[account["username"], where], phone=phone.spaced(account["phone"]))


def _reminder(reminder: dict) -> dict:
    late = reminder["overdue"]
    due = _("due {hour}").format(hour=hour(reminder["due_at"]))
    return item(
        area(reminder["from_kind"], reminder["from_name"]),
        facts=[reminder["words"]],
        side=f"{due} · {_('overdue')}" if late else due,
        mark="look" if late else "",
    )


def _overdue(unit: dict) -> dict:
    """A unit whose report did not come, with the officer to call."""
    officer = unit["officers"].get("accountable") or {}
    return item(
        area(unit["kind"], unit["name"]),
        facts=[officer.get("full_name"), officer.get("position")],
        side=_("overdue by {minutes}").format(minutes=minutes(unit["overdue"])),
        mark="look",
        phone=phone.spaced(officer.get("phone")),
    )


def _delegation(line: dict) -> dict:
    """A role lent to the visitor, and a link to switch to it, which asks before."""
    days = _("{first} to {last}, from {hour} on").format(
        first=day(line["from_day"]), last=day(line["last_day"]), hour=line["from_hour"]
    )
    new = line["seen_at"] is None
    return item(
        _("In place of {name}").format(name=line["full_name"]),
        facts=[roles.role_and_area(line), days],
        side=_("new") if new else _("in force"),
        mark="look" if new else "",
        verb=_("Switch to this role"),
        to=address("home", **{crossing.AS: crossing.mark(line)}) if line["in_force"] else "",
    )


def _returned(unit: dict) -> dict:
    """A unit whose report was returned, with the reason and the officer to call."""
    officer = unit["officers"].get("accountable") or {}
    return item(
        area(unit["kind"], unit["name"]),
        facts=[unit["standing"].reason, officer.get("full_name")],
        href=sentences.report(unit["code"], unit["standing"].day),
        side=_("returned"),
        phone=phone.spaced(officer.get("phone")),
    )


_KINDS = {
    "overdue": _overdue,
    "returned": _returned,
    "delegations": _delegation,
    "reminders": _reminder,
    "ill": _ill,
    "again": _again,
    "teams": _team,
    "members": _member,
    "hamlets": _hamlet,
    "gaps": _gap,
    "silent": _commune,
    "behind": _commune,
    "accounts": _account,
    "unlisted": _unlisted,
    "short": _unlisted,
}


def door_of_round(line: dict) -> dict:
    """A household of the member's own list: done, with its hour, or left, with a link to its row."""
    seen, answered = line["outcome"] in ("met", "phone"), bool(line["outcome"])
    side = f"{_(OUTCOMES[line['outcome']])} · {hour(line['recorded_at'])}" if answered else _("still to visit")
    persons = ngettext("{n} person", "{n} persons", line["persons"]).format(n=number(line["persons"]))
    return item(
        line["head_name"],
        facts=[place(line), persons],
        href=address("households", household=line["code"]),
        side=_("not to be visited today") if line["locked"] else side,
        mark="done" if seen else "look" if answered else "",
        phone="" if seen else phone.spaced(line["phone"]),
        verb=_("Correct") if seen else _("Enter"),
        to="" if line["locked"] else address("sheet", team=line["team"], row=line["code"]),
    )
