"""Households: found, registered, corrected, and walked in order; only in one's own area."""

import json
import unicodedata

import pytest

from lib.core import text
from lib.core.database import row, rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.core.rollup import differences
from lib.register.households import households, persons, search
from lib.register.households.fields import DWELLINGS, EXPOSURES, VULNERABILITIES
from lib.register.households.search import HouseholdFilters
from lib.screen import labels
from tests import world

DAY, NOW = world.DAY, world.NOW
GIVEN = {
    "head_name": "Nguyễn Văn Đức",
    "hamlet_code": "2545601",
    "lane": "Hẻm 12",
    "house_number": "7/3B",
    "phone": "0276.3822.123",
    "person_count": "5",
    "temporary_count": "1",
    "vulnerabilities": ["elderly_alone", "poor"],
    "exposures": ["driver"],
    "commitment_day": "10/08/2021",
}


@pytest.fixture
def clerk(as_):
    return as_("binh")


@pytest.fixture
def registered(clerk):
    """A household of Bình's with every field."""
    db, user = clerk
    return households.register(db, user, GIVEN, now=NOW)


def named(db, clerk, *names):
    """Register a household for each name."""
    for name in names:
        households.register(*clerk, GIVEN | {"head_name": name, "phone": ""}, now=NOW)


def found(clerk, query):
    return [line["head_name"] for line in households.search(clerk[0], query, day=DAY)]


def last_act(db):
    return row(db, "select action, area_code, subject, detail from audit_log order by id desc limit 1")


# Search


@pytest.mark.parametrize(
    "query",
    [
        "nguyen van duc",
        "duc nguyen",
        "NGUYỄN VĂN ĐỨC",
        unicodedata.normalize("NFD", "Nguyễn Văn Đức"),
        "ngu\u200byen  van\u00a0duc",
        "Ðức nguyễn",
        "25456-0049",
        "0276.3822.123",
        "0276 3822",
        "+84 276 3822 123",
        "hem 12 duc",
        "7/3b",
    ],
)
def test_it_is_found_however_it_is_typed(clerk, registered, query):
    assert registered in [line["code"] for line in households.search(clerk[0], query, day=DAY)]


def test_exact_marks_come_first_then_vietnamese_order(db, clerk):
    named(db, clerk, "Lâm Thị Hoạ", "Lâm Thị Hòa", "Lâm Thị Hoa", "Lâm Thị Họa", "Lâm Văn Hoà")
    assert found(clerk, "lam hòa")[:2] == ["Lâm Thị Hòa", "Lâm Văn Hoà"]
    assert found(clerk, "lâm hoà")[:2] == ["Lâm Thị Hòa", "Lâm Văn Hoà"]
    assert set(found(clerk, "lam hoạ")[:2]) == {"Lâm Thị Họa", "Lâm Thị Hoạ"}
    assert found(clerk, "lam thi hoa")[0] == "Lâm Thị Hoa"


def test_whole_words_come_before_longer_ones(db, clerk):
    named(db, clerk, "Lâm Hoàng Ánh", "Lâm Thị Hoài", "Lâm Thị Hoà")
    assert found(clerk, "lam hoa")[0] == found(clerk, "lâm hoà")[0] == "Lâm Thị Hoà"


def test_wildcards_are_what_was_typed(clerk):
    households.register(*clerk, GIVEN | {"head_name": "Lý Thật", "lane": "Hẻm 100%_"}, now=NOW)
    for query in ("100%", "%", "_", "%_", "ly 0%"):
        assert found(clerk, query) == ["Lý Thật"]
    for query in ("\\", "1%0", "_0", "%%"):
        assert found(clerk, query) == []


def test_nothing_typed_lists_in_walking_order(clerk):
    lines = households.search(clerk[0], " \u200b ", day=DAY, limit=3)
    assert [line["walk_order"] for line in lines] == [1, 2, 3] and lines[0]["total"] == 48


def test_filters(clerk, db):
    db.conn.execute("update assignments set until_day = '2021-08-10' where household_id = 5")
    db.conn.execute("insert into household_status (household_id, status, from_day) values (6, 'moved', '2021-08-10')")
    db.conn.execute("update assignments set until_day = '2021-08-10' where household_id = 6")

    def codes(**filters):
        lines = households.search(clerk[0], "", HouseholdFilters(**filters), day=DAY, limit=99)
        return [line["code"] for line in lines]

    assert codes(unassigned=True) == ["25456-0005"]
    assert codes(status="moved") == ["25456-0006"] and len(codes(status="none")) == 47
    assert len(codes(hamlet="2545602")) == 24 and len(codes(hamlet="2545601", lane="Hẻm 1")) == 8
    assert codes(commune="25654") == []


