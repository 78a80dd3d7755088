"""Households on the screen: found, opened, corrected, registered once; a stranger sees nothing."""

import json

import pytest

from lib.core.database import row, rows, value
from lib.register.households import households, persons
from tests import world

CODE = "25456-0009"  # An's


def told(page) -> str:
    shown = [*page.markdown, *page.info, *page.warning, *page.error, *page.caption, *page.success, *page.subheader]
    return " ".join(each.value for each in shown)


def found(page) -> list[str]:
    """The codes the result links to."""
    links = [link.proto.query_string for link in page.get("page_link")]
    return [query.removeprefix("household=") for query in links if query.startswith("household=")]


def press(page, label):
    return next(b for b in page.button if b.label == label).click().run()


def field(page, name, prefix=f"edit_{CODE}.0."):
    kinds = [*page.text_input, *page.selectbox, *page.checkbox, *page.text_area]
    return next(widget for widget in kinds if widget.key == f"{prefix}{name}")


def opened(app, name="binh", code=CODE):
    page = app(name, "households", household=code)
    assert not page.exception
    return page


# The search


def test_a_name_without_marks_finds_the_household(app):
    page = app("binh", "households")
    page.text_input(key="household_query").set_value("duc le hoang").run()
    assert not page.exception and "2 households" in told(page)
    assert found(page) == ["25456-0008", "25456-0032"]


def test_a_long_list_of_households_has_pages_to_its_end(app, db):
    for number in range(200, 260):
        world.add_household(db, number, "25456", "2545601", number)
    page = app("binh", "households")
    first = found(page)
    assert "108 households · 1 to 50 are shown" in told(page) and len(first) == 50
    pages = [first]
    for number in (2, 3):
        pages.append(found(page.pagination[0].set_value(number).run()))
    assert [len(each) for each in pages] == [50, 50, 8] and len({code for each in pages for code in each}) == 108
    assert "101 to 108 are shown" in told(page)
    page.text_input(key="household_query").set_value("Đức").run()
    assert "1 to" not in told(page) and found(page), "another search begins at its first page"


def test_a_page_that_is_no_more_gives_way_to_the_first(app, db):
    for number in range(200, 204):
        world.add_household(db, number, "25456", "2545601", number)
    page = app("binh", "households")
    assert len(found(page.pagination[0].set_value(2).run())) == 2
    db.conn.execute("update households set commune_code = '25459', hamlet_code = '2545901' where id in (1, 2)")
    page.run()
    assert not page.exception and len(found(page)) == 50


def test_nothing_found_says_what_to_try(app):
    page = app("binh", "households")
    page.text_input(key="household_query").set_value("%").run()
    assert "No household found" in told(page) and found(page) == []


def test_a_district_chooses_a_commune_or_types(app):
    page = app("dung", "households")
    assert "at least two letters" in told(page) and found(page) == []
    page.selectbox(key="household_commune").set_value("25459").run()
    assert "24 households" in told(page)
    page.selectbox(key="household_hamlet").set_value("2545901").run()
    page.selectbox(key="household_commune").set_value("25456").run()
    assert not page.exception and "48 households" in told(page)


def test_the_unassigned_are_a_filter_and_a_mark(app, db):
    db.conn.execute("update assignments set until_day = '2021-08-10' where household_id = 9")
    page = app("binh", "households")
    page.toggle(key="household_unassigned").set_value(True).run()
    assert found(page) == [CODE] and "No responsible member" in told(page)


@pytest.mark.parametrize("name, count", [("an", 8), ("lan", 24), ("son", 48), ("chi", 24)])
def test_everybody_sees_their_own(app, name, count):
    page = app(name, "households")
    assert len(found(page)) == count and (CODE in found(page)) == (name != "chi")


def test_a_name_is_shown_as_typed_not_as_markdown(app, db):
    db.conn.execute("update households set lane = '*x* [y](http://z) $1' where id = 9")
    page = app("an", "households")
    assert r"\*x\* \[y\]\(http\://z\) \$1" in told(page)


# One household


