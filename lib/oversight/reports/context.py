"""What everything drawn of one report starts from: area, day, standing, freeze and version of the form, read once."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User, require
from lib.oversight.figures import units
from lib.oversight.report_template import versions
from lib.oversight.reports import snapshots, states
from lib.oversight.reports.states import ReportStanding


@dataclass(frozen=True)
class ReportContext:
    """The report of an area and a day, as somebody looks at it at an instant.

    `area` is a row of `figures.units`, `snapshot` that of `snapshots.of_day`, None before the freeze. `mine` says that
    the area is the visitor's own, or that there is no visitor; `writable` that the visitor may still change the report.
    """

    area: dict
    day: str
    now: datetime
    standing: ReportStanding
    snapshot: dict | None
    template: int
    mine: bool
    writable: bool

    @property
    def code(self) -> str:
        return str(self.area["code"])

    @property
    def level(self) -> str:
        return str(self.area["level"])

    @property
    def is_today(self) -> bool:
        return self.day == clock.day_of(self.now)

    @property
    def cutoff(self) -> str:
        """The hour at which the figures of this report are frozen."""
        return snapshots.CUTOFFS[snapshots.kind_of(self.level)]


def read(db: Database, user: User | None, code: str, day: str, *, now: datetime) -> ReportContext:
    """The context of a report; NotFound outside the visitor's area and for a hamlet. `None` is the command line."""
    states.check_inside(db, user, code)
    return of_area(db, user, require(_reporting(units.area(db, code, None))), day, now=now)


def _reporting(area: dict) -> dict | None:
    return area if area["level"] in states.DUE else None


def of_area(db: Database, user: User | None, area: dict, day: str, *, now: datetime) -> ReportContext:
    """The same for an area that was read and checked already."""
    standing = states.standing(db, area["code"], day, now=now)
    snapshot = snapshots.of_day(db, day, snapshots.kind_of(area["level"]))
    mine = user is None or user.area_code == area["code"]
    return ReportContext(
        area,
        day,
        now,
        standing,
        snapshot,
        snapshot["template"] if snapshot else versions.current(db),
        mine,
        user is not None and mine and user.can("report.write") and not standing.sent,
    )
