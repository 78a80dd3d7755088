"""Opens days and keeps their roll-ups, which triggers update and `recount` computes anew when dues change.

`team_day` holds one row per team and day, `hamlet_day` one per hamlet and day. Visits move
`team_day` by trigger; whatever changes who is due (assignments, statuses, teams) calls
`recount` in its own transaction.
"""

from collections.abc import Collection
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, trusted_time
from lib.core.database import rows, value, write
from lib.core.sql import GONE_STATUSES, in_force

# A visit as of :at: the last version recorded at or before it; null if there is none.
OUTCOME_AT = """case when v.recorded_at <= {at} then v.outcome else (
        select p.outcome from visit_past p
        where p.day = v.day and p.household_id = v.household_id and p.recorded_at <= {at}
        order by p.version desc limit 1) end"""

# Narrowed on both sides of the left join, or the view is built for every day and the whole province.
_TEAM_SUMS = f"""
    select d.day, t.commune_code, t.id as team_id, t.hamlet_code,
        count(a.household_id) filter (where a.status is null or a.status not in {GONE_STATUSES}) as assigned,
        count(a.household_id) filter (where a.status in ('central_quarantine', 'locked_down_elsewhere')) as excluded,
        count(*) filter (where v.outcome = 'met') as met,
        count(*) filter (where v.outcome = 'phone') as phone,
        count(*) filter (where v.outcome = 'absent') as absent,
        count(*) filter (where v.outcome = 'refused') as refused,
        count(*) filter (where {OUTCOME_AT.format(at="d.cutoff_at")} in ('met', 'phone')) as seen_on_time,
        count(*) filter (where v.outcome is not null and v.swept) as swept,
        count(*) filter (where v.outcome is not null and not v.swept) as touched,
        ifnull(sum(v.persons) filter (where v.outcome in ('met', 'phone')), 0) as persons_seen,
        max(v.recorded_at) as last_entry_at
    from days d
    join teams t on {in_force("t", "d.day")}
    left join assigned_households a on a.day = d.day and a.team_id = t.id {{of_team}}
    left join visits v on v.day = d.day and v.household_id = a.household_id and a.status is null
    where d.day = :day {{one_team}}
    group by t.id
"""
_ALL_TEAMS = _TEAM_SUMS.format(of_team="and a.day = :day", one_team="")
_ONE_TEAM = _TEAM_SUMS.format(of_team="and a.day = :day and a.team_id = :team", one_team="and t.id = :team")

_HAMLET_SUMS = f"""
    select :day as day, h.code as hamlet_code, h.parent_code as commune_code,
        (select count(*) from households x where x.hamlet_code = h.code and x.from_day <= :day
            and not exists (select 1 from household_status s where s.household_id = x.id
                and s.status in {GONE_STATUSES} and {in_force("s")})) as households,
        (select count(*) from households x join assigned_households a on a.household_id = x.id and a.day = :day
            where x.hamlet_code = h.code and x.from_day <= :day
            and (a.status is null or a.status not in {GONE_STATUSES})) as assigned,
        (select count(*) from teams t where {in_force("t")}
            and (t.hamlet_code = h.code
                 or exists (select 1 from team_hamlets th where th.team_id = t.id and th.hamlet_code = h.code))
        ) as teams
    from areas h
    where h.level = 'hamlet' {{one_hamlet}}
"""
_ALL_HAMLETS = _HAMLET_SUMS.format(one_hamlet="")
_ONE_HAMLET = _HAMLET_SUMS.format(one_hamlet="and h.code = :hamlet")

_TEAM_COLUMNS = """day, commune_code, team_id, hamlet_code, assigned, excluded, met, phone, absent, refused,
    seen_on_time, swept, touched, persons_seen, last_entry_at"""
_HAMLET_COLUMNS = "day, hamlet_code, commune_code, households, assigned, teams"


def is_open(db: Database, day: str) -> bool:
    return value(db, "select 1 from days where day = ?", [day]) is not None


def open_day(db: Database, day: str, *, now: datetime) -> None:
    """Open a day and write every team's due, once; later calls cost one look-up. A future day is never opened.

    While the clock is in doubt nothing is opened, because a day of a wrong date would stay.
    """
    if not is_open(db, day) and trusted_time.doubt(db, now=now) is None:
        begin_day(db, day, now=now)


