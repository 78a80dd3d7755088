"""Where reports stand: commune, district by 14:00, province by 15:00 (S0-23, S0-25). States follow from deeds.

| state     | means                                   | deed and who may do it                         |
|-----------|-----------------------------------------|------------------------------------------------|
| missing   | nothing written                         | write: the unit                                |
| draft     | something written                       | submit: the unit                               |
| submitted | version n stands                        | receive, return with a reason: the level above |
| received  | the level above has it                  | return with a reason: the level above          |
| returned  | the level above wants it mended         | submit version n + 1: the unit                 |
| recalled  | the unit took it back to mend it        | submit version n + 1: the unit                 |
| locked    | submitted or received, and 15:00 passed | correct by a numbered addendum: unit or above  |

A unit recalls its own report, submitted or received, until its own deadline; the province, which nobody stands above,
until 15:30 with a reason. A report that is returned or recalled does not stand: it is not counted as sent, and what
it says is in no sum, until it is sent again. What a report counts as (`ReportStanding.bucket`) is decided here alone.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User, require
from lib.core.database import rows, setting, value
from lib.oversight.reports import drafts

DUE = {"commune": "13:45", "district": clock.DISTRICT_CUTOFF, "province": clock.PROVINCE_CUTOFF}
CLOSES = clock.PROVINCE_CUTOFF
RECALLABLE = DUE | {"province": "15:30"}  # until when a unit may take its own report back
FROM = "report_from"  # the programme's first day (S0-26), a setting


@dataclass(frozen=True)
class ReportStanding:
    """Where one report stands.

    `submitted_at` and `late_minutes` are of its first version, after a recall of the first since then; 0 minutes is on
    time. `sent_at` is when the version that is the last was sent.
    """

    area_code: str
    day: str
    state: str
    due_at: str
    version: int = 0
    submitted_at: str | None = None
    sent_at: str | None = None
    late_minutes: int = 0
    addenda: int = 0
    reason: str | None = None
    who: str | None = None
    for_whom: str | None = None
    updated_at: str | None = None

    @property
    def sent(self) -> bool:
        """Whether a version stands: sent, and neither returned nor recalled since."""
        return self.state in ("submitted", "received", "locked")

    @property
    def bucket(self) -> str:
        """What it counts as wherever reports are counted: `on_time`, `late`, `returned` or `missing`."""
        if self.state == "returned":
            return "returned"
        if not self.sent:
            return "missing"
        return "late" if self.late_minutes else "on_time"


# Reading


def standing(db: Database, code: str, day: str, *, now: datetime) -> ReportStanding:
    return standings(db, [code], day, now=now)[code]


def standings(
    db: Database, codes: list[str], day: str, *, now: datetime, by: str | None = None
) -> dict[str, ReportStanding]:
    """`{code: ReportStanding}` of the reports of a day; `by` leaves out every deed after this stamp."""
    values = {"day": day, "codes": json.dumps(codes), "by": by or "9"}
    levels = dict(
        db.conn.execute("select code, level from areas where code in (select value from json_each(:codes))", values)
    )
    require(set(levels.values()) <= set(DUE) and len(levels) == len(set(codes)) or None)  # a hamlet sends none
    written = drafts.touched(db, codes, day)
    by_unit: dict[str, list[dict]] = {code: [] for code in codes}
    for event in rows(db, _EVENTS.format(which="in (select value from json_each(:codes))"), values):
        by_unit[event["area_code"]].append(event)
    return {
        code: _standing(code, levels[code], day, by_unit[code], written.get(code), clock.stamp(now)) for code in codes
    }


_EVENTS = """
    select e.area_code, e.deed, e.at, e.version, e.late_minutes, e.reason, e.content, a.full_name as who,
        f.full_name as for_whom
    from report_events e
    join accounts a on a.id = e.account_id -- all: the name of who sent or received a report
    left join accounts f on f.id = e.for_account_id -- all: the name of who was stood in for
    where e.day = :day and e.area_code {which} and e.at <= :by order by e.id
