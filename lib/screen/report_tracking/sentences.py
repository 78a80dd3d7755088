"""The standing of a report in words, with the mark that goes with its colour: red is overdue now, amber a look."""

from lib.core.access import User
from lib.core.words import phone
from lib.oversight.reports import overview
from lib.screen.i18n import N_, _, area, hour, number
from lib.screen.labels import DUTIES
from lib.screen.report.state_words import minutes, sent_at, state, when
from lib.screen.shell.rooms import BY_NAME
from lib.screen.widgets.named_list import address

HEAD = (
    N_("Unit"),
    N_("State"),
    N_("Deadline"),
    N_("Sent at"),
    N_("Accountable officer"),
    N_("Last reminder"),
    N_("To do"),
)


def head(rows: list[dict]) -> list[str]:
    """The columns; one that would stay empty on every row is empty here too and not drawn."""
    lines = [*rows, *(below for each in rows for below in each["inside"])]
    columns_left_out = {"Last reminder": "reminder", "To do": "deeds", "Sent at": "sent"}
    return [
        _(text) if text not in columns_left_out or any(line[columns_left_out[text]] for line in lines) else ""
        for text in HEAD
    ]


def name(unit: dict) -> str:
    return area(unit["kind"], unit["name"])


def row(unit: dict, user: User, day: str) -> dict:
    """A unit as a row of `unit_table`."""
    standing, inside = unit["standing"], unit["inside"]
    summary = _inside(inside)
    return {
        "code": unit["code"],
        "name": name(unit),
        "href": report(unit["code"], day),
        "state": state(standing),
        "look": look(unit),
        "mark": "wait",
        "note": standing.reason or "",
        "timing": timing(unit),
        "timely": standing.bucket == "on_time",
        "sent": sender(standing),
        "people": people(unit["officers"]),
        "reminder": reminded(unit["reminder"]),
        "deeds": deeds(unit, user),
        "told": summary if inside else "",
        "inside": [row(child | {"inside": []}, user, day) for child in inside],
    }


def _inside(units: list[dict]) -> str:
    """How many of the communes have reported; a returned one has not, and is named beside them."""
    sums = overview.tally(units)
    sentence = _("{sent} of {all} communes reported").format(
        sent=number(sums["on_time"] + sums["late"]), all=number(len(units))
    )
    back = _("{n} returned").format(n=number(sums["returned"]))
    return f"{sentence}, {back}" if sums["returned"] else sentence


def report(code: str, day: str) -> str:
    """Where the report itself stands."""
    return address("report", area=code, day=day) if "report" in BY_NAME else ""


def look(unit: dict) -> str:
    if unit["overdue"]:
        return "red"
    standing = unit["standing"]
    late = standing.bucket in ("late", "returned") or standing.state == "recalled"
    late = late or standing.state == "missing" and unit.get("over")
    return "amber" if late else "done" if standing.sent else ""


def timing(unit: dict) -> str:
    standing = unit["standing"]
    if unit["overdue"]:
        return _("overdue by {minutes}").format(minutes=minutes(unit["overdue"]))
    if not standing.version:
        return _("due {hour}").format(hour=hour(standing.due_at))
    if not standing.sent:
        return _("not sent again yet")
    if not standing.late_minutes:
        return _("on time")
    return _("{minutes} late").format(minutes=minutes(standing.late_minutes))


def sender(standing) -> str:
    """When the version came whose hour counts, when the last one if that is another, by whom and in whose place."""
    if not standing.submitted_at:
        return ""
    sentence = sent_at(standing.submitted_at, standing.day, standing.due_at)
    if standing.sent_at != standing.submitted_at:
        last = sent_at(standing.sent_at, standing.day, standing.due_at)
        again = _("version {n} at {hour}").format(n=number(standing.version), hour=last)
        sentence = f"{sentence}; {again}"
    who = standing.who
    if standing.for_whom:
        who = _("{name} in place of {whom}").format(name=who, whom=standing.for_whom)
    return ", ".join(filter(None, (sentence, who)))


def people(officers: dict[str, dict]) -> list[dict]:
    """Who answers for the report, and who stands in."""
    lines = []
    for duty in ("accountable", "deputy"):
        if officer := officers.get(duty):
            facts = [_(DUTIES[duty]) if duty == "deputy" else "", officer["position"]]
            lines.append(
                {
                    "name": officer["full_name"],
                    "facts": " · ".join(filter(None, facts)),
                    "phone": phone.spaced(officer["phone"]),
                }
            )
    return lines


def reminded(reminder: dict | None) -> str:
    if not reminder:
        return ""
    return f"{when(reminder['made_at'], reminder['day'])} · {answered(reminder)}"


def answered(reminder: dict) -> str:
    """Where a reminder stands."""
    if reminder["answer"]:
        return _("answered: {words}").format(words=reminder["answer"])
    if reminder["came_at"]:
        return _("report sent at {hour}").format(hour=when(reminder["came_at"], reminder["day"]))
    if reminder["overdue"]:
        return _("not answered, overdue since {hour}").format(hour=when(reminder["due_at"], reminder["day"]))
    return _("read") if reminder["seen_at"] else _("unread")


def deeds(unit: dict, user: User) -> list[dict]:
    """What the visitor may do with a unit's report now."""
    standing, buttons = unit["standing"], []
    if user.can("report.write") and unit["parent_code"] == user.area_code:
        if standing.state == "submitted":
            buttons.append({"deed": "receive", "text": _("Receive")})
        if standing.state in ("submitted", "received"):
            buttons.append({"deed": "return", "text": _("Return")})
    if user.can("reminder.send") and not standing.sent:
        buttons.append({"deed": "remind", "text": _("Remind")})
    return buttons


def counts(sums: dict[str, int]) -> list[dict]:
    """The headline: on time, late, not reported, returned."""
    looks = {"on_time": "done", "late": "amber", "missing": "red" if sums["overdue"] else "wait", "returned": "amber"}
    names = {"on_time": _("In time"), "late": _("Late"), "missing": _("Not reported"), "returned": _("Returned")}
    return [
        {"name": words, "value": number(sums[key]), "look": looks[key] if sums[key] else ""}
        for key, words in names.items()
    ]
