"""From the printed sheet back to the screen: print, open by the code, type in, and the rows say so."""

import pypdfium2
from playwright.sync_api import Page, expect

from lib.core.database import connect
from tests import edits, world
from tests.browser.conftest import PHONE
from tests.browser.desk import ask, press, ready, row, status


def taken(page: Page) -> list[str]:
    """The text of the pages of the file that arrived."""
    with page.expect_download() as waiting:
        page.locator(".st-key-paper_take button").click()
    document = pypdfium2.PdfDocument(waiting.value.path().read_bytes())
    return [each.get_textpage().get_text_bounded() for each in document]


def marks(page: Page):
    return page.locator(".from-paper")


def stored(server) -> list[tuple]:
    lines = ask(server, "select household_id, outcome, channel from visits where household_id > 24 order by 1")
    return [tuple(line.values()) for line in lines]


def test_a_printed_sheet_comes_back_row_by_row_and_is_marked(visit, server):
    page = visit("binh", "sheet?team=2")
    page.locator(".st-key-sheet_print button").click()
    found = taken(page)
    assert len(found) == 3 and "hộ số 9–16" in found[1] and world.head_name(33) in found[1]
    address = next(line for line in found[1].splitlines() if "paper=" in line)
    page.goto(f"http://{address.strip()}")
    ready(page)
    code = ask(server, "select code from sheet_prints")[0]["code"]
    assert f"team=2&day={world.DAY}&paper={code}" in address and f"{code[:3]} {code[3:]}" in found[1]
    expect(page.get_by_text("nothing has changed since")).to_be_visible()
    press(page, "/ 9 Enter 1 3")
    expect(status(page)).to_contain_text("Everything is saved.")
    assert stored(server) == [(33, "met", "paper"), (34, "absent", "paper")]
    expect(marks(page)).to_have_count(2)
    expect(row(page, 9).locator(".from-paper")).to_have_text("from paper")


def test_answers_at_the_door_take_the_mark_away_and_undo_brings_it_back(visit, server):
    page = visit("lan", "sheet?paper=1")
    page.get_by_role("button", name="The sheet has no code").click()
    ready(page)
    expect(status(page)).to_contain_text("Entering from paper")
    press(page, "1 1 1")
    expect(marks(page)).to_have_count(3)
    page.locator(".st-key-sheet_paper label").first.click()
    expect(status(page)).not_to_contain_text("Entering from paper")
    row(page, 1).locator(".name").click()
    press(page, "1 3")
    expect(marks(page)).to_have_count(1)
    expect(status(page)).to_contain_text("Everything is saved.")
    row(page, 2).locator(".name").click()
    press(page, "Control+z")
    expect(marks(page)).to_have_count(2)
    expect(status(page)).to_contain_text("Everything is saved.")
    lines = ask(server, "select outcome, channel from visits where household_id < 4 order by household_id")
    assert [tuple(line.values()) for line in lines] == [("met", None), ("met", "paper"), ("met", "paper")]


def test_copies_typed_without_a_connection_go_out_as_copies(visit, server):
    page = visit("chi", "sheet?team=4&paper=1")
    page.get_by_role("button", name="The sheet has no code").click()
    ready(page)
    page.context.set_offline(True)
    press(page, "1 2")
    expect(status(page)).to_contain_text("No connection")
    expect(marks(page)).to_have_count(2)
    page.context.set_offline(False)
    expect(status(page)).to_contain_text("Everything is saved.", timeout=60000)
    lines = ask(server, "select outcome, channel from visits where household_id > 72 order by household_id")
    assert [tuple(line.values()) for line in lines] == [("met", "paper"), ("phone", "paper")]


def test_a_whole_commune_is_drawn_with_a_bar_and_arrives(visit):
    page = visit("dung", "sheet?team=1")
    page.locator(".st-key-sheet_print button").click()
    page.locator(".st-key-paper_reach").get_by_text("Whole commune").click()
    page.locator(".st-key-paper_make button").click()
    assert len(taken(page)) == 6


def test_paper_fits_a_telephone(visit):
    page = visit("lan", "sheet", size={"width": 390, "height": 844}, has_touch=True)
    page.locator(".st-key-sheet_print button").click()
    expect(page.locator(".st-key-paper_take button")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_number_whose_household_left_leads_to_no_other_house(visit, server):
    page = visit("binh", "sheet?team=2")
    page.locator(".st-key-sheet_print button").click()
    taken(page)
    code = ask(server, "select code from sheet_prints where team_id = 2 order by id desc limit 1")[0]["code"]
    db = connect(server.store)
    db.conn.execute("update households set house_number = '5' where id = 30")
    edits.assign(db, 29, world.DAY, None)
    world.add_household(db, 300, "25456", "2545602", 3)
    edits.assign(db, 300, world.DAY, 4)
    db.close()
    page.goto(f"{server.url}/sheet?team=2&day={world.DAY}&paper={code}")
    ready(page)
    expect(page.get_by_text("2 changes since")).to_be_visible()
    before = page.locator("tr.current").get_attribute("data-code")
    press(page, "/ 5 Enter")
    expect(page.locator(".find-count")).to_have_text("Row 5 is no longer on this sheet, or not among yours.")
    press(page, "Escape")
    expect(page.locator("tr.current")).to_have_attribute("data-code", before)
    press(page, "/ 2 5 Enter")
    expect(page.locator("tr.current")).to_have_attribute("data-code", "25456-0300")
    press(page, "/ 6 Enter")
    expect(page.locator("tr.current")).to_have_attribute("data-code", "25456-0030")


def test_the_code_is_typed_and_the_keys_are_the_sheet_s_again(visit, server):
    page = visit("binh", "sheet?team=1")
    page.locator(".st-key-sheet_print button").click()
    taken(page)
    code = ask(server, "select code from sheet_prints where team_id = 1 order by id desc limit 1")[0]["code"]
    page.goto(f"{server.url}/sheet?team=1&paper=1")
    field = page.get_by_label("Code of the printed sheet")
    field.fill(f"{code[:3]} {code[3:]}")
    field.press("Enter")
    ready(page)
    press(page, "/ 7 Enter 1")
    expect(status(page)).to_contain_text("Everything is saved.")
    kept = ask(server, "select detail from audit_log where action = 'visit.record' order by id desc limit 1")
    assert code[3:] in kept[0]["detail"]


def test_a_card_bears_the_number_of_the_paper(visit):
    page = visit("an", "sheet", size=PHONE, has_touch=True)
    page.get_by_role("button", name="One by one").click()
    expect(page.locator(".card .number")).to_have_text("No. 9")
