"""Hamlets, teams and assignments from files."""

import pytest

from lib.core import change_capture, rollup
from lib.core.database import rows, value
from lib.exchange.lists import loaded_files
from tests import world
from tests.imported import faults, loaded, looked, states

FACTS = tuple(change_capture.KEYS)


def facts(db) -> dict:
    return {table: db.conn.execute(f"select * from {table} order by 1, 2").fetchall() for table in FACTS}


def take_back(db, user):
    loaded_files.take_back(db, user, loaded_files.listed(db, user, now=world.NOW)[0]["audit_id"], now=world.NOW)


# Hamlets


def test_hamlets_are_added_and_renamed(as_):
    db, user = as_("binh")
    lines = [[None, None, "ấp", "Phước Đức"], [None, None, None, "Khu phố 3"], ["2545601", None, "khu phố", "Một"]]
    assert states(loaded(db, user, "hamlets", *lines)) == ["new", "new", "changed"]
    assert rows(db, "select code, kind, name from areas where parent_code = '25456' order by code") == [
        {"code": "2545601", "kind": "khu phố", "name": "Một"},
        {"code": "2545602", "kind": "khu phố", "name": "2"},
        {"code": "2545603", "kind": "ấp", "name": "Phước Đức"},
        {"code": "2545604", "kind": "khu phố", "name": "3"},
    ]
    assert states(looked(db, user, "hamlets", *lines)) == ["same"] * 3
    assert rollup.differences(db, world.DAY) == []


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ([None, None, "ấp", "???"], "name"),
        ([None, None, None, "Phước Đức"], "kind"),
        (["2545999", None, "ấp", "Lạ"], "commune"),
        (["2545601", None, "khu phố", "2"], "name"),
        ([None, "25654", "ấp", "Lạ"], "commune"),
    ],
)
def test_a_hamlet_at_fault_is_refused(as_, line, field):
    db, user = as_("binh")
    assert faults(looked(db, user, "hamlets", line)) == [{field}]


def test_hamlets_are_taken_back(as_):
    db, user = as_("binh")
    before = facts(db)
    loaded(db, user, "hamlets", [None, None, "ấp", "Phước Đức"], ["2545601", None, "khu phố", "Một"])
    take_back(db, user)
    assert facts(db) == before and rollup.differences(db, world.DAY) == []


# Teams and members


NEW_TEAM = [
    ["Tổ số 9", "khu phố 1", "15/QĐ-UBND", "Lê Thị Trưởng", "Tổ trưởng", 1970, "0912345678"],
    ["Tổ số 9", None, None, "Võ Văn Viên", "Tổ viên", 1985, "0912345679"],
    [None, None, None, "Bùi Văn Ba", None, 1990],
]


def test_a_team_comes_with_its_members(as_):
    db, user = as_("binh")
    made = loaded(db, user, "teams", *NEW_TEAM)
    assert states(made) == ["new"] * 3 and made.warnings == []
    assert rows(db, "select hamlet_code, decision_no, status, from_day from teams where id = 5") == [
        {"hamlet_code": "2545601", "decision_no": "15/QĐ-UBND", "status": "active", "from_day": world.DAY}
    ]
    assert rows(db, "select full_name, role, birth_year from members where team_id = 5 order by id") == [
        {"full_name": "Võ Văn Viên", "role": "member", "birth_year": 1985},
        {"full_name": "Bùi Văn Ba", "role": "member", "birth_year": 1990},
        {"full_name": "Lê Thị Trưởng", "role": "leader", "birth_year": 1970},
    ]
    assert states(looked(db, user, "teams", *NEW_TEAM)) == ["same"] * 3
    assert rollup.differences(db, world.DAY) == []


def test_a_small_team_is_warned_of_and_loaded(as_):
    db, user = as_("binh")
    made = loaded(db, user, "teams", NEW_TEAM[0])
    assert made.counts["new"] == 1 and "has {n} members" in made.warnings[0][1].text


def test_a_member_is_corrected_and_one_is_added(as_):
    db, user = as_("binh")
    team = "Tổ Covid cộng đồng số 01"
    lines = [[team, None, None, "Phạm Thị Lan", None, 1971, "0912345000"], [team, None, None, "Người Mới", None, 1990]]
    assert states(loaded(db, user, "teams", *lines)) == ["changed", "new"]
    assert value(db, "select phone from members where id = 1") == "0912345000"
    assert value(db, "select role from members where id = 1") == "leader"
    assert value(db, "select count(*) from members where team_id = 1") == 4


