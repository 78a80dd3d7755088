"""What is known by now, to stand beside what a report froze, and what was entered in between."""

import json

from sqlite_utils import Database

from lib.core.database import rows
from lib.oversight.figures import units
from lib.oversight.reports import commune_counts


def counts(db: Database, area: dict, day: str, at: str) -> dict[str, dict]:
    """`{area: counts}` of an area and all communes and districts in it, of what was entered by the stamp `at`."""
    communes = commune_counts.of_communes(db, day, at, only=units.communes(db, area))
    inside = {area["code"], *communes, *(child["code"] for child in units.children(db, area, day, None))}
    return {code: sums for code, sums in commune_counts.by_area(db, communes).items() if code in inside}


def since(db: Database, area: dict, day: str, *, after: str) -> list[dict]:
    """Visits of the day entered or changed after a stamp, by commune: `{code, kind, name, n, last}`."""
    return rows(
        db,
        """select a.code, a.kind, a.name, count(*) as n, max(ifnull(v.changed_at, v.recorded_at)) as last
           from visits v -- all: for sums only
           join households h on h.id = v.household_id -- all: for sums only
           join areas a on a.code = h.commune_code
           where v.day = :day and ifnull(v.changed_at, v.recorded_at) > :after
               and h.commune_code in (select value from json_each(:communes))
           group by a.code order by a.name_sort, a.kind, a.code""",
        {"day": day, "after": after, "communes": json.dumps(units.communes(db, area))},
    )
