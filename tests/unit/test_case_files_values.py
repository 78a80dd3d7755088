"""Files as commune offices sent them, with invented people: what their cells must become, here and by command."""

import io
import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from lib.core import access, text
from lib.core.database import connect, row, rows, value
from lib.core.errors import Invalid, Say
from lib.core.words import phone
from lib.exchange.columns import cell_values, recognised_table, whole_file
from lib.exchange.columns.whole_file import Whole
from lib.exchange.documents import commands, decision_rows
from lib.exchange.lists import place_lookup, workbook
from lib.exchange.lists.apply import apply
from lib.exchange.lists.plan import ImportPlan, plan, preview
from lib.exchange.spreadsheets import old_fonts, reading
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from lib.operations.command_line import main
from lib.register.households import households
from lib.register.teams import members
from tests import imported, world
from tests.imported import loaded, states
from tests.table import tabled

CASES = Path(__file__).with_name("cases")
HAMLETS = [("bản", "Bum"), ("bản", "Nà Hừ 1"), ("bản", "Nà Hừ 2"), ("bản", "Phìn Khò"), ("ấp", "Bàu Tràm")]
HOUSE = ["Ấp", "Họ tên chủ hộ", "Số nhà", "SĐT", "Số nhân khẩu", "Ghi chú"]


@pytest.fixture(scope="module")
def with_hamlets(template, tmp_path_factory) -> Path:
    """The world with the hamlets of the files, loaded once."""
    file = Path(shutil.copy(template, tmp_path_factory.mktemp("hamlets") / "hamlets.db"))
    db = connect(file)
    user = access.user(db, world.CAST["binh"][0], world.DAY)
    access.bind(db, user, world.DAY)
    loaded(db, user, "hamlets", *([None, None, kind, name] for kind, name in HAMLETS))
    db.close()
    return file


@pytest.fixture
def clerk(store, with_hamlets, as_):
    """The clerk of a commune that has the hamlets of the files."""
    shutil.copy(with_hamlets, store)
    return as_("binh")


def looked(clerk, file, kind="households", *, convert=True, **how) -> ImportPlan:
    """A file of the folder, or the rows of one under the headings HOUSE, as the page looks it through."""
    db, user = clerk
    if isinstance(file, list):
        data, name = book([Sheet("DS", HOUSE, [["Ấp Bàu Tràm", *line] for line in file])]), "a.xlsx"
    else:
        data, name = (CASES / file).read_bytes(), file
    how_read = recognised_table.How(convert=convert, is_hamlet=place_lookup.hamlet_names(db, "25456"))
    read = whole_file.understood(reading.read(data, name), kind, how_read)
    made = preview(db, user, "25456", read, now=world.NOW, **how)
    made.file_name = name
    return made


def load(clerk, file, kind="households", **how) -> ImportPlan:
    made = looked(clerk, file, kind, **how)
    apply(*clerk, made, now=world.NOW)
    return made


