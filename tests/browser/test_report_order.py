"""At half past one what is missing moves to the top of a report, but never under the hands of somebody who types."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.core.database import connect
from tests import world
from tests.server import Server


@pytest.fixture(scope="module")
def server(template, tmp_path_factory):
    """The product a minute before half past one."""
    store = Path(shutil.copy(template, tmp_path_factory.mktemp("order") / "tungnha.db"))
    running = Server(store, clock=f"{world.DAY}T13:29", quick=True).start()
    yield running
    running.stop()


def ready_stands_first(page: Page) -> bool:
    ready = page.get_by_text(re.compile("^What is still missing at")).bounding_box()
    return ready["y"] < page.get_by_role("textbox", name="IV. Difficulties").bounding_box()["y"]


def test_cards_do_not_change_places_while_somebody_types_at_half_past_one(server, visit):
    page = visit("dung", "report", on=server)
    field = page.get_by_role("textbox", name="IV. Difficulties")
    expect(field).to_be_visible()
    assert not ready_stands_first(page)
    field.press_sequentially("Thiếu khẩu trang", delay=20)
    db = connect(server.store)
    server.a_minute_passes()
    expect(page.get_by_text(re.compile(r"^13:30|30 min.* left"))).to_be_visible(timeout=60000)
    db.conn.execute("update change set n = n + 1")  # the page runs again, as it does once a minute
    db.close()
    expect(page.get_by_text("What is still missing at 13:30")).to_be_visible(timeout=30000)
    assert not ready_stands_first(page)
    expect(field).to_have_value("Thiếu khẩu trang")
    expect(field).to_be_focused()
    page.reload()
    expect(page.get_by_text(re.compile("^What is still missing at"))).to_be_visible()
    expect(field).to_be_visible()
    assert ready_stands_first(page), "who opens the page now finds what is missing first"
