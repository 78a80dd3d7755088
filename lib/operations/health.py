"""The health of the machine: whether rows can be saved, whether the store is whole, how old the last backup is."""

import json
import threading
import time
import tomllib
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import clock, database, store_file, trusted_time
from lib.core.errors import N_, Say, Unusable
from lib.core.identity import accounts
from lib.operations import backup_files, backup_places, backups

OLDEST = timedelta(hours=26)  # of a last copy: that of the night before, and a machine that starts at eight
NEWS = 3  # seconds for which an answer holds: whoever asks often keeps nobody from saving
_PAGE_CHECK = "looked"  # the setting with the result of the nightly check of every page
_ANSWER = TypeVar("_ANSWER")


class Recent(Generic[_ANSWER]):
    """A question about the store: its answer holds for a few seconds, and one thread at a time asks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: dict[Path, tuple[float, _ANSWER]] = {}

    def get(self, ask: Callable[[], _ANSWER]) -> _ANSWER:
        store = database.path()
        with self._lock:
            if store not in self._answers or time.monotonic() - self._answers[store][0] >= NEWS:
                self._answers[store] = time.monotonic(), ask()
            return self._answers[store][1]


class PageChecks:
    """The last check of every page by this process, of each store: for a store that cannot be written."""

    def __init__(self) -> None:
        self._by_store: dict[Path, dict] = {}

    def put(self, result: dict) -> None:
        self._by_store[database.path()] = result

    def get(self) -> dict:
        return self._by_store.get(database.path(), {})


_write, _public = Recent[Say | None](), Recent[tuple[dict, int]]()  # apart: a share that hangs delays no sign-in
_page_checks = PageChecks()


def version() -> str:
    return tomllib.loads((database.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def report(db: Database, *, now: datetime) -> dict:
    """The state of the machine for the administrator.

    `{version, schema_version, store_writable, last_backup, last_backup_at, last_backup_minutes, quick_check,
    quick_check_at, disk_free_mb, faults, warnings}`; faults and warnings are sentences: a fault must be
    mended before work goes on, a warning soon. Whether rows can be saved may be a few seconds old: the pages that show
    this are drawn again and again.
    """
    return _report(db, hindrance(), now)


def _report(db: Database, hindering: Say | None, now: datetime) -> dict:
    last, pages, free = backup_files.newest(db, now=now), _last_page_check(db), _free()
    faults = [hindering] if hindering else []
    if pages.get("told") not in (None, "ok") and Say(store_file.SAID[store_file.DAMAGED]) not in faults:
        faults.append(Say(store_file.SAID[store_file.DAMAGED]))
    if free is not None and free < store_file.MARGIN and not hindering:
        faults.append(NEARLY_FULL)
    failures = backups.failures(db)
    old = _old(db, last, now)
    same_disk = backup_places.on_one_disk(db)
    return {
        "version": version(),
        "schema_version": database.value(db, "select max(name) from _sqlite_migrations"),
        "store_writable": hindering is None,
        "last_backup": last and last.file.name,
        "last_backup_at": last and clock.stamp(last.at),
        "last_backup_minutes": last and (now - last.at) // clock.MINUTE,
        "quick_check": pages.get("told"),
        "quick_check_at": pages.get("at"),
        "disk_free_mb": free and free // 2**20,
        "faults": faults + old[:1] if last or failures else faults,
        "warnings": failures + (old if not last and not failures else []) + ([same_disk] if same_disk else []),
    }


NO_COPY = Say(N_("No backup has been made since yesterday. Back up now and check the server."))
NONE_YET = Say(N_("There is no verified backup yet. Back up now and check the server."))
NEARLY_FULL = Say(N_("The server's disk is nearly full: soon nothing can be saved. Free some space on it."))


def _old(db: Database, last: backup_files.Backup | None, now: datetime) -> list[Say]:
    """A sentence when no verified backup is recent enough; none for a store that is still empty."""
    fresh = last is not None and now - last.at <= OLDEST
    return [] if fresh or not accounts.exist(db) else [NO_COPY if last else NONE_YET]


def _free() -> int | None:
    try:
        return store_file.free(Path(database.path()).parent)
    except OSError:
        return None


def public(now: datetime) -> tuple[dict, int]:
    """The report for /healthz, without versions and without a path, and its HTTP status.

    503 with the causes when rows cannot be saved, the store is damaged or missing, the disk is nearly full, or no
    verified backup is younger than 26 hours.
    """
    try:
        store_file.check_file(database.path())
        with closing(database.connect()) as db:
            state = _report(db, database.hindrance(), now) | {"clock": trusted_time.status(db, now=now)}
    except (sqlite3.DatabaseError, OSError, Unusable) as fault:
        state = {"store_writable": False, "faults": [database.trouble(fault) or database.UNKNOWN], "warnings": []}
    shown = {name: value for name, value in state.items() if name not in ("version", "schema_version")}
    shown |= {"faults": [str(say) for say in state["faults"]], "warnings": [str(say) for say in state["warnings"]]}
    return shown, 503 if state["faults"] else 200


def hindrance() -> Say | None:
    """Why nothing can be saved, at most a few seconds old; None while all is well."""
    return _write.get(database.hindrance)


def answer(now: datetime) -> tuple[dict, int]:
    """`public`, at most a few seconds old."""
    return _public.get(lambda: public(now))


def sentences(state: dict) -> list[Say]:
    """The faults and warnings of a `report`, the worst first."""
    return [*state["faults"], *state["warnings"]]


# Every page, once a night


def check_pages(db: Database, *, now: datetime) -> None:
    """Read every page of the store (SQLite's quick_check) once a day from 01:00 on, and note the result.

    A check noted for a future day was made while the clock ran ahead; it is repeated.
    """
    last = _last_page_check(db)
    if clock.hour_of(now) < "01:00" and last or last.get("at", "")[:10] == clock.day_of(now):
        return
    with closing(store_file.reading_in_use(database.path())) as conn:
        try:
            outcome = store_file.damage(conn) or "ok"
        except sqlite3.DatabaseError as fault:
            outcome = str(fault)
    result = {"at": clock.local(clock.stamp(now)).isoformat(), "told": outcome}
    _page_checks.put(result)
    database.set_setting(db, _PAGE_CHECK, json.dumps(result))


def _last_page_check(db: Database) -> dict:
    """`{at, told}` of the last check of every page; `told` is `ok` or the first fault."""
    in_store = json.loads(database.setting(db, _PAGE_CHECK) or "{}")
    return max(in_store, _page_checks.get(), key=lambda result: result.get("at", ""))
