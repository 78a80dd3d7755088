"""Moves the sign-in grants of members who change team or role, or leave.

Called inside an open act on members found in the visitor's area. Grants are dated, so a member who joins another team
tomorrow still enters today's visits for the old one.
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
    """Grant a member's account the role of the member row `new` (`id`, `team_id`, `role`) from the day on."""
    role = "leader" if new["role"] == "leader" else "member"
    for grant in end(db, old_member, day=day):
        place = {"role": role, "team_id": new["team_id"], "member_id": new["id"]}
        grant_table.insert(db, {**grant, **place, "from_day": max(grant["from_day"], day)})
