"""How completely and how punctually units report: submitted / due and on time / due, by clock minute (S0-23).

A day is due once its hour has passed, and none before the programme's first day (S0-26). On a day that was never
opened nobody could send anything: it is a gap, not a missing report. Counted are reports that stand, as
`reports_counted` has them: on time is the first version, sent by the last second of the deadline. A later version does
not make a late report punctual, and a recalled one counts from when it was sent again. One that was returned and not
sent again counts as neither (`ReportStanding.bucket`).
"""

import json
from dataclasses import dataclass, fields
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User, require
from lib.core.database import rows
from lib.oversight.reports.states import DUE, first_day

LONGEST = 92  # days of one look


@dataclass(frozen=True)
class Punctuality:
    """Counts of reports of one unit (or of all units in it) over some days."""

    due: int = 0
    submitted: int = 0
    on_time: int = 0
    returned: int = 0

    @property
    def completeness(self) -> float | None:
        return self.submitted / self.due if self.due else None

    @property
    def timeliness(self) -> float | None:
        return self.on_time / self.due if self.due else None

    def __add__(self, other: "Punctuality") -> "Punctuality":
        return Punctuality(*(getattr(self, name) + getattr(other, name) for name in _COUNTS))


_COUNTS = tuple(each.name for each in fields(Punctuality))


def days_due(db: Database, level: str, first: str, last: str, *, now: datetime) -> list[str]:
    """The days from `first` to `last` whose report of this level is due by now."""
    held = db.conn.execute(
        """select day from days where day between :first and :last
           union select day from report_events where deed = 'submit' and day between :first and :last order by 1""",
        {"first": max(first, first_day(db)), "last": last},
    )
    return [day for (day,) in held if clock.at(day, DUE[level]) < clock.stamp(now)]


def of_units(db: Database, units: dict[str, str], first: str, last: str, *, now: datetime) -> dict[str, Punctuality]:
    """`{code: Punctuality}` of the reports of these units, `{code: level}`, over the due days."""
    levels = set(units.values())
    days = {level: days_due(db, level, first, last, now=now) for level in levels}
    sent = {line["code"]: line for line in _sent(db, units, days)}
    nothing = dict.fromkeys(_COUNTS[1:], 0)
    return {
        code: Punctuality(len(days[level]), **{name: sent.get(code, nothing)[name] for name in nothing})
        for code, level in units.items()
    }


def below(db: Database, user: User, area: str, first: str, last: str, *, now: datetime) -> list[dict]:
    """Units directly below an area: `{code, kind, name, own: Punctuality, inside: Punctuality}`, in Vietnamese order.

    `own` is the unit's own report, `inside` those of the communes in it.
    """
    access.check(user, "report.see")
    require(access.holds_area(db, user, area) or None)
    units = rows(
        db,
        """select code, kind, name, level, parent_code from areas where level in ('district', 'commune') and (
               parent_code = :area or parent_code in (select code from areas where parent_code = :area))
           order by name_sort, kind, code""",
        {"area": area},
    )
    by_unit = of_units(db, {unit["code"]: unit["level"] for unit in units}, first, last, now=now)
    return [
        unit
        | {
            "own": by_unit[unit["code"]],
            "inside": sum(
                (by_unit[child["code"]] for child in units if child["parent_code"] == unit["code"]), Punctuality()
            ),
        }
        for unit in units
        if unit["parent_code"] == area
    ]


def by_day(db: Database, user: User, area: str, first: str, last: str, *, now: datetime) -> list[dict]:
    """Every due day of the units below: `{code, day, late, returned}`; late in minutes, None where none stands."""
    access.check(user, "report.see")
    require(access.holds_area(db, user, area) or None)
    units = rows(db, "select code, level from areas where parent_code = ? and level <> 'hamlet'", [area])
    sent = rows(
        db,
        """select e.area_code as code, e.day, iif(e.last in ('submit', 'receive'), e.late_minutes, null) as late,
               e.last = 'return' as returned
           from reports_counted e join areas on areas.code = e.area_code
           where areas.parent_code = ? and e.day between ? and ?""",
        [area, first, last],
    )
    came = {(line["code"], line["day"]): line for line in sent}
    nothing = {"late": None, "returned": 0}
    return [
        nothing | came.get((unit["code"], day), {}) | {"code": unit["code"], "day": day}
        for unit in units
        for day in days_due(db, unit["level"], first, last, now=now)
    ]


def _sent(db: Database, units: dict[str, str], days: dict[str, list[str]]) -> list[dict]:
    """Reports of due days that stand, counted by unit."""
    due = [[code, day] for code, level in units.items() for day in days[level][:1] + days[level][-1:]]
    if not due:
        return []
    return rows(
        db,
        """select e.area_code as code, sum(e.last in ('submit', 'receive')) as submitted,
               sum(e.late_minutes = 0 and e.last in ('submit', 'receive')) as on_time,
               sum(e.last = 'return') as returned
           from reports_counted e join (select value ->> 0 as code, min(value ->> 1) as first, max(value ->> 1) as last
               from json_each(:due) group by 1) d on d.code = e.area_code and e.day between d.first and d.last
           group by e.area_code""",
        {"due": json.dumps(due)},
    )
