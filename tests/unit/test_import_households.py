"""Households from a file: who is new, who is meant, what is refused; nobody is lost, nothing is written twice."""

from datetime import timedelta

import pytest

from lib.core import change_capture, rollup
from lib.core.database import rows, value
from lib.core.errors import Conflict, NotFound, Refused
from lib.exchange.lists import loaded_files
from lib.exchange.lists.apply import apply
from lib.register.households import households, relocation
from lib.register.undo import undo
from tests import world
from tests.imported import faults, loaded, looked, states

NEW = [None, None, "khu phố 1", "Nguyễn Thị Mới", "Hẻm 9", 3]
STORED = ["25456-0001", None, "khu phố 1", "Trần Thị Hoa", "Hẻm 1", 4]


def facts(db) -> dict:
    return {table: db.conn.execute(f"select * from {table} order by 1, 2").fetchall() for table in change_capture.KEYS}


def test_new_changed_same_and_refused_add_up(as_):
    db, user = as_("binh")
    made = looked(db, user, "households", NEW, STORED, ["25456-0002", None, None, None, "Hẻm 7"], ["x"] * 6)
    assert made.counts == {"new": 1, "changed": 1, "same": 1, "refused": 1}
    assert states(made) == ["new", "same", "changed", "refused"]


def test_a_new_household_gets_the_next_serial_and_the_last_place(as_):
    db, user = as_("binh")
    loaded(db, user, "households", NEW)
    assert rows(db, "select code, walk_order, head_folded, from_day from households where id > 96") == [
        {"code": "25456-0049", "walk_order": 25, "head_folded": "nguyen thi moi", "from_day": world.DAY}
    ]
    assert rollup.differences(db, world.DAY) == []
    assert households.search(db, "moi nguyen thi", day=world.DAY)[0]["code"] == "25456-0049"


def test_the_same_file_twice_changes_nothing(as_):
    db, user = as_("binh")
    file = [NEW, [*NEW[:5], 5, "0912345678"], [None, None, "KP 02", "LÊ THỊ HAI", None, 2]]
    assert states(loaded(db, user, "households", *file)) == ["new"] * 3
    before = facts(db), value(db, "select count(*) from audit_log")
    assert states(loaded(db, user, "households", *file)) == ["same"] * 3
    assert (facts(db), value(db, "select count(*) from audit_log")) == before


def test_two_clicks_load_once(as_):
    db, user = as_("binh")
    made = looked(db, user, "households", NEW)
    assert apply(db, user, made, now=world.NOW) and apply(db, user, made, now=world.NOW) is None
    assert value(db, "select count(*) from households") == 97


def test_a_preview_that_no_longer_holds_is_not_loaded(as_):
    db, user = as_("binh")
    made = looked(db, user, "households", NEW, STORED)
    other = looked(db, user, "households", NEW, [*STORED[:5], 7])
    apply(db, user, looked(db, user, "households", [*STORED[:5], 6]), now=world.NOW)
    with pytest.raises(Conflict, match="lists have changed since"):
        apply(db, user, made, now=world.NOW)
    assert other.counts["changed"] == 1 and value(db, "select count(*) from households") == 96


def test_an_empty_cell_takes_nothing_away(as_):
    db, user = as_("binh")
    db.conn.execute("update households set phone = '0912345678', note = 'gần chợ' where id = 1")
    assert states(loaded(db, user, "households", STORED)) == ["same"]
    assert value(db, "select phone from households where id = 1") == "0912345678"


def test_old_and_new_are_told(as_):
    db, user = as_("binh")
    (row,) = looked(db, user, "households", [*STORED[:5], 6, "0912345678"]).rows
    assert row.changes() == {"person_count": (4, 6), "phone": (None, "0912345678")}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ([None, None, "ấp Lạ", "Lê Sai", None, 3], "hamlet_code"),
        ([None, None, "khu phố 1", "Lê Sai", None, 100], "person_count"),
        ([None, None, "khu phố 1", "???", None, 3], "head_name"),
        ([None, "Phường 3", "khu phố 1", "Lê Sai", None, 3], "commune"),
        (["25459-0001", None, "khu phố 1", "Lê Sai", None, 3], "commune"),
        (["25654-0001", None, "ấp Rạch Sơn", "Lê Sai", None, 3], "commune"),
        (["25456-X", None, "khu phố 1", "Lê Sai", None, 3], "code"),
    ],
)
def test_a_row_at_fault_is_refused_at_its_cell(as_, line, field):
    db, user = as_("binh")
    assert faults(looked(db, user, "households", line)) == [{field}]


