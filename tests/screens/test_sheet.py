"""The day's sheet as AppTest sees it: choices, permissions, empty states. Keys and saving are tested in the browser."""

import json
from datetime import timedelta

import pytest
import streamlit

from lib.core import clock, rollup
from lib.core.database import rows
from lib.field.visits import visits
from lib.register.households import relocation
from lib.screen import i18n, sheet
from tests import world


def texts(test) -> str:
    kinds = (test.caption, test.markdown, test.info, test.warning)
    return " ".join(str(element.value) for kind in kinds for element in kind)


def mounted(test) -> dict | None:
    """What the sheet was given; the menu is drawn with components too."""
    assert not test.exception
    found = [part.proto for part in test.get("bidi_component") if part.proto.component_name.endswith("tungnha_sheet")]
    return json.loads(found[0].mixed.json or found[0].json) if found else None


@pytest.mark.parametrize(
    "who, households, editable",
    [
        ("an", 8, True),
        ("lan", 24, True),
        ("binh", 24, True),
        ("son", 24, False),
        ("dung", 24, False),
        ("mai", 24, False),
        ("thu", 24, False),
    ],
)
def test_each_role_gets_its_own_households_to_enter_or_to_read(app, who, households, editable):
    given = mounted(app(who, "sheet", team="1"))
    assert (len(given["rows"]), given["editable"]) == (households, editable)
    assert given["account"] == world.CAST[who][0]


def test_the_first_unfinished_team_opens_by_itself(app):
    given = mounted(app("chi", "sheet"))
    assert given["team"] == 4 and given["next"] is None
    assert mounted(app("binh", "sheet"))["next"]["id"] == 2


@pytest.mark.parametrize("team", ["1", "999", "x", "-1", "9" * 30])
def test_a_strange_team_is_not_found_and_nothing_is_shown(app, team):
    test = app("chi", "sheet", team=team)
    assert "There is no such team in your area; choose another." in texts(test)
    assert mounted(test) is None and "Nguyễn" not in texts(test)


def test_the_administrator_sees_no_names(app):
    assert mounted(app("quan", "sheet", team="1")) is None


def test_yesterday_is_entered_after_a_confirmation(app):
    test = app("lan", "sheet", day=world.YESTERDAY)
    assert not mounted(test)["editable"]
    assert mounted(test.checkbox[0].check().run())["editable"]
    assert "late entries change only the final figure" in texts(test)


def test_an_older_day_asks_commune_staff_for_a_reason(app):
    test = app("binh", "sheet", team="1", day="2021-08-10")
    assert mounted(test) is None and "There are no figures for 10/08/2021." in texts(test)
    given = mounted(test.text_input(key="sheet_reason_1_2021-08-10").input("Phiếu giấy").run())
    assert len(given["rows"]) == 24
    assert given["editable"] and given["reason"] == "Phiếu giấy" and given["day"] == "2021-08-10"
    assert mounted(test.selectbox(key="sheet_team").set_value(2).run()) is None
    given = mounted(test.button(key="sheet_same_reason").click().run())
    assert given["editable"] and (given["team"], given["reason"]) == (2, "Phiếu giấy")
    assert mounted(test.selectbox(key="sheet_team").set_value(1).run())["reason"] == "Phiếu giấy"


def test_a_consent_for_yesterday_holds_for_one_team(app):
    test = app("binh", "sheet", team="1", day=world.YESTERDAY)
    assert mounted(test.checkbox[0].check().run())["editable"]
    assert not mounted(test.selectbox(key="sheet_team").set_value(2).run())["editable"]
    assert mounted(test.selectbox(key="sheet_team").set_value(1).run())["editable"]  # where it was given it stands


