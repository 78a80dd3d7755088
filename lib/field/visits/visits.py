"""Reads and saves the day's sheet of one team: the households due and the answers at each door.

An answer sent twice changes nothing the second time; a faulty row does not stop the others; a household that is not
the visitor's is refused and logged, as if it did not exist.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, rollup, text
from lib.core.access import User, require
from lib.core.audit import Act, act, log
from lib.core.database import row, rows
from lib.core.errors import N_, Invalid, NotFound, Say
from lib.core.sql import GONE_STATUSES, in_force
from lib.field.visits import answer_rows, answers, entry_days, quarantine, row_decision, screenings
from lib.field.visits.answers import QUARANTINE
from lib.field.visits.row_decision import Save
from lib.register.teams import printed_sheets, sheet_numbers

Change = tuple[dict, dict]  # a row as it is stored, and as it becomes
_MOST_ROWS = 1000  # more rows than any team has in one save: not from our sheet

_OTHER_PAPER = Say(N_("These rows were copied from a printed sheet of another team or day. Type its code again."))
_TOO_MANY = Say(N_("What you saved could not be read. Reload the page and enter it again."))


# Reading


_ROWS = f"""
    select h.id, h.code, h.head_name, h.lane, h.group_name, h.house_number, h.phone, h.person_count as persons,
        a.member_id, m.full_name as member, a.status, v.outcome, ifnull(v.swept, 0) as swept,
        ifnull(v.flags, '') as flags, v.note, v.needs, v.violations, v.channel, ifnull(v.version, 0) as version,
        v.recorded_at,
        ifnull(v.outcome is not null and v.recorded_at > days.cutoff_at, 0) as late
    from (select household_id, member_id, team_id, (
              select s.status from household_status s  -- all: of a household found in my area
              where s.household_id = assignments.household_id and {in_force("s")}) as status
          from assignments  -- all: of a household and a team found in my area
          where team_id = :team and {in_force()}
              and (:member is null or member_id = :member)) a
    join my_households h on h.id = a.household_id
    join my_teams t on t.id = a.team_id
    join my_members m on m.id = a.member_id
    left join visits v on v.day = :day and v.household_id = h.id  -- all: of a household found in my area
    left join days on days.day = :day"""


def sheet(db: Database, team_id: int, day: str, user: User | None = None) -> list[dict]:
    """Return a team's households of a day, member by member in the order of their numbers, without moved ones.

    A member gets the own households of that day. The day need not be open, and reading opens nothing. Each row
    carries its `needs`, `violations` and `people`, the `residents` to choose from, and its `number` on the
    team's sheet.
    """
    team_rows = rows(db, _ROWS, {"team": team_id, "day": day, "member": answer_rows.own(user)})
    lines = [_explained(db, line, day) for line in team_rows if line["status"] not in GONE_STATUSES]
    living = screenings.residents(db, [line["id"] for line in lines], day)
    numbers = sheet_numbers.of(db, team_id, day, [line["id"] for line in lines])
    for line in lines:
        line |= {
            "number": numbers[line["id"]],
            "needs": answer_rows.codes(line["needs"]),
            "violations": answer_rows.codes(line["violations"]),
            "people": [],
            "residents": living.get(line["id"], []),
        }
    answer_rows.add_people(db, lines, day)
    return _in_order(lines)


def numbers_given(db: Database, team_id: int, day: str, lines: list[dict]) -> int:
    """Return the highest number on a team's sheet, even if its household is no longer there."""
    numbered = sheet_numbers.fixed(db, team_id, day) or []
    return max([len(numbered), *(int(line["number"]) for line in lines)])


def _in_order(lines: list[dict]) -> list[dict]:
    """Sort rows by member, in order of their mean number, so that one reassigned row moves no other member's rows."""
    groups: dict[int, list[int]] = {}
    for line in lines:
        groups.setdefault(line["member_id"], []).append(line["number"])
    lie = {member: sum(numbers) / len(numbers) for member, numbers in groups.items()}
    return sorted(lines, key=lambda line: (lie[line["member_id"]], line["member_id"], line["number"]))


def _explained(db: Database, line: dict, day: str) -> dict:
    """Return the row with its quarantine as the answer, or with the reason why it is not due."""
    if line["status"] is None:
        return {**line, "locked": False}
    why = row(
        db,
        f"""select from_day as status_from, reason as status_reason from my_status where household_id = :household
               and {in_force()}""",
        {"household": line["id"], "day": day},
    )
    outcome = QUARANTINE if line["status"] == QUARANTINE else None
    return {**line, **(why or {}), "outcome": outcome, "late": 0, "locked": outcome is None}


def teams_of_day(db: Database, day: str, commune: str | None = None) -> list[dict]:
    """Return the visitor's teams of a day by name, with their visits done and left; null if the day was not opened."""
    return rows(
        db,
        f"""select t.id, t.name, t.commune_code, h.kind as hamlet_kind, h.name as hamlet_name,
               d.due, d.seen, d.attempted, d.due - d.attempted as left
           from my_teams t
           join areas h on h.code = t.hamlet_code
           left join team_day d on d.day = :day and d.commune_code = t.commune_code and d.team_id = t.id
           where (:commune is null or t.commune_code = :commune)
               and {in_force("t")}
           order by t.name_sort, t.id""",
        {"day": day, "commune": commune},
    )


def next_team(teams: list[dict], team_id: int | None) -> dict | None:
    """Return the next team in the list with households left to visit, starting over at the end, or None."""
    place = next((n for n, team in enumerate(teams) if team["id"] == team_id), -1)
    return next((team for team in teams[place + 1 :] + teams[: max(place, 0)] if team["left"]), None)


