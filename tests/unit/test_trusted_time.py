"""A wrong clock freezes nothing, opens nothing and marks nothing late; put right or confirmed, everything goes on."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from lib.core import clock, database, rollup, trusted_time
from lib.core.database import row, rows, set_setting, value
from lib.core.errors import Conflict, Refused
from lib.field.visits import visits
from lib.operations import clockwork
from lib.oversight.report_template import indicators
from lib.oversight.reports import acts, drafts, snapshots
from lib.register.areas import store_setup
from lib.register.households import persons
from tests import world
from tests.conftest import ROOT

CODES = [f"25456-{number:04d}" for number in range(1, 25)]
DAY = timedelta(days=1)
TOMORROW = "2021-08-17"
_now = clock.now


class Machine:
    """A machine's clock and its ticks, in the hands of a test; it starts at noon of the world's day."""

    def __init__(self, monkeypatch):
        self.wall, self.tick, self.run = world.NOW, 5000.0, "one"
        monkeypatch.setattr(clock, "machine", lambda: self.wall)
        monkeypatch.setattr(clock, "ticks", lambda: self.tick)
        monkeypatch.setattr(clock, "boot", lambda: self.run)
        monkeypatch.setattr(clock, "now", _now)
        monkeypatch.setattr(clock, "reference", clock.Reference())

    def passes(self, **time) -> datetime:
        self.wall += timedelta(**time)
        self.tick += timedelta(**time).total_seconds()
        return self.wall

    def leaps(self, **time) -> None:
        self.wall += timedelta(**time)

    def starts(self, db, *, again: bool = False) -> None:
        """The program is started; `again` on a machine that was switched off."""
        if again:
            self.run, self.tick = "two", 60.0
        clock.reference = clock.Reference()
        trusted_time.begin(db, now=clock.now())


@pytest.fixture
def machine(store, monkeypatch) -> Machine:
    return Machine(monkeypatch)


def beat(db):
    clockwork.beat(db, now=clock.now())


def meet(db, user, code, day=world.DAY, now=None):
    draft = {
        "outcome": "met",
        "flags": "",
        "note": "",
        "swept": False,
        "needs": [],
        "violations": [],
        "people": [],
        "version": 0,
        "was": None,
    }
    told = visits.record(db, user, visits.Submission(1, day, {code: draft}), now=now or clock.now())
    assert told[code]["state"] == "saved", told
    return row(
        db,
        """select v.recorded_at, v.recorded_at > d.cutoff_at as late from visits v join days d on d.day = v.day
           join households h on h.id = v.household_id where h.code = ? and v.day = ?""",
        [code, day],
    )


def frozen(db) -> list[tuple]:
    return db.conn.execute("select day, kind from snapshots order by id").fetchall()


def opened(db) -> list[str]:
    return [day for (day,) in db.conn.execute("select day from days order by day")]


BOTH = [(day, kind) for day in (world.YESTERDAY, world.DAY) for kind in ("district", "province")]


def test_a_beat_a_day_ahead_does_nothing_that_cannot_be_undone(as_):
    db, binh = as_("binh")
    meet(db, binh, CODES[0], now=world.NOW)
    persons.add(db, binh, CODES[0], {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    kept = value(db, "select count(*) from undo_steps")
    clockwork.beat(db, now=world.NOW)
    before = frozen(db)
    clockwork.beat(db, now=world.NOW + DAY)
    clockwork.beat(db, now=world.NOW + 40 * DAY)
    clockwork.beat(db, now=world.NOW - timedelta(hours=3))
    assert frozen(db) == before == BOTH[:2]
    assert opened(db) == [world.YESTERDAY, world.DAY]
    assert value(db, "select count(*) from undo_steps") == kept > 0
    assert not snapshots.freeze(db, world.DAY, "district", now=world.NOW + DAY)
    clockwork.beat(db, now=world.NOW + timedelta(hours=3, seconds=1))
    assert frozen(db) == BOTH, "at the right hour everything goes on by itself"


def test_a_clock_that_leaps_while_the_program_runs_moves_no_stamp(as_, machine):
    db, binh = as_("binh")
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.leaps(days=1)
    machine.passes(minutes=5)
    beat(db)
    told = meet(db, binh, CODES[1])
    assert told == {"recorded_at": clock.stamp(world.NOW + timedelta(minutes=5)), "late": 0}
    assert trusted_time.doubt(db, now=clock.now()).kind == "ahead"
    machine.passes(hours=2)
    beat(db)
    assert frozen(db) == BOTH[:2] and opened(db) == [world.YESTERDAY, world.DAY]
    machine.leaps(days=-1)
    beat(db)
    assert frozen(db) == BOTH[:3] and trusted_time.doubt(db, now=clock.now()) is None


def test_a_new_store_on_a_machine_a_day_ahead_freezes_nothing(as_, machine):
    """Before the first entry nothing can tell; tomorrow's figures would stand at nought, and did."""
    db, binh = as_("binh")
    machine.leaps(days=1, hours=4)
    db.conn.execute("update accounts set created_at = ?", [clock.stamp(clock.now())])
    machine.starts(db)
    beat(db)
    assert TOMORROW in opened(db)
    machine.leaps(days=-1, hours=-4)
    machine.starts(db, again=True)
    beat(db)
    assert frozen(db) == []
    told = meet(db, binh, CODES[0])
    beat(db)
    assert told["late"] == 0 and frozen(db) == BOTH[:2], "from then on, those of the days gone by"
    machine.passes(days=1, hours=1, minutes=59)
    trusted_time.confirm(db, binh, TOMORROW, now=clock.now())
    beat(db)
    meet(db, binh, CODES[1], day=TOMORROW)
    machine.passes(minutes=1)
    beat(db)
    head = snapshots.of_day(db, TOMORROW, "district")
    assert indicators.fraction("seen", snapshots.counted(db, head["id"], ["25456"])["25456"])[0] == 1


