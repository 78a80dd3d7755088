"""Whether the clock is believed: asked before everything that cannot be undone: freezing, opening a day,
how late a report came.

Believed is a clock no earlier than the newest stamp in the store and no further from it than a night, that moves as
the machine's ticks do. One that is not is confirmed by a person, or put right; until then visits save as usual.
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
    """Why the clock is not believed: it is "behind" the newest stamp, leapt "ahead", or "apart" from it by a day.

    `last` is the newest stamp that was believed, `shown` what the machine's clock says.
    """

    kind: str
    last: str
    shown: str


def doubt(db: Database, *, now: datetime) -> Doubt | None:
    """What speaks against the clock; None while nothing does, or nothing has been entered that could be spoiled."""
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
    """Whether anything has been entered at the doors; before that a wrong clock can be put right unasked."""
    return value(db, "select 1 from visits limit 1") is not None


def newest(db: Database) -> str | None:
    """The newest stamp that can be believed: the hour noted last, and what was logged since.

    A line more than a night after it was written while the clock was in doubt itself.
    """
    known = _known(db)
    if known is None:
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
    until = clock.stamp(clock.instant(known["at"]) + APART)
    since = value(db, "select max(at) from audit_log where id > ? and at <= ?", [known["line"], until])
    return max(str(known["at"]), since or "")


def told(db: Database, *, now: datetime) -> dict:
    """For /healthz: `{believed, shown}` and, while in doubt, why, since when, and what waits."""
    found = doubt(db, now=now)
    known = {"believed": found is None, "shown": clock.stamp(now - clock.reference.off())}
    return (
        known
        if found is None
        else known
        | {
            "doubt": found.kind,
            "last": found.last,
            "waits": "freezing figures and opening days, until the date is "
            "confirmed by whoever signs in or the clock is put right",
        }
    )


def begin(db: Database, *, now: datetime) -> None:
    """At the start of the program: measure the clock by what was believed before it.

    One whose battery is empty says that it is the year 2000, when nobody had a role to sign in with; so no time is
    told that lies before the newest stamp.
    """
    known, last = _known(db), newest(db)
    if clock.is_shifted() or last is None:
        return
    if known and known.get("boot") == clock.boot():
        clock.reference.believe((clock.instant(known["machine"]), known["ticks"]))
    elif doubt(db, now=now):
        clock.reference.never_before(clock.instant(last))


def settle(db: Database, *, now: datetime) -> Doubt | None:
    """Ask, and note the hour where nothing speaks against it: what comes later is measured by it."""
    found = doubt(db, now=now)
    if found is None:
        clock.reference.believe()
        known = _known(db)
        if known is None or not -clock.BACK <= now - clock.instant(known["at"]) < _EVERY:
            _note(db, now)
    return found


def check_hour(db: Database, *, now: datetime) -> None:
    """Conflict while nobody knows the hour: what bears it for good, as how late a report came, waits for the answer."""
    if not clock.reference.is_measured() and doubt(db, now=now):
        raise Conflict(
            N_(
                "The time is uncertain, and a report's recorded lateness is never changed. Answer the "
                "question about the date above, then send; what you have written is kept."
            )
        )


def confirm(db: Database, user: User, day: str | None, *, now: datetime) -> None:
    """Somebody says that today is this day, as the machine's clock shows it: all that waited goes on.

    `now` is what that clock says, `day` the one that was read, None if the clock was set since. Conflict when they
    differ.
    """
    with write(db):
        with audit.act(db, user, "clock.confirm", now=now) as deed:
            if clock.day_of(now) != day:
                raise Conflict(N_("The server's clock now shows a different time. Check the question again."))
            deed.subject = day
        _note(db, now)
    clock.reference.believe()


def refuse_shift(file: Path) -> None:
    """Refused where a rehearsal's clock is asked for on a store that people work with."""
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
    """Refused: a province of real people is not founded by a rehearsal's clock."""
    if clock.is_rehearsal():
        raise Refused(
            N_(
                "The program runs with TUNGNHA_CLOCK, which is for practice only. Start it without, "
                "then set up the province."
            )
        )


def _may_be_shifted(file: Path) -> bool:
    """A practice store, or one without any account yet."""
    with closing(store_file.opened(file, mode="ro")) as conn:
        tables = {name for (name,) in conn.execute("select name from sqlite_master where type = 'table'")}
        if not {"settings", "accounts"} <= tables:
            return True
        practice = conn.execute("select 1 from settings where key = 'practice'").fetchone()
        return bool(practice) or conn.execute("select 1 from accounts limit 1").fetchone() is None


def _known(db: Database) -> dict | None:
    """`{at, line, machine, ticks, boot}` as it was noted last."""
    found = setting(db, _KEY)
    return json.loads(found) if found else None


def _note(db: Database, now: datetime) -> None:
    with write(db, quiet=True):
        line = value(db, "select max(id) from audit_log") or 0
        told = {
            "at": clock.stamp(now),
            "line": line,
            "machine": clock.machine().isoformat(),
            "ticks": clock.ticks(),
            "boot": clock.boot(),
        }
        set_setting(db, _KEY, json.dumps(told))
