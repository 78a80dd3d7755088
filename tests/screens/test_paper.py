"""Printing on the day's sheet as AppTest sees it, and copying from paper."""

import json

import pytest

from lib.core.database import value
from lib.exchange.paper import book
from lib.register.households import statuses
from lib.register.teams import printed_sheets
from lib.screen.sheet.print_sheet import gathered
from tests import edits, world
from tests.unit.test_sheet_numbers import come


def given(test) -> dict:
    """What the sheet was given."""
    assert not test.exception
    proto = test.get("bidi_component")[0].proto
    return json.loads(proto.mixed.json or proto.json)


def keys(test) -> set:
    kinds = ("radio", "toggle", "button")
    return {widget.key for kind in kinds for widget in getattr(test, kind)}


@pytest.mark.parametrize(
    "who, prints, whole, enters",
    [
        ("an", True, False, True),
        ("lan", True, False, True),
        ("binh", True, True, True),
        ("son", True, True, False),
        ("dung", True, True, False),
        ("mai", True, True, False),
        ("thu", False, False, False),
    ],
)
def test_who_prints_what_and_who_copies(app, who, prints, whole, enters):
    found = keys(app(who, "sheet", team="1"))
    assert ("paper_kind" in found, "paper_reach" in found, "sheet_paper" in found) == (prints, whole, enters)


def test_a_commune_is_drawn_once_and_kept_until_something_else_is_wanted(app, db):
    test = app("binh", "sheet", team="1")
    test.radio(key="paper_reach").set_value("commune").run()
    assert len(test.get("download_button")) == 0
    test.button(key="paper_make").click().run()
    assert not test.exception and len(test.get("download_button")) == 1
    assert value(db, "select subject from audit_log where action = ?", [book.KIND]) == "Phiếu thăm hộ hằng ngày"
    test.radio(key="paper_kind").set_value("calls").run()
    assert len(test.get("download_button")) == 0


def test_a_stranger_prints_nothing_of_a_strange_team(app, db):
    test = app("chi", "sheet", team="1")
    assert "paper_kind" not in keys(test)
    assert value(db, "select count(*) from audit_log where action = ?", [book.KIND]) == 0


def printed(as_, team=2, day=world.DAY, who="binh") -> str:
    """The code of a team's sheets, as if printed."""
    db, user = as_(who)
    team_ = gathered(db, user, "sheets", team, day)
    return printed_sheets.issue(db, user, team, day, book._on_paper(team_), now=world.NOW)


def said(test) -> str:
    told = [*test.markdown, *test.caption, *test.warning, *test.info]
    return " ".join(each.value for each in told).replace("\\", "")


def code_field(test):
    return next(field for field in test.text_input if field.label == "Code of the printed sheet")


def test_the_code_of_a_printed_sheet_opens_its_team_and_day_for_copying(app, as_):
    code = printed(as_)
    test = app("binh", "sheet", team="2", day=world.DAY, paper=code)
    data = given(test)
    assert (data["team"], data["day"], data["channel"], data["editable"]) == (2, world.DAY, "paper", True)
    assert data["print"] == code and [row["number"] for row in data["rows"]] == list(range(1, 25))
    assert f"Sheet {printed_sheets.spaced(code)}, printed at 12:00: nothing has changed since." in said(test)


def test_copying_is_a_choice_in_sight_and_asks_for_the_code(app, as_):
    code = printed(as_, 1)
    test = app("binh", "sheet", team="1")
    assert given(test)["channel"] is None and given(test)["editable"]
    test.toggle(key="sheet_paper").set_value(True).run()
    assert not given(test)["editable"] and "Type the code" in said(test)
    code_field(test).set_value(printed_sheets.spaced(code)).run()
    assert (given(test)["channel"], given(test)["print"], given(test)["editable"]) == ("paper", code, True)
    assert test.query_params["paper"] == code


@pytest.mark.parametrize(
    "typed, told",
    [("12", "six digits"), ("482913", "mistake"), ("482918", "No sheet in your area"), ("abcdef", "six digits")],
)
def test_a_wrong_code_opens_nothing_and_says_how_to_mend_it(app, typed, told):
    test = app("binh", "sheet", team="1", paper="1")
    code_field(test).set_value(typed).run()
    assert told in said(test) and not given(test)["editable"]


def test_the_code_of_another_team_leads_to_its_sheet_and_marks_nothing_here(app, as_):
    code = printed(as_, 2, world.YESTERDAY)
    test = app("binh", "sheet", team="1", paper="1")
    code_field(test).set_value(code).run()
    assert "This code belongs to the sheet of Tổ Covid cộng đồng số 02, 15/08/2021." in said(test)
    assert not given(test)["editable"] and given(test)["team"] == 1
    test.button(key="sheet_code_go").click().run()
    assert (given(test)["team"], given(test)["day"]) == (2, world.YESTERDAY)
    test.checkbox[0].check().run()
    assert (given(test)["print"], given(test)["editable"]) == (code, True)


def test_a_code_holds_for_its_own_sheet_and_the_next_one_asks_for_its_own(app, as_):
    test = app("binh", "sheet", team="1", paper=printed(as_, 1))
    assert given(test)["channel"] == "paper"
    test.selectbox(key="sheet_team").set_value(2).run()
    assert (given(test)["team"], given(test)["channel"], given(test)["editable"]) == (2, None, False)
    assert given(test)["copying"] and "Type the code" in said(test)
    test.selectbox(key="sheet_team").set_value(1).run()
    assert (given(test)["channel"], given(test)["editable"]) == ("paper", True)  # where it was given it stands


def test_a_sheet_without_a_code_is_copied_once_that_is_said(app):
    test = app("binh", "sheet", team="1", paper="1")
    assert not given(test)["editable"]
    test.button(key="sheet_code_none").click().run()
    assert (given(test)["channel"], given(test)["print"], given(test)["editable"]) == ("paper", None, True)


def test_what_changed_since_printing_is_told_before_anything_is_copied(app, as_, db):
    code = printed(as_, 1)
    come(db, 300, 7)
    statuses.begin_status(db, 2, "moved", world.DAY)
    edits.assign(db, 6, world.DAY, 2)
    test = app("binh", "sheet", team="1", paper=code)
    assert "printed at 12:00: 3 changes since." in said(test)
    assert f"Not on the paper: **25** {world.head_name(300)}." in said(test)
    assert f"On the paper only, not to be entered: **2** {world.head_name(2)} (moved away)." in said(test)
    assert f"Now with another member: **6** {world.head_name(6)} (Trần Văn An)." in said(test)
    assert {row["code"]: row["number"] for row in given(test)["rows"]}["25456-0011"] == 11


def test_yesterdays_paper_needs_the_same_confirmation_as_ever(app, as_):
    test = app("lan", "sheet", day=world.YESTERDAY, paper=printed(as_, 1, world.YESTERDAY))
    assert not given(test)["editable"] and given(test)["channel"] is None
    assert given(test.checkbox[0].check().run())["channel"] == "paper"


def test_a_member_reads_the_numbers_of_the_teams_sheet(app):
    assert [row["number"] for row in given(app("an", "sheet"))["rows"]] == list(range(9, 17))
