"""Checks foreign keys for an undo: finds rows that refer to rows which the undo deletes.

SQLite checks row by row, and reads all visits each time if no index serves it: minutes for a file of households.
So an undo switches these checks off and checks all its rows at once, before it commits.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from lib.core.database import rows, value

# The key of visits begins with the day: look up day by day, or from the first possible day on.
_VISITS = {
    "household_id": """select 1 from days cross join json_each(:keys) gone cross join visits
        on visits.day = days.day and visits.household_id = gone.value limit 1""",
    "member_id": """select 1 from visits
        where day >= :since and member_id in (select value from json_each(:keys)) limit 1""",
}


@contextmanager
def untied(db: Database) -> Iterator[None]:
    """Switch the foreign key checks off inside; has no effect in an open transaction."""
    db.conn.execute("pragma foreign_keys = off")
    try:
        yield
    finally:
        db.conn.execute("pragma foreign_keys = on")


def broken(db: Database, steps: list[dict]) -> bool:
    """Whether, after the steps of an act were undone, a row refers to one that is deleted."""
    gone, there = _sides(steps)
    for tie in _ties(db):
        if gone[tie["parent"]] and _children(db, tie, gone[tie["parent"]]):
            return True
        needed = {image[tie["column"]] for image in there[tie["child"]]} - {None}
        if needed and _present(db, tie["parent"], needed) < len(needed):
            return True
    return False


def _sides(steps: list[dict]) -> tuple[dict[str, list[dict]], dict[str, list[dict]]]:
    """Return the rows that the act inserted, and the rows as they were before it, by table."""
    first: dict[tuple, dict] = {}
    for step in steps:
        image = json.loads(step["after"] or step["before"])
        first.setdefault((step["table_name"], image.get("id", image.get("code", step["after"]))), step)
    gone: dict[str, list[dict]] = defaultdict(list)
    there: dict[str, list[dict]] = defaultdict(list)
    for (table, _key), step in first.items():
        side = there if step["before"] else gone
        side[table].append(json.loads(step["before"] or step["after"]))
    return gone, there


def _ties(db: Database) -> list[dict]:
    """Return every column that refers to areas, teams, members, households or persons."""
    return rows(
        db,
        """select t.name as child, f."from" as "column", f."table" as parent
           from sqlite_master t join pragma_foreign_key_list(t.name) f
           where t.type = 'table' and f.seq = 0
               and f."table" in ('areas', 'teams', 'members', 'households', 'persons')""",
    )


def _children(db: Database, tie: dict, images: list[dict]) -> bool:
    """Whether a row of the referring table refers to one of these rows."""
    keys = json.dumps([image[_key(tie["parent"])] for image in images])
    since = min(image.get("from_day") or "" for image in images)
    sql = f"select 1 from {tie['child']} where {tie['column']} in (select value from json_each(:keys)) limit 1"
    if tie["child"] == "visits":
        sql = _VISITS[tie["column"]]
    return value(db, sql, {"keys": keys, "since": since}) is not None


def _present(db: Database, parent: str, keys: set) -> int:
    sql = f"select count(*) from {parent} where {_key(parent)} in (select value from json_each(?))"
    return int(value(db, sql, [json.dumps(sorted(keys))]))


def _key(table: str) -> str:
    return "code" if table == "areas" else "id"
