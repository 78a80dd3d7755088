"""The first page of the day for each role, and history."""

import json
from datetime import timedelta

from lib.core import clock
from lib.operations import backups
from tests import edits, world


def visit(db, household, outcome="met", flags=""):
    db.conn.execute(
        "insert into visits (day, household_id, outcome, persons, flags, recorded_at) values (?, ?, ?, 4, ?, ?)",
        [world.DAY, household, outcome, flags, clock.stamp(world.NOW)],
    )


def lists(page) -> list[list[dict]]:
    """The lines of each list on the page, as they go to the browser."""
    drawn = [element.proto for element in page.main if element.type == "bidi_component"]
    return [data["items"] for data in map(json.loads, (proto.json for proto in drawn)) if "items" in data]


def said(page) -> str:
    return " ".join(each.value for each in [*page.markdown, *page.success, *page.info, *page.caption])


def test_home_lists_what_is_left_with_its_button(app):
    page = app("binh", "home")
    assert "**48** Households still to be visited" in said(page)
    assert "**0 of 48 due households reached (0.0%)** · 2 h 00 min until" in said(page)
    (teams,) = lists(page)
    assert [(t["side"], t["to"]) for t in teams] == [
        ("24 of 24 left · nothing entered", "sheet?team=1"),
        ("24 of 24 left · nothing entered", "sheet?team=2"),
    ]


def test_home_in_vietnamese_has_no_english_left(app):
    page = app("binh", "home", language="vi")
    assert page.title[0].value == "Việc cần làm"
    assert "Thứ Hai 16/08/2021" in said(page)


def test_a_member_walks_their_own_list(app, db):
    db.conn.execute("update households set phone = '0912345678' where id in (9, 10)")
    visit(db, 9)
    visit(db, 11, "absent")
    page = app("an", "home")
    own, leader = lists(page)
    assert "**1** Households absent or refusing" in said(page)
    assert [door["side"] for door in own[:3]] == ["Met in person · 12:00", "still to visit", "Absent · 12:00"]
    assert own[1]["phone"] == "0912 345 678" and own[1]["to"] == "sheet?team=1&row=25456-0010"
    assert len(own) == 8 and leader[0]["name"] == "Phạm Thị Lan" and leader[0]["phone"]


def test_a_leader_calls_the_members_who_are_not_through(app):
    (members,) = lists(app("lan", "home"))
    assert [(m["name"], m["side"]) for m in members][0] == ("Trần Văn An", "8 of 8 left") and members[0]["phone"]


def test_the_station_calls_the_households_that_are_ill(app, db):
    visit(db, 9, flags="s")
    (ill,) = lists(app("son", "home"))
    assert [(door["name"], door["side"], door["href"]) for door in ill] == [
        (world.head_name(9), "12:00", "households?household=25456-0009")
    ]
    assert ill[0]["phone"] == "0912 000 002"  # the household has none; the member at the door does
    assert world.head_name(9) not in str(lists(app("chi", "home")))


def test_names_above_the_commune_are_those_of_areas(app, db):
    visit(db, 1)
    silent, behind = lists(app("mai", "home"))
    assert [(c["name"], c["facts"], c["href"]) for c in silent] == [
        ("Thị trấn Gò Dầu", "Huyện Gò Dầu", "leaderboard?area=25654"),
        ("Phường 3", "Thành phố Tây Ninh", "leaderboard?area=25459"),
    ]
    assert [c["side"] for c in behind] == ["47 of 48 left"]


def test_past_the_cut_off_what_is_left_is_overdue(app, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(hours=2, minutes=1))
    assert "Overdue" in said(app("lan", "home")) and "past the 14:00 cut-off" in said(app("an", "home"))


def test_a_commune_with_houses_of_nobody_is_named_with_its_district(app, db):
    edits.assign(db, 5, world.DAY, None)
    (line,) = [each for items in lists(app("mai", "home")) for each in items if each["side"] == "1 household"]
    assert (line["name"], line["facts"]) == ("Phường 1", "Thành phố Tây Ninh")


def test_nothing_left_is_said(app, db):
    for household in range(1, 25):
        visit(db, household)
    page = app("lan", "home")
    assert "Nothing is left" in page.success[0].value and lists(page) == []


def test_the_keeper_of_the_machine_reads_of_copies_and_no_household(app, store, db):
    assert "no verified backup yet" in said(app("quan", "home"))
    (store.parent / "copies").mkdir()
    (store.parent / "copies" / f"tungnha-{world.DAY}-0100.db").touch()
    assert "no verified backup yet" in said(app("quan", "home")), "an empty file is no copy"
    backups.keep(db, now=world.NOW.replace(hour=18, day=15))
    page = app("quan", "home")
    assert "Latest backup: 01:00 16/08/2021" in said(page) and lists(page) == []


def test_history_reads_as_sentences(app, db):
    db.conn.execute(
        """insert into audit_log (at, account_id, role, action, area_code, subject, detail)
           values (?, 3, 'commune', 'visit.record', '25456', 'Tổ 01',
                   '{"rows": {"25456-0017": ["absent", "met s"]}, "reason": "gặp buổi chiều"}')""",
        [clock.stamp(world.NOW)],
    )
    told = " ".join(mark.value for mark in app("binh", "history").markdown).replace("\\", "")
    assert (
        f"12:00, commune staff Lê Thanh Bình changed “absent” to “met in person, symptoms” for household 17 "
        f"({world.head_name(17)}), Tổ 01; reason: gặp buổi chiều"
    ) in told
    assert "chọn ngày khác" in app("chi", "history", language="vi").info[0].value.casefold()
