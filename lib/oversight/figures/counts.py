"""Sums of households by commune, hamlet or team: from the roll-ups, or counted again as they stood at an hour.

`visits`, `households` and `teams` are read here for sums only; no row of a household leaves this room.
"""

import json
from dataclasses import dataclass

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows, value
from lib.core.rollup import OUTCOME_AT
from lib.core.sql import GONE_STATUSES, in_force
from lib.oversight.figures import as_known, list_completeness
from lib.oversight.figures.day_course import Course
from lib.oversight.figures.units import KEYS

COUNTED = (
    "assigned",
    "excluded",
    "met",
    "phone",
    "absent",
    "refused",
    "seen_on_time",
    "swept",
    "touched",
    "persons_seen",
)
_OF_HAMLETS = ("hamlets", "hamlets_without_team", "hamlets_empty", "households", "housed")
GROUND = ("teams", *_OF_HAMLETS)
_SUMMED = (*GROUND, *COUNTED, *list_completeness.COUNTED)
_UNCHANGED = as_known.Changed()
_END_OF_TIME = "9999-12-31T00:00:00Z"


@dataclass(frozen=True)
class AsOf:
    """A day as recorded by the stamp `at` (None: as it is now). A `course` of the day saves counting it again."""

    day: str
    at: str | None = None
    course: Course | None = None


def of_units(db: Database, units: list[dict], below: dict[str, list[str]], as_of: AsOf) -> dict[str, dict]:
    """`{code: counts}` of units; `below` names the communes each lies in or consists of."""
    counts: dict[str, dict] = {}
    for key in {KEYS[unit["level"]] for unit in units}:
        of_key = [unit for unit in units if KEYS[unit["level"]] == key]
        communes = sorted({commune for unit in of_key for commune in below[unit["code"]]})
        sums = by_key(db, key, communes, as_of)
        for unit in of_key:
            parts = below[unit["code"]] if key == "commune_code" else [unit["key"]]
            counts[unit["code"]] = total([sums[part] for part in parts if part in sums])
    return counts


def nothing() -> dict:
    return dict.fromkeys(_SUMMED, 0) | {"last_entry_at": None}


def total(parts: list[dict]) -> dict:
    """Sums of numerators and of denominators; the latest of the hours."""
    summed = {name: sum(part[name] for part in parts) for name in _SUMMED}
    return summed | {"last_entry_at": max((part["last_entry_at"] or "" for part in parts), default="") or None}


def by_key(db: Database, key: str, communes: list[str], as_of: AsOf) -> dict:
    """`{key: counts}` of these communes, by commune, hamlet or team; of every commune, also where nothing is."""
    day, at = as_of.day, as_of.at
    counts = {sums.pop("key"): nothing() | sums for sums in rolled_up(db, key, communes, day)}
    changed = as_known.changed(db, at) if at else _UNCHANGED
    if at or (key == "hamlet_code" and straddling(db, communes, day)):
        recounted = _recounted(db, key, communes, as_of, changed)
        zero = dict.fromkeys(COUNTED, 0) | {"last_entry_at": None}
        counts = {unit: counts.get(unit, nothing()) | zero | recounted.get(unit, {}) for unit in counts | recounted}
    if key == "team_id":  # a team's own households are all its ground
        counts = {
            team: sums | dict.fromkeys(("households", "housed"), sums["assigned"]) for team, sums in counts.items()
        }
    for unit, ground in _ground(db, key, communes, as_of, changed).items():
        counts[unit] = counts.get(unit, nothing()) | ground
    return _with_lists(db, counts, communes) if key == "commune_code" else counts


def _with_lists(db: Database, counts: dict, communes: list[str]) -> dict:
    """The counts of communes with those of their lists of households."""
    of_all = {commune: counts.get(commune, nothing()) for commune in communes}
    lists = list_completeness.of_communes(db, {commune: sums["households"] for commune, sums in of_all.items()})
    return counts | {commune: sums | lists[commune] for commune, sums in of_all.items()}


def rolled_up(db: Database, key: str, communes: list[str], day: str) -> list[dict]:
    """Sums over the rows of `team_day`."""
    sums = ", ".join(f"sum({name}) as {name}" for name in COUNTED)
    return rows(
        db,
        f"""select {key} as key, count(*) as teams, {sums}, max(last_entry_at) as last_entry_at
            from team_day where day = :day and commune_code in (select value from json_each(:communes))
            group by {key}""",
        {"day": day, "communes": json.dumps(communes)},
    )


def _ground(db: Database, key: str, communes: list[str], as_of: AsOf, changed: as_known.Changed) -> dict[str, dict]:
    """Hamlets and their households, those nobody is assigned to among them. A team has no ground of its own."""
    if key == "team_id":
        return {}
    parameters = {"day": as_of.day, "communes": json.dumps(communes)}
    hamlets = rows(
        db,
        """select hamlet_code, commune_code, households, assigned, teams from hamlet_day
           where day = :day and commune_code in (select value from json_each(:communes))""",
        parameters,
    )
    hamlets_known, teams_known = {}, {}
    if as_of.at and changed.hamlets:
        hamlets_known = as_known.hamlets(db, json.dumps(changed.hamlets), day=as_of.day, at=as_of.at)
    if as_of.at and changed.teams and key == "commune_code":
        teams_known = as_known.teams_of(db, parameters["communes"], day=as_of.day, at=as_of.at)
    ground: dict[str, dict] = {}
    for hamlet in hamlets:
        hamlet |= hamlets_known.get(hamlet["hamlet_code"], {})
        sums = ground.setdefault(hamlet[key], dict.fromkeys(_OF_HAMLETS, 0))
        sums["hamlets"] += 1
        sums["hamlets_without_team"] += hamlet["teams"] == 0
        sums["hamlets_empty"] += hamlet["households"] == 0
        sums["households"] += hamlet["households"]
        sums["housed"] += hamlet["assigned"]
        if key == "hamlet_code":
            sums["teams"] = hamlet["teams"]
    for commune, teams in teams_known.items():
        ground.setdefault(commune, {})["teams"] = teams
    return ground


