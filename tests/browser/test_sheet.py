"""The day's sheet as a clerk lives in it: keys, saving by itself, and nothing lost."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lib.core.database import connect, rows
from lib.register.households import statuses
from tests import world
from tests.browser.conftest import DESK, PHONE
from tests.server import Server

SAVED = "Everything is saved."


@pytest.fixture
def store_of():
    """Rows of a running server's store, read beside it."""
    opened = []

    def ask(server, sql):
        opened.append(connect(server.store))
        return rows(opened[-1], sql)

    yield ask
    for db in opened:
        db.close()


def table(page):
    expect(page.locator("tr[data-code]").first).to_be_visible()
    return page.get_by_role("table", name="Households of the team in walking order")


def status(page):
    return page.locator(".sheet .status")


def row(page, number):
    return page.locator("tr[data-code]").nth(number - 1)


def wait_for_keys(page):
    table(page)
    expect(page.locator("tr.current:focus")).to_have_count(1)


def test_the_script_comes_in_one_answer_and_the_console_stays_clean(visit, server):
    page = visit("binh", "me")
    fetched, said = [], []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{server.url}/sheet?team=1")
    wait_for_keys(page)
    page.keyboard.press("s")
    expect(page.get_by_role("group", name=re.compile("^Symptoms"))).to_be_visible()
    page.keyboard.press("Escape")
    scripts = [url for url in fetched if url.endswith(".js") and "/static/js/" not in url]
    assert len([url for url in scripts if "/parts/tungnha_sheet-" in url]) == 1
    assert not [url for url in scripts if "/parts/" not in url]
    streamlits = "_stcore", "404", "fonts.gstatic.com"  # where it looks for its server and the icon of the window
    assert not [line for line in said if not any(word in line for word in streamlits)]


def test_24_rows_by_24_keys(visit, server, store_of):
    page = visit("binh", "sheet?team=1")
    wait_for_keys(page)
    for key in "1234" * 6:
        page.keyboard.press(key)
    expect(status(page)).to_have_text(SAVED)
    expect(page.locator("tr[data-state=saved]")).to_have_count(24)
    expect(page.locator(".sums .left dd")).to_have_text("0")
    answers = "select outcome, swept, recorded_by from visits where day = '2021-08-16' and household_id <= 24"
    stored = store_of(server, answers)
    assert [line["outcome"] for line in stored] == ["met", "phone", "absent", "refused"] * 6
    assert {(line["swept"], line["recorded_by"]) for line in stored} == {(0, 3)}


def test_the_rest_normal_after_one_confirmation(visit, server, store_of):
    page = visit("binh", "sheet?team=2")
    wait_for_keys(page)
    for key in ("3", "1", "k", "4", "Enter", "a"):  # absent, met, and left isolation: nobody was there
        page.keyboard.press(key)
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Mark the remaining households (21)")
    expect(question).to_contain_text("Households with marks but no result come next: 1.")
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.locator(".sums .left dd")).to_have_text("1")
    expect(question).to_contain_text("3. ")  # each by number and name, with its marks
    expect(question).to_contain_text("Left isolation")
    page.keyboard.press("Enter")
    expect(page.locator(".sums .left dd")).to_have_text("0")
    expect(status(page)).to_have_text(SAVED)
    sums = store_of(server, "select met, absent, swept, touched from team_day where team_id = 2 and day = '2021-08-16'")
    assert sums == [{"met": 23, "absent": 1, "swept": 21, "touched": 3}]
    page.keyboard.press("Control+z")
    expect(page.locator(".sums .left dd")).to_have_text("1")
    expect(status(page)).to_have_text(SAVED)


def test_marks_notes_quarantine_and_clearing(visit, server, store_of):
    page = visit("binh", "sheet?team=1&day=2021-08-15")
    table(page)
    expect(page.locator("tr[data-code] button")).to_have_count(0)  # yesterday asks first
    page.get_by_text("Enter visits of yesterday, 15/08/2021").click()
    row(page, 1).locator("[data-outcome=central_quarantine]").click()
    expect(page.locator(".sums .due dd")).to_have_text("23")
    row(page, 2).locator("[data-outcome=met]").click()
    for key in ("n", "2", "Enter", "g"):
        page.keyboard.press(key)
    page.get_by_label("Note on this household").fill("<b>cần thuốc</b>")
    page.keyboard.press("Enter")
    page.keyboard.press("3")
    expect(row(page, 2)).to_contain_text("<b>cần thuốc</b>")
    row(page, 3).locator("[data-outcome=refused]").click()
    page.keyboard.press("0")
    expect(status(page)).to_have_text(SAVED)
    stored = store_of(server, "select outcome, flags, note from visits where day = '2021-08-15' order by household_id")
    assert {"outcome": "absent", "flags": "ng", "note": "<b>cần thuốc</b>"} in stored
    assert store_of(server, "select count(*) as n from household_status where household_id = 1") == [{"n": 1}]


