"""Every write is an act: a right, a transaction and a line in the log, in one `with`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User
from lib.core.database import write


@dataclass
class Act:
    """What the log will say. `detail` takes old and new values; `nothing` means no line is due."""

    subject: str | None = None
    area: str | None = None
    detail: dict = field(default_factory=dict)
    nothing: bool = False


@contextmanager
def act(
    db: Database, user: User, action: str, *, now: datetime, area: str | None = None, kind: str | None = None
) -> Iterator[Act]:
    """Check the right, open the transaction, and log `kind` (else the action) as its last statement.

    Area is the code the line belongs to (commune or above), by default the visitor's own.
    """
    access.check(user, action)
    with write(db):
        deed = Act(area=area or user.area_code)
        yield deed
        if not deed.nothing:
            log(db, user, kind or action, now=now, area=deed.area, subject=deed.subject, detail=deed.detail)


def log(
    db: Database,
    user: User | None,
    action: str,
    *,
    now: datetime,
    area: str | None = None,
    subject: str | None = None,
    detail: dict | None = None,
) -> None:
    """One line; `user` is None for what the clock or the machine did."""
    with write(db):
        db.conn.execute(
            """insert into audit_log (at, account_id, role, action, area_code, subject, detail)
               values (:at, :account, :role, :action, :area, :subject, :detail)""",
            {
                "at": clock.stamp(now),
                "account": user and user.id,
                "role": user and user.role,
                "action": action,
                "area": area,
                "subject": subject,
                "detail": json.dumps(detail or {}, ensure_ascii=False),
            },
        )


def changes(old: dict | None, new: dict) -> dict:
    """`{field: [old, new]}` of what differs, for the log."""
    old = old or {}
    return {name: [old.get(name), value] for name, value in new.items() if old.get(name) != value}
