"""Rows of households: known by their code, else by hamlet, name and whatever else is said (see `household_match`); a
new one gets the next serial.

A cell left empty leaves what is stored: a list with few telephones never takes away those the commune has.
A row that names another hamlet is refused: a household moves with a day and leaves its past where it was.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, rollup, text
from lib.core.access import User
from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say
from lib.core.rollup import first_free
from lib.core.sql import GONE_STATUSES, in_force
from lib.core.words import phone
from lib.exchange.lists import joining, spared_cells
from lib.exchange.lists.household_match import KnownHouseholds, foreign
from lib.exchange.lists.joining import Same
from lib.exchange.lists.place_lookup import DISTRICT_OF_H, Places
from lib.exchange.lists.row import At, FileRow, good
from lib.register.households import household_table, walk_order
from lib.register.households.fields import FIELDS, check_stays, checked, stored

ORDER, BEGIN = joining.ORDER  # of new households only
LAST = 99999
CHUNK = 250
_NO_SUCH = N_("No household of this commune has this code; leave it empty for a new household.")
_GONE = N_("This household has already moved or been merged; open the one it became.")


def look(
    db: Database, user: User, area: str, lines: list, *, now: datetime, same: dict[At, Same] | None = None
) -> list[FileRow]:
    """What each row would do to the households of the area; `same` says of doubtful rows what they are."""
    places, today = Places(db, area, lines), clock.day_of(now)
    found = [_begin(places, line) for line in lines]
    joining.join(found, same or {})
    known = {commune: KnownHouseholds(db, commune) for commune in {row.commune for row in found if row.commune}}
    elsewhere = foreign(db, {row.key for row in found if row.key} - {c for k in known.values() for c in k.by_code})
    living = [row for row in found if row.state != "refused" and row.joined is None]
    _refuse_twins(living)
    _refuse_strangers(living, elsewhere)
    for row, old in _meant([row for row in living if row.state != "refused"], known, same or {}):
        _decide(db, row, old, today, places.hamlets(row.commune))
    joining.settle(found)
    return found


def _begin(places: Places, line) -> FileRow:
    """The row's commune and hamlet, and what its cells give."""
    row, cells = FileRow(line.number, page=line.page, key=line.values.get("code") or None), line.values
    try:
        row.faults |= line.faults
        row.commune = places.commune(cells, "code", "hamlet_code")
        row.new = {field: cells[field] for field in (*FIELDS, ORDER, BEGIN) if cells.get(field) not in (None, "", [])}
        if "hamlet_code" in row.new:
            row.new["hamlet_code"] = places.hamlet(row.commune, row.new["hamlet_code"])
    except Invalid as problem:
        return row.refuse(problem)
    return row.refuse({}) if row.faults else row


def _refuse_twins(living: list[FileRow]) -> None:
    """The same row twice, by its code or by all that it says."""
    seen: dict[object, str] = {}
    for row in sorted(living, key=lambda row: not row.key):
        said = {name: cell for name, cell in row.new.items() if name not in (ORDER, BEGIN)}
        twin = row.key or tuple((name, str(cell)) for name, cell in sorted(said.items()))
        if twin in seen:
            sentence = Say(N_("The same as row {n} of this file."), {"n": seen[twin]})
            row.refuse({"code" if row.key else "head_name": sentence})
        else:
            seen[twin] = row.place


def _refuse_strangers(living: list[FileRow], elsewhere: set[str]) -> None:
    for row in living:
        if row.state != "refused" and row.key and (row.key in elsewhere or not _own(row)):
            row.refuse({"code": Say(_GONE if _own(row) else _NO_SUCH)})


def _meant(
    living: list[FileRow], known: dict[str, KnownHouseholds], same: dict[At, Same]
) -> Iterator[tuple[FileRow, dict | None]]:
    """Each row with the household it means: first by code, then the others of a commune together."""
    for row in living:
        if row.key:
            yield row, known[row.commune].take(row.key)
    new = {at for at, chosen in same.items() if chosen is None}
    yield from ((row, None) for row in living if not row.key and row.at in new)
    for commune in known:
        of_it = [row for row in living if row.commune == commune and not row.key and row.at not in new]
        found = known[commune].meant([_typed(row.new) for row in of_it])
        for row, (old, sure) in zip(of_it, found, strict=True):
            if old and not sure:
                row.perhaps = old["code"]
            yield row, old