@pytest.mark.parametrize(
    ("leap", "kind"),
    [
        ({"minutes": 9}, None),
        ({"minutes": 11}, "ahead"),
        ({"hours": 5}, "ahead"),
        ({"minutes": -1}, None),
        ({"minutes": -3}, "behind"),
        ({"days": -8000}, "behind"),
    ],
)
def test_how_far_a_clock_may_move_beyond_the_time_gone_by(as_, machine, leap, kind):
    db, binh = as_("binh")
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.passes(hours=1, minutes=59, seconds=50)
    beat(db)
    machine.passes(seconds=15)
    machine.leaps(**leap)
    beat(db)
    found = trusted_time.doubt(db, now=clock.now())
    assert (found and found.kind) == kind
    assert ((world.DAY, "district") in frozen(db)) == (leap == {"minutes": 9}), "a minute back it is not 14:00 yet"


def test_another_process_and_a_restart_measure_by_the_same_ticks(as_, machine):
    """The command line beside the server, and the server started anew on a machine that was not."""
    db, binh = as_("binh")
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.passes(minutes=10)
    machine.leaps(hours=5)
    machine.starts(db)
    assert trusted_time.doubt(db, now=clock.now()).kind == "ahead"
    assert clock.stamp(clock.now()) == clock.stamp(world.NOW + timedelta(minutes=10))


@pytest.mark.parametrize("off", [{"hours": 14}, {"minutes": 1}])
def test_a_night_off_asks_nobody(as_, machine, off):
    db, binh = as_("binh")
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.leaps(**off)
    machine.starts(db, again=True)
    beat(db)
    assert trusted_time.doubt(db, now=clock.now()) is None and clock.day_of(clock.now()) in opened(db)


