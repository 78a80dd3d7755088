"""What waits for the visitor in which room, as numbers beside the names of the menu."""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.identity import delegation
from lib.oversight.reports import reminders, states

DAYS_BACK = reminders.DAYS_BACK  # how long a returned report keeps asking


def rooms(db: Database, user: User, *, now: datetime) -> dict[str, dict[str, int]]:
    """`{room: {kind: number}}` of what waits: delegations new and in force, reminders, returned reports of one's own.

    A room where nothing waits is left out.
    """
    day = clock.day_of(now)
    held = delegation.held(db, user, day)
    new = sum(line["seen_at"] is None for line in held)
    in_force = sum(line["in_force"] and line["seen_at"] is not None for line in held)
    returned = own_returned(db, user, day)
    waiting = {
        "me": {"new": new, "in_force": in_force},
        "report": {"returned": len(returned)},
        "reports": {"reminders": len(reminders.open_for(db, user, now=now))},
    }
    without_empty = {room: {kind: n for kind, n in kinds.items() if n} for room, kinds in waiting.items()}
    return {room: kinds for room, kinds in without_empty.items() if kinds}


def own_returned(db: Database, user: User, day: str) -> list[dict]:
    """Reports of the visitor's own unit that came back and wait to be sent again: `{day, reason}`."""
    if not user.can("report.write"):
        return []
    return states.returned(db, user.area_code, clock.plus(day, -DAYS_BACK))
