"""Founding, editing and dissolving teams: rights, area, words, periods, roll-ups, the log."""

import json
import unicodedata

import pytest

from lib.core import rollup
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.register.teams import fields, members, teams
from lib.register.teams.teams import TeamFilters
from lib.screen import labels
from tests import world
from tests.world import DAY, NOW, YESTERDAY

NEW = {"hamlet_code": "2545601", "model": "hamlet", "from_day": "16/08/2021"}


def log(db, action):
    return rows(db, "select account_id, area_code, subject, detail from audit_log where action = ?", [action])


def free(db, team):
    db.conn.execute("update assignments set until_day = ? where team_id = ?", [DAY, team])
    rollup.recount(db, teams={team}, hamlets={"2545601"}, since=DAY)


def commands(db, user, team=1):
    """Every command on a team, by name."""
    return {
        "found": lambda: teams.found(db, user, NEW, now=NOW),
        "edit": lambda: teams.edit(db, user, team, {"note": "x"}, 1, now=NOW),
        "dissolve": lambda: teams.dissolve(db, user, team, {}, 1, now=NOW),
    }


@pytest.mark.parametrize("command", ["found", "edit", "dissolve"])
@pytest.mark.parametrize("who", ["an", "lan", "son", "mai", "thu", "quan"])
def test_only_commune_and_district_manage_teams(as_, who, command):
    with pytest.raises(Refused):
        commands(*as_(who))[command]()


@pytest.mark.parametrize("command", ["found", "edit", "dissolve"])
def test_chi_finds_nothing_of_ans(as_, db, command):
    with pytest.raises(NotFound):
        commands(*as_("chi"))[command]()
    assert value(db, "select count(*) from teams") == 4
    assert value(db, "select count(*) from audit_log") == 0


def test_chi_lists_her_own_teams_only(as_):
    bound, _ = as_("chi")
    assert [line["id"] for line in teams.listed(bound, day=DAY)] == [4]
    with pytest.raises(NotFound):
        teams.get(bound, 1)


@pytest.mark.parametrize(
    ("who", "ids"),
    [
        ("an", [1]),
        ("lan", [1]),
        ("binh", [1, 2]),
        ("son", [1, 2]),
        ("dung", [1, 2, 3]),
        ("mai", [4, 1, 2, 3]),
        ("quan", []),
    ],
)
def test_each_lists_the_teams_of_its_area(as_, who, ids):
    assert sorted(line["id"] for line in teams.listed(as_(who)[0], day=DAY)) == sorted(ids)


def test_the_list_counts_members_and_households_for_every_role_alike(as_):
    for who in ("an", "lan", "binh"):
        line = teams.listed(as_(who)[0], day=DAY)[0]
        assert (line["members"], line["households"], line["leader"]) == (3, 24, "Phạm Thị Lan")


@pytest.mark.parametrize("query", ["PHAM thi lan", "số 01 lan", "0912000001", "0912 000 001"])
def test_a_team_is_found_by_leader_name_and_telephone_without_accents(as_, query):
    assert [line["id"] for line in teams.listed(as_("binh")[0], TeamFilters(query=query), day=DAY)] == [1]


def test_founding_proposes_the_next_number_and_the_hamlet(as_, db):
    bound, user = as_("binh")
    team = teams.found(bound, user, NEW, now=NOW)
    assert teams.get(bound, team)["name"] == "Tổ Covid cộng đồng số 03 – khu phố 1"
    [line] = log(db, "team.found")
    assert (line["account_id"], line["area_code"], line["subject"]) == (
        user.id,
        "25456",
        "Tổ Covid cộng đồng số 03 – khu phố 1",
    )
    assert rollup.differences(db, DAY) == [] == rollup.differences(db, YESTERDAY)
    assert value(db, "select teams from hamlet_day where day = ? and hamlet_code = '2545601'", [DAY]) == 2


def test_a_team_founded_in_the_past_counts_from_that_day_on(as_, db):
    bound, user = as_("binh")
    teams.found(bound, user, NEW | {"from_day": "2021-08-15", "hamlets": ["2545602"]}, now=NOW)
    assert rollup.differences(db, DAY) == [] == rollup.differences(db, YESTERDAY)
    assert value(db, "select teams from hamlet_day where day = ? and hamlet_code = '2545602'", [YESTERDAY]) == 2


