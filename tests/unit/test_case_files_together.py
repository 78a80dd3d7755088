"""What lists have of both kinds at once: the layout of an office, and cells that need a look; each told where it is."""

import json

import pytest

from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid
from lib.exchange.lists import commands
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from lib.operations.command_line import main
from tests import world
from tests.imported import loaded

COMMUNE = "25456"
HAMLETS = [("bản", "Bum"), ("bản", "Nà Hừ 1"), ("bản", "Phìn Khò")]
HEADS = ["STT", "Họ tên chủ hộ", "Số nhà", "SĐT", "Số nhân khẩu"]
OLD = ["Lß V¨n Thanh", "NguyÔn V¨n §\xadêng", "TrÇn ThÞ Hång", "Ph¹m V¨n Hïng"]


@pytest.fixture
def db(as_):
    connection, user = as_("binh")
    loaded(connection, user, "hamlets", *([None, None, kind, name] for kind, name in HAMLETS))
    return connection


def by_machine(db, *sheets: Sheet, kind="households", write=False, **how) -> dict:
    return commands.load(db, kind, book(list(sheets)), "a.xlsx", COMMUNE, write=write, now=world.NOW, **how)


def of_hamlet(name: str, *lines: tuple) -> Sheet:
    return Sheet(name, HEADS, [[number, *line] for number, line in enumerate(lines, start=1)])


TWINS = (
    of_hamlet("Bản Bum", ("Lò Văn Thuỷ", None, "0912345678", 4), ("Vàng A Páo", None, None, 3)),
    of_hamlet(
        "Bản Nà Hừ 1",
        ("Lò V. Thuỷ", None, "0912345678", 4),
        ("Lò Thị Mé", None, None, 5),
        ("Lò V. Mé", None, "0987654321", 5),
        ("LÒ THỊ MÉ", "Số 5", None, 5),
    ),
    of_hamlet(
        "Bản Phìn Khò",
        ("Giàng A Sáng", None, None, 2),
        ("Giàng A Dính", None, "0987654320", 2),
        ("Cứ A Lử", None, None, 4),
        ("GIÀNG A DÍNH", None, None, 3),
    ),
)


def test_doubtful_rows_of_several_sheets_are_asked_and_answered_by_sheet_and_row(db):
    made = by_machine(db, *TWINS)
    asked = {line["name"]: line["perhaps"] for line in made["doubtful"] if line["perhaps"]}
    assert asked == {"Bản Nà Hừ 1!5": "Bản Nà Hừ 1!3", "Bản Phìn Khò!5": "Bản Phìn Khò!3"}
    assert any("row 3 (Bản Phìn Khò)" in line["say"] for line in made["warnings"])
    with pytest.raises(Conflict, match="several sheets"):
        by_machine(db, *TWINS, same="5")
    done = by_machine(db, *TWINS, same="Bản Phìn Khò!5", new="Bản Nà Hừ 1!5", write=True)
    assert done["counts"] == {"new": 9, "changed": 0, "same": 1, "refused": 0}
    assert value(db, "select count(*) from households where head_folded = 'giang a dinh'") == 1
    assert value(db, "select count(*) from households where head_folded = 'lo thi me'") == 2


