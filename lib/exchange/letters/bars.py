"""A horizontal bar chart of shares: its measures, the same in both writers, and the picture for a DOCX."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from lib.exchange import fonts
from lib.exchange.letters.letter import Bars, ChartBar

STEP, THICK, SIZE = 6.2, 4.2, 11  # mm from bar to bar, mm of a bar, points of the words
EDGE = "#1F3A5F"  # a dark line around each bar, so that a pale one shows on a photocopy
_RAMP = ((198, 219, 239), (8, 64, 129))  # light is low
_DPI = 300


@dataclass(frozen=True)
class Placed:
    """One bar in millimetres from the chart's corner: where it begins, how high it lies and how long it is."""

    bar: ChartBar
    top: float
    begins: float
    length: float
    colour: tuple[int, int, int]


def height(chart: Bars) -> float:
    return STEP * len(chart.bars) + 2


def placed(chart: Bars, width: float) -> list[Placed]:
    """Labels take the left, the words at the ends of the bars the right."""
    words = [fonts.width(bar.label, SIZE) * 25.4 / 72 for bar in chart.bars]
    begins = min(max(words, default=0) + 3, width * 0.45)
    full = width - begins - 28
    return [
        Placed(bar, 1 + STEP * place, begins, full * min(bar.share or 0, 1), _colour(bar.share or 0))
        for place, bar in enumerate(chart.bars)
    ]


def _colour(share: float) -> tuple[int, int, int]:
    low, high = _RAMP
    return tuple(round(a + (b - a) * min(share, 1)) for a, b in zip(low, high, strict=True))


def picture(chart: Bars, width: float) -> bytes:
    """A PNG of the chart at 300 dots an inch."""
    dot = _DPI / 25.4
    image = Image.new("RGB", (round(width * dot), round(height(chart) * dot)), "white")
    draw, face = ImageDraw.Draw(image), ImageFont.truetype(str(fonts.file()), round(SIZE * _DPI / 72))
    for bar in placed(chart, width):
        left, top = bar.begins * dot, bar.top * dot
        middle = top + THICK / 2 * dot
        draw.text((left - 1.5 * dot, middle), bar.bar.label, "black", face, "rm")
        if bar.bar.share is not None:
            draw.rectangle((left, top, left + bar.length * dot, top + THICK * dot), bar.colour, EDGE, 2)
        draw.text((left + (bar.length + 1.5) * dot, middle), bar.bar.said, "black", face, "lm")
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(_DPI, _DPI), optimize=True)
    return out.getvalue()
