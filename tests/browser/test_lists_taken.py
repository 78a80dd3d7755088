"""Lists taken out through the real button; and the way from a household's form to its move."""

import io
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.desk import ask, open_tab


def pressed(page, form: str) -> bytes:
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=form).click()
    assert download.value.suggested_filename.startswith("households-2021-08-16.")
    return Path(download.value.path()).read_bytes()


def test_the_households_found_are_taken_as_excel_and_the_log_knows(visit, server):
    page = visit("binh", "households")
    (sheet,) = load_workbook(io.BytesIO(pressed(page, "Excel"))).worksheets
    assert (sheet.max_row, sheet.cell(2, 1).value, sheet.cell(2, 1).data_type) == (49, "25456-0001", "s")
    told = "select detail ->> 'rows_taken' as n from audit_log where action = 'list.export'"
    assert [line["n"] for line in ask(server, told)] == [48]


def test_on_a_telephone_the_list_is_taken_as_text(visit):
    page = visit("lan", "households", size=PHONE)
    assert len(pressed(page, "CSV").decode("utf-8-sig").splitlines()) == 1 + 24
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_form_leads_to_the_move(visit):
    page = visit("binh", "households?household=25456-0009")
    open_tab(page, "Correct")
    page.get_by_role("link", name="Move to another hamlet").click()
    expect(page.get_by_role("tab", name="Move", exact=True)).to_have_attribute("aria-selected", "true")
    open_tab(page, "Status")
    expect(page.get_by_role("tab", name="Status")).to_have_attribute("aria-selected", "true")
