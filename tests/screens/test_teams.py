"""The teams page: who sees what, founding and editing in one run, faults at the field, clicks said twice."""

import pytest

from lib.core.database import rows, value
from tests import world

FOUND = "found.0.save"


def button(test, key):
    return test.button(key=key)


def said(test):
    return " ".join(str(e.value) for e in [*test.markdown, *test.info, *test.success, *test.warning, *test.caption])


def listed(test):
    return list(test.dataframe[0].value["Team"]) if test.dataframe else []


def open_member(test, who):
    next(group for group in test.pills if group.label == "Add or change").set_value(who).run()
    return test


@pytest.mark.parametrize(("who", "count"), [("binh", 2), ("son", 2), ("dung", 3), ("thu", 3), ("mai", 4), ("chi", 1)])
def test_each_role_lists_its_area(app, who, count):
    test = app(who, "teams")
    assert not test.exception and len(listed(test)) == count


@pytest.mark.parametrize("who", ["an", "lan"])
def test_a_team_opens_on_its_own_card_without_forms(app, who):
    test = app(who, "teams")
    assert test.subheader[0].value == "Tổ Covid cộng đồng số 01"
    assert not test.exception and not [w for w in test.text_input if "." in str(w.key)]


@pytest.mark.parametrize("who", ["an", "lan", "son", "mai", "thu"])
def test_readers_get_no_button_to_write(app, who):
    for query in ({}, {"team": "1"}, {"team": "new"}):
        keys = {str(b.key) for b in app(who, "teams", **query).button}
        assert not {key for key in keys if "save" in key or key == "teams_new"}


def test_the_administrator_stays_outside(app):
    assert "is not open to your current" in said(app("quan", "teams"))


@pytest.mark.parametrize("team", ["1", "999", "x", "9" * 30, "²"])
def test_a_strangers_link_is_simply_not_found(app, team):
    test = app("chi", "teams", team=team)
    assert not test.exception
    assert [e.value for e in test.info] == ["There is no such record in your area; reload the page."]
    assert "Phạm Thị Lan" not in said(test)


def test_search_is_unaccented_and_says_when_nothing_matches(app):
    test = app("binh", "teams")
    test.text_input(key="teams_query").set_value("pham lan").run()
    assert listed(test) == ["Tổ Covid cộng đồng số 01"]
    test.text_input(key="teams_query").set_value("khong co").run()
    assert "No team matches" in said(test)


def test_the_list_narrows_to_teams_with_warnings(app, db):
    db.conn.execute("update teams set decision_no = null where id = 2")
    test = app("binh", "teams")
    test.toggle(key="teams_warned").set_value(True).run()
    assert listed(test) == ["Tổ Covid cộng đồng số 02"]


