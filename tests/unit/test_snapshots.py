"""14:00 and 15:00: frozen once, from what was recorded by then, and never changed."""

import json
import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils.utils import sqlite3

from lib.core import clock, database, rollup
from lib.core.database import rows, value
from lib.field.visits import visits
from lib.operations import clockwork
from lib.oversight.figures import figures
from lib.oversight.report_template import indicators
from lib.oversight.reports import commune_counts, snapshot_chain, snapshots
from lib.register.assignments import assignments
from lib.register.households import statuses
from lib.register.households.statuses import StatusEntry
from lib.register.teams import reorganising
from lib.register.teams.reorganising_commit import carry_out
from lib.register.undo import undo
from tests import world
from tests.conftest import examples

CODES = [f"25456-{number:04d}" for number in range(1, 25)]


def at(hour, day=world.DAY):
    """An instant by its hour, minute and second in Viet Nam."""
    return clock.instant(clock.at(day, hour[:5])) + timedelta(seconds=int(hour[6:] or 0))


def meet(db, user, code, now, outcome="met", day=world.DAY):
    draft = {"outcome": outcome, "flags": "", "note": "", "swept": False, "needs": [], "violations": [], "people": []}
    known = value(
        db,
        """select v.version from visits v join households h on h.id = v.household_id
               where h.code = ? and v.day = ?""",
        [code, day],
    )
    told = visits.record(
        db, user, visits.Submission(1, day, {code: draft | {"version": known or 0, "was": None}}), now=now
    )
    assert told[code]["state"] == "saved", told
    return value(
        db,
        """select recorded_at from visits v join households h on h.id = v.household_id
               where h.code = ? and v.day = ?""",
        [code, day],
    )


def freeze(db, now, kind="district", day=world.DAY):
    return snapshots.freeze(db, day, kind, now=now)


def seen(db, kind="district", area="25456", day=world.DAY):
    head = snapshots.of_day(db, day, kind)
    return indicators.fraction("seen", snapshots.counted(db, head["id"], [area])[area])[0]


@pytest.mark.parametrize(
    ("hour", "district", "province"),
    [
        ("13:59:59", 1, 1),
        ("14:00:00", 1, 1),
        ("14:00:01", 0, 1),
        ("15:00:00", 0, 1),
        ("15:00:01", 0, 0),
        ("23:59:59", 0, 0),
    ],
)
def test_an_entry_counts_up_to_the_second_of_the_cutoff(as_, hour, district, province):
    db, binh = as_("binh")
    meet(db, binh, CODES[0], at(hour))
    after = at("23:59:59") + timedelta(seconds=5)
    assert freeze(db, after) and freeze(db, after, "province")
    assert (seen(db), seen(db, "province")) == (district, province)


def test_the_next_day_begins_at_midnight(as_):
    db, binh = as_("binh")
    midnight = at("23:59:59") + timedelta(seconds=1)
    meet(db, binh, CODES[0], at("23:59:59"))
    assert clock.day_of(midnight) == "2021-08-17"
    rollup.open_day(db, "2021-08-17", now=midnight)
    meet(db, binh, CODES[1], midnight, day="2021-08-17")
    later = at("15:00:00", "2021-08-17")
    for day, kind in snapshots.due(db, now=later):
        freeze(db, later, kind, day)
    assert (seen(db), seen(db, day="2021-08-17")) == (0, 1)


@pytest.mark.parametrize(
    ("hour", "kinds"),
    [("13:59:59", []), ("14:00:00", ["district"]), ("14:59:59", ["district"]), ("15:00:00", ["district", "province"])],
)
def test_a_cutoff_is_due_from_its_second_on(db, hour, kinds):
    assert [kind for day, kind in snapshots.due(db, now=at(hour)) if day == world.DAY] == kinds


def test_the_clock_freezes_whether_or_not_anyone_is_there(db):
    clockwork.beat(db, now=at("14:00:00"))
    assert snapshots.of_day(db, world.DAY, "district")["frozen_at"] == clock.stamp(at("14:00:00"))
    assert snapshots.of_day(db, world.DAY, "province") is None
    clockwork.beat(db, now=at("15:00:02"))
    assert snapshots.of_day(db, world.DAY, "province")["as_of"] == clock.stamp(at("15:00:00"))


