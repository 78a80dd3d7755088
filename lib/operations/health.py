"""How the machine is: whether rows can be saved, whether the store is whole, how old the last verified copy is."""

import json
import threading
import time
import tomllib
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import clock, database, store_file, trusted_time
from lib.core.errors import N_, Say, Unusable
from lib.core.identity import accounts
from lib.operations import backups

OLDEST = timedelta(hours=26)  # of a last copy: that of the night before, and a machine that starts at eight
NEWS = 3  # seconds for which an answer holds: whoever asks often keeps nobody from saving
_LOOKED = "looked"  # the setting with what the look at every page found
_turns = {"write": threading.Lock(), "public": threading.Lock()}  # a share that hangs holds up no sign-in
_recent: dict[tuple[str, str], tuple[float, object]] = {}
_looks: dict[str, dict] = {}  # what was found, for a store that cannot be written


def version() -> str:
    return tomllib.loads((database.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def report(db: Database, *, now: datetime) -> dict:
    """For the administrator.

    `{version, schema_version, store_writable, last_backup, last_backup_at, last_backup_minutes, quick_check,
    quick_check_at, disk_free_mb, faults, warnings}`; faults and warnings are sentences, the first of what has to be
    mended before work goes on, the second of what has to be seen to. Whether rows can be saved is told as it was a few
    seconds ago at most: the pages that show this draw themselves again and again.
    """
    return _report(db, hindrance(), now)


def _report(db: Database, stopped: Say | None, now: datetime) -> dict:
    last, looked, free = backups.newest(db, now=now), _looked(db), _free()
    faults = [stopped] if stopped else []
    if looked.get("told") not in (None, "ok") and Say(store_file.SAID[store_file.DAMAGED]) not in faults:
        faults.append(Say(store_file.SAID[store_file.DAMAGED]))
    if free is not None and free < store_file.MARGIN and not stopped:
        faults.append(NEARLY_FULL)
    failures = backups.failures(db)
    old = _old(db, last, now)
    together = backups.on_one_disk(db)
    return {
        "version": version(),
        "schema_version": database.value(db, "select max(name) from _sqlite_migrations"),
        "store_writable": stopped is None,
        "last_backup": last and last.file.name,
        "last_backup_at": last and clock.stamp(last.at),
        "last_backup_minutes": last and (now - last.at) // clock.MINUTE,
        "quick_check": looked.get("told"),
        "quick_check_at": looked.get("at"),
        "disk_free_mb": free and free // 2**20,
        "faults": faults + old[:1] if last or failures else faults,
        "warnings": failures + (old if not last and not failures else []) + ([together] if together else []),
    }


NO_COPY = Say(N_("No backup has been made since yesterday. Back up now and check the server."))
NONE_YET = Say(N_("There is no verified backup yet. Back up now and check the server."))
NEARLY_FULL = Say(N_("The server's disk is nearly full: soon nothing can be saved. Free some space on it."))


def _old(db: Database, last: backups.Copy | None, now: datetime) -> list[Say]:
    """That no verified copy is young enough; nothing for a store that holds nothing yet."""
    fresh = last is not None and now - last.at <= OLDEST
    return [] if fresh or not accounts.exist(db) else [NO_COPY if last else NONE_YET]


def _free() -> int | None:
    try:
        return store_file.free(Path(database.path()).parent)
    except OSError:
        return None


def public(now: datetime) -> tuple[dict, int]:
    """For /healthz and whoever asks: the report without versions and without a path, and its HTTP status.

    503 with the causes when rows cannot be saved, the store is damaged or missing, the disk is nearly full, or no
    verified copy is younger than 26 hours.
    """
    try:
        store_file.check_file(database.path())
        with closing(database.connect()) as db:
            found = _report(db, database.hindrance(), now) | {"clock": trusted_time.told(db, now=now)}
    except (sqlite3.DatabaseError, OSError, Unusable) as fault:
        found = {"store_writable": False, "faults": [database.trouble(fault) or database.UNKNOWN], "warnings": []}
    told = {name: value for name, value in found.items() if name not in ("version", "schema_version")}
    told |= {"faults": [str(say) for say in found["faults"]], "warnings": [str(say) for say in found["warnings"]]}
    return told, 503 if found["faults"] else 200


def hindrance() -> Say | None:
    """Why nothing can be saved, as it was a few seconds ago at most; None while all is well."""
    return _lately("write", database.hindrance)


def answer(now: datetime) -> tuple[dict, int]:
    """`public`, as it was a few seconds ago at most."""
    return _lately("public", lambda: public(now))


def _lately(what: str, ask: Callable[[], object]):
    """An answer about this store that is a few seconds old, or a new one; asked by one at a time."""
    key = what, str(database.path())
    with _turns[what]:
        if key not in _recent or time.monotonic() - _recent[key][0] >= NEWS:
            _recent[key] = time.monotonic(), ask()
        return _recent[key][1]


def sentences(found: dict) -> list[Say]:
    """What the keeper of the machine has to see to, by a `report`: the worst first."""
    return [*found["faults"], *found["warnings"]]


# The look at every page, once a night


def look(db: Database, *, now: datetime) -> None:
    """Read every page of the store (SQLite's quick_check) once a day from 01:00 on, and note what it found.

    A look noted for a day to come was of a clock that ran ahead; it is done again.
    """
    before = _looked(db)
    if clock.hour_of(now) < "01:00" and before or before.get("at", "")[:10] == clock.day_of(now):
        return
    with closing(store_file.reading_in_use(database.path())) as conn:
        try:
            told = store_file.damage(conn) or "ok"
        except sqlite3.DatabaseError as fault:
            told = str(fault)
    found = {"at": clock.local(clock.stamp(now)).isoformat(), "told": told}
    _looks[str(database.path())] = found
    database.set_setting(db, _LOOKED, json.dumps(found))


def _looked(db: Database) -> dict:
    """`{at, told}` of the last look; `told` is `ok` or the first fault."""
    in_store = json.loads(database.setting(db, _LOOKED) or "{}")
    return max(in_store, _looks.get(str(database.path()), {}), key=lambda found: found.get("at", ""))
