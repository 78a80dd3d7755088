"""Accounts: who may sign in, as what and where. Passwords arrive here already hashed.

Each level manages the accounts of the level below in its own area (access.MANAGES).
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import access, clock, text
from lib.core.access import LEVELS, MANAGES, User, holds_area, require
from lib.core.audit import Act, act, log
from lib.core.database import insert, row, rows, value, write
from lib.core.errors import N_, Conflict, Invalid, NotFound, Refused, Say
from lib.core.identity import authentication, grant_table
from lib.core.words import namesakes, phone

_WORDS = (
    *("bang", "buom", "cam", "chanh", "chim", "co", "dat", "dong", "dua", "gao", "gio"),
    *("hoa", "lua", "mai", "may", "nang", "nui", "sen", "song", "suoi", "tre", "xuan"),
)
_LONGEST = 200  # characters of a typed name that are looked at: more than can be stored

# Passwords


def issued_password() -> str:
    """A password to hand over on paper: four words and a number, changed at the first sign-in."""
    return "-".join(secrets.choice(_WORDS) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}"


# Managing the level below


def listed(db: Database, day: str) -> list[dict]:
    """Accounts the visitor manages, one row per grant in force, in Vietnamese order of area and role."""
    return rows(
        db,
        f"""select a.id, a.username, a.full_name, a.phone, a.is_active, a.must_change, g.id as grant_id, g.role,
               g.from_day, g.until_day, {namesakes.full("areas")} as area_name, areas.kind as area_kind, g.area_code,
               teams.name as team_name
           from my_grants g join my_accounts a on a.id = g.account_id
           join areas on areas.code = g.area_code left join teams on teams.id = g.team_id
           where g.until_day is null or g.until_day > :day
           order by areas.name_sort, g.role, a.username""",
        {"day": day},
    )


@dataclass(frozen=True)
class NewAccount:
    """An account as it was typed, with the one role it begins with."""

    username: str
    full_name: str
    role: str
    area_code: str
    team_id: int | None = None
    member_id: int | None = None
    phone: str | None = None


def create(db: Database, user: User, new: NewAccount, *, password_hash: str, now: datetime) -> int:
    """Create an account of the level below; its issued password must be changed at the first sign-in."""
    username = authentication.typed(new.username).lower()
    faults = account_faults(username, new.full_name)
    if faults:
        raise Invalid(faults)
    fields = {"username": username, "full_name": text.clean(new.full_name), "phone": phone.parse(new.phone)}
    with act(db, user, "account.manage", now=now, kind="account.create") as deed:
        deed.area = new.area_code
        _check_manages(db, user, new)
        try:
            account_id = insert(
                db,
                """insert into accounts (username, full_name, phone, password_hash, created_at, created_by)
                   values (:username, :full_name, :phone, :hash, :at, :by)""",
                fields | {"hash": password_hash, "at": clock.stamp(now), "by": user.id},
            )
        except sqlite3.IntegrityError as taken:
            raise Conflict(N_("The user name {name} is taken; choose another."), name=username) from taken
        _grant(db, account_id, new, clock.day_of(now))
        deed.subject, deed.detail = username, {"role": new.role}
        return account_id


def account_faults(username: str, full_name: str) -> dict[str, Say]:
    """Field -> sentence for a user name or a full name that cannot be stored."""
    faults = {}
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,39}", username):
        faults["username"] = Say(
            N_("A user name has 3 to 40 letters without accents, digits, dots or hyphens, e.g. gd.thanhphuoc.")
        )
    if not 2 <= len(text.clean(full_name[:_LONGEST])) <= 80:
        faults["full_name"] = Say(N_("Type the full name (2 to 80 characters)."))
    return faults


def _check_manages(db: Database, user: User, new: NewAccount) -> None:
    """Check that the visitor issues this role, and that its area and team lie in the visitor's own area."""
    if new.role not in MANAGES.get(user.role, ()):
        raise Refused(N_("Your role does not issue accounts of this kind."))
    if not holds_area(db, user, new.area_code):
        raise NotFound(N_("There is no such unit in your area; choose another."))
    if value(db, "select level from areas where code = ?", [new.area_code]) not in LEVELS[new.role]:
        raise Conflict(N_("An account of this kind is not for an area of this level; choose another area."))
    if new.role in ("member", "leader"):
        require(value(db, "select 1 from my_teams where id = ?", [new.team_id]), N_("Choose the team."))
    if new.role == "member":
        require(
            value(db, "select 1 from my_members where id = ? and team_id = ?", [new.member_id, new.team_id]),
            N_("Choose the member of the team."),
        )


