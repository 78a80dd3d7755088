"""Putting a copy in the place of the store, while nobody uses it: the replaced one stays, and every session ends.

A server holds a lock on a file beside its store as long as it lives; a restore holds it alone.
"""

import os
import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from db.migrations import migrations
from lib.core import audit, clock, database, store_file
from lib.core.errors import N_, Conflict, Invalid, Problem, Say, Unusable

IN_USE = N_("The data file is in use. Stop the program first, then restore.")
_SHARED_LOCKS = 0x40000002, 510  # the bytes of a store on which SQLite holds its readers' locks
_held: dict[Path, int] = {}  # the locks of this process, until it ends


class Done(NamedTuple):
    """What a restore did: `aside` is the replaced store, None where there was none; `last` is when the copy ends."""

    store: Path
    aside: Path | None
    last: str | None


def restore(copy: Path, file: Path, *, now: datetime) -> Done:
    """Put a verified copy in the store's place; the replaced one stays beside it with what SQLite kept of it.

    Raises Invalid for a file that is no sound copy, Conflict while somebody uses the store, Unusable where its folder
    is missing, NoRoom. Until the last step everything stands as it was.
    """
    file = file.resolve()
    check(copy, file)
    if file.parent == database.ROOT / "data":  # a new machine
        store_file.make_folder(file.parent)
    if not file.parent.is_dir():
        raise Unusable(N_("The folder of the data file is missing. Mount its disk, or correct TUNGNHA_DB."))
    with _alone(file):
        fresh = file.with_name(f"{file.name}.restoring")
        store_file.drop(fresh)
        try:
            with closing(store_file.reading(copy)) as conn:
                store_file.copy(conn, fresh)
            last = _settle(fresh, copy, now)
            store_file.give(fresh, file if file.exists() else file.parent)
            aside = _exchange(file, fresh, now)
        finally:
            store_file.drop(fresh)
    return Done(file, aside, last)


def check(copy: Path, file: Path) -> None:
    """Raise Invalid unless this is a sound copy that this version can work on."""
    if copy.is_dir():
        raise Invalid({"copy": Say(N_("{name} is a folder. Name one of the files in it."), {"name": str(copy)})})
    if not copy.is_file():
        raise Invalid({"copy": Say(N_("There is no file {name}; check the path."), {"name": str(copy)})})
    if copy.resolve() == file:
        raise Invalid({"copy": Say(N_("This is the data file itself. Choose a backup of it."))})
    found = store_file.verdict(copy)
    if found != store_file.GOOD:
        why = N_("The file is damaged.") if found == store_file.DAMAGED else store_file.SAID[found]
        raise Invalid({"copy": Say(N_("{name} cannot be restored: {why}"), {"name": str(copy), "why": Say(why)})})


def _settle(fresh: Path, copy: Path, now: datetime) -> str | None:
    """Bring the restored store up to date, end its sessions by a new key, and write down what was done."""
    db = database.connect(fresh)
    try:
        with database.write_schema(db):
            migrations.apply(db)
        last = database.value(db, "select max(at) from audit_log")
        with database.write(db):
            key = "insert or replace into settings (key, value) values ('cookie_key', ?)"
            db.conn.execute(key, [secrets.token_hex(32)])
            audit.log(db, None, "backup.restore", now=now, subject=copy.name)
        db.conn.execute("pragma wal_checkpoint(truncate)")
    finally:
        db.close()
    if any(each.exists() and each.stat().st_size for each in store_file.beside(fresh)):
        raise Problem(N_("The backup could not be prepared for restoring. Try again."))
    store_file.sync(fresh)
    return last


def _exchange(file: Path, fresh: Path, now: datetime) -> Path | None:
    """The store aside with its log, the fresh one in its place; a power cut leaves no store rather than a mixture."""
    aside = _aside(file, now) if file.exists() or any(map(Path.exists, store_file.beside(file))) else None
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in ("", *store_file.ENDINGS) if aside else ():
            here, there = Path(f"{file}{ending}"), Path(f"{aside}{ending}")
            if here.exists():
                here.rename(there)
                moved.append((here, there))
        store_file.sync_folder(file.parent)
        fresh.rename(file)
    except OSError as fault:
        for here, there in reversed(moved):
            there.rename(here)
        if os.name == "nt" and isinstance(fault, PermissionError):  # Windows renames no file that somebody has open
            raise Conflict(IN_USE) from fault
        raise
    store_file.sync_folder(file.parent)
    return aside


def _aside(file: Path, now: datetime) -> Path:
    """A dated name that nothing has."""
    return store_file.unused(file.parent, f"{file.stem}-{now.astimezone(clock.ZONE):%Y-%m-%d-%H%M%S}", "-replaced.db")


# Who uses the store


def in_use(file: Path) -> None:
    """Say that this process works on the store, until it ends; Conflict while a copy is being put in its place.

    Said again after the folder was exchanged under the running program: its lock went with the folder.
    """
    file = file.resolve()
    if not _holds(file):
        lock = _lock(file, alone=False)
        if lock is not None:
            before = _held.get(file)
            _held[file] = lock
            if before is not None:
                os.close(before)


def _holds(file: Path) -> bool:
    """Whether the lock that this process holds is the one that lies beside the store now."""
    try:
        return file in _held and os.path.samestat(os.fstat(_held[file]), _lock_file(file).stat())
    except OSError:
        return False


def _lock_file(file: Path) -> Path:
    return file.with_name(f"{file.name}-lock")


class _alone:
    """Nobody else works on the store meanwhile; Conflict where somebody does."""

    def __init__(self, file: Path):
        self.file, self.lock = file, None

    def __enter__(self):
        self.lock = _lock(self.file, alone=True)
        try:
            _check_readers(self.file)
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_how):
        if self.lock is not None:
            os.close(self.lock)


def _lock(file: Path, *, alone: bool) -> int | None:
    """The lock file's descriptor; None where there is no such lock (Windows) or no way to write one."""
    if os.name == "nt":
        return None
    import fcntl

    try:
        at = os.open(_lock_file(file), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        return None
    store_file.give(_lock_file(file), file.parent)
    try:
        fcntl.flock(at, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(at)
        raise Conflict(
            IN_USE if alone else N_("A backup is being restored. Start again when it has finished.")
        ) from None
    return at


def _check_readers(file: Path) -> None:
    """Conflict while any program has the store open, one that knows nothing of the lock file too."""
    if os.name == "nt" or not file.exists():
        return
    import fcntl

    at = os.open(file, os.O_RDWR)
    try:
        fcntl.lockf(at, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_LOCKS[1], _SHARED_LOCKS[0])
    except OSError:
        raise Conflict(IN_USE) from None
    finally:
        os.close(at)