def test_a_machine_that_was_down_freezes_on_start_what_was_recorded_by_then(as_):
    db, binh = as_("binh")
    meet(db, binh, CODES[0], at("13:50:00"))
    meet(db, binh, CODES[1], at("14:30:00"))  # through the command line of another process, say
    meet(db, binh, CODES[0], at("16:00:00"), outcome="absent")
    statuses.set_status(db, binh, CODES[2], StatusEntry("central_quarantine", world.DAY), now=at("16:10:00"))
    assignments.take_back(db, binh, CODES[3:5], from_day=world.DAY, now=at("16:20:00"))
    clockwork.beat(db, now=at("17:00:00"))
    head = snapshots.of_day(db, world.DAY, "district")
    assert head["frozen_at"] == clock.stamp(at("17:00:00")) and head["as_of"] == clock.stamp(at("14:00:00"))
    counts = snapshots.counted(db, head["id"], ["25456"])["25456"]
    assert (counts["seen_met"], counts["absent"], counts["excluded"], counts["assigned"]) == (1, 0, 0, 48)


def test_a_cutoff_is_frozen_once_though_two_processes_try(store):
    db = database.connect(store)
    now = at("14:00:01")
    done, start = [], threading.Barrier(2)

    def run():
        own = database.connect(store)
        start.wait(timeout=10)
        done.append(snapshots.freeze(own, world.DAY, "district", now=now))
        own.close()

    threads = [threading.Thread(target=run) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, True]
    assert value(db, "select count(*) from snapshots") == 1
    assert value(db, "select count(*) from audit_log where action = 'report.freeze'") == 1
    db.close()


def test_a_clock_moved_back_lets_nothing_slip_into_what_is_frozen(as_):
    db, binh = as_("binh")
    meet(db, binh, CODES[0], at("13:00:00"))
    freeze(db, at("14:00:00"))
    recorded = meet(db, binh, CODES[1], at("13:30:00"))
    assert recorded == clock.stamp(at("14:00:01"))
    assert not freeze(db, at("14:00:00"))
    assert seen(db) == 1
    again = figures.stood(db, "25456", world.DAY, "14:00")["25456"]
    assert again["seen"] == 1, "a recount agrees with what is frozen"


def test_late_entries_move_the_final_number_and_never_the_frozen_one(as_):
    db, binh = as_("binh")
    meet(db, binh, CODES[0], at("13:00:00"))
    freeze(db, at("14:00:00"))
    meet(db, binh, CODES[1], at("14:20:00"))
    assert seen(db) == 1
    assert figures.stood(db, "25456", world.DAY, None)["25456"]["seen"] == 2


@pytest.mark.parametrize(
    "sql",
    [
        "update snapshots set as_of = as_of",
        "delete from snapshots",
        "update snapshot_values set counted = '{}'",
        "delete from snapshot_values",
        "insert into snapshot_values (snapshot_id, area_code, counted) values (1, '72', '{}')",
        "update indicators set name_vi = 'Khác'",
        "delete from templates",
    ],
)
def test_the_store_itself_refuses_to_change_what_is_frozen(db, sql):
    freeze(db, at("14:00:00"))
    with pytest.raises(sqlite3.IntegrityError):
        db.conn.execute(sql)


def test_a_changed_figure_breaks_the_chain(db):
    freeze(db, at("14:00:00"))
    freeze(db, at("15:00:00"), "province")
    assert snapshot_chain.broken(db) is None
    db.conn.execute("drop trigger snapshot_values_no_update")
    db.conn.execute("update snapshot_values set counted = json_set(counted, '$.teams', 99) where area_code = '703'")
    assert snapshot_chain.broken(db) == "2021-08-16 district"


def test_areas_add_up_from_commune_to_province(as_):
    db, binh = as_("binh")
    meet(db, binh, CODES[0], at("13:00:00"))
    freeze(db, at("14:00:00"))
    counted = snapshots.counted(db, snapshots.of_day(db, world.DAY, "district")["id"])
    assert set(counted) == {"72", "703", "710", "25456", "25459", "25654"}
    for name in set(counted["72"]) - {"last_entry_at"}:
        assert counted["703"][name] == counted["25456"][name] + counted["25459"][name]
        assert counted["72"][name] == counted["703"][name] + counted["710"][name]


def test_frozen_figures_are_those_of_the_board(as_):
    db, binh = as_("binh")
    for code in CODES[:5]:
        meet(db, binh, code, at("11:00:00"))
    freeze(db, at("14:00:00"))
    frozen = snapshots.counted(db, snapshots.of_day(db, world.DAY, "district")["id"])
    for figure in figures.figures(db, "72", world.DAY, as_of="14:00"):
        counts = frozen[figure["code"]]
        for name in ("teams", "households", "assigned", "excluded", "seen_met", "absent", "persons_seen"):
            assert counts[name] == figure[name], (figure["code"], name)


_edits = st.lists(
    st.tuples(
        st.integers(0, 7 * 60),
        st.sampled_from(["met", "phone", "absent", None, "away", "back", "take", "give"]),
        st.integers(0, 23),
    ),
    min_size=5,
    max_size=40,
)


