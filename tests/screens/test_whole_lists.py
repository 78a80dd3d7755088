"""No list of people ends before its end: wherever only the first are shown, a button leads to the rest."""

import json
from datetime import timedelta

import pytest

from lib.core import clock, rollup
from lib.field.visits import visits
from lib.register.households import persons
from lib.screen.teams import listing
from tests import world
from tests.screens import test_exchange

DAY = world.DAY


def parts(page) -> list[dict]:
    assert not page.exception
    return [json.loads(e.proto.json) for e in page.main if e.type == "bidi_component" and e.proto.json]


def items(page, word: str) -> list[str]:
    """The households a list of the page names; `word` is in its title."""
    return next([item["href"] for item in part["items"]] for part in parts(page) if word in part.get("label", ""))


def offered(page) -> list[str]:
    return [button.label for button in page.button if button.label.startswith("Show ")]


def to_the_end(page) -> list[str]:
    """What was read on the buttons on the way."""
    told = []
    while labels := offered(page):
        told.append(labels[0])
        next(button for button in page.button if button.label == labels[0]).click().run()
        assert not page.exception and len(told) < 20
    return told


def visit(db, household: int, outcome: str = "met", flags: str = "") -> None:
    at = clock.at(DAY, f"{8 + household // 60:02d}:{household % 60:02d}")
    db.conn.execute(
        "insert into visits (day, household_id, outcome, persons, flags, recorded_at) values (?, ?, ?, 4, ?, ?)",
        [DAY, household, outcome, flags, at],
    )


def test_every_household_with_symptoms_is_reached_the_newest_first(app, db):
    for household in range(1, 49):
        visit(db, household, flags="s")
    page = app("son", "home")
    first = items(page, "symptoms")
    assert len(first) == 30 and first[0].endswith("25456-0048")
    assert to_the_end(page) == ["Show 18 more"]
    everybody = items(page, "symptoms")
    assert everybody == [f"households?household=25456-{n:04d}" for n in range(48, 0, -1)]


def test_the_households_with_symptoms_are_listed_by_their_hour(app, db):
    for household in (3, 7, 5):
        visit(db, household, flags="s")
    db.conn.execute("update visits set flags = '', version = 2 where household_id = 3")
    hour = clock.at(DAY, "13:40")
    db.conn.execute("update visits set flags = 's', version = 3, changed_at = ? where household_id = 3", [hour])
    page = app("binh", "households", flag="s")
    links = [link.proto.query_string.removeprefix("household=") for link in page.get("page_link")]
    assert [code for code in links if code.startswith("25456")] == ["25456-0003", "25456-0007", "25456-0005"]
    assert [mark.value.replace("\\", "")[:5] for mark in page.markdown if "Hẻm" in mark.value] == [
        "13:40",
        "08:07",
        "08:05",
    ]


def test_every_shut_door_and_every_account_is_reached(app, db):
    for household in range(1, 49):
        visit(db, household, "absent")
    page = app("binh", "home")
    assert len(items(page, "absent")) == 10
    to_the_end(page)
    assert len(set(items(page, "absent"))) == 48
    for number in range(30, 42):
        world.add_account(db, number, f"moi{number}", f"Lê Mới {number}", "member", "25456", 1, 2, grant_id=number)
    db.conn.execute("update accounts set must_change = 1 where id between 30 and 41")
    page = app("binh", "home")
    to_the_end(page)
    names = next(part["items"] for part in parts(page) if "first sign-in" in part.get("label", ""))
    assert len({item["name"] for item in names}) == 12


def test_every_gap_is_reached(app, db):
    db.conn.execute("update assignments set until_day = ? where household_id <= 48", [DAY])
    db.conn.execute("update households set lane = 'Hẻm ' || id")
    for number in range(200, 260):
        world.add_household(db, number, "25456", "2545601", number, name=f"Hộ Riêng {number}")
    rollup.recount(db, teams={1, 2}, hamlets={"2545601", "2545602"}, since=DAY)
    page = app("binh", "gaps")
    assert len(items(page, "responsible member")) == 5
    assert to_the_end(page)[0] == "Show 50 more of 103"
    assert len(set(items(page, "responsible member"))) == 108


def test_the_whole_history_of_a_span_is_reached(app, db):
    sql = "insert into audit_log (at, account_id, role, action, area_code) values (?, 3, 'commune', 'signin', '25456')"
    for number in range(450):
        db.conn.execute(sql, [clock.stamp(world.NOW - timedelta(seconds=450 - number))])
    page = app("binh", "history")
    told = lambda: sum(mark.value.count("signed in") for mark in page.markdown)  # noqa: E731
    assert told() == 200 and to_the_end(page) == ["Show 200 more", "Show 200 more"] and told() == 450


def test_every_act_that_can_be_taken_back_is_reached(app, as_):
    db, user = as_("binh")
    for number in range(1, 25):
        values = {"full_name": f"Lê Thị {chr(64 + number)}", "birth_year": "1984"}
        persons.add(db, user, f"25456-{number:04d}", values, now=world.NOW)
    page = app("binh", "history")
    to_the_end(page)
    assert sum(button.label == "Undo" for button in page.button) == 24


def test_every_team_is_reached(app, monkeypatch):
    monkeypatch.setattr(listing, "SHOWN", 1)
    page = app("binh", "teams")
    assert len(page.dataframe[0].value) == 1
    to_the_end(page)
    assert len(page.dataframe[0].value) == 2


def test_every_row_of_a_file_is_reached(app):
    lines = [[None, "khu phố 1", f"Nguyễn Thị Mới {chr(65 + n)}", f"Hẻm {n}", 3, None, None] for n in range(26)]
    page = test_exchange.given(app, "binh", *lines)
    to_the_end(page)
    assert all(f"Mới {chr(65 + n)}" in test_exchange.tables(page) for n in range(26))


def test_every_entry_that_moved_a_figure_is_reached(app, as_):
    db, user = as_("binh")
    for number in range(1, 21):
        draft = {"outcome": "met", "version": 0}
        at = world.NOW + timedelta(minutes=number)
        visits.record(db, user, visits.Submission(1, DAY, {f"25456-{number:04d}": draft}), now=at)
    page = app("binh", "leaderboard", area="25456", why="coverage")
    to_the_end(page)
    moved = next(part for part in parts(page) if "changed it" in part.get("caption", part.get("label", "")))
    assert len(moved["rows"]) == 20


def test_what_a_report_waits_for_is_reached_to_the_end(app, db):
    for team in range(10, 28):
        world.add_team(db, team, "25456", "2545601", f"Tổ số {team}")
    rollup.recount(db, teams=set(range(10, 28)), since=DAY)
    page = app("binh", "report")
    to_the_end(page)
    assert (
        len(
            {item["name"] for part in parts(page) if "still missing" in part.get("label", "") for item in part["items"]}
        )
        == 20
    )


@pytest.mark.parametrize("language, label", [("en", "Show 100 more of 118"), ("vi", "Xem thêm 100 (còn 118)")])
def test_the_button_says_how_many_follow_and_how_many_are_left(app, db, language, label):
    for household in range(200, 300):
        world.add_household(db, household, "25456", "2545601", household)
    for household in [*range(1, 49), *range(200, 300)]:
        visit(db, household, flags="s")
    assert label in [button.label for button in app("son", "home", language=language).button]
