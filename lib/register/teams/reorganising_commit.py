"""Carries out a plan of reorganising teams, as one act that can be undone for a day."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlite_utils import Database

from lib.core import rollup
from lib.core.access import User, require
from lib.core.audit import BULK, Act, act
from lib.core.database import row, value
from lib.core.errors import Conflict
from lib.core.sql import not_over
from lib.register.assignments.handover import CHANGED
from lib.register.assignments.proposal import ProposedRow
from lib.register.assignments.substitution import hand, held_by
from lib.register.teams import fields, member_accounts, member_table, team_table, teams
from lib.register.teams.reorganising import ReorganisingPlan, plan
from lib.register.teams.reorganising_ways import NEW, Join

_OF_A_PERSON = """full_name, name_folded, name_sort, sex, birth_year, phone, id_number, position, position_words,
    categories, organisation, availability"""
KINDS = {way: f"team.{way}" for way in ("merge", "split", "leader", "models")} | {"dissolve": "team.wind_up"}


def carry_out(db: Database, user: User, accepted: ReorganisingPlan, *, now: datetime) -> int:
    """Carry out an accepted plan and return its team's id (a split's new one); Conflict if the data changed since."""
    with act(db, user, "team.manage", now=now, kind=KINDS[accepted.way], undo=BULK) as deed:
        if plan(db, user, accepted.way, accepted.values, now=now) != accepted:
            raise Conflict(CHANGED)
        touched = {team["id"]: teams.get(db, team["id"]) for team in accepted.teams if team["id"] != NEW}
        first = next(iter(touched.values()))
        _tell(deed, accepted, first)
        team_id = _found_team(db, accepted, first) if accepted.change.founds else first["id"]
        for team in accepted.change.fields.keys() & touched.keys():
            _set(db, touched[team], accepted.change.fields[team], accepted)
        moved = _join(db, accepted.change.joins, team_id, accepted.since)
        _hand(db, deed, accepted, moved)
        _end(db, accepted, moved, touched)
        if accepted.change.founds:
            # It can have its name only after the team that bore it has ended.
            team_table.update(db, team_id, fields.named(accepted.change.founds))
        hamlets = {code for team in touched.values() for code in (team["hamlet_code"], *team["hamlets"])}
        rollup.recount(db, teams={*touched, team_id}, hamlets=hamlets, since=accepted.since)
    return team_id


def _tell(deed: Act, accepted: ReorganisingPlan, first: dict) -> None:
    """Fill the line of the log: the first team by name, and every team's id, by which its history finds the line."""
    deed.subject, deed.area = first["name"], first["commune_code"]
    others = [team["name"] for team in accepted.teams if team["id"] != first["id"]]
    deed.detail = {"from_day": accepted.since, "among": {"teams": [t["id"] for t in accepted.teams], "names": others}}
    deed.detail |= {name: text for name, text in accepted.decision.items() if text}
    if accepted.change.founds:
        deed.detail["name"] = accepted.change.founds
    leader = next((m["full_name"] for m in accepted.loads if m["role"] == "leader"), None)
    if accepted.way == "leader":
        deed.detail["full_name"] = leader


def _found_team(db: Database, accepted: ReorganisingPlan, first: dict) -> int:
    """Insert the new team, with the hamlet and model of the first; it gets its own name once the old team has ended."""
    hamlets = accepted.change.fields.get(NEW, first)["hamlets"]
    new = {name: first[name] for name in fields.COLUMNS}
    new |= {
        **accepted.decision,
        "name": accepted.change.founds,
        "from_day": accepted.since,
        "status": "active",
        "decision_signer": None,
        "phone": None,
        "note": None,
        "training_day": None,
    }
    ends = first["id"] in accepted.change.ends and accepted.change.founds == first["name"]
    if not ends:
        fields.check(db, None, new, hamlets)
    new["name"] = f"{new['name']} {accepted.since}"
    return team_table.insert(db, fields.stored(new, first["commune_code"]), hamlets)


def _set(db: Database, team: dict, changed: Mapping, accepted: ReorganisingPlan) -> None:
    """Update a team that goes on: its model, and the decision it is founded on."""
    new = {"model": changed.get("model", team["model"])} | {
        name: accepted.decision[name] or team[name] for name in ("decision_no", "decision_day", "decision_issuer")
    }
    team_table.update(db, team["id"], {**new, "status": "active"})


def _join(db: Database, joins: Iterable[Join], founded: int, day: str) -> dict[int, dict]:
    """End each member's row in the old team or role, then insert those in the new; their accounts follow."""
    ends = {}
    for join in joins:
        ends[join.member_id] = value(db, "select until_day from my_members where id = ?", [join.member_id])
        member_table.end(db, join.member_id, day)
    return {join.member_id: _begin(db, join, founded, day, ends[join.member_id]) for join in joins}


def _begin(db: Database, join: Join, founded: int, day: str, until: str | None) -> dict:
    team = founded if join.team_id == NEW else join.team_id
    person = require(row(db, f"select from_day, {_OF_A_PERSON} from my_members where id = ?", [join.member_id]))
    place = {"team_id": team, "role": join.role}
    stretch = {"from_day": max(person["from_day"], day), "until_day": until}
    new = {"id": member_table.insert(db, {**person, **place, **stretch}), **place}
    member_accounts.follow(db, join.member_id, new, day=day)
    return new


def _hand(db: Database, deed: Act, accepted: ReorganisingPlan, moved: dict[int, dict]) -> None:
    """Assign households to the new rows of their members, or to the members of the preview."""
    targets = {line.code: line.member_id for line in accepted.change.rows}
    leaving = {m for line in accepted.change.rows for m in _minders(line)} - set(targets.values())
    along = {h["code"]: None for h in held_by(db, moved, since=accepted.since)}

    def swap(code: str, member: int) -> int:
        if member in moved:
            return int(moved[member]["id"])
        return targets[code] if code in targets and member in leaving else member

    hand(db, deed, {**along, **targets}, swap, since=accepted.since)


def _minders(line: ProposedRow) -> set[int]:
    return {a.member_id for a in line.living}


def _end(db: Database, accepted: ReorganisingPlan, moved: dict[int, dict], touched: dict[int, dict]) -> None:
    """End the teams, their members, and the accounts of members who joined no other team."""
    for team in accepted.change.ends:
        sql = f"select id from my_members where team_id = ? and {not_over(day='?')}"
        for (member,) in db.conn.execute(sql, [team, accepted.since]).fetchall():
            if member not in moved:
                member_accounts.end(db, member, day=accepted.since)
        teams.check_no_households(db, team, accepted.since)
        teams.end(db, touched[team], accepted.since)


def proposed_name(db: Database, team_id: int) -> str:
    """Return a free name for a team that is split off this one."""
    return teams.proposed_name(db, teams.get(db, team_id)["hamlet_code"])
