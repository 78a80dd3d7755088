"""Taking back and doing again, over the whole visit to the page."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import world
from tests.browser.desk import SAVED, ask, press, ready, row, status
from tests.server import Server


@pytest.fixture
def server(template, tmp_path):
    """Each test begins with a day nobody has entered."""
    running = Server(Path(shutil.copy(template, tmp_path / "tungnha.db"))).start()
    yield running
    running.stop()


def outcome(server, household: int) -> str | None:
    found = ask(server, f"select outcome from visits where day = '{world.DAY}' and household_id = {household}")
    return found[0]["outcome"] if found else None


def test_a_saved_answer_is_taken_back_and_done_again(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "1 3")
    expect(status(page)).to_have_text(SAVED)
    press(page, "Control+z")
    expect(page.locator(".news")).to_have_text(re.compile("Undone: 2\\. .+: Absent → Not visited yet"))
    expect(page.locator("tr.current:focus")).to_have_attribute("data-code", "25456-0002")
    expect(status(page)).to_have_text(SAVED)
    assert (outcome(server, 1), outcome(server, 2)) == ("met", None)
    press(page, "Control+y")
    expect(status(page)).to_have_text(SAVED)
    assert outcome(server, 2) == "absent"
    press(page, "Control+z Control+z")
    page.get_by_role("button", name="Redo what was undone").click()
    press(page, "Control+Shift+z")
    expect(status(page)).to_have_text(SAVED)
    assert (outcome(server, 1), outcome(server, 2)) == ("met", "absent")
    expect(page.get_by_role("button", name="Redo what was undone")).to_be_disabled()


def test_the_reverse_is_written_down_as_one(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "4")
    expect(status(page)).to_have_text(SAVED)
    press(page, "Control+z")
    expect(status(page)).to_have_text(SAVED)
    lines = ask(server, "select action from audit_log where action like 'visit.%' order by id")
    assert [line["action"] for line in lines] == ["visit.record", "visit.undo"]


def test_the_rest_normal_is_one_act(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "3 a Enter")
    expect(page.locator("tr[data-answer=met]")).to_have_count(23)
    expect(status(page)).to_have_text(SAVED)
    press(page, "Control+z")
    expect(page.locator(".news")).to_have_text("Undone: 23 households: Met in person → Not visited yet")
    expect(page.locator("tr[data-answer=met]")).to_have_count(0)
    expect(status(page)).to_have_text(SAVED)
    assert ask(server, "select count(*) as n from visits where outcome is not null") == [{"n": 1}]
    press(page, "Control+y")
    expect(status(page)).to_have_text(SAVED)
    assert ask(server, "select count(*) as n from visits where swept") == [{"n": 23}]


def test_an_act_on_another_team_leads_back_to_it(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "1 Shift+N")
    expect(page).to_have_url(re.compile("team=2"))
    expect(page.locator("tr[data-code='25456-0025']")).to_be_visible()
    ready(page)
    press(page, "2")
    expect(status(page)).to_have_text(SAVED)
    press(page, "Control+z")
    expect(status(page)).to_have_text(SAVED)
    press(page, "Control+z")
    expect(page).to_have_url(re.compile("team=1"))
    expect(row(page, 1)).to_have_attribute("data-state", "none")
    expect(status(page)).to_have_text(SAVED)
    assert (outcome(server, 1), outcome(server, 25)) == (None, None)


def test_a_panel_is_taken_back_with_its_details(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "n 1 Enter")
    expect(row(page, 1)).to_contain_text("Food")
    expect(status(page)).to_have_text(SAVED)
    press(page, "Control+z")
    expect(row(page, 1)).not_to_contain_text("Food")
    expect(page.locator(".news")).to_have_text("Undone: 1. Trần Thị Hoa: Met in person → Not visited yet")
    expect(status(page)).to_have_text(SAVED)
    assert ask(server, "select outcome, needs, flags from visits") == [{"outcome": None, "needs": None, "flags": ""}]


def test_taking_back_what_another_changed_meanwhile_becomes_a_choice(visit, server):
    clerk, leader = ready(visit("binh", "sheet?team=1")), ready(visit("lan", "sheet"))
    press(clerk, "1")
    expect(status(clerk)).to_have_text(SAVED)
    leader.get_by_role("button", name="Refresh").click()
    expect(row(leader, 1)).to_have_attribute("data-answer", "met")
    row(leader, 1).locator("[data-outcome=refused]").click()
    expect(status(leader)).to_have_text(SAVED)
    clerk.get_by_role("button", name="Refresh").click()
    expect(row(clerk, 1)).to_have_attribute("data-answer", "refused")
    row(clerk, 1).click(position={"x": 5, "y": 5})
    press(clerk, "Control+z")
    expect(row(clerk, 1).locator(".theirs")).to_contain_text("Refused")
    expect(row(clerk, 1).locator(".mine")).to_contain_text("Not visited yet")
    assert outcome(server, 1) == "refused"
    press(clerk, "o")
    expect(status(clerk)).to_have_text(SAVED)
    assert outcome(server, 1) == "refused"


def test_nothing_to_take_back_is_said(visit):
    page = ready(visit("binh", "sheet?team=1"))
    expect(page.get_by_role("button", name="Undo the last action")).to_be_disabled()
    press(page, "Control+z")
    expect(page.locator(".news")).to_have_text("There is nothing to undo on this day.")


def test_in_a_note_the_same_keys_are_the_notes(visit):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "1")
    press(page, "g")
    page.keyboard.type("abc")
    page.keyboard.press("Control+z")
    expect(row(page, 1)).to_have_attribute("data-answer", "met")
    page.keyboard.press("Escape")
