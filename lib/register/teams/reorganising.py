"""Plans the reorganising of teams (kiện toàn): shows what a way of doing it would mean for each team and member.

A plan is a preview: nothing is stored until it is carried out as one act, which is refused if the data changed
since. A member who changes team or role gets a new row from that day; nothing of the past is overwritten.
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
class ReorganisingPlan:
    """A previewed reorganisation: `teams` before and after it, `loads` their members with the team they end up in."""

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
        """Return each member's future team and role, and each household's old and new member."""
        serve = [(m["id"], m["team_id"], m["role"]) for m in self.loads]
        return serve, [(line.code, line.before, line.member_id) for line in self.change.rows]


def plan(db: Database, user: User, way: str, values: Mapping, *, now: datetime) -> ReorganisingPlan:
    """Return the plan of a way of reorganising; it stores nothing.

    `values` hold `from_day`, the decision (`decision_no`, `_day`, `_issuer`) and what the way needs.
    """
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
    team_rows = _teams(touched, around, after, change)
    living = [team for team in team_rows if not team["ends"]]
    warnings = (
        *load_changes.broken(living, after, size_rules.read(db)),
        *_missing(living, after, decision),
        *_left_alone(db, touched, change, since),
    )
    return ReorganisingPlan(way, since, decision, change, team_rows, after, warnings, dict(values))


def _touched(db: Database, values: Mapping) -> dict[int, dict]:
    """Return the teams named, in that order; refuse teams of two communes and dissolved ones."""
    touched = {}
    for team_id in dict.fromkeys([values.get("team"), *(values.get("teams") or [])]):
        team = teams.get(db, int(team_id or 0))
        teams.check_not_dissolved(team)
        touched[team["id"]] = team
    if len({team["commune_code"] for team in touched.values()}) > 1:
        raise Invalid({"teams": Say(N_("Teams of one commune are reorganised together."))})
    return touched


def _check_nothing_planned(db: Database, touched: dict, since: str) -> None:
    """Raise Conflict if a member of these teams already comes, goes or changes role on a later day."""
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
    """Return the members who serve afterwards, with their new team and role and their loads before and after."""
    joins = {join.member_id: join for join in change.joins}
    names = {team: fields["name"] for team, fields in touched.items()} | {NEW: change.founds}
    members = []
    for m in load_changes.loads(around, change.rows):
        join = joins.get(m["id"])
        if join is None and m["team_id"] in change.ends:
            continue
        team = join.team_id if join else m["team_id"]
        members.append(m | {"team_id": team, "team_name": names[team], "role": join.role if join else m["role"]})
    return tuple(members)


def _teams(touched: dict, around: list[dict], after: tuple[dict, ...], change: Change) -> tuple[dict, ...]:
    named = {team: (fields["name"], team in change.ends) for team, fields in touched.items()}
    if change.founds:
        named[NEW] = (change.founds, False)
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
        for team, (name, ends) in named.items()
    )


def _missing(living: list[dict], after: tuple[dict, ...], decision: Mapping) -> list[tuple[str, Say]]:
    warnings = [
        (team["name"], Say(N_("The team has no leader.")))
        for team in living
        if not any(m["team_id"] == team["id"] and m["role"] == "leader" for m in after)
    ]
    if not decision["decision_no"]:
        warnings.append(("", Say(N_("The number of the decision is missing; it can be entered with the team later."))))
    return warnings


def _left_alone(db: Database, touched: dict, change: Change, since: str) -> list[tuple[str, Say]]:
    """Warn of hamlets that no team would look after any more (S0-19)."""
    first = next(iter(touched.values()))
    cared_for = {code for fields in change.fields.values() for code in fields.get("hamlets", ())}
    cared_for |= {first["hamlet_code"]} if change.founds else set()
    codes = {
        code for team in change.ends for code in (touched[team]["hamlet_code"], *touched[team]["hamlets"])
    } - cared_for
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
