"""The store keeps its promises under threads, failures and migrations."""

import threading

import pytest
from sqlite_utils.utils import sqlite3

from lib.core import audit, clock, database
from lib.core.database import changes, connect, rows, setting, value, write
from lib.core.errors import Refused
from lib.operations import health
from tests import world


def test_sqlite_is_free_of_the_wal_reset_fault():
    assert tuple(map(int, sqlite3.sqlite_version.split("."))) >= (3, 51, 3)


def test_a_write_bumps_the_change_counter_once(db):
    before = changes(db)
    with write(db), write(db):
        db.conn.execute("insert into settings values ('a', 'b')")
    assert changes(db) == before + 1 and setting(db, "a") == "b"


def test_a_failed_write_leaves_nothing(db):
    before = changes(db)
    with pytest.raises(RuntimeError), write(db):
        db.conn.execute("insert into settings values ('a', 'b')")
        raise RuntimeError
    assert setting(db, "a") is None and changes(db) == before


def test_threads_writing_at_once_lose_nothing(store):
    faults = []

    def many(who: int) -> None:
        own = connect(store)
        for n in range(50):
            try:
                with write(own):
                    own.conn.execute("insert into settings values (?, ?)", [f"{who}-{n}", "x"])
            except Exception as fault:  # collected for the assertion
                faults.append(fault)
        own.close()

    threads = [threading.Thread(target=many, args=[who]) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    own = connect(store)
    assert value(own, "select count(*) from settings where value = 'x'") == 400
    own.close()


def test_preparing_twice_changes_nothing_and_copies_nothing(store):
    database.prepare(store, now=world.NOW)
    assert not list(store.parent.glob("*before-migration*"))


def test_two_processes_may_prepare_at_once(tmp_path):
    file, faults = tmp_path / "new.db", []

    def prepare() -> None:
        try:
            database.prepare(file, now=world.NOW)
        except Exception as fault:  # collected for the assertion
            faults.append(fault)

    threads = [threading.Thread(target=prepare) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


def test_a_store_with_data_is_copied_before_it_is_migrated(store, monkeypatch):
    db = connect(store)
    db.conn.execute("delete from _sqlite_migrations where name = 'm003_visits_and_rollups'")
    for thing in (
        "trigger visits_insert",
        "trigger visits_update",
        "trigger visits_stay",
        "view due_households",
        "view assigned_households",
        "table visit_past",
        "table visits",
        "table team_day",
        "table hamlet_day",
        "table days",
    ):
        db.conn.execute(f"drop {thing}")
    db.close()
    database.prepare(store, now=world.NOW)
    assert len(list(store.parent.glob("*before-migration.db"))) == 1


def test_an_act_needs_a_right_and_leaves_a_line(as_):
    db, an = as_("an")
    with pytest.raises(Refused), audit.act(db, an, "team.manage", now=world.NOW):
        pytest.fail("nothing inside runs")
    db, binh = as_("binh")
    with audit.act(db, binh, "team.manage", now=world.NOW, kind="team.edit") as deed:
        deed.subject, deed.detail = "Tổ 1", audit.changes({"a": 1, "b": 2}, {"a": 1, "b": 3})
    line = rows(db, "select at, account_id, role, action, area_code, subject, detail from audit_log")[-1]
    assert line == {
        "at": clock.stamp(world.NOW),
        "account_id": 3,
        "role": "commune",
        "action": "team.edit",
        "area_code": "25456",
        "subject": "Tổ 1",
        "detail": '{"b": [2, 3]}',
    }


def test_an_act_that_changes_nothing_leaves_no_line(as_):
    db, binh = as_("binh")
    with audit.act(db, binh, "team.manage", now=world.NOW) as deed:
        deed.nothing = True
    assert value(db, "select count(*) from audit_log") == 0


def test_health_tells_the_state_of_the_machine(db):
    report = health.report(db, now=world.NOW)
    assert report["store_writable"] and report["disk_free_mb"] > 0
    assert report["schema_version"].startswith("m0") and report["version"].count(".") == 2


def test_health_answers_soon_while_somebody_else_writes(store, db):
    other = connect(store)
    other.conn.execute("begin immediate")
    assert database.hindrance() == database.BUSY
    other.conn.execute("rollback")
    assert database.hindrance() is None
    other.close()


def test_visits_are_never_deleted(db):
    db.conn.execute(
        "insert into visits (day, household_id, outcome, persons, recorded_at) values (?, 1, 'met', 4, ?)",
        [world.DAY, clock.stamp(world.NOW)],
    )
    with pytest.raises(sqlite3.IntegrityError, match="cleared, never deleted"):
        db.conn.execute("delete from visits")
