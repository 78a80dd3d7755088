"""The table of the day's sheet on paper: its head with the keys, one row a household, lines to spare."""

from lib.core.words import phone
from lib.exchange.paper.page import LEFT, Font, Page
from lib.exchange.paper.words import FLAGS, OUTCOMES, STATUS, place, short_day

HEAD = 23.0  # mm
_BOX, _STEP = 4.4, 8.2
_TALL, _MIDDLING = 10.0, 7.2  # rows with room for a second line of the address; for larger letters
MARKS = [flag for flag in FLAGS if flag != "g"]  # a note is its own mark

# Left edges of the columns, from the margin.
_WHO, _PERSONS, _PHONE, _OUTCOMES = 8.0, 62.0, 70.0, 92.0
_FLAGS = _OUTCOMES + _STEP * len(OUTCOMES)
_NOTE = _FLAGS + _STEP * len(MARKS)

_UPRIGHT = {
    "met": ["Gặp", "trực tiếp"],
    "phone": ["Qua", "điện thoại"],
    "central_quarantine": ["Cách ly", "tập trung"],
    "s": ["Có triệu", "chứng"],
    "v": ["Khách,", "người từ nơi", "khác đến, về"],
    "k": ["Không", "khai báo,", "vi phạm"],
    "n": ["Cần", "hỗ trợ"],
}


def head(page: Page, top: float) -> None:
    """Draw the column names upright above their boxes, each with its key."""
    foot = top + HEAD
    page.set_fill_color(238)
    page.rect(LEFT, top, page.wide, HEAD, style="F")
    page.rule(LEFT, top, page.wide, 0.5)
    page.put(LEFT, foot - 2, "STT", Font(8, "B"), width=_WHO, align="centre")
    page.put(LEFT + _WHO + 1.2, foot - 6, "Chủ hộ", Font(10, "B"))
    page.put(LEFT + _WHO + 1.2, foot - 2, "địa chỉ", Font(9))
    page.upright(LEFT + (_PERSONS + _PHONE) / 2, foot - 1.5, ["Nhân khẩu"], Font(8.5))
    page.put(LEFT + _PHONE, foot - 2, "Điện thoại", Font(9), width=_OUTCOMES - _PHONE, align="centre")
    page.put(LEFT + _OUTCOMES, top + 3.4, "Kết quả: một ô", Font(8.5, "B"), width=_FLAGS - _OUTCOMES, align="centre")
    page.put(LEFT + _FLAGS, top + 3.4, "Nếu có: nhiều ô", Font(8.5, "B"), width=_NOTE - _FLAGS, align="centre")
    page.put(LEFT + _NOTE + 1.2, foot - 9.5, "Ghi chú", Font(10, "B"))
    page.paragraph(LEFT + _NOTE + 1.2, foot - 5.5, "ai, triệu chứng, từ đâu về, cần gì", Font(8), page.wide - _NOTE - 2)
    words = OUTCOMES | {flag: FLAGS[flag] for flag in MARKS}
    for (code, key), x in zip(_keys().items(), _middles(), strict=True):
        lines = _UPRIGHT.get(code, [words[code]])
        page.upright(x, foot - 1.5, lines, Font(6.8 if len(lines) > 2 else 8))
        page.put(x - _STEP / 2, top + 7.8, key, Font(11, "B"), width=_STEP, align="centre")


def _keys() -> dict[str, str]:
    """Return the key of each box, as on the screen."""
    digits = {code: str(n) for n, code in enumerate(OUTCOMES, start=1)}
    return digits | {flag: flag.upper() for flag in MARKS}


def _middles() -> list[float]:
    return [LEFT + _OUTCOMES + (n + 0.5) * _STEP for n in range(len(OUTCOMES) + len(MARKS))]


def rows(page: Page, y: float, lines: list[dict], tall: float) -> float:
    """Draw the households, with a heavier line after every fifth; returns where the table ends."""
    _poles(page, y - HEAD, HEAD + tall * len(lines))
    page.rule(LEFT, y, page.wide, 0.5)
    for n, line in enumerate(lines, start=1):
        _row(page, y, tall, line)
        y += tall
        page.rule(LEFT, y, page.wide, 0.5 if n % 5 == 0 or n == len(lines) else 0.2)
    return y


