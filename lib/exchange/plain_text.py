"""A .csv file: its letters, whatever program wrote them, and the sign between its cells."""

import csv
import io
import unicodedata
from collections.abc import Iterator

from lib.core.errors import N_
from lib.exchange import old_fonts
from lib.exchange.archive import DAMAGED, refused
from lib.exchange.syllables import is_syllable

_SIGNS = (";", ",", "\t")
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SURE = 0.9  # of the words with marks are Vietnamese
LETTERS = N_("The letters of this file cannot be read; open it in Excel and save it as .xlsx.")


def is_no_text(data: bytes) -> bool:
    """A picture, a PDF or a web page, by its first bytes."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"%pdf", b"<html", b"<!doctype", b"<table", b"<?xml", b"{\\rtf", b"\x89png", b"\xff\xd8\xff")):
        return True
    return _wide(data) is None and b"\0" in data


def decoded(data: bytes) -> str:
    """The text of UTF-8 or UTF-16, with or without a mark; of Windows-1258 and the old fonts when it is certain."""
    if encoding := _wide(data):
        return _strictly(data, encoding)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    western = data.decode("latin-1")
    old = old_fonts.encoding_of(western.splitlines())
    try:
        windows = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        windows = ""
    if windows and _share(windows) >= max(_SURE, _share(old_fonts.converted(western, old)) if old else 0):
        return windows
    if old:
        return western
    raise refused(LETTERS)


def rows(content: str) -> Iterator[list[str]]:
    """The cells, by the sign that sets most of them apart; "sep=;" is Excel's own hint."""
    hint = content[:5].lower()
    sign = content[4:5] if hint[:4] == "sep=" and hint[4:] in _SIGNS else _sign(content)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=sign)
    try:
        for number, row in enumerate(reader):
            yield [] if number == 0 and hint[:4] == "sep=" else row
    except csv.Error:
        raise refused(DAMAGED) from None


def _wide(data: bytes) -> str | None:
    """Two bytes a letter, by the mark, or by the empty halves of Latin letters, digits and signs."""
    if data[:2] in _MARKS:
        return _MARKS[data[:2]]
    start = data[:2000]
    odd, even = start[1::2].count(0), start[::2].count(0)
    if max(odd, even) * 4 < len(start):
        return None
    return None if min(odd, even) * 20 > len(start) else "utf-16-le" if odd > even else "utf-16-be"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise refused(LETTERS) from None


def _share(content: str) -> float:
    """How many of the words with marks are Vietnamese syllables."""
    words = [word for word in set(old_fonts.words(content)) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _sign(content: str) -> str:
    """The sign by which the first lines fall into most cells, the same number of them in most lines."""
    start = content[:20_000]

    def fit(sign: str) -> int:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=sign)][:40]
        except csv.Error:
            return 0
        return sum(width for width in widths if width > 1)

    return max(_SIGNS, key=fit)
