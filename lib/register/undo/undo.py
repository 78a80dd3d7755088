"""Undoes acts: single edits by their author, bulk acts by anybody responsible for the area.

An act is undone only while every row is as the act left it; otherwise the refusal names what was changed since. An
act of an earlier day that changed who was due on a past day needs a reason.
"""

import json
from datetime import datetime

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import access, change_capture, clock, form_input, rollup
from lib.core.access import User, can, require
from lib.core.audit import act
from lib.core.database import row, rows
from lib.core.errors import N_, Conflict
from lib.core.form_input import Typed
from lib.core.sql import GONE_STATUSES, not_over
from lib.register.households import status_periods
from lib.register.undo import dangling_references

_OFFERED = """
    select log.id, log.at, log.action as kind, log.subject, log.area_code, log.detail, log.account_id,
        accounts.full_name as who, undoable.action, undoable.until, undoable.anybody, undoable.taken_back_at
    from undoable join my_audit log on log.id = undoable.audit_id
    left join accounts on accounts.id = log.account_id  -- all: the name of who acted
    where (undoable.anybody or log.account_id = :account)
"""


def offered(db: Database, user: User, *, now: datetime, kind: str | None = None) -> list[dict]:
    """Return the acts that the visitor may still undo, newest first: `{id, at, kind, subject, who, until, …}`."""
    acts = rows(
        db,
        f"""{_OFFERED} and undoable.until >= :now and undoable.taken_back_at is null
            and (:kind is null or log.action = :kind) order by log.id desc""",
        {"kind": kind, "account": user.id, "now": clock.stamp(now)},
    )
    held = set(access.held_areas(db, user, [line["area_code"] for line in acts]))
    mine = [line for line in acts if line["area_code"] in held and can(user, line["action"])]
    return (
        mine if user.team_id is None else [line for line in mine if _within(db, change_capture.steps(db, line["id"]))]
    )


def take_back(db: Database, user: User, audit_id: int, *, now: datetime, reason: str | None = None) -> dict:
    """Undo an act: restore its rows, recount the roll-ups, and return the line of the log that was undone."""
    nothing = N_("There is nothing of this kind to undo in your area; reload the page.")
    line = require(row(db, f"{_OFFERED} and log.id = :id", {"id": audit_id, "account": user.id}), nothing)
    require(access.holds_area(db, user, line["area_code"]) or None, nothing)
    with dangling_references.untied(db), act(db, user, line["action"], now=now, kind="undo") as deed:
        deed.area = line["area_code"] or user.area_code
        _check(line, now)
        steps = change_capture.steps(db, audit_id)
        require(user.team_id is None or _within(db, steps) or None, nothing)
        done_on, today = clock.day_of(clock.instant(line["at"])), clock.day_of(now)
        _check_standing(db, steps)
        typed = Typed({"reason": reason})
        why = form_input.reason(typed, _first_counted(steps) if done_on < today else None, today=today)
        typed.done()
        reach = _reach(db, steps, done_on)
        _restore(db, steps)
        _check_sound(db, steps)
        again = _reach(db, steps, reach[2])
        rollup.recount(db, teams=reach[0] | again[0], hamlets=reach[1] | again[1], since=min(reach[2], again[2]))
        change_capture.note_taken_back(db, audit_id, at=clock.stamp(now))
        deed.subject, deed.detail = line["subject"], {"of": audit_id, "action": line["kind"]}
        deed.detail |= {"reason": why} if why else {}
    return line


def _within(db: Database, steps: list[dict]) -> bool:
    """Whether the visitor works today on every household and team that the steps touch.

    Only for leaders and members; for roles of an area the area of the act decides.
    """
    touched: dict[str, set[int]] = {"households": set(), "teams": set()}
    for step in steps:
        for image in (json.loads(step[side]) for side in ("before", "after") if step[side]):
            for table, column in (("households", "household_id"), ("teams", "team_id")):
                number = image["id"] if step["table_name"] == table else image.get(column)
                touched[table] |= {number} if number else set()
    return all(
        not db.conn.execute(
            f"select 1 from json_each(?) where value not in (select id from my_{table})", [json.dumps(sorted(ids))]
        ).fetchone()
        for table, ids in touched.items()
    )


def _check(line: dict, now: datetime) -> None:
    if line["taken_back_at"]:
        raise Conflict(
            N_("This was already undone at {hour}."), hour=clock.hour_of(clock.instant(line["taken_back_at"]))
        )
    if line["until"] < clock.stamp(now):
        raise Conflict(
            N_("This could be undone until {hour}; correct it by hand now."),
            hour=clock.hour_of(clock.instant(line["until"])),
        )


def _check_standing(db: Database, steps: list[dict]) -> None:
    changed = change_capture.standing(db, steps)
    if changed:
        raise Conflict(
            N_("Changed since then, so not all of it can be undone: {names}. Undo those changes first."),
            names=", ".join(dict.fromkeys(_named(db, step) for step in changed[:5])),
        )


