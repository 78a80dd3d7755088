"""The board in a real browser: four steps to a telephone, back again, and why, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from lib.core import clock
from lib.core.database import connect
from tests import edits, world
from tests.browser.conftest import CLIPPED, PHONE

STEPS = ("Thành phố Tây Ninh", "Phường 1", "khu phố 1", "Households not reached yet")
SIDES = {
    "en": ("Made up of", "Latest entries that changed it"),
    "vi": ("Số thành phần", "Các lần nhập gần nhất làm thay đổi số này"),
}
ADDRESSES = (r"area=703", r"area=25456&", r"area=2545601&", r"doors=unseen")


@pytest.fixture(scope="module", autouse=True)
def entered(server):
    """A few visits, one of them absent."""
    db = connect(server.store)
    for household, outcome in ((1, "met"), (2, "phone"), (3, "absent"), (26, "met")):
        edits.visit(db, household, outcome)
    db.close()


def link(page: Page, name: str):
    return page.get_by_role("link", name=re.compile(rf"^{re.escape(name)}")).first


def test_four_clicks_lead_from_the_province_to_a_telephone_and_back(visit):
    page = visit("mai", "leaderboard")
    clicks = 0
    for name, address in zip(STEPS, ADDRESSES, strict=True):
        link(page, name).click()
        clicks += 1
        expect(page).to_have_url(re.compile(address))
    telephone = page.locator("a[href^='tel:']").first
    expect(telephone).to_have_attribute("href", "tel:0912000001")
    expect(telephone).to_be_in_viewport()
    print(f"\nclicks from the province to a telephone: {clicks}")
    assert clicks <= 4
    for address in (*reversed(ADDRESSES[:-1]), r"leaderboard$"):
        page.go_back()
        expect(page).to_have_url(re.compile(address))
    expect(page.get_by_role("navigation", name="Path to this area")).to_have_text("Tỉnh Tây Ninh")
    page.go_forward()
    expect(page.get_by_role("navigation", name="Path to this area")).to_contain_text("Thành phố Tây Ninh")


def test_the_same_four_steps_with_the_keyboard(visit):
    page = visit("mai", "leaderboard")
    for name, address in zip(STEPS, ADDRESSES, strict=True):
        expect(link(page, name)).to_have_attribute("href", re.compile(address))  # of the page just opened
        link(page, name).focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(address))
    expect(page.locator("a[href^='tel:']").first).to_be_visible()


def test_arrow_keys_reach_a_figure_and_enter_asks_why(visit):
    page = visit("mai", "leaderboard")
    link(page, "Thành phố Tây Ninh").focus()
    page.keyboard.press("ArrowRight")
    focused = "document.activeElement.shadowRoot ? document.activeElement.shadowRoot.activeElement.textContent : ''"
    page.wait_for_function(f"({focused}).endsWith('%')")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("why=coverage&of=703"))
    expect(page.get_by_text("Divided by: Households with a responsible member 72")).to_be_visible()
    parts = page.get_by_role("region", name="Made up of")
    expect(parts.get_by_role("row", name=re.compile("^Total: Thành phố Tây Ninh 3 72 4.2%"))).to_be_visible()
    page.reload()
    expect(page.get_by_text("3 ÷ 72 = 4.2%")).to_be_visible()
    link(page, "Close").click()
    expect(page).not_to_have_url(re.compile("why="))
    page.go_back()
    expect(page.get_by_text("3 ÷ 72 = 4.2%")).to_be_visible()


def test_why_goes_down_to_the_household(visit):
    page = visit("binh", f"leaderboard?area=25456&day={world.DAY}&why=seen")
    parts = page.get_by_role("region", name="Made up of")
    for name, address in (("khu phố 1", "of=2545601"), ("Tổ Covid cộng đồng số 01", "of=team%3A1")):
        parts.get_by_role("link", name=name).click()
        expect(page).to_have_url(re.compile(address))
    parts.get_by_role("link", name=world.head_name(1)).first.click()
    expect(page).to_have_url(re.compile("households\\?household=25456-0001"))
    page.go_back()
    expect(parts).to_be_visible()


def test_a_refresh_leaves_the_reader_where_he_is(visit, server):
    page = visit("binh", f"leaderboard?area=25456&day={world.DAY}&doors=unseen")
    door = link(page, world.head_name(28))
    door.focus()
    db = connect(server.store)
    edits.visit(db, 27, "met", at="2021-08-16T04:00:00Z")
    db.close()
    expect(page.get_by_text(re.compile("Last entry 11:00"))).to_be_visible(timeout=15000)
    expect(page.locator("tr", has=page.get_by_role("link", name=world.head_name(27)))).to_have_count(
        sum(world.head_name(n) == world.head_name(27) for n in range(3, 49) if n not in (26, 27))
    )
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == world.head_name(28)


def test_a_stranger_with_the_address_sees_no_name(visit):
    for query in ("area=25456&doors=unseen", "area=2545601&doors=unseen", "area=25456&why=coverage&of=25456"):
        page = visit("chi", f"leaderboard?{query}")
        expect(page.get_by_text(re.compile("own area")).first).to_be_visible()
        assert page.locator("a[href^='tel:']").count() == 0
        assert world.head_name(3) not in page.content()
        page.context.close()


@pytest.mark.parametrize("query", ["area=25456&doors=unseen", "area=25456&why=coverage", ""])
def test_on_a_phone_nothing_but_tables_is_wider_than_the_screen(visit, query):
    page = visit("mai", f"leaderboard?{query}", size=PHONE)
    figures = page.locator("ul[aria-label^='Figures of'] li")
    expect(figures).to_have_count(5)
    first, second, third = figures.all()[:3]
    assert second.bounding_box()["y"] == third.bounding_box()["y"] > first.bounding_box()["y"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE["width"]
    if "doors" in query:
        telephone = page.locator("a[href^='tel:']").first
        telephone.scroll_into_view_if_needed()
        box = telephone.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] and box["height"] >= 24


@pytest.mark.parametrize(("language", "day"), [("vi", world.DAY), ("en", world.YESTERDAY)])
def test_on_a_desk_no_column_of_the_table_is_clipped(visit, server, language, day):
    """The last column of the English board was cut off at 1366; a past day's also tells the day of an entry."""
    db = connect(server.store)
    for household in (5, 80):
        edits.visit(db, household, "met", day=world.YESTERDAY, at=clock.at(world.DAY, "09:12"))
    db.close()
    page = visit("mai", f"leaderboard?day={day}&why=change", language=language)
    head = page.locator("th", has_text=re.compile("day before|hôm trước")).last
    expect(head).to_be_visible()
    parts, moves = (page.locator("strong", has_text=title) for title in SIDES[language])
    assert parts.bounding_box()["y"] == moves.bounding_box()["y"], "both tables of the panel stand beside each other"
    assert page.evaluate(CLIPPED) == []