def _grant(db: Database, account_id: int, new: NewAccount, day: str) -> None:
    held = {"role": new.role, "area_code": new.area_code, "team_id": new.team_id, "member_id": new.member_id}
    grant_table.insert(db, {"account_id": account_id, **held, "from_day": day})


def set_active(db: Database, user: User, account_id: int, active: bool, *, now: datetime) -> None:
    """Switch an account of the level below on or off; off ends its sessions."""
    with act(db, user, "account.manage", now=now, kind="account.active") as deed:
        account = require(row(db, "select id, username from my_accounts where id = ?", [account_id]))
        db.conn.execute(
            "update accounts set is_active = ?, token_version = token_version + 1 where id = ?",
            [int(active), account_id],
        )
        deed.subject, deed.detail = account["username"], {"active": [not active, active]}


def issue_password(db: Database, user: User, account_id: int, password_hash: str, *, now: datetime) -> None:
    """A new issued password for an account of the level below; it must be changed at the next sign-in."""
    with act(db, user, "account.manage", now=now, kind="account.issue") as deed:
        account = require(row(db, "select id, username, full_name from my_accounts where id = ?", [account_id]))
        _check_loans(db, user, account, clock.day_of(now))
        _set_password(db, account_id, password_hash)
        authentication.lift(db, account["username"])
        deed.subject = account["username"]


def _check_loans(db: Database, user: User, account: dict, day: str) -> None:
    """No password of somebody who holds, or will hold, a role lent from a higher level: it would come with it."""
    lent = rows(
        db,
        """select areas.level, whom.full_name as whom from grants g
           join areas on areas.code = g.area_code join accounts whom on whom.id = g.for_account_id
           where g.account_id = :account and g.until_day > :day and g.until_day > g.from_day""",
        {"account": account["id"], "day": day},
    )
    above = next((loan for loan in lent if _HEIGHT[loan["level"]] > _HEIGHT[user.level]), None)
    if above:
        raise Conflict(
            N_(
                "{name} acts for {whom}: a new password would hand over that role as well. Ask {whom} to end the "
                "delegation first."
            ),
            name=account["full_name"],
            whom=above["whom"],
        )


_HEIGHT = {"commune": 0, "district": 1, "province": 2}


def reset(db: Database, username: str, password_hash: str, *, now: datetime) -> None:
    """A password to be changed at the next sign-in, from the terminal of the machine; ends every session."""
    account = require(
        row(
            db,
            """select a.id, a.username, min(g.area_code) as area from accounts a
               left join grants g on g.account_id = a.id and g.for_account_id is null
               where a.username = ? group by a.id""",
            [authentication.typed(username)],
        ),
        N_("There is no account of this name; check the user name."),
    )
    with write(db):
        _set_password(db, account["id"], password_hash)
        authentication.lift(db, account["username"])
        log(db, None, "account.reset", Act(account["username"], account["area"]), now=now)


def _set_password(db: Database, account_id: int, password_hash: str) -> None:
    db.conn.execute(
        """update accounts set password_hash = ?, must_change = 1, token_version = token_version + 1
           where id = ?""",
        [password_hash, account_id],
    )


def unlock(db: Database, user: User, username: str, *, now: datetime) -> None:
    """Lift the lock-out of any account (administrator)."""
    username = authentication.typed(username)
    with act(db, user, "account.unlock", now=now) as deed:
        deed.subject, deed.nothing = username, not authentication.lift(db, username)


# The first account of a new store


def exist(db: Database) -> bool:
    return value(db, "select 1 from accounts limit 1") is not None


def first_day(db: Database) -> str | None:
    """The day of the first account, which is the store's."""
    stamp = value(db, "select min(created_at) from accounts  -- all: when the store was made")
    return clock.day_of(clock.instant(stamp)) if stamp else None


def create_first(
    db: Database, *, username: str, full_name: str, password_hash: str, province_code: str, now: datetime
) -> int:
    """The first administrator; refused once any account exists."""
    username, full_name = authentication.typed(username).lower(), text.clean(full_name[:_LONGEST])
    faults = account_faults(username, full_name)
    if faults:
        raise Invalid(faults)
    with write(db):
        if exist(db):
            raise Refused(N_("Accounts already exist; sign in instead."))
        account_id = insert(
            db,
            """insert into accounts (username, full_name, password_hash, must_change, created_at)
               values (:username, :full_name, :hash, 0, :at)""",
            {"username": username, "full_name": full_name, "hash": password_hash, "at": clock.stamp(now)},
        )
        _grant(db, account_id, NewAccount(username, full_name, "administrator", province_code), clock.day_of(now))
        user = access.user(db, account_id, clock.day_of(now))
        log(db, user, "account.create", Act(username, province_code, {"role": "administrator"}), now=now)
        return account_id
