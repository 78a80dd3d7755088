"""What is left today, for each role, from the facts."""

import json
from datetime import timedelta

import pytest

from lib.core import clock, rollup
from lib.operations import health
from lib.oversight.reports import acts, drafts
from lib.oversight.work import worklist, worklist_names
from tests import world

EVENING = world.NOW + timedelta(hours=5)


def tasks(db, user, now=world.NOW, **more):
    return worklist.tasks(db, user, world.DAY, now=now, **more)


def told(db, user) -> dict[str, int]:
    return {task.room: task.n for task in tasks(db, user)}


def task(db, user, of: str, now=world.NOW):
    return next((task for task in tasks(db, user, now) if task.of == of), None)


def visit(db, household: int, outcome: str = "met", flags: str = "", at: str = "03:00") -> None:
    db.conn.execute(
        "insert into visits (day, household_id, outcome, persons, flags, recorded_at) values (?, ?, ?, 4, ?, ?)",
        [world.DAY, household, outcome, flags, f"{world.DAY}T{at}:00Z"],
    )


def not_well(db, household: int, name: str, version: int = 1) -> None:
    made = db.conn.execute(
        "insert into persons (household_id, full_name, name_folded, name_sort) values (?, ?, ?, ?)",
        [household, name, name, name],
    )
    db.conn.execute(
        "insert into screenings (day, household_id, version, person_id, symptoms) values (?, ?, ?, ?, ?)",
        [world.DAY, household, version, made.lastrowid, json.dumps(["fever"])],
    )


# Symptoms


def test_symptoms_come_first_and_only_to_their_own_commune(as_, db):
    visit(db, 1, flags="s")
    first = tasks(*as_("binh"))[0]
    assert first.urgent and first.n == 1 and first.query == {"flag": "s"}
    assert told(*as_("son")) == {"households": 1}
    assert "households" not in told(*as_("chi")) and "households" not in told(*as_("an"))


def test_the_station_reads_the_newest_first_with_persons_and_telephone(as_, db):
    db.conn.execute("update households set phone = '0912345678' where id = 2")
    visit(db, 1, flags="s", at="01:00")
    visit(db, 2, flags="s", at="02:00")
    not_well(db, 2, "Bé Ba")
    not_well(db, 2, "Bé Tư")
    not_well(db, 1, "Bé Năm", version=2)  # of a version that is not the last one
    lines = task(*as_("son"), "ill").lines
    assert [(line["code"], line["ill"], line["phone"]) for line in lines] == [
        ("25456-0002", 2, "0912345678"),
        ("25456-0001", 0, None),
    ]


# Doors left


def test_a_member_sees_their_own_doors(as_, db):
    visit(db, 9)
    assert told(*as_("an")) == {"sheet": 7}
    assert worklist.progress(*as_("an"), world.DAY) == {"due": 8, "seen": 1, "attempted": 1}
    assert worklist_names.leader(*as_("an"))["full_name"] == "Phạm Thị Lan"


def test_a_leader_sees_members_and_a_clerk_the_teams_with_what_is_left(as_, db):
    visit(db, 1)
    visit(db, 9, "absent")
    found = task(*as_("lan"), "members")
    assert found.n == 22 and [(m["full_name"], m["left"], m["due"]) for m in found.lines] == [
        ("Mai Văn Một", 8, 8),
        ("Trần Văn An", 7, 8),
        ("Phạm Thị Lan", 7, 8),
    ]
    found = task(*as_("binh"), "teams")
    assert found.n == 46 and [(t["id"], t["left"], t["attempted"]) for t in found.lines] == [(2, 24, 0), (1, 22, 2)]
    assert worklist.progress(*as_("binh"), world.DAY) == {"due": 48, "seen": 1, "attempted": 2}


def test_the_button_opens_the_first_unfinished_team(as_, db):
    for household in range(1, 25):
        visit(db, household)
    found = task(*as_("binh"), "teams")
    assert found.query == {"team": "2"} and found.n == 24


@pytest.mark.parametrize(
    ("hour", "urgent", "late"),
    [("12:59", False, False), ("13:00", True, False), ("14:00", True, False), ("14:01", False, True)],
)
def test_what_is_left_grows_urgent_and_then_late(as_, hour, urgent, late):
    now = clock.instant(clock.at(world.DAY, hour))
    left, silent = task(*as_("lan"), "members", now), task(*as_("dung"), "silent", now)
    assert (left.urgent, left.late) == (silent.urgent, silent.late) == (urgent, late)


def test_shut_doors_are_to_be_tried_again(as_, db):
    visit(db, 9, "refused", at="03:00")
    visit(db, 1, "absent", at="02:00")
    assert [(d["code"], d["team_id"]) for d in task(*as_("binh"), "again").lines] == [
        ("25456-0001", 1),
        ("25456-0009", 1),
    ]
    own = task(*as_("an"), "again")
    assert own.n == 1 and not own.lines  # they stand marked in the member's own list
    assert task(*as_("son"), "again") is None and task(*as_("chi"), "again") is None


# Gaps


def without(db, household: int) -> None:
    db.conn.execute("update assignments set until_day = ? where household_id = ?", [world.DAY, household])
    rollup.recount(db, teams={1}, hamlets={"2545601"}, since=world.DAY)


