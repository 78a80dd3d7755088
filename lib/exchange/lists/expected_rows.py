"""Rows of expected households: an area known by its code, else by its name with its district's, and its numbers.

A cell left empty leaves what is stored. What was worked out (shares, households on the lists) is written for reading
and never read back, so that an estimate does not become an entered number by passing through Excel.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say
from lib.core.form_input import shown
from lib.core.words.titles import full
from lib.exchange.lists.place_lookup import NO_COMMUNE, NOT_IN, OUTSIDE, Communes, plainest
from lib.exchange.lists.row import FileRow, good
from lib.register.areas import expected_households as register
from lib.register.areas import expected_shares

NOWHERE = (OUTSIDE, NO_COMMUNE, NOT_IN)
_NONE = N_("There is no such unit in the area the file is imported for; check its code or name.")
_INSIDE = """
    with recursive inside (code) as (
        select :area union all
        select areas.code from areas join inside on areas.parent_code = inside.code where areas.level <> 'hamlet')
    select a.code, a.level, a.kind, a.name, p.kind || ' ' || p.name as parent
    from areas a join inside on inside.code = a.code left join areas p on p.code = a.parent_code
    where a.level <> 'hamlet' order by a.level <> 'province', p.name_sort, a.level <> 'district', a.name_sort, a.code
"""


def look(db: Database, user: User, area: str, lines: list, *, now: datetime) -> list[FileRow]:
    """What each row would do to the numbers of the area and of what lies in it."""
    units, stored, taken = _Units(db, area, lines), expected_shares.all_entered(db), {}
    today = clock.day_of(now)
    return [_row(units, stored, line, taken, today) for line in lines]


def _row(units: "_Units", stored: dict, line, taken: dict, today: str) -> FileRow:
    row, cells = FileRow(line.number, page=line.page), line.values
    try:
        row.faults |= line.faults
        place = units.meant(cells)
        old = stored.get(place["code"])
        known = {name: old[name] for name in register.FIELDS} if old else {}
        given = {name: cells[name] for name in register.FIELDS if cells.get(name) is not None}
        wanted = {"source": f"Nạp từ tệp ngày {shown(today)}"} | known | given
        numbers = any(wanted.get(name) for name in register.MOST)
        row.new = {"name": full(place)} | (register.checked(wanted) if numbers else known)
    except Invalid as problem:
        return row.refuse(problem)
    if row.faults:
        return row.refuse({})
    if place["code"] in taken:
        return row.refuse({"name": Say(N_("The same as row {n} of this file."), {"n": taken[place["code"]]})})
    taken[place["code"]] = row.place
    row.key, row.commune = place["code"], place["code"]
    row.begins = cells.get("entered_day") if not old else None
    nothing = not row.new.keys() - {"name"}  # a unit whose numbers nobody has filled in yet
    return row.decide(known | {"name": full(place)} if known or nothing else None)


class _Units:
    """The area and the units in it, found by what stands in the cells of a row."""

    def __init__(self, db: Database, area: str, lines: list):
        found = _inside(db, area)
        self._all = {place["code"]: place for place in found}
        self._wide = [place for place in found if place["level"] != "commune"]
        inside = [place["code"] for place in found if place["level"] == "commune"]
        cells = [(line.values.get("name"), line.values.get("district")) for line in lines]
        self._communes = Communes(db, inside, cells)

    def meant(self, cells: dict) -> dict:
        """The unit of a row; Invalid where it lies outside, where several would do, or in another district."""
        if cells.get("code"):
            place = self._one(self._by_code(cells["code"]))
            if place["level"] == "commune":
                self._communes.check(place["code"], cells.get("district"))
            return place
        return self._one(self._by_name(cells.get("name") or "", cells.get("district")))

    def _one(self, found: list[str]) -> dict:
        if len(found) > 1:
            raise Invalid({"name": Say(N_("Several units have this name; write the code, or add the district."))})
        if not found:
            raise Invalid({"name": Say(_NONE)})
        return self._all[found[0]]

    def _by_code(self, code: str) -> list[str]:
        """By the code as it stands, else by its number, as Excel takes zeros away."""
        number = code.lstrip("0")
        exact = [code] if code in self._all else []
        return exact or [each for each in self._all if code.isdecimal() and each.lstrip("0") == number]

    def _by_name(self, name: str, district: str | None) -> list[str]:
        """With its word where that is written, of districts and the province; else a commune, below its district where
        that is named."""
        told = self._communes.units.district(district)
        wide = [place for place in self._wide if told is None or place["code"] in told]
        if exact := [place["code"] for place in wide if plainest(full(place)) == plainest(name)]:
            return exact
        bare = [place["code"] for place in wide if not told and plainest(place["name"]) == plainest(name)]
        try:
            return [*bare, self._communes.meant(name, district)]
        except Invalid as problem:
            say = problem.faults["commune"]
            if say.text in NOWHERE:
                return bare
            raise Invalid({"name": say}) from None


def _inside(db: Database, area: str) -> list[dict]:
    return rows(db, _INSIDE, {"area": area})


def write(db: Database, user: User, rows_: list[FileRow], *, now: datetime, progress) -> None:
    """Put the numbers down, one row an area."""
    for row in good(rows_):
        register.put(db, row.key, {name: row.new[name] for name in register.FIELDS}, day=row.begins, now=now)


def listed(db: Database, area: str, *, day: str) -> list[dict]:
    """Every unit of the area with its numbers, shares worked out and households on the lists beside them."""
    stored, known = expected_shares.all_entered(db), expected_shares.of_communes(db)
    registered = dict(
        db.conn.execute("select commune_code, sum(households) from hamlet_day where day = ? group by 1", [day])
    )
    found = []
    for place in _inside(db, area):
        number = known.get(place["code"])
        line = {"code": place["code"], "district": place["parent"] if place["level"] == "commune" else None}
        line |= {"name": full(place)} | dict.fromkeys(("households", "persons", "source", "entered_day"))
        line |= stored.get(place["code"]) or {}
        line["estimate"] = number.households if number and number.estimated else None
        line["registered"] = registered.get(place["code"], 0) if place["level"] == "commune" else None
        found.append(line)
    return found
