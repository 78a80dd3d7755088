"""A province where one commune has its lists: entered on a phone, read on the board and from five metres."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lib.core.database import connect
from tests import alone, edits
from tests.browser.conftest import DESK, PHONE
from tests.server import Server


@pytest.fixture
def lonely(tmp_path):
    """The first day of a province; nothing of it is known but a total."""
    store = Path(tmp_path / "alone.db")
    alone.build(store)
    db = connect(store)
    edits.visit(db, 1, "met")
    alone.expect(db, p72=330_000)
    db.close()
    server = Server(store).start()
    yield server
    server.stop()
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_a_number_entered_on_a_phone_stands_beside_the_lists(lonely, visit):
    page = visit("binh", "gaps", on=lonely, size=PHONE)
    expect(page.get_by_text("24/3,511 households on the lists")).to_be_visible()
    page.get_by_text("Expected households: 3,511 (estimated)").click()
    page.get_by_label("Households expected").fill("3.550")
    page.get_by_label("Source").fill("Công an phường")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Many expected households are not on the lists")).to_be_visible()
    page.get_by_text("Expected households: 3,550").click()
    expect(page.get_by_text(re.compile("3,550 households · source: Công an phường"))).to_be_visible()
    assert not page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth")


def test_the_big_screen_says_it_without_pushing_a_figure_away(lonely, visit):
    page = visit("mai", "leaderboard?screen=1", on=lonely, size=DESK)
    told = page.locator(".big-screen .lists")
    expect(told).to_contain_text("93 of 94 communes have no lists yet")
    expect(page.locator(".big-screen li:not([hidden]) .value").nth(1)).to_have_text("no lists yet")
    parts = ("header", "main", ".figures", "footer")
    boxes = {name: page.locator(f".big-screen {name}").bounding_box() for name in parts}
    assert boxes["header"]["y"] + boxes["header"]["height"] <= boxes["main"]["y"]
    inside = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => e.shadowRoot ? [e.shadowRoot] : [])"
        ".concat([document]).map(r => r.querySelector('.big-screen .figures')).filter(Boolean)"
        ".every(f => f.scrollHeight <= f.clientHeight + 1)"
    )
    assert inside and boxes[".figures"]["y"] + boxes[".figures"]["height"] <= boxes["footer"]["y"] + 1
