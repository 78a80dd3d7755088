"""A commune that begins with nothing: lists come from Excel, a gap closes, a member isolates, another takes over."""

import io
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from lib.core.database import connect
from lib.exchange.lists import workbook
from tests import world
from tests.browser.desk import ask, open_tab, still, take_back
from tests.server import Server

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HAMLET, TEAM = "Khu phố Mới", "Tổ Covid cộng đồng số 05"
MEMBERS = (("Lâm Thị Xuân", "Tổ trưởng"), ("Mạc Văn Hạ", "Tổ viên"), ("Tô Ngọc Thu", "Tổ viên"))
TOGETHER, ASSIGNED = 24, 12
NOBODY = "hộ chưa có người phụ trách"
MINDED = """select m.full_name, count(*) as n from assignments a join members m on m.id = a.member_id
    where a.from_day <= '2021-08-16' and (a.until_day is null or a.until_day > '2021-08-16')
        and m.full_name in ('Lâm Thị Xuân', 'Mạc Văn Hạ', 'Tô Ngọc Thu')
    group by m.full_name order by m.full_name"""

HERS = """select h.code from assignments a join members m on m.id = a.member_id
    join households h on h.id = a.household_id
    where m.full_name = 'Tô Ngọc Thu' and (a.until_day is null or a.until_day > '2021-08-16')"""


@pytest.fixture
def empty(template, tmp_path):
    """A commune with a clerk and nothing else."""
    store = Path(shutil.copy(template, tmp_path / "empty.db"))
    db = connect(store)
    world.add_area(db, "25462", "commune", "Phường", "2", "703")
    world.add_account(db, 20, "hoa", "Lý Thu Hoa", "commune", "25462", None, None, grant_id=20)
    db.close()
    server = Server(store).start()
    yield server
    server.stop()


def filled(kind: str, *rows: dict) -> bytes:
    """The product's own empty form with these rows below its example."""
    made = load_workbook(io.BytesIO(workbook.template(kind, "vi")))
    sheet = made.worksheets[0]
    place = {cell.value: cell.column for cell in sheet[1]}
    for at, row in enumerate(rows, start=3):
        for heading, value in row.items():
            sheet.cell(at, place[heading], value)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def households() -> list[dict]:
    return [
        {
            "Ấp, khu phố": HAMLET,
            "Họ tên chủ hộ": f"Đoàn Văn {chr(65 + n)}",
            "Số nhà hoặc mốc nhận biết": f"Số {n + 1}",
            "Ngõ, hẻm": "Hẻm 1",
            "Số nhân khẩu": 4,
            "Thứ tự đi thăm": n + 1,
        }
        for n in range(TOGETHER)
    ]


def members() -> list[dict]:
    team = {"Tên tổ": TEAM, "Ấp, khu phố": HAMLET, "Số quyết định": "30/QĐ-UBND", "Ngày quyết định": "16/08/2021"}
    return [
        {
            **team,
            "Họ và tên": name,
            "Vai trò": role,
            "Năm sinh": 1980 + n,
            "Điện thoại": f"09130000{n:02d}",
            "Chức vụ": "Trưởng ấp, khu phố" if n == 0 else None,
            "Thành phần": "Đảng viên",
        }
        for n, (name, role) in enumerate(MEMBERS)
    ]


