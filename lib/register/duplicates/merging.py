"""Two rows that are one household, or one person: made one, field by field as chosen, and reversible.

Nothing is carried off: visits and screenings stay with the row they were entered for, so that no figure of a
day gone by changes. The row that goes points to the one that stays (`merged_into`), is merged from its day on,
and its assignment ends.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, rollup, text
from lib.core.access import User, require
from lib.core.audit import BULK, act, changes
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.sql import not_over
from lib.core.versions import check_version
from lib.register.assignments import assignment_table
from lib.register.assignments.held import standings
from lib.register.households import household_table, person_table, persons, status_periods
from lib.register.households.fields import FIELDS, stored

GOES = "goes"  # in a choice: take the value of the row that goes
MOVE, STAY = "move", "stay"  # what becomes of a person of the household that goes; or the id of the same person
CHOSEN = tuple(name for name in FIELDS if name != "hamlet_code")  # a household stays where it stands
OF_A_PERSON = (*dict.fromkeys((*persons.FIELDS, "phone", "id_number")),)
_LISTS = ("vulnerabilities", "exposures")


# Households


def household(db: Database, code: str) -> dict:
    """Everything of one household that is compared, with who lives there; else NotFound."""
    found = require(
        row(
            db,
            f"""select id, code, commune_code, merged_into, version, from_day, {", ".join(FIELDS)}
                from my_households where code = ?""",
            [code],
        ),
        N_("There is no such household in your area; check the code."),
    )
    return {**found, **{name: json.loads(found[name]) for name in _LISTS}}


def living(db: Database, household_id: int, *, day: str) -> list[dict]:
    """Who lives there on the day, as a person is compared."""
    return rows(
        db,
        f"""select id, version, {", ".join(OF_A_PERSON)} from my_persons
            where household_id = :household and merged_into is null and {not_over()}
            order by name_sort, id""",
        {"household": household_id, "day": day},
    )


def same_persons(of_stays: list[dict], of_goes: list[dict]) -> dict[int, int]:
    """Those of the household that goes who plainly are somebody of the other: one name, years that do not differ."""
    found: dict[int, int] = {}
    for person in of_goes:
        for other in of_stays:
            years = {person["birth_year"], other["birth_year"]} - {None}
            if len(years) < 2 and text.fold(person["full_name"]) == text.fold(other["full_name"]):
                found[person["id"]] = other["id"]
    return found


def first_day(db: Database, code: str, *, now: datetime) -> str:
    """From when a household may go: today, or tomorrow when it was visited today already."""
    today = clock.day_of(now)
    visited = """select 1 from my_households h
        join visits v on v.household_id = h.id  -- all: of a household found in my area
        where h.code = ? and v.day = ? and v.outcome is not null"""
    return clock.plus(today, 1) if value(db, visited, [code, today]) else today


def visits_of(db: Database, household_id: int) -> int:
    """How many days have an entry of this household of the visitor's."""
    sql = "select count(*) from my_visits where household_id = ? and outcome is not null"
    return int(value(db, sql, [household_id]))


def merge_households(db: Database, user: User, stays: str, goes: str, choice: Mapping, *, now: datetime) -> str:
    """Make one household of two. `choice` names the fields to take from the one that goes (`{field: "goes"}`).

    `choice["persons"]` maps each person of the one that goes to "move", "stay" or the id of the same person there;
    who is not named moves, or joins the plain same. `choice["versions"]` are the versions that were compared.
    """
    with act(db, user, "household.register", now=now, kind="household.merge", undo=BULK) as deed:
        kept, gone = household(db, stays), household(db, goes)
        _check_pair(kept, gone, choice)
        day = first_day(db, goes, now=now)
        new = {name: (gone if choice.get(name) == GOES else kept)[name] for name in FIELDS}
        household_table.update_many(db, [{**stored(new, kept["code"]), "id": kept["id"]}])
        told = _settle_persons(db, kept, gone, choice.get("persons") or {}, day=clock.day_of(now))
        _end(db, gone, kept["id"], day)
        deed.subject, deed.area = goes, kept["commune_code"]
        deed.detail = {"code": stays, "from_day": day, "among": told}
        deed.detail |= changes({name: kept[name] for name in FIELDS}, new)
    return stays


