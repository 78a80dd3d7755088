"""Where reports stand: commune, district by 14:00, province by 15:00 (S0-23, S0-25). States follow from deeds.

| state     | means                                   | deed and who may do it                         |
|-----------|-----------------------------------------|------------------------------------------------|
| missing   | nothing written                         | write: the unit                                |
| draft     | something written                       | submit: the unit                               |
| submitted | version n stands                        | receive, return with a reason: the level above |
| received  | the level above has it                  | return with a reason: the level above          |
| returned  | to be mended                            | submit version n + 1: the unit                 |
| locked    | submitted or received, and 15:00 passed | correct by a numbered addendum: unit or above  |

What a report counts as (`Standing.bucket`) is decided here alone: a returned one is neither sent nor missing, but
"returned" until it is sent again.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User, require
from lib.core.database import rows, setting, value
from lib.oversight import drafts

DUE = {"commune": "13:45", "district": clock.DISTRICT_CUTOFF, "province": clock.PROVINCE_CUTOFF}
CLOSES = clock.PROVINCE_CUTOFF
FROM = "report_from"  # the programme's first day (S0-26), a setting


@dataclass(frozen=True)
class Standing:
    """Where one report stands. `submitted_at` and `late_minutes` are of its first version; 0 minutes is on time."""

    area_code: str
    day: str
    state: str
    due_at: str
    version: int = 0
    submitted_at: str | None = None
    late_minutes: int = 0
    addenda: int = 0
    reason: str | None = None
    who: str | None = None
    for_whom: str | None = None
    updated_at: str | None = None

    @property
    def bucket(self) -> str:
        """What it counts as wherever reports are counted: `on_time`, `late`, `returned` or `missing`."""
        if self.state == "returned":
            return "returned"
        if not self.version:
            return "missing"
        return "late" if self.late_minutes else "on_time"

    @property
    def reported(self) -> bool:
        """Whether it counts as sent."""
        return self.bucket in ("on_time", "late")


# Reading


def standing(db: Database, code: str, day: str, *, now: datetime) -> Standing:
    return standings(db, [code], day, now=now)[code]


def standings(
    db: Database, codes: list[str], day: str, *, now: datetime, by: str | None = None
) -> dict[str, Standing]:  # fmt: skip
    """`{code: Standing}` of the reports of a day; `by` leaves out every deed after this stamp."""
    places = {"day": day, "codes": json.dumps(codes), "by": by or "9"}
    levels = dict(db.conn.execute(
        "select code, level from areas where code in (select value from json_each(:codes))", places))  # fmt: skip
    require(set(levels.values()) <= set(DUE) and len(levels) == len(set(codes)) or None)  # a hamlet sends none
    written = drafts.touched(db, codes, day)
    told: dict[str, list[dict]] = {code: [] for code in codes}
    for event in rows(db, _EVENTS.format(which="in (select value from json_each(:codes))"), places):
        told[event["area_code"]].append(event)
    return {code: _standing(code, levels[code], day, told[code], written.get(code), clock.stamp(now)) for code in codes}


_EVENTS = """
    select e.area_code, e.deed, e.at, e.version, e.late_minutes, e.reason, e.content, a.full_name as who,
        f.full_name as for_whom
    from report_events e
    join accounts a on a.id = e.account_id -- all: the name of who sent or received a report
    left join accounts f on f.id = e.for_account_id -- all: the name of who was stood in for
    where e.day = :day and e.area_code {which} and e.at <= :by order by e.id
"""


def _standing(code: str, level: str, day: str, events: list[dict], drafted: str | None, now: str) -> Standing:
    due_at = clock.at(day, DUE[level])
    submitted = [event for event in events if event["deed"] == "submit"]
    moves = [event for event in events if event["deed"] != "correct"]
    if not submitted:
        return Standing(code, day, "draft" if drafted else "missing", due_at, updated_at=drafted)
    last, first = moves[-1], submitted[0]
    state = {"submit": "submitted", "receive": "received", "return": "returned"}[last["deed"]]
    if state != "returned" and now >= clock.at(day, CLOSES):
        state = "locked"
    return Standing(
        code, day, state, due_at, version=submitted[-1]["version"], submitted_at=first["at"],
        late_minutes=first["late_minutes"], addenda=len(events) - len(moves),
        reason=last["reason"] if state == "returned" else None,
        who=submitted[-1]["who"], for_whom=submitted[-1]["for_whom"], updated_at=events[-1]["at"],
    )  # fmt: skip


def events(db: Database, user: User | None, code: str, day: str) -> list[dict]:
    """What was done, oldest first: `{deed, at, version, late_minutes, reason, content, who, for_whom}`."""
    inside(db, user, code)
    found = rows(db, _EVENTS.format(which="= :code"), {"day": day, "code": code, "by": "9"})
    return [event | {"content": json.loads(event["content"])} for event in found]


def sent(db: Database, codes: list[str], day: str, *, by: str) -> dict[str, dict]:
    """`{code: content}` of the last version each of these units had submitted by the stamp `by`."""
    found = db.conn.execute(
        """select area_code, content, max(id) from report_events
           where day = :day and deed = 'submit' and at <= :by and area_code in (select value from json_each(:codes))
           group by area_code""",
        {"day": day, "by": by, "codes": json.dumps(codes)},
    )
    return {code: json.loads(content) for code, content, _last in found}


def stood(db: Database, codes: list[str], day: str, *, by: str) -> dict[str, dict]:
    """As `sent`, without those that had been returned by the stamp `by` and not sent again."""
    found = db.conn.execute(
        """select area_code, deed, content, max(id) from report_events
           where day = :day and deed in ('submit', 'return') and at <= :by
               and area_code in (select value from json_each(:codes))
           group by area_code""",
        {"day": day, "by": by, "codes": json.dumps(codes)},
    )
    return {code: json.loads(content) for code, deed, content, _last in found if deed == "submit"}


def inside(db: Database, user: User | None, code: str) -> None:
    """NotFound for a report outside the visitor's own area; `None` is the command line."""
    if user is not None:
        access.check(user, "report.see")
        require(access.holds_area(db, user, code) or None)


def sender(db: Database, code: str, day: str) -> str | None:
    """Who sent the last version."""
    return value(
        db,
        """select a.full_name
           from report_events e join accounts a on a.id = e.account_id -- all: the name of who sent a report
           where e.day = ? and e.area_code = ? and e.deed = 'submit' order by e.id desc limit 1""",
        [day, code],
    )


def writes(db: Database, day: str) -> tuple:
    """What changes with every deed, every word kept, and every freezing of this day's reports."""
    return (
        value(db, "select count(*) from report_events where day = ?", [day]),
        value(db, "select ifnull(sum(version), 0) from report_drafts where day = ?", [day]),
        value(db, "select count(*) from snapshots where day = ?", [day]),
        value(db, "select ifnull(max(version), 0) from templates"),
    )


def first_day(db: Database) -> str:
    """The programme's first day: nothing was due before it (S0-26)."""
    return setting(db, FROM) or value(db, "select min(day) from days") or "9999-12-31"
