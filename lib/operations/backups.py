"""Taking backups: when one is due, which are kept, and what keeps one from being made."""

import threading
from contextlib import closing, suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import access, audit, clock, database, store_file, trusted_time
from lib.core.access import User
from lib.core.errors import N_, Problem, Say
from lib.core.store_file import GOOD, PART
from lib.operations import backup_files, backup_places
from lib.operations.backup_files import Backup, good, identity, in_place, newest_first, note
from lib.operations.backup_places import BESIDE, SECOND, BackupPlace, absence, note_apart, places

DAYS, DAILY, WEEKLY, LEAST = 2, 14, 8, 3  # all of two days, one a day, one a week; and never fewer good ones
NIGHTLY, FIRST, LAST, EVERY = time(1), time(6), time(22), timedelta(minutes=15)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30))  # after a failure, before the next try
_turn = threading.Lock()  # one copy at a time


class Failure(NamedTuple):
    """A failed backup: why, since when, how often tried, when it is tried again.

    `need` is the room in bytes that it waits for, 0 if room is not what it lacks; the next try is due once it is free.
    """

    say: Say
    since: datetime
    tries: int
    again: datetime
    need: int = 0


class Failures:
    """The places where this process could not make the last backup."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Failure] = {}

    def of(self, place: BackupPlace) -> Failure | None:
        return self._by_folder.get(place.folder)

    def add(self, place: BackupPlace, why: Say, *, now: datetime, need: int) -> None:
        before = self.of(place)
        before = before if before and before.since <= now else None  # a clock put back begins anew
        tries = before.tries + 1 if before else 1
        wait = WAITS[min(tries, len(WAITS)) - 1]
        self._by_folder[place.folder] = Failure(why, before.since if before else now, tries, now + wait, need)

    def end(self, place: BackupPlace) -> None:
        self._by_folder.pop(place.folder, None)


failing = Failures()


def failures(db: Database) -> list[Say]:
    """What keeps backups from being made, a sentence for each place."""
    return [sentence for place in places(db) if (sentence := _hindrance(db, place))]


def _hindrance(db: Database, place: BackupPlace) -> Say | None:
    failure = failing.of(place)
    return absence(db, place) or (failure and failure.say)


def take(db: Database, place: BackupPlace, *, now: datetime) -> Path:
    """Make a verified backup in this place and, while the clock is believed, delete those beyond the rule.

    Raises what kept it from being made.
    """
    _check_present(db, place)
    with _turn:
        store = identity(db)
        if place.key == BESIDE:
            store_file.make_folder(place.folder)
        _sweep(place.folder, store)
        believed = trusted_time.doubt(db, now=now) is None
        if believed:
            prune(place, store, now=now)
        target = _free_name(place.folder, now)
        with closing(store_file.reading_in_use(database.path())) as conn:
            try:
                store_file.copy(conn, target, tag=store, margin=_margin(place))
            except store_file.NoRoom as full:
                if not (believed and _thin(place, store, full.missing, now=now)):
                    raise
                store_file.copy(conn, target, tag=store, margin=_margin(place))
        note(target, GOOD, store)
        if believed:
            prune(place, store, now=now)
        failing.end(place)
        note_apart(db, place)
        return target


def _check_present(db: Database, place: BackupPlace) -> None:
    missing = absence(db, place)
    if missing:
        raise Problem(missing.text, **missing.places)


def _margin(place: BackupPlace) -> int:
    """The bytes to leave free: on the disk of the store enough for what is saved meanwhile."""
    return store_file.MARGIN if place.key == BESIDE or not backup_places.is_apart(place.folder) else 2**20


def _free_name(place: Path, now: datetime) -> Path:
    """A file name of this second that is not taken."""
    return store_file.unused(place, f"tungnha-{now.astimezone(clock.ZONE):%Y-%m-%d-%H%M%S}", ".db")


def _sweep(place: Path, store: str) -> None:
    """Delete the fragments that a power cut left of this store's backups."""
    for part in place.glob(f"tungnha-*.db.{store}{PART}"):
        store_file.drop(part)


def prune(place: BackupPlace, store: str, *, now: datetime) -> None:
    """Delete the verified backups beyond the rule; no other file is touched."""
    backups = good(in_place(place, store), now)
    for backup in set(backups) - kept(backups):
        with suppress(OSError):
            backup.file.unlink()


def _thin(place: BackupPlace, store: str, missing: int, *, now: datetime) -> bool:
    """Delete the oldest backups of the two newest days until a new one has room; whether that succeeded.

    None is deleted if all of them together would not make room. Without this, backups would fill a small disk or a
    stick within a day, and there would never be a newer one.
    """
    backups = good(in_place(place, store), now)
    spare = newest_first(set(backups) - kept(backups, whole=0))
    if sum(backup.size for backup in spare) < missing:
        return False
    while missing > 0 and spare:
        oldest, before = spare.pop(), store_file.free(place.folder)
        oldest.file.unlink()
        gained = store_file.free(place.folder) - before
        if gained < oldest.size // 2:  # this disk does not free what is deleted
            return False
        missing -= gained
    return missing <= 0


