"""Teams merged, split, dissolved, led by another, of one model: with their households, dated, and reversible."""

import pytest

from lib.core import access, clock, rollup
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.register.assignments import assignments
from lib.register.teams import members, reorganising, teams
from lib.register.teams.reorganising_commit import carry_out
from lib.register.undo import undo
from tests import world
from tests.unit.test_undo import facts

TODAY, TOMORROW = world.DAY, clock.plus(world.DAY, 1)
DECISION = {"decision_no": "31/QĐ-UBND", "decision_day": "16/08/2021", "decision_issuer": "UBND Phường 1"}


def plan(bound, way, **values):
    db, user = bound
    return reorganising.plan(db, user, way, {"from_day": TODAY, **DECISION, **values}, now=world.NOW)


def do(bound, way, **values):
    made = plan(bound, way, **values)
    return carry_out(*bound, made, now=world.NOW)


def loads(db, day=TODAY) -> dict[int, int]:
    """Households of each team on a day, by the facts."""
    found = rows(
        db,
        """select team_id, count(*) as n from assignments where from_day <= :day
           and (until_day is null or until_day > :day) group by 1 having team_id not in (3, 4)""",
        {"day": day},
    )
    return {line["team_id"]: line["n"] for line in found}


def leader(db, team, day=TODAY):
    sql = """select full_name from members where team_id = ? and role = 'leader' and from_day <= ?
             and (until_day is null or until_day > ?)"""
    return value(db, sql, [team, day, day])


def sums(db, day=TODAY):
    return rows(db, "select * from team_day where day = ? order by commune_code, team_id", [day])


def test_merging_takes_members_households_and_accounts_along(as_, db):
    db.conn.execute("update teams set hamlet_code = '2545601' where id = 2")
    rollup.recount(db, teams={2}, hamlets={"2545601", "2545602"}, since=world.YESTERDAY)
    yesterday = sums(db, world.YESTERDAY)
    made = plan(as_("binh"), "merge", team=2, teams=[1])
    assert [(t["name"][-2:], t["members"], t["households"], t["ends"]) for t in made.teams] == [
        ("02", 6, 48, False),
        ("01", 0, 0, True),
    ]
    assert len(made.warnings) == 2
    carry_out(*as_("binh"), made, now=world.NOW)
    assert loads(db) == {2: 48} and loads(db, world.YESTERDAY) == {1: 24, 2: 24}
    assert [m["households"] for m in members.of_team(as_("binh")[0], 2, day=TODAY)] == [8] * 6
    assert value(db, "select status from teams where id = 1") == "dissolved"
    assert value(db, "select decision_no from teams where id = 2") == "31/QĐ-UBND"
    an = access.user(db, world.CAST["an"][0], TODAY)
    assert (an.team_id, an.role) == (2, "member")
    assert access.user(db, world.CAST["lan"][0], TODAY).role == "member", "who led the other team leads this one not"
    assert sums(db, world.YESTERDAY) == yesterday
    assert rollup.differences(db, TODAY) == rollup.differences(db, world.YESTERDAY) == []


def test_merging_over_hamlets_founds_a_team_of_the_same_name_and_no_past_day_changes(as_, db):
    made = plan(as_("binh"), "merge", team=2, teams=[1])
    assert [(t["id"], t["members"], t["ends"]) for t in made.teams] == [(2, 0, True), (1, 0, True), (0, 6, False)]
    number = carry_out(*as_("binh"), made, now=world.NOW)
    found = teams.get(as_("binh")[0], number)
    assert (found["name"], found["hamlets"]) == ("Tổ Covid cộng đồng số 02", ["2545601"])
    assert loads(db) == {number: 48} and not any("of its own" in say.text for _team, say in made.warnings)
    assert rollup.differences(db, TODAY) == rollup.differences(db, world.YESTERDAY) == []


def test_merging_from_tomorrow_leaves_today_alone(as_, db):
    before = sums(db)
    number = do(as_("binh"), "merge", team=2, teams=[1], from_day=TOMORROW, leader=1)
    assert sums(db) == before and loads(db) == {1: 24, 2: 24} and loads(db, TOMORROW) == {number: 48}
    assert leader(db, 1) == "Phạm Thị Lan" == leader(db, number, TOMORROW) != leader(db, 2)
    assert access.user(db, world.CAST["lan"][0], TODAY).team_id == 1
    assert access.user(db, world.CAST["lan"][0], TOMORROW).team_id == number


def test_splitting_founds_a_team_with_its_members_households(as_, db):
    number = do(as_("binh"), "split", team=1, members=[2, 3], leader=2, name="Tổ Covid cộng đồng số 03")
    assert loads(db) == {1: 8, 2: 24, number: 16}
    assert (leader(db, 1), leader(db, number)) == ("Phạm Thị Lan", "Trần Văn An")
    found = teams.get(as_("binh")[0], number)
    assert (found["decision_no"], found["hamlet_code"], found["from_day"]) == ("31/QĐ-UBND", "2545601", TODAY)
    assert access.user(db, world.CAST["an"][0], TODAY).role == "leader"
    assert rollup.differences(db, TODAY) == []


