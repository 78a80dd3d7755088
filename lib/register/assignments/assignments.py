"""Assigns households to members and takes them back (S2-24), and lists the loads and households to decide by.

A change takes effect tomorrow unless the visitor says today; a past day never changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from sqlite_utils import Database

from lib.core import clock, rollup
from lib.core.access import User
from lib.core.audit import BULK, Act, act, log
from lib.core.database import rows, value
from lib.core.errors import N_, Invalid, NotFound, Say
from lib.core.sql import GONE_STATUSES, in_force, not_over
from lib.register.assignments.handover import Handover, hand_over

_GONE = f"""exists (select 1 from my_status s where s.household_id = h.id and s.status in {GONE_STATUSES}
        and {in_force("s")})"""
_MINDED = f"left join my_assignments a on a.household_id = h.id and {in_force('a')}"


def action(user: User) -> str:
    """Return the visitor's right: commune and district assign in their whole area, a leader within the own team."""
    return "assignment.give" if user.can("assignment.give") else "assignment.shift"


def _check_day(from_day: str, now: datetime) -> None:
    """Raise Invalid for a day before today or none at all."""
    try:
        right = date.fromisoformat(from_day).isoformat() == from_day
    except (TypeError, ValueError):
        right = False
    if not right or from_day < clock.day_of(now):
        raise Invalid({"from_day": Say(N_("A change takes effect today or later, never in the past."))})


@contextmanager
def deciding(db: Database, user: User, right: str, *, kind: str, from_day: str, now: datetime) -> Iterator[Act]:
    """Open an act on assignments from a day on; a household or member outside the area is logged as refused."""
    try:
        with act(db, user, right, now=now, kind=kind, undo=BULK) as deed:
            _check_day(from_day, now)
            yield deed
    except NotFound:
        log(db, user, "assignment.refused", Act(kind, user.area_code), now=now)
        raise


def give(db: Database, user: User, codes: list[str], member_id: int, *, from_day: str, now: datetime) -> Handover:
    """Assign these households to the member from the day on; repeating it changes nothing."""
    with deciding(db, user, action(user), kind="assignment.give", from_day=from_day, now=now) as deed:
        done = hand_over(db, user, deed, dict.fromkeys(codes, member_id), from_day=from_day)
        deed.subject = value(db, "select full_name from my_members where id = ?", [member_id])
    return replace(done, act=deed.id)


def take_back(db: Database, user: User, codes: list[str], *, from_day: str, now: datetime) -> Handover:
    """End the assignments of these households from the day on; the gaps list then shows them without a member."""
    with deciding(db, user, "assignment.give", kind="assignment.take_back", from_day=from_day, now=now) as deed:
        done = hand_over(db, user, deed, dict.fromkeys(codes), from_day=from_day)
        deed.subject = ", ".join(sorted(move.partition(" → ")[0] for move in deed.detail["moves"]))
    return replace(done, act=deed.id)


def loads(db: Database, *, day: str, team_id: int | None = None, hamlet: str | None = None) -> list[dict]:
    """Return the members serving on the day in a team or a hamlet's teams, with their households and persons."""
    return rows(
        db,
        f"""with chosen as (
               select t.id, t.name, t.name_sort from my_teams t
               where (:team is null or t.id = :team) and {in_force("t")}
                   and (:hamlet is null or t.hamlet_code = :hamlet or exists (
                       select 1 from team_hamlets th where th.team_id = t.id and th.hamlet_code = :hamlet))),
           minded as (
               select a.member_id, count(*) as households, sum(h.person_count) as persons
               from my_assignments a join my_households h on h.id = a.household_id
               where a.team_id in (select id from chosen) and {in_force("a")} and not {_GONE}
               group by a.member_id)
           select m.id, m.full_name, m.role, m.availability, t.id as team_id, t.name as team_name,
               ifnull(minded.households, 0) as households, ifnull(minded.persons, 0) as persons
           from chosen t join my_members m on m.team_id = t.id and {in_force("m")}
           left join minded on minded.member_id = m.id
           order by t.name_sort, t.id, m.role <> 'leader', m.name_sort""",
        {"day": day, "team": team_id, "hamlet": hamlet},
    )


def households_of(
    db: Database,
    *,
    day: str,
    hamlet: str | None = None,
    team_id: int | None = None,
    lane: str | None = None,
    unassigned: bool = False,
) -> list[dict]:
    """Return the households of a hamlet or team in walking order, with their member and the day of a later change."""
    return rows(
        db,
        f"""select h.code, h.head_name, h.lane, h.house_number, h.hamlet_code, h.walk_order,
               h.person_count as persons, a.member_id, m.full_name as member_name, a.team_id, t.name as team_name,
               (select s.status from my_status s where s.household_id = h.id and {in_force("s")}) as status,
               (select later.from_day from my_assignments later where later.household_id = h.id
                   and later.from_day > :day and {not_over("later", "later.from_day")}
                   order by later.from_day limit 1) as changes_on,
               (select s.from_day from my_status s where s.household_id = h.id and s.status = 'moved'
                   and s.from_day > :day and s.until_day is null) as moves_on
           from my_households h {_MINDED}
           left join my_members m on m.id = a.member_id left join my_teams t on t.id = a.team_id
           where (:hamlet is null or h.hamlet_code = :hamlet) and (:team is null or a.team_id = :team)
               and (:lane is null or ifnull(h.lane, '') = :lane) and (not :unassigned or a.id is null)
               and h.from_day <= :day and not {_GONE}
           order by h.hamlet_code, h.walk_order, h.code""",
        {"day": day, "hamlet": hamlet, "team": team_id, "lane": lane, "unassigned": unassigned},
    )


def hamlets(db: Database, *, day: str, commune: str | None = None) -> list[dict]:
    """Return the hamlets of the visitor's communes with counts of all households and of those without a member."""
    counts = "select hamlet_code, households, assigned from hamlet_day where day = :day"
    if not rollup.is_open(db, day):
        counts = f"""select h.hamlet_code, count(*) as households, count(a.id) as assigned
            from my_households h {_MINDED}
            where (:commune is null or h.commune_code = :commune) and h.from_day <= :day and not {_GONE}
            group by h.hamlet_code"""
    return rows(
        db,
        f"""select h.code, h.kind, h.name, c.code as commune_code, c.kind as commune_kind, c.name as commune_name,
               ifnull(n.households, 0) as households, ifnull(n.households - n.assigned, 0) as unassigned
           from my_hamlets h join my_communes c on c.code = h.parent_code
           left join ({counts}) n on n.hamlet_code = h.code
           where :commune is null or c.code = :commune
           order by c.name_sort, c.code, h.name_sort, h.kind""",
        {"day": day, "commune": commune},
    )