def kept(backups: list[Backup], *, whole: int = DAYS) -> set[Backup]:
    """All of the two newest days with backups, the last one of 14 days and of 8 weeks, and the three newest.

    Days without a backup do not count: neither a machine that was off for a month nor a clock that runs a month ahead
    has good backups deleted.
    """
    ordered = newest_first(backups)
    days: dict[str, list[Backup]] = {}
    weeks: dict[tuple, Backup] = {}
    for backup in ordered:
        days.setdefault(clock.day_of(backup.at), []).append(backup)
        weeks.setdefault(backup.at.astimezone(clock.ZONE).isocalendar()[:2], backup)
    of_days = list(days.values())
    every = [backup for day in of_days[:whole] for backup in day]
    return {*ordered[:LEAST], *every, *(day[0] for day in of_days[:DAILY]), *list(weeks.values())[:WEEKLY]}


def take_now(db: Database, user: User, *, now: datetime) -> list[Path]:
    """Make a backup in every place, asked for by hand; raises why if none could be made."""
    access.check(user, "backup.take")
    files, faults = [], []
    for place in places(db):
        try:
            files.append(_try(db, place, now=now))
        except Problem as problem:
            faults.append(problem)
    if not files:
        raise faults[0]
    audit.log(db, user, "backup.take", audit.Act(files[0].name), now=now)
    return files


def keep(db: Database, *, now: datetime) -> None:
    """Make the backups that are due, each place by itself; after a failure wait 1, 5, then 30 minutes."""
    for place in places(db):
        if due(db, place, now=now):
            with suppress(Problem):
                _try(db, place, now=now)
    backup_files.check(db)


def due(db: Database, place: BackupPlace, *, now: datetime) -> bool:
    """Whether the last verified backup of a place is older than the hour it was due at, and no wait is on."""
    failure = failing.of(place)
    if absence(db, place) or (failure and failure.since <= now < failure.again and not _has_room(place, failure)):
        return False
    backups = good(in_place(place, identity(db, make=False)), now)
    return not backups or max(backup.at for backup in backups) < slot(now)


def _has_room(place: BackupPlace, failure: Failure) -> bool:
    """Whether the room that a backup failed for is free now."""
    try:
        return bool(failure.need) and store_file.free(place.folder) >= failure.need
    except OSError:
        return False


def slot(now: datetime) -> datetime:
    """When the last backup was due: every 15 minutes from 06:00 to 22:00, and at 01:00, in Viet Nam."""
    local = now.astimezone(clock.ZONE)
    if local.time() < NIGHTLY:
        return datetime.combine(local.date() - timedelta(days=1), LAST, clock.ZONE)
    if local.time() < FIRST:
        return datetime.combine(local.date(), NIGHTLY, clock.ZONE)
    if local.time() >= LAST:
        return datetime.combine(local.date(), LAST, clock.ZONE)
    return local.replace(minute=local.minute - local.minute % (EVERY.seconds // 60), second=0, microsecond=0)


def _try(db: Database, place: BackupPlace, *, now: datetime) -> Path:
    """Make a backup, or note its failure and raise it as a sentence; a missing place counts as no failure."""
    _check_present(db, place)
    try:
        return take(db, place, now=now)
    except (Problem, sqlite3.Error, OSError) as fault:
        problem = _as_problem(fault, place)
        failing.add(place, problem.say, now=now, need=getattr(fault, "need", 0))
        raise problem from fault


_WHY = {
    database.FULL.text: Say(N_("The disk is full. Free some space on it.")),
    database.READ_ONLY.text: Say(N_("This location cannot be written to.")),
    database.FORBIDDEN.text: Say(N_("The program has no permission to write there.")),
    database.MISSING.text: Say(N_("Its folder is missing.")),
    database.UNOPENED.text: Say(N_("No file can be created there; check its disk.")),
    database.SILENT.text: Say(N_("Its disk does not respond.")),
    database.UNKNOWN.text: Say(N_("The server reports a fault; check its disk.")),
}


def _as_problem(fault: Exception, place: BackupPlace) -> Problem:
    why = fault.say if isinstance(fault, Problem) else database.trouble(fault) or database.UNKNOWN
    why = _WHY.get(why.text, why)
    sentence = N_("No backup could be made next to the data: {why}")
    if place.key == SECOND:
        sentence = N_("No backup could be made in the second location: {why}")
    return Problem(sentence, why=why)
