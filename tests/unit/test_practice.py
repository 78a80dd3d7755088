"The simulated teams: only in a practice store, only when switched on, only as the practice clerks, by day."

from dataclasses import replace
from datetime import timedelta

import pytest

from lib.core import access, clock, database, rollup, trusted_time
from lib.core.database import connect, row, rows, set_setting, setting, value
from lib.core.errors import Refused
from lib.field.visits import visits
from lib.operations import clockwork
from lib.practice import live_teams, province
from tests import world

LATER = world.NOW.replace(minute=5)
LONG = 600  # seconds in which even a quiet hour brings a few doors


@pytest.fixture
def alive(db):
    set_setting(db, "practice", "khong-bi-mat")
    set_setting(db, "practice_alive", "1")
    return db


def visited(db) -> int:
    return value(db, "select count(*) from visits where day = ?", [world.DAY])


def work(db, seconds=LONG, now=world.NOW, seed=1) -> int:
    return live_teams.visit_some(db, now=now, seconds=seconds, seed=seed)


def until_done(db) -> None:
    db.conn.execute("delete from team_day where day <> ?", [world.DAY])
    for _round in range(200):
        if not work(db, seed=None):
            return


def test_a_real_store_is_never_touched(db):
    set_setting(db, "practice_alive", "1")
    before = db.conn.total_changes
    for hour in range(24):
        assert work(db, now=world.NOW.replace(hour=0) + timedelta(hours=hour)) == 0
    assert db.conn.total_changes == before


def test_a_quiet_practice_store_is_left_alone(db):
    set_setting(db, "practice", "khong-bi-mat")
    assert work(db) == 0 == visited(db)


def test_doors_are_entered_by_the_commune_s_clerk(alive):
    entered = work(alive, seconds=50)
    assert 3 <= entered <= 6 and entered == visited(alive)
    seen = row(alive, "select distinct recorded_by as clerk, household_id / 24 as team from visits")
    clerk = access.user(alive, seen["clerk"], world.DAY)
    home = value(alive, "select commune_code from households join visits on household_id = id limit 1")
    assert clerk.role == "commune" and clerk.area_code == home
    sums = row(alive, "select sum(attempted) as n, max(last_entry_at) as last from team_day where day = ?", [world.DAY])
    assert sums == {"n": entered, "last": clock.stamp(world.NOW)}


def test_the_connection_is_nobody_s_afterwards(alive):
    work(alive)
    assert value(alive, "select count(*) from my_households") == 0


def test_they_stop_when_everybody_was_reached(alive):
    until_done(alive)
    left = alive.conn.execute("select distinct commune_code from team_day where due > attempted").fetchall()
    assert left == [("25456",), ("25459",)]  # where people practise, and a commune that has no clerk
    assert value(alive, "select sum(absent) from team_day where commune_code = '25654'") == 0
    assert work(alive) == 0


def test_doors_without_an_answer_are_called_at_last(alive, monkeypatch):
    monkeypatch.setattr(live_teams, "_OUTCOMES", {"absent": 1})
    until_done(alive)
    stored = rows(alive, "select outcome, version from visits where day = ? group by 1, 2", [world.DAY])
    assert stored == [{"outcome": "phone", "version": 2}]


def test_the_same_seed_does_the_same(alive):
    def found():
        return alive.conn.execute("select household_id, outcome, flags from visits").fetchall()

    work(alive, seed=7)
    first = found()
    alive.conn.execute("drop trigger visits_stay")
    alive.conn.execute("drop trigger screenings_stay")
    for table in ("screenings", "visits"):
        alive.conn.execute(f"delete from {table}")
    alive.conn.execute("update team_day set met = 0, phone = 0, absent = 0, refused = 0")
    work(alive, seed=7, now=LATER)
    assert first and found() == first


@pytest.mark.parametrize(("hour", "works"), [(5, False), (6, True), (13, True), (20, True), (21, False), (23, False)])
def test_at_night_nobody_knocks(alive, hour, works):
    now = clock.instant(clock.at(world.DAY, f"{hour:02d}:30"))
    assert bool(work(alive, now=now)) == works and live_teams.are_resting(now) != works


def test_the_hour_before_the_cut_off_is_the_busiest():
    rates = {
        hour: live_teams.pace(4600, now=clock.instant(clock.at(world.DAY, f"{hour:02d}:00"))) for hour in range(24)
    }
    assert max(rates, key=rates.get) >= 13 and rates[13] > 2 * rates[12]
    assert all(rate >= 0.1 for hour, rate in rates.items() if 6 <= hour < 21)


def test_a_day_is_not_done_in_ten_minutes():
    for clock_face in ("06:00", "13:55", "20:50"):
        now, left = clock.instant(clock.at(world.DAY, clock_face)), 4600.0
        for beat in range(120):
            left -= 5 * live_teams.pace(int(left), now=now + timedelta(seconds=5 * beat))
        assert left > 3500, clock_face


def test_a_machine_that_was_off_does_not_enter_everything_at_once(alive):
    assert work(alive, seconds=1e6) <= live_teams._MOST


@pytest.mark.parametrize(
    ("kind", "told"), [("ill", (None, 1, 0)), ("returnee", ("returnee", 0, 1)), ("guest", ("guest", 0, 1))]
)
def test_visits_come_with_what_was_found(alive, monkeypatch, kind, told):
    monkeypatch.setattr(live_teams, "_OUTCOMES", {"met": 1})
    monkeypatch.setattr(live_teams, "_FOUND", dict.fromkeys(live_teams._FOUND, 1))
    monkeypatch.setattr(live_teams, "_PEOPLE", {kind: 1})
    alive.conn.execute("""insert into persons (household_id, full_name, name_folded, name_sort, birth_year)
        select id, head_name, head_folded, head_sort, 1960 from households""")
    entered = work(alive)
    found = rows(
        alive,
        """select arrival, symptoms <> '[]' as ill, from_province is not null as came, count(*) as n
        from screenings group by 1, 2, 3""",
    )
    assert found == [dict(zip(("arrival", "ill", "came"), told, strict=True)) | {"n": entered}]
    assert value(alive, "select count(*) from visits where needs is null or violations is null") == 0
    guests = value(alive, "select count(*) from persons where residence = 'guest'")
    assert guests == (entered if kind == "guest" else 0)


