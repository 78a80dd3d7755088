"""Files that were loaded: what each brought, and taking one back as a whole."""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.database import rows, write
from lib.register import import_log
from lib.register.undo import undo


def listed(db: Database, user: User, *, now: datetime, limit: int = 50) -> list[dict]:
    """Files of the visitor's area, newest first; `open` tells whether one may still be taken back."""
    found = rows(
        db,
        """select i.id, i.audit_id, i.kind, i.file_name, i.area_code, i.added, i.changed, i.same, i.refused, i.settled,
               log.at, accounts.full_name as who, areas.kind as area_kind, areas.name as area_name,
               undoable.until, undoable.taken_back_at
           from imports i
           join my_audit log on log.id = i.audit_id
           join areas on areas.code = i.area_code
           left join accounts on accounts.id = log.account_id  -- all: the name of who acted
           left join undoable on undoable.audit_id = i.audit_id
           order by i.id desc limit ?""",
        [limit],
    )
    for line in found:
        line["open"] = bool(line["until"] and line["until"] >= clock.stamp(now) and not line["taken_back_at"])
    return found


def take_back(db: Database, user: User, audit_id: int, *, now: datetime, reason: str | None = None) -> dict:
    """Everything as it was before the file; Conflict says what stands in the way."""
    line = undo.take_back(db, user, audit_id, now=now, reason=reason)
    with write(db):
        import_log.settle(db, audit_id)
    return line
