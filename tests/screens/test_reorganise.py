"""Reorganising on the screen: the effect is shown before anything is done, one button does it, one takes it back."""

import pytest

from lib.core.database import rows, value
from lib.register.households import persons
from tests import world

TODAY = world.DAY


def said(test):
    told = [*test.markdown, *test.info, *test.success, *test.warning, *test.caption]
    return " ".join(str(e.value) for e in told).replace("\\", "")


def way(test, code, team=1):
    test.pills(key=f"regroup_way_{team}").set_value(code).run()
    return test


def leaver(app, who="binh", member=2, team=1):
    test = way(app(who, "teams", team=str(team)), "leave", team)
    test.selectbox(key=f"leaver_{team}_0_member").set_value(member).run()
    return test


def minded(db, member):
    sql = "select count(*) from assignments where member_id = ? and (until_day is null or until_day > '2021-08-17')"
    return value(db, sql, [member])


def test_the_wizard_shows_the_effect_before_it_does_anything(app, db):
    test = leaver(app)
    assert "2 members, 8 households" in said(test) and "No. 9 to 12 of the walk" in said(test)
    assert "The team has 2 members; the rule is 3 to 4." in said(test)
    assert minded(db, 2) == 8


def test_confirmed_the_others_come_and_it_can_be_taken_back(app, db):
    test = leaver(app)
    test.text_input(key="leaver_1_0_until").set_value("20/08/2021").run()
    test.button(key="leaver_1_0_go").click().run()
    assert not test.exception and "the households return to Trần Văn An automatically" in said(test)
    assert minded(db, 1) == 12
    (line,) = rows(db, "select audit_id from undoable")
    test.button(key=f"take_back_{line['audit_id']}").click().run()
    assert minded(db, 1) == 8 and "Undone" in said(test)


def test_what_was_typed_last_counts_in_one_breath_with_the_button(app, db):
    """A date typed and the button pressed without leaving the field: both arrive at once, nothing drawn between."""
    test = leaver(app)
    test.text_input(key="leaver_1_0_until").set_value("20/08/2021")
    test.button(key="leaver_1_0_go").click().run()
    assert "on 20/08/2021 the households return" in said(test) and minded(db, 1) == 12
    test = way(app("binh", "teams", team="2"), "leader", 2)
    test.selectbox(key="regroup_2_0_leaderleader").set_value(5).run()
    test.text_input(key="regroup_2_0_leadernumber").set_value("31/QĐ-UBND")
    test.button(key="regroup_2_0_go").click().run()
    assert value(db, "select detail ->> 'decision_no' from audit_log where action = 'team.leader'") == "31/QĐ-UBND"


def test_an_effect_that_nobody_saw_is_shown_before_it_is_done(app, db):
    test = leaver(app)
    test.selectbox(key="leaver_1_0_member").set_value(3)
    test.button(key="leaver_1_0_go").click().run()
    assert "This has changed since it was shown" in said(test) and minded(db, 2) == 8
    test.button(key="leaver_1_0_go").click().run()
    assert "Done: 2 members, 8 households" in said(test) and (minded(db, 2), minded(db, 3)) == (12, 0)
    test = way(app("binh", "teams", team="2"), "leader", 2)
    test.selectbox(key="regroup_2_0_leaderleader").set_value(5).run()
    test.selectbox(key="regroup_2_0_leaderleader").set_value(6)
    test.button(key="regroup_2_0_go").click().run()
    assert "This has changed" in said(test) and not rows(db, "select id from audit_log where action = 'team.leader'")
    test.pills(key="regroup_way_2").set_value("split")
    test.button(key="regroup_2_0_go").click().run()
    assert "This has changed" in said(test) and not rows(db, "select id from audit_log where action = 'team.leader'")


def test_a_second_click_does_nothing(app, db):
    test = leaver(app)
    test.button(key="leaver_1_0_go").click().run()
    test.session_state["leaver_1_0_go"] = True
    test.run()
    assert len(rows(db, "select id from audit_log where action = 'member.absent'")) == 1


def test_what_cannot_be_is_said_at_its_field_and_offers_no_button(app):
    test = leaver(app)
    test.text_input(key="leaver_1_0_until").set_value("01/08/2021").run()
    assert "The end must be after the beginning" in said(test)
    assert not [b for b in test.button if str(b.key).endswith("_go")]


def test_dissolving_moves_the_households_in_one_step(app, db):
    test = way(app("binh", "teams", team="1"), "dissolve")
    assert "Choose the teams that take over the households" in said(test)
    test.multiselect(key="regroup_1_0_dissolveteams").set_value([2]).run()
    test.segmented_control(key="regroup_1_0_dissolvewhen").set_value(TODAY).run()
    test.button(key="regroup_1_0_go").click().run()
    assert not test.exception and "Dissolved from 16/08/2021" in said(test)
    assert value(db, "select count(*) from assignments where team_id = 2 and until_day is null") == 48


def test_a_split_opens_the_new_team(app, db):
    test = way(app("binh", "teams", team="1"), "split")
    test.pills(key="regroup_1_0_splitmembers").set_value([2]).run()
    test.selectbox(key="regroup_1_0_splitleader").set_value(2).run()
    test.text_input(key="regroup_1_0_splitnumber").set_value("9/QĐ-UBND").run()
    test.button(key="regroup_1_0_go").click().run()
    assert test.subheader[0].value == "Tổ Covid cộng đồng số 03 – khu phố 1"
    assert value(db, "select decision_no from teams where id = 5") == "9/QĐ-UBND"


