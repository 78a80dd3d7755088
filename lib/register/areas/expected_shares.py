"""How many households each commune should have on its lists, entered or shared out of a total above it.

A number entered for a commune stands. What is left of its district's total, after those, is shared among the district's
other communes; what is left of the province's total, among those communes that still have none. They share by their
persons where these are known of all that share, else equally. A share is an estimate and is always called one. Where a
total is used up by what was entered below it, the others have no number: it would be nought, which nobody said.

The numbers are those known now, also for days gone by; a frozen report keeps those it was frozen with.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from lib.core.database import row, rows, setting

LEAST = 90  # percent of the expected households below which a commune's lists are too short, unless the province says
ENTERED, PERSONS, EQUAL = "entered", "persons", "equal"  # where a commune's number comes from


@dataclass(frozen=True)
class Expected:
    """A commune's number, `basis` one of those above; `of` is the area whose total is shared."""

    households: int
    basis: str = ENTERED
    of: str | None = None

    @property
    def estimated(self) -> bool:
        return self.basis != ENTERED


def least(db: Database) -> int:
    """The percentage of expected households from which on a commune's lists count as complete."""
    percentage = setting(db, "rule.registered_min") or ""
    return int(percentage) if percentage.isdecimal() else LEAST


def entered(db: Database, code: str) -> dict | None:
    """What was entered for one area: `{area_code, households, persons, source, entered_day, version}`."""
    return row(db, f"select {_COLUMNS} from expected_households where area_code = ?", [code])


_COLUMNS = "area_code, households, persons, source, entered_day, version"


def all_entered(db: Database) -> dict[str, dict]:
    return {line["area_code"]: line for line in rows(db, f"select {_COLUMNS} from expected_households")}


def of_communes(db: Database, only: Iterable[str] | None = None) -> dict[str, Expected]:
    """`{commune: Expected}` of every commune whose number is known, or of these; empty where nobody entered any.

    Shares depend on all communes below a total, so these are looked at only where one of those asked for has none.
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
    """The same from `{code, district, province}` of the communes and what was entered, by area."""
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
    """A total shared by persons, else equally; a share of less than one household is none."""
    persons = [entries.get(code, {}).get("persons") or 0 for code in codes]
    by_persons = all(persons)
    parts = apportioned(total, persons if by_persons else [1] * len(codes))
    basis = PERSONS if by_persons else EQUAL
    return {code: Expected(part, basis, area) for code, part in zip(codes, parts, strict=True) if part}


def apportioned(total: int, weights: Iterable[int]) -> list[int]:
    """Whole shares that add up to the total, by largest remainders; the first of equals takes what is left over."""
    weights = list(weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