@pytest.mark.parametrize("days", [1, 2, 21, 400])
def test_after_days_off_somebody_says_which_day_it_is_and_all_goes_on(as_, machine, days):
    db, binh = as_("binh")
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.leaps(days=days, hours=4)
    machine.starts(db, again=True)
    beat(db)
    today = clock.day_of(clock.now())
    rollup.open_day(db, today, now=clock.now())
    assert trusted_time.doubt(db, now=clock.now()).kind == "apart"
    assert frozen(db) == BOTH[:2] and today not in opened(db)
    meet(db, binh, CODES[1], day=today)
    machine.passes(minutes=5)
    beat(db)
    assert frozen(db) == BOTH[:2], "what is entered meanwhile proves nothing"
    with pytest.raises(Conflict):
        trusted_time.confirm(db, binh, world.DAY, now=clock.now())
    trusted_time.confirm(db, binh, today, now=clock.now())
    beat(db)
    assert trusted_time.doubt(db, now=clock.now()) is None and today in opened(db)
    assert ((world.DAY, "province") in frozen(db)) == (days < snapshots.DAYS_BACK)
    line = rows(db, "select action, subject, account_id from audit_log where action = 'clock.confirm'")
    assert line == [{"action": "clock.confirm", "subject": today, "account_id": binh.id}]


def send(db, user):
    told = {"narratives": {"difficulties": "Không"}, "manual": {}}
    kept = drafts.read(db, user.area_code, world.DAY)["version"]
    version = drafts.keep(db, user, user.area_code, world.DAY, drafts.ReportDraft(told, kept), now=clock.now())
    return acts.submit(db, user, user.area_code, world.DAY, draft_version=version, now=clock.now())


def test_no_report_is_marked_late_by_an_hour_that_nobody_knows(as_, machine):
    (db, binh), (above, dung) = as_("binh"), as_("dung")
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.leaps(days=1)
    assert send(db, binh) == 1, "while the program runs its ticks know the hour"
    machine.starts(db, again=True)
    beat(db)
    assert trusted_time.doubt(db, now=clock.now()).kind == "apart"
    for deed in (lambda: send(above, dung), lambda: acts.recall(db, binh, "25456", world.DAY, now=clock.now())):
        with pytest.raises(Conflict, match="Answer the question"):
            deed()
    machine.leaps(days=-1)
    beat(db)
    assert drafts.read(above, "703", world.DAY)["content"]["narratives"] == {"difficulties": "Không"}
    assert send(above, dung) == 1
    assert rows(db, "select area_code, late_minutes from report_events") == [
        {"area_code": "25456", "late_minutes": 0},
        {"area_code": "703", "late_minutes": 0},
    ]


def test_a_clock_behind_at_the_start_goes_no_further_back_than_the_newest_stamp(as_, machine):
    """With an empty battery it is the year 2000, when nobody had a role to sign in with."""
    db, binh = as_("binh")
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.wall = datetime(2000, 1, 1, tzinfo=UTC)
    machine.starts(db, again=True)
    machine.passes(minutes=3)
    beat(db)
    assert trusted_time.doubt(db, now=clock.now()).kind == "behind"
    assert clock.now() == world.NOW + timedelta(minutes=3)
    assert meet(db, binh, CODES[1])["recorded_at"] == clock.stamp(clock.now())
    machine.wall = world.NOW + timedelta(hours=2, minutes=3)
    beat(db)
    assert trusted_time.doubt(db, now=clock.now()) is None and frozen(db) == BOTH[:3]


def test_a_clock_that_was_fast_is_put_right_by_whoever_says_so(as_, machine):
    db, binh = as_("binh")
    machine.leaps(hours=1)
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.leaps(hours=-1)
    machine.starts(db, again=True)
    shown = clock.now() - clock.reference.off()
    assert shown == world.NOW and trusted_time.doubt(db, now=clock.now()).kind == "behind"
    trusted_time.confirm(db, binh, world.DAY, now=shown)
    assert clock.now() == world.NOW and trusted_time.doubt(db, now=clock.now()) is None


def test_what_was_entered_under_a_wrong_date_holds_nothing_up_when_the_clock_is_right(as_, machine):
    db, binh = as_("binh")
    machine.starts(db)
    meet(db, binh, CODES[0])
    beat(db)
    machine.leaps(days=1)
    machine.starts(db, again=True)
    meet(db, binh, CODES[1], day=TOMORROW)
    beat(db)
    machine.leaps(days=-1)
    machine.passes(hours=3, minutes=1)
    beat(db)
    assert trusted_time.doubt(db, now=clock.now()) is None and frozen(db) == BOTH


