"""Connections that outlive a run: opening one reads the whole schema, a fifth of what a small run costs.

A run is a thread. Its connection is its own while it lives; when the thread has ended, another run takes it over,
the views of the last visitor still on it. So whoever takes one binds it (`access.bind`) before reading.
"""

import threading
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import database, store_file

IDLE = 16  # kept open while nobody uses them
_open: list["Kept"] = []
_turn = threading.Lock()
_ours: set[tuple] = set()


class Kept(Database):
    """A connection for one thread at a time: used from another, it raises instead of losing rows."""

    def __init__(self, file: tuple):
        self.owner, self.file = threading.current_thread(), file
        _check(file)
        super().__init__(database.opened(database.path(), check_same_thread=False))

    @property
    def conn(self) -> sqlite3.Connection:
        if self.owner is not threading.current_thread():
            raise RuntimeError("this connection belongs to another run")
        return self._conn

    @conn.setter
    def conn(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def take(self) -> bool:
        """Make this the calling thread's; False when something of the run before is still open on it."""
        self.owner = threading.current_thread()
        try:
            self.conn.execute("pragma wal_checkpoint(noop)").fetchall()  # refused while a statement is reading
        except sqlite3.OperationalError:
            return False
        return not self.conn.in_transaction


def of_run() -> Database:
    """The calling thread's connection: the one it has, one that an ended run left, or a new one.

    Raises Unusable, FileNotFoundError or what SQLite raises while there is no store of ours at the path.
    """
    file = _identity(database.path())
    with _turn:
        found = _left(file)
    if found is None:
        found = Kept(file)
        with _turn:
            _open.append(found)
    return found


def _check(file: tuple) -> None:
    """That what lies there is a store of ours, before anything of it is changed; asked once of each file."""
    if file not in _ours:
        store_file.check_file(database.path())
        _ours.add(file)


def _left(file: tuple) -> Kept | None:
    """The caller's own or the one left last; those that cannot be used any more are closed."""
    free = [kept for kept in reversed(_open) if _may_take(kept)]
    free.sort(key=lambda kept: kept.owner is not threading.current_thread())
    for kept in free[IDLE:]:
        _end(kept)
    for kept in free[:IDLE]:
        if kept.file == file and kept.take():
            return kept
        _end(kept)
    return None


def close() -> None:
    """Close what nobody uses, as when the program ends."""
    with _turn:
        for kept in list(filter(_may_take, _open)):
            _end(kept)


def _may_take(kept: Kept) -> bool:
    return kept.owner is threading.current_thread() or not kept.owner.is_alive()


def _end(kept: Kept) -> None:
    _open.remove(kept)
    kept.owner = threading.current_thread()
    kept.close()


def _identity(file: Path) -> tuple:
    """Which file lies at this path now: a store put in another's place is another store."""
    there = file.stat()
    return str(file), there.st_dev, there.st_ino
