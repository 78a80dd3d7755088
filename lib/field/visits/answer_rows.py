"""Reads the stored answers of a sheet within a save, and writes the new ones."""

import json

from sqlite_utils import Database

from lib.core.access import User
from lib.core.database import rows
from lib.core.sql import GONE_STATUSES
from lib.field.visits import screenings
from lib.field.visits.answers import QUARANTINE


def own(user: User | None) -> int | None:
    """Return the member id to which the sheet is limited: the visitor's own if a member, else None for all."""
    return user.member_id if user and user.role == "member" else None


def stored(db: Database, user: User, team_id: int, day: str) -> dict[str, dict]:
    """Return the stored row of every household that the visitor may answer, by code; it runs in each save."""
    team_rows = rows(
        db,
        """select h.code, h.id, h.person_count as persons, a.member_id, a.status, v.outcome,
               ifnull(v.swept, 0) as swept, ifnull(v.flags, '') as flags, v.note, v.needs, v.violations, v.channel,
               ifnull(v.version, 0) as version, v.recorded_at, v.recorded_by,
               ifnull(v.changed_at, v.recorded_at) as changed_at
           from assigned_households a
           join my_households h on h.id = a.household_id
           left join visits v on v.day = a.day and v.household_id = h.id  -- all: of a household found in my area
           where a.day = :day and a.team_id = :team and (:member is null or a.member_id = :member)""",
        {"team": team_id, "day": day, "member": own(user)},
    )
    lines = {line["code"]: _unpacked(line) for line in team_rows if line["status"] not in GONE_STATUSES}
    add_people(db, list(lines.values()), day)
    return lines


def _unpacked(line: dict) -> dict:
    lists = {"needs": codes(line["needs"]), "violations": codes(line["violations"]), "people": []}
    return line | lists | ({"outcome": QUARANTINE} if line["status"] == QUARANTINE else {})


def codes(stored: str | None) -> list[str]:
    return json.loads(stored) if stored else []


def add_people(db: Database, lines: list[dict], day: str) -> None:
    """Fill in `people` of the rows whose marks say that there are some; runs one statement at most."""
    marked = [line for line in lines if "s" in line["flags"] or "v" in line["flags"]]
    if marked:
        people = screenings.of_households(db, [line["id"] for line in marked], day)
        for line in marked:
            line["people"] = people.get(line["id"], [])


def write(db: Database, user: User, day: str, written: list[dict], *, at: str) -> None:
    """Write all rows in one statement, then their people; triggers update the roll-up.

    Empty text stands for null: sqlite3 takes three times as long to bind a None.
    """
    db.conn.executemany(
        """insert into visits (day, household_id, outcome, swept, persons, flags, note, needs, violations,
               channel, member_id, recorded_at, recorded_by, changed_at)
           values (?, ?, nullif(?, ''), ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?, ?, ?)
           on conflict (day, household_id) do update set outcome = excluded.outcome, swept = excluded.swept,
               persons = excluded.persons, flags = excluded.flags, note = excluded.note,
               needs = excluded.needs, violations = excluded.violations, channel = excluded.channel,
               member_id = excluded.member_id, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by,
               changed_at = excluded.changed_at, version = version + 1""",
        [
            (
                day,
                new["id"],
                "" if new["outcome"] == QUARANTINE else new["outcome"] or "",
                new["swept"],
                new["persons"],
                new["flags"],
                new["note"] or "",
                json.dumps(new["needs"]) if new["needs"] else "",
                json.dumps(new["violations"]) if new["violations"] else "",
                new["channel"] or "",
                new["member_id"],
                new["recorded_at"],
                user.id,
                at,
            )
            for new in written
        ],
    )
    screenings.write(db, day, written)