def test_who_may_confirm_the_date(as_):
    for name in ("an", "lan", "son", "thu"):
        with pytest.raises(Refused):
            trusted_time.confirm(*as_(name), world.DAY, now=world.NOW)
    for name in ("binh", "dung", "mai", "quan"):
        trusted_time.confirm(*as_(name), world.DAY, now=world.NOW)


def test_noting_the_hour_makes_nobody_draw_anew(as_):
    db, _binh = as_("binh")
    clockwork.beat(db, now=world.NOW)
    seen = database.changes(db)
    clockwork.beat(db, now=world.NOW + timedelta(minutes=2))
    assert database.changes(db) == seen
    assert trusted_time._noted(db)["at"] == clock.stamp(world.NOW + timedelta(minutes=2))


_ZONES = """
import sys
from datetime import timedelta
from lib.operations import clockwork
from lib.core import clock, database, trusted_time
from tests import world
db = database.connect(sys.argv[1])
for hours, minutes in ((0, 0), (1, 59), (2, 0), (3, 0), (11, 59), (12, 0)):
    now = world.NOW + timedelta(hours=hours, minutes=minutes)
    clockwork.beat(db, now=now)
    print(clock.day_of(now), clock.hour_of(now), bool(trusted_time.doubt(db, now=now)),
          db.conn.execute("select count(*) from snapshots").fetchone()[0], len(db.conn.execute("select day from days").fetchall()))
here = abs((clock.now() - clock.machine()).total_seconds()) < 2
print(here, clock.reference.off())
"""  # noqa: E501


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati", "XYZ-3"])
def test_the_zone_of_the_machine_changes_nothing(as_, store, zone):
    db, binh = as_("binh")
    meet(db, binh, CODES[0], now=world.NOW)
    told = subprocess.run(
        [sys.executable, "-c", _ZONES, str(store)],
        env=os.environ | {"TZ": zone},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines() == [
        "2021-08-16 12:00 False 2 2",
        "2021-08-16 13:59 False 2 2",
        "2021-08-16 14:00 False 3 2",
        "2021-08-16 15:00 False 4 2",
        "2021-08-16 23:59 False 4 2",
        "2021-08-17 00:00 False 4 3",
        "True 0:00:00",
    ]


# A rehearsal's clock


def asked(store, shifted="2021-08-16T13:30", *words):
    done = subprocess.run(
        [sys.executable, "-m", "db", *(words or ("check",))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"TUNGNHA_DB": str(store), "TUNGNHA_CLOCK": shifted},
    )
    return done.returncode, done.stderr


def test_a_rehearsals_clock_is_refused_on_the_store_of_a_province_at_work(store, db):
    code, told = asked(store)
    assert code == 1 and told.startswith("TUNGNHA_CLOCK is for practice data only") and len(told.splitlines()) == 1
    assert asked(store, "half past one") == (1, "TUNGNHA_CLOCK is not a local time such as 2021-08-16T13:30.\n")
    set_setting(db, "practice", "khong-bi-mat")
    assert asked(store)[0] == 0


def test_the_program_does_not_start_with_it_either(store):
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0", "--server.headless", "true"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"TUNGNHA_DB": str(store), "TUNGNHA_CLOCK": "2021-08-16T13:30"},
    )
    assert done.returncode != 0 and "TUNGNHA_CLOCK is for practice data only" in done.stdout + done.stderr


def test_an_empty_store_takes_it_to_practise_and_founds_nothing_real(tmp_path, monkeypatch):
    file = tmp_path / "new.db"
    assert asked(file, "2021-08-16T13:30", "init")[0] == 0 == asked(file)[0]
    monkeypatch.setenv("TUNGNHA_CLOCK", "2021-08-16T13:30")
    db = database.connect(file)
    administrator = store_setup.FirstAdministrator("quantri", "Lò Thị Sương", world.HASH)
    with pytest.raises(Refused):
        store_setup.found_province(db, "12", administrator, now=world.NOW)
    assert value(db, "select count(*) from accounts") == 0
    db.close()
