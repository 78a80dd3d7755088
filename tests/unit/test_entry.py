"""Coming in and going out: lock-out after wrong tries, sessions that end at once."""

from datetime import timedelta

import pytest

from lib.core import clock
from lib.core.database import changes, rows, value
from lib.core.identity import accounts, authentication
from tests import locks, world
from tests.table import tabled

NOW = world.NOW
OFFICE, HOME = "10.0.0.1", "10.0.0.9"


def wrong(db, name: str, address: str = OFFICE, device: str | None = None, *, times: int = 1, now=NOW) -> int:
    """How many of so many tries are looked at."""
    who = authentication.comer(name, address, device)
    return sum(authentication.reserve(db, who, now=now) for _try in range(times))


def open_to(db, name: str, address: str = OFFICE, device: str | None = None, *, now=NOW) -> bool:
    return not authentication.locked_until(db, authentication.comer(name, address, device), now=now)


def test_five_wrong_tries_lock_a_name_at_its_address_for_ten_minutes(db):
    assert wrong(db, "an", times=9) == authentication.TRIES
    who = authentication.comer("AN", OFFICE)
    assert authentication.locked_until(db, who, now=NOW) == clock.stamp(NOW + authentication.LOCKED)
    assert open_to(db, "lan") and open_to(db, "an", HOME), "nobody else, and nowhere else"
    later = NOW + authentication.LOCKED
    assert open_to(db, "an", now=later) and wrong(db, "an", times=9, now=later) == authentication.TRIES


def test_an_account_is_locked_from_anywhere_only_after_fifty(db):
    for n in range(authentication.TRIES_PER_ACCOUNT):
        assert open_to(db, "an", HOME)
        assert wrong(db, "an", f"10.0.1.{n}") == 1
    assert not open_to(db, "an", HOME) and open_to(db, "lan", HOME)


def test_nobody_locks_a_district_out_at_ten_to_two(db):
    """Five tries at each of the district's accounts, from four addresses: whoever comes from another signs in."""
    for name in world.CAST:
        for n in range(4):
            wrong(db, name, f"203.0.113.{n}", times=5)
    assert all(open_to(db, name, OFFICE) for name in world.CAST)


def test_a_known_device_keeps_tries_of_its_own(db):
    for n in range(60):
        wrong(db, "an", f"10.0.1.{n}")
    wrong(db, "an", OFFICE, times=9)
    assert not open_to(db, "an", OFFICE) and open_to(db, "an", OFFICE, "d1")
    assert wrong(db, "an", OFFICE, "d1", times=9) == authentication.TRIES, "five here as well"
    assert open_to(db, "an", OFFICE, "d2")


def test_an_address_that_tries_many_names_is_locked(db):
    tried = [wrong(db, f"ten{n}", "10.0.0.1") for n in range(authentication.TRIES_PER_ADDRESS + 5)]
    assert sum(tried) == authentication.TRIES_PER_ADDRESS and not open_to(db, "ai", "10.0.0.1")


def test_a_network_of_ipv6_is_one_address(db):
    for n in range(authentication.TRIES_PER_ADDRESS):
        wrong(db, f"ten{n}", f"2001:db8:0:7::{n:x}")
    assert not open_to(db, "ai", "2001:db8:0:7:ffff::1") and open_to(db, "ai", "2001:db8:0:8::1")
    assert authentication.network("::ffff:10.0.0.1") == "10.0.0.1"


