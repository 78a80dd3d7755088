"""Hands a member's households over when the member falls ill, isolates, is on leave or leaves (S2-24).

An absence with an end returns the households by dated assignments. The member's availability changes at once, so
that no new households are proposed to them, and again after the end.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User, require
from lib.core.audit import BULK, Act, act, log
from lib.core.database import row, rows, write
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.form_input import Typed, shown
from lib.register import size_rules
from lib.register.assignments import load_changes
from lib.register.assignments.handover import CHANGED
from lib.register.assignments.proposal import ProposedRow
from lib.register.assignments.substitution import hand, held_by
from lib.register.teams import member_accounts, member_table

ABSENCES = ("ill", "isolating", "leave")
LEFT = "left"
REASONS = (*ABSENCES, LEFT)
TAKERS = ("team", "member", "teams")


@dataclass(frozen=True)
class LeavingPlan:
    """A previewed handover, which is carried out only if the data has not changed since."""

    member: dict
    reason: str
    since: str
    until: str | None
    rows: tuple[ProposedRow, ...]
    loads: tuple[dict, ...]
    warnings: tuple[tuple[str, Say], ...]
    values: Mapping

    @property
    def effect(self) -> tuple:
        """Return the member, and each household's old and new member."""
        return self.member["id"], [(line.code, line.before, line.member_id) for line in self.rows]


def plan(db: Database, user: User, member_id: int, values: Mapping, *, now: datetime) -> LeavingPlan:
    """Return the plan of an absence or a leaving; it stores nothing.

    `values` hold `reason`, `from_day`, `until_day`, and who `takes` over: the `team`, one `member`, other `teams`.
    """
    access.check(user, "team.manage")
    member = _member(db, member_id)
    reason, since, until = _typed(member, values, clock.day_of(now))
    among = _takers(db, member, values, since)
    moving = held_by(db, [member_id], since=since, until=until)
    if moving and not among:
        raise Invalid({"takes": Say(N_("No one there can take over the households; choose others."))})
    shared = load_changes.shared_out(db, moving, among, day=since)
    around = load_changes.people(db, {member["team_id"]: None} | {m["team_id"]: None for m in among}, day=since)
    after = load_changes.loads(around, shared)
    return LeavingPlan(member, reason, since, until, shared, after, _warnings(db, member, reason, after), dict(values))


def _member(db: Database, member_id: int) -> dict:
    return require(
        row(
            db,
            """select m.id, m.team_id, m.full_name, m.role, m.availability, m.from_day, m.until_day, m.version,
                   t.name as team_name, t.commune_code
               from my_members m join my_teams t on t.id = m.team_id where m.id = ?""",
            [member_id],
        ),
        N_("There is no such member in your area; choose another."),
    )


def _typed(member: dict, values: Mapping, today: str) -> tuple[str, str, str | None]:
    typed = Typed(dict(values))
    reason = typed.choice("reason", REASONS, required=True)
    since = typed.day("from_day", today=today, latest=clock.plus(today, 366), required=True)
    until = typed.day("until_day", today=today, latest=clock.plus(today, 366)) if reason != LEFT else None
    if since and since < max(today, member["from_day"]):
        typed.fault("from_day", N_("A change takes effect today or later, never in the past."))
    if since and until and until <= since:
        typed.fault("until_day", N_("The end must be after the beginning, {first}."), first=shown(since))
    typed.done()
    if member["until_day"]:
        raise Conflict(N_("{name} left the team from {day}."), name=member["full_name"], day=shown(member["until_day"]))
    return reason, since, until


def _takers(db: Database, member: dict, values: Mapping, day: str) -> list[dict]:
    """Return who can take over: the team's available members, one named member, or those of the named teams."""
    if values.get("takes") == "teams":
        teams = [int(team) for team in values.get("teams") or []]
        return load_changes.takers(load_changes.people(db, teams, day=day), without=[member["id"]])
    if values.get("takes") == "member":
        other = row(db, "select id, team_id from my_members where id = ?", [values.get("member")])
        members = load_changes.people(db, [other["team_id"]], day=day) if other else []
        return [m for m in members if other and m["id"] == other["id"] != member["id"]]
    return load_changes.takers(load_changes.people(db, [member["team_id"]], day=day), without=[member["id"]])


def _warnings(db: Database, member: dict, reason: str, after: tuple[dict, ...]) -> tuple[tuple[str, Say], ...]:
    teams: dict[int, dict] = {}
    for m in after:
        team = teams.setdefault(m["team_id"], {"name": m["team_name"], "members": 0, "households": 0})
        gone = m["id"] == member["id"]
        team["members"] += not gone
        team["households"] += m["households_after"]
    warnings = load_changes.broken(teams.values(), [m for m in after if m["id"] != member["id"]], size_rules.read(db))
    if member["role"] == "leader":
        sentence = N_("The team has no leader.") if reason == LEFT else N_("{name}, who leads the team, is away.")
        warnings = ((member["team_name"], Say(sentence, {"name": member["full_name"]})), *warnings)
    return warnings


def carry_out(db: Database, user: User, accepted: LeavingPlan, *, now: datetime) -> None:
    """Carry out an accepted plan as one act that can be undone; raise Conflict if the data changed since."""
    kind = "member.left" if accepted.reason == LEFT else "member.absent"
    with act(db, user, "team.manage", now=now, kind=kind, undo=BULK) as deed:
        if plan(db, user, accepted.member["id"], accepted.values, now=now) != accepted:
            raise Conflict(CHANGED)
        member = accepted.member
        deed.subject, deed.area = f"{member['full_name']}, {member['team_name']}", member["commune_code"]
        deed.detail = {"member": member["id"], "from_day": accepted.since, "households": len(accepted.rows)}
        deed.detail |= {"until_day": accepted.until} if accepted.until else {}
        targets = {line.code: line.member_id for line in accepted.rows}
        hand(db, deed, targets, _to(member["id"], targets), since=accepted.since, until=accepted.until)
        if accepted.reason == LEFT:
            member_table.end(db, member["id"], accepted.since)
            member_accounts.end(db, member["id"], day=accepted.since)
        else:
            deed.detail["availability"] = [member["availability"], accepted.reason]
            member_table.update(db, member["id"], {"availability": accepted.reason})


def _to(member_id: int, targets: Mapping[str, int]) -> Callable[[str, int], int]:
    return lambda code, old: targets[code] if old == member_id else old


def come_back(db: Database, *, now: datetime) -> int:
    """Set members available again whose absence has ended, unless edited since; return how many."""
    with write(db):
        back = rows(
            db,
            """select m.id, m.full_name || ', ' || t.name as subject, t.commune_code
               from (select max(id) as id from audit_log  -- all: the clock acts for everybody
                     where action in ('member.absent', 'member.back') group by detail ->> 'member') last
               join audit_log l on l.id = last.id and l.action = 'member.absent'  -- all: the clock acts for everybody
               join members m on m.id = l.detail ->> 'member'  -- all: the clock acts for everybody
                   and m.availability = l.detail ->> '$.availability[1]' and m.until_day is null
               join teams t on t.id = m.team_id  -- all: the clock acts for everybody
               where l.detail ->> 'until_day' <= ?""",
            [clock.day_of(now)],
        )
        for member in back:
            member_table.update(db, member["id"], {"availability": "available"})
            deed = Act(member["subject"], member["commune_code"], {"member": member["id"]})
            log(db, None, "member.back", deed, now=now)
    return len(back)
