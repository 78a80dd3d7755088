"""Files out and in again: forms, lists as they stand, and what a list holds after it was loaded into an empty store."""

import io
import re

import pytest
from openpyxl import load_workbook

from lib.core import rollup, text
from lib.core.database import rows
from lib.core.errors import NotFound, Refused
from lib.core.words.place_words import PlaceWords
from lib.exchange.columns import recognised_table, whole_file
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists import export, workbook
from lib.exchange.lists.apply import apply
from lib.exchange.lists.plan import ROWS, plan
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from tests import world
from tests.table import tabled

NOW = world.NOW
ORDER = ("hamlets", "teams", "households", "assignments", "expected")


def tables(data: bytes, kind: str, name: str = "a.xlsx"):
    """The table of a file and, for households, that of its persons."""
    found = whole_file.understood(reading.read(data, name), kind)
    return found.tables[0], next(iter(found.persons), None)


def load(db, user, kind, data, area="25456"):
    table, persons = tables(data, kind)
    seen = plan(db, user, area, Whole(kind, [table], [persons] if persons else []), now=NOW)
    apply(db, user, seen, now=NOW)
    return seen


def cells(data: bytes) -> list:
    return [[[cell.value for cell in line] for line in sheet] for sheet in load_workbook(io.BytesIO(data)).worksheets]


@pytest.mark.parametrize("kind", ORDER)
def test_an_empty_form_loads_nothing(as_, kind):
    db, user = as_("binh")
    table, persons = tables(workbook.template(kind), kind)
    assert table.rows == [] and table.skipped["example"] == 1 and table.unknown == []
    assert persons is None or persons.rows == []


@tabled("language", ["vi", "en"])
@tabled("kind", ORDER)
def test_a_form_is_ready_to_be_filled_in(kind, language):
    made = load_workbook(io.BytesIO(workbook.template(kind, language)))
    for sheet, part in zip(made.worksheets, workbook.sheets_of(kind), strict=False):
        wanted = recognised_table.KINDS[part]
        assert [cell.value for cell in sheet[1]] == [column.heading(language) for column in wanted]
        assert sheet.freeze_panes == "A2"
        assert {sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]} == {"@"}
        chosen = sum(bool(column.choices) for column in wanted)
        assert len(sheet.data_validations.dataValidation) == chosen


def wipe(db) -> None:
    """Everything of the register but the areas above hamlets; no day is open."""
    db.conn.execute("pragma foreign_keys = off")
    db.conn.execute("drop trigger visits_stay")
    for table in (
        "team_day",
        "hamlet_day",
        "visits",
        "days",
        "assignments",
        "persons",
        "household_status",
        "households",
        "members",
        "team_hamlets",
        "teams",
        "expected_households",
    ):
        db.conn.execute(f"delete from {table}")
    db.conn.execute("delete from areas where level = 'hamlet'")
    db.conn.execute("pragma foreign_keys = on")


def fill(db) -> None:
    """Rare things: several hamlets, odd letters, long lists, persons, a team without members."""
    db.conn.execute("insert into team_hamlets values (1, '2545602')")
    db.conn.execute(
        """update households set lane = 'Hẻm "5"; số 1', phone = '0912345678', phone2 = '02763822123', note = '=1+1',
               vulnerabilities = '["poor", "chronic"]', exposures = '["driver"]', commitment_day = '2021-08-05',
               temporary_count = 2, dwelling = 'boarding_room', house_number = '007' where id = 3"""
    )
    db.conn.execute("update members set id_number = '072198700012', categories = '[]' where id = 1")
    for number, name in enumerate(("Đặng Thị Ỷ", "Trần Văn Ơn"), start=1):
        db.conn.execute(
            """insert into persons (household_id, full_name, name_folded, name_sort, birth_year, sex, relation, phone)
               values (3, ?, ?, ?, ?, 'female', 'head', '0912345678')""",
            [name, text.fold(name), text.person_sort_key(name), 1970 + number if number == 1 else None],
        )
    db.conn.execute(
        """insert into teams (commune_code, hamlet_code, name, name_folded, name_sort, model, from_day)
           values ('25456', '2545601', 'Tổ mới', 'to moi', 'x', 'residential_area', '2021-08-10')"""
    )
    db.conn.execute(
        "insert into expected_households values ('25456', 3550, 12400, 'Công an phường, số \"cũ\"', '2021-08-10', 1)"
    )


