"""Coming in and going out: credentials, lock-out, token versions, the visitor's own password.

Passwords arrive here already hashed or checked; `password_hashing` does both. A try is counted before its password is
looked at, so that forty at once count forty; whoever is let in gets theirs back. Names are cut and folded before the
store is locked for writing, and nobody's page is drawn again: what strangers send must cost the clerks nothing.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlite_utils import Database

from lib.core import access, clock, text
from lib.core.access import User
from lib.core.audit import Act, act, log
from lib.core.database import row, setting, value, write

NAME_LONGEST = 64  # characters of a user name that are looked at; those of accounts have at most 40
TRIES = 5  # of one name from one address; of one account on a device that is known to it
TRIES_PER_ACCOUNT = 50  # from anywhere: nobody locks a district out with a few wrong passwords
TRIES_PER_ADDRESS = 100  # an office behind one address shares it
LOCKED = timedelta(minutes=10)
FORGOTTEN = timedelta(days=1)
_WITH_PORT = re.compile(r"\[([^]]+)\](?::\d+)?|([\d.]+):\d+")


@dataclass(frozen=True)
class Comer:
    """Somebody at the door: the name as typed and as counted, the address, and the device if the account knows it."""

    name: str
    key: str
    address: str
    device: str | None = None


def comer(username: str, address: str | None, device: str | None = None) -> Comer:
    """Cut before anything else is done with it. `device` only if the account has signed in on it before."""
    return Comer(typed(username), folded(username), network(address), device)


def typed(username: str) -> str:
    """A user name as somebody typed it, cut and cleaned, to look its account up by."""
    return text.clean(username[:NAME_LONGEST])


def folded(username: str) -> str:
    """What tries of a user name are counted under, at most 64 characters."""
    return text.fold(username[:NAME_LONGEST])[:NAME_LONGEST]


def network(address: str | None) -> str:
    """What tries of an address are counted under: whole networks in IPv6, where everybody has a million addresses.

    Some proxies tell the port as well, another one for each connection.
    """
    match = _WITH_PORT.fullmatch((address or "")[:NAME_LONGEST])
    try:
        ip = ip_address((match and (match[1] or match[2])) or address or "")
    except ValueError:
        return (address or "unknown")[:NAME_LONGEST]
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or f"{IPv6Address(int(ip) >> 64 << 64)}/64")
    return str(ip)


def credentials(db: Database, username: str) -> dict | None:
    """`{id, password_hash, is_active, token_version}` of a username, whatever its case."""
    return row(
        db, "select id, password_hash, is_active, token_version from accounts where username = ?", [typed(username)]
    )


def _budgets(who: Comer) -> list[dict]:
    """What a try counts against: its device alone where the account knows it, else name and address together,
    the name from anywhere, and the address with any name."""
    if who.device:
        return [{"kind": "device", "key": f"{who.key} {who.device}", "name": who.key, "tries": TRIES}]
    return [
        {"kind": "pair", "key": f"{who.key} {who.address}", "name": who.key, "tries": TRIES},
        {"kind": "account", "key": who.key, "name": who.key, "tries": TRIES_PER_ACCOUNT},
        {"kind": "address", "key": who.address, "name": None, "tries": TRIES_PER_ADDRESS},
    ]


def locked_until(db: Database, who: Comer, *, now: datetime) -> str | None:
    """The stamp until which no password of theirs is looked at, if one is; none of a clock that ran ahead counts."""
    ends = [
        value(
            db,
            """select locked_until from signin_failures
               where kind = :kind and key = :key and locked_until > :now and last_at <= :soon""",
            budget | {"now": clock.stamp(now), "soon": clock.stamp(now + LOCKED)},
        )
        for budget in _budgets(who)
    ]
    return max(filter(None, ends), default=None)


def reserve(db: Database, who: Comer, *, now: datetime) -> bool:
    """Count a try before its password is looked at; False when there is none left."""
    times = {"now": clock.stamp(now), "stale": clock.stamp(now - LOCKED), "until": clock.stamp(now + LOCKED)}
    budgets = _budgets(who)
    if locked_until(db, who, now=now):  # most of a flood is turned away by reading
        return False
    with write(db, quiet=True):
        if locked_until(db, who, now=now):
            return False
        for budget in budgets:
            db.conn.execute(_COUNT, budget | times)
            db.conn.execute(_LOCK, budget | times)
    return True


_COUNT = """
    insert into signin_failures (kind, key, name, failed, last_at) values (:kind, :key, :name, 1, :now)
    on conflict (kind, key) do update set last_at = :now, locked_until = null,
        failed = iif(last_at <= :stale or locked_until <= :now or last_at > :until, 1, failed + 1)
