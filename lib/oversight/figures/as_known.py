"""Reads the lists as they were known at an instant: assignments, statuses, households and teams recorded by then.

Acts leave the rows they replace in `past_rows`, so that a figure frozen late is what it would have been on the second.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from lib.core.database import rows, value
from lib.core.sql import GONE_STATUSES, in_force


@dataclass(frozen=True)
class Changed:
    """Teams and hamlets whose households changed after an instant; all others are as they are now."""

    teams: tuple[int, ...] = ()
    hamlets: tuple[str, ...] = ()


def _known(table: str, columns: tuple[str, ...], now: str = "1", then: str = "1") -> str:
    """Return SQL for a table as known at :at: the earliest past image replaced after it, else the current row.

    `now` and `then` narrow the current and the past rows.
    """
    of_past = ", ".join(f"p.row ->> '{name}' as {name}" for name in columns)
    of_now = ", ".join(f"x.{name}" for name in columns)
    return f"""
        select x.id, {of_now} from {table} x where {now} and not exists (
            select 1 from past_rows p where p.table_name = '{table}' and p.key = x.id and p.until_at > :at)
        union all
        select p.key as id, {of_past} from past_rows p
        where p.until_at > :at and p.table_name = '{table}' and p.row is not null and {then} and not exists (
            select 1 from past_rows q where q.table_name = p.table_name and q.key = p.key
                and q.until_at > :at and q.n < p.n)"""


_OF_TEAMS = "{0} in (select value from json_each(:teams))"
_OF_HOUSES = "{0} in (select id from houses)"
_STATUSES = _known("household_status", ("household_id", "status", "from_day", "until_day"))

_TODAY = in_force()

# `assigned_households` of :day for the teams of :teams (a JSON list), as known at :at; `teams_at_work` are those in
# force, one whose founding was taken back since among them. Lists are looked up with `in`: SQLite indexes those,
# while it scans what it could join.
OF_TEAMS = f"""
    statuses_known as materialized (select household_id, status from ({_STATUSES}) where {_TODAY}),
    gone as (select household_id from statuses_known where status in {GONE_STATUSES}),
    excluded as (select household_id from statuses_known where status not in {GONE_STATUSES}),
    teams_at_work as materialized (
        select id, commune_code from ({
    _known("teams", ("commune_code", "from_day", "until_day"), _OF_TEAMS.format("x.id"), _OF_TEAMS.format("p.key"))
}) where {_TODAY}),
    assigned_known as materialized (
        select g.household_id, g.team_id,
            case when g.household_id in (select household_id from gone) then 'moved'
                 when g.household_id in (select household_id from excluded) then 'central_quarantine' end as status,
            ifnull((
                select p.row ->> 'hamlet_code' from past_rows p
                where p.table_name = 'households' and p.key = g.household_id and p.until_at > :at order by p.n limit 1
            ), (select hamlet_code from households where id = g.household_id)) as hamlet_code
        from ({
    _known(
        "assignments",
        ("household_id", "team_id", "from_day", "until_day"),
        _OF_TEAMS.format("x.team_id"),
        _OF_TEAMS.format("p.row ->> 'team_id'"),
    )
}) g
        where {_TODAY} and g.team_id in (select id from teams_at_work)
    )
