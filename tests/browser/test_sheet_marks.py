"""Marks and results that must agree, what is half typed and outlives a reload, and words that stay in sight."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import world
from tests.browser.conftest import DESK, PHONE
from tests.browser.desk import SAVED, ask, press, ready, row, status
from tests.browser.line import Line
from tests.server import Server


@pytest.fixture
def server(template, tmp_path):
    running = Server(Path(shutil.copy(template, tmp_path / "tungnha.db"))).start()
    yield running
    running.stop()


def stored(server) -> list[tuple]:
    found = ask(server, "select household_id, outcome, flags from visits order by 1")
    return [tuple(line.values()) for line in found]


def feverish(page, number: int = 1) -> None:
    """Somebody with 39 °C in this row."""
    row(page, number).locator("[data-flag=s]").click()
    page.keyboard.type("Bé Na")
    press(page, "Tab 1 Tab Tab")
    page.keyboard.type("39")
    press(page, "Enter")
    expect(row(page, number)).to_contain_text("39.0 °C")
    expect(status(page)).to_have_text(SAVED)


def question(page):
    return page.get_by_role("alertdialog")


# A mark tells of somebody met


MARKED = (
    ("s Enter", "met", "s"),
    ("v Enter", "met", "v"),
    ("n 1 Enter", "met", "n"),
    ("k 2 Enter", "met", "k"),
    ("k 4 Enter", None, "k"),
    ("3 ArrowUp n 1 Enter", "absent", "n"),
    ("2 ArrowUp s Enter", "phone", "s"),
)


def test_a_mark_on_a_blank_row_sets_met_where_somebody_was_there(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    for place, (keys, outcome, _flags) in enumerate(MARKED):
        press(page, "Home " + "ArrowDown " * place + keys)
        expect(row(page, place + 1)).to_have_attribute("data-answer", outcome or "")
    expect(status(page)).to_have_text(SAVED)
    assert stored(server) == [(place + 1, outcome, flags) for place, (_keys, outcome, flags) in enumerate(MARKED)]


def test_the_result_of_a_mark_is_told_and_taken_back_with_it_and_a_note_alone_sets_nothing(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "s Enter")
    expect(page.locator(".live")).to_have_text(f"{world.head_name(1)}: Met in person")
    expect(status(page)).to_have_text(SAVED)
    press(page, "Control+z")
    expect(status(page)).to_have_text(SAVED)
    assert stored(server) == [(1, None, "")]
    press(page, "g")
    page.keyboard.type("chó dữ")
    press(page, "Enter")
    expect(status(page)).to_have_text(SAVED)
    assert stored(server) == [(1, None, "g")]
    expect(row(page, 1).locator(".clear")).to_be_enabled()
    press(page, "0")
    expect(status(page)).to_have_text(SAVED)
    assert stored(server) == [(1, None, "")]


# Nobody is measured where nobody was met


def test_a_result_without_anybody_met_asks_before_it_takes_findings_away(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    for number, (key, left) in enumerate((("3", "absent"), ("4", "refused"), ("0", None)), start=1):
        feverish(page, number)
        press(page, key)
        expect(question(page)).to_contain_text(
            f"{world.head_name(number)} has a symptom, temperature or guest on record"
        )
        press(page, "Enter")  # everything stays
        expect(row(page, number)).to_have_attribute("data-answer", "met")
        press(page, key)
        question(page).get_by_role("button").last.click()
        expect(row(page, number)).to_have_attribute("data-answer", left or "")
        expect(status(page)).to_have_text(SAVED)
        assert stored(server)[number - 1 :] == [(number, left, "")]
        press(page, "Control+z")
        expect(row(page, number)).to_contain_text("39.0 °C")
        expect(status(page)).to_have_text(SAVED)
        assert stored(server)[number - 1 :] == [(number, "met", "s")]


def test_a_finding_on_an_absent_row_asks_how_somebody_was_reached(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "3 ArrowUp s")
    page.keyboard.type("Bé Na")
    press(page, "Tab 1 Enter")
    expect(page.locator(".panel")).to_contain_text("cannot be recorded with “Absent”. How was the household reached?")
    page.reload()  # it waits, with what was typed
    expect(page.locator(".panel [data-field=someone]")).to_have_value("Bé Na")
    press(page, "Enter 2")
    expect(row(page, 1)).to_have_attribute("data-answer", "phone")
    expect(status(page)).to_have_text(SAVED)
    assert stored(server) == [(1, "phone", "s")]


def test_the_question_is_put_card_by_card_too(visit, server):
    page = visit("an", "sheet", size=PHONE, has_touch=True, is_mobile=True)
    page.locator("[data-view=cards]").tap()
    page.locator(".card [data-flag=s]").tap()
    page.get_by_role("dialog").get_by_label("Someone else").fill("Bé Na 2018")
    page.get_by_role("dialog").get_by_role("button", name="Fever").tap()
    page.get_by_role("dialog").get_by_role("button", name="Keep").tap()
    expect(page.locator(".card [data-outcome=met]")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(400)  # a thumb is not quicker
    page.locator(".card [data-outcome=refused]").tap()
    box = question(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    question(page).get_by_role("button", name="By phone").tap()
    expect(page.locator(".card .count")).to_have_text("2 of 8")
    expect(status(page)).to_have_text(SAVED)
    assert stored(server) == [(9, "phone", "s")]


# What is half typed


def test_a_note_being_typed_outlives_a_reload(visit, server):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "1 g")
    page.keyboard.type("hẹn chiều qua l")
    expect(status(page)).to_have_text(f"Not saved yet: what is being typed for {world.head_name(2)}")
    page.reload()
    note = page.get_by_label("Note on this household")
    expect(note).to_have_value("hẹn chiều qua l")
    expect(note).to_be_focused()
    page.keyboard.type("ại")
    press(page, "Enter")
    expect(row(page, 2)).to_contain_text("hẹn chiều qua lại")
    expect(status(page)).to_have_text(SAVED)
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('tungnha:panel')).length") == 0


def test_a_note_left_by_escape_is_gone_after_a_reload_too(visit):
    page = ready(visit("binh", "sheet?team=1"))
    press(page, "g")
    page.keyboard.type("sai hộ")
    press(page, "Escape")
    expect(status(page)).to_have_text(SAVED)
    page.reload()
    ready(page)
    expect(page.get_by_label("Note on this household")).to_have_count(0)


# Words that stay in sight


def in_sight(page, place) -> bool:
    box = place.bounding_box()
    return bool(box) and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"] // 3


@pytest.mark.parametrize(
    "size, language, words",
    [(DESK, "en", "Yesterday, 15/08/2021"), (PHONE, "vi", "Hôm qua, 15/08/2021")],
    ids=["desk", "telephone"],
)
def test_team_and_day_stay_in_sight_and_another_day_is_marked(visit, size, language, words):
    page = visit("binh", f"sheet?team=1&day={world.YESTERDAY}", size=size, language=language)
    where = page.locator(".sheet-of")
    expect(where).to_contain_text("Tổ Covid cộng đồng số 01")
    expect(where).to_contain_text(words)
    row(page, 20).scroll_into_view_if_needed()
    assert in_sight(page, where)
    amber = where.locator(".day").evaluate("day => getComputedStyle(day).color")
    assert amber != where.locator("b").evaluate("team => getComputedStyle(team).color")
    assert "▲" in where.locator(".day").evaluate("day => getComputedStyle(day, '::before').content")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_card_says_team_and_day_too(visit):
    page = visit("an", f"sheet?day={world.YESTERDAY}", size=PHONE, has_touch=True, is_mobile=True, language="vi")
    page.locator("[data-view=cards]").tap()
    expect(page.locator(".card")).to_be_visible()
    assert in_sight(page, page.locator(".sheet-of .day"))
    expect(page.locator(".sheet-of")).to_contain_text("Hôm qua")


# Everything is saved


def test_everything_is_saved_is_not_said_while_an_act_leads_back_to_another_team(visit, server):
    line = Line()
    page = ready(visit("binh", "sheet?team=1", alone=True, before=line.lay))
    press(page, "1 Shift+N")
    expect(page.locator("tr.current:focus")).to_have_attribute("data-code", "25456-0025")
    expect(status(page)).to_have_text(SAVED)
    line.hold()
    press(page, "Control+z")
    for _look in range(4):
        expect(status(page)).to_have_text("Opening Tổ Covid cộng đồng số 01…")
        page.wait_for_timeout(200)
    assert stored(server) == [(1, "met", "")]
    line.release()
    expect(status(page)).to_have_text(SAVED)
    assert stored(server) == [(1, None, "")]
