"""What the clock starts happens once, and puts things right."""

import os
import shutil
from datetime import timedelta

import pytest

from lib.core import clock, connection_pool, rollup, store_file
from lib.core.database import connect, set_setting, value
from lib.operations import clockwork
from lib.operations.command_line import main
from lib.register.households import persons
from tests import world


def test_a_beat_opens_the_day_once(db):
    tomorrow = world.NOW + timedelta(days=1)
    clockwork.beat(db, now=tomorrow)
    clockwork.beat(db, now=tomorrow)
    assert value(db, "select count(*) from days") == 3
    assert value(db, "select count(*) from team_day where day = '2021-08-17'") == 4


def test_a_day_to_come_is_not_opened(db):
    rollup.open_day(db, "2021-08-17", now=world.NOW)
    assert not rollup.is_open(db, "2021-08-17")


def test_wrong_sums_are_put_right_and_logged(db):
    db.conn.execute("update team_day set met = 7 where day = ? and team_id = 1", [world.YESTERDAY])
    db.conn.execute("update hamlet_day set households = 1 where day = ? and hamlet_code = '2545601'", [world.YESTERDAY])
    clockwork.reconcile(db, now=world.NOW)
    assert rollup.differences(db, world.YESTERDAY) == []
    assert value(db, "select count(*) from audit_log where action = 'rollup.corrected'") == 1
    clockwork.reconcile(db, now=world.NOW)
    assert value(db, "select count(*) from audit_log where action = 'rollup.corrected'") == 1


def test_rows_of_an_act_are_forgotten_when_it_can_no_longer_be_taken_back(as_):
    db, user = as_("binh")
    kept = "select count(*) from undo_steps"
    persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    clockwork.beat(db, now=world.NOW + timedelta(minutes=30))
    assert value(db, kept) == 1
    clockwork.beat(db, now=world.NOW + timedelta(days=1))
    assert value(db, kept) == 0
    assert value(db, "select count(*) from audit_log where action = 'person.add'") == 1


def test_a_failing_beat_does_not_end_the_clock(store, monkeypatch):
    beats = []

    def failing(_db, *, now):
        beats.append(now)
        if len(beats) == 1:
            raise RuntimeError("once")

    monkeypatch.setattr(clockwork, "beat", failing)
    monkeypatch.setattr(clockwork, "BEAT_SECONDS", 0.01)
    running = clockwork.Clockwork()
    running.start()
    for _try in range(200):
        if len(beats) > 2:
            break
        running._stop.wait(0.01)
    running.stop()
    connection_pool.close()
    assert len(beats) > 2 and clock.now() == world.NOW


@pytest.fixture
def rounds(monkeypatch):
    """`rounds(file)` runs the clockwork until it has beaten once more, and tells on which store: its number."""
    beaten = []

    def beat(db, *, now):
        beaten.append(value(db, "select value from settings where key = 'number'"))

    def further(count: int = 1) -> list:
        wanted = len(beaten) + count
        for _try in range(500):
            if len(beaten) >= wanted:
                break
            running._stop.wait(0.01)
        return beaten

    monkeypatch.setattr(clockwork, "beat", beat)
    monkeypatch.setattr(clockwork, "keep", lambda db, *, now: None)
    monkeypatch.setattr(clockwork, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(clockwork, "KEEP_SECONDS", 0.01)
    running = clockwork.Clockwork()
    running.start()
    yield further
    running.stop()
    connection_pool.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no file that somebody has open")
def test_the_clock_goes_on_with_the_store_that_lies_there_now(db, store, tmp_path, rounds):
    """A disk that was gone and came back, a copy put in its place: 14:00 is frozen where the clerks save."""
    set_setting(db, "number", "first")
    assert rounds()[-1] == "first"
    (tmp_path / "away").mkdir()
    for file in tmp_path.glob("tungnha.db*"):
        file.rename(tmp_path / "away" / file.name)
    fresh = connect(shutil.copy(tmp_path / "away" / "tungnha.db", tmp_path / "second.db"))
    set_setting(fresh, "number", "second")
    fresh.close()
    (tmp_path / "second.db").rename(store)
    assert rounds(3)[-1] == "second"
    assert main(["restore", str(tmp_path / "away" / "tungnha.db")]) == 1, "the program runs"


def test_trouble_of_the_store_is_noted_once_and_not_every_few_seconds(store, monkeypatch, caplog):
    running = clockwork.Clockwork()
    kept = store.rename(store.with_name("kept.db"))
    for _round in range(20):
        running._once("a job failed", clockwork.beat)
    [line] = caplog.records
    assert "missing" in line.getMessage() and line.exc_info is None
    kept.rename(store)
    running._once("a job failed", lambda db, *, now: None)
    store.rename(kept)
    running._once("a job failed", clockwork.beat)
    assert len(caplog.records) == 2, "after it was over it is news again"
    connection_pool.close()


def test_between_its_rounds_the_clock_keeps_the_store_open(store):
    """What lies beside the store stays: on a disk that fills up it could not be made again, and nobody could read."""
    running = clockwork.Clockwork()
    running._once("a job failed", clockwork.beat)
    assert all(each.exists() for each in store_file.beside(store))
    connection_pool.close()
    assert not any(each.exists() for each in store_file.beside(store))