STORED = {
    "areas": "select code, kind, name, name_folded, name_sort from areas where level = 'hamlet' order by code",
    "teams": """select commune_code, hamlet_code, name, name_folded, model, decision_no, decision_day, from_day, status,
        phone, is_pilot, equipment, note from teams where commune_code = '25456' order by name""",
    "further": "select t.name, h.hamlet_code from team_hamlets h join teams t on t.id = h.team_id order by 1, 2",
    "members": """select t.name, m.full_name, m.name_folded, m.name_sort, m.sex, m.birth_year, m.phone, m.id_number,
        m.role, m.position, m.categories, m.organisation, m.availability, m.from_day
        from members m join teams t on t.id = m.team_id where t.commune_code = '25456' order by 1, 2, 6""",
    "households": """select code, commune_code, hamlet_code, head_name, head_folded, head_sort, lane,
        group_name, house_number, walk_order, phone, phone2, person_count, temporary_count, dwelling, vulnerabilities,
        exposures, commitment_day, note, from_day from households where commune_code = '25456' order by code""",
    "persons": """select h.code, p.full_name, p.birth_year, p.sex, p.relation, p.residence, p.phone
        from persons p join households h on h.id = p.household_id order by 1, 2""",
    "assignments": """select h.code, m.full_name, t.name, a.from_day, a.until_day from assignments a
        join households h on h.id = a.household_id join members m on m.id = a.member_id
        join teams t on t.id = a.team_id where h.commune_code = '25456' order by 1""",
    "expected": "select area_code, households, persons, source, entered_day from expected_households",
}


def register(db) -> dict:
    return {name: rows(db, sql) for name, sql in STORED.items()}


def test_what_is_taken_out_and_loaded_again_is_the_same(as_, db):
    """Export, wipe, import: the register is the same, and so are the files taken out of it."""
    fill(db)
    clerk, user = as_("binh")
    files = {kind: workbook.export(clerk, user, kind, "25456", now=NOW) for kind in ORDER}
    before = register(db)
    wipe(db)
    before["areas"] = [line for line in before["areas"] if line["code"].startswith("25456")]
    for kind in ORDER:
        assert load(clerk, user, kind, files[kind]).counts["refused"] == 0, kind
    assert register(db) == before
    rollup.open_day(db, world.DAY, now=NOW)  # households on the lists are counted by the open day
    for kind in ORDER:
        assert cells(workbook.export(clerk, user, kind, "25456", now=NOW)) == cells(files[kind]), kind
    for kind in ORDER:
        assert set(load(clerk, user, kind, files[kind]).counts.items()) >= {("new", 0), ("changed", 0), ("refused", 0)}


@pytest.mark.parametrize("kind", ORDER)
def test_loading_what_was_taken_out_changes_nothing(as_, db, kind):
    fill(db)
    clerk, user = as_("binh")
    seen = load(clerk, user, kind, workbook.export(clerk, user, kind, "25456", now=NOW))
    assert seen.counts["same"] == len(seen.rows) > 0
    assert [line["action"] for line in rows(db, "select action from audit_log")] == ["list.export"]


def test_an_english_list_is_read_too(as_):
    db, user = as_("binh")
    seen = load(db, user, "households", workbook.export(db, user, "households", "25456", now=NOW, language="en"))
    assert seen.counts == {"new": 0, "changed": 0, "same": 48, "refused": 0}


def test_nothing_in_a_list_is_a_formula(as_, db):
    fill(db)
    clerk, user = as_("binh")
    made = load_workbook(io.BytesIO(workbook.export(clerk, user, "households", "25456", now=NOW)))
    assert {cell.data_type for line in made.worksheets[0] for cell in line} <= {"s", "n"}


@pytest.mark.parametrize("name", ["chi", "an", "thu", "quan"])
def test_a_stranger_takes_nothing_out(as_, name):
    db, user = as_(name)
    with pytest.raises((NotFound, Refused)):
        workbook.export(db, user, "households", "25456", now=NOW)


def test_identity_numbers_stay_with_those_who_keep_the_register(as_, db):
    fill(db)
    for name, there in (("binh", True), ("lan", False)):
        clerk, user = as_(name)
        made = str(cells(workbook.export(clerk, user, "teams", "25456", now=NOW)))
        assert ("072198700012" in made) is there


def test_the_district_takes_out_all_its_communes(as_):
    db, user = as_("dung")
    found = cells(workbook.export(db, user, "households", "703", now=NOW))[0]
    assert len(found) == 1 + 3 * world.HOUSEHOLDS_PER_TEAM


