"""Rows of expected households: an area known by its code, else by its name with its district's, and its numbers.

A cell left empty leaves what is stored. What was worked out (shares, households on the lists) is written for reading
and never read back, so that an estimate does not become an entered number by passing through Excel.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, expected
from lib.core.access import User
from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say
from lib.exchange.lookup import plainest
from lib.exchange.row import Row, good
from lib.register import expected as register
from lib.register.typed import shown

_INSIDE = """
    with recursive inside (code) as (
        select :area union all
        select areas.code from areas join inside on areas.parent_code = inside.code where areas.level <> 'hamlet')
    select a.code, a.level, a.kind, a.name, p.kind || ' ' || p.name as parent
    from areas a join inside on inside.code = a.code left join areas p on p.code = a.parent_code
    where a.level <> 'hamlet' order by a.level <> 'province', p.name_sort, a.level <> 'district', a.name_sort, a.code
"""


def look(db: Database, user: User, area: str, lines: list, *, now: datetime) -> list[Row]:
    """What each row would do to the numbers of the area and of what lies in it."""
    places, stored, taken = _inside(db, area), expected.all_entered(db), {}
    today = clock.day_of(now)
    return [_row(places, stored, line, taken, today) for line in lines]


def _row(places: list[dict], stored: dict, line, taken: dict, today: str) -> Row:
    row, cells = Row(line.number, page=line.page), line.values
    try:
        row.faults |= line.faults
        place = _place(places, cells)
        old = stored.get(place["code"])
        known = {name: old[name] for name in register.FIELDS} if old else {}
        given = {name: cells[name] for name in register.FIELDS if cells.get(name) is not None}
        wanted = {"source": f"Nạp từ tệp ngày {shown(today)}"} | known | given
        numbers = any(wanted.get(name) for name in register.MOST)
        row.new = {"name": _named(place)} | (register.checked(wanted) if numbers else known)
    except Invalid as problem:
        return row.refuse(problem)
    if row.faults:
        return row.refuse({})
    if place["code"] in taken:
        return row.refuse({"name": Say(N_("The same as row {n} of this file."), {"n": taken[place["code"]]})})
    taken[place["code"]] = row.number
    row.key, row.commune = place["code"], place["code"]
    row.begins = cells.get("entered_day") if not old else None
    nothing = not row.new.keys() - {"name"}  # a unit whose numbers nobody has filled in yet
    return row.decide(known | {"name": _named(place)} if known or nothing else None)


def _place(places: list[dict], cells: dict) -> dict:
    """The area of a row; Invalid where it lies outside, or where several would do."""
    found = _by_code(places, cells["code"]) if cells.get("code") else _by_name(places, cells)
    if len(found) > 1:
        raise Invalid({"name": Say(N_("Several units have this name; write the code, or the district beside it."))})
    if not found:
        raise Invalid({"name": Say(N_("There is no such unit in the area the file is loaded for."))})
    return found[0]


def _by_code(places: list[dict], code: str) -> list[dict]:
    """By the code as it stands, else by its number, as Excel takes zeros away."""
    exact = [place for place in places if place["code"] == code]
    number = code.lstrip("0")
    return exact or [place for place in places if code.isdecimal() and place["code"].lstrip("0") == number]


def _by_name(places: list[dict], cells: dict) -> list[dict]:
    """With its word where that is written; below its district where that is named."""
    name, district = plainest(cells.get("name")), plainest(cells.get("district"))
    inside = [place for place in places if not district or _lies_in(place, district)]
    return [place for place in inside if plainest(_named(place)) == name] or [
        place for place in inside if plainest(place["name"]) == name
    ]


def _lies_in(place: dict, district: str) -> bool:
    whole = plainest(place["parent"])
    return place["level"] == "commune" and (whole == district or whole.endswith(f" {district}"))


def _named(place: dict) -> str:
    return f"{place['kind']} {place['name']}"


def _inside(db: Database, area: str) -> list[dict]:
    return rows(db, _INSIDE, {"area": area})


def write(db: Database, user: User, rows_: list[Row], *, now: datetime, progress) -> None:
    """Put the numbers down, one row an area."""
    for row in good(rows_):
        register.put(db, row.key, {name: row.new[name] for name in register.FIELDS}, day=row.begins, now=now)


def listed(db: Database, area: str, *, day: str) -> list[dict]:
    """Every unit of the area with its numbers, shares worked out and households on the lists beside them."""
    stored, known = expected.all_entered(db), expected.of_communes(db)
    registered = dict(
        db.conn.execute("select commune_code, sum(households) from hamlet_day where day = ? group by 1", [day])
    )
    found = []
    for place in _inside(db, area):
        number = known.get(place["code"])
        line = {"code": place["code"], "district": place["parent"] if place["level"] == "commune" else None}
        line |= {"name": _named(place)} | dict.fromkeys(("households", "persons", "source", "entered_day"))
        line |= stored.get(place["code"]) or {}
        line["estimate"] = number.households if number and number.estimated else None
        line["registered"] = registered.get(place["code"], 0) if place["level"] == "commune" else None
        found.append(line)
    return found
