"""Matches the rows of a file to the households that a commune already has.

A row means a household of its hamlet and name (however tone, y or i, capitals and apostrophe are written) of which it
says nothing else: what one of the two leaves empty is no difference. The surest rows choose first, so that each
finds its own among namesakes; where nothing but the name speaks for one of several, the row means none of them.
"""

import json
from collections import Counter

from sqlite_utils import Database

from lib.core.database import rows
from lib.register.duplicates import similar_names
from lib.register.households.fields import FIELDS

_COLUMNS = ", ".join(FIELDS)
_ADDRESS = ("lane", "house_number")
_COUNTED = ("person_count", "group_name")


class KnownHouseholds:
    """A commune's households, read once; each is matched to one row at most."""

    def __init__(self, db: Database, commune: str):
        self.by_code: dict[str, dict] = {}
        self._named: dict[tuple, list[dict]] = {}
        self._taken: set[str] = set()
        for stored in rows(
            db,
            f"""select id, code, {_COLUMNS} from my_households
                where commune_code = ? and merged_into is null order by code""",
            [commune],
        ):
            for field in ("vulnerabilities", "exposures"):
                stored[field] = json.loads(stored[field])
            self.by_code[stored["code"]] = stored
            self._named.setdefault(named(stored), []).append(stored)

    def take(self, code: str) -> dict | None:
        """Return the household of this code; None if there is none, or if another row has taken it."""
        if code in self._taken or code not in self.by_code:
            return None
        self._taken.add(code)
        return self.by_code[code]

    def meant(self, wanted: list[dict]) -> list[tuple[dict | None, bool]]:
        """Return for each of these rows without a code the household it matches, and whether that is certain."""
        found: list[tuple[dict | None, bool]] = [(None, True)] * len(wanted)
        rivals = Counter(map(named, wanted))
        for place_of, sure in ((_shares, True), (_is_the_same, True), (_is_alone, False)):
            for place, values in enumerate(wanted):
                if found[place][0] is None and (old := self._one(values, place_of, rivals[named(values)])):
                    found[place] = old, sure
                    rivals[named(values)] -= 1
        return found

    def _one(self, values: dict, fits, rivals: int) -> dict | None:
        """Take the best match at this name and address; never one whose telephone differs."""
        there = [h for h in self._named.get(named(values), []) if h["code"] not in self._taken]
        there = [h for h in there if not _differ(h, values)]
        alone = max(len(there), rivals) == 1
        likest = max((h for h in there if fits(h, values, alone)), key=lambda h: _agreeing(h, values), default=None)
        return likest and self.take(likest["code"])


def named(values: dict) -> tuple:
    """Return hamlet and comparable name, by which households are matched."""
    return values.get("hamlet_code"), similar_names.spoken(values.get("head_name"))


def _differ(stored: dict, values: dict) -> bool:
    """Whether lane, house number or all telephones differ; an empty field is no difference."""
    if any(one and other and one != other for one, other in (_places(stored, values, field) for field in _ADDRESS)):
        return True
    one, other = _phones(stored), _phones(values)
    return bool(one and other and not one & other)


def _shares(stored: dict, values: dict, _alone: bool) -> bool:
    """Whether the two share a telephone, or house number and lane."""
    number, given = _places(stored, values, "house_number")
    lane, in_lane = _places(stored, values, "lane")
    return bool(_phones(stored) & _phones(values)) or bool(number and number == given and lane == in_lane)


def _is_the_same(stored: dict, values: dict, _alone: bool) -> bool:
    """Whether address and telephones are equal, be they empty."""
    same = all(one == other for one, other in (_places(stored, values, field) for field in _ADDRESS))
    return same and _phones(stored) == _phones(values)


def _is_alone(stored: dict, values: dict, alone: bool) -> bool:
    """Whether no other household has this name, and the row has all stored fields or equal numbers of persons."""
    knows = all(values.get(field) or not stored[field] for field in (*_ADDRESS, "phone", "phone2"))
    return alone and (knows or all(stored[field] == values.get(field, stored[field]) for field in _COUNTED))


def _agreeing(stored: dict, values: dict) -> int:
    agreeing = sum(stored.get(field) == value for field, value in values.items())
    return agreeing + 9 * bool(_phones(stored) & _phones(values))


def _places(stored: dict, values: dict, field: str) -> tuple[str, str]:
    return tuple(similar_names.plain(each.get(field)) for each in (stored, values))


def _phones(values: dict) -> set[str]:
    return {values.get("phone"), values.get("phone2")} - {None}


def foreign(db: Database, codes: set[str]) -> set[str]:
    """Return the codes of this list that belong to a household of the store."""
    found = rows(
        db,
        """select code from households  -- all: a code is given once in the whole province
           where code in (select value from json_each(?))""",
        [json.dumps(sorted(codes))],
    )
    return {line["code"] for line in found}
