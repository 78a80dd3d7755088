"""Documents through the real buttons, and the form of the report by keyboard."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.desk import ask, open_tab, still


def pressed(page, button: str, ending: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).first.click()
    assert download.value.suggested_filename.endswith(ending), download.value.suggested_filename
    return Path(download.value.path()).read_bytes()


def test_a_report_is_taken_as_word_pdf_and_excel(visit, server):
    page = visit("dung", "documents")
    cells = [
        cell.text
        for table in docx.Document(io.BytesIO(pressed(page, "Word", ".docx"))).tables
        for line in table.rows
        for cell in line.cells
    ]
    assert "chưa báo cáo" in cells
    assert len(pypdfium2.PdfDocument(pressed(page, "PDF", ".pdf"))) > 1
    book = openpyxl.load_workbook(io.BytesIO(pressed(page, "Excel", "bao-cao-nhanh-703-2021-08-16.xlsx")))
    assert book["Số liệu"]["A2"].value == "Thành phố Tây Ninh, tỉnh Tây Ninh"
    told = "select count(*) as n from audit_log where action = 'document.make'"
    assert ask(server, told)[0]["n"] == 3


def test_all_decisions_of_a_district_come_as_one_file(visit):
    page = visit("dung", "documents")
    open_tab(page, "Decisions on teams")
    page.get_by_role("button", name="Make the decisions of 2 communes").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file with all decisions").click()
    made = zipfile.ZipFile(download.value.path())
    assert made.namelist() == ["quyet-dinh-25456-1.docx", "quyet-dinh-25459-3.docx"]


def test_the_letterhead_is_previewed_before_it_is_saved(visit):
    page = visit("binh", "documents")
    open_tab(page, "Document layout")
    page.get_by_role("textbox", name="Name of the signatory").fill("Phạm Văn Tư")
    page.get_by_role("button", name="Preview").click()
    preview = page.locator(".st-key-letterhead_preview")
    expect(preview.get_by_text("Phạm Văn Tư")).to_be_visible()
    expect(preview.get_by_text("ĐẢNG CỘNG SẢN VIỆT NAM")).to_be_visible()


@pytest.mark.parametrize(
    ("who", "room", "size"),
    [("mai", "documents", DESK), ("mai", "template", PHONE), ("binh", "documents", PHONE)],
    ids=["province-desk", "template-phone", "commune-phone"],
)
def test_no_page_scrolls_sideways(visit, who, room, size):
    page = visit(who, room, size=size)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    still(page)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")


def test_lines_move_by_keyboard_and_keep_the_focus(visit, server):
    page = visit("mai", "template")
    expect(page.get_by_role("button", name="Save as a new version")).to_be_visible()  # the page is there, to its end
    line = page.locator(".st-key-template_line_teams")
    line.get_by_role("button", name="Down").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not saved yet: order changed.")).to_be_visible()
    expect(line.get_by_role("button", name="Down")).to_be_focused()
    page.evaluate("document.activeElement.blur()")  # as where the line was drawn anew
    expect(line.get_by_role("button", name="Down")).to_be_focused()
    page.get_by_label("Reason for the change").fill("Hướng dẫn mới.")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    expect(page.get_by_text("In use: version 2.")).to_be_visible()
    assert ask(server, "select count(*) as n from templates")[0]["n"] == 2
