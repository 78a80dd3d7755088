"""On entry: who is registered already is shown before saving, and nobody is kept from saving."""

from lib.core.database import value
from lib.register.households import persons
from tests import world
from tests.screens.test_households import field, found, opened, press, told

CODE, NEIGHBOUR = "25456-0001", "25456-0002"
SAME = {"full_name": "Võ Ngọc Quý", "birth_year": "1991"}


def type_person(page, full_name: str, year: str):
    field(page, "full_name", f"person_{CODE}.0.").set_value(full_name)
    field(page, "birth_year", f"person_{CODE}.0.").set_value(year)
    return press(page, "Add person")


def test_a_person_listed_next_door_is_shown_and_may_be_added_all_the_same(app, as_, db):
    persons.add(*as_("binh"), NEIGHBOUR, SAME, now=world.NOW)
    page = type_person(opened(app, code=CODE), "Võ Ngọc Quí", "1991")
    assert "A very similar person is already listed" in told(page) and NEIGHBOUR in found(page)
    assert "same name, same year of birth" in told(page)
    assert value(db, "select count(*) from persons") == 1
    page = press(page, "A different person: add anyway")
    assert value(db, "select count(*) from persons") == 2 and "A very similar person" not in told(page)


def test_another_person_is_added_without_a_question(app, as_, db):
    persons.add(*as_("binh"), NEIGHBOUR, SAME, now=world.NOW)
    page = type_person(opened(app, code=CODE), "Võ Ngọc Quý", "1971")
    assert value(db, "select count(*) from persons") == 2 and "A very similar person" not in told(page)


def test_faults_come_before_the_question(app, as_, db):
    persons.add(*as_("binh"), NEIGHBOUR, SAME, now=world.NOW)
    page = type_person(opened(app, code=CODE), "Võ Ngọc Quý", "")
    assert "Type the year of birth" in told(page) and "A very similar person" not in told(page)


def test_a_member_is_not_told_of_households_of_others(app, as_, db):
    persons.add(*as_("binh"), CODE, SAME, now=world.NOW)
    page = opened(app, "an", "25456-0009")
    field(page, "full_name", "person_25456-0009.0.").set_value(SAME["full_name"])
    field(page, "birth_year", "person_25456-0009.0.").set_value(SAME["birth_year"])
    page = press(page, "Add person")
    assert value(db, "select count(*) from persons") == 2 and found(page) == []


def test_a_household_of_another_hamlet_with_the_same_telephone_is_shown(app, db):
    db.conn.execute("update households set phone = '0912345678', head_name = 'Lâm Văn Út' where id = 26")
    page = app("binh", "households", new="1")
    start = f"register_{page.session_state['household_token']}.0."
    for name, typed in (("head_name", "Lâm Văn Út"), ("person_count", "4"), ("phone", "0912 345 678")):
        field(page, name, start).set_value(typed)
    field(page, "hamlet_code", start).set_value("2545601")
    page = press(page, "Register household")
    assert "registered in another hamlet" in told(page) and found(page) == ["25456-0026"]
    page = press(page, "A different household: register it anyway")
    assert value(db, "select count(*) from households") == 97


def before_the_buttons(page, question, verb, last):
    """Whether the question stands after the last field and before the button."""
    drawn = list(page.main)
    at = next(n for n, each in enumerate(drawn) if each.type == "warning" and question in each.value)
    fields = [n for n, each in enumerate(drawn) if each.type == last]
    (button,) = [n for n, each in enumerate(drawn) if each.type == "button" and each.label == verb]
    assert max(n for n in fields if n < button) < at < button


def test_correcting_the_telephone_of_a_household_does_not_ask_again(app, db):
    page = app("binh", "households", new="1")
    start = f"register_{page.session_state['household_token']}.0."
    for name, typed in (("head_name", "tran thi hoa"), ("person_count", "4"), ("phone", "12")):
        field(page, name, start).set_value(typed)
    field(page, "hamlet_code", start).set_value("2545601")
    page = press(page, "Register household")
    assert "already registered in this hamlet" in told(page) and "Not saved yet: correct" in told(page)  # both at once
    before_the_buttons(page, "already registered in this hamlet", "Register household", "text_area")
    page = press(page, "A different household: register it anyway")
    assert "already registered" not in told(page) and "Confirmed as different" in told(page)
    field(page, "phone", start).set_value("0912 345 678")
    page = press(page, "Register household")
    assert "Registered as 25456-0049" in told(page)
    assert value(db, "select count(*) from households where head_folded = 'tran thi hoa'") == 5


def test_a_name_changed_after_the_answer_is_asked_about_anew(app, db):
    page = app("binh", "households", new="1")
    start = f"register_{page.session_state['household_token']}.0."
    for name, typed in (("head_name", "tran thi hoa"), ("person_count", "4"), ("phone", "12")):
        field(page, name, start).set_value(typed)
    field(page, "hamlet_code", start).set_value("2545601")
    page = press(press(page, "Register household"), "A different household: register it anyway")
    field(page, "phone", start).set_value("")
    field(page, "head_name", start).set_value(value(db, "select head_name from households where id = 3"))
    page = press(page, "Register household")
    assert "already registered in this hamlet" in told(page) and "25456-0003" in found(page)
    assert value(db, "select count(*) from households") == 96


def test_correcting_a_person_does_not_ask_again(app, as_, db):
    persons.add(*as_("binh"), NEIGHBOUR, SAME, now=world.NOW)
    page = opened(app, code=CODE)
    field(page, "full_name", f"person_{CODE}.0.").set_value("Võ Ngọc Quý")
    page = type_person(page, "Võ Ngọc Quý", "1991")
    before_the_buttons(page, "A very similar person", "Add person", "selectbox")
    field(page, "full_name", f"person_{CODE}.0.").set_value("Võ Ngọc Quý:")
    page = press(page, "A different person: add anyway")
    assert "may not contain the character" in told(page) and value(db, "select count(*) from persons") == 1
    page = type_person(page, "Võ Ngọc Quý", "1991")
    assert value(db, "select count(*) from persons") == 2
