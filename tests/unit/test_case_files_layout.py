"""Lists as offices lay them out: every row and every column is read, refused with a reason, or named."""

import json
from pathlib import Path

import pytest

from lib.core.database import connect, rows, value
from lib.core.errors import Conflict, Invalid, NotFound
from lib.exchange.columns import heading_matches, whole_file
from lib.exchange.lists import commands
from lib.exchange.lists.plan import plan
from lib.exchange.lists.workbook import refused
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from lib.operations import checks
from lib.operations.command_line import main
from tests import damaged, world
from tests.table import tabled

CASES = Path(__file__).with_name("cases")
BUM, BAU_TRAM, HIEP_PHU = "03433", "25678", "26845"
PLACES = [
    ("12", "province", "Tỉnh", "Lai Châu", None),
    ("107", "district", "Huyện", "Mường Tè", "12"),
    (BUM, "commune", "Xã", "Bum Nưa", "107"),
    *[
        (f"{BUM}{n:02d}", "hamlet", "bản", name, BUM)
        for n, name in enumerate(["Bum", "Nà Hừ 1", "Nà Hừ 2", "Phìn Khò"], start=1)
    ],
    (BAU_TRAM, "commune", "Xã", "Bàu Năng", "710"),
    (f"{BAU_TRAM}01", "hamlet", "ấp", "Bàu Tràm", BAU_TRAM),
    (f"{BAU_TRAM}02", "hamlet", "ấp", "Phước Tây", BAU_TRAM),
    ("79", "province", "Thành phố", "Hồ Chí Minh", None),
    ("769", "district", "Thành phố", "Thủ Đức", "79"),
    (HIEP_PHU, "commune", "Phường", "Hiệp Phú", "769"),
    *[(f"{HIEP_PHU}{n:02d}", "hamlet", "khu phố", str(n), HIEP_PHU) for n in range(1, 6)],
]


@pytest.fixture(scope="module")
def places(template, tmp_path_factory) -> Path:
    """The world with the communes that the files speak of, and the one household that two of them know."""
    file = tmp_path_factory.mktemp("places") / "places.db"
    file.write_bytes(template.read_bytes())
    db = connect(file)
    db.conn.execute("begin immediate")
    for place in PLACES:
        world.add_area(db, *place)
    world.add_household(db, 3031, BAU_TRAM, f"{BAU_TRAM}01", 1, name="Trương Thử Một")
    db.conn.execute(f"update households set code = '{BAU_TRAM}-0031' where id = 3031")
    db.conn.execute("commit")
    db.close()
    return file


@pytest.fixture
def db(store, places):
    store.write_bytes(places.read_bytes())
    connection = connect(store)
    yield connection
    connection.close()


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def loaded(db, name, area=BUM, kind="households", *, data=None, write=True, **how) -> dict:
    """What the command makes of a file: one of the cases, or these rows of a sheet."""
    data = case(name) if data is None else data
    data = damaged.xlsx(data) if isinstance(data, list) else data
    return commands.load(db, commands.ListFile(kind, data, name, area, **how), write=write, now=world.NOW)


def counts(done: dict) -> tuple[int, int, int, int]:
    return tuple(done["counts"].values())


def named(done: dict) -> list[tuple[int, str]]:
    return [(line["row"], line["reason"]) for line in done["passed"]]


def said(done: dict) -> str:
    return " ".join(line["say"] for line in [*done["told"], *done["warnings"]])


def households(db, area=BUM) -> list[tuple]:
    return db.conn.execute(
        "select head_name, hamlet_code, person_count from households where commune_code = ? order by id", [area]
    ).fetchall()


# The files


def test_a_row_with_a_number_or_a_telephone_is_refused_and_never_a_section(db):
    done = loaded(db, "80-missing-name.xlsx")
    assert counts(done) == (6, 0, 0, 2) and not done["passed"]
    assert [(line["row"], list(line["faults"])) for line in done["refused"]] == [(4, ["head_name"]), (7, ["head_name"])]


