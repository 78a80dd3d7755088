"""Writes days of practice visits in bulk SQL, a day at a time."""

from dataclasses import astuple, dataclass
from datetime import datetime
from random import Random

from sqlite_utils import Database

from lib.core import clock, rollup
from lib.practice import findings
from lib.practice.draft_tables import DICE
from lib.practice.province_plan import STAGE, ProvincePlan, Team
from lib.register.areas.official_units import all_areas
from lib.register.teams import sheet_numbers

# Share of due households seen in the end; Tân Châu is the weak one.
_GOOD = {
    "703": 0.968,
    "705": 0.905,
    "706": 0.81,
    "707": 0.945,
    "708": 0.925,
    "709": 0.988,
    "710": 0.957,
    "711": 0.888,
    "712": 0.935,
}
_LATE = ("711", (0, 4, 9))  # a district that starts after 14:00 on these days back
_MISSING = ("705", (2, 8))  # a district that enters nothing on these
_HOUR = 3600

# How teams enter: (weight, earliest start, latest start, least and most seconds it takes).
_HABITS = {
    "at the doors": (36, 7 * _HOUR, 8.5 * _HOUR, 5 * _HOUR, 6.5 * _HOUR),
    "late morning": (18, 10.2 * _HOUR, 11.5 * _HOUR, 600, 1800),
    "before 14:00": (38, 13 * _HOUR, 13.55 * _HOUR, 500, 1500),
    "evening": (8, 17 * _HOUR, 19 * _HOUR, 600, 3000),
}


@dataclass
class Mood:
    """A team's work on a day. Chances are out of 10,000: a door left out, nobody home at first, met by phone later."""

    team: int
    start: int
    takes: int
    missed: int
    absent: int
    again: int
    swept: int
    account: int | None


def write(db: Database, random: Random, plan: ProvincePlan, day: str, *, now: datetime) -> None:
    """Insert one day's visits up to `now`, then open the day, which counts its roll-ups."""
    back = (now.astimezone(clock.ZONE).date() - datetime.fromisoformat(day).date()).days
    db.conn.execute("pragma defer_foreign_keys = on")  # visits come before their day; lasts until the commit
    for table in ("team_day", "hamlet_day", "days"):  # the clock may have opened today while the store was empty
        db.conn.execute(f"delete from {table} where day = ?", [day])
    db.conn.execute(
        """create temp table if not exists demo_mood
               (team integer primary key, start, takes, missed, absent, again, swept, account)"""
    )
    db.conn.execute("delete from demo_mood")
    moods = (mood(random, plan.size, team, back) for team in plan.founded)
    db.conn.executemany("insert into demo_mood values (?, ?, ?, ?, ?, ?, ?, ?)", [astuple(m) for m in moods if m])
    _knock(db, random, day, now=now)
    _store(db, day)
    if back < 2 and plan.size != "province":
        _log(db, day)
    midnight = clock.instant(clock.at(day, "00:00"))
    rollup.begin_day(db, day, now=midnight)
    if back < 2:
        sheet_numbers.fix_begun(db, day)


def mood(random: Random, size: str, team: Team, back: int) -> Mood | None:
    """Return how a team works so many days before today; None if it enters nothing.

    The second team of the practice clerk's commune leaves today's sheet for people to enter.
    """
    district = all_areas()[team.commune].parent_code
    idle = random.random() < 0.18 * (1 - _GOOD[district]) - 0.004
    silent = size != "commune" and district == _MISSING[0] and back in _MISSING[1]
    waits = (team.commune, team.number, back) == (STAGE, 2, 0)
    if idle or silent or waits:
        return None
    unseen = 1 - _GOOD[district] + 0.0025 * min(back, 14) + random.uniform(-0.03, 0.03) + 0.03 * (team.id % 7 == 0)
    unseen = max(0.004, 0.85 * unseen)
    absent = random.uniform(0.08, 0.12)
    still = min(absent, 0.85 * unseen)
    habit = random.choices(list(_HABITS.values()), [habit[0] for habit in _HABITS.values()])[0]
    start, takes = random.uniform(*habit[1:3]), random.uniform(*habit[3:5])
    if size != "commune" and district == _LATE[0] and back in _LATE[1]:
        start = random.uniform(14.05, 16) * _HOUR
    return Mood(
        team=team.id,
        start=int(start),
        takes=int(takes),
        missed=int(10_000 * max(0, unseen - still - 0.003)),
        absent=int(10_000 * absent),
        again=int(10_000 * (1 - still / absent)),
        swept=random.choice((0, 6_500, 8_500)) if takes < 2 * _HOUR else 0,
        account=None if team.commune == STAGE and team.number == 1 else 0,
    )