def test_another_leader(app, db):
    test = way(app("binh", "teams", team="1"), "leader")
    test.selectbox(key="regroup_1_0_leaderleader").set_value(2).run()
    test.segmented_control(key="regroup_1_0_leaderwhen").set_value(TODAY).run()
    test.button(key="regroup_1_0_go").click().run()
    assert "led by Trần Văn An" in said(test)
    assert "Phạm Thị Lan: leader before, member from this day on" in said(test)


def test_one_model_is_offered_only_where_there_are_two(app, db):
    test = app("binh", "teams", team="1")
    assert "One model in the hamlet" not in test.pills(key="regroup_way_1").options
    db.conn.execute("update teams set model = 'residential_area', hamlet_code = '2545601' where id = 2")
    test = way(app("binh", "teams", team="1"), "models")
    test.button(key="regroup_1_0_go").click().run()
    assert value(db, "select count(distinct model) from teams where commune_code = '25456'") == 1


@pytest.mark.parametrize("who", ["an", "lan", "son", "mai", "thu"])
def test_readers_see_the_history_and_no_way_to_reorganise(app, who):
    test = app(who, "teams", team="1")
    assert "The team was created with 3 members. Decision 12/QĐ" in said(test)
    assert not [w for w in test.pills if "regroup" in str(w.key)]


def test_a_stranger_finds_no_team_and_no_pair(app, db):
    test = app("chi", "teams", team="1")
    assert "regroup_way_1" not in {str(w.key) for w in test.pills} and "Lan" not in said(test)
    test = app("chi", "households", merge="25456-0001,25456-0002")
    assert "There is no such household in your area; check the code." in said(test) and world.head_name(1) not in said(
        test
    )


# Merging and moving


def test_two_households_become_one_as_chosen_and_back(app, db, as_):
    persons.add(*as_("binh"), "25456-0002", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    test = app("binh", "households", merge="25456-0001,25456-0002")
    name = "merge_household_25456-0001_25456-0002"
    test.radio(key=f"{name}_0_0head_name").set_value("goes").run()
    test.button(key=f"{name}_0_go").click().run()
    assert not test.exception and "Merged." in said(test)
    stood = rows(db, "select head_name, merged_into from households where id < 3")
    assert stood == [
        {"head_name": world.head_name(2), "merged_into": None},
        {"head_name": world.head_name(2), "merged_into": 1},
    ]
    assert value(db, "select household_id from persons") == 1
    line = value(db, "select max(audit_id) from undoable")
    test.button(key=f"take_back_{line}").click().run()
    assert value(db, "select merged_into from households where id = 2") is None


def test_a_merge_takes_the_choice_made_last_and_the_pair_that_was_shown(app, db):
    test = app("binh", "households", merge="25456-0001,25456-0002")
    name = "merge_household_25456-0001_25456-0002"
    test.radio(key=f"{name}_0_stays").set_value(1)
    test.button(key=f"{name}_0_go").click().run()
    assert "This has changed" in said(test) and not value(db, "select count(merged_into) from households")
    test.radio(key=f"{name}_0_1head_name").set_value("goes")
    test.button(key=f"{name}_0_go").click().run()
    stood = rows(db, "select head_name, merged_into from households where id < 3 order by id desc")
    assert stood == [
        {"head_name": world.head_name(1), "merged_into": None},
        {"head_name": world.head_name(1), "merged_into": 2},
    ]


def test_two_persons_become_one(app, db, as_):
    one, other = (
        persons.add(*as_("binh"), f"25456-000{n}", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
        for n in (1, 2)
    )
    test = app("binh", "households", merge_persons=f"{one},{other}")
    test.button(key=f"merge_person_{one}_{other}_0_go").click().run()
    assert value(db, "select merged_into from persons where id = ?", [other]) == one


@pytest.mark.parametrize("pair", ["", "x", "25456-0001,25456-0001", "25456-0001,nowhere"])
def test_an_odd_address_is_answered_calmly(app, pair):
    for query in ({"merge": pair}, {"merge_persons": pair}):
        assert not app("binh", "households", **query).exception


def test_others_do_not_merge(app):
    test = app("lan", "households", merge="25456-0001,25456-0002")
    assert "merged by the commune's staff" in said(test) and not test.radio


def test_a_household_moves_and_both_communes_see_it(app, db):
    test = app("binh", "households", household="25456-0001")
    test.selectbox(key="move_25456-0001_0_commune").set_value("25654").run()
    test.selectbox(key="move_25456-0001_0_hamlet25654").set_value("2565401").run()
    test.text_input(key="move_25456-0001_0_reason").set_value("Về nhà con trai")
    test.button(key="move_25456-0001_0_go").click().run()
    assert value(db, "select detail ->> 'reason' from audit_log where action = 'household.move'") == "Về nhà con trai"
    assert not test.exception and "from 17/08/2021 its code is 25654-0097" in said(test)
    assert "Moves to ấp Rạch Sơn, Thị trấn Gò Dầu from 17/08/2021, with the code" in said(test)
    there = app("chi", "households", household="25654-0097")
    assert "Until 17/08/2021: 25456-0001" in " ".join(e.label for e in there.expander)
