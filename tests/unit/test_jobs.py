"""What the clock starts happens once, and puts things right."""

from datetime import timedelta

from lib import jobs
from lib.core import clock, rollup
from lib.core.database import value
from lib.register import persons
from tests import world


def test_a_beat_opens_the_day_once(db):
    tomorrow = world.NOW + timedelta(days=1)
    jobs.beat(db, now=tomorrow)
    jobs.beat(db, now=tomorrow)
    assert value(db, "select count(*) from days") == 3
    assert value(db, "select count(*) from team_day where day = '2021-08-17'") == 4


def test_a_day_to_come_is_not_opened(db):
    rollup.open_day(db, "2021-08-17", now=world.NOW)
    assert not rollup.is_open(db, "2021-08-17")


def test_wrong_sums_are_put_right_and_logged(db):
    db.conn.execute("update team_day set met = 7 where day = ? and team_id = 1", [world.YESTERDAY])
    db.conn.execute("update hamlet_day set households = 1 where day = ? and hamlet_code = '2545601'", [world.YESTERDAY])
    jobs.reconcile(db, now=world.NOW)
    assert rollup.differences(db, world.YESTERDAY) == []
    assert value(db, "select count(*) from audit_log where action = 'rollup.corrected'") == 1
    jobs.reconcile(db, now=world.NOW)
    assert value(db, "select count(*) from audit_log where action = 'rollup.corrected'") == 1


def test_rows_of_an_act_are_forgotten_when_it_can_no_longer_be_taken_back(as_):
    db, user = as_("binh")
    kept = "select count(*) from undo_steps"
    persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    jobs.beat(db, now=world.NOW + timedelta(minutes=30))
    assert value(db, kept) == 1
    jobs.beat(db, now=world.NOW + timedelta(days=1))
    assert value(db, kept) == 0
    assert value(db, "select count(*) from audit_log where action = 'person.add'") == 1


def test_a_failing_beat_does_not_end_the_clock(store, monkeypatch):
    beats = []

    def failing(_db, *, now):
        beats.append(now)
        if len(beats) == 1:
            raise RuntimeError("once")

    monkeypatch.setattr(jobs, "beat", failing)
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.01)
    clockwork = jobs.Clockwork()
    clockwork.start()
    for _try in range(200):
        if len(beats) > 2:
            break
        clockwork._stop.wait(0.01)
    clockwork.stop()
    assert len(beats) > 2 and clock.now() == world.NOW
