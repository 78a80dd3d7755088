"""Adds, edits and ends members of teams, and lists them. A row is one person's time in one team."""

import json
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, form_input, text
from lib.core.access import User, require
from lib.core.audit import SINGLE, act, changes
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.form_input import Typed, shown
from lib.core.sql import GONE_STATUSES, not_over
from lib.core.versions import check_version
from lib.register.teams import member_table, teams
from lib.register.teams.member_fields import COLUMNS, masked, read, stored


def of_team(db: Database, team_id: int, *, day: str, left: bool = False) -> list[dict]:
    """Return the members of a team after this day (or those who left), leader first.

    Households are those of an open day. A change of role within the team is no leaving.
    """
    members = rows(
        db,
        f"""select m.id, m.team_id, m.until_day, m.version, {", ".join(f"m.{c}" for c in COLUMNS)},
               (select count(*) from assigned_households a where a.day = :day and a.member_id = m.id
                   and (a.status is null or a.status not in {GONE_STATUSES})) as households
           from my_members m
           where m.team_id = :team and (m.until_day is not null and m.until_day <= :day) = :left
               and not (:left and exists (select 1 from my_members goes_on where goes_on.team_id = m.team_id
                   and goes_on.id > m.id and goes_on.from_day = m.until_day
                   and goes_on.name_folded = m.name_folded and goes_on.birth_year is m.birth_year))
           order by case m.role when 'leader' then 0 when 'deputy' then 1 else 2 end, m.name_sort, m.id""",
        {"team": team_id, "day": day, "left": left},
    )
    return [_readable(line) for line in members]


def get(db: Database, member_id: int) -> dict:
    """Return a member with the identity number masked; raise NotFound for a stranger."""
    return _readable(_stored(db, member_id))


def add(db: Database, user: User, team_id: int, values: dict, *, now: datetime) -> int:
    """Add a member. `values["replace_leader"]` makes the present leader an ordinary member in the same act."""
    with act(db, user, "team.manage", now=now, kind="member.add", undo=SINGLE) as deed:
        team = teams.get(db, team_id)
        teams.check_not_dissolved(team)
        new = read({**values, "from_day": text.clean(values.get("from_day")) or team["from_day"]}, now=now)
        _check_new(db, team_id, new)
        deed.detail = _logged(changes(None, new)) | _make_room(db, team_id, None, new, values)
        member_id = member_table.insert(db, {**stored(new), "team_id": team_id})
        deed.subject, deed.area = f"{new['full_name']}, {team['name']}", team["commune_code"]
    return member_id


def edit(db: Database, user: User, member_id: int, values: dict, version: int, *, now: datetime) -> None:
    """Change a member's details; an identity number left empty stays as it is. Fields not named stay."""
    with act(db, user, "team.manage", now=now, kind="member.edit", undo=SINGLE) as deed:
        old = _stored(db, member_id)
        entered = {name: typed for name, typed in values.items() if name != "id_number" or text.clean(typed)}
        new = read({**old, **entered}, now=now)
        deed.subject, deed.area = f"{old['full_name']}, {old['team_name']}", old["commune_code"]
        deed.detail = _logged(changes(old, new))
        deed.nothing = not deed.detail
        if deed.detail:
            _check_stays(old)
            check_version(old, version)
            deed.detail |= _make_room(db, old["team_id"], member_id, new, values)
            member_table.update(db, member_id, stored(new))


def leave(db: Database, user: User, member_id: int, values: dict, version: int, *, now: datetime) -> None:
    """End a member's time in the team on a day; raise Conflict while households are still assigned (S2-24)."""
    with act(db, user, "team.manage", now=now, kind="member.leave", undo=SINGLE) as deed:
        old = _stored(db, member_id)
        typed = Typed({"until_day": clock.day_of(now), **values})
        today = clock.day_of(now)
        day = typed.day("until_day", today=today, latest=clock.plus(today, 366), required=True)
        if day and day < old["from_day"]:
            typed.fault(
                "until_day", N_("This person joined on {day}; choose that day or later."), day=shown(old["from_day"])
            )
        why = form_input.reason(typed, day, today=today)
        typed.done()
        deed.subject, deed.area = f"{old['full_name']}, {old['team_name']}", old["commune_code"]
        deed.detail = changes(old, {"until_day": day})
        deed.nothing = not deed.detail
        if deed.detail:
            _check_stays(old)
            check_version(old, version)
            _check_no_households(db, old, day)
            deed.detail |= {"reason": why} if why else {}
            member_table.end(db, member_id, day)


