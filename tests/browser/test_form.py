"""The province asks for something of its own; a commune answers; both documents above it say so."""

import io
import re

import docx
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.desk import ask, still
from tests.browser.test_documents import pressed


def fill(page: Page, label: str, told: str, inside=None) -> None:
    field = (inside or page).get_by_label(label, exact=True)
    field.fill(told)
    field.blur()


def add(page: Page, section: str) -> None:
    page.get_by_role("button", name="Add a section").click()
    form = page.locator("[data-testid=stPopoverBody]")
    fill(page, "Vietnamese name", section, form)
    fill(page, "English name", "Vaccination", form)
    form.get_by_role("button", name="Add the section").click()
    expect(page.get_by_text("sections changed")).to_be_visible()


def indicator(page: Page, name: str, unit: str = "") -> None:
    form = page.locator("[data-testid=stExpander]").filter(has_text="Add an indicator to this section")
    if not form.get_by_role("button", name="Add the indicator").is_visible():
        form.get_by_text("Add an indicator to this section").click()
    if not unit:
        form.get_by_role("radio", name="A text").click()
        expect(form.get_by_label("Unit of measure")).to_have_count(0)
    fill(page, "Vietnamese name", name, form)
    if unit:
        fill(page, "Unit of measure", unit, form)
    form.get_by_role("button", name="Add the indicator").click()
    expect(page.get_by_text(re.compile(f"^{name} ")).first).to_be_visible()


def send(page: Page) -> None:
    none = page.get_by_role("button", name="None: write “Không”")
    none.click()
    expect(none).to_have_count(0)
    still(page).get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Sent. Until")).to_be_visible()


def kept(page: Page, server, words: str) -> None:
    """The store holds what was typed."""
    for _try in range(100):
        if words in " ".join(line["content"] for line in ask(server, "select content from report_drafts")):
            break
        page.wait_for_timeout(150)
    still(page)


def said(data: bytes) -> tuple[list[str], list[list[str]]]:
    """Paragraphs and rows of a document."""
    made = docx.Document(io.BytesIO(data))
    rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    return [part.text for part in made.paragraphs], rows


def test_what_the_province_asks_for_itself_comes_back_in_its_documents(visit, server):
    province = visit("mai", "template")
    expect(province.get_by_role("button", name="Save as a new version")).to_be_visible()
    add(province, "Tiêm chủng")
    indicator(province, "Mũi tiêm đã thực hiện", "mũi")
    indicator(province, "Tình hình tiêm")
    fill(province, "Reason for the change", "Chỉ đạo mới")
    province.get_by_role("button", name="Save as a new version").click()
    expect(province.get_by_text("Saved as version 1.").or_(province.get_by_text("Saved as version 2."))).to_be_visible()

    commune = visit("binh", "report", size=PHONE)
    expect(commune.get_by_text("III.4. Vaccination")).to_be_visible()
    fill(commune, "Mũi tiêm đã thực hiện", "120")
    expect(commune.get_by_text("Saved at 12:")).to_be_visible()
    fill(commune, "Tình hình tiêm", "Tiêm tại trạm, không có phản ứng nặng.")
    send(commune)
    assert '"own1": {"value": 120' in ask(server, "select content from report_events")[0]["content"]

    district = visit("dung", "report")
    expect(district.get_by_role("table", name="Entered by the units").get_by_text("120 (1/2)").first).to_be_visible()
    take = district.get_by_role("button", name="Use 120, total of 1/2 communes")
    take.click()
    expect(take).to_have_count(0)
    fill(district, "Tình hình tiêm", "Thành phố tiêm tại 10 điểm.")
    kept(district, server, "Thành phố tiêm tại 10 điểm.")
    paragraphs, rows = said(pressed(district, "Word", ".docx"))
    assert "Tình hình tiêm: Thành phố tiêm tại 10 điểm." in paragraphs
    assert "- Phường 1: Tiêm tại trạm, không có phản ứng nặng." in paragraphs
    assert ["Mũi tiêm đã thực hiện (*)", "mũi", "120\n(tổng của 1/2 đơn vị)"] in [row[1:4] for row in rows]
    send(district)

    province = visit("mai", "report")
    expect(province.get_by_role("table", name="Entered by the units").get_by_text("120 (1/2)").first).to_be_visible()
    paragraphs, rows = said(pressed(still(province), "Word", ".docx"))
    assert "- Thành phố Tây Ninh: Thành phố tiêm tại 10 điểm." in paragraphs
    head = next(row for row in rows if row[-1] == "Mũi tiêm đã thực hiện")
    city = next(row for row in rows if row[1] == "Thành phố Tây Ninh" and len(row) == len(head))
    total = next(row for row in rows if row[1] == "Tổng cộng" and len(row) == len(head))
    assert (city[-1], total[-1]) == ("120", "120\n(1/2)")


def test_why_of_an_entered_number_leads_to_its_units(visit):
    page = visit("mai", "report?why=cases_new")
    why = page.locator(".st-key-report_why")
    why.get_by_role("table", name="Entered by the units").get_by_role("link", name="Tây Ninh").click()
    expect(page.get_by_text("14:00 report of the district")).to_be_visible()
    expect(page).to_have_url(re.compile("area=703.*why=cases_new"))
    tile = page.locator(
        ".st-key-report_why svg.marks g.tiles_marks path, .st-key-report_why svg.marks g[class*=tiles] path"
    )
    expect(tile.first).to_be_attached()
    tile.first.click(force=True)
    expect(page.get_by_text("Report of the commune")).to_be_visible()