def enter(db, day=world.DAY, version=1, **columns):
    """A visit of An's household and, with symptoms, somebody of it who is not well."""
    columns = {"outcome": "met", "flags": "", "recorded_by": 2, "recorded_at": f"{day}T02:00:00Z", **columns}
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    db.conn.execute(
        f"""insert into visits (day, household_id, persons, member_id, {names}) values (?, 9, 4, 2, {marks})
            on conflict (day, household_id) do update set version = version + 1,
                {", ".join(f"{name} = excluded.{name}" for name in columns)}""",
        [day, *columns.values()],
    )


def not_well(db, day=world.DAY):
    world.add_area(db, "74", "province", "Tỉnh", "Bình Dương", None)
    db.conn.execute(
        """insert into persons (household_id, full_name, name_folded, name_sort, birth_year)
           values (9, 'Lâm *Bé*', 'be', 'be', 1990)"""
    )
    db.conn.execute(
        """insert into screenings (day, household_id, version, person_id, symptoms, symptoms_since, temperature,
               arrival, from_province, arrived_on)
           values (?, 9, 1, 1, '["fever", "cough"]', '2021-08-14', 38.5, 'returnee', '74', '2021-08-13')""",
        [day],
    )


def plainly(text: str) -> str:
    return text.replace("\\", "").replace("\u200b", "")


def story(page) -> str:
    """What happened, in sentences."""
    return plainly(next(each.value for each in page.markdown if each.value.startswith("- **")))


def calendar(page) -> list[dict]:
    """The days of the calendar, as they go to the browser."""
    (drawn,) = [element.proto for element in page.main if element.type == "bidi_component"]
    return [cell for week in json.loads(drawn.json)["weeks"] for cell in week if cell]


def test_what_was_found_stands_on_top_and_in_the_story(app, db):
    enter(db, flags="svng", needs='["food", "medicine"]', note="gọi *lại*")
    not_well(db)
    page = opened(app)
    person = "Fever, cough, since 14/08/2021; temperature 38.5 °C"
    came = "Returnee from Tỉnh Bình Dương, arrived on 13/08/2021"
    assert r"\*Bé\*" in page.warning[0].value and r"gọi \*lại\*" in page.warning[0].value
    for shown in (plainly(page.warning[0].value), story(page)):
        assert f"Lâm *Bé* (1990): {person}" in shown and "Need: Food, medicine" in shown
        assert f"Lâm *Bé* (1990): {came}" in shown
    enter(db)
    page = opened(app)
    assert not page.warning and f"Entered earlier, since removed: Lâm *Bé* (1990): {person}" in story(page)


def test_a_correction_names_both_answers(app, db):
    enter(db, outcome="absent")
    enter(db, outcome="met", recorded_by=3, recorded_at=f"{world.DAY}T08:00:00Z")
    shown = story(opened(app))
    changed = "changed to “Met in person” at 15:00 by Lê Thanh Bình."
    assert f"First entered as “Absent” at 09:00 by Phạm Thị Lan; {changed}" in shown
    assert "after the 14:00 cut-off" in shown


def test_the_days_are_a_calendar_with_words(app, db):
    enter(db, world.YESTERDAY, outcome="phone", flags="s")
    days = calendar(opened(app, "an"))
    assert len(days) == 45 and days[-1]["label"] == "Monday 16/08/2021: Not visited yet"
    assert days[-2]["label"] == "Sunday 15/08/2021: By phone, something to check"
    assert days[-1]["lines"] == ["Not visited yet; Trần Văn An is responsible."]
    assert days[-3]["lines"] == ["No visits were asked for on this day."]


def test_ordinary_visits_can_be_left_out_and_the_rest_stays(app, db):
    enter(db)
    enter(db, world.YESTERDAY, outcome="refused")
    page = opened(app)
    page.toggle(key="story_short").set_value(True).run()
    shown = story(page)
    assert "16/08/2021" not in shown and "Refused" in shown and "became responsible" in shown


