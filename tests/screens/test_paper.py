"""Printing on the day's sheet as AppTest sees it, and copying from paper."""

import json

import pytest

from lib.core.database import value
from lib.exchange import paper
from tests import world


def given(test) -> dict:
    """What the sheet was given."""
    assert not test.exception
    proto = test.get("bidi_component")[0].proto
    return json.loads(proto.mixed.json or proto.json)


def keys(test) -> set:
    kinds = ("radio", "toggle", "button")
    return {widget.key for kind in kinds for widget in getattr(test, kind)}


@pytest.mark.parametrize("who, prints, whole, enters", [
    ("an", True, False, True), ("lan", True, False, True), ("binh", True, True, True), ("son", True, True, False),
    ("dung", True, True, False), ("mai", True, True, False), ("thu", False, False, False),
])  # fmt: skip
def test_who_prints_what_and_who_copies(app, who, prints, whole, enters):
    found = keys(app(who, "sheet", team="1"))
    assert ("paper_kind" in found, "paper_reach" in found, "sheet_paper" in found) == (prints, whole, enters)


def test_a_commune_is_drawn_once_and_kept_until_something_else_is_wanted(app, db):
    test = app("binh", "sheet", team="1")
    test.radio(key="paper_reach").set_value("commune").run()
    assert len(test.get("download_button")) == 0
    test.button(key="paper_make").click().run()
    assert not test.exception and len(test.get("download_button")) == 1
    assert value(db, "select subject from audit_log where action = ?", [paper.KIND]) == "Phiếu thăm hộ hằng ngày"
    test.radio(key="paper_kind").set_value("calls").run()
    assert len(test.get("download_button")) == 0


def test_a_stranger_prints_nothing_of_a_strange_team(app, db):
    test = app("chi", "sheet", team="1")
    assert "paper_kind" not in keys(test)
    assert value(db, "select count(*) from audit_log where action = ?", [paper.KIND]) == 0


def test_the_code_of_a_printed_sheet_opens_its_team_and_day_for_copying(app):
    data = given(app("binh", "sheet", team="2", day=world.DAY, paper="1"))
    assert (data["team"], data["day"], data["channel"], data["editable"]) == (2, world.DAY, "paper", True)
    assert [row["number"] for row in data["rows"]] == list(range(1, 25))


def test_copying_is_a_choice_in_sight(app):
    test = app("binh", "sheet", team="1")
    assert given(test)["channel"] is None
    assert given(test.toggle(key="sheet_paper").set_value(True).run())["channel"] == "paper"


def test_yesterdays_paper_needs_the_same_confirmation_as_ever(app):
    test = app("lan", "sheet", day=world.YESTERDAY, paper="1")
    assert not given(test)["editable"] and given(test)["channel"] is None
    assert given(test.checkbox[0].check().run())["channel"] == "paper"


def test_a_member_reads_the_numbers_of_the_teams_sheet(app):
    assert [row["number"] for row in given(app("an", "sheet"))["rows"]] == list(range(9, 17))
