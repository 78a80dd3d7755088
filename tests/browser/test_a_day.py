"""The whole story in a real browser: set up, sign in, key in a team, watch the board move; a stranger sees nothing."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.practice import province
from tests import world
from tests.browser.conftest import DESK, PHONE
from tests.browser.desk import still
from tests.browser.line import Line
from tests.server import Server

PASSPHRASE = "sương sớm trên đồi chè"
SLOW = 30_000  # milliseconds, for what builds or refreshes by itself


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A server on a store that nobody has set up yet."""
    running = Server(tmp_path_factory.mktemp("empty") / "tungnha.db", quick=True).start()
    yield running
    running.stop()


@pytest.fixture
def window(browser):
    """`window(server, "path")`: a fresh browser without any cookie."""
    contexts = []

    def opened(server: Server, path: str = "", size: dict = DESK) -> Page:
        contexts.append(browser.new_context(viewport=size))
        contexts[-1].set_default_timeout(SLOW)
        page = contexts[-1].new_page()
        page.goto(f"{server.url}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def setup_code(server: Server) -> str:
    """What a person reads in the terminal."""
    return re.search(r"Set-up code: (\S+)", server.log.read_text("utf-8"))[1]


def enter_code(page: Page, server: Server) -> None:
    page.get_by_role("textbox").first.fill(setup_code(server))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tỉnh thực hành", exact=True).first).to_be_visible()


def sign_in(page: Page, name: str, password: str = province.PASSWORD) -> Page:
    page.locator("input[autocomplete=username]").fill(name)
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đăng xuất").first).to_be_attached()
    return page


def seen(page: Page) -> int:
    """The number of households seen that the board shows."""
    line = page.get_by_text(re.compile(r"đã gặp [\d.]+/[\d.]+ hộ phải thăm")).first
    expect(line).to_be_visible()
    return int(re.search(r"đã gặp ([\d.]+)/", line.inner_text())[1].replace(".", ""))


def test_from_an_empty_store_to_a_moving_board(empty, window):
    page = window(empty)
    enter_code(page, empty)
    page.get_by_text("Cho tổ giả lập tự nhập").click()
    page.get_by_role("button", name="Tạo tỉnh thực hành").click()
    page.get_by_text("xa.thanhphuoc").first.wait_for(timeout=SLOW)

    leader = sign_in(window(empty, "leaderboard?area=25678"), "tinh")
    before = seen(leader)

    page.reload()
    clerk = sign_in(page, "xa.thanhphuoc")
    clerk.goto(f"{empty.url}/home")
    clerk.get_by_role("link", name="Mở phiếu").click()
    expect(clerk.locator("tr.current:focus")).to_have_count(1)
    begun = clerk.locator("tr[data-code]").first.get_attribute("data-code")
    clerk.keyboard.press("Shift+N")  # the next team; nobody has entered anything of it yet
    expect(clerk.locator(f"tr[data-code='{begun}']")).to_have_count(0)
    expect(clerk.locator("tr.current:focus")).to_have_count(1)
    left = int(clerk.locator(".sums .left dd").inner_text())
    assert left > 10
    first = clerk.locator("tr[data-code]").first.get_attribute("data-code")
    for _household in range(left):
        clerk.keyboard.press("1")
    expect(clerk.locator(".sums .left dd")).to_have_text("0")
    expect(clerk.locator("tr[data-state=saved]")).to_have_count(clerk.locator("tr[data-code]").count())

    for _wait in range(60):  # the leader clicks nothing; the board refreshes itself
        if seen(leader) == before + left:
            break
        leader.wait_for_timeout(500)
    assert seen(leader) == before + left

    address = clerk.url
    clerk.reload()
    expect(clerk.locator("tr[data-code]").first).to_be_visible()
    assert clerk.url == address, "F5 keeps the page and the session"

    stranger = sign_in(window(empty, address.removeprefix(empty.url + "/")), "xa.tanphu")
    still(stranger)
    assert stranger.locator(f"tr[data-code='{first}']").count() == 0
    stranger.goto(f"{empty.url}/households?household={first}")
    expect(stranger.get_by_text("Không có hộ này")).to_be_visible()


def test_the_set_up_is_closed_afterwards(empty, window):
    page = window(empty)
    expect(page.locator("input[autocomplete=username]")).to_be_visible()
    assert page.get_by_text("Mã thiết lập").count() == 0


def test_ones_own_province(tmp_path: Path, window):
    server = Server(tmp_path / "own.db").start()
    try:
        page = window(server, size=PHONE)
        enter_code(page, server)
        page.get_by_text("Tỉnh, thành phố của đơn vị", exact=True).click()
        page.get_by_role("combobox").first.fill("Lai Chau")
        page.keyboard.press("Enter")
        fields = page.locator(
            "form input:not([role=combobox]), [data-testid=stForm] input[type=text]:not([role=combobox])"
        )
        fields.nth(0).fill("Lò Thị Sương")
        fields.nth(1).fill("quantri.laichau")
        for box in page.locator("input[type=password]").all():
            box.fill(PASSPHRASE)
        page.get_by_role("button", name="Khởi tạo tỉnh, thành phố").dblclick()  # two runs found it at the same time
        page.get_by_text("quantri.laichau").first.wait_for()
        page.goto(server.url)
        sign_in(page, "quantri.laichau", PASSPHRASE)
        expect(page.get_by_text("Cấp dưới chưa có tài khoản nào")).to_be_visible()
    finally:
        server.stop()


def test_signing_out_in_one_tab_ends_the_other(visit, server):
    one = visit("binh", "teams")
    two = one.context.new_page()
    two.goto(f"{server.url}/households")
    expect(two.get_by_role("heading", name="Households")).to_be_visible()
    one.get_by_role("button", name="Sign out").click()
    expect(one.locator("input[autocomplete=username]")).to_be_visible()
    two.get_by_text("Hamlets", exact=True).first.click()
    expect(two.locator("input[autocomplete=username]")).to_be_visible()


def test_the_language_stays_and_the_page_says_so(visit, server):
    page = visit("an", "me", language="vi")
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en" and page.url.endswith("/me")


def test_a_bookmark_opens_its_page_on_a_cold_server(template, tmp_path, window):
    """The first visitor after a start meets the sign-in on a deep link, then the page, never the raw file."""
    import shutil

    server = Server(Path(shutil.copy(template, tmp_path / "cold.db"))).start()
    try:
        page = window(server, "accounts")
        expect(page.locator("input[autocomplete=username]")).to_be_visible()
        sign_in(page, "binh", world.PASSWORD)
        expect(page.get_by_role("heading", name="Tài khoản")).to_be_visible()
        assert page.get_by_text("Page not found").count() == 0
        assert page.goto(f"{server.url}/_stcore/metrics").status == 404
    finally:
        server.stop()


def test_nothing_is_asked_of_another_machine(visit, server):
    asked = []
    page = visit("mai", "me")
    page.on("request", lambda request: asked.append(request.url))
    for room in ("leaderboard", "teams", "households"):
        page.goto(f"{server.url}/{room}")
        still(page)
    elsewhere = [url for url in asked if not url.startswith((server.url, "data:", "blob:", "ws:"))]
    assert not [url for url in elsewhere if "fonts.gstatic.com" not in url], elsewhere


def test_enter_signs_in_while_the_page_is_still_arriving(window, server):
    """On a busy machine the fields were there a moment before the button: Enter was lost, and stayed lost."""
    page = window(server)
    line = Line()
    line.lay(page)
    line.last = lambda message: b"signin_password" in message
    page.reload()
    page.locator("input[autocomplete=username]").fill("binh")
    page.locator("input[type=password]").fill(world.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    line.release()
    expect(page.get_by_text("Đăng xuất").first).to_be_attached()
