"""Sizes, weights and margins of the Party's layout (36-HD/VPTW) and of the State's (Decree 30/2020)."""

from dataclasses import dataclass
from functools import cached_property

from lib.exchange.fonts import ASCENT, DESCENT

MM = 72 / 25.4  # points in a millimetre
PAPER = (210, 297)  # A4
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # mm, on paper of either layout
FIRST_LINE = 10  # mm by which a paragraph's first line begins further in


@dataclass(frozen=True)
class Style:
    """Of a line. Sizes and distances in points; `line` is its exact height, 0 lets the font say."""

    name: str
    size: float
    font: str = ""  # "", "B", "I" or "BI"
    align: str = "left"
    underline: bool = False
    indented: bool = False
    before: float = 0
    after: float = 0
    line: float = 0
    with_next: bool = False

    @cached_property
    def height(self) -> float:
        return self.line or round(self.size * 1.15, 2)

    @cached_property
    def baseline(self) -> float:
        """From the top of a line to the foot of its letters."""
        return (self.height - (ASCENT + DESCENT) * self.size) / 2 + ASCENT * self.size


def _line(name: str, size: float, font: str = "", **more) -> Style:
    return Style(name, size, font, align="center", **more)


def _prose(name: str, font: str = "", **more) -> Style:
    return Style(name, 14, font, align="justify", indented=True, after=6, line=18, **more)


_COMMON = {
    "body": _prose("Thân văn bản"),
    "basis": _prose("Căn cứ", "I"),
    "heading1": _prose("Đề mục lớn", "B", before=6, with_next=True),
    "heading2": _prose("Đề mục", "B", with_next=True),
    "heading3": _prose("Đề mục nhỏ", "BI", with_next=True),
    "decider": _line("Cơ quan quyết định", 14, "B", before=6, after=6),
    "decides": _line("Quyết định", 14, "B", before=6, after=6),
    "salute": _line("Kính gửi", 14, before=6, after=6),
    "salute_word": Style("Kính gửi bên trái", 14, align="right"),
    "salute_name": Style("Nơi kính gửi", 14),
    "star": _line("Dấu sao", 14),
    "draft": _line("Dự thảo", 14, "I"),
    "caption": _line("Tên bảng", 13, "B", before=6, after=4, with_next=True),
    "note": Style("Ghi chú", 12, "I", before=3, after=6),
    "label": _line("Số phụ lục", 14, "B"),
    "title": _line("Tên phụ lục", 14, "B", after=2),
    "reference": _line("Kèm theo", 13, "I", after=8),
}

_ALIGNS = {"left": "trái", "right": "phải", "center": "giữa"}


def _cells(prefix: str, suffix: str, size: float) -> dict[str, Style]:
    """The lines of a table: its head, a row across it, and cells and totals by alignment."""
    cells = {
        f"{prefix}head": _line(f"Đầu bảng{suffix}", size, "B"),
        f"{prefix}group": Style(f"Nhóm{suffix}", size, "B", with_next=True),
    }
    for align, word in _ALIGNS.items():
        cells[f"{prefix}{align}"] = Style(f"Ô {word}{suffix}", size, align=align)
        cells[f"{prefix}total_{align}"] = Style(f"Tổng {word}{suffix}", size, "B", align=align)
    return cells


_COMMON |= _cells("", "", 12) | _cells("small_", " nhỏ", 11)

_PARTY = {
    "nation": _line("Tiêu đề", 15, "B"),
    "superior": _line("Cơ quan cấp trên", 14),
    "issuer": _line("Cơ quan ban hành", 14, "B"),
    "number": _line("Số ký hiệu", 14),
    "place": _line("Địa danh, ngày tháng", 14, "I"),
    "place_long": _line("Địa danh dài, ngày tháng", 13, "I"),
    "urgency": _line("Độ khẩn", 14, "B", before=4),
    "kind": _line("Tên loại", 16, "B", before=14),
    "abstract": _line("Trích yếu", 14, "B"),
    "dash": _line("Gạch dưới trích yếu", 14, after=6),
    "to": Style("Nơi nhận", 14, underline=True, with_next=True),
    "recipient": Style("Danh sách nơi nhận", 12),
    "authority": _line("Quyền hạn ký", 14, "B"),
    "position": _line("Chức vụ", 14),
    "signer": _line("Họ tên", 14, "B"),
    "page": _line("Số trang", 14),
}

_STATE = {
    "nation": _line("Quốc hiệu", 12, "B"),
    "motto": _line("Tiêu ngữ", 13, "B"),
    "superior": _line("Cơ quan cấp trên", 12),
    "issuer": _line("Cơ quan ban hành", 12, "B"),
    "number": _line("Số ký hiệu", 13),
    "place": _line("Địa danh, ngày tháng", 13, "I"),
    "place_long": _line("Địa danh dài, ngày tháng", 13, "I"),
    "urgency": _line("Độ khẩn", 13, "B", before=4),
    "kind": _line("Tên loại", 14, "B", before=14),
    "abstract": _line("Trích yếu", 14, "B"),
    "to": Style("Nơi nhận", 12, "BI", with_next=True),
    "recipient": Style("Danh sách nơi nhận", 11),
    "authority": _line("Quyền hạn ký", 13, "B"),
    "position": _line("Chức vụ", 13, "B"),
    "signer": _line("Họ tên", 14, "B"),
    "page": _line("Số trang", 13),
}

STYLES: dict[str, dict[str, Style]] = {"party": _COMMON | _PARTY, "state": _COMMON | _STATE}
HEADS = {"party": (75, 90), "state": (68, 97)}  # mm of the two columns above
WIDEST = 106  # mm of the right one, for a place with a long name
FEET = (80, 85)  # mm of the two columns below


def room(landscape: bool = False) -> float:
    """Width between the margins, mm."""
    return PAPER[1] - TOP - BOTTOM if landscape else PAPER[0] - LEFT - RIGHT