def test_an_unclosed_quote_swallows_nothing_and_is_told_with_its_cell(db):
    done = loaded(db, "57f-unclosed-quote-note.csv")
    assert counts(done) == (8, 0, 0, 0) and "Cell F6 opens a quotation mark" in done["unseen"][0]
    assert value(db, "select note from households where head_name = 'Lò Văn X'") == "Hộ mới về"


@pytest.mark.parametrize(
    ("name", "area", "cells"),
    [
        ("formula-no-cache.xlsx", BAU_TRAM, ["D2", "E2"]),
        ("53-error-cells.xlsx", BUM, [f"{column}{row}" for row in range(2, 10) for column in "EF"]),
    ],
)
def test_errors_and_formulas_without_a_value_are_told_cell_by_cell(db, name, area, cells):
    done = loaded(db, name, area)
    assert [line["say"].split()[1] for line in done["warnings"]] == cells and not done["refused"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "=\x1aA1"])
def test_a_name_that_is_an_error_is_refused_and_never_a_section(db, error):
    data = damaged.text(
        [
            ["STT", "Bản", "Họ tên chủ hộ", "Số khẩu"],
            ["1", "Bản Bum", error.replace("=", ""), ""],
            ["", "Bản Bum", error.replace("=", ""), "4"],
        ]
    )
    done = loaded(db, "a.csv", data=data.encode())
    assert [list(line["faults"])[0] for line in done["refused"]] == ["head_name"] * 2 and not done["passed"]


@pytest.mark.parametrize("name", ["05-blocks-relation.xlsx", "05e-blocks-merged.xlsx"])
def test_the_register_of_residence_is_read_as_households_with_their_persons(db, name):
    done = loaded(db, name)
    assert not done["refused"] and "3 households with 9 persons" in said(done)
    assert households(db) == [("Lò Văn Thanh", "0343301", 3), ("Giàng A Páo", "0343301", 2), ("Pờ Go Xá", "0343302", 4)]
    living = db.conn.execute(
        """select h.head_name, p.full_name, p.relation, p.sex, p.birth_year from persons p
           join households h on h.id = p.household_id where h.commune_code = ? order by p.id""",
        [BUM],
    ).fetchall()
    assert len(living) == 9 and living[:2] == [
        ("Lò Văn Thanh", "Lò Văn Thanh", "head", "male", 1970),
        ("Lò Văn Thanh", "Vàng Thị Mé", "spouse", "female", 1972),
    ]
    assert counts(loaded(db, name, write=False)) == (0, 0, 12, 0)


def test_sexes_by_the_column_a_cross_stands_in(db):
    loaded(db, "15-sex-columns.xlsx")
    found = db.conn.execute("select full_name, sex, birth_year from persons order by id").fetchall()
    assert found == [
        ("Lò Văn Thanh", "male", 1975),
        ("Vàng Thị Mé", "female", 1980),
        ("Giàng A Páo", "male", 1990),
        ("Pờ Go Xá", "female", 2000),
    ]


def test_sex_and_year_by_the_column_the_year_stands_in(db):
    done = loaded(db, "birth-under-sex.xlsx", BAU_TRAM)
    assert counts(done) == (3, 1, 0, 0) and not done["unread"]
    found = db.conn.execute("select sex, birth_year from persons order by id").fetchall()
    assert found == [("male", 1975), ("female", 1978), ("male", 2001)]


def test_a_column_without_a_heading_is_told_with_what_stands_in_it(db):
    done = loaded(db, "84-column-without-heading.xlsx")
    assert [(one["column"], one["heading"], one["cells"], one["samples"][0]) for one in done["unread"]] == [
        ("F", "", 8, "0977345601")
    ]


