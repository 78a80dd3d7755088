"""The open pairs of a commune, kept by this process until something of the commune's lists changes.

Finding them takes a good part of a second, which a page that many open cannot spend. Whoever asks sees the whole
commune: its staff, or a level above.
"""

from collections.abc import Iterable

from sqlite_utils import Database

from lib.core import database
from lib.register import duplicates

_kept: dict[tuple[str, str], tuple[int, tuple, list[dict]]] = {}

# Every edit moves a version, every merge, leave or decision a count.
_STATE = """
    select count(*), sum(h.version), max(h.id), count(h.merged_into),
        (select sum(p.version) || '/' || count(*) || '/' || count(p.until_day) || '/' || count(p.merged_into)
         from my_households h
         join persons p on p.household_id = h.id  -- all: of households of the visitor's
         where h.commune_code = :commune),
        (select count(*) || '/' || count(s.until_day) from my_households h
         join household_status s on s.household_id = h.id  -- all: of households of the visitor's
         where h.commune_code = :commune and s.status in ('moved', 'merged')),
        (select count(*) from not_duplicates)
    from my_households h where h.commune_code = :commune
"""


def pairs(db: Database, commune: str) -> list[dict]:
    """`duplicates.open_pairs`, found again only after a change."""
    key, now = (str(database.path()), commune), database.changes(db)
    written, state, found = _kept.get(key, (None, None, []))
    if written == now:
        return found
    there = db.conn.execute(_STATE, {"commune": commune}).fetchone()
    if state != there:
        found = duplicates.open_pairs(db, commune)
    _kept[key] = (now, there, found)
    return found


def known(communes: Iterable[str]) -> dict[str, int]:
    """How many open pairs each commune had when they were last looked for; those never looked at are left out."""
    store = str(database.path())
    return {commune: len(_kept[store, commune][2]) for commune in communes if (store, commune) in _kept}
