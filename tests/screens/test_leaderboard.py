"""The board: live figures, the way down to a telephone and back, why a figure is what it is, and calm words."""

import itertools
import json
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from lib.core import clock, database, rollup
from lib.core.database import write
from lib.oversight.figures.measures import MEASURES
from lib.oversight.reports import snapshots
from lib.screen.board import rank_changes
from tests import edits, world
from tests.table import tabled

ME = f"?area=72&day={world.DAY}"


def said(test):
    spoken = " ".join(str(e.value) for e in [*test.markdown, *test.info, *test.warning, *test.caption])
    return spoken.replace("\\", "").replace("\u200b", "")


def elements(test, kind):
    return [element.proto for element in test.main if element.type == kind]


def part(test, key):
    """What a part of the board was given to draw; None when it is not there."""
    drawn = [proto for proto in elements(test, "bidi_component") if proto.id.endswith(f"-{key}")]
    return json.loads(drawn[0].json) if drawn else None


def metrics(test):
    drawn = part(test, "board-headline")
    return {figure["name"]: figure["value"] for figure in drawn["figures"]} if drawn else {}


def small(test):
    return {figure["name"]: figure["small"] for figure in part(test, "board-headline")["figures"]}


def words(cell):
    return cell["text"] if isinstance(cell, dict) else cell


def table(test, key="board-table", name=1):
    """The rows of a table: unit -> its cells by column."""
    data = part(test, key)
    titles = [column["text"] for column in data["head"]]
    return {
        words(row["cells"][name]): dict(zip(titles, map(words, row["cells"]), strict=True)) | {"row": row}
        for row in data["rows"]
    }


def doors(test):
    return table(test, "doors-list", name=0)


def address(href):
    return dict(parse_qsl(href.removeprefix("?")))


@pytest.mark.parametrize("who", world.CAST)
def test_every_role_compares_all_districts(app, db, who):
    edits.visit(db, 1, "met")
    edits.visit(db, 1, "met", day=world.YESTERDAY)
    test = app(who, "leaderboard")
    assert not test.exception
    assert list(table(test)) == ["Thành phố Tây Ninh", "Huyện Gò Dầu", "Tỉnh Tây Ninh"]
    assert len(elements(test, "vega_lite_chart")) == 1


def test_figures_stand_in_words_and_silence_has_its_own(app, db):
    for household in (1, 2, 25):
        edits.visit(db, household, "met" if household < 25 else "absent")
    test = app("mai", "leaderboard", language="vi")
    assert list(metrics(test).values()) == ["2,1%", "2,1%", "3,1%", "2,1%", "1 / 2"]
    first, second, _total = table(test).values()
    assert first["row"]["cells"][:7] == ["1", "Thành phố Tây Ninh", "2,8%", "–", "2,8%", "4,2%", "2,8%"]
    assert second["row"]["cells"][0] == "–" and second["row"]["cells"][2] not in ("0,0%", "–")
    assert (first["row"]["silent"], second["row"]["silent"]) == (False, True)


def test_every_change_says_the_minute_it_is_measured_against(app, db, monkeypatch):
    """At 13:47 the board compared with 13:40 and said nothing of it."""
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(minutes=107, seconds=30))
    for household, hour in ((1, "13:40"), (2, "13:47"), (3, "13:48")):
        edits.visit(db, household, "met", day=world.YESTERDAY, at=clock.at(world.YESTERDAY, hour))
    edits.visit(db, 1, "met", at=clock.at(world.DAY, "13:45"))
    test = app("mai", "leaderboard", why="change", of="703", language="vi")
    assert small(test)["Độ phủ"] == "−1,1 điểm % so với 13:47 hôm trước"  # 1 and 2 of 96
    assert table(test)["Tỉnh Tây Ninh"]["Tăng, giảm so với 13:47 hôm trước"] == "−1,1"
    told = said(test)
    assert "Tăng, giảm so với 13:47 hôm trước" in told and "13:47: 2 ÷ 72 = 2,8%" in told
    assert [column["text"] for column in part(test, "why-rows")["head"]][-2] == "13:47 hôm trước"
    chart = part(test, "save-bars-72")
    row = dict(zip(chart["head"], chart["rows"][0][1:], strict=True))
    assert (row["Tăng, giảm"], row["So với"]) == ("−1,4", "13:47 15/08/2021")
    assert "13:47" in chart["notes"]
    test = app("mai", "leaderboard", day=world.YESTERDAY, language="vi")
    assert "Tăng, giảm so với cả ngày hôm trước" in next(iter(table(test).values()))