"""


def _standing(code: str, level: str, day: str, events: list[dict], drafted: str | None, now: str) -> ReportStanding:
    due_at = clock.at(day, DUE[level])
    submitted = [event for event in events if event["deed"] == "submit"]
    moves = [event for event in events if event["deed"] != "correct"]
    if not submitted:
        return ReportStanding(code, day, "draft" if drafted else "missing", due_at, updated_at=drafted)
    last, first = moves[-1], _punctual(moves)
    state = {"submit": "submitted", "receive": "received", "return": "returned", "recall": "recalled"}[last["deed"]]
    if state in ("submitted", "received") and now >= clock.at(day, CLOSES):
        state = "locked"
    return ReportStanding(
        code,
        day,
        state,
        due_at,
        version=submitted[-1]["version"],
        submitted_at=first["at"],
        sent_at=submitted[-1]["at"],
        late_minutes=first["late_minutes"],
        addenda=len(events) - len(moves),
        reason=last["reason"] if state in ("returned", "recalled") else None,
        who=submitted[-1]["who"],
        for_whom=submitted[-1]["for_whom"],
        updated_at=events[-1]["at"],
    )


def _punctual(moves: list[dict]) -> dict:
    """The version whose hour counts: the first, or after a recall the first since; as in `reports_counted`."""
    recalled = max((place for place, move in enumerate(moves) if move["deed"] == "recall"), default=-1)
    sent = [move for move in moves if move["deed"] == "submit"]
    since = [move for move in moves[recalled + 1 :] if move["deed"] == "submit"]
    return (since or sent)[0]


def recallable(report: ReportStanding, level: str, *, now: datetime) -> bool:
    """Whether the unit itself may still take its report back."""
    return report.sent and clock.stamp(now) <= clock.at(report.day, RECALLABLE[level])


def events(db: Database, user: User | None, code: str, day: str) -> list[dict]:
    """What was done, oldest first: `{deed, at, version, late_minutes, reason, content, who, for_whom}`."""
    check_inside(db, user, code)
    deeds = rows(db, _EVENTS.format(which="= :code"), {"day": day, "code": code, "by": "9"})
    return [event | {"content": json.loads(event["content"])} for event in deeds]


def sent(db: Database, codes: list[str], day: str, *, by: str) -> dict[str, dict]:
    """`{code: content}` of what stood of these units at the stamp `by`; what was returned or recalled does not."""
    return _contents(db, codes, day, by, standing=True)


def last_sent(db: Database, code: str, day: str) -> dict | None:
    """What the last version of a report says, also of one that was returned or recalled; None where none was sent."""
    return _contents(db, [code], day, "9", standing=False).get(code)


def _contents(db: Database, codes: list[str], day: str, by: str, *, standing: bool) -> dict[str, dict]:
    contents = db.conn.execute(
        """with told as (
               select id, area_code, deed, content from report_events
               where day = :day and at <= :by and area_code in (select value from json_each(:codes)))
           select s.area_code, s.content, max(s.id) from told s
           where s.deed = 'submit' and not (:standing and exists (
               select 1 from told b where b.area_code = s.area_code and b.deed in ('return', 'recall') and b.id > s.id))
           group by s.area_code""",
        {"day": day, "by": by, "codes": json.dumps(codes), "standing": standing},
    )
    return {code: json.loads(content) for code, content, _last in contents}


def check_inside(db: Database, user: User | None, code: str) -> None:
    """NotFound for a report outside the visitor's own area; `None` is the command line."""
    if user is not None:
        access.check(user, "report.see")
        require(access.holds_area(db, user, code) or None)


def sender(db: Database, code: str, day: str) -> str | None:
    """Who sent the last version."""
    name: str | None = value(
        db,
        """select a.full_name
           from report_events e join accounts a on a.id = e.account_id -- all: the name of who sent a report
           where e.day = ? and e.area_code = ? and e.deed = 'submit' order by e.id desc limit 1""",
        [day, code],
    )
    return name


def returned(db: Database, code: str, since: str) -> list[dict]:
    """Days from `since` on whose report of this unit was returned and not sent again: `{day, reason}`, oldest first."""
    days = rows(
        db,
        """select day, deed, reason, max(id) as last from report_events
           where area_code = :code and day >= :since and deed <> 'correct' group by day order by day""",
        {"code": code, "since": since},
    )
    return [{"day": line["day"], "reason": line["reason"]} for line in days if line["deed"] == "return"]


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
