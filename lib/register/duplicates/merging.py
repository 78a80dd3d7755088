"""Merges two rows of one household or of one person, taking each field from the row chosen; a merge can be undone.

Visits and screenings stay with the row they were entered for, so that no figure of a past day changes. The row
that goes points to the one that stays (`merged_into`), has the status `merged` from its day on, and its
assignment ends.
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
    """Return the fields of a household that a merge compares; raise NotFound if it is not the visitor's."""
    line = require(
        row(
            db,
            f"""select id, code, commune_code, merged_into, version, from_day, {", ".join(FIELDS)}
                from my_households where code = ?""",
            [code],
        ),
        N_("There is no such household in your area; check the code."),
    )
    return {**line, **{name: json.loads(line[name]) for name in _LISTS}}


def living(db: Database, household_id: int, *, day: str) -> list[dict]:
    """Return the persons of a household on a day, with the fields that a merge compares."""
    return rows(
        db,
        f"""select id, version, {", ".join(OF_A_PERSON)} from my_persons
            where household_id = :household and merged_into is null and {not_over()}
            order by name_sort, id""",
        {"household": household_id, "day": day},
    )


def same_persons(of_stays: list[dict], of_goes: list[dict]) -> dict[int, int]:
    """Map persons of the household that goes to the same persons of the one that stays: same name, no other year."""
    same: dict[int, int] = {}
    for person in of_goes:
        for other in of_stays:
            years = {person["birth_year"], other["birth_year"]} - {None}
            if len(years) < 2 and text.fold(person["full_name"]) == text.fold(other["full_name"]):
                same[person["id"]] = other["id"]
    return same


def first_day(db: Database, code: str, *, now: datetime) -> str:
    """Return the first day on which a household may go: today, or tomorrow if it was already visited today."""
    today = clock.day_of(now)
    visited = """select 1 from my_households h
        join visits v on v.household_id = h.id  -- all: of a household found in my area
        where h.code = ? and v.day = ? and v.outcome is not null"""
    return clock.plus(today, 1) if value(db, visited, [code, today]) else today


def visits_of(db: Database, household_id: int) -> int:
    """Count the days on which this household has a recorded visit."""
    sql = "select count(*) from my_visits where household_id = ? and outcome is not null"
    return int(value(db, sql, [household_id]))


def merge_households(db: Database, user: User, stays: str, goes: str, choice: Mapping, *, now: datetime) -> str:
    """Merge two households. `choice` names the fields to take from the one that goes (`{field: "goes"}`).

    `choice["persons"]` maps each person of the one that goes to "move", "stay" or the id of the same person there;
    who is not named moves, or joins the plain same. `choice["versions"]` are the versions that were compared.
    """
    with act(db, user, "household.register", now=now, kind="household.merge", undo=BULK) as deed:
        staying, going = household(db, stays), household(db, goes)
        _check_pair(staying, going, choice)
        day = first_day(db, goes, now=now)
        new = {name: (going if choice.get(name) == GOES else staying)[name] for name in FIELDS}
        household_table.update_many(db, [{**stored(new, staying["code"]), "id": staying["id"]}])
        counts = _settle_persons(db, staying, going, choice.get("persons") or {}, day=clock.day_of(now))
        _end(db, going, staying["id"], day)
        deed.subject, deed.area = goes, staying["commune_code"]
        deed.detail = {"code": stays, "from_day": day, "among": counts}
        deed.detail |= changes({name: staying[name] for name in FIELDS}, new)
    return stays


def _check_pair(staying: dict, going: dict, choice: Mapping) -> None:
    if staying["id"] == going["id"]:
        raise Invalid({"goes": Say(N_("Choose two different records."))})
    for one in (staying, going):
        if one["merged_into"]:
            raise Conflict(N_("This household has already moved or been merged; open the one it became."))
    if staying["commune_code"] != going["commune_code"]:
        raise Conflict(N_("The two are in different communes; move one of them first."))
    for one, version in zip((staying, going), choice.get("versions") or (), strict=False):
        check_version(one, version)


def _settle_persons(db: Database, staying: dict, going: dict, wanted: Mapping, *, day: str) -> dict:
    """Move, leave or join each person; return how many of each, for the log."""
    residents, joining = living(db, staying["id"], day=day), living(db, going["id"], day=day)
    same = same_persons(residents, joining)
    counts = {MOVE: 0, STAY: 0, "same": 0}
    for person in joining:
        chosen = wanted.get(person["id"], same.get(person["id"], MOVE))
        if chosen == MOVE:
            person_table.update_many(db, [{"household_id": staying["id"], "id": person["id"]}])
        elif chosen != STAY:
            other = require(next((one for one in residents if one["id"] == chosen), None))
            _join(db, other["id"], person["id"], day)
        counts[chosen if chosen in (MOVE, STAY) else "same"] += 1
    return counts


def _end(db: Database, going: dict, staying_id: int, day: str) -> None:
    """Set the status `merged` from a day on; end the household's assignments, those of later days too."""
    teams = status_periods.teams(db, going["id"], day)
    assignment_table.end(db, [a.id for a in standings(db, [going["code"]], day)[going["code"]].living], day)
    status_periods.begin_status(db, going["id"], "merged", day)
    household_table.update_many(db, [{"merged_into": staying_id, "id": going["id"]}])
    rollup.recount(db, teams=teams, hamlets={going["hamlet_code"]}, since=day)


# Persons


def person(db: Database, person_id: int) -> dict:
    """Return a person with the fields that a merge compares, and the household; raise NotFound for a stranger."""
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
    """Merge two persons, of one household or of two; screenings keep naming the one they were entered for."""
    with act(db, user, "household.register", now=now, kind="person.merge", undo=BULK) as deed:
        staying, going = person(db, stays), person(db, goes)
        if stays == goes:
            raise Invalid({"goes": Say(N_("Choose two different records."))})
        if staying["merged_into"] or going["merged_into"]:
            raise Conflict(N_("One of the two has already been merged; open the other one."))
        for one, version in zip((staying, going), choice.get("versions") or (), strict=False):
            check_version(one, version)
        before = {name: staying[name] for name in OF_A_PERSON}
        new = {name: (going if choice.get(name) == GOES else staying)[name] for name in OF_A_PERSON}
        person_table.update_many(db, [{**persons.stored(new), "id": stays}])
        _join(db, stays, goes, clock.day_of(now))
        detail = changes(before, new)
        detail.pop("id_number", None)  # the log holds no identity numbers
        deed.subject, deed.area = staying["code"], staying["commune_code"]
        deed.detail = {"full_name": new["full_name"], "among": {"stays": stays, "goes": goes}} | detail
    return stays


def _join(db: Database, stays: int, goes: int, day: str) -> None:
    until = value(db, "select until_day from my_persons where id = ?", [goes])
    person_table.update_many(db, [{"merged_into": stays, "until_day": min(until or day, day), "id": goes}])
