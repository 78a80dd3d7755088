"""Ways over the sheet: the list of keys, finding a household, the bars of the teams, and Vietnamese typing."""

import re

from playwright.sync_api import expect

from lib.core import rollup
from lib.core.database import connect
from tests import world
from tests.browser.conftest import PHONE
from tests.browser.desk import press, ready, row, status


def keydown(page, **event) -> None:
    """A key as an input method delivers it, at the current row."""
    page.locator("tr.current").dispatch_event(
        "keydown", {"bubbles": True, "composed": True, "cancelable": True, **event}
    )


def test_the_list_of_keys_opens_and_closes_by_key(visit):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "ArrowDown ?")
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys).to_contain_text("Undo")
    press(page, "3")  # no answer behind the list's back
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(page.locator("tr.current:focus")).to_have_attribute("data-code", "25456-0002")
    expect(row(page, 2)).to_have_attribute("data-answer", "")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()


def test_a_reader_is_not_told_keys_that_do_nothing(visit):
    page = visit("dung", "sheet?team=1")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).not_to_contain_text("Absent")


def test_a_household_is_found_without_accents(visit):
    page = ready(visit("binh", "sheet?team=1"))
    for typed, first, found in (
        ("duc", "25456-0008", 3),
        ("Đức", "25456-0008", 3),
        ("hem 3 hoang", "25456-0020", 1),
        ("17", "25456-0017", 1),
        ("25456-0003", "25456-0003", 1),
    ):
        press(page, "/")
        page.keyboard.type(typed)
        expect(page.locator(".find-count")).to_have_text(f"{found} of 24")
        expect(page.locator("tr[data-code]:visible")).to_have_count(found)
        page.keyboard.press("Enter")
        expect(page.locator("tr.current:focus")).to_have_attribute("data-code", first)
        expect(page.locator("tr[data-code]:visible")).to_have_count(24)


def test_whoever_lives_at_a_door_is_found_on_the_sheet(visit, server):
    with connect(server.store).conn as conn:
        conn.execute("""insert into persons (household_id, full_name, name_folded, name_sort, residence)
            values (9, 'Lò Thị Lãn', 'lo thi lan', 'lan', 'permanent')""")
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "/")
    page.keyboard.type("lo lan")
    expect(page.locator(".find-count")).to_have_text(f"1 of 24 · Lò Thị Lãn: household of {world.head_name(9)}")
    page.keyboard.press("Enter")
    expect(page.locator("tr.current:focus")).to_have_attribute("data-code", "25456-0009")


def test_escape_shows_all_again_and_nothing_found_is_said(visit):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "ArrowDown /")
    page.keyboard.type("không có ai")
    expect(page.locator(".find-count")).to_have_text("No matching household.")
    page.keyboard.press("Escape")
    expect(page.locator("tr[data-code]:visible")).to_have_count(24)
    expect(page.locator("tr.current:focus")).to_have_attribute("data-code", "25456-0002")


def test_walking_through_what_was_found(visit):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "/")
    page.keyboard.type("duc")
    press(page, "ArrowDown ArrowDown")
    expect(page.locator("tr.current:focus")).to_have_attribute("data-code", "25456-0016")
    press(page, "Escape")
    expect(page.locator("tr[data-code]:visible")).to_have_count(24)


def test_the_rest_normal_shows_all_it_will_set(visit):
    page = ready(visit("binh", "sheet?team=2"))
    press(page, "/")
    page.keyboard.type("duc")
    press(page, "ArrowDown a")
    expect(page.get_by_role("alertdialog")).to_contain_text("(24)")
    expect(page.locator("tr[data-code]:visible")).to_have_count(24)
    press(page, "Escape")


def test_the_bars_lead_to_a_team_by_key_and_by_click(visit):
    page = ready(visit("binh", "sheet?team=1"))
    bars = page.get_by_role("toolbar", name="Teams of the commune")
    expect(bars.locator("[aria-current=true]")).to_have_attribute("data-team", "1")
    press(page, "t ArrowRight")
    expect(page.locator(".strip-words")).to_have_text("Tổ Covid cộng đồng số 02: 0 of 24 attempted")
    press(page, "1")  # no answer from here
    press(page, "Enter")
    expect(page).to_have_url(re.compile("team=2"))
    expect(page.locator("tr.current:focus")).to_have_attribute("data-code", "25456-0025")
    expect(bars.locator("[aria-current=true]")).to_have_attribute("data-team", "2")
    bars.locator("[data-team='1']").click()
    expect(page).to_have_url(re.compile("team=1"))
    expect(row(page, 1)).to_have_attribute("data-answer", "")
    press(page, "t Escape")
    expect(page.locator("tr.current:focus")).to_have_count(1)


def test_a_team_of_its_own_has_no_bars(visit):
    page = ready(visit("lan", "sheet"))
    expect(page.locator(".strip")).to_be_hidden()
    press(page, "t 1")
    expect(row(page, 1)).to_have_attribute("data-answer", "met")


def test_a_hundred_and_fifty_teams_stand_without_scrolling_aside(visit, server):
    db = connect(server.store)
    db.conn.execute("begin immediate")
    for team in range(100, 248):
        db.conn.execute(
            """insert into teams (id, commune_code, hamlet_code, name, name_folded, name_sort, model,
                   decision_no, decision_day, from_day)
               values (?, '25456', '2545601', ?, ?, ?, 'hamlet', '12/QĐ-UBND', '2021-08-01', '2021-08-01')""",
            [team, f"Tổ số {team}", f"to so {team}", f"to so {team}"],
        )
    db.conn.execute("commit")
    rollup.recount(db, teams=set(range(100, 248)), since=world.DAY)
    db.close()
    page = ready(visit("binh", "sheet?team=1"))
    expect(page.locator(".strip [data-team]")).to_have_count(150)
    box = page.locator(".strip").bounding_box()
    assert box["height"] < 110
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    narrow = visit("binh", "sheet?team=1", size=PHONE)
    expect(row(narrow, 1)).to_be_visible()
    assert narrow.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


# Typing Vietnamese


def test_keys_mean_the_same_under_vietnamese_typing(visit):
    page = ready(visit("chi", "sheet?team=4"))
    keydown(page, key="ă", code="Digit1")  # a layout with letters on the digits
    expect(row(page, 1)).to_have_attribute("data-answer", "met")
    keydown(page, key="Process", code="Digit3")  # an input method that listens first
    expect(row(page, 2)).to_have_attribute("data-answer", "absent")
    keydown(page, key="4", code="Digit4", isComposing=True)  # half a letter is no answer
    expect(row(page, 3)).to_have_attribute("data-answer", "")
    keydown(page, key="Process", code="KeyG")
    page.get_by_label("Note on this household").fill("nhà vắng")
    page.get_by_label("Note on this household").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.get_by_label("Note on this household")).to_be_visible()
    page.keyboard.press("Enter")
    expect(row(page, 3)).to_contain_text("nhà vắng")


def test_a_locked_shift_key_changes_no_meaning(visit):
    page = ready(visit("chi", "sheet?team=4"))
    page.keyboard.press("End")
    keydown(page, key="N", code="KeyN")
    expect(page.locator(".panel[data-flag=n]")).to_be_visible()
    page.keyboard.press("Escape")
    keydown(page, key="A", code="KeyA")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(status(page)).to_be_visible()
