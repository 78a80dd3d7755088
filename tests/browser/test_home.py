"""What is left today, and one household's days, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from lib.core.database import connect
from tests import world
from tests.browser.conftest import PHONE

CODE = "25456-0009"  # An's


@pytest.fixture(scope="module")
def lived(server):
    """Two days of one household: yesterday somebody was ill, today nobody was there."""
    db = connect(server.store)
    for day, outcome, flags in ((world.YESTERDAY, "met", "s"), (world.DAY, "absent", "")):
        db.conn.execute(
            """insert into visits (day, household_id, outcome, persons, flags, member_id, recorded_by, recorded_at)
               values (?, 9, ?, 4, ?, 2, 1, ?)""",
            [day, outcome, flags, f"{day}T02:00:00Z"],
        )
    db.conn.execute("update households set phone = '0912345678' where id in (9, 10)")
    db.close()
    return server


def sideways(page: Page) -> bool:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth")


def test_a_member_goes_from_a_door_to_its_sheet_and_back(lived, visit):
    page = visit("an", "home", size=PHONE)
    row = (
        page.get_by_role("list", name="Your households today").get_by_role("listitem").filter(has_text="still to visit")
    )
    expect(row).to_have_count(7)
    expect(row.first.get_by_role("link", name=re.compile("0912 345 678"))).to_have_attribute("href", "tel:0912345678")
    assert not sideways(page)
    page.evaluate("window.stayed = true")
    row.first.get_by_role("link", name=re.compile("^Enter")).click()
    expect(page.locator("tr.current")).to_have_attribute("data-code", "25456-0010")
    expect(page.locator("tr.current")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"/sheet\?team=1$"))  # who reloads later is not pulled back
    assert page.evaluate("window.stayed"), "opened without a reload"
    page.go_back()
    expect(page.get_by_role("list", name="Your households today")).to_be_visible()


def test_one_by_one_the_card_of_the_door_asked_for_comes_first(lived, visit):
    page = visit("an", "sheet?team=1", size=PHONE)
    page.get_by_role("button", name="One by one").click()
    page.goto(f"{lived.url}/sheet?team=1&row=25456-0012")
    expect(page.locator(".card h2")).to_have_text(world.head_name(12))


def test_a_link_to_a_door_of_somebody_else_opens_the_sheet_all_the_same(lived, visit):
    page = visit("an", "sheet?team=1&row=25456-0001")
    expect(page.locator("tr.current")).to_have_attribute("data-code", "25456-0010")  # the first one left


def test_a_household_opens_from_the_list(lived, visit):
    page = visit("an", "home")
    own = page.get_by_role("list", name="Your households today")
    own.get_by_role("link", name=world.head_name(9), exact=True).click()
    expect(page).to_have_url(re.compile(f"/households\\?household={CODE}"))
    expect(page.get_by_text("What happened", exact=True)).to_be_visible()


def test_the_days_are_walked_with_the_keyboard(lived, visit):
    page = visit("binh", f"households?household={CODE}", size=PHONE)
    calendar = page.get_by_role("table", name="The last 45 days")
    expect(calendar.get_by_role("button")).to_have_count(45)
    expect(calendar.locator("button[tabindex='0']")).to_have_count(1)
    today = page.get_by_role("button", name="16/08/2021: Absent (today)")
    expect(today).to_have_attribute("aria-pressed", "true")
    today.focus()
    page.keyboard.press("ArrowLeft")
    before = page.get_by_role("button", name="15/08/2021: Met in person, something to check")
    expect(before).to_be_focused()
    said = page.locator("[aria-live=polite]").filter(has_text="15/08/2021")
    expect(said).to_contain_text("Symptoms")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name="08/08/2021: No duty")).to_be_focused()
    before.click()
    expect(said).to_be_visible()
    assert not sideways(page)


def test_a_stranger_gets_no_calendar(lived, visit):
    page = visit("chi", f"households?household={CODE}")
    expect(page.get_by_text("There is no such household in your area; check the code.")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
