"""The store: one SQLite file, one connection per run, one writer at a time.

A connection belongs to the thread that opened it; sharing one loses acknowledged rows. A plain
BEGIN that reads before it writes fails at once under load, so every write is BEGIN IMMEDIATE
behind a process-wide lock.
"""

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from db.migrations import migrations
from lib.core import ROOT, clock, presence, store_file
from lib.core.errors import N_, Say, Unusable

_WRITING = threading.Lock()


def path() -> Path:
    """Where the store lies: TUNGNHA_DB, else data/tungnha.db beside the program."""
    return Path(os.environ.get("TUNGNHA_DB") or ROOT / "data" / "tungnha.db")


def connect(file: Path | str | None = None) -> Database:
    """A fresh connection of the calling thread. The store itself is never made by opening it: see `prepare`."""
    return Database(opened(file or path(), mode="rwc" if file else "rw"))


def opened(file: Path | str, *, mode: str = "rw", **how: bool) -> sqlite3.Connection:
    """The bare connection; `synchronous=FULL` keeps an acknowledged row through a power cut."""
    conn = store_file.opened(file, mode=mode, **how)
    try:
        _use_log(conn)
    except sqlite3.DatabaseError:
        conn.close()
        raise
    conn.execute("pragma synchronous = full")
    conn.execute("pragma foreign_keys = on")
    return conn


def _use_log(conn: sqlite3.Connection) -> None:
    """Write ahead; two that begin a store at once refuse each other without waiting, so each asks again."""
    for tries_left in reversed(range(40)):
        try:
            conn.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or not tries_left:
                raise
            time.sleep(0.05)


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


def hindrance() -> Say | None:
    """Why nothing can be saved now, or None: a real write of some 64 kB, which is rolled back and leaves no trace."""
    if not _WRITING.acquire(timeout=1):
        return BUSY
    try:
        closed = _closed(path())
        if closed is None:
            _try_to_write(path())
        return closed
    except (sqlite3.DatabaseError, OSError) as fault:
        return trouble(fault) or UNKNOWN
    finally:
        _WRITING.release()


def _closed(file: Path) -> Say | None:
    """That the file takes no writes, whoever has it open: rows go into the log beside it until the next start, which
    then finds it read-only.
    """
    if file.exists() and not os.access(file, os.W_OK):
        return READ_ONLY if os.access(file, os.R_OK) else FORBIDDEN
    return None


def _try_to_write(file: Path) -> None:
    with closing(store_file.opened(file, mode="rw", timeout=1)) as conn:
        conn.execute("pragma cache_size = 1")  # so that the pages go to the disk before the end of the transaction
        conn.execute("begin immediate")
        try:
            for number in range(16):
                conn.execute("insert into settings values (?, hex(zeroblob(2000)))", [f"probe {number}"])
        finally:
            if conn.in_transaction:
                conn.execute("rollback")


BUSY = Say(N_("Another operation has been writing to the data for too long. Nothing can be saved until it ends."))
UNKNOWN = Say(N_("Nothing can be saved: the server reports a fault. Tell the server administrator."))
FULL = Say(
    N_(
        "The server's disk is full: nothing can be saved until the server administrator frees some space. "
        "Saved data are safe."
    )
)
READ_ONLY = Say(N_("The data cannot be written: the file or its disk is read-only. Tell the server administrator."))
MISSING = Say(N_("The data file is missing: its disk is gone or the file was moved. Tell the server administrator."))
FORBIDDEN = Say(
    N_(
        "The program may not read or write the data: its account has no permission for the file or "
        "its folder. Tell the server administrator."
    )
)
UNOPENED = Say(N_("The data cannot be opened: the disk is missing or full. Tell the server administrator."))
SILENT = Say(N_("The disk with the data does not respond. Tell the server administrator."))
_TROUBLES = {
    "disk is full": FULL,
    "no space left": FULL,
    "readonly": READ_ONLY,
    "read-only": READ_ONLY,
    "permission denied": FORBIDDEN,
    "malformed": Say(store_file.SAID[store_file.DAMAGED]),
    "not a database": Say(store_file.SAID[store_file.FOREIGN]),
    "unable to open": UNOPENED,
    "no such file": MISSING,
    "i/o error": SILENT,
    "locked": BUSY,
}


