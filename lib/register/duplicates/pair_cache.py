"""Caches the open pairs of a commune in this process; only those of changed households are computed again.

Callers see the whole commune: its staff, or a level above.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from lib.core import database
from lib.core.database import value
from lib.register.duplicates import open_pairs as likely
from lib.register.duplicates.candidates import GONE
from lib.register.duplicates.open_pairs import Likeness, Pair

AT_ONCE = 60  # households; to look at more of them one by one takes as long as to look at the whole commune


@dataclass(frozen=True)
class _Look:
    """The pairs of the last look, and the state of the store then: its writes, its log, each household's stamp."""

    written: int
    logged: int
    stamps: dict[int, tuple]
    pairs: dict[Pair, Likeness]
    listed: list[dict]


# Every edit changes a version; a person who moves in or out changes the sum.
_STAMPS = f"""
    select h.id, h.version,
        (select sum(p.id * (4 * p.version + 2 * (p.until_day is not null) + (p.merged_into is not null)))
         from persons p  -- all: of a household of the visitor's
         where p.household_id = h.id)
    from my_households h
    where h.commune_code = :commune and h.merged_into is null and not {GONE}
"""
_LOGGED = """select max(id)
    from audit_log  -- all: only how far it goes"""
# An undone row has its old version again, and the next edit would give it a version that was seen already.
_RESTORED = """
    select distinct json_extract(ifnull(s.after, s.before), iif(s.table_name = 'persons', '$.household_id', '$.id'))
    from audit_log l  -- all: only ids, of which those of the commune are looked at
    join undo_steps s on s.audit_id = json_extract(l.detail, '$.of') and s.table_name in ('households', 'persons')
    where l.id > ? and l.action = 'undo'
"""


class PairCache:
    """The last look at each commune of each store."""

    def __init__(self) -> None:
        self._looks: dict[tuple[str, str], _Look] = {}

    def pairs(self, db: Database, commune: str) -> list[dict]:
        """Return `open_pairs.still_open` of a commune of the visitor's; empty for any other."""
        if value(db, "select 1 from my_communes where code = ?", [commune]) is None:
            return []
        key, written = (str(database.path()), commune), database.changes(db)
        last = self._looks.get(key)
        if last is None or last.written != written:
            older = last and last.written > written  # a copy of the store was put in its place
            last = self._looks[key] = _look(db, commune, None if older else last, written)
        return last.listed

    def counts(self, communes: Iterable[str]) -> dict[str, int]:
        """Return the number of open pairs of each commune at its last look; communes never looked at are left out."""
        store = str(database.path())
        looks = {commune: self._looks[store, commune] for commune in communes if (store, commune) in self._looks}
        return {commune: len(look.listed) for commune, look in looks.items()}


_CACHE = PairCache()
pairs, known = _CACHE.pairs, _CACHE.counts


def _look(db: Database, commune: str, last: _Look | None, written: int) -> _Look:
    logged = value(db, _LOGGED) or 0
    stamps = {household: tuple(stamp) for household, *stamp in db.conn.execute(_STAMPS, {"commune": commune})}
    pairs = _pairs(db, commune, last, stamps)
    return _Look(written, logged, stamps, pairs, likely.listed(db, commune, pairs))


def _pairs(db: Database, commune: str, last: _Look | None, stamps: dict[int, tuple]) -> dict[Pair, Likeness]:
    """Return the last look's pairs of unchanged households, with the pairs of changed ones computed now."""
    if last is None:
        return likely.of_commune(db, commune)
    moved = {household for household, stamp in stamps.items() if last.stamps.get(household) != stamp}
    moved |= {household for (household,) in db.conn.execute(_RESTORED, [last.logged])} & stamps.keys()
    if len(moved) > AT_ONCE:
        return likely.of_commune(db, commune)
    there = stamps.keys() - moved
    stayed = {pair: like for pair, like in last.pairs.items() if like.homes <= there}
    return stayed | likely.of_households(db, commune, moved)
