"""Copies of the store: where they lie, which of them can be relied on, which are kept, and when one is due.

Only a copy that was read page by page counts. It lies in the folder beside the store and in a second place, another
disk, a stick or a share: the setting `copies_place`, or TUNGNHA_COPIES, which goes before it.
"""

import json
import os
import re
import secrets
import threading
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import access, audit, clock, database, store_file, trusted_time
from lib.core.access import User
from lib.core.errors import N_, Invalid, Problem, Say
from lib.core.store_file import GOOD, PART

DAYS, DAILY, WEEKLY, LEAST = 2, 14, 8, 3  # all of two days, one a day, one a week; and never fewer good ones
NIGHTLY, FIRST, LAST, EVERY = time(1), time(6), time(22), timedelta(minutes=15)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30))  # after a failure, before the next try
UNCHECKED = "unchecked"
BESIDE, SECOND = "beside", "second"
_NAME = re.compile(r"tungnha-(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)(\d\d)?(-\d+)?\.db")
_LEDGER = ".verified.json"
_turn = threading.Lock()  # one copy at a time
_verdicts: dict[tuple, tuple[str, str]] = {}  # of files as they are now, for a folder whose ledger cannot be written


class Place(NamedTuple):
    """A folder of copies: `key` is `beside` or `second`."""

    key: str
    folder: Path


class Copy(NamedTuple):
    """One file named like a copy; it counts while `verdict` is `good`."""

    file: Path
    place: str
    at: datetime
    size: int
    verdict: str


class Failure(NamedTuple):
    """A copy that did not come about: why, since when, how often tried, when it is tried again.

    `need` is the room in bytes that it waits for, 0 where room is not what it lacks: once it is there, nothing waits.
    """

    say: Say
    since: datetime
    tries: int
    again: datetime
    need: int = 0


_failures: dict[Path, Failure] = {}


# Where


def folder() -> Path:
    """The folder beside the store."""
    return database.path().parent / "copies"


def places(db: Database) -> list[Place]:
    """The folder beside the store and, where one is named, the second place."""
    return _places(second_place(db))


def _places(second: Path | None) -> list[Place]:
    return [Place(BESIDE, folder())] + ([Place(SECOND, second)] if second else [])


def second_place(db: Database) -> Path | None:
    named = named_outside() or database.setting(db, "copies_place")
    return Path(named) if named else None


def named_outside() -> str | None:
    """The second place that whoever starts the program has named."""
    return os.environ.get("TUNGNHA_COPIES")


def name_place(db: Database, user: User, typed: str, *, now: datetime) -> None:
    """Set or take away the second place; a folder that is there and can be written. Invalid tells at `place`."""
    named = typed.strip().strip('"')
    with audit.act(db, user, "setting.technical", now=now, kind="setting.copies") as deed:
        if named:
            _check_place(Path(named))
        old = database.setting(db, "copies_place", "")
        database.set_setting(db, "copies_place", named)
        deed.subject, deed.detail, deed.nothing = named, audit.changes({"place": old}, {"place": named}), old == named
        db.conn.execute("delete from settings where key = 'copies_apart'")


def _check_place(named: Path) -> None:
    if not named.is_absolute() or not _is_folder(named):
        sentence = N_(
            "There is no such folder. Type the full path of a folder on another disk, a USB stick or a network share."
        )
        raise Invalid({"place": Say(sentence)})
    if _is_beside(named):
        raise Invalid({"place": Say(NO_SECOND)})
    if not _takes_files(named):
        raise Invalid(
            {"place": Say(N_("The program has no permission to write into this folder. Choose another one."))}
        )


NO_SECOND = N_("This is the folder next to the data. Choose one on another disk.")


def _is_beside(named: Path) -> bool:
    return named.resolve() in (folder().resolve(), database.path().parent.resolve())


def _is_folder(named: Path) -> bool:
    """Whether there is one; a name that no disk can have names none."""
    with suppress(OSError, ValueError):
        return named.is_dir()
    return False


def _takes_files(place: Path) -> bool:
    """Whether a file can be made there: what the folder says of itself is not what a share allows."""
    probe = place / f".tungnha-{secrets.token_hex(4)}{PART}"
    try:
        store_file.make(probe)
    except OSError:
        return False
    store_file.drop(probe)
    return True


