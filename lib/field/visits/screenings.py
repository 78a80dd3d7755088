"""Reads and writes the findings about people of a visit: symptoms, temperature, arrivals.

Rows belong to one version of a visit and are always written whole; whoever is new at the door is
added to the household's persons in the same transaction. Nothing of this goes into the log.
"""

import json
from datetime import datetime
from functools import cache

from sqlite_utils import Database

from lib.core.access import User
from lib.core.database import rows
from lib.core.errors import Problem
from lib.core.sql import not_over
from lib.register.areas import area_table, official_units
from lib.register.households import persons


@cache
def provinces() -> dict[str, official_units.Area]:
    """Return the 63 provinces by code, in Vietnamese order of their names."""
    return {area.code: area for area in official_units.provinces()}


# Reading; the ids are those of households found in the visitor's area


def of_households(db: Database, households: list[int], day: str) -> dict[int, list[dict]]:
    """Return the present findings of a day's visits, by household and in order of given names."""
    people: dict[int, list[dict]] = {}
    for line in rows(
        db,
        """select s.household_id, s.person_id as person, p.full_name as name, p.birth_year as year, s.symptoms,
               s.symptoms_since as since, s.temperature, s.arrival, s.from_province as province, s.arrived_on
           from screenings s
           join visits v  -- all: of a household found in my area
               on v.day = s.day and v.household_id = s.household_id and v.version = s.version
           join persons p on p.id = s.person_id  -- all: of a household found in my area
           where s.day = :day and s.household_id in (select value from json_each(:households))
           order by p.name_sort, p.id""",
        {"day": day, "households": json.dumps(households)},
    ):
        line["symptoms"] = json.loads(line["symptoms"])
        people.setdefault(line.pop("household_id"), []).append(line)
    return people


def residents(db: Database, households: list[int], day: str) -> dict[int, list[dict]]:
    """Return the residents on a day: `{id, name, year}`, by household, the head first, then by given name."""
    by_household: dict[int, list[dict]] = {}
    for household, person, name, year in db.conn.execute(
        f"""select p.household_id, p.id, p.full_name, p.birth_year
           from persons p  -- all: of a household found in my area
           where p.household_id in (select value from json_each(:households))
               and {not_over("p")}
           order by ifnull(p.relation, '') <> 'head', p.name_sort, p.id""",
        {"day": day, "households": json.dumps(households)},
    ):
        by_household.setdefault(household, []).append({"id": person, "name": name, "year": year})
    return by_household


def everybody(db: Database, household: int) -> list[dict]:
    """Return everybody who ever lived in a household, with those who left at the end."""
    return rows(
        db,
        """select id as person, full_name as name, birth_year as year, name_folded as folded, until_day
           from persons  -- all: of a household found in my area
           where household_id = ? order by until_day is not null, id""",
        [household],
    )


# Writing, inside an open act


def introduce(db: Database, user: User, row: dict, *, now: datetime) -> None:
    """Add the new people of a row to the persons of its household: all of them, or none if one is refused."""
    db.conn.execute("savepoint introducing")
    try:
        for one in row["people"]:
            one["person"] = one["person"] or persons.add(db, user, row["code"], _as_typed(one), now=now)
    except Problem:
        db.conn.execute("rollback to introducing")
        raise
    finally:
        db.conn.execute("release introducing")


def _as_typed(one: dict) -> dict:
    return {
        "full_name": one["name"],
        "birth_year": one["year"],
        "birth_year_unknown": one["year"] is None,
        "residence": "guest" if one["arrival"] == "guest" else None,
    }


def write(db: Database, day: str, written: list[dict]) -> None:
    """Insert the findings of the rows' new versions, after the visits themselves."""
    lines = [
        (
            day,
            row["id"],
            row["version"] + 1,
            one["person"],
            json.dumps(one["symptoms"]),
            one["since"],
            one["temperature"],
            one["arrival"],
            one["province"],
            one["arrived_on"],
        )
        for row in written
        for one in row["people"]
    ]
    if not lines:
        return
    _name_provinces(db, {line[8] for line in lines if line[8]})
    db.conn.executemany(
        """insert into screenings (day, household_id, version, person_id, symptoms, symptoms_since, temperature,
               arrival, from_province, arrived_on)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        lines,
    )


def _name_provinces(db: Database, codes: set[str]) -> None:
    """Insert the other provinces that people came from; the store has only the units of its own."""
    area_table.insert_missing(db, [provinces()[code]._asdict() for code in sorted(codes)])
