"""The page on which households are given to members."""

import pytest

from lib.core import clock
from lib.register.assignments import assignments
from tests import world

TODAY, TOMORROW = world.DAY, clock.plus(world.DAY, 1)


def rows_key(test) -> str:
    return test.dataframe[1].key


def tick(test, *places):
    """Tick rows of the table of households, as a click would."""
    test.session_state[rows_key(test)] = {"selection": {"rows": list(places)}}
    return test.run()


def click(test, key):
    test.button(key=key).click().run()
    assert not test.exception
    return test


def minded(db, number, day=TOMORROW):
    found = db.conn.execute(
        """select member_id from assignments where household_id = ? and from_day <= ?
           and (until_day is null or until_day > ?)""",
        [number, day, day],
    ).fetchone()
    return found and found[0]


def said(test) -> str:
    return " ".join(
        m.value for kind in (test.success, test.info, test.warning, test.error, test.markdown) for m in kind
    )


def test_ticked_rows_go_to_the_chosen_member_from_tomorrow(app, db):
    page = app("binh", "assignments")
    page.selectbox(key="member").set_value(2).run()
    tick(page, 0, 1)
    assert page.button(key="give").label == "Give 2 households to Trần Văn An"
    assert list(page.dataframe[0].value["Change"]) == ["−2", "+2", ""]
    click(page, "give")
    assert (minded(db, 1), minded(db, 2), minded(db, 3), minded(db, 1, TODAY)) == (2, 2, 1, 1)
    assert "From 17/08/2021, 2 households get a new member" in said(page)
    assert page.button(key="give").disabled


def test_the_day_chosen_in_one_breath_with_the_button_counts(app, db):
    page = app("binh", "assignments")
    page.selectbox(key="member").set_value(2).run()
    tick(page, 0)
    page.button_group(key="from_day").set_value(TODAY)
    click(page, "give")
    assert minded(db, 1, TODAY) == 2 and "from 16/08/2021" in said(page)


def test_a_second_click_gives_nothing_twice(app, db):
    page = app("binh", "assignments")
    page.selectbox(key="member").set_value(2).run()
    tick(page, 0)
    click(page, "give")
    page.button(key="give").proto.disabled = False  # the click was under way before the button was drawn anew
    click(page, "give")
    assert "Choose at least" not in said(page)
    assert db.conn.execute("select count(*) from audit_log").fetchone() == (1,)
    assert page.button(key="undo")


def test_a_lane_at_once_from_today(app, db):
    page = app("binh", "assignments")
    page.button_group(key="from_day").set_value(TODAY).run()
    page.selectbox(key="give_0_lane").set_value("Hẻm 3").run()
    page.checkbox[0].check().run()
    page.selectbox(key="member").set_value(1).run()
    click(page, "give")
    assert [minded(db, n, TODAY) for n in (17, 18, 24)] == [2 + 1, 1, 1]


def test_a_stretch_of_the_walk(app):
    page = app("binh", "assignments")
    page.number_input(key="give_0_low").set_value(5).run()
    page.number_input(key="give_0_high").set_value(7).run()
    assert list(page.dataframe[1].value["No."]) == [5, 6, 7]


def test_undo_brings_them_back(app, db):
    page = app("binh", "assignments")
    page.selectbox(key="member").set_value(2).run()
    tick(page, 0)
    click(click(page, "give"), "undo")
    assert minded(db, 1) == 1
    assert "Undone" in said(page) and "undo" not in [b.key for b in page.button]


def test_undo_after_somebody_else_decided_says_so(app, db):
    page = app("binh", "assignments")
    page.selectbox(key="member").set_value(2).run()
    click(tick(page, 0), "give")
    db.conn.execute("update assignments set until_day = from_day where household_id = 1 and until_day is null")
    click(page, "undo")
    assert "Changed since then, so not all of it can be undone: Trần Thị Hoa." in said(page)


