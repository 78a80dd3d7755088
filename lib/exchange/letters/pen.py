"""Draws text and lines on the pages of a PDF, in points from the top left corner.

fpdf2 keeps the pages, the fonts and the file. The marks on a page are written here as PDF operators: twenty times as
fast as cells, which a list of households needs.
"""

from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF

from lib.core import clock
from lib.exchange import fonts
from lib.exchange.letters.styles import MM, PAPER

UNKNOWN = "?"  # for a letter that the font does not have
FACES = ("", "B", "I", "BI")


class Codes(dict):
    """The code of each letter in the file's own cut of a font, found when it is first asked for."""

    def __init__(self, font, known: frozenset[str]):
        super().__init__()
        self.font, self.known = font, known

    def __missing__(self, code: int) -> str:
        letter = chr(code) if chr(code) in self.known else UNKNOWN
        self[code] = f"{self.font.subset.pick(ord(letter)):04X}"
        return self[code]


@dataclass(frozen=True)
class Face:
    """A font as the operators name it."""

    name: str
    codes: Codes
    widths: dict[str, float]

    def escaped(self, text: str) -> str:
        """The text as the operand of Tj."""
        return f"<{text.translate(self.codes)}>"


class Pen:
    """The open page, and what is drawn on it."""

    def __init__(self, *, title: str, author: str, day: str):
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.alias_nb_pages(None)
        self.pdf.single_resources_object = True  # each page may use each font
        self.pdf.set_title(title)
        self.pdf.set_author(author)
        self.pdf.set_lang("vi-VN")
        self.pdf.set_creation_date(datetime.fromisoformat(day).replace(tzinfo=clock.ZONE))
        self.faces = {style: self._face(style) for style in FACES}
        self.width = self.height = 0.0

    def _face(self, style: str) -> Face:
        self.pdf.add_font("Tinos", style, fonts.file(style))
        font = self.pdf.fonts[f"tinos{style}"]
        return Face(f"/F{font.i}", Codes(font, fonts.letters(style)), fonts.widths(style))

    def page(self, landscape: bool) -> None:
        self.pdf.add_page("L" if landscape else "P")
        self.width, self.height = (side * MM for side in (reversed(PAPER) if landscape else PAPER))

    def put(self, operators: str) -> None:
        """Operators as they are; y counts from the bottom there."""
        self.pdf.pages[self.pdf.page].contents.extend(operators.encode("ascii") + b"\n")

    def text(self, x: float, baseline: float, text: str, size: float, style: str = "", stretch: float = 0) -> None:
        """One line; `stretch` points are added at each blank, for text set flush on both sides."""
        face = self.faces[style]
        shown = f"{face.escaped(text)} Tj"
        if stretch:
            blank = face.escaped(" ")
            gap = f" {-stretch / size * 1000:.1f} "
            words = text.split(" ")
            spaced = [face.escaped(word)[:-1] + blank[1:] if word else face.escaped(" ") for word in words[:-1]]
            shown = f"[{gap.join([*spaced, face.escaped(words[-1])])}] TJ"
        self.put(f"BT {face.name} {size:g} Tf {x:.2f} {self.height - baseline:.2f} Td {shown} ET")

    def line(self, x: float, y: float, to_x: float, to_y: float, weight: float = 0.5) -> None:
        self.put(f"{weight:g} w {x:.2f} {self.height - y:.2f} m {to_x:.2f} {self.height - to_y:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, *, line: str = "0 0 0", fill: str = "") -> None:
        """A rectangle; colours are three parts from 0 to 1."""
        colours = f"{line} RG {fill} rg" if fill else f"{line} RG"
        shape = f"{x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re {'B' if fill else 'S'}"
        self.put(f"q {colours} 0.6 w {shape} Q")

    def done(self) -> bytes:
        return bytes(self.pdf.output())