def _check_pair(kept: dict, gone: dict, choice: Mapping) -> None:
    if kept["id"] == gone["id"]:
        raise Invalid({"goes": Say(N_("Choose two different records."))})
    for one in (kept, gone):
        if one["merged_into"]:
            raise Conflict(N_("This household has already moved or been merged; open the one it became."))
    if kept["commune_code"] != gone["commune_code"]:
        raise Conflict(N_("The two are in different communes; move one of them first."))
    for one, version in zip((kept, gone), choice.get("versions") or (), strict=False):
        check_version(one, version)


def _settle_persons(db: Database, kept: dict, gone: dict, wanted: Mapping, *, day: str) -> dict:
    """Move, leave or join each person; how many of each, for the log."""
    there, here = living(db, kept["id"], day=day), living(db, gone["id"], day=day)
    same = same_persons(there, here)
    told = {MOVE: 0, STAY: 0, "same": 0}
    for person in here:
        chosen = wanted.get(person["id"], same.get(person["id"], MOVE))
        if chosen == MOVE:
            person_table.update_many(db, [{"household_id": kept["id"], "id": person["id"]}])
        elif chosen != STAY:
            other = require(next((one for one in there if one["id"] == chosen), None))
            _join(db, other["id"], person["id"], day)
        told[chosen if chosen in (MOVE, STAY) else "same"] += 1
    return told


def _end(db: Database, gone: dict, kept: int, day: str) -> None:
    """From the day on the household is merged and nobody's; what was decided about it for later is void."""
    teams = status_periods.teams(db, gone["id"], day)
    assignment_table.end(db, [held.id for held in standings(db, [gone["code"]], day)[gone["code"]].living], day)
    status_periods.begin_status(db, gone["id"], "merged", day)
    household_table.update_many(db, [{"merged_into": kept, "id": gone["id"]}])
    rollup.recount(db, teams=teams, hamlets={gone["hamlet_code"]}, since=day)


# Persons


def person(db: Database, person_id: int) -> dict:
    """One person as it is compared, with the household; else NotFound."""
    return require(
        row(
            db,
            f"""select p.id, p.household_id, p.merged_into, p.until_day, p.version,
                   {", ".join(f"p.{name}" for name in OF_A_PERSON)}, h.code, h.commune_code, h.head_name
                from my_persons p join my_households h on h.id = p.household_id where p.id = ?""",
            [person_id],
        )
    )


def merge_persons(db: Database, user: User, stays: int, goes: int, choice: Mapping, *, now: datetime) -> int:
    """Make one person of two, of one household or of two; screenings keep naming the one they were entered for."""
    with act(db, user, "household.register", now=now, kind="person.merge", undo=BULK) as deed:
        kept, gone = person(db, stays), person(db, goes)
        if stays == goes:
            raise Invalid({"goes": Say(N_("Choose two different records."))})
        if kept["merged_into"] or gone["merged_into"]:
            raise Conflict(N_("One of the two has already been merged; open the other one."))
        for one, version in zip((kept, gone), choice.get("versions") or (), strict=False):
            check_version(one, version)
        before = {name: kept[name] for name in OF_A_PERSON}
        new = {name: (gone if choice.get(name) == GOES else kept)[name] for name in OF_A_PERSON}
        person_table.update_many(db, [{**persons.stored(new), "id": stays}])
        _join(db, stays, goes, clock.day_of(now))
        told = changes(before, new)
        told.pop("id_number", None)  # the log holds no identity numbers
        deed.subject, deed.area = kept["code"], kept["commune_code"]
        deed.detail = {"full_name": new["full_name"], "among": {"stays": stays, "goes": goes}} | told
    return stays


def _join(db: Database, stays: int, goes: int, day: str) -> None:
    until = value(db, "select until_day from my_persons where id = ?", [goes])
    person_table.update_many(db, [{"merged_into": stays, "until_day": min(until or day, day), "id": goes}])
