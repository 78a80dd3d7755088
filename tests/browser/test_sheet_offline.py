"""What happens to answers when something is missing: the connection, the browser's store, the session, the person."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.core.database import connect
from tests import world
from tests.browser.conftest import PHONE, sign_in
from tests.browser.desk import SAVED, answers, press, ready, row, status, still, thirty
from tests.browser.line import Line
from tests.server import Server

SLOW = 45  # seconds, until a page notices by itself that its server is gone or back
LOST = "No connection"

NO_STORE = (
    """Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })"""
)
FULL_STORE = """
    const put = Storage.prototype.setItem;
    window.room = 4;
    Storage.prototype.setItem = function (key, text) {
      const kept = Object.keys(this).filter((k) => k.startsWith('tungnha:sheet:'));
      if (key.startsWith('tungnha:sheet:') && kept.length >= window.room)
        throw new DOMException('full', 'QuotaExceededError');
      put.call(this, key, text);
    };
"""
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('tungnha:sheet:')).length"


@pytest.fixture
def server(template, tmp_path):
    """A server that may be killed, on a team of thirty."""
    running = Server(thirty(Path(shutil.copy(template, tmp_path / "tungnha.db")))).start()
    yield running
    running.stop()


@pytest.fixture
def visit(visit):
    """Every window here is changed itself: its clock, its store, its connection."""
    return partial(visit, alone=True)


def pass_time(page, seconds: int, until) -> None:
    """The page's own clock runs on, second by second with a breath between them, until what is awaited is there."""
    for _second in range(seconds):
        if until.count():
            return
        page.clock.run_for(1000)
        page.wait_for_timeout(60)


def told(page, words: str):
    """The status line once it says this."""
    return status(page).filter(has_text=words)


def end_session(server: Server, name: str) -> None:
    """As a changed password or a sign-out elsewhere does it."""
    db = connect(server.store)
    db.conn.execute("update accounts set token_version = token_version + 1 where username = ?", [name])
    db.close()


def test_ten_minutes_without_a_connection(visit, server):
    """The clocks of page and server go on by ten minutes while thirty rows are typed; nobody presses anything."""
    page = visit("binh", "sheet?team=1", on=server)
    ready(page)
    page.clock.install()
    server.kill()
    page.keyboard.type("1" * 29 + "3")
    pass_time(page, SLOW, told(page, LOST))
    expect(status(page)).to_contain_text("No connection. Unsaved rows (30) are kept in this browser")
    for _minute in range(10):
        page.clock.run_for(60_000)
    expect(page.locator("[role=dialog]:visible")).to_have_count(0)
    press(page, "ArrowUp 2")  # a change of mind, still without a connection
    assert page.evaluate(KEPT) == 30
    server.clock = "2021-08-16T12:10"
    server.start()
    pass_time(page, 30 + SLOW, told(page, SAVED))
    expect(status(page)).to_have_text(SAVED)
    expect(page.locator("tr[data-state=saved]")).to_have_count(30)
    assert [outcome for _household, outcome in answers(server)] == ["met"] * 28 + ["phone", "absent"]
    assert page.evaluate(KEPT) == 0


def test_typing_goes_on_at_the_moment_the_connection_is_lost(visit, server):
    page = visit("binh", "sheet?team=1", on=server)
    ready(page)
    page.clock.install()
    server.kill()
    press(page, "1 2")
    pass_time(page, SLOW, told(page, LOST))
    expect(status(page)).to_contain_text(LOST)
    expect(page.get_by_text("Connection error")).to_have_count(0)
    press(page, "3")
    expect(page.locator("tr.current:focus")).to_have_count(1)
    expect(row(page, 3)).to_have_attribute("data-answer", "absent")
    page.clock.run_for(10_000)  # asked again, and again nothing
    press(page, "Shift+N")
    expect(page.locator(".news")).to_contain_text("Without a connection only this team's sheet can be entered.")


def test_a_second_device_without_a_connection_overwrites_nothing(visit, server):
    """The telephone comes back with an answer to a row that the same account has answered at the desk meanwhile."""
    telephone = visit("lan", "sheet", on=server)
    ready(telephone)
    telephone.clock.install()
    telephone.context.set_offline(True)
    press(telephone, "4 1")
    expect(row(telephone, 1)).to_have_attribute("data-state", "unsaved")
    desk = visit("lan", "sheet", on=server)
    ready(desk)
    press(desk, "1")
    expect(status(desk)).to_have_text(SAVED)
    server.kill()
    server.start()
    telephone.context.set_offline(False)
    pass_time(telephone, SLOW, row(telephone, 1).locator(".versus:visible"))
    expect(row(telephone, 1).locator(".versus")).to_be_visible()
    expect(row(telephone, 2)).to_have_attribute("data-state", "saved")
    assert answers(server) == [(1, "met"), (2, "met")]
    row(telephone, 1).get_by_role("button", name="Use mine").click()
    expect(status(telephone)).to_have_text(SAVED)
    assert answers(server) == [(1, "refused"), (2, "met")]