"""
_LOCK = """
    update signin_failures set locked_until = :until where kind = :kind and key = :key and failed >= :tries
"""


def failed(db: Database, who: Comer, *, now: datetime) -> None:
    """Note in the log that a password was wrong; the try itself was counted before."""
    with write(db, quiet=True):
        log(db, None, "signin.failed", Act(who.name, detail={"address": who.address}), now=now)


def succeeded(db: Database, account_id: int, who: Comer, *, now: datetime, noted: bool = True) -> None:
    """Give the try back, and start anew with this device or this name at this address; `noted` as a sign-in."""
    with write(db, quiet=True):
        for budget in _budgets(who):
            db.conn.execute(_GIVE_BACK, budget)
        if noted:
            user = access.user(db, account_id, clock.day_of(now))
            deed = Act(area=user.area_code if user else None, detail={"address": who.address})
            log(db, user, "signin", deed, now=now)


_GIVE_BACK = """
    update signin_failures set locked_until = iif(failed > :tries, locked_until, null),
        failed = iif(kind in ('pair', 'device'), 0, max(failed - 1, 0))
    where kind = :kind and key = :key
"""


def lift(db: Database, username: str) -> int:
    """Forget every wrong try of a user name, inside an act; how many counts there were."""
    return db.conn.execute("delete from signin_failures where name = ?", [folded(username)]).rowcount


def forget(db: Database, *, now: datetime) -> None:
    """Drop counts that no longer lock anybody, and those of a clock that ran ahead."""
    times = [clock.stamp(now - FORGOTTEN), clock.stamp(now + LOCKED)]
    with write(db, quiet=True):
        db.conn.execute("delete from signin_failures where last_at < ? or last_at > ?", times)


def signing_key(db: Database) -> str:
    """The key that session tokens are signed with, made once and kept in the store."""
    key = setting(db, "cookie_key")
    if key is None:
        with write(db):
            sql = "insert or ignore into settings (key, value) values ('cookie_key', ?)"
            db.conn.execute(sql, [secrets.token_hex(32)])
        key = setting(db, "cookie_key")
    return str(key)


def token_version(db: Database, account_id: int) -> int | None:
    """What a session token must carry to hold; None when the account is switched off."""
    version: int | None = value(db, "select token_version from accounts where id = ? and is_active", [account_id])
    return version


def about(db: Database, user: User) -> list[str]:
    """Names that belong to an account, none of them a password: its own, its people's, its area's and those above."""
    cursor = db.conn.execute(
        """with recursive above (code, kind, name, parent) as (
               select code, kind, name, parent_code from areas where code = ?
               union all select a.code, a.kind, a.name, a.parent_code from areas a join above on a.code = above.parent)
           select name, kind || ' ' || name from above""",
        [user.area_code],
    )
    return [user.username, user.full_name, *(name for names in cursor for name in names)]


def end_sessions(db: Database, user: User, *, now: datetime) -> None:
    """Sign out: every tab and device of the account at its next click."""
    with act(db, user, "account.own", now=now, kind="signout"):
        db.conn.execute("update accounts set token_version = token_version + 1 where id = ?", [user.id])


def change_password(db: Database, user: User, password_hash: str, *, now: datetime) -> None:
    """The visitor's own new password; ends every other session."""
    with act(db, user, "account.own", now=now, kind="account.password"):
        db.conn.execute(
            """update accounts set password_hash = ?, must_change = 0, token_version = token_version + 1
               where id = ?""",
            [password_hash, user.id],
        )
