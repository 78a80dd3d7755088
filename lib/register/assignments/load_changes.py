"""Computes the loads before and after a change of assignments, and the size rules it would break (S2-23)."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from lib.core.errors import N_, Say
from lib.register.assignments import assignments, proposal
from lib.register.assignments.held import serving, standings
from lib.register.assignments.proposal import ProposedRow
from lib.register.size_rules import Rules


def people(db: Database, team_ids: Iterable[int], *, day: str) -> list[dict]:
    """Return the members of these teams on the day with their loads, team by team; `serves`: with no end set."""
    members = [line for team in team_ids for line in assignments.loads(db, day=day, team_id=team)]
    by_id = serving(db, {line["id"] for line in members}, day)
    return [line | {"serves": bool(by_id[line["id"]]["serves"])} for line in members]


def takers(members: Iterable[dict], *, without: Iterable[int] = ()) -> list[dict]:
    """Return the members who can take households over: available, and with no end set."""
    left = set(without)
    return [m for m in members if m["availability"] == "available" and m["serves"] and m["id"] not in left]


def shared_out(db: Database, moving: list[dict], among: list[dict], *, day: str) -> tuple[ProposedRow, ...]:
    """Divide the households among these members along the walking order, so that loads are as even as possible."""
    if not moving:
        return ()
    around = [h for team in {m["team_id"]: None for m in among} for h in _walk(db, team, day)]
    order = proposal.along_the_walk(among, _in_order([*around, *moving]), moving)
    targets = proposal.split([(h["code"], 1) for h in moving], [(m["id"], m["households"]) for m in order])
    return rows_of(db, moving, targets, among, day=day)


def rows_of(
    db: Database, moving: list[dict], targets: dict[str, int], members: list[dict], *, day: str
) -> tuple[ProposedRow, ...]:
    """Return a preview row for each household that changes hands."""
    names = {m["id"]: m["full_name"] for m in members}
    held = standings(db, [h["code"] for h in moving], day)
    return tuple(
        ProposedRow(
            code=h["code"],
            head_name=h["head_name"],
            lane=h["lane"],
            hamlet_code=h["hamlet_code"],
            walk_order=h["walk_order"],
            persons=h["persons"],
            before=h["member_id"],
            before_name=names.get(h["member_id"]),
            member_id=targets[h["code"]],
            living=held[h["code"]].living,
        )
        for h in moving
    )


def _walk(db: Database, team: int, day: str) -> list[dict]:
    return assignments.households_of(db, day=day, team_id=team)


def _in_order(households: list[dict]) -> list[dict]:
    """Return each household once, in walking order."""
    by_code = {h["code"]: h | {"team_id": h.get("team_id")} for h in reversed(households)}
    return sorted(by_code.values(), key=lambda h: (h["hamlet_code"], h["walk_order"], h["code"]))


def loads(members: Sequence[dict], moves: Iterable[ProposedRow]) -> tuple[dict, ...]:
    """Return the members with their loads before and after."""
    return proposal.after(members, ((row.before, row.member_id, row.persons) for row in moves))


def broken(teams: Iterable[dict], members: Iterable[dict], in_force: Rules) -> tuple[tuple[str, Say], ...]:
    """Return (name, sentence) for each size rule that a team or member would break; they warn, never block.

    A team is `{name, members, households}` and a member a line of `loads`, both as they are after the change.
    """
    sentences = []
    size = {"least": in_force.team_min, "most": in_force.team_max}
    load = {"least": in_force.households_min, "most": in_force.households_max}
    for team in teams:
        if not in_force.team_min <= team["members"] <= in_force.team_max:
            sentence = N_("The team has {n} members; the rule is {least} to {most}.")
            sentences.append((team["name"], Say(sentence, {"n": team["members"], **size})))
        if not in_force.households_min <= team["households"] <= in_force.households_max:
            sentence = N_("The team looks after {n} households; the rule is {least} to {most}.")
            sentences.append((team["name"], Say(sentence, {"n": team["households"], **load})))
    for member in members:
        n, most = member["households_after"], in_force.member_load_max
        if n > most and n > member["households"]:
            sentence = N_("{name} looks after {n} households; the rule is at most {most}.")
            sentences.append((member["team_name"], Say(sentence, {"name": member["full_name"], "n": n, "most": most})))
    return tuple(sentences)