def absence(db: Database, place: Place) -> Say | None:
    """Why nothing can be put into this place: its disk is not there, or it is no second one.

    The folder beside the store is made.
    """
    if place.key == BESIDE:
        return None
    if not _is_folder(place.folder):
        return Say(N_("The second backup location is missing. Plug in or mount its disk, or choose another location."))
    if _is_beside(place.folder):
        return Say(NO_SECOND)
    if database.setting(db, "copies_apart") == str(place.folder) and not _apart(place.folder):
        return Say(
            N_(
                "The disk of the second backup location is not mounted: its folder is on the same disk as "
                "the data. Mount it, or choose another location."
            )
        )
    return None


def on_one_disk(db: Database) -> Say | None:
    """That the second place, which is there, lies on the disk of the store; None where it does not."""
    second = second_place(db)
    if second is None or absence(db, Place(SECOND, second)) or _apart(second):
        return None
    return Say(
        N_(
            "The second backup location is on the same disk as the data: if that disk fails, both are "
            "lost. Choose a folder on another disk, a USB stick or a network share."
        )
    )


def _apart(place: Path) -> bool:
    """Whether a place lies on another disk than the store."""
    with suppress(OSError):
        return place.stat().st_dev != database.path().parent.stat().st_dev
    return False


# Which


def listed(db: Database) -> list[Copy]:
    """Every file named like a copy, newest first, as far as its verdict is known."""
    store = identity(db, make=False)
    return _newest_first(copy for place in _different(places(db)) for copy in _of(place, store))


def _newest_first(found: Iterable[Copy]) -> list[Copy]:
    return sorted(found, key=lambda copy: (copy.at, copy.file.name), reverse=True)


def _different(found: list[Place]) -> list[Place]:
    return [place for place in found if place.key == BESIDE or not _is_beside(place.folder)]


def lying_about() -> list[Copy]:
    """For whoever restores a store that is missing, newest first: the files like copies beside its place and in the
    one that TUNGNHA_COPIES names, read now, whichever store they are of.
    """
    named = named_outside()
    known = _different(_places(Path(named) if named else None))
    files = [(file, place.key) for place in known for file in place.folder.glob("tungnha-*.db") if _stamp(file)]
    return _newest_first(
        Copy(file, key, _stamp(file), file.stat().st_size, store_file.verdict(file)) for file, key in files
    )


def newest(db: Database, *, now: datetime) -> Copy | None:
    """The last verified copy, in whichever place; one dated ahead of the clock tells nothing."""
    return next(iter(_good(listed(db), now)), None)


def _good(found: list[Copy], now: datetime) -> list[Copy]:
    """Those that can be relied on, in the order given."""
    return [copy for copy in found if copy.verdict == GOOD and copy.at <= now]


def failures(db: Database) -> list[Say]:
    """What keeps copies from being made, a sentence for each place."""
    return [told for place in places(db) if (told := _failing(db, place))]


def _failing(db: Database, place: Place) -> Say | None:
    failed = _failures.get(place.folder)
    return absence(db, place) or (failed and failed.say)


def identity(db: Database, *, make: bool = True) -> str:
    """What tells this store from others whose copies lie in the same place; made once."""
    found = database.setting(db, "store_id")
    if found is None and make:
        database.set_setting(db, "store_id", secrets.token_hex(8))
        found = database.setting(db, "store_id")
    return found or ""


def _of(place: Place, store: str) -> list[Copy]:
    ledger, files = _ledger(place.folder), []
    with suppress(OSError):
        files = list(place.folder.glob("tungnha-*.db"))
    found = [_seen(file, place.key, ledger.get(file.name)) for file in files]
    return [copy for copy, of in filter(None, found) if not of or of == store]  # others are another store's affair


def _seen(file: Path, place: str, line) -> tuple[Copy, str] | None:
    """A file named like a copy, and whose copy it is as far as that is known; None for one that cannot be looked at."""
    at = _stamp(file)
    with suppress(OSError):
        if at:
            seen = file.stat()
            unread = (UNCHECKED if seen.st_size else store_file.EMPTY), ""
            verdict, of = _verdicts.get(_mark(file, seen)) or _written(line, seen) or unread
            return Copy(file, place, at, seen.st_size, verdict), of
    return None