def test_an_entry_made_today_for_yesterday_says_its_day(app, db):
    edits.visit(db, 1, "met", day=world.YESTERDAY, at=clock.at(world.DAY, "09:12"))
    edits.visit(db, 73, "met", day=world.YESTERDAY, at=clock.at(world.YESTERDAY, "17:05"))
    test = app("mai", "leaderboard", day=world.YESTERDAY, why="last_entry")
    assert "Last entry 09:12 16/08" in said(test)
    assert [row["Last entry"] for row in table(test).values()] == ["17:05", "09:12 16/08", "09:12 16/08"]
    assert [row["cells"][0] for row in part(test, "why-moves")["rows"]] == ["09:12 16/08", "17:05"]
    test = app("binh", "leaderboard", day=world.YESTERDAY, area="2545601", why="coverage", of="team:1")
    assert part(test, "why-rows")["rows"][0]["cells"][3] == "Met in person 09:12 16/08"
    edits.visit(db, 2, "absent", day=world.YESTERDAY, at=clock.at(world.DAY, "09:13"))
    test = app("binh", "leaderboard", day=world.YESTERDAY, area="2545601", doors="absent")
    assert [row["What happened"] for row in doors(test).values()] == ["Absent 09:13 16/08"]


def test_a_fresh_entry_shows_at_the_next_refresh(app, db):
    test = app("mai", "leaderboard")
    assert (metrics(test)["Coverage"], small(test)["Coverage"]) == ("–", "no entries yet")
    edits.visit(db, 1, "met")
    assert metrics(test.run())["Coverage"] == "1.0%"
    assert "Last entry 09:00" in said(test)


def test_nothing_is_counted_anew_while_nothing_was_written(app, db, monkeypatch):
    from lib.oversight.figures import figures

    edits.visit(db, 1, "met")
    test = app("mai", "leaderboard").run()  # the second run has counted the ranks of an hour ago
    monkeypatch.setattr(figures, "of_units", None)
    assert metrics(test.run())["Coverage"] == "1.0%" and not test.exception


def test_the_page_comes_again_soon_while_the_ranks_of_an_hour_ago_are_to_come(app, db, monkeypatch):
    monkeypatch.setattr(rank_changes, "past_ranks", rank_changes.PastRanks(128))
    edits.visit(db, 1, "met")
    test = app("mai", "leaderboard")
    assert part(test, "pulse")["seen"] == -1
    test.run()  # counts them
    assert part(test.run(), "pulse")["seen"] == database.changes(db)


def test_a_list_of_fresh_entries_older_than_the_last_write_is_made_anew_soon(app, db, monkeypatch):
    test = app("mai", "leaderboard").run().run()
    assert part(test, "pulse")["seen"] == database.changes(db)
    edits.visit(db, 1, "met", at=clock.stamp(world.NOW))
    assert part(test.run(), "pulse")["seen"] == -1
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(seconds=10))
    assert part(test.run(), "pulse")["seen"] == database.changes(db)


def test_an_area_that_is_not_there_is_watched_all_the_same(app, db):
    assert part(app("chi", "leaderboard", area="2545601"), "pulse")["seen"] == database.changes(db)


def test_the_big_screen_is_one_click_from_the_day(app):
    (link,) = part(app("an", "leaderboard"), "board-wall")["items"]
    assert link == {"text": "Big screen", "href": "leaderboard?screen=1"}


# The way down and up


