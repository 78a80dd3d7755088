"""How a day stood at a minute, which boards compare with: counted once for everybody who asks.

Down to the communes the whole province is counted in one go, out of the course of the day: that of a day that is over
is read once, that of a running day once an hour. A hamlet or a team is counted from its own few households.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.oversight.figures import day_course as courses
from lib.oversight.figures import figures
from lib.oversight.figures.day_course import Course
from lib.screen.shared_cache import SharedCache

if TYPE_CHECKING:
    from lib.screen.board.place import Place

WIDE = ("province", "district")  # areas counted out of the course of a day; both they and their units are open to all
_ON_ITS_WAY = timedelta(minutes=1)  # an entry stamped already may be written no later than this
_courses, _everywhere, _inside = SharedCache(3), SharedCache(8), SharedCache(256)


def stood(db: Database, user: User, here: "Place", day: str, hour: str | None) -> dict[str, dict]:
    """`{code: figure}` of the place and its units as recorded by HH:MM of a day; without an hour, as it finally was."""
    place = (str(database.path()), day, hour)
    if hour is None:  # a final number still moves with late entries
        key = (*place, here.area["code"], *here.scope, here.changes)
        return _inside.get(key, lambda: figures.stood(db, here.area["code"], day, None, user=user))
    if here.area["level"] in WIDE:
        return _everywhere.get(place, lambda: figures.everywhere(db, day, hour, course=_course(db, day, here.now)))
    key = (*place, here.area["code"], *here.scope)
    return _inside.get(key, lambda: figures.stood(db, here.area["code"], day, hour, user=user))


def _course(db: Database, day: str, now: datetime) -> Course:
    running = day == clock.day_of(now)
    key = (str(database.path()), day, clock.stamp(now)[:13] if running else "")
    return _courses.get(key, lambda: courses.of_day(db, day, until=clock.stamp(now - _ON_ITS_WAY)))
