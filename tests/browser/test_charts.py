"""The charts in a real browser: drawn whole at three widths, opened by a click, saved as picture, drawing and rows."""

import re
import secrets
import struct
from itertools import product
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from lib.core.database import connect, set_setting
from tests.browser import screenshots
from tests.browser.conftest import CLIPPED, DESK, PHONE, let_in
from tests.browser.desk import run_again
from tests.server import Server

VIEWS = ("ranking", "days", "trend", "compare", "funnel", "spread", "map")
AREAS = ("72", "710", "25678", "2567801")  # the province, a district, a commune, a hamlet
TABLET = {"width": 820, "height": 1180}

# Words that are cut by the drawing's edge or by an ellipsis, and words that lie on each other.
BAD_WORDS = """svg => {
    const frame = svg.getBoundingClientRect();
    const words = [...svg.querySelectorAll("text")].filter((t) => t.textContent.trim() &&
        getComputedStyle(t).opacity !== "0" && !t.closest("[opacity='0']") && t.getAttribute("opacity") !== "0");
    const boxes = words.map((t) => [t.textContent, t.getBoundingClientRect()]);
    const cut = boxes.filter(([text, box]) => text.includes("…") || box.left < frame.left - 1 ||
        box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
    const over = [];
    boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 5) over.push(`${one} / ${other}`);
    }));
    return [...cut.map(([text]) => `cut: ${text}`), ...over];
}"""

# Answers once there is a chart that was not marked as seen before, and its frame and words have stopped moving.
SETTLED = """async () => {
    let look = "", since = 0;
    while (performance.now() - since < 400) {
        await new Promise(requestAnimationFrame);
        const svg = document.querySelector("[data-testid=stVegaLiteChart] svg.marks");
        const parts = svg && !svg.seen ? [svg, ...svg.querySelectorAll("text")] : [];
        const now = JSON.stringify(parts.map((part) => part.getBoundingClientRect()));
        if (now !== look || !parts.length) [look, since] = [now, performance.now()];
    }
}"""
SEEN = """document.querySelectorAll("[data-testid=stVegaLiteChart] svg.marks").forEach((svg) => { svg.seen = true; })"""


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    """The practice province ten minutes before the cut-off."""
    running = Server(
        screenshots.store(tmp_path_factory.mktemp("practice")), clock="2021-08-16T13:50", quick=True
    ).start()
    yield running
    running.stop()


@pytest.fixture
def board(windows, practice):
    """`board("tinh", "view=map")`: the board's page of an account of the practice province."""
    taken = []

    def opened(name: str, query: str, *, size: dict = DESK, language: str = "vi"):
        page = windows.take(size)
        taken.append(page)
        let_in(page, practice, name, language)
        page.goto(f"{practice.url}/leaderboard?{query}")
        expect(chart(page)).to_be_visible()
        return page

    yield opened
    for page in taken:
        windows.give_back(page, practice.url)


def chart(page):
    return page.locator("[data-testid=stVegaLiteChart] svg.marks").first


def turn(page, url: str, area: str, view: str, **more: str) -> None:
    """To another chart by the choice on the page; by its address where that leads elsewhere."""
    wished = {"area": area, "view": view, **more}
    if asked(page) != wished:
        page.evaluate(SEEN)
        choice = page.locator("[class*=st-key-view-] button").nth(VIEWS.index(view))
        if asked(page)["area"] == area and choice.count():
            choice.click()
            page.wait_for_url(re.compile(f"view={view}"))
            page.evaluate(SETTLED)
            if asked(page) == wished:
                return
        page.goto(f"{url}/leaderboard?{urlencode(wished)}")
    page.evaluate(SETTLED)
    assert asked(page) == wished


def refreshed(page, practice) -> None:
    """Something is written, the open page hears of it and runs again."""
    db = connect(practice.store)
    set_setting(db, "something", secrets.token_hex(4))
    db.close()
    run_again(page)


def asked(page) -> dict:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.parametrize(
    ("size", "language", "areas"),
    [(DESK, "vi", AREAS[1:3]), (TABLET, "en", AREAS[:1]), (PHONE, "vi", (AREAS[0], AREAS[3]))],
    ids=["desk", "tablet", "phone"],
)
def test_no_word_is_cut_and_none_lies_on_another(board, practice, size, language, areas):
    page = board("huyen.godau", f"area={areas[0]}&view=ranking", size=size, language=language)
    bad = []
    for area, view in product(areas, VIEWS):
        turn(page, practice.url, area, view)
        bad += [(area, view, words) for words in chart(page).evaluate(BAD_WORDS)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (area, view)
    assert bad == []


@pytest.mark.parametrize(("language", "day"), [("en", "2021-08-16"), ("vi", "2021-08-15")])
def test_no_column_of_a_whole_province_s_table_is_clipped(board, language, day):
    """At 1366 the last column of the English board was cut off."""
    page = board("tinh", f"area=72&day={day}&why=change", language=language)
    expect(page.locator(".frame:not(details *) tbody tr", has_text="Tân Châu").last).to_be_visible()
    assert page.evaluate(CLIPPED) == []


def test_a_click_on_a_tile_opens_it_and_back_returns(board, practice):
    page = board("tinh", "area=72&view=map")
    open_tile(page, "Hòa Thành")
    page.wait_for_url(re.compile("area=709"))
    page.go_back()  # before the page of the tile is there
    page.wait_for_url(re.compile("area=72"))
    expect(chart(page).locator("text", has_text="Hòa Thành").first).to_be_visible()
    refreshed(page, practice)
    assert asked(page)["area"] == "72"
    open_tile(page, "Hòa Thành")
    page.wait_for_url(re.compile("area=709"))
    assert asked(page)["view"] == "map"
    expect(chart(page).locator("text", has_text="Long Hoa").first).to_be_visible()
    page.go_back()
    page.wait_for_url(re.compile("area=72"))
    expect(chart(page).locator("text", has_text="Hòa Thành").first).to_be_visible()
    refreshed(page, practice)  # a refresh later it still stands there
    assert asked(page)["area"] == "72"


def open_tile(page, name: str) -> None:
    page.get_by_text(name, exact=True).locator("visible=true").first.wait_for()
    tile = chart(page).locator("text", has_text=name).first
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 5)