def test_nothing_is_lost_without_a_server(visit, template, tmp_path, store_of):
    server = Server(Path(shutil.copy(template, tmp_path / "tungnha.db"))).start()
    try:
        page = visit("lan", "sheet", on=server)
        wait_for_keys(page)
        server.kill()
        for key in "1g":
            page.keyboard.press(key)
        page.keyboard.type("cần thuốc")
        page.keyboard.press("Enter")
        page.keyboard.press("2")
        server.start()  # the page is still open and sends by itself
        expect(status(page)).to_have_text(SAVED, timeout=30000)
        wait_for_keys(page)  # the page was drawn anew
        server.kill()
        page.keyboard.press("3")
        expect(page.locator("tr[data-state=unsaved], tr[data-state=saving]")).to_have_count(1)
        server.start()
        page.reload()
        expect(page.locator("tr[data-state=saved]")).to_have_count(3)
        expect(status(page)).to_have_text(SAVED)
        stored = store_of(server, "select outcome, note from visits order by household_id")
        assert [tuple(line.values()) for line in stored] == [("met", None), ("phone", "cần thuốc"), ("absent", None)]
        assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('tungnha:sheet')).length") == 0
    finally:
        server.stop()


def test_a_refused_row_says_why_and_the_others_are_saved(visit, server, store_of):
    page = visit("chi", "sheet?team=4")
    wait_for_keys(page)
    db = connect(server.store)
    db.conn.execute("update assignments set until_day = ? where household_id = 73", [world.DAY])
    statuses.begin_status(db, 74, "locked_down_elsewhere", world.DAY)
    db.close()
    for key in "111":
        page.keyboard.press(key)
    lost = page.locator(".elsewhere li")
    expect(lost).to_have_count(2)
    why = "This household is not on this team's list"
    expect(lost.first).to_contain_text(f"25654-0073, 16/08/2021: Met in person. {why}")
    expect(page.locator("tr[data-code='25654-0074'] .why")).to_contain_text("Locked down elsewhere")
    for left in (1, 0):
        lost.first.get_by_role("button", name="Discard").click()
        expect(lost).to_have_count(left)
    assert store_of(server, "select household_id from visits where household_id > 72") == [{"household_id": 75}]


def test_a_row_shows_why_it_was_refused_until_it_is_mended(visit):
    page = visit("chi", "sheet?team=4&day=2021-08-15")
    table(page)
    key = "tungnha:sheet:9:4:2021-08-15:25654-0080"
    page.evaluate("key => localStorage.setItem(key, JSON.stringify({outcome: 'gone', seq: '1'}))", key)
    page.reload()
    refused = page.locator("tr[data-code='25654-0080']")
    expect(refused).to_contain_text("This row could not be read.")
    expect(status(page)).to_have_text("Not saved yet: 1")
    page.get_by_text("Enter visits of yesterday, 15/08/2021").click()
    refused.get_by_role("button", name="Met in person", exact=True).click()
    expect(refused).to_have_attribute("data-state", "saved")
    expect(status(page)).to_have_text(SAVED)


def test_drafts_are_never_shown_to_another_account(visit):
    key = "tungnha:sheet:99:2:2021-08-16:25456-0025"
    page = visit("binh", "sheet?team=2")
    table(page)
    page.evaluate("key => localStorage.setItem(key, JSON.stringify({outcome: 'refused'}))", key)
    page.reload()
    table(page)
    expect(status(page)).to_have_text(SAVED)
    assert page.evaluate("key => localStorage.getItem(key)", key)


def test_a_browser_that_keeps_nothing_says_so(visit, server, store_of):
    full = "Storage.prototype.setItem = () => { throw new Error('full') }"
    page = visit("binh", "sheet?team=2", script=full)
    wait_for_keys(page)
    expect(status(page)).to_contain_text("This browser cannot keep data")
    page.keyboard.press("End")
    page.keyboard.press("2")
    expect(page.locator("tr[data-state=saved]").last).to_have_attribute("data-answer", "phone")


def test_a_telephone_scrolls_down_only_and_has_room_for_thumbs(visit):
    page = visit("lan", "sheet", size=PHONE, has_touch=True, is_mobile=True)
    table(page)
    row(page, 8).get_by_role("button", name="Marks and note").tap()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes = page.locator(".sheet button:visible").evaluate_all(
        "all => all.map(b => b.getBoundingClientRect().toJSON())"
    )
    assert min(min(size["width"], size["height"]) for size in sizes) >= 44
    assert max(size["right"] for size in sizes) <= 390