def team(db: Database, team_id: int) -> dict:
    """Return `{id, name, commune_code, from_day}` of a team; raise NotFound if it is not in the visitor's area."""
    own_team = row(db, "select id, name, commune_code, from_day from my_teams where id = ?", [team_id])
    return require(own_team, N_("There is no such team in your area; choose another."))


# Writing


def open_sheet(db: Database, user: User, team_id: int, day: str, *, now: datetime) -> dict:
    """Return the team, and open today or yesterday for entry; an older day opens with its first answer only.

    Households added to a sheet that is begun or printed get their numbers for good.
    """
    own_team = team(db, team_id)
    if user.can("visit.enter"):
        sheet_numbers.fix(db, team_id, day, begin=False)
    if user.can("visit.enter") and max(own_team["from_day"], clock.plus(clock.day_of(now), -1)) <= day:
        rollup.open_day(db, day, now=now)
    return own_team


@dataclass(frozen=True)
class Submission:
    """The answers of a team's sheet of a day that are sent in one save.

    `drafts` are answers `{code: {outcome, flags, note, swept, needs, violations, people, version, was, sent}}`;
    `reason` is why a day is entered late, `undo` whether earlier answers are taken back.
    """

    team_id: int
    day: str
    drafts: dict
    reason: str | None = None
    undo: bool = False


def record(db: Database, user: User, submission: Submission, *, now: datetime) -> dict[str, dict]:
    """Save the answers of a sheet in one transaction.

    Returns for each code `{"state": "saved", "version": n}` or `{"state": "refused", "say": Say}`; a refusal
    because of an answer its sender never saw is `overtaken` and brings that answer as `theirs`; sent again on
    its version, the draft wins.
    """
    team_id, day, drafts = submission.team_id, submission.day, submission.drafts
    reason = entry_days.check(user, day, now=now, reason=submission.reason)
    if not isinstance(drafts, dict) or len(drafts) > _MOST_ROWS:
        raise Invalid({"rows": _TOO_MANY})
    own_team = _team_to_write(db, user, submission, now)
    kind = "visit.undo" if submission.undo else "visit.record"
    with act(db, user, "visit.enter", now=now, kind=kind) as deed:
        deed.area = own_team["commune_code"]
        opened = _open(db, own_team, day, now)
        prints = _prints(db, submission)
        save = Save(user, team_id, day, now, deed.at, submission.undo)
        stored = answer_rows.stored(db, user, team_id, day)
        results, changes = _decide(db, save, stored, drafts)
        _write(db, save, changes)
        if opened and not changes:
            db.conn.execute("rollback to opening")
        _log_refused(db, user, own_team, day, drafts.keys() - stored.keys(), now=now)
        deed.nothing, deed.subject = not changes, own_team["name"]
        deed.detail = {
            "day": day,
            "team": team_id,
            **({"reason": reason} if reason else {}),
            **prints,
            "rows": {new["code"]: [answers.short(old), answers.short(new)] for old, new in changes},
        }
    return results


def _decide(db: Database, save: Save, stored: dict[str, dict], drafts: dict) -> tuple[dict[str, dict], list[Change]]:
    """Return the result of each row, and the rows that change: as stored, and as they become."""
    results, changes = {}, []
    for code, draft in drafts.items():
        results[code], new = row_decision.of_row(db, save, stored.get(code), draft)
        if new:
            changes.append((stored[code], new))
    return results, changes


def _write(db: Database, save: Save, changes: list[Change]) -> None:
    """Write the changed rows, then recount quarantines and fix the numbers of the sheet."""
    answer_rows.write(db, save.user, save.day, [new for _old, new in changes], at=save.stamp)
    quarantine.recount(db, changes, save.day)
    if changes:
        sheet_numbers.fix(db, save.team, save.day)


def _prints(db: Database, submission: Submission) -> dict[str, str]:
    """Return the codes of the printed sheets that rows were copied from; raise Invalid for those of another sheet."""
    named = [draft.get("print") for draft in submission.drafts.values() if isinstance(draft, dict)]
    codes = {str(code) for code in named if code is not None}
    if not all(printed_sheets.of_sheet(db, submission.team_id, submission.day, code) for code in codes):
        raise Invalid({"rows": _OTHER_PAPER})
    return {"sheet": ", ".join(printed_sheets.spaced(code) for code in sorted(codes))} if codes else {}


def _team_to_write(db: Database, user: User, submission: Submission, now: datetime) -> dict:
    """Return the team of a save; log an attempt to save outside the visitor's teams, then raise NotFound."""
    try:
        return team(db, submission.team_id)
    except NotFound:
        _log_refused(db, user, {"id": submission.team_id}, submission.day, submission.drafts, now=now)
        raise


def _open(db: Database, team: dict, day: str, now: datetime) -> bool:
    """Open the day of a save, in a savepoint rolled back if nothing is written; return whether it was closed."""
    if rollup.is_open(db, day) or day < team["from_day"]:
        return False
    db.conn.execute("savepoint opening")
    rollup.begin_day(db, day, now=now)
    return True


_LOGGED_CODES = 50  # codes in one line, each cut to a code's length


def _log_refused(db: Database, user: User, team: dict, day: str, codes: Iterable, *, now: datetime) -> None:
    """Log attempts to save outside the visitor's teams, in one line; the caller refuses or raises."""
    if codes:
        detail = {
            "day": day,
            "team": team["id"],
            "rows": sorted(text.clean(str(code))[:20] for code in codes)[:_LOGGED_CODES],
        }
        log(db, user, "visit.refused", Act(team.get("name"), user.area_code, detail), now=now)
