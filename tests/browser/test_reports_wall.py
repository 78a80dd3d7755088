"""The wall of reports in a real browser: what unfolds stays open, a deed is one click, words outlast a refresh."""

import pytest
from playwright.sync_api import Page, expect

from lib.core import access, clock
from lib.core.database import connect, value
from lib.oversight.reports import officers
from tests import world
from tests.browser.conftest import PHONE
from tests.browser.desk import run_again

OFFICER = {"full_name": "Phạm <b>Văn</b> Tư", "position": "Phó Bí thư", "phone": "0912345678"}


def sent(server, code: str) -> None:
    db = connect(server.store)
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version)
           values (?, ?, 'submit', ?, 3, 1)""",
        [world.DAY, code, clock.stamp(world.NOW)],
    )
    db.conn.execute("update change set n = n + 1")
    db.close()


@pytest.fixture(scope="module")
def lived(server):
    """Phường 1 has reported, and an officer answers for it."""
    sent(server, "25456")
    db = connect(server.store)
    dung = access.user(db, world.CAST["dung"][0], world.DAY)
    officers.name(db, dung, "25456", "accountable", OFFICER | {"from_day": world.DAY}, now=world.NOW)
    db.close()
    return server


def sideways(page: Page) -> bool:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth")


def unit(page: Page, name: str):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))


def test_the_province_unfolds_a_district_and_keeps_it_open(lived, visit):
    page = visit("mai", "reports")
    fold = page.get_by_role("button", name="Show the units below: Thành phố Tây Ninh")
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.focus()
    page.keyboard.press("Enter")
    expect(unit(page, "Phường 3")).to_contain_text("Not reported")
    expect(page.get_by_role("button", name="Hide the units below")).to_be_focused()
    sent(lived, "703")
    expect(unit(page, "Thành phố Tây Ninh")).to_contain_text("Sent")
    expect(unit(page, "Phường 3")).to_be_visible()


def test_a_report_is_received_with_one_click_and_the_officer_is_a_call_away(lived, visit):
    page = visit("dung", "reports", size=PHONE)
    line = unit(page, "Phường 1")
    expect(line.get_by_role("link", name="Call")).to_have_attribute("href", "tel:0912345678")
    expect(line).to_contain_text("Phạm <b>Văn</b> Tư")
    assert not sideways(page)
    line.get_by_role("button", name="Receive: Phường 1").click()
    expect(line).to_contain_text("Received")
    db = connect(lived.store)
    assert value(db, "select count(*) from report_events where deed = 'receive'") == 1
    db.close()


def test_words_being_typed_outlast_what_happens_meanwhile(lived, visit):
    page = visit("dung", "reports")
    unit(page, "Phường 3").get_by_role("button", name="Remind: Phường 3").click()
    text = page.get_by_role("textbox", name="Text")
    text.fill("Đề nghị gửi ngay")
    sent(lived, "710")
    run_again(page)
    expect(text).to_have_value("Đề nghị gửi ngay")
    page.get_by_role("button", name="Send the reminder").click()
    expect(page.get_by_text("Reminder sent.")).to_be_visible()
    expect(unit(page, "Phường 3")).to_contain_text("unread")


# As Streamlit does while it fetches an element it has not shown yet: as the form goes, the table is not to be seen.
HIDE = """() => new MutationObserver((_changes, eyes) => {
    if (document.querySelector('[class*="st-key-reports_deed_"]')) return;
    eyes.disconnect();
    const table = document.querySelector(".st-key-reports_chain");
    table.style.setProperty("display", "none", "important");
    setTimeout(() => table.style.removeProperty("display"), 300);
}).observe(document.body, { childList: true, subtree: true })"""


def test_the_keyboard_comes_back_to_a_row_that_was_hidden_for_a_moment(visit):
    page = visit("dung", "reports")
    unit(page, "Phường 3").get_by_role("button", name="Remind: Phường 3").click()
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()
    page.evaluate(HIDE)
    page.get_by_role("button", name="Cancel").click()
    expect(unit(page, "Phường 3").get_by_role("button", name="Remind: Phường 3")).to_be_focused()


def test_the_form_of_a_lower_row_comes_into_sight_with_the_keyboard_in_it_and_leads_back(lived, visit):
    sent(lived, "25459")
    page = visit("dung", "reports", size={"width": 1366, "height": 420})
    unit(page, "Phường 3").get_by_role("button", name="Return: Phường 3").click()
    field = page.get_by_role("textbox", name="What needs correcting")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    page.get_by_role("button", name="Cancel").click()
    again = unit(page, "Phường 3").get_by_role("button", name="Return: Phường 3")
    expect(again).to_be_focused()
    expect(again).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    field.fill("Thiếu số hộ vắng")
    page.get_by_role("button", name="Return", exact=True).click()
    expect(unit(page, "Phường 3")).to_contain_text("Thiếu số hộ vắng")
    expect(unit(page, "Phường 3").get_by_role("link", name="Phường 3")).to_be_focused()
    unit(page, "Phường 3").get_by_role("button", name="Remind: Phường 3").click()
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()
    page.get_by_role("button", name="Cancel").click()
    expect(unit(page, "Phường 3").get_by_role("button", name="Remind: Phường 3")).to_be_focused()