@pytest.mark.parametrize(
    "name, count",
    [("an", 8), ("lan", 24), ("binh", 48), ("son", 48), ("dung", 72), ("mai", 96), ("chi", 24), ("quan", 0)],
)
def test_everybody_finds_their_own(as_, name, count):
    db, _user = as_(name)
    lines = households.search(db, "", day=DAY, limit=200)
    assert len(lines) == count and (not lines or lines[0]["total"] == count)


def test_the_list_says_who_is_responsible(clerk):
    line = households.search(clerk[0], "25456-0009", day=DAY)[0]
    assert (line["member_name"], line["team_name"]) == ("Trần Văn An", "Tổ Covid cộng đồng số 01")
    assert line["hamlet_name"] == "1" and line["status"] is None


# Everybody who lives there


@pytest.fixture
def lan(clerk, db):
    """Lò Thị Lãn, wife at the door of household 9, with a telephone of her own."""
    person = persons.add(*clerk, "25456-0009", {"full_name": "Lò Thị Lãn", "birth_year": "1985"}, now=NOW)
    db.conn.execute("update persons set phone = '0987654321' where id = ?", [person])
    return person


@pytest.mark.parametrize(
    "query", ["lo thi lan", "Lãn Lò", "LÒ THỊ LÃN", "lo lan", "0987 654 321", "0987.654", "+84987654321"]
)
@pytest.mark.parametrize("who", ["an", "lan", "binh", "son", "dung", "mai", "thu"])
def test_whoever_lives_there_is_found(as_, lan, who, query):
    db, _user = as_(who)
    (line,) = households.search(db, query, day=DAY)
    assert line["code"] == "25456-0009" and line["people"] == [{"name": "Lò Thị Lãn", "year": 1985}]
    assert households.search(db, query, HouseholdFilters(hamlet="2545601"), day=DAY)[0]["total"] == 1
    assert households.search(db, query, HouseholdFilters(hamlet="2545602"), day=DAY) == []
    assert (
        households.search(db, query, HouseholdFilters(among=["25456-0009", "25456-0010"]), day=DAY)[0]["code"]
        == "25456-0009"
    )


@pytest.mark.parametrize("who", ["chi", "quan"])
@pytest.mark.parametrize("query", ["lo thi lan", "0987654321", "25456-0009"])
def test_strangers_find_nobody(as_, lan, who, query):
    assert households.search(as_(who)[0], query, day=DAY) == []


def test_a_member_finds_only_those_at_the_own_doors(as_, clerk, lan):
    persons.add(*clerk, "25456-0001", {"full_name": "Lò Thị Lãn", "birth_year": "1990"}, now=NOW)
    assert [line["code"] for line in households.search(as_("an")[0], "lo thi lan", day=DAY)] == ["25456-0009"]
    assert len(households.search(clerk[0], "lo thi lan", day=DAY)) == 2


def test_who_left_or_was_merged_is_not_found(clerk, db, lan):
    db.conn.execute("update persons set until_day = ? where id = ?", [DAY, lan])
    assert households.search(clerk[0], "lo thi lan", day=DAY) == []
    assert households.search(clerk[0], "lo thi lan", day=world.YESTERDAY)[0]["code"] == "25456-0009"
    other = persons.add(*clerk, "25456-0010", {"full_name": "Lò Thị Lãn", "birth_year": "1985"}, now=NOW)
    db.conn.execute("update persons set until_day = null, merged_into = ? where id = ?", [other, lan])
    assert [line["code"] for line in households.search(clerk[0], "lo thi lan", day=DAY)] == ["25456-0010"]


def test_a_household_is_listed_once_and_the_head_is_not_told_twice(clerk, db):
    name = world.head_name(9)
    for full_name, relation in ((name, "head"), ("Lò Văn Bé", "child"), ("Lò Văn Tí", "child")):
        values = {"full_name": full_name, "birth_year": "2010", "relation": relation}
        persons.add(*clerk, "25456-0009", values, now=NOW)
    (line,) = households.search(clerk[0], "lo van", day=DAY)
    assert [each["name"] for each in line["people"]] == ["Lò Văn Bé", "Lò Văn Tí"] and line["total"] == 1
    lines = households.search(clerk[0], name, day=DAY)
    assert "25456-0009" in [line["code"] for line in lines] and not any(line["people"] for line in lines)