ANSWERS = {
    "vi": ["Gặp", "Qua điện thoại", "Vắng", "Từ chối", "Cách ly tập trung"],
    "en": ["Met", "By phone", "Absent", "Refused", "Central quarantine"],
}
# The words of an answer that reach over the edge of its button.
CUT = """buttons => buttons.filter(button => {
    const words = button.querySelector("span").getBoundingClientRect(), edge = button.getBoundingClientRect();
    return words.left < edge.left || words.right > edge.right || words.top < edge.top || words.bottom > edge.bottom;
}).map(button => button.textContent)"""


@pytest.mark.parametrize("language", ANSWERS)
def test_an_answer_is_named_in_full_and_its_name_is_whole_on_any_screen(visit, language):
    page = visit("binh", "sheet?team=1", language=language)
    buttons = page.locator("tr[data-code] .answer button")
    expect(row(page, 1).locator(".answer button span")).to_have_text(ANSWERS[language])
    buttons.evaluate_all("all => all.forEach(one => one.setAttribute('aria-pressed', 'true'))")  # heavier, so wider
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        expect(row(page, 1).locator(".answer kbd").first).to_be_visible(visible=size is DESK)
        assert buttons.evaluate_all(CUT) == []


def test_the_next_team_by_key(visit):
    page = visit("binh", "sheet?team=1")
    wait_for_keys(page)
    page.keyboard.press("Shift+N")
    expect(page).to_have_url(re.compile("team=2"))
    expect(page.locator("tr[data-code='25456-0025']")).to_be_visible()
    expect(page.locator("tr.current:focus")).to_have_count(1)


def test_leaders_above_read(visit):
    page = visit("dung", "sheet?team=1")
    table(page)
    expect(page.get_by_text("Read-only")).to_be_visible()
    expect(page.locator("tr[data-code] button")).to_have_count(0)


def test_a_stranger_finds_no_team(visit):
    page = visit("chi", "sheet?team=1")
    expect(page.get_by_text("There is no such team in your area; choose another.")).to_be_visible()
    expect(page.locator("tr[data-code]")).to_have_count(0)


def confirmed(visit, who):
    """Yesterday's sheet of team 1, ready to be entered."""
    page = visit(who, "sheet?team=1&day=2021-08-15")
    table(page)
    page.get_by_text("Enter visits of yesterday, 15/08/2021").click()
    expect(page.locator("tr[data-code] [data-outcome=met]").first).to_be_visible()
    return page


def test_a_row_typed_while_another_answer_arrives_does_not_win_by_it(visit, server, store_of):
    first, second = confirmed(visit, "binh"), confirmed(visit, "lan")
    row(first, 11).locator("[data-outcome=absent]").click()
    expect(row(first, 11)).to_have_attribute("data-state", "saved")
    row(second, 11).locator("[data-flag=g]").click()
    second.get_by_label("Note on this household").fill("đã gọi")
    second.get_by_role("button", name="Refresh").focus()  # closes the note
    second.get_by_role("button", name="Refresh").click()
    expect(row(second, 11).locator(".theirs")).to_contain_text("Absent")
    expect(row(second, 11).locator(".mine")).to_contain_text("đã gọi")
    row(second, 11).get_by_role("button", name="Keep theirs").click()
    expect(status(second)).to_have_text(SAVED)
    ask = "select outcome, note from visits where day = '2021-08-15' and household_id = 11"
    assert store_of(server, ask) == [{"outcome": "absent", "note": None}]


def test_the_last_row_goes_out_before_another_page_opens(visit, server, store_of):
    page = confirmed(visit, "lan")
    row(page, 12).locator("[data-outcome=phone]").click()
    page.locator("[data-testid=stSidebarNav] a").first.click(delay=150)
    expect(page.get_by_role("heading", level=1, name="To do")).to_be_visible()
    ask = "select outcome from visits where day = '2021-08-15' and household_id = 12"
    assert store_of(server, ask) == [{"outcome": "phone"}]


def test_a_window_that_is_hidden_sends_at_once(visit, server, store_of):
    page = confirmed(visit, "lan")
    endless = "window.setTimeout = (real => (act, time) => real(act, time === 400 ? 1e6 : time))(setTimeout)"
    page.evaluate(endless)  # the pause never ends
    row(page, 13).locator("[data-outcome=phone]").click()
    expect(row(page, 13)).to_have_attribute("data-state", "unsaved")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(row(page, 13)).to_have_attribute("data-state", "saved")
