"""Restoring: while nobody uses the store, nothing of it is lost, and every session ends."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlite_utils.utils import sqlite3

from lib.core import clock, database, presence, store_file
from lib.core.database import connect, rows, set_setting, value
from lib.core.identity import authentication
from lib.operations import backup_places, backups
from lib.operations.command_line import main
from lib.screen.shell import signin
from tests import world
from tests.conftest import ROOT

HOLDS = {
    "the server": "import pathlib; from lib.operations import store_lock; store_lock.share(pathlib.Path(sys.argv[1]))",
    "any other program": "from lib.core.database import connect; db = connect(sys.argv[1]); "
    "db.execute('select count(*) from areas').fetchall()",
}


@pytest.fixture
def copy(store):
    """A copy of noon; afterwards a row was saved that lies in the log of the store only."""
    db = connect(store)
    authentication.signing_key(db)
    made = backups.take(db, backup_places.places(db)[0], now=world.NOW)
    set_setting(db, "saved", "after the copy")
    db.close()
    return made


def saved(file):
    db = connect(file)
    found = database.setting(db, "saved"), value(db, "pragma integrity_check")
    db.close()
    return found


def leave_log(store):
    """A process that was killed: its last row lies in the -wal beside the store."""
    code = (
        "import os, sys; from lib.core.database import connect, set_setting; db = connect(sys.argv[1]); "
        "set_setting(db, 'saved', 'in the log'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(store)], cwd=ROOT, check=True)
    assert store.with_name("tungnha.db-wal").stat().st_size


def test_a_copy_takes_the_place_and_the_replaced_store_stays_with_its_log(store, copy, capsys):
    leave_log(store)
    before = copy.read_bytes()
    assert main(["restore", str(copy)]) == 0
    [aside] = store.parent.glob("tungnha-2021-08-16-120000-replaced.db")
    out = capsys.readouterr().out
    assert str(aside) in out and "signs in again" in out
    assert saved(aside) == ("in the log", "ok") and saved(store) == (None, "ok") and copy.read_bytes() == before
    assert not list(store.parent.glob("*.restoring*"))
    if os.name != "nt":
        assert store.stat().st_mode & 0o777 == 0o600


def test_every_session_ends_and_the_log_says_what_was_done(store, copy, monkeypatch):
    monkeypatch.setattr(signin.st, "session_state", {})
    db = connect(store)
    token = signin.Token(authentication.signing_key(db)).make(world.CAST["binh"][0], 1)
    assert signin.holder(db, token)
    db.close()
    assert main(["restore", str(copy)]) == 0
    db = connect(store)
    assert signin.holder(db, token) is None
    line = rows(db, "select action, subject from audit_log")[-1]
    assert line == {"action": "backup.restore", "subject": copy.name}
    db.close()
    assert main(["check"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows itself refuses to move a file in use")
@pytest.mark.parametrize("who", HOLDS)
def test_a_store_in_use_is_not_touched(store, copy, who, capsys):
    code = f"import sys; {HOLDS[who]}; print('held', flush=True); sys.stdin.read()"
    holding = subprocess.Popen(
        [sys.executable, "-c", code, str(store)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holding.stdout.readline() == "held\n"
    assert main(["restore", str(copy)]) == 1
    assert "in use" in capsys.readouterr().err and not list(store.parent.glob("*replaced*"))
    holding.stdin.close()
    holding.wait(timeout=20)
    holding.stdout.close()
    assert saved(store) == ("after the copy", "ok") and main(["restore", str(copy)]) == 0


def newer(file):
    db = connect(file)
    db.conn.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('tungnha', 'm999_x', '')")
    db.close()


def other(file):
    file.unlink()
    made = sqlite3.connect(file)
    made.execute("create table notes (x)")
    made.close()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (newer, "newer version"),
        (other, "not a data file"),
        (lambda file: file.write_bytes(b""), "empty"),
        (lambda file: file.write_bytes(file.read_bytes()[:-8192]), "damaged"),
        (lambda file: file.unlink(), "There is no file"),
        (lambda file: (file.unlink(), file.mkdir()), "is a folder"),
    ],
)
def test_what_is_no_sound_copy_replaces_nothing(store, copy, spoil, why, capsys):
    spoil(copy)
    before = store.read_bytes()
    assert main(["restore", str(copy)]) == 1
    told = capsys.readouterr().err
    assert why in told and told.count("\n") == 1
    assert store.read_bytes() == before and not list(store.parent.glob("*replaced*"))


def test_the_store_is_no_copy_of_itself(store, capsys):
    assert main(["restore", str(store)]) == 1 and "itself" in capsys.readouterr().err


def test_without_room_for_it_nothing_is_moved(store, copy, monkeypatch, capsys):
    monkeypatch.setattr(store_file, "free", lambda folder: 2**20)
    assert main(["restore", str(copy)]) == 1
    assert "Not enough room" in capsys.readouterr().err and saved(store) == ("after the copy", "ok")


def test_a_copy_of_an_older_version_is_brought_up_to_date(store, tmp_path):
    from db.migrations import migrations

    older = tmp_path / "older.db"
    db = connect(older)
    with database.write_schema(db):
        migrations.apply(db, stop_before="m007_recalled_reports")
    db.close()
    assert main(["restore", str(older)]) == 0
    db = connect(store)
    assert not migrations.pending(db)
    db.close()


def test_a_disk_pulled_out_at_13_59_takes_less_than_fifteen_minutes(store, tmp_path, monkeypatch):
    """The store and the copies beside it are gone; the second place holds the morning."""
    (tmp_path / "stick").mkdir()
    monkeypatch.setenv("TUNGNHA_COPIES", str(tmp_path / "stick"))
    db = connect(store)
    start, end = clock.instant(clock.at(world.DAY, "12:00")), clock.instant(clock.at(world.DAY, "13:59"))
    for minute in range(int((end - start).total_seconds()) // 60 + 1):
        now = clock.instant(clock.at(world.DAY, f"{12 + minute // 60}:{minute % 60:02d}"))
        set_setting(db, "saved", clock.hour_of(now))
        backups.keep(db, now=now)
    db.close()
    for lost in (*store.parent.glob("tungnha*"), *backup_places.folder().iterdir()):
        lost.unlink()
    assert main(["restore", str(max((tmp_path / "stick").glob("*.db")))]) == 0
    assert saved(store) == ("13:45", "ok")


@pytest.mark.parametrize("there", [True, False])
def test_a_store_restored_by_root_is_the_programs(store, copy, there):
    """`sudo python -m db restore`: the account that the program runs under opens it afterwards."""
    if getattr(os, "geteuid", lambda: 1)() != 0:
        pytest.skip("only root gives files away")
    for file in (store.parent, store):
        os.chown(file, 1234, 1235)
    if not there:
        store.unlink()
    assert main(["restore", str(copy)]) == 0
    for file in (store, store.with_name("tungnha.db-lock")):
        assert (file.stat().st_uid, file.stat().st_gid) == (1234, 1235)


def test_the_copies_of_a_store_that_is_missing_are_listed(store, copy, tmp_path, monkeypatch, capsys):
    """Just then they are wanted, and nobody is told to make an empty store."""
    (tmp_path / "stick").mkdir()
    monkeypatch.setenv("TUNGNHA_COPIES", str(tmp_path / "stick"))
    shutil.copy(copy, tmp_path / "stick")
    (copy.parent / "tungnha-2021-08-16-1130.db").write_bytes(copy.read_bytes()[:-8192])
    store.unlink()
    assert main(["copies"]) == 1
    told = capsys.readouterr()
    verdicts = {tuple(line.split()[i] for i in (0, -1)) for line in told.out.splitlines()}
    assert verdicts == {
        ("good", str(copy)),
        ("good", str(tmp_path / "stick" / copy.name)),
        ("damaged", str(copy.parent / "tungnha-2021-08-16-1130.db")),
    }
    assert "python -m db restore COPY" in told.err
    assert main(["check"]) == 1 and "python -m db restore COPY" in capsys.readouterr().err and not store.exists()


def test_without_a_store_and_without_copies_that_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TUNGNHA_DB", str(tmp_path / "tungnha.db"))
    assert main(["copies"]) == 1
    told = capsys.readouterr().err
    assert "No copies lie beside it" in told and "There is no store at" in told


def test_a_copy_ahead_of_the_clock_has_no_age(store, copy, monkeypatch, capsys):
    monkeypatch.setattr(clock, "now", lambda: world.NOW - timedelta(hours=2))
    assert main(["copies"]) == 0 and "ahead of clock" in capsys.readouterr().out


def test_the_copies_are_listed_for_whoever_restores(store, copy, capsys):
    (copy.parent / "tungnha-2021-08-16-1130.db").touch()
    assert main(["copies"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split()[:5] == ["good", "0", "h", "00", "min"] and str(copy) in first and second.startswith("empty")


def test_a_new_machine_begins_with_a_copy(copy, tmp_path, monkeypatch):
    (tmp_path / "clone").mkdir()
    monkeypatch.setattr(database, "ROOT", tmp_path / "clone")
    monkeypatch.delenv("TUNGNHA_DB")
    assert main(["restore", str(copy)]) == 0 and saved(database.path()) == (None, "ok")
    assert main(["--db", str(tmp_path / "none" / "tungnha.db"), "restore", str(copy)]) == 1


def test_a_restored_store_is_known_again(store, copy):
    presence.remember(store)
    for file in store.parent.glob("tungnha.db*"):
        file.unlink()
    assert main(["restore", str(copy)]) == 0 and database.prepare(now=world.NOW) == store
