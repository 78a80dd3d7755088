"""Reads the visits at one door, with findings, people, and the steps of each answer.

Every function takes a household that `households.get` found in the visitor's area, so that nobody reads names of
people outside it.
"""

import json

from sqlite_utils import Database

from lib.core.database import rows

_ALARMS = "svkn"  # a note alone is nothing abnormal


def visits(db: Database, household: dict, *, since: str, day: str) -> list[dict]:
    """Return each day's visit, newest first, with the people who were ill or new, and its steps.

    `steps` are the answers in the order they were given, each with its `at`, `who` and what was found; `anew` is
    false where only marks, note or persons were changed. Changes of old stores have no hour.
    """
    parameters = {"household": household["id"], "since": since, "day": day}
    people = _people(db, parameters)
    past: dict[str, list[dict]] = {}
    for old in rows(db, _PAST, parameters):
        past.setdefault(old["day"], []).append(_read(old, people))
    lines = [_read(line, people) | {"kind": "visit"} for line in rows(db, _VISITS, parameters)]
    for line in lines:
        line["steps"] = _steps([*past.get(line["day"], []), line])
        line["alarm"] = bool(line["people"] or set(line["flags"]) & set(_ALARMS))
    return [line for line in lines if line["steps"]]


_CONTENT = """v.day, v.version, v.outcome, v.swept, v.flags, v.note, v.needs, v.violations, v.channel, v.recorded_at,
        v.changed_at"""
_VISITS = f"""
    select {_CONTENT}, a.full_name as who, m.full_name as member,
        v.outcome is not null and v.recorded_at > days.cutoff_at as late
    from days
    join visits v on v.day = days.day and v.household_id = :household  -- all: found through my_households
    left join accounts a on a.id = v.recorded_by  -- all: the name of who entered it
    left join members m on m.id = v.member_id  -- all: who came to this door
    where days.day between :since and :day order by v.day desc"""
_PAST = f"""
    select {_CONTENT}, a.full_name as who
    from days
    join visit_past v on v.day = days.day and v.household_id = :household
    left join accounts a on a.id = v.recorded_by  -- all: the name of who entered it
    where days.day between :since and :day order by v.day, v.version"""


def _people(db: Database, parameters: dict) -> dict[tuple[str, int], list[dict]]:
    """Return the people who were ill, guests or returnees, by day and version of the visit."""
    people: dict[tuple[str, int], list[dict]] = {}
    for line in rows(
        db,
        """select s.day, s.version, s.person_id as person, p.full_name, p.birth_year, s.symptoms, s.symptoms_since,
               s.temperature, s.arrival, s.arrived_on, province.kind as province_kind, province.name as province_name
           from days
           join screenings s on s.day = days.day and s.household_id = :household
           join persons p on p.id = s.person_id  -- all: of a household found through my_households
           left join areas province on province.code = s.from_province
           where days.day between :since and :day order by p.name_sort, p.id""",
        parameters,
    ):
        key = line.pop("day"), line.pop("version")
        people.setdefault(key, []).append({**line, "symptoms": json.loads(line["symptoms"])})
    return people


def _read(line: dict, people: dict) -> dict:
    """Return a version of a visit with its lists parsed."""
    lists = {name: json.loads(line[name] or "[]") for name in ("needs", "violations")}
    return {**line, **lists, "people": people.get((line["day"], line["version"]), [])}


def _steps(versions: list[dict]) -> list[dict]:
    """Return the versions that differ from the one before, without empty rows before the first answer."""
    steps: list[dict] = []
    last: list | None = None
    for line in versions:
        content = [line[name] for name in ("outcome", "flags", "note", "needs", "violations", "people")]
        if content != last and (any(content) or steps):
            anew = not last or content[0] != last[0]
            steps.append({**line, "at": line["recorded_at"] if anew else line["changed_at"], "anew": anew})
        last = content
    return steps


def findings(entered: list[dict]) -> dict | None:
    """Return the last visit if it was abnormal, else None."""
    last = next((line for line in entered if line["outcome"] or line["flags"]), None)
    return last if last and last["alarm"] else None
