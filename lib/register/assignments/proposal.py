"""Proposes assignments: divides a hamlet's households along the walking order into balanced parts.

A proposal is a preview: nothing is stored until somebody accepts it, as one act.
"""

import heapq
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import fmean as mean

from sqlite_utils import Database

from lib.core import database
from lib.core.access import User
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.register.assignments import assignments
from lib.register.assignments.handover import CHANGED, Handover, hand_over
from lib.register.assignments.held import Living, standings


@dataclass(frozen=True)
class ProposedRow:
    """A household of a preview, with its member before and after; `living` are its assignments at the preview."""

    code: str
    head_name: str
    lane: str | None
    hamlet_code: str
    walk_order: int
    persons: int
    before: int | None
    before_name: str | None
    member_id: int
    living: tuple[Living, ...]


@dataclass(frozen=True)
class Preview:
    """Rows in walking order, and the members in the same order with their loads before and after."""

    rows: tuple[ProposedRow, ...]
    loads: tuple[dict, ...]


def split(households: Sequence[tuple[str, int]], members: Sequence[tuple[int, int]]) -> dict[str, int]:
    """Map household codes to members: one unbroken stretch of the walk for each, with loads as even as possible.

    Households come as (code, weight), members as (id, present load), both in walking order. With weights of 1
    and no present load, any two stretches differ by at most one household.
    """
    shares = _shares(sum(weight for _code, weight in households), [load for _member, load in members])
    targets, member, behind, end = {}, 0, 0, shares[0]
    for code, weight in households:
        # A household belongs to the stretch that contains its middle.
        while 2 * behind + weight > 2 * end and member < len(members) - 1:
            member += 1
            end += shares[member]
        targets[code] = members[member][0]
        behind += weight
    return targets


def _shares(total: int, loads: list[int]) -> list[int]:
    """Share out the total, one at a time, to the member with the smallest load so far."""
    shares = [0] * len(loads)
    least = [(load, place) for place, load in enumerate(loads)]
    heapq.heapify(least)
    for _one in range(total):
        load, place = least[0]
        shares[place] += 1
        heapq.heapreplace(least, (load + 1, place))
    return shares


def propose(
    db: Database,
    *,
    day: str,
    hamlet: str | None = None,
    team_ids: set[int] | None = None,
    keep: bool = True,
    by: str = "households",
) -> Preview:
    """Divide the hamlet among available members of its teams (or of these); `keep` moves only unassigned households.

    Households of a team that takes no part stay where they are.
    """
    every = assignments.households_of(db, day=day, hamlet=hamlet, team_id=_only(hamlet, team_ids))
    takes_part = [m for m in _members(db, day, hamlet, team_ids) if team_ids is None or m["team_id"] in team_ids]
    moving = [h for h in every if _moves(h, keep, team_ids)]
    people = along_the_walk([m for m in takes_part if m["availability"] == "available"], every, moving)
    if moving and not people:
        raise Invalid({"team": Say(N_("No member of these teams is available; reorganise the teams first."))})
    leaving = _sums(moving, "member_id", by)
    loads = [(m["id"], m[by] - leaving.get(m["id"], 0)) for m in people]
    targets = split([(h["code"], h["persons"] if by == "persons" else 1) for h in moving], loads) if moving else {}
    held = standings(db, list(targets), day)
    preview = tuple(_row(h, targets[h["code"]], held[h["code"]].living) for h in moving)
    return Preview(preview, _after_rows(takes_part, preview))


def _only(hamlet: str | None, team_ids: set[int] | None) -> int | None:
    """Return the team to list households of: none with a hamlet, else the leader's own."""
    return None if hamlet else next(iter(team_ids or {0}))


def _members(db: Database, day: str, hamlet: str | None, team_ids: set[int] | None) -> list[dict]:
    return assignments.loads(db, day=day, hamlet=hamlet, team_id=_only(hamlet, team_ids))


def _moves(household: dict, keep: bool, team_ids: set[int] | None) -> bool:
    if household["team_id"] is None:
        return True
    return not keep and (team_ids is None or household["team_id"] in team_ids)


def along_the_walk(members: list[dict], households: list[dict], moving: list[dict]) -> list[dict]:
    """Sort members by where their households lie on the walk, team by team, so that a new split moves few.

    A member without households is placed where the households to be assigned lie.
    """
    place = {h["code"]: position for position, h in enumerate(households)}
    gap = mean([place[h["code"]] for h in moving] or [0])

    def middle(key: str, one: int) -> float:
        return mean([place[h["code"]] for h in households if h[key] == one] or [gap])

    return sorted(members, key=lambda m: (middle("team_id", m["team_id"]), m["team_id"], middle("member_id", m["id"])))


def _sums(households: list[dict], key: str, by: str) -> dict[int, int]:
    sums: dict[int, int] = {}
    for h in households:
        sums[h[key]] = sums.get(h[key], 0) + (h["persons"] if by == "persons" else 1)
    return sums


def _row(h: dict, member_id: int, living: tuple[Living, ...]) -> ProposedRow:
    return ProposedRow(
        code=h["code"],
        head_name=h["head_name"],
        lane=h["lane"],
        hamlet_code=h["hamlet_code"],
        walk_order=h["walk_order"],
        persons=h["persons"],
        before=h["member_id"],
        before_name=h["member_name"],
        member_id=member_id,
        living=living,
    )


def after(members: Sequence[dict], moves: Iterable[tuple[int | None, int | None, int]]) -> tuple[dict, ...]:
    """Return the members with `households_after` and `persons_after`; a move is (from member, to member, persons)."""
    sums = {m["id"]: [m["households"], m["persons"]] for m in members}
    for old, new, persons in moves:
        for member_id, sign in ((old, -1), (new, 1)):
            if member_id in sums:
                sums[member_id][0] += sign
                sums[member_id][1] += sign * persons
    return tuple(m | {"households_after": sums[m["id"]][0], "persons_after": sums[m["id"]][1]} for m in members)


def _after_rows(members: Sequence[dict], preview: Sequence[ProposedRow]) -> tuple[dict, ...]:
    return after(members, ((row.before, row.member_id, row.persons) for row in preview))


def changed(preview: Preview, choices: dict[str, int]) -> Preview:
    """Return the preview with other members chosen by hand for some households."""
    rows = tuple(replace(row, member_id=choices.get(row.code, row.member_id)) for row in preview.rows)
    return Preview(rows, _after_rows(preview.loads, rows))


def accept(db: Database, user: User, preview: Sequence[ProposedRow], *, from_day: str, now: datetime) -> Handover:
    """Store a preview as one act; raise Conflict and store nothing if the assignments changed since."""
    right = assignments.action(user)
    with assignments.deciding(db, user, right, kind="assignment.accept", from_day=from_day, now=now) as deed:
        held = standings(db, [row.code for row in preview], from_day)
        if any(held[row.code].living != row.living for row in preview):
            raise Conflict(CHANGED)
        deed.subject = _named(db, {row.hamlet_code for row in preview})
        done = hand_over(db, user, deed, {row.code: row.member_id for row in preview}, from_day=from_day)
    return replace(done, act=deed.id)


def _named(db: Database, hamlets: set[str]) -> str:
    """Return the names of hamlets for the log: "ấp Phước Tây, khu phố 2"."""
    hamlet_names = database.rows(
        db,
        """select kind || ' ' || name as name from areas
           where code in (select value from json_each(?)) order by name_sort""",
        [json.dumps(sorted(hamlets))],
    )
    return ", ".join(line["name"] for line in hamlet_names)
