"""Days, numbers and shares in official Vietnamese, and what a report says about a quiet or unknown day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lib.core.words import number_format
from lib.exchange.documents import report_letter, report_tables, report_units, report_words
from lib.exchange.documents.letterhead import default
from lib.exchange.letters import official
from lib.exchange.letters.letter import Bars, Bullet, Group, LetterTable, Paragraph
from tests import contents
from tests.table import tabled

DAYS = st.dates(date(2021, 1, 1), date(2022, 12, 31))
HEAD = default("party", contents.PROVINCE, [])


@given(DAYS)
def test_a_nought_only_before_days_under_ten_and_the_months_one_and_two(day):
    said = official.long_date(day.isoformat())
    _, d, _, m, _, y = said.split(" ")
    assert (int(d), int(m), int(y)) == (day.day, day.month, day.year)
    assert d.startswith("0") == (day.day < 10) and m.startswith("0") == (day.month < 3)
    assert official.short_date(day.isoformat()) == f"{d}/{m}/{y}"


@tabled(("day", "said"), [("2021-08-03", "ngày 03 tháng 8 năm 2021"), ("2021-02-10", "ngày 10 tháng 02 năm 2021")])
def test_days_are_said_as_on_paper(day, said):
    assert official.long_date(day) == said


def test_a_moment_is_told_in_viet_nam():
    assert official.moment("2021-08-16T17:05:00Z") == "00 giờ 05 ngày 17/8/2021"


@given(st.integers(0, 10**7))
def test_small_numbers_have_two_digits_in_prose_and_never_in_cells(n):
    said, cell = official.counted(n, "ca"), official.number(n)
    assert said.endswith(" ca") and int(said[:-3].replace(".", "")) == n == int(cell.replace(".", ""))
    assert said.startswith("0") == (n < 10)
    assert cell == "0" or not cell.startswith("0")


@given(st.integers(0, 400_000), st.integers(1, 400_000))
def test_a_share_is_whole_only_when_nobody_is_missing(part, whole):
    part = min(part, whole)
    said = official.share(part / whole, part, whole)
    assert (said == "100,0%") == (part == whole) and (said == "0,0%") == (part == 0)
    assert abs(float(said[:-1].replace(",", ".")) - 100 * part / whole) <= 0.1
    assert official.share(part / whole) == said, "a share says the same without its parts"


def test_what_is_not_known_is_no_nought():
    assert (
        official.number(None) == "chưa báo cáo"
        and official.share(None) == official.written(None, "%") == "chưa có số liệu"
    )
    assert official.share(None, 0, 0) == "–"
    assert official.counted(None, "ca") == "chưa báo cáo số ca" and official.change(None, 3) == ""


def test_changes_are_signed():
    assert [official.change(*pair) for pair in ((5, 3), (3, 5), (3, 3))] == ["+2", "−2", "0"]
    assert official.change(0.932, 0.92, "%") == "+1,2 điểm"


def test_numbers_are_written_as_on_the_screen():
    assert number_format.vietnamese(1234.5, 1) == "1.234,5" == official.number(1234.5)


def told(letter) -> str:
    return "\n".join(block.text for block in letter.body if isinstance(block, Paragraph))


def test_a_province_without_cases_says_so():
    said = told(report_letter.report(contents.province(cases=False), HEAD))
    assert "Trong ngày không phát hiện trường hợp có triệu chứng nghi mắc Covid-19. Không ghi nhận ca mắc mới" in said


def test_a_figure_nobody_sent_is_neither_nought_nor_left_out():
    content = contents.province()
    for block in content["blocks"]:
        for line in block["lines"]:
            if line["code"] in ("symptomatic", "cases_new"):
                line["value"] = None
    said = told(report_letter.report(content, HEAD))
    assert "nghi mắc Covid-19: chưa có số liệu." in said and "ca mắc mới (F0): chưa báo cáo." in said
    assert "không phát hiện" not in said


def test_units_stand_in_vietnamese_order_and_a_missing_one_is_named():
    table = report_units.table(contents.province(missing=4))
    names = [row[1] for row in table.rows]
    assert names == [
        "Huyện Bến Cầu",
        "Huyện Châu Thành",
        "Huyện Dương Minh Châu",
        "Huyện Gò Dầu",
        "Thị xã Hòa Thành",
        "Huyện Tân Biên",
        "Huyện Tân Châu",
        "Thành phố Tây Ninh",
        "Thị xã Trảng Bàng",
    ]
    assert table.rows[1][5] == "3.748\n(0)", "what is counted is there whoever sends"
    assert table.rows[1][7:10] == ("chưa có số liệu", "–", "–")
    assert table.totals[0][1] == "Tổng cộng"
    assert [row[1] for row in table.totals[1:]] == ["So với hôm trước", "Lũy kế"]


def test_the_heading_says_how_many_have_sent_and_figures_are_of_all():
    content = contents.province(missing=4)
    letter = report_letter.report(content, HEAD)
    assert "8/9 đơn vị đã gửi" in letter.abstract
    assert "8/9 huyện, thị xã, thành phố đã gửi báo cáo" in told(letter)
    assert "gồm tất cả các đơn vị, kể cả đơn vị chưa gửi" in told(letter)
    table = report_units.table(content)
    place = [column["code"] for column in content["columns"]].index("households") + 2
    assert table.totals[0][place] == official.number(sum(unit["values"]["households"] for unit in content["units"]))
    commune = contents.district() | {"units": [], "asked_units": 0, "sent_units": 0, "reported_units": 0}
    assert "đơn vị đã gửi" not in report_letter.report(commune, HEAD).abstract


def test_late_and_missing_units_stand_with_who_answers_for_them():
    content = contents.province(missing=4)
    rows = report_units.late(content).rows
    assert [row[1:3] for row in rows] == [
        ("Huyện Châu Thành", "chưa gửi báo cáo; chưa có số liệu thăm hộ"),
        ("Huyện Tân Châu", "trễ 12 phút"),
    ]
    assert "Phó Bí thư Thường trực" in rows[0][3] and "0912 345 678" in rows[0][3]
    assert report_units.late(contents.cut(contents.province(), "710")) is None
    states = {"returned": "bị trả lại, chưa gửi lại", "recalled": "đã thu hồi để sửa, chưa gửi lại"}
    for state, said in states.items():
        assert report_units.state(content["units"][4] | {"state": state, "reported": True}) == said


def test_the_chart_leaves_out_no_unit_and_draws_no_bar_for_a_missing_one():
    bars = report_units.chart(contents.province(missing=4)).bars
    assert len(bars) == 9 and [bar.said for bar in bars if bar.share is None] == ["chưa có số liệu"]
    silent = contents.province(missing=4)
    nothing = silent | {"units": [unit for unit in silent["units"] if unit["code"] == "708"], "reported_units": 0}
    assert report_units.chart(nothing) is None


def changed(content, code, **more):
    """The content with something else in one of its lines."""
    blocks = [
        block | {"lines": [line | more if line["code"] == code else line for line in block["lines"]]}
        for block in content["blocks"]
    ]
    return content | {"blocks": blocks}


def row_of(letter, name):
    tables = [block for block in letter.body if isinstance(block, LetterTable)]
    return next(row for table in tables for row in table.rows if not isinstance(row, Group) and row[1].startswith(name))


def test_a_sum_of_some_units_says_so_in_print():
    """ "F1 44 (−90)" from 3 of 12 communes."""
    partial = {"value": 44, "units": ["25654", "25657", "25660"], "of": 12, "over": 2, "comparable": 40, "before": 38}
    row = row_of(report_letter.report(changed(contents.district(), "contacts_f1", **partial), HEAD), "F1 đang quản lý")
    assert row[3:5] == ("44\n(tổng của 3/12 đơn vị)", "+2\n(cùng 2 đơn vị)")
    letter = report_letter.report(changed(contents.district(), "cases_new", **partial | {"value": 0}), HEAD)
    assert "Số ca mắc mới (F0): 0 ca (tổng của 3/12 đơn vị)." in told(letter), "nought of some is no “không”"
    assert row_of(letter, "Ca mắc mới")[3] == "0\n(tổng của 3/12 đơn vị)"


def test_a_no_does_not_stand_over_the_difficulties_of_the_units():
    content = contents.province()
    content["narratives"]["difficulties"] = "Không."
    said = told(report_letter.report(content, HEAD))
    assert "Không." not in said and "Khó khăn, vướng mắc của các đơn vị:" in said
    content["themes"] = []
    assert "Không." in told(report_letter.report(content, HEAD))


@tabled("name", ["difficulties", "proposals", "leadership"])
def test_what_nobody_wrote_is_not_printed_as_a_no(name):
    """An empty V printed “Không.” as fact."""
    content = contents.district()
    content["narratives"][name] = ""
    said = told(report_letter.report(content, HEAD))
    assert "(Đơn vị chưa báo cáo nội dung này.)" in said and "Không" not in said


def test_the_body_of_a_corrected_report_carries_the_right_number_marked():
    content = contents.district()
    due = content["total"]["due"]
    seen = content["total"]["seen"] + 12
    content |= {
        "addendum": 1,
        "corrected": {
            "seen": {"value": seen, "part": seen, "whole": None, "number": 1},
            "coverage": {"value": seen / due, "part": seen, "whole": due, "number": 1},
        },
        "corrected_words": {"proposals": {"text": "Cấp 2.000 test nhanh.", "number": 1}},
    }
    letter = report_letter.report(content, HEAD)
    assert f"{official.number(seen)} (đính chính lần 1)/{official.number(due)} hộ phải thăm" in told(letter)
    assert official.share(seen / due, seen, due) in told(letter)
    assert "(đính chính lần 1)\nCấp 2.000 test nhanh." in told(letter)
    assert row_of(letter, "Hộ đã gặp")[3] == f"{official.number(seen)}\n(đính chính lần 1)"
    place = [column["code"] for column in content["columns"]].index("seen") + 2
    assert report_units.table(content).totals[0][place] == f"{official.number(seen)}\n(đính chính lần 1)"


def test_a_change_says_with_which_hour_it_compares():
    content = contents.district()
    said = told(report_letter.report(content, HEAD))
    assert "điểm phần trăm so với cùng giờ (14 giờ 00) hôm trước" in said
    assert "số liệu đến 14 giờ 00 ngày 15/8/2021" in report_units.table(content).note
    assert "gặp trực tiếp hoặc liên hệ qua điện thoại" in said


def test_every_indicator_of_the_report_is_in_its_tables():
    content = contents.district()
    letter = report_letter.report(content, default("party", contents.DISTRICT, [contents.PROVINCE]))
    rows = [
        row
        for table in letter.body
        if isinstance(table, LetterTable)
        for row in table.rows
        if not isinstance(row, Group)
    ]
    names = {row[1].removesuffix(" (*)") for row in rows}
    assert {line["name_vi"] for block in content["blocks"] for line in block["lines"]} <= names


def test_an_addendum_says_what_was_put_right():
    letter = report_letter.report(contents.corrected(contents.district()), HEAD)
    assert letter.abstract.endswith("(đính chính lần 1)")
    table = report_tables.corrections(contents.corrected(contents.district()))
    assert table.rows[0][1:5] == ("Huyện Gò Dầu\n(lần 1)", "Độ phủ", "91,0%", "93,0%")
    assert table.rows[1][3] == "chưa báo cáo"


def test_the_extract_is_for_one_officer_and_their_areas_alone():
    content = contents.cut(contents.province(missing=4), "710", "712")
    letter = report_letter.extract(content, HEAD, contents.OFFICER)
    assert letter.recipients[0] == "Đồng chí Đặng Thị Ngọc Ánh, Phó Bí thư Thường trực (b/c)"
    assert "huyện Gò Dầu, thị xã Trảng Bàng" in letter.abstract
    assert [row[1] for row in letter.annexes[0].body[0].rows] == ["Huyện Gò Dầu", "Thị xã Trảng Bàng"]


def test_figures_that_are_not_frozen_make_a_draft():
    letter = report_letter.report(contents.district() | {"frozen_at": None}, HEAD)
    assert letter.draft == "(Dự thảo)" and "Số liệu tạm tính, chưa chốt." in told(letter)
    late = report_letter.report(contents.district() | {"frozen_at": "2021-08-16T07:20:00Z"}, HEAD)
    assert not late.draft and "được chốt lúc 14 giờ 20" in told(late)


def test_a_narrow_table_stands_in_the_report_and_a_wide_one_behind_it():
    content = contents.province()
    assert report_letter.report(content, HEAD).annexes[0].landscape
    content["columns"] = [column for column in content["columns"] if column["code"] in ("teams", "seen", "coverage")]
    content["entered"]["columns"] = [one for one in content["entered"]["columns"] if one["code"] == "cases_new"]
    letter = report_letter.report(content, HEAD)
    assert not letter.annexes
    assert any(isinstance(block, LetterTable) and block.title.startswith("Tổng hợp theo") for block in letter.body)
    assert any(isinstance(block, Bars) for block in letter.body)


@given(st.integers(0, 500))
def test_no_day_breaks_the_heading(days):
    day = (date(2021, 8, 3) + timedelta(days)).isoformat()
    assert official.moment(f"{day}T07:00:00Z").startswith("14 giờ 00 ngày ")


def test_a_line_that_begins_with_a_number_is_no_item():
    told = report_words.narrative("- Thiếu người\n+12 ca so với hôm qua\n+ Thiếu xe\n-3 điểm")
    assert told == [Bullet("Thiếu người"), Paragraph("+12 ca so với hôm qua"), Bullet("Thiếu xe"), Paragraph("-3 điểm")]