def test_the_leader_changes_within_a_file_and_never_twice(as_):
    db, user = as_("binh")
    team = "Tổ Covid cộng đồng số 01"
    second = [team, None, None, "Trần Văn An", "Tổ trưởng"]
    assert faults(looked(db, user, "teams", second)) == [{"member.role"}]
    assert states(loaded(db, user, "teams", second, [team, None, None, "Phạm Thị Lan", "Tổ viên"])) == ["changed"] * 2
    assert rows(db, "select id from members where team_id = 1 and role = 'leader'") == [{"id": 2}]


def test_a_team_at_fault_keeps_all_its_rows_back(as_):
    db, user = as_("binh")
    made = looked(db, user, "teams", ["Tổ số 9", "ấp Lạ", *NEW_TEAM[0][2:]], *NEW_TEAM[1:])
    assert states(made) == ["refused"] * 3 and faults(made)[0] == {"hamlet_code"}


def test_teams_are_taken_back(as_):
    db, user = as_("binh")
    before = facts(db)
    loaded(db, user, "teams", *NEW_TEAM, ["Tổ Covid cộng đồng số 01", None, "99/QĐ"])
    take_back(db, user)
    assert facts(db) == before and rollup.differences(db, world.DAY) == []


# Assignments

TEAM1, TEAM2 = "Tổ Covid cộng đồng số 01", "Tổ Covid cộng đồng số 02"


def minding(db, household):
    return rows(db, "select member_id, from_day, until_day from assignments where household_id = ?", [household])


def test_a_change_takes_effect_tomorrow(as_):
    db, user = as_("binh")
    lines = [["25456-0001", TEAM1, "Trần Văn An"], ["25456-0002", TEAM1, "Phạm Thị Lan"]]
    assert states(loaded(db, user, "assignments", *lines)) == ["changed", "same"]
    assert minding(db, 1) == [
        {"member_id": 1, "from_day": world.FOUNDED, "until_day": "2021-08-17"},
        {"member_id": 2, "from_day": "2021-08-17", "until_day": None},
    ]
    assert states(looked(db, user, "assignments", *lines)) == ["same", "same"]


def test_today_is_said_and_a_day_gone_by_never_changes(as_):
    db, user = as_("binh")
    made = loaded(
        db,
        user,
        "assignments",
        ["25456-0001", TEAM1, "Trần Văn An", None, "16/08/2021"],
        ["25456-0002", TEAM1, "Trần Văn An", None, "02/08/2021"],
    )
    assert [line["from_day"] for line in minding(db, 1)] == [world.FOUNDED, world.DAY]
    assert [line["from_day"] for line in minding(db, 2)] == [world.FOUNDED, "2021-08-17"]
    assert "day has passed" in made.rows[1].warnings[0].text
    assert rollup.differences(db, world.DAY) == []


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (["25456-9999", TEAM1, "Trần Văn An"], "code"),
        (["25459-0049", TEAM1, "Trần Văn An"], "commune"),
        (["25456-0001", TEAM2, "Trần Văn An"], "member"),
        (["25456-0001", TEAM1, None], "member"),
        ([None, TEAM1, "Trần Văn An"], "code"),
        (["25456-0001", TEAM1, "Trần Văn An", None, "31/12/2030"], "from_day"),
    ],
)
def test_an_assignment_at_fault_is_refused(as_, line, field):
    db, user = as_("binh")
    assert faults(looked(db, user, "assignments", line)) == [{field}]


def test_two_of_one_name_are_told_apart(as_):
    db, user = as_("binh")
    db.conn.execute("update members set full_name = 'Trần Văn An', name_folded = 'tran van an' where id = 5")
    plain, by_team, by_phone = (
        looked(db, user, "assignments", line)
        for line in (
            ["25456-0001", None, "Trần Văn An"],
            ["25456-0001", TEAM2, "Trần Văn An"],
            ["25456-0001", None, "Trần Văn An", "912000002"],
        )
    )
    assert faults(plain) == [{"member"}] and by_team.rows[0].id == 5 and by_phone.rows[0].id == 2


def test_too_much_for_one_member_is_warned_of(as_):
    db, user = as_("binh")
    lines = [[f"25456-{n:04d}", TEAM1, "Trần Văn An"] for n in range(1, 17)]
    (warned,) = looked(db, user, "assignments", *lines).warnings
    assert warned[1].places == {"name": "Trần Văn An", "n": 16, "most": 15}


def test_the_province_loads_assignments_too_and_they_are_taken_back(as_):
    db, user = as_("mai")
    before = facts(db)
    made = loaded(
        db, user, "assignments", ["25456-0001", TEAM1, "Trần Văn An"], ["25654-0073", TEAM1, "Mai Văn Hai"], area="72"
    )
    assert "refused" not in states(made)
    take_back(db, user)
    assert facts(db) == before and rollup.differences(db, world.DAY) == []
