"""Documents to take out: who gets which buttons, what is behind them, and the letterhead."""

import io
import json

import docx
import pytest

from lib.core.database import row, value
from lib.core.errors import NotFound
from lib.exchange.documents import letterheads
from lib.operations import clockwork
from tests import world
from tests.unit.test_report_files import LATER


@pytest.fixture
def files(monkeypatch):
    """What each button gives when it is pressed: `files["Word"]()`, by its key."""
    import streamlit as st

    kept = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, **more: kept.__setitem__(more["key"], data))
    return kept


def said(page) -> str:
    told = [*page.markdown, *page.success, *page.info, *page.caption, *page.warning]
    return " ".join(each.value for each in told)


def press(page, label):
    return next(b for b in page.button if b.label == label).click().run()


def text(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def test_a_district_takes_its_report(app, files, db):
    clockwork.freeze(db, now=LATER)
    page = app("dung", "documents")
    assert not page.exception and "14:00 16/08/2021, frozen. Not sent yet." in said(page)
    told = text(files["report_district_703_docx"]())
    assert "BÁO CÁO NHANH" in told and "THÀNH ỦY TÂY NINH" in told
    assert files["report_district_703_pdf"]().startswith(b"%PDF") and files["report_district_703_xlsx"]()
    assert row(db, "select action, account_id from audit_log order by id desc limit 1") == {
        "action": "document.make",
        "account_id": 5,
    }


def test_the_province_has_two_reports_and_the_extracts(app, files, db):
    page = app("mai", "documents")
    assert {key.rpartition("_")[0] for key in files} == {"report_province_72", "report_health_72"}
    assert "Provisional" in said(page) and "No committee member" in said(page)
    assert "SỞ Y TẾ" in text(files["report_health_72_docx"]())


def test_a_commune_takes_its_decision_with_names(app, files):
    page = app("binh", "documents")
    assert not page.exception and "decision_docx" in files
    told = text(files["decision_docx"]())
    assert "kiện toàn" in told and "Phạm Thị Lan" in told and world.head_name(1) in told
    page.text_input(key="decision_no_25456").set_value("7").run()
    assert "Số: 07/QĐ-UBND" in text(files["decision_docx"]())


def test_all_decisions_of_a_district_come_in_one_file(app, files, db):
    page = press(app("dung", "documents"), "Make the decisions of 2 communes")
    assert not page.exception and files["decisions_take"].startswith(b"PK")
    assert value(db, "select subject from audit_log order by id desc limit 1").startswith("Quyết định về Tổ")


def test_an_inspector_takes_reports_and_no_names(app, files):
    page = app("thu", "documents")
    assert not page.exception and [tab.label for tab in page.tabs] == ["Day's reports"]
    assert "report_district_703_docx" in files and not [key for key in files if key.startswith("decision")]


def test_a_stranger_finds_no_other_area(app, files):
    page = app("chi", "documents", area="25456")
    assert not page.exception and {key.split("_")[2] for key in files if key.startswith("report")} == {"25654"}
    assert "Phạm Thị Lan" not in text(files["decision_docx"]())


@pytest.mark.parametrize("who", ["an", "lan", "son", "quan"])
def test_the_room_is_for_those_who_report(app, who):
    assert any("is not open to your current" in info.value for info in app(who, "documents").info)


def test_a_right_that_ended_gives_nothing(app, files, db):
    app("dung", "documents")
    with db.conn:
        db.conn.execute("update accounts set is_active = 0 where id = 5")
    with pytest.raises(NotFound):
        files["report_district_703_docx"]()


def test_a_day_never_opened_has_no_documents(app, files):
    assert not app("dung", "documents", day="2021-07-01").exception and not files


def test_a_deputy_before_the_hour_reads_a_sentence(app, files, db):
    db.conn.execute(
        """insert into grants (account_id, role, area_code, from_day, for_account_id, from_hour)
                       values (7, 'district', '703', ?, 5, '13:50')""",
        [world.DAY],
    )
    number = value(db, "select max(id) from grants")
    db.conn.commit()
    page = app("thu", "documents")
    page.session_state["grant"] = number
    files.clear()
    page.run()
    assert "You act for" in said(page) and not files


def test_the_letterhead_is_kept_and_stands_in_the_document(app, files, db):
    page = app("dung", "documents")
    field = next(field for field in page.text_input if field.label == "Name of the signatory")
    field.set_value("Phạm *Văn* Tư")
    page = press(page, "Save layout")
    assert not page.exception and "Saved." in said(page)
    assert letterheads.of(db, "703", "party").name == "Phạm *Văn* Tư"
    assert "Phạm \\*Văn\\* Tư" in said(page) and "Phạm *Văn* Tư" in text(files["report_district_703_docx"]())


def test_an_empty_line_is_refused_and_nothing_is_lost(app, files, db):
    page = app("dung", "documents")
    fields = {field.label: field for field in page.text_input}
    fields["Place"].set_value("")
    fields["Name of the signatory"].set_value("Lâm Thị Bảy")
    page = press(page, "Save layout")
    assert "may not be empty" in said(page) and letterheads.version(db, "703", "party") == 0
    assert {field.label: field.value for field in page.text_input}["Name of the signatory"] == "Lâm Thị Bảy"


def test_a_conflict_keeps_what_was_typed(app, files, as_, db):
    page = app("dung", "documents")
    other, user = as_("dung")
    letterheads.keep(other, user, "703", letterheads.LetterheadEdit("party", {"place": "Thị xã"}), now=world.NOW)
    next(field for field in page.text_input if field.label == "Name of the signatory").set_value("Lâm Thị Bảy")
    page = press(page, "Save layout")
    assert "in the meantime" in said(page)
    shown = {field.label: field.value for field in page.text_input}
    assert (shown["Place"], shown["Name of the signatory"]) == ("Thị xã", "Lâm Thị Bảy")
    press(page, "Save layout")
    kept = json.loads(value(db, "select content from letterheads where area_code = '703'"))
    assert (kept["place"], kept["name"]) == ("Thị xã", "Lâm Thị Bảy")