def test_who_came_before_is_told(app, db):
    db.conn.execute("update assignments set until_day = '2021-08-10' where household_id = 9")
    world.add_assignment(db, 9, 3, 1, from_day="2021-08-10")
    assert "Trần Văn An, Tổ Covid cộng đồng số 01: 01/08/2021 to 09/08/2021" in plainly(told(opened(app)))


@pytest.mark.parametrize(("name", "code"), [("chi", CODE), ("an", "25456-0001")])
def test_of_a_strangers_household_no_word_and_no_day_is_shown(app, db, name, code):
    enter(db, flags="s")
    not_well(db)
    page = opened(app, name, code)
    assert "no such household" in told(page) and "Bé" not in told(page)
    assert not [element for element in page.main if element.type == "bidi_component"]


def test_a_deep_link_opens_the_household(app, db):
    db.conn.execute("update households set phone = '0912345678' where id = 9")
    page = opened(app, "an")
    assert "Phan Ngọc Hoa" in told(page) and "Trần Văn An" in told(page)
    assert any('href="tel:0912345678"' in each.proto.body for each in page.get("html"))


def test_a_stranger_learns_no_difference(app):
    page = opened(app, "chi")
    other = opened(app, "chi", "25456-9999")
    assert "no such household" in told(page) and told(page) == told(other)


@pytest.mark.parametrize("name", ["son", "dung", "mai", "thu"])
def test_who_only_reads_gets_no_form(app, name):
    page = opened(app, name)
    assert "Phan Ngọc Hoa" in told(page)
    assert not [b for b in page.button if b.label in ("Save", "Enter status", "Add person", "Move", "One later")]


def test_correcting_saves_and_shows_it_in_the_same_run(app, db):
    page = opened(app, "an")
    field(page, "phone").set_value("0276.3822.123")
    press(page, "Save")
    assert "Saved" in told(page) and value(db, "select phone from households where id = 9") == "02763822123"
    assert field(page, "phone", f"edit_{CODE}.1.").value == "02763822123"


def test_the_hamlet_is_read_only_and_the_commune_is_led_to_the_move(app):
    for name, led in (("an", False), ("lan", False), ("binh", True)):
        page = opened(app, name)
        assert "Hamlet  \n**khu phố 1**" in told(page)
        assert not [each for each in page.selectbox if str(each.key).endswith(".hamlet_code")]
        links = [link.proto.query_string for link in page.get("page_link")]
        assert (f"household={CODE}&tab=move" in links) == led


def test_the_link_opens_the_move_and_leaves_the_address_clean(app):
    page = app("binh", "households", household=CODE, tab="move")
    assert not page.exception and page.session_state[f"household_tab_{CODE}"] == "Move"
    assert dict(page.query_params) in ({"household": CODE}, {"household": [CODE]})
    for name in ("an", "thu"):
        page = app(name, "households", household=CODE, tab="move")
        assert not page.exception and "Phan Ngọc Hoa" in told(page)


def test_a_fault_stands_at_the_field_and_what_was_typed_stays(app, db):
    page = opened(app, "an")
    field(page, "phone").set_value("12")
    field(page, "lane").set_value("Hẻm 99")
    press(page, "Save")
    assert "A telephone number has" in told(page) and field(page, "lane").value == "Hẻm 99"
    assert value(db, "select version from households where id = 9") == 1


def test_a_change_made_meanwhile_is_told_and_keeps_what_was_typed(app, db):
    page = opened(app, "an")
    field(page, "lane").set_value("Hẻm 99")
    db.conn.execute("update households set version = 2, note = 'x' where id = 9")
    press(page, "Save")
    again = f"edit_{CODE}.1."
    assert "Someone has changed this in" in told(page) and field(page, "lane", again).value == "Hẻm 99"
    assert value(db, "select lane from households where id = 9") == "Hẻm 2"
    assert field(page, "note", again).value == "x"
    press(page, "Save")
    assert row(db, "select lane, note from households where id = 9") == {"lane": "Hẻm 99", "note": "x"}