def test_the_address_leads_to_an_area_and_the_path_back_up(app, db):
    edits.visit(db, 1, "met")
    test = app("binh", "leaderboard", area="2545601", day=world.DAY)
    assert list(table(test)) == ["Tổ Covid cộng đồng số 01", "khu phố 1"]
    steps = part(test, "board-way")["items"]
    assert [step["text"] for step in steps] == ["Tỉnh Tây Ninh", "Thành phố Tây Ninh", "Phường 1", "khu phố 1"]
    assert address(steps[2]["href"]) == {"area": "25456", "day": world.DAY} and not steps[3]["href"]


def test_a_unit_has_an_address_and_a_team_its_sheet(app, db):
    districts = table(app("mai", "leaderboard"))
    assert districts["Huyện Gò Dầu"]["row"]["href"] == f"?area=710&day={world.DAY}"
    assert districts["Tỉnh Tây Ninh"]["row"]["href"] == ""
    teams = table(app("mai", "leaderboard", area="2565401"))
    assert teams["Tổ Covid cộng đồng số 01"]["row"]["href"] == f"sheet?team=4&day={world.DAY}"


def test_a_commune_and_a_hamlet_offer_the_doors_not_seen_yet(app, db):
    edits.visit(db, 1, "met")
    edits.assign(db, 2, world.DAY, None)
    for area, n in (("25456", 46), ("2545601", 22)):
        links = part(app("dung", "leaderboard", area=area), "board-doors")["items"]
        assert [link["text"] for link in links] == [f"Households not reached yet ({n})", "No responsible member (1)"]
        assert address(links[0]["href"]) == {"area": area, "day": world.DAY, "doors": "unseen"}
    assert part(app("dung", "leaderboard", area="703"), "board-doors") is None


def test_a_door_not_seen_has_the_telephone_of_its_member(app, db):
    edits.visit(db, 1, "absent")
    test = app("mai", "leaderboard", area="2545601", doors="absent")
    (line,) = doors(test).values()
    assert list(line)[:-1] == ["Household", "Address", "What happened", "Responsible member", "Telephone", "Team"]
    assert (line["What happened"], line["Responsible member"]) == ("Absent 09:00", "Phạm Thị Lan")
    assert line["row"]["cells"][4] == {"text": "0912 000 001", "href": "tel:0912000001"}
    assert line["row"]["cells"][0]["href"] == "households?household=25456-0001"


def test_the_list_narrows_and_turns_its_pages_by_address(app, db, monkeypatch):
    from lib.oversight.figures import doors as listed

    monkeypatch.setattr(listed, "PAGE", 20)
    edits.visit(db, 1, "absent")
    test = app("binh", "leaderboard", area="25456", doors="unseen", part="3", view="days")
    assert len(part(test, "doors-list")["rows"]) == 8
    kinds = part(test, "doors-kinds")["items"]
    assert [kind["text"] for kind in kinds] == ["Not reached yet (48)", "Not visited (47)", "Absent (1)", "Close"]
    assert address(kinds[2]["href"]) == {"area": "25456", "day": world.DAY, "view": "days", "doors": "absent"}
    assert [page["text"] for page in part(test, "doors-pages")["items"]] == ["1", "2", "3"]


@pytest.mark.parametrize("kind", ["unseen", "unvisited", "absent", "nobody"])
def test_every_list_a_commune_offers_opens(app, db, kind):
    edits.visit(db, 1, "absent")
    edits.assign(db, 5, world.DAY, None)
    test = app("binh", "leaderboard", area="25456", doors=kind)
    (here,) = [each["text"] for each in part(test, "doors-kinds")["items"] if each.get("here")]
    assert here.endswith(f"({len(part(test, 'doors-list')['rows'])})")
    if kind == "nobody":
        (row,) = doors(test).values()
        assert (row["Responsible member"], row["What happened"], row["Telephone"]) == ("No responsible member", "", "")


@pytest.mark.parametrize("part_no", ["0", "99", "-1", "x", "9" * 40])
def test_a_strange_page_or_kind_still_shows_the_list(app, part_no):
    test = app("binh", "leaderboard", area="25456", doors="' or 1=1", part=part_no)
    assert not test.exception and len(part(test, "doors-list")["rows"]) == 48