def test_of_a_household_of_which_nobody_is_known_nobody_is_ill(alive, monkeypatch):
    monkeypatch.setattr(live_teams, "_FOUND", dict.fromkeys(live_teams._FOUND, 1))
    monkeypatch.setattr(live_teams, "_PEOPLE", {"ill": 1})
    assert work(alive) > 0 == value(alive, "select count(*) from screenings")


def test_a_switched_off_clerk_lends_no_name(alive):
    alive.conn.execute("update accounts set is_active = 0")
    assert work(alive) == 0


def test_the_administrator_switches_them(as_):
    db, quan = as_("quan")
    set_setting(db, "practice", "khong-bi-mat")
    live_teams.set_alive(db, quan, True, now=world.NOW)
    assert live_teams.is_alive(db)
    assert row(db, "select action, subject from audit_log") == {
        "action": "setting.technical",
        "subject": "practice_alive",
    }
    live_teams.set_alive(db, quan, False, now=world.NOW)
    assert not live_teams.is_alive(db)


@pytest.mark.parametrize("name", ["binh", "mai", "chi"])
def test_nobody_else_switches_them(as_, name):
    db, user = as_(name)
    set_setting(db, "practice", "khong-bi-mat")
    with pytest.raises(Refused):
        live_teams.set_alive(db, user, True, now=world.NOW)
    assert setting(db, "practice_alive") is None


def test_a_real_store_has_no_switch(as_):
    db, quan = as_("quan")
    with pytest.raises(Refused):
        live_teams.set_alive(db, quan, True, now=world.NOW)


def test_practice_data_is_never_poured_into_a_store_in_use(db):
    with pytest.raises(Refused):
        live_teams.found(db, password_hash="x", alive=True, now=world.NOW)
    assert not live_teams.is_practice(db)


def test_a_restart_goes_on_where_it_was(store, alive):
    clockwork.beat(alive, now=world.NOW)
    first = visited(alive)
    other = connect(store)
    for beat in range(40):
        clockwork.beat(other, now=world.NOW + timedelta(seconds=5 * beat))
    assert visited(other) > first
    other.close()


def test_nothing_they_do_keeps_the_nightly_work_from_being_done(alive, monkeypatch):
    def failing(*_args, **_kwargs):
        raise RuntimeError("simulated teams")

    monkeypatch.setattr(live_teams, "visit_some", failing)
    with pytest.raises(RuntimeError):
        clockwork.beat(alive, now=world.NOW)

    assert setting(alive, "forgotten_day") == world.DAY


# Real data where everybody knows the password


def issued(db, count: int) -> None:
    for n in range(count):
        db.conn.execute(
            """insert into accounts (username, full_name, password_hash, created_at, created_by)
               values (?, 'Nguyễn Thị Thật', '-', '2021-08-16T03:00:00Z', 3)""",
            [f"that.{n}"],
        )


def signs(db) -> list[str]:
    return [say.text.format(**say.places) for say in live_teams.signs_of_real_data(db)]


def by_hand(as_, *, now, address="10.0.0.7") -> None:
    """Bình enters a door at a browser."""
    db, binh = as_("binh")
    draft = {"outcome": "met", "flags": "", "note": None, "swept": False, "version": 0, "was": None}
    visits.record(
        db, replace(binh, address=address), visits.Submission(1, clock.day_of(now), {"25456-0001": draft}), now=now
    )


def test_ten_accounts_that_people_issued_are_told(alive):
    issued(alive, 9)
    assert signs(alive) == []
    issued_before = value(alive, "select count(*) from accounts where created_by is not null")
    alive.conn.execute("update accounts set created_by = 3 where username = 'an'")
    assert issued_before == 9 and signs(alive) == ["10 accounts were issued here by people."]


def test_a_day_that_people_entered_is_told(alive, as_):
    "Practising on the day it was made is no sign, nor is what the simulated teams do for weeks."
    made = clock.stamp(world.NOW - timedelta(hours=3))
    alive.conn.execute("update accounts set created_at = ?", [made])
    by_hand(as_, now=world.NOW)
    trusted_time.settle(alive, now=world.NOW + timedelta(hours=12))  # the machine runs all night
    rollup.open_day(alive, "2021-08-17", now=world.NOW + timedelta(days=1))
    assert work(alive, now=world.NOW + timedelta(days=1)) and signs(alive) == []
    alive.conn.execute("update accounts set created_at = ?", [clock.stamp(world.NOW - timedelta(days=1))])
    assert signs(alive) == ["Entries of 16/08/2021 were made by people."]


def test_a_store_in_earnest_has_no_such_signs(db, as_):
    issued(db, 20)
    by_hand(as_, now=world.NOW)
    assert signs(db) == []


def test_the_generators_own_store_has_none(tmp_path):
    file = database.prepare(tmp_path / "small.db", now=world.NOW)
    small = connect(file)
    province.build(small, province.Extent(days=3), now=world.NOW, password_hash="-")
    set_setting(small, "practice_alive", "1")
    assert live_teams.visit_some(small, now=world.NOW + timedelta(minutes=5), seconds=60) and signs(small) == []
    small.close()
