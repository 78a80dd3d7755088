"""The details behind a mark, by keyboard: who, which symptoms, from where, what is needed; all of it stored."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lib.core import text
from lib.core.database import connect, rows
from tests.browser.desk import SAVED, press, ready, row, status
from tests.server import Server

PEOPLE = {1: [("Nguyễn Văn Tư", 1984), ("Lê Thị Hoa", None), ("Trần Bảo", 2016)], 2: [("Phan Ngọc Lợi", 1950)]}


def settle_people(db) -> None:
    """Who lives in the first two households of each team; the others know only how many they are."""
    for first in (0, 24, 48, 72):
        for household, people in PEOPLE.items():
            for name, year in people:
                db.conn.execute(
                    """insert into persons (household_id, full_name, name_folded, name_sort, birth_year)
                       values (?, ?, ?, ?, ?)""",
                    [first + household, name, text.fold(name), text.person_sort_key(name), year],
                )


@pytest.fixture(scope="module")
def peopled(template, tmp_path_factory) -> Path:
    file = Path(shutil.copy(template, tmp_path_factory.mktemp("peopled") / "tungnha.db"))
    db = connect(file)
    settle_people(db)
    db.close()
    return file


@pytest.fixture(scope="module")
def server(peopled):
    running = Server(peopled).start()
    yield running
    running.stop()


def stored(server, sql, *places):
    db = connect(server.store)
    found = rows(db, sql, list(places))
    db.close()
    return found


def screened(server, household):
    """What the store says of the people of a household today."""
    return [
        {**line, "symptoms": json.loads(line["symptoms"])}
        for line in stored(
            server,
            """select p.full_name as name, p.birth_year as year, s.symptoms, s.symptoms_since as since, s.temperature,
                   s.arrival, s.from_province as province, s.arrived_on
               from screenings s join persons p on p.id = s.person_id
               join visits v on v.day = s.day and v.household_id = s.household_id and v.version = s.version
               where s.day = '2021-08-16' and s.household_id = ? order by p.id""",
            household,
        )
    ]


def visited(server, household):
    sql = "select outcome, flags, note, needs, violations from visits where day = '2021-08-16' and household_id = ?"
    return stored(server, sql, household)[0]


def at(page, number):
    """The keys go to this row."""
    press(ready(page), "Home" + " ArrowDown" * (number - 1))
    expect(row(page, number)).to_be_focused()


def field(page, name):
    return page.locator(f".panel [data-field={name}]")


def test_symptoms_of_one_of_three_by_five_keys_and_met_by_the_sixth(visit, server):
    page = visit("binh", "sheet?team=1")
    at(page, 1)
    press(page, "s 1 1 2 Enter")
    expect(page.locator(".panel")).to_have_count(0)
    expect(row(page, 1)).to_be_focused()
    press(page, "1")
    expect(status(page)).to_have_text(SAVED)
    assert screened(server, 1) == [
        {
            "name": "Trần Bảo",
            "year": 2016,
            "symptoms": ["fever", "cough"],
            "since": "2021-08-16",
            "temperature": None,
            "arrival": None,
            "province": None,
            "arrived_on": None,
        }
    ]
    assert visited(server, 1) | {"outcome": "met", "flags": "s"} == visited(server, 1)
    page.reload()
    expect(row(page, 1)).to_contain_text("Fever, cough: Trần Bảo (2016), since 16/08")
    at(page, 1)
    press(page, "s")  # what is stored stands in the panel again
    expect(page.locator(".panel [data-code=cough]")).to_have_attribute("aria-pressed", "true")
    press(page, "Escape")
    expect(status(page)).to_have_text(SAVED)


def test_the_only_resident_is_chosen_and_days_and_degrees_are_read_kindly(visit, server):
    page = visit("binh", "sheet?team=1", language="vi")
    at(page, 2)
    press(page, "s 0 =")
    press(page, "Tab")
    page.keyboard.type("2 ngày")
    press(page, "Tab")
    page.keyboard.type("378")
    press(page, "Enter")
    expect(row(page, 2)).to_contain_text("Phan Ngọc Lợi (1950), từ ngày 14/08, 37,8 °C")
    expect(row(page, 2)).to_have_attribute("data-state", "saved")
    (found,) = screened(server, 2)
    assert (found["symptoms"], found["since"], found["temperature"]) == (["body_ache", "diarrhoea"], "2021-08-14", 37.8)


def test_two_people_one_of_them_new(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 1)
    press(page, "s 2 3 +")
    page.keyboard.type("nguyễn thị út, sn 1999")
    press(page, "Tab 1 Enter")
    expect(row(page, 1)).to_have_attribute("data-state", "saved")
    found = {one["name"]: (one["year"], one["symptoms"]) for one in screened(server, 25)}
    assert found == {"Lê Thị Hoa": (None, ["sore_throat"]), "Nguyễn Thị Út": (1999, ["fever"])}
    press(page, "s")
    page.locator(".panel .drop").click()
    press(page, "Enter")
    expect(row(page, 1)).to_have_attribute("data-state", "saved")
    assert [one["name"] for one in screened(server, 25)] == ["Nguyễn Thị Út"]
    assert stored(server, "select count(*) as n from persons where full_name = 'Nguyễn Thị Út'") == [{"n": 1}]


def test_a_mark_may_wait_for_its_name(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 4)
    press(page, "s Enter")
    expect(row(page, 4)).to_contain_text("person not named yet")
    expect(row(page, 4)).to_have_attribute("data-state", "saved")
    assert (visited(server, 28)["flags"], screened(server, 28)) == ("s", [])


def test_escape_leaves_and_delete_takes_away(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 2)
    press(page, "s 1 Escape")
    expect(row(page, 2)).to_have_attribute("data-state", "none")
    press(page, "s 1 Enter s Delete")
    expect(row(page, 2)).to_be_focused()
    expect(status(page)).to_have_text(SAVED)
    expect(row(page, 2).locator("[data-flag=s]")).to_have_attribute("aria-pressed", "false")
    assert screened(server, 26) == []


def test_what_cannot_be_read_is_told_at_its_field(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 5)
    press(page, "s")
    page.keyboard.type("Tư 84")
    press(page, "Enter")
    expect(page.locator(".panel")).to_contain_text("Write the year of birth with four digits, from 1906 to 2021.")
    field(page, "someone").fill("Tư 1984")
    press(page, "Enter")
    expect(page.locator(".panel")).to_contain_text("Choose a symptom or write a temperature.")
    field(page, "temperature").fill("52")
    press(page, "Enter")
    expect(page.locator(".panel")).to_contain_text("Write degrees from 34 to 42, for example 37.8.")
    field(page, "temperature").fill("38,5")
    field(page, "since").fill("17/08")
    press(page, "Enter")
    expect(page.locator(".panel")).to_contain_text("17/08/2021 is too late; the latest day allowed here is 16/08/2021.")
    expect(field(page, "since")).to_be_focused()
    page.keyboard.type("hôm qua")
    press(page, "Enter")
    expect(row(page, 5)).to_have_attribute("data-state", "saved")
    (found,) = screened(server, 29)
    assert (found["name"], found["temperature"], found["since"]) == ("Tư", 38.5, "2021-08-15")


def test_a_returnee_and_a_guest_with_their_provinces(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 1)
    press(page, "v 1")
    page.keyboard.type("hcm")
    press(page, "Enter +")
    expect(page.locator(".panel .others")).to_contain_text("Returnee: Trần Bảo (2016), from Hồ Chí Minh")
    page.keyboard.type("Ngô Thị Đào 1990")
    press(page, "Tab")
    page.keyboard.type("bd")
    press(page, "ArrowDown Tab")
    page.keyboard.type("12/8")
    press(page, "Enter")
    expect(row(page, 1)).to_contain_text("Guest: Ngô Thị Đào (1990), from Bình Định, in the area since 12/08")
    expect(row(page, 1)).to_have_attribute("data-state", "saved")
    found = {one["name"]: (one["arrival"], one["province"], one["arrived_on"]) for one in screened(server, 25)}
    assert found["Trần Bảo"] == ("returnee", "79", "2021-08-16")
    assert found["Ngô Thị Đào"] == ("guest", "52", "2021-08-12")


def test_needs_violations_and_a_note_by_digits(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 7)
    press(page, "n 2 5 2 1 Enter k 1 6 Tab")
    page.keyboard.type("<b>mở quán</b>")
    press(page, "Enter")
    expect(row(page, 7)).to_contain_text("Food, transport to hospital")
    expect(row(page, 7)).to_contain_text("<b>mở quán</b>")
    expect(row(page, 7)).to_have_attribute("data-state", "saved")
    found = visited(server, 31)
    assert (found["flags"], found["note"]) == ("kng", "<b>mở quán</b>")
    assert json.loads(found["needs"]) == ["food", "hospital_transport"]
    assert json.loads(found["violations"]) == ["not_declared", "other"]


def test_enter_of_an_input_method_belongs_to_the_word(visit):
    page = visit("binh", "sheet?team=2")
    at(page, 6)
    press(page, "s")
    page.keyboard.type("nguye")
    composing = "input => input.dispatchEvent(new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true}))"
    for key in ("Enter", "Escape"):
        field(page, "someone").evaluate(composing.replace("key,", f"key: '{key}',"))
    expect(field(page, "someone")).to_have_value("nguye")
    expect(page.locator(".panel .fault:not(:empty)")).to_have_count(0)
    press(page, "Escape")
    expect(page.locator(".panel")).to_have_count(0)


def test_a_half_filled_panel_outlives_a_run_and_a_reload(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 8)
    press(page, "1 ArrowUp s")
    page.keyboard.type("Lê Thị Sáu 19")
    expect(row(page, 8)).to_have_attribute("data-state", "saved")  # the answer came back meanwhile
    expect(field(page, "someone")).to_have_value("Lê Thị Sáu 19")
    expect(field(page, "someone")).to_be_focused()
    page.keyboard.type("71")
    page.reload()
    expect(field(page, "someone")).to_have_value("Lê Thị Sáu 1971")
    page.locator(".panel [data-code=dyspnoea]").click()
    press(page, "Enter")
    expect(row(page, 8)).to_contain_text("Shortness of breath: Lê Thị Sáu (1971)")
    expect(row(page, 8)).to_have_attribute("data-state", "saved")
    assert visited(server, 32)["outcome"] == "met"
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('tungnha:panel')).length") == 0


def test_a_click_elsewhere_keeps_what_was_said(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 10)
    press(page, "n 3")
    row(page, 12).locator("[data-outcome=met]").click()
    expect(page.locator(".panel")).to_have_count(0)
    expect(row(page, 12)).to_have_attribute("data-answer", "met")
    expect(row(page, 10)).to_contain_text("Care of a chronic disease")
    row(page, 11).locator("[data-flag=k]").click()
    row(page, 11).locator("[data-flag=k]").click()  # opened in passing
    expect(page.locator(".panel")).to_have_count(0)
    expect(row(page, 11)).to_have_attribute("data-state", "none")


def test_details_wait_for_the_server(visit, peopled, tmp_path):
    server = Server(Path(shutil.copy(peopled, tmp_path / "tungnha.db"))).start()
    try:
        page = visit("lan", "sheet", on=server)
        at(page, 3)
        server.kill()
        press(page, "s")
        page.keyboard.type("Lê Thị Sáu 1971")
        press(page, "Tab 1 Enter")
        expect(row(page, 3)).to_contain_text("Fever: Lê Thị Sáu (1971)")
        page.wait_for_timeout(1000)
        server.start()
        expect(status(page)).to_have_text(SAVED, timeout=30000)
        assert [one["name"] for one in screened(server, 3)] == ["Lê Thị Sáu"]
    finally:
        server.stop()


def test_a_refused_row_says_why_and_its_panel_still_holds_what_was_typed(visit, server):
    page = visit("binh", "sheet?team=2")
    at(page, 14)
    person = {"person": None, "name": "Bà Bảy", "year": 1940, "symptoms": ["fever"], "temperature": 60}
    draft = {"outcome": "met", "flags": "s", "version": 0, "seq": "1", "people": [person]}
    key = "tungnha:sheet:3:2:2021-08-16:25456-0038"
    page.evaluate("([key, draft]) => localStorage.setItem(key, JSON.stringify(draft))", [key, draft])
    page.reload()
    expect(row(page, 14)).to_contain_text("the temperature must be between 34 and 42")
    at(page, 14)
    press(page, "s")
    expect(field(page, "temperature")).to_have_value("60.0")
    field(page, "temperature").fill("39")
    press(page, "Enter")
    expect(row(page, 14)).to_have_attribute("data-state", "saved")
    assert [(one["name"], one["temperature"]) for one in screened(server, 38)] == [("Bà Bảy", 39.0)]


def test_a_row_answered_by_another_while_the_panel_is_open_is_not_overwritten_unseen(visit, server):
    first, second = visit("binh", "sheet?team=1"), visit("lan", "sheet")
    at(second, 20)
    press(second, "s")
    second.keyboard.type("Ông Chín 1938")
    press(second, "Tab 2")
    row(first, 20).locator("[data-outcome=refused]").click()
    expect(row(first, 20)).to_have_attribute("data-state", "saved")
    press(second, "Enter")
    expect(row(second, 20)).to_contain_text("Refused")
    expect(row(second, 20)).to_contain_text("Cough: Ông Chín (1938)")
    assert visited(server, 20)["outcome"] == "refused"
    assert screened(server, 20) == []


def test_readers_see_the_details_and_no_panel(visit, server):
    page = visit("dung", "sheet?team=1")
    expect(row(page, 1)).to_contain_text("Trần Bảo (2016)")
    row(page, 1).click()
    press(page, "s")
    expect(page.locator(".panel")).to_have_count(0)
