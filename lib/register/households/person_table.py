"""The only writer of the table persons, inside an open write; columns are those of `persons.stored`."""

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from lib.core import database, sql


def insert(db: Database, person: Mapping) -> int:
    """Insert a person, `household_id` among the columns; return the id."""
    return database.insert(db, _insert(person), person)


def insert_many(db: Database, persons: Sequence[Mapping]) -> None:
    """Insert persons, all with the same columns."""
    if persons:
        db.conn.executemany(_insert(persons[0]), persons)


def _insert(columns: Mapping) -> str:
    return f"insert into persons ({sql.names(columns)}) values ({sql.marks(columns)})"


def update_many(db: Database, persons: Sequence[Mapping]) -> None:
    """Update persons by their `id`, all with the same columns."""
    if persons:
        columns = sql.sets(column for column in persons[0] if column != "id")
        db.conn.executemany(f"update persons set {columns}, version = version + 1 where id = :id", persons)