def test_who_left_meanwhile_is_told_at_the_field(app, db):
    page = app("binh", "assignments")
    page.selectbox(key="member").set_value(2).run()
    tick(page, 0)
    db.conn.execute("update members set until_day = ? where id = 2", [TODAY])
    click(page, "give")
    assert "Trần Văn An is not in an active team" in said(page)
    assert minded(db, 1) == 1


def test_left_with_nobody_is_an_alarm(app, db):
    page = app("binh", "assignments")
    click(tick(page, 0, 1), "take_back")
    assert minded(db, 1) is None
    assert "2 households of khu phố 1 have no responsible member on 17/08/2021" in said(page)
    page.selectbox(key="hamlet").set_value("2545602").run()
    assert "elsewhere without a responsible member: khu phố 1 (2)" in said(page)


def test_a_proposal_is_looked_at_changed_and_accepted(app, db):
    db.conn.execute("update assignments set until_day = from_day where household_id <= 10")
    page = app("binh", "assignments")
    page.button_group(key="way").set_value("propose").run()
    assert page.button(key="accept").label == "Apply: 10 households get a new member"
    page.selectbox(key="other").set_value(3).run()
    click(tick(page, 0), "adjust")
    assert page.dataframe[1].value["Proposed"][0] == "Mai Văn Một"
    click(page, "accept")
    assert minded(db, 1) == 3 and all(minded(db, n) for n in range(1, 11))
    assert db.conn.execute("select action from audit_log").fetchall() == [("assignment.accept",)]
    click(page, "undo")
    assert minded(db, 1) is None


def test_a_proposal_that_facts_overtook_is_refused(app, db):
    db.conn.execute("update assignments set until_day = from_day where household_id <= 10")
    page = app("binh", "assignments")
    page.button_group(key="way").set_value("propose").run()
    db.conn.execute(f"insert into assignments (household_id, member_id, team_id, from_day) values (1, 1, 1, '{TODAY}')")
    click(page, "accept")
    assert "Someone has changed" in said(page)
    assert minded(db, 2) is None


def test_nobody_available_is_said_not_crashed(app, db):
    db.conn.execute("update members set availability = 'ill' where team_id = 1")
    page = app("binh", "assignments")
    page.button_group(key="way").set_value("propose").run()
    assert not page.exception and "Every household on this list has a responsible member" in said(page)
    page.button_group(key="keep").set_value(False).run()
    assert "No member of these teams is available" in said(page)


def test_a_leader_shifts_in_the_own_team_and_cannot_leave_a_house_alone(app, db):
    page = app("lan", "assignments")
    assert "hamlet" not in [s.key for s in page.selectbox] and "take_back" not in [b.key for b in page.button]
    page.selectbox(key="member").set_value(2).run()
    click(tick(page, 0), "give")
    assert minded(db, 1) == 2
    page.button_group(key="way").set_value("propose").run()
    assert page.button(key="accept").label == "Apply: 1 household gets a new member"


def test_the_district_chooses_the_commune_first(app):
    page = app("dung", "assignments", hamlet="2545901")
    assert page.selectbox(key="commune").value == "25459"
    page.selectbox(key="commune").set_value("25456").run()
    assert page.selectbox(key="hamlet").value == "2545601"


def test_an_address_of_another_area_opens_the_own(app):
    page = app("chi", "assignments", hamlet="2545601")
    assert page.selectbox(key="hamlet").value == "2565401"
    assert "Trần Văn An" not in str(page.dataframe[0].value)


@pytest.mark.parametrize("name", ["an", "son", "mai", "thu", "quan"])
def test_other_roles_meet_a_calm_sentence(app, name):
    page = app(name, "assignments")
    assert "is not open to your current" in said(page) and not page.dataframe


@pytest.mark.parametrize(
    ("emptied", "sentence", "link"),
    [
        (
            "update households set hamlet_code = '2545602' where hamlet_code = '2545601'",
            "no households here",
            "households",
        ),
        ("update members set until_day = from_day where team_id = 1", "No team looks after khu phố 1", "teams"),
    ],
)
def test_empty_places_say_what_to_do(app, db, emptied, sentence, link):
    db.conn.execute(emptied)
    page = app("binh", "assignments", hamlet="2545601")
    assert sentence in said(page) and not page.exception
    assert [found.proto.page for found in page.get("page_link")] == [link]


