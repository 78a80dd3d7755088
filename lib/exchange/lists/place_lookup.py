"""Communes and hamlets found by what stands in a cell: a code, a name, a name with its word, with or without marks."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from lib.core import text
from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say
from lib.core.words import titles
from lib.core.words.place_words import SHORT
from lib.register.duplicates import similar_names

_SHORT = {**SHORT, "tt": "thị trấn", "tx": "thị xã", "tp": "thành phố"}
_LONGEST = 60
_LETTER = {"p": "phuong", "x": "xa", "q": "quan", "h": "huyen"}  # before a name: "P. 1", "H. Gò Dầu"
OUTSIDE = N_(
    "This row belongs to a commune outside the area the file is imported for; remove it or import the "
    "file for its area."
)
_SEVERAL = N_(
    "Several communes have this name: {communes}. Write the district in the column “Huyện, thị xã, thành phố”, "
    "or the commune's code instead of its name."
)
_NO_DISTRICT = N_("There is no district “{typed}”; correct the name, or leave the cell empty.")
NO_COMMUNE = N_("There is no commune “{typed}” here; correct the name, or write its code.")
NOT_IN = N_("There is no commune “{typed}” in “{district}”; correct the commune or the district.")
_NOT_THERE = N_("The row belongs to {commune}; correct the district, or the commune.")
# The district of a household `h`, as a column of a list that is taken out.
DISTRICT_OF_H = """(select d.kind || ' ' || d.name from areas c join areas d on d.code = c.parent_code
    where c.code = h.commune_code) as district"""
_TOLD = 6  # communes of one name that are told one by one
_CODE = re.compile(r"\d{5}([-\d].*)?")
_BEHIND = re.compile(r"(.+?)\s*[,;(–-]\s*(.+?)\)?")


def plainest(name: str | None) -> str:
    """Folded, without signs, short words written out, numbers without leading zeros: "KP.01" -> "khu pho 1"."""
    words = re.findall(r"[a-z]+|\d+", text.fold(name))
    if len(words) > 1:
        words[0] = _LETTER.get(words[0], words[0])
    return " ".join(str(int(word)) if word.isdigit() else text.fold(_SHORT.get(word, word)) for word in words)


def spelled(name: str | None) -> str:
    """The same with its marks: by it "Nậm Củm" is another hamlet than "Nậm Cúm"; "Hoà" and "Hòa" are one."""
    words = re.findall(r"[^\W\d_]+|\d+", text.name(name).casefold())
    plain = (str(int(word)) if word.isdecimal() else _SHORT.get(word, word) for word in words)
    return " ".join(similar_names.spoken(" ".join(plain)))


class Hamlets:
    """A commune's hamlets by code, and by what stands in a cell: a spelling with its marks goes before one without."""

    def __init__(self, found: list[dict]):
        self.codes = {place["code"]: place for place in found}
        self._spelled, self._plain = _by_name(found, spelled), _by_name(found)
        self._read: dict[str, list[str]] = {}

    def named(self, cell: str) -> list[str]:
        """The codes of none, one, or several of the same name."""
        if cell not in self._read:
            self._read[cell] = self._spelled.get(spelled(cell)) or self._plain.get(plainest(cell), [])
        return self._read[cell]

    def names(self) -> set[str]:
        """What they are called, as `plainest` leaves it; a bare number is no name."""
        return {name for name in self._plain if not name.isdecimal()}


