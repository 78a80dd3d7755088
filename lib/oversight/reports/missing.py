"""What a report still lacks before it is sent, and whose it is: silent teams and communes, missing reports, words."""

from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.database import rows
from lib.core.sql import in_force
from lib.oversight.figures import list_completeness

LISTS, ENTRIES, REPORT, RETURNED = "lists", "entries", "report", "returned"  # what may be missing of a unit


def below(content: dict, counts: dict[str, dict]) -> list[dict]:
    """Units with something missing: `{code, kind, name, level, officer, lacks, unlisted, silent, asked}`.

    `lacks` are of LISTS, ENTRIES, REPORT, RETURNED. Of the `asked` communes in it, which are all, `unlisted` have no
    lists and `silent` have lists and entered nothing. `counts` are those of `live_counts.counts`.
    """
    lacking = []
    for unit in content["units"]:
        sums = counts.get(unit["code"]) or {}
        asked, unlisted = sums.get("communes", 0), list_completeness.unlisted(sums) if sums else 0
        silent = max(0, asked - unlisted - sums.get("communes_reporting", 0))
        lacks = [LISTS] if unlisted and unlisted == asked else [ENTRIES] if silent and silent == asked else []
        lacks += {"missing": [REPORT], "recalled": [REPORT], "returned": [RETURNED]}.get(unit["state"], [])
        if lacks or silent or unlisted:
            named = {name: unit[name] for name in ("code", "kind", "name", "level", "officer")}
            lacking.append(named | {"lacks": lacks, "unlisted": unlisted, "silent": silent, "asked": asked})
    return lacking


def teams(db: Database, user: User, code: str, day: str) -> list[dict]:
    """Teams of the visitor's own commune that entered nothing yet: `{id, name, leader, phone}`."""
    access.check(user, "report.see")
    return rows(
        db,
        f"""select t.id, t.name, m.full_name as leader, m.phone
           from my_teams t join team_day d on d.team_id = t.id and d.day = :day and d.due > 0
           left join my_members m on m.team_id = t.id and m.role = 'leader' and {in_force("m")}
           where t.commune_code = :code and d.met + d.phone + d.absent + d.refused = 0
           group by t.id order by t.name_sort, t.id""",
        {"code": code, "day": day},
    )


def words(content: dict) -> list[str]:
    """Required words that are empty."""
    return [name for name in ("difficulties",) if not content["narratives"].get(name)]


def required(content: dict) -> list[dict]:
    """Numbers and texts of the form that are required and empty."""
    lines = [line for block in content["blocks"] for line in (*block["lines"], *block["texts"]) if line["required"]]
    return [line for line in lines if not line.get("text", "") and line.get("value") is None]


def numbers(content: dict) -> list[dict]:
    """Indicators a unit enters itself that have no number yet."""
    return [line for block in content["blocks"] for line in block["lines"] if line["manual"] and line["value"] is None]
