"""Carrying out a plan of reorganising teams, as one act that can be taken back for a day."""

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
from lib.register.assignments.proposal import Row
from lib.register.assignments.substitution import hand, held_by
from lib.register.teams import fields, member_accounts, member_table, team_table, teams
from lib.register.teams.reorganising import Plan, plan
from lib.register.teams.reorganising_ways import NEW, Join

_OF_A_PERSON = """full_name, name_folded, name_sort, sex, birth_year, phone, id_number, position, position_words,
    categories, organisation, availability"""
KINDS = {way: f"team.{way}" for way in ("merge", "split", "leader", "models")} | {"dissolve": "team.wind_up"}


def carry_out(db: Database, user: User, made: Plan, *, now: datetime) -> int:
    """Do what the plan said; the number of the team it is about (a split's new one). Refused when the facts changed."""
    with act(db, user, "team.manage", now=now, kind=KINDS[made.way], undo=BULK) as deed:
        if plan(db, user, made.way, made.values, now=now) != made:
            raise Conflict(CHANGED)
        touched = {team["id"]: teams.get(db, team["id"]) for team in made.teams if team["id"] != NEW}
        first = next(iter(touched.values()))
        _tell(deed, made, first)
        team_id = _found(db, made, first) if made.change.founds else first["id"]
        for team in made.change.fields.keys() & touched.keys():
            _set(db, touched[team], made.change.fields[team], made)
        moved = _join(db, made.change.joins, team_id, made.since)
        _hand(db, deed, made, moved)
        _end(db, made, moved, touched)
        if made.change.founds:
            # Its own name, once no living team has it any more.
            team_table.update(db, team_id, fields.named(made.change.founds))
        hamlets = {code for team in touched.values() for code in (team["hamlet_code"], *team["hamlets"])}
        rollup.recount(db, teams={*touched, team_id}, hamlets=hamlets, since=made.since)
    return team_id


def _tell(deed: Act, made: Plan, first: dict) -> None:
    """The first team by its name, the others as they became; every team's number, so that its story finds the line."""
    deed.subject, deed.area = first["name"], first["commune_code"]
    others = [team["name"] for team in made.teams if team["id"] != first["id"]]
    deed.detail = {"from_day": made.since, "among": {"teams": [t["id"] for t in made.teams], "names": others}}
    deed.detail |= {name: told for name, told in made.decision.items() if told}
    if made.change.founds:
        deed.detail["name"] = made.change.founds
    leader = next((m["full_name"] for m in made.loads if m["role"] == "leader"), None)
    if made.way == "leader":
        deed.detail["full_name"] = leader


def _found(db: Database, made: Plan, first: dict) -> int:
    """The new team: hamlet and model of the first, the new decision; its name may be that of a team about to end."""
    hamlets = made.change.fields.get(NEW, first)["hamlets"]
    new = {name: first[name] for name in fields.COLUMNS}
    new |= {
        **made.decision,
        "name": made.change.founds,
        "from_day": made.since,
        "status": "active",
        "decision_signer": None,
        "phone": None,
        "note": None,
        "training_day": None,
    }
    ends = first["id"] in made.change.ends and made.change.founds == first["name"]
    if not ends:
        fields.check(db, None, new, hamlets)
    new["name"] = f"{new['name']} {made.since}"
    return team_table.insert(db, fields.stored(new, first["commune_code"]), hamlets)


def _set(db: Database, team: dict, changed: Mapping, made: Plan) -> None:
    """What the decision changes of a team that goes on: its model, and the decision it stands on."""
    new = {"model": changed.get("model", team["model"])} | {
        name: made.decision[name] or team[name] for name in ("decision_no", "decision_day", "decision_issuer")
    }
    team_table.update(db, team["id"], {**new, "status": "active"})


def _join(db: Database, joins: Iterable[Join], founded: int, day: str) -> dict[int, dict]:
    """End each one's time in the old team or role, then begin those in the new, the accounts with them."""
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


def _hand(db: Database, deed: Act, made: Plan, moved: dict[int, dict]) -> None:
    """Households go along with those who join elsewhere, or to whom the preview said."""
    given = {line.code: line.member_id for line in made.change.rows}
    leaving = {m for line in made.change.rows for m in _minders(line)} - set(given.values())
    along = {h["code"]: None for h in held_by(db, moved, since=made.since)}

    def swap(code: str, member: int) -> int:
        if member in moved:
            return int(moved[member]["id"])
        return given[code] if code in given and member in leaving else member

    hand(db, deed, {**along, **given}, swap, since=made.since)


def _minders(line: Row) -> set[int]:
    return {a.member_id for a in line.living}


def _end(db: Database, made: Plan, moved: dict[int, dict], touched: dict[int, dict]) -> None:
    """Teams that end, with the time and the accounts of those of their members who joined nothing else."""
    for team in made.change.ends:
        sql = f"select id from my_members where team_id = ? and {not_over(day='?')}"
        for (member,) in db.conn.execute(sql, [team, made.since]).fetchall():
            if member not in moved:
                member_accounts.end(db, member, day=made.since)
        teams.check_no_households(db, team, made.since)
        teams.end(db, touched[team], made.since)


def proposed_name(db: Database, team_id: int) -> str:
    """What a team split off this one may be called."""
    return teams.proposed_name(db, teams.get(db, team_id)["hamlet_code"])