class Units:
    """Districts and communes of the whole store, which are no secret, by what stands in a cell.

    The communes outside an area are known too: a row that means one of these must not fall to a namesake inside.
    """

    def __init__(self, db: Database):
        found = rows(db, "select code, level, kind, name, parent_code from areas where level <> 'hamlet'")
        self._all = {place["code"]: place for place in found}
        of_level = {
            level: [place for place in found if place["level"] == level]
            for level in ("province", "district", "commune")
        }
        self._provinces, self._districts, self._communes = map(_by_name, of_level.values())

    def named(self, code: str) -> str:
        """ "Huyện Gò Dầu"."""
        return titles.full(self._all[code])

    def full(self, code: str) -> str:
        """ "Xã Tân Hòa, Huyện Tân Châu": a commune with its district."""
        return f"{self.named(code)}, {self.named(self._all[code]['parent_code'])}"

    def lies_in(self, code: str, district: set[str] | None) -> bool:
        """Whether a commune lies in one of these districts; anywhere does where none is told."""
        return district is None or self._all[code]["parent_code"] in district

    def district(self, cell: str | None) -> set[str] | None:
        """The codes of the districts that a cell may mean, two where a town and a rural district share a name; None
        for an empty cell, Invalid for a name that the store does not have."""
        if not cell:
            return None
        by_number = cell.zfill(3) if re.fullmatch(r"\d{1,3}", cell) else ""
        known = by_number in self._all and self._all[by_number]["level"] == "district"
        found = {by_number} if known else self._meant(self._districts, cell)
        if not found:
            raise Invalid({"district": Say(_NO_DISTRICT, {"typed": cell[:60]})})
        return found

    def communes(self, cell: str, district: set[str] | None) -> list[str]:
        """The codes of the communes that a cell may mean, in these districts where any are told; the district may
        stand behind the name: "Tân Hòa, Tân Châu", "Xã Tân Hòa (huyện Tân Châu)"."""
        found, parts = self._communes.get(plainest(cell), []), _BEHIND.fullmatch(cell)
        if not found and parts:
            cell, behind = parts[1], self._meant(self._districts, parts[2])
            if behind:
                district = behind if district is None else behind & district
            if behind or plainest(parts[2]) in self._provinces:
                found = self._communes.get(plainest(cell), [])
        return self._marked([code for code in found if self.lies_in(code, district)], cell)

    def _meant(self, named: dict[str, list[str]], cell: str) -> set[str]:
        """By the whole cell, else by what stands before the province in it."""
        for part in (cell, re.split(r"[,;(–-]", cell)[0]):
            if found := named.get(plainest(part)):
                return set(self._marked(found, part))
        return set()

    def _marked(self, found: list[str], cell: str) -> list[str]:
        return marked([self._all[code] for code in found], cell)


def marked(found: list[dict], cell: str) -> list[str]:
    """The codes of places that were found without looking at marks; only those with the very marks of the cell, where
    it has any and some of them fit."""
    wanted = set(similar_names.name(cell).marked)
    typed_bare = text.fold(cell) == text.clean(cell).casefold()
    exact = [place["code"] for place in found if set(similar_names.name(place["name"]).marked) <= wanted]
    return [place["code"] for place in found] if typed_bare or not exact else exact


class Communes:
    """Communes of an area by what stands in the cells of a file.

    `cells` are the names in the file, each with its district: where some of them mean communes outside the area, the
    file is of more than the area, and a name that a commune outside has too says too little.
    """

    def __init__(self, db: Database, inside: Iterable[str], cells: Iterable[tuple[str | None, str | None]] = ()):
        self.units, self._inside = Units(db), set(inside)
        self._known: dict[tuple, list[str]] = {}
        self._of_more = any(cell and self._lies_outside(cell, district) for cell, district in set(cells))

    def meant(self, cell: str, district: str | None, coded: Collection[str] = ()) -> str:
        """The one commune that a cell means, of those of the row's codes where it has any; Invalid, under "commune",
        for one outside the area and where several would do."""
        known = self._all_meant(cell, district)
        if not known and district:
            raise Invalid({"commune": Say(NOT_IN, {"typed": cell[:60], "district": district[:60]})})
        if not known:
            raise Invalid({"commune": Say(NO_COMMUNE, {"typed": cell[:60]})})
        found = [code for code in known if not coded or code in coded]
        inside = [code for code in found if code in self._inside]
        several = found if self._of_more and not district else inside
        if not inside:
            raise Invalid({"commune": Say(OUTSIDE)})
        if len(several) > 1:
            told = "; ".join(f"{self.units.full(code)} ({code})" for code in several[:_TOLD])
            more = " …" if len(several) > _TOLD else ""
            raise Invalid({"commune": Say(_SEVERAL, {"communes": told + more})})
        return inside[0]

    def check(self, code: str, district: str | None) -> None:
        """Invalid, under "district", where the district of the row is not that of its commune."""
        if not self.units.lies_in(code, self.units.district(district)):
            raise Invalid({"district": Say(_NOT_THERE, {"commune": self.units.full(code)})})

    def _lies_outside(self, cell: str, district: str | None) -> bool:
        try:
            found = self._all_meant(cell, district)
        except Invalid:
            return False  # said at the row itself
        return bool(found) and self._inside.isdisjoint(found)

    def _all_meant(self, cell: str, district: str | None) -> list[str]:
        """Every commune of the store that a cell may mean; each cell is looked up once."""
        if re.fullmatch(r"\d{5}", cell):
            return [cell]
        key = cell, district
        if key not in self._known:
            self._known[key] = self.units.communes(cell, self.units.district(district))
        return self._known[key]


