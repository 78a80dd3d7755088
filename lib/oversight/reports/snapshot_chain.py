"""The chain of frozen figures: each snapshot bears a hash over itself and the one before."""

import hashlib
import json

from sqlite_utils import Database

from lib.core.database import rows

HEAD = ("day", "kind", "as_of", "frozen_at", "template", "areas")


def link(before: str | None, head: dict, values: dict[str, str]) -> str:
    """SHA-256 over the link before, the head of a snapshot and its figures `{area: counts as JSON}`."""
    hashed = [before or "", [head[name] for name in HEAD], sorted(values.items())]
    return hashlib.sha256(json.dumps(hashed, ensure_ascii=False).encode()).hexdigest()


def broken(db: Database) -> str | None:
    """The first day and kind whose figures do not fit their link, as `2021-08-16 district`; None when all do."""
    before = None
    for head in rows(db, f"select id, link, {', '.join(HEAD)} from snapshots order by id"):
        found = db.conn.execute("select area_code, counted from snapshot_values where snapshot_id = ?", [head["id"]])
        if link(before, head, dict(found.fetchall())) != head["link"]:
            return f"{head['day']} {head['kind']}"
        before = head["link"]
    return None
