"""Files as commune offices send them, through the page: what the clerk is told, chooses, loads, and then has."""

import io
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from lib.core.database import connect
from tests import world
from tests.browser.desk import ask
from tests.server import Server

CASES = Path(__file__).resolve().parents[1] / "unit" / "cases"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HAMLETS = [("bản", "Bum"), ("bản", "Nà Hừ 1"), ("bản", "Nà Hừ 2"), ("bản", "Phìn Khò"), ("ấp", "Bàu Tràm")]
BLOCKS, SEXES, SHEETS, SUMS, UNNAMED, AGAIN, TWINS, OLD, FORMULAS, HIDDEN = [f"034{n}" for n in range(33, 43)]


@pytest.fixture(scope="module")
def server(template, tmp_path_factory, port):
    """The product with ten communes of Lai Châu, one for each list, that have hamlets and a clerk and no household."""
    store = Path(shutil.copy(template, tmp_path_factory.mktemp("server") / "tungnha.db"))
    db = connect(store)
    db.conn.execute("begin immediate")
    world.add_area(db, "12", "province", "Tỉnh", "Lai Châu", None)
    world.add_area(db, "107", "district", "Huyện", "Mường Tè", "12")
    for number, code in enumerate((BLOCKS, SEXES, SHEETS, SUMS, UNNAMED, AGAIN, TWINS, OLD, FORMULAS, HIDDEN), 100):
        world.add_area(db, code, "commune", "Xã", f"Bum {code}", "107")
        for place, (kind, name) in enumerate(HAMLETS, 1):
            world.add_area(db, f"{code}{place:02d}", "hamlet", kind, name, code)
        world.add_account(db, number, f"xa.{code}", "Lý Thị Mẫu", "commune", code, None, None, grant_id=number)
    db.conn.execute("commit")
    db.close()
    running = Server(store, port=port).start()
    yield running
    running.stop()


@pytest.fixture
def clerk(visit):
    """`clerk(commune)`: the page of Excel files before its clerk, in Vietnamese."""
    return lambda commune: visit(f"xa.{commune}", "exchange", language="vi")


def give(page, name: str, data: bytes = b"") -> None:
    data = data or (CASES / name).read_bytes()
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": data})


def named(heading: str, first: str) -> bytes:
    """The list whose column had no heading, with this one and another number in its first row."""
    made = load_workbook(CASES / "84-column-without-heading.xlsx")
    made.active["F1"], made.active["F2"] = heading, first
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def match(page, heading: str, column: str) -> None:
    page.get_by_test_id("stSelectbox").filter(has_text=heading).locator("input").first.click()
    page.get_by_role("option", name=column).click()


def previewed(page, *counts: int) -> None:
    """New, changed, same and refused."""
    expect(page.get_by_test_id("stMetricValue")).to_have_text([str(n) for n in counts])


def told(page, *sentences: str) -> None:
    for sentence in sentences:
        expect(page.get_by_text(sentence).first).to_be_visible()


