"""The big screen and what moved: the right figures, arrows when they are known, and never anybody's name."""

import json
from datetime import timedelta

import pytest

from lib.core import clock
from lib.core.database import set_setting, value, write
from lib.screen.board import live_list, rank_changes
from tests import edits, world


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    """Ranks of an hour ago are shared by a whole process; each test begins without."""
    monkeypatch.setattr(rank_changes, "past_ranks", rank_changes.PastRanks(128))


@pytest.fixture
def later(monkeypatch):
    """`later(minutes)`: the clock stands so much after noon."""
    return lambda minutes: monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(minutes=minutes))


def sent(test, having: str) -> dict:
    """What was sent to the one element whose data has this key."""
    found = [json.loads(e.proto.json) for e in test.main if e.type == "bidi_component"]
    (one,) = [data for data in found if having in data]
    return one


def wall(test) -> dict:
    assert not test.exception
    return sent(test, "pages")


def moved(test) -> dict:
    assert not test.exception
    return sent(test, "ranks")


def at(minutes: int) -> str:
    return clock.stamp(world.NOW - timedelta(minutes=minutes))


@pytest.mark.parametrize("who", world.CAST)
def test_every_role_may_show_it(app, db, who):
    edits.visit(db, 1, "met")
    test = app(who, "leaderboard", screen="1")
    pages = wall(test)["pages"]
    assert [page["title"] for page in pages] == ["Tỉnh Tây Ninh", "Huyện Gò Dầu", "Thành phố Tây Ninh"]
    assert not test.sidebar and not test.title


def test_nobody_s_name_stands_on_it(app, db):
    edits.visit(db, 1, "met", at=at(1))
    with write(db):
        set_setting(db, "practice", "khong-bi-mat")
    said = json.dumps(wall(app("mai", "leaderboard", screen="1")), ensure_ascii=False)
    columns = (("accounts", "full_name"), ("members", "full_name"), ("households", "head_name"))
    names = [name for table, column in columns for (name,) in db.conn.execute(f"select {column} from {table}")]
    assert len(names) > 20 and not [name for name in names if name in said]
    assert "every name is invented" in said and "Tổ Covid" not in said


def test_the_figures_are_the_board_s(app, db):
    for household in (1, 2, 25):
        edits.visit(db, household, "met" if household < 25 else "absent", at=at(2))
    first, _go_dau, city = wall(app("mai", "leaderboard", language="vi", screen="1"))["pages"]
    assert (first["coverage"], first["on_time"], first["seen"].count("96")) == ("2,1%", "2,1%", 1)
    assert [(row["rank"], row["name"], row["said"]) for row in first["rows"]][0] == ("1", "Tây Ninh", "2,8%")
    assert first["rows"][1]["share"] is None and city["fresh"] == [["Phường 1", "11:58"]]


def test_at_midnight_the_new_day_begins(app, db, later):
    edits.visit(db, 1, "met")
    test = app("mai", "leaderboard", screen="1")
    assert wall(test)["day"] == "Monday, 16/08/2021"
    later(12 * 60)
    data = wall(test.run())
    assert data["day"] == "Tuesday, 17/08/2021" and data["pages"][0]["silent"]
    assert data["cutoff"] - data["now"] == 14 * 3600


def test_a_district_s_own_screen_stays_on_it(app):
    assert [page["code"] for page in wall(app("mai", "leaderboard", screen="1", area="710"))["pages"]] == ["710"]


@pytest.mark.parametrize("area", ["72", "25456", "2545601", "nowhere"])
def test_of_any_other_area_it_shows_the_province(app, area):
    assert len(wall(app("chi", "leaderboard", screen="1", area=area))["pages"]) == 3


def test_it_needs_a_sign_in(app):
    test = app(None, "leaderboard", screen="1")
    assert test.text_input and not [e for e in test.main if e.type == "bidi_component"]


def test_a_session_that_ended_says_so(app, monkeypatch):
    from lib.screen.shell import signin

    test = app("mai", "leaderboard", screen="1")
    monkeypatch.setattr(signin, "account", lambda db: None)
    test.run()
    assert test.text_input and not [e for e in test.main if e.type == "bidi_component"]


def test_only_the_board_stands_without_a_menu(app):
    assert app("mai", "home", screen="1").sidebar and app("mai", "leaderboard").sidebar


