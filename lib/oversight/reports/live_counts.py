"""What is known by now, to stand beside what a report froze, and what was entered in between."""

import json
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows
from lib.oversight.figures import units
from lib.oversight.reports import commune_counts


def counts(db: Database, code: str, day: str, *, now: datetime, rules: dict) -> dict[str, dict]:
    """`{area: counts}` of an area and all communes and districts in it, of everything entered by now.

    `rules` are those of `tally.of_communes`.
    """
    return by_then(db, code, day, clock.stamp(now), rules=rules)


def by_then(db: Database, code: str, day: str, at: str, *, rules: dict) -> dict[str, dict]:
    """The same, of everything of the day entered by a stamp."""
    area = units.area(db, code, None)
    found = commune_counts.of_communes(db, day, at, **rules, only=units.communes(db, area))
    inside = {code, *found, *(below["code"] for below in units.children(db, area, day, None))}
    return {place: sums for place, sums in commune_counts.by_area(db, found).items() if place in inside}


def since(db: Database, code: str, day: str, *, after: str) -> list[dict]:
    """Visits of the day entered or changed after a stamp, by commune: `{code, kind, name, n, last}`."""
    found = rows(
        db,
        """select a.code, a.kind, a.name, count(*) as n, max(ifnull(v.changed_at, v.recorded_at)) as last
           from visits v -- all: for sums only
           join households h on h.id = v.household_id -- all: for sums only
           join areas a on a.code = h.commune_code
           where v.day = :day and ifnull(v.changed_at, v.recorded_at) > :after
               and h.commune_code in (select value from json_each(:communes))
           group by a.code order by a.name_sort, a.kind, a.code""",
        {"day": day, "after": after, "communes": json.dumps(units.communes(db, units.area(db, code, None)))},
    )
    return found
