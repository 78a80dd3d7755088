"""Sheets to print: every household once, in the order of the screen, on pages that hold them."""

import re

import pypdfium2
import pytest
import segno

from lib.core.database import row, value
from lib.core.errors import NotFound, Refused
from lib.core.words.place_words import PlaceWords
from lib.exchange.paper import book, call_list, handover_list, sheet, words
from lib.exchange.paper import page as paper_page
from lib.field.visits import visits
from lib.register.households import statuses
from lib.screen import i18n, labels
from lib.screen.sheet.print_sheet import gathered
from tests import world
from tests.conftest import ROOT
from tests.table import tabled

SMALLEST = "ẶẴỮỢỹẫ đĐ Ơơ Ưư ằẳẵắặ ềểễếệ ồổỗốộ ờởỡớợ ừửữứự ỳỷỹýỵ ĂÂÊÔƠƯ"


CODE = "482918"


def link(team: int, code: str = CODE) -> str:
    return f"https://tungnha.vn/sheet?team={team}&day={world.DAY}&paper={code}"


def pages(made: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def team_of(as_, who="binh", team=1, day=world.DAY, kind="sheets"):
    return {**gathered(*as_(who), kind, team, day), "code": CODE}


def line(number: int, **more) -> dict:
    where = {"lane": "Hẻm 1", "group_name": None, "house_number": None, "phone": "0912345678", "persons": 4}
    known = {"outcome": None, "flags": "", "locked": False, "status": None}
    name = f"Nguyễn Thị Hộ {number:03d}"
    return {"number": number, "code": f"25456-{number:04d}", "head_name": name, **where, **known, **more}


def made_up(lines: list[dict]) -> dict:
    """A team whose one member minds these households."""
    people = [{"full_name": "Trần Văn An", "role": "member", "phone": "0912000002", "lines": lines}]
    return {
        "id": 1,
        "name": "Tổ Covid cộng đồng số 01",
        "hamlet": "khu phố 1",
        "commune": "Phường 1",
        "district": "Thành phố Tây Ninh",
        "decision_no": None,
        "decision_day": None,
        "station": None,
        "office": None,
        "people": people,
        "code": CODE,
        "words": PlaceWords(("khu phố",), ("phường",)),
    }


def drawn(kind: str, lines: list[dict]) -> list[str]:
    return pages(book.book(kind, [made_up(lines)], day=world.DAY, link=link))


# Whom they name


def test_every_household_of_the_team_is_printed_once_in_the_order_of_the_screen(as_):
    screen = [(one["number"], one["code"], one["head_name"]) for one in visits.sheet(as_("binh")[0], 1, world.DAY)]
    team = team_of(as_)
    printed = [(one["number"], one["code"], one["head_name"]) for member in team["people"] for one in member["lines"]]
    assert printed == screen and len(screen) == 24
    text = "\n".join(pages(book.book("lists", [team], day=world.DAY, link=link)))
    assert re.findall(r"\b25456-\d{4}\b", text) == [code for _number, code, _name in screen]


def test_one_page_a_member_with_name_day_rows_and_where_to_type_it_in(as_):
    found = pages(book.book("sheets", [team_of(as_)], day=world.DAY, link=link))
    assert [re.search(r"(?:Tổ trưởng|Tổ phó|Tổ viên): (.+?)\s+09", text)[1] for text in found] == [
        member["full_name"] for member in team_of(as_)["people"]
    ]
    assert "Ngày 16 tháng 8 năm 2021" in found[1] and "hộ số 9–16 (8 hộ, 32 nhân khẩu)" in found[1]
    assert "Trang 1/1" in found[1] and "tungnha.vn/sheet?team=1&day=2021-08-16&paper=482918" in found[1]
    assert "Mã phiếu 482 918" in found[1]


def test_a_member_gets_the_own_rows_with_the_numbers_of_the_teams_sheet(as_):
    team = team_of(as_, "an")
    assert [member["lines"] is not None for member in team["people"]] == [True, False, False]
    assert [one["number"] for one in team["people"][0]["lines"]] == list(range(9, 17))
    for kind in book.TITLES:
        text = "\n".join(pages(book.book(kind, [team], day=world.DAY, link=link)))
        assert not [n for n in range(1, 25) if world.head_name(n) in text and n not in range(9, 17)]
    assert len(pages(book.book("cards", [team], day=world.DAY, link=link))) == 1


def test_a_household_that_is_gone_moves_no_number_for_its_member_alone(db, as_):
    statuses.begin_status(db, 3, "moved", world.DAY)
    whole = {one["code"]: one["number"] for one in visits.sheet(as_("binh")[0], 1, world.DAY)}
    an, user = as_("an")
    own = {one["code"]: one["number"] for one in visits.sheet(an, 1, world.DAY, user)}
    assert own.items() <= whole.items() and min(own.values()) == 8


def test_whoever_left_the_team_keeps_the_sheet_of_that_day(db, as_):
    db.conn.execute("update members set until_day = ? where id = 3", [world.DAY])
    people = team_of(as_)["people"]
    assert sum(len(member["lines"]) for member in people) == 24
    assert people[2]["full_name"] and people[2]["phone"] is None


def test_a_stranger_gets_nothing_and_leaves_no_line(db, as_):
    with pytest.raises(NotFound):
        team_of(as_, "chi")
    assert value(db, "select count(*) from audit_log where action = ?", [book.KIND]) == 0


def taken(as_, who, kind="sheets"):
    db, user = as_(who)
    found = (gathered(db, user, kind, team, world.DAY) for team in [1])
    return book.export_logged(db, user, book.Order(kind, world.DAY, "25456", link), found, now=world.NOW)


@pytest.mark.parametrize("who, rows", [("an", 8), ("lan", 24), ("binh", 24), ("son", 24), ("dung", 24)])
def test_the_log_keeps_who_printed_what(db, as_, who, rows):
    assert taken(as_, who)[:5] == b"%PDF-"
    line = row(db, "select account_id, subject, detail from audit_log where action = ?", [book.KIND])
    assert line["account_id"] == world.CAST[who][0]
    assert line["subject"] == "Phiếu thăm hộ hằng ngày, Tổ Covid cộng đồng số 01"
    assert f'"rows_taken": {rows}' in line["detail"]


@pytest.mark.parametrize("who", ["thu", "quan"])
def test_who_takes_no_lists_prints_none(db, as_, who):
    with pytest.raises(Refused):
        taken(as_, who)
    assert value(db, "select count(*) from audit_log where action = ?", [book.KIND]) == 0


# What they say


def test_the_words_and_digits_are_those_of_the_screen(monkeypatch):
    monkeypatch.setattr(i18n, "language", lambda: "vi")
    assert {code: i18n._(word) for code, word in labels.OUTCOMES.items()} == words.OUTCOMES
    assert {code: i18n._(word) for code, word in labels.FLAGS.items()} == words.FLAGS
    assert {code: i18n._(word) for code, word in labels.MEMBER_ROLES.items()} == words.ROLES
    assert all(i18n._(labels.HOUSEHOLD_STATUS[code]) == word for code, word in words.STATUS.items())


@tabled(
    "day, told",
    [
        ("2021-08-06", "ngày 06 tháng 8 năm 2021"),
        ("2021-02-16", "ngày 16 tháng 02 năm 2021"),
        ("2021-12-31", "ngày 31 tháng 12 năm 2021"),
    ],
)
def test_days_are_written_as_in_official_papers(day, told):
    assert words.day(day) == told


def test_every_vietnamese_letter_and_a_long_address_are_on_the_page():
    long = "Sau nhà văn hóa ấp, cạnh cầu sắt, nhà mái tôn xanh có cây xoài lớn đầu hẻm phía tay trái"
    text = drawn("sheets", [line(1, head_name=SMALLEST[:30]), line(2, house_number=long)])[0]
    assert SMALLEST[:30] in text and "Sau nhà văn hóa ấp" in text and "�" not in text


def test_what_is_known_already_is_ticked_and_who_is_not_due_says_why():
    lines = [
        line(1, outcome="absent"),
        line(2),
        line(3, locked=True, status="locked_down_elsewhere", status_from="2021-08-12"),
    ]
    text = drawn("sheets", lines)[0]
    assert text.count("đã nhập trên máy") == 1
    assert "Không phải thăm: Đang ở khu phong tỏa khác" in text and "từ 12/08/2021" in text


def test_the_call_list_has_only_doors_nobody_reached():
    lines = [
        line(1, outcome="met"),
        line(2, outcome="absent"),
        line(3, phone=None),
        line(4, outcome="phone"),
        line(5, outcome="central_quarantine"),
        line(6, locked=True),
        line(7, outcome="refused"),
    ]
    assert [one["number"] for one in call_list.unseen(lines)] == [2, 3, 7]
    text = drawn("calls", lines)[0]
    assert "còn 3 hộ" in text and "chưa có số" in text and "Vắng" in text
    assert "Không có hộ nào" in drawn("calls", [line(1, outcome="met")])[0]


def test_the_duty_card_names_team_and_telephones_or_leaves_a_line_to_write_on(db, as_):
    db.conn.execute("update accounts set phone = '02763822123' where username = 'son'")
    team = team_of(as_)
    text = pages(book.book("cards", [team], day=world.DAY, link=link))[0]
    assert "0276 3822 123" in text and "0912 000 001" in text and "Phạm Thị Lan" in text
    assert "5K: Khẩu trang – Khử khuẩn – Khoảng cách – Không tụ tập – Khai báo y tế" in text
    assert "Tôi đã đọc và nhận nhiệm vụ." in text and "Đã ký" not in text


def test_the_code_leads_to_the_teams_day():
    assert paper_page.code_image(link(7)) == paper_page.code_image(link(7)) != paper_page.code_image(link(8))
    code = segno.make(link(7), error="m", micro=False)
    image = pypdfium2.PdfDocument(book.book("sheets", [made_up([line(1)]) | {"id": 7}], day=world.DAY, link=link))
    pixels = image[0].render(scale=8, crop=(0, 0, 0, 0)).to_pil().convert("1")
    assert modules(pixels, len(code.matrix)) == [[bool(dark) for dark in row] for row in code.matrix]


def modules(page, count: int) -> list[list[bool]]:
    """The dark modules of the code in the upper right corner, read from the picture of a page."""
    millimetre = page.width / 210
    side = 25.0
    left, top = 210 - paper_page.LEFT - side, paper_page.TOP - 3.5
    module = side / (count + 8)
    return [
        [
            page.getpixel((int((left + (x + 4.5) * module) * millimetre), int((top + (y + 4.5) * module) * millimetre)))
            == 0
            for x in range(count)
        ]
        for y in range(count)
    ]


# Pages


def test_every_household_has_its_place_on_a_page_however_many_there_are():
    for count in range(1, 121):
        lines = [line(n) for n in range(1, count + 1)]
        for part, most in ((sheet.pages(lines), sheet.MOST), (handover_list.pages(lines), handover_list.MOST)):
            assert [one for page in part for one in page] == lines, count
            assert all(0 < len(page) <= most for page in part), count
        assert len(sheet.pages(lines)[-1]) + sheet.LEAST_SPARE <= sheet.MOST, count
        assert len(handover_list.pages(lines)[-1]) <= handover_list.LAST, count


FULL_SHEET, FULL_LIST = sheet.MOST - sheet.LEAST_SPARE, handover_list.LAST


@tabled("count", [1, FULL_SHEET, FULL_SHEET + 1, FULL_LIST, FULL_LIST + 1, handover_list.MOST + 1, 120])
def test_no_row_is_lost_at_the_end_of_a_page(count):
    lines = [line(n) for n in range(1, count + 1)]
    for kind in ("sheets", "lists", "calls"):
        found = drawn(kind, lines)
        names = [int(n) for n in re.findall(r"Nguyễn Thị Hộ (\d{3})", "\n".join(found))]
        assert sorted(names) == list(range(1, count + 1)), kind
        assert [int(n) for n in re.findall(r"Trang (\d+)/", "\n".join(found))] == (
            [] if kind == "calls" else list(range(1, len(found) + 1))
        )


def test_thirty_households_stand_on_one_page_with_lines_to_spare():
    assert len(drawn("sheets", [line(n) for n in range(1, 31)])) == 1
    assert drawn("sheets", [line(1)])[0].count("+") == sheet.SPARE


def test_the_same_lists_make_the_same_file():
    made = [book.book("sheets", [made_up([line(1)])], day=world.DAY, link=link) for _time in range(2)]
    assert made[0] == made[1]


def test_the_typeface_is_shipped():
    assert {file.name for file in (ROOT / "lib" / "exchange" / "fonts").glob("*.ttf")} >= {
        "Tinos-Regular.ttf",
        "Tinos-Bold.ttf",
        "Tinos-Italic.ttf",
    }


def test_paper_calls_the_leader_leader_and_the_committee_by_its_own_kind(as_):
    """The sheet of a leader read “Tổ viên”, the card of a ward spoke of the committee of a “xã, phường, thị trấn”."""
    team = team_of(as_)
    leader = next(one for one in team["people"] if one["role"] == "leader")
    made = pages(book.book("sheets", [{**team, "people": [leader]}], day=world.DAY, link=link))
    assert f"Tổ trưởng: {leader['full_name']}" in made[0] and f"Tổ viên: {leader['full_name']}" not in made[0]
    assert "Phường 1, thành phố Tây Ninh" in made[0]
    card = " ".join(pages(book.book("cards", [team], day=world.DAY, link=link))[0].split())
    assert "Ủy ban nhân dân phường, không đợi" in card and "hỗ trợ đi khám bệnh không." in card