def _decide(db: Database, row: FileRow, old: dict | None, today: str, hamlets: Collection[str]) -> None:
    given = row.new
    order, begins = given.pop(ORDER, None), given.pop(BEGIN, None)
    try:
        row.new = spared_cells.checked(
            row,
            "households",
            given,
            lambda cells: checked(db, {**(old or {}), **cells}, commune=row.commune, today=today, hamlets=hamlets),
        )
        check_stays(old or row.new, row.new)
    except Invalid as problem:
        row.refuse(problem)
        return
    row.key, row.id = (old["code"], old["id"]) if old else (row.key, None)
    row.decide(old)
    if old is None:
        row.order, row.begins = order, begins


def _own(row: FileRow) -> bool:
    """Whether the code is one of the row's commune."""
    return bool(re.fullmatch(rf"{row.commune}-\d{{4,5}}", row.key))


def _typed(given: dict) -> dict:
    """What a household is recognised by, written as the store writes it."""
    plain = {name: text.clean(cell) if isinstance(cell, str) else cell for name, cell in given.items()}
    plain["head_name"] = text.person(given.get("head_name"))
    for field in {"phone", "phone2"} & plain.keys():
        try:
            plain[field] = phone.parse(plain[field])
        except Invalid:
            plain[field] = None
    return plain


def write(db: Database, user: User, rows_: list[FileRow], *, now: datetime, progress: Callable[[float], None]) -> None:
    """Register and correct, number the hamlets anew, count again."""
    new, changed = good(rows_, "new"), good(rows_, "changed")
    _number(db, new)
    written = [*new, *changed]
    hamlets = {row.new["hamlet_code"] for row in written}
    order, begin = _walk(db, hamlets, new), _beginning(db, new, clock.day_of(now))
    position = {code: place for codes in order.values() for place, code in enumerate(codes, start=1)}
    for at in range(0, len(written), CHUNK):
        part = written[at : at + CHUNK]
        household_table.insert_many(db, [_inserted(row, position, begin) for row in part if row.id is None])
        household_table.update_many(db, [{**stored(row.new, row.key), "id": row.id} for row in part if row.id])
        progress(0.9 * min(1, (at + CHUNK) / len(written)))
    for hamlet, codes in order.items():
        household_table.set_walk_order(db, hamlet, codes)
    rollup.recount(db, hamlets=hamlets, since=min([clock.day_of(now), *begin.values()]))


def _inserted(row: FileRow, position: dict[str, int], begin: dict[str, str]) -> dict:
    """The columns of a household that is registered."""
    place = {"code": row.key, "commune_code": row.commune}
    return {**stored(row.new, row.key), **place, "walk_order": position[row.key], "from_day": begin[row.key]}


def _number(db: Database, new: list[FileRow]) -> None:
    """The commune's serial goes on after the last, those given in the file among them."""
    for commune in {row.commune for row in new}:
        of_it = [row for row in new if row.commune == commune]
        serial = max([household_table.last_serial(db, commune), *(int(row.key[6:]) for row in of_it if row.key)])
        for row in of_it:
            if row.key is None:
                serial += 1
                row.key = household_table.code(commune, serial)


def _beginning(db: Database, new: list[FileRow], today: str) -> dict[str, str]:
    """The day from which on each is counted: today, or the day of the file where nothing was counted since."""
    first = first_free(db, today)
    return {row.key: row.begins if row.begins and first <= row.begins < today else today for row in new}


def _walk(db: Database, hamlets: set[str], new: list[FileRow]) -> dict[str, list[str]]:
    """The codes of each hamlet in walking order: those there stay in their order, new ones stand where the file says,
    else last."""
    wishes = {
        hamlet: [((place, 0, 0), code) for code, place in walk_order.places(db, hamlet)] for hamlet in sorted(hamlets)
    }
    for at, row in enumerate(new):
        wishes[row.new["hamlet_code"]].append(((row.order or LAST, 1, at), row.key))
    return {hamlet: [code for _wish, code in sorted(wished)] for hamlet, wished in wishes.items()}


def listed(db: Database, area: str, *, day: str) -> list[dict]:
    """Every household of the area that is counted, in the order it is walked, as columns of the file."""
    found = rows(
        db,
        f"""select h.code, h.commune_code as commune, {DISTRICT_OF_H}, h.walk_order, h.from_day,
                {", ".join(f"h.{name}" for name in FIELDS)}
            from my_households h
            where h.merged_into is null and h.commune_code in (select value from json_each(:communes))
                and not exists (select 1 from my_status s where s.household_id = h.id
                    and s.status in {GONE_STATUSES} and {in_force("s")})
            order by h.commune_code, h.hamlet_code, h.walk_order, h.code""",
        {"communes": json.dumps(sorted(Places(db, area).communes)), "day": day},
    )
    for line in found:
        line |= {name: json.loads(line[name]) for name in ("vulnerabilities", "exposures")}
    return found
