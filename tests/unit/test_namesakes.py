"""Communes of one name in several districts: told apart by their district, or refused; never put into the wrong one."""

import pytest

from lib.core.database import value
from lib.core.errors import Invalid
from lib.core.words import place_words
from lib.exchange.columns.kinds import KINDS
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists import workbook
from lib.exchange.lists.place_lookup import Places
from lib.exchange.lists.plan import plan
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from tests import imported, world

TEAMS = {"25460": 5, "25657": 6}
CITY, RURAL = TEAMS  # Xã Tân Hòa of Thành phố Tây Ninh, and of Huyện Gò Dầu
HEADINGS = {
    "hamlets": ["Xã, phường", "Quận/huyện", "Loại", "Tên ấp, khu phố"],
    "teams": ["Xã, phường", "Quận/huyện", "Tên tổ", "Ấp, khu phố", "Họ và tên", "Vai trò"],
    "households": ["Xã, phường", "Quận/huyện", "Ấp, khu phố", "Họ tên chủ hộ", "Số nhân khẩu"],
    "persons": ["Xã, phường", "Quận/huyện", "Ấp, khu phố", "Họ tên chủ hộ", "Họ và tên", "Năm sinh"],
    "assignments": ["Mã hộ", "Xã, phường", "Quận/huyện", "Người phụ trách"],
    "expected": ["Đơn vị", "Quận/huyện", "Số hộ dự kiến"],
}


@pytest.fixture
def provinces(db, as_):
    """Mai, who loads lists for the whole province, once two of its communes are called Tân Hòa, and one Tân Hoá."""
    with db.conn:
        world.add_area(db, CITY, "commune", "Xã", "Tân Hòa", "703")
        world.add_area(db, RURAL, "commune", "Xã", "Tân Hòa", "710")
        world.add_area(db, "25660", "commune", "Xã", "Bến Đá", "710")
        world.add_area(db, "25463", "commune", "Xã", "Bến Dá", "703")
        for commune in (CITY, RURAL):
            world.add_area(db, f"{commune}01", "hamlet", "ấp", "Một", commune)
            world.add_team(db, TEAMS[commune], commune, f"{commune}01", "Tổ Covid cộng đồng số 01")
    return as_("mai")


def looked(db, user, kind, *lines, area="72"):
    data = book([Sheet("a", HEADINGS[kind], [list(line) for line in lines])])
    table = imported.found(reading.read(data, "a.xlsx"), kind)[1]
    assert "district" in table.columns and table.unknown == []
    return plan(db, user, area, Whole(kind, [table]), now=world.NOW)


ROWS = {
    "hamlets": lambda name, district: [name, district, "ấp", "Mới"],
    "teams": lambda name, district: [name, district, "Tổ số 9", "ấp Một", "Lê Văn Mẫu", "Tổ trưởng"],
    "households": lambda name, district: [name, district, "ấp Một", "Lê Văn Mẫu", 3],
    "expected": lambda name, district: [name, district, 120],
}


@pytest.mark.parametrize("kind", ROWS)
def test_communes_of_one_name_are_told_apart_by_the_district(provinces, kind):
    made = looked(*provinces, kind, ROWS[kind]("Xã Tân Hòa", "Huyện Gò Dầu"), ROWS[kind]("Tân Hòa", "TP Tây Ninh"))
    assert [row.commune for row in made.rows] == [RURAL, CITY] and imported.states(made) == ["new", "new"]


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("name", ["Xã Tân Hòa", "tan hoa", "X. Tân Hoà"])
def test_without_a_district_a_namesake_is_refused_and_says_how_to_mend_it(provinces, kind, name):
    made = looked(*provinces, kind, ROWS[kind](name, None))
    assert imported.states(made) == ["refused"]
    (say,) = made.rows[0].faults.values()
    told = say.text.format(**say.places)
    assert "Huyện, thị xã, thành phố" in told and "Huyện Gò Dầu (25657)" in told and "Tây Ninh (25460)" in told


def test_persons_and_assignments_are_told_apart_too(provinces):
    db, user = provinces
    rows = (
        ["Xã Tân Hòa", "Huyện Gò Dầu", "ấp Một", "Lê Văn Mẫu", 3],
        ["Xã Tân Hòa", "Tây Ninh", "ấp Một", "Lê Văn Mẫu", 5],
    )
    first = imported.found(reading.read(book([Sheet("a", HEADINGS["households"], rows)]), "a.xlsx"), "households")[1]
    people = [["Tân Hòa", district, "ấp Một", "Lê Văn Mẫu", "Lê Thị Bé", 2015] for district in ("Gò Dầu", None)]
    second = imported.found(reading.read(book([Sheet("a", HEADINGS["persons"], people)]), "a.xlsx"), "persons")[1]
    made = plan(db, user, "72", Whole("households", [first], [second]), now=world.NOW)
    assert [(row.state, row.commune) for row in made.rows[2:]] == [("new", RURAL), ("refused", None)]
    code = value(db, "select min(code) from households where commune_code = ?", [RURAL])
    member = value(db, "select full_name from members where team_id = ? order by id limit 1", [TEAMS[RURAL]])
    wrong, right = ([code, "Tân Hòa", district, member] for district in ("TP Tây Ninh", "H. Gò Dầu"))
    made = looked(db, user, "assignments", wrong, right, [code, "Tân Hòa", None, member])
    assert [row.commune for row in made.rows] == [None, RURAL, RURAL]  # the code says which one is meant


