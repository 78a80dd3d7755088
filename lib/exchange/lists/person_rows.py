"""Rows of persons, the second sheet of a file of households: who lives where (S4-7).

The household is known by its code, else by hamlet and head as in the first sheet; the person by name and year of birth.
"""

import json
from collections import defaultdict
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.access import User
from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say
from lib.core.form_input import Typed
from lib.core.sql import not_over
from lib.exchange.lists import spared_cells
from lib.exchange.lists.place_lookup import DISTRICT_OF_H, Places
from lib.exchange.lists.row import FileRow, good
from lib.register.duplicates import similar_names
from lib.register.households import person_table, persons

_MORE = ("id_number", "phone", "note")
COLUMNS = (*persons.FIELDS, *_MORE)
_REFUSED = N_("The household is refused in row {n}; correct it there.")


class _Households:
    """The households of the file and, where a row means none of these, those of the store."""

    def __init__(self, db: Database, of_file: list[FileRow], lines: list, area: str):
        self.places = Places(db, area, lines)
        self.by_code = {row.key: row for row in of_file if row.key and row.state != "refused"}
        self._by_row = {row.at: row for row in of_file}
        self._named: dict[tuple, list[FileRow]] = defaultdict(list)
        for row in of_file:
            if row.state != "refused":
                there = self._named[row.new["hamlet_code"], text.fold(text.name(row.new["head_name"]))]
                there += [row.joined or row] if (row.joined or row) not in there else []
        codes = {line.values.get("code") for line in lines} - self.by_code.keys() - {None}
        for found in rows(
            db,
            """select id, code, commune_code from my_households
               where merged_into is null and code in (select value from json_each(?))""",
            [json.dumps(sorted(codes))],
        ):
            if found["commune_code"] in self.places.communes:
                self.by_code[found["code"]] = FileRow(
                    0, key=found["code"], id=found["id"], commune=found["commune_code"]
                )

    def of(self, line) -> FileRow:
        """The household of a row: that of its block, else the one its cells mean."""
        if line.head is None:
            return self.meant(line.values)
        household = self._by_row[line.page, line.head]
        household = household.joined or household
        if household.state == "refused":
            raise Invalid({"head_name": Say(_REFUSED, {"n": household.place})})
        return household

    def meant(self, cells: dict) -> FileRow:
        if cells.get("code"):
            if cells["code"] not in self.by_code:
                raise Invalid({"code": Say(N_("There is no such household in your area; check the code."))})
            return self.by_code[cells["code"]]
        commune = self.places.commune(cells, "hamlet_code")
        hamlet = self.places.hamlet(commune, cells.get("hamlet_code"))
        there = self._named.get((hamlet, text.fold(text.name(cells.get("head_name")))), [])
        exact = [
            row
            for row in there
            if all(not cells.get(name) or row.new[name] == cells[name] for name in ("lane", "house_number"))
        ]
        if len(exact) > 1:
            name = similar_names.spoken(cells.get("head_name"))
            exact = [row for row in exact if similar_names.spoken(row.new["head_name"]) == name] or exact
        if len(exact) != 1:
            raise Invalid(
                {"head_name": Say(N_("Identify the household by its code, or by hamlet, head, lane and number."))}
            )
        return exact[0]


def look(db: Database, households: list[FileRow], area: str, lines: list, *, now: datetime) -> list[FileRow]:
    """What each row would do to the persons of these households."""
    known = _Households(db, households, lines, area)
    found = [_begin(known, line) for line in lines]
    stored = _stored(db, {row.household.id for row in found if row.household} - {None})
    taken: dict = {}
    for row in found:
        if row.state != "refused":
            _decide(row, stored, taken, clock.day_of(now))
    return found


def _begin(known: _Households, line) -> FileRow:
    row = FileRow(line.number, page=line.page)
    row.faults |= line.faults
    row.new = {name: cell for name, cell in line.values.items() if name in COLUMNS and cell not in (None, "")}
    try:
        row.household = known.of(line)
        row.commune = row.household.commune
    except Invalid as problem:
        row.refuse(problem)
    return row.refuse({}) if row.faults else row


def _stored(db: Database, ids: set[int]) -> dict[int, list[dict]]:
    """Who lives in these households, by household."""
    living: dict[int, list[dict]] = defaultdict(list)
    for line in rows(
        db,
        f"""select id, household_id, {", ".join(COLUMNS)}
            from persons  -- all: of households found through my_households
            where until_day is null and merged_into is null
                and household_id in (select value from json_each(?))""",
        [json.dumps(sorted(ids))],
    ):
        living[line["household_id"]].append(line)
    return living


def _decide(row: FileRow, stored: dict[int, list[dict]], taken: dict, today: str) -> None:
    household, given = row.household, row.new
    name, year = similar_names.spoken(given.get("full_name")), given.get("birth_year")
    twin = (household.key or id(household), name, year)
    if twin in taken:
        row.refuse({"full_name": Say(N_("The same as row {n} of this file."), {"n": taken[twin]})})
        return
    taken[twin] = row.place
    same = [p for p in stored.get(household.id, []) if similar_names.spoken(p["full_name"]) == name]
    old = next((p for p in same if year is None or p["birth_year"] in (None, year)), None)
    try:
        row.new = spared_cells.checked(row, "persons", given, lambda cells: _checked({**(old or {}), **cells}, today))
    except Invalid as problem:
        row.refuse(problem)
        return
    row.id = old and old["id"]
    row.decide(old)


def _checked(values: dict, today: str) -> dict:
    """As the form checks them; a year of birth that is not given is not known."""
    new = persons.checked({"birth_year_unknown": not values.get("birth_year"), **values}, today)
    typed = Typed(values)
    more = {"id_number": typed.text("id_number", 20), "phone": typed.phone(), "note": typed.text("note", 500)}
    if more["id_number"] and not (more["id_number"].isdecimal() and len(more["id_number"]) in (9, 12)):
        typed.fault("id_number", N_("An identity number has 9 or 12 digits."))
    typed.done()
    return {**new, **more}


def write(db: Database, user: User, rows_: list[FileRow], *, now: datetime, progress) -> None:
    """Add and correct; the households of the same file have been written before."""
    registered = {row.household.key for row in good(rows_) if row.household.id is None}
    made = dict(
        db.conn.execute(
            """select code, id
               from households  -- all: those of this file
               where code in (select value from json_each(?))""",
            [json.dumps(sorted(registered))],
        ).fetchall()
    )
    new = [
        {**persons.stored(row.new), "household_id": row.household.id or made[row.household.key]}
        for row in good(rows_)
        if row.id is None
    ]
    person_table.insert_many(db, new)
    person_table.update_many(db, [{**persons.stored(row.new), "id": row.id} for row in good(rows_) if row.id])
    progress(0.94)


def listed(db: Database, area: str, *, day: str) -> list[dict]:
    """Everybody of the area by household, the head first, as columns of the file."""
    return rows(
        db,
        f"""select h.code, h.commune_code as commune, {DISTRICT_OF_H}, h.hamlet_code, h.head_name,
               h.lane, h.house_number,
               {", ".join(f"p.{name}" for name in COLUMNS)}
            from my_households h
            join persons p on p.household_id = h.id  -- all: of a household of the visitor's
            where h.merged_into is null and h.commune_code in (select value from json_each(:communes))
                and p.merged_into is null and {not_over("p")}
            order by h.hamlet_code, h.walk_order, h.code, ifnull(p.relation, '') <> 'head', p.name_sort, p.id""",
        {"communes": json.dumps(sorted(Places(db, area).communes)), "day": day},
    )