@pytest.mark.parametrize("kind", recognised_table.KINDS)
def test_every_column_of_a_list_is_filled_from_the_register(as_, db, kind):
    fill(db)
    clerk, _user = as_("binh")
    listed = ROWS[kind].listed(clerk, "25456", day=world.DAY)
    known = {name for line in listed for name in line} | {"leader", "deputy"}
    assert {column.key for column in recognised_table.KINDS[kind]} <= known


def test_refused_rows_come_back_red_in_the_same_file(as_):
    db, user = as_("binh")
    data = book(
        [
            Sheet(
                "Hộ dân",
                ["Ấp, khu phố", "Họ tên chủ hộ", "Số nhân khẩu", "Màu cửa"],
                [
                    ["khu phố 1", "Nguyễn Thị Mới", 3, "xanh"],
                    ["ấp Lạ", "Lê Sai", 3, "đỏ"],
                    ["khu phố 1", "Võ Sai", "nhiều"],
                ],
            )
        ]
    )
    table, _persons = tables(data, "households")
    made = plan(db, user, "25456", Whole("households", [table]), now=NOW)
    made.parts[0].sheet = "Hộ dân"
    sheet = load_workbook(io.BytesIO(workbook.refused(made, data, lambda say: say.text, heading="Cần sửa")))["Hộ dân"]
    red = {(cell.row, cell.column) for line in sheet for cell in line if cell.fill.fgColor.rgb == "00F8C9C4"}
    assert red == {(1, 5), (3, 1), (3, 5), (4, 3), (4, 5)}
    assert sheet.cell(2, 2).value == "Nguyễn Thị Mới" and "hamlet of this name" in sheet.cell(3, 5).value


def test_refused_rows_of_a_csv_come_back_in_an_excel_file(as_):
    db, user = as_("binh")
    data = "Ấp, khu phố;Họ tên chủ hộ;Số nhân khẩu\nkhu phố 1;Nguyễn Thị Mới;3\nấp Lạ;Lê Sai;3\n".encode()
    table, _persons = tables(data, "households", "a.csv")
    made = plan(db, user, "25456", Whole("households", [table]), now=NOW)
    lines = cells(workbook.refused(made, data, lambda say: say.text, heading="Cần sửa"))[0]
    assert [line[1] for line in lines] == ["Họ tên chủ hộ", "Lê Sai"] and lines[0][-1] == "Cần sửa"


def test_a_list_as_drawn_is_taken_out_and_logged(as_):
    db, user = as_("binh")
    lines = [["25456-0001", "=HYPERLINK(1)", 4]]
    shown = export.ListOnScreen("Hộ", ["Mã", "Tên", "Số"], lines)
    plain = export.export_logged(db, user, shown, "csv", now=NOW)
    assert plain.decode("utf-8-sig").splitlines() == ["Mã;Tên;Số", "25456-0001;'=HYPERLINK(1);4"]
    (sheet,) = load_workbook(io.BytesIO(export.export_logged(db, user, shown, now=NOW))).worksheets
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n"]
    assert (
        rows(db, "select action, subject, area_code from audit_log")
        == [{"action": "list.export", "subject": "Hộ", "area_code": "25456"}] * 2
    )
    for name in ("an", "quan", "thu"):
        other, who = as_(name)
        with pytest.raises(Refused):
            export.export_logged(other, who, export.ListOnScreen("Hộ", ["Mã"], []), now=NOW)


def test_a_place_that_says_ban_gets_and_gives_files_that_say_ban(as_, db):
    """Headings, choices and examples are in the words of the place, and are read again as what they are."""
    db.conn.execute("update areas set kind = 'bản' where level = 'hamlet'")
    clerk, user = as_("binh")
    for kind in ORDER:
        data = workbook.export(clerk, user, kind, "25456", now=NOW)
        told = str(cells(data)[0]).lower()  # the words to choose a kind from stand on a sheet of their own
        assert "khu phố" not in told and "ấp" not in re.findall(r"\w+", told), kind
        seen = load(clerk, user, kind, data)
        assert {row.state for row in seen.rows} <= {"same"}, kind
        assert not tables(data, kind)[0].unknown
    assert "Trưởng bản" in str(cells(workbook.export(clerk, user, "teams", "25456", now=NOW)))
    form = str(cells(workbook.template("teams", place=PlaceWords(("bản",))))[0])
    assert "Phước Đức" in form and "ấp" not in re.findall(r"\w+", form.lower())
