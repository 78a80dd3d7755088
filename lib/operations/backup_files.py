"""Which files are backups of this store, and which of them can be relied on.

Only a backup that was read page by page counts. Its verdict is noted in a ledger beside it.
"""

import json
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from lib.core import clock, database, store_file
from lib.core.store_file import GOOD
from lib.operations.backup_places import BackupPlace, different, named_outside, places, places_with

UNCHECKED = "unchecked"
_NAME = re.compile(r"tungnha-(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)(\d\d)?(-\d+)?\.db")
_LEDGER = ".verified.json"


class Backup(NamedTuple):
    """A file named like a backup; it counts while `verdict` is `good`."""

    file: Path
    place: str
    at: datetime
    size: int
    verdict: str


Judged = tuple[str, str]  # a verdict, and the identity of the store the file is of


class Verdicts:
    """The verdicts this process gave on files as they are now, for folders whose ledger cannot be written."""

    def __init__(self) -> None:
        self._judged: dict[tuple[str, int, int], Judged] = {}

    def put(self, file: Path, stat: os.stat_result, judged: Judged) -> None:
        self._judged[self._key(file, stat)] = judged

    def get(self, file: Path, stat: os.stat_result) -> Judged | None:
        return self._judged.get(self._key(file, stat))

    @staticmethod
    def _key(file: Path, stat: os.stat_result) -> tuple[str, int, int]:
        return str(file), stat.st_size, stat.st_mtime_ns


verdicts = Verdicts()


def listed(db: Database) -> list[Backup]:
    """Every file named like a backup, newest first, with its verdict as far as it is known."""
    store = identity(db, make=False)
    return newest_first(backup for place in different(places(db)) for backup in in_place(place, store))


def newest_first(backups: Iterable[Backup]) -> list[Backup]:
    return sorted(backups, key=lambda backup: (backup.at, backup.file.name), reverse=True)


def lying_about() -> list[Backup]:
    """The files that could replace a missing store, newest first, of whichever store; each is read now.

    They are looked for beside its place and in the one that TUNGNHA_COPIES names.
    """
    named = named_outside()
    searched = different(places_with(Path(named) if named else None))
    files = [(file, place.key) for place in searched for file in place.folder.glob("tungnha-*.db")]
    return newest_first(
        Backup(file, key, at, file.stat().st_size, store_file.verdict(file))
        for file, key in files
        if (at := _taken_at(file))
    )


def newest(db: Database, *, now: datetime) -> Backup | None:
    """The last verified backup, in whichever place; one dated ahead of the clock does not count."""
    return next(iter(good(listed(db), now)), None)


def good(backups: list[Backup], now: datetime) -> list[Backup]:
    """The backups that can be relied on, in the given order."""
    return [backup for backup in backups if backup.verdict == GOOD and backup.at <= now]


def identity(db: Database, *, make: bool = True) -> str:
    """The identifier that tells this store from others with backups in the same place; made once."""
    identifier = database.setting(db, "store_id")
    if identifier is None and make:
        database.set_setting(db, "store_id", secrets.token_hex(8))
        identifier = database.setting(db, "store_id")
    return identifier or ""


def check(db: Database) -> None:
    """Read the files that have no verdict yet: backups of an earlier version, files put there by hand, changed ones."""
    store = identity(db)
    for place in places(db):
        for backup in in_place(place, store):
            if backup.verdict == UNCHECKED:
                with suppress(OSError):
                    note(backup.file, *store_file.read(backup.file))


def in_place(place: BackupPlace, store: str) -> list[Backup]:
    """The backups in a place that are this store's, or may be as long as nobody has read them."""
    ledger, files = _ledger(place.folder), []
    with suppress(OSError):
        files = list(place.folder.glob("tungnha-*.db"))
    inspected = [_inspected(file, place.key, ledger.get(file.name)) for file in files]
    return [backup for backup, owner in filter(None, inspected) if not owner or owner == store]


def _inspected(file: Path, place: str, entry: object) -> tuple[Backup, str] | None:
    """A backup and the store it is of, as far as that is known; None for another file, or one that cannot be read."""
    at = _taken_at(file)
    with suppress(OSError):
        if at:
            stat = file.stat()
            unread = (UNCHECKED if stat.st_size else store_file.EMPTY), ""
            verdict, owner = verdicts.get(file, stat) or _still_valid(entry, stat) or unread
            return Backup(file, place, at, stat.st_size, verdict), owner
    return None


def _taken_at(file: Path) -> datetime | None:
    """When a backup was taken: its name says it in the time of Viet Nam."""
    parts = _NAME.fullmatch(file.name)
    with suppress(ValueError, OverflowError):
        if parts:
            day, hour, minute, second = parts.group(1, 2, 3, 4)
            return clock.instant(clock.at(day, f"{hour}:{minute}:{second or '00'}"))
    return None


def _ledger(place: Path) -> dict:
    """`{name: [size, mtime in seconds, verdict, store]}` of the files that were read."""
    try:
        entries = json.loads((place / _LEDGER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}


def _still_valid(entry: object, stat: os.stat_result) -> Judged | None:
    """The verdict of a ledger's entry while the file has not changed since; a stick keeps even seconds only."""
    if not (isinstance(entry, list) and [type(value) for value in entry] == [int, int, str, str]):
        return None
    size, written, verdict, owner = entry
    return (verdict, owner) if size == stat.st_size and abs(written - stat.st_mtime) <= 2 else None


def note(file: Path, verdict: str, store: str) -> None:
    """Write a verdict into the ledger, and drop those of files that are gone."""
    stat = file.stat()
    verdicts.put(file, stat, (verdict, store))
    entries = {name: entry for name, entry in _ledger(file.parent).items() if (file.parent / name).exists()}
    fresh = file.parent / f"{_LEDGER}.{os.getpid()}"
    with suppress(OSError):
        store_file.drop(fresh)
        store_file.make(fresh)
        fresh.write_text(json.dumps(entries | {file.name: [stat.st_size, int(stat.st_mtime), verdict, store]}), "utf-8")
        fresh.replace(file.parent / _LEDGER)
    store_file.drop(fresh)