def test_a_household_with_nobody_is_an_alarm_for_those_who_can_give_it(as_, db):
    without(db, 1)
    found = task(*as_("binh"), "hamlets")
    assert found.n == 1 and found.urgent and found.room == "assignments" and found.lines[0]["name"] == "1"
    above = task(*as_("dung"), "gaps")
    assert above.room == "assignments" and [(c["code"], c["nobody"]) for c in above.lines] == [("25456", 1)]
    assert task(*as_("mai"), "gaps").room == "leaderboard"
    assert "assignments" not in told(*as_("lan")) and "assignments" not in told(*as_("chi"))


def test_a_hamlet_without_a_team_has_its_name(as_, db):
    world.add_area(db, "2545603", "hamlet", "khu phố", "3", "25456")
    rollup.recount(db, hamlets={"2545603"}, since=world.DAY)
    found = task(*as_("binh"), "hamlets")
    assert (found.n, found.room, found.lines[0]["name"]) == (1, "teams", "3")


# Above the commune


def test_leaders_above_see_silent_communes_by_name_and_district(as_, db):
    visit(db, 1)
    (silent,) = task(*as_("dung"), "silent").lines
    assert (silent["name"], silent["parent_name"], silent["due"]) == ("3", "Tây Ninh", 24)
    assert [c["code"] for c in task(*as_("mai"), "silent").lines] == ["25654", "25459"]
    (behind,) = task(*as_("thu"), "behind").lines
    assert (behind["code"], behind["left"], behind["due"]) == ("25456", 47, 48)


# Accounts and the machine


def test_accounts_nobody_used_and_locked_ones_are_told_to_who_manages_them(as_, db):
    db.conn.execute("update accounts set must_change = 1 where username in ('an', 'mai')")
    assert [a["username"] for a in task(*as_("binh"), "accounts").lines] == ["an"]
    assert [a["username"] for a in task(*as_("quan"), "accounts").lines] == ["mai"]
    assert task(*as_("chi"), "accounts") is None
    db.conn.execute("update accounts set must_change = 0")
    until = clock.stamp(world.NOW + timedelta(minutes=5))
    db.conn.execute("insert into signin_failures values ('pair', 'lan 10.0.0.1', 'lan', 5, ?, ?)", [until, until])
    assert task(*as_("binh"), "accounts").urgent and task(*as_("quan"), "accounts").n == 1
    assert task(*as_("chi"), "accounts") is None and task(*as_("binh"), "accounts", EVENING) is None


def test_the_keeper_of_the_machine_is_told_what_to_see_to(as_):
    db, quan = as_("quan")
    assert [task.room for task in tasks(db, quan, machine=[health.NO_COPY])] == ["settings"]
    assert tasks(db, quan) == [] and tasks(*as_("mai"), machine=()) == tasks(*as_("mai"))
    assert worklist.progress(*as_("quan"), world.DAY) is None


# Ends and beginnings


def test_nothing_left_is_an_empty_list(as_, db):
    for household in range(1, 25):
        visit(db, household)
    assert told(*as_("lan")) == {}


def test_a_new_commune_is_told_its_first_step(as_, db):
    world.add_area(db, "25460", "commune", "Phường", "2", "703")
    world.add_account(db, 20, "moi", "Lâm Mới", "commune", "25460", None, None, grant_id=20)
    world.CAST["moi"] = (20,)
    try:
        assert told(*as_("moi")) == {"hamlets": 0}
    finally:
        del world.CAST["moi"]


# Reports


def at(hour):
    return clock.instant(clock.at(world.DAY, hour))


def test_the_own_report_is_listed_from_an_hour_before_it_is_due(as_):
    db, dung = as_("dung")
    rooms = {
        hour: [(t.room, t.urgent, t.late) for t in tasks(db, dung, at(hour)) if t.room == "report"]
        for hour in ("12:59", "13:00", "13:30", "14:00", "14:01")
    }
    assert rooms == {
        "12:59": [],
        "13:00": [("report", False, False)],
        "13:30": [("report", True, False)],
        "14:00": [("report", True, False)],
        "14:01": [("report", False, True)],
    }
    version = drafts.keep(
        db, dung, "703", world.DAY, drafts.ReportDraft({"narratives": {"difficulties": "Không"}}, 0), now=world.NOW
    )
    acts.submit(db, dung, "703", world.DAY, draft_version=version, now=at("13:40"))
    assert not [t for t in tasks(db, dung, at("14:01")) if t.room == "report"]


def test_overdue_reports_of_the_level_below_are_listed_with_whom_to_call(as_):
    db, dung = as_("dung")
    assert task(db, dung, "overdue", at("13:45")) is None
    late = task(db, dung, "overdue", at("13:46"))
    assert late.late and late.n == 2 and {unit["code"] for unit in late.lines} == {"25456", "25459"}
    assert task(*as_("binh"), "overdue", at("13:46")) is None
    assert task(*as_("thu"), "overdue", at("13:46")) is None, "an inspector calls nobody to account here"


def test_a_returned_report_is_told_with_its_reason(as_):
    db, binh = as_("binh")
    version = drafts.keep(
        db, binh, "25456", world.DAY, drafts.ReportDraft({"narratives": {"difficulties": "Không"}}, 0), now=world.NOW
    )
    acts.submit(db, binh, "25456", world.DAY, draft_version=version, now=world.NOW)
    above, dung = as_("dung")
    acts.send_back(above, dung, "25456", world.DAY, reason="Thiếu số liệu", now=world.NOW)
    mine = [t for t in tasks(*as_("binh")) if t.room == "report"]
    assert [t.say.places for t in mine] == [{"reason": "Thiếu số liệu"}]
