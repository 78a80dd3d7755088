"""Days, numbers and shares in official Vietnamese, and what a report says about a quiet or unknown day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import numerals
from lib.exchange import report_letter, report_tables, report_units, report_words
from lib.exchange.letterhead import default
from lib.exchange.letters import official
from lib.exchange.letters.letter import Bars, Bullet, Group, Paragraph, Table
from tests import contents

DAYS = st.dates(date(2021, 1, 1), date(2022, 12, 31))
HEAD = default("party", contents.PROVINCE, [])


@given(DAYS)
def test_a_nought_only_before_days_under_ten_and_the_months_one_and_two(day):
    said = official.long_date(day.isoformat())
    _, d, _, m, _, y = said.split(" ")
    assert (int(d), int(m), int(y)) == (day.day, day.month, day.year)
    assert d.startswith("0") == (day.day < 10) and m.startswith("0") == (day.month < 3)
    assert official.short_date(day.isoformat()) == f"{d}/{m}/{y}"


@pytest.mark.parametrize(
    ("day", "said"),
    [("2021-08-03", "ngày 03 tháng 8 năm 2021"), ("2021-02-10", "ngày 10 tháng 02 năm 2021")],
)
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
    assert official.number(None) == official.share(None) == official.written(None, "%") == "chưa báo cáo"
    assert official.share(None, 0, 0) == "–"
    assert official.counted(None, "ca") == "chưa báo cáo số ca" and official.change(None, 3) == ""


def test_changes_are_signed():
    assert [official.change(*pair) for pair in ((5, 3), (3, 5), (3, 3))] == ["+2", "−2", "0"]
    assert official.change(0.932, 0.92, "%") == "+1,2 điểm"


def test_numbers_are_written_as_on_the_screen():
    assert numerals.vietnamese(1234.5, 1) == "1.234,5" == official.number(1234.5)


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
    assert "nghi mắc Covid-19: chưa báo cáo." in said and "ca mắc mới (F0): chưa báo cáo." in said
    assert "không phát hiện" not in said


def test_units_stand_in_vietnamese_order_and_a_missing_one_is_named():
    table = report_units.table(contents.province(missing=4))
    names = [row[1] for row in table.rows]
    assert names == ["Huyện Bến Cầu", "Huyện Châu Thành", "Huyện Dương Minh Châu", "Huyện Gò Dầu", "Thị xã Hòa Thành",
                     "Huyện Tân Biên", "Huyện Tân Châu", "Thành phố Tây Ninh", "Thị xã Trảng Bàng"]  # fmt: skip
    assert table.rows[1][2] == "chưa báo cáo" and set(table.rows[1][3:]) == {"–"}
    assert table.totals[0][1] == "Tổng cộng\n(8/9 đơn vị)" and "8/9" in table.note
    assert [row[1] for row in table.totals[1:]] == ["So với hôm trước", "Lũy kế"]


def test_the_total_is_that_of_the_content_and_changes_are_of_units_known_on_both_days():
    content = contents.province(missing=4)
    table = report_units.table(content)
    place = [column["code"] for column in content["columns"]].index("seen") + 2
    known = [unit for unit in content["units"] if unit["reported"]]
    assert table.totals[0][place] == official.number(content["total"]["seen"])
    change = sum(unit["values"]["seen"] - unit["before"]["seen"] for unit in known)
    assert table.totals[1][place] == official.change(change, 0)


def test_late_and_missing_units_stand_with_who_answers_for_them():
    rows = report_units.late(contents.province(missing=4)).rows
    assert [row[1:3] for row in rows] == [("Huyện Châu Thành", "chưa báo cáo"), ("Huyện Tân Châu", "trễ 12 phút")]
    assert "Phó Bí thư Thường trực" in rows[0][3] and "0912 345 678" in rows[0][3]
    assert report_units.late(contents.cut(contents.province(), "710")) is None


def test_the_chart_leaves_out_no_unit_and_draws_no_bar_for_a_missing_one():
    bars = report_units.chart(contents.province(missing=4)).bars
    assert len(bars) == 9 and [bar.said for bar in bars if bar.share is None] == ["chưa báo cáo"]
    nothing = contents.cut(contents.province(missing=4), "708")
    assert report_units.chart(nothing) is None


def test_every_indicator_of_the_report_is_in_its_tables():
    content = contents.district()
    letter = report_letter.report(content, default("party", contents.DISTRICT, [contents.PROVINCE]))
    rows = [
        row for table in letter.body if isinstance(table, Table) for row in table.rows if not isinstance(row, Group)
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
    letter = report_letter.report(content, HEAD)
    assert not letter.annexes
    assert any(isinstance(block, Table) and block.title.startswith("Tổng hợp theo") for block in letter.body)
    assert any(isinstance(block, Bars) for block in letter.body)


@given(st.integers(0, 500))
def test_no_day_breaks_the_heading(days):
    day = (date(2021, 8, 3) + timedelta(days)).isoformat()
    assert official.moment(f"{day}T07:00:00Z").startswith("14 giờ 00 ngày ")


def test_a_line_that_begins_with_a_number_is_no_item():
    told = report_words.narrative("- Thiếu người\n+12 ca so với hôm qua\n+ Thiếu xe\n-3 điểm", "")
    assert told == [
        Bullet("Thiếu người"),
        Paragraph("+12 ca so với hôm qua"),
        Bullet("Thiếu xe"),
        Paragraph("-3 điểm"),
    ]