def by_command(store, capsys, file, kind="households", *words) -> dict:
    assert main(["--db", str(store), "import", kind, str(CASES / file), "--area", "25456", "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def said(made: ImportPlan) -> list[str]:
    return [str(say) for _row, say in made.warnings]


def houses(db, column: str) -> list:
    return [line[column] for line in rows(db, f"select {column} from households where id > 96 order by id")]


# Telephones

GIVEN = ["Điện", "Hoa", "Tâm", "Lợi", "Ánh", "Bảo", "Cúc", "Dần"]
PHONES = {
    1: "0912345001",
    2: "0912345002",
    3: "0912345003",
    4: "0912345004",
    5: "0392345005",
    6: "0392345006",
    7: "02763822007",
    8: "0912345008",
    9: "0912345009",
    10: "0912345010",
    11: "0912345011",
    12: "0912345012",
    13: "0912345013",
    14: None,
    15: None,
    16: "0912345016",
    17: "0844666531",
    18: "0844666531",
    19: "02763822019",
    20: "0912345020",
    21: "0912345021",
    22: "0912345022",
    23: "0912345023",
    24: "0912345000",
    25: "0912345025",
    26: "0912345026",
}


def test_phones_in_every_dress(clerk, store, capsys):
    made = load(clerk, "phones.xlsx")
    assert made.counts == {"new": 26, "changed": 0, "same": 0, "refused": 0}
    assert dict(enumerate(houses(clerk[0], "phone"), start=1)) == PHONES
    assert houses(clerk[0], "phone2")[12] == "0912345113"
    assert houses(clerk[0], "note")[11] == "SĐT: 0912.345.012 (vợ)"
    assert any("0912.345.012 (vợ)" in told for told in said(made))
    assert by_command(store, capsys, "phones.xlsx")["counts"]["same"] == 26


TELEPHONE_CELLS = [
    ("ĐT: 0912345678", ("0912345678", None, None)),
    ("0912.345.678 - 0987.654.321", ("0912345678", "0987654321", None)),
    ("0912.345.678-0987.654.321", ("0912345678", "0987654321", None)),
    ("84912345678", ("0912345678", None, None)),
    ("912345678", ("0912345678", None, None)),
    ("2763822123", ("02763822123", None, None)),
    ("02763-822123", ("02763822123", None, None)),
    ("01692345005", ("0392345005", None, None)),
    ("(066) 3 822 007 ; 0169.2345.006", ("02763822007", "0392345006", None)),
    ("043.8251234", ("02438251234", None, None)),
    ("0650.3822007", ("02743822007", None, None)),
    (
        "0912 345 678 (Hà), 0987 654 321 (Nam)",
        ("0912345678", "0987654321", "SĐT: 0912 345 678 (Hà), 0987 654 321 (Nam)"),
    ),
    ("0912345678 0987654321 0366123456", ("0912345678", "0987654321", "SĐT: 0912345678 0987654321 0366123456")),
    ("sđt vợ: 0912345678", ("0912345678", None, "SĐT: sđt vợ: 0912345678")),
    ("0912345678, gọi buổi tối", ("0912345678", None, "SĐT: 0912345678, gọi buổi tối")),
    ("0912,345,678", ("0912345678", None, None)),
    ("0084 (0) 912 345 678.", ("0912345678", None, None)),
    ("0912345678/0912345678", ("0912345678", None, None)),
    ("084912345678", ("0912345678", None, None)),
    ("0912.345.6l8", ("0912345618", None, None)),
    ("020.3822007", ("02143822007", None, None)),
    ("0276382212", (None, None, None)),  # a digit is missing, and it is none of Tuyên Quang's
    ("0912.345.678 - 0987…", ("0912345678", None, "SĐT: 0912.345.678 - 0987…")),
    ("DĐ 0912345678; NR 0231 3822123", ("0912345678", "02133822123", "SĐT: DĐ 0912345678; NR 0231 3822123")),
    ("Không có ĐT", (None, None, None)),
    ("chưa có số", (None, None, None)),
]


def test_what_else_telephone_cells_hold(clerk):
    names = [f"{family} {given}" for family in ("Trần Văn", "Lê Thị", "Phan Ngọc", "Võ Hoàng") for given in GIVEN]
    lines = [[name, None, cell, 4] for name, (cell, _stored) in zip(names, TELEPHONE_CELLS, strict=False)]
    made = load(clerk, lines)
    assert made.counts["new"] == len(lines) == len(TELEPHONE_CELLS)
    read = {line["head_name"]: line for line in rows(clerk[0], "select * from households where id > 96")}
    stored = {cell: tuple(read[name][key] for key in ("phone", "phone2", "note")) for name, _no, cell, _n in lines}
    assert stored == dict(TELEPHONE_CELLS)


def test_a_note_keeps_its_own_words_beside_those_of_the_telephone(clerk):
    load(clerk, [["Trần Văn Điện", None, "0912345678 (con gái)", 4, "Nhà ở cuối ấp"]])
    assert houses(clerk[0], "note") == ["Nhà ở cuối ấp; SĐT: 0912345678 (con gái)"]


def test_numbers_of_before_2018_are_led_to_those_of_today_and_read_as_such():
    assert phone.parse("0511.3822007") == "02363822007" and phone.parse("04 38251234") == "02438251234"
    assert phone.parse("0123 456 7890") == "0834567890" and phone.parse("0838251234") == "0838251234"
    assert phone.spaced("02438251234") == "024 3825 1234" and phone.spaced("như cũ") == "như cũ"


# Cells that a row can do without

RELATIONS = {
    0: "parent",
    1: "parent",
    2: "child",
    3: "other_kin",
    4: "other_kin",
    5: "other_kin",
    6: "grandchild",
    7: "other_kin",
    8: "parent",
    9: "other_kin",
    10: "child",
    11: "lodger",
    12: "spouse",
    13: "spouse",
}
LIVING = [
    "permanent",
    "permanent",
    "temporary",
    "temporary",
    "temporary",
    "permanent",
    "permanent",
    "permanent",
    "temporary",
    "temporary",
]


@pytest.fixture
def household_31(store):
    db = connect(store)
    world.add_area(db, "25678", "commune", "Xã", "Tân Phú", "703")
    world.add_area(db, "2567801", "hamlet", "ấp", "Tân Xuân", "25678")
    world.add_household(db, 131, "25678", "2567801", 1)
    db.conn.execute("update households set code = '25678-0031' where id = 131")
    db.close()


def test_relations_residences_and_years_of_birth(household_31, store, capsys, db):
    words = ["--db", str(store), "import", "households", str(CASES / "relations.xlsx"), "--area", "25678", "--json"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"new": 33, "changed": 1, "same": 0, "refused": 0}
    found = {line["full_name"]: line for line in rows(db, "select * from persons where household_id = 131")}
    assert {n: found[f"Trương Thử {n}"]["relation"] for n in range(14)} == RELATIONS
    assert [found[f"Trương Trú {n}"]["residence"] for n in range(10)] == LIVING
    assert {found[f"Trương Sinh {n}"]["birth_year"] for n in range(9)} == {1948}


@tabled(
    ("word", "code"),
    [
        ("MẸ VỢ", "parent"),
        ("Me\u0323 vơ\u0323", "parent"),
        ("me vo", "parent"),
        ("Bà", "other_kin"),
        ("Ba", "parent"),
        ("Con trai thứ 2", "child"),
        ("Con gái (út)", "child"),
        ("Vợ chủ hộ", "spouse"),
        ("Con của chủ hộ", "child"),
        ("Con dâu", "other_kin"),
        ("Cô", "other_kin"),
        ("Em rể", "other_kin"),
        ("CHÁU NGOẠI", "grandchild"),
        ("vợ CH", "spouse"),
        ("Vợ của CH", "spouse"),
        ("Con trai trưởng", "child"),
        ("Anh trai ruột", "sibling"),
        ("Cháu họ xa", "other_kin"),
        ("Em ruột vợ", "other_kin"),
        ("Con dâu út", "other_kin"),
        ("Bạn cùng phòng", "lodger"),
        ("Ở thuê", "lodger"),
        ("chủ hộ.", "head"),
        ("Con thứ hai", "child"),
    ],
)
def test_more_words_for_relations(word, code):
    column = next(column for column in recognised_table.KINDS["persons"] if column.key == "relation")
    assert column.read(word) == code


@tabled(
    ("word", "code"),
    [
        ("K.T.1", "permanent"),
        ("KT 2", "temporary"),
        ("KT-3", "temporary"),
        ("kt4", "temporary"),
        ("hktt", "permanent"),
        ("H.K.T.T", "permanent"),
        ("Tạm trú (KT3)", "temporary"),
        ("TẠM VẮNG", "away"),
        ("tam tru", "temporary"),
        ("Thường trú KT1", "permanent"),
        ("Tạm vắng (đi TP.HCM)", "away"),
        ("Khách vãng lai", "guest"),
        ("Thươ\u0300ng tru\u0301", "permanent"),
        ("ĐKTT", "permanent"),
        ("Sổ tạm trú", "temporary"),
    ],
)
def test_more_words_for_residence(word, code):
    column = next(column for column in recognised_table.KINDS["persons"] if column.key == "residence")
    assert column.read(word) == code


@tabled(
    ("cell", "year"),
    [
        ("00/00/1948", 1948),
        ("12/1948", 1948),
        ("khoảng 1948", 1948),
        ("SN: 1948", 1948),
        ("1948 (73 tuổi)", 1948),
        ("~1948", 1948),
        ("??/??/1948", 1948),
        ("1-1-1948", 1948),
        ("Năm 1948", 1948),
        ("1948,0", 1948),
        ("01.01.48", 1948),
        ("1948-1949", Say(cell_values.YEAR)),
        ("48", Say(cell_values.YEAR)),
        ("73 tuổi", Say(cell_values.YEAR)),
    ],
)
def test_more_years_of_birth(cell, year):
    assert cell_values.year(cell) == year


PERSONS = ["Mã hộ", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Cư trú", "Số CMND/CCCD", "SĐT"]


def test_an_unreadable_cell_keeps_neither_household_nor_person_back(clerk):
    db, user = clerk
    heads = ["Mã hộ", *HOUSE, "Ngày ký cam kết", "Loại nhà ở", "Trong đó tạm trú", "Nguy cơ phơi nhiễm"]
    data = book(
        [
            Sheet(
                "Hộ",
                heads,
                [[None, "Ấp Bàu Tràm", "Lê Văn Một", None, "hỏi con gái", 4, None, "31/02", "lều", 7, "bay"]],
            ),
            Sheet("Nhân khẩu", PERSONS, [["25456-0001", "Lê Hai", 1800, "X", "bạn hàng xóm", "vùng 5", "12", "113"]]),
        ]
    )
    read = whole_file.understood(reading.read(data, "a.xlsx"), "households")
    made = plan(db, user, "25456", read, now=world.NOW)
    assert states(made) == ["new", "new"]
    told = said(made)
    for cell, what in {"E2": "hỏi con gái", "H2": "31/02", "I2": "lều", "J2": "7", "K2": "bay"}.items():
        assert any(say.startswith(f"{cell} “{what}” is skipped: ") for say in told), cell
    for cell, what in {"C2": "1800", "D2": "X", "E2": "bạn hàng xóm", "F2": "vùng 5", "G2": "12", "H2": "113"}.items():
        assert any(say.startswith(f"{cell} “{what}” is skipped: ") for say in told), cell
    made.file_name = "a.xlsx"
    apply(db, user, made, now=world.NOW)
    assert row(db, "select phone, temporary_count, dwelling, commitment_day from households where id > 96") == {
        "phone": None,
        "temporary_count": 0,
        "dwelling": "house",
        "commitment_day": None,
    }
    assert value(db, "select count(*) from persons where full_name = 'Lê Hai' and birth_year is null") == 1


def test_what_a_household_is_known_by_and_counted_by_is_never_left_out(clerk):
    made = looked(clerk, [["Lê Văn Một", None, None, "bốn"], ["???", None, None, 4]])
    assert [set(each.faults) for each in made.rows] == [{"person_count"}, {"head_name"}]
    assert made.counts["refused"] == 2


# Names


def test_names_have_one_apostrophe_and_proper_capitals(clerk, store, capsys):
    made = load(clerk, "names.xlsx")
    names = houses(clerk[0], "head_name")
    assert names[:12] == [
        "H'Hen Niê",
        "Điểu K'Lích",
        "Y-Moan Ênuôl",
        "K'Brể",
        "K'Brêu",
        "K'Brêu",
        "K'Brêu",
        "K'Brêu",
        "H'Bĭa Êban",
        "Y Blŏk Niê",
        "ČƯ Ksor",
        "Thạch Thị Sa Rươne",
    ]
    assert names[-2:] == ["Trần Thị Ẩn", "An Thị Biến"]
    assert [each.number for each in made.rows if each.state == "refused"] == [16, 18, 19]
    assert by_command(store, capsys, "names.xlsx")["counts"] == {"new": 0, "changed": 0, "same": 17, "refused": 3}


def test_h_hen_and_the_same_with_another_apostrophe_are_one(clerk, store, capsys):
    load(clerk, "names.xlsx")
    told = by_command(store, capsys, "names-curly-nophone.xlsx", "households", "--dry-run")
    assert told["counts"]["changed"] == 0 and told["counts"]["same"] >= 9
    again = looked(clerk, "names-curly-nophone.xlsx")
    assert {each.number: each.state for each in again.rows}[2] == "same"


def test_a_team_of_minorities_and_its_members(clerk, store, capsys):
    made = load(clerk, "team-minority.xlsx", "teams")
    assert made.counts["new"] == 4
    assert {line["full_name"] for line in rows(clerk[0], "select full_name from members where id > 12")} == {
        "Y Blŏk Ênuôl",
        "H'Bĭa Êban",
        "Ksor Čih",
        "Y Ƀliu Hmŏk",
    }
    assert by_command(store, capsys, "team-minority.xlsx", "teams")["counts"]["same"] == 4
    again = loaded(*clerk, "teams", ["Tổ Covid cộng đồng số 92", "Bàu Tràm", None, "H’BĬA ÊBAN", "Tổ viên", 1985])
    assert states(again) == ["same"]


def test_letters_of_minorities_are_printed(clerk, tmp_path):
    load(clerk, "team-minority.xlsx", "teams")
    commands.write(clerk[0], commands.Document("decision", "25456", world.DAY), tmp_path / "qd.pdf", now=world.NOW)
    file = pypdfium2.PdfDocument(tmp_path / "qd.pdf")
    told = " ".join(page.get_textpage().get_text_range() for page in file)
    assert all(name in told for name in ("Y Blŏk Ênuôl", "H'Bĭa Êban", "Ksor Čih", "Y Ƀliu Hmŏk"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("KSOR H’BLÂM", "Ksor H'Blâm"),
        ("y-bhăm", "Y-Bhăm"),
        ("M´NÔNG R`ĂM", "M'Nông R'Ăm"),
        ("Hʼ Hen", "H'Hen"),
        ("H '  HEN", "H'Hen"),
        ("ĐINH A-RƯƠNH", "Đinh A-Rươnh"),
        ("BE\u0302\u0306N", "Bê\u0306n"),
        ("H'hen", "H'hen"),
        ("rơ châm h‘phik", "Rơ Châm H'Phik"),
        ("NGUYỄN VĂN 2A", "Nguyễn Văn 2A"),
        ("TRẦN TÁM (F0)", "Trần Tám (F0)"),
        ("Y Ƀliu Č Ĭ Ŏ Ŭ Ĕ", "Y Ƀliu Č Ĭ Ŏ Ŭ Ĕ"),
        ("Nguyễn Văn A 'Tư'", "Nguyễn Văn A 'Tư'"),
        ("THẠCH SA-RƯƠNE", "Thạch Sa-Rươne"),
        ("\u2068A\ufe0fn\u2069", "An"),
    ],
)
def test_more_names(clerk, typed, name):
    db, user = clerk
    code = households.register(
        db, user, {"head_name": typed, "hamlet_code": "2545601", "person_count": "3"}, now=world.NOW
    )
    assert value(db, "select head_name from households where code = ?", [code]) == name
    assert code in {found["code"] for found in households.search(db, typed, day=world.DAY)}
    assert text.person(name) == name


@pytest.fixture
def both_letters(clerk):
    load(clerk, "iy.xlsx")
    load(clerk, [["Lê Thị Minh", None, None, 2], ["Võ Linh", None, None, 2]])


@tabled(
    ("typed", "found"),
    [("Mỹ", 2), ("mi", 2), ("my ly", 2), ("Quý", 1), ("qui", 1), ("Kì", 5), ("ki", 5), ("Thúy", 3), ("lí", 2)],
)
def test_y_and_i_are_one_in_search(clerk, both_letters, typed, found):
    db, _user = clerk
    names = [line["head_name"] for line in households.search(db, typed, day=world.DAY)]
    expected = ["", "Nguyễn Thị Quí", "Trần Thị Mĩ Lý", "Lê Thị Thuý", "Võ Văn Kỳ", "Võ Văn Kỳ"][found]
    assert expected in names and houses(db, "head_name")[1] == "Trần Thị Mĩ Lý"
    assert "Lê Thị Minh" not in names or typed == "mi"
    assert typed != "Mỹ" or names[0] == "Trần Thị Mĩ Lý"


@tabled(
    ("typed", "told", "found"),
    [
        ("vy", "tran thi vi", True),
        ("vi", "tran thi vy", True),
        ("vy", "tran vinh", False),
        ("ly", "ho h'li", True),
        ("quy", "qui", True),
        ("thuy", "thui", False),
        ("y", "ngo thi i", True),
        ("hy", "hai", False),
        ("si", "le sy-hung", True),
        ("tay", "tai", False),
    ],
)
def test_which_spellings_are_one(typed, told, found):
    assert text.holds(told, typed) is found


# Teams and hamlets


def test_a_team_is_known_by_hamlet_and_name(clerk, store, capsys):
    db, _user = clerk
    assert load(clerk, "t1-same-name-two-hamlets.xlsx", "teams").counts["new"] == 4
    teams = rows(db, "select id, name, hamlet_code from teams where id > 4 order by hamlet_code")
    assert [line["name"] for line in teams] == ["Tổ 1", "Tổ 1"]
    members = "select full_name from members where team_id = ? order by full_name"
    assert [[line["full_name"] for line in rows(db, members, [team["id"]])] for team in teams] == [
        ["Lò Văn A", "Lò Văn B"],
        ["Lò Văn C", "Lò Văn D"],
    ]
    assert by_command(store, capsys, "t1-same-name-two-hamlets.xlsx", "teams")["counts"]["same"] == 4


def test_rows_without_a_hamlet_belong_to_the_team_above_or_to_the_only_one_of_the_name(clerk):
    db, user = clerk
    load(clerk, "t1-same-name-two-hamlets.xlsx", "teams")
    lines = [
        ["Tổ 1", "Bản Bum", None, "Lò Văn A", "Tổ trưởng", 1980],
        ["TỔ 1", None, None, "Lò Văn M", "Tổ viên", 1990],
        ["Tổ 1", "Phìn Khò", None, "Lò Văn N", "Tổ viên", 1991],
        ["Tổ Covid cộng đồng số 02", None, None, "Lò Văn P", "Tổ viên", 1992],
    ]
    made = loaded(db, user, "teams", *lines)
    assert states(made) == ["same", "new", "new", "new"]
    assert ["the only team of this name is used" in told for told in said(made)].count(True) == 1
    where = """select h.name from members m join teams t on t.id = m.team_id join areas h on h.code = t.hamlet_code
               where m.full_name = ?"""
    assert [value(db, where, [f"Lò Văn {letter}"]) for letter in "MNP"] == ["Bum", "Phìn Khò", "2"]


def test_an_unknown_post_is_another_post_in_its_own_words(clerk, store, capsys):
    db, user = clerk
    made = load(clerk, "t3-tt-roles.xlsx", "teams")
    assert made.counts == {"new": 5, "changed": 0, "same": 0, "refused": 0}
    found = rows(db, "select full_name, role, position, position_words from members where id > 12")
    assert {line.pop("full_name")[-1]: tuple(line.values()) for line in found} == {
        "A": ("leader", "hamlet_head", None),
        "B": ("deputy", "cell_secretary", None),
        "C": ("member", "other", "Công an viên"),
        "D": ("member", "other", "Chi hội trưởng phụ nữ"),
        "E": ("member", "other", "Y tế bản"),
    }
    assert any("“Thư ký” is skipped" in told for told in said(made))
    assert by_command(store, capsys, "t3-tt-roles.xlsx", "teams")["counts"]["same"] == 5
    data = workbook.export(db, user, "teams", "25456", now=world.NOW)
    table = imported.found(reading.read(data, "to.xlsx"), "teams")[1]
    assert set(states(plan(db, user, "25456", Whole("teams", [table]), now=world.NOW))) == {"same"}


def test_a_post_in_words_is_shown_where_posts_are(clerk):
    db, _user = clerk
    load(clerk, "t3-tt-roles.xlsx", "teams")
    team = value(db, "select id from teams where name = 'Tổ Bum'")
    living = members.of_teams(db, [team], day=world.DAY)[team]
    assert "Chi hội trưởng phụ nữ" in {line["position_words"] for line in living}
    told = decision_rows.gathered(db, _user, "25456", day=world.DAY)
    assert "Chi hội trưởng phụ nữ" in json.dumps(told, ensure_ascii=False, default=str)


def test_hamlets_that_differ_by_their_tone_alone_are_two(clerk, store, capsys):
    db, _user = clerk
    assert by_command(store, capsys, "85-hamlets.csv", "hamlets")["counts"]["new"] == 2
    assert load(clerk, "85-tone-distinct-hamlets.xlsx").counts["new"] == 4
    where = (
        "select a.name, count(*) n from households h join areas a on a.code = h.hamlet_code where h.id > 96 group by 1"
    )
    assert rows(db, where) == [{"name": "Nậm Cúm", "n": 2}, {"name": "Nậm Củm", "n": 2}]
    assert by_command(store, capsys, "85-tone-distinct-hamlets.xlsx")["counts"]["same"] == 4
    data = workbook.export(db, _user, "households", "25456", now=world.NOW)
    assert "Nậm Củm" in str(reading.read(data, "ho.xlsx")[0].rows)


@pytest.fixture
def places(clerk):
    db, user = clerk
    names = [("bản", "Nậm Củm"), ("bản", "Nậm Cúm"), ("thôn", "Hòa Bình"), ("buôn", "R'leng")]
    loaded(db, user, "hamlets", *([None, None, kind, name] for kind, name in names))
    return place_lookup.Places(db, "25456")


@tabled(
    ("typed", "name"),
    [
        ("bản Nậm Củm", "Nậm Củm"),
        ("NẬM CÚM", "Nậm Cúm"),
        ("Na\u0323\u0302m Cu\u0309m", "Nậm Củm"),
        ("nam cum", None),
        ("Hoà Bình", "Hòa Bình"),
        ("hoa binh", "Hòa Bình"),
        ("Buôn R’Leng", "R'leng"),
        ("KP 01", "1"),
        ("Khu phố I", None),
    ],
)
def test_how_a_hamlet_is_found(places, typed, name):
    if name is None:
        with pytest.raises(Invalid):
            places.hamlet("25456", typed)
    else:
        assert places.hamlets("25456")[places.hamlet("25456", typed)]["name"] == name


# Numbers that Excel took for days


def test_house_numbers_that_excel_took_for_days(clerk, store, capsys):
    made = load(clerk, "house-dates.xlsx")
    assert houses(clerk[0], "house_number") == ["5/8", "3/12", "12/4", "1/1/4"]
    assert any("Cell D2 contains the date 05/08/2021" in told and told.endswith("read as 5/8.") for told in said(made))
    assert by_command(store, capsys, "house-dates.xlsx")["counts"]["same"] == 4


TAKEN_FOR_DAYS = [
    (date(2021, 8, 5), "5/8"),
    (datetime(2021, 8, 5), "5/8"),
    (date(2026, 12, 31), "31/12"),
    (date(1948, 1, 1), "1/48"),
    (date(2007, 5, 12), "12/5/7"),
    (date(1987, 5, 12), "12/5/87"),
    ("5-Aug", "5/8"),
    ("Aug-48", "8/48"),
    ("5/8", "5/8"),
    ("12/4A", "12/4A"),
    ("5/8/2", "5/8/2"),
    ("2021", "2021"),
    (44413, "44413"),
    ("Số 5", "Số 5"),
    ("2021-08-05", "5/8"),
    ("12-14", "12-14"),
    ("5-Thg8", "5/8"),
    ("05-thg 12", "5/12"),
    ("05/08/2021", "5/8"),
    ("K5/8", "K5/8"),
    ("5.8", "5.8"),
    (date(1900, 1, 12), "12"),
    (date(1900, 5, 4), "125"),
]


def test_more_numbers_that_excel_took_for_days():
    """In each of the columns that hold numbers of houses, lanes and groups."""
    keys = {"Số nhà": "house_number", "Ngõ, hẻm": "lane", "Tổ tự quản": "group_name"}
    lines = [["Bàu Tràm", f"Lê {n}", 3] for n in range(len(TAKEN_FOR_DAYS))]
    file = load_workbook(io.BytesIO(book([Sheet("a", ["Ấp", "Họ tên chủ hộ", "Số nhân khẩu"], lines)])))
    for column, heading in enumerate(keys, start=4):
        file.active.cell(1, column, heading)
        for line, (cell, _number) in enumerate(TAKEN_FOR_DAYS, start=2):
            file.active.cell(line, column, cell)
    out = io.BytesIO()
    file.save(out)
    made = imported.found(reading.read(out.getvalue(), "a.xlsx"), "households")[1]
    for key in keys.values():
        assert [line.values[key] for line in made.rows] == [number for _cell, number in TAKEN_FOR_DAYS], key


def test_a_hamlet_and_a_decision_that_excel_took_for_days():
    column = {one.key: one for one in recognised_table.KINDS["teams"]}
    assert column["hamlet_code"].read("2021-02-03") == "3/2" and column["decision_no"].read("2021-08-15") == "15/8"
    assert column["decision_day"].read("2021-08-15") == "2021-08-15"


# Old fonts, cell by cell

OLD = "27e-tcvn3-plus-unicode-rows.xlsx"
REPAIRED = [
    "Lò Văn Thanh",
    "Vàng Thị Mé",
    "Giàng A Páo",
    "Pờ Go Xá",
    "Lú Hõ Chõ",
    "Sùng A Dính",
    "Tao Văn Pư",
    "Phùng Mì Nu",
    "Lê Tú",
    "Lý Sáu",
    "Bé Tô",
    "Hà Lê",
]


def test_only_cells_unsound_as_they_stand_are_converted_and_doubtful_ones_shown(clerk):
    made = load(clerk, OLD)
    assert houses(clerk[0], "head_name") == REPAIRED
    assert made.tables["households"].doubts["Lú Hõ Chõ"] == "Lỳ Hừ Chừ"
    for name, other in {"Lú Hõ Chõ": "Lỳ Hừ Chừ", "Lê Tú": "Lờ Tỳ"}.items():
        assert any(f"“{name}” stays as it is; in the old font it would be “{other}”" in told for told in said(made))


@tabled(
    ("said", "read"),
    [
        (["Bản", "Ghi chú"], ["Bản", "Ghi chú"]),
        (["B¶n", "Ghi chó"], ["Bản", "Ghi chú"]),
        (["Họ tên", "Sè nhµ"], ["Họ tên", "Số nhà"]),
    ],
)
def test_a_right_heading_is_never_rewritten(said, read):
    assert old_fonts.row(said, "tcvn3") == read


def test_the_command_converts_when_it_is_told_to(clerk, store, capsys):
    words = ["--db", str(store), "import", "households", str(CASES / OLD), "--area", "25456"]
    assert main([*words, "--dry-run"]) == 1 and "--old-font convert" in capsys.readouterr().err
    assert main([*words, "--old-font", "keep", "--dry-run"]) == 0 and "8 refused" in capsys.readouterr().out
    assert main([*words, "--old-font", "convert", "--old-font-too", "Lú Hõ Chõ"]) == 0
    assert "12 new" in capsys.readouterr().out
    assert houses(clerk[0], "head_name") == [*REPAIRED[:4], "Lỳ Hừ Chừ", *REPAIRED[5:]]


@tabled(
    "name",
    [
        "Lê Tú",
        "Bé Tô",
        "Hà Lê",
        "Sô Y Ênuôl",
        "H'Bia Êban",
        "Niê",
        "Trần Thị Mỹ",
        "Mã A Lử",
        "Hélène",
        "Đinh Ôn",
        "Cô Xê",
        "Ngô Tèo",
        "Ksor Blô",
        "Hồ Ý",
    ],
)
@tabled("encoding", ["tcvn3", "vni"])
def test_a_right_name_is_never_rewritten(name, encoding):
    assert old_fonts.repaired(name, encoding)[0] == name


@tabled(
    ("encoding", "cell", "name"),
    [
        ("tcvn3", "NguyÔn V¨n §\xadêng", "Nguyễn Văn Đường"),
        ("tcvn3", "B¶n Ph×n Khß", "Bản Phìn Khò"),
        ("tcvn3", "Y B¨m £nu«l", "Y Băm Ênuôl"),
        ("tcvn3", "NGUYÔN THÞ ¸NH", "NGUYỄN THỊ ÁNH"),
        ("vni", "Nguyeãn Vaên Ñöôøng", "Nguyễn Văn Đường"),
        ("vni", "AÁp Phöôùc Ñöùc", "Ấp Phước Đức"),
        ("tcvn3", "Êp 3", "Ấp 3"),
        ("tcvn3", "Sè nhµ 5", "Số nhà 5"),
        ("vni", "Leâ Thò Myõ", "Lê Thị Mỹ"),
    ],
)
def test_what_cannot_stand_is_converted(encoding, cell, name):
    sound = old_fonts.repaired(cell, encoding)[0]
    assert (old_fonts.names_of(sound) if cell != "Êp 3" else sound.capitalize()) == name


# The same list again, and twins


def test_a_better_list_changes_the_households_instead_of_doubling_them(clerk, store, capsys):
    load(clerk, "87-first.xlsx")
    made = looked(clerk, "87-second-with-address.xlsx")
    assert made.counts == {"new": 0, "changed": 8, "same": 0, "refused": 0} and not made.doubtful
    assert by_command(store, capsys, "87-second-with-address.xlsx")["counts"]["changed"] == 8
    assert houses(clerk[0], "house_number") == [f"Nhà số {n}" for n in range(1, 9)]
    assert by_command(store, capsys, "87-first.xlsx")["counts"] == {"new": 0, "changed": 0, "same": 8, "refused": 0}


STORED = [
    ["Lê Văn Một", None, None, 4],
    ["Lê Văn Hai", "Số 5", "0912345678", 3],
    ["Lê Văn Ba", None, "0912345679", 2],
    ["Lê Văn Tư", "Số 7", None, 2],
    ["Lê Văn Tư", "Số 8", None, 2],
]


@pytest.fixture
def five(clerk):
    load(clerk, STORED)


@tabled(
    ("line", "state", "perhaps"),
    [
        (["Lê Văn Một", "Số 3", "0987654321", 4], "changed", True),  # nothing stored says otherwise
        (["LÊ VĂN MỘT", None, None, 5], "changed", False),
        (["Lê Văn Hai", None, "0912345678", 4], "changed", False),  # a telephone in common
        (["Lê Văn Hai", "SỐ 5", None, 3], "changed", False),
        (["Lê Văn Hai", None, None, 3], "same", True),  # nobody else of the name, and the same number of persons
        (["Lê Văn Hai", None, None, 6], "new", True),
        (["Lê Văn Hai", "Số 6", "0912345678", 3], "new", True),
        (["Lê Văn Hai", "Số 5", "0987654321", 3], "new", True),
        (["Lê Văn Ba", "Số 9", "0912345679", 2], "changed", False),
        (["Lê Văn Tư", None, "0987654321", 2], "new", True),  # which of the two?
        (["Lê Văn Tư", "Số 8", "0987654321", 2], "changed", False),
    ],
)
def test_which_household_a_row_means(clerk, five, line, state, perhaps):
    made = looked(clerk, [line])
    (only,) = made.rows
    assert (only.state, only.perhaps is not None) == (state, perhaps)
    if perhaps:
        other = {only.at: None if state != "new" else only.perhaps}
        chosen = looked(clerk, [line], same=other).rows[0]
        assert (chosen.state == "new") == (state != "new") and not chosen.faults
        assert looked(clerk, [line], same=other).doubtful == [] or chosen.at in other


def test_rows_of_one_name_each_find_their_own_in_any_order(clerk):
    lines = [
        ["Lê Văn Một", None, "0912345678", 4],
        ["Lê Văn Một", None, "0912345679", 3],
        ["Lê Văn Một", None, None, 2],
    ]
    load(clerk, lines)
    for order in (lines, lines[::-1]):
        assert set(states(looked(clerk, order))) == {"same"}


def test_near_twins_of_one_file_are_offered_as_one(clerk, store, capsys):
    made = looked(clerk, "39-near-duplicates.xlsx")
    assert made.counts["new"] == 8
    assert {each.number: each.perhaps[1] for each in made.doubtful} == {3: 2, 4: 2, 5: 2, 6: 2, 8: 2, 9: 2}
    assert any("Possibly the same as row 2 of this file" in told for told in said(made))
    told = by_command(store, capsys, "39-near-duplicates.xlsx", "households", "--same", "all")
    assert told["counts"] == {"new": 2, "changed": 0, "same": 6, "refused": 0}
    assert houses(clerk[0], "head_name") == ["Lò Văn Thuỷ", "Lò Văn Thúy"]
    again = by_command(store, capsys, "39-near-duplicates.xlsx", "households", "--same", "all")
    assert again["counts"]["new"] == 0 and value(clerk[0], "select count(*) from households") == 98


def test_twins_kept_apart_find_their_own_again(clerk):
    load(clerk, "39-near-duplicates.xlsx")
    assert looked(clerk, "39-near-duplicates.xlsx").counts == {"new": 0, "changed": 0, "same": 8, "refused": 0}


def test_what_the_twin_knows_goes_over_and_its_persons_with_it(clerk):
    db, user = clerk
    lines = [["Lê Văn Một", None, "0912345678", 4], ["Lê  Văn Mốt", "Số 5", "0912345678, 0987654321", 4, "có chó"]]
    data = book(
        [
            Sheet("Hộ", HOUSE, [["Ấp Bàu Tràm", *line] for line in lines]),
            Sheet(
                "Nhân khẩu",
                ["Ấp", "Họ tên chủ hộ", "Họ và tên", "Năm sinh"],
                [["Ấp Bàu Tràm", "Lê Văn Mốt", "Lê Thị Bé", 1999]],
            ),
        ]
    )
    read = whole_file.understood(reading.read(data, "a.xlsx"), "households")
    made = plan(db, user, "25456", read, now=world.NOW, same={("", 3): ("", 2)})
    made.file_name = "a.xlsx"
    assert states(made) == ["new", "same", "new"]
    apply(db, user, made, now=world.NOW)
    assert row(db, "select head_name, house_number, phone, phone2, note from households where id > 96") == {
        "head_name": "Lê Văn Một",
        "house_number": "Số 5",
        "phone": "0912345678",
        "phone2": "0987654321",
        "note": "có chó",
    }
    assert value(db, "select h.head_name from persons p join households h on h.id = p.household_id") == "Lê Văn Một"


@tabled(
    ("one", "other", "twins"),
    [
        (["Lò Văn Thuỷ", None, "0912345678", 4], ["Lò V. Thuỷ", None, "0912345678", 4], True),
        (["Lò Văn Thuỷ", None, None, 4], ["LÒ VĂN THỦY", None, None, 5], True),
        (["Lý Thị Mỹ", None, None, 4], ["Lí Thị Mĩ", None, None, 5], True),
        (["H'Hen Niê", None, None, 4], ["H’HEN NIÊ", None, None, 5], True),
        (["Lò Văn Thuỷ", None, "0912345678", 4], ["Lò Văn Thuỷ", None, "0912345679", 4], False),
        (["Lò Văn Thuỷ", "Số 5", None, 4], ["Lò Văn Thuỷ", "Số 6", None, 4], False),
        (["Lò Văn Thuỷ", None, None, 4], ["Lò Văn Thúy", None, None, 4], False),
        (["Lò Văn Thuỷ", None, "0912345678", 4], ["Vàng Thị Mé", None, "0912345678", 4], False),
    ],
)
def test_which_rows_are_near_twins(clerk, one, other, twins):
    assert [each.number for each in looked(clerk, [one, other]).doubtful] == ([3] if twins else [])


def test_whatever_was_read_is_the_same_when_it_is_taken_out_and_loaded_again(clerk, store, capsys, tmp_path):
    db, user = clerk
    for file in ("names.xlsx", "phones.xlsx", "39-near-duplicates.xlsx", "house-dates.xlsx", OLD):
        load(clerk, file)
    for file in ("team-minority.xlsx", "t1-same-name-two-hamlets.xlsx", "t3-tt-roles.xlsx"):
        load(clerk, file, "teams")
    for kind in ("hamlets", "households", "teams", "assignments"):
        data = workbook.export(db, user, kind, "25456", now=world.NOW)
        read = whole_file.understood(reading.read(data, "a.xlsx"), kind)
        made = preview(db, user, "25456", read, now=world.NOW)
        assert set(states(made)) == {"same"} and not made.doubtful, kind
    assert main(["--db", str(store), "check"]) == 0 and "ok" in capsys.readouterr().out