def straddling(db: Database, communes: list[str], day: str) -> bool:
    """Whether some team looks after a house of another hamlet than the one it is named for.

    `team_day` knows a team's own hamlet only; such a commune's hamlets are counted where the houses stand.
    """
    return bool(
        value(
            db,
            """select 1 from teams t -- all: for sums only
               join assigned_households a on a.day = :day and a.team_id = t.id
               join households h on h.id = a.household_id -- all: for sums only
               where t.commune_code in (select value from json_each(:communes))
                   and h.hamlet_code <> t.hamlet_code limit 1""",
            {"day": day, "communes": json.dumps(communes)},
        )
    )


def _recounted(
    db: Database, key: str, communes: list[str], as_of: AsOf, changed: as_known.Changed = _UNCHANGED
) -> dict[str, dict]:
    """`{key: sums}` from the facts, each visit in the version recorded at or before the stamp.

    Dues are as known then: teams whose lists `changed` since are counted by the lists of that instant.
    """
    day, at, course = as_of.day, as_of.at, as_of.course
    parameters = {
        "day": day,
        "communes": json.dumps(communes),
        "teams": json.dumps(changed.teams),
        "at": at or _END_OF_TIME,
        "on_time": min(at or _END_OF_TIME, cutoff(db, day)),
    }
    if course and at and key == "commune_code" and course.tells(day, at):
        of_course = course.by_commune(at=at, on_time=parameters["on_time"], without=changed.teams)
        sums = {code: of_course[code] for code in communes if code in of_course}
    else:
        sums = {line.pop("key"): line for line in rows(db, _RECOUNT[key], parameters)}
    for line in rows(db, _RECOUNT_KNOWN[key], parameters) if changed.teams else ():
        unit = line.pop("key")
        sums[unit] = _added(sums[unit], line) if unit in sums else line
    return sums


def _added(one: dict, other: dict) -> dict:
    latest = max(one["last_entry_at"] or "", other["last_entry_at"] or "") or None
    return {name: one[name] + other[name] for name in COUNTED} | {"last_entry_at": latest}


def cutoff(db: Database, day: str) -> str:
    """The stamp of the day's cut-off."""
    return value(db, "select cutoff_at from days where day = ?", [day]) or clock.at(day, clock.DISTRICT_CUTOFF)


_SUMS = f"""
    at_the_doors as (
        select {{key}} as key, a.status,
            case when v.recorded_at <= :at then v.outcome else p.outcome end as outcome,
            case when v.recorded_at <= :at then v.swept else p.swept end as swept,
            case when v.recorded_at <= :at then v.recorded_at else p.recorded_at end as recorded_at,
            {OUTCOME_AT.format(at=":on_time")} as on_time, v.persons
        {{doors}}
        left join visits v -- all: for sums only
            on v.day = :day and v.household_id = a.household_id and a.status is null
        left join visit_past p on p.day = v.day and p.household_id = v.household_id and v.recorded_at > :at
            and p.version = (select max(past.version) from visit_past past where past.day = v.day
                and past.household_id = v.household_id and past.recorded_at <= :at)
        where t.commune_code in (select value from json_each(:communes)) {{in_force}}
    )
    select key,
        count(*) filter (where status is null or status not in {GONE_STATUSES}) as assigned,
        count(*) filter (where status in ('central_quarantine', 'locked_down_elsewhere')) as excluded,
        count(*) filter (where outcome = 'met') as met,
        count(*) filter (where outcome = 'phone') as phone,
        count(*) filter (where outcome = 'absent') as absent,
        count(*) filter (where outcome = 'refused') as refused,
        count(*) filter (where on_time in ('met', 'phone')) as seen_on_time,
        count(*) filter (where outcome is not null and swept) as swept,
        count(*) filter (where outcome is not null and not swept) as touched,
        ifnull(sum(persons) filter (where outcome in ('met', 'phone')), 0) as persons_seen,
        max(recorded_at) as last_entry_at
    from at_the_doors group by key
"""
_STANDING = """
        from teams t -- all: for sums only
        join assigned_households a on a.day = :day and a.team_id = t.id
            and t.id not in (select value from json_each(:teams))
        join households h on h.id = a.household_id -- all: for sums only
"""
_KNOWN = """
        from assigned_known a join teams_at_work t on t.id = a.team_id
"""
_IN_FORCE = f"and {in_force('t')}"
_RECOUNT = {
    key: "with " + _SUMS.format(key=of, doors=_STANDING, in_force=_IN_FORCE)
    for key, of in {"commune_code": "t.commune_code", "hamlet_code": "h.hamlet_code", "team_id": "t.id"}.items()
}
_RECOUNT_KNOWN = {
    key: f"with {as_known.OF_TEAMS}, " + _SUMS.format(key=of, doors=_KNOWN, in_force="")
    for key, of in {"commune_code": "t.commune_code", "hamlet_code": "a.hamlet_code", "team_id": "t.id"}.items()
}
