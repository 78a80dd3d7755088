"""The place a board shows, with the keys of what is cached for it.

Below commune level a key names the visitor's grant: nobody is handed what another area may see.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.oversight.figures import figures, units
from lib.register import size_rules
from lib.screen import i18n

OPEN_TO_ALL = ("province", "district")  # their children are districts and communes


@dataclass(frozen=True)
class BoardPlace:
    """An area and what lies in it, on a day, at an instant, for a visitor, after so many writes."""

    units: list[dict]  # the area first
    day: str
    now: datetime
    scope: tuple
    changes: int

    @property
    def area(self) -> dict:
        return self.units[0]

    @property
    def watch_key(self) -> tuple:
        """The store, the area, the day, and who may see it."""
        return (str(database.path()), self.area["code"], self.day, *self.scope)

    @property
    def key(self) -> tuple:
        """What a cached answer depends on beside the writes. A running day is compared anew every minute."""
        return (*self.watch_key, self.hour)

    @property
    def days_key(self) -> tuple:
        """The same of the days before this one, which hardly change: read anew every ten minutes."""
        return (*self.watch_key, clock.stamp(self.now)[:15])

    @property
    def live_key(self) -> tuple:
        return (*self.key, self.changes, i18n.language())

    @property
    def today(self) -> str:
        return clock.day_of(self.now)

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def day_before(self) -> str:
        return clock.plus(self.day, -1)

    @property
    def minutes_left(self) -> int:
        """Until the day's cut-off, a begun minute counted whole; 0 or less when it has passed."""
        cutoff = clock.instant(clock.at(self.day, clock.DISTRICT_CUTOFF))
        return clock.begun_minutes(cutoff - self.now)

    @property
    def hour(self) -> str | None:
        """The hour at which the day before is compared; None when the day is over."""
        return figures.same_hour(self.day, now=self.now)


@dataclass(frozen=True)
class Board:
    """One run of a board: the store, the visitor, the place, and the figures of its units, the area's first."""

    db: Database
    user: User
    place: BoardPlace
    figures: list[dict]

    @property
    def area(self) -> dict:
        """The figures of the area itself."""
        return self.figures[0]

    @property
    def below(self) -> list[dict]:
        """The figures of what lies in it, by rank."""
        return self.figures[1:]


def at(db: Database, user: User, code: str, day: str, now: datetime) -> BoardPlace:
    """The board of an area. Raises NotFound for a hamlet outside the visitor's area as for a code nobody has."""
    area, *below = units.compared(db, code, day, user)
    return BoardPlace([area, *below], day, now, _scope(area, user), database.changes(db))


def _scope(area: dict, user: User) -> tuple:
    return () if area["level"] in OPEN_TO_ALL else (user.grant_id, user.role, user.area_code, user.team_id)


def target(db: Database) -> float:
    """The coverage a province aims at, drawn as a line."""
    return size_rules.read(db).coverage_target / 100
