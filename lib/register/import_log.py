"""The only writer of the table imports, inside an open write; a row is a loaded file."""

from collections.abc import Mapping

from sqlite_utils import Database

from lib.core import database


def add(db: Database, line: Mapping) -> int:
    """Insert a file and return its id; if no row was refused, mark earlier files of this list and area as settled."""
    if not line["refused"]:
        db.conn.execute("update imports set settled = 1 where kind = :kind and area_code = :area", line)
    return database.insert(
        db,
        """insert into imports (audit_id, kind, area_code, file_name, digest, added, changed, same, refused, settled)
           values (:audit, :kind, :area, :file, :digest, :new, :changed, :same, :refused, not :refused)""",
        line,
    )


def settle(db: Database, audit_id: int) -> None:
    """Mark the file that an act loaded as settled: nothing is left to do about it."""
    db.conn.execute("update imports set settled = 1 where audit_id = ?", [audit_id])