class Places:
    """The communes of an area that the visitor holds, with their hamlets; `lines` are the rows of the file."""

    def __init__(self, db: Database, area: str, lines: Iterable = ()):
        self.area = area
        found = rows(
            db,
            """select c.code, c.kind, c.name, c.parent_code, d.kind as parent_kind, d.name as parent_name
               from my_communes c join areas d on d.code = c.parent_code
               where :area in (c.code, c.parent_code)
                   or c.parent_code in (select code from areas where parent_code = :area)""",
            {"area": area},
        )
        self.communes = {place["code"]: place for place in found}
        cells = ((line.values.get("commune"), line.values.get("district")) for line in lines)
        self.by_name = Communes(db, self.communes, cells)
        self._hamlets: dict[str, Hamlets] = {}
        self._db = db

    def commune(self, cells: dict, *coded: str) -> str:
        """The commune of a row: named in `commune`, told apart by `district`, or that of the codes in the columns
        `coded`, or the only one there is; Invalid where these do not fit together or several communes would do."""
        found = {code[:5] for column in coded if (code := cells.get(column) or "") and _CODE.fullmatch(code)}
        if cells.get("commune"):
            found |= {self.by_name.meant(cells["commune"], cells.get("district"), found)}
        if not found and len(self.communes) == 1:
            found = {*self.communes}
        if not found:
            raise Invalid({"commune": Say(N_("Enter the commune, or import the file for one commune."))})
        if len(found) > 1 or not found <= self.communes.keys():
            raise Invalid({"commune": Say(OUTSIDE)})
        code = found.pop()
        self.by_name.check(code, cells.get("district"))
        return code

    def district(self, commune: str) -> str:
        """The district of a commune as it stands in a file."""
        return self.by_name.units.named(self.communes[commune]["parent_code"])

    def hamlets(self, commune: str) -> dict[str, dict]:
        """A commune's hamlets by code."""
        return self._of(commune).codes

    def hamlet(self, commune: str, cell: str | None, field: str = "hamlet_code") -> str:
        """The code of a hamlet of the commune, by its code or name."""
        known = self._of(commune)
        if not cell:
            raise Invalid({field: Say(N_("This may not be left empty."))})
        if cell in known.codes:
            return cell
        found = known.named(cell)
        if len(found) > 1:
            raise Invalid({field: Say(N_("Several hamlets have this name; write the code."))})
        if not found:
            raise Invalid({field: Say(N_("The commune has no hamlet of this name; add it first, under Hamlets."))})
        return found[0]

    def names(self, commune: str) -> set[str]:
        """What the hamlets of a commune are called (see `Hamlets.names`)."""
        return self._of(commune).names()

    def written(self, code: str) -> str:
        """A hamlet as it stands in a file: its name with its word, or its code where that is not found again."""
        place = self.hamlets(code[:5])[code]
        name = titles.full(place)
        return name if self._of(code[:5]).named(name) == [code] else code

    def _of(self, commune: str) -> Hamlets:
        if commune not in self._hamlets:
            found = rows(self._db, "select code, kind, name from my_hamlets where parent_code = ?", [commune])
            self._hamlets[commune] = Hamlets(found)
        return self._hamlets[commune]


@dataclass(frozen=True)
class HamletNames:
    """Whether a text is the name of one of these hamlets, with its word or without; names as `plainest` leaves them."""

    names: frozenset[str]

    def __call__(self, said: str) -> bool:
        return len(said) < _LONGEST and plainest(said) in self.names


def hamlet_names(db: Database, area: str) -> HamletNames:
    """The names of an area's hamlets."""
    places = Places(db, area)
    return HamletNames(frozenset(name for commune in places.communes for name in places.names(commune)))


def _by_name(found: list[dict], bare: Callable[[str], str] = plainest) -> dict[str, list[str]]:
    """Codes by name with its word, and by the bare name."""
    named: dict[str, list[str]] = {}
    for place in found:
        for name in {bare(titles.full(place)), bare(place["name"])}:
            named.setdefault(name, []).append(place["code"])
    return named
