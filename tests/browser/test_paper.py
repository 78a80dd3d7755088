"""From the printed sheet back to the screen: print, open by the code, type in, and the rows say so."""

import pypdfium2
from playwright.sync_api import Page, expect

from tests import world
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
    address = next(line for line in found[1].splitlines() if "paper=1" in line)
    page.goto(f"http://{address.strip()}")
    ready(page)
    assert f"team=2&day={world.DAY}&paper=1" in address
    press(page, "/ 9 Enter 1 3")
    expect(status(page)).to_contain_text("Everything is saved.")
    assert stored(server) == [(33, "met", "paper"), (34, "absent", "paper")]
    expect(marks(page)).to_have_count(2)
    expect(row(page, 9).locator(".from-paper")).to_have_text("from paper")


def test_answers_at_the_door_take_the_mark_away_and_undo_brings_it_back(visit, server):
    page = ready(visit("lan", "sheet?paper=1"))
    expect(status(page)).to_contain_text("Copying from paper")
    press(page, "1 1 1")
    expect(marks(page)).to_have_count(3)
    page.locator(".st-key-sheet_paper label").first.click()
    expect(status(page)).not_to_contain_text("Copying from paper")
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
    page = ready(visit("chi", "sheet?team=4&paper=1"))
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
