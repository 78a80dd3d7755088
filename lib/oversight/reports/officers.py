"""Who answers for an area's report, who stands in, and the committee member in charge (S0-21, S0-25, S0-37).

Dated rows: naming somebody from a day on ends who was named before, and yesterday's reports keep their officer.
"""

import json
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, text
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict, Invalid, NotFound, Refused, Say
from lib.core.sql import in_force, not_over
from lib.core.words import dates, phone

DUTIES = ("accountable", "deputy", "committee")
_LONGEST = {"full_name": 80, "position": 120}
_COLUMNS = """o.id, o.area_code, o.duty, o.full_name, o.position, o.phone, o.account_id, o.from_day, o.until_day,
    a.username"""
# The name somebody of the area signs in by, for who may see the officer.
_FROM = "officers o left join accounts a on a.id = o.account_id  -- all: of officers the visitor may see"


def of_areas(db: Database, codes: list[str], day: str) -> dict[str, dict[str, dict]]:
    """`{code: {duty: officer}}` in office on the day; unscoped, for documents. Screens ask `seen`."""
    officers = rows(
        db,
        f"""select {_COLUMNS} from {_FROM}
            where o.area_code in (select value from json_each(:codes)) and {in_force("o")}
            order by o.from_day, o.id""",
        {"codes": json.dumps(codes), "day": day},
    )
    by_area: dict[str, dict[str, dict]] = {code: {} for code in codes}
    for officer in officers:
        by_area[officer["area_code"]][officer["duty"]] = officer
    return by_area


def seen(db: Database, user: User, codes: list[str], day: str) -> dict[str, dict[str, dict]]:
    """As `of_areas`, of what lies in the visitor's own area; of others nothing."""
    access.check(user, "report.see")
    return {code: {} for code in codes} | of_areas(db, access.held_areas(db, user, codes), day)


def above(db: Database, user: User, day: str) -> dict | None:
    """Who answers for the report of the level above, with the telephone: whom to call when one's own is stuck."""
    access.check(user, "report.see")
    parent = value(db, "select parent_code from areas where code = ?", [user.area_code])
    return of_areas(db, [parent], day)[parent].get("accountable") if parent else None


def name(db: Database, user: User, area: str, duty: str, fields: dict, *, now: datetime) -> int:
    """Name an officer. `fields`: full_name, position, phone, from_day as typed, and of a deputy username."""
    with act(db, user, "officer.edit", now=now, kind="officer.name") as deed:
        deed.area = area
        _check_place(db, user, area, duty)
        officer = _read(db, area, duty, fields, now)
        from_day = officer["from_day"]
        before = of_areas(db, [area], from_day)[area].get(duty)
        values = officer | {"area": area, "duty": duty}
        values["until"] = value(
            db,
            f"""select min(from_day) from officers where area_code = :area and duty = :duty and from_day > :from_day
                   and {not_over(day="from_day")}""",
            values,
        )
        if before:
            db.conn.execute("update officers set until_day = ? where id = ?", [from_day, before["id"]])
        cursor = db.conn.execute(
            """insert into officers (area_code, duty, full_name, position, phone, account_id, from_day, until_day)
               values (:area, :duty, :full_name, :position, :phone, :account_id, :from_day, :until)""",
            values,
        )
        deed.subject = officer["full_name"]
        deed.detail = {"duty": duty, "from_day": from_day, "before": before and before["full_name"]}
        return cursor.lastrowid or 0  # an insert always has one


def end(db: Database, user: User, officer_id: int, *, now: datetime) -> None:
    """From today on this officer holds the duty no more."""
    with act(db, user, "officer.edit", now=now, kind="officer.end") as deed:
        sql = "select id, area_code, duty, full_name, from_day, until_day from officers where id = ?"
        officer = require(row(db, sql, [officer_id]))
        _check_place(db, user, officer["area_code"], officer["duty"])
        today = clock.day_of(now)
        if officer["until_day"] and officer["until_day"] <= today:
            raise Conflict(N_("This officer no longer holds this duty; reload the page."))
        db.conn.execute("update officers set until_day = max(from_day, ?) where id = ?", [today, officer_id])
        deed.area, deed.subject, deed.detail = officer["area_code"], officer["full_name"], {"duty": officer["duty"]}