def test_every_field_is_stored_and_read_back(as_):
    bound, user = as_("dung")
    typed = NEW | {
        "name": "Tổ 9",
        "model": "residential_area",
        "hamlets": ["2545602"],
        "group_name": "Tổ tự quản 4",
        "decision_no": "15/QĐ-UBND",
        "decision_day": "1/8/2021",
        "decision_issuer": "UBND Phường 1",
        "decision_signer": "Trần Văn Tâm",
        "status": "reconstituting",
        "phone": "0276.3822.123",
        "is_pilot": True,
        "equipment": ["masks", "badge"],
        "training_day": "05.08.2021",
        "note": "Ghi chú",
    }
    team = teams.get(bound, teams.found(bound, user, typed, now=NOW))
    assert {name: team[name] for name in typed} == typed | {
        "from_day": DAY,
        "decision_day": "2021-08-01",
        "training_day": "2021-08-05",
        "phone": "02763822123",
        "is_pilot": 1,
        "equipment": ["badge", "masks"],
    }


def test_names_are_stored_composed_and_without_invisible_characters(as_):
    bound, user = as_("binh")
    typed = unicodedata.normalize("NFD", "  Tổ\u200b Phước\u00a0 Đức ")
    team = teams.found(bound, user, NEW | {"name": typed}, now=NOW)
    assert teams.get(bound, team)["name"] == "Tổ Phước Đức"
    assert teams.listed(bound, TeamFilters(query="phuoc duc"), day=DAY)[0]["id"] == team


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "x" * 121),
        ("name", "Tổ [1](http://x)"),
        ("name", "tổ COVID cộng đồng số 01"),
        ("hamlet_code", ""),
        ("hamlet_code", None),
        ("model", "other"),
        ("model", None),
        ("from_day", ""),
        ("from_day", "31/02/2021"),
        ("from_day", "8/2021"),
        ("from_day", "16/08/1921"),
        ("from_day", "16/08/2031"),
        ("decision_day", "hôm nào"),
        ("status", "dissolved"),
        ("phone", "12345"),
        ("equipment", ["tank"]),
        ("note", "x" * 501),
        ("training_day", "2021-13-01"),
        ("hamlets", ["2545901"]),
    ],
)
def test_what_cannot_be_stored_is_named_at_its_field(as_, db, field, typed):
    with pytest.raises(Invalid) as refusal:
        teams.found(*as_("dung"), NEW | {field: typed}, now=NOW)
    assert list(refusal.value.faults) == [field]
    assert value(db, "select count(*) from teams") == 4


def test_every_fault_is_named_at_once(as_):
    with pytest.raises(Invalid) as refusal:
        teams.found(*as_("binh"), {"phone": "1", "from_day": "x"}, now=NOW)
    assert set(refusal.value.faults) == {"hamlet_code", "model", "phone", "from_day"}


def test_a_hamlet_that_does_not_exist_is_not_found(as_):
    with pytest.raises(NotFound):
        teams.found(*as_("binh"), NEW | {"hamlet_code": "9999999"}, now=NOW)


def test_founding_twice_under_one_name_is_refused(as_, db):
    bound, user = as_("binh")
    teams.found(bound, user, NEW | {"name": "Tổ 9"}, now=NOW)
    with pytest.raises(Invalid) as refusal:
        teams.found(bound, user, NEW | {"name": "Tổ 9"}, now=NOW)
    assert list(refusal.value.faults) == ["name"]
    assert len(log(db, "team.found")) == 1


def test_an_edit_is_logged_with_old_and_new(as_, db):
    bound, user = as_("binh")
    teams.edit(bound, user, 1, {"note": "Họp tối thứ hai", "phone": "0912 345 678"}, 1, now=NOW)
    [line] = log(db, "team.edit")
    assert json.loads(line["detail"]) == {"note": [None, "Họp tối thứ hai"], "phone": [None, "0912345678"]}
    assert teams.get(bound, 1)["version"] == 2


def test_a_second_click_on_save_is_harmless(as_, db):
    bound, user = as_("binh")
    teams.edit(bound, user, 1, {"note": "x"}, 1, now=NOW)
    teams.edit(bound, user, 1, {"note": "x"}, 1, now=NOW)
    assert len(log(db, "team.edit")) == 1


