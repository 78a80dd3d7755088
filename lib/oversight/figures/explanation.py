"""Explains a figure: its numerator and denominator, the parts it is added up from, and the entries that moved it last.

Parts add up exactly to the figure; what the visitor may not see in detail stands as one part, "rest".
"""

import json

from sqlite_utils import Database

from lib.core.access import User
from lib.core.database import rows, value
from lib.oversight.figures import counts, doors, units
from lib.oversight.figures.measures import Measure, fraction

LATELY = 30  # teams looked at for the last entries
SHOWN = 12  # last entries shown


def reporting(below: list[dict]) -> dict[str, int]:
    """How many units have entered something (`reporting`) of how many (`asked`), those without lists included."""
    return {"reporting": sum(unit["reported"] for unit in below), "asked": len(below)}


def figure_of(measure: Measure, figure: dict, below: list[dict]) -> tuple[int, int | None]:
    """Numerator and denominator as the board shows them; `below` are the figures of the unit's children."""
    return fraction(measure, reporting(below) if measure.kind == "units" else figure)


def parts(db: Database, measure: Measure, unit: dict, day: str, below: list[dict]) -> list[dict]:
    """The parts the figure is added up from: the units below, a hamlet's doors by team, a team's doors one by one."""
    if measure.code == "registered" and unit["level"] not in ("province", "district"):
        return []  # numbers are expected of communes, not of what lies in them
    if measure.kind not in ("share", "count") or measure.code == "teams" or unit["level"] not in ("hamlet", "team"):
        return below
    standing = doors.standing(db, unit, day)
    return doors.by_team(standing) if unit["level"] == "hamlet" else standing


def split(measure: Measure, figure: dict, below: list[dict], parts: list[dict]) -> list[dict]:
    """Each part with `part` and `whole`, and the rest that is not shown, so that all add up to the figure."""
    lines = [part | dict(zip(("part", "whole"), _adds(measure, part), strict=True)) for part in parts]
    rest, whole = figure_of(measure, figure, below)
    rest -= sum(part["part"] for part in lines)
    whole = None if whole is None else whole - sum(part["whole"] for part in lines)
    if lines and (rest or whole):
        lines.append({"code": None, "name": "", "kind": "", "level": "rest", "part": rest, "whole": whole})
    return lines


def _adds(measure: Measure, part: dict) -> tuple[int, int | None]:
    return fraction(measure, reporting([part]) if measure.kind == "units" else part)


# What moved it last


def named(db: Database, user: User | None, unit: dict) -> bool:
    """Whether the visitor sees every door of the unit by name: commune staff and above, or one's own team."""
    if user is None or unit["level"] in ("province", "district") or not doors.may_see(db, unit):
        return False
    return user.team_id is None or (unit["level"] == "team" and unit["key"] == user.team_id)


def moves(db: Database, measure: Measure, unit: dict, day: str, shown: int = SHOWN) -> list[dict]:
    """The last entries that moved the figure, summed by commune and minute: `{name, kind, parent_name, at, n}`."""
    return _entries(
        db,
        measure,
        unit,
        day,
        shown,
        """select areas.name, areas.kind, p.kind || ' ' || p.name as parent_name,
               substr(recorded_at, 1, 16) || ':00Z' as at, count(*) as n
           from moved join areas on areas.code = moved.commune_code join areas p on p.code = areas.parent_code
           group by moved.commune_code, at order by at desc, n desc, areas.name_sort limit :shown""",
    )


def named_moves(db: Database, measure: Measure, unit: dict, day: str, shown: int = SHOWN) -> list[dict]:
    """The same door by door, inside one's own area: `{at, code, head_name, team, who, was, outcome}`."""
    return _entries(
        db,
        measure,
        unit,
        day,
        shown,
        """select moved.recorded_at as at, h.code, h.head_name, t.name as team, moved.was, moved.outcome,
               accounts.full_name as who
           from moved join my_households h on h.id = moved.household_id
           join my_teams t on t.id = moved.team_id
           left join accounts on accounts.id = moved.recorded_by -- all: the name of who entered at my area's door
           order by moved.recorded_at desc, t.name_sort, t.id, h.walk_order limit :shown""",
    )


def _entries(db: Database, measure: Measure, unit: dict, day: str, shown: int, select: str) -> list[dict]:
    """Entries since the minute in which the thirtieth last team entered: all of them, so that sums are true.

    Of a commune all of the day, once more of them are asked for.
    """
    if not measure.moved_by:
        return []
    own = {"hamlet": "and h.hamlet_code = :key", "team": "and d.team_id = :key"}.get(unit["level"], "")
    parameters = {
        "day": day,
        "key": unit["key"],
        "communes": json.dumps(units.communes(db, unit)),
        "moving": json.dumps(sorted(measure.moved_by)),
        "by": counts.cutoff(db, day) if measure.code == "on_time" else "9",
        "anything": int(measure.kind == "latest"),
        "many": LATELY * -(-shown // SHOWN),
        "shown": shown,
    }
    all_day = own or (unit["level"] == "commune" and shown > SHOWN)
    parameters["since"] = "" if all_day else value(db, _SINCE, parameters) or ""
    return rows(db, _MOVED.format(own=own) + select, parameters)


_SINCE = """
    select substr(last_entry_at, 1, 16) from team_day
    where day = :day and commune_code in (select value from json_each(:communes)) and last_entry_at is not null
    order by last_entry_at desc limit 1 offset :many
"""
_MOVED = """
    with doors as materialized (
        select a.household_id, a.team_id, d.commune_code
        from team_day d
        join assigned_households a on a.day = d.day and a.team_id = d.team_id
        join households h on h.id = a.household_id -- all: for sums; names are joined through my_households
        where d.day = :day and d.commune_code in (select value from json_each(:communes))
            and d.last_entry_at >= :since and a.status is null {own}
    ), entered as (
        select doors.*, v.version, v.outcome, v.recorded_at, v.recorded_by
        from doors join visits v -- all: for sums; names are joined through my_households
            on v.day = :day and v.household_id = doors.household_id
        union all
        select doors.*, p.version, p.outcome, p.recorded_at, p.recorded_by
        from doors join visit_past p on p.day = :day and p.household_id = doors.household_id
    ), compared as (
        select entered.*, (
            select p.outcome from visit_past p where p.day = :day and p.household_id = entered.household_id
                and p.version = entered.version - 1) as was
        from entered where recorded_at >= :since and recorded_at <= :by
    ), moved as (
        select * from compared
        where :anything or ifnull(outcome in (select value from json_each(:moving)), 0)
            <> ifnull(was in (select value from json_each(:moving)), 0)
    )
"""
