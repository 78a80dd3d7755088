"""Loading what was previewed: the good rows in one transaction, with the line by which it can be taken back."""

from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from lib.core import database
from lib.core.access import User
from lib.core.audit import BULK, act
from lib.core.database import write
from lib.core.errors import N_, Conflict
from lib.exchange.columns import heading_matches
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists.plan import ROWS, ImportPlan, plan
from lib.register import import_log

KIND = "import.apply"


def apply(
    db: Database,
    user: User,
    previewed: ImportPlan,
    *,
    now: datetime,
    progress: Callable[[float], None] = lambda share: None,
) -> int | None:
    """Write new and changed rows; the number of the import, None when nothing had to be written.

    What the store holds may have changed since the preview: then it is looked through again, and a preview that no
    longer holds is not loaded.
    """
    with write(db):
        with act(db, user, "list.import", now=now, kind=KIND, undo=BULK) as deed:
            deed.area = previewed.area
            made = _still(db, user, previewed, now)
            deed.nothing = not (made.counts["new"] or made.counts["changed"])
            if not deed.nothing:
                for kind in made.tables:
                    of_it = [row for row in made.rows if row.sheet == kind]
                    ROWS[kind].write(db, user, of_it, now=now, progress=progress)
                deed.subject = previewed.file_name
                deed.detail = {"list": made.kind, **{f"rows_{state}": n for state, n in made.counts.items()}}
        if previewed.matched:
            heading_matches.keep(db, user, previewed.area, previewed.kind, previewed.matched, now=now)
        number = None if deed.nothing else _keep(db, previewed, deed.id)
    progress(1.0)
    return number


def _still(db: Database, user: User, previewed: ImportPlan, now: datetime) -> ImportPlan:
    """The plan to load: as previewed when nothing was written since, else looked through again."""
    if database.changes(db) == previewed.seen:
        return previewed
    file = Whole(previewed.kind, previewed.of(previewed.kind), previewed.of("persons"))
    made = plan(db, user, previewed.area, file, now=now, same=previewed.same)
    if made.counts != previewed.counts and (made.counts["new"] or made.counts["changed"]):
        raise Conflict(N_("The lists have changed since this preview was made. Check it again, then import."))
    return made


def _keep(db: Database, made: ImportPlan, audit_id: int) -> int:
    """Note the file; the number of its line."""
    line = {"kind": made.kind, "area": made.area, "audit": audit_id, "file": made.file_name, "digest": made.digest}
    return import_log.add(db, line | made.counts)