def may_name(db: Database, user: User, area: str, duty: str) -> bool:
    """Own area and the level below; the committee members by the province only, for what lies below it."""
    if not user.can("officer.edit") or duty not in DUTIES:
        return False
    below = value(db, "select parent_code from areas where code = ? and level <> 'hamlet'", [area]) == user.area_code
    if duty == "committee":
        return user.role == "province" and area != user.area_code and access.holds_area(db, user, area)
    return area == user.area_code or below


def _check_place(db: Database, user: User, area: str, duty: str) -> None:
    if not access.holds_area(db, user, area):
        raise NotFound(N_("There is no such record in your area; reload the page."))
    if not may_name(db, user, area, duty):
        raise Refused(N_("This officer was assigned by another level; ask that level for changes."))


def _read(db: Database, area: str, duty: str, fields: dict, now: datetime) -> dict:
    """The row to store; Invalid with every fault."""
    officer: dict = {field: text.clean(fields.get(field)) or None for field in _LONGEST}
    faults = _words_faults({field: words or "" for field, words in officer.items()})
    today = clock.day_of(now)
    officer["from_day"], wrong = dates.read(fields.get("from_day"), today=today, last=clock.plus(today, 366))
    if not officer["from_day"]:
        faults["from_day"] = wrong or Say(dates.MISSING)
    officer["account_id"] = None
    try:
        officer["phone"] = phone.parse(text.clean(fields.get("phone")))
    except Invalid as problem:
        faults |= problem.faults
    if duty == "deputy" and text.clean(fields.get("username")):
        officer["account_id"] = _account(db, area, text.clean(fields["username"]), clock.day_of(now))
        if officer["account_id"] is None:
            faults["username"] = Say(N_("There is no account of this name in your area; check the user name."))
    if faults:
        raise Invalid(faults)
    return officer


def _words_faults(words: dict[str, str]) -> dict[str, Say]:
    faults = {
        field: Say(N_("At most {limit} characters."), {"limit": _LONGEST[field]})
        for field, typed in words.items()
        if len(typed) > _LONGEST[field]
    }
    if not any(char.isalpha() for char in words["full_name"]):
        faults["full_name"] = Say(N_("Type the full name (2 to 80 characters)."))
    return faults


def _account(db: Database, area: str, username: str, day: str) -> int | None:
    """The account in use of this name that has a role in the area or below it."""
    account: int | None = value(
        db,
        f"""with recursive below (code) as (select :area union all
               select areas.code from areas join below on areas.parent_code = below.code)
           select a.id
           from accounts a join grants g on g.account_id = a.id  -- all: of the area the visitor names officers for
           where a.username = :name and a.is_active and g.area_code in (select code from below)
               and g.role <> 'administrator' and {in_force("g")}""",
        {"area": area, "name": username, "day": day},
    )
    return account


def deputies(db: Database, user: User, code: str, day: str) -> list[dict]:
    """`{name, whom, from_hour}` of roles lent on this day by who writes the report; nothing outside one's own area.

    A role that no longer holds, because the lender's or the deputy's own has ended, is left out.
    """
    access.check(user, "report.see")
    if not access.holds_area(db, user, code):
        return []
    lent = rows(
        db,
        f"""select g.id, g.account_id as account, a.full_name as name, w.full_name as whom, g.from_hour
           from grants g -- all: of an area the visitor answers for
           join accounts a on a.id = g.account_id -- all: the name of who stands in
           join accounts w on w.id = g.for_account_id -- all: the name of who is stood in for
           where g.area_code = :code and g.role in ('commune', 'district', 'province') and a.is_active
               and {in_force("g")}
           order by g.from_hour, g.id""",
        {"code": code, "day": day},
    )
    return [
        {name: grant[name] for name in ("name", "whom", "from_hour")}
        for grant in lent
        if any(held["id"] == grant["id"] for held in access.grants(db, grant["account"], day))
    ]
