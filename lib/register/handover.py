"""What a decision about who minds which household does to the store; called inside an open act.

An assignment is dated (S2-24): the old one ends on the day the new one begins, and one that would
begin on that day or later becomes empty. Nothing is deleted, no day that has passed changes.
"""

import json
from dataclasses import dataclass

from sqlite_utils import Database

from lib.core.access import User, require
from lib.core.audit import Act
from lib.core.errors import N_, Conflict, Invalid, Refused, Say
from lib.core.rollup import recount
from lib.register.standing import Living, Standing, serving, standings

CHANGED = N_("Somebody changed these assignments meanwhile. Look at them again, then decide.")


@dataclass(frozen=True)
class Handover:
    """What was done: enough to say it and to take it back."""

    from_day: str
    codes: tuple[str, ...] = ()
    unchanged: int = 0
    closed: tuple[tuple[int, str | None, str], ...] = ()
    opened: tuple[int, ...] = ()
    after: tuple[tuple[Living, ...], ...] = ()


def hand_over(db: Database, user: User, deed: Act, targets: dict[str, int | None], *, from_day: str) -> Handover:
    """Let each household be minded by its target (None: nobody) from the day on; the log gets old and new."""
    held = standings(db, list(targets), from_day)
    wanted = {member_id for member_id in targets.values() if member_id is not None}
    people = serving(db, wanted | {a.member_id for h in held.values() for a in h.living}, from_day)
    _check(user, held, targets, people, from_day)
    moving = {code: h for code, h in held.items() if not h.stays(targets[code], from_day)}
    closing = [a for h in moving.values() for a in h.living]
    close(db, closing, from_day)
    opened = _open(db, [(h, people[targets[code]]) for code, h in moving.items() if targets[code]], from_day)
    after = standings(db, list(moving), from_day)
    _recount(db, moving, after, from_day)
    _tell(deed, held, moving, targets, people, from_day)
    return Handover(
        from_day=from_day,
        codes=tuple(moving),
        unchanged=len(held) - len(moving),
        closed=tuple((a.id, a.until_day, max(a.from_day, from_day)) for a in closing),
        opened=tuple(opened),
        after=tuple(h.living for h in after.values()),
    )


def reverse(db: Database, user: User, deed: Act, done: Handover) -> None:
    """Put back what a handover changed, if nothing touched it since."""
    held = standings(db, list(done.codes), done.from_day)
    _check_untouched(db, user, held, done)
    db.conn.execute(
        "update assignments set until_day = from_day where id in (select value from json_each(?))",
        [json.dumps(done.opened)],
    )
    db.conn.execute(
        """update assignments set until_day = json_extract(old.value, '$[1]')
           from json_each(?) old where assignments.id = json_extract(old.value, '$[0]')""",
        [json.dumps(done.closed)],
    )
    again = standings(db, list(done.codes), done.from_day)
    for h in again.values():
        _check_own_team(user, h, done.from_day)
    restored = {a.member_id for h in again.values() for a in h.living if a.until_day is None}
    if any(not member["serves"] for member in serving(db, restored, done.from_day).values()):
        raise Conflict(CHANGED)
    _recount(db, held, again, done.from_day)
    deed.area, deed.subject = next(iter(held.values())).commune_code, str(len(held))
    deed.detail = {"from_day": done.from_day, "codes": {"restored": list(done.codes)}}


def _check(user: User, held: dict[str, Standing], targets: dict, people: dict[int, dict], day: str) -> None:
    if not held:
        raise Invalid({"households": Say(N_("Choose at least one household."))})
    communes = {h.commune_code for h in held.values()}
    if len(communes) > 1:
        raise Invalid({"households": Say(N_("Choose households of one commune at a time."))})
    for member_id in {m for m in targets.values() if m is not None}:
        member = require(people.get(member_id), N_("There is no such member in your area."))
        check_member(member, communes)
    for code, h in held.items():
        if h.gone and targets[code] is not None:
            sentence = N_("Household {code} has moved away or was merged and needs nobody; leave it out.")
            raise Invalid({"households": Say(sentence, {"code": code})})
        _check_own_team(user, h, day)


def check_member(member: dict, communes: set[str]) -> None:
    if not member["serves"]:
        sentence = N_("{name} does not serve in a living team on that day; choose another member or another day.")
        raise Invalid({"member": Say(sentence, {"name": member["full_name"]})})
    if member["commune_code"] not in communes:
        sentence = N_("{name} serves in another commune than these households.")
        raise Invalid({"member": Say(sentence, {"name": member["full_name"]})})


def _check_own_team(user: User, household: Standing, day: str) -> None:
    """A leader shifts only what is, and stays, of the own team (S0-35)."""
    if user.can("assignment.give"):
        return
    if household.minded_by(day) is None or any(a.team_id != user.team_id for a in household.living):
        raise Refused(
            N_("You shift households within your own team only; {code} is not with your team from that day on."),
            code=household.code,
        )


def _check_untouched(db: Database, user: User, held: dict[str, Standing], done: Handover) -> None:
    """The households stand as the handover left them, and the ends it set are still there."""
    ends = dict(
        db.conn.execute(
            """select id, until_day from my_assignments where id in
               (select json_extract(value, '$[0]') from json_each(?))""",
            [json.dumps(done.closed)],
        ).fetchall()
    )
    if not held or tuple(h.living for h in held.values()) != done.after:
        raise Conflict(CHANGED)
    if ends != {assignment_id: until_day for assignment_id, _before, until_day in done.closed}:
        raise Conflict(CHANGED)
    for h in held.values():
        _check_own_team(user, h, done.from_day)


def close(db: Database, living: list[Living], day: str) -> None:
    """End these on the day; one that would begin on it or later becomes empty. The past stays."""
    db.conn.execute(
        "update assignments set until_day = max(from_day, :day) where id in (select value from json_each(:ids))",
        {"day": day, "ids": json.dumps([a.id for a in living])},
    )


def _open(db: Database, pairs: list[tuple[Standing, dict]], day: str) -> list[int]:
    """New assignments; a household registered for a later day is minded from then on."""
    made = db.conn.execute(
        """insert into assignments (household_id, member_id, team_id, from_day)
           select json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
               json_extract(value, '$[3]') from json_each(?) returning id""",
        [json.dumps([[h.id, m["id"], m["team_id"], max(day, h.from_day)] for h, m in pairs])],
    )
    return [assignment_id for (assignment_id,) in made.fetchall()]


def _recount(db: Database, before: dict[str, Standing], after: dict[str, Standing], day: str) -> None:
    teams = {a.team_id for h in (*before.values(), *after.values()) for a in h.living}
    recount(db, teams=teams, hamlets={h.hamlet_code for h in before.values()}, since=day)


def _tell(deed: Act, held: dict, moving: dict[str, Standing], targets: dict, people: dict[int, dict], day: str) -> None:
    """The log's line: from whom to whom, with the codes."""
    names = {None: "–"} | {member_id: f"{m['full_name']} ({member_id})" for member_id, m in people.items()}
    moves: dict[str, list[str]] = {}
    for code, h in moving.items():
        old = h.minded_by(day)
        moves.setdefault(f"{names.get(old, old)} → {names[targets[code]]}", []).append(code)
    deed.nothing = not moving
    deed.area = next(iter(held.values())).commune_code
    deed.detail = {"from_day": day, "moves": moves}
