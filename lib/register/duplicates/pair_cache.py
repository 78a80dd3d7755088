"""The open pairs of a commune, kept by this process; only those of households that changed are found again.

Whoever asks sees the whole commune: its staff, or a level above.
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
class _Kept:
    """What the last look found, and how the store stood: its writes, its log, each household's stamp."""

    written: int
    logged: int
    stamps: dict[int, tuple]
    found: dict[Pair, Likeness]
    listed: list[dict]


_kept: dict[tuple[str, str], _Kept] = {}

# Every edit of a household or a person moves its version; who moves in or out moves the sum.
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
# What was taken back has the version it had before, which the next edit would move to one that was seen already.
_RESTORED = """
    select distinct json_extract(ifnull(s.after, s.before), iif(s.table_name = 'persons', '$.household_id', '$.id'))
    from audit_log l  -- all: only ids, of which those of the commune are looked at
    join undo_steps s on s.audit_id = json_extract(l.detail, '$.of') and s.table_name in ('households', 'persons')
    where l.id > ? and l.action = 'undo'
"""


def pairs(db: Database, commune: str) -> list[dict]:
    """`pairs.still_open` of a commune of the visitor's; none of another."""
    if value(db, "select 1 from my_communes where code = ?", [commune]) is None:
        return []
    key, written = (str(database.path()), commune), database.changes(db)
    kept = _kept.get(key)
    if kept is None or kept.written != written:
        older = kept and kept.written > written  # a copy of the store was put in its place
        kept = _kept[key] = _look(db, commune, None if older else kept, written)
    return kept.listed


def _look(db: Database, commune: str, kept: _Kept | None, written: int) -> _Kept:
    logged = value(db, _LOGGED) or 0
    stamps = {household: tuple(stamp) for household, *stamp in db.conn.execute(_STAMPS, {"commune": commune})}
    found = _found(db, commune, kept, stamps)
    return _Kept(written, logged, stamps, found, likely.listed(db, commune, found))


def _found(db: Database, commune: str, kept: _Kept | None, stamps: dict[int, tuple]) -> dict[Pair, Likeness]:
    """What was found the last time, without the households that changed or left, and what is found for these now."""
    if kept is None:
        return likely.of_commune(db, commune)
    moved = {household for household, stamp in stamps.items() if kept.stamps.get(household) != stamp}
    moved |= {household for (household,) in db.conn.execute(_RESTORED, [kept.logged])} & stamps.keys()
    if len(moved) > AT_ONCE:
        return likely.of_commune(db, commune)
    there = stamps.keys() - moved
    stayed = {pair: like for pair, like in kept.found.items() if like.homes <= there}
    return stayed | likely.of_households(db, commune, moved)


def known(communes: Iterable[str]) -> dict[str, int]:
    """How many open pairs each commune had when they were last looked for; those never looked at are left out."""
    store = str(database.path())
    return {commune: len(_kept[store, commune].listed) for commune in communes if (store, commune) in _kept}
