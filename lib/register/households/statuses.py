"""Sets and ends the dated status of a household that is not visited: quarantined, elsewhere, moved (S1-28).

Periods are half-open and never overlap: a new one cuts the old one short. Every command recounts
the household's teams and hamlet from the first day it touches.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, form_input, rollup
from lib.core.access import User, can, require
from lib.core.audit import SINGLE, act
from lib.core.database import row
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.form_input import Typed, shown
from lib.register.households import status_periods as periods
from lib.register.households.status_periods import begin_status as begin_status
from lib.register.households.status_periods import finish_status as finish_status
from lib.register.households.status_periods import history as history
from lib.register.households.status_periods import on as on

OFFERED = ("central_quarantine", "locked_down_elsewhere", "moved")
DAYS_BACK = 2  # further back is for commune staff
LONGEST = 366


@dataclass(frozen=True)
class StatusEntry:
    """A status as it is typed: one of OFFERED, its first day, the day on which the household is due again, and why."""

    status: str | None
    from_day: str | None
    until_day: str | None = None
    reason: str | None = None


def set_status(db: Database, user: User, code: str, entry: StatusEntry, *, now: datetime) -> None:
    """Set a household's status, so that it is not due from a day on; 'moved' also ends its assignment."""
    with act(db, user, "household.edit", now=now, kind="household.status", undo=SINGLE) as deed:
        household = _household(db, code)
        new = _typed(user, asdict(entry), clock.day_of(now))
        _free(db, household["id"], new)
        teams = periods.teams(db, household["id"], new["from_day"])
        begun = begin_status(db, household["id"], new["status"], new["from_day"], new["reason"], new["until_day"])
        rollup.recount(db, teams=teams, hamlets={household["hamlet_code"]}, since=new["from_day"])
        deed.subject, deed.area, deed.detail, deed.nothing = code, household["commune_code"], new, not begun


def end_status(
    db: Database, user: User, code: str, until_day: str, *, now: datetime, reason: str | None = None
) -> None:
    """End a household's status, so that it is due again from `until_day`; ended on its first day it never held."""
    with act(db, user, "household.edit", now=now, kind="household.status_end", undo=SINGLE) as deed:
        household = _household(db, code)
        typed = Typed({"until_day": until_day, "reason": reason})
        until = _day(typed, user, "until_day", clock.day_of(now))
        why = form_input.reason(typed, until, today=clock.day_of(now))
        typed.done()
        living = periods.living(db, household["id"], clock.day_of(now))
        living = _check_end(living, until)
        teams = periods.teams(db, household["id"], until)
        finish_status(db, household["id"], until)
        rollup.recount(db, teams=teams, hamlets={household["hamlet_code"]}, since=until)
        deed.subject, deed.area = code, household["commune_code"]
        deed.detail = {"status": living["status"], "until_day": [living["until_day"], until], "reason": why}


def _household(db: Database, code: str) -> dict:
    sql = "select id, commune_code, hamlet_code, merged_into from my_households where code = ?"
    household = require(row(db, sql, [code]))
    if household["merged_into"]:
        raise Conflict(N_("This household has already moved or been merged; open the one it became."))
    return household


def _typed(user: User, values: dict, today: str) -> dict:
    typed = Typed(values)
    status = typed.choice("status", OFFERED, required=True)
    first = _day(typed, user, "from_day", today)
    last = typed.day("until_day", today=today, latest=clock.plus(first or today, LONGEST))
    reason = form_input.reason(typed, first, today=today)
    if last and status == "moved":
        typed.fault("until_day", N_("Leave the end empty for a household that moved; end the status when it returns."))
    if first and last and last <= first:
        typed.fault("until_day", N_("The end must be after the beginning, {first}."), first=shown(first))
    typed.done()
    return {"status": status, "from_day": first, "until_day": last, "reason": reason}


def _day(typed: Typed, user: User, field: str, today: str) -> str:
    """Return the day: at most tomorrow, at least two days ago except for commune staff."""
    day = typed.day(field, today=today, latest=clock.plus(today, 1), required=True)
    if day and day < clock.plus(today, -DAYS_BACK) and not can(user, "visit.enter_older"):
        typed.fault(field, N_("Days more than two days ago are entered by commune staff; tell them."))
    return day


def _free(db: Database, household_id: int, new: dict) -> None:
    """Raise Conflict if the new period would overwrite a finished later one."""
    later = row(
        db,
        """select from_day, until_day
           from household_status  -- all: this household's own
           where household_id = :household and from_day > :from_day and until_day > from_day
               and (:until_day is null or from_day < :until_day)""",
        {"household": household_id, **new},
    )
    if later:
        raise Conflict(
            N_("This household already has a status from {first} to {last}; end that one first."),
            first=shown(later["from_day"]),
            last=shown(later["until_day"]),
        )


def _check_end(living: dict | None, until: str) -> dict:
    """Return the status to end; raise Conflict or Invalid if it cannot end on this day."""
    if living is None:
        raise Conflict(N_("This household has no status to end; reload the page."))
    if until < living["from_day"]:
        raise Invalid(
            {
                "until_day": Say(
                    N_("This status began on {day}; choose that day or later."), {"day": shown(living["from_day"])}
                )
            }
        )
    if living["until_day"] and until >= living["until_day"]:
        raise Invalid(
            {
                "until_day": Say(
                    N_("This status already ends on {day}; choose an earlier day."), {"day": shown(living["until_day"])}
                )
            }
        )
    return living
