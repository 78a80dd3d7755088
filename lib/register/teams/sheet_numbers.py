"""Numbers the rows of a team's sheet of a day, for good once the sheet is printed or begun.

Numbers count the team's households member by member along the walking order. A household added later gets the next
number; the number of one that leaves stays empty; one that returns gets its old number.
"""

import json
from collections.abc import Iterable

from sqlite_utils import Database

from lib.core.database import value, write
from lib.core.sql import GONE_STATUSES, in_force

_ORDER = f"""
    select household_id from (
        select a.household_id, a.member_id, h.hamlet_code, h.walk_order, h.code, (
                select s.status from household_status s where s.household_id = a.household_id
                    and {in_force("s")}) as status,
            min(h.hamlet_code || printf('%09d', h.walk_order)) over (partition by a.member_id) as begins
        from assignments a join households h on h.id = a.household_id
        where a.team_id = :team and {in_force("a")})
    where status is null or status not in {GONE_STATUSES}
    order by begins, member_id, hamlet_code, walk_order, code"""
_BEGUN = f"""
    insert into sheet_numbers (team_id, day, households)
    select team_id, day, json_group_array(household_id order by begins, member_id, hamlet_code, walk_order, code)
    from (
        select a.team_id, a.day, a.household_id, a.member_id, a.status, h.hamlet_code, h.walk_order, h.code,
            min(h.hamlet_code || printf('%09d', h.walk_order)) over (partition by a.team_id, a.member_id) as begins
        from team_day d
        join assigned_households a on a.day = d.day and a.team_id = d.team_id
        join households h on h.id = a.household_id
        where d.day = :day and d.attempted > 0)
    where status is null or status not in {GONE_STATUSES}
    group by team_id
    on conflict do nothing"""


def fixed(db: Database, team: int, day: str) -> list[int | None] | None:
    """Return the household of each number, number 1 first; None while the numbers may still change."""
    stored = value(db, "select households from sheet_numbers where team_id = ? and day = ?", [team, day])
    return None if stored is None else json.loads(stored)


def of(db: Database, team: int, day: str, households: Iterable[int]) -> dict[int, int]:
    """Return the numbers of these households, and of all others that were numbered on the sheet."""
    numbered = fixed(db, team, day) or []
    return _numbers(numbered, [] if set(households) <= set(numbered) else _standing(db, team, day))


def fix(db: Database, team: int, day: str, *, begin: bool = True) -> None:
    """Fix the numbers as they are now. If `begin` is false, only add numbers to a sheet that already has fixed ones."""
    numbered = fixed(db, team, day)
    if numbered is None and not begin:
        return
    standing = _standing(db, team, day)
    if not standing or (numbered is not None and set(standing) <= set(numbered)):
        return
    with write(db):
        numbers = _numbers(fixed(db, team, day) or [], standing)
        households: list[int | None] = [None] * max(numbers.values())
        for household, number in numbers.items():
            households[number - 1] = household
        db.conn.execute(
            """insert into sheet_numbers (team_id, day, households) values (?, ?, ?)
               on conflict (team_id, day) do update set households = excluded.households""",
            [team, day, json.dumps(households)],
        )


def fix_begun(db: Database, day: str) -> None:
    """Fix the numbers of every sheet of an open day on which something is entered; for stores filled in bulk."""
    with write(db):
        db.conn.execute(_BEGUN, {"day": day})


def _standing(db: Database, team: int, day: str) -> list[int]:
    """Return the households on the sheet in walking order."""
    return [household for (household,) in db.conn.execute(_ORDER, {"team": team, "day": day})]


def _numbers(numbered: list[int | None], standing: list[int]) -> dict[int, int]:
    numbers = {household: number for number, household in enumerate(numbered, start=1) if household is not None}
    added = [household for household in standing if household not in numbers]
    return numbers | {household: number for number, household in enumerate(added, start=len(numbered) + 1)}
