"""Decides whether the clock can be trusted, before acts that cannot be undone: freezing figures, opening a day,
recording how late a report came.

A trusted clock is not earlier than the newest stamp in the store, at most a night later, and moves as the machine's
ticks do. Any other must be confirmed by a person or corrected; until then visits are saved as usual.
The store keeps the last hour that was believed, and the line of the log it was at, in the setting `clock`.
"""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from lib.core import audit, clock, store_file
from lib.core.access import User
from lib.core.database import set_setting, setting, value, write
from lib.core.errors import N_, Conflict, Refused

APART = timedelta(hours=20)  # a machine may be off at night; after a day or more somebody says which day it is
_EVERY = timedelta(minutes=1)  # how often the hour is noted
_KEY = "clock"
_LINES = 10_000  # of the log, where nothing is noted yet


@dataclass(frozen=True)
class Doubt:
    """Why the clock is not trusted: it is "behind" the newest stamp, leapt "ahead", or is "apart" by a day.

    `last` is the newest trusted stamp, `shown` the machine's time.
    """

    kind: str
    last: str
    shown: str


def doubt(db: Database, *, now: datetime) -> Doubt | None:
    """Return why the clock is in doubt; None if it is trusted, or if no visit is recorded yet."""
    off = clock.reference.off()
    last = newest(db) or clock.stamp(now)
    if off:
        return Doubt("behind" if off > timedelta(0) else "ahead", last, clock.stamp(now - off))
    if now < clock.instant(last) - clock.BACK:
        kind = "behind"
    elif now > clock.instant(last) + APART:
        kind = "apart"
    else:
        return None
    return Doubt(kind, last, clock.stamp(now)) if is_begun(db) else None


def is_begun(db: Database) -> bool:
    """Whether a visit is recorded; before that a wrong clock can be corrected without a question."""
    return value(db, "select 1 from visits limit 1") is not None


def newest(db: Database) -> str | None:
    """Return the newest trusted stamp: the hour noted last, or that of a later line of the log.

    A line more than a night later is ignored: it was written while the clock itself was in doubt.
    """
    noted = _noted(db)
    if noted is None:
        newest_stamp: str | None = value(
            db,
            """select max(at) from (
                   select max(at) as at from audit_log where id > (select max(id) from audit_log) - :lines
                   union all select max(opened_at) from days
                   union all select max(frozen_at) from snapshots
                   union all select max(last_entry_at) from team_day where day = (select max(day) from days))""",
            {"lines": _LINES},
        )
        return newest_stamp
    until = clock.stamp(clock.instant(noted["at"]) + APART)
    since = value(db, "select max(at) from audit_log where id > ? and at <= ?", [noted["line"], until])
    return max(str(noted["at"]), since or "")


def status(db: Database, *, now: datetime) -> dict:
    """Return the clock's state for /healthz: `{believed, shown}`; while in doubt also why, since when, what waits."""
    doubted = doubt(db, now=now)
    state = {"believed": doubted is None, "shown": clock.stamp(now - clock.reference.off())}
    return (
        state
        if doubted is None
        else state
        | {
            "doubt": doubted.kind,
            "last": doubted.last,
            "waits": "freezing figures and opening days, until the date is "
            "confirmed by whoever signs in or the clock is put right",
        }
    )


def begin(db: Database, *, now: datetime) -> None:
    """Compare the clock at program start with the time trusted before.

    A machine with an empty battery starts in the year 2000, when no account had a role to sign in with; so the clock
    never shows a time before the newest stamp.
    """
    noted, last = _noted(db), newest(db)
    if clock.is_shifted() or last is None:
        return
    if noted and noted.get("boot") == clock.boot():
        clock.reference.believe((clock.instant(noted["machine"]), noted["ticks"]))
    elif doubt(db, now=now):
        clock.reference.never_before(clock.instant(last))


def settle(db: Database, *, now: datetime) -> Doubt | None:
    """Return the doubt about the clock, if any; else note the hour, by which later times are measured."""
    doubted = doubt(db, now=now)
    if doubted is None:
        clock.reference.believe()
        noted = _noted(db)
        if noted is None or not -clock.BACK <= now - clock.instant(noted["at"]) < _EVERY:
            _note(db, now)
    return doubted


def check_hour(db: Database, *, now: datetime) -> None:
    """Raise Conflict while the clock is in doubt; for acts that record the hour for good, such as sending a report."""
    if not clock.reference.is_measured() and doubt(db, now=now):
        raise Conflict(
            N_(
                "The time is uncertain, and a report's recorded lateness is never changed. Answer the "
                "question about the date above, then send; what you have written is kept."
            )
        )


def confirm(db: Database, user: User, day: str | None, *, now: datetime) -> None:
    """Confirm that the machine's clock shows the right day, so that all waiting acts go on.

    `now` is the clock's time, `day` the day that the person read, None if the clock was set since; raise Conflict if
    they differ.
    """
    with write(db):
        with audit.act(db, user, "clock.confirm", now=now) as deed:
            if clock.day_of(now) != day:
                raise Conflict(N_("The server's clock now shows a different time. Check the question again."))
            deed.subject = day
        _note(db, now)
    clock.reference.believe()


def refuse_shift(file: Path) -> None:
    """Raise Refused if a rehearsal's clock is set for a store that people work with."""
    try:
        shifted = clock.is_rehearsal() and clock.is_shifted()
    except ValueError:
        raise Refused(N_("TUNGNHA_CLOCK is not a local time such as 2021-08-16T13:30.")) from None
    if shifted and file.exists() and not _may_be_shifted(file):
        raise Refused(
            N_(
                "TUNGNHA_CLOCK is for practice data only: here it would permanently freeze figures of "
                "the wrong day. Start without it, or name another data file in TUNGNHA_DB."
            )
        )


def refuse_real() -> None:
    """Raise Refused while a rehearsal's clock is set: a real province is not founded by it."""
    if clock.is_rehearsal():
        raise Refused(
            N_(
                "The program runs with TUNGNHA_CLOCK, which is for practice only. Start it without, "
                "then set up the province."
            )
        )


def _may_be_shifted(file: Path) -> bool:
    """Whether it is a practice store, or one without any account yet."""
    with closing(store_file.opened(file, mode="ro")) as conn:
        tables = {name for (name,) in conn.execute("select name from sqlite_master where type = 'table'")}
        if not {"settings", "accounts"} <= tables:
            return True
        practice = conn.execute("select 1 from settings where key = 'practice'").fetchone()
        return bool(practice) or conn.execute("select 1 from accounts limit 1").fetchone() is None


def _noted(db: Database) -> dict | None:
    """Return the last note of the hour: `{at, line, machine, ticks, boot}`, or None."""
    stored = setting(db, _KEY)
    return json.loads(stored) if stored else None


def _note(db: Database, now: datetime) -> None:
    with write(db, quiet=True):
        line = value(db, "select max(id) from audit_log") or 0
        reading = {
            "at": clock.stamp(now),
            "line": line,
            "machine": clock.machine().isoformat(),
            "ticks": clock.ticks(),
            "boot": clock.boot(),
        }
        set_setting(db, _KEY, json.dumps(reading))