def assignments(server: Server) -> list[dict]:
    """The first twelve doors of the lane, eight to the first member."""
    codes = ask(server, f"select code from households where commune_code = '25462' order by code limit {ASSIGNED}")
    return [
        {"Mã hộ": row["code"], "Tên tổ": TEAM, "Người phụ trách": MEMBERS[n // 8][0], "Từ ngày": "16/08/2021"}
        for n, row in enumerate(codes)
    ]


def load(page: Page, kind: str, rows: list[dict], list_name: str) -> None:
    """A filled form through the page of Excel files."""
    field = page.get_by_role("combobox", name="Danh sách")
    if field.input_value() != list_name:
        field.click()
        page.get_by_role("option", name=list_name, exact=True).click()
        expect(field).to_have_value(list_name)
    still(page).locator("input[type=file]").set_input_files(
        {"name": f"{kind}.xlsx", "mimeType": XLSX, "buffer": filled(kind, *rows)}
    )
    page.get_by_role("button", name=f"Nạp {len(rows)} dòng").click()
    expect(page.get_by_text(f"Đã nạp: {len(rows)} mới")).to_be_visible()


def wall(page: Page) -> Page:
    page.get_by_role("link", name="Không bỏ sót hộ nào").click()
    expect(page.get_by_role("heading", name="Không bỏ sót hộ nào")).to_be_visible()
    return page


def minded(server: Server) -> dict[str, int]:
    return {row["full_name"]: row["n"] for row in ask(server, MINDED)}


def isolates(page: Page, server: Server, name: str) -> None:
    """The leaver wizard, from today, back on Friday."""
    team = ask(server, f"select id from teams where name = '{TEAM}'")[0]["id"]
    page.goto(f"{server.url}/teams?team={team}")
    open_tab(page, "Kiện toàn")
    page.get_by_role("radio", name="Tổ viên nghỉ hoặc thôi tham gia", exact=True).click()
    page.get_by_role("combobox", name="Tổ viên").click()
    page.get_by_role("option", name=name).click()
    page.get_by_role("radio", name="Đang cách ly").click()
    page.get_by_role("radio", name=re.compile("Từ hôm nay")).click()
    page.get_by_label("Trở lại ngày (nếu biết)").fill("20/08/2021")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Đến ngày 20/08/2021, các hộ tự động giao lại cho người phụ trách cũ.")).to_be_visible()


def member_account(server: Server, name: str, username: str) -> None:
    member = ask(server, f"select id, team_id from members where full_name = '{name}'")[0]
    db = connect(server.store)
    world.add_account(db, 21, username, name, "member", "25462", member["team_id"], member["id"], grant_id=21)
    db.close()


def rows_of(page: Page) -> set[str]:
    return set(page.locator("tr[data-code]").evaluate_all("rows => rows.map((row) => row.dataset.code)"))


def test_from_empty_lists_to_the_substitutes_sheet(empty, visit):
    page = visit("hoa", on=empty, language="vi")
    expect(page).to_have_url(re.compile("/gaps"))
    page.get_by_role("link", name="Tệp Excel").click()
    load(page, "hamlets", [{"Loại": "khu phố", "Tên ấp, khu phố": "Mới"}], "Khu phố")
    load(page, "teams", members(), "Tổ và tổ viên")
    load(page, "households", households(), "Hộ gia đình và nhân khẩu")
    load(page, "assignments", assignments(empty), "Phân công hộ")

    card = wall(page).locator(".st-key-gap_nobody")
    expect(card.get_by_text(f"12 {NOBODY}")).to_be_visible()
    card.get_by_role("link", name="Phân công hộ").click()
    expect(page.get_by_role("heading", name="Phân công hộ")).to_be_visible()
    page.get_by_text(re.compile("Từ hôm nay")).click()
    page.get_by_text("Đề xuất chia hộ").click()
    page.get_by_role("button", name="Áp dụng: 12 hộ").click()
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()
    expect(wall(page).get_by_text("Mọi hộ trong danh sách đều có người phụ trách.")).to_be_visible()
    expect(page.locator(".st-key-gap_nobody")).to_have_count(0)
    assert minded(empty) == {"Lâm Thị Xuân": 8, "Mạc Văn Hạ": 8, "Tô Ngọc Thu": 8}

    isolates(page, empty, "Mạc Văn Hạ")
    expect(page.get_by_text("2 người, 8 hộ")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("Mạc Văn Hạ tự động phụ trách lại các hộ này")).to_be_visible()
    assert minded(empty) == {"Lâm Thị Xuân": 12, "Tô Ngọc Thu": 12}

    member_account(empty, "Tô Ngọc Thu", "thu.to")
    substitute = visit("thu.to", "sheet", on=empty, language="vi")
    expect(substitute.locator("tr[data-code]")).to_have_count(12)
    expect(substitute.locator("body")).to_contain_text("Tô Ngọc Thu")
    assert rows_of(substitute) == {row["code"] for row in ask(empty, HERS)}
    substitute.keyboard.press("1")
    expect(substitute.locator("tr[data-state=saved]")).to_have_count(1)

    take_back(page)
    assert minded(empty) == {"Lâm Thị Xuân": 8, "Mạc Văn Hạ": 8, "Tô Ngọc Thu": 8}