def test_a_team_has_its_own_list(app):
    test = app("lan", "leaderboard", area="2545601", doors="unseen", of="team:1")
    assert len(part(test, "doors-list")["rows"]) == 24 and "Only the households of your own team." in said(test)
    other = app("lan", "leaderboard", area="2545602", doors="unseen", of="team:2")
    assert part(other, "doors-list") is None and "There is no such record in your area; reload the page." in said(other)


@pytest.mark.parametrize("who", ["chi", "quan"])
def test_names_are_shown_only_inside_the_own_area(app, db, who):
    edits.visit(db, 1, "absent")
    test = app(who, "leaderboard", area="25456", doors="unseen")
    assert "Names are shown only inside your own area." in said(test)
    assert part(test, "doors-list") is None and part(test, "board-doors") is None
    team = app(who, "leaderboard", area="25456", doors="unseen", of="team:1")
    assert part(team, "doors-list") is None


def test_a_list_of_a_whole_district_is_not_made(app):
    test = app("mai", "leaderboard", area="703", doors="unseen")
    assert "Open a commune first." in said(test) and part(test, "doors-list") is None


def test_when_everybody_was_seen_the_list_says_so(app, db):
    for household in edits.HOUSEHOLDS:
        edits.visit(db, household, "met")
    assert "Every due household here has been reached." in said(
        app("binh", "leaderboard", area="25456", doors="unseen")
    )


# Why


OWN = [("72", "72"), ("2545601", "2545601")]
BELOW = [("72", "703"), ("703", "25456"), ("25456", "2545601"), ("2545601", "team:1")]


@pytest.mark.parametrize("places", [OWN, BELOW], ids=["own", "below"])
def test_every_figure_can_be_asked_at_some_level(app, db, places):
    """The sums of every figure at every level are tested below the screen, in tests/unit/test_why.py."""
    edits.visit(db, 1, "met")
    edits.visit(db, 2, "absent")

    @tabled(("code", "place"), zip(MEASURES, itertools.cycle(places), strict=False))
    def asked(code, place):
        area, of = place
        test = app("mai", "leaderboard", area=area, why=code, of=of)
        assert not test.exception
        if code == "reporting" and area != of:
            assert "There is no such figure here." in said(test)
        else:
            assert MEASURES[code].formula in said(test) and "Latest entries that changed it" in said(test)

    asked()


def test_a_figure_tells_its_counts_and_its_parts(app, db):
    for household, outcome in ((1, "met"), (2, "phone"), (73, "absent")):
        edits.visit(db, household, outcome)
    edits.set_status(db, 3, world.DAY, "central_quarantine", False)
    edits.assign(db, 4, world.DAY, None)
    test = app("mai", "leaderboard", why="coverage", of="72")
    for sentence in (
        "Counted: Met in person 1 + By phone 1 = 2",
        "Divided by: Households with a responsible member 95 − Excluded 1 = 94",
        "2 ÷ 94 = 2.1%",
        "Not included: Unassigned 1",
    ):
        assert sentence in said(test)
    rows = table(test, "why-rows", name=0)
    assert [(name, row["Reached"], row["Due"]) for name, row in rows.items()] == [
        ("Thành phố Tây Ninh", "2", "70"),
        ("Huyện Gò Dầu", "0", "24"),
        ("Total: Tỉnh Tây Ninh", "2", "94"),
    ]
    link = rows["Thành phố Tây Ninh"]["row"]["cells"][0]["href"]
    assert address(link) == {"area": "72", "day": world.DAY, "why": "coverage", "of": "703"}


def test_communes_that_share_a_name_are_told_apart_in_the_last_entries(app, db):
    edits.visit(db, 1, "met")
    moved = part(app("mai", "leaderboard", why="coverage"), "why-moves")
    assert moved["rows"][0]["cells"][1] == "Phường 1, Thành phố Tây Ninh"
    moved = part(app("mai", "leaderboard", area="703", why="coverage"), "why-moves")
    assert moved["rows"][0]["cells"][1] == "Phường 1"


