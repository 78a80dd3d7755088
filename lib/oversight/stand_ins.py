"""Whose account sends an area's report in whose place, and from which hour on (S0-21)."""

from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.database import rows


def of_area(db: Database, user: User, code: str, day: str) -> list[dict]:
    """`{name, whom, from_hour}` of roles lent on this day by who writes the report; nothing outside one's own area.

    A role that no longer holds, because the lender's or the deputy's own has ended, is left out.
    """
    access.check(user, "report.see")
    if not access.holds_area(db, user, code):
        return []
    found = rows(
        db,
        """select g.id, g.account_id as account, a.full_name as name, w.full_name as whom, g.from_hour
           from grants g -- all: of an area the visitor answers for
           join accounts a on a.id = g.account_id -- all: the name of who stands in
           join accounts w on w.id = g.for_account_id -- all: the name of who is stood in for
           where g.area_code = :code and g.role in ('commune', 'district', 'province') and a.is_active
               and g.from_day <= :day and (g.until_day is null or g.until_day > :day)
           order by g.from_hour, g.id""",
        {"code": code, "day": day},
    )
    return [
        {name: line[name] for name in ("name", "whom", "from_hour")}
        for line in found
        if any(held["id"] == line["id"] for held in access.grants(db, line["account"], day))
    ]
