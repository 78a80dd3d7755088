"""Since when numbers are added up, and what had come together before the program knew of them (S1-1: since 27/4).

Both are settled by people: the province sets the day, a unit or the level above it enters the opening balance with its
day and source. Nothing is ever changed: the newest row counts, and a report of a past day keeps what stood by then.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, text
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import rows, set_setting, setting
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.words import dates
from lib.oversight.report_template import indicators, versions
from lib.oversight.reports.drafts import MOST, SOURCE_LONGEST

SINCE = "cumulative_since"  # a setting
EPIDEMIC = "2021-04-27"  # the first day of the fourth wave, from which Viet Nam counts


def since(db: Database) -> str:
    """The day from which numbers are added up."""
    return setting(db, SINCE) or EPIDEMIC


def set_since(db: Database, user: User, day: str | None, *, now: datetime) -> str:
    """Add up from another day on, as typed. Balances entered for the old one no longer count until entered anew."""
    with act(db, user, "report.template", now=now, kind="report.since") as deed:
        day, wrong = dates.read(day, today=clock.day_of(now), last=clock.day_of(now))
        if day is None:
            raise Invalid({"since_day": wrong or Say(dates.MISSING)})
        old = since(db)
        deed.nothing = day == old
        deed.detail = {"since_day": [old, day]}
        if not deed.nothing:
            set_setting(db, SINCE, day)
    return day


def standing(db: Database, codes: list[str], *, by: str) -> dict[str, dict[str, dict]]:
    """`{unit: {indicator: {value, until_day, source, at, who}}}` as entered by the stamp, for the day in force."""
    balances = rows(
        db,
        """select b.area_code, b.indicator, b.value, b.until_day, b.source, b.at, a.full_name as who
           from opening_balances b
           left join accounts a on a.id = b.account_id -- all: the name of who entered a balance
           where b.area_code in (select value from json_each(:codes)) and b.at <= :by and b.since_day = :since
           order by b.id""",
        {"codes": json.dumps(codes), "by": by, "since": since(db)},
    )
    by_unit: dict[str, dict[str, dict]] = {}
    for line in balances:
        of_unit = by_unit.setdefault(line.pop("area_code"), {})
        of_unit[line.pop("indicator")] = line
    return {
        code: {indicator: line for indicator, line in of_unit.items() if line["value"] is not None}
        for code, of_unit in by_unit.items()
    }


def lines_added_up(db: Database) -> list[dict]:
    """The numbers of the form in force that add up over days."""
    return [line for line in versions.lines(db) if indicators.entered(line) and line["flow"] and line["shown"]]


def may_enter(db: Database, user: User, code: str) -> bool:
    """The unit itself, and every level above it."""
    return user.can("report.write") and access.holds_area(db, user, code)


@dataclass(frozen=True)
class OpeningBalance:
    """What a number had come to by the end of a day, as typed; without a value the balance is taken back."""

    value: int | None
    until_day: str | None
    source: str


def enter(db: Database, user: User, code: str, indicator: str, balance: OpeningBalance, *, now: datetime) -> bool:
    """Store or take back the opening balance of a unit's number; False where nothing changed."""
    require(may_enter(db, user, code) or None)
    with act(db, user, "report.write", now=now, kind="report.opening") as deed:
        deed.area = code
        if indicator not in {line["code"] for line in lines_added_up(db)}:
            raise Conflict(N_("This figure does not add up over days, so it has no cumulative total."))
        old = standing(db, [code], by=deed.at).get(code, {}).get(indicator)
        value = balance.value
        new = {"value": value, "source": text.clean(balance.source)}
        if value is not None:
            new["until_day"] = _checked(new, balance.until_day, since(db), clock.day_of(now))
        elif old:
            new = {"value": None, "until_day": old["until_day"], "source": ""}
        same = old and new == {name: old[name] for name in new}
        deed.nothing = same or value is None and not old
        if not deed.nothing:
            _store(db, user, code, indicator, new, deed.at)
            deed.detail = _detail(indicator, old, new)
    return not deed.nothing


def _checked(new: dict, until_day: str | None, first: str, today: str) -> str:
    """The day that was typed; Invalid with every fault."""
    faults: dict[str, Say] = {}
    if type(new["value"]) is not int or not 0 <= new["value"] < MOST:
        faults["value"] = Say(N_("Type a whole number of 0 or more."))
    day, wrong = dates.read(until_day, today=today, first=first, last=clock.plus(today, -1))
    if day is None:
        faults["until_day"] = wrong or Say(dates.MISSING)
    if not new["source"]:
        faults["source"] = Say(N_("Enter the source of this figure."))
    elif len(new["source"]) > SOURCE_LONGEST:
        faults["source"] = Say(N_("At most {limit} characters."), {"limit": SOURCE_LONGEST})
    if day is None or faults:
        raise Invalid(faults)
    return day


def _detail(indicator: str, old: dict | None, new: dict) -> dict:
    detail = {indicator: [old and old["value"], new["value"]]}
    if new["value"] is not None:
        detail |= {"until_day": [old and old["until_day"], new["until_day"]]}
        detail |= {"source": [old and old["source"], new["source"]]}
    return detail


def _store(db: Database, user: User, code: str, indicator: str, new: dict, at: str) -> None:
    db.conn.execute(
        """insert into opening_balances (area_code, indicator, value, since_day, until_day, source, at, account_id)
           values (:code, :indicator, :value, :since, :until_day, :source, :at, :who)""",
        {**new, "code": code, "indicator": indicator, "since": since(db), "at": at, "who": user.id},
    )
