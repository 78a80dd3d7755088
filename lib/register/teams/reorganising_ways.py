"""Computes the changes of each way of reorganising teams: merge, split, dissolve, other leader, one model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from lib.core.database import rows
from lib.core.errors import N_, Invalid, Say
from lib.core.form_input import Typed
from lib.register.assignments import load_changes
from lib.register.assignments.proposal import ProposedRow
from lib.register.assignments.substitution import held_by
from lib.register.teams.fields import MODELS

NEW = 0  # the team that a split founds, until it has a number


@dataclass(frozen=True)
class Join:
    """A member's team and role from the day on."""

    member_id: int
    team_id: int
    role: str


@dataclass(frozen=True)
class Change:
    """The effect of a way of reorganising: who joins which team, which teams end, which households change hands."""

    joins: tuple[Join, ...] = ()
    ends: tuple[int, ...] = ()
    rows: tuple[ProposedRow, ...] = ()
    fields: Mapping[int, Mapping] = field(default_factory=dict)
    founds: str | None = None


def _merge(db: Database, values: Mapping, touched: dict, around: list[dict], since: str) -> Change:
    """Merge the other teams into the first; every member keeps the same households.

    A team's hamlets are not dated. So if the first takes on another hamlet, a new team of its name is founded for
    the day, and past days keep the old teams.
    """
    stays, *others = touched
    if not others:
        raise Invalid({"teams": Say(N_("Choose the teams that become part of this one."))})
    leader = _leader(values.get("leader") or _leads(around, stays), around)
    own, *further = dict.fromkeys(code for t in touched.values() for code in (t["hamlet_code"], *t["hamlets"]))
    if set(further) <= set(touched[stays]["hamlets"]):
        joins = [Join(m["id"], stays, _role(m, leader)) for m in around if m["team_id"] != stays or _turns(m, leader)]
        return Change(tuple(joins), tuple(others), fields={stays: {}})
    joins = [Join(m["id"], NEW, _role(m, leader)) for m in around]
    founded = touched[stays]["name"]
    return Change(tuple(joins), tuple(touched), fields={NEW: {"hamlets": sorted(further)}}, founds=founded)


def _split(db: Database, values: Mapping, touched: dict, around: list[dict], since: str) -> Change:
    """Found a new team with some of the members, who keep their households."""
    chosen = [m for m in around if m["id"] in {int(one) for one in values.get("members") or []}]
    typed = Typed(dict(values))
    name = typed.name("name", 120, required=True)
    if not chosen or len(chosen) == len(around):
        typed.fault("members", N_("Choose who moves; someone has to stay."))
    typed.done()
    leader = values.get("leader")
    if leader and leader not in {m["id"] for m in chosen}:
        raise Invalid({"leader": Say(N_("The leader of the new team must be one of those who move."))})
    joins = tuple(Join(m["id"], NEW, _role(m, leader)) for m in chosen)
    return Change(joins, founds=name)


def _dissolve(db: Database, values: Mapping, touched: dict, around: list[dict], since: str) -> Change:
    """End the first team; divide its households among the others along the walking order, as evenly as possible."""
    return _ended(db, [next(iter(touched))], touched, around, since)


def _ended(db: Database, ends: list[int], touched: dict, around: list[dict], since: str) -> Change:
    own = "select id from my_members where team_id = ? and ifnull(until_day, '9') > ?"
    leaving = [member["id"] for team in ends for member in rows(db, own, [team, since])]
    moving = held_by(db, leaving, since=since)
    among = load_changes.takers((m for m in around if m["team_id"] not in ends), without=leaving)
    if moving and not among:
        sentence = N_("Choose the teams that take over the households; someone there must be available.")
        raise Invalid({"teams": Say(sentence)})
    return Change(ends=tuple(ends), rows=load_changes.shared_out(db, moving, among, day=since))


def _change_leader(db: Database, values: Mapping, touched: dict, around: list[dict], since: str) -> Change:
    """Make another member the leader; the former one stays as a member."""
    leader = _leader(values.get("leader"), around)
    if leader == _leads(around, next(iter(touched))):
        raise Invalid({"leader": Say(N_("This person already leads the team; choose someone else."))})
    team = next(iter(touched))
    return Change(tuple(Join(m["id"], team, _role(m, leader)) for m in around if _turns(m, leader)))


def _one_model(db: Database, values: Mapping, touched: dict, around: list[dict], since: str) -> Change:
    """Keep one model in a hamlet with teams of both (S0-20): convert the others, or end them."""
    typed = Typed(dict(values))
    model = typed.choice("model", MODELS, required=True)
    how = typed.choice("how", ("convert", "dissolve"), required=True)
    typed.done()
    others = [team for team, team_fields in touched.items() if team_fields["model"] != model]
    if not others or len(others) == len(touched) and how == "dissolve":
        raise Invalid({"model": Say(N_("These teams already use one model; nothing needs to change."))})
    if how == "convert":
        return Change(fields={team: {"model": model} for team in others})
    return _ended(db, others, touched, around, since)


Way = Callable[[Database, Mapping, dict, list[dict], str], Change]
WAYS: dict[str, Way] = {
    "merge": _merge,
    "split": _split,
    "dissolve": _dissolve,
    "leader": _change_leader,
    "models": _one_model,
}


# Roles


def _leads(around: list[dict], team: int) -> int | None:
    return next((m["id"] for m in around if m["team_id"] == team and m["role"] == "leader"), None)


def _leader(wanted: int | None, around: list[dict]) -> int | None:
    if wanted is not None and wanted not in {m["id"] for m in around}:
        raise Invalid({"leader": Say(N_("Choose the leader among the members."))})
    if wanted is None:
        raise Invalid({"leader": Say(N_("Choose the leader."))})
    return wanted


def _role(member: dict, leader: int | None) -> str:
    if member["id"] == leader:
        return "leader"
    return "member" if member["role"] == "leader" else member["role"]


def _turns(member: dict, leader: int | None) -> bool:
    """Whether the choice of leader changes a member's role."""
    return bool(_role(member, leader) != member["role"])
