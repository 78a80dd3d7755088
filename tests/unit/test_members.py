"""Members: one leader, masked numbers, periods, rights, the log."""

import json
import unicodedata

import pytest

from lib.core import rollup
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.register.teams import member_fields, members
from lib.screen import labels
from tests.world import DAY, NOW

NEW = {"full_name": "Đinh Thị Hạnh", "role": "member"}


def log(db, action):
    return rows(db, "select account_id, area_code, subject, detail from audit_log where action = ?", [action])


def commands(db, user):
    return {
        "add": lambda: members.add(db, user, 1, NEW, now=NOW),
        "edit": lambda: members.edit(db, user, 2, {"phone": ""}, 1, now=NOW),
        "leave": lambda: members.leave(db, user, 2, {}, 1, now=NOW),
    }


@pytest.mark.parametrize("command", ["add", "edit", "leave"])
@pytest.mark.parametrize("who", ["an", "lan", "son", "mai", "thu", "quan"])
def test_only_commune_and_district_manage_members(as_, who, command):
    with pytest.raises(Refused):
        commands(*as_(who))[command]()


@pytest.mark.parametrize("command", ["add", "edit", "leave"])
def test_chi_finds_nobody_of_ans_team(as_, db, command):
    with pytest.raises(NotFound):
        commands(*as_("chi"))[command]()
    assert value(db, "select count(*) from audit_log") == 0


def test_chi_reads_nobody_of_ans_team(as_):
    bound, _ = as_("chi")
    assert members.of_team(bound, 1, day=DAY) == []
    with pytest.raises(NotFound):
        members.get(bound, 2)


def test_the_leader_comes_first_with_the_households_each_looks_after(as_):
    lines = members.of_team(as_("an")[0], 1, day=DAY)
    assert lines[0]["full_name"] == "Phạm Thị Lan"
    assert [line["households"] for line in lines] == [8, 8, 8]


def test_every_field_is_stored_and_the_number_is_masked_everywhere(as_, db):
    bound, user = as_("binh")
    typed = {
        "full_name": "Đinh Thị Hạnh",
        "sex": "female",
        "birth_year": "1980",
        "phone": "+84 912 345 678",
        "id_number": "072 180 001 123",
        "role": "deputy",
        "position": "front_head",
        "categories": ["volunteer", "party_member"],
        "organisation": "women",
        "availability": "leave",
        "from_day": "16/08/2021",
    }
    member = members.get(bound, members.add(bound, user, 1, typed, now=NOW))
    assert {name: member[name] for name in typed} == typed | {
        "birth_year": 1980,
        "phone": "0912345678",
        "id_number": "*********123",
        "from_day": DAY,
        "categories": ["party_member", "volunteer"],
    }
    assert value(db, "select id_number from members where id = ?", [member["id"]]) == "072180001123"
    assert "072180001123" not in str(members.of_team(bound, 1, day=DAY)) + log(db, "member.add")[0]["detail"]


def test_an_identity_number_left_empty_stays(as_, db):
    bound, user = as_("binh")
    members.edit(bound, user, 2, {"id_number": "123456789"}, 1, now=NOW)
    members.edit(bound, user, 2, {"id_number": " ", "birth_year": 1981}, 2, now=NOW)
    assert value(db, "select id_number from members where id = 2") == "123456789"
    assert json.loads(log(db, "member.edit")[0]["detail"]) == {"id_number": [None, "******789"]}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("full_name", ""),
        ("full_name", "\u200b "),
        ("full_name", "x" * 81),
        ("full_name", "!!!"),
        ("full_name", "**Lan**"),
        ("role", None),
        ("role", "chief"),
        ("birth_year", "1899"),
        ("birth_year", "2015"),
        ("birth_year", "80,5"),
        ("birth_year", "9" * 40),
        ("phone", "0276.38"),
        ("id_number", "12345"),
        ("position", "king"),
        ("categories", ["x"]),
        ("organisation", "x"),
        ("availability", "x"),
        ("from_day", "30/02/2021"),
    ],
)
def test_what_cannot_be_stored_is_named_at_its_field(as_, db, field, typed):
    with pytest.raises(Invalid) as refusal:
        members.add(*as_("binh"), 1, NEW | {field: typed}, now=NOW)
    assert list(refusal.value.faults) == [field]
    assert value(db, "select count(*) from members") == 12


def test_names_are_stored_composed(as_):
    bound, user = as_("binh")
    member = members.add(bound, user, 1, NEW | {"full_name": unicodedata.normalize("NFD", " Đỗ\u200b  Hạnh")}, now=NOW)
    assert members.get(bound, member)["full_name"] == "Đỗ Hạnh"


@pytest.mark.parametrize("typed", [{}, {"from_day": " "}])
def test_a_member_joins_when_the_team_was_founded_unless_told(as_, typed):
    bound, user = as_("binh")
    assert members.get(bound, members.add(bound, user, 1, NEW | typed, now=NOW))["from_day"] == "2021-08-01"


