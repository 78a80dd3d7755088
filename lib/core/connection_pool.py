"""Connections that outlive a run: opening one reads the whole schema, a fifth of what a small run costs.

A run is a thread. It owns its connection while it lives; afterwards another run takes the connection over, with the
last visitor's views still on it. So whoever takes one binds it (`access.bind`) before reading.
"""

import threading
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import database, store_file

IDLE = 16  # kept open while nobody uses them
File = tuple[str, int, int]  # a path, and which file lies at it


class Connection(Database):
    """A connection for one thread at a time: used from another, it raises instead of losing rows."""

    def __init__(self, file: File):
        self.owner, self.file = threading.current_thread(), file
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
        """Make the calling thread the owner; False while a statement of the run before is still open."""
        self.owner = threading.current_thread()
        try:
            self.conn.execute("pragma wal_checkpoint(noop)").fetchall()  # refused while a statement is reading
        except sqlite3.OperationalError:
            return False
        return not self.conn.in_transaction

    def is_free(self) -> bool:
        """Whether the calling thread may take it: its own, or one whose owner has ended."""
        return self.owner is threading.current_thread() or not self.owner.is_alive()


class Pool:
    """The open connections of this process, and the stores that it has found to be ours."""

    def __init__(self) -> None:
        self.open: list[Connection] = []
        self._checked: set[File] = set()
        self._lock = threading.Lock()

    def take(self) -> Connection:
        """The calling thread's connection: the one it has, one that an ended run left, or a new one."""
        file = _identity(database.path())
        with self._lock:
            connection = self._free(file)
        if connection is None:
            self._check(file)
            connection = Connection(file)
            with self._lock:
                self.open.append(connection)
        return connection

    def close(self) -> None:
        """Close every connection that no living thread owns but the caller."""
        with self._lock:
            for connection in [connection for connection in self.open if connection.is_free()]:
                self._end(connection)

    def _free(self, file: File) -> Connection | None:
        """The caller's own or the one left last; those that can no longer be used are closed."""
        free = [connection for connection in reversed(self.open) if connection.is_free()]
        free.sort(key=lambda connection: connection.owner is not threading.current_thread())
        for connection in free[IDLE:]:
            self._end(connection)
        for connection in free[:IDLE]:
            if connection.file == file and connection.take():
                return connection
            self._end(connection)
        return None

    def _check(self, file: File) -> None:
        """Refuse a file that is no store of ours before anything in it changes; each file is read once."""
        if file not in self._checked:
            store_file.check_file(database.path())
            self._checked.add(file)

    def _end(self, connection: Connection) -> None:
        self.open.remove(connection)
        connection.owner = threading.current_thread()
        connection.close()


_pool = Pool()


def of_run() -> Database:
    """The calling thread's connection to the store.

    Raises Unusable, FileNotFoundError or what SQLite raises while there is no store of ours at the path.
    """
    return _pool.take()


def close() -> None:
    """Close what nobody uses, as when the program ends."""
    _pool.close()


def _identity(file: Path) -> File:
    """Which file lies at this path now: a store put in another's place is another store."""
    stat = file.stat()
    return str(file), stat.st_dev, stat.st_ino
