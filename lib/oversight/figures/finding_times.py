"""When each finding at a door was first said and last changed, whatever else of the same visit was edited since.

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
    """Stamps: since when it stands, and when it was changed last."""

    first: str
    changed: str


Key = tuple[str, int | str]  # ("ill", person), ("arrival", person), ("mark", "s"), ("all", "note")


def hours(db: Database, day: str, households: Iterable[int]) -> dict[int, dict[Key, Hours]]:
    """The hours of what the visits of a day say now, by household found in the visitor's area."""
    asked = {"day": day, "households": json.dumps(sorted(households))}
    people: dict[tuple[int, int], list[dict]] = {}
    for line in rows(db, _PEOPLE, asked):
        people.setdefault((line["household_id"], line["version"]), []).append(line)
    versions = groupby(rows(db, _VERSIONS, asked), itemgetter("household_id"))
    return {household: _stand(_content(line, people) for line in lines) for household, lines in versions}


def illness(found: dict[Key, Hours]) -> Hours | None:
    """The newest word on who is ill at a door; of a mark without anybody named, the mark's."""
    of_people = [told for (what, _who), told in found.items() if what == ILL]
    told = of_people or [found[key] for key in [("mark", "s")] if key in found]
    return Hours(max(each.first for each in told), max(each.changed for each in told)) if told else None


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
    """The hour of a version, and each thing it says."""
    said: dict[Key, object] = {("mark", flag): True for flag in line["flags"]}
    said |= {("all", name): line[name] for name in _OF_ALL if line[name]}
    for one in people.get((line["household_id"], line["version"]), []):
        said |= dict(_of_person(one))
    return line["at"], said


def _of_person(one: dict) -> Iterator[tuple[Key, object]]:
    if one["symptoms"] != "[]" or one["temperature"] is not None:
        yield (ILL, one["person_id"]), tuple(one[name] for name in _ILLNESS)
    if one["arrival"]:
        yield (ARRIVAL, one["person_id"]), tuple(one[name] for name in _COMING)


def _stand(versions: Iterable[tuple[str, dict[Key, object]]]) -> dict[Key, Hours]:
    """The hours of what the last version says: what was taken back and said again begins anew."""
    standing: dict[Key, Hours] = {}
    before: dict[Key, object] = {}
    for at, said in versions:
        for key, content in said.items():
            if key not in before:
                standing[key] = Hours(at, at)
            elif content != before[key]:
                standing[key] = standing[key]._replace(changed=at)
        standing = {key: told for key, told in standing.items() if key in said}
        before = said
    return standing
