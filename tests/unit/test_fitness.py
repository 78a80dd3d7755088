"""Live checks warn with rule, source and next step; settings of the province move them; nothing is blocked."""

import pytest

from lib.core import rollup
from lib.core.database import rows, value
from lib.core.errors import Invalid, Refused
from lib.register import size_rules
from lib.register.teams import rule_warnings
from tests import world
from tests.table import tabled
from tests.world import DAY, NOW


def warned(bound, **narrow):
    return [(w["team_id"], w["rule"]) for w in rule_warnings.warnings(bound, day=DAY, **narrow)]


def change(db, sql):
    db.conn.execute(sql)


def test_a_team_as_the_directives_want_it_has_no_warning(as_):
    assert warned(as_("mai")[0]) == []


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        ("size", "update members set until_day = '2021-08-16' where id = 3"),
        ("leader", "update members set role = 'member' where id = 1"),
        ("leader_post", "update members set position = 'other' where id = 1"),
        ("leader_post", "update members set position = null where id = 1"),
        ("health_worker", "update members set categories = '[\"party_member\"]' where team_id = 1"),
        ("party_member", "update members set categories = '[\"health_worker\"]' where team_id = 1"),
        ("decision", "update teams set decision_no = null where id = 1"),
        ("phone", "update members set phone = null where id = 2"),
    ],
)
def test_each_rule_warns_of_its_breach_and_of_nothing_else(as_, db, rule, sql):
    change(db, sql)
    assert warned(as_("binh")[0]) == [(1, rule)]


def test_a_team_without_members_lacks_people_and_a_leader(as_, db):
    change(db, "update members set until_day = '2021-08-16' where team_id = 1")
    assert warned(as_("binh")[0], team_id=1) == [(1, "size"), (1, "leader")]


@pytest.mark.parametrize("kept", [19, 31])
def test_the_load_of_a_team_is_that_of_the_day(as_, db, kept):
    for number in range(201, 201 + kept - 19):
        world.add_household(db, number, "25456", "2545601", number)
        world.add_assignment(db, number, 1 + number % 3, 1, DAY)
    change(db, "update assignments set until_day = '2021-08-16' where team_id = 1 and household_id <= 5")
    rollup.recount(db, teams={1}, since=DAY)
    [warning] = rule_warnings.warnings(as_("binh")[0], day=DAY)
    assert (warning["rule"], warning["say"].places) == ("load", {"n": kept, "least": 20, "most": 30})


@pytest.mark.parametrize("who", ["an", "lan", "binh", "dung"])
def test_the_load_of_a_member_is_the_same_for_every_role(as_, db, who):
    change(db, "update assignments set member_id = 2 where team_id = 1 and member_id = 3")
    [warning] = rule_warnings.warnings(as_(who)[0], day=DAY)
    assert (warning["rule"], warning["say"].places) == ("member_load", {"name": "Trần Văn An", "n": 16, "most": 15})


def test_two_models_in_one_hamlet_overlap_also_through_further_hamlets(as_, db):
    change(db, "update teams set model = 'residential_area' where id = 2")
    assert warned(as_("binh")[0]) == []
    change(db, "insert into team_hamlets values (2, '2545601')")
    assert warned(as_("binh")[0]) == [(1, "models"), (2, "models")]
    assert warned(as_("binh")[0], team_id=2) == [(2, "models")]


def test_two_teams_of_one_model_in_a_hamlet_do_not_overlap(as_, db):
    change(db, "insert into team_hamlets values (2, '2545601')")
    assert warned(as_("binh")[0]) == []


@pytest.mark.parametrize(
    "sql",
    [
        "update members set phone = '0912000002' where id = 5",
        "update members set full_name = 'Tran van An', name_folded = 'tran van an', birth_year = 1972 where id = 5",
    ],
)
def test_a_person_in_two_teams_is_named_in_both(as_, db, sql):
    change(db, sql)
    assert warned(as_("binh")[0]) == [(1, "two_teams"), (2, "two_teams")]


def test_a_dissolved_team_is_not_warned_about_nor_counts_as_a_second_team(as_, db):
    change(db, "update members set phone = '0912000002' where id = 5")
    change(db, "update teams set status = 'dissolved', until_day = '2021-08-16' where id = 2")
    assert warned(as_("binh")[0]) == []


def test_a_team_that_begins_later_is_not_yet_short_of_households(as_, db):
    change(db, "update teams set from_day = '2021-08-20' where id = 1")
    rollup.recount(db, teams={1}, since=DAY)
    assert warned(as_("binh")[0]) == []


def test_chi_is_not_told_of_ans_team(as_, db):
    change(db, "update teams set decision_no = null")
    assert warned(as_("chi")[0]) == [(4, "decision")]
    assert warned(as_("chi")[0], team_id=1) == []
    assert warned(as_("quan")[0]) == []


def test_every_warning_names_its_source_and_the_next_step(as_, db):
    for sentence in (check.sentence for check in rule_warnings.CHECKS):
        assert sentence.endswith(".")
    for check in rule_warnings.CHECKS:
        source = check.source(size_rules.Rules(), {"state": None, "party": None})
        assert str(source) and check.step.endswith(".")


def test_the_province_may_set_other_sizes_and_the_source_says_so(as_, db):
    bound, mai = as_("mai")
    size_rules.save(bound, mai, {"team_min": "4", "team_max": 5}, now=NOW)
    warning = rule_warnings.warnings(as_("lan")[0], day=DAY)[0]
    assert (warning["rule"], warning["say"].places) == ("size", {"n": 3, "least": 4, "most": 5})
    assert warning["source"].places["rule"].places == {"least": 4, "most": 5}
    assert value(db, "select detail from audit_log") == '{"team_min": [3, 4], "team_max": [4, 5]}'


def test_rules_saved_unchanged_leave_no_line(as_, db):
    bound, mai = as_("mai")
    assert size_rules.save(bound, mai, {"team_min": 3}, now=NOW) == size_rules.Rules()
    assert rows(db, "select id from audit_log") == []


@tabled(
    "values",
    [
        {"team_min": 5},
        {"team_max": 0},
        {"households_max": "ba mươi"},
        {"member_load_max": ""},
        {"households_min": "1" * 30},
    ],
)
def test_impossible_rules_are_refused(as_, db, values):
    with pytest.raises(Invalid):
        size_rules.save(*as_("mai"), values, now=NOW)
    assert size_rules.read(db) == size_rules.Rules()


@tabled("who", ["an", "lan", "binh", "chi", "son", "dung", "thu", "quan"])
def test_only_the_province_sets_the_rules(as_, who):
    with pytest.raises(Refused):
        size_rules.save(*as_(who), {"team_min": 2}, now=NOW)


def test_a_spoilt_setting_leaves_the_default(db):
    change(db, "insert into settings values ('rule.team_min', 'x'), ('rule.gone', '7')")
    assert size_rules.read(db) == size_rules.Rules()


def test_hamlets_without_a_team_are_listed_in_the_area_only(as_, db):
    change(db, "update teams set hamlet_code = '2545602' where id = 1")
    rollup.recount(db, teams={1}, hamlets={"2545601", "2545602"}, since=DAY)
    assert [gap["code"] for gap in rule_warnings.hamlets_without_team(as_("an")[0], day=DAY)] == ["2545601"]
    assert rule_warnings.hamlets_without_team(as_("chi")[0], day=DAY) == []