def test_vietnamese(app):
    assert not app("binh", "assignments", language="vi").exception


def test_a_link_from_a_team_opens_its_hamlet(app):
    page = app("binh", "assignments", team="2")
    assert page.query_params["hamlet"] == "2545602" and "team" not in page.query_params
    assert app("binh", "assignments", team="4").query_params["hamlet"] == "2545601", "another commune's team is none"


def test_a_crafted_team_number_breaks_nothing(app):
    assert not app("binh", "assignments", team="9" * 20).exception


def test_the_wall_opens_the_proposed_split(app, db):
    db.conn.execute("update assignments set until_day = from_day where household_id <= 10")
    page = app("binh", "assignments", hamlet="2545601", way="propose")
    assert page.button(key="accept").label == "Apply: 10 households get a new member"
    page.button_group(key="way").set_value("hand").run()
    assert page.button(key="give") and "accept" not in [b.key for b in page.button]


def test_what_was_given_an_hour_ago_can_be_taken_back_here(app, db, as_):
    bound, user = as_("binh")
    assignments.give(bound, user, ["25456-0001"], 2, from_day=TOMORROW, now=world.NOW)
    assert [b for b in app("lan", "assignments").button if b.label == "Undo"] == []
    page = app("binh", "assignments")
    next(b for b in page.button if b.label == "Undo").click().run()
    assert minded(db, 1) == 1 and "Undone" in said(page)


def test_a_link_to_give_one_household_opens_its_hamlet_with_the_household_ticked(app, db):
    """As the household's page and the wall of gaps have it; what was chosen on the page before does not matter."""
    db.conn.execute("update assignments set until_day = '2021-08-10' where household_id = 40")
    card = app("binh", "households", household="25456-0040")
    (link,) = [each.proto for each in card.get("page_link") if "assignments" in each.proto.page]
    assert dict(part.split("=") for part in link.query_string.split("&")) == {
        "hamlet": "2545602",
        "household": "25456-0040",
    }
    page = app("binh", "assignments", household="25456-0040", way="propose")
    assert page.selectbox(key="hamlet").value == "2545602" and page.button_group(key="way").value == "hand"
    assert page.dataframe[1].value["Head of household"].iloc[0] == world.head_name(40)
    assert f"{world.head_name(40)} \\(25456\\-0040\\) is ticked" in said(page)
    page.selectbox(key="member").set_value(5).run()
    assert page.button(key="give").label.startswith("Give 1 household to")
    click(page, "give")
    assert minded(db, 40) == 5 and [minded(db, number) for number in (39, 41)] == [5, 6]
    assert page.button(key="give").disabled and "household" not in page.query_params  # nothing is ticked a second time


def test_a_link_to_a_household_of_others_ticks_nothing(app):
    page = app("binh", "assignments", household="25654-0073")
    assert not page.exception and "no such household in your area" in said(page)
    page.selectbox(key="member").set_value(2).run()
    assert page.button(key="give").disabled
    for odd in ("%", "25456-0040' or 1=1", "x" * 300):
        assert not app("binh", "assignments", household=odd).exception


def test_another_hamlet_chosen_after_the_link_leaves_the_household_alone(app):
    page = app("binh", "assignments", household="25456-0040")
    page.selectbox(key="hamlet").set_value("2545601").run()
    page.selectbox(key="member").set_value(2).run()
    assert page.button(key="give").disabled and "household" not in page.query_params


def test_the_district_is_led_to_the_commune_of_the_household_too(app):
    page = app("dung", "assignments", household="25459-0049")
    assert page.selectbox(key="commune").value == "25459" and page.selectbox(key="hamlet").value == "2545901"
    assert f"{world.head_name(49)} \\(25459\\-0049\\) is ticked" in said(page)
    for who in ("lan", "an", "son", "mai"):  # who gives nothing away is told nothing of it
        page = app(who, "assignments", household="25459-0049")
        assert not page.exception and "is ticked" not in said(page)