@pytest.mark.parametrize(
    "language, day, words, other",
    [
        ("en", world.DAY, "Today, 16/08/2021", False),
        ("vi", world.DAY, "Hôm nay, 16/08/2021", False),
        ("en", world.YESTERDAY, "Yesterday, 15/08/2021", True),
        ("vi", world.YESTERDAY, "Hôm qua, 15/08/2021", True),
    ],
)
def test_the_sheet_is_given_its_team_and_day_in_words(app, language, day, words, other):
    place = mounted(app("binh", "sheet", team="1", day=day, language=language))["place"]
    assert place == {"team": "Tổ Covid cộng đồng số 01", "day": words, "other": other}


def test_an_older_day_is_for_reading_below_the_commune(app):
    test = app("lan", "sheet", day="2021-08-10")
    assert "Read-only: days before yesterday" in texts(test)
    assert (mounted(test) or {}).get("editable", False) is False


WRONG_DAYS = {
    "2021-02-31": "There are only 28 days in 2/2021.",
    "31/02": "There are only 28 days in 2/2021.",
    "2021-12-31": "31/12/2021 has not come yet; today is 16/08/2021.",
    "16/13": "There is no month 13.",
    "08/16/2021": "Write the day before the month: 16/08/2021.",
    "abc": "Write the day as 28/11",
    "2019-08-16": "the earliest day allowed here is 01/01/2020.",
    "x" * 300: "Write the day as 28/11",
}


@pytest.mark.parametrize("day", WRONG_DAYS)
def test_a_wrong_day_in_the_address_keeps_the_team_and_says_what_was_wrong(app, day):
    test = app("binh", "sheet", team="2", day=day)
    assert WRONG_DAYS[day] in texts(test) and mounted(test) is None
    assert test.text_input(key="sheet_other_day").value == day[:40]
    assert test.selectbox(key="sheet_team").value == 2 and test.query_params["team"] == "2"
    test.text_input(key="sheet_other_day").set_value("hôm qua").run()
    assert (mounted(test)["team"], mounted(test)["day"]) == (2, world.YESTERDAY)


@pytest.mark.parametrize("day, first", [("2021-07-31", "01/08/2021"), ("2020-08-16", "01/08/2021")])
def test_a_day_before_the_team_began_does_not_forget_it(app, day, first):
    test = app("binh", "sheet", team="2", day=day)
    assert f"This team is active from {first} on." in texts(test) and "There is no such team" not in texts(test)
    test.button_group(key="sheet_day").set_value(world.DAY).run()
    assert (mounted(test)["team"], mounted(test)["day"]) == (2, world.DAY)
    assert "There is no such team" not in texts(test)


def test_a_team_that_did_not_work_yet_is_not_replaced_by_another(app, db):
    db.conn.execute("update teams set from_day = '2021-08-16' where id = 2")
    test = app("binh", "sheet", team="2", day=world.YESTERDAY)
    assert "This team is active from 16/08/2021 on." in texts(test) and mounted(test) is None
    test.button_group(key="sheet_day").set_value(world.DAY).run()
    assert mounted(test)["team"] == 2


@pytest.mark.parametrize("day", ["15/8/2021", "15.08.21", "150821", "-1", "hôm qua", "15/8", "2021-08-15"])
@pytest.mark.parametrize("typed", [True, False])
def test_a_day_is_read_however_it_is_written(app, day, typed):
    test = app("binh", "sheet", team="2", **({} if typed else {"day": day}))
    if typed:
        test.button_group(key="sheet_day").set_value("other").run()
        assert "Write the day as 28/11" in texts(test)
        test.text_input(key="sheet_other_day").input(day).run()
        assert test.text_input(key="sheet_other_day").value == "15/08/2021"
    assert (mounted(test)["team"], mounted(test)["day"]) == (2, world.YESTERDAY)
    assert test.query_params["day"] == world.YESTERDAY


def test_a_team_without_households_says_what_to_do(app, db):
    db.conn.execute("update assignments set until_day = '2021-08-02'")
    rollup.recount(db, teams={1, 2, 3, 4}, since=world.YESTERDAY)
    assert "Give households to its members under “Assignments”." in texts(app("lan", "sheet"))


