"""Computes how many households each commune should have on its lists, as entered or as a share of a total above it.

A number entered for a commune stands. The rest of its district's total is shared among the district's other communes,
the rest of the province's total among communes that still have none: by their persons if all are known, else equally.
A share is an estimate and is always called one. If nothing is left of a total, the others have no number rather than 0.

Past days use the present numbers as well; a frozen report keeps those it was frozen with.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from lib.core.database import row, rows, setting

LEAST = 90  # percent of the expected households below which a commune's lists are too short, unless the province says
ENTERED, PERSONS, EQUAL = "entered", "persons", "equal"  # where a commune's number comes from


@dataclass(frozen=True)
class Expected:
    """A commune's expected households: `basis` is one of those above, `of` the area whose total is shared."""

    households: int
    basis: str = ENTERED
    of: str | None = None

    @property
    def estimated(self) -> bool:
        return self.basis != ENTERED


def least(db: Database) -> int:
    """Return the percentage of expected households from which a commune's lists count as complete."""
    percentage = setting(db, "rule.registered_min") or ""
    return int(percentage) if percentage.isdecimal() else LEAST


def entered(db: Database, code: str) -> dict | None:
    """Return an area's entry: `{area_code, households, persons, source, entered_day, version}`, or None."""
    return row(db, f"select {_COLUMNS} from expected_households where area_code = ?", [code])


_COLUMNS = "area_code, households, persons, source, entered_day, version"


def all_entered(db: Database) -> dict[str, dict]:
    return {line["area_code"]: line for line in rows(db, f"select {_COLUMNS} from expected_households")}


def of_communes(db: Database, only: Iterable[str] | None = None) -> dict[str, Expected]:
    """Return `{commune: Expected}` of all communes with a number, or at least of `only`; empty if nothing is entered.

    Shares depend on all communes below a total, so those are read only if one of `only` has no entry.
    """
    entries = all_entered(db)
    if not entries:
        return {}
    if only is not None and all(entries.get(code, {}).get("households") for code in only):
        return {code: Expected(entries[code]["households"]) for code in only}
    communes = rows(
        db,
        """select c.code, d.code as district, d.parent_code as province
           from areas c join areas d on d.code = c.parent_code where c.level = 'commune' order by c.code""",
    )
    return shared(communes, entries)


def shared(communes: list[dict], entries: dict[str, dict]) -> dict[str, Expected]:
    """Return `{commune: Expected}` from the communes `{code, district, province}` and the entries by area."""
    expected = {
        commune["code"]: Expected(entries[commune["code"]]["households"])
        for commune in communes
        if entries.get(commune["code"], {}).get("households")
    }
    for level in ("district", "province"):
        inside: dict[str, list[str]] = {}
        for commune in communes:
            inside.setdefault(commune[level], []).append(commune["code"])
        for area, codes in inside.items():
            total = entries.get(area, {}).get("households")
            without = [code for code in codes if code not in expected]
            left = (total or 0) - sum(expected[code].households for code in codes if code in expected)
            if without and left > 0:
                expected |= _shares(left, without, entries, area)
    return expected


def _shares(total: int, codes: list[str], entries: dict[str, dict], area: str) -> dict[str, Expected]:
    """Share a total by persons, else equally; leave out shares of less than one household."""
    persons = [entries.get(code, {}).get("persons") or 0 for code in codes]
    by_persons = all(persons)
    parts = apportioned(total, persons if by_persons else [1] * len(codes))
    basis = PERSONS if by_persons else EQUAL
    return {code: Expected(part, basis, area) for code, part in zip(codes, parts, strict=True) if part}


def apportioned(total: int, weights: Iterable[int]) -> list[int]:
    """Return whole shares that add up to the total, by largest remainders; among equals the first gets the rest."""
    weights = list(weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
