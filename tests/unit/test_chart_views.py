"""The charts of a board as they stand on the page: one at a time, chosen by the address, closed to strangers."""

import json

import pyarrow as pa
import pytest

from lib.screen.board import chart_clicks, chart_sums
from tests import edits, world

pytestmark = pytest.mark.long

CHOOSING = ("days", "trend", "compare", "spread", "map")
VIEWS = ("ranking", "funnel", *CHOOSING)


@pytest.fixture(autouse=True)
def visits(db):
    for day, at in ((world.YESTERDAY, "2021-08-15T02:00:00Z"), (world.DAY, "2021-08-16T02:00:00Z")):
        for household, outcome in ((1, "met"), (25, "absent"), (50, "met"), (80, "phone")):
            edits.visit(db, household, outcome, day=day, at=at)


def charts(test):
    return [element.proto for element in test.main if element.type == "vega_lite_chart"]


def titles(test):
    return [json.loads(chart.spec)["title"] for chart in charts(test)]


def rows(chart):
    (sent,) = chart.datasets
    return pa.ipc.open_stream(sent.data.data).read_pandas()


def said(test):
    return " ".join(str(e.value) for e in [*test.markdown, *test.info, *test.caption])


@pytest.mark.parametrize(
    ("who", "area", "view"),
    [
        ("chi", "703", "compare"),
        *((who, area, view) for view in VIEWS for who, area in (("mai", "72"), ("binh", "25456"), ("an", "2545601"))),
    ],
)
def test_one_chart_stands_on_the_board_at_every_level_and_no_english_in_the_words_of_its_rows(app, who, area, view):
    test = app(who, "leaderboard", language="vi", area=area, view=view)
    assert not test.exception
    (chart,) = charts(test)
    drawn = rows(chart).to_csv()
    assert "no entries" not in drawn and "nothing due" not in drawn


@pytest.mark.parametrize("view", VIEWS)
def test_a_stranger_is_shown_no_hamlet_and_no_team(app, view):
    test = app("chi", "leaderboard", area="25456", view=view)
    assert not test.exception
    drawn = " ".join(rows(chart).to_csv() for chart in charts(test))
    assert "khu phố" not in drawn and "2545601" not in drawn and "Tổ Covid" not in drawn
    assert not charts(app("chi", "leaderboard", area="2545601", view=view))


def test_only_the_chosen_chart_is_computed(app, monkeypatch):
    monkeypatch.setattr(chart_sums, "by_day", None)
    monkeypatch.setattr(chart_sums, "apart", None)
    assert charts(app("mai", "leaderboard", view="map"))


def test_figure_and_days_of_the_address_are_drawn(app):
    test = app("mai", "leaderboard", view="map", figure="absent", days="7")
    assert titles(test) == ["Absent on the map"]
    assert set(rows(charts(test)[0])["counts"]) == {"1 / 72", "0 / 24"}  # today is not over
    assert [box.value for box in test.selectbox] == ["absent", "7"]


def test_a_choice_is_written_into_the_address(app):
    test = app("mai", "leaderboard", view="compare")
    test.selectbox[0].set_value("reach").run()
    test.selectbox[1].set_value("7").run()
    assert titles(test)[0] == "Reach, side by side"
    kept = {name: test.query_params[name] for name in ("figure", "days")}
    assert [value if isinstance(value, str) else value[0] for value in kept.values()] == ["reach", "7"]
    assert len(charts(test)) == 2  # more than one day: also day by day


def test_from_and_to_are_typed_and_a_wrong_day_is_told_at_the_field(app):
    test = app("mai", "leaderboard", view="spread")
    test.selectbox[1].set_value("own").run()
    first, last = (box for box in test.text_input if box.key in ("chart-from", "chart-to"))
    first.set_value("15/08/2021").run()
    last.set_value("15/08/2021").run()
    assert set(rows(charts(test)[0]).query("code == '25456'")["counts"]) == {"1 / 48"}
    next(box for box in test.text_input if box.key == "chart-to").set_value("14/08/2021").run()
    assert "The first day must be before the last" in said(test)
    next(box for box in test.text_input if box.key == "chart-to").set_value("31/02/2021").run()
    assert "There are only 28 days in 2/2021." in said(test)
    assert next(box for box in test.text_input if box.key == "chart-to").value == "31/02/2021"


