"""Copies: only whole ones count, nothing makes good ones go, nobody waits for them, another disk has them too."""

import json
import os
import time
from datetime import datetime, timedelta

import pytest
from sqlite_utils.utils import sqlite3

from lib.core import clock, database, store_file
from lib.core.database import connect, rows, set_setting, value
from lib.core.errors import Invalid, Problem, Refused
from lib.operations import backup_files, backup_places, backups, clockwork, health
from lib.operations.backup_files import Backup, Verdicts
from tests import world

BEAT = timedelta(seconds=5)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _own(monkeypatch):
    """What failed in one test is no news in the next; nobody's second place is written to."""
    monkeypatch.setattr(backups, "failing", backups.Failures())
    monkeypatch.delenv("TUNGNHA_COPIES", raising=False)


def good(db, place="beside"):
    return [copy for copy in backup_files.listed(db) if copy.verdict == "good" and copy.place == place]


def fill(db, days=13):
    """A good copy of each of the last days."""
    for back in range(days, 0, -1):
        backups.keep(db, now=world.NOW - back * DAY)
    assert len(good(db)) == days


def fragments(folder):
    known = [backup_files._NAME.fullmatch(file.name) or file.name == backup_files._LEDGER for file in folder.iterdir()]
    return len(known) - sum(map(bool, known))


# A disk that is full


def test_sixteen_minutes_of_a_full_disk_cost_no_good_copy(db, monkeypatch):
    fill(db)
    before = good(db)
    with monkeypatch.context() as full:
        full.setattr(store_file, "free", lambda folder: 2**20)
        for beat in range(16 * 12):
            clockwork.keep(db, now=world.NOW + beat * BEAT)
        assert backups.failing.of(backup_places.places(db)[0]).tries == 3, "at once, after one minute and after five"
        assert good(db) == before and not fragments(backup_places.folder())
        [told] = backups.failures(db)
        assert "Not enough room" in str(told)
    clockwork.keep(db, now=world.NOW + timedelta(minutes=16))
    assert len(good(db)) == 14 and backups.failures(db) == [], "room waits for no half hour, nor does the sentence stay"


def small_disk(monkeypatch, db, copies_it_holds, *, gives_back=True):
    """A disk on which so many copies have room beside what has to stay free; `gives_back` what is taken away."""
    one = store_file._size(db.conn)
    room, seen = store_file.MARGIN + copies_it_holds * one, []

    def free(folder):
        found = sum(file.stat().st_size for file in backup_places.folder().glob("*.db"))
        seen.append(found)
        return room - (found if gives_back else max(seen))

    monkeypatch.setattr(store_file, "free", free)


def test_copies_that_fill_a_small_disk_make_room_for_newer_ones(db, monkeypatch):
    """The oldest of the last two days go, one for one; the last of each day, and three, stay whatever happens."""
    backups.keep(db, now=world.NOW - 3 * DAY)
    for hour in range(4):
        backups.keep(db, now=world.NOW - DAY + timedelta(hours=hour))
    small_disk(monkeypatch, db, 6.5)
    for quarter in range(12):
        backups.keep(db, now=world.NOW + quarter * timedelta(minutes=15))
        assert good(db)[0].at == world.NOW + quarter * timedelta(minutes=15) and backups.failures(db) == []
    days = [clock.day_of(copy.at) for copy in good(db)]
    assert len(days) == 6 and days[3:] == [world.DAY, world.YESTERDAY, clock.plus(world.DAY, -3)]
    small_disk(monkeypatch, db, 1)
    for minutes in range(3, 30):
        backups.keep(db, now=world.NOW + timedelta(hours=minutes))
    assert len(good(db)) == 6 and "Not enough room" in str(*backups.failures(db)), "nothing goes in vain"


def test_a_disk_that_keeps_what_is_taken_away_costs_one_copy_at_most(db, monkeypatch):
    for quarter in range(9):
        backups.keep(db, now=world.NOW + quarter * timedelta(minutes=15))
    small_disk(monkeypatch, db, 9, gives_back=False)
    backups.keep(db, now=world.NOW + timedelta(hours=5))
    assert len(good(db)) == 8 and backups.failures(db)