def test_an_edit_of_a_stale_version_is_a_conflict(as_, db):
    bound, user = as_("binh")
    teams.edit(bound, user, 1, {"note": "x"}, 1, now=NOW)
    with pytest.raises(Conflict):
        teams.edit(bound, user, 1, {"note": "y"}, 1, now=NOW)
    assert teams.get(bound, 1)["note"] == "x"
    assert len(log(db, "team.edit")) == 1


def test_moving_a_team_to_another_hamlet_moves_its_rollups(as_, db):
    bound, user = as_("binh")
    teams.edit(bound, user, 1, {"hamlet_code": "2545602"}, 1, now=NOW)
    assert rollup.differences(db, DAY) == [] == rollup.differences(db, YESTERDAY)
    assert value(db, "select teams from hamlet_day where day = ? and hamlet_code = '2545601'", [DAY]) == 0


def test_a_team_stays_in_its_commune(as_):
    with pytest.raises(Invalid) as refusal:
        teams.edit(*as_("dung"), 1, {"hamlet_code": "2545901"}, 1, now=NOW)
    assert list(refusal.value.faults) == ["hamlet_code"]


def test_a_team_cannot_begin_after_its_first_assignment(as_):
    with pytest.raises(Invalid) as refusal:
        teams.edit(*as_("binh"), 1, {"from_day": "10/08/2021"}, 1, now=NOW)
    assert list(refusal.value.faults) == ["from_day"]


def test_a_team_with_households_is_not_dissolved(as_, db):
    with pytest.raises(Conflict) as refusal:
        teams.dissolve(*as_("binh"), 1, {}, 1, now=NOW)
    assert refusal.value.say.places == {"n": 24, "day": "16/08/2021"}
    assert value(db, "select status from teams where id = 1") == "active"


def test_dissolving_ends_the_members_and_keeps_the_past(as_, db):
    free(db, 1)
    bound, user = as_("binh")
    teams.dissolve(bound, user, 1, {}, 1, now=NOW)
    teams.dissolve(bound, user, 1, {}, 1, now=NOW)
    assert rollup.differences(db, DAY) == [] == rollup.differences(db, YESTERDAY)
    assert value(db, "select count(*) from team_day where team_id = 1 and day = ?", [DAY]) == 0
    assert value(db, "select assigned from team_day where team_id = 1 and day = ?", [YESTERDAY]) == 24
    assert members.of_team(bound, 1, day=DAY) == []
    assert len(members.of_team(bound, 1, day=DAY, left=True)) == 3
    assert len(log(db, "team.dissolve")) == 1


def test_a_dissolved_team_is_not_edited_and_its_name_is_free_again(as_, db):
    free(db, 1)
    bound, user = as_("binh")
    teams.dissolve(bound, user, 1, {"until_day": "16/08/2021"}, 1, now=NOW)
    with pytest.raises(Conflict):
        teams.edit(bound, user, 1, {"note": "x"}, 2, now=NOW)
    assert teams.found(bound, user, NEW | {"name": world.TEAMS[0][3]}, now=NOW)
    assert [line["id"] for line in teams.listed(bound, TeamFilters(status="dissolved"), day=DAY)] == [1]


def test_a_team_cannot_end_before_it_began(as_):
    with pytest.raises(Invalid):
        teams.dissolve(*as_("binh"), 1, {"until_day": "01/07/2021"}, 1, now=NOW)


def test_the_store_and_the_labels_know_the_same_codes():
    assert tuple(labels.TEAM_MODELS) == fields.MODELS
    assert set(labels.TEAM_STATUS) == {*fields.STATUS, "dissolved"}
    assert tuple(labels.EQUIPMENT) == fields.EQUIPMENT


def test_dissolving_from_a_day_gone_by_says_why(as_, db):
    bound, user = as_("binh")
    db.conn.execute("update assignments set until_day = ? where team_id = 1", [world.YESTERDAY])
    with pytest.raises(Invalid) as refused:
        teams.dissolve(bound, user, 1, {"until_day": "15/08/2021"}, 1, now=NOW)
    assert set(refused.value.faults) == {"reason"}
    teams.dissolve(bound, user, 1, {"until_day": "15/08/2021", "reason": "Quyết định đến muộn"}, 1, now=NOW)
    assert "Quyết định đến muộn" in value(db, "select detail from audit_log order by id desc limit 1")