@tabled(
    ("told", "place"),
    [
        ("203.0.113.7:50312", "203.0.113.7"),
        ("[2001:db8:0:7::1]:443", "2001:db8:0:7::/64"),
        ("[::1]", "::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
        (None, "unknown"),
        ("x" * 500, "x" * 64),
    ],
)
def test_an_address_counts_without_the_port_that_a_proxy_tells(told, place):
    assert authentication.network(told) == place


def test_old_failures_are_forgotten(db):
    for n in range(8):
        assert wrong(db, "an", now=NOW + n * timedelta(minutes=11)) == 1
    assert open_to(db, "an", now=NOW + timedelta(minutes=88))


def test_what_a_clock_that_ran_ahead_counted_locks_nobody_out(db):
    """For as long as the clock was ahead, and neither are they kept until then."""
    ahead = NOW + timedelta(days=300)
    assert wrong(db, "an", times=9, now=ahead) == authentication.TRIES and not open_to(db, "an", now=ahead)
    assert open_to(db, "an") and wrong(db, "an", times=9) == authentication.TRIES, "and then five, as ever"
    wrong(db, "lan", now=ahead)
    authentication.forget(db, now=NOW)
    assert value(db, "select max(last_at) from signin_failures") == clock.stamp(NOW)


def test_a_right_password_gives_the_try_back(db):
    for _morning in range(2 * authentication.TRIES_PER_ADDRESS):
        who = authentication.comer("an", OFFICE)
        assert authentication.reserve(db, who, now=NOW)
        authentication.succeeded(db, 1, who, now=NOW)
    assert not rows(db, "select 1 from signin_failures where failed or locked_until")


def test_the_fifth_try_may_be_the_right_one(db):
    assert wrong(db, "an", times=5) == 5
    authentication.succeeded(db, 1, authentication.comer("an", OFFICE), now=NOW)
    assert open_to(db, "an")


def test_lifting_a_lock_out_lifts_all_of_it(as_, db):
    wrong(db, "an", times=5)
    wrong(db, "an", device="d1", times=5)
    accounts.unlock(*as_("quan"), " An", now=NOW)
    assert open_to(db, "an") and open_to(db, "an", device="d1")


@pytest.mark.parametrize("long", ["x" * 20_000_000, "\u1ea4" * 70, "\u0301" * 5_000_000, "e\u0301" * 10_000_000])
def test_a_name_is_cut_before_anything_is_done_with_it(db, monkeypatch, long):
    seen = []
    clean = authentication.text.clean
    monkeypatch.setattr(authentication.text, "clean", lambda name: (seen.append(len(name)), clean(name))[1])
    who = authentication.comer(long, long)
    authentication.credentials(db, long)
    authentication.reserve(db, who, now=NOW)
    authentication.failed(db, who, now=NOW)
    authentication.lift(db, long)
    assert seen and max(seen) <= authentication.NAME_LONGEST
    assert value(db, "select max(length(key)) from signin_failures") in (
        None,
        *range(2 * authentication.NAME_LONGEST + 2),
    )
    assert value(db, "select max(length(subject) + length(detail)) from audit_log") < 300


def test_counts_of_wrong_tries_are_dropped_daily(db):
    from lib.operations import clockwork

    wrong(db, "an", times=5)
    clockwork.forget(db, now=NOW + timedelta(hours=23))
    assert value(db, "select count(*) from signin_failures") == 3
    clockwork.forget(db, now=NOW + timedelta(hours=25))
    assert value(db, "select count(*) from signin_failures") == 0


def test_what_strangers_send_is_not_worked_on_while_the_store_is_locked(as_, db, monkeypatch):
    """Between BEGIN IMMEDIATE and COMMIT: statements, and nothing that grows with what was typed."""
    who = authentication.comer("Nguyễn Văn An" * 9, OFFICE)
    with locks.watched(monkeypatch) as inside:
        authentication.reserve(db, who, now=NOW)
        authentication.failed(db, who, now=NOW)
        authentication.succeeded(db, 1, authentication.comer("an", OFFICE), now=NOW)
    assert "execute" in inside
    assert not inside & locks.SLOW, inside & locks.SLOW


def test_wrong_tries_draw_nobodys_page_again(db):
    """Every page and every list kept in memory goes by the count of changes."""
    before = changes(db)
    who = authentication.comer("an", OFFICE)
    for _try in range(7):
        if authentication.reserve(db, who, now=NOW):
            authentication.failed(db, who, now=NOW)
    authentication.succeeded(db, 1, authentication.comer("lan", HOME), now=NOW)
    assert changes(db) == before and value(db, "select count(*) from audit_log where action like 'signin%'") == 6


def test_no_password_is_hashed_while_the_store_is_locked(as_, monkeypatch):
    from lib.core.identity import password_hashing

    db, binh = as_("binh")
    with locks.watched(monkeypatch) as inside:
        accounts.issue_password(db, binh, 1, password_hashing.hashed("đi từng ngõ"), now=NOW)
        kept = password_hashing.hashed("gõ từng nhà")
        accounts.create(
            db,
            binh,
            accounts.NewAccount(
                username="pt.hoa", full_name="Lê Thị Hoa", role="leader", area_code="25456", team_id=1, member_id=1
            ),
            password_hash=kept,
            now=NOW,
        )
        authentication.change_password(db, binh, password_hashing.hashed("rà từng đối tượng"), now=NOW)
    assert "execute" in inside and not inside & locks.HASHING


def test_changing_and_signing_out_end_other_sessions(as_):
    db, an = as_("an")
    authentication.change_password(db, an, world.HASH, now=NOW)
    authentication.end_sessions(db, an, now=NOW)
    assert authentication.token_version(db, an.id) == 3
    assert [r["action"] for r in rows(db, "select action from audit_log order by id")] == [
        "account.password",
        "signout",
    ]
