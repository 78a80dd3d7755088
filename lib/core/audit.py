"""Every write is an act: a right, a transaction and a line in the log, in one `with`."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlite_utils import Database

from lib.core import access, change_capture, clock
from lib.core.access import User
from lib.core.database import insert, value, write
from lib.core.errors import N_, Refused

SINGLE, BULK = timedelta(minutes=30), timedelta(hours=24)  # how long an act can be taken back


@dataclass
class Act:
    """What the log will say. `detail` takes old and new values; `nothing` means no line is due; `id` is the line's.

    `area` is the code the line belongs to (commune or above); within `act` it is the user's own until another is set.
    `at` is the stamp its rows bear: now, or the second after what is frozen already, whatever the clock says.
    """

    subject: str | None = None
    area: str | None = None
    detail: dict = field(default_factory=dict)
    nothing: bool = False
    id: int | None = None
    at: str = ""


@contextmanager
def act(
    db: Database, user: User, action: str, *, now: datetime, kind: str | None = None, undo: timedelta | None = None
) -> Iterator[Act]:
    """Check the right, open the transaction, and log `kind` (else the action) as its last statement.

    With `undo` the rows it changes are kept, so that it can be taken back: SINGLE by its author, BULK by whoever holds
    the right there.
    """
    access.check(user, action)
    _check_hour(user, kind or action, now)
    with write(db), ExitStack() as notes:
        deed = Act(area=user.area_code, at=_begun(db, now))
        undo_time = None if change_capture.noting(db) else undo  # an act within an act is taken back with it
        if undo_time:
            notes.enter_context(change_capture.noted(db))
        yield deed
        if deed.nothing:
            return
        deed.id = log(db, user, kind or action, deed, now=now)
        if undo_time:
            change_capture.keep(db, deed.id, action, until=clock.stamp(now + undo_time), anybody=undo_time > SINGLE)


# What a deputy may do before the hour: prepare the report, and see to the own account.
_BEFORE_THE_HOUR = (
    "report.draft",
    "account.own",
    "account.password",
    "account.delegate_seen",
    "signout",
    "clock.confirm",
)


def _check_hour(user: User, kind: str, now: datetime) -> None:
    """A role held for somebody else acts from its hour on (S0-21)."""
    if user.from_hour and kind not in _BEFORE_THE_HOUR and clock.hour_of(now) < user.from_hour:
        sentence = N_("You act for {name} from {hour} on. Until then this is their task.")
        raise Refused(sentence, name=user.for_name, hour=user.from_hour)


def _begun(db: Database, now: datetime) -> str:
    """Note the stamp of the act for the triggers that keep past rows."""
    floor = value(db, "select floor from days where day = ?", [clock.day_of(now)]) or ""
    at = max(clock.stamp(now), floor)
    db.conn.execute("update change set at = ? where id = 1", [at])
    return at


def log(db: Database, user: User | None, action: str, deed: Act, *, now: datetime) -> int:
    """One line, chained to the one before; `user` is None for what the clock or the machine did. Returns its id.

    What is done for somebody else names both.
    """
    detail = deed.detail | ({"for": user.for_name} if user and user.for_name else {})
    line = {
        "at": clock.stamp(now),
        "account_id": user and user.id,
        "role": user and user.role,
        "action": action,
        "area_code": deed.area,
        "subject": deed.subject,
        "detail": json.dumps(detail, ensure_ascii=False),
        "address": user and user.address,
    }
    with write(db):
        before = value(db, "select link from audit_log where id = (select max(id) from audit_log)")
        return insert(
            db,
            """insert into audit_log (at, account_id, role, action, area_code, subject, detail, address, link)
               values (:at, :account_id, :role, :action, :area_code, :subject, :detail, :address, :link)""",
            line | {"link": link(before, line)},
        )


_LINKED = ("at", "account_id", "role", "action", "area_code", "subject", "detail", "address")


def link(before: str | None, line: dict) -> str:
    """Return the SHA-256 that chains a line to the one before it; a changed or missing line breaks the chain."""
    content = json.dumps([before or "", *(line[name] for name in _LINKED)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def broken(db: Database) -> int | None:
    """Return the id of the first line that does not fit the one before it, or None if the chain holds.

    Lines written before there was a chain have no link; the chain begins with the first that has one.
    """
    before: str | None = None
    for line in db.conn.execute(f"select id, link, {', '.join(_LINKED)} from audit_log order by id"):
        entry = dict(zip(("id", "link", *_LINKED), line, strict=True))
        if entry["link"] is None and before is None:
            continue
        if entry["link"] != link(before, entry):
            return int(entry["id"])
        before = entry["link"]
    return None


def changes(old: dict | None, new: dict) -> dict:
    """Return `{field: [old, new]}` of the fields that differ, for the log."""
    old = old or {}
    return {name: [old.get(name), value] for name, value in new.items() if old.get(name) != value}
