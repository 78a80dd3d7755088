"""`python -m db`: what it prints and the code it ends with."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from lib.core import access, audit, clock
from lib.core.database import connect, rows
from lib.core.identity import authentication, password_hashing
from lib.operations.command_line import main
from tests import world
from tests.conftest import ROOT
from tests.table import tabled


def add_overlap(db):
    db.conn.execute("drop index one_assignment")
    world.add_assignment(db, 1, 2, 1)


def add_leader(db):
    db.conn.execute("drop index one_leader")
    db.conn.execute("update members set role = 'leader' where id = 2")


def spoil_team(db):
    db.conn.execute("update team_day set assigned = 99 where team_id = 3")


def spoil_hamlet(db):
    db.conn.execute("update hamlet_day set households = 7 where hamlet_code = '2545901'")


def lend_what_was_never_held(db):
    db.conn.execute(
        """insert into grants (account_id, role, area_code, from_day, until_day, for_account_id, from_hour)
           values (9, 'district', '703', ?, '2021-08-20', 3, '13:50')""",
        [world.DAY],
    )


FAULTS = {
    "The role district of 703 lent by binh to chi is not sound": lend_what_was_never_held,
    "Household 25456-0001 is assigned twice": add_overlap,
    "has two leaders from 2021-08-01 on": add_leader,
    "assigned 99 instead of 24": spoil_team,
    "households 7 instead of 24": spoil_hamlet,
}


def test_a_sound_store_passes(store, capsys):
    assert main(["check"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert all(line.startswith("ok ") for line in out) and f"ok  sums of {world.DAY}" in out


@pytest.mark.parametrize("sentence", FAULTS)
def test_a_fault_is_told_in_a_sentence(store, db, capsys, sentence):
    FAULTS[sentence](db)
    assert main(["check"]) == 1
    assert sentence in capsys.readouterr().out


def test_a_dangling_row_is_found(store, db, capsys):
    db.conn.execute("pragma foreign_keys = off")
    db.conn.execute("delete from members where id = 1")
    assert main(["check"]) == 1
    assert "of assignments points to a row of members that does not exist" in capsys.readouterr().out


def test_periods_that_meet_do_not_overlap(store, db, capsys):
    db.conn.execute("update assignments set until_day = ? where household_id = 1", [world.DAY])
    world.add_assignment(db, 1, 2, 1, from_day=world.DAY)
    assert main(["check"]) == 0


def test_no_store_is_told_and_not_made(tmp_path, capsys):
    file = tmp_path / "none.db"
    assert main(["--db", str(file), "check"]) == 1
    assert main(["figures", "--db", str(file), "--area", "72", "--day", world.DAY]) == 1
    assert "There is no store at" in capsys.readouterr().err and not file.exists()


def test_a_file_that_is_no_store_is_told(tmp_path, capsys):
    file = tmp_path / "letter.db"
    file.write_text("Kính gửi: Ban Dân vận Tỉnh ủy. " * 40, "utf-8")
    assert main(["--db", str(file), "check"]) == 1
    assert "cannot be used as a store" in capsys.readouterr().err


def test_init_makes_a_store_and_does_no_harm_to_one(tmp_path, capsys):
    file = tmp_path / "deep" / "new.db"
    assert main(["init", "--db", str(file)]) == 0
    assert main(["init", "--db", str(file)]) == 0
    assert main(["check", "--db", str(file)]) == 0
    assert list(file.parent.glob("*before-migration*")) == []


@pytest.mark.long
def test_demo_fills_an_empty_store_prints_the_sign_ins_and_says_nothing_of_streamlit(tmp_path, capsys):
    """Run as a program, as from a terminal."""
    file = str(tmp_path / "demo.db")
    done = subprocess.run(
        [sys.executable, "-m", "db", "--db", file, "demo", "--days", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    assert "ScriptRunContext" not in done.stderr and "WARNING" not in done.stderr
    assert "xa.thanhphuoc" in done.stdout and "thuc-hanh-tay-ninh" in done.stdout and "Huyện Gò Dầu" in done.stdout
    assert main(["--db", file, "demo"]) == 1
    assert "needs an empty one" in capsys.readouterr().err
    assert main(["--db", file, "check"]) == 0
    db = connect(file)
    assert db["accounts"].count == 109
    db.close()


def test_it_runs_as_a_program_in_a_terminal_that_knows_no_vietnamese(store):
    words = ["figures", "--area", "703", "--day", world.DAY]
    done = subprocess.run(
        [sys.executable, "-m", "db", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 5, done.stderr


def test_a_demo_that_fails_leaves_no_half_store(tmp_path, monkeypatch):
    from lib.practice import province

    file = tmp_path / "demo.db"
    monkeypatch.setattr(province, "build", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["demo", "--db", str(file)])
    assert list(tmp_path.iterdir()) == []


def test_figures_are_those_of_the_screens(store, db, capsys):
    from lib.oversight.figures import figures

    assert main(["figures", "--area", "72", "--day", world.DAY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [told["area"], *told["children"]] == figures.figures(db, "72", world.DAY, now=world.NOW)
    assert told["day"] == world.DAY and told["as_of"] is None
    assert told["compared_with"] == {"day": world.YESTERDAY, "as_of": "12:00"}


def test_figures_as_a_table(store, capsys):
    assert main(["figures", "--area", "703", "--day", world.DAY, "--as-of", "11:00"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:4] == ["Thành", "phố", "Tây", "Ninh"] and len(lines) == 5
    assert lines[4] == f"change: percentage points of coverage against {world.YESTERDAY} at 11:00"
    assert "–" in lines[1] and "Phường 1" in lines[2] + lines[3]


def test_figures_of_nowhere_and_of_no_day(store, capsys):
    assert main(["figures", "--area", "99", "--day", world.DAY]) == 1
    assert main(["figures", "--area", "72", "--day", "2020-01-01"]) == 1
    told = capsys.readouterr().err
    assert "no area with the code 99" in told and "2020-01-01 was never opened" in told


@tabled(
    "words",
    [
        [],
        ["dance"],
        ["demo", "--size", "huge"],
        ["demo", "--days", "0"],
        ["demo", "--days", "x"],
        ["figures", "--area", "72"],
        ["figures", "--area", "72", "--day", "2021-02-30"],
        ["figures", "--area", "72", "--day", "2021-08-16", "--as-of", "25:00"],
        ["import", "households", "a.xlsx"],
        ["import", "visits", "a.xlsx", "--area", "72"],
    ],
)
def test_a_wrong_command_line_ends_with_2(words, capsys):
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2


def households(tmp_path, *lines):
    """A file of households as a clerk sends it."""
    from lib.exchange.spreadsheets.workbook_writer import Sheet, book

    file = tmp_path / "ho.xlsx"
    file.write_bytes(book([Sheet("Hộ", ["Mã hộ", "Ấp, khu phố", "Họ tên chủ hộ", "Số nhân khẩu"], lines)]))
    return file


def test_a_list_is_looked_through_then_loaded_and_a_second_time_nothing(store, db, tmp_path, capsys):
    file = households(
        tmp_path,
        ["25456-0001", "khu phố 1", "Lê Văn Một", 7],
        [None, "KP2", "Võ Thị Mới", 3],
        [None, "ấp Lạ", "Trần Sai", 2],
    )
    words = ["import", "households", str(file), "--area", "25456", "--json"]
    assert main([*words, "--dry-run"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"new": 1, "changed": 1, "same": 0, "refused": 1} and told["loaded"] is None
    assert [line["row"] for line in told["refused"]] == [4] and db["households"].count == 96
    assert main(words) == 0 and db["households"].count == 97
    assert main(words[:-1]) == 0
    assert "0 new, 0 changed, 2 same, 1 refused. Nothing was changed." in capsys.readouterr().out
    assert rows(db, "select account_id, action, area_code from audit_log") == [
        {"account_id": None, "action": "import.apply", "area_code": "25456"}
    ]


def test_a_list_is_written_that_can_be_loaded_again(store, db, tmp_path, capsys):
    file = tmp_path / "to.xlsx"
    assert main(["export", "teams", str(file), "--area", "703"]) == 0
    assert main(["import", "teams", str(file), "--area", "703"]) == 0
    assert "0 new, 0 changed, 9 same, 0 refused" in capsys.readouterr().out
    assert main(["export", "teams", str(file), "--area", "703"]) == 1


def test_what_cannot_be_loaded_is_told(store, tmp_path, capsys):
    (tmp_path / "thu.xlsx").write_text("Kính gửi")
    assert main(["import", "teams", str(tmp_path / "thu.xlsx"), "--area", "25456"]) == 1
    assert main(["import", "teams", str(tmp_path / "none.xlsx"), "--area", "25456"]) == 1
    assert main(["import", "households", str(households(tmp_path)), "--area", "99"]) == 1
    told = capsys.readouterr().err
    assert "content is something else" in told and "There is no file" in told and "no area with this code" in told


@tabled("words", [[], ["init"], ["demo"], ["check"], ["figures"], ["import"], ["export"]])
def test_every_command_explains_itself(words, capsys):
    with pytest.raises(SystemExit) as end:
        main([*words, "--help"])
    assert end.value.code == 0 and "--db" in capsys.readouterr().out


def test_a_copy_is_a_sound_store_and_never_overwrites(store, tmp_path, capsys):
    target = tmp_path / "copy.db"
    assert main(["copy", str(target)]) == 0 and main(["--db", str(target), "check"]) == 0
    assert main(["copy", str(target)]) == 1 and "exists already" in capsys.readouterr().err


def test_figures_of_a_day_nobody_opened_yet(store, monkeypatch, capsys):
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(days=1))
    assert main(["figures", "--area", "72", "--day", "2021-08-17", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["area"]["due"] == 96
    assert main(["figures", "--area", "72", "--day", "2021-08-18"]) == 1


# A password from the terminal


def test_who_cannot_sign_in_any_more_is_issued_a_password_at_the_terminal(store, db, capsys):
    """It works once, is printed once, and ends every session."""
    assert main(["password", "quan"]) == 0
    password = capsys.readouterr().out.splitlines()[-1]
    account = authentication.credentials(db, "quan")
    assert password_hashing.matches(password, account["password_hash"]) and account["token_version"] == 2
    assert access.user(db, account["id"], world.DAY).must_change
    assert audit.broken(db) is None
    assert rows(db, "select action, subject from audit_log") == [{"action": "account.reset", "subject": "quan"}]
    assert password not in str(db.conn.execute("select * from audit_log").fetchall())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["gió mùa đông bắc"] * 2, ""),
        (["gió mùa đông bắc", "gió mùa"], "differ"),
        (["matkhau123"] * 2, "easy to guess"),
        (["ngắn"] * 2, "at least 10"),
    ],
)
def test_a_password_typed_at_the_terminal_is_looked_at_like_any_other(store, db, capsys, monkeypatch, typed, told):
    answers = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    before = authentication.credentials(db, "quan")
    assert main(["password", "quan", "--type"]) == (1 if told else 0)
    printed = capsys.readouterr()
    assert told in printed.err and typed[0] not in printed.out + printed.err
    assert (authentication.credentials(db, "quan") == before) == bool(told)


def test_nobody_of_this_name_and_an_account_switched_off_are_told(store, db, capsys):
    assert main(["password", "khong.co"]) == 1 and "no account of this name" in capsys.readouterr().err
    db.conn.execute("update accounts set is_active = 0 where username = 'an'")
    assert main(["password", "AN"]) == 0 and "switched off" in capsys.readouterr().err


def test_the_start_says_nothing_but_address_and_set_up_code():
    """No warnings of a library between the two: whoever starts the program looks for the code there."""
    done = subprocess.run([sys.executable, "-c", "import app"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