def test_signs_in_a_query_are_what_was_typed_of_people_too(clerk, db):
    persons.add(*clerk, "25456-0009", {"full_name": "H'Hen Niê", "birth_year": "1992"}, now=NOW)
    assert [line["code"] for line in households.search(clerk[0], "h'hen", day=DAY)] == ["25456-0009"]
    for query in ("h%n niê", "h_hen", "' or 1=1 --", "x" * 200):
        assert households.search(clerk[0], query, day=DAY) == [], query
    assert households.search(clerk[0], "niê " * 50, day=DAY)


def test_of_a_province_the_names_are_gone_through_beside_each_other(as_, lan, monkeypatch):
    """Not person by person through the households: the index holds the names alone."""
    db, _user = as_("mai")
    monkeypatch.setattr(search, "_DISTRICT", 0)
    asked = []
    db.conn.set_trace_callback(asked.append)
    households.search(db, "lo thi lan", day=DAY)
    db.conn.set_trace_callback(None)
    plan = " ".join(str(line) for (*_, line) in db.conn.execute(f"explain query plan {asked[-1]}"))
    assert "SCAN persons USING COVERING INDEX persons_folded" in plan
    assert [line["code"] for line in households.search(db, "lo thi lan", day=DAY)] == ["25456-0009"]
    monkeypatch.setattr(search, "_COMMON", 1)
    assert households.search(db, "lo thi lan", day=DAY) == []
    persons.add(*as_("binh"), "25456-0009", {"full_name": world.head_name(9), "birth_year": "1950"}, now=NOW)
    assert all(line["heads_only"] for line in households.search(db, world.head_name(9), day=DAY))


# One household


def test_one_household_with_who_comes_and_who_came_before(db, clerk):
    db.conn.execute("update assignments set until_day = ? where household_id = 9", [DAY])
    world.add_assignment(db, 9, 3, 1, from_day=DAY)
    db.conn.execute("insert into assignments values (999, 9, 1, 1, ?, ?)", [DAY, DAY])  # taken back at once
    got = households.get(clerk[0], "25456-0009", day=DAY)
    assert got["responsible"]["from_day"] == DAY and got["status"] is None
    assert [(d["full_name"], d["until_day"]) for d in got["duties"]] == [("Mai Văn Một", None), ("Trần Văn An", DAY)]
    assert households.get(clerk[0], "25456-0009", day=world.YESTERDAY)["responsible"]["full_name"] == "Trần Văn An"


def test_a_stranger_does_not_find_it(as_):
    db, user = as_("chi")
    with pytest.raises(NotFound):
        households.get(db, "25456-0001", day=DAY)
    with pytest.raises(NotFound):
        households.edit(db, user, "25456-0001", {"note": "x"}, 1, now=NOW)
    with pytest.raises(NotFound):
        households.walk(db, user, "25456-0001", 2, now=NOW)
    with pytest.raises(NotFound):
        households.reorder(db, user, "2545601", ["25456-0001"], now=NOW)


@pytest.mark.parametrize("name", ["son", "dung", "mai", "thu", "quan"])
def test_who_only_reads_is_refused(as_, name):
    db, user = as_(name)
    with pytest.raises(Refused):
        households.edit(db, user, "25456-0001", {"note": "x"}, 1, now=NOW)
    with pytest.raises(Refused):
        households.register(db, user, GIVEN, now=NOW)


# Registering


def test_registering_stores_every_field_and_counts(db, registered):
    assert registered == "25456-0049"
    kept = row(
        db,
        """select commune_code, head_name, head_folded, phone, person_count, temporary_count, dwelling, walk_order,
               vulnerabilities, exposures, commitment_day, from_day, version from households where code = ?""",
        [registered],
    )
    assert kept["head_folded"] == "nguyen van duc" and kept["phone"] == "02763822123" and kept["walk_order"] == 25
    assert json.loads(kept["vulnerabilities"]) == ["poor", "elderly_alone"] and kept["commitment_day"] == "2021-08-10"
    assert (kept["from_day"], kept["version"], kept["dwelling"]) == (DAY, 1, "house")
    assert differences(db, DAY) == []
    assert value(db, "select households from hamlet_day where hamlet_code = '2545601' and day = ?", [DAY]) == 25


