"""The big screen as it hangs on a wall: it turns by itself, obeys three keys, comes back, and never grows."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import edits, world
from tests.browser.conftest import DESK, PHONE
from tests.browser.desk import run_again
from tests.server import Server

TELEVISION = {"width": 1920, "height": 1080}
TURNS = 100 * 3  # a province and two districts, a hundred times

# The bar that runs until the page turns is put a second before its end; what was left of it.
NEARLY = """bar => {
    const [turn] = bar.getAnimations(), end = turn.effect.getTiming().duration, left = end - turn.currentTime;
    turn.currentTime = end - 1000;
    return left;
}"""


@pytest.fixture
def screen(visit):
    """`screen()`: the big screen, with its first page drawn."""

    def opened(path: str = "leaderboard?screen=1", **settings):
        page = visit("mai", path, **{"size": TELEVISION, **settings})
        expect(title(page)).to_be_visible()
        return page

    return opened


def title(page):
    return page.locator(".big-screen h1")


def test_it_turns_by_itself_and_by_key(screen):
    page = screen()
    expect(title(page)).to_have_text("Tỉnh Tây Ninh")
    page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text("Huyện Gò Dầu")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(title(page)).to_have_text("Thành phố Tây Ninh")
    left = page.locator(".progress i").evaluate(NEARLY)  # nobody touches anything
    expect(title(page)).to_have_text("Tỉnh Tây Ninh")
    assert left < 20_000


def test_space_holds_the_page_and_lets_it_go_on(screen):
    page = screen()
    progress = page.locator(".progress i")
    page.keyboard.press(" ")
    expect(page.locator(".where")).to_have_text("Paused · 1 / 3")
    expect(progress).to_have_css("animation-play-state", "paused")
    held = progress.evaluate("bar => bar.getAnimations()[0].currentTime")
    run_again(page)  # fresh figures come meanwhile
    assert progress.evaluate("bar => bar.getAnimations()[0].currentTime") == held
    page.keyboard.press(" ")
    expect(page.locator(".where")).to_have_text("1 / 3")
    expect(progress).to_have_css("animation-play-state", "running")


def test_escape_leaves_to_the_board_of_what_was_shown(screen):
    page = screen()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Leaderboard")).to_be_visible()
    assert page.url.endswith("/leaderboard?area=710")
    expect(page.locator("[data-testid=stSidebarNav]")).to_be_visible()


def test_the_board_leads_to_it_and_the_link_can_be_sent(visit, server):
    page = visit("chi", "leaderboard")
    page.get_by_role("link", name="Big screen").click()
    expect(title(page)).to_be_visible()
    other = visit("an", page.url.removeprefix(server.url + "/"))
    expect(title(other)).to_have_text("Tỉnh Tây Ninh")


@pytest.mark.parametrize("size", [TELEVISION, DESK, PHONE], ids=["1920", "1366", "390"])
def test_nothing_sticks_out_and_names_are_large(screen, size):
    page = screen(size=size)
    wall = page.locator(".big-screen")
    page.wait_for_function(
        "([wall, width]) => wall.scrollWidth === wall.clientWidth && wall.getBoundingClientRect().width === width",
        arg=[wall.element_handle(), size["width"]],
    )
    if size != PHONE:
        assert wall.evaluate("wall => wall.scrollHeight <= wall.clientHeight")
        heights = wall.evaluate(
            """wall => [".large", ".clock", ".name"].map(each =>
                parseFloat(getComputedStyle(wall.querySelector(each)).fontSize) / innerHeight)"""
        )
        assert all(height >= least for height, least in zip(heights, (0.07, 0.1, 0.03), strict=True))


def test_nothing_around_it_can_be_reached(screen):
    page = screen()
    for _tab in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('[data-testid=stSidebar], [data-testid=stHeader]')")
    assert not page.locator("[data-testid=stSidebar]").is_visible()


def test_a_fresh_entry_comes_by_itself(screen, server):
    from lib.core.database import connect

    page = screen()
    before = page.locator(".seen").inner_text()
    db = connect(server.store)
    edits.visit(db, 1, "met", at="2021-08-16T05:00:00Z")
    db.close()
    expect(page.locator(".seen")).not_to_have_text(before)
    expect(page.locator(".news")).to_contain_text("1 commune has just updated")
    expect(page.locator(".news")).to_contain_text("Phường 1")


def test_a_hundred_rounds_leave_nothing_behind(screen):
    page = screen(alone=True)
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")

    def turned(times: int) -> dict:
        for _turn in range(times):
            page.keyboard.press("ArrowRight")
        run_again(page)
        tools.send("HeapProfiler.collectGarbage")
        return {each["name"]: each["value"] for each in tools.send("Performance.getMetrics")["metrics"]}

    before, elements = turned(30), page.locator(".big-screen *").count()
    after = turned(TURNS)
    assert page.locator(".big-screen *").count() == elements
    assert after["Nodes"] <= before["Nodes"] + TURNS
    assert after["JSEventListeners"] <= before["JSEventListeners"] + TURNS // 10  # of the page itself, now and then
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] + 2_000_000


def test_a_lost_server_is_told_calmly_and_it_comes_back(template, tmp_path, screen):
    server = Server(Path(shutil.copy(template, tmp_path / "lost.db"))).start()
    try:
        page = screen(on=server, alone=True)
        page.clock.install()
        page.reload()
        expect(title(page)).to_be_visible()
        server.kill()
        told = page.locator(".big-screen .lost")
        expect(told).to_be_hidden()
        page.clock.run_for(25_000)
        expect(told).to_have_text(
            "No connection since 12:00. These are the latest figures; the screen updates by itself once the "
            "connection returns."
        )
        expect(title(page)).to_be_visible()
        server.start()
        page.clock.run_for(60_000)
        expect(told).to_be_hidden(timeout=60_000)
        expect(title(page)).to_be_visible()
    finally:
        server.stop()


def test_a_session_that_ends_says_so_and_asks_for_the_sign_in(screen, server):
    page = screen()
    other = page.context.new_page()
    other.goto(f"{server.url}/me")
    other.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("The big screen appears again once someone signs in")).to_be_visible(timeout=20_000)
    page.locator("input[autocomplete=username]").fill("mai")
    page.locator("input[type=password]").fill(world.PASSWORD)
    page.keyboard.press("Enter")
    expect(title(page)).to_be_visible()


def test_a_click_on_what_moved_opens_its_board(visit, server):
    from lib.core.database import connect

    db = connect(server.store)
    edits.visit(db, 1, "met", at="2021-08-16T05:01:00Z")
    db.close()
    page = visit("mai", "leaderboard")
    page.get_by_role("link", name="Phường 1", exact=True).first.click()
    page.wait_for_url("**area=25456*")
    page.go_back()
    page.wait_for_url(lambda url: "25456" not in url)
