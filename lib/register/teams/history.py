"""Collects a team's history: founding, members, roles, households given and taken, reorganisations.

Counts and colleagues' names come from the tables, for everybody who sees the team; decisions, absences and
corrections come from the lines of the log that the visitor may read.
"""

import json

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows
from lib.core.sql import not_over
from lib.register.teams import teams

REORGANISED = ("team.merge", "team.split", "team.wind_up", "team.leader", "team.models")
_TOLD = (*REORGANISED, "team.edit", "member.absent", "member.left", "inspection.write")


def story(db: Database, team_id: int) -> list[dict]:
    """Return a team's events, newest first: `{day, kind, …}`; the screen has a sentence for each kind."""
    team = teams.get(db, team_id)
    people = _people(db, team_id)
    first = [line for line in people if line["from_day"] <= team["from_day"] and line["was_role"] is None]
    events = [{"day": team["from_day"], "kind": "founded", "members": len(first), **_decision(team)}]
    events += [event for line in people for event in _times(line, line in first, team)]
    events += _households(db, team_id, "given", team["from_day"]) + _households(db, team_id, "taken", None)
    events += _log(db, team)
    if team["until_day"]:
        events.append({"day": team["until_day"], "kind": "dissolved"})
    return sorted(events, key=lambda event: event["day"], reverse=True)


def _decision(team: dict) -> dict:
    return {name: team[name] for name in ("decision_no", "decision_day", "decision_issuer")}


def _people(db: Database, team_id: int) -> list[dict]:
    """Return every member row of the team, with the same person's role and team just before and just after."""
    return rows(
        db,
        f"""select m.full_name, m.role, m.from_day, m.until_day, was.role as was_role, was.team_id as was_in,
               old.name as was_team, next.role as next_role, next.team_id as next_in, new.name as next_team
           from my_members m
           left join members was  -- all: the same person's time before
               on was.until_day = m.from_day and was.id < m.id and was.name_folded = m.name_folded
                   and was.birth_year is m.birth_year and was.full_name = m.full_name and was.from_day < was.until_day
           left join members next  -- all: the same person's time after
               on next.from_day = m.until_day and next.id > m.id and next.name_folded = m.name_folded
                   and next.birth_year is m.birth_year and next.full_name = m.full_name
           left join teams old on old.id = was.team_id and old.commune_code = (  -- all: the name of a colleague's team
               select commune_code from my_teams where id = m.team_id)
           left join teams new on new.id = next.team_id  -- all: the name of a colleague's team
           where m.team_id = ? and {not_over("m", "m.from_day")}
           group by m.id order by m.from_day, m.name_sort""",
        [team_id],
    )


def _times(line: dict, first: bool, team: dict) -> list[dict]:
    events = []
    name = {"name": line["full_name"], "role": line["role"]}
    if line["was_role"] and line["was_team"] == team["name"] and line["was_in"] == team["id"]:
        if line["was_role"] != line["role"]:
            events.append({"day": line["from_day"], "kind": "role", "old": line["was_role"], **name})
    elif line["was_team"]:
        events.append({"day": line["from_day"], "kind": "came_from", "team": line["was_team"], **name})
    elif not first:
        events.append({"day": line["from_day"], "kind": "joined", **name})
    if line["until_day"] and line["next_in"] != team["id"]:
        kind = "went_to" if line["next_team"] else "left"
        events.append({"day": line["until_day"], "kind": kind, "team": line["next_team"], **name})
    return events


_HANDS = f"""
    select {{this}}.{{edge}} as day, t.name as team, count(*) as n
    from assignments {{this}}  -- all: counts of a team of the visitor's
    left join assignments {{other}}  -- all: counts of a team of the visitor's
        on {{other}}.household_id = {{this}}.household_id and a.until_day = b.from_day
            and {not_over("{other}", "{other}.from_day")}
    left join teams t on t.id = {{other}}.team_id  -- all: the name of a team of the commune
    where {{this}}.team_id = :team and {{this}}.{{edge}} is not null
        and {not_over("{this}", "{this}.from_day")}
        and ({{other}}.team_id is null or {{other}}.team_id <> :team)
    group by 1, {{other}}.team_id"""
_SIDES = {
    "given": _HANDS.format(this="b", other="a", edge="from_day"),
    "taken": _HANDS.format(this="a", other="b", edge="until_day"),
}


def _households(db: Database, team_id: int, kind: str, founded: str | None) -> list[dict]:
    """Return counts of households that came to the team or left it, by day and by the other team."""
    lines = rows(db, _SIDES[kind], {"team": team_id})
    return [line | {"kind": kind if line["team"] else f"{kind}_nobody"} for line in lines]


def _log(db: Database, team: dict) -> list[dict]:
    """Return the log's lines about the team that the visitor may read, without undone ones."""
    lines = rows(
        db,
        """select log.at, log.action, log.subject, log.detail
           from my_audit log left join undoable u on u.audit_id = log.id
           where log.action in (select value from json_each(:kinds)) and u.taken_back_at is null
               and (log.area_code is null or log.area_code = :commune)
               and (log.subject = :name or log.subject like '%, ' || :name
                   or exists (select 1 from json_each(log.detail, '$.among.teams') t where t.value = :team))
           order by log.id""",
        {"kinds": json.dumps(_TOLD), "commune": team["commune_code"], "name": team["name"], "team": team["id"]},
    )
    events = []
    for line in lines:
        detail = json.loads(line["detail"])
        day = detail.get("from_day")
        day = day if isinstance(day, str) else clock.day_of(clock.instant(line["at"]))
        events.append(
            {
                "day": day,
                "kind": line["action"],
                "subject": line["subject"],
                "detail": detail,
                "own": line["subject"] == team["name"],
            }
        )
    return events
