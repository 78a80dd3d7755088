"""New rows of a file that are perhaps known already: a warning at each, nothing is refused for it."""

from collections import defaultdict

from sqlite_utils import Database

from lib.core.errors import N_, Say
from lib.exchange.row import Row
from lib.register import duplicates

_SAME = N_("Perhaps the same as {code}, {name}.")


def likely(db: Database, kind: str, rows: list[Row]) -> dict[tuple, list[Say]]:
    """A sentence by `Row.at`, for households whose like the commune has."""
    told: dict[tuple, list[Say]] = {}
    by_commune: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if kind == "households" and row.sheet == kind:
            by_commune[row.commune].append(row)
    for commune, of_it in by_commune.items():
        for place, found in duplicates.candidates_of_file(db, [row.new for row in of_it], commune).items():
            best = found[0]
            told[of_it[place].at] = [Say(_SAME, {"code": best["code"], "name": best["name"]})]
    return told
