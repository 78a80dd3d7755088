"""A member isolates; the wizard shows what it means; the substitute has the rows; one click takes it back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.desk import ask, open_tab, take_back

MINDED = (
    "select count(*) as n from assignments where member_id = {} and (until_day is null or until_day > '2021-08-16')"
)


def minded(server, member: int) -> int:
    """Households a member has today."""
    return ask(server, MINDED.format(member))[0]["n"]


def open_way(page: Page, name: str) -> Page:
    open_tab(page, "Reorganise")
    page.get_by_role("radio", name=name, exact=True).click()
    return page


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def test_on_a_telephone_from_isolation_to_the_substitutes_sheet_and_back(visit, server):
    page = open_way(visit("binh", "teams?team=1", size=PHONE), "A member is away or leaves")
    choose(page, "Member", "Trần Văn An (member)")
    page.get_by_role("radio", name="Isolating").click()
    page.get_by_role("radio", name=re.compile("From today")).click()
    page.get_by_label("Returns on (if known)").fill("20/08/2021")
    page.keyboard.press("Tab")
    expect(page.get_by_text("On 20/08/2021 the households return to their members automatically.")).to_be_visible()
    expect(page.get_by_text("2 members, 8 households")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("the households return to Trần Văn An automatically")).to_be_visible()

    substitute = visit("lan", "sheet", size=PHONE)
    expect(substitute.locator("[data-code='25456-0009']").first).to_be_attached()
    expect(substitute.locator("body")).to_contain_text("Phạm Thị Lan")
    assert minded(server, 1) == 12

    take_back(page)
    assert minded(server, 1) == 8


def test_teams_are_merged_and_the_history_says_so(visit, server):
    page = open_way(visit("binh", "teams?team=2"), "Merge teams")
    choose(page, "Teams", "Tổ Covid cộng đồng số 01 (24)")
    page.keyboard.press("Escape")
    page.get_by_label("Number of the decision").last.fill("31/QĐ-UBND")
    page.keyboard.press("Tab")
    page.get_by_role("radio", name=re.compile("From today")).click()
    expect(page.get_by_text("The number of the decision is missing")).to_have_count(0)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done, effective from 16/08/2021.")).to_be_visible()
    expect(page.get_by_text("48 households").first).to_be_visible()
    open_tab(page, "History of the team")
    expect(page.get_by_text("24 households came from Tổ Covid cộng đồng số 01.")).to_be_visible()
    expect(page.get_by_text(re.compile("Teams were merged.*Decision 31/QĐ-UBND"))).to_be_visible()
    assert page.url.endswith("team=5"), "the team goes on under its new number, and F5 finds it"
