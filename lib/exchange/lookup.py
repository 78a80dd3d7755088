"""Communes and hamlets found by what stands in a cell: a code, a name, a name with its word, with or without marks."""

import re
from collections.abc import Callable

from sqlite_utils import Database

from lib.core import text
from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say

_SHORT = {
    "kp": "khu pho", "tdp": "to dan pho", "kdc": "khu dan cu", "tt": "thi tran", "tx": "thi xa", "tp": "thanh pho",
}  # fmt: skip
_LONGEST = 60
_OUTSIDE = N_("This row belongs to a commune outside the area the file is loaded for.")


def plainest(name: str | None) -> str:
    """Folded, without signs, short words written out, numbers without leading zeros: "KP.01" -> "khu pho 1"."""
    words = re.findall(r"[a-z]+|\d+", text.fold(name))
    return " ".join(str(int(word)) if word.isdigit() else _SHORT.get(word, word) for word in words)


class Places:
    """The communes of an area that the visitor holds, with their hamlets."""

    def __init__(self, db: Database, area: str):
        self.area = area
        found = rows(
            db,
            """select c.code, c.kind, c.name from my_communes c
               where :area in (c.code, c.parent_code)
                   or c.parent_code in (select code from areas where parent_code = :area)""",
            {"area": area},
        )
        self.communes = {place["code"]: place for place in found}
        self._named = _by_name(found)
        self._hamlets: dict[str, dict] = {}
        self._db = db

    def commune(self, *cells: str | None) -> str:
        """The commune of a row: named in it, or that of its codes, or the only one there is."""
        named, *coded = cells
        wanted = self._commune_named(named) if named else None
        codes = {cell[:5] for cell in coded if cell and re.fullmatch(r"\d{5}([-\d].*)?", cell)} | {wanted} - {None}
        if not codes and len(self.communes) == 1:
            return next(iter(self.communes))
        if not codes:
            raise Invalid({"commune": Say(N_("Name the commune, or load the file for one commune."))})
        if len(codes) > 1 or not codes <= self.communes.keys():
            raise Invalid({"commune": Say(_OUTSIDE)})
        return codes.pop()

    def _commune_named(self, cell: str) -> str:
        if cell in self.communes or re.fullmatch(r"\d{5}", cell):
            return cell
        found = self._named.get(plainest(cell), [])
        if len(found) > 1:
            raise Invalid({"commune": Say(N_("Several communes have this name; write the code."))})
        if not found:
            raise Invalid({"commune": Say(_OUTSIDE)})
        return found[0]

    def hamlets(self, commune: str) -> dict[str, dict]:
        """A commune's hamlets by code."""
        return self._of(commune)["codes"]

    def hamlet(self, commune: str, cell: str | None, field: str = "hamlet_code") -> str:
        """The code of a hamlet of the commune, by its code or name."""
        known = self._of(commune)
        if not cell:
            raise Invalid({field: Say(N_("This may not stay empty."))})
        if cell in known["codes"]:
            return cell
        found = known["named"].get(plainest(cell), [])
        if len(found) > 1:
            raise Invalid({field: Say(N_("Several hamlets have this name; write the code."))})
        if not found:
            raise Invalid({field: Say(N_("The commune has no hamlet of this name; add it first, under Hamlets."))})
        return found[0]

    def names(self, commune: str) -> set[str]:
        """What the hamlets of a commune are called, as `plainest` leaves it; a bare number is no name."""
        return {name for name in self._of(commune)["named"] if not name.isdecimal()}

    def written(self, code: str) -> str:
        """A hamlet as it stands in a file: its name with its word, or its code where that is not found again."""
        place = self.hamlets(code[:5])[code]
        name = f"{place['kind']} {place['name']}"
        return name if self._of(code[:5])["named"].get(plainest(name)) == [code] else code

    def _of(self, commune: str) -> dict:
        if commune not in self._hamlets:
            found = rows(self._db, "select code, kind, name from my_hamlets where parent_code = ?", [commune])
            self._hamlets[commune] = {"codes": {place["code"]: place for place in found}, "named": _by_name(found)}
        return self._hamlets[commune]


def hamlet_names(db: Database, area: str) -> Callable[[str], bool]:
    """Whether a text is the name of a hamlet of the area, with its word or without."""
    places = Places(db, area)
    names = {name for commune in places.communes for name in places.names(commune)}
    return lambda said: len(said) < _LONGEST and plainest(said) in names


def _by_name(found: list[dict]) -> dict[str, list[str]]:
    """Codes by name with its word, and by the bare name."""
    named: dict[str, list[str]] = {}
    for place in found:
        for name in {plainest(f"{place['kind']} {place['name']}"), plainest(place["name"])}:
            named.setdefault(name, []).append(place["code"])
    return named