def test_a_copy_that_breaks_off_leaves_nothing(db, short_files, monkeypatch):
    backups.keep(db, now=world.NOW - DAY)
    short_files(200_000)
    backups.keep(db, now=world.NOW)
    assert (
        backups.failures(db)
        and len(list(backup_places.folder().glob("*.db*"))) == 1
        and not fragments(backup_places.folder())
    )
    short_files(2**40)
    monkeypatch.setattr(store_file, "sync", lambda file: (_ for _ in ()).throw(OSError(5, "Input/output error")))
    backups.keep(db, now=world.NOW + timedelta(hours=1))
    assert (
        backups.failures(db)
        and len(list(backup_places.folder().glob("*.db*"))) == 1
        and not fragments(backup_places.folder())
    )


@pytest.mark.parametrize("write", ["backup before a migration", "python -m db copy"])
def test_no_other_copy_leaves_a_fragment_either(db, store, short_files, write, capsys):
    from lib.operations.command_line import main

    target = store.parent / "out.db"
    short_files(200_000)
    if write == "python -m db copy":
        assert main(["copy", str(target)]) == 1 and capsys.readouterr().err.count("\n") == 1
    else:
        with pytest.raises(sqlite3.DatabaseError):
            database.copy(db, target)
    assert not list(store.parent.glob("out.db*"))


def test_a_fragment_of_a_power_cut_goes_with_the_next_copy(db):
    backups.keep(db, now=world.NOW)
    ours = backup_places.folder() / f"tungnha-2021-08-16-115900.db.{backup_files.identity(db)}.part"
    others = backup_places.folder() / "tungnha-2021-08-16-115900.db.0123456789abcdef.part"
    for part in (ours, others):
        part.write_bytes(b"x" * 999)
    backups.keep(db, now=world.NOW + timedelta(hours=1))
    assert not ours.exists() and others.exists()


# What counts


