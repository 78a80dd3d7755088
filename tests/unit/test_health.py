"""/healthz: a real write, the disk, the last verified copy, the nightly look; 503 with the cause and without a path."""

import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from lib.core import database, store_file
from lib.core.database import changes, connect, value
from lib.operations import backup_files, backups, clockwork, health
from tests import catalogue, world
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _own(monkeypatch):
    monkeypatch.setattr(backups, "failing", backups.Failures())
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
    clockwork.keep(db, now=world.NOW)
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


@pytest.mark.parametrize("told", ["disk I/O error", "unable to open database file"])
def test_a_disk_without_room_for_a_connection_is_told_as_full(store, monkeypatch, told):
    """SQLite cannot make what it keeps beside the store, and calls that by other names."""
    fault = sqlite3.OperationalError(told)
    assert database.trouble(fault) != database.FULL
    monkeypatch.setattr(store_file, "free", lambda folder: 4096)
    assert database.trouble(fault) == database.FULL


def test_a_disk_nearly_full_is_told_before_it_is_full(db, monkeypatch):
    monkeypatch.setattr(store_file, "free", lambda folder: store_file.MARGIN - 1)
    assert asked()["faults"] == [str(health.NEARLY_FULL)]


def test_a_store_for_reading_only_is_told(db, monkeypatch):
    opened = store_file.opened
    monkeypatch.setattr(store_file, "opened", lambda file, **how: opened(file, **how | {"mode": "ro"}))
    assert "read-only" in asked()["faults"][0]


def test_damaged_pages_are_found_at_night_and_by_the_next_copy(store):
    db = connect(store)
    clockwork.keep(db, now=world.NOW)
    db.close()
    spoil(store)
    db = connect(store)
    backups.keep(db, now=world.NOW + timedelta(minutes=15))
    good = [copy for copy in backup_files.listed(db) if copy.verdict == "good"]
    assert len(good) == 1 and good[0].at == world.NOW and "damaged" in str(*backups.failures(db))
    health.check_pages(db, now=world.NOW + timedelta(days=1))
    told = asked(world.NOW + timedelta(minutes=16))
    assert any("damaged" in fault for fault in told["faults"]) and told["quick_check"] != "ok"
    db.close()


def test_a_look_of_a_clock_that_ran_ahead_puts_off_none(db):
    health.check_pages(db, now=world.NOW + timedelta(days=300))
    health.check_pages(db, now=world.NOW)
    assert asked(status=200)["quick_check_at"] == "2021-08-16T12:00:00+07:00"


def test_a_store_that_is_gone_is_told_and_not_made(store):
    store.unlink()
    assert asked()["faults"] == [str(database.MISSING)] and not store.exists()


@pytest.fixture
def stranger():
    """The process has the rights of an account that owns nothing, as when root made what the program should open."""
    if getattr(os, "geteuid", lambda: 1)() != 0:
        pytest.skip("only root can become somebody else and come back")
    yield lambda: os.seteuid(65534)
    os.seteuid(0)


def test_a_store_that_the_program_may_not_open_is_told_as_that(store, stranger):
    """Not as a disk that is gone or full: whoever reads that looks in the wrong place."""
    store.parent.chmod(0o700)
    stranger()
    assert asked()["faults"] == [str(database.FORBIDDEN)]


def test_a_store_that_takes_no_writes_is_told_while_it_is_still_open(db, store):
    """As one that an administrator made immutable: rows are taken until the next start, and then nothing is."""
    value(db, "select 1 from settings limit 1")
    for each in [connect(store) for _run in range(4)]:
        each.close()  # SQLite keeps the file open for the next connection, and that one may write
    if shutil.which("chattr") is None or subprocess.run(["chattr", "+i", store], capture_output=True).returncode:
        pytest.skip("no file can be made immutable here")
    try:
        told = asked()
    finally:
        subprocess.run(["chattr", "-i", store], check=True)
    assert told["faults"] == [str(database.READ_ONLY)] and asked(status=200)["store_writable"]


def test_what_was_left_by_a_time_of_reading_only_does_not_keep_the_store_so(store):
    for ending, mode in (("-shm", 0o400), ("-wal", 0o440)):
        Path(f"{store}{ending}").touch(mode)
    database.prepare(now=world.NOW)
    assert all(not each.exists() or each.stat().st_mode & 0o600 == 0o600 for each in store_file.beside(store))
    store.chmod(0o400)
    Path(f"{store}-shm").touch(0o400)
    store_file.open_beside(store)
    assert not Path(f"{store}-shm").stat().st_mode & 0o200, "what is meant for reading stays so"
    store.chmod(0o600)


def test_copies_that_stopped_a_day_ago_are_told(db):
    clockwork.keep(db, now=world.NOW)
    assert asked(world.NOW + timedelta(hours=26), 200)["faults"] == []
    assert asked(world.NOW + timedelta(hours=26, minutes=1))["faults"] == [str(health.NO_COPY)]


def test_a_store_without_a_copy_is_not_said_to_have_had_one(db):
    assert asked(status=200)["warnings"] == [str(health.NONE_YET)]


def test_who_asks_often_writes_once(db, monkeypatch):
    tried = []
    monkeypatch.setattr(database, "hindrance", lambda: tried.append(1))
    monkeypatch.setattr(health, "_write", health.Recent())
    monkeypatch.setattr(health, "_public", health.Recent())
    for _n in range(20):
        health.hindrance()
        health.report(db, now=world.NOW)
        health.answer(world.NOW)
    assert len(tried) == 2, "one for the sign-in page and the keeper's pages, one for /healthz"


def test_the_readme_explains_sentences_that_are_said():
    """Each one that it quotes stands in the code; and each cause for which nothing can be saved is explained."""
    text = (ROOT / "README.md").read_text("utf-8")
    table = text[text.index("### Máy báo gì") : text.index("### Phiên bản mới")]
    quoted = [words.casefold() for words in re.findall("“(The .+?|.+? .+?)”", table)]
    said = {(line.id[0] if isinstance(line.id, tuple) else line.id).casefold() for line in catalogue.read() if line.id}
    assert len(quoted) > 10
    assert [words for words in quoted if not any(words in sentence for sentence in said)] == []
    stopping = (
        database.FULL,
        database.READ_ONLY,
        database.FORBIDDEN,
        database.MISSING,
        database.SILENT,
        database.BUSY,
        health.NEARLY_FULL,
        health.NO_COPY,
    )
    assert [str(one) for one in stopping if not any(words in str(one).casefold() for words in quoted)] == []