def _stored(db: Database, member_id: int) -> dict:
    member = require(
        row(
            db,
            f"""select m.id, m.team_id, t.commune_code, t.name as team_name, m.until_day, m.version,
                   {", ".join(f"m.{c}" for c in COLUMNS)}
               from my_members m join my_teams t on t.id = m.team_id where m.id = ?""",
            [member_id],
        )
    )
    return {**member, "categories": json.loads(member["categories"])}


def _readable(line: dict) -> dict:
    categories = line["categories"]
    return {
        **line,
        "categories": json.loads(categories) if isinstance(categories, str) else categories,
        "id_number": masked(line["id_number"]),
    }


def _logged(changed: dict) -> dict:
    """Mask identity numbers, which the log must not hold."""
    if "id_number" in changed:
        changed["id_number"] = [masked(number) for number in changed["id_number"]]
    return changed


def _check_new(db: Database, team_id: int, new: dict) -> None:
    """Raise Conflict if a member of this name and birth year is already in the team, as after a second click."""
    if value(
        db,
        """select 1 from my_members where team_id = :team and until_day is null
               and casefold(full_name) = casefold(:full_name) and birth_year is :birth_year""",
        {"team": team_id, "full_name": new["full_name"], "birth_year": new["birth_year"]},
    ):
        raise Conflict(
            N_("{name} is already in this team; another person of this name needs a birth year."), name=new["full_name"]
        )


def _check_stays(old: dict) -> None:
    if old["until_day"]:
        raise Conflict(N_("{name} left the team from {day}."), name=old["full_name"], day=shown(old["until_day"]))


def _check_no_households(db: Database, old: dict, day: str) -> None:
    left = value(
        db,
        f"""select count(*) from my_assignments where member_id = :member
               and {not_over(day="max(:day, from_day)")}""",
        {"member": old["id"], "day": day},
    )
    if left:
        raise Conflict(
            N_("{name} still looks after {n} households on {day} or later; give them to others first."),
            name=old["full_name"],
            n=left,
            day=shown(day),
        )


def _make_room(db: Database, team_id: int, member_id: int | None, new: dict, values: dict) -> dict:
    """Make the present leader an ordinary member if asked to, else raise Invalid: a team has one leader (S0-16)."""
    if new["role"] != "leader":
        return {}
    present = row(
        db,
        """select id, full_name from my_members
           where team_id = :team and role = 'leader' and until_day is null and id is not :member""",
        {"team": team_id, "member": member_id},
    )
    if not present:
        return {}
    if not values.get("replace_leader"):
        raise Invalid(
            {
                "role": Say(
                    N_("{name} leads this team. Tick “In place of the current leader”, or choose another role."),
                    {"name": present["full_name"]},
                )
            }
        )
    member_table.update(db, present["id"], {"role": "member"})
    return {"stepped_down": [None, present["full_name"]]}


def of_teams(db: Database, teams: list[int], *, day: str) -> dict[int, list[dict]]:
    """Return the members of several teams after this day in one query, leader first, by team; households are those of
    an open day."""
    members: dict[int, list[dict]] = {team: [] for team in teams}
    for member in rows(
        db,
        f"""with duties as materialized (
               select member_id, count(*) as households from assigned_households
               where day = :day and (status is null or status not in {GONE_STATUSES})
               group by member_id)
           select m.team_id, m.full_name, m.role, m.position, m.position_words, m.birth_year, m.phone, m.availability,
               m.from_day, ifnull(d.households, 0) as households
           from my_members m left join duties d on d.member_id = m.id
           where m.team_id in (select value from json_each(:teams)) and {not_over("m")}
           order by case m.role when 'leader' then 0 when 'deputy' then 1 else 2 end, m.name_sort, m.id""",
        {"teams": json.dumps(teams), "day": day},
    ):
        members[member["team_id"]].append(member)
    return members