def trouble(fault: BaseException, file: Path | None = None) -> Say | None:
    """What a fault of SQLite or the disk means, in one sentence without a path; None for any other fault.

    `file` is the store it is about, where that is not the one in use.
    """
    if isinstance(fault, Unusable):
        return fault.say
    if not isinstance(fault, sqlite3.DatabaseError | OSError):
        return None
    message = str(fault).casefold()
    sentence = next((say for words, say in _TROUBLES.items() if words in message), None)
    if sentence in (UNOPENED, SILENT):
        return _why(sentence, Path(file or path()))
    return sentence


ROOM = 2**16  # bytes: with less free, SQLite cannot even make what it keeps beside a store


def _why(say: Say, file: Path) -> Say:
    """SQLite says the same of a disk that fails and of one without room for what it keeps beside a store."""
    with suppress(OSError):
        if store_file.free(file.parent) < ROOM and file.exists():
            return FULL
    return say if say is SILENT else _why_unopened(file)


def _why_unopened(file: Path) -> Say:
    """SQLite says the same of a file that is gone, of one it may not open and of a disk without room."""
    try:
        file.stat()
    except FileNotFoundError:
        return MISSING
    except PermissionError:
        return FORBIDDEN
    except OSError:
        return UNOPENED
    return UNOPENED if os.access(file, os.R_OK | os.W_OK) and os.access(file.parent, os.W_OK) else FORBIDDEN


def prepare(file: Path | str | None = None, *, now: datetime, new: bool = False) -> Path:
    """Create or migrate the store. A store with data is first copied beside itself, dated.

    Raises Unusable for a file that is not ours or newer than this program, and where a store was before and is not
    now; `new` begins an empty one all the same.
    """
    named, file = file is not None, Path(file or path())
    if not file.exists():
        _begin(file, new=new, folder=named or file.parent == ROOT / "data")
    store_file.open_beside(file)
    with closing(store_file.opened(file, mode="rw")) as conn:
        store_file.check_ours(conn, blank=True)
        if not new and store_file.kind(conn) == store_file.BLANK:
            presence.check_absent(file)  # a file cut to nothing is a store that is missing
    db = connect(file)
    if migrations.pending(db):
        if migrations.applied(db):
            copy(db, file.with_name(f"{file.stem}-{clock.stamp(now).replace(':', '')}-before-migration.db"))
        with write_schema(db):
            migrations.apply(db)
    db.close()
    store_file.close_to_others(file)
    return file


def _begin(file: Path, *, new: bool, folder: bool) -> None:
    """An empty file for a new store, after making sure that none is missing; two processes may begin at once."""
    if new or folder:
        store_file.make_folder(file.parent)
    if not new:
        presence.check_absent(file)
    with suppress(FileExistsError):
        store_file.make(file)


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
    """A consistent, checked copy of a store in use, or none at all; see `store_file.copy`."""
    store_file.copy(db.conn, target)


def rows(db: Database, sql: str, parameters: dict | list | None = None) -> list[dict]:
    """A query's rows as dicts."""
    cursor = db.conn.execute(sql, parameters or {})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(db: Database, sql: str, parameters: dict | list | None = None) -> dict | None:
    """The first row, or None."""
    return next(iter(rows(db, sql, parameters)), None)


def value(db: Database, sql: str, parameters: dict | list | None = None) -> Any:
    """The first column of the first row, or None."""
    line = db.conn.execute(sql, parameters or {}).fetchone()
    return line[0] if line else None


def insert(db: Database, sql: str, values: Mapping) -> int:
    """Insert one row; return its id."""
    number = db.conn.execute(sql, values).lastrowid
    assert number is not None  # an insert always has one
    return number


def changes(db: Database) -> int:
    """How many writes the store has seen; equal numbers mean equal content."""
    return int(value(db, "select n from change where id = 1"))


def setting(db: Database, key: str, default: str | None = None) -> str | None:
    stored = value(db, "select value from settings where key = ?", [key])
    return default if stored is None else stored


def set_setting(db: Database, key: str, value: str) -> None:
    with write(db):
        db.conn.execute(
            "insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
            [key, value],
        )


def schema(db: Database) -> list[dict]:
    """What the store is made of, in the order it was made: `{type, name, sql}` of tables, indices, views, triggers."""
    return rows(
        db,
        """select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite_%'
           and tbl_name <> '_sqlite_migrations' order by rowid""",
    )
