"""Frozen figures: what was known at 14:00 and at 15:00, once, hashed and chained (S0-23, S0-25).

A cut-off is sealed first: from then on no entry of the day bears an earlier stamp, whatever the clock says. Then the
figures are counted as recorded by the cut-off, outside the lock, and stored. A machine that was down does the same
when it starts, and notes when.
"""

import json
from datetime import datetime, timedelta

from sqlite_utils import Database

from lib.core import audit, clock, rollup, trusted_time
from lib.core.database import row, value, write
from lib.oversight.figures import list_completeness
from lib.oversight.report_template import versions
from lib.oversight.reports import commune_counts, snapshot_chain

CUTOFFS = {"district": clock.DISTRICT_CUTOFF, "province": clock.PROVINCE_CUTOFF}
DAYS_BACK = 31  # how far back a machine that was down freezes what it missed


def kind_of(level: str) -> str:
    """The freeze that the report of an area of this level is made of."""
    return "province" if level == "province" else "district"


def due(db: Database, *, now: datetime) -> list[tuple[str, str]]:
    """`(day, kind)` whose cut-off has passed and that is not frozen, oldest first; opened days only."""
    today = clock.day_of(now)
    opened = db.conn.execute(
        "select day from days where day > ? and day <= ? order by day", [clock.plus(today, -DAYS_BACK), today]
    ).fetchall()
    frozen = set(db.conn.execute("select day, kind from snapshots").fetchall())
    return [
        (day, kind)
        for (day,) in opened
        for kind, hour in CUTOFFS.items()
        if (day, kind) not in frozen and clock.at(day, hour) <= clock.stamp(now)
    ]


def freeze(db: Database, day: str, kind: str, *, now: datetime) -> bool:
    """Freeze one cut-off of a day; False when it stands already or the clock is in doubt."""
    if trusted_time.doubt(db, now=now):
        return False
    as_of = clock.at(day, CUTOFFS[kind])
    _seal(db, day, as_of)
    by_area = commune_counts.by_area(db, commune_counts.of_communes(db, day, as_of))
    with write(db):
        if row(db, "select 1 from snapshots where day = ? and kind = ?", [day, kind]):
            return False
        version = versions.ensure(db, now=now)
        head = {
            "day": day,
            "kind": kind,
            "as_of": as_of,
            "frozen_at": max(clock.stamp(now), as_of),
            "template": version,
            "areas": len(by_area),
        }
        before = value(db, "select link from snapshots order by id desc limit 1")
        cursor = db.conn.execute(
            """insert into snapshots (day, kind, as_of, frozen_at, template, areas, link)
               values (:day, :kind, :as_of, :frozen_at, :template, :areas, :link)""",
            head
            | {
                "link": snapshot_chain.link(
                    before, head, {code: commune_counts.as_json(sums) for code, sums in by_area.items()}
                )
            },
        )
        db.conn.executemany(
            "insert into snapshot_values (snapshot_id, area_code, counted) values (?, ?, ?)",
            [(cursor.lastrowid, code, commune_counts.as_json(sums)) for code, sums in sorted(by_area.items())],
        )
        audit.log(db, None, "report.freeze", audit.Act(day, detail={"kind": kind, "as_of": as_of}), now=now)
    return True


def _seal(db: Database, day: str, as_of: str) -> None:
    floor = clock.stamp(clock.instant(as_of) + timedelta(seconds=1))
    with write(db):
        rollup.raise_floor(db, day, floor)


def of_day(db: Database, day: str, kind: str) -> dict | None:
    """`{id, day, kind, as_of, frozen_at, template, areas, link}`, or None while it is not frozen."""
    return row(
        db,
        """select id, day, kind, as_of, frozen_at, template, areas, link from snapshots
           where day = ? and kind = ?""",
        [day, kind],
    )


def form(db: Database, day: str, level: str) -> int:
    """The version of the form that an area's report of a day has: of its freeze, or the one in force before that."""
    head = of_day(db, day, kind_of(level))
    return head["template"] if head else versions.current(db)


def counted(db: Database, snapshot_id: int, codes: list[str] | None = None) -> dict[str, dict]:
    """`{area: counts}` of a snapshot, of all its areas or of these."""
    values = db.conn.execute(
        """select area_code, counted from snapshot_values
           where snapshot_id = :id and (:codes is null or area_code in (select value from json_each(:codes)))""",
        {"id": snapshot_id, "codes": codes and json.dumps(codes)},
    )
    return {code: _read(sums) for code, sums in values}


def _read(sums: str) -> dict:
    return list_completeness.read(json.loads(sums))


def between(db: Database, kind: str, code: str, first: str, last: str) -> list[tuple[str, dict]]:
    """`(day, counts)` of one area over the frozen days from `first` to `last`."""
    values = db.conn.execute(
        """select s.day, v.counted from snapshots s join snapshot_values v on v.snapshot_id = s.id
           where s.kind = ? and v.area_code = ? and s.day between ? and ? order by s.day""",
        [kind, code, first, last],
    )
    return [(day, _read(sums)) for day, sums in values]


def of_area(db: Database, day: str, code: str) -> list[tuple[str, dict]]:
    """`(hour, counts)` of what is frozen of one area on a day, earliest first; nothing below the commune."""
    values = db.conn.execute(
        """select s.kind, v.counted from snapshots s
           join snapshot_values v on v.snapshot_id = s.id and v.area_code = :code
           where s.day = :day order by s.as_of""",
        {"day": day, "code": code},
    )
    return [(CUTOFFS[kind], _read(sums)) for kind, sums in values]
