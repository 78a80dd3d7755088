"""The log as the visitor may read it, newest first."""

import json
from collections.abc import Iterator

from sqlite_utils import Database

from lib.core import clock, text

DAYS = 31


def of_day(db: Database, day: str, query: str = "", limit: int = 200, *, days: int = 1) -> list[dict]:
    """Acts of one day (or of the `days` up to it) in the visitor's area, newest first.

    `{id, at, who, role, action, subject, detail, area_kind, area_name}`; `query` is matched without accents against
    the person, the subject, the area and the records named: a household's code finds everything done to it.
    """
    words, kept = text.fold(query).split(), []
    for line in _told(db, clock.plus(day, 1 - days), day):
        if _holds(line, words):
            line["detail"] = json.loads(line["detail"])
            kept.append(line)
        if len(kept) == limit:
            break
    return kept


def _told(db: Database, first: str, last: str) -> Iterator[dict]:
    """The log's lines as they are read, so that a search stops when it has enough."""
    found = db.conn.execute(
        """select log.id, log.at, accounts.full_name as who, log.role, log.action, log.subject, log.detail,
               areas.kind as area_kind, areas.name as area_name
           from my_audit log left join accounts on accounts.id = log.account_id -- all: the name of who acted
           left join areas on areas.code = log.area_code
           where log.at >= :start and log.at < :end
           order by log.id desc""",
        {"start": clock.at(first, "00:00"), "end": clock.at(clock.plus(last, 1), "00:00")},
    )
    names = [column[0] for column in found.description]
    return (dict(zip(names, line, strict=True)) for line in found)


def _holds(line: dict, words: list[str]) -> bool:
    told = text.fold(" ".join(str(line[name] or "") for name in ("who", "subject", "area_name", "detail")))
    return all(word in told for word in words)
