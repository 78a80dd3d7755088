"""Figures of boards, counted once for everybody who watches the same.

Figures are cached by the store's change counter, so that two hundred watchers cost one count per write. Boards compare
with how a day was at a minute: down to the communes the whole province is counted in one go, out of the course of the
day; that of a day that is over is read once, that of a running day once an hour. A hamlet or a team is counted from its
own few households.
"""

from datetime import datetime, timedelta

from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.oversight.figures import day_course, figures
from lib.oversight.figures.day_course import Course
from lib.screen.board.place import OPEN_TO_ALL, Board, BoardPlace
from lib.screen.shared_cache import SharedCache

_ON_ITS_WAY = timedelta(minutes=1)  # an entry stamped already may be written no later than this
_live, _courses, _everywhere, _inside = SharedCache(256), SharedCache(3), SharedCache(8), SharedCache(256)


def board(db: Database, user: User, place: BoardPlace) -> Board:
    """The board of a place; its figures are counted anew after each write."""
    before = at_minute(db, user, place, place.day_before, place.hour)
    counted = _live.get(
        (*place.key, place.changes), lambda: figures.of_units(db, place.units, place.day, before=before)
    )
    return Board(db, user, place, counted)


def at_minute(db: Database, user: User, place: BoardPlace, day: str, hour: str | None) -> dict[str, dict]:
    """`{code: figure}` of the place and its units as recorded by HH:MM of a day; without an hour, as it finally was."""
    key = (str(database.path()), day, hour)
    if hour is None:  # a final number still moves with late entries
        key = (*key, place.area["code"], *place.scope, place.changes)
        return _inside.get(key, lambda: figures.stood(db, place.area["code"], day, None, user=user))
    if place.area["level"] in OPEN_TO_ALL:
        return _everywhere.get(key, lambda: figures.everywhere(db, day, hour, course=_course(db, day, place.now)))
    key = (*key, place.area["code"], *place.scope)
    return _inside.get(key, lambda: figures.stood(db, place.area["code"], day, hour, user=user))


def _course(db: Database, day: str, now: datetime) -> Course:
    running = day == clock.day_of(now)
    key = (str(database.path()), day, clock.stamp(now)[:13] if running else "")
    return _courses.get(key, lambda: day_course.of_day(db, day, until=clock.stamp(now - _ON_ITS_WAY)))
