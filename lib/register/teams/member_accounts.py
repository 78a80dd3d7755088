"""The accounts of members whom a reorganisation moves, promotes or lets go: each grant ends and begins by day.

Called inside an open act on members found in the visitor's area. A grant is dated, so that a member who
joins another team tomorrow still enters today's visits for the old one.
"""

from sqlite_utils import Database

from lib.core.database import rows
from lib.core.identity import grant_table
from lib.core.sql import not_over


def end(db: Database, member_id: int, *, day: str) -> list[dict]:
    """End the grants of a member on a day; return them without their ids."""
    held = rows(
        db,
        f"""select id, account_id, role, area_code, from_day, until_day
           from grants  -- all: of a member found in my area
           where {not_over(day="max(:day, from_day)")} and (member_id = :member
               or (member_id is null and role = 'leader' and team_id in (
                   select team_id from members where id = :member and role = 'leader')))  -- all: found in my area""",
        {"member": member_id, "day": day},
    )
    for grant in held:
        grant_table.end(db, grant.pop("id"), day)
    return held


def follow(db: Database, old_member: int, new: dict, *, day: str) -> None:
    """From the day on the account is the member `new` (`id`, `team_id`, `role`), in the rights of that role."""
    role = "leader" if new["role"] == "leader" else "member"
    for grant in end(db, old_member, day=day):
        place = {"role": role, "team_id": new["team_id"], "member_id": new["id"]}
        grant_table.insert(db, {**grant, **place, "from_day": max(grant["from_day"], day)})