def test_the_command_takes_rows_of_sheets_that_have_commas_in_their_names(db, store, tmp_path, capsys):
    file = tmp_path / "a.xlsx"
    last = Sheet("Bum 1, Khò", ["Bản", *HEADS], [["Phìn Khò", *line] for line in TWINS[2].lines])
    file.write_bytes(book([*TWINS[:2], last]))
    words = ["--db", str(store), "import", "households", str(file), "--area", COMMUNE]
    assert main([*words, "--dry-run"]) == 0
    assert "rows Bản Nà Hừ 1!5,Bum 1, Khò!5: say --same or --new" in capsys.readouterr().out
    assert main([*words, "--same", "Bản Nà Hừ 1!5,Bum 1, Khò!5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["same"] == 2


def test_the_same_household_on_two_sheets_is_one_when_it_is_said_so(db):
    lines = [["Bum", "Lò Văn Thuỷ", None, "0912345678", 4]]
    later = [["Bum", "LÒ VĂN THỦY", "Số 5", None, 4]]
    heads = ["Bản", *HEADS[1:]]
    made = by_machine(db, Sheet("Trang 9", heads, lines), Sheet("Trang 10", heads, later), same="all", write=True)
    assert made["counts"] == {"new": 1, "changed": 0, "same": 1, "refused": 0}
    (told,) = [line for line in made["warnings"] if "one household" in line["say"]]
    assert told == {"row": 2, "page": "Trang 10", "say": "Read as one household with row 2 (Trang 9)."}
    assert rows(db, "select house_number from households where head_folded = 'lo van thuy'") == [
        {"house_number": "Số 5"}
    ]


def test_old_fonts_on_several_sheets_with_their_doubts_and_choices(db):
    sheets = (
        of_hamlet("Bản Bum", *((name, None, None, 3) for name in OLD)),
        of_hamlet("Bản Phìn Khò", *((name, None, None, 2) for name in [*OLD, "Lú Hõ Chõ"])),
    )
    with pytest.raises(Invalid, match="old font TCVN3"):
        by_machine(db, *sheets)
    made = by_machine(db, *sheets, font="convert")
    (told,) = [line for line in made["warnings"] if "stays as it is" in line["say"]]
    assert (told["row"], told["page"]) == (6, "Bản Phìn Khò") and "Lỳ Hừ Chừ" in told["say"]
    by_machine(db, *sheets, font="convert", font_too=["Lú Hõ Chõ"], write=True)
    assert value(db, "select count(*) from households where head_name in ('Lò Văn Thanh', 'Nguyễn Văn Đường')") == 4
    assert value(db, "select count(*) from households where head_name = 'Lỳ Hừ Chừ'") == 1


def test_sections_sums_and_signatures_of_an_old_font_are_no_data(db):
    rows_ = [
        [1, OLD[0], None, None, 3],
        [None, "I. B¶n Ph×n Khß"],
        [2, OLD[1], None, None, 2],
        [None, "Tæng céng: 2 hé"],
        [None, OLD[2], None, None, "x"],
        [None, "Ng\xadêi lËp biÓu"],
        [None, OLD[3]],
    ]
    made = by_machine(db, Sheet("Bản Bum", HEADS, rows_), font="convert")
    named = {line["row"]: (line["reason"], line["words"]) for line in made["passed"]}
    assert named == {
        3: ("section", "I. Bản Phìn Khò"),
        5: ("total", "Tổng cộng: 2 hộ"),
        7: ("signature", "Người lập biểu"),
        8: ("signature", "Phạm Văn Hùng"),
    }
    assert made["counts"]["refused"] == 1 and made["refused"][0]["row"] == 6


def test_blocks_in_an_old_font_keep_every_telephone(db):
    heads = ["STT", "Bản", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "SĐT"]
    lines = [
        [1, "Bum", OLD[0], "Chñ hé", 1970, "0912345678, 0912345679"],
        [2, None, OLD[1], "Con", 1999, "0987654321 - 0987654322"],
        [3, "Bum", OLD[2], "Chñ hé", 1980, "0912345670"],
        [4, None, OLD[3], "Vî", "bay", "0912345671 (vî)"],
    ]
    made = by_machine(db, Sheet("Nhân khẩu", heads, lines), font="convert", write=True)
    assert made["counts"] == {"new": 6, "changed": 0, "same": 0, "refused": 0}
    assert rows(db, "select head_name, phone, phone2 from households where id > 96 order by id") == [
        {"head_name": "Lò Văn Thanh", "phone": "0912345678", "phone2": "0912345679"},
        {"head_name": "Trần Thị Hồng", "phone": "0912345670", "phone2": None},
    ]
    people = {line["full_name"]: line for line in rows(db, "select full_name, phone, note from persons")}
    assert people["Nguyễn Văn Đường"]["phone"] == "0987654321"
    assert "0987654322" in people["Nguyễn Văn Đường"]["note"].replace(" ", "")
    assert people["Phạm Văn Hùng"]["phone"] == "0912345671" and "vợ" in people["Phạm Văn Hùng"]["note"]
    assert any(line["say"].startswith("E5 “bay” is skipped: ") for line in made["warnings"])


def test_blocks_on_two_sheets_with_twins_lay_their_persons_together(db):
    heads = ["STT", "Bản", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh"]
    one = [[1, "Bum", "Lò Văn Thuỷ", "Chủ hộ", 1970], [2, None, "Lò Thị Bé", "Con", 1999]]
    other = [[1, "Bum", "LÒ VĂN THỦY", "Chủ hộ", 1970], [2, None, "Lò Văn Út", "Con", 2001]]
    made = by_machine(db, Sheet("Một", heads, one), Sheet("Hai", heads, other), same="all", write=True)
    assert value(db, "select count(*) from households where id > 96") == 1
    living = rows(
        db,
        """select p.full_name from persons p join households h on h.id = p.household_id
                         where h.id > 96 order by p.id""",
    )
    assert [line["full_name"] for line in living] == ["Lò Văn Thuỷ", "Lò Thị Bé", "Lò Văn Út"]
    assert made["counts"]["refused"] == 1  # the head once more


def test_what_stands_under_both_sexes_is_told_with_its_cells_and_keeps_nobody_back(db):
    heads = ["Bản", "Họ tên chủ hộ", "Họ và tên", "Quan hệ", "Nam", "Nữ"]
    lines = [
        ["Bum", "Lò Văn A", "Lò Văn A", "Chủ hộ", 1970, None],
        ["Bum", "Lò Văn A", "Lò Thị B", "Vợ", 1971, "x"],
        ["Bum", "Lò Văn A", "Lò Thị C", "Con", None, "bay"],
    ]
    made = by_machine(db, Sheet("Nhân khẩu", heads, lines))
    assert made["counts"]["refused"] == 0
    said = {line["row"]: line["say"] for line in made["warnings"] if "is skipped" in line["say"]}
    assert said[3].startswith("E3, F3 “1971, x” is skipped: Both the male")
    assert said[4].startswith("E4, F4 “bay” is skipped: Under “Nữ”, enter")


def test_a_sign_for_as_above_in_an_old_font_repeats_what_was_read(db):
    heads = ["STT", "B¶n", "Hä tªn chñ hé", "Sè nh©n khÈu"]
    lines = [[1, "B¶n Ph×n Khß", OLD[0], 3], [2, "nt", OLD[1], 2], [3, "”", OLD[2], 1]]
    made = by_machine(db, Sheet("DS", heads, lines), font="convert", write=True)
    assert made["counts"]["new"] == 3 and "rows 3–4" in "".join(line["say"] for line in made["told"])
    assert value(db, "select count(*) from households where id > 96 and hamlet_code like '25456%'") == 3


def test_sections_and_headings_in_the_words_of_any_place(db, as_):
    loaded(db, as_("binh")[1], "hamlets", [None, None, "khối phố", "Tân Bình"], [None, None, "tiểu khu", "Nà Cang"])
    heads = ["TT", "Tên chủ hộ", "Số khẩu", "Tên khối phố"]
    assert by_machine(db, Sheet("a", heads, [[1, "Lò Văn A", 3, "Khối phố Tân Bình"]]))["counts"]["new"] == 1
    lines = [[None, "I. Khối phố Tân Bình"], [1, "Lò Văn A", 3], [None, "II. Tiểu khu Nà Cang"], [2, "Lò Văn B", 4]]
    made = by_machine(db, Sheet("DS hộ", heads[:3], lines), write=True)
    assert [line["reason"] for line in made["passed"]] == ["section", "section"]
    assert rows(
        db,
        """select a.name from households h join areas a on a.code = h.hamlet_code
                       where h.id > 96 order by h.id""",
    ) == [{"name": "Tân Bình"}, {"name": "Nà Cang"}]


def test_a_post_in_an_old_font_that_no_list_holds_is_kept_in_unicode(db):
    heads = ["Tªn tæ", "B¶n", "Hä vµ tªn", "Chøc vô"]
    lines = [["Tæ 1", "Ph×n Khß", OLD[0], "Chñ tÞch héi chî"], ["Tæ 1", "Ph×n Khß", OLD[1], "Tr­ëng b¶n"]]
    by_machine(db, Sheet("DS", heads, lines), kind="teams", font="convert", write=True)
    assert rows(db, "select position, position_words from members where full_name = 'Lò Văn Thanh'") == [
        {"position": "other", "position_words": "Chủ tịch hội chợ"}
    ]
