"""Any figure of any units over a span of days: sums of numerators over sums of denominators, day by day.

A day on which a unit with due households entered nothing is a gap: it is in neither sum, and is named. The units come
from `units.compared`, the area first. A span of many days is read once, in the order of `team_day`'s key.
"""

import json
from collections.abc import Iterator
from datetime import date

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.database import rows, value
from lib.oversight.figures import counts, units
from lib.oversight.figures.measures import ATTEMPTED, DUE, MEASURES, SEEN, Sum, share, summed

# Figure -> what it counts, and of what; a plain number has no denominator.
FIGURES: dict[str, tuple[Sum, Sum | None]] = {
    **{code: (MEASURES[code].part, MEASURES[code].whole) for code in ("coverage", "on_time", "attempted", "reach")},
    "absent": (MEASURES["absent"].part, DUE),
    "refused": (MEASURES["refused"].part, DUE),
    "phone": ({"seen_phone": 1}, SEEN),
    "swept": ({"swept": 1}, {"swept": 1, "touched": 1}),
    "excluded": (MEASURES["excluded"].part, {"assigned": 1}),
    "unassigned": (MEASURES["unassigned"].part, {"households": 1}),
    "persons": ({"persons_seen": 1}, None),
}
# Where the counts lie in the roll-ups, if not under their own name.
_OF_TEAMS = {"seen_met": "met", "seen_phone": "phone"}
_OF_GROUND = {"households": "households", "unassigned": "households - assigned"}
# Figures that are known whether or not anybody has entered a visit.
OF_THE_GROUND = ("excluded", "unassigned")


def point(unit: dict, sums: dict, figure: str) -> dict:
    """`{code, name, kind, level, parent_name, part, whole, share, reported}` of one unit.

    `share` is None without a denominator; `whole` is None where the figure is a plain number. A unit that has
    entered nothing is not reported, which is not 0. `given` is False where no household is assigned or registered.
    """
    terms, of = FIGURES[figure]
    part, whole = summed(terms, sums), None if of is None else summed(of, sums)
    return {
        **_named(unit),
        "part": part,
        "whole": whole,
        "share": share(part, whole),
        "reported": bool(_is_reported(sums, figure) and (whole is None or whole)),
        "given": any(sums[name] for name in held) if (held := {"assigned", "households"} & sums.keys()) else True,
    }


def _named(unit: dict) -> dict:
    return {name: unit[name] for name in ("code", "name", "kind", "level", "parent_name")}


def _is_reported(sums: dict, figure: str) -> bool:
    return figure in OF_THE_GROUND or summed(ATTEMPTED, sums) > 0


def days(db: Database, first: str, last: str) -> list[str]:
    """The days of a span, from the first day of the store on; days that were never opened are among them."""
    begun = value(db, "select min(day) from days")
    if begun is None or max(first, begun) > last:
        return []
    first = max(first, begun)
    return clock.days_until(last, (date.fromisoformat(last) - date.fromisoformat(first)).days + 1)


def day_by_day(compared: list[dict], sums: dict[tuple[str, str], dict], figure: str, days: list[str]) -> list[dict]:
    """A `point` of each unit on each day, with its `day`; of a day that was never opened a point without numbers."""
    opened = {day for day, _code in sums}
    nothing = {"part": None, "whole": None, "share": None, "reported": False}
    return [
        (point(unit, sums[day, unit["code"]], figure) if day in opened else _named(unit) | nothing) | {"day": day}
        for day in days
        for unit in compared
        if day not in opened or (day, unit["code"]) in sums
    ]