def test_a_commune_without_teams_says_what_to_do(app, db):
    db.conn.execute("update teams set status = 'dissolved', until_day = '2021-08-02' where id = 4")
    assert "Teams are created under" in texts(app("chi", "sheet"))


# Households that move away


def moves(as_, hamlet="2545602", code="25456-0001", day=world.DAY):
    values = {"hamlet_code": hamlet, "from_day": day, "lane": "Hẻm 9"}
    return relocation.move(*as_("binh"), code, values, now=world.NOW)


def opened_lines(test) -> list[str]:
    """What the quiet line holds, by label."""
    return [
        (box.label, [e.proto.label for e in box.get("page_link")], [e.value.replace("\\", "") for e in box.markdown])
        for box in test.expander
    ]


def test_the_sheet_of_the_old_team_tells_where_a_household_went(app, as_):
    code = moves(as_)
    test = app("binh", "sheet", team="1")
    assert len(mounted(test)["rows"]) == 23
    ((told, links, places),) = opened_lines(test)
    assert told == "1 household moved away" and places == ["to khu phố 2, Phường 1 from 16/08/2021 on"]
    assert [link.replace("\\", "") for link in links] == [f"**{world.head_name(1)}** 25456-0001", code]
    assert not test.expander[0].proto.expanded


def test_moves_done_and_to_come_are_counted_apart(app, as_):
    moves(as_, hamlet="2565401")
    for code in ("25456-0002", "25456-0003"):
        moves(as_, code=code, day="2021-08-17")
    ((told, links, places),) = opened_lines(app("lan", "sheet"))
    assert told == "1 household moved away · 2 households are to move" and len(links) == 3
    assert places[0] == "to ấp Rạch Sơn, Thị trấn Gò Dầu from 16/08/2021 on"
    assert places[1] == "to khu phố 2, Phường 1 from 17/08/2021 on"


@pytest.mark.parametrize(("who", "team"), [("chi", "4"), ("chi", "1"), ("an", "1"), ("binh", "2")])
def test_a_sheet_it_does_not_belong_to_tells_nothing_of_a_move(app, as_, who, team):
    moves(as_)
    assert opened_lines(app(who, "sheet", team=team)) == []


def test_a_member_whose_only_household_moved_still_reads_where(app, as_, db):
    db.conn.execute("update assignments set until_day = '2021-08-10' where team_id = 1 and household_id <> 9")
    rollup.recount(db, teams={1}, since=world.YESTERDAY)
    moves(as_, code="25456-0009")
    test = app("an", "sheet")
    assert mounted(test) is None and opened_lines(test)[0][0] == "1 household moved away"


# What the browser sent


class Nobody:
    id = 3


def sent(monkeypatch, message):
    monkeypatch.setattr(streamlit, "session_state", {"sheet": {"save": message}})
    return sheet.sent(Nobody)


def test_answers_of_another_account_are_not_ours(monkeypatch):
    message = {"id": "a", "account": 9, "team": 1, "day": world.DAY, "rows": {}}
    assert sent(monkeypatch, message) is None
    assert sent(monkeypatch, {**message, "account": 3}).team == 1


@pytest.mark.parametrize("message", [None, "x", [], {}, {"account": "3"}])
def test_what_is_no_message_is_nothing(monkeypatch, message):
    assert sent(monkeypatch, message) is None


def test_a_message_of_odd_parts_becomes_one_that_is_refused(monkeypatch):
    batch = sent(
        monkeypatch, {"account": 3, "team": [1], "day": {"a": 1}, "rows": 5, "go": True, "reason": 7, "id": None}
    )
    assert (batch.team, batch.rows, batch.go, batch.reason) == (0, {}, None, None)


