"""Where somebody might be left out: households, members, telephones, teams. Read anew from the facts at each look.

Each question has its rows for one commune, and its number for every commune of the visitor's area. Which teams do not
fit the rules is the register's to say.
"""

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows
from lib.core.sql import GONE_STATUSES, in_force, not_over
from lib.core.words import phone

SILENT = 2  # days without an entry, today not among them

_IN_FORCE = in_force("a")
_SERVES = not_over("m")


def nobodys(db: Database, day: str, commune: str) -> list[dict]:
    """Households of a commune without a living responsible member (S2-24), in walking order.

    `given_from` is the day from which somebody will mind it, where that is decided already.
    """
    return rows(
        db,
        f"""select h.code, h.head_name, h.lane, h.house_number, h.phone, h.hamlet_code,
                a.kind as hamlet_kind, a.name as hamlet_name,
                (select min(later.from_day)
                    from assignments later  -- all: of a household of the visitor's
                    where later.household_id = h.id and later.from_day > :day
                        and {not_over("later", "later.from_day")}) as given_from
            from my_households h join areas a on a.code = h.hamlet_code
            where h.commune_code = :commune and h.from_day <= :day and h.id not in (
                    select a.household_id
                    from teams t  -- all: whoever minds a household of the visitor's
                    join assignments a  -- all: the same
                        on a.team_id = t.id and {_IN_FORCE}
                    join members m  -- all: the same
                        on m.id = a.member_id and {_SERVES}
                    where t.commune_code = :commune)
                and not exists (select 1
                    from assignments a  -- all: of a household of the visitor's
                    join members m  -- all: the same
                        on m.id = a.member_id and {_SERVES}
                    where a.household_id = h.id and {_IN_FORCE})
                and not exists (select 1
                    from household_status s  -- all: of a household of the visitor's
                    where s.household_id = h.id and s.status in {GONE_STATUSES} and {in_force("s")})
            order by a.name_sort, h.hamlet_code, h.walk_order""",
        {"day": day, "commune": commune},
    )


def nobodys_by_commune(db: Database, day: str) -> dict[str, int]:
    """How many there are: by the open day's roll-up, and those still with a member who left."""
    return _numbers(
        db,
        f"""select commune_code, sum(n) as n from (
                select d.commune_code, d.households - d.assigned as n
                from hamlet_day d
                where d.day = :day and d.commune_code in (select code from my_communes)
                union all
                select t.commune_code, count(*)
                from members m  -- all: only counted
                join teams t on t.id = m.team_id  -- all: only counted
                join assigned_households a on a.day = :day and a.member_id = m.id
                where m.until_day <= :day and (a.status is null or a.status not in {GONE_STATUSES})
                    and t.commune_code in (select code from my_communes)
                group by t.commune_code)
            group by commune_code having sum(n) > 0""",
        {"day": day},
    )


def empty_hamlets(db: Database, day: str, commune: str | None = None) -> list[dict]:
    """Hamlets of the visitor's communes in which no household is registered: `{code, kind, name, commune_code}`."""
    return rows(
        db,
        """select h.code, h.kind, h.name, h.parent_code as commune_code
           from my_hamlets h
           join hamlet_day d on d.day = :day and d.commune_code = h.parent_code and d.hamlet_code = h.code
           where d.households = 0 and (:commune is null or h.parent_code = :commune)
           order by h.parent_code, h.name_sort, h.code""",
        {"day": day, "commune": commune},
    )


_UNREACHABLE = f"""
    from my_members m join my_teams t on t.id = m.team_id
    where (m.phone is null or not {phone.READABLE.format("m.phone")})
        and m.from_day <= max(:day, t.from_day) and {_SERVES} and {not_over("t")}"""


def unreachable(db: Database, day: str, commune: str) -> list[dict]:
    """Leaders and members in service whose telephone is missing or cannot be dialled, leaders first."""
    return rows(
        db,
        f"""select m.id, m.full_name, m.role, m.phone, m.version, m.team_id, t.name as team_name {_UNREACHABLE}
            and t.commune_code = :commune order by m.role <> 'leader', t.name_sort, m.name_sort""",
        {"day": day, "commune": commune},
    )


def unreachable_by_commune(db: Database, day: str) -> dict[str, int]:
    return _numbers(db, f"select t.commune_code, count(*) {_UNREACHABLE} group by t.commune_code", {"day": day})


_AWAY = f"""
    from my_members m join my_teams t on t.id = m.team_id
    where m.availability <> 'available' and {_SERVES} and exists (select 1
        from assignments a  -- all: of a member of the visitor's teams
        where a.member_id = m.id and {_IN_FORCE})"""


def away(db: Database, day: str, commune: str) -> list[dict]:
    """Members who are ill, isolating or on leave and still have households of their own."""
    return rows(
        db,
        f"""select m.id, m.full_name, m.availability, m.phone, m.team_id, t.name as team_name,
                (select count(*)
                    from assignments a  -- all: only counted
                    where a.member_id = m.id and {_IN_FORCE}) as households {_AWAY}
            and t.commune_code = :commune order by t.name_sort, m.name_sort""",
        {"day": day, "commune": commune},
    )


def away_by_commune(db: Database, day: str) -> dict[str, int]:
    return _numbers(db, f"select t.commune_code, count(*) {_AWAY} group by t.commune_code", {"day": day})


# A team-day only counts when somebody was to be visited; a day that was never opened says nothing.
_QUIET = """
    from team_day d
    join team_day before on before.day = :before and before.commune_code = d.commune_code
        and before.team_id = d.team_id and before.due > 0 and before.attempted = 0
    left join team_day now on now.day = :day and now.commune_code = d.commune_code and now.team_id = d.team_id
    {teams}
    where d.day = :last and d.due > 0 and d.attempted = 0 and ifnull(now.attempted, 0) = 0
        and d.commune_code in (select code from my_communes)"""


def silent(db: Database, day: str, commune: str) -> list[dict]:
    """Teams that entered nothing on the last two days, nor today, with whom to call."""
    teams = """join my_teams t on t.id = d.team_id and t.status <> 'dissolved'
        join areas h on h.code = t.hamlet_code
        left join my_members l on l.team_id = t.id and l.role = 'leader' and l.until_day is null"""
    return rows(
        db,
        f"""select t.id, t.name, h.kind as hamlet_kind, h.name as hamlet_name, l.full_name as leader,
                ifnull(l.phone, t.phone) as phone, ifnull(now.due, d.due) as due {_QUIET.format(teams=teams)}
            and d.commune_code = :commune order by t.name_sort, t.id""",
        {**_days(day), "commune": commune},
    )


def silent_by_commune(db: Database, day: str) -> dict[str, int]:
    teams = """join teams t  -- all: only counted
        on t.id = d.team_id and t.status <> 'dissolved'"""
    return _numbers(
        db, f"select d.commune_code, count(*) {_QUIET.format(teams=teams)} group by d.commune_code", _days(day)
    )


def _days(day: str) -> dict[str, str]:
    return {"day": day, "last": clock.plus(day, -1), "before": clock.plus(day, -SILENT)}


def communes_of_teams(db: Database) -> dict[int, str]:
    """The commune of every team of the visitor's area."""
    return _numbers(db, "select id, commune_code from my_teams", {})


def _numbers(db: Database, sql: str, values: dict) -> dict:
    return dict(db.conn.execute(sql, values).fetchall())