def _stamp(file: Path) -> datetime | None:
    """When a copy was taken, as its name says in the time of Viet Nam."""
    parts = _NAME.fullmatch(file.name)
    with suppress(ValueError, OverflowError):
        if parts:
            day, hour, minute, second = parts.group(1, 2, 3, 4)
            return clock.instant(clock.at(day, f"{hour}:{minute}:{second or '00'}"))
    return None


def _mark(file: Path, seen: os.stat_result) -> tuple:
    return str(file), seen.st_size, seen.st_mtime_ns


def _ledger(place: Path) -> dict:
    """`{name: [size, mtime in seconds, verdict, store]}` of the files that were read."""
    try:
        found = json.loads((place / _LEDGER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _written(line, seen: os.stat_result) -> tuple[str, str] | None:
    """The verdict of the ledger while the file is the one it was given on; a stick keeps even seconds only."""
    if not (isinstance(line, list) and [type(each) for each in line] == [int, int, str, str]):
        return None
    size, written, verdict, of = line
    return (verdict, of) if size == seen.st_size and abs(written - seen.st_mtime) <= 2 else None


def check(db: Database) -> None:
    """Read what lies in the places unread: copies of an earlier version, files somebody put there, changed ones."""
    store = identity(db)
    for place in places(db):
        for copy in _of(place, store):
            if copy.verdict == UNCHECKED:
                with suppress(OSError):
                    _note(copy.file, *store_file.read(copy.file))


def _note(file: Path, verdict: str, store: str) -> None:
    """Write a verdict down, and forget those of files that are gone."""
    seen = file.stat()
    _verdicts[_mark(file, seen)] = verdict, store
    known = {name: line for name, line in _ledger(file.parent).items() if (file.parent / name).exists()}
    fresh = file.parent / f"{_LEDGER}.{os.getpid()}"
    with suppress(OSError):
        store_file.drop(fresh)
        store_file.make(fresh)
        fresh.write_text(json.dumps(known | {file.name: [seen.st_size, int(seen.st_mtime), verdict, store]}), "utf-8")
        fresh.replace(file.parent / _LEDGER)
    store_file.drop(fresh)


# Taking and keeping


def take(db: Database, place: Place, *, now: datetime) -> Path:
    """A verified copy in this place; those beyond the rule go while the clock is believed. Raises why there is none."""
    missing = absence(db, place)
    if missing:
        raise Problem(missing.text, **missing.places)
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
        _note(target, GOOD, store)
        if believed:
            prune(place, store, now=now)
        _failures.pop(place.folder, None)
        _note_apart(db, place)
        return target


def _margin(place: Place) -> int:
    """Bytes to leave: beside the store for what is saved meanwhile; elsewhere nobody saves."""
    return store_file.MARGIN if place.key == BESIDE or not _apart(place.folder) else 2**20


def _note_apart(db: Database, place: Place) -> None:
    if place.key == SECOND and _apart(place.folder) and database.setting(db, "copies_apart") != str(place.folder):
        database.set_setting(db, "copies_apart", str(place.folder))


def _free_name(place: Path, now: datetime) -> Path:
    """A name of this second that no file has, as `_NAME` reads it."""
    return store_file.unused(place, f"tungnha-{now.astimezone(clock.ZONE):%Y-%m-%d-%H%M%S}", ".db")


def _sweep(place: Path, store: str) -> None:
    """Fragments that a power cut left of this store."""
    for part in place.glob(f"tungnha-*.db.{store}{PART}"):
        store_file.drop(part)


def prune(place: Place, store: str, *, now: datetime) -> None:
    """Take away verified copies beyond the rule; no other file is touched, and none counts as a copy."""
    good = _good(_of(place, store), now)
    staying = kept(good)
    for copy in good:
        if copy not in staying:
            with suppress(OSError):
                copy.file.unlink()


def _thin(place: Place, store: str, missing: int, *, now: datetime) -> bool:
    """Take away the oldest copies of the two newest days, as many as make room for a new one; False, and none goes,
    where all of them together would not.

    Otherwise copies would fill a small disk or a stick within a day, and there would never be a newer one.
    """
    good = _good(_of(place, store), now)
    spare = _newest_first(set(good) - kept(good, whole=0))
    if sum(copy.size for copy in spare) < missing:
        return False
    while missing > 0 and spare:
        oldest, before = spare.pop(), store_file.free(place.folder)
        oldest.file.unlink()
        gained = store_file.free(place.folder) - before
        if gained < oldest.size // 2:  # this disk keeps what is taken away
            return False
        missing -= gained
    return missing <= 0


def kept(good: list[Copy], *, whole: int = DAYS) -> set[Copy]:
    """All of the two newest days with copies, the last one of 14 days and of 8 weeks, and the three newest.

    Days without a copy do not count: neither a machine that was off for a month nor a clock that runs a month ahead
    makes good copies go.
    """
    newest_first = _newest_first(good)
    days: dict[str, list[Copy]] = {}
    weeks: dict[tuple, Copy] = {}
    for copy in newest_first:
        days.setdefault(clock.day_of(copy.at), []).append(copy)
        weeks.setdefault(copy.at.astimezone(clock.ZONE).isocalendar()[:2], copy)
    of_days = list(days.values())
    every = [copy for day in of_days[:whole] for copy in day]
    return {*newest_first[:LEAST], *every, *(day[0] for day in of_days[:DAILY]), *list(weeks.values())[:WEEKLY]}


def take_now(db: Database, user: User, *, now: datetime) -> list[Path]:
    """Copies asked for by hand, in every place that is there; raises why there is none at all."""
    access.check(user, "backup.take")
    made, faults = [], []
    for place in places(db):
        try:
            made.append(_tried(db, place, now=now))
        except Problem as problem:
            faults.append(problem)
    if not made:
        raise faults[0]
    audit.log(db, user, "backup.take", now=now, subject=made[0].name)
    return made


def keep(db: Database, *, now: datetime) -> None:
    """Make the copies that are due, each place for itself; after a failure wait 1, 5, then 30 minutes."""
    for place in places(db):
        if due(db, place, now=now):
            with suppress(Problem):
                _tried(db, place, now=now)
    check(db)


def due(db: Database, place: Place, *, now: datetime) -> bool:
    """Whether the last verified copy of a place is older than the hour it was due at, and no wait is on."""
    failed = _failures.get(place.folder)
    if absence(db, place) or (failed and failed.since <= now < failed.again and not _has_room(place, failed)):
        return False
    good = _good(_of(place, identity(db, make=False)), now)
    return not good or max(copy.at for copy in good) < slot(now)


def _has_room(place: Place, failed: Failure) -> bool:
    """Whether the room is there that a copy failed for."""
    try:
        return bool(failed.need) and store_file.free(place.folder) >= failed.need
    except OSError:
        return False


def slot(now: datetime) -> datetime:
    """When the last copy was due: every 15 minutes from 06:00 to 22:00, and at 01:00, in Viet Nam."""
    here = now.astimezone(clock.ZONE)
    if here.time() < NIGHTLY:
        return datetime.combine(here.date() - timedelta(days=1), LAST, clock.ZONE)
    if here.time() < FIRST:
        return datetime.combine(here.date(), NIGHTLY, clock.ZONE)
    if here.time() >= LAST:
        return datetime.combine(here.date(), LAST, clock.ZONE)
    return here.replace(minute=here.minute - here.minute % (EVERY.seconds // 60), second=0, microsecond=0)


def _tried(db: Database, place: Place, *, now: datetime) -> Path:
    """A copy, or its failure noted and raised as a sentence. A place that is not there has failed at nothing."""
    missing = absence(db, place)
    if missing:
        raise Problem(missing.text, **missing.places)
    try:
        return take(db, place, now=now)
    except (Problem, sqlite3.Error, OSError) as fault:
        problem = _as_problem(fault, place)
        _fail(place.folder, problem.say, now, need=getattr(fault, "need", 0))
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


def _as_problem(fault: Exception, place: Place) -> Problem:
    why = fault.say if isinstance(fault, Problem) else database.trouble(fault) or database.UNKNOWN
    why = _WHY.get(why.text, why)
    sentence = N_("No backup could be made next to the data: {why}")
    if place.key == SECOND:
        sentence = N_("No backup could be made in the second location: {why}")
    return Problem(sentence, why=why)


def _fail(place: Path, why: Say, now: datetime, *, need: int) -> None:
    before = _failures.get(place)
    before = before if before and before.since <= now else None  # a clock put back begins anew
    tries = before.tries + 1 if before else 1
    wait = WAITS[min(tries, len(WAITS)) - 1]
    _failures[place] = Failure(why, before.since if before else now, tries, now + wait, need)