def test_frozen_late_is_what_was_frozen_on_the_second(template, tmp_path):
    """frozen(t) = recount of what was recorded by t, whatever was entered, assigned or set away afterwards."""
    import shutil
    from itertools import count

    number = count()

    @examples(15)
    @given(edits=_edits)
    def holds(edits):
        file = shutil.copy(template, tmp_path / f"{next(number)}.db")
        other = None
        db = database.connect(file)
        from lib.core import access

        user = access.user(db, 3, world.DAY)
        access.bind(db, user, world.DAY)
        for minute, what, house in sorted(edits, key=lambda edit: edit[0]):
            now = at("10:00:00") + timedelta(minutes=minute)
            if other is None and now > at("14:00:00"):
                other = shutil.copy(_settled(db, file), tmp_path / f"{next(number)}.db")
            _edit(db, user, what, CODES[house], now)
        late = _frozen(db, at("18:00:00"))
        if other is not None:
            on_time = database.connect(other)
            assert _frozen(on_time, at("14:00:00")) == late
            on_time.close()
        db.close()

    holds()


def test_a_team_whose_founding_is_taken_back_later_was_there_at_the_cutoff(as_):
    """Its row is gone from the store by then; its households were due all the same."""
    db, binh = as_("binh")
    wanted = {
        "team": 1,
        "from_day": world.DAY,
        "name": "Tổ tách",
        "members": [2],
        "leader": 2,
        "decision_no": "1/QĐ-UBND",
        "decision_day": "16/08/2021",
    }
    made = reorganising.plan(db, binh, "split", wanted, now=world.NOW)
    carry_out(db, binh, made, now=world.NOW)
    was = commune_counts.of_communes(db, world.DAY, clock.stamp(at("14:00:00")))["25456"]
    undo.take_back(db, binh, undo.offered(db, binh, now=at("15:00:00"))[0]["id"], now=at("15:00:00"))
    late = commune_counts.of_communes(db, world.DAY, clock.stamp(at("14:00:00")))["25456"]
    for name in ("assigned", "excluded", "teams", "households"):
        assert (name, late[name]) == (name, was[name])


def _settled(db, file):
    db.conn.execute("pragma wal_checkpoint(truncate)")
    return file


def _edit(db, user, what, code, now):
    from lib.core.errors import Problem

    try:
        if what == "away":
            statuses.set_status(db, user, code, StatusEntry("central_quarantine", world.DAY), now=now)
        elif what == "back":
            statuses.end_status(db, user, code, world.DAY, now=now)
        elif what == "take":
            assignments.take_back(db, user, [code], from_day=world.DAY, now=now)
        elif what == "give":
            assignments.give(db, user, [code], 5, from_day=world.DAY, now=now)
        else:
            meet(db, user, code, now, outcome=what)
    except (Problem, AssertionError):
        return


def _frozen(db, now):
    freeze(db, now)
    found = snapshots.counted(db, snapshots.of_day(db, world.DAY, "district")["id"])
    return {(code, name): number for code, sums in found.items() for name, number in sums.items()}


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Ho_Chi_Minh"])
def test_the_zone_of_the_machine_moves_no_cutoff(store, zone):
    script = """
import json, sys
from datetime import datetime, UTC
from lib.core import clock, database
from lib.oversight.reports import snapshots
db = database.connect(sys.argv[1])
found = []
for hour in ("06:59:59", "07:00:00", "07:00:01", "08:00:00", "16:59:59", "17:00:00"):
    now = datetime.fromisoformat("2021-08-16T" + hour + "+00:00")
    found.append([clock.day_of(now), [k for d, k in snapshots.due(db, now=now) if d == "2021-08-16"]])
print(json.dumps(found))
"""
    told = subprocess.run(
        [sys.executable, "-c", script, str(store)],
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    both = ["district", "province"]
    assert json.loads(told.stdout) == [
        ["2021-08-16", []],
        ["2021-08-16", both[:1]],
        ["2021-08-16", both[:1]],
        ["2021-08-16", both],
        ["2021-08-16", both],
        ["2021-08-17", both],
    ]


def test_a_version_of_the_form_stays_with_its_reports(as_):
    from lib.oversight.report_template import versions

    db, mai = as_("mai")
    freeze(db, at("14:00:00"))
    lines = versions.lines(db)
    lines[2]["name_vi"] = "Số tổ Covid cộng đồng"
    assert versions.edit(db, mai, versions.FormEdit(lines, 1, "Gọi theo hướng dẫn mới"), now=at("14:10:00")) == 2
    freeze(db, at("15:00:00"), "province")
    heads = rows(db, "select kind, template from snapshots order by id")
    assert heads == [{"kind": "district", "template": 1}, {"kind": "province", "template": 2}]
    assert versions.lines(db, 1)[2]["name_vi"] == "Tổ Covid cộng đồng đang hoạt động"
    assert versions.lines(db, 2)[2]["name_vi"] == "Số tổ Covid cộng đồng"
