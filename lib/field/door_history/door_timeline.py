"""Builds the timeline of one household: its last days, and all its events, newest first.

`household` comes from `households.get` and lies in the visitor's area, `entered` are its visits from
`visit_log.visits`; the log is read as far as the visitor may.
"""

import json

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows
from lib.core.sql import GONE_STATUSES
from lib.register.households import statuses

DAYS = 45
_EDITS = ("household.register", "household.edit", "person.add", "person.edit")


# Days


def days(db: Database, household: dict, entered: list[dict], *, day: str) -> list[dict]:
    """Return the last days in order: `{day, state, visit, duty, status}`.

    A state is an outcome, `excluded`, `missed` (due, nobody came), `left` (the same, of today) or `none`;
    for `none` a `why` says `gone`, `new`, `closed` or `nobody`.
    """
    span = clock.days_until(day, DAYS)
    parameters = {"since": span[0], "day": day}
    opened = {line["day"] for line in rows(db, "select day from days where day between :since and :day", parameters)}
    periods = statuses.history(db, household["id"])
    by_day = {visit["day"]: visit for visit in entered}
    lines = []
    for one_day in span:
        entry = {
            "day": one_day,
            "visit": by_day.get(one_day),
            "duty": _on(household["duties"], one_day),
            "status": _on(periods, one_day),
        }
        why = _no_duty(household, entry, one_day in opened)
        lines.append({**entry, "why": why, "state": "none" if why else _state(entry, today=one_day == day)})
    return lines


def _on(periods: list[dict], day: str) -> dict | None:
    return next((p for p in periods if p["from_day"] <= day and (p["until_day"] is None or p["until_day"] > day)), None)


def _no_duty(household: dict, entry: dict, is_open: bool) -> str | None:
    """Return why no visit was due on that day; None if one was due or was recorded anyway."""
    if entry["visit"] and entry["visit"]["outcome"]:
        return None
    if entry["status"]:
        return "gone" if entry["status"]["status"] in GONE_STATUSES else None
    if entry["day"] < household["from_day"]:
        return "new"
    return "closed" if not is_open else None if entry["duty"] else "nobody"


def _state(entry: dict, *, today: bool) -> str:
    if entry["status"] and entry["status"]["status"] not in GONE_STATUSES:
        return "excluded"
    return (entry["visit"] or {}).get("outcome") or ("left" if today else "missed")


# The story


def story(db: Database, household: dict, entered: list[dict]) -> list[dict]:
    """Return visits, statuses, assignments, persons and corrections as events, newest first."""
    log = _log(db, household)
    events = [*entered, *_status_events(db, household, log), *_duty_events(household), *_departures(db, household)]
    events += [line | {"kind": "edit"} for line in log if line["action"] in _EDITS]
    if not any(line["action"] == "household.register" for line in log):
        events.append({"kind": "begun", "day": household["from_day"]})
    return sorted(events, key=lambda event: (event["day"], event.get("at") or _hour(event) or ""), reverse=True)


def _hour(event: dict) -> str | None:
    return max(step["at"] or "" for step in event["steps"]) if event["kind"] == "visit" else None


def _status_events(db: Database, household: dict, log: list[dict]) -> list[dict]:
    """Return the begin and end of each status, with who entered it if the visitor may read the log."""
    acts = [line for line in log if line["action"] == "household.status"]
    by = {(line["detail"].get("status"), line["detail"].get("from_day")): line["who"] for line in acts}
    events = []
    for period in statuses.history(db, household["id"]):
        who = by.get((period["status"], period["from_day"]))
        events.append({"kind": "status", "day": period["from_day"], "who": who, **period})
        if period["until_day"]:
            events.append({"kind": "status_end", "day": period["until_day"], **period})
    return events


def _duty_events(household: dict) -> list[dict]:
    """Return the begin of each assignment, and the days from which the household had none."""
    begins = {duty["from_day"] for duty in household["duties"]}
    events = [{"kind": "duty", "day": duty["from_day"], **duty} for duty in household["duties"]]
    ends = {duty["until_day"] for duty in household["duties"]} - begins - {None}
    return events + [{"kind": "nobody", "day": end} for end in sorted(ends)]


def _departures(db: Database, household: dict) -> list[dict]:
    return rows(
        db,
        """select 'departure' as kind, until_day as day, full_name, birth_year
           from persons  -- all: of a household found through my_households
           where household_id = ? and until_day is not null""",
        [household["id"]],
    )


def _log(db: Database, household: dict) -> list[dict]:
    lines = rows(
        db,
        """select log.at, log.action, log.subject, log.detail, a.full_name as who
           from my_audit log left join accounts a on a.id = log.account_id  -- all: the name of who acted
           where log.area_code = :commune and log.subject = :code order by log.id desc""",
        {"commune": household["commune_code"], "code": household["code"]},
    )
    return [
        {**line, "detail": json.loads(line["detail"]), "day": clock.day_of(clock.instant(line["at"]))} for line in lines
    ]