def test_registering_writes_one_line(db, registered):
    line = last_act(db)
    assert (line["action"], line["area_code"], line["subject"]) == ("household.register", "25456", registered)
    assert json.loads(line["detail"])["head_name"] == [None, "Nguyễn Văn Đức"]


def test_the_serial_goes_on_and_past_four_digits(db, clerk):
    db.conn.execute("update households set code = '25456-9999' where id = 3")
    assert households.register(*clerk, GIVEN, now=NOW) == "25456-10000"
    assert households.register(*clerk, GIVEN, now=NOW) == "25456-10001"


def test_a_form_sent_twice_registers_once(db, clerk):
    codes = {households.register(*clerk, GIVEN, now=NOW, token="abc") for _twice in range(2)}
    assert len(codes) == 1 and value(db, "select count(*) from households") == 97
    assert value(db, "select count(*) from audit_log where action = 'household.register'") == 1
    assert households.register(*clerk, GIVEN, now=NOW, token="def") not in codes


def test_another_household_in_the_same_form_is_another_household(db, clerk):
    first = households.register(*clerk, GIVEN, now=NOW, token="abc")
    assert households.sent_before(*clerk, GIVEN, now=NOW, token="abc") == first
    other = GIVEN | {"head_name": "Đỗ Thị Khác"}
    assert households.sent_before(*clerk, other, now=NOW, token="abc") is None
    assert households.register(*clerk, other, now=NOW, token="abc") != first


def test_it_can_be_put_among_the_others(db, clerk):
    code = households.register(*clerk, GIVEN | {"walk_order": "3"}, now=NOW)
    order = rows(db, "select code, walk_order from households where hamlet_code = '2545601' order by walk_order")
    assert order[2]["code"] == code and [line["walk_order"] for line in order] == list(range(1, 26))


def test_a_name_in_capitals_is_written_as_names_are(db, clerk):
    for typed, kept in (("NGUYỄN THỊ ÚT", "Nguyễn Thị Út"), ("lê văn đạt", "Lê Văn Đạt"), ("H'Hen Niê", "H'Hen Niê")):
        code = households.register(*clerk, GIVEN | {"head_name": typed}, now=NOW)
        assert value(db, "select head_name from households where code = ?", [code]) == kept


@pytest.mark.parametrize(
    "field, typed",
    [
        ("head_name", " \u200b"),
        ("head_name", "x" * 81),
        ("head_name", "***"),
        ("head_name", "Lê Văn :smile:"),
        ("hamlet_code", None),
        ("hamlet_code", "2565401"),
        ("lane", "x" * 61),
        ("phone", "123"),
        ("phone2", "0912 34"),
        ("person_count", "0"),
        ("person_count", "1,5"),
        ("person_count", "100"),
        ("temporary_count", "6"),
        ("dwelling", "castle"),
        ("vulnerabilities", ["rich"]),
        ("exposures", ["x"]),
        ("commitment_day", "30/02/2021"),
        ("commitment_day", "17/08/2021"),
        ("walk_order", "first"),
        ("note", "x" * 501),
    ],
)
def test_bad_input_is_named_at_its_field(db, clerk, field, typed):
    with pytest.raises(Invalid) as refusal:
        households.register(*clerk, GIVEN | {field: typed}, now=NOW)
    assert set(refusal.value.faults) == {field}
    assert value(db, "select count(*) from households where commune_code = '25456'") == 48


def test_codes_and_labels_agree():
    assert tuple(labels.DWELLINGS) == DWELLINGS
    assert tuple(labels.VULNERABILITIES) == VULNERABILITIES and tuple(labels.EXPOSURES) == EXPOSURES


# Correcting


@pytest.mark.parametrize("name", ["an", "lan", "binh"])
def test_those_who_look_after_it_correct_it(as_, db, name):
    own, user = as_(name)
    households.edit(own, user, "25456-0009", {"phone": "0912.345.678", "head_name": "Đỗ Văn Mới"}, 1, now=NOW)
    kept = row(db, "select head_name, head_sort, search_text, phone, version from households where id = 9")
    assert (kept["phone"], kept["version"], kept["head_name"]) == ("0912345678", 2, "Đỗ Văn Mới")
    assert "0912345678" in kept["search_text"] and kept["head_sort"] == text.person_sort_key("Đỗ Văn Mới")
    assert set(json.loads(last_act(db)["detail"])) == {"phone", "head_name"}


