"""Rows of hamlets: known by their code, else by word and name within the commune."""

import re
from datetime import datetime

from sqlite_utils import Database

from lib.core import rollup
from lib.core.access import User
from lib.core.errors import N_, Invalid, Say
from lib.core.words.place_words import KINDS
from lib.exchange.lists.place_lookup import Places
from lib.exchange.lists.row import FileRow, good
from lib.register.areas import area_table, hamlets

_FIRST_DAY = "0000-00-00"  # they were there before they were entered


def look(db: Database, user: User, area: str, lines: list, *, now: datetime) -> list[FileRow]:
    """What each row would do to the hamlets of the area."""
    places, taken = Places(db, area, lines), {}
    return [_row(places, line, taken) for line in lines]


def _row(places: Places, line, taken: dict) -> FileRow:
    row, cells = FileRow(line.number, page=line.page), line.values
    try:
        row.faults |= line.faults
        row.commune = places.commune(cells, "code")
        row.new = hamlets.checked(_split(cells))
    except Invalid as problem:
        return row.refuse(problem)
    if row.faults:
        return row.refuse({})
    known = places.hamlets(row.commune)
    named = _named(row.new)
    row.key = cells.get("code") or next((code for code, there in known.items() if named == _named(there)), None)
    if fault := _fault(row, known, named, taken):
        return row.refuse(fault)
    taken[row.commune, named] = row.place
    return row.decide(known.get(row.key))


def _named(hamlet: dict) -> tuple[str, str]:
    return hamlet["kind"], hamlet["name"].casefold()


def _split(cells: dict) -> dict:
    """The local word may stand before the name: "Ấp Phước Đức"."""
    kind, name = ((cells.get(part) or "") for part in ("kind", "name"))
    if not kind:
        kind = max((word for word in KINDS if name.casefold().startswith(f"{word} ")), key=len, default="")
    return {"kind": kind.casefold() or None, "name": name}


def _fault(row: FileRow, known: dict, named: tuple, taken: dict) -> dict:
    if row.key and row.key not in known and not re.fullmatch(rf"{row.commune}\d\d", row.key):
        sentence = N_("A hamlet's code is the commune's code plus two digits; leave it empty for a new hamlet.")
        return {"code": Say(sentence)}
    if (row.commune, named) in taken:
        return {"name": Say(N_("The same as row {n} of this file."), {"n": taken[row.commune, named]})}
    if any(code != row.key and named == _named(there) for code, there in known.items()):
        return {"name": Say(N_("The commune already has a hamlet of this name; open it or choose another name."))}
    return {}


def write(db: Database, user: User, rows_: list[FileRow], *, now: datetime, progress) -> None:
    """Add and rename, then count the new ones on every open day."""
    codes = {commune: hamlets.codes(db, commune) for commune in {row.commune for row in good(rows_)}}
    for row in good(rows_):
        row.key = row.key or hamlets.next_code(codes[row.commune], row.commune)
        codes[row.commune].add(row.key)
    area_table.put_hamlets(db, [{**row.new, "code": row.key} for row in good(rows_)])
    rollup.recount(db, hamlets={row.key for row in good(rows_, "new")}, since=_FIRST_DAY)


def listed(db: Database, area: str, *, day: str) -> list[dict]:
    """Every hamlet of the area, as columns of the file."""
    places = Places(db, area)
    return [
        {
            "code": code,
            "commune": commune,
            "district": places.district(commune),
            "kind": place["kind"],
            "name": place["name"],
        }
        for commune in places.communes
        for code, place in sorted(places.hamlets(commune).items())
    ]