def spare(page: Page, y: float, count: int, tall: float) -> None:
    """Draw empty lines with boxes."""
    _poles(page, y, tall * count)
    for n in range(count + 1):
        page.rule(LEFT, y + n * tall, page.wide)
    for n in range(count):
        middle = y + (n + 0.5) * tall
        page.put(LEFT, middle + 1.7, "+", Font(12, grey=110), width=_WHO, align="centre")
        _boxes(page, middle, "", "")


def _poles(page: Page, y: float, height: float) -> None:
    for x in (0.0, _WHO, _PERSONS, _PHONE, _OUTCOMES, _FLAGS, _NOTE, page.wide):
        page.pole(LEFT + x, y, height, 0.4 if x in (_OUTCOMES, _FLAGS, _NOTE) else 0.2)


def _row(page: Page, y: float, tall: float, line: dict) -> None:
    middle = y + tall / 2
    page.put(LEFT, middle + 1.7, str(line["number"]), Font(12, "B"), width=_WHO, align="centre")
    _who(page, y, tall, line)
    page.put(LEFT + _PERSONS, middle + 1.4, str(line["persons"]), Font(10.5), width=_PHONE - _PERSONS, align="centre")
    page.put(LEFT + _PHONE + 0.8, middle + 1.3, phone.spaced(line["phone"]), Font(9.5), width=_OUTCOMES - _PHONE - 1.6)
    if line["locked"]:
        page.set_fill_color(255)
        page.rect(LEFT + _OUTCOMES + 0.5, y + 0.3, _NOTE - _OUTCOMES - 1, tall - 0.6, style="F")
        status = f"Không phải thăm: {STATUS[line['status']]}"
        page.put(LEFT + _OUTCOMES + 1.5, middle + 1.3, status, Font(9.5, "I"), width=_NOTE - _OUTCOMES - 3)
        page.put(LEFT + _NOTE + 1, middle + 1.3, f"từ {short_day(line['status_from'])}", Font(8.5))
        return
    _boxes(page, middle, line["outcome"], line["flags"])
    if line["outcome"]:
        page.put(LEFT + _NOTE + 1, middle + 1.3, "đã nhập trên máy", Font(7.5, "I", grey=70))


def _who(page: Page, y: float, tall: float, line: dict) -> None:
    """Draw name, end of the code, and address, over two lines where the row is tall enough."""
    room, x = _PERSONS - _WHO - 2, LEFT + _WHO + 1.2
    where = _lines(page, place(line), room) if tall >= _TALL else [place(line)]
    size, step = (9, 3.7) if tall >= _TALL else (8.5, 3.2) if tall >= _MIDDLING else (7.5, 2.7)
    base = y + tall / 2 - step * len(where) / 2 + size / 9
    page.put(x, base, line["head_name"], Font(size + 2.5, "B"), width=room - 8)
    page.put(LEFT + _PERSONS - 8, base, line["code"].rpartition("-")[2], Font(7, grey=70), width=7.2, align="right")
    for n, text in enumerate(where, start=1):
        page.put(x, base + n * step, text, Font(size), width=room)


def _lines(page: Page, text: str, room: float) -> list[str]:
    """Return one line, or two where one would have to be much smaller."""
    if len(page.broken(text, Font(8), room)) == 1:
        return [text]
    first, *rest = page.broken(text, Font(9), room)
    return [first, " ".join(rest)]


def _boxes(page: Page, middle: float, outcome: str | None, flags: str) -> None:
    """Draw a box for each key, crossed where the answer is entered already, else with the key in grey."""
    for (code, key), x in zip(_keys().items(), _middles(), strict=True):
        page.set_line_width(0.3)
        page.rect(x - _BOX / 2, middle - _BOX / 2, _BOX, _BOX)
        if code == outcome or (code in MARKS and code in flags):
            page.cross(x, middle, 1.5)
        else:
            page.put(x - _BOX / 2, middle + 1.0, key, Font(7.5, grey=150), width=_BOX, align="centre")
