"""Replaces members for a time or for good, by dated assignments: A until d1, B from d1 to d2, A again from d2.

Nothing has to happen on those days: the member of a household on a day is read from its assignments (S2-24).
Later assignments stay, with the new member where the replacement covers them.
"""

import json
from collections.abc import Callable, Iterable, Iterator

from sqlite_utils import Database

from lib.core import rollup
from lib.core.access import require
from lib.core.audit import Act
from lib.core.database import rows
from lib.core.errors import N_
from lib.core.sql import in_force, not_over
from lib.register.assignments import assignment_table
from lib.register.assignments.assignment_table import Assignment
from lib.register.assignments.handover import check_member
from lib.register.assignments.held import Living, Standing, serving, standings

END = "9999-12-31"  # later than any day
Swap = Callable[[str, int], int]  # household and member -> whose it is to be; the same member where nothing changes
Stretch = tuple[int, str, str]  # member, from, until


def held_by(db: Database, member_ids: Iterable[int], *, since: str, until: str | None = None) -> list[dict]:
    """Return the households assigned to these members at some time of the period, in walking order."""
    return rows(
        db,
        f"""select h.code, h.head_name, h.lane, h.hamlet_code, h.walk_order, h.person_count as persons,
               (select a.member_id from my_assignments a where a.household_id = h.id
                   and {in_force("a", ":since")}) as member_id
           from my_households h where h.id in (
               select a.household_id from my_assignments a
               where a.member_id in (select value from json_each(:members)) and a.from_day < :until
                   and {not_over("a", "max(:since, a.from_day)")})
           order by h.hamlet_code, h.walk_order, h.code""",
        {"members": json.dumps(sorted(member_ids)), "since": since, "until": until or END},
    )


def hand(db: Database, deed: Act, codes: Iterable[str], swap: Swap, *, since: str, until: str | None = None) -> None:
    """Assign each household to the member that `swap` returns, from `since` to `until` or for good; log old and new."""
    held = standings(db, list(codes), since)
    wanted = {code: _swapped(h, swap, since, until or END) for code, h in held.items()}
    moving = {code: h for code, h in held.items() if wanted[code] != _stretches(h.living, since)}
    people = serving(db, {m for code, h in moving.items() for m in _members(h, wanted[code])}, since)
    for code, h in moving.items():
        for member_id in {m for m, *_days in wanted[code]} - {a.member_id for a in h.living}:
            check_member(
                require(people.get(member_id), N_("There is no such member in your area; choose another.")),
                {h.commune_code},
            )
    assignment_table.end(db, [a.id for h in moving.values() for a in h.living], since)
    assignment_table.insert_many(db, _begun(moving, wanted, people))
    _recount(db, moving, wanted, people, since)
    _tell(deed, moving, wanted, people)


def _stretches(living: Iterable[Living], since: str) -> list[Stretch]:
    return [(a.member_id, max(a.from_day, since), a.until_day or END) for a in living]


def _swapped(household: Standing, swap: Swap, since: str, until: str) -> list[Stretch]:
    """Return the household's stretches from `since` on, swapped before `until`; join adjoining ones of a member."""
    cut: list[Stretch] = []
    for member_id, first, last in _stretches(household.living, since):
        other = swap(household.code, member_id)
        for who, begins, ends in ((other, first, min(last, until)), (member_id, max(first, until), last)):
            if begins >= ends:
                continue
            if cut and cut[-1][0] == who and cut[-1][2] == begins:
                cut[-1] = (who, cut[-1][1], ends)
            else:
                cut.append((who, begins, ends))
    return cut


def _members(household: Standing, wanted: list[Stretch]) -> set[int]:
    return {m for m, *_days in wanted} | {a.member_id for a in household.living}


def _begun(
    moving: dict[str, Standing], wanted: dict[str, list[Stretch]], people: dict[int, dict]
) -> Iterator[Assignment]:
    for code, household in moving.items():
        for member_id, first, last in wanted[code]:
            until_day = None if last == END else last
            yield Assignment(household.id, member_id, people[member_id]["team_id"], first, until_day)


def _recount(db: Database, moving: dict[str, Standing], wanted: dict, people: dict[int, dict], since: str) -> None:
    teams = {a.team_id for h in moving.values() for a in h.living}
    teams |= {people[m]["team_id"] for code in moving for m, *_days in wanted[code]}
    rollup.recount(db, teams=teams, hamlets={h.hamlet_code for h in moving.values()}, since=since)


def _tell(deed: Act, moving: dict[str, Standing], wanted: dict, people: dict[int, dict]) -> None:
    """Log from whom to whom, with codes, the first change of each household; a mere change of team by team names."""
    moves: dict[str, list[str]] = {}
    for code, h in moving.items():
        old, new = _changed(h, wanted[code], people)
        name = "full_name" if old["full_name"] != new["full_name"] else "team_name"
        if old[name] != new[name]:
            moves.setdefault(f"{old[name]} ({old['id']}) → {new[name]} ({new['id']})", []).append(code)
    deed.detail["moves"] = deed.detail.get("moves", {}) | moves


def _changed(household: Standing, wanted: list[Stretch], people: dict[int, dict]) -> tuple[dict, dict]:
    """Return the old and the new member of the first stretch that changes hands."""
    before = [a.member_id for a in household.living]
    after = [member_id for member_id, *_days in wanted]
    old, new = next(((o, n) for o, n in zip(before, after, strict=False) if o != n), (before[-1], after[-1]))
    return people[old], people[new]
