"""How complete the lists of households are: which communes have none, and how many expected households are missing.

Every commune of the official list is expected. One without a household is "without lists": missing, never all well.
A commune with more households than expected never makes up for those missing in another. Estimates are shares of one
total and may be wrong one by one: only their sum is compared with the lists. They call no single commune short; but its
lists do not count as complete until its own number is entered.
"""

import json

from sqlite_utils import Database

from lib.core.access import User
from lib.core.database import rows
from lib.oversight.figures import units
from lib.oversight.figures.measures import share
from lib.register.areas import expected_shares
from lib.register.areas.expected_shares import Expected

# Counts of communes, then of households. `registered` are the households of the communes that `expected_households`
# is known of, so that the two can be set against each other. `missing_estimated` is less than nought where there are
# more households than estimated; `below_estimated` is the same against the least part of them that lists must hold.
COUNTED = (
    "communes",
    "communes_listed",
    "communes_expected",
    "communes_estimated",
    "communes_short",
    "expected_households",
    "registered",
    "missing_entered",
    "missing_estimated",
    "below_estimated",
)


def nothing() -> dict[str, int]:
    return dict.fromkeys(COUNTED, 0)


def of_commune(households: int, number: Expected | None, least: int) -> dict[str, int]:
    """The counts of one commune; `least` is the percentage from which on its lists count as complete."""
    expected, estimated = (number.households, number.estimated) if number else (0, False)
    missing, below = expected - households, -(-expected * least // 100) - households
    return {
        "communes": 1,
        "communes_listed": int(households > 0),
        "communes_expected": int(number is not None),
        "communes_estimated": int(estimated),
        "communes_short": int(households > 0 and below > 0 and not estimated),
        "expected_households": expected,
        "registered": households if number else 0,
        "missing_entered": 0 if estimated else max(0, missing),
        "missing_estimated": missing if estimated else 0,
        "below_estimated": below if estimated else 0,
    }


def of_communes(db: Database, households: dict[str, int]) -> dict[str, dict[str, int]]:
    """The counts of communes, given their households: `{commune: households}`."""
    expected, least = expected_shares.of_communes(db, households), expected_shares.least(db)
    return {code: of_commune(n, expected.get(code), least) for code, n in households.items()}


def read(counts: dict) -> dict:
    """Counts as they are read; of a snapshot older than these counts, with nothing expected."""
    if "communes_listed" in counts:
        return counts
    one = counts.get("communes", 1) == 1
    listed = int(counts.get("households", 0) > 0) if one else counts.get("communes_asked", 0)
    return counts | nothing() | {"communes": counts.get("communes", 1), "communes_listed": listed}


def complete(counts: dict) -> bool:
    """Whether "all of them" may be said: every commune has lists, and they do not fall short of what is expected."""
    short = counts["communes_short"] or counts["below_estimated"] > 0
    return counts["communes_listed"] == counts["communes"] and not short


def unregistered(counts: dict[str, int]) -> int:
    """How many expected households are missing on the lists."""
    return counts["missing_entered"] + max(0, counts["missing_estimated"])


def unlisted(counts: dict[str, int]) -> int:
    return counts["communes"] - counts["communes_listed"]


def registered_share(counts: dict) -> float | None:
    return share(counts["registered"], counts["expected_households"])


# Commune by commune


def standing(db: Database, user: User | None, code: str, day: str) -> dict[str, int]:
    """The counts of an area on an open day, together."""
    lines = by_commune(db, user, code, day)
    return {name: sum(line[name] for line in lines) for name in COUNTED}


def by_commune(db: Database, user: User | None, code: str, day: str) -> list[dict]:
    """Every commune of an area: `{code, kind, name, parent_kind, parent_name, households, basis, of}`, its counts."""
    communes = units.communes(db, units.area(db, code, user))
    expected, least = expected_shares.of_communes(db, communes), expected_shares.least(db)
    lines = rows(
        db,
        """select c.code, c.kind, c.name, p.code as parent_code, p.kind as parent_kind, p.name as parent_name,
               (select ifnull(sum(d.households), 0) from hamlet_day d
                where d.day = :day and d.commune_code = c.code) as households
           from areas c join areas p on p.code = c.parent_code
           where c.code in (select value from json_each(:communes))
           order by p.name_sort, c.name_sort, c.kind, c.code""",
        {"day": day, "communes": json.dumps(communes)},
    )
    for line in lines:
        number = expected.get(line["code"])
        line |= of_commune(line["households"], number, least)
        line |= {"unregistered": unregistered(line)}
        line |= {"basis": number.basis if number else None, "of": number.of if number else None}
    return lines


def missing(lines: list[dict]) -> list[dict]:
    """The lines of `by_commune` without lists, then those that fall short, most missing first."""
    return sorted(
        (line for line in lines if not line["communes_listed"] or line["communes_short"]),
        key=lambda line: (line["communes_listed"], -line["unregistered"]),
    )
