"""One household per card: the same sheet for thumbs, on a telephone and under a finger."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lib.core.database import connect
from tests.browser.conftest import DESK, PHONE
from tests.browser.desk import SAVED, ask, status
from tests.server import Server

MINE = range(9, 17)  # An's households


@pytest.fixture
def server(template, tmp_path):
    running = Server(Path(shutil.copy(template, tmp_path / "tungnha.db"))).start()
    db = connect(running.store)
    db.conn.execute("update households set phone = '0912345678' where id = 9")
    db.close()
    yield running
    running.stop()


@pytest.fixture
def cards(visit):
    """An's telephone, one by one."""

    def opened(language="en", size=PHONE):
        page = visit("an", "sheet", size=size, has_touch=True, is_mobile=True, language=language)
        page.locator("[data-view=cards]").tap()
        expect(page.locator(".card")).to_be_visible()
        return page

    return opened


def stored(server):
    return ask(server, "select household_id as id, outcome, flags, note from visits order by household_id")


def answer(page, outcome):
    page.wait_for_timeout(400)  # a thumb is not quicker
    page.locator(f".card [data-outcome={outcome}]").tap()


def count(page):
    return page.locator(".card .count")


def swipe(page, across):
    page.evaluate(
        """across => {
            const all = [...document.querySelectorAll('*')];
            const view = all.map(e => e.shadowRoot?.querySelector('.cards')).find(Boolean);
            const touch = x => new Touch({ identifier: 1, target: view, clientX: x, clientY: 400 });
            const event = (kind, x, left) => view.dispatchEvent(
                new TouchEvent(kind, { bubbles: true, touches: left ? [touch(x)] : [], changedTouches: [touch(x)] }));
            event('touchstart', 200, true);
            event('touchend', 200 + across, false);
        }""",
        across,
    )


def test_a_card_fills_the_screen_with_room_for_thumbs(cards):
    page = cards()
    card = page.locator(".card")
    expect(card).to_contain_text("1 of 8")
    expect(card.get_by_role("link", name="Call 0912 345 678")).to_have_attribute("href", "tel:0912345678")
    page.wait_for_timeout(500)
    boxes = page.locator(".card button:visible, .turns button, .bar button:visible").evaluate_all(
        "all => all.map(b => b.getBoundingClientRect().toJSON())"
    )
    answers = page.locator(".card .answers button").evaluate_all("all => all.map(b => b.offsetHeight)")
    assert len(answers) == 5
    assert min(answers) >= 56
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    assert max(box["right"] for box in boxes) <= 390
    assert max(box["bottom"] for box in boxes) <= 844  # the whole card without scrolling
    assert min(box["top"] for box in boxes) >= 0
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".place").evaluate("place => place.scrollHeight <= place.clientHeight")


def test_eight_households_by_eight_taps(cards, server):
    page = cards()
    for place, outcome in enumerate(["met", "phone", "absent", "refused", "met", "met", "met", "met"], start=1):
        expect(count(page)).to_have_text(f"{place} of 8")
        answer(page, outcome)
    last = page.locator(".card.last")
    expect(last).to_contain_text("8 of 8 households")
    expect(last).to_contain_text(SAVED)
    found = stored(server)
    assert [line["id"] for line in found] == list(MINE)
    assert [line["outcome"] for line in found] == ["met", "phone", "absent", "refused", *["met"] * 4]
    page.reload()  # the view is remembered
    expect(page.locator(".card.last")).to_contain_text("8 of 8 households")
    page.locator(".card").get_by_role("button", name="Show the list").tap()
    expect(page.locator("tr[data-state=saved]")).to_have_count(8)


