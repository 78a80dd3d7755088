"""The form of the report: which indicators, in which order and words. Edits make a new version (S0-24).

Reports keep the version they were frozen with. Version 1 comes with the program, from db/indicators.csv.
"""

import csv
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.access import User
from lib.core.audit import act
from lib.core.database import rows, value, write
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.oversight.indicators import BLOCKS, FUNCTIONS, MANUAL

FILE = Path(__file__).resolve().parents[2] / "db" / "indicators.csv"
COLUMNS = ("code", "position", "block", "name_vi", "name_en", "formula_vi", "formula_en", "function", "unit", "shown",
           "in_table")  # fmt: skip
WORDS = ("name_vi", "name_en", "formula_vi", "formula_en")  # what the province may reword
LONGEST = 200
MOST_COLUMNS = 14  # of the table by unit: more do not fit on a page on its side


def current(db: Database) -> int:
    """The version in force; 0 before the first was stored."""
    return value(db, "select ifnull(max(version), 0) from templates")


def lines(db: Database, version: int | None = None) -> list[dict]:
    """The indicators of a version in order; those that come with the program while none is stored."""
    version = current(db) if version is None else version
    if version == 0:
        return delivered()
    return rows(db, f"select {', '.join(COLUMNS)} from indicators where version = ? order by position, code", [version])


def versions(db: Database) -> list[dict]:
    """`{version, made_at, who, reason}`, newest first."""
    return rows(
        db,
        """select t.version, t.made_at, a.full_name as who, t.reason
           from templates t left join accounts a on a.id = t.made_by -- all: the name of who edited the form
           order by t.version desc""",
    )


def delivered() -> list[dict]:
    """What comes with the program."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            line | {"position": number, "shown": int(line["shown"]), "in_table": int(line["in_table"])}
            for number, line in enumerate(csv.DictReader(file), 1)
        ]


def ensure(db: Database, *, now: datetime) -> int:
    """The version in force, the first one stored when there is none; inside an open transaction or its own."""
    with write(db):
        if current(db) == 0:
            _store(db, delivered(), None, reason=None, at=clock.stamp(now))
    return current(db)


def edit(db: Database, user: User, edited: list[dict], *, version: int, reason: str, now: datetime) -> int:
    """A new version with these texts, this order and this choice; Conflict when another came in between.

    Codes, functions, blocks and units stay: a figure is reworded, never recounted under its old name.
    """
    with act(db, user, "report.template", now=now, kind="template.edit") as deed:
        ensure(db, now=now)
        if current(db) != max(version, 1):
            raise Conflict(N_("Somebody else changed the form of the report meanwhile. Look at it again, then edit."))
        old = {line["code"]: line for line in lines(db)}
        new = _checked(edited, old, text.clean(reason))
        changed = {line["code"]: _differs(old[line["code"]], line) for line in new}
        deed.detail = {code: change for code, change in changed.items() if change}
        deed.nothing = not deed.detail
        if deed.nothing:
            return current(db)
        deed.subject = str(current(db) + 1)
        deed.detail["reason"] = text.clean(reason)
        _store(db, new, user, reason=text.clean(reason), at=deed.at)
    return current(db)


def _checked(edited: list[dict], old: dict[str, dict], reason: str) -> list[dict]:
    faults = {} if reason else {"reason": Say(N_("Say why the form changes; the reason stands beside the version."))}
    if sorted(line["code"] for line in edited) != sorted(old):
        raise Conflict(N_("Somebody else changed the form of the report meanwhile. Look at it again, then edit."))
    new = []
    for line in edited:
        words = {name: text.clean(line.get(name) or "") for name in WORDS}
        if not words["name_vi"] or not words["name_en"]:
            faults[line["code"]] = Say(N_("An indicator needs a name in Vietnamese and in English."))
        if any(len(word) > LONGEST for word in words.values()):
            faults[line["code"]] = Say(N_("At most {limit} characters."), {"limit": LONGEST})
        kept = {"position": int(line["position"]), "shown": int(bool(line["shown"]))}
        new.append(old[line["code"]] | words | kept | {"in_table": int(bool(line["in_table"]))})
    if faults:
        raise Invalid(faults)
    if sum(line["in_table"] and line["shown"] for line in new) > MOST_COLUMNS:
        raise Conflict(N_("At most {n} figures fit into the table by unit; take some out."), n=MOST_COLUMNS)
    return new


def _differs(old: dict, new: dict) -> dict:
    return {name: [old[name], new[name]] for name in COLUMNS if old[name] != new[name]}


def _store(db: Database, new: list[dict], user: User | None, *, reason: str | None, at: str) -> None:
    for line in new:
        assert line["function"] in FUNCTIONS or line["function"] == MANUAL, line["code"]
        assert line["block"] in BLOCKS, line["code"]
    made = db.conn.execute(
        "insert into templates (made_at, made_by, reason) values (?, ?, ?)", [at, user and user.id, reason]
    )
    marks = ", ".join(f":{name}" for name in COLUMNS)
    db.conn.executemany(
        f"insert into indicators (version, {', '.join(COLUMNS)}) values (:version, {marks})",
        [line | {"version": made.lastrowid} for line in new],
    )