def test_unknown_headings_of_the_second_sheet_are_told_and_its_foot_is_named(db):
    done = loaded(db, "persons-unknown-headings.xlsx", BAU_TRAM)
    assert [(one["sheet"], one["heading"], one["samples"]) for one in done["unread"]] == [
        ("Nhân khẩu", "Ngày sinh DL", ["1980"]),
        ("Nhân khẩu", "Số CCCD gắn chip", ["072080001234"]),
        ("Nhân khẩu", "QH chủ hộ", ["Con"]),
    ]
    assert named(done) == [(3, "total"), (4, "signature")] and counts(done) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("name", "area", "n"), [("04-sheet-per-hamlet.xlsx", BUM, 12), ("sheet-per-hamlet.xlsx", BAU_TRAM, 6)]
)
def test_every_sheet_is_read(db, name, area, n):
    done = loaded(db, name, area)
    assert counts(done) == (n, 0, 0, 0) and len(done["sheets"]) == n / 3 and not done["left"]
    assert len({hamlet for _name, hamlet, _n in households(db, area) if _name != "Trương Thử Một"}) == n / 3


def test_notes_that_speak_of_signatures_are_notes(db):
    done = loaded(db, "notes-signature.xlsx", BAU_TRAM)
    assert counts(done) == (7, 0, 0, 0) and named(done) == [(2, "section")]
    assert value(db, "select note from households where head_name = 'Trần Văn Mẫu Hai'").startswith("Tiêm ngày 12")


def test_subtotals_are_skipped_and_named(db):
    done = loaded(db, "07b-subtotals-merged.xlsx")
    assert counts(done) == (12, 0, 0, 0)
    assert [line["words"] for line in done["passed"]] == [
        "Bản Bum · Cộng · 9",
        "Bản Nà Hừ 1 · Tổng bản · 9",
        "Bản Nà Hừ 2 · Cộng bản · 9",
        "Bản Phìn Khò · Tổng số hộ · 9",
    ]


def test_a_leader_named_in_a_column_of_his_own_leads(db):
    done = loaded(db, "t9-leader-column-not-among-members.xlsx", kind="teams")
    assert counts(done) == (3, 0, 0, 0)
    found = db.conn.execute(
        """select m.full_name, m.role from members m join teams t on t.id = m.team_id
           where t.commune_code = ? order by m.full_name""",
        [BUM],
    ).fetchall()
    assert found == [("Lò Văn A", "leader"), ("Lò Văn B", "member"), ("Lò Văn C", "member")]


@pytest.mark.parametrize("name", ["92-ten-ban-heading", "93-02-hamlet-heading", "94-02-count-heading"])
def test_headings_of_plain_meaning_are_read(db, name):
    assert counts(loaded(db, f"{name}.xlsx")) == (8, 0, 0, 0)


def test_a_list_of_hamlets_under_their_local_word(db):
    done = loaded(db, "h1-ten-ban.xlsx", kind="hamlets")
    assert counts(done) == (2, 0, 0, 0) and done["unread"][0]["samples"] == ["Lỳ A", "Lỳ B"]


def test_empty_hamlets_are_those_above_and_it_is_said(db):
    done = loaded(db, "10b-blank-hamlet-below.xlsx")
    assert counts(done) == (8, 0, 0, 0) and "“Bản” were filled with the value above them: rows 3, 5, 7, 9" in said(done)
    assert [hamlet[-1] for _name, hamlet, _n in households(db)] == list("11223344")


@pytest.mark.parametrize("sign", ['"', "〃", "nt", "Như trên", "-nt-", "''", "-“-", "n.t"])
def test_signs_for_as_above_are_what_stands_above(db, sign):
    done = loaded(
        db,
        "a.xlsx",
        data=[
            ["STT", "Bản", "Họ tên chủ hộ", "Số khẩu"],
            ["1", "Bản Nà Hừ 1", "Lò Văn Một", 4],
            ["2", sign, "Lò Văn Hai", 3],
            ["3", sign, sign, 3],
        ],
    )
    assert counts(done) == (2, 0, 0, 1) and "read as the value above them: rows 3–4" in said(done)
    assert {hamlet for _name, hamlet, _n in households(db)} == {"0343302"}
    assert "cannot be used here" in done["refused"][0]["faults"]["head_name"]


def test_the_quarter_is_the_hamlet_and_the_residents_group_is_the_group(db):
    assert counts(loaded(db, "hcm-tdp-kp.xlsx", HIEP_PHU)) == (144, 0, 0, 0)
    assert db.conn.execute(
        "select distinct hamlet_code, group_name from households where commune_code = ? order by 1, 2 limit 2",
        [HIEP_PHU],
    ).fetchall() == [(f"{HIEP_PHU}01", "Tổ 1"), (f"{HIEP_PHU}01", "Tổ 2")]


