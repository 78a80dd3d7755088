"""Writes new assignments of households, inside an open act.

An assignment is dated (S2-24): the old one ends on the day the new one begins, and one that would begin on that
day or later becomes empty. Nothing is deleted, no past day changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from lib.core.access import User, require
from lib.core.audit import Act
from lib.core.errors import N_, Invalid, Refused, Say
from lib.core.rollup import recount
from lib.register.assignments import assignment_table
from lib.register.assignments.assignment_table import Assignment
from lib.register.assignments.held import Standing, serving, standings

CHANGED = N_("Someone has changed these assignments in the meantime. Check them again, then decide.")


@dataclass(frozen=True)
class Handover:
    """The households that changed hands, and `act`, the line of the log by which the change can be undone."""

    from_day: str
    codes: tuple[str, ...] = ()
    unchanged: int = 0
    act: int | None = None


def hand_over(db: Database, user: User, deed: Act, targets: dict[str, int | None], *, from_day: str) -> Handover:
    """Assign each household to its target member (None: nobody) from the day on, and log old and new."""
    held = standings(db, list(targets), from_day)
    wanted = {member_id for member_id in targets.values() if member_id is not None}
    people = serving(db, wanted | {a.member_id for h in held.values() for a in h.living}, from_day)
    _check(user, held, targets, people, from_day)
    moving = {code: h for code, h in held.items() if not h.stays(targets[code], from_day)}
    assignment_table.end(db, [a.id for h in moving.values() for a in h.living], from_day)
    assignment_table.insert_many(db, _begun(moving, targets, people, from_day))
    after = standings(db, list(moving), from_day)
    _recount(db, moving, after, from_day)
    _tell(deed, held, moving, targets, people, from_day)
    return Handover(from_day, tuple(moving), unchanged=len(held) - len(moving))


def _check(user: User, held: dict[str, Standing], targets: dict, people: dict[int, dict], day: str) -> None:
    if not held:
        raise Invalid({"households": Say(N_("Choose at least one household."))})
    communes = {h.commune_code for h in held.values()}
    if len(communes) > 1:
        raise Invalid({"households": Say(N_("Choose households of one commune at a time."))})
    for member_id in {m for m in targets.values() if m is not None}:
        member = require(people.get(member_id), N_("There is no such member in your area; choose another."))
        check_member(member, communes)
    for code, h in held.items():
        if h.gone and targets[code] is not None:
            sentence = N_(
                "Household {code} has moved away or was merged and needs no member; remove it from the selection."
            )
            raise Invalid({"households": Say(sentence, {"code": code})})
        _check_own_team(user, h, day)


def check_member(member: dict, communes: set[str]) -> None:
    if not member["serves"]:
        sentence = N_("{name} is not in an active team on that day; choose another member or another day.")
        raise Invalid({"member": Say(sentence, {"name": member["full_name"]})})
    if member["commune_code"] not in communes:
        sentence = N_(
            "{name} belongs to a team in another commune than these households; choose a member from the same commune."
        )
        raise Invalid({"member": Say(sentence, {"name": member["full_name"]})})


def _check_own_team(user: User, household: Standing, day: str) -> None:
    """Raise Refused if a leader moves a household that is not, or not always, with the own team (S0-35)."""
    if user.can("assignment.give"):
        return
    if household.minded_by(day) is None or any(a.team_id != user.team_id for a in household.living):
        raise Refused(
            N_("You can move households only within your own team; {code} is not with your team from that day on."),
            code=household.code,
        )


def _begun(
    moving: dict[str, Standing], targets: dict[str, int | None], people: dict[int, dict], day: str
) -> Iterator[Assignment]:
    """Yield the new assignments, not before a household is registered and not after it moves away."""
    for code, household in moving.items():
        if member_id := targets[code]:
            team_id = people[member_id]["team_id"]
            yield Assignment(household.id, member_id, team_id, max(day, household.from_day), household.goes)


def _recount(db: Database, before: dict[str, Standing], after: dict[str, Standing], day: str) -> None:
    teams = {a.team_id for h in (*before.values(), *after.values()) for a in h.living}
    recount(db, teams=teams, hamlets={h.hamlet_code for h in before.values()}, since=day)


def _tell(deed: Act, held: dict, moving: dict[str, Standing], targets: dict, people: dict[int, dict], day: str) -> None:
    """Fill the line of the log: from whom to whom, with the codes."""
    names = {None: "–"} | {member_id: f"{m['full_name']} ({member_id})" for member_id, m in people.items()}
    moves: dict[str, list[str]] = {}
    for code, h in moving.items():
        old = h.minded_by(day)
        moves.setdefault(f"{names.get(old, old)} → {names[targets[code]]}", []).append(code)
    deed.nothing = not moving
    deed.area = next(iter(held.values())).commune_code
    deed.detail = {"from_day": day, "moves": moves}