def test_the_same_row_twice_in_a_file_is_refused(as_):
    db, user = as_("binh")
    assert states(looked(db, user, "households", NEW, NEW, STORED, STORED)) == ["new", "refused", "same", "refused"]


def test_two_of_one_name_with_other_telephones_are_two(as_):
    db, user = as_("binh")
    lines = [[*NEW, "0912345678"], [*NEW, "0912345679"]]
    assert states(loaded(db, user, "households", *lines)) == ["new", "new"]
    assert states(looked(db, user, "households", *reversed(lines))) == ["same", "same"]


def test_new_ones_stand_where_the_file_says(as_):
    db, user = as_("binh")
    loaded(db, user, "households", [*NEW[:6], None, 2], [None, None, "khu phố 1", "Võ Một", None, 1, None, 1])
    order = rows(db, "select code, walk_order from households where hamlet_code = '2545601' order by walk_order")
    assert [line["walk_order"] for line in order] == list(range(1, 27))
    assert [line["code"] for line in order][:4] == ["25456-0001", "25456-0050", "25456-0002", "25456-0049"]


def test_a_file_that_says_where_they_stand_can_be_loaded_again(as_):
    db, user = as_("binh")
    lines = [[*NEW[:6], None, 2], [None, None, "khu phố 1", "Võ Một", None, 1, None, 1]]
    loaded(db, user, "households", *lines)
    assert states(loaded(db, user, "households", *lines)) == ["same", "same"]


def test_a_file_does_not_carry_a_household_into_another_hamlet(as_):
    db, user = as_("binh")
    before = facts(db)
    made = loaded(db, user, "households", [STORED[0], None, "khu phố 2", *STORED[3:]])
    assert faults(made) == [{"hamlet_code"}] and "“Move”" in made.rows[0].faults["hamlet_code"].text
    assert facts(db) == before and rollup.differences(db, world.DAY) == []


def test_an_old_file_tells_of_a_household_that_moved_and_does_not_ask_for_it_anew(as_):
    db, user = as_("binh")
    there = {"hamlet_code": "2545602", "from_day": world.DAY, "lane": "Hẻm 9"}
    relocation.move(db, user, STORED[0], there, now=world.NOW)
    (row,) = looked(db, user, "households", STORED).rows
    assert "has already moved or been merged" in row.faults["code"].text


def test_the_rows_beside_a_household_named_in_another_hamlet_are_loaded(as_):
    db, user = as_("binh")
    made = loaded(
        db, user, "households", [STORED[0], None, "khu phố 2", *STORED[3:]], NEW, [*STORED[:3], "Trần Thị Hoa"]
    )
    assert states(made) == ["refused", "new", "refused"]  # the third names the first one's code again
    assert value(db, "select hamlet_code from households where id = 1") == "2545601"


def test_persons_stand_on_the_second_sheet(as_):
    db, user = as_("binh")
    people = [
        [None, "khu phố 1", "Nguyễn Thị Mới", "Nguyễn Thị Mới", 1980, "Nữ", "Chủ hộ"],
        ["25456-0001", None, None, "Trần Thị Hoa", None, None, "Chủ hộ"],
        ["25456-9999", None, None, "Không Nhà", 1990],
        ["25459-0001", None, None, "Nhà Người", 1990],
    ]
    made = loaded(db, user, "households", NEW, persons=people)
    assert states(made) == ["new", "new", "new", "refused", "refused"]
    assert rows(db, "select household_id, full_name, birth_year, relation from persons order by id") == [
        {"household_id": 97, "full_name": "Nguyễn Thị Mới", "birth_year": 1980, "relation": "head"},
        {"household_id": 1, "full_name": "Trần Thị Hoa", "birth_year": None, "relation": "head"},
    ]
    assert states(looked(db, user, "households", NEW, persons=people[:2])) == ["same"] * 3


