"""What lies where the store should be: never an empty store in the place of one that is missing, newer or not ours."""

import shutil

import pytest
from sqlite_utils.utils import sqlite3

from lib.core import connection_pool, database, presence, store_file
from lib.core.database import connect, value
from lib.core.errors import Unusable
from lib.operations.command_line import main
from tests import world


def make_other(file):
    other = sqlite3.connect(file)
    other.execute("create table notes (x)")
    other.close()


def make_newer(file):
    db = connect(database.prepare(file, now=world.NOW))
    db.conn.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('tungnha', 'm999_x', '')")
    db.close()


UNFIT = {
    "not a data file of this program": make_other,
    "not a data file of this program.": lambda file: file.write_text("Kính gửi: Ban Dân vận Tỉnh ủy. " * 99, "utf-8"),
    "newer version": make_newer,
}


@pytest.mark.parametrize("sentence", UNFIT)
def test_a_newer_store_and_a_file_that_is_not_ours_are_told_and_left_alone(tmp_path, capsys, monkeypatch, sentence):
    file = tmp_path / "tungnha.db"
    UNFIT[sentence](file)
    before = file.read_bytes()
    with pytest.raises(Unusable, match=sentence):
        database.prepare(file, now=world.NOW)
    for command in (
        ["check"],
        ["copy", str(tmp_path / "out.db")],
        ["init"],
        ["demo"],
        ["copies"],
        ["figures", "--area", "72", "--day", world.DAY],
    ):
        assert main(["--db", str(file), *command]) == 1
        told = capsys.readouterr()
        assert sentence in told.err and told.err.count("\n") == 1 and not told.out
    monkeypatch.setenv("TUNGNHA_DB", str(file))
    with pytest.raises(Unusable, match=sentence):
        connection_pool.of_run()
    assert file.read_bytes() == before and not (tmp_path / "out.db").exists()


def test_a_store_exchanged_while_the_program_runs_is_noticed(store, tmp_path):
    connection_pool.of_run()
    make_newer(tmp_path / "newer.db")
    (tmp_path / "newer.db").replace(store)
    with pytest.raises(Unusable):
        connection_pool.of_run()
    connection_pool.close()


def test_opening_the_store_makes_none(tmp_path, monkeypatch):
    monkeypatch.setenv("TUNGNHA_DB", str(tmp_path / "tungnha.db"))
    for opening in (connect, connection_pool.of_run):
        with pytest.raises((sqlite3.OperationalError, FileNotFoundError)) as fault:
            opening()
        assert database.trouble(fault.value) and not list(tmp_path.glob("tungnha*"))


# A store that is missing


def test_a_folder_that_is_not_mounted_gets_no_store(tmp_path, monkeypatch):
    monkeypatch.setenv("TUNGNHA_DB", str(tmp_path / "disk" / "tungnha.db"))
    with pytest.raises(Unusable, match="folder of the data file is missing"):
        database.prepare(now=world.NOW)
    assert main(["init"]) == 1 and not (tmp_path / "disk").exists()


def test_the_empty_folder_of_an_unmounted_disk_gets_no_store(store, monkeypatch):
    real = presence._place
    monkeypatch.setattr(presence, "_place", lambda file: real(file) | {"apart": True, "folder": 2})
    presence.remember(store)
    monkeypatch.setattr(presence, "_place", real)
    store.unlink()
    with pytest.raises(Unusable, match="Mount its disk"):
        database.prepare(now=world.NOW)
    assert not store.exists()


@pytest.mark.parametrize("trace", ["copies/tungnha-2021-08-15-0100.db", "tungnha.db-wal", "a note beside the program"])
def test_a_store_that_was_there_is_missing_and_not_made_anew(store, trace):
    copy = store.rename(store.with_name("away"))
    if trace.startswith("a note"):
        presence.remember(store)
    else:
        (store.parent / trace).parent.mkdir(exist_ok=True)
        shutil.copy(copy, store.parent / trace)
    with pytest.raises(Unusable, match="db restore COPY"):
        database.prepare(now=world.NOW)
    assert main(["init"]) == 1 and not store.exists()
    (store.parent / "tungnha.db-wal").unlink(missing_ok=True)
    assert main(["init", "--new"]) == 0 and store.exists(), "whoever wants an empty one says so"


def test_a_store_cut_to_nothing_is_not_begun_anew(store):
    (store.parent / "copies").mkdir()
    shutil.copy(store, store.parent / "copies" / "tungnha-2021-08-15-0100.db")
    store.write_bytes(b"")
    with pytest.raises(Unusable, match="db restore COPY"):
        database.prepare(now=world.NOW)
    assert not store.stat().st_size


def test_a_first_start_finds_nothing_and_begins(tmp_path, monkeypatch):
    monkeypatch.setenv("TUNGNHA_DB", str(tmp_path / "tungnha.db"))
    db = connect(database.prepare(now=world.NOW))
    assert value(db, "select count(*) from accounts") == 0
    db.close()
    monkeypatch.delenv("TUNGNHA_DB")
    monkeypatch.setattr(database, "ROOT", tmp_path / "clone")
    (tmp_path / "clone").mkdir()
    assert database.prepare(now=world.NOW) == tmp_path / "clone" / "data" / "tungnha.db"


def test_a_path_with_signs_of_an_address_is_a_path(tmp_path):
    file = tmp_path / "kho dữ liệu #1 50%?mode=ro.db"
    db = connect(database.prepare(file, now=world.NOW))
    db.close()
    assert file.exists() and store_file.verdict(file) == "good"