def _named(db: Database, step: dict) -> str:
    """Return the name of a row for a sentence: its own, or that of its household or area."""
    image = json.loads(step["after"] or step["before"])
    if "household_id" in image and "full_name" not in image:
        sql = "select head_name, code from my_households where id = ?"
        image |= row(db, sql, [image["household_id"]]) or {}
    if step["table_name"] == "expected_households":
        image |= row(db, "select kind || ' ' || name as name from areas where code = ?", [image["area_code"]]) or {}
    words = (image.get(name) for name in ("head_name", "full_name", "name", "code", "from_day"))
    return str(next((word for word in words if word), image.get("id")))


def _restore(db: Database, steps: list[dict]) -> None:
    for step in steps:
        if step["before"] is None:
            _forget_sums(db, step["table_name"], json.loads(step["after"]))
    built_on = N_("Later entries depend on it, such as visits or assignments; undo those first.")
    try:
        change_capture.restore(db, steps)
    except sqlite3.IntegrityError:
        raise Conflict(built_on) from None
    if dangling_references.broken(db, steps):
        raise Conflict(built_on)


def _forget_sums(db: Database, table: str, image: dict) -> None:
    """Delete the roll-ups of a team or hamlet that the undo deletes."""
    if table == "teams":
        rollup.forget_team(db, image["commune_code"], image["id"])
    if table == "areas":
        rollup.forget_hamlet(db, image["code"])


def _check_sound(db: Database, steps: list[dict]) -> None:
    """Raise Conflict if a restored row depends on what ended since: a member, a team or a household."""
    restored = {
        table: json.dumps([json.loads(s["before"])["id"] for s in steps if s["table_name"] == table and s["before"]])
        for table in ("assignments", "members")
    }
    stray = row(db, _STRAY, {**restored, "end": "9999-12-31"})
    if stray:
        raise Conflict(
            N_("Changed since then, so not all of it can be undone: {names}. Undo those changes first."),
            names=stray["name"],
        )


_STRAY = f"""
    select case when gone.id is null then m.full_name else h.code end as name
    from assignments a  -- all: of the act that is taken back
    join members m on m.id = a.member_id  -- all: the same
    join teams t on t.id = a.team_id  -- all: the same
    join households h on h.id = a.household_id  -- all: the same
    left join household_status gone on gone.household_id = h.id  -- all: the same
        and gone.status in {GONE_STATUSES} and gone.until_day is null
    where a.id in (select value from json_each(:assignments)) and {not_over("a", "a.from_day")}
        and min(ifnull(m.until_day, :end), ifnull(t.until_day, :end), ifnull(gone.from_day, :end))
            < ifnull(a.until_day, :end)
    union all
    select m.full_name
    from members m  -- all: of the act that is taken back
    join teams t on t.id = m.team_id  -- all: the same
    where m.id in (select value from json_each(:members)) and ifnull(t.until_day, :end) < ifnull(m.until_day, :end)
"""


def _first_counted(steps: list[dict]) -> str | None:
    """Return the first day on which the steps changed who is due."""
    days: set[str] = set()
    for step in steps:
        if step["table_name"] in ("assignments", "household_status", "households", "teams"):
            days |= _moved(*(json.loads(step[side] or "{}") for side in ("before", "after")))
    return min(days, default=None)


def _moved(before: dict, after: dict) -> set[str]:
    """Return the first and last days that differ between a row before and after."""
    days = {before.get(name) for name in _DAYS} ^ {after.get(name) for name in _DAYS}
    return {day for day in days if day}


def _reach(db: Database, steps: list[dict], since: str) -> tuple[set[int], set[str], str]:
    """Return the teams and hamlets whose roll-ups the steps touch, and the first day."""
    teams, hamlets, households = set(), set(), set()
    for step in steps:
        before, after = (json.loads(step[side] or "{}") for side in ("before", "after"))
        for image in filter(None, (before, after)):
            teams |= {image["team_id"]} if step["table_name"] == "assignments" else set()
            teams |= {image["id"]} if step["table_name"] == "teams" else set()
            hamlets |= {image["hamlet_code"]} if "hamlet_code" in image else set()
            if step["table_name"] in ("assignments", "household_status"):
                households.add(image["household_id"])
            if step["table_name"] == "households":
                households.add(image["id"])
        since = min({since} | _moved(before, after))
    for household in households:
        teams |= status_periods.teams(db, household, since)
    return teams, hamlets | _hamlets(db, households), since


_DAYS = ("from_day", "until_day")


def _hamlets(db: Database, households: set[int]) -> set[str]:
    lines = db.conn.execute(
        """select distinct hamlet_code from households  -- all: of the act that is taken back
           where id in (select value from json_each(?))""",
        [json.dumps(sorted(households))],
    )
    return {code for (code,) in lines}