def _knock(db: Database, random: Random, day: str, *, now: datetime) -> None:
    """Draw for every due household the first answer and its second of the day, and perhaps a later one."""
    db.conn.execute("drop table if exists temp.demo_knock")
    db.conn.execute(
        """create temp table demo_knock as
           select household_id, member_id, persons, flags, note, finding, account, swept, first_at, first,
               iif(first = 'absent' and again and first_at + gap <= :limit, first_at + gap, null) as second_at
           from (
               select a.household_id, a.member_id, h.person_count as persons, d.gap, d.again < m.again as again,
                   iif(d.outcome < m.absent + 30, '', d.flags) as flags,
                   iif(d.outcome < m.absent + 30, null, d.note) as note,
                   iif(d.outcome < m.absent + 30 or d.flags = '', null, d.id) as finding,
                   ifnull(c.account, :leader) as account,
                   d.outcome >= m.absent + 1200 and d.flags = '' and d.note is null and d.sweep < m.swept as swept,
                   case when d.outcome < m.absent then 'absent' when d.outcome < m.absent + 30 then 'refused'
                       when d.outcome < m.absent + 1200 then 'phone' else 'met' end as first,
                   m.start + iif(d.sweep < m.swept, m.takes, m.takes * d.hour / 10000)
                       + iif(d.gap % 160 = 0, 86400, 0) as first_at
               from assignments a
               join demo_mood m on m.team = a.team_id
               join households h on h.id = a.household_id
               left join demo_clerk c on c.commune = h.commune_code and m.account is not null
               join demo_dice d on d.id = (a.household_id * 37 + :turn) % :dice
               where a.from_day <= :day and (a.until_day is null or a.until_day > :day) and d.luck >= m.missed
                   and not exists (select 1 from household_status s where s.household_id = a.household_id
                       and s.from_day <= :day and (s.until_day is null or s.until_day > :day))
           ) where first_at <= :limit
           order by household_id""",
        {
            "day": day,
            "turn": random.randrange(DICE),
            "dice": DICE,
            "limit": (now - clock.instant(clock.at(day, "00:00"))).total_seconds(),
            "leader": db.conn.execute("select min(account_id) from grants where role = 'leader'").fetchone()[0],
        },
    )


def _store(db: Database, day: str) -> None:
    """Insert the answers as visits with their findings; replaced first answers go to visit_past."""
    stamp = "strftime('%Y-%m-%dT%H:%M:%SZ', :midnight, {} || ' seconds')"
    places = {"day": day, "midnight": clock.at(day, "00:00")}
    db.conn.execute(
        f"""insert into visits (day, household_id, outcome, swept, persons, flags, note, needs, violations, member_id,
               recorded_at, recorded_by, version)
           select :day, household_id, iif(second_at, 'phone', first), swept, persons, flags, note, f.needs,
               f.violations, member_id, {stamp.format("ifnull(second_at, first_at)")}, account, iif(second_at, 2, 1)
           from demo_knock left join demo_finding f on f.id = finding""",
        places,
    )
    db.conn.execute(
        f"""insert into visit_past (day, household_id, version, outcome, swept, flags, note, recorded_at, recorded_by)
           select :day, household_id, 1, first, 0, '', null, {stamp.format("first_at")}, account
           from demo_knock where second_at is not null""",
        places,
    )
    findings.write(db, day)


def _log(db: Database, day: str) -> None:
    """Insert a line of the log for each team's entries, as the sheet writes it."""
    db.conn.execute(
        """insert into audit_log (at, account_id, role, action, area_code, subject, detail)
           select max(v.recorded_at), v.recorded_by, g.role, 'visit.record', t.commune_code, t.name,
               json_object('day', v.day, 'team', t.id,
                   'rows', json_group_object(h.code, json_array('–', v.outcome || iif(v.swept, ' swept', ''))))
           from visits v
           join households h on h.id = v.household_id
           join members m on m.id = v.member_id
           join teams t on t.id = m.team_id
           join grants g on g.account_id = v.recorded_by
           where v.day = ? group by t.id, v.recorded_by order by 1, t.id""",
        [day],
    )
