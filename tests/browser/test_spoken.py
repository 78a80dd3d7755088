"""What screen readers say in the Vietnamese view is Vietnamese, also where Streamlit knows only English."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from lib.core.database import connect
from tests.browser.desk import ready

# All labels, hints and the words of Streamlit's own parts that are shown or read aloud.
SPOKEN = """() => {
    const names = ["aria-label", "title", "placeholder", "alt", "aria-roledescription", "aria-valuetext"];
    const found = [];
    const look = (root) => {
        for (const each of root.querySelectorAll("*")) {
            if (each.shadowRoot) look(each.shadowRoot);
            if (!each.checkVisibility() || each.closest("[aria-hidden=true]")) continue;
            for (const name of names) if (each.getAttribute(name)) found.push(each.getAttribute(name));
            if (each.matches("[data-testid=stSkipToContent], [role=dialog], [role=option]")) found.push(each.innerText);
        }
    };
    look(document);
    return found;
}"""
ENGLISH = re.compile(
    r"\b(the|of|for|and|open|close|search|show|hide|select(ed)?|clear|remove|help|sidebar|upload|download|choose|options?|"
    r"password|pages?|menu|columns?|fullscreen|increment|decrement|icon|progress|visualization|mark|container|value|"
    r"skip|main|content|dismiss|results?|expand|collapse|running|stop|suggestions?|loading|copy|press|title)\b",
    re.IGNORECASE,
)
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"


def english(page: Page) -> set[str]:
    expect(page.locator(DONE)).to_be_attached()
    said = page.evaluate(SPOKEN)
    assert said
    return {words for words in said if ENGLISH.search(words)}


def opened(page: Page) -> Iterator[None]:
    """Whatever opens on a page: the first help, the first list to choose from, that list without an answer."""
    for shut in ("[data-testid=stPopoverButton]", "[data-testid=stMain] [role=combobox]"):
        there = page.locator(f"{shut}:visible").first
        if there.count():
            there.click()
            expect(page.locator("[data-testid=stPopoverBody], [role=listbox]").first).to_be_visible()
            yield
            page.keyboard.type("qqq")
            yield
            page.keyboard.press("Escape")


def test_every_page_of_the_menu_speaks_vietnamese(visit):
    page, left = visit("binh", language="vi"), {}
    menu = page.get_by_test_id("stSidebarNavLink")
    expect(menu.first).to_be_visible()
    for room in menu.all_inner_texts():
        name = room.split("\n")[-1].strip()
        menu.filter(has_text=name).first.click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        left[name] = english(page)
        for _open in opened(page):
            left[name] |= english(page)
    assert len(left) > 8 and not {name: words for name, words in left.items() if words}


def test_details_charts_and_a_wrong_address_speak_vietnamese(visit, server):
    page = visit("binh", "households?household=25456-0001", language="vi")
    left = {}
    for path in ("teams?team=1", "leaderboard?area=72&view=trend", "sheet?team=1", "nowhere"):
        left["before " + path] = english(page)
        page.goto(f"{server.url}/{path}")
        expect(page.locator("[data-testid=stMain] h1").or_(page.get_by_role("dialog")).first).to_be_visible()
    left["nowhere"] = english(page)
    assert not {name: words for name, words in left.items() if words}
    expect(page.get_by_role("dialog")).to_contain_text("trang")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không có trang này")
    page.get_by_test_id("stPageLink").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Không bỏ sót hộ nào")


def test_the_sign_in_speaks_vietnamese_and_english_stays_english(browser, server):
    labels = {}
    for language in ("vi", "en"):
        context = browser.new_context()
        context.add_cookies([{"name": "tungnha_language", "value": language, "url": server.url}])
        page = context.new_page()
        page.goto(server.url)
        expect(page.locator("input[type=password]")).to_be_visible()
        labels[language] = english(page)
        context.close()
    assert labels["vi"] == set() and "Show password" in labels["en"]


def test_a_part_that_does_not_come_makes_the_page_load_again_once(visit, server):
    page = visit("binh", "me")
    asked = []

    def missing(route):
        asked.append(route.request.url)
        route.fulfill(status=404, body="Not found") if len(asked) == 1 else route.continue_()

    page.route(re.compile(r"/parts/.*sheet.*\.js"), missing)
    page.goto(f"{server.url}/sheet?team=1")
    ready(page)
    assert len(asked) == 2 and page.evaluate("performance.getEntriesByType('navigation')[0].type") == "reload"
    expect(page.get_by_text("BidiComponent Error")).to_have_count(0)


def test_names_that_people_typed_stay_as_they_are(visit, server):
    db = connect(server.store)
    db.conn.execute("update households set head_name = 'Close' where id = 1")
    db.close()
    page = visit("binh", "households?household=25456-0001", language="vi")
    expect(page.get_by_text("Close").first).to_be_visible()


def test_how_many_options_fit_is_said_in_vietnamese_while_somebody_types(visit):
    page = visit("mai", "settings", language="vi")
    words = page.get_by_test_id("stMultiSelect").get_by_role("combobox").first
    words.click()
    words.press_sequentially("kh")
    expect(page.get_by_role("option", name=re.compile(r"^Chọn cả \d+ mục khớp$"))).to_be_visible()
    page.keyboard.type("u")
    expect(page.get_by_role("option", name=re.compile(r"^Chọn cả \d+ mục khớp$"))).to_be_visible()
    assert not english(page)
