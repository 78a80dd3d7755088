"""/healthz: a real write, the disk, the last verified copy, the nightly look; 503 with the cause and without a path."""

from datetime import timedelta

import pytest

from lib import jobs
from lib.core import copies, database, health, store_file
from lib.core.database import changes, connect, value
from tests import world


@pytest.fixture(autouse=True)
def _own(monkeypatch):
    monkeypatch.setattr(copies, "_failures", {})
    monkeypatch.delenv("TUNGNHA_COPIES", raising=False)


def asked(now=world.NOW, status=503):
    told, given = health.public(now)
    assert given == status
    return told


def spoil(file):
    """Bytes of no sense over two pages, as a dying disk leaves them."""
    db = connect(file)
    db.conn.execute("pragma wal_checkpoint(truncate)")
    db.close()
    at = file.stat().st_size - 16384
    with file.open("r+b") as open_file:
        open_file.seek(at)
        open_file.write(b"\x05" * 8192)


def test_a_sound_machine_says_so_without_paths_and_versions(db, store):
    jobs.keep(db, now=world.NOW)
    told = asked(world.NOW + timedelta(minutes=7), 200)
    assert (told["store_writable"], told["quick_check"], told["last_backup_minutes"]) == (True, "ok", 7)
    assert told["faults"] == told["warnings"] == [] and not {"version", "schema_version"} & set(told)
    assert str(store.parent) not in str(told)


def test_a_write_is_tried_and_taken_back(db):
    before = changes(db), value(db, "select count(*) from settings")
    assert database.hindrance() is None
    assert (changes(db), value(db, "select count(*) from settings")) == before


def test_a_full_disk_is_told(db, short_files):
    short_files(1000)
    told = asked()
    assert not told["store_writable"] and told["faults"]
    short_files(2**40)
    assert asked(status=200)["store_writable"]


def test_a_disk_nearly_full_is_told_before_it_is_full(db, monkeypatch):
    monkeypatch.setattr(store_file, "free", lambda folder: store_file.MARGIN - 1)
    assert asked()["faults"] == [str(health.NEARLY_FULL)]


def test_a_store_for_reading_only_is_told(db, monkeypatch):
    opened = store_file.opened
    monkeypatch.setattr(store_file, "opened", lambda file, **how: opened(file, **how | {"mode": "ro"}))
    assert "read-only" in asked()["faults"][0]


def test_damaged_pages_are_found_at_night_and_by_the_next_copy(store):
    db = connect(store)
    jobs.keep(db, now=world.NOW)
    db.close()
    spoil(store)
    db = connect(store)
    copies.keep(db, now=world.NOW + timedelta(minutes=15))
    good = [copy for copy in copies.listed(db) if copy.verdict == "good"]
    assert len(good) == 1 and good[0].at == world.NOW and "damaged" in str(*copies.failures(db))
    health.look(db, now=world.NOW + timedelta(days=1))
    told = asked(world.NOW + timedelta(minutes=16))
    assert any("damaged" in fault for fault in told["faults"]) and told["quick_check"] != "ok"
    db.close()


def test_a_look_of_a_clock_that_ran_ahead_puts_off_none(db):
    health.look(db, now=world.NOW + timedelta(days=300))
    health.look(db, now=world.NOW)
    assert asked(status=200)["quick_check_at"] == "2021-08-16T12:00:00+07:00"


def test_a_store_that_is_gone_is_told_and_not_made(store):
    store.unlink()
    assert asked()["faults"] and not store.exists()


def test_copies_that_stopped_a_day_ago_are_told(db):
    jobs.keep(db, now=world.NOW)
    assert asked(world.NOW + timedelta(hours=26), 200)["faults"] == []
    assert asked(world.NOW + timedelta(hours=26, minutes=1))["faults"] == [str(health.NO_COPY)]


def test_who_asks_often_writes_once(db, monkeypatch):
    tried = []
    monkeypatch.setattr(database, "hindrance", lambda: tried.append(1))
    monkeypatch.setattr(health, "_recent", {})
    for _n in range(20):
        health.hindrance()
        health.answer(world.NOW)
    assert len(tried) == 2, "one for the sign-in page, one for /healthz"
