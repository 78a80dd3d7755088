"""The log as the visitor may read it, newest first."""

import json

from sqlite_utils import Database

from lib.core import clock, text
from lib.core.database import rows


def of_day(db: Database, day: str, query: str = "", limit: int = 200) -> list[dict]:
    """Acts of one day in the visitor's area: `{id, at, who, role, action, area, subject, detail}`.

    `query` is matched without accents against the person, the subject and the area.
    """
    found = rows(
        db,
        """select log.id, log.at, accounts.full_name as who, log.role, log.action, log.subject, log.detail,
               areas.kind as area_kind, areas.name as area_name
           from my_audit log left join accounts on accounts.id = log.account_id -- all: the name of who acted
           left join areas on areas.code = log.area_code
           where log.at >= :start and log.at < :end
           order by log.id desc limit :limit""",
        {
            "start": clock.at(day, "00:00"),
            "end": clock.at(clock.plus(day, 1), "00:00"),
            "limit": limit if not query else 20 * limit,
        },
    )
    words = text.fold(query).split()
    kept = [line for line in found if _holds(line, words)][:limit]
    for line in kept:
        line["detail"] = json.loads(line["detail"])
    return kept


def _holds(line: dict, words: list[str]) -> bool:
    told = text.fold(" ".join(str(line[name] or "") for name in ("who", "subject", "area_name", "detail")))
    return all(word in told for word in words)