def test_an_answer_whose_receipt_was_lost_is_no_conflict_with_oneself(visit, server):
    """The first answer is stored, but the page never hears of it; it is changed, and the page is loaded again."""
    deaf = []

    def between(socket):
        there = socket.connect_to_server()
        there.on_message(lambda message: None if deaf else socket.send(message))

    page = visit("lan", "sheet", on=server, before=lambda page: page.route_web_socket(lambda _url: True, between))
    ready(page)
    deaf.append(True)
    press(page, "1")
    for _wait in range(50):
        if answers(server):
            break
        page.wait_for_timeout(100)
    press(page, "ArrowUp 3")
    assert answers(server) == [(1, "met")]
    deaf.clear()
    page.reload()
    expect(row(page, 1)).to_have_attribute("data-state", "saved")
    assert answers(server) == [(1, "absent")]


def test_a_private_window_works_and_says_that_it_keeps_nothing(visit, server):
    page = ready(visit("lan", "sheet", on=server, script=NO_STORE))
    expect(status(page)).to_contain_text("This browser cannot keep data")
    press(page, "1 2 n 1 Enter")
    expect(page.locator("tr[data-state=saved]")).to_have_count(3)
    page.clock.install()
    server.kill()
    press(page, "3")
    expect(status(page)).to_contain_text("This browser cannot keep data: do not close this page")
    server.start()
    pass_time(page, SLOW, row(page, 3).and_(page.locator("[data-state=saved]")))
    expect(row(page, 3)).to_have_attribute("data-state", "saved")
    assert answers(server) == [(1, "met"), (2, "phone"), (3, "absent")]


def test_a_store_that_is_full_in_the_middle_loses_nothing(visit, server):
    page = ready(visit("lan", "sheet", on=server, script=FULL_STORE))
    expect(status(page)).to_have_text(SAVED)
    page.clock.install()
    server.kill()
    page.keyboard.type("1" * 8)
    expect(status(page)).to_contain_text("This browser cannot keep data: do not close this page")
    assert page.evaluate(KEPT) == 4
    press(page, "Home 3")  # an answer that is kept already gives way to the newer one
    assert page.evaluate("Object.values(localStorage).filter((text) => text.includes('absent')).length") == 1
    server.start()
    pass_time(page, SLOW, told(page, SAVED))
    expect(status(page)).to_have_text(SAVED)
    assert [outcome for _household, outcome in answers(server)] == ["absent"] + ["met"] * 7


def pressed_before_the_answer(visit, server: Server, keys: str) -> Page:
    """Lan's session ends; all keys are pressed before the first of them is answered by the sign-in."""
    line = Line()
    page = ready(visit("lan", "sheet", on=server, before=line.lay))
    end_session(server, "lan")
    line.hold()
    press(page, keys)
    line.release()
    return page


def test_a_session_that_ended_meanwhile_asks_for_the_password_and_sends_what_waited(visit, server):
    page = pressed_before_the_answer(visit, server, "1 2 3")
    expect(page.locator("input[autocomplete=username]")).to_be_visible()
    assert answers(server) == [] and page.evaluate(KEPT) == 3
    page.locator("input[autocomplete=username]").fill("lan")
    page.locator("input[type=password]").fill(world.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-state=saved]")).to_have_count(3)
    expect(status(page)).to_have_text(SAVED)
    assert answers(server) == [(1, "met"), (2, "phone"), (3, "absent")]


def test_a_session_cookie_that_is_gone(visit, server):
    page = visit("lan", "sheet", on=server)
    ready(page)
    page.clock.install()
    server.kill()
    press(page, "1 2")
    page.context.clear_cookies(name="tungnha_session")
    server.start()
    name = page.locator("input[autocomplete=username]")
    pass_time(page, SLOW, name)
    expect(name).to_be_visible()
    name.fill("lan")
    page.locator("input[type=password]").fill(world.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-state=saved]")).to_have_count(2)
    assert answers(server) == [(1, "met"), (2, "phone")]


def test_the_next_user_of_the_same_computer_sees_and_sends_nothing_of_it(visit, server):
    """Lan's rows wait in the browser; Bình signs in on it and works; then Lan finds hers again."""
    page = pressed_before_the_answer(visit, server, "4 4")
    expect(page.locator("input[autocomplete=username]")).to_be_visible()
    sign_in(page, server, "binh", "sheet?team=1")
    ready(page)
    expect(page.locator("tr[data-state=none]")).to_have_count(30)
    expect(status(page)).to_have_text(SAVED)
    press(page, "End 1")
    expect(row(page, 30)).to_have_attribute("data-state", "saved")
    page.get_by_role("button", name="Refresh").click()
    still(page)
    assert [outcome for _household, outcome in answers(server)] == ["met"]
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("input[autocomplete=username]")).to_be_visible()
    sign_in(page, server, "lan", "sheet")
    expect(page.locator("tr[data-answer=refused][data-state=saved]")).to_have_count(2)
    assert [outcome for _household, outcome in answers(server)] == ["refused", "refused", "met"]


def test_a_telephone_without_a_connection_says_so_within_its_width(visit, server):
    page = visit("lan", "sheet", on=server, size=PHONE, has_touch=True, is_mobile=True)
    row(page, 1).get_by_role("button", name="Met in person", exact=True).tap()
    expect(status(page)).to_have_text(SAVED)
    page.clock.install()
    server.kill()
    row(page, 2).get_by_role("button", name="Met in person", exact=True).tap()
    pass_time(page, SLOW, told(page, LOST))
    expect(status(page)).to_contain_text(LOST)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
