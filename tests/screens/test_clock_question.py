"""While the clock is in doubt every page says so, asks who may answer, and works all the same."""

from datetime import timedelta

import pytest

from lib.core import clock
from lib.operations import clockwork, health
from lib.screen.shell.rooms import ROOMS
from tests import edits, world

LATER = clock.instant("2021-08-19T01:10:00Z")  # ten past eight, three days on
QUESTION = "**Is today Thursday, 19/08/2021, and is it about 08:10 now?**"
WAITS = "freezing figures and opening days wait"


@pytest.fixture
def after_days_off(db, monkeypatch):
    """Something was entered, then the machine was off for three days."""
    edits.visit(db, 1, "met")
    clockwork.beat(db, now=world.NOW)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return db


def said(page) -> str:
    assert not page.exception
    return " ".join(each.value for each in [*page.markdown, *page.warning, *page.info])


def test_nobody_is_asked_while_the_clock_is_right(app):
    page = app("binh", "home")
    assert WAITS not in said(page) and not [button for button in page.button if button.key == "clock_yes"]


@pytest.mark.parametrize("who", ["binh", "quan"])
def test_every_page_asks_and_works(app, after_days_off, who):
    for room in ROOMS:
        told = said(app(who, room.name))
        assert WAITS in told and QUESTION in told, room.name
    assert after_days_off.execute("select max(day) from days").fetchone()[0] == world.DAY


def test_who_may_not_answer_is_told(app, after_days_off):
    page = app("an", "sheet")
    assert WAITS in said(page) and "Is today" not in said(page)


def test_a_yes_ends_it_and_stands_in_the_history(app, after_days_off):
    page = app("binh", "home")
    page.button(key="clock_yes").click().run()
    assert WAITS not in said(page)
    assert "confirmed that the day was 19/08/2021" in said(app("binh", "history"))


@pytest.mark.parametrize("leap", [{"hours": 9}, {"days": 1}, {"days": -1}, {"days": 365}])
def test_a_yes_is_to_the_question_that_was_read(app, after_days_off, monkeypatch, leap):
    """The clock was set between the drawing of the question and the answer; the next yes is to the new one."""
    page = app("binh", "home")
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(**leap))
    page.button(key="clock_yes").click().run()
    assert "shows a different time" in said(page) and WAITS in said(page)
    page.button(key="clock_yes").click().run()
    assert WAITS not in said(page)


def test_a_no_says_how_the_clock_is_set_and_changes_nothing(app, after_days_off):
    page = app("binh", "home")
    page.button(key="clock_no").click().run()
    assert "the server's clock, then continue" in said(page) and QUESTION in said(page)


def test_the_big_screen_and_healthz_say_it(app, after_days_off):
    wall = app("mai", "leaderboard", screen="1")
    assert any(WAITS in element.proto.json for element in wall.main if element.type == "bidi_component")
    told = health.public(clock.now())[0]["clock"]
    assert (told["believed"], told["doubt"]) == (False, "apart") and "freezing" in told["waits"]
