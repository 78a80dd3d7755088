"""Entering expected households: who may, what is refused, taking back, Excel both ways, an older store."""

import json

import pytest

from lib.core import database
from lib.core.database import connect, rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists import workbook
from lib.exchange.lists.apply import apply
from lib.exchange.lists.plan import plan
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from lib.operations.command_line import main
from lib.register.areas import expected_households as register
from lib.register.areas import expected_shares
from lib.register.undo import undo
from lib.screen import i18n
from lib.screen.history import act_sentences
from tests import imported, world
from tests.table import tabled

TYPED = {"households": "3.550", "persons": "12 400", "source": "Công an phường"}
STORED = {
    "area_code": "25456",
    "households": 3550,
    "persons": 12400,
    "source": "Công an phường",
    "entered_day": world.DAY,
    "version": 1,
}


def save(db, user, code="25456", version=0, **more):
    register.save(db, user, code, TYPED | more, version, now=world.NOW)


@pytest.mark.parametrize(
    ("name", "code"),
    [("binh", "25456"), ("dung", "25456"), ("dung", "703"), ("mai", "25654"), ("mai", "710"), ("mai", "72")],
)
def test_each_level_enters_its_own_and_what_lies_below(as_, db, name, code):
    save(*as_(name), code)
    assert expected_shares.entered(db, code) == STORED | {"area_code": code}


@tabled(
    ("name", "code", "problem"),
    [
        ("binh", "703", NotFound),
        ("binh", "25459", NotFound),
        ("dung", "25654", NotFound),
        ("dung", "72", NotFound),
        ("mai", "2545601", NotFound),
        ("mai", "99999", NotFound),
        ("an", "25456", Refused),
        ("lan", "25456", Refused),
        ("son", "25456", Refused),
        ("thu", "703", Refused),
        ("quan", "72", Refused),
    ],
)
def test_nobody_enters_the_numbers_of_another_area(as_, db, name, code, problem):
    with pytest.raises(problem):
        save(*as_(name), code)
    assert expected_shares.all_entered(db) == {} and value(db, "select count(*) from audit_log") == 0


@tabled(
    ("typed", "field"),
    [
        ({"households": "nhiều"}, "households"),
        ({"households": "0"}, "households"),
        ({"households": "-3"}, "households"),
        ({"households": "5000001"}, "households"),
        ({"households": "3.55"}, "households"),
        ({"households": "", "persons": ""}, "households"),
        ({"persons": "12"}, "households"),
        ({"source": " "}, "source"),
        ({"source": "x" * 121}, "source"),
    ],
)
def test_what_cannot_be_a_number_of_households_is_refused_at_its_field(as_, db, typed, field):
    with pytest.raises(Invalid) as problem:
        save(*as_("binh"), **typed)
    assert set(problem.value.faults) == {field} and expected_shares.all_entered(db) == {}


def test_every_change_is_told_in_the_history_and_can_be_taken_back(as_, db, monkeypatch):
    monkeypatch.setattr(i18n, "language", lambda: "en")
    bound, binh = as_("binh")
    save(bound, binh)
    save(bound, binh, version=1, households="3600")
    save(bound, binh, version=2, households="3600")  # nothing changed: no line
    lines = rows(db, "select id, action, subject, area_code, detail from audit_log order by id")
    told = [act_sentences.sentence(line | {"detail": json.loads(line["detail"]), "names": {}}) for line in lines]
    assert told[0].startswith("entered the expected households of Phường 1; number of households: 3550")
    assert told[1] == "entered the expected households of Phường 1; number of households from “3550” to “3600”"
    assert len(lines) == 2
    with pytest.raises(Conflict, match="Phường 1|Changed since"):
        undo.take_back(bound, binh, lines[0]["id"], now=world.NOW)
    undo.take_back(bound, binh, lines[1]["id"], now=world.NOW)
    assert expected_shares.entered(db, "25456") == STORED
    register.remove(bound, binh, "25456", 1, now=world.NOW)
    assert expected_shares.entered(db, "25456") is None
    undo.take_back(bound, binh, value(db, "select max(id) from audit_log"), now=world.NOW)
    assert expected_shares.entered(db, "25456") == STORED


def test_two_who_enter_at_once_do_not_overwrite_each_other(as_, db):
    save(*as_("dung"))
    with pytest.raises(Conflict):
        save(*as_("binh"), households="9")
    with pytest.raises(Conflict):
        register.remove(*as_("binh"), "25456", 7, now=world.NOW)
    assert expected_shares.entered(db, "25456") == STORED


# Excel


HEADINGS = ["Mã", "Huyện", "Xã, phường, thị trấn", "Tổng số hộ", "Dân số", "Nguồn"]


def looked(db, user, *lines, area="72"):
    data = book([Sheet("a", HEADINGS, [[*line, *[None] * (len(HEADINGS) - len(line))] for line in lines])])
    table = imported.found(reading.read(data, "a.xlsx"), "expected")[1]
    made = plan(db, user, area, Whole("expected", [table]), now=world.NOW)
    made.file_name = "so-ho.xlsx"
    return made


