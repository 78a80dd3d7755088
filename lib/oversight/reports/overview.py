"""The reports of a day below an area: each unit with its standing, its officers and its last reminder."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User, require
from lib.core.database import rows
from lib.oversight.reports import officers, reminders, states
from lib.oversight.reports.states import CLOSES, DUE, ReportStanding


def units(db: Database, user: User, area: str, day: str, *, now: datetime) -> list[dict]:
    """Units directly below an area, each with those below it under `inside`; NotFound outside the visitor's own.

    `{code, kind, name, level, parent_code, standing, officers: {duty: officer}, reminder, overdue, inside}`; `overdue`
    is minutes past the deadline of today without a report.
    """
    access.check(user, "report.see")
    require(access.holds_area(db, user, area) or None)
    areas = rows(
        db,
        """select code, kind, name, level, parent_code from areas where level in ('district', 'commune') and (
               parent_code = :area or parent_code in (select code from areas where parent_code = :area))
           order by name_sort, kind, code""",
        {"area": area},
    )
    listed = _standing(db, user, areas, day, now)
    return [
        unit | {"inside": [child for child in listed if child["parent_code"] == unit["code"]]}
        for unit in listed
        if unit["parent_code"] == area
    ]


def own(db: Database, user: User, day: str, *, now: datetime) -> dict:
    """The visitor's own report, as one of `units`."""
    access.check(user, "report.see")
    sql = "select code, kind, name, level, parent_code from areas where code = ?"
    return _standing(db, user, rows(db, sql, [user.area_code]), day, now)[0] | {"inside": []}


def _standing(db: Database, user: User, units: list[dict], day: str, now: datetime) -> list[dict]:
    codes = [unit["code"] for unit in units]
    standings = states.standings(db, codes, day, now=now)
    answers, last = officers.seen(db, user, codes, day), reminders.latest(db, user, codes, day, now=now)
    return [
        unit
        | {
            "standing": standings[unit["code"]],
            "officers": answers[unit["code"]],
            "reminder": last.get(unit["code"]),
            "overdue": overdue(standings[unit["code"]], now),
        }
        for unit in units
    ]


def overdue(standing: ReportStanding, now: datetime) -> int:
    """Begun minutes past the deadline without a report, on its own day only; later it is missing for good."""
    if standing.version and standing.state != "recalled" or clock.day_of(now) != standing.day:
        return 0
    return max(0, clock.begun_minutes(now - clock.instant(standing.due_at)))


def tally(units: Iterable[dict]) -> dict[str, int]:
    """`{units, on_time, late, returned, missing, drafts, overdue}`; the first four of the rest add up to `units`."""
    sums = dict.fromkeys(("units", "on_time", "late", "returned", "missing", "drafts", "overdue"), 0)
    for unit in units:
        sums["units"] += 1
        sums[unit["standing"].bucket] += 1
        sums["drafts"] += unit["standing"].state == "draft"
        sums["overdue"] += bool(unit["overdue"])
    return sums


def is_due(db: Database, day: str) -> bool:
    """Whether reports of a day are due at all: not before the programme's first (S0-26)."""
    return day >= states.first_day(db)


def next_deadline(day: str, levels: Iterable[str], *, now: datetime) -> tuple[str, str, int] | None:
    """`(level, hour, minutes left)` of the next deadline of today among these levels and the closing, else None."""
    hours = [(DUE[level], level) for level in levels] + [(CLOSES, "closing")]
    for hour, level in sorted(hours):
        left = clock.instant(clock.at(day, hour)) - now
        if left >= timedelta(0):
            return level, hour, clock.begun_minutes(left)
    return None
