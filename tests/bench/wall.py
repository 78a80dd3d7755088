"""The wall "No household left out": of a commune when its lists changed and when not, and of the province.

Nothing in it waits but for the processor, whose time is told.
"""

import time
from pathlib import Path
from statistics import median

from sqlite_utils import Database

from lib.core import database
from lib.core.access import User
from lib.core.database import row
from lib.oversight.figures import units
from lib.oversight.work import gaps_by_kind
from lib.register.households import households
from tests.bench.measure import note, timed
from tests.bench.store import NOW, TODAY, signed_in

PROVINCE, SOME = "72", 9


def bench(file: Path) -> None:
    """(j) From the facts to the rows of every gap."""
    first, changed, again = [], [], []
    for commune in _communes(file):
        db, user = signed_in(file, "commune", commune)
        first.append(_taken(db, commune, 1))
        for _n in range(3):
            edit(db, user, commune)
            changed.append(_taken(db, commune, 1))
        again.append(_taken(db, commune, 5))
        db.close()
    note(
        "j  wall of a commune after one of its households changed",
        median(changed) * 1000,
        "ms",
        "<= 50",
        median(changed) <= 0.05,
    )
    note("j  the same, the largest commune", median(changed[:3]) * 1000, "ms", "<= 50", median(changed[:3]) <= 0.05)
    note("j  wall of a commune, nothing changed", median(again) * 1000, "ms", "<= 50", median(again) <= 0.05)
    note("j  its very first look since the program began: all duplicates sought", median(first) * 1000, "ms", "")
    _province(file)


def _communes(file: Path) -> list[str]:
    """The largest, and some more of all sizes."""
    db = database.connect(file)
    found = db.conn.execute("select commune_code from households group by 1 order by count(*) desc").fetchall()
    db.close()
    codes = [code for (code,) in found]
    return codes[:: max(len(codes) // SOME, 1)]


def _taken(db: Database, commune: str, times: int) -> float:
    return timed(lambda: dict(gaps_by_kind.of_commune(db, commune, TODAY)), times, by=time.thread_time)


def edit(db: Database, user: User, commune: str) -> None:
    """A clerk corrects the lane of a household, which moves whom it is compared with."""
    some = row(
        db,
        """select code, lane, version from my_households where commune_code = ? and merged_into is null
           order by random() limit 1""",
        [commune],
    )
    lane = f"{some['lane'] or 'Hẻm'} A"
    households.edit(db, user, some["code"], {"lane": lane}, some["version"], now=NOW)


def _province(file: Path) -> None:
    db, user = signed_in(file, "province")
    unit = units.area(db, PROVINCE, user)
    below = units.children(db, unit, TODAY, user)
    taken = timed(lambda: gaps_by_kind.by_unit(db, unit, below, TODAY), 7, by=time.thread_time)
    note("j  wall of the province", taken * 1000, "ms", "<= 300", taken <= 0.3)
    db.close()