def test_the_board_follows_a_write_by_itself_and_the_console_stays_clean(visit, server):
    page = visit("mai", "leaderboard?area=710")
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    card = page.get_by_role("link", name=re.compile("^Coverage"))
    expect(card).to_contain_text("–")
    db = connect(server.store)
    edits.visit(db, 75, "met")
    db.close()
    expect(card).to_contain_text("4.2%")
    assert not [line for line in said if "_stcore" not in line and "404" not in line]


def test_the_number_of_writes_is_told_to_nobody_who_is_not_signed_in(visit, browser, server):
    signed_in = visit("chi", "me")
    assert signed_in.request.get(f"{server.url}/changes").text().isdigit()
    stranger = browser.new_context()
    assert stranger.request.get(f"{server.url}/changes").status == 404
    stranger.close()


def test_on_a_tablet_what_moved_stands_below_the_chart(visit):
    page = visit("mai", "leaderboard", size={"width": 820, "height": 1180})
    moved = page.locator("section h2")
    expect(moved).to_be_visible()
    box, table = moved.bounding_box(), page.locator("table").last.bounding_box()
    assert box["x"] == pytest.approx(table["x"], abs=3) and box["width"] > 400


def test_the_focus_stays_on_a_link_whose_number_moves(visit, server):
    page = visit("binh", "leaderboard?area=25456")
    doors = link(page, "Households not reached yet")
    expect(doors).to_be_visible()
    doors.focus()
    before = doors.inner_text()
    db = connect(server.store)
    edits.visit(db, 9, "met")
    db.close()
    expect(doors).not_to_have_text(before)
    expect(doors).to_be_focused()