def test_a_cell_opens_the_unit_on_its_day(board):
    page = board("tinh", "area=72&view=days")
    name = chart(page).locator("text", has_text="Gò Dầu").first.bounding_box()
    day = chart(page).locator("text", has_text=re.compile("^12$")).first.bounding_box()
    page.mouse.click(day["x"] + day["width"] / 2, name["y"] + name["height"] / 2)
    page.wait_for_url(re.compile("area=710"))
    assert (asked(page)["area"], asked(page)["day"]) == ("710", "2021-08-12")


def test_a_dot_opens_its_commune(board):
    page = board("tinh", "area=72&view=spread")
    chart(page).locator("g[class*=dots] path").first.click(force=True)
    page.wait_for_url(re.compile(r"area=\d{5}"))


def test_a_chart_is_saved_as_picture_drawing_and_rows(board, tmp_path):
    page = board("tinh", "area=72&view=days")
    saved = {}
    for kind in ("png", "svg", "csv"):
        with page.expect_download() as download:
            page.locator(f"button[data-kind={kind}]").first.click()
        assert re.fullmatch(rf"[a-z0-9-]+-tinh-tay-ninh-2021-08-16\.{kind}", download.value.suggested_filename)
        download.value.save_as(tmp_path / kind)
        saved[kind] = (tmp_path / kind).read_bytes()
    drawn = chart(page).bounding_box()
    width, _height = struct.unpack(">II", saved["png"][16:24])
    assert saved["png"].startswith(b"\x89PNG") and width >= 2 * drawn["width"]
    drawing = saved["svg"].decode()
    assert all(word in drawing for word in ("Tỉnh Tây Ninh", "16/08/2021", "Từng Nhà", "13:5", "Dương Minh Châu"))
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", drawing)
    rows = saved["csv"].decode("utf-8-sig").splitlines()
    assert saved["csv"].startswith(b"\xef\xbb\xbf") and len(rows) == 11
    cells = dict(line.split(";", 1) for line in rows)
    assert re.fullmatch(r"(\d+,\d%;?){13}\d+,\d%", cells["Gò Dầu"])


def test_every_chart_can_be_saved(board, practice):
    page = board("huyen.godau", "area=72&view=ranking", size=PHONE)
    for view in VIEWS:
        page.goto(f"{practice.url}/leaderboard?area=72&view={view}&days=7")
        expect(chart(page)).to_be_visible()
        page.evaluate(SETTLED)
        for place in range(page.locator("button[data-kind=png]").count()):
            with page.expect_download():
                page.locator("button[data-kind=png]").nth(place).click()


def test_the_table_has_the_same_rows_and_opens_by_keyboard(board, practice):
    page = board("tinh", "area=72&view=map", language="en")
    summary = page.locator("summary", has_text="As a table")
    summary.focus()
    page.keyboard.press("Enter")
    table = page.locator("details[open] table")
    assert table.locator("tbody tr").count() == 9
    row = table.locator("tr", has_text="Gò Dầu")
    shown = row.locator("td").first.inner_text()
    expect(chart(page).locator("text", has_text=shown).first).to_be_attached()
    refreshed(page, practice)  # a refresh leaves it open
    expect(table).to_be_visible()
    row.locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("area=710"))


def test_choices_stand_in_the_address_and_a_link_brings_them_back(board):
    page = board("tinh", "area=72&view=compare", language="en")
    page.locator(".st-key-chart-figure input").first.click()
    page.get_by_role("option", name="Absent").click()
    page.wait_for_url(re.compile("figure=absent"))
    page.locator(".st-key-chart-days input").first.click()
    page.get_by_role("option", name="7 days").click()
    page.wait_for_url(re.compile("days=7"))
    expect(chart(page)).to_contain_text("Absent, side by side")
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    expect(chart(page)).to_contain_text("Absent, side by side")
    expect(page.locator(".st-key-chart-days input").first).to_have_value("7 days")
