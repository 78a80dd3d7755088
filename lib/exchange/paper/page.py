"""A printed A4 page in one typeface; text that is too long is made smaller or cut."""

import io
from dataclasses import dataclass, replace
from datetime import datetime

import segno
from fpdf import FPDF

from lib.core import clock
from lib.exchange import fonts

LEFT, TOP, FOOT = 8.0, 8.0, 8.0  # mm
_STYLES = ("", "B", "I")
_LEAST = 6.0  # points; smaller nobody reads by a door
_POINT = 0.3528  # mm
_QUIET = 4  # white modules around a code, as its standard asks


@dataclass(frozen=True)
class Font:
    """How a text is written: `size` in points, `style` "", "B" or "I", `grey` from 0 (black) to 255."""

    size: float
    style: str = ""
    grey: int = 0


class Page(FPDF):
    """Pages of one document; places are in mm from the upper left corner, a text's place is its base line."""

    def __init__(self, title: str, day: str, *, orientation: str = "portrait"):
        super().__init__(orientation=orientation, unit="mm", format="A4")
        for style in _STYLES:
            self.add_font("paper", style, fonts.file(style))
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_lang("vi")
        # The same lists of the same day make the same file.
        self.set_creation_date(datetime.fromisoformat(day).replace(tzinfo=clock.ZONE))
        self.set_line_width(0.2)
        self._codes: dict[str, bytes] = {}
        self._measured: dict[tuple[str, str], float] = {}

    @property
    def wide(self) -> float:
        """Room between the margins."""
        return self.w - 2 * LEFT

    @property
    def bottom(self) -> float:
        return self.h - FOOT

    def put(self, x: float, y: float, text: str, font: Font, *, width: float = 0.0, align: str = "left") -> float:
        """Write one line, smaller or cut with an ellipsis where it is wider than `width`; returns where it ends."""
        long = self.long(text, font)
        if width and long > width:
            font = replace(font, size=max(_LEAST, font.size * width / long * 0.995))
            text = self._cut(text, font, width)
            long = self.long(text, font)
        if align != "left":
            x += (width - long) / (2 if align == "centre" else 1)
        if text:
            self.set_text_color(font.grey)
            self.set_font("paper", font.style, font.size)
            self.text(x, y, text)
        return x + long

    def long(self, text: str, font: Font) -> float:
        """Measure a text; each text is measured once, because the same words stand on every page."""
        key = font.style, text
        if key not in self._measured:
            self.set_font("paper", font.style, 100)
            self._measured[key] = self.get_string_width(text) / 100
        return self._measured[key] * font.size

    def _cut(self, text: str, font: Font, width: float) -> str:
        while text and self.long(text, font) > width:
            text = text.rstrip("…")[:-1].rstrip() + "…" if len(text) > 2 else ""
        return text

    def upright(self, x: float, y: float, lines: list[str], font: Font) -> None:
        """Write lines turned a quarter to the left, from the foot of a narrow column whose middle is `x` upwards."""
        step = font.size * _POINT * 1.1
        first = x - step * len(lines) / 2 + step * 0.78
        for place, text in enumerate(lines):
            with self.rotation(90, first + place * step, y):
                self.put(first + place * step, y, text, font)

    def broken(self, text: str, font: Font, width: float) -> list[str]:
        """Break a sentence into lines no wider than `width`."""
        lines: list[str] = []
        room = 0.0
        for word in text.split(" "):
            room -= self.long(f" {word}", font)
            if lines and room >= 0:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
                room = width - self.long(word, font)
        return lines

    def paragraph(self, x: float, y: float, text: str, font: Font, width: float) -> float:
        """Write a sentence over as many lines as it needs; returns the base line of the next."""
        step = font.size * _POINT * 1.25
        for line in self.broken(text, font, width):
            self.put(x, y, line, font)
            y += step
        return y

    def rule(self, x: float, y: float, width: float, weight: float = 0.2) -> None:
        self.set_line_width(weight)
        self.line(x, y, x + width, y)

    def pole(self, x: float, y: float, height: float, weight: float = 0.2) -> None:
        self.set_line_width(weight)
        self.line(x, y, x, y + height)

    def dots(self, x: float, y: float, width: float) -> None:
        """Draw a dotted line to write on."""
        self.set_line_width(0.25)
        self.set_dash_pattern(dash=0.25, gap=0.9)
        self.line(x, y, x + width, y)
        self.set_dash_pattern()

    def cross(self, x: float, y: float, arm: float) -> None:
        self.set_line_width(0.5)
        for up in (arm, -arm):
            self.line(x - arm, y - up, x + arm, y + up)

    def code(self, x: float, y: float, size: float, content: str) -> None:
        """Draw a QR code; all pages share one image of it."""
        if content not in self._codes:
            self._codes[content] = code_image(content)
        self.image(io.BytesIO(self._codes[content]), x, y, size, size)

    def pdf(self) -> bytes:
        return bytes(self.output())


def code_image(content: str) -> bytes:
    """Return a QR code as PNG, readable with an eighth of it lost to folds and rain."""
    image = io.BytesIO()
    segno.make(content, error="m", micro=False).save(image, kind="png", scale=4, border=_QUIET)
    return image.getvalue()
