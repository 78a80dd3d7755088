"""The font of printed documents: Tinos, as wide as Times New Roman, with Vietnamese and minority-language letters.

It touches no table, and must not know what is printed.
"""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

NAME = "Times New Roman"  # what a DOCX asks for: every office has it
ASCENT, DESCENT = 0.891, 0.216  # of the size, in all four styles

_STYLES = {"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}
_FOLDER = Path(__file__).parent


def file(style: str = "") -> Path:
    """The font file of a style: "", "B", "I" or "BI"."""
    return _FOLDER / f"Tinos-{_STYLES[style]}.ttf"


@cache
def letters(style: str = "") -> frozenset[str]:
    """Every letter the file can draw."""
    with TTFont(file(style)) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def widths(style: str = "") -> dict[str, float]:
    """The width of each letter as a part of the font's size."""
    with TTFont(file(style)) as font:
        advance, size = font["hmtx"], font["head"].unitsPerEm
        return {chr(code): advance[name][0] / size for code, name in font.getBestCmap().items()}


def width(text: str, size: float, style: str = "") -> float:
    """How long a line is, in the unit of `size`."""
    measured = widths(style)
    return sum([measured.get(letter, 0.5) for letter in text]) * size


def lines(text: str, size: float, room: float, style: str = "", first: float = 0) -> list[str]:
    """Break a text into lines no longer than `room`, the first shorter by `first`; a word that is too long is cut."""
    if width(text, size, style) <= room - first:
        return [text]
    broken, line, left = [], "", room - first
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, style) <= left:
            line = longer
            continue
        if line:
            broken.append(line)
            left = room
        while width(word, size, style) > left:
            fits = max(1, next(n for n in range(1, len(word) + 1) if width(word[: n + 1], size, style) > left))
            broken.append(word[:fits])
            word, left = word[fits:], room
        line = word
    return [*broken, line]
