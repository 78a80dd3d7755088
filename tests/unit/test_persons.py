"""Who lives in a household: added, corrected, left; only by those who look after it."""

import json

import pytest

from lib.core.database import row, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.register.households import persons
from lib.screen import labels
from tests import world

DAY, NOW = world.DAY, world.NOW
CODE = "25456-0009"  # An's
GIVEN = {"full_name": "Trần Thị  Bé", "birth_year": "1985", "sex": "female", "relation": "spouse"}


@pytest.fixture
def an(as_):
    return as_("an")


@pytest.fixture
def person(an):
    return persons.add(*an, CODE, GIVEN, now=NOW)


def names(as_here, day=DAY):
    return [p["full_name"] for p in persons.of_household(as_here[0], CODE, day=day)]


def test_somebody_is_added_with_one_line(db, person):
    kept = row(db, "select full_name, name_folded, birth_year, sex, relation, residence from persons")
    assert kept == {
        "full_name": "Trần Thị Bé",
        "name_folded": "tran thi be",
        "birth_year": 1985,
        "sex": "female",
        "relation": "spouse",
        "residence": "permanent",
    }
    line = row(db, "select action, area_code, subject, detail from audit_log")
    assert (line["action"], line["area_code"], line["subject"]) == ("person.add", "25456", CODE)
    assert json.loads(line["detail"])["birth_year"] == [None, 1985]


def test_the_head_comes_first_then_by_given_name(an, person):
    persons.add(*an, CODE, GIVEN | {"full_name": "Trần Văn An"}, now=NOW)
    persons.add(*an, CODE, GIVEN | {"full_name": "Trần Văn Út", "relation": "head"}, now=NOW)
    assert names(an) == ["Trần Văn Út", "Trần Văn An", "Trần Thị Bé"]


def test_name_and_unknown_year_are_enough(an, db):
    persons.add(*an, CODE, {"full_name": "Bé", "birth_year_unknown": True}, now=NOW)
    assert value(db, "select birth_year from persons") is None


@pytest.mark.parametrize(
    "field, typed",
    [
        ("birth_year", ""),
        ("birth_year", "85"),
        ("birth_year", "1880"),
        ("birth_year", "2022"),
        ("birth_year", "１９８５"),
        ("full_name", " "),
        ("full_name", "x" * 81),
        ("full_name", "Bé :material/home:"),
        ("sex", "other"),
        ("relation", "friend"),
        ("residence", "hidden"),
    ],
)
def test_bad_input_is_named_at_its_field(an, db, field, typed):
    with pytest.raises(Invalid) as refusal:
        persons.add(*an, CODE, GIVEN | {field: typed}, now=NOW)
    assert set(refusal.value.faults) == {field} and value(db, "select count(*) from persons") == 0


def test_correcting_keeps_what_was_not_given(an, db, person):
    persons.edit(*an, person, {"birth_year": "1986"}, 1, now=NOW)
    kept = row(db, "select full_name, birth_year, relation, version from persons")
    assert kept == {"full_name": "Trần Thị Bé", "birth_year": 1986, "relation": "spouse", "version": 2}
    assert json.loads(value(db, "select detail from audit_log order by id desc")) == {
        "birth_year": [1985, 1986],
        "full_name": "Trần Thị Bé",
    }


def test_a_change_made_meanwhile_is_a_conflict(an, person):
    persons.edit(*an, person, {"birth_year": "1986"}, 1, now=NOW)
    with pytest.raises(Conflict):
        persons.edit(*an, person, {"birth_year": "1987"}, 1, now=NOW)


def test_a_second_click_on_save_is_harmless(an, db, person):
    for _click in range(2):
        persons.edit(*an, person, {"birth_year": "1986"}, 1, now=NOW)
    assert value(db, "select version from persons") == 2


def test_who_left_is_kept_but_not_listed(an, db, person):
    persons.leave(*an, person, "15/08/2021", now=NOW)
    assert names(an) == [] and names(an, day="2021-08-14") == ["Trần Thị Bé"]
    with pytest.raises(Conflict):
        persons.leave(*an, person, DAY, now=NOW)


@pytest.mark.parametrize("typed", ["", "17/08/2021", "30/02/2021"])
def test_nobody_left_on_a_day_to_come(an, person, typed):
    with pytest.raises(Invalid):
        persons.leave(*an, person, typed, now=NOW)


@pytest.mark.parametrize("name, refusal", [("chi", NotFound), ("son", Refused), ("dung", Refused), ("mai", Refused)])
def test_others_may_not(as_, db, person, name, refusal):
    other = as_(name)
    for command in (
        lambda: persons.add(*other, CODE, GIVEN, now=NOW),
        lambda: persons.edit(*other, person, {"sex": "male"}, 1, now=NOW),
        lambda: persons.leave(*other, person, DAY, now=NOW),
    ):
        with pytest.raises(refusal):
            command()
    assert value(db, "select sex from persons where until_day is null") == "female"


def test_a_stranger_and_the_administrator_see_nobody(as_, person):
    assert names(as_("chi")) == [] and names(as_("quan")) == [] and names(as_("son")) == ["Trần Thị Bé"]


def test_codes_and_labels_agree():
    assert tuple(labels.SEXES) == persons.SEXES and tuple(labels.RELATIONS) == persons.RELATIONS
    assert tuple(labels.RESIDENCES) == persons.RESIDENCES