def begin_day(db: Database, day: str, *, now: datetime) -> None:
    """Open a day like `open_day`, even while the clock is in doubt: a visit is being recorded for this day."""
    if is_open(db, day) or day > clock.day_of(now):
        return
    with write(db):
        inserted = db.conn.execute(
            "insert or ignore into days (day, opened_at, cutoff_at) values (?, ?, ?)",
            [day, clock.stamp(now), clock.at(day, clock.DISTRICT_CUTOFF)],
        )
        if inserted.rowcount:
            _count_teams(db, day)
            _count_hamlets(db, day)


def recount(db: Database, *, teams: Collection[int] = (), hamlets: Collection[str] = (), since: str) -> None:
    """Compute the roll-ups of these teams and hamlets anew, for each open day from `since` on."""
    with write(db):
        for (day,) in db.conn.execute("select day from days where day >= ?", [since]).fetchall():
            for team in sorted(teams):
                _count_teams(db, day, team)
            for hamlet in sorted(hamlets):
                _count_hamlets(db, day, hamlet)


def _count_teams(db: Database, day: str, team: int | None = None) -> None:
    parameters = {"day": day, "team": team}
    which = "and team_id = :team and commune_code = (select commune_code from teams where id = :team)" if team else ""
    db.conn.execute(f"delete from team_day where day = :day {which}", parameters)
    db.conn.execute(f"insert into team_day ({_TEAM_COLUMNS}) {_ONE_TEAM if team else _ALL_TEAMS}", parameters)


def _count_hamlets(db: Database, day: str, hamlet: str | None = None) -> None:
    parameters = {"day": day, "hamlet": hamlet}
    which = "and hamlet_code = :hamlet and commune_code = substr(:hamlet, 1, 5)" if hamlet else ""
    db.conn.execute(f"delete from hamlet_day where day = :day {which}", parameters)
    db.conn.execute(f"insert into hamlet_day ({_HAMLET_COLUMNS}) {_ONE_HAMLET if hamlet else _ALL_HAMLETS}", parameters)


def raise_floor(db: Database, day: str, floor: str) -> None:
    """Set the instant before which nothing of a day may be recorded any more."""
    db.conn.execute("update days set floor = max(floor, ?) where day = ?", [floor, day])


def forget_team(db: Database, commune: str, team: int) -> None:
    """Delete the roll-ups of a team whose founding is undone."""
    sql = "delete from team_day where day in (select day from days) and commune_code = ? and team_id = ?"
    db.conn.execute(sql, [commune, team])


def forget_hamlet(db: Database, hamlet: str) -> None:
    """Delete the roll-ups of a hamlet that is removed."""
    sql = "delete from hamlet_day where day in (select day from days) and commune_code = ? and hamlet_code = ?"
    db.conn.execute(sql, [hamlet[:5], hamlet])


def differences(db: Database, day: str) -> list[dict]:
    """Return the roll-up rows of a day that differ from a recount: `{table, key, stored, counted}`."""
    differing = []
    for table, key, columns, sums in (
        ("team_day", "team_id", _TEAM_COLUMNS, _ALL_TEAMS),
        ("hamlet_day", "hamlet_code", _HAMLET_COLUMNS, _ALL_HAMLETS),
    ):
        stored = {r[key]: r for r in rows(db, f"select {columns} from {table} where day = ?", [day])}
        counted = {r[key]: r for r in rows(db, sums, {"day": day})}
        for which in sorted(stored.keys() | counted.keys(), key=str):
            if _numbers(stored.get(which)) != _numbers(counted.get(which)):
                differing.append(
                    {"table": table, "key": which, "stored": stored.get(which), "counted": counted.get(which)}
                )
    return differing


def _numbers(counts: dict | None) -> dict | None:
    """Return the row without the hour of the last entry, which a trigger sets and a recount may only lower."""
    return counts and {name: n for name, n in counts.items() if name != "last_entry_at"}


def first_free(db: Database, today: str) -> str:
    """Return the day after the last past day that was opened: the earliest day a change may date back to."""
    opened = value(db, "select max(day) from days where day < ?", [today])
    return clock.plus(opened, 1) if opened else "0000-00-00"
