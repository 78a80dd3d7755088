"""The duty card of a member (S2-36): what the directives ask, whom to call, and a line to acknowledge it.

Two cards of A5 stand on one A4 sheet, with a line to cut along.
"""

from lib.core.words import phone
from lib.exchange.paper.page import TOP, Font, Page
from lib.exchange.paper.words import ROLES, counted

TITLE = "THẺ NHIỆM VỤ TỔ COVID CỘNG ĐỒNG"
ACROSS = 2
_MARGIN = 9.0

# Facts of the directives in our own words (S0-17, S2-1 to S2-4, S1-26, S1-27, S4-17) and what the Ministry of Health
# asks of whoever goes from door to door.
DUTIES = (
    "Mỗi ngày đến từng hộ được giao, không bỏ sót nhà nào: đi từng ngõ, gõ từng nhà, rà từng đối tượng.",
    "Hỏi sức khỏe mọi người trong hộ: có ai sốt, ho, đau họng, khó thở, mất vị giác hoặc mất khứu giác không.",
    "Có người nghi mắc: báo ngay Trạm Y tế và Ủy ban nhân dân xã, phường, thị trấn, không đợi đến cuối ngày.",
    "Ghi nhận người từ nơi khác đến hoặc trở về, khách lưu trú và người chưa khai báo y tế theo quy định.",
    "Nhắc người dân thực hiện 5K và quy định phòng, chống dịch; báo trường hợp không chấp hành.",
    "Hỏi hộ có cần lương thực, thuốc men hoặc hỗ trợ đi khám bệnh không.",
    "Giúp cơ quan chức năng truy vết, lấy mẫu khi được yêu cầu.",
    "Ghi phiếu từng hộ và giao tổ trưởng trước 13 giờ 30 để kịp báo cáo 14 giờ.",
)
SAFETY = (
    "An toàn: đeo khẩu trang, sát khuẩn tay, đứng ngoài cổng, giữ khoảng cách trên 2 mét, không vào trong nhà. "
    "Giữ kín thông tin của người dân."
)
FIVE_K = "5K: Khẩu trang – Khử khuẩn – Khoảng cách – Không tụ tập – Khai báo y tế"
_READ = "Tôi đã đọc và nhận nhiệm vụ."


def draw(page: Page, team: dict, member: dict, *, place: int) -> None:
    """Draw one card; `place` counts the cards of the document, and every second one begins a sheet."""
    wide = page.w / ACROSS
    if place % ACROSS == 0:
        page.add_page()
        page.set_dash_pattern(dash=2, gap=2)
        page.pole(wide, 4, page.h - 8)
        page.set_dash_pattern()
    x, room = (place % ACROSS) * wide + _MARGIN, wide - 2 * _MARGIN
    y = _head(page, x, room, team, member)
    y = _duties(page, x, y, room, team)
    _whom_to_call(page, x, y, room, team)
    _read(page, x, room)


def _head(page: Page, x: float, room: float, team: dict, member: dict) -> float:
    y = TOP + 5
    page.put(x, y, f"{team['commune']}, {team['district']}", Font(10.5), width=room, align="centre")
    page.put(x, y + 8, TITLE, Font(14, "B"), width=room, align="centre")
    page.put(x, y + 16, f"{ROLES[member['role']]}: {member['full_name']}", Font(13, "B"), width=room)
    page.put(x, y + 21.5, f"{team['name']} – {team['hamlet']}", Font(11), width=room)
    others = ", ".join(f"{one['full_name']} ({ROLES[one['role']].lower()})" for one in team["people"] if one != member)
    y = page.paragraph(x, y + 26.5, f"Cùng tổ: {others or '–'}", Font(10), room)
    households = counted(member["lines"]) if member["lines"] else "chưa có hộ"
    page.put(x, y + 0.5, f"Được giao: {households}.", Font(10.5, "B"), width=room)
    return y + 6


def _duties(page: Page, x: float, y: float, room: float, team: dict) -> float:
    page.rule(x, y - 3, room, 0.4)
    y += 2
    for n, duty in enumerate(DUTIES, start=1):
        page.put(x, y, f"{n}.", Font(10.5, "B"))
        y = page.paragraph(x + 5.5, y, team["words"].put(duty), Font(10.5), room - 5.5) + 2.2
    y = page.paragraph(x, y + 1, SAFETY, Font(10.5, "B"), room)
    return page.paragraph(x, y + 2.5, FIVE_K, Font(10, "I"), room) + 1


def _whom_to_call(page: Page, x: float, y: float, room: float, team: dict) -> None:
    """Draw the telephones that were entered, or a line to write them on."""
    page.rule(x, y - 1.5, room, 0.4)
    leader = next((one for one in team["people"] if one["role"] == "leader"), None)
    chief = leader and leader["phone"]
    numbers = {"Trạm Y tế": team["station"], "Ủy ban nhân dân": team["office"], "Tổ trưởng": chief}
    for n, (who, number) in enumerate(numbers.items()):
        at = y + 4.5 + n * 7
        page.put(x, at, f"{who}:", Font(11.5, "B"))
        if number:
            page.put(x + 38, at, phone.spaced(number), Font(13, "B"))
        else:
            page.dots(x + 38, at + 0.4, room - 38)


def _read(page: Page, x: float, room: float) -> None:
    y = page.h - 12
    page.rule(x, y - 8, room, 0.4)
    page.put(x, y - 2.8, _READ, Font(10.5, "I"))
    end = page.put(x, y + 3, "Ngày", Font(10.5)) + 1
    page.dots(end, y + 3.3, 26)
    end = page.put(end + 28, y + 3, "Ký, ghi rõ họ tên", Font(10.5)) + 1
    page.dots(end, y + 3.3, x + room - end)
