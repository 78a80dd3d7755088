"""The list of households assigned to one member (S2-24), with room for two signatures."""

from lib.core.words import phone
from lib.exchange.paper.page import LEFT, TOP, Font, Page
from lib.exchange.paper.words import ROLES, STATUS, counted, day, place

TITLE = "DANH SÁCH HỘ GIA ĐÌNH PHÂN CÔNG CHO TỔ VIÊN"
_HEAD, _TABLE, _SIGNED = 33.0, 9.0, 34.0  # mm
_ROW = 7.4
MOST = int((297 - 2 * TOP - _HEAD - _TABLE) / _ROW)
LAST = int((297 - 2 * TOP - _HEAD - _TABLE - _SIGNED) / _ROW)  # rows of the page that is signed

# Heading, left edge from the margin, alignment.
_COLUMNS = (
    ("STT", 0, "centre"),
    ("Mã hộ", 9, "left"),
    ("Chủ hộ", 30, "left"),
    ("Địa chỉ", 76, "left"),
    ("Khẩu", 141, "centre"),
    ("Điện thoại", 152, "left"),
    ("Ghi chú", 176, "left"),
)


def draw(page: Page, team: dict, member: dict, *, on: str) -> None:
    """Draw all pages of one member; the last has the signatures."""
    parts = pages(member["lines"])
    for n, part in enumerate(parts, start=1):
        page.add_page()
        _head(page, team, member, f"Trang {n}/{len(parts)}", on)
        y = _table(page, part)
        if n == len(parts):
            _signed(page, member, y)


def pages(lines: list[dict]) -> list[list[dict]]:
    """Divide the rows into pages; the last keeps room for the signatures."""
    cut = [lines[start : start + MOST] for start in range(0, len(lines), MOST)]
    if len(cut[-1]) > LAST:
        cut[-1:] = [cut[-1][:LAST], cut[-1][LAST:]]
    return cut


def _head(page: Page, team: dict, member: dict, count: str, on: str) -> None:
    page.put(LEFT, TOP + 4, f"{team['commune']}, {team['district']}", Font(11))
    page.put(LEFT, TOP + 4, count, Font(10), width=page.wide, align="right")
    page.put(LEFT, TOP + 12, TITLE, Font(15, "B"), width=page.wide, align="centre")
    page.put(LEFT, TOP + 18, f"({day(on)})", Font(12, "I"), width=page.wide, align="centre")
    end = page.put(LEFT, TOP + 25, f"{ROLES[member['role']]}: ", Font(12))
    end = page.put(end, TOP + 25, member["full_name"], Font(12, "B"))
    if member["phone"]:
        page.put(end + 4, TOP + 25, f"điện thoại {phone.spaced(member['phone'])}", Font(12))
    page.put(LEFT, TOP + 30.8, f"{team['name']} – {team['hamlet']}. {_decided(team)}", Font(12), width=page.wide)


def _decided(team: dict) -> str:
    """Name the decision that founded the team, as far as it was entered."""
    if not team["decision_no"]:
        return ""
    on = f" {day(team['decision_day'])}" if team["decision_day"] else ""
    return f"Quyết định số {team['decision_no']}{on}."


def _table(page: Page, lines: list[dict]) -> float:
    top = TOP + _HEAD
    edges = [left for _word, left, _align in _COLUMNS] + [page.wide]
    page.set_fill_color(238)
    page.rect(LEFT, top, page.wide, _TABLE, style="F")
    page.rule(LEFT, top, page.wide)
    for (word, left, align), right in zip(_COLUMNS, edges[1:], strict=True):
        page.put(LEFT + left + 1, top + 5.8, word, Font(9.5, "B"), width=right - left - 2, align=align)
    y = top + _TABLE
    page.rule(LEFT, y, page.wide)
    for line in lines:
        status = STATUS[line["status"]] if line["status"] else ""
        cells = (
            str(line["number"]),
            line["code"],
            line["head_name"],
            place(line),
            str(line["persons"]),
            phone.spaced(line["phone"]),
            status,
        )
        for text, (word, left, align), right in zip(cells, _COLUMNS, edges[1:], strict=True):
            bold, size = "B" if word == "Chủ hộ" else "", 9.5 if word == "Địa chỉ" else 10.5
            page.put(LEFT + left + 1, y + 4.9, text, Font(size, bold), width=right - left - 2, align=align)
        y += _ROW
        page.rule(LEFT, y, page.wide)
    for left in edges:
        page.pole(LEFT + left, top, y - top)
    return y


def _signed(page: Page, member: dict, y: float) -> None:
    page.put(LEFT, y + 6, f"Tổng số: {counted(member['lines'])}.", Font(11.5, "B"))
    half = page.wide / 2
    for left, who in ((0.0, "NGƯỜI NHẬN DANH SÁCH"), (half, "TỔ TRƯỞNG")):
        page.put(LEFT + left, y + 13, who, Font(11.5, "B"), width=half, align="centre")
        page.put(LEFT + left, y + 18, "(ký, ghi rõ họ tên)", Font(10.5, "I"), width=half, align="centre")