"""

# One row for each hamlet of :hamlets with its households, assigned ones and teams of :day, as known at :at.
_HAMLETS = f"""
    with hamlets as (select value as code from json_each(:hamlets)),
    houses as materialized ({
    _known(
        "households",
        ("hamlet_code", "from_day"),
        "x.hamlet_code in (select code from hamlets)",
        "p.row ->> 'hamlet_code' in (select code from hamlets)",
    )
}),
    statuses_known as materialized ({_STATUSES}),
    given as materialized ({
    _known(
        "assignments",
        ("household_id", "from_day", "until_day"),
        _OF_HOUSES.format("x.household_id"),
        _OF_HOUSES.format("p.row ->> 'household_id'"),
    )
}),
    teams_known as materialized (
        select id, hamlet_code from ({_known("teams", ("hamlet_code", "from_day", "until_day"))}) where {_TODAY}),
    living as (
        select hamlet_code, count(*) as households,
            sum(id in (select household_id from given where {_TODAY})) as assigned
        from houses
        where from_day <= :day and id not in (
            select household_id from statuses_known where status in {GONE_STATUSES} and {_TODAY})
        group by hamlet_code
    ),
    served as (
        select hamlet_code, id from teams_known
        union select th.hamlet_code, th.team_id from team_hamlets th where th.team_id in (select id from teams_known)
    )
    select code as hamlet_code, ifnull(households, 0) as households, ifnull(assigned, 0) as assigned,
        ifnull(teams, 0) as teams
    from hamlets
    left join living on living.hamlet_code = code
    left join (select hamlet_code, count(*) as teams from served group by hamlet_code) s on s.hamlet_code = code
"""

# Every assignment as known at :at, for a look at all teams at once.
ASSIGNMENTS = _known("assignments", ("household_id", "team_id", "from_day", "until_day"))

_CHANGED_TEAMS = """
    with changed as materialized (select table_name, key, row from past_rows where until_at > :at),
    houses as (
        select ifnull(c.row ->> 'household_id', s.household_id) as id
        from changed c left join household_status s on s.id = c.key where c.table_name = 'household_status'
        union select key from changed where table_name = 'households'
    )
    select a.team_id from assignments a where a.household_id in (select id from houses)
    union select a.team_id from changed c join assignments a on a.id = c.key where c.table_name = 'assignments'
    union select row ->> 'team_id' from changed where table_name = 'assignments' and row is not null
    union select key from changed where table_name = 'teams'
"""
_CHANGED_HAMLETS = """
    with changed as materialized (select table_name, key, row from past_rows where until_at > :at),
    houses as (
        select ifnull(c.row ->> 'household_id', s.household_id) as id
        from changed c left join household_status s on s.id = c.key where c.table_name = 'household_status'
        union select ifnull(c.row ->> 'household_id', a.household_id)
        from changed c left join assignments a on a.id = c.key where c.table_name = 'assignments'
        union select key from changed where table_name = 'households'
    )
    select hamlet_code as code from households where id in (select id from houses)
    union select row ->> 'hamlet_code' from changed where table_name in ('households', 'teams') and row is not null
    union select t.hamlet_code from changed c join teams t on t.id = c.key where c.table_name = 'teams'
    union select th.hamlet_code from changed c join team_hamlets th on th.team_id = c.key where c.table_name = 'teams'
"""


def changed(db: Database, at: str) -> Changed:
    """The teams and hamlets that acts after the stamp `at` have changed; empty when the lists are as they were."""
    if value(db, "select 1 from past_rows where until_at > ?", [at]) is None:
        return Changed()
    return Changed(
        tuple(team for (team,) in db.conn.execute(_CHANGED_TEAMS, {"at": at})),
        tuple(hamlet for (hamlet,) in db.conn.execute(_CHANGED_HAMLETS, {"at": at})),
    )


def hamlets(db: Database, codes: str, *, day: str, at: str) -> dict[str, dict]:
    """`{hamlet: {households, assigned, teams}}` of the hamlets in a JSON list, as known at `at`."""
    return {line["hamlet_code"]: line for line in rows(db, _HAMLETS, {"hamlets": codes, "day": day, "at": at})}


def teams_of(db: Database, communes: str, *, day: str, at: str) -> dict[str, int]:
    """`{commune: teams in force on the day}` for the communes in a JSON list, as known at `at`."""
    inside = "{0} in (select value from json_each(:communes))"
    table = _known(
        "teams",
        ("commune_code", "from_day", "until_day"),
        inside.format("x.commune_code"),
        inside.format("p.row ->> 'commune_code'"),
    )
    counted = db.conn.execute(
        f"""select commune_code, count(*) from ({table})
            where {in_force()} group by 1""",
        {"communes": communes, "day": day, "at": at},
    )
    return dict(counted.fetchall())
