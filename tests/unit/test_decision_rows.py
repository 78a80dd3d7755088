"""A commune's decision from the register: who is in which team on the day, and whose names leave the store."""

import io
import zipfile

import docx
import openpyxl
import pypdfium2
import pytest

from lib.core.database import rows, value
from lib.core.errors import Conflict, NotFound, Refused
from lib.exchange.documents import decision_files, decision_rows, decisions
from lib.register.assignments import assignments
from lib.register.households import statuses
from lib.register.households.statuses import StatusEntry
from lib.register.teams import members
from tests import world
from tests.table import tabled

DAY = world.DAY


def gathered(as_, who="binh", commune="25456", **more):
    db, user = as_(who)
    return decision_rows.gathered(db, user, commune, day=DAY, **more)


def test_it_lists_teams_members_and_the_households_of_each(as_):
    made = gathered(as_)
    assert [team["name"] for team in made["teams"]] == ["Tổ Covid cộng đồng số 01", "Tổ Covid cộng đồng số 02"]
    first = made["teams"][0]
    assert [one["role"] for one in first["members"]] == ["leader", "member", "member"]
    assert first["members"][0]["position"] == "Trưởng khu phố" and first["members"][0]["phone"] == "0912 000 001"
    assert [
        len([line for line in first["households"] if line["member"] == one["full_name"]]) for one in first["members"]
    ] == [8, 8, 8]
    assert first["households"][0]["address"] == "Hẻm 1" and first["households"][0]["persons"] == 4


def test_every_household_assigned_that_day_stands_once(as_, db):
    codes = [line["code"] for team in gathered(as_)["teams"] for line in team["households"]]
    known = rows(
        db,
        """select h.code from assignments a join households h on h.id = a.household_id
                        where h.commune_code = '25456'""",
    )
    assert sorted(codes) == sorted(line["code"] for line in known) and len(codes) == 48


def test_who_left_and_what_was_taken_back_is_not_in_it(as_):
    db, binh = as_("binh")
    assignments.take_back(db, binh, ["25456-0001"], from_day=DAY, now=world.NOW)
    statuses.set_status(db, binh, "25456-0002", StatusEntry("moved", DAY), now=world.NOW)
    codes = {line["code"] for team in gathered(as_)["teams"] for line in team["households"]}
    assert not codes & {"25456-0001", "25456-0002"} and len(codes) == 46
    assert len(members.of_team(db, 1, day=DAY)) == 3


@tabled("who", ["chi", "thu", "an", "quan"])
def test_names_leave_only_with_who_takes_lists_of_the_area(as_, who):
    with pytest.raises(NotFound if who == "chi" else Refused):
        gathered(as_, who)
    db, user = as_(who)
    with pytest.raises((NotFound, Refused)):
        decision_files.document_logged(
            db, user, decision_files.DecisionRequest("25456", DAY, founding=True, number=""), "docx", now=world.NOW
        )
    assert value(db, "select count(*) from audit_log") == 0


def test_teams_with_an_earlier_decision_are_reorganised(as_, db):
    assert gathered(as_)["founding"] is False
    db.conn.execute("update teams set decision_no = null, decision_day = null where commune_code = '25456'")
    assert gathered(as_)["founding"] is True and gathered(as_, founding=False)["founding"] is False


def test_the_number_stays_blank_until_typed(as_):
    told = [
        paragraph.text
        for table in docx.Document(io.BytesIO(decisions.document(gathered(as_), "docx"))).tables
        for line in table.rows
        for cell in line.cells
        for paragraph in cell.paragraphs
    ]
    assert "Số: ……/QĐ-UBND" in told
    made = decisions.document(gathered(as_, number=" 7 "), "pdf")
    assert "Số: 07/QĐ-UBND" in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()


def test_the_workbook_lists_the_same(as_):
    db, binh = as_("binh")
    book = openpyxl.load_workbook(
        io.BytesIO(decision_files.document(db, binh, decision_files.DecisionRequest("25456", DAY), "xlsx"))
    )
    assert [sheet.title for sheet in book] == ["Thành viên", "Hộ gia đình"]
    listed = [[cell.value for cell in line] for line in book["Hộ gia đình"].iter_rows()]
    made = gathered(as_)
    assert [line[4] for line in listed[5:]] == [
        household["code"] for team in made["teams"] for household in team["households"]
    ]
    assert len(list(book["Thành viên"].iter_rows())) == 5 + 6


def test_a_district_gets_one_file_a_commune_and_one_line_in_the_log(as_, tmp_path):
    db, dung = as_("dung")
    heard, target = [], tmp_path / "all.pdf.zip"
    done = decision_files.all_of_logged(
        db, dung, decision_files.DecisionRequest("703", DAY, founding=False), target, heard.append, now=world.NOW
    )
    assert done == 2 and heard == [0.5, 1.0]
    assert zipfile.ZipFile(target).namelist() == ["quyet-dinh-25456-1.pdf", "quyet-dinh-25459-3.pdf"]
    line = rows(db, "select subject, detail from audit_log")
    assert len(line) == 1 and line[0]["subject"].endswith("Thành phố Tây Ninh, 16/8/2021")


def test_an_area_without_teams_has_nothing_to_decide(as_, db, tmp_path):
    db.conn.execute("update teams set status = 'dissolved', until_day = '2021-08-10'")
    with pytest.raises(Conflict):
        gathered(as_)
    other, dung = as_("dung")
    with pytest.raises(Conflict):
        decision_files.all_of(other, dung, decision_files.DecisionRequest("703", DAY), tmp_path / "all.zip")
    assert not (tmp_path / "all.zip").exists()


def test_half_of_the_communes_are_left_nowhere(as_, tmp_path, monkeypatch):
    db, dung = as_("dung")
    monkeypatch.setattr(decision_rows, "each", lambda *_args, **_more: (1 / 0 for _one in (1,)))
    with pytest.raises(ZeroDivisionError):
        decision_files.all_of(db, dung, decision_files.DecisionRequest("703", DAY), tmp_path / "all.zip")
    assert not (tmp_path / "all.zip").exists()


def test_only_the_hamlet_is_cut_off_a_teams_name(as_, db):
    db.conn.execute("update teams set name = 'Tổ 5 – Khu phố 1' where id = 1")
    db.conn.execute("update teams set name = 'Tổ 5 – chợ Long Hoa' where id = 2")
    assert [team["name"] for team in gathered(as_)["teams"]] == ["Tổ 5", "Tổ 5 – chợ Long Hoa"]
