"""The board: live figures, the way down and up, what a stranger finds, and words where there is nothing yet."""

import json
from datetime import timedelta

import pytest

from lib.core import clock, rollup
from lib.core.database import write
from tests import edits, world


def metrics(test):
    return {metric.label: metric.value for metric in test.metric}


def said(test):
    return " ".join(str(e.value) for e in [*test.markdown, *test.info, *test.warning, *test.caption])


def elements(test, kind):
    return [element.proto for element in test.main if element.type == kind]


def table(test):
    """The rows of the ranked table: unit -> its cells by column."""
    (drawn,) = elements(test, "bidi_component")
    data = json.loads(drawn.json)
    titles = [column["text"] for column in data["head"]]
    return {row["cells"][1]: dict(zip(titles, row["cells"], strict=True)) | {"row": row} for row in data["rows"]}


@pytest.mark.parametrize("who", world.CAST)
def test_every_role_compares_all_districts(app, db, who):
    edits.visit(db, 1, "met")
    edits.visit(db, 1, "met", day=world.YESTERDAY)
    test = app(who, "leaderboard")
    assert not test.exception
    assert list(table(test)) == ["Thành phố Tây Ninh", "Huyện Gò Dầu", "Tỉnh Tây Ninh"]
    assert len(elements(test, "vega_lite_chart")) == 4


def test_figures_stand_in_words_and_silence_has_its_own(app, db):
    for household in (1, 2, 25):
        edits.visit(db, household, "met" if household < 25 else "absent")
    test = app("mai", "leaderboard", language="vi")
    assert list(metrics(test).values()) == ["2,1%", "2,1%", "3,1%", "2,1%", "1 / 2"]
    first, second, _total = table(test).values()
    assert first["row"]["cells"][:7] == ["1", "Thành phố Tây Ninh", "2,8%", "–", "2,8%", "4,2%", "2,8%"]
    assert second["row"]["cells"][0] == "–" and second["row"]["cells"][2] not in ("0,0%", "–")
    assert (first["row"]["silent"], second["row"]["silent"]) == (False, True)


def test_a_fresh_entry_shows_at_the_next_refresh(app, db):
    test = app("mai", "leaderboard")
    assert (test.metric[0].value, test.metric[0].delta) == ("–", "not reported")
    edits.visit(db, 1, "met")
    assert metrics(test.run())["Coverage"] == "1.0%"
    assert "Last entry 09:00" in said(test)


def test_nothing_is_counted_anew_while_nothing_was_written(app, db, monkeypatch):
    from lib.oversight import coverage

    edits.visit(db, 1, "met")
    test = app("mai", "leaderboard")
    monkeypatch.setattr(coverage, "figures", None)
    monkeypatch.setattr(coverage, "trend", None)
    assert metrics(test.run())["Coverage"] == "1.0%" and not test.exception


def test_the_address_leads_to_an_area_and_the_path_back_up(app, db):
    edits.visit(db, 1, "met")
    test = app("binh", "leaderboard", area="2545601", day=world.DAY)
    assert list(table(test)) == ["Tổ Covid cộng đồng số 01", "khu phố 1"]
    links = elements(test, "page_link")
    assert [link.label for link in links] == ["Tỉnh Tây Ninh", "Thành phố Tây Ninh", "Phường 1"]
    assert [link.query_string for link in links][-1].startswith("area=25456")


def test_a_unit_has_an_address_and_a_team_its_sheet(app, db):
    districts = table(app("mai", "leaderboard"))
    assert districts["Huyện Gò Dầu"]["row"]["href"] == f"?area=710&day={world.DAY}"
    assert districts["Tỉnh Tây Ninh"]["row"]["href"] == ""
    teams = table(app("mai", "leaderboard", area="2565401"))
    assert teams["Tổ Covid cộng đồng số 01"]["row"]["href"] == f"sheet?team=4&day={world.DAY}"


