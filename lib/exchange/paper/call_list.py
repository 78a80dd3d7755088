"""The call list: households nobody has met or reached today, by member, with telephones and room for the result."""

from lib.core.words import phone
from lib.exchange.paper.page import LEFT, TOP, Font, Page
from lib.exchange.paper.words import OUTCOMES, day, place

TITLE = "DANH SÁCH GỌI ĐIỆN: HỘ CHƯA GẶP"
_HEAD, _GROUP, _TABLE, _ROW = 25.0, 8.5, 7.0, 8.4  # mm
_REACHED = ("met", "phone")

# Heading, left edge from the margin, alignment.
_COLUMNS = (
    ("STT", 0, "centre"),
    ("Chủ hộ", 9, "left"),
    ("Địa chỉ", 54, "left"),
    ("Điện thoại", 111, "left"),
    ("Đến nay", 136, "left"),
    ("Kết quả gọi", 155, "left"),
)


def unseen(lines: list[dict]) -> list[dict]:
    """Return the due households that were neither met nor reached by telephone yet."""
    away = ("central_quarantine", *_REACHED)
    return [line for line in lines if not line["locked"] and line["outcome"] not in away]


def draw(page: Page, team: dict, *, on: str) -> None:
    """Draw all members of a team one below the other; a member without such households is left out."""
    groups = [(member, unseen(member["lines"] or [])) for member in team["people"]]
    groups = [(member, lines) for member, lines in groups if lines]
    if not groups:
        return
    total = sum(len(lines) for _member, lines in groups)
    y = _begin(page, team, total, on)
    for member, lines in groups:
        if y + _GROUP + _TABLE + _ROW > page.bottom:
            y = _begin(page, team, total, on)
        y = _group(page, y, member, len(lines), "")
        for line in lines:
            if y + _ROW > page.bottom:
                y = _group(page, _begin(page, team, total, on), member, len(lines), " (tiếp theo)")
            _row(page, y, line)
            y += _ROW


def _begin(page: Page, team: dict, total: int, on: str) -> float:
    page.add_page()
    page.put(LEFT, TOP + 4, f"{team['commune']}, {team['district']}", Font(11))
    page.put(LEFT, TOP + 11.5, TITLE, Font(15, "B"), width=page.wide)
    line = f"{team['name']} – {team['hamlet']}. {day(on).capitalize()}: còn {total} hộ."
    page.put(LEFT, TOP + 18, line, Font(12), width=page.wide)
    return TOP + _HEAD - 3


def _group(page: Page, y: float, member: dict, count: int, more: str) -> float:
    """Draw the member's name and the column heads."""
    end = page.put(LEFT, y + 5.8, f"{member['full_name']}{more}", Font(12, "B"))
    page.put(end + 4, y + 5.8, f"{phone.spaced(member['phone'])}   {count} hộ".strip(), Font(11))
    y += _GROUP
    page.set_fill_color(238)
    page.rect(LEFT, y, page.wide, _TABLE, style="F")
    for (word, left, align), right in zip(_COLUMNS, _edges(page)[1:], strict=True):
        page.put(LEFT + left + 1, y + 4.8, word, Font(9.5, "B"), width=right - left - 2, align=align)
    _lines(page, y, _TABLE)
    return y + _TABLE


def _row(page: Page, y: float, line: dict) -> None:
    outcome = OUTCOMES[line["outcome"]] if line["outcome"] else "Chưa thăm"
    number = phone.spaced(line["phone"])
    cells = (str(line["number"]), line["head_name"], place(line), number or "chưa có số", outcome, "")
    for text, (word, left, align), right in zip(cells, _COLUMNS, _edges(page)[1:], strict=True):
        bold = "B" if word == "Chủ hộ" or text == number else ""
        size = 9.5 if word == "Địa chỉ" else 10.5
        page.put(LEFT + left + 1, y + 5.4, text, Font(size, bold), width=right - left - 2, align=align)
    _lines(page, y, _ROW)


def _lines(page: Page, y: float, height: float) -> None:
    for edge in (y, y + height):
        page.rule(LEFT, edge, page.wide)
    for left in _edges(page):
        page.pole(LEFT + left, y, height)


def _edges(page: Page) -> list[float]:
    return [left for _word, left, _align in _COLUMNS] + [page.wide]