def test_a_slip_is_taken_back_and_a_second_tap_answers_nobody_else(cards, server):
    page = cards()
    page.wait_for_timeout(400)
    page.locator(".card [data-outcome=met]").dblclick()
    expect(count(page)).to_have_text("2 of 8")
    expect(page.locator(".undone")).to_contain_text("Met")
    page.locator(".undone").get_by_role("button", name="Undo").tap()
    expect(count(page)).to_have_text("1 of 8")
    expect(page.locator(".card [data-outcome=met]")).to_have_attribute("aria-pressed", "false")
    expect(status(page)).to_have_text(SAVED)
    assert not [line for line in stored(server) if line["outcome"]]


def test_forward_back_and_past_what_is_answered(cards):
    page = cards()
    page.get_by_role("button", name="Next ›").tap()
    expect(count(page)).to_have_text("2 of 8")
    answer(page, "absent")
    expect(count(page)).to_have_text("3 of 8")
    swipe(page, 120)
    expect(count(page)).to_have_text("2 of 8")
    swipe(page, -120)
    swipe(page, 30)  # too short to be meant
    expect(count(page)).to_have_text("3 of 8")
    for _step in range(6):
        page.get_by_role("button", name="Next ›").tap()
    expect(page.locator(".card.last")).to_contain_text("Still to visit: 7")
    page.get_by_role("button", name="Go to the next household not visited").tap()
    expect(count(page)).to_have_text("1 of 8")


def test_a_panel_rises_over_the_card_and_keeps_its_details(cards, server):
    page = cards()
    page.locator(".card [data-flag=s]").tap()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Someone else").fill("Lê Thị Sáu 1971")
    panel.get_by_role("button", name="Fever").tap()
    panel.get_by_label("Temperature").fill("38,4")
    page.wait_for_timeout(300)
    assert panel.evaluate("box => box.getBoundingClientRect().bottom") == 844
    panel.get_by_role("button", name="Keep").tap()
    expect(panel).to_have_count(0)
    expect(page.locator(".card .marked")).to_contain_text("Fever: Lê Thị Sáu (1971), since 16/08, 38.4 °C")
    page.locator(".card [data-flag=g]").tap()
    panel.get_by_role("textbox", name="Note").fill("cần thuốc")
    panel.get_by_role("button", name="Keep").tap()
    answer(page, "met")
    expect(status(page)).to_have_text(SAVED)
    assert stored(server)[0] == {"id": 9, "outcome": "met", "flags": "sg", "note": "cần thuốc"}
    ill = ask(server, "select symptoms, temperature from screenings where household_id = 9 order by version")
    assert ill[-1] == {"symptoms": '["fever"]', "temperature": 38.4}


def test_a_panel_is_left_by_the_back_gesture_and_outlives_a_reload(cards, server):
    page = cards()
    page.locator(".card [data-flag=n]").tap()
    page.get_by_role("dialog").get_by_role("button", name="Food").tap()
    page.reload()
    expect(page.get_by_role("dialog").get_by_role("button", name="Food")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".card [data-flag=n]")).to_have_attribute("aria-pressed", "false")
    assert stored(server) == []


def test_two_answers_to_one_household_are_shown_on_its_card(cards, visit, server):
    page = cards()
    desk = visit("lan", "sheet")
    desk.locator("tr[data-code='25456-0009'] [data-outcome=refused]").click()
    expect(desk.locator("tr[data-code='25456-0009']")).to_have_attribute("data-state", "saved")
    answer(page, "met")
    expect(status(page)).to_have_text("Not saved yet: 1")
    page.get_by_role("button", name="‹ Previous").tap()
    choice = page.locator(".card .choice")
    expect(choice).to_contain_text("Refused")
    choice.get_by_role("button", name="Use mine").tap()
    expect(page.locator(".card [data-outcome=met]")).to_have_attribute("aria-pressed", "true")
    expect(status(page)).to_have_text(SAVED)
    assert stored(server)[0]["outcome"] == "met"


def test_a_desk_has_room_for_the_list(visit):
    page = visit("lan", "sheet", size=DESK)
    expect(page.locator("tr[data-code]").first).to_be_visible()
    expect(page.locator("[data-view=cards]")).to_be_hidden()
    expect(page.locator(".card")).to_have_count(0)
