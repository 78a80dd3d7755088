"""New rows of a file that are perhaps known already, or twice in the file: told at each, nothing is refused for it."""

from collections import defaultdict

from sqlite_utils import Database

from lib.core.errors import N_, Say
from lib.exchange.row import At, Row
from lib.register.duplicates import candidates

_SAME = N_("Perhaps the same as {code}, {name}.")
_TWIN = N_("Perhaps the same as row {n} of this file, {name}.")
_TAKEN = N_("Taken for {code}, {name}, because of the name alone.")


def likely(db: Database, kind: str, rows: list[Row]) -> dict[At, list[Say]]:
    """A sentence by `Row.at`, for households whose like the commune or the file has.

    Where the row can be told to be that household, `row.perhaps` says which it is, and `row.doubt` holds the sentence.
    """
    by_commune: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if kind == "households" and row.sheet == kind and row.state != "refused" and row.joined is None:
            by_commune[row.commune].append(row)
    for commune, of_it in by_commune.items():
        _of_commune(db, commune, of_it)
    return {row.at: [row.doubt] for of_it in by_commune.values() for row in of_it if row.doubt}


def _of_commune(db: Database, commune: str, rows: list[Row]) -> None:
    known = {row.key: row for row in rows if row.id}
    order = {row.at: place for place, row in enumerate(rows)}
    for row in rows:
        if row.id and row.perhaps:
            row.doubt = Say(_TAKEN, {"code": row.key, "name": row.old["head_name"]})
    new = [row for row in rows if row.state == "new"]
    for place, found in candidates.candidates_of_file(db, [row.new for row in new], commune).items():
        row, best = new[place], found[0]
        if best["code"] in known:
            _twin(row, known[best["code"]], order)
        else:
            row.doubt = Say(_SAME, {"code": best["code"], "name": best["name"]})
            row.perhaps = best["code"] if best["hamlet_code"] == row.new["hamlet_code"] else None
    for place, first in candidates.twins([row.new for row in new]).items():
        if new[place].doubt is None:
            _twin(new[place], new[first], order)


def _twin(row: Row, other: Row, order: dict[At, int]) -> None:
    """The later of the two may belong to the earlier one."""
    row.doubt = Say(_TWIN, {"n": other.place, "name": other.new["head_name"]})
    if order[other.at] < order[row.at] and other.new["hamlet_code"] == row.new["hamlet_code"]:
        row.perhaps = other.at