def test_it_keeps_nothing_between_runs(app, db):
    test = app("mai", "leaderboard", screen="1").run()
    before = repr(test.session_state)
    for household in range(1, 20):
        edits.visit(db, household, "met")
        test.run()
    assert repr(test.session_state) == before


# Places won and lost


def overtake(db) -> None:
    """An hour ago Gò Dầu led with one household; the city has overtaken it since."""
    edits.visit(db, 73, "met", at=at(70))
    edits.visit(db, 1, "met", at=at(70))
    for household in range(2, 30):
        edits.visit(db, household, "met", at=at(5))


def test_arrows_come_with_a_later_run(app, db):
    overtake(db)
    test = app("mai", "leaderboard")
    assert moved(test)["ranks"] is None
    assert moved(test.run())["ranks"] == {
        "title": "Ranks since 11:00:",
        "units": [
            {"name": "Tây Ninh", "mark": "▲1", "words": "1 place up"},
            {"name": "Gò Dầu", "mark": "▼1", "words": "1 place down"},
        ],
    }


def test_ranks_of_an_hour_ago_are_counted_once_for_all(app, db, monkeypatch):
    from lib.oversight.figures import recent_changes

    overtake(db)
    app("mai", "leaderboard").run()
    monkeypatch.setattr(recent_changes, "ranks_at", None)
    assert moved(app("thu", "leaderboard"))["ranks"]


def test_a_minute_later_they_are_those_of_that_minute(app, db, later):
    overtake(db)
    test = app("mai", "leaderboard").run()
    later(1)
    assert moved(test.run())["ranks"]["title"] == "Ranks since 11:01:"
    later(60)
    assert moved(test.run())["ranks"]["title"] == "No rank has changed since 12:00."


def test_below_the_commune_ranks_are_each_visitor_s_own(app, db):
    edits.visit(db, 1, "met", at=at(70))
    edits.visit(db, 25, "met", at=at(70))
    edits.visit(db, 26, "met", at=at(5))
    assert moved(app("binh", "leaderboard", area="25456").run())["ranks"]["units"]
    stranger = app("chi", "leaderboard", area="25456").run()
    data = [json.loads(e.proto.json) for e in stranger.main if e.type == "bidi_component"]
    assert not stranger.exception and not [each for each in data if each.get("ranks") or each.get("units")]


def test_the_big_screen_waits_for_no_count_at_first_and_counts_the_province_once(app, db, monkeypatch):
    from lib.oversight.figures import figures

    overtake(db)
    counted, real = [], figures.everywhere

    def noted(db, day, hour, **kwargs):
        counted.append((day, hour))
        return real(db, day, hour, **kwargs)

    monkeypatch.setattr(figures, "everywhere", noted)
    test = app("mai", "leaderboard", screen="1")
    assert counted == []
    for _again in range(3):
        page = wall(test.run())["pages"][0]
    assert counted == [(world.DAY, "11:00")]
    assert [(row["name"], row["arrow"]) for row in page["rows"]] == [("Tây Ninh", "▲1"), ("Gò Dầu", "▼1")]
    assert page["since"].endswith("11:00")


# Who has just entered something


def test_who_has_just_updated_stands_there_with_a_link(app, db):
    edits.visit(db, 1, "met", at=at(3))
    edits.visit(db, 2, "met", at=at(1))
    data = moved(app("mai", "leaderboard"))
    assert data["title"] == "1 commune has just updated"
    (line,) = data["units"]
    assert (line["name"], line["place"], line["hour"], line["rows"]) == (
        "Phường 1",
        "Thành phố Tây Ninh",
        "11:59",
        "2 households",
    )
    assert "area=25456" in line["href"]


def test_at_most_eight_are_listed(app, db, monkeypatch):
    monkeypatch.setattr(live_list, "SHOWN", 1)
    for household in (1, 49):
        edits.visit(db, household, "met", at=at(3))
    data = moved(app("mai", "leaderboard"))
    assert data["title"].startswith("2 communes") and len(data["units"]) == 1


def test_silence_is_a_calm_sentence(app, db):
    edits.visit(db, 1, "met", at=at(30))
    data = moved(app("mai", "leaderboard"))
    assert data["title"] == "Nothing has been entered in the last 10 minutes." and data["units"] == []


def test_the_store_is_only_read(app, db):
    edits.visit(db, 1, "met")
    before = value(db, "select n from change")
    app("chi", "leaderboard", screen="1").run()
    assert value(db, "select n from change") == before
