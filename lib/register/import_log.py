"""Writes the table imports, alone; inside an open write. A line is a file that was loaded."""

from collections.abc import Mapping

from sqlite_utils import Database

from lib.core import database


def add(db: Database, line: Mapping) -> int:
    """Note a file; when no row was refused, earlier files of this list and area count as settled. Return its id."""
    if not line["refused"]:
        db.conn.execute("update imports set settled = 1 where kind = :kind and area_code = :area", line)
    return database.insert(
        db,
        """insert into imports (audit_id, kind, area_code, file_name, digest, added, changed, same, refused, settled)
           values (:audit, :kind, :area, :file, :digest, :new, :changed, :same, :refused, not :refused)""",
        line,
    )


def settle(db: Database, audit_id: int) -> None:
    """Note that nothing is left to do about the file that an act loaded."""
    db.conn.execute("update imports set settled = 1 where audit_id = ?", [audit_id])
