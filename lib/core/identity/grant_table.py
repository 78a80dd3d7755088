"""Writes the table grants, alone; inside an open write. A grant is dated and never deleted."""

from collections.abc import Mapping

from sqlite_utils import Database

from lib.core import database, sql


def insert(db: Database, grant: Mapping) -> int:
    """Insert a grant given by its columns; return its id."""
    return database.insert(db, f"insert into grants ({sql.names(grant)}) values ({sql.marks(grant)})", grant)


def end(db: Database, grant_id: int, day: str) -> None:
    """End a grant on a day; one that begins later becomes empty."""
    db.conn.execute("update grants set until_day = max(from_day, ?) where id = ?", [day, grant_id])


def note_seen(db: Database, grant_id: int, at: str) -> None:
    """Note when the holder first read of a grant."""
    db.conn.execute("update grants set seen_at = ? where id = ? and seen_at is null", [at, grant_id])
