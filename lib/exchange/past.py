"""Days gone by: what a file says of them holds as long as nothing was counted since."""

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import value


def first_free(db: Database, today: str) -> str:
    """The first day from which on nothing was counted yet, today at the latest; the beginning in an empty store."""
    opened = value(db, "select max(day) from days where day < ?", [today])
    return clock.plus(opened, 1) if opened else "0000-00-00"
