"""The invisible teams: only in a practice store, only when switched on, only as the practice clerks."""

import pytest

from lib.core import access, clock
from lib.core.database import row, set_setting, setting, value
from lib.core.errors import Refused
from lib.field import practice
from tests import world

LATER = world.NOW.replace(minute=5)


@pytest.fixture
def alive(db):
    set_setting(db, "practice", "khong-bi-mat")
    set_setting(db, "practice_alive", "1")
    return db


def visited(db) -> int:
    return value(db, "select count(*) from visits where day = ?", [world.DAY])


def test_a_real_store_is_never_touched(db):
    set_setting(db, "practice_alive", "1")
    assert practice.visit_some(db, now=world.NOW, seed=1) == 0 == visited(db)


def test_a_quiet_practice_store_is_left_alone(db):
    set_setting(db, "practice", "khong-bi-mat")
    assert practice.visit_some(db, now=world.NOW, seed=1) == 0 == visited(db)


def test_a_few_doors_are_entered_by_the_commune_s_clerk(alive):
    entered = practice.visit_some(alive, now=world.NOW, seed=1)
    assert 3 <= entered <= 6 and entered == visited(alive)
    seen = row(alive, "select distinct recorded_by as clerk, household_id / 24 as team from visits")
    clerk = access.user(alive, seen["clerk"], world.DAY)
    home = value(alive, "select commune_code from households join visits on household_id = id limit 1")
    assert clerk.role == "commune" and clerk.area_code == home
    sums = row(alive, "select sum(attempted) as n, max(last_entry_at) as last from team_day where day = ?", [world.DAY])
    assert sums == {"n": entered, "last": clock.stamp(world.NOW)}


def test_the_connection_is_nobody_s_afterwards(alive):
    practice.visit_some(alive, now=world.NOW, seed=1)
    assert value(alive, "select count(*) from my_households") == 0


def test_they_stop_when_every_door_was_tried(alive):
    alive.conn.execute("delete from team_day where day <> ?", [world.DAY])
    while practice.visit_some(alive, now=world.NOW):
        pass
    left = alive.conn.execute("select distinct commune_code from team_day where due > attempted").fetchall()
    assert left == [("25456",), ("25459",)]  # where people practise, and a commune that has no clerk


def test_the_same_seed_does_the_same(alive):
    practice.visit_some(alive, now=world.NOW, seed=7)
    first = alive.conn.execute("select household_id, outcome from visits").fetchall()
    alive.conn.execute("drop trigger visits_stay")
    alive.conn.execute("delete from visits")
    alive.conn.execute("update team_day set met = 0, phone = 0, absent = 0, refused = 0")
    practice.visit_some(alive, now=LATER, seed=7)
    assert alive.conn.execute("select household_id, outcome from visits").fetchall() == first


def test_a_switched_off_clerk_lends_no_name(alive):
    alive.conn.execute("update accounts set is_active = 0")
    assert practice.visit_some(alive, now=world.NOW, seed=1) == 0


def test_the_administrator_switches_them(as_):
    db, quan = as_("quan")
    set_setting(db, "practice", "khong-bi-mat")
    practice.set_alive(db, quan, True, now=world.NOW)
    assert practice.is_alive(db)
    assert row(db, "select action, subject from audit_log") == {
        "action": "setting.technical",
        "subject": "practice_alive",
    }
    practice.set_alive(db, quan, False, now=world.NOW)
    assert not practice.is_alive(db)


@pytest.mark.parametrize("name", ["binh", "mai", "chi"])
def test_nobody_else_switches_them(as_, name):
    db, user = as_(name)
    set_setting(db, "practice", "khong-bi-mat")
    with pytest.raises(Refused):
        practice.set_alive(db, user, True, now=world.NOW)
    assert setting(db, "practice_alive") is None


def test_a_real_store_has_no_switch(as_):
    db, quan = as_("quan")
    with pytest.raises(Refused):
        practice.set_alive(db, quan, True, now=world.NOW)


def test_practice_data_is_never_poured_into_a_store_in_use(db):
    with pytest.raises(Refused):
        practice.found(db, password_hash="x", alive=True, now=world.NOW)
    assert not practice.is_practice(db)
