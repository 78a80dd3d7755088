"""A role lent for a time: its holder names another account, from day to day and from an hour on (S0-21).

The grant says for whom it is held, and so does every act under it. It goes no further, issues nothing that would
outlast it (`access.LASTING`), and lasts no longer than the role it was lent from (`access.grants`).
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, text
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.identity import authentication, grant_table
from lib.core.sql import in_force, not_over
from lib.core.words import dates, namesakes

HOUR = "13:50"  # when an absent officer's report passes to the deputy
LONGEST = 92  # days
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Loan:
    """A delegation as it was typed: the deputy's user name, the first and the last day, the hour it begins at."""

    username: str
    from_day: str | None
    last_day: str | None
    from_hour: str


def give(db: Database, user: User, loan: Loan, *, now: datetime) -> int:
    """Lend the role acted in to an account of the same area; returns the number of the grant."""
    hour = loan.from_hour[:40].strip().replace(" ", "").zfill(5)
    from_day, last_day = _check_time(loan.from_day, loan.last_day, hour, clock.day_of(now))
    with act(db, user, "account.delegate", now=now) as deed:
        deputy = _account(db, user, loan.username, clock.day_of(now))
        lent = {
            "account_id": deputy["id"],
            "role": user.role,
            "area_code": user.area_code,
            "from_day": from_day,
            "until_day": clock.plus(last_day, 1),
            "for_account_id": user.id,
            "from_hour": hour,
        }
        if value(db, f"select 1 from grants where account_id = :account_id and {_OF_MINE} and {_OVERLAPS}", lent):
            raise Conflict(N_("{name} is already delegated for these days."), name=deputy["full_name"])
        grant_id = grant_table.insert(db, lent)
        deed.subject = deputy["full_name"]
        deed.detail = {"username": deputy["username"], "from_day": from_day, "until_day": last_day, "from_hour": hour}
        return grant_id


_OF_MINE = "for_account_id = :for_account_id and role = :role and area_code = :area_code"
_OVERLAPS = f"from_day < :until_day and {not_over(day=':from_day')} and ifnull(until_day, '9') > from_day"


def _check_time(from_typed: str | None, last_typed: str | None, from_hour: str, today: str) -> tuple[str, str]:
    """The two days as typed; Invalid with the field: real days, not past, in order, not too long."""
    from_day, wrong_first = dates.read(from_typed, today=today, last=clock.plus(today, 366))
    last_day, wrong_last = dates.read(last_typed, today=from_day or today)
    faults = {}
    if not from_day:
        faults["from_day"] = wrong_first or Say(dates.MISSING)
    elif from_day < today:
        faults["from_day"] = Say(N_("A role can be delegated from today on at the earliest."))
    if not last_day:
        faults["last_day"] = wrong_last or Say(dates.MISSING)
    elif from_day and last_day < from_day:
        faults["last_day"] = Say(N_("The last day is before the first; choose again."))
    elif from_day and last_day >= clock.plus(from_day, LONGEST):
        faults["last_day"] = Say(N_("At most {n} days; delegate again afterwards."), {"n": LONGEST})
    if not _HOUR.fullmatch(from_hour):
        faults["from_hour"] = Say(N_("Type the hour, e.g. 13:50."))
    if faults or not from_day or not last_day:
        raise Invalid(faults)
    return from_day, last_day


# Of whose accounts a level chooses a deputy: its own and those it works with; `_account` says what is allowed.
_CHOICES = {
    "commune": ("commune", "station", "leader", "member"),
    "district": ("district", "commune", "station", "inspector"),
    "province": ("province", "district", "inspector"),
}


def choices(db: Database, user: User, day: str) -> list[dict]:
    """Accounts to choose a deputy from: `{username, full_name, phone, role, area_code, area_kind, area_name}`.

    Those of the visitor's own area first, then level by level below it, in Vietnamese order; each once.
    """
    access.check(user, "account.delegate")
    accounts = rows(
        db,
        f"""select a.id, a.username, a.full_name, a.phone, g.role, g.area_code, areas.kind as area_kind,
               {namesakes.full("areas")} as area_name, areas.name_sort
           from grants g join accounts a on a.id = g.account_id join areas on areas.code = g.area_code
           where g.role in (select value from json_each(:roles)) and g.for_account_id is null and a.is_active
               and not a.must_change and a.id <> :me
               and {in_force("g")}""",
        {"roles": json.dumps(_CHOICES[user.level]), "me": user.id, "day": day},
    )
    inside = set(access.held_areas(db, user, [line["area_code"] for line in accounts]))
    roles = _CHOICES[user.level]
    near = [line for line in accounts if line["area_code"] in inside]
    near.sort(
        key=lambda line: (
            line["area_code"] != user.area_code,
            roles.index(line["role"]),
            line["name_sort"],
            text.person_sort_key(line["full_name"]),
        )
    )
    return list({line["id"]: line for line in reversed(near)}.values())[::-1]