def test_why_goes_down_to_the_door(app, db):
    edits.visit(db, 1, "met")
    test = app("binh", "leaderboard", area="2545601", why="coverage", of="team:1")
    rows = part(test, "why-rows")["rows"]
    assert len(rows) == 25 and words(rows[-1]["cells"][0]).startswith("Total:")
    assert rows[0]["cells"] == [
        {"text": world.head_name(1), "href": "households?household=25456-0001"},
        "1",
        "1",
        "Met in person 09:00",
    ]


def test_the_table_leads_from_each_figure_to_its_reason(app, db):
    data = part(app("mai", "leaderboard"), "board-table")
    assert data["ask"] == ME
    assert [column.get("why") for column in data["head"]] == [
        "rank",
        None,
        "coverage",
        "change",
        "on_time",
        "attempted",
        "reach",
        "registered",
        "due",
        "seen",
        "absent",
        "refused",
        "excluded",
        "unassigned",
        "teams",
        "last_entry",
    ]
    assert set(MEASURES) == {column["why"] for column in data["head"] if column.get("why")} | {"reporting"}


@pytest.mark.parametrize(
    "query",
    [
        {"why": "x"},
        {"why": "' or 1=1"},
        {"why": "coverage", "of": "team:1"},
        {"why": "coverage", "of": "99999"},
        {"why": "coverage", "of": "25654", "area": "703"},
    ],
)
def test_a_figure_nobody_has_is_a_calm_sentence(app, query):
    test = app("mai", "leaderboard", **query)
    assert not test.exception and "There is no such figure here." in said(test) and table(test)


@pytest.mark.parametrize("who", ["chi", "quan"])
def test_a_stranger_learns_no_name_from_a_reason(app, db, who):
    edits.visit(db, 1, "met")
    db.conn.execute("update visits set recorded_by = 2, version = version + 1")
    commune = app(who, "leaderboard", area="25456", why="coverage")
    assert part(commune, "why-rows") is None and "shown only inside your own area" in said(commune)
    assert part(commune, "why-moves")["rows"][0]["cells"] == ["09:00", "Phường 1", "1 row"]
    for secret in (world.head_name(1), "Phạm Thị Lan", "khu phố"):
        assert secret not in str(elements(commune, "bidi_component")) + said(commune)
    team = app(who, "leaderboard", area="25456", why="coverage", of="team:1")
    assert "There is no such figure here." in said(team)


# The chart


def test_the_chart_chosen_stands_in_the_address(app, db):
    edits.visit(db, 1, "met")
    test = app("mai", "leaderboard")
    chart = next(group for group in test.button_group if group.key.startswith("view-"))
    chart.set_value("trend").run()
    assert test.query_params["view"] in ("trend", ["trend"]) and not test.exception
    again = app("mai", "leaderboard", view="nonsense")
    assert next(group.value for group in again.button_group if group.key.startswith("view-")) == "ranking"


# Strangers and strange addresses


@pytest.mark.parametrize("who", ["chi", "quan"])
def test_a_stranger_is_told_not_found_below_the_commune(app, db, who):
    edits.visit(db, 1, "met")
    hamlet = app(who, "leaderboard", area="2545601")
    assert not hamlet.exception and not metrics(hamlet)
    assert "There is no such record in your area; reload the page." in said(hamlet)
    commune = app(who, "leaderboard", area="25456")
    assert metrics(commune)["Coverage"] == "2.1%"
    assert "shown only inside your own area" in said(commune)
    assert part(commune, "board-table") is None and "khu phố" not in said(commune)


def test_what_was_cached_for_one_area_is_not_handed_to_another(app, db):
    edits.visit(db, 1, "met")
    assert len(table(app("binh", "leaderboard", area="25456"))) == 3
    assert part(app("chi", "leaderboard", area="25456"), "board-table") is None
    assert len(table(app("binh", "leaderboard", area="2545602"))) == 2
    assert part(app("an", "leaderboard", area="2545602"), "board-table") is None


@pytest.mark.parametrize("area", ["' or 1=1", "team:1", "99999", "7" * 300])
def test_an_area_nobody_has_is_calmly_not_found(app, area):
    test = app("mai", "leaderboard", area=area)
    assert not test.exception and "There is no such record" in said(test)


