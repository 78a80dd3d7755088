"""Coming in and going out: lock-out after wrong tries, sessions that end at once."""

from datetime import timedelta

from lib.core import clock, entry
from lib.core.database import rows
from tests import world

NOW = world.NOW


def test_five_wrong_tries_lock_an_account_for_ten_minutes(db):
    for _try in range(entry.TRIES_PER_ACCOUNT):
        assert not entry.locked_until(db, "An", "10.0.0.1", now=NOW)
        entry.failed(db, "an", "10.0.0.1", now=NOW)
    assert entry.locked_until(db, "AN", "10.0.0.9", now=NOW) == clock.stamp(NOW + entry.LOCKED)
    assert not entry.locked_until(db, "an", "10.0.0.9", now=NOW + entry.LOCKED)
    assert not entry.locked_until(db, "lan", "10.0.0.1", now=NOW)


def test_an_address_that_tries_many_names_is_locked(db):
    for n in range(entry.TRIES_PER_ADDRESS):
        entry.failed(db, f"ten{n}", "10.0.0.1", now=NOW)
    assert entry.locked_until(db, "ai", "10.0.0.1", now=NOW)


def test_old_failures_are_forgotten(db):
    for n in range(8):
        entry.failed(db, "an", "10.0.0.1", now=NOW + n * timedelta(minutes=11))
    assert not entry.locked_until(db, "an", "x", now=NOW + timedelta(minutes=88))


def test_changing_and_signing_out_end_other_sessions(as_):
    db, an = as_("an")
    entry.change_password(db, an, world.HASH, now=NOW)
    entry.end_sessions(db, an, now=NOW)
    assert entry.token_version(db, an.id) == 3
    assert [r["action"] for r in rows(db, "select action from audit_log order by id")] == [
        "account.password",
        "signout",
    ]