def test_a_member_does_not_find_a_neighbours_house(as_):
    db, user = as_("an")
    with pytest.raises(NotFound):
        households.edit(db, user, "25456-0001", {"note": "x"}, 1, now=NOW)


def test_what_was_not_given_stays(clerk, registered):
    db, user = clerk
    households.edit(db, user, registered, {"note": "Chó dữ"}, 1, now=NOW)
    kept = households.get(db, registered, day=DAY)
    assert kept["vulnerabilities"] == ["poor", "elderly_alone"] and kept["lane"] == "Hẻm 12"


def test_a_change_made_meanwhile_is_a_conflict(db, clerk):
    households.edit(*clerk, "25456-0001", {"note": "a"}, 1, now=NOW)
    with pytest.raises(Conflict):
        households.edit(*clerk, "25456-0001", {"note": "b"}, 1, now=NOW)
    assert value(db, "select note from households where id = 1") == "a"
    households.edit(*clerk, "25456-0001", {"note": "a"}, 1, now=NOW)  # a second click
    assert value(db, "select version from households where id = 1") == 2


def test_no_change_is_no_line_and_no_version(db, clerk):
    households.edit(*clerk, "25456-0001", {"lane": " Hẻm  1"}, 1, now=NOW)
    assert last_act(db) is None and value(db, "select version from households where id = 1") == 1


def test_a_correction_does_not_carry_a_household_into_another_hamlet(db, clerk):
    before = db.conn.execute("select * from households order by id").fetchall()
    with pytest.raises(Invalid, match="use “Move”") as refused:
        households.edit(*clerk, "25456-0001", {"hamlet_code": "2545602", "note": "a"}, 1, now=NOW)
    assert set(refused.value.faults) == {"hamlet_code"}
    assert db.conn.execute("select * from households order by id").fetchall() == before
    assert last_act(db) is None and differences(db, DAY) == []


def test_a_correction_that_repeats_the_hamlet_is_saved(db, clerk):
    households.edit(*clerk, "25456-0001", {"hamlet_code": "2545601", "note": "a"}, 1, now=NOW)
    assert value(db, "select note from households where id = 1") == "a"


# The walking order


@pytest.mark.parametrize("typed, place", [(1, 1), ("5", 5), (24, 24), (999, 24), (None, 24)])
def test_a_household_moves_and_the_others_close_up(db, clerk, typed, place):
    households.walk(*clerk, "25456-0003", typed, now=NOW)
    order = rows(db, "select id, walk_order from households where hamlet_code = '2545601' order by walk_order")
    assert [line["walk_order"] for line in order] == list(range(1, 25))
    assert order[place - 1]["id"] == 3
    assert [line["id"] for line in order if line["id"] != 3] == [n for n in range(1, 25) if n != 3]


def test_walking_is_audited_and_a_word_is_no_place(db, clerk):
    households.walk(*clerk, "25456-0003", 1, now=NOW)
    assert json.loads(last_act(db)["detail"]) == {"walk_order": [3, 1]}
    with pytest.raises(Invalid):
        households.walk(*clerk, "25456-0003", "đầu", now=NOW)


def test_households_are_reordered_in_the_places_they_hold(db, clerk):
    households.reorder(*clerk, "2545601", ["25456-0016", "25456-0009"], now=NOW)
    order = [
        line["id"] for line in rows(db, "select id from households where hamlet_code = '2545601' order by walk_order")
    ]
    assert order[8] == 16 and order[15] == 9 and order[:8] == list(range(1, 9))


@pytest.mark.parametrize("name", ["an", "lan", "son", "dung"])
def test_only_who_registers_changes_the_walking_order(as_, db, name):
    own, user = as_(name)
    with pytest.raises(Refused):
        households.walk(own, user, "25456-0009", 1, now=NOW)
    with pytest.raises(Refused):
        households.reorder(own, user, "2545601", ["25456-0016", "25456-0009"], now=NOW)
    assert value(db, "select walk_order from households where id = 9") == 9


def test_lanes_in_vietnamese_order(db, clerk):
    db.conn.execute("update households set lane = 'Hẻm 10' where id = 1")
    assert households.lanes(clerk[0], "2545601") == ["Hẻm 1", "Hẻm 2", "Hẻm 3", "Hẻm 10"]