def test_before_the_cut_off_a_countdown_after_it_a_calm_word(app, db, monkeypatch):
    edits.visit(db, 1, "met")
    test = app("mai", "leaderboard")
    assert "2 h 00 min until the 14:00 cut-off" in said(test)
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(hours=2))
    assert "Past 14:00: visits entered from now on change only the final figure." in said(test.run())


def test_what_was_frozen_stands_beside_what_still_moves(app, db, monkeypatch):
    edits.visit(db, 1, "met")
    after = world.NOW + timedelta(hours=2)
    snapshots.freeze(db, world.DAY, "district", now=after)
    monkeypatch.setattr(clock, "now", lambda: after)
    test = app("mai", "leaderboard", area="25456")
    assert "frozen at 14:00: **2.1%** (1 of 48)" in said(test)
    edits.visit(db, 2, "met", at=clock.stamp(after))
    again = said(test.run())
    assert "frozen at 14:00: **2.1%** (1 of 48)" in again and "2 of 48 due households reached" in again


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
    assert "There are only 28 days in 2/2021." in said(test) and test.text_input[0].value == "31/02/2021"
    test.text_input[0].set_value("17/08/2021").run()
    assert "17/08/2021 has not come yet; today is 16/08/2021." in said(test)
    test.text_input[0].set_value("15/08/2021").run()
    assert test.query_params["day"] in (world.YESTERDAY, [world.YESTERDAY])


@pytest.mark.parametrize("day", ["2021-13-45", "mai", "2999-01-01"])
def test_a_spoilt_day_in_the_address_shows_today_and_says_why(app, day):
    test = app("mai", "leaderboard", day=day)
    assert not test.exception and metrics(test) and ":orange[" in said(test)


def test_empty_states_say_what_comes_next(app, db):
    assert "Nothing has been entered yet today." in said(app("mai", "leaderboard"))
    assert "There are no figures for 02/08/2021." in said(app("mai", "leaderboard", day="2021-08-02"))
    with write(db):
        db.conn.execute("delete from team_day")
        db.conn.execute("delete from hamlet_day")
    assert "No household is registered here yet." in said(app("mai", "leaderboard"))


@pytest.mark.parametrize("asked", [{"why": "coverage"}, {"why": "change"}, {"doors": "unseen"}, {"why": "rank"}])
def test_a_day_never_opened_answers_calmly(app, asked):
    test = app("mai", "leaderboard", day="2021-08-02", area="25456", **asked)
    assert not test.exception and "There are no figures for 02/08/2021." in said(test)
    assert " of 0 " not in said(test) and "cut-off" not in said(test), "no figures are not zeros"


def test_houses_without_anybody_are_named(app, db):
    edits.assign(db, 1, world.DAY, None)
    assert "1 household has no responsible member" in said(app("mai", "leaderboard"))


def test_a_hamlet_of_sixty_teams_is_listed_and_asked(app, db):
    columns = "commune_code, hamlet_code, name, name_folded, name_sort, model, from_day"
    for number in range(5, 65):
        db.conn.execute(
            f"insert into teams ({columns}) values ('25456', '2545602', ?, '', ?, 'hamlet', '2021-08-01')",
            [f"Tổ Covid cộng đồng số {number:02d}", f"{number:02d}"],
        )
        edits.assign(db, number % 24 + 25, world.DAY, None)
    with write(db):
        db.conn.execute(
            "update assignments set until_day = null, team_id = 4 + household_id % 60 + 1 where team_id = 2"
        )
    rollup.recount(db, teams=set(range(2, 65)), hamlets={"2545602"}, since=world.DAY)
    edits.visit(db, 25, "met")
    test = app("mai", "leaderboard", area="2545602", why="coverage")
    assert len(table(test)) == 62 and not test.exception
    assert sum(int(row["Due"]) for row in list(table(test, "why-rows", name=0).values())[:-1]) == 24


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2021-02-31", "x" * 50])
def test_a_crafted_day_is_a_sentence(app, day):
    assert not app("mai", "leaderboard", day=day).exception
