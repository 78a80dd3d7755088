"""Excel files in the browser: a list is taken out, changed, loaded and taken back; Vietnamese words throughout."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.desk import ask, open_tab

COUNT = "select count(*) as n from households"


def choose(page, data: bytes, name: str = "ho.xlsx"):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def taken_out(page) -> bytes:
    """The list of households as it stands."""
    open_tab(page, "Forms and lists")
    with page.expect_download() as download:
        page.get_by_role("button", name="Current list").nth(2).click()
    return Path(download.value.path()).read_bytes()


def changed(data: bytes) -> bytes:
    """Two telephones entered, one household more."""
    made = load_workbook(io.BytesIO(data))
    sheet = made.worksheets[0]
    place = {cell.value: cell.column for cell in sheet[1]}
    for row in (2, 3):
        sheet.cell(row, place["Telephone"], "0912345678")
    last = sheet.max_row + 1
    for heading, value in (("Hamlet", "khu phố 2"), ("Head of household", "Võ Thị Mới"), ("Number of persons", 2)):
        sheet.cell(last, place[heading], value)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_list_goes_out_and_comes_back_changed(visit, server):
    page = visit("binh", "exchange")
    data = changed(taken_out(page))
    open_tab(page, "Import a file")
    choose(page, data)
    expect(page.get_by_text("49 rows in the file in total.")).to_be_visible()
    expect(page.get_by_test_id("stMetricValue")).to_have_text(["1", "2", "46", "0"])
    before = ask(server, COUNT)[0]["n"]
    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_text("Imported: 1 new, 2 changed.")).to_be_visible()
    assert ask(server, COUNT)[0]["n"] == before + 1
    open_tab(page, "Imported files")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("everything is as it was before this file")).to_be_visible()
    assert ask(server, COUNT)[0]["n"] == before


def test_refused_rows_are_marked_in_the_file_given_back(visit, server):
    page = visit("binh", "exchange")
    choose(page, b"Hamlet;Head of household;Number of persons\nkhu pho 9;Le Sai;3\n", "ho.csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="refused rows marked").click()
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    assert "no hamlet of this name" in sheet.cell(2, 4).value
    assert download.value.suggested_filename == "ho-to-fix.xlsx"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_english_and_nothing_beside_the_screen(visit, size):
    page = visit("binh", "exchange", size=size, language="vi")
    field = page.get_by_test_id("stFileUploader")
    expect(field).to_be_visible()
    shown = field.evaluate(
        """e => [...e.querySelectorAll('p, span')].filter(n => n.getClientRects().length
            && !n.querySelector('p, span') && n.dataset.testid !== 'stIconMaterial').map(n => n.innerText).join(' ')"""
    )
    assert "Upload" not in shown and "per file" not in shown
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
