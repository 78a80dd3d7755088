"""Recent changes on a board: units with a fresh entry, and places won or lost since an hour ago.

`visits` and `assignments` are read here for counts only; no row of a household leaves this room.
"""

import json
from datetime import datetime, timedelta

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows
from lib.oversight.figures import units
from lib.oversight.figures.figures import ranked

LATELY = timedelta(minutes=10)
_BACK = timedelta(hours=1)

_KEYS = {"commune": "d.commune_code", "hamlet": "h.hamlet_code", "team": "'team:' || d.team_id"}


def since(now: datetime) -> str:
    """The stamp from which on an entry counts as fresh."""
    return clock.stamp(now - LATELY)


def updated(db: Database, area: dict, below: list[dict], day: str, *, now: datetime) -> list[dict]:
    """Units with a fresh entry of that day, newest first: `{code, name, kind, level, parent_name, last_entry_at}`.

    Of a province its communes; of any other area what lies in it, with the visitor's own figures `below`.
    """
    if area["level"] == "province":
        fresh = _communes(db, area, day, since(now))
    else:
        fresh = [unit for unit in below if (unit["last_entry_at"] or "") >= since(now)]
    return sorted(fresh, key=lambda unit: unit["last_entry_at"], reverse=True)


def _communes(db: Database, area: dict, day: str, since: str) -> list[dict]:
    return rows(
        db,
        """select a.code, a.name, a.kind, a.level, p.kind || ' ' || p.name as parent_name, a.parent_code,
               max(d.last_entry_at) as last_entry_at
           from team_day d join areas a on a.code = d.commune_code join areas p on p.code = a.parent_code
           where d.day = :day and d.commune_code in (select value from json_each(:communes))
               and d.last_entry_at >= :since
           group by a.code order by a.name_sort, a.kind, a.code""",
        {"day": day, "communes": json.dumps(units.communes(db, area)), "since": since},
    )


def entered(db: Database, area: dict, shown: list[dict], day: str, *, now: datetime) -> dict[str, int]:
    """`{code: rows entered lately}` of units of one level, as `updated` gives them."""
    if not shown:
        return {}
    level = shown[0]["level"]
    communes = [unit["code"] for unit in shown] if level == "commune" else units.communes(db, area)
    lines = rows(
        db,
        f"""select {_KEYS[level]} as code, count(*) as n
            from team_day d
            join assigned_households a on a.day = d.day and a.team_id = d.team_id and a.status is null
            join households h on h.id = a.household_id  -- all: for counts only
            join visits v on v.day = d.day and v.household_id = h.id  -- all: for counts only
            where d.day = :day and d.commune_code in (select value from json_each(:communes))
                and d.last_entry_at >= :since and v.recorded_at >= :since
            group by 1""",
        {"day": day, "communes": json.dumps(communes), "since": since(now)},
    )
    counted = {line["code"]: line["n"] for line in lines}
    return {unit["code"]: counted.get(unit["code"], 0) for unit in shown}


# Ranks


def hour_before(day: str, *, now: datetime) -> str | None:
    """The minute (HH:MM) an hour ago, with which ranks are compared; None when the day was not running then."""
    then = now - _BACK
    return clock.hour_of(then) if clock.day_of(then) == day == clock.day_of(now) else None


def ranks_at(below: list[dict], then: dict[str, dict]) -> dict[str, int | None]:
    """`{code: rank}` of the units of an area by their figures `then`; `below` are those of now."""
    figures = [dict(then[unit["code"]]) for unit in below if unit["code"] in then]
    return {figure["code"]: figure["rank"] for figure in ranked(figures)}


def places_won(below: list[dict], then: dict[str, int | None] | None) -> dict[str, int | None]:
    """`{code: places}` won (+) or lost (-) against the ranks `then`; None where either is missing."""
    was = {unit["code"]: (then or {}).get(unit["code"]) for unit in below}
    return {
        unit["code"]: rank - unit["rank"] if (rank := was[unit["code"]]) and unit["rank"] else None for unit in below
    }