CRAFTED = [
    {"figure": "' or 1=1"},
    {"days": "-3"},
    {"from": "1000-01-01", "to": "9999-12-31"},
    {"from": "2021-01-01"},
    {"to": "<b>"},
    {"units": "703,703,x,,team:1,*"},
    {"units": ""},
]
TOGETHER = {"figure": "' or 1=1", "days": "-3", "from": "1000-01-01", "to": "<b>", "units": "703,703,x,,team:1,*"}


@pytest.mark.parametrize(
    ("view", "query"), [*(("compare", query) for query in CRAFTED), *((view, TOGETHER) for view in CHOOSING)]
)
def test_a_crafted_address_draws_calmly(app, view, query):
    """The views read their choices in one place: each odd choice alone on one view, all at once on every view."""
    test = app("mai", "leaderboard", view=view, **query)
    assert not test.exception and charts(test)


def test_chosen_units_stand_in_the_address_up_to_four(app):
    test = app("mai", "leaderboard", view="compare", units="710")
    pills = next(group for group in test.button_group if str(group.key).startswith("chart-units"))
    assert pills.value == ["710"]
    assert list(rows(charts(test)[0])["code"]) == ["72", "710"]
    pills.set_value(["703", "710"]).run()
    units = test.query_params["units"]
    assert (units if isinstance(units, str) else units[0]) == "703,710"


@pytest.mark.parametrize("view", ["compare", "spread", "map"])
def test_a_half_day_is_never_added_to_whole_ones(app, db, view):
    """Today stood in the sums of a week, so that at noon every unit seemed to fall."""
    week, yesterday = (
        rows(charts(app("mai", "leaderboard", view=view, **query))[0]).query("code in ('703', '25456', '25654')")
        for query in ({"days": "7"}, {"from": world.YESTERDAY, "to": world.YESTERDAY})
    )
    assert dict(zip(week["code"], week["counts"], strict=True)) == dict(
        zip(yesterday["code"], yesterday["counts"], strict=True)
    )
    test = app("mai", "leaderboard", view=view, days="7", language="vi")
    assert "Ngày 16/08/2021 đang nhập, chưa tính vào." in said(test)
    test = app("mai", "leaderboard", view=view, days="1", language="vi")
    assert "Ngày 16/08/2021 đang nhập." in said(test)


def test_seven_days_are_seven_whole_ones(app):
    test = app("mai", "leaderboard", view="compare", days="7", language="vi")
    assert "các ngày có số liệu: 09/08/2021 – 15/08/2021" in said(test)
    test = app("mai", "leaderboard", view="compare", language="vi", **{"from": "2021-08-10", "to": world.DAY})
    assert "các ngày có số liệu: 10/08/2021 – 15/08/2021" in said(test)
    test = app("mai", "leaderboard", view="compare", days="7", day=world.YESTERDAY, language="vi")
    assert "các ngày có số liệu: 09/08/2021 – 15/08/2021" in said(test)


def test_a_running_day_is_marked_day_by_day(app):
    for view in ("days", "trend"):
        test = app("mai", "leaderboard", view=view, days="7", language="vi")
        (drawn,) = charts(test)
        assert set(rows(drawn).query("running")["day"]) == {world.DAY}
        assert "16/08/2021, đang nhập." in said(test)
        assert "running" in drawn.spec  # a shape of its own, not a colour
    test = app("mai", "leaderboard", view="trend", day=world.YESTERDAY)
    assert not rows(charts(test)[0])["running"].any() and "being entered" not in said(test)


def test_days_without_anything_say_so(app):
    test = app("mai", "leaderboard", view="days", **{"from": "2021-08-02", "to": "2021-08-03"})
    assert not charts(test) and "There are no entries in these days." in said(test)


def test_a_click_on_the_area_itself_goes_nowhere(monkeypatch):
    state = {"heat-72": {"selection": {"open": [{"code": "72", "day": world.YESTERDAY}]}}}
    monkeypatch.setattr(chart_clicks.st, "session_state", state)
    monkeypatch.setattr(chart_clicks, "went_back", lambda: True)
    assert chart_clicks.opened("72") is None
    state["tiles-72"] = {"selection": {"open": [{"code": "703"}]}}
    assert chart_clicks.opened("72") == "703"
    state.clear()
    state["save-strip-72"] = {"open": "25456"}
    assert chart_clicks.opened("72") == "25456" and chart_clicks.opened("703") is None
    chart_clicks.forget()  # Back, before the browser has forgotten the click
    assert chart_clicks.opened("72") is None