def test_a_second_click_adds_nobody_twice(as_, db):
    bound, user = as_("binh")
    members.add(bound, user, 1, NEW, now=NOW)
    with pytest.raises(Conflict):
        members.add(bound, user, 1, NEW, now=NOW)
    assert len(log(db, "member.add")) == 1


def test_a_second_leader_is_refused_with_the_name_of_the_first(as_, db):
    for change in (
        lambda d, u: members.add(d, u, 1, NEW | {"role": "leader"}, now=NOW),
        lambda d, u: members.edit(d, u, 2, {"role": "leader"}, 1, now=NOW),
    ):
        with pytest.raises(Invalid) as refusal:
            change(*as_("binh"))
        assert refusal.value.faults["role"].places == {"name": "Phạm Thị Lan"}
    assert value(db, "select id from members where team_id = 1 and role = 'leader'") == 1


def test_the_present_leader_steps_down_in_the_same_act_when_asked(as_, db):
    bound, user = as_("binh")
    members.edit(bound, user, 2, {"role": "leader", "replace_leader": True}, 1, now=NOW)
    assert [line["role"] for line in members.of_team(bound, 1, day=DAY)] == ["leader", "member", "member"]
    assert members.of_team(bound, 1, day=DAY)[0]["id"] == 2
    [line] = log(db, "member.edit")
    assert json.loads(line["detail"])["stepped_down"] == [None, "Phạm Thị Lan"]
    assert line["subject"] == "Trần Văn An, Tổ Covid cộng đồng số 01"


def test_the_leader_may_be_edited_and_stay_leader(as_):
    bound, user = as_("binh")
    members.edit(bound, user, 1, {"role": "leader", "position": "front_head"}, 1, now=NOW)
    assert members.get(bound, 1)["position"] == "front_head"


def test_an_edit_of_a_stale_version_is_a_conflict_and_a_second_click_is_not(as_, db):
    bound, user = as_("binh")
    members.edit(bound, user, 2, {"birth_year": "1981"}, 1, now=NOW)
    members.edit(bound, user, 2, {"birth_year": "1981"}, 1, now=NOW)
    with pytest.raises(Conflict):
        members.edit(bound, user, 2, {"birth_year": "1990"}, 1, now=NOW)
    assert len(log(db, "member.edit")) == 1


def test_who_still_holds_households_does_not_leave(as_, db):
    with pytest.raises(Conflict) as refusal:
        members.leave(*as_("binh"), 2, {}, 1, now=NOW)
    assert refusal.value.say.places["n"] == 8
    assert value(db, "select until_day from members where id = 2") is None


def test_who_holds_none_leaves_once_and_stays_in_the_past(as_, db):
    db.conn.execute("update assignments set member_id = 1 where member_id = 2")
    bound, user = as_("binh")
    members.leave(bound, user, 2, {"until_day": "16/08/2021"}, 1, now=NOW)
    members.leave(bound, user, 2, {"until_day": "16/08/2021"}, 1, now=NOW)
    assert [line["id"] for line in members.of_team(bound, 1, day=DAY, left=True)] == [2]
    assert {line["id"] for line in members.of_team(bound, 1, day="2021-08-15")} == {1, 2, 3}
    assert len(log(db, "member.leave")) == 1
    assert rollup.differences(db, DAY) == []


def test_who_left_is_not_changed_any_more(as_, db):
    db.conn.execute("update members set until_day = ? where id = 2", [DAY])
    with pytest.raises(Conflict):
        members.edit(*as_("binh"), 2, {"phone": ""}, 1, now=NOW)


def test_nobody_leaves_before_joining(as_):
    with pytest.raises(Invalid):
        members.leave(*as_("binh"), 2, {"until_day": "31/07/2021"}, 1, now=NOW)


def test_the_store_and_the_labels_know_the_same_codes():
    assert tuple(labels.MEMBER_ROLES) == member_fields.ROLES
    assert tuple(labels.POSITIONS) == member_fields.POSITIONS
    assert tuple(labels.CATEGORIES) == member_fields.CATEGORIES
    assert tuple(labels.ORGANISATIONS) == member_fields.ORGANISATIONS
    assert tuple(labels.AVAILABILITY) == member_fields.AVAILABILITY


def test_leaving_on_a_day_gone_by_says_why(as_, db):
    bound, user = as_("binh")
    db.conn.execute("update assignments set until_day = ? where member_id = 2", ["2021-08-15"])
    with pytest.raises(Invalid) as refused:
        members.leave(bound, user, 2, {"until_day": "15/08/2021"}, 1, now=NOW)
    assert set(refused.value.faults) == {"reason"}
    members.leave(bound, user, 2, {"until_day": "15/08/2021", "reason": "Báo muộn"}, 1, now=NOW)
    assert "Báo muộn" in value(db, "select detail from audit_log order by id desc limit 1")
