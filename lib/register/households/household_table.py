"""The only writer of the table households, inside an open write; columns are those of `fields.stored`.

It also issues the codes: the commune's code and a serial of four digits, five past 9999.
"""

import json
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from lib.core import database, sql
from lib.core.database import value


def insert(db: Database, household: Mapping) -> int:
    """Insert a household; return its id."""
    return database.insert(db, _insert(household), household)


def insert_many(db: Database, households: Sequence[Mapping]) -> None:
    """Insert households, all with the same columns."""
    if households:
        db.conn.executemany(_insert(households[0]), households)


def _insert(columns: Mapping) -> str:
    return f"insert into households ({sql.names(columns)}) values ({sql.marks(columns)})"


def update_many(db: Database, households: Sequence[Mapping]) -> None:
    """Update households by their `id`, all with the same columns."""
    if households:
        columns = sql.sets(column for column in households[0] if column != "id")
        db.conn.executemany(f"update households set {columns}, version = version + 1 where id = :id", households)


def set_walk_order(db: Database, hamlet: str, codes: Sequence[str]) -> None:
    """Number the households of a hamlet from 1 in the order of these codes.

    The plus makes SQLite look each code up, rather than walk all codes for each household of the hamlet.
    """
    db.conn.execute(
        """update households set walk_order = place.key + 1 from json_each(:codes) place
           where households.code = place.value and households.walk_order <> place.key + 1
               and +households.hamlet_code = :hamlet""",
        {"codes": json.dumps(codes), "hamlet": hamlet},
    )


def next_code(db: Database, commune: str) -> str:
    """Return the code of the next household registered in a commune."""
    return code(commune, last_serial(db, commune) + 1)


def last_serial(db: Database, commune: str) -> int:
    """Return the highest serial issued in a commune so far; 0 in a new one."""
    last = value(
        db,
        """select max(cast(substr(code, 7) as integer))
           from households  -- all: codes alone, of a commune that need not be the visitor's
           where code > :commune || '-' and code < :commune || '.'""",
        {"commune": commune},
    )
    return last or 0


def code(commune: str, serial: int) -> str:
    """Return a household's code: "25456-0012"."""
    return f"{commune}-{serial:04d}"
