"""Coming in and going out: credentials, lock-out, token versions, the visitor's own password.

Passwords arrive here already hashed or checked; lib/screen/passwords.py does both.
"""

from datetime import datetime, timedelta

from sqlite_utils import Database

from lib.core import access, clock, text
from lib.core.access import User
from lib.core.audit import act, log
from lib.core.database import row, value, write

TRIES_PER_ACCOUNT = 5
TRIES_PER_ADDRESS = 100  # an office behind one address shares it
LOCKED = timedelta(minutes=10)


def credentials(db: Database, username: str) -> dict | None:
    """`{id, password_hash, is_active, token_version}` of a username, whatever its case."""
    return row(
        db,
        "select id, password_hash, is_active, token_version from accounts where username = ?",
        [text.clean(username)],
    )


def locked_until(db: Database, username: str, address: str, *, now: datetime) -> str | None:
    """The stamp until which this account or this address is locked out, if it is."""
    return value(
        db,
        """select max(locked_until) from signin_failures
           where (kind, key) in (values ('account', :account), ('address', :address)) and locked_until > :now""",
        {"account": text.fold(username), "address": address, "now": clock.stamp(now)},
    )


def failed(db: Database, username: str, address: str, *, now: datetime) -> None:
    """Count a failure for the account and the address; too many lock it for ten minutes."""
    with write(db):
        for kind, key, tries in (
            ("account", text.fold(username), TRIES_PER_ACCOUNT),
            ("address", address, TRIES_PER_ADDRESS),
        ):
            db.conn.execute(
                """insert into signin_failures (kind, key, failed, last_at) values (:kind, :key, 1, :now)
                   on conflict (kind, key) do update set last_at = :now,
                       failed = iif(last_at < :stale, 1, failed + 1)""",
                {"kind": kind, "key": key, "now": clock.stamp(now), "stale": clock.stamp(now - LOCKED)},
            )
            db.conn.execute(
                """update signin_failures set locked_until = :until, failed = 0
                   where kind = :kind and key = :key and failed >= :tries""",
                {"kind": kind, "key": key, "tries": tries, "until": clock.stamp(now + LOCKED)},
            )
        log(db, None, "signin.failed", now=now, subject=text.clean(username)[:80], detail={"address": address})


def succeeded(db: Database, account_id: int, username: str, address: str, *, now: datetime) -> None:
    with write(db):
        db.conn.execute("delete from signin_failures where kind = 'account' and key = ?", [text.fold(username)])
        user = access.user(db, account_id, clock.day_of(now))
        log(db, user, "signin", now=now, area=user and user.area_code, detail={"address": address})


def token_version(db: Database, account_id: int) -> int | None:
    """What a session token must carry to hold; None when the account is switched off."""
    return value(db, "select token_version from accounts where id = ? and is_active", [account_id])


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
