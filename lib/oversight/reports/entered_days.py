"""Numbers that units entered, over days: of each day what they sent last, and what it comes to together.

A number of days gone by is the last one sent by a moment, or what an addendum put in its place. A number nobody sent is
no nought: a sum says over how many units, and a sum over days over how many days.
"""

import json
from dataclasses import dataclass

from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows

Entries = dict[str, dict]  # indicator -> {value, reason, at, who, corrected}


@dataclass(frozen=True)
class Together:
    """What several units come to: `units` of the `of` asked have entered it."""

    value: int
    units: int
    of: int

    @property
    def partial(self) -> bool:
        return self.units < self.of


@dataclass(frozen=True)
class Cumulated:
    """A sum over days: the opening balance, if there is one, and the numbers of `days` days since.

    On `partial` of these the number was the sum of some of the units below only.
    """

    value: int
    days: int
    opening: dict | None = None
    partial: int = 0


def end_of(day: str) -> str:
    """The last stamp of a day."""
    return clock.stamp(clock.instant(clock.at(clock.plus(day, 1), "00:00")) - clock.SECOND)


def sent(db: Database, codes: list[str], first: str, last: str, *, by: str) -> dict[str, dict[str, Entries]]:
    """`{unit: {day: {indicator: {value, reason, at, who, units}}}}` as it stood at the stamp `by`.

    What was returned or recalled does not stand.
    """
    events = rows(
        db,
        """select e.area_code, e.day, e.deed, e.at, e.reason, e.content, a.full_name as who
           from report_events e join accounts a on a.id = e.account_id -- all: the name of who sent a report
           where e.day between :first and :last and e.deed <> 'receive' and e.at <= :by
               and e.area_code in (select value from json_each(:codes)) order by e.id""",
        {"codes": json.dumps(codes), "first": first, "last": last, "by": by},
    )
    by_unit: dict[str, dict[str, Entries]] = {}
    for event in events:
        days = by_unit.setdefault(event["area_code"], {})
        before = days.get(event["day"], {}) if event["deed"] == "correct" else {}
        days[event["day"]] = before | _entries(event, before)
    return by_unit


def _entries(event: dict, stood: Entries) -> Entries:
    """The numbers of one sending, or the right ones of an addendum, whose source is that of the wrong one."""
    content, by = json.loads(event["content"]), {"at": event["at"], "who": event["who"]}
    if event["deed"] == "submit":
        return {code: entry | by for code, entry in content.get("manual", {}).items()}
    return {
        code: {"value": now, "reason": stood.get(code, {}).get("reason"), **by}
        for code, (_was, now) in content.get("corrections", {}).items()
    }


def cumulated(days: dict[str, dict], opening: dict | None, day: str, asked: int) -> Cumulated:
    """A number of these days, the last of which is `day`, on top of the balance that was entered for one before."""
    before = opening if opening and opening["until_day"] < day else None
    counted = [entry for on, entry in days.items() if not before or on > before["until_day"]]
    return Cumulated(
        sum(entry["value"] for entry in counted) + (before["value"] if before else 0),
        len(counted),
        before,
        sum(len(entry.get("units") or ()) not in (0, asked) for entry in counted),
    )


def together(numbers: list[int | None]) -> Together | None:
    """The sum of what is known of these units; None where nothing is."""
    entered = [number for number in numbers if number is not None]
    return Together(sum(entered), len(entered), len(numbers)) if entered else None


def by_day(db: Database, codes: list[str], first: str, last: str, indicator: str, *, by: str) -> dict[tuple, dict]:
    """`{(day, unit): entry}` of one number over a span of days, both included."""
    return {
        (day, code): entries[indicator]
        for code, days in sent(db, codes, first, last, by=by).items()
        for day, entries in days.items()
        if indicator in entries
    }