def test_a_file_knows_units_by_code_name_or_district(as_, db):
    db_, mai = as_("mai")
    made = looked(
        db_,
        mai,
        ("72", None, "Tỉnh Tây Ninh", 9000),
        ("25456", None, None, "3.550", 12400, "Công an"),
        (None, "Tây Ninh", "Phường 3", 2000),
        (None, None, "thi tran go dau", 1500),
        ("Tổng cộng", None, None, 16050),
    )
    assert [row.state for row in made.rows] == ["new"] * 4 and made.tables["expected"].skipped["total"] == 1
    number = apply(db_, mai, made, now=world.NOW)
    found = {code: (line["households"], line["persons"]) for code, line in expected_shares.all_entered(db).items()}
    assert found == {"72": (9000, None), "25456": (3550, 12400), "25459": (2000, None), "25654": (1500, None)}
    assert expected_shares.entered(db, "25459")["source"] == "Nạp từ tệp ngày 16/08/2021"
    assert {row.state for row in looked(db_, mai, ("25456", None, None, 3550), ("25459",)).rows} == {"same"}
    undo.take_back(db_, mai, value(db, "select audit_id from imports where id = ?", [number]), now=world.NOW)
    assert expected_shares.all_entered(db) == {}


@tabled(
    ("line", "field"),
    [
        ((None, None, "Gò Dầu", 5), "name"),  # the district and its town
        ((None, None, "Phường 9", 5), "name"),
        (("25654", None, None, 5), "name"),
        (("25456", None, None, "x"), "households"),
        (("25456", None, None, 5, 4), "households"),
    ],
)
def test_a_row_that_names_no_single_unit_or_no_number_is_refused(as_, line, field):
    db, user = as_("dung") if line[0] == "25654" else as_("mai")
    [row] = looked(db, user, line, area="703" if line[0] == "25654" else "72").rows
    assert row.state == "refused" and field in row.faults


def test_one_unit_twice_in_a_file_is_refused_the_second_time(as_):
    made = looked(*as_("mai"), ("25456", None, None, 5), (None, "Tây Ninh", "Phường 1", 6))
    assert [row.state for row in made.rows] == ["new", "refused"]


def test_an_estimate_does_not_become_an_entered_number_by_way_of_excel(as_, db):
    bound, mai = as_("mai")
    save(bound, mai, "72", persons="")
    data = workbook.export(bound, mai, "expected", "72", now=world.NOW)
    sheets = reading.read(data, "a.xlsx")
    table = imported.found(sheets, "expected")[1]
    made = plan(bound, mai, "72", Whole("expected", [table]), now=world.NOW)
    assert {row.state for row in made.rows} == {"same"} and len(made.rows) == 6
    cells = next(line for line in sheets[0].rows if line[0] == "25456")
    assert cells[7:9] == ["1184", "48"]  # its share of 3,550, and what is on the lists
    assert apply(bound, mai, made, now=world.NOW) is None and set(expected_shares.all_entered(db)) == {"72"}


# The store


def test_an_older_store_keeps_its_loaded_files_and_takes_the_new_kind(store):
    db = connect(store)
    db.conn.execute("insert into audit_log (id, at, account_id, action) values (900, '2021-08-16T03:00:00Z', 3, 'x')")
    line = "(1, 900, 'households', '25456', 'ho.xlsx', 'd', 40, 1, 2, 3, 0)"
    db.conn.executescript(f"""
        delete from _sqlite_migrations where name = 'm011_expected_households';
        drop table expected_households;
        drop table imports;
        create table imports (
            id integer primary key, audit_id integer not null references audit_log (id),
            kind text not null check (kind in ('hamlets', 'teams', 'households', 'assignments')),
            area_code text not null references areas (code), file_name text not null, digest text not null,
            added integer not null, changed integer not null, same integer not null, refused integer not null,
            settled integer not null default 0 check (settled in (0, 1))) strict;
        create index imports_area on imports (area_code, id);
        insert into imports values {line};
    """)
    db.close()
    database.prepare(store, now=world.NOW)
    db = connect(store)
    assert db.conn.execute("select * from imports").fetchall() == [
        (1, 900, "households", "25456", "ho.xlsx", "d", 40, 1, 2, 3, 0)
    ]
    db.conn.execute("update imports set kind = 'expected'")
    assert expected_shares.of_communes(db) == {} and value(db, "pragma foreign_key_check") is None
    db.close()


def test_check_finds_numbers_that_cannot_stand_together(store, db, capsys):
    db.conn.executemany(
        "insert into expected_households values (?, ?, null, 'x', ?, 1)",
        [("703", 100, world.DAY), ("25456", 70, world.DAY), ("25459", 60, world.DAY), ("2545601", 5, world.DAY)],
    )
    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert "Thành phố Tây Ninh (703) expects 100 households, the areas in it 130." in told
    assert "khu phố 1 (2545601), which is a hamlet" in told