def test_files_that_are_no_whole_copies_never_count(db, store):
    fill(db, 4)
    folder, names = backup_places.folder(), [f"tungnha-2021-08-16-09{n:02d}.db" for n in range(20)]
    spoilt = bytearray(good(db)[0].file.read_bytes())
    spoilt[len(spoilt) // 2 : len(spoilt) // 2 + 8192] = os.urandom(8192)
    for number, name in enumerate(names):
        (folder / name).write_bytes([b"", b"x" * 5000, bytes(spoilt[:70_000]), bytes(spoilt)][number % 4])
    other = sqlite3.connect(folder / "tungnha-2021-08-16-0930.db")
    other.execute("create table notes (x)")
    other.close()
    before = good(db)
    backup_files.check(db)
    assert good(db) == before
    verdicts = {copy.file.name: copy.verdict for copy in backup_files.listed(db)}
    assert [verdicts[name] for name in names[:4]] == ["empty", "foreign", "damaged", "damaged"]
    assert verdicts["tungnha-2021-08-16-0930.db"] == "foreign"
    assert backup_files.newest(db, now=world.NOW) == before[0]
    backups.keep(db, now=world.NOW)
    assert len(good(db)) == 5 and all((folder / name).exists() for name in names)


def test_a_copy_changed_afterwards_counts_no_more(db):
    backups.keep(db, now=world.NOW)
    file = good(db)[0].file
    file.write_bytes(file.read_bytes()[:-4096])
    assert good(db) == []
    backup_files.check(db)
    assert backup_files.listed(db)[0].verdict == "damaged"


def test_copies_of_an_earlier_version_count_once_they_are_read(db):
    backup_places.folder().mkdir()
    database.copy(db, backup_places.folder() / "tungnha-2021-08-15-0100.db")
    assert good(db) == []
    backup_files.check(db)
    assert [copy.at for copy in good(db)] == [datetime.fromisoformat("2021-08-15T01:00+07:00")]


def test_what_was_read_is_not_read_again_after_a_restart(db, monkeypatch):
    backups.keep(db, now=world.NOW)
    monkeypatch.setattr(backup_files, "verdicts", Verdicts())
    assert len(good(db)) == 1


def a_link_to_nowhere(folder, name):
    (folder / name).symlink_to("nowhere")


def a_folder(folder, name):
    (folder / name).mkdir()


def no_known_day(folder, _name):
    (folder / "tungnha-0001-01-01-0000.db").write_bytes(b"x")


def a_spoilt_ledger(folder, _name):
    [[name, line]] = json.loads((folder / backup_files._LEDGER).read_text("utf-8")).items()
    (folder / backup_files._LEDGER).write_text(json.dumps({name: [line[0], "when", None, {}]}), "utf-8")
    backup_files.verdicts = Verdicts()


@pytest.mark.parametrize("put", [a_link_to_nowhere, a_folder, no_known_day, a_spoilt_ledger])
def test_an_odd_file_among_them_hides_no_copy_and_makes_no_more(db, put):
    backups.keep(db, now=world.NOW)
    put(backup_places.folder(), "tungnha-2021-08-16-1159.db")
    for beat in range(4):
        backups.keep(db, now=world.NOW + beat * BEAT)
    assert [copy.at for copy in good(db)][-1:] == [world.NOW]
    assert len(good(db)) <= 2, "one more where nothing tells any more that it was read"


def test_another_store_in_the_same_place_is_neither_counted_nor_touched(db, store, tmp_path, monkeypatch):
    monkeypatch.setenv("TUNGNHA_COPIES", str(tmp_path / "share"))
    (tmp_path / "share").mkdir()
    other = database.prepare(tmp_path / "other" / "tungnha.db", now=world.NOW)
    for n in range(6):
        backups.keep(db, now=world.NOW + n * DAY)
    mine = {copy.file for copy in good(db, "second")}
    monkeypatch.setenv("TUNGNHA_DB", str(other))
    theirs = connect()
    for n in range(4):
        backups.keep(theirs, now=world.NOW + n * DAY)
    assert len(good(theirs, "second")) == 4 and all(file.exists() for file in mine)
    theirs.close()


# What stays


def copy_at(at: datetime) -> Backup:
    return Backup(backup_places.folder() / f"{at:%Y%m%d%H%M}", "beside", at, 1, "good")


def test_pruning_is_by_age():
    first = datetime.fromisoformat("2021-05-03T00:00+07:00")
    quarters = [first + n * timedelta(minutes=15) for n in range(100 * 96)]
    taken = sorted({backups.slot(at) for at in quarters if backups.slot(at) >= first})
    kept = sorted(copy.at for copy in backups.kept([copy_at(at) for at in taken]))
    days = [at.date() for at in kept]
    today = taken[-1].date()
    assert days.count(today) == days.count(today - DAY) == 66, "all of two days: 01:00 and 06:00 to 22:00"
    assert [days.count(today - n * DAY) for n in range(2, 14)] == [1] * 12
    older = [day for day in days if day <= today - 14 * DAY]
    assert len({at.isocalendar()[:2] for at in kept}) == 8 and len(older) == len({d.isocalendar()[1] for d in older})
    assert all(at.hour == 22 for at in kept if at.date() < today - DAY), "the last one of its day"


def test_three_good_copies_stay_however_old():
    old = [copy_at(world.NOW - n * timedelta(seconds=5)) for n in range(3)]
    assert backups.kept(old) == set(old) and backups.kept(old[:1]) == set(old[:1])


def test_fourteen_presses_on_copy_now_cost_no_older_copy(as_):
    db, quan = as_("quan")
    fill(db)
    before = {copy.file for copy in good(db)}
    for press in range(14):
        backups.take_now(db, quan, now=world.NOW + press * timedelta(seconds=1 if press < 7 else 60))
    assert before <= {copy.file for copy in good(db)} and len(good(db)) == 27
    backups.take_now(db, quan, now=world.NOW)
    assert len(good(db)) == 28, "two within a second are two"
    assert rows(db, "select account_id, action from audit_log")[-1] == {"account_id": quan.id, "action": "backup.take"}


def test_a_clock_that_runs_a_month_ahead_makes_no_copy_go(db):
    fill(db)
    before = {copy.file for copy in good(db)}
    for n in range(3):
        backups.keep(db, now=world.NOW + 30 * DAY + n * timedelta(minutes=15))
    assert before <= {copy.file for copy in good(db)}, "not even those that two days would let go"
    backups.keep(db, now=world.NOW)
    last = backup_files.newest(db, now=world.NOW)
    assert last.at == world.NOW and before <= {copy.file for copy in good(db)}


def test_who_keeps_no_machine_takes_no_copy(as_):
    with pytest.raises(Refused):
        backups.take_now(*as_("mai"), now=world.NOW)


# When


def test_copies_are_due_every_quarter_of_an_hour_by_the_clock_of_viet_nam(db, monkeypatch):
    midnight = clock.instant(clock.at(world.DAY, "00:00"))
    slots = []
    for zone in ("Asia/Ho_Chi_Minh", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        getattr(time, "tzset", lambda: None)()
        found = {backups.slot(midnight + n * timedelta(minutes=1)) for n in range(24 * 60)}
        slots.append(sorted(f"{clock.day_of(at)[-2:]} {clock.hour_of(at)}" for at in found))
    monkeypatch.undo()
    getattr(time, "tzset", lambda: None)()
    assert slots[0] == slots[1]
    assert slots[0][:5] == ["15 22:00", "16 01:00", "16 06:00", "16 06:15", "16 06:30"]
    assert slots[0][-1] == "16 22:00" and len(slots[0]) == 67


def test_a_copy_that_is_due_is_made_once(db):
    for minute in (0, 1, 14, 15, 16, 29, 30):
        backups.keep(db, now=world.NOW + timedelta(minutes=minute))
    assert [clock.hour_of(copy.at) for copy in good(db)] == ["12:30", "12:15", "12:00"]


def test_an_empty_store_is_not_copied(tmp_path, monkeypatch):
    monkeypatch.setenv("TUNGNHA_DB", str(tmp_path / "new.db"))
    database.prepare(now=world.NOW)
    db = connect()
    clockwork.keep(db, now=world.NOW)
    assert not backup_places.folder().exists() and health.sentences(health.report(db, now=world.NOW)) == []
    db.close()


def test_a_save_does_not_wait_for_a_copy(db, store, tmp_path):
    """In the midst of a copy a row is saved at once, on a connection that waits for nothing."""
    saving = sqlite3.connect(store, timeout=0, isolation_level=None)
    reading, saved = store_file.reading_in_use(store), []

    def save():
        if len(saved) < 5:
            saving.execute("begin immediate")
            saving.execute("insert into settings values (?, 'x')", [f"row {len(saved)}"])
            saving.execute("commit")
            saved.append(1)

    reading.set_progress_handler(save, 500)
    store_file.copy(reading, tmp_path / "copy.db")
    assert len(saved) == 5 and value(db, "select count(*) from settings where value = 'x'") == 5
    made = connect(tmp_path / "copy.db")
    assert value(made, "pragma integrity_check") == "ok"
    assert value(made, "select count(*) from settings where value = 'x'") <= 1, "one state"
    for each in (saving, reading, made):
        each.close()


# The second place


def test_the_second_place_gets_every_copy_and_its_absence_is_told(db, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    set_setting(db, "copies_place", str(stick))
    backups.keep(db, now=world.NOW)
    assert len(good(db)) == 1 and not stick.exists()
    assert "second backup location" in str(*backups.failures(db))
    assert backups.failures(db)[0] in health.sentences(health.report(db, now=world.NOW))
    told, status = health.public(world.NOW)
    assert status == 200 and "second backup location" in told["warnings"][0] and str(stick) not in str(told)
    stick.mkdir()
    backups.keep(db, now=world.NOW + BEAT)
    assert (len(good(db)), len(good(db, "second"))) == (1, 1) and backups.failures(db) == []
    monkeypatch.setenv("TUNGNHA_COPIES", str(tmp_path))
    assert backup_places.second_place(db) == tmp_path, "what the start of the program says goes before"


@pytest.mark.parametrize(
    ("named", "told"), [("copies", "next to the data"), (".", "next to the data"), ("x" * 300, "is missing")]
)
def test_what_is_no_second_place_is_told_and_counts_once(db, store, monkeypatch, named, told):
    """TUNGNHA_COPIES is not asked about when it is written down."""
    monkeypatch.setenv("TUNGNHA_COPIES", str(store.parent / named))
    for quarter in range(2):
        backups.keep(db, now=world.NOW + quarter * timedelta(minutes=15))
    assert len(backup_files.listed(db)) == 2 and told in str(*backups.failures(db))


def test_a_disk_that_is_not_mounted_is_not_its_empty_folder(db, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    set_setting(db, "copies_place", str(stick))
    monkeypatch.setattr(backup_places, "is_apart", lambda place: True)
    backups.keep(db, now=world.NOW)
    monkeypatch.setattr(backup_places, "is_apart", lambda place: False)
    backups.keep(db, now=world.NOW + timedelta(hours=1))
    assert (len(good(db)), len(good(db, "second"))) == (2, 1) and "not mounted" in str(*backups.failures(db))


def test_a_place_that_was_not_there_is_used_as_soon_as_it_is(as_, tmp_path):
    """Pressed in vain while the stick was out: no half hour of waiting, and no word of it afterwards."""
    db, quan = as_("quan")
    stick = tmp_path / "stick"
    set_setting(db, "copies_place", str(stick))
    for press in range(14):
        backups.take_now(db, quan, now=world.NOW + press * timedelta(seconds=1))
    assert str(*backups.failures(db)).startswith("The second backup location is missing")
    stick.mkdir()
    assert backups.failures(db) == []
    backups.keep(db, now=world.NOW + timedelta(seconds=15))
    assert len(good(db, "second")) == 1


def test_a_second_place_on_the_disk_of_the_store_is_told(db, tmp_path, monkeypatch):
    """One named before its disk was ever mounted, too: copies go there, and the disk takes both."""
    (tmp_path / "stick").mkdir()
    monkeypatch.setenv("TUNGNHA_COPIES", str(tmp_path / "stick"))
    clockwork.keep(db, now=world.NOW)
    assert len(good(db, "second")) == 1
    told, status = health.public(world.NOW)
    assert status == 200 and "is on the same disk as the" in str(*told["warnings"])
    monkeypatch.setattr(backup_places, "is_apart", lambda place: True)
    assert health.public(world.NOW)[0]["warnings"] == []


def test_a_full_second_place_does_not_stop_the_first(db, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    set_setting(db, "copies_place", str(tmp_path / "stick"))
    free = store_file.free
    monkeypatch.setattr(store_file, "free", lambda folder: 0 if folder.name == "stick" else free(folder))
    backups.keep(db, now=world.NOW)
    assert (len(good(db)), len(good(db, "second"))) == (1, 0)
    assert "second location: Not enough room" in str(*backups.failures(db))


def test_what_the_second_place_suffers_from_is_not_said_of_the_store(db, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    set_setting(db, "copies_place", str(tmp_path / "stick"))
    make = store_file.make
    faults = (
        PermissionError(13, "Permission denied"),
        OSError(5, "Input/output error"),
        OSError(30, "Read-only file system"),
        FileNotFoundError(2, "No such file"),
    )
    for number, fault in enumerate(faults):

        def refusing(file, fault=fault):
            if "stick" in str(file):
                raise fault
            make(file)

        monkeypatch.setattr(store_file, "make", refusing)
        backups.keep(db, now=world.NOW + number * timedelta(hours=1))
        [told] = backups.failures(db)
        assert str(told).startswith("No backup could be made in the second") and "store" not in str(told)


def test_a_second_place_is_a_folder_elsewhere(as_, store):
    db, quan = as_("quan")
    kernels = ["/proc"] if os.path.isdir("/proc") else []  # whatever it says of itself, no file can be made there
    for wrong in ("usb", str(store), str(store.parent), str(store.parent / "none"), *kernels):
        with pytest.raises(Invalid) as refused:
            backup_places.name_place(db, quan, wrong, now=world.NOW)
        assert refused.value.faults["place"]
    with pytest.raises(Problem):
        backup_places.name_place(*as_("mai"), str(store.parent), now=world.NOW)
    assert backup_places.second_place(db) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_what_is_made_is_its_owners_alone(db, tmp_path):
    before = os.umask(0)
    try:
        made = database.prepare(tmp_path / "deep" / "tungnha.db", now=world.NOW)
        backups.keep(db, now=world.NOW)
    finally:
        os.umask(before)
    for folder in (made.parent, backup_places.folder()):
        assert folder.stat().st_mode & 0o777 == 0o700
    for file in (made, good(db)[0].file, backup_places.folder() / backup_files._LEDGER):
        assert file.stat().st_mode & 0o777 == 0o600