def test_two_browsers_correct_a_household_and_nothing_of_either_is_lost(app, db):
    first, second = opened(app), opened(app)
    field(first, "phone").set_value("0276.3822.123")
    press(first, "Save")
    field(second, "person_count").set_value("7")
    press(second, "Save")
    assert value(db, "select person_count from households where id = 9") == 4
    press(second, "Save")
    kept = row(db, "select phone, person_count, version from households where id = 9")
    assert kept == {"phone": "02763822123", "person_count": 7, "version": 3}


def test_two_browsers_correct_a_person_and_nothing_of_either_is_lost(app, db):
    db.conn.execute(
        "insert into persons (household_id, full_name, name_folded, name_sort) values (9, 'Bé', 'be', 'be')"
    )
    first, second = opened(app), opened(app)
    for page in (first, second):
        page.selectbox(key="person_chosen").set_value(1).run()
    field(first, "birth_year", "correct_1.0.").set_value("1986")
    press(first, "Save person")
    field(second, "full_name", "correct_1.0.").set_value("Trần Thị Bé")
    press(second, "Save person")
    assert "Someone has changed this in" in told(second)
    assert field(second, "birth_year", "correct_1.1.").value == "1986"
    press(second, "Save person")
    assert row(db, "select full_name, birth_year from persons") == {"full_name": "Trần Thị Bé", "birth_year": 1986}


def test_a_status_is_entered_and_ended(app, db):
    page = opened(app, "an")
    field(page, "status", f"status_{CODE}_0_").set_value("central_quarantine")
    press(page, "Enter status")
    assert "from 16/08/2021" in page.info[0].value
    assert value(db, "select due from team_day where team_id = 1 and day = ?", [world.DAY]) == 23
    press(page, "End status")
    assert "Saved" in told(page) and not page.warning
    assert value(db, "select due from team_day where team_id = 1 and day = ?", [world.DAY]) == 24


def test_a_household_moves_in_the_order(app, db):
    page = press(opened(app, "binh"), "One earlier")
    assert value(db, "select walk_order from households where id = 9") == 8 and "number 8" in told(page)
    page.text_input(key=f"walk_{CODE}_place_8").set_value("1")
    press(page, "Move")
    assert value(db, "select walk_order from households where id = 9") == 1


def test_persons_are_added_once_corrected_and_leave(app, db):
    page = opened(app, "an")
    field(page, "full_name", f"person_{CODE}.0.").set_value("Trần Thị Bé")
    press(page, "Add person")
    assert "Type the year of birth" in told(page)
    field(page, "birth_year", f"person_{CODE}.0.").set_value("1985")
    press(page, "Add person")
    assert "Saved" in told(page) and field(page, "full_name", f"person_{CODE}.1.").value == ""
    page.selectbox(key="person_chosen").set_value(1).run()
    field(page, "birth_year", "correct_1.0.").set_value("1986")
    press(page, "Save person")
    assert row(db, "select birth_year, version from persons") == {"birth_year": 1986, "version": 2}
    press(page, "No longer lives here")
    assert value(db, "select until_day from persons") == world.DAY


def test_more_persons_than_entered_offers_the_number(app, db):
    for name in "ABCDE":
        db.conn.execute(
            "insert into persons (household_id, full_name, name_folded, name_sort) values (9, ?, ?, ?)", [name] * 3
        )
    page = opened(app, "an")
    assert "5 persons are listed, but the household is entered with 4" in told(page)
    press(page, "Set the number to 5")
    assert value(db, "select person_count from households where id = 9") == 5 and "5 persons are" not in told(page)
    assert field(page, "person_count", f"edit_{CODE}.1.").value == "5"
    press(page, "Save")
    assert "Someone has changed" not in told(page)


# Registering


MEANT = {"head_name": "Lâm Văn Mới", "hamlet_code": "2545601", "person_count": "3"}


def register(app, **typed):
    page = app("binh", "households", new="1")
    prefix = f"register_{page.session_state['household_token']}.0."
    for name, entered in (MEANT | typed).items():
        field(page, name, prefix).set_value(entered)
    return press(page, "Register household"), prefix


