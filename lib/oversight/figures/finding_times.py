"""The times at which each finding at a door was first recorded and last changed, whatever else was edited since.

A visit keeps every version with its hour, and the people of each version stay; a finding's own hours are read from
them. Versions written before changes bore an hour count as of the answer they belong to.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlite_utils import Database

from lib.core.database import rows

ILL, ARRIVAL = "ill", "arrival"  # of a person; a mark alone has its letter, a list or note its name
_ILLNESS, _COMING = ("symptoms", "symptoms_since", "temperature"), ("arrival", "from_province", "arrived_on")
_OF_ALL = ("needs", "violations", "note")


class Hours(NamedTuple):
    """Two stamps of a finding: when it was first recorded, and when it was last changed."""

    first: str
    changed: str


Key = tuple[str, int | str]  # ("ill", person), ("arrival", person), ("mark", "s"), ("all", "note")


def hours(db: Database, day: str, households: Iterable[int]) -> dict[int, dict[Key, Hours]]:
    """`{household: {finding: hours}}` of the visits of a day as they are now; the caller checks who may see them."""
    parameters = {"day": day, "households": json.dumps(sorted(households))}
    people: dict[tuple[int, int], list[dict]] = {}
    for line in rows(db, _PEOPLE, parameters):
        people.setdefault((line["household_id"], line["version"]), []).append(line)
    versions = groupby(rows(db, _VERSIONS, parameters), itemgetter("household_id"))
    return {household: _hours_of(_content(line, people) for line in lines) for household, lines in versions}


def illness(findings: dict[Key, Hours]) -> Hours | None:
    """The newest hours of the illnesses at a door; where nobody is named, those of the mark."""
    of_people = [times for (kind, _person), times in findings.items() if kind == ILL]
    latest = of_people or [findings[key] for key in [("mark", "s")] if key in findings]
    return Hours(max(times.first for times in latest), max(times.changed for times in latest)) if latest else None


_VERSIONS = """
    select household_id, version, ifnull(changed_at, recorded_at) as at, flags, needs, violations, note
    from visits  -- all: of a household found in my area
    where day = :day and household_id in (select value from json_each(:households))
    union all
    select household_id, version, ifnull(changed_at, recorded_at), flags, needs, violations, note
    from visit_past where day = :day and household_id in (select value from json_each(:households))
    order by household_id, version"""
_PEOPLE = f"""
    select household_id, version, person_id, {", ".join(_ILLNESS + _COMING)}
    from screenings where day = :day and household_id in (select value from json_each(:households))"""


def _content(line: dict, people: dict[tuple[int, int], list[dict]]) -> tuple[str, dict[Key, object]]:
    """The hour of a version, and its findings."""
    findings: dict[Key, object] = {("mark", flag): True for flag in line["flags"]}
    findings |= {("all", name): line[name] for name in _OF_ALL if line[name]}
    for person in people.get((line["household_id"], line["version"]), []):
        findings |= dict(_of_person(person))
    return line["at"], findings


def _of_person(person: dict) -> Iterator[tuple[Key, object]]:
    if person["symptoms"] != "[]" or person["temperature"] is not None:
        yield (ILL, person["person_id"]), tuple(person[name] for name in _ILLNESS)
    if person["arrival"]:
        yield (ARRIVAL, person["person_id"]), tuple(person[name] for name in _COMING)


def _hours_of(versions: Iterable[tuple[str, dict[Key, object]]]) -> dict[Key, Hours]:
    """The hours of the last version's findings; one that was taken back and recorded again begins anew."""
    times: dict[Key, Hours] = {}
    before: dict[Key, object] = {}
    for at, findings in versions:
        for key, content in findings.items():
            if key not in before:
                times[key] = Hours(at, at)
            elif content != before[key]:
                times[key] = times[key]._replace(changed=at)
        times = {key: hours for key, hours in times.items() if key in findings}
        before = findings
    return times
