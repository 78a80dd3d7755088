"""Twelve households nobody minds, on the wall: the way down to them, and what stands at each."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.core import rollup
from lib.core.database import connect
from tests import world
from tests.browser.conftest import PHONE
from tests.server import Server

NOBODY = "Households without a responsible member"


@pytest.fixture
def left(template, tmp_path):
    """Phường 1 where twelve households of the first hamlet lost their member."""
    store = Path(shutil.copy(template, tmp_path / "left.db"))
    db = connect(store)
    db.conn.execute("update households set lane = 'Hẻm ' || id")
    db.conn.execute("update assignments set until_day = ? where household_id <= 12", [world.DAY])
    rollup.recount(db, teams={1}, hamlets={"2545601"}, since=world.DAY)
    db.close()
    server = Server(store).start()
    yield server
    server.stop()


def sideways(page: Page) -> bool:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth")


def test_the_province_goes_down_to_the_commune_and_back(left, visit):
    page = visit("mai", "gaps", on=left)
    page.get_by_role("link", name="Tây Ninh", exact=True).click()
    page.get_by_role("link", name="Phường 1", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?area=25456"))
    expect(page.get_by_text(f"12 {NOBODY}")).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"12 {NOBODY}")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Phường 1", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Gò Dầu", exact=True)).to_be_visible()


def test_a_household_of_the_wall_opens_and_its_telephone_can_be_touched(left, visit):
    page = visit("binh", "gaps", on=left, size=PHONE)
    household = page.get_by_role("list", name=NOBODY).get_by_role("listitem").first
    expect(household).to_be_visible()
    assert not sideways(page)
    household.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/households\?household=25456-0001"))
    page.go_back()
    expect(page.get_by_text(f"12 {NOBODY}")).to_be_visible()


def test_the_wall_of_a_province_fits_a_telephone(left, visit):
    page = visit("mai", "gaps", on=left, size=PHONE)
    expect(page.get_by_role("link", name="Tây Ninh", exact=True)).to_be_visible()
    assert not sideways(page)