@pytest.mark.parametrize(
    "who, day", [("dung", "10/08/2021"), ("lan", "10/08/2021"), ("binh", "10/08/2021"), ("lan", "05/01/2021")]
)
def test_reading_a_sheet_opens_no_day(app, db, who, day):
    test = app(who, "sheet", team="1", day="-".join(reversed(day.split("/"))))
    told = "This team is active from 01/08/2021 on." if day == "05/01/2021" else f"There are no figures for {day}."
    assert told in texts(test) and mounted(test) is None
    assert rows(db, "select day from days order by day") == [{"day": world.YESTERDAY}, {"day": world.DAY}]


def test_a_link_from_another_page_opens_its_team(app):
    test = app("binh", "sheet", team="1")
    test.query_params["team"] = "2"
    assert mounted(test.run())["team"] == 2


def test_a_strange_team_leaves_no_stain_once_a_team_is_chosen(app):
    test = app("chi", "sheet", team="1")
    test.selectbox(key="sheet_team").set_value(4).run()
    assert mounted(test)["team"] == 4 and "no such team" not in texts(test)
    own = app("lan", "sheet", team="2")
    assert "no such team" in texts(own) and mounted(own)["team"] == 1


def test_a_strange_team_is_forgotten_on_the_next_visit(app):
    test = app("chi", "sheet", team="1")
    assert "no such team" in texts(test.run())
    test.switch_page("me.py").run()
    test.query_params.clear()
    test.switch_page("sheet.py").run()
    assert mounted(test)["team"] == 4 and "no such team" not in texts(test)


# Midnight


def past_midnight(test, monkeypatch, hours=12):
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(hours=hours))
    return test.run()


@pytest.mark.parametrize("who, editable", [("lan", True), ("binh", True), ("dung", False)])
def test_past_midnight_the_sheet_stays_on_its_day(app, monkeypatch, who, editable):
    test = past_midnight(app(who, "sheet", team="1"), monkeypatch)
    given = mounted(test)
    assert (given["day"], given["editable"]) == (world.DAY, editable)
    assert "A new day has begun. This is still the sheet of 16/08/2021." in texts(test)
    assert test.query_params["day"] in (world.DAY, [world.DAY])
    given = mounted(test.button(key="sheet_new_day").click().run())
    assert given["day"] == "2021-08-17" and "new day has begun" not in texts(test)
    test.button_group(key="sheet_day").set_value(world.DAY).run()
    assert not mounted(test)["editable"] and "new day has begun" not in texts(test)


def test_a_new_visit_after_midnight_begins_with_the_new_day(app, monkeypatch):
    test = app("lan", "sheet")
    test.switch_page("me.py").run()
    past_midnight(test, monkeypatch)
    test.query_params.clear()
    assert mounted(test.switch_page("sheet.py").run())["day"] == "2021-08-17"


def test_yesterdays_sheet_left_open_becomes_an_older_day(app, monkeypatch):
    test = app("binh", "sheet", team="1", day=world.YESTERDAY)
    given = mounted(past_midnight(test, monkeypatch))
    assert (given["day"], given["editable"]) == (world.YESTERDAY, False)
    assert "The sheet opens for entry as soon as you give a reason." in texts(test)


# What goes over the wire


SICK = {
    "person": None,
    "name": "Khách",
    "year": 1990,
    "symptoms": ["fever"],
    "since": None,
    "temperature": 38.5,
    "arrival": "guest",
    "province": "79",
    "arrived_on": world.DAY,
}


def found_at_the_first_door(as_, who="lan"):
    draft = {"outcome": "met", "needs": ["food"], "violations": ["other"], "people": [SICK], "version": 0}
    return visits.record(*as_(who), visits.Submission(1, world.DAY, {"25456-0001": draft}), now=world.NOW)


