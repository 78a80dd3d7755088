"""The households a commune has already, and which of them a row of a file means."""

import json

from sqlite_utils import Database

from lib.core.database import rows
from lib.register.household_values import FIELDS

_COLUMNS = ", ".join(FIELDS)
_ADDRESS = ("hamlet_code", "head_name", "lane", "house_number")


class Known:
    """A commune's households, read once; each is given to one row at most."""

    def __init__(self, db: Database, commune: str):
        self.by_code: dict[str, dict] = {}
        self._by_address: dict[tuple, list[dict]] = {}
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
            self._by_address.setdefault(_address(stored), []).append(stored)

    def take(self, code: str) -> dict | None:
        """The household of this code; None when there is none of it, or another row took it."""
        if code in self._taken or code not in self.by_code:
            return None
        self._taken.add(code)
        return self.by_code[code]

    def meant(self, values: dict) -> dict | None:
        """The household at this address under this name, the one that is most alike first; not one of another phone."""
        there = [h for h in self._by_address.get(_address(values), []) if h["code"] not in self._taken]
        there = [h for h in there if not _strangers(h, values)]
        found = max(there, key=lambda h: sum(h[field] == value for field, value in values.items()), default=None)
        return found and self.take(found["code"])


def _address(values: dict) -> tuple:
    return tuple((values.get(field) or "").casefold() for field in _ADDRESS)


def _strangers(stored: dict, values: dict) -> bool:
    """Both have a telephone, and not the same."""
    phones = ({household.get("phone"), household.get("phone2")} - {None} for household in (stored, values))
    one, other = phones
    return bool(one and other and not one & other)


def foreign(db: Database, codes: set[str]) -> set[str]:
    """Codes of this list that some household of the store has."""
    found = rows(
        db,
        """select code from households  -- all: a code is given once in the whole province
           where code in (select value from json_each(?))""",
        [json.dumps(sorted(codes))],
    )
    return {line["code"] for line in found}