def over(compared: list[dict], sums: dict[tuple[str, str], dict], figure: str, days: list[str]) -> list[dict]:
    """One `point` of each unit over all days on which it has figures; `gaps` are the days on which it has none."""
    opened = {day for day, _code in sums}
    points = []
    for unit in compared:
        of_days = {day: sums[day, unit["code"]] for day in days if (day, unit["code"]) in sums}
        reported = [of_day for of_day in of_days.values() if _is_reported(of_day, figure)]
        silent = {day for day, of_day in of_days.items() if not _is_reported(of_day, figure) and summed(DUE, of_day)}
        gaps = [day for day in days if day in silent or day not in opened]
        if of_days:
            added = {name: sum(of_day[name] for of_day in reported or of_days.values()) for name in needed(figure)}
            points.append(point(unit, added, figure) | {"gaps": gaps})
    return points


def apart(db: Database, compared: list[dict], day: str, user: User | None) -> list[tuple[dict, list[dict]]]:
    """The rows of a spread: each district of a province with its communes, else the one area with its units."""
    area, *below = compared
    if area["level"] != "province":
        return [(area, below)]
    return [(district, units.children(db, district, day, user)) for district in below]


def by_day(db: Database, compared: list[dict], figure: str, first: str, last: str) -> dict[tuple[str, str], dict]:
    """`{(day, code): sums}` for a figure of units, both days included. Days that were never opened are missing."""
    if any(unit["level"] in ("hamlet", "team") for unit in compared):
        return _day_after_day(db, compared, first, last)
    owners: dict[str, list[str]] = {}
    for unit in compared:
        for commune in units.communes(db, unit):
            owners.setdefault(commune, []).append(unit["code"])
    sums: dict[tuple[str, str], dict] = {}
    names = needed(figure)
    for day, commune, *numbers in _streamed(db, names, first, last, sorted(owners)):
        for code in owners[commune]:
            total = sums.setdefault((day, code), dict.fromkeys(names, 0))
            for name, number in zip(names, numbers, strict=True):
                total[name] += number
    return sums


def needed(figure: str) -> list[str]:
    """The counts a figure is made of, and those that tell whether anything was due and entered."""
    terms, of = FIGURES[figure]
    return sorted({*terms, *(of or {}), *DUE, *ATTEMPTED})


def _streamed(db: Database, names: list[str], first: str, last: str, communes: list[str]) -> Iterator[tuple]:
    """Day, commune and these sums, in the order of `team_day`'s key; of the ground only where the figure needs it."""
    sums = ", ".join(f"sum({_OF_TEAMS.get(name, name)})" if name not in _OF_GROUND else "0" for name in names)
    grounds = ", ".join(f"sum({_OF_GROUND[name]})" if name in _OF_GROUND else "0" for name in names)
    tables = [("team_day", sums), *([("hamlet_day", grounds)] if set(names) & set(_OF_GROUND) else [])]
    for table, columns in tables:
        yield from db.conn.execute(
            f"""select day, commune_code, {columns} from {table}
                where day in (select day from days where day between :first and :last)
                    and commune_code in (select value from json_each(:communes))
                group by day, commune_code""",
            {"first": first, "last": last, "communes": json.dumps(communes)},
        )


def _day_after_day(db: Database, compared: list[dict], first: str, last: str) -> dict[tuple[str, str], dict]:
    """The same where hamlets or teams are among the units; `counts` knows of houses in another hamlet."""
    below = {unit["code"]: units.communes(db, unit) for unit in compared}
    opened = rows(db, "select day from days where day between :first and :last", {"first": first, "last": last})
    sums: dict[tuple[str, str], dict] = {}
    for line in opened:
        of_day = counts.of_units(db, compared, below, counts.AsOf(line["day"]))
        sums |= {(line["day"], code): _as_measured(total) for code, total in of_day.items() if total["teams"]}
    return sums


def _as_measured(sums: dict) -> dict:
    """The counts under the names the measures use."""
    numbers = {name: number for name, number in sums.items() if name != "last_entry_at"}
    unassigned = sums["households"] - sums["housed"]
    return numbers | {"seen_met": sums["met"], "seen_phone": sums["phone"], "unassigned": unassigned}
