"""The store: one SQLite file, one connection per run, one writer at a time.

A connection belongs to the thread that opened it; sharing one loses acknowledged rows. A plain
BEGIN that reads before it writes fails at once under load, so every write is BEGIN IMMEDIATE
behind a process-wide lock.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from db.migrations import migrations
from lib.core import clock, text

ROOT = Path(__file__).resolve().parents[2]
_WRITING = threading.Lock()


def path() -> Path:
    """Where the store lies: TUNGNHA_DB, else data/tungnha.db beside the program."""
    return Path(os.environ.get("TUNGNHA_DB") or ROOT / "data" / "tungnha.db")


def connect(file: Path | str | None = None) -> Database:
    """A fresh connection of the calling thread."""
    return Database(opened(file or path()))


def opened(file: Path | str, **how: bool) -> sqlite3.Connection:
    """The bare connection; `synchronous=FULL` keeps an acknowledged row through a power cut."""
    conn = sqlite3.connect(str(file), timeout=15, isolation_level=None, **how)
    conn.execute("pragma journal_mode = wal")
    conn.execute("pragma synchronous = full")
    conn.execute("pragma foreign_keys = on")
    conn.create_function("casefold", 1, lambda value: text.clean(value).casefold(), deterministic=True)
    return conn


@contextmanager
def write(db: Database, *, quiet: bool = False) -> Iterator[Database]:
    """One immediate transaction; joins the one already open on this connection. A quiet one nobody redraws for."""
    if db.conn.in_transaction:
        yield db
        return
    with _WRITING:
        db.conn.execute("begin immediate")
        try:
            yield db
            if not quiet:
                db.conn.execute("update change set n = n + 1, at = '' where id = 1")
            db.conn.execute("commit")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("rollback")
            raise


def writable(file: Path | str | None = None) -> bool:
    """Whether a write transaction can begin within a second or two; leaves no trace."""
    if not _WRITING.acquire(timeout=1):
        return False
    try:
        conn = sqlite3.connect(str(file or path()), timeout=1, isolation_level=None)
        try:
            conn.execute("begin immediate")
            conn.execute("rollback")
        finally:
            conn.close()
        return True
    except sqlite3.OperationalError:
        return False
    finally:
        _WRITING.release()


def prepare(file: Path | str | None = None, *, now: datetime) -> Path:
    """Create or migrate the store. A store with data is first copied beside itself, dated."""
    file = Path(file or path())
    file.parent.mkdir(parents=True, exist_ok=True)
    db = connect(file)
    if migrations.pending(db):
        if migrations.applied(db):
            copy(db, file.with_name(f"{file.stem}-{clock.stamp(now).replace(':', '')}-before-migration.db"))
        with write_schema(db):
            migrations.apply(db)
    db.close()
    return file


@contextmanager
def write_schema(db: Database) -> Iterator[None]:
    """An immediate lock around migrations, so that two processes starting at once take turns."""
    with _WRITING:
        db.conn.execute("begin immediate")
        try:
            yield
            db.conn.execute("commit")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("rollback")
            raise


def copy(db: Database, target: Path) -> None:
    """A consistent copy of a store in use."""
    db.conn.execute("vacuum into ?", [str(target)])


def rows(db: Database, sql: str, places: dict | list | None = None) -> list[dict]:
    """A query's rows as dicts."""
    cursor = db.conn.execute(sql, places or {})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(db: Database, sql: str, places: dict | list | None = None) -> dict | None:
    """The first row, or None."""
    return next(iter(rows(db, sql, places)), None)


def value(db: Database, sql: str, places: dict | list | None = None):
    """The first column of the first row, or None."""
    found = db.conn.execute(sql, places or {}).fetchone()
    return found[0] if found else None


def changes(db: Database) -> int:
    """How many writes the store has seen; equal numbers mean equal content."""
    return value(db, "select n from change where id = 1")


def setting(db: Database, key: str, default: str | None = None) -> str | None:
    found = value(db, "select value from settings where key = ?", [key])
    return default if found is None else found


def set_setting(db: Database, key: str, value: str) -> None:
    with write(db):
        db.conn.execute(
            "insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
            [key, value],
        )


def schema(db: Database) -> str:
    """The schema as it is now, as text for db/schema.sql."""
    made = rows(
        db,
        """select sql from sqlite_master where sql is not null and name not like 'sqlite_%'
           and name <> '_sqlite_migrations' order by rowid""",
    )
    return "\n\n".join(line["sql"].rstrip() + ";" for line in made) + "\n"
