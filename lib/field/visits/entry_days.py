"""Decides which days may still be entered, by whom, and whether an entry is late."""

from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, text
from lib.core.access import User
from lib.core.database import value
from lib.core.errors import N_, Invalid, Refused, Say
from lib.core.words import dates

REASON_LIMIT = 200


def is_late(db: Database, day: str, *, now: datetime) -> bool:
    """Whether an entry made now comes after the day's cut-off and moves only the final number."""
    fixed = value(db, "select cutoff_at from days where day = ?", [day])
    return clock.stamp(now) > (fixed or clock.at(day, clock.DISTRICT_CUTOFF))


def check(user: User, day: str, *, now: datetime, reason: str | None = None) -> str | None:
    """Raise unless the visitor may enter this day; return the cleaned reason if the day needs one.

    Today and yesterday may be entered, older days by commune staff with a reason, future days never.
    """
    access.check(user, "visit.enter")
    if not dates.is_day(day):
        raise Invalid({"day": Say(N_("There is no such day in the calendar; check day and month."))})
    if day > clock.day_of(now):
        raise Invalid({"day": Say(N_("Future days cannot be entered; choose today or an earlier day."))})
    if day >= clock.plus(clock.day_of(now), -1):
        return None
    if not user.can("visit.enter_older"):
        raise Refused(N_("Days before yesterday are entered by commune staff, with a reason."))
    reason = text.clean(reason)
    if not reason:
        raise Invalid({"reason": Say(N_("Give the reason for entering this day so late."))})
    if len(reason) > REASON_LIMIT:
        raise Invalid({"reason": Say(N_("A reason may have at most {limit} characters."), {"limit": REASON_LIMIT})})
    return reason
