"""Files loaded of which rows were refused, until somebody has seen to them."""

from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import row, rows
from lib.register import import_log

_REFUSED = """
    from imports i join my_audit log on log.id = i.audit_id
    left join accounts a on a.id = log.account_id  -- all: the name of who imported
    where i.refused > 0 and not i.settled"""


def listed(db: Database, area: str) -> list[dict]:
    """Files loaded for this very area of which rows were refused and nobody has settled, the newest first."""
    return rows(
        db,
        f"""select i.id, i.kind, i.file_name, i.refused, i.added, i.changed, log.at, a.full_name as who {_REFUSED}
            and i.area_code = :area order by i.id desc""",
        {"area": area},
    )


def by_area(db: Database) -> dict[str, int]:
    counts = db.conn.execute(f"select i.area_code, count(*) {_REFUSED} group by i.area_code")
    return dict(counts.fetchall())


def settle(db: Database, user: User, import_id: int, *, now: datetime) -> None:
    """The refused rows of a file were seen to; saying so once more changes nothing."""
    with act(db, user, "list.import", now=now, kind="import.settle") as deed:
        file = require(
            row(
                db,
                """select i.audit_id, i.area_code, i.file_name, i.settled from imports i
                   join my_audit log on log.id = i.audit_id where i.id = ?""",
                [import_id],
            )
        )
        deed.subject, deed.area, deed.nothing = file["file_name"], file["area_code"], bool(file["settled"])
        import_log.settle(db, file["audit_id"])
