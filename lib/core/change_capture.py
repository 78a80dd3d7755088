"""What an act changed, row by row, kept for a while so that the act can be taken back as a whole.

While an act lasts, triggers on its own connection write down each row before and after; the commands
need not remember anything. Taking back walks the same steps the other way, if every row still is as
the act left it: it restores exactly what was, or nothing.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlite_utils import Database

from lib.core.database import rows, value

# What can be taken back, with the columns that name a row. Visits are not here: the sheet writes their reverse.
KEYS = {
    "areas": ("code",),
    "teams": ("id",),
    "team_hamlets": ("team_id", "hamlet_code"),
    "members": ("id",),
    "grants": ("id",),
    "households": ("id",),
    "household_status": ("id",),
    "persons": ("id",),
    "assignments": ("id",),
    "not_duplicates": ("kind", "one", "other"),
    "expected_households": ("area_code",),
}


@contextmanager
def noted(db: Database) -> Iterator[None]:
    """Write down every row of these tables that changes inside; read them with `steps` before leaving."""
    db.conn.execute(
        """create temp table if not exists noted_images
               (position integer primary key, table_name text, before text, after text)"""
    )
    db.conn.execute("delete from noted_images")
    for table in KEYS:
        for trigger in _triggers(table, tuple(_columns(db, table))):
            db.conn.execute(trigger)
    try:
        yield
    finally:
        for table in KEYS:
            for event in ("insert", "update", "delete"):
                db.conn.execute(f"drop trigger if exists temp.note_{table}_{event}")


def noting(db: Database) -> bool:
    """Whether an act on this connection is being noted."""
    return value(db, "select 1 from temp.sqlite_master where name = 'note_teams_insert'") is not None


def keep(db: Database, audit_id: int, action: str, *, until: str, anybody: bool) -> None:
    """Store what was noted with its line of the log, inside `noted` still."""
    cursor = db.conn.execute(
        """insert into undo_steps (audit_id, position, table_name, before, after)
           select ?, position, table_name, before, after from temp.noted_images where before is not after""",
        [audit_id],
    )
    if cursor.rowcount:
        db.conn.execute(
            "insert into undoable (audit_id, action, until, anybody) values (?, ?, ?, ?)",
            [audit_id, action, until, int(anybody)],
        )


def steps(db: Database, audit_id: int) -> list[dict]:
    """What an act changed, in its order: `{table_name, before, after}`, rows as JSON objects."""
    return rows(db, "select table_name, before, after from undo_steps where audit_id = ? order by position", [audit_id])


def note_taken_back(db: Database, audit_id: int, *, at: str) -> None:
    """Note when an act was taken back."""
    db.conn.execute("update undoable set taken_back_at = ? where audit_id = ?", [at, audit_id])


def forget(db: Database, *, before: str) -> None:
    """Drop what can no longer be taken back; the log keeps what it says."""
    db.conn.execute(
        "delete from undo_steps where audit_id in (select audit_id from undoable where until < ?)", [before]
    )


def _columns(db: Database, table: str) -> list[str]:
    """Return the stored columns of a table, without generated ones."""
    return [
        line["name"]
        for line in rows(db, "select name, hidden from pragma_table_xinfo(?)", [table])
        if not line["hidden"]
    ]


@cache
def _triggers(table: str, columns: tuple[str, ...]) -> list[str]:
    old, new = (_image(columns, row) for row in ("old", "new"))
    return [
        f"""create temp trigger note_{table}_{event} after {event} on main.{table} begin
            insert into noted_images (table_name, before, after) values ('{table}', {before}, {after}); end"""
        for event, before, after in (("insert", "null", new), ("update", old, new), ("delete", old, "null"))
    ]


def _image(columns: tuple[str, ...], row: str) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.{name}" for name in columns) + ")"


def standing(db: Database, images: list[dict]) -> list[dict]:
    """Return the images whose row is no longer as the act left it: `{table_name, before, after, now}`."""
    last: dict[tuple, dict] = {}
    for step in images:
        last[_key(step)] = step
    changed = []
    for (table, *key), step in last.items():
        now = _row(db, table, key)
        if now != (json.loads(step["after"]) if step["after"] else None):
            changed.append(step | {"now": now})
    return changed


def restore(db: Database, images: list[dict]) -> None:
    """Undo the steps in reverse order; every row must still be as the act left it."""
    for step in reversed(images):
        table, *key = _key(step)
        where = " and ".join(f"{name} = ?" for name in KEYS[table])
        if step["before"] is None:
            db.conn.execute(f"delete from {table} where {where}", key)
            continue
        before = json.loads(step["before"])
        if step["after"] is None:
            names, marks = ", ".join(before), ", ".join("?" * len(before))
            db.conn.execute(f"insert into {table} ({names}) values ({marks})", list(before.values()))
        else:
            sets = ", ".join(f"{name} = ?" for name in before)
            db.conn.execute(f"update {table} set {sets} where {where}", [*before.values(), *key])


def _key(step: dict) -> tuple:
    image = json.loads(step["after"] or step["before"])
    return (step["table_name"], *(image[name] for name in KEYS[step["table_name"]]))


def _row(db: Database, table: str, key: list) -> dict | None:
    columns = ", ".join(_columns(db, table))
    where = " and ".join(f"{name} = ?" for name in KEYS[table])
    lines = rows(db, f"select {columns} from {table} where {where}", key)
    return lines[0] if lines else None