def test_a_click_on_a_row_opens_the_card_and_back_returns(app):
    test = app("binh", "teams")
    test.session_state["teams_table_0"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    test.run()
    assert test.subheader[0].value == "Tổ Covid cộng đồng số 02"
    button(test, "teams_back").click().run()
    assert len(listed(test)) == 2


def test_a_card_warns_with_source_and_next_step(app, db):
    db.conn.execute("update members set until_day = '2021-08-16' where id = 3")
    shown = said(app("lan", "teams"))
    assert "The team has 2 members; the rule is 3 to 4." in shown
    assert "Rule on team size\\: 3–4 people per team" in shown
    assert "Add members" in shown


def test_founding_opens_the_new_card_in_one_run(app, db):
    test = app("binh", "teams", team="new")
    assert test.text_input(key="found.0.name").placeholder == "Tổ Covid cộng đồng số 03 – khu phố 1"
    test.text_input(key="found.0.decision_no").set_value("15/QĐ-UBND")
    button(test, FOUND).click().run()
    assert test.subheader[0].value == "Tổ Covid cộng đồng số 03 – khu phố 1"
    assert "The team has been created" in said(test)
    assert value(db, "select decision_no from teams where id = 5") == "15/QĐ-UBND"


def test_a_second_click_still_asking_for_the_form_founds_nothing(app, db):
    test = app("binh", "teams", team="new")
    button(test, FOUND).click().run()
    test.query_params["team"] = "new"
    test.run()
    assert test.subheader[0].value == "Tổ Covid cộng đồng số 03 – khu phố 1"
    assert value(db, "select count(*) from teams") == 5


def test_a_fault_stands_at_its_field_and_what_was_typed_stays(app, db):
    test = app("binh", "teams", team="new")
    test.text_input(key="found.0.phone").set_value("0276.38")
    test.text_input(key="found.0.from_day").set_value("31/02/2021")
    button(test, FOUND).click().run()
    assert test.text_input(key="found.0.phone").value == "0276.38"
    assert "A telephone number has 10 digits" in said(test) and "only 28 days in 2/2021" in said(test)
    assert "Not saved yet" in said(test)
    assert value(db, "select count(*) from teams") == 4


def test_a_district_chooses_the_commune_first(app, db):
    test = app("dung", "teams", team="new")
    test.selectbox(key="found_commune").set_value("25459").run()
    button(test, FOUND).click().run()
    assert value(db, "select commune_code from teams where id = 5") == "25459"


def test_editing_saves_and_is_fresh_from_the_store(app, db):
    test = app("binh", "teams", team="1")
    test.text_input(key="team1.0.phone").set_value("0276.3822.123")
    button(test, "team1.0.save").click().run()
    assert test.text_input(key="team1.1.phone").value == "02763822123"
    assert "Saved." in said(test)
    assert len(rows(db, "select id from audit_log where action = 'team.edit'")) == 1


def test_a_change_by_another_meanwhile_is_shown_and_nothing_typed_is_lost(app, db):
    test = app("binh", "teams", team="1")
    test.text_input(key="team1.0.note").set_value("Của tôi")
    db.conn.execute("update teams set note = 'Của người khác', version = 2 where id = 1")
    button(test, "team1.0.save").click().run()
    assert "Someone has changed this in" in said(test)
    assert test.text_input(key="team1.1.note").value == "Của tôi" and "Not saved yet" in said(test)
    button(test, "team1.1.save").click().run()
    assert value(db, "select note from teams where id = 1") == "Của tôi" and "Not saved yet" not in said(test)


def two(app, **query):
    """The same page in two browsers, opened before either saves."""
    return app("binh", "teams", **query), app("binh", "teams", **query)


def test_two_browsers_change_a_team_and_nothing_of_either_is_lost(app, db):
    first, second = two(app, team="1")
    first.text_input(key="team1.0.decision_no").set_value("99/QĐ")
    first.pills(key="team1.0.equipment").set_value(["masks"])
    button(first, "team1.0.save").click().run()
    second.text_input(key="team1.0.decision_signer").set_value("Lê Văn Ký")
    button(second, "team1.0.save").click().run()
    assert "Someone has changed this in" in said(second)
    assert second.text_input(key="team1.1.decision_no").value == "99/QĐ"
    assert second.text_input(key="team1.1.decision_signer").value == "Lê Văn Ký"
    button(second, "team1.1.save").click().run()
    kept = rows(db, "select decision_no, decision_signer, equipment from teams where id = 1")
    assert kept == [{"decision_no": "99/QĐ", "decision_signer": "Lê Văn Ký", "equipment": '["masks"]'}]


def test_two_browsers_change_a_member_and_nothing_of_either_is_lost(app, db):
    first, second = (open_member(test, 2) for test in two(app, team="1"))
    first.text_input(key="member_1_2.0.phone").set_value("0276.3822.123")
    button(first, "member_1_2.0.save").click().run()
    second.text_input(key="member_1_2.0.birth_year").set_value("1985")
    button(second, "member_1_2.0.save").click().run()
    assert second.text_input(key="member_1_2.1.phone").value == "02763822123"
    button(second, "member_1_2.1.save").click().run()
    kept = rows(db, "select phone, birth_year from members where id = 2")
    assert kept == [{"phone": "02763822123", "birth_year": 1985}]


def test_only_what_was_changed_is_sent(app, db):
    db.conn.execute("update teams set name = 'Tổ 1: cũ' where id = 1")
    test = app("binh", "teams", team="1")
    test.text_input(key="team1.0.name").set_value("Tổ 1 mới")
    button(test, "team1.0.save").click().run()
    detail = value(db, "select detail from audit_log where action = 'team.edit'")
    assert detail == '{"name": ["Tổ 1: cũ", "Tổ 1 mới"]}'


def test_a_team_just_edited_can_be_dissolved_at_once(app, db):
    db.conn.execute("update assignments set until_day = '2021-08-16' where team_id = 1")
    test = app("binh", "teams", team="1")
    test.text_input(key="team1.0.note").set_value("Xong")
    button(test, "team1.0.save").click().run()
    button(test, "dissolve1.1.save").click().run()
    assert "Dissolved from 16/08/2021" in said(test)


def test_a_member_is_added_and_the_warning_of_the_size_appears(app, db):
    test = open_member(app("binh", "teams", team="1"), "new")
    for number, name in enumerate(("Đinh Thị Hạnh", "Lâm Văn Phú")):
        test.text_input(key=f"member_1_new.{number}.full_name").set_value(name)
        button(test, f"member_1_new.{number}.save").click().run()
    assert "The team has 5 members; the rule is 3 to 4." in said(test)
    assert value(db, "select count(*) from members where team_id = 1") == 5


def test_a_second_leader_is_offered_the_place_of_the_first(app, db):
    test = open_member(app("binh", "teams", team="1"), 2)
    test.segmented_control(key="member_1_2.0.role").set_value("leader")
    button(test, "member_1_2.0.save").click().run()
    assert "Phạm Thị Lan leads this team" in said(test)
    test.checkbox(key="member_1_2.0.replace_leader").set_value(True)
    button(test, "member_1_2.0.save").click().run()
    assert "led by Trần Văn An" in said(test)


def test_who_holds_households_is_not_let_go(app, db):
    test = open_member(app("binh", "teams", team="1"), 2)
    button(test, "leave_1_2.0.save").click().run()
    assert "Trần Văn An still looks after 8 households on 16/08/2021" in said(test)
    assert value(db, "select until_day from members where id = 2") is None


def test_identity_numbers_are_never_drawn_whole(app, db):
    db.conn.execute("update members set id_number = '072180001123' where id = 2")
    test = open_member(app("binh", "teams", team="1"), 2)
    drawn = said(test) + str([(w.value, w.placeholder) for w in test.text_input])
    assert "identity number •••••••••123" in drawn and "072180001123" not in drawn


def test_dissolving_asks_for_the_households_first_and_then_ends_the_forms(app, db):
    test = app("binh", "teams", team="1")
    button(test, "dissolve1.0.save").click().run()
    assert "24 households still belong to this team" in said(test)
    db.conn.execute("update assignments set until_day = '2021-08-16' where team_id = 1")
    button(test, "dissolve1.0.save").click().run()
    assert "Dissolved from 16/08/2021" in said(test)
    assert not [b for b in test.button if "save" in str(b.key)]


def test_a_commune_without_teams_is_told_what_to_do(app, db):
    db.conn.execute("update teams set status = 'dissolved', until_day = '2021-08-16' where commune_code = '25654'")
    assert "Create the first one" in said(app("chi", "teams"))


def test_more_than_two_hundred_teams_are_shown_two_hundred_at_a_time(app, db):
    for number in range(5, 215):
        db.conn.execute(
            """insert into teams (id, commune_code, hamlet_code, name, name_folded, name_sort, model, from_day)
               values (?, '25456', '2545601', ?, ?, ?, 'hamlet', '2021-08-01')""",
            [number, f"Tổ {number}", f"to {number}", f"to {number:04d}"],
        )
    test = app("mai", "teams")
    assert len(listed(test)) == 200 and "The first 200 teams are shown." in said(test)


def test_a_team_is_found_by_any_of_its_members(app):
    test = app("binh", "teams")
    test.text_input(key="teams_query").set_value("tran van an").run()
    assert listed(test) == ["Tổ Covid cộng đồng số 01"]


def test_communes_of_one_name_are_listed_with_their_district(app, db):
    with db.conn:
        world.add_area(db, "25657", "commune", "Xã", "Tân Hòa", "710")
        world.add_area(db, "25660", "commune", "Xã", "Tân Hòa", "703")
        world.add_area(db, "2566001", "hamlet", "ấp", "Một", "25660")
        world.add_team(db, 5, "25660", "2566001", "Tổ Covid cộng đồng số 01")
    test = app("mai", "teams")
    assert "Xã Tân Hòa, Thành phố Tây Ninh" in list(test.dataframe[0].value["Commune"])
    assert "Phường 1" in list(test.dataframe[0].value["Commune"])
