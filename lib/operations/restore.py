"""Restoring a backup while nobody uses the store: the replaced store stays beside it, and every session ends."""

import os
import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from db.migrations import migrations
from lib.core import audit, clock, database, store_file
from lib.core.errors import N_, Conflict, Invalid, Problem, Say, Unusable
from lib.operations import store_lock


class Done(NamedTuple):
    """The result of a restore: `aside` is the replaced store, if there was one; `last` the newest entry's stamp."""

    store: Path
    aside: Path | None
    last: str | None


def restore(copy: Path, file: Path, *, now: datetime) -> Done:
    """Put a sound backup in the store's place; the replaced store stays beside it with its files of SQLite.

    Raises Invalid for a file that is no sound backup, Conflict while somebody uses the store, Unusable if its folder
    is missing, NoRoom. Nothing changes before the last step.
    """
    file = file.resolve()
    check(copy, file)
    if file.parent == database.ROOT / "data":  # a new machine
        store_file.make_folder(file.parent)
    if not file.parent.is_dir():
        raise Unusable(N_("The folder of the data file is missing. Mount its disk, or correct TUNGNHA_DB."))
    with store_lock.exclusive(file):
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
    """Raise Invalid unless this is a sound backup that this version can work on."""
    if copy.is_dir():
        raise Invalid({"copy": Say(N_("{name} is a folder. Name one of the files in it."), {"name": str(copy)})})
    if not copy.is_file():
        raise Invalid({"copy": Say(N_("There is no file {name}; check the path."), {"name": str(copy)})})
    if copy.resolve() == file:
        raise Invalid({"copy": Say(N_("This is the data file itself. Choose a backup of it."))})
    verdict = store_file.verdict(copy)
    if verdict != store_file.GOOD:
        why = N_("The file is damaged.") if verdict == store_file.DAMAGED else store_file.SAID[verdict]
        raise Invalid({"copy": Say(N_("{name} cannot be restored: {why}"), {"name": str(copy), "why": Say(why)})})


def _settle(fresh: Path, copy: Path, now: datetime) -> str | None:
    """Migrate the restored store, end its sessions by a new key, log the restore; returns its last entry's stamp."""
    db = database.connect(fresh)
    try:
        with database.write_schema(db):
            migrations.apply(db)
        last = database.value(db, "select max(at) from audit_log")
        with database.write(db):
            key = "insert or replace into settings (key, value) values ('cookie_key', ?)"
            db.conn.execute(key, [secrets.token_hex(32)])
            audit.log(db, None, "backup.restore", audit.Act(copy.name), now=now)
        db.conn.execute("pragma wal_checkpoint(truncate)")
    finally:
        db.close()
    if any(file.exists() and file.stat().st_size for file in store_file.beside(fresh)):
        raise Problem(N_("The backup could not be prepared for restoring. Try again."))
    store_file.sync(fresh)
    return last


def _exchange(file: Path, fresh: Path, now: datetime) -> Path | None:
    """Move the store aside with its log and the fresh one into its place; returns where the old one lies now.

    A power cut in between leaves no store rather than a mixture.
    """
    aside = _aside(file, now) if file.exists() or any(map(Path.exists, store_file.beside(file))) else None
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in ("", *store_file.ENDINGS) if aside else ():
            source, target = Path(f"{file}{ending}"), Path(f"{aside}{ending}")
            if source.exists():
                source.rename(target)
                moved.append((source, target))
        store_file.sync_folder(file.parent)
        fresh.rename(file)
    except OSError as fault:
        for source, target in reversed(moved):
            target.rename(source)
        if os.name == "nt" and isinstance(fault, PermissionError):  # Windows renames no file that somebody has open
            raise Conflict(store_lock.IN_USE) from fault
        raise
    store_file.sync_folder(file.parent)
    return aside


def _aside(file: Path, now: datetime) -> Path:
    """A dated file name that is not taken."""
    return store_file.unused(file.parent, f"{file.stem}-{now.astimezone(clock.ZONE):%Y-%m-%d-%H%M%S}", "-replaced.db")
