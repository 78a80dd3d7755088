"""On entry: who is registered already is shown before saving, and nobody is kept from saving."""

from lib.core.database import value
from lib.register import persons
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
    assert "Somebody much like this person" in told(page) and NEIGHBOUR in found(page)
    assert "same name, same year of birth" in told(page)
    assert value(db, "select count(*) from persons") == 1
    page = press(page, "Another person: add all the same")
    assert value(db, "select count(*) from persons") == 2 and "Somebody much like" not in told(page)


def test_another_person_is_added_without_a_question(app, as_, db):
    persons.add(*as_("binh"), NEIGHBOUR, SAME, now=world.NOW)
    page = type_person(opened(app, code=CODE), "Võ Ngọc Quý", "1971")
    assert value(db, "select count(*) from persons") == 2 and "Somebody much like" not in told(page)


def test_faults_come_before_the_question(app, as_, db):
    persons.add(*as_("binh"), NEIGHBOUR, SAME, now=world.NOW)
    page = type_person(opened(app, code=CODE), "Võ Ngọc Quý", "")
    assert "Type the year of birth" in told(page) and "Somebody much like" not in told(page)


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
    page = press(page, "Another household: register all the same")
    assert value(db, "select count(*) from households") == 97