def matching(accounts: list[dict], wanted: str) -> list[dict]:
    """Those whose name, user name, telephone or area holds every word typed, without marks."""
    words = text.fold(wanted).split()
    return [
        line
        for line in accounts
        if all(
            text.holds(
                text.fold(
                    " ".join(
                        filter(
                            None,
                            (line["username"], line["full_name"], line["phone"], line["area_kind"], line["area_name"]),
                        )
                    )
                ),
                word,
            )
            for word in words
        )
    ]


def _account(db: Database, user: User, username: str, day: str) -> dict:
    """An account in use with a role of its own in the visitor's area; a stranger's is not found."""
    name = authentication.typed(username)
    if not name:
        raise Invalid({"username": Say(N_("Choose your deputy from the list."))})
    sql = "select id, username, full_name, must_change from accounts where username = ? and is_active"
    account = row(db, sql, [name])
    if account and account["id"] == user.id:
        raise Invalid({"username": Say(N_("This is your own account; choose someone else."))})
    held = access.grants(db, account["id"], day) if account else []
    near = any(
        g["for_account"] is None and g["role"] != "administrator" and access.holds_area(db, user, g["area_code"])
        for g in held
    )
    deputy = require(
        account if near else None, N_("There is no account of this name in your area; check the user name.")
    )
    if deputy["must_change"]:  # whoever issued the password knows it still
        raise Conflict(
            N_("{name} has not chosen their own password yet; delegate the role after that."), name=deputy["full_name"]
        )
    return deputy


def end(db: Database, user: User, grant_id: int, *, now: datetime) -> None:
    """Take the role back at once."""
    with act(db, user, "account.delegate", now=now, kind="account.delegate_end") as deed:
        today = clock.day_of(now)
        lent = require(next((line for line in given(db, user, today) if line["id"] == grant_id), None))
        grant_table.end(db, grant_id, today)
        deed.subject = lent["full_name"]


def see(db: Database, user: User, grant_id: int, *, now: datetime) -> None:
    """Note that the visitor has read of a role lent to them; again is no further act, and nobody else's is found."""
    with act(db, user, "account.own", now=now, kind="account.delegate_seen") as deed:
        lent = require(next((line for line in held(db, user, clock.day_of(now)) if line["id"] == grant_id), None))
        deed.subject, deed.nothing = lent["full_name"], lent["seen_at"] is not None
        grant_table.note_seen(db, grant_id, clock.stamp(now))


def given(db: Database, user: User, day: str) -> list[dict]:
    """What the visitor lent and has not ended; see `_LINES`."""
    return rows(db, _LINES.format(mine="g.for_account_id", other="g.account_id"), {"me": user.id, "day": day})


def held(db: Database, user: User, day: str) -> list[dict]:
    """What others lent to the visitor, now (`in_force`) or later; what their own role no longer covers is gone."""
    lines = rows(db, _LINES.format(mine="g.account_id", other="g.for_account_id"), {"me": user.id, "day": day})
    living = {g["id"] for g in access.grants(db, user.id, day)} if lines else set()
    loans = [line | {"in_force": line["id"] in living} for line in lines]
    return [line for line in loans if line["in_force"] or line["from_day"] > day]


_LINES = """
    select g.id, g.role, g.area_code, areas.kind as area_kind, areas.name as area_name, other.full_name,
        other.username, other.is_active, g.from_day, date(g.until_day, '-1 day') as last_day, g.from_hour, g.seen_at
    from grants g join areas on areas.code = g.area_code join accounts other on other.id = {other}
    where {mine} = :me and g.for_account_id is not null and g.until_day > :day and g.until_day > g.from_day
    order by g.from_day, g.id
"""
