"""The day's sheet to walk with: one member's households in walking order, boxes to tick, lines to spare.

The numbers of its rows and the digits of its boxes are those of the sheet on the screen, so that it is typed
in from top to bottom. A row is never cut by the end of a page.
"""

from lib.core.words import phone
from lib.exchange.paper import rows
from lib.exchange.paper.page import FOOT, LEFT, TOP, Font, Page
from lib.exchange.paper.words import BLANK, ROLES, counted, day, spans
from lib.register.teams import printed_sheets

TITLE = "PHIẾU THĂM HỘ HẰNG NGÀY"
SPARE = 5  # lines for households that are not on the list; three where room is short
LEAST_SPARE = 3
_ROW, _ROW_MOST = 6.3, 13.0  # mm
_HEAD, _SPARE, _LEGEND = 27.5, 4.6, 18.0
_ROOM = 297 - TOP - FOOT - _HEAD - rows.HEAD - _SPARE - _LEGEND
MOST = int(_ROOM / _ROW)  # rows of one page, lines to spare included
_CODE = 25.0  # the side of the QR code

_NORMAL = (
    "Đánh dấu × vào một ô kết quả của mỗi hộ. Có điều bất thường thì đánh thêm ô S, V, K, N và viết rõ vào Ghi chú."
)
_ILL = (
    "Có người sốt, ho, đau họng, khó thở, mất vị giác, khứu giác: gọi ngay Trạm Y tế {station}. Không vào "
    "trong nhà, giữ khoảng cách trên 2 mét."
)
_SIGNED = (
    ("Bắt đầu lúc", 0, 32),
    ("Xong lúc", 34, 62),
    ("Người thăm ký tên", 64, 122),
    ("Người nhập lại, lúc", 124, 194),
)


def draw(page: Page, team: dict, member: dict, *, on: str, link: str) -> None:
    """Draw all pages of one member."""
    parts = pages(member["lines"])
    for n, part in enumerate(parts, start=1):
        page.add_page()
        spare = min(SPARE, MOST - len(part)) if n == len(parts) else 0
        longest = max(len(parts[0]), len(part) + spare)
        _head(page, team, member, f"Trang {n}/{len(parts)}", on=on, link=link)
        rows.head(page, TOP + _HEAD)
        y = rows.rows(page, TOP + _HEAD + rows.HEAD, part, min(_ROW_MOST, _ROOM / longest))
        if spare:
            page.put(
                LEFT + 1, y + 3.4, "Hộ không có trong danh sách (ghi chủ hộ, địa chỉ, số nhân khẩu):", Font(8.5, "I")
            )
            rows.spare(page, y + _SPARE, spare, min(_ROW_MOST, _ROOM / longest))
        _legend(page, team)


def pages(lines: list[dict]) -> list[list[dict]]:
    """Divide the rows into pages of about equal length; the last keeps room for spare lines."""
    count = -(-(len(lines) + LEAST_SPARE) // MOST)
    size = max(1, min(MOST - LEAST_SPARE, -(-len(lines) // count)))
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def _head(page: Page, team: dict, member: dict, count: str, *, on: str, link: str) -> None:
    lines, room = member["lines"], page.wide - _CODE - 6
    page.put(LEFT, TOP + 3.5, f"{team['commune']}, {team['district']}", Font(10), width=room - 20)
    page.put(LEFT + room - 20, TOP + 3.5, count, Font(10), width=20, align="right")
    page.put(LEFT, TOP + 9.7, TITLE, Font(15, "B"), width=room - 48)
    end = page.put(LEFT + room - 46, TOP + 9.7, "Mã phiếu", Font(10.5))
    page.put(end + 2, TOP + 9.7, printed_sheets.spaced(team["code"]), Font(15, "B"), width=LEFT + room - end - 2)
    page.put(LEFT, TOP + 15.3, f"{team['name']} – {team['hamlet']}", Font(11.5), width=room)
    end = page.put(
        LEFT, TOP + 20.8, f"{ROLES[member['role']]}: {member['full_name']}", Font(12.5, "B"), width=room - 30
    )
    page.put(end + 4, TOP + 20.8, phone.spaced(member["phone"]), Font(11))
    end = page.put(LEFT, TOP + 26, day(on).capitalize(), Font(11.5, "B"))
    page.put(end + 5, TOP + 26, f"hộ số {spans(lines)} ({counted(lines)})", Font(10.5), width=room - 60)
    page.code(LEFT + page.wide - _CODE, TOP - 3.5, _CODE, link)
    page.put(LEFT + page.wide - 40, TOP + 23, "Quét để nhập lại vào máy", Font(8), width=40, align="right")
    page.put(LEFT + page.wide - 78, TOP + 26, link.split("://")[-1], Font(6.5), width=78, align="right")


def _legend(page: Page, team: dict) -> None:
    y = page.bottom - _LEGEND + 4
    for text in (_NORMAL, _ILL.format(station=phone.spaced(team["station"]) or BLANK)):
        y = page.paragraph(LEFT, y, text, Font(9), page.wide)
    y = page.bottom - 0.8
    for label, start, end in _SIGNED:
        written = page.put(LEFT + start, y, label, Font(9)) + 1
        page.dots(written, y + 0.3, LEFT + end - written)