def test_dissolving_moves_the_households_in_the_same_step(as_, db):
    made = plan(as_("binh"), "dissolve", team=1, teams=[2])
    assert any("No team of its own" in say.text for _team, say in made.warnings)
    after = {m["id"]: (m["households"], m["households_after"]) for m in made.loads}
    assert after == {4: (8, 16), 5: (8, 16), 6: (8, 16)}
    carry_out(*as_("binh"), made, now=world.NOW)
    assert loads(db) == {2: 48}
    assert value(db, "select count(*) from members where team_id = 1 and until_day is null") == 0
    assert access.user(db, world.CAST["an"][0], TODAY) is None
    assert rollup.differences(db, TODAY) == []


def test_a_team_with_households_is_not_dissolved_into_nobody(as_, db):
    with pytest.raises(Invalid) as refused:
        plan(as_("binh"), "dissolve", team=1)
    assert "teams" in refused.value.faults


def test_another_leader_in_one_act_and_the_accounts_change_with_it(as_, db):
    do(as_("binh"), "leader", team=1, leader=2)
    assert leader(db, 1) == "Trần Văn An" and loads(db) == {1: 24, 2: 24}
    roles = {name: access.user(db, world.CAST[name][0], TODAY).role for name in ("an", "lan")}
    assert roles == {"an": "leader", "lan": "member"}
    assert len(members.of_team(as_("binh")[0], 1, day=TODAY)) == 3
    assert members.of_team(as_("binh")[0], 1, day=TODAY, left=True) == [], "nobody left the team"
    with pytest.raises(Invalid):
        plan(as_("binh"), "leader", team=2, leader=4)


@pytest.mark.parametrize("how", ["convert", "dissolve"])
def test_a_hamlet_with_two_models_keeps_one(as_, db, how):
    db.conn.execute("update teams set model = 'residential_area', hamlet_code = '2545601' where id = 2")
    do(as_("binh"), "models", team=1, teams=[2], model="hamlet", how=how)
    assert rows(db, "select distinct model from teams where commune_code = '25456' and status = 'active'") == [
        {"model": "hamlet"}
    ]
    assert sum(loads(db).values()) == 48 and len(loads(db)) == (2 if how == "convert" else 1)


def test_what_was_decided_for_later_comes_along(as_, db):
    assignments.give(*as_("binh"), ["25456-0030"], 2, from_day=clock.plus(TODAY, 3), now=world.NOW)
    number = do(as_("binh"), "merge", team=2, teams=[1])
    assert loads(db, clock.plus(TODAY, 3)) == {number: 48}


WAYS = [
    ("merge", {"team": 2, "teams": [1]}),
    ("split", {"team": 1, "members": [2], "leader": 2, "name": "Tổ mới"}),
    ("dissolve", {"team": 1, "teams": [2]}),
    ("leader", {"team": 1, "leader": 3}),
]


@pytest.mark.parametrize(("way", "values"), WAYS)
def test_undo_is_identity(as_, db, way, values):
    before = facts(db), sums(db), sums(db, world.YESTERDAY), rows(db, "select * from hamlet_day")
    bound = as_("binh")
    do(bound, way, **values)
    assert facts(db) != before[0]
    (line,) = undo.offered(*as_("dung"), now=world.NOW)
    undo.take_back(*as_("dung"), line["id"], now=world.NOW)
    assert (facts(db), sums(db), sums(db, world.YESTERDAY), rows(db, "select * from hamlet_day")) == before


@pytest.mark.parametrize(("way", "values"), WAYS)
def test_strangers_and_other_roles_change_nothing(as_, db, way, values):
    before = facts(db)
    with pytest.raises(NotFound):
        do(as_("chi"), way, **values)
    for name in ("an", "lan", "son", "mai", "thu", "quan"):
        with pytest.raises(Refused):
            do(as_(name), way, **values)
    assert facts(db) == before


def test_teams_of_two_communes_stay_apart(as_):
    with pytest.raises(Invalid):
        plan(as_("dung"), "merge", team=1, teams=[3])


def test_a_plan_outlived_by_the_facts_is_refused(as_, db):
    bound = as_("binh")
    made = plan(bound, "dissolve", team=1, teams=[2])
    assignments.give(*bound, ["25456-0001"], 4, from_day=TODAY, now=world.NOW)
    before = facts(db)
    with pytest.raises(Conflict):
        carry_out(*bound, made, now=world.NOW)
    assert facts(db) == before


def test_a_missing_decision_and_leader_warn_and_do_not_block(as_):
    made = plan(as_("binh"), "split", team=1, members=[1], name="Tổ mới", decision_no="")
    said = [say.text for _team, say in made.warnings]
    assert said.count("The team has no leader.") == 2
    assert any("number of the decision is missing" in sentence for sentence in said)
