"""Who is in several teams at once, for a list of them."""

import json

from sqlite_utils import Database

from lib.core.database import rows


def listed(db: Database, teams: list[int], *, day: str) -> dict[int, list[dict]]:
    """Members in each of the visitor's teams after this day, leader first; households are those of an open day."""
    found: dict[int, list[dict]] = {team: [] for team in teams}
    for member in rows(
        db,
        """with duties as materialized (
               select member_id, count(*) as households from assigned_households
               where day = :day and (status is null or status not in ('moved', 'merged'))
               group by member_id)
           select m.team_id, m.full_name, m.role, m.position, m.position_words, m.birth_year, m.phone, m.availability,
               m.from_day, ifnull(d.households, 0) as households
           from my_members m left join duties d on d.member_id = m.id
           where m.team_id in (select value from json_each(:teams)) and (m.until_day is null or m.until_day > :day)
           order by case m.role when 'leader' then 0 when 'deputy' then 1 else 2 end, m.name_sort, m.id""",
        {"teams": json.dumps(teams), "day": day},
    ):
        found[member["team_id"]].append(member)
    return found