@pytest.mark.parametrize(
    "name, district, commune",
    [
        ("Xã Tân Hòa, huyện Gò Dầu", None, RURAL),
        ("Tân Hòa - Gò Dầu", None, RURAL),
        ("Xã Tân Hòa (huyện Gò Dầu)", None, RURAL),
        ("Xã Tân Hòa, huyện Gò Dầu, tỉnh Tây Ninh", None, RURAL),
        ("Xã Tân Hòa, Gò Dầu", "Tây Ninh", None),
        ("Tân Hòa", "710", RURAL),
        ("Tân Hòa", "Huyện Gò Dầu, tỉnh Tây Ninh", RURAL),
        ("Tân Hòa", "Huyện Châu Thành", None),  # there is none of it in this store
        ("Tân Hòa", "%' or 1=1 --", None),
        ("25657", "Thành phố Tây Ninh", None),  # the code and the district do not fit together
        ("Bến Đá", None, "25660"),
        ("ben da", None, None),
        ("P1", "TP. Tây Ninh", "25456"),
    ],
)
def test_a_district_is_read_however_it_is_written(provinces, name, district, commune):
    made = looked(*provinces, "hamlets", ROWS["hamlets"](name, district))
    assert made.rows[0].commune == commune, made.rows[0].faults
    assert (made.rows[0].state == "refused") == (commune is None)


def test_what_is_not_found_is_said_as_it_is(provinces):
    rows = (["Phường 3", "Gò Dầu", "ấp", "Mới"], ["Bến Lạ", None, "ấp", "Mới"], ["Tân Hòa", "Huyện Lạ", "ấp", "Mới"])
    made = looked(*provinces, "hamlets", *rows)
    told = [say.text.format(**say.places) for row in made.rows for say in row.faults.values()]
    assert [said.partition(";")[0] for said in told] == [
        "There is no commune “Phường 3” in “Gò Dầu”",
        "There is no commune “Bến Lạ” here",
        "There is no district “Huyện Lạ”",
    ]


def test_a_list_of_more_than_the_area_needs_the_district_for_a_namesake(provinces):
    """The clerk of one Tân Hòa loads the list of the province: the rows of the other one are not taken for theirs."""
    alone = looked(*provinces, "households", ["Tân Hòa", None, "ấp Một", "Lê Văn Mẫu", 3], area=RURAL)
    assert imported.states(alone) == ["new"]
    rows = (
        ["Tân Hòa", None, "ấp Một", "Lê Văn Mẫu", 3],
        ["Phường 1", None, "khu phố 1", "Lê Văn Mẫu", 3],
        ["Tân Hòa", "Gò Dầu", "ấp Một", "Lê Văn Khác", 3],
    )
    made = looked(*provinces, "households", *rows, area=RURAL)
    assert imported.states(made) == ["refused", "refused", "new"]
    made = looked(*provinces, "expected", ["Tân Hòa", None, 90], ["Phường 1", None, 80], area="710")
    assert imported.states(made) == ["refused", "refused"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "persons"])
def test_what_is_taken_out_names_the_district_and_is_read_back_unchanged(provinces, db, kind):
    with db.conn:
        for number, commune in enumerate((CITY, RURAL), start=900):
            world.add_household(db, number, commune, f"{commune}01", 1, "Lê Văn Mẫu")
            member = value(db, "select min(id) from members where team_id = ?", [TEAMS[commune]])
            world.add_assignment(db, number, member, TEAMS[commune])
        db.conn.execute(
            "insert into persons (household_id, full_name, name_folded, name_sort, birth_year, relation, residence)"
            " values (901, 'Lê Văn Mẫu', 'le van mau', 'x', 1970, 'head', 'permanent')"
        )
    reader, user = provinces
    data = workbook.export(reader, user, kind, "72", now=world.NOW)
    for sheet in (each for each in reading.read(data, "a.xlsx") if not each.hidden):
        at = sheet.rows[0].index(place_words.of(reader, "72").put("Huyện, thị xã, thành phố"))
        assert {row[at] for row in sheet.rows[1:]} - {""} == {"Thành phố Tây Ninh", "Huyện Gò Dầu"} or (
            kind == "households" and len(sheet.rows) == 2
        )
    sheet, table = imported.found(reading.read(data, "a.xlsx"), kind)
    made = plan(reader, user, "72", Whole(kind, [table]), now=world.NOW)
    assert made.rows and {row.state for row in made.rows} == {"same"}


def test_nobody_learns_of_more_communes_than_the_area_has(provinces, as_):
    """A commune's clerk loads for the own commune alone, whatever district the rows name."""
    db, user = as_("binh")
    assert set(Places(db, "25456").communes) == {"25456"}
    with pytest.raises(Invalid):
        Places(db, "25456").commune({"commune": "Tân Hòa", "district": "Huyện Gò Dầu"})