def test_a_row_brings_what_was_found_and_who_lives_there(app, as_):
    found_at_the_first_door(as_)
    row = mounted(app("binh", "sheet", team="1"))["rows"][0]
    assert (row["needs"], row["violations"], row["flags"]) == (["food"], ["other"], "svkn")
    assert row["people"] == [{**SICK, "person": row["residents"][0]["id"]}]
    assert row["residents"] == [{"id": row["residents"][0]["id"], "name": "Khách", "year": 1990}]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_panels_lists_come_in_the_visitor_s_language(app, language):
    lists = mounted(app("lan", "sheet", language=language))["lists"]
    assert [len(lists[name]) for name in ("symptoms", "arrivals", "needs", "violations", "provinces")] == [
        12,
        2,
        7,
        6,
        63,
    ]
    assert lists["symptoms"][0] == ["fever", i18n.catalogue(language).gettext("Fever")]
    assert lists["provinces"][0] == ["89", "An Giang"] and ["79", "Hồ Chí Minh"] in lists["provinces"]


@pytest.mark.parametrize("who, teams", [("binh", 2), ("chi", 1), ("lan", 0), ("an", 0), ("son", 0), ("dung", 0)])
def test_the_strip_is_for_the_commune_s_clerk_alone(app, who, teams):
    strip = mounted(app(who, "sheet"))["strip"]
    assert len(strip) == teams
    assert all(team[1:] == ["Tổ Covid cộng đồng số 01", 24, 0] for team in strip[:1])


def test_the_strip_of_a_day_never_opened_counts_nothing(app):
    test = app("binh", "sheet", team="1", day="2021-08-10")
    given = mounted(test.text_input(key="sheet_reason_1_2021-08-10").input("Phiếu giấy").run())
    assert [team[2:] for team in given["strip"]] == [[0, 0], [0, 0]]


def test_both_answers_of_a_quarrel_are_told(as_):
    found_at_the_first_door(as_)
    saved = visits.record(
        *as_("binh"),
        visits.Submission(1, world.DAY, {"25456-0001": {"outcome": "absent", "version": 0}}),
        now=world.NOW,
    )
    batch = sheet.Batch("a", 1, world.DAY, {"25456-0001": {}}, None, None, 1, False)
    told = sheet.answer(batch, saved, None)["rows"]["25456-0001"]
    assert (told["state"], told["overtaken"]) == ("refused", True) and "Phạm Thị Lan" in told["why"]
    theirs = told["theirs"]
    assert {name: theirs[name] for name in ("outcome", "note", "swept", "version", "who", "hour")} == {
        "outcome": "met",
        "note": "",
        "swept": False,
        "version": 1,
        "who": "Phạm Thị Lan",
        "hour": "12:00",
    }
    assert theirs["people"][0]["temperature"] == 38.5 and json.dumps(told)


def test_a_batch_says_that_it_takes_back(monkeypatch):
    message = {"id": "a", "account": 3, "team": 1, "day": world.DAY, "rows": {}}
    assert [sent(monkeypatch, {**message, "undo": undo}).undo for undo in (True, False, 1, None)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_picker_that_lags_behind_does_not_turn_the_sheet_that_sends(app, monkeypatch):
    test = app("binh", "sheet", team="1")
    batch = sheet.Batch("a", 1, world.DAY, {}, None, None, 1, False)
    monkeypatch.setattr(sheet, "sent", lambda user: batch)
    assert mounted(test.selectbox(key="sheet_team").select(2).run())["team"] == 1
    monkeypatch.setattr(sheet, "sent", lambda user: None)
    assert mounted(test.selectbox(key="sheet_team").select(2).run())["team"] == 2, "picked by hand"


def test_a_sheet_of_thirty_households_stays_a_small_message(app, as_):
    """Bytes matter on a bad line: what does not change with the rows stays under ten thousand."""
    given = mounted(app("binh", "sheet", team="1"))
    whole, rows_ = (len(json.dumps(part, ensure_ascii=False).encode()) for part in (given, given["rows"]))
    assert whole - rows_ < 10_000 and rows_ / len(given["rows"]) < 500
