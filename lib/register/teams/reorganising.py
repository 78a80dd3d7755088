"""Reorganising teams (kiện toàn): what a way of doing it would mean for each team and member.

A plan is a preview: nothing is stored until it is carried out, as one act and only while the facts still are
those it was made from. Whoever changes team or role begins a new time in it; nothing of the past is overwritten.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User
from lib.core.database import rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.form_input import Typed, shown
from lib.core.sql import not_over
from lib.register import size_rules
from lib.register.assignments import load_changes
from lib.register.teams import teams
from lib.register.teams.reorganising_ways import NEW, WAYS, Change


@dataclass(frozen=True)
class Plan:
    """`teams` are those touched, as before and after; `loads` everybody in them, in the team of afterwards."""

    way: str
    since: str
    decision: Mapping
    change: Change
    teams: tuple[dict, ...]
    loads: tuple[dict, ...]
    warnings: tuple[tuple[str, Say], ...]
    values: Mapping

    @property
    def effect(self) -> tuple:
        """Who would be in which team as what, and whose households would come to whom."""
        serve = [(m["id"], m["team_id"], m["role"]) for m in self.loads]
        return serve, [(line.code, line.before, line.member_id) for line in self.change.rows]


def plan(db: Database, user: User, way: str, values: Mapping, *, now: datetime) -> Plan:
    """`values` hold `from_day`, the decision (`decision_no`, `_day`, `_issuer`) and what the way needs."""
    access.check(user, "team.manage")
    typed = Typed(dict(values))
    today = clock.day_of(now)
    since = typed.day("from_day", today=today, latest=clock.plus(today, 366), required=True)
    decision = {
        "decision_no": typed.text("decision_no", 60),
        "decision_day": typed.day("decision_day", today=today, latest=clock.plus(today, 366)),
        "decision_issuer": typed.text("decision_issuer", 120),
    }
    if since and since < today:
        typed.fault("from_day", N_("A change takes effect today or later, never in the past."))
    typed.done()
    touched = _touched(db, values)
    _check_nothing_planned(db, touched, since)
    around = load_changes.people(db, touched, day=since)
    change = WAYS[way](db, values, touched, around, since)
    after = _after(touched, around, change)
    told = _teams(touched, around, after, change)
    living = [team for team in told if not team["ends"]]
    warnings = (
        *load_changes.broken(living, after, size_rules.read(db)),
        *_missing(living, after, decision),
        *_left_alone(db, touched, change, since),
    )
    return Plan(way, since, decision, change, told, after, warnings, dict(values))


def _touched(db: Database, values: Mapping) -> dict[int, dict]:
    """The teams named, the first of them first; all of one commune and at work."""
    found = {}
    for team_id in dict.fromkeys([values.get("team"), *(values.get("teams") or [])]):
        team = teams.get(db, int(team_id or 0))
        teams.check_not_dissolved(team)
        found[team["id"]] = team
    if len({team["commune_code"] for team in found.values()}) > 1:
        raise Invalid({"teams": Say(N_("Teams of one commune are reorganised together."))})
    return found


def _check_nothing_planned(db: Database, touched: dict, since: str) -> None:
    """Who is to come, go or change role later on would be in two places."""
    planned = value(
        db,
        """select min(day) from (
               select from_day as day from my_members where team_id in (select value from json_each(:teams))
               union all select until_day from my_members where team_id in (select value from json_each(:teams))
                   and until_day > from_day) where day > :since""",
        {"teams": json.dumps(list(touched)), "since": since},
    )
    if planned:
        sentence = N_("A change of members is already set for {day}: choose that day or later, or undo that change.")
        raise Conflict(sentence, day=shown(planned))


# What it means


def _after(touched: dict, around: list[dict], change: Change) -> tuple[dict, ...]:
    """Everybody who serves afterwards, in their team and role of then, with their loads before and after."""
    joins = {join.member_id: join for join in change.joins}
    names = {team: known["name"] for team, known in touched.items()} | {NEW: change.founds}
    found = []
    for m in load_changes.loads(around, change.rows):
        join = joins.get(m["id"])
        if join is None and m["team_id"] in change.ends:
            continue
        team = join.team_id if join else m["team_id"]
        found.append(m | {"team_id": team, "team_name": names[team], "role": join.role if join else m["role"]})
    return tuple(found)


def _teams(touched: dict, around: list[dict], after: tuple[dict, ...], change: Change) -> tuple[dict, ...]:
    known = {team: (one["name"], team in change.ends) for team, one in touched.items()}
    if change.founds:
        known[NEW] = (change.founds, False)
    return tuple(
        {
            "id": team,
            "name": name,
            "ends": ends,
            "members_before": sum(m["team_id"] == team for m in around),
            "households_before": sum(m["households"] for m in around if m["team_id"] == team),
            "members": sum(m["team_id"] == team for m in after),
            "households": sum(m["households_after"] for m in after if m["team_id"] == team),
        }
        for team, (name, ends) in known.items()
    )


def _missing(living: list[dict], after: tuple[dict, ...], decision: Mapping) -> list[tuple[str, Say]]:
    found = [
        (team["name"], Say(N_("The team has no leader.")))
        for team in living
        if not any(m["team_id"] == team["id"] and m["role"] == "leader" for m in after)
    ]
    if not decision["decision_no"]:
        found.append(("", Say(N_("The number of the decision is missing; it can be entered with the team later."))))
    return found


def _left_alone(db: Database, touched: dict, change: Change, since: str) -> list[tuple[str, Say]]:
    """Hamlets that no team would look after any more (S0-19)."""
    first = next(iter(touched.values()))
    kept = {code for fields in change.fields.values() for code in fields.get("hamlets", ())}
    kept |= {first["hamlet_code"]} if change.founds else set()
    codes = {code for team in change.ends for code in (touched[team]["hamlet_code"], *touched[team]["hamlets"])} - kept
    alone = rows(
        db,
        f"""select h.kind, h.name from my_hamlets h where h.code in (select value from json_each(:codes))
               and not exists (select 1 from my_teams t
                   where (t.hamlet_code = h.code or exists (select 1 from team_hamlets th
                           where th.team_id = t.id and th.hamlet_code = h.code))
                       and t.id not in (select value from json_each(:ends))
                       and {not_over("t")})""",
        {"codes": json.dumps(sorted(codes)), "ends": json.dumps(change.ends), "day": since},
    )
    sentence = N_("No team of its own is left for {hamlet}; its households are with members of other teams.")
    return [("", Say(sentence, {"hamlet": f"{h['kind']} {h['name']}"})) for h in alone]
