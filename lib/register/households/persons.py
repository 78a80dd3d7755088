"""Adds, corrects and ends the persons of a household: name, year of birth, sex, relation, residence (S4-7)."""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.access import User, require
from lib.core.audit import SINGLE, act, changes
from lib.core.database import row, rows
from lib.core.errors import N_, Conflict
from lib.core.form_input import Typed, shown
from lib.core.sql import not_over
from lib.core.versions import check_version
from lib.register.households import person_table

SEXES = ("female", "male")
RELATIONS = ("head", "spouse", "child", "parent", "sibling", "grandchild", "other_kin", "lodger")
RESIDENCES = ("permanent", "temporary", "guest", "away")
FIELDS = ("full_name", "birth_year", "sex", "relation", "residence")
OLDEST = 115


def of_household(db: Database, code: str, *, day: str) -> list[dict]:
    """Return the persons of a household on a day, the head first, then by given name."""
    return rows(
        db,
        f"""select p.id, p.full_name, p.birth_year, p.sex, p.relation, p.residence, p.version
           from my_households h
           join persons p on p.household_id = h.id  -- all: of a household of the visitor's
           where h.code = :code and {not_over("p")}
           order by ifnull(p.relation, '') <> 'head', p.name_sort, p.id""",
        {"code": code, "day": day},
    )


def add(db: Database, user: User, code: str, values: dict, *, now: datetime) -> int:
    """Add a person to a household; return the id."""
    with act(db, user, "household.edit", now=now, kind="person.add", undo=SINGLE) as deed:
        sql = "select id, commune_code from my_households where code = ?"
        household = require(row(db, sql, [code]))
        new = checked(values, clock.day_of(now))
        person_id = person_table.insert(db, {**stored(new), "household_id": household["id"]})
        deed.subject, deed.area, deed.detail = code, household["commune_code"], changes(None, new)
    return person_id


def edit(db: Database, user: User, person_id: int, values: dict, version: int, *, now: datetime) -> None:
    """Correct the fields of a person; fields not given stay, and saving unchanged values does nothing."""
    with act(db, user, "household.edit", now=now, kind="person.edit", undo=SINGLE) as deed:
        old = _person(db, person_id)
        before = {field: old[field] for field in FIELDS}
        unknown_year = {"birth_year_unknown": old["birth_year"] is None}
        new = checked({**before, **unknown_year, **values}, clock.day_of(now))
        deed.subject, deed.area, deed.detail = old["code"], old["commune_code"], changes(before, new)
        deed.nothing = not deed.detail
        if deed.nothing:
            return
        deed.detail.setdefault("full_name", old["full_name"])
        check_version(old, version)
        person_table.update_many(db, [{**stored(new), "id": person_id}])


def leave(db: Database, user: User, person_id: int, day: str, *, now: datetime) -> None:
    """End a person's time in the household on a day; nothing is deleted."""
    with act(db, user, "household.edit", now=now, kind="person.leave", undo=SINGLE) as deed:
        old = _person(db, person_id)
        typed = Typed({"day": day})
        until = typed.day("day", today=clock.day_of(now), required=True)
        typed.done()
        if old["until_day"]:
            raise Conflict(N_("{name} already left on {day}."), name=old["full_name"], day=shown(old["until_day"]))
        person_table.update_many(db, [{"until_day": until, "id": person_id}])
        deed.subject, deed.area = old["code"], old["commune_code"]
        deed.detail = {"full_name": old["full_name"], "until_day": [None, until]}


def _person(db: Database, person_id: int) -> dict:
    return require(
        row(
            db,
            """select p.full_name, p.birth_year, p.sex, p.relation, p.residence, p.until_day, p.version,
                   h.code, h.commune_code
               from my_households h
               join persons p on p.household_id = h.id  -- all: of a household of the visitor's
               where p.id = ?""",
            [person_id],
        )
    )


def checked(values: dict, today: str) -> dict:
    typed = Typed(values)
    new = {
        "full_name": typed.person("full_name"),
        "birth_year": _birth_year(typed, values, int(today[:4])),
        "sex": typed.choice("sex", SEXES),
        "relation": typed.choice("relation", RELATIONS),
        "residence": typed.choice("residence", RESIDENCES) or "permanent",
    }
    typed.done()
    return new


def _birth_year(typed: Typed, values: dict, this_year: int) -> int | None:
    """Return the year of birth: four digits within a human life, or None if ticked as unknown; never just empty."""
    year = text.clean(str(values.get("birth_year") or ""))
    if not year and values.get("birth_year_unknown"):
        return None
    if not year:
        typed.fault("birth_year", N_("Type the year of birth, or choose that it is not known."))
    elif not (year.isascii() and year.isdigit() and this_year - OLDEST <= int(year) <= this_year):
        typed.fault(
            "birth_year",
            N_("The year of birth has four digits and must be between {least} and {most}."),
            least=str(this_year - OLDEST),
            most=str(this_year),
        )
    else:
        return int(year)
    return None


def stored(new: dict) -> dict:
    """Return checked values as columns of the table, with the folded name and sort key."""
    return {**new, "name_folded": text.fold(new["full_name"]), "name_sort": text.person_sort_key(new["full_name"])}