def test_hidden_rows_are_told_and_can_be_left_out(db):
    done = loaded(db, "hidden-rows.xlsx", BAU_TRAM, write=False)
    assert counts(done) == (3, 0, 0, 0) and len(done["unseen"]) == 2
    assert counts(loaded(db, "hidden-rows.xlsx", BAU_TRAM, write=False, visible=True)) == (2, 0, 0, 0)


def test_refused_rows_of_a_strict_workbook_come_back_readable(db):
    user = commands.system(db, BAU_TRAM, world.NOW)
    found = whole_file.understood(reading.read(case("bad-strict.xlsx"), "a.xlsx"), "households")
    made = plan(db, user, BAU_TRAM, found, now=world.NOW)
    back = refused(made, case("bad-strict.xlsx"), str, heading="Cần sửa")
    assert "Trần Văn Mẫu Một" in reading.read(back, "b.xlsx")[0].rows[1]


def test_rows_of_several_sheets_come_back_marked_on_their_own(db):
    blocks = [1, "Bản Bum", "Lò Văn Một", "Con", 1970]
    data = book([Sheet("Một", BLOCKS, [blocks]), Sheet("Hai", HEAD, [["1", "Bản Lạ", "Lò Văn Hai", 3, "", ""]])])
    found = whole_file.understood(reading.read(data, "a.xlsx"), "households")
    user = commands.system(db, BUM, world.NOW)
    made = plan(db, user, BUM, found, now=world.NOW)
    back = {sheet.name: sheet.rows for sheet in reading.read(refused(made, data, str, heading="Cần sửa"), "b.xlsx")}
    assert back["Một"][0] == [*BLOCKS, "Cần sửa"] and "who heads this household" in back["Một"][1][-1]
    assert back["Hai"][0] == [*HEAD, "Cần sửa"] and "no hamlet of this name" in back["Hai"][1][-1]


# Further lists of these kinds

