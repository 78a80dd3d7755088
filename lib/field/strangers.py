"""Saves forced into a team or a row that is not the visitor's: refused by whoever calls, and kept in the log here.

The line belongs to the visitor's own area: whom it was aimed at learns nothing of it.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from lib.core import text
from lib.core.access import User
from lib.core.audit import log

_MANY = 50  # codes in one line, each cut to a code's length


def refused(db: Database, user: User, team: dict, day: str, codes: Iterable, *, now: datetime) -> None:
    """One line for these codes; a transaction of its own unless one is open."""
    if codes:
        detail = {"day": day, "team": team["id"], "rows": sorted(text.clean(str(code))[:20] for code in codes)[:_MANY]}
        log(db, user, "visit.refused", now=now, area=user.area_code, subject=team.get("name"), detail=detail)