@pytest.mark.parametrize("who", ["chi", "quan"])
def test_a_stranger_is_told_not_found_below_the_commune(app, db, who):
    edits.visit(db, 1, "met")
    hamlet = app(who, "leaderboard", area="2545601")
    assert not hamlet.exception and not hamlet.metric
    assert "There is no such record in your area." in said(hamlet)
    commune = app(who, "leaderboard", area="25456")
    assert metrics(commune)["Coverage"] == "2.1%"
    assert "shown only inside your own area" in said(commune)
    assert not elements(commune, "bidi_component") and "khu phố" not in said(commune)


def test_what_was_cached_for_one_area_is_not_handed_to_another(app, db):
    edits.visit(db, 1, "met")
    assert len(table(app("binh", "leaderboard", area="25456"))) == 3
    assert not elements(app("chi", "leaderboard", area="25456"), "bidi_component")
    assert len(table(app("binh", "leaderboard", area="2545602"))) == 2
    assert not elements(app("an", "leaderboard", area="2545602"), "bidi_component")


def test_an_area_nobody_has_is_calmly_not_found(app):
    test = app("mai", "leaderboard", area="' or 1=1")
    assert not test.exception and "There is no such record" in said(test)


def test_before_the_cut_off_a_countdown_after_it_a_calm_word(app, db, monkeypatch):
    edits.visit(db, 1, "met")
    test = app("mai", "leaderboard")
    assert "2 h 00 min until the 14:00 cut-off" in said(test)
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(hours=2))
    assert "Past 14:00: visits entered from now on move only the final number." in said(test.run())


def test_yesterday_is_one_click_away_and_stays_in_the_address(app, db):
    edits.visit(db, 1, "met", day=world.YESTERDAY, at="2021-08-15T02:00:00Z")
    test = app("mai", "leaderboard")
    test.button_group[0].set_value("yesterday").run()
    assert metrics(test)["Coverage"] == "1.0%"
    assert test.query_params["day"] in (world.YESTERDAY, [world.YESTERDAY])


def test_another_day_is_typed_and_a_wrong_one_told_at_the_field(app, db):
    test = app("mai", "leaderboard")
    test.button_group[0].set_value("other").run()
    test.text_input[0].set_value("31/02/2021").run()
    assert "Write the day as dd/mm/yyyy" in said(test) and test.text_input[0].value == "31/02/2021"
    test.text_input[0].set_value("17/08/2021").run()
    assert "This day has not begun yet." in said(test)
    test.text_input[0].set_value("15/08/2021").run()
    assert test.query_params["day"] in (world.YESTERDAY, [world.YESTERDAY])


@pytest.mark.parametrize("day", ["2021-13-45", "mai", "2999-01-01"])
def test_a_spoilt_day_in_the_address_shows_today_and_says_why(app, day):
    test = app("mai", "leaderboard", day=day)
    assert not test.exception and test.metric and ":orange[" in said(test)


def test_empty_states_say_what_comes_next(app, db):
    assert "Nothing has been entered yet today." in said(app("mai", "leaderboard"))
    assert "Nothing was opened on 02/08/2021." in said(app("mai", "leaderboard", day="2021-08-02"))
    with write(db):
        db.conn.execute("delete from team_day")
        db.conn.execute("delete from hamlet_day")
    assert "No household is registered here yet." in said(app("mai", "leaderboard"))


def test_houses_without_anybody_are_named(app, db):
    edits.assign(db, 1, world.DAY, None)
    assert "1 household has nobody responsible" in said(app("mai", "leaderboard"))


def test_the_chosen_units_stand_side_by_side(app, db):
    edits.visit(db, 1, "met")
    rollup.recount(db, since=world.DAY)
    test = app("mai", "leaderboard")
    pills = test.button_group[1]
    assert pills.value == ["703"]
    pills.set_value([]).run()
    assert len(elements(test, "vega_lite_chart")) == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2021-02-31", "x" * 50])
def test_a_crafted_day_is_a_sentence(app, day):
    assert not app("mai", "leaderboard", day=day).exception