def load(page, words: str, done: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    told(page, done)


def answer(page, question: str, words: str) -> None:
    page.get_by_role("radiogroup", name=question).get_by_text(words, exact=True).click()


def households(server, commune: str) -> list[dict]:
    return ask(server, f"select * from households where commune_code = '{commune}' order by id")


def test_the_register_of_residence_in_blocks(clerk, server):
    page = clerk(BLOCKS)
    give(page, "05-blocks-relation.xlsx")
    previewed(page, 12, 0, 0, 0)
    told(page, "3 hộ với 9 nhân khẩu", "Tổng cộng 12 mục, từ 9 dòng của tệp")
    load(page, "Nạp 12 mục", "Đã nạp: 12 mới, 0 thay đổi.")
    assert [line["person_count"] for line in households(server, BLOCKS)] == [3, 2, 4]


def test_sexes_by_their_column(clerk, server):
    page = clerk(SEXES)
    give(page, "15-sex-columns.xlsx")
    previewed(page, 5, 0, 0, 0)
    told(page, "Ấp, bản; Họ tên chủ hộ; Họ và tên; Năm sinh; Giới tính.", "Vàng Thị Mé, 1980, Nữ")
    load(page, "Nạp 5 mục", "Đã nạp: 5 mới, 0 thay đổi.")
    assert len(households(server, SEXES)) == 1


def test_a_sheet_for_each_hamlet(clerk, server):
    page = clerk(SHEETS)
    give(page, "04-sheet-per-hamlet.xlsx")
    previewed(page, 12, 0, 0, 0)
    told(page, "4 trang tính (Bản Bum, Bản Nà Hừ 1, Bản Nà Hừ 2, Bản Phìn Khò)")
    load(page, "Nạp 12 dòng", "Đã nạp: 12 mới, 0 thay đổi.")
    assert len({line["hamlet_code"] for line in households(server, SHEETS)}) == 4


def test_sums_are_passed_over_and_named(clerk, server):
    page = clerk(SUMS)
    give(page, "07b-subtotals-merged.xlsx")
    previewed(page, 12, 0, 0, 0)
    page.get_by_text("4 dòng không đọc").click()
    told(page, "Bản Nà Hừ 1 · Tổng bản · 9", "Bản Phìn Khò · Tổng số hộ · 9")
    load(page, "Nạp 12 dòng", "Đã nạp: 12 mới, 0 thay đổi.")
    assert len(households(server, SUMS)) == 12


def test_a_column_without_a_heading_is_matched_by_hand_and_remembered(clerk, server):
    page = clerk(UNNAMED)
    give(page, "84-column-without-heading.xlsx")
    previewed(page, 8, 0, 0, 0)
    told(page, "1 cột không được đọc", "0977345601, 0977456702, 0977123403")
    told(page, "lựa chọn chỉ dùng cho tệp này")
    match(page, "không có tiêu đề", "Điện thoại thứ hai")
    told(page, "0912345601, 0977345601")
    load(page, "Nạp 8 dòng", "Đã nạp: 8 mới, 0 thay đổi.")
    assert households(server, UNNAMED)[0]["phone2"] == "0977345601"
    give(page, "84-column-without-heading.xlsx")
    previewed(page, 0, 0, 8, 0)
    expect(page.get_by_text("1 cột không được đọc")).to_have_count(0)


def test_a_heading_that_is_matched_by_hand_is_remembered_at_the_next_file(clerk, server):
    page = clerk(UNNAMED)
    give(page, "named.xlsx", named("Máy phụ", "0977345699"))
    told(page, "1 cột không được đọc", "Sau khi nạp tệp, lựa chọn được nhớ cho cả tỉnh.")
    match(page, "Máy phụ", "Điện thoại thứ hai")
    previewed(page, 0, 1, 7, 0)
    load(page, "Nạp 1 dòng", "Đã nạp: 0 mới, 1 thay đổi.")
    give(page, "next.xlsx", named("Máy phụ", "0977345688"))
    previewed(page, 0, 1, 7, 0)
    told(page, "1 tiêu đề được nhớ cho cả tỉnh")
    expect(page.get_by_text("1 cột không được đọc")).to_have_count(0)


def test_a_better_list_changes_the_households_that_are_there(clerk, server):
    page = clerk(AGAIN)
    give(page, "87-first.xlsx")
    previewed(page, 8, 0, 0, 0)
    load(page, "Nạp 8 dòng", "Đã nạp: 8 mới, 0 thay đổi.")
    give(page, "87-second-with-address.xlsx")
    previewed(page, 0, 8, 0, 0)
    told(page, "Lò Văn Thanh: Số nhà hoặc mốc nhận biết: – → Nhà số 1")
    load(page, "Nạp 8 dòng", "Đã nạp: 0 mới, 8 thay đổi.")
    assert [line["house_number"] for line in households(server, AGAIN)] == [f"Nhà số {n}" for n in range(1, 9)]


def test_near_twins_are_one_household_where_the_clerk_says_so(clerk, server):
    page = clerk(TWINS)
    give(page, "39-near-duplicates.xlsx")
    previewed(page, 8, 0, 0, 0)
    told(page, "Dòng 8: Ông Lò Văn Thuỷ. Có thể trùng với dòng 2 trong tệp này, Lò Văn Thuỷ.")
    answer(page, "Tất cả các dòng này", "Cùng một hộ")
    told(page, "trước khi nạp.")
    expect(page.get_by_role("button", name="Nạp 8 dòng")).to_have_count(0)
    page.get_by_role("button", name="Xem lại theo các lựa chọn này").click()
    previewed(page, 2, 0, 6, 0)
    load(page, "Nạp 2 dòng", "Đã nạp: 2 mới, 0 thay đổi.")
    assert [line["head_name"] for line in households(server, TWINS)] == ["Lò Văn Thuỷ", "Lò Văn Thúy"]


def test_an_old_font_is_converted_where_it_is_one(clerk, server):
    page = clerk(OLD)
    give(page, "27e-tcvn3-plus-unicode-rows.xlsx")
    told(page, "Chuyển sang bảng mã Unicode?", "Lò Văn Thanh")
    answer(page, "Chuyển sang bảng mã Unicode?", "Chuyển mã")
    previewed(page, 12, 0, 0, 0)
    told(page, "Các ô này đọc được như hiện có", "Lú Hõ Chõ, bản Nà Hừ 2", "Điện thoại; Ghi chú.")
    load(page, "Nạp 12 dòng", "Đã nạp: 12 mới, 0 thay đổi.")
    names = [line["head_name"] for line in households(server, OLD)]
    assert len(names) == 12 and {"Lê Tú", "Bé Tô", "Pờ Go Xá"} <= set(names)


def test_formulas_without_a_value_are_named(clerk, server):
    page = clerk(FORMULAS)
    give(page, "formula-no-cache.xlsx")
    previewed(page, 1, 0, 0, 0)
    told(page, "Ô D2", "Ô E2")
    load(page, "Nạp 1 dòng", "Đã nạp: 1 mới, 0 thay đổi.")
    assert [line["phone"] for line in households(server, FORMULAS)] == [None]


def test_hidden_rows_are_left_out_when_the_clerk_says_so(clerk, server):
    page = clerk(HIDDEN)
    give(page, "hidden-rows.xlsx")
    previewed(page, 3, 0, 0, 0)
    told(page, "Trang tính “Sheet”: các dòng bị bộ lọc ẩn đi vẫn được đọc: 3.")
    page.get_by_text("Không nạp các dòng bị ẩn").click()
    previewed(page, 2, 0, 0, 0)
    load(page, "Nạp 2 dòng", "Đã nạp: 2 mới, 0 thay đổi.")
    assert "Trần Văn Ẩn" not in [line["head_name"] for line in households(server, HIDDEN)]