HEAD = ["STT", "Bản", "Họ và tên chủ hộ", "Số khẩu", "Số điện thoại", "Ghi chú"]
ONE, TWO = [1, "Bản Bum", "Lò Văn Một", 4], [2, "Bản Nà Hừ 1", "Lò Văn Hai", 3]
SHORT = ["STT", "Họ và tên chủ hộ", "Số khẩu"]
BLOCKS = ["STT", "Bản", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh"]
T, G, S, X = "total", "signature", "section", "title"  # why a row is passed over
FURTHER = {
    "headings of three rows": (
        [
            ["DANH SÁCH HỘ"],
            ["TT", "Bản", "Chủ hộ", "", "Nhân khẩu", "", ""],
            ["", "", "Họ và tên", "Số ĐT", "Tổng số", "Trong đó", ""],
            ["", "", "", "", "", "Tạm trú", "Nữ"],
            [1, "Bản Bum", "Lò Văn Một", "0912345601", 4, 1, 2],
        ],
        (1, 0),
        [],
    ),
    "totals at the top": (
        [HEAD, ["", "Tổng số", "", 7], ONE, TWO, ["", "Toàn xã", "2 hộ", 7]],
        (2, 0),
        [(2, T), (5, T)],
    ),
    "words of sums": (
        [
            HEAD,
            ONE,
            ["", "", "Cộng trang 1", 4],
            ["", "", "Mang sang trang sau", 4],
            HEAD,
            ["", "", "Trang trước mang sang", 4],
            TWO,
            ["", "", "Cộng chuyển sang", 7],
            ["", "", "Cộng dồn", 7],
            ["", "", "Luỹ kế đến cuối trang", 7],
            ["", "", "CỘNG BẢN NÀ HỪ 1", 3],
            ["", "", "Tổng cộng (I+II)", 7],
            ["", "", "Tổng hợp đến ngày 5/8", 7],
        ],
        (2, 0),
        [(3, T), (4, T), (6, T), (8, T), (9, T), (10, T), (11, T), (12, T), (13, T)],
    ),
    "people with names like sums": (
        [
            HEAD,
            [1, "Bản Bum", "Tống Văn Cộng", 4],
            ["", "Bản Bum", "Tống Thị Tổng", 3],
            ["", "Bản Bum", "Công Văn Bản", 2],
            ["", "Bản Bum", "Lũy Thị Kế", 3],
        ],
        (4, 0),
        [],
    ),
    "notes with words of sums": (
        [HEAD, [*ONE, "", "Tổng thu nhập thấp"], ["", "Bản Bum", "Lò Văn Ba", 4, "", "Cộng tác viên"]],
        (2, 0),
        [],
    ),
    "signatures in the middle": (
        [
            HEAD,
            ONE,
            [],
            ["", "", "", "Bum Nưa, ngày 5/8/2021"],
            ["", "Trưởng bản", "", "Người lập"],
            ["", "(Ký, ghi rõ họ tên)", "", "(Ký tên)"],
            ["", "Lò Văn Trưởng", "", "Vàng Thị Lập"],
        ],
        (1, 0),
        [(4, G), (5, G), (6, G), (7, G)],
    ),
    "a household without a count above the foot": (
        [
            HEAD,
            ONE,
            ["", "Bản Bum", "Lò Văn Ba", "", "", "Xác nhận đã về"],
            ["Danh sách gồm 2 hộ"],
            ["", "", "", "", "", "TM. UBND XÃ"],
            ["", "", "", "", "", "CHỦ TỊCH"],
            ["", "", "", "", "", "Lò Văn Chức"],
        ],
        (1, 1),
        [(4, G), (5, G), (6, G), (7, G)],
    ),
    "numbers that begin anew in each hamlet": (
        [
            SHORT,
            ["Bản Bum"],
            [1, "Lò Văn Một", 4],
            ["Cộng: 1 hộ", "", 4],
            ["Bản Nà Hừ 1"],
            [1, "Lò Văn Hai", 3],
            ["Cộng", "", 3],
        ],
        (2, 0),
        [(2, S), (4, T), (5, S), (7, T)],
    ),
    "sections with their sums": (
        [SHORT, ["I", "Bản Bum", 4], [1, "Lò Văn Một", 4], ["II", "Bản Nà Hừ 1", 3], [1, "Lò Văn Hai", 3]],
        (2, 0),
        [(2, S), (4, S)],
    ),
    "groups as sections": (
        [SHORT, ["Bản Bum"], ["Tổ 1"], [1, "Lò Văn Một", 4], ["Tổ 2"], [1, "Lò Văn Hai", 3]],
        (2, 0),
        [(2, S), (3, S), (5, S)],
    ),
    "blank rows": ([HEAD, [], ONE, [], [], TWO, ["", "", " "]], (2, 0), []),
    "the hamlet in the title": ([["DANH SÁCH HỘ BẢN BUM NĂM 2021"], SHORT, [1, "Lò Văn Một", 4]], (1, 0), []),
    "two lists on one sheet": (
        [
            ["DANH SÁCH HỘ BẢN BUM"],
            SHORT,
            [1, "Lò Văn Một", 4],
            [],
            ["DANH SÁCH HỘ BẢN LẠ"],
            SHORT,
            [1, "Lò Văn Hai", 3],
        ],
        (1, 1),
        [(5, S)],
    ),
    "a commune of a hamlet's name": ([["UBND XÃ BUM"], SHORT, [1, "Lò Văn Một", 4]], None, []),
    "a serial number and a hamlet": ([HEAD, ["1.", "Bản Bum"], TWO], (1, 1), []),
    "a telephone and a hamlet": ([HEAD, ["", "Bản Bum", "", "", "0912345678"], TWO], (1, 1), []),
    "a smaller place beside the hamlet": (
        [["STT", "Xóm", "Bản", "Chủ hộ", "Khẩu"], [1, "Xóm 1", "Bản Bum", "Lò", 4]],
        (1, 0),
        [],
    ),
    "words beside the usual": (
        [
            ["STT", "Địa bàn bản", "Đại diện hộ", "Số người trong hộ", "Điện thoại liên hệ chủ hộ"],
            [1, "Bum", "Lò Văn Một", 3, "0912345678"],
        ],
        (1, 0),
        [],
    ),
    "two telephones": ([[*HEAD[:5], "SĐT"], [*ONE, "0912345678", "0987654321"]], (1, 0), []),
    "blocks by number alone": (
        [
            BLOCKS,
            [1, "Bản Bum", "Lò Văn Một", "", 1970],
            ["", "", "Vàng Thị Hai", "Vợ", 1975],
            [2, "", "Pờ Ba", "", 1980],
        ],
        (5, 0),
        [],
    ),
    "blocks under a column of heads": (
        [
            ["STT", "Bản", "Chủ hộ", "Họ và tên thành viên", "Năm sinh"],
            [1, "Bản Bum", "Lò Một", "Lò Một", 1970],
            ["", "", "", "Vàng Hai", 1975],
            [2, "", "Pờ Ba", "Pờ Ba", 1980],
        ],
        (5, 0),
        [],
    ),
    "blocks with sums and a foot": (
        [
            BLOCKS,
            [1, "Bản Bum", "Lò Văn Một", "Chủ hộ", 1970],
            ["", "", "Vàng Thị Hai", "Vợ", 1975],
            ["", "", "Cộng hộ: 2 khẩu"],
            ["", "", "Tổng cộng", "1 hộ", "2 khẩu"],
            ["", "", "", "Người lập"],
        ],
        (3, 0),
        [(4, T), (5, T), (6, G)],
    ),
    "a block without a head": (
        [BLOCKS, [1, "Bản Bum", "Lò Văn Một", "Con", 1970], [2, "", "Lò Hai", "Chủ hộ", 1950]],
        (2, 2),
        [],
    ),
    "a member without a name": (
        [BLOCKS, [1, "Bản Bum", "Lò Văn Một", "Chủ hộ", 1970], ["", "", "", "Vợ", 1975]],
        (2, 1),
        [],
    ),
    "a hamlet with a name like a sum": (
        [HEAD, ONE, ["", "Cộng Hòa", "Lò Văn Ba", 3], ["", "Bản Bum", "Cộng hộ nghèo", 1]],
        (1, 1),
        [(4, T)],
    ),
    "posts that also sign": (
        [
            ["Bản", "Họ tên chủ hộ", "Chức vụ", "Số khẩu"],
            ["Bản Bum", "Lò Văn Một", "Phó chủ tịch", "4"],
            ["Bản Bum", "Lò Văn Hai", "Trưởng bản", ""],
        ],
        (1, 1),
        [],
    ),
    "years under sexes in blocks": (
        [
            ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", ""],
            ["", "", "", "Nam", "Nữ"],
            ["Bản Bum"],
            [1, "Lò Văn Một", "Chủ hộ", 1970, ""],
            [2, "Vàng Thị Hai", "Vợ", "", 1975],
        ],
        (3, 0),
        [(3, S)],
    ),
}


@pytest.mark.parametrize("name", FURTHER)
def test_every_row_is_read_refused_or_named(db, name):
    lines, wanted, passed = FURTHER[name]
    if wanted is None:
        with pytest.raises(Invalid):
            loaded(db, "a.xlsx", data=lines)
        return
    done = loaded(db, "a.xlsx", data=lines)
    assert (done["counts"]["new"], done["counts"]["refused"]) == wanted and not done["counts"]["changed"]
    assert named(done) == passed


def test_what_the_further_lists_say_is_where_it_belongs(db):
    for name in ("groups as sections", "a smaller place beside the hamlet", "two telephones"):
        loaded(db, "a.xlsx", data=FURTHER[name][0])
    found = "select group_name, phone, phone2 from households where commune_code = ? order by id"
    assert db.conn.execute(found, [BUM]).fetchall() == [
        ("Tổ 1", "0912345678", "0987654321"),
        ("Tổ 2", None, None),
        ("Xóm 1", None, None),
    ]
    loaded(db, "b.xlsx", data=FURTHER["years under sexes in blocks"][0])
    assert db.conn.execute("select sex, birth_year, relation from persons order by id").fetchall() == [
        ("male", 1970, "head"),
        ("female", 1975, "spouse"),
    ]


def test_sheets_of_other_lists_are_named_with_the_reason(db):
    sheets = [
        Sheet("Bum", SHORT, [[1, "Lò Văn Một", 4]]),
        Sheet("Bản Nà Hừ 1", SHORT, [[1, "Lò Văn Hai", 3]]),
        Sheet("Tổng hợp", ["Bản", "Số hộ", "Số khẩu"], [["Bản Bum", 1, 4]]),
    ]
    done = loaded(db, "a.xlsx", data=book(sheets))
    assert counts(done) == (2, 0, 0, 0) and [hamlet for _n, hamlet, _c in households(db)] == ["0343301", "0343302"]
    assert said(done).count("taken from the name of the sheet") == 2
    assert done["left"] == [
        {
            "sheet": "Tổng hợp",
            "why": "The file has no column “Họ tên chủ hộ”; add it or use the empty form.",
            "rows": 2,
            "sample": "Bản · Số hộ · Số khẩu · Bản Bum · 1 · 4",
        }
    ]


def test_the_same_row_on_two_sheets_is_told_with_its_sheet(db):
    done = loaded(db, "a.xlsx", data=book([Sheet("Đợt 1", HEAD, [ONE]), Sheet("Đợt 2", HEAD, [TWO, ONE])]))
    assert counts(done) == (2, 0, 0, 1) and done["refused"][0]["page"] == "Đợt 2"
    assert done["refused"][0]["faults"] == {"head_name": "The same as row 2 (Đợt 1) of this file."}


@pytest.mark.parametrize(
    ("lines", "wanted", "told"),
    [
        ('1;Bản Bum;"Lò Một;4;a\n2;Bản Bum;Lò Hai;3;b\n', 2, "C2"),
        ('1;Bản Bum;Lò Một;4;"mới\n2;Bản Bum;Lò Hai;3;\n3;Bản Bum;Lò Ba;3;"ok"\n', 3, "E2"),
        ('1;Bản Bum;Lò Một;4;\n2;Bản Bum;Lò Hai;3;"cuối', 2, "E3"),
        ('1;Bản Bum;Lò Một;4;"hai\ndòng; và; ba"\n2;Bản Bum;Lò Hai;3;"x"\n', 2, None),
        ('1;Bản Bum;Lò Một;4;ti vi 40"\n2;Bản Bum;Lò Hai;3;\n', 2, None),
    ],
)
def test_quotes_in_text_files(db, lines, wanted, told):
    done = loaded(db, "a.csv", data=f"STT;Bản;Họ và tên chủ hộ;Số khẩu;Ghi chú\n{lines}".encode())
    assert counts(done) == (wanted, 0, 0, 0)
    assert [line.split()[1] for line in done["unseen"]] == ([told] if told else [])


def test_our_own_files_have_nothing_to_tell(db):
    done = loaded(db, "a.xlsx", "25456", data=commands.take_out(db, "households", "25456", now=world.NOW))
    assert not any(done[name] for name in ("unseen", "left", "unread", "passed", "told", "refused"))
    assert counts(done)[2] == sum(counts(done)) >= 48


# Headings matched by hand

UNKNOWN = [
    ["Thứ tự", "Nơi chốn", "Người đứng tên sổ", "Tổng nhân sự", "Zalo"],
    ["1", "Bản Bum", "Lò Văn Một", "4", "x"],
]
MATCHED = ["Nơi chốn=hamlet_code", "Người đứng tên sổ=Họ tên chủ hộ", "Tổng nhân sự=person_count", "Zalo=", "#F="]


def test_headings_are_matched_by_hand_and_remembered_for_the_province(db):
    with pytest.raises(Invalid):
        loaded(db, "a.xlsx", data=UNKNOWN)
    done = loaded(db, "a.xlsx", data=UNKNOWN, matched=MATCHED)
    assert counts(done) == (1, 0, 0, 0)
    assert [(one["heading"], one["chosen"]) for one in done["unread"]] == [("Zalo", True)]
    assert {line["heading"]: line["field"] for line in heading_matches.listed(db, BUM)} == {
        "noi chon": "hamlet_code",
        "nguoi dung ten so": "head_name",
        "tong nhan su": "person_count",
        "zalo": "",
    }
    assert counts(loaded(db, "b.xlsx", data=UNKNOWN)) == (0, 0, 1, 0), "remembered"
    assert heading_matches.listed(db, BAU_TRAM) == [], "in another province nobody said so"
    told = rows(db, "select action, subject, detail from audit_log where action = 'heading.match'")
    assert len(told) == 1 and json.loads(told[0]["detail"])["Nơi chốn"] == [None, "Ấp, khu phố"]
    user = commands.system(db, BUM, world.NOW)
    heading_matches.forget(db, user, BUM, "households", "tong nhan su", now=world.NOW)
    with pytest.raises(Invalid):
        loaded(db, "c.xlsx", data=UNKNOWN)
    with pytest.raises(NotFound):
        heading_matches.forget(db, user, BUM, "households", "tong nhan su", now=world.NOW)
    assert value(db, "select subject from audit_log where action = 'heading.forget'") == "“Tổng nhân sự”"


def test_the_check_tells_a_heading_that_no_list_finds(db):
    loaded(db, "a.xlsx", data=UNKNOWN, matched=MATCHED)
    assert list(checks.headings(db)) == []
    db.conn.execute("update heading_matches set province_code = '107' where heading = 'zalo'")
    assert "“Zalo” is remembered for 107" in list(checks.headings(db))[0]


def test_a_look_remembers_nothing(db):
    loaded(db, "a.xlsx", data=UNKNOWN, matched=MATCHED, write=False)
    assert heading_matches.listed(db, BUM) == []


def test_what_is_said_goes_before_what_is_known(db):
    lines = [[*HEAD[:5], "Số khác"], [*ONE, "0912345678", "0987654321"]]
    loaded(db, "a.xlsx", data=lines, matched=["Số điện thoại=phone2", "Số khác=phone"])
    found = "select phone, phone2 from households where commune_code = ?"
    assert db.conn.execute(found, [BUM]).fetchall() == [("0987654321", "0912345678")]


def test_a_column_without_a_heading_is_matched_by_its_letters_for_one_file(db):
    lines = [HEAD[:4], [*ONE, "0912345678"]]
    assert counts(loaded(db, "a.xlsx", data=lines, matched=["#E=phone"])) == (1, 0, 0, 0)
    assert value(db, "select phone from households where commune_code = ?", [BUM]) == "0912345678"
    assert heading_matches.listed(db, BUM) == []


@tabled("text", ["Nơi chốn", "=phone", "Nơi chốn=nhà"])
def test_a_match_that_says_nothing_is_refused_in_a_sentence(db, text):
    with pytest.raises(Conflict):
        loaded(db, "a.xlsx", data=UNKNOWN, matched=[text])


def test_the_command_names_everything_it_does_not_read(db, store, tmp_path, capsys):
    file = tmp_path / "ho.xlsx"
    lines = [[*HEAD, "Màu cửa", ""], [*ONE, "", "", "xanh", "?"], ["", "", "Cộng bản", 4]]
    file.write_bytes(book([Sheet("Một", lines[0], lines[1:]), Sheet("Khác", ["Số liệu"], [[7]])]))
    words = ["import", "households", str(file), "--area", BUM]
    assert main([*words, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "The sheet “Khác” is not read" in told and "Headings nobody knows: Màu cửa." in told
    assert "Column G, “Màu cửa”, is not read: 1 cells, like xanh." in told and "Column H, without a heading" in told
    assert "Row 3 is no data (total): Cộng bản · 4" in told
    assert main([*words, "--match", "Màu cửa=note", "--match", "#H="]) == 0
    assert "left out as asked" in capsys.readouterr().out
    assert value(db, "select note from households where commune_code = ?", [BUM]) == "xanh"
    assert main([*words, "--match", "Màu cửa"]) == 1 and "write it as" in capsys.readouterr().err