def test_registering_opens_the_new_household(app, db):
    page, _prefix = register(app)
    assert not page.exception and "Registered as 25456-0049" in told(page)
    assert page.query_params["household"] == "25456-0049" and "Every household needs a responsible member" in told(page)
    assert value(db, "select walk_order from households where code = '25456-0049'") == 25


def test_faults_stand_at_their_fields(app, db):
    page, prefix = register(app, person_count="", phone="12")
    assert "This may not be left empty" in told(page) or "whole number" in told(page)
    assert field(page, "head_name", prefix).value == "Lâm Văn Mới"
    assert value(db, "select count(*) from households") == 96


def test_a_likely_twin_warns_and_does_not_block(app, db):
    page, _prefix = register(app, head_name="tran thi hoa")
    assert "already registered in this hamlet" in told(page) and found(page) == ["25456-0001"]
    assert value(db, "select count(*) from households") == 96
    press(page, "A different household: register it anyway")
    assert value(db, "select count(*) from households") == 97


@pytest.fixture
def cut_short(app, as_):
    """The form as the second of two clicks finds it: the first has registered, and was cut short before it said so."""
    page, prefix = register(app, person_count="")
    field(page, "person_count", prefix).set_value("3")
    token = page.session_state["household_token"]
    households.register(*as_("binh"), MEANT, now=world.NOW, token=token)
    return page, prefix


def test_a_second_click_opens_the_first_ones_household_and_tells_of_no_twin(cut_short, db):
    page = press(cut_short[0], "Register household")
    assert "Registered as 25456-0049" in told(page) and "already registered" not in told(page)
    assert value(db, "select count(*) from households") == 97


def test_another_household_typed_into_the_same_form_is_registered_too(cut_short, db):
    page, prefix = cut_short
    field(page, "head_name", prefix).set_value("Đỗ Thị Khác")
    press(page, "Register household")
    assert "Registered as 25456-0050" in told(page)
    assert value(db, "select head_name from households where code = '25456-0050'") == "Đỗ Thị Khác"


def test_the_next_form_begins_empty(app):
    page, prefix = register(app)
    page.query_params.clear()
    page.run()
    page.query_params["new"] = "1"
    page.run()
    fresh = f"register_{page.session_state['household_token']}.0."
    assert fresh != prefix and field(page, "head_name", fresh).value == ""


def test_only_commune_staff_register(app):
    for name in ("an", "lan", "son", "dung"):
        page = app(name, "households", new="1")
        assert not page.exception and "Register household" not in [b.label for b in page.button]


def test_the_whole_page_speaks_vietnamese_and_english(app):
    for language in ("vi", "en"):
        page = app("binh", "households", language=language, household=CODE)
        assert not page.exception


def test_nobody_wrote_without_a_line(app, db):
    register(app)
    assert [line["action"] for line in rows(db, "select action from audit_log")] == ["household.register"]


def test_the_work_list_leads_to_households_with_symptoms(app, db):
    db.conn.execute(
        """insert into visits (day, household_id, outcome, persons, flags, recorded_at)
           values (?, 3, 'met', 4, 's', '2021-08-16T03:00:00Z')""",
        [world.DAY],
    )
    page = app("binh", "households", flag="s")
    assert "1 household" in [caption.value for caption in page.caption]
    assert app("chi", "households", flag="s").info[0].value.startswith("No household found")


def test_the_result_says_in_which_household_a_person_lives(app, as_):
    values = {"full_name": "Lò Thị Lãn", "birth_year": "1985"}
    persons.add(*as_("binh"), "25456-0009", values, now=world.NOW)
    page = app("binh", "households")
    page.text_input(key="household_query").set_value("lo thi lan").run()
    assert found(page) == ["25456-0009"]
    assert "In this household: **Lò Thị Lãn \\(1985\\)**" in told(page) and "1 household" in told(page)
    page = app("chi", "households")
    page.text_input(key="household_query").set_value("lo thi lan").run()
    assert found(page) == [] and "Lò Thị" not in told(page)
