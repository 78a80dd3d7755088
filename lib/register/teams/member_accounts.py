"""The accounts of members whom a reorganisation moves, promotes or lets go: each grant ends and begins by day.

Called inside an open act on members found in the visitor's area. A grant is dated, so that a member who
joins another team tomorrow still enters today's visits for the old one.
"""

from sqlite_utils import Database

from lib.core.database import rows


def end(db: Database, member_id: int, *, day: str) -> list[dict]:
    """From the day on the account is this member no more; what ended."""
    held = rows(
        db,
        """select id, account_id, role, area_code, team_id, member_id, from_day, until_day
           from grants  -- all: of a member found in my area
           where (until_day is null or until_day > max(:day, from_day)) and (member_id = :member
               or (member_id is null and role = 'leader' and team_id in (
                   select team_id from members where id = :member and role = 'leader')))  -- all: found in my area""",
        {"member": member_id, "day": day},
    )
    for grant in held:
        db.conn.execute("update grants set until_day = max(from_day, ?) where id = ?", [day, grant["id"]])
    return held


def follow(db: Database, old_member: int, new: dict, *, day: str) -> None:
    """From the day on the account is the member `new` (`id`, `team_id`, `role`), in the rights of that role."""
    role = "leader" if new["role"] == "leader" else "member"
    for grant in end(db, old_member, day=day):
        db.conn.execute(
            """insert into grants (account_id, role, area_code, team_id, member_id, from_day, until_day)
               values (:account_id, :role, :area_code, :team, :member, max(:from_day, :day), :until_day)""",
            grant | {"role": role, "team": new["team_id"], "member": new["id"], "day": day},
        )