@pytest.mark.parametrize("name", ["an", "lan", "son", "thu", "quan"])
def test_only_those_who_keep_the_lists_load(as_, name):
    db, user = as_(name)
    with pytest.raises(Refused):
        looked(db, user, "households", NEW)


def test_a_strange_area_is_not_found(as_):
    for name, area in (("chi", "25456"), ("binh", "25459"), ("binh", "703"), ("dung", "25654"), ("dung", "72")):
        db, user = as_(name)
        with pytest.raises(NotFound):
            looked(db, user, "households", NEW, area=area)


def test_the_district_loads_several_communes_at_once(as_):
    db, user = as_("dung")
    lines = [[None, "Phường 1", *NEW[2:]], [None, "25459", *NEW[2:]], [None, "Gò Dầu", *NEW[2:]], NEW]
    made = loaded(db, user, "households", *lines, area="703")
    assert states(made) == ["new", "new", "refused", "refused"]
    assert [row.key for row in made.rows[:2]] == ["25456-0049", "25459-0073"]


def test_everything_is_taken_back(as_):
    db, user = as_("binh")
    before = facts(db)
    loaded(db, user, "households", NEW, [*STORED[:5], 9], persons=[["25456-0001", None, None, "Trần Thị Hoa", 1950]])
    (line,) = loaded_files.listed(db, user, now=world.NOW)
    assert (line["added"], line["changed"], line["open"], line["area_code"]) == (2, 1, True, "25456")
    loaded_files.take_back(db, user, line["audit_id"], now=world.NOW)
    assert facts(db) == before and rollup.differences(db, world.DAY) == []
    assert not loaded_files.listed(db, user, now=world.NOW)[0]["open"]


def test_a_visit_since_stands_in_the_way(as_):
    db, user = as_("binh")
    loaded(db, user, "households", NEW)
    db.conn.execute(
        "insert into visits (day, household_id, outcome, persons, recorded_at) values (?, 97, 'met', 3, 'x')",
        [world.DAY],
    )
    after = facts(db)
    with pytest.raises(Conflict, match="depend on it"):
        loaded_files.take_back(db, user, loaded_files.listed(db, user, now=world.NOW)[0]["audit_id"], now=world.NOW)
    assert facts(db) == after and value(db, "pragma foreign_keys") == 1


def test_only_for_a_day_and_not_by_a_stranger(as_):
    db, user = as_("binh")
    loaded(db, user, "households", NEW)
    audit_id = loaded_files.listed(db, user, now=world.NOW)[0]["audit_id"]
    other, chi = as_("chi")
    assert loaded_files.listed(other, chi, now=world.NOW) == []
    with pytest.raises(NotFound):
        undo.take_back(other, chi, audit_id, now=world.NOW)
    assert not loaded_files.listed(db, user, now=world.NOW + timedelta(hours=25))[0]["open"]


def test_a_mended_file_settles_the_one_before(as_):
    db, user = as_("binh")
    bad = [None, None, "ấp Lạ", "Lê Sai", None, 3]
    loaded(db, user, "households", NEW, bad)
    assert [line["settled"] for line in loaded_files.listed(db, user, now=world.NOW)] == [0]
    loaded(db, user, "households", NEW, [None, None, "khu phố 1", *bad[3:]])
    assert [line["settled"] for line in loaded_files.listed(db, user, now=world.NOW)] == [1, 1]


def test_likely_duplicates_are_warned_of(as_):
    db, user = as_("binh")
    (row,) = looked(db, user, "households", [None, None, "khu phố 1", "Tran Thi Hoa", "Hẻm 1", 3], doubts=True).rows
    assert row.state == "new" and row.warnings[0].places["code"] == "25456-0001"
