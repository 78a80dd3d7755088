"""Read a .csv file: find its encoding and the sign between its cells."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from itertools import islice

from lib.core.errors import N_, Say
from lib.exchange.spreadsheets import old_fonts
from lib.exchange.spreadsheets.archive import DAMAGED, refused
from lib.exchange.spreadsheets.cell_marks import letters
from lib.exchange.spreadsheets.old_fonts import is_syllable

_SIGNS = (";", ",", "\t")
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SURE = 0.9  # of the words with marks are Vietnamese
_QUOTES = 50  # that do not close; a file with more of them is no list
OPEN_QUOTE = N_(
    "Cell {cell} opens a quotation mark that is never closed (“{said}”); it was read as written, and "
    "the rows below it as separate rows. Check this row and correct the quotation mark in the file."
)
LETTERS = N_("The text of this file cannot be read; open it in Excel and save it as .xlsx.")


def is_no_text(data: bytes) -> bool:
    """Whether a file is a picture, a PDF or a web page, by its first bytes."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"%pdf", b"<html", b"<!doctype", b"<table", b"<?xml", b"{\\rtf", b"\x89png", b"\xff\xd8\xff")):
        return True
    return _wide(data) is None and b"\0" in data


def decoded(data: bytes) -> str:
    """Decode UTF-8 or UTF-16, with or without a mark; Windows-1258 and the old fonts only when it is certain."""
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


def rows(content: str, remarks: list[Say]) -> Iterator[list[str]]:
    """Yield the rows, split at the sign that gives most cells; "sep=;" is Excel's own hint.

    A quote that opens and does not close where it should would swallow the lines below. It is read as a sign like any
    other, and a sentence in `remarks` says where it stands.
    """
    hint = content[:5].lower()
    hinted = hint[:4] == "sep=" and hint[4:] in _SIGNS
    sign = content[4:5] if hinted else _sign(content)
    lines = list(io.StringIO(content, newline=""))
    for number, row in enumerate(_records(lines, sign, remarks)):
        yield [] if number == 0 and hinted else row


def _records(lines: list[str], sign: str, remarks: list[Say]) -> Iterator[list[str]]:
    """Yield the rows of these lines; after an open quote, reading starts again in the next line."""
    at = number = wide = 0
    while at < len(lines):
        reader = csv.reader(islice(lines, at, None), delimiter=sign)
        start = at
        for row in _until_broken(reader):
            end = start + reader.line_num
            if row is None or _is_open(lines[at:end], sign, wide, last=end == len(lines)):
                break
            number, wide, at = number + 1, max(wide, len(row)), end
            yield row
        else:
            return
        number += 1
        yield _literally(lines[at], sign, number, remarks)
        at += 1


def _until_broken(reader) -> Iterator[list[str] | None]:
    """Yield the rows of a reader; None at its end when a cell is too large."""
    try:
        yield from reader
    except csv.Error:
        yield None


def _is_open(lines: list[str], sign: str, wide: int, *, last: bool) -> bool:
    """Whether a quote that opens in the first of these lines ends with the file, or goes over whole rows."""
    if last and _never_closes(lines, sign):
        return True
    if len(lines) == 1:
        return False
    many = max(2, wide - 2)
    within = lines[-1].partition('"')[0]
    return any(line.count(sign) >= many for line in [*lines[1:-1], within]) or (
        within.endswith(sign) and within.count(sign) >= many - 1
    )


def _never_closes(lines: list[str], sign: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=sign, strict=True))
    except csv.Error as problem:
        return "unexpected end" in str(problem)
    return False


def _literally(line: str, sign: str, number: int, remarks: list[Say]) -> list[str]:
    """Split a line without giving quotes a meaning, and add a remark."""
    if len(line) > csv.field_size_limit() or len(remarks) >= _QUOTES:
        raise refused(DAMAGED)
    cells = next(csv.reader([line], delimiter=sign, quoting=csv.QUOTE_NONE), [])
    place = next((place for place, cell in enumerate(cells) if cell.startswith('"') and cell.count('"') % 2), 0)
    remarks.append(
        Say(OPEN_QUOTE, {"cell": f"{letters(place + 1)}{number}", "said": cells[place][:40] if cells else ""})
    )
    return [cell.strip('"').replace('""', '"') for cell in cells]


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 encoding of a file, by its mark or its zero bytes; None for one byte a letter."""
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
    """Return the share of Vietnamese syllables among the words with marks."""
    words = [word for word in set(old_fonts.words(content)) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _sign(content: str) -> str:
    """Return the sign that splits the first lines into most cells."""
    start = content[:20_000]

    def fit(sign: str) -> int:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=sign)][:40]
        except csv.Error:
            return 0
        return sum(width for width in widths if width > 1)

    return max(_SIGNS, key=fit)
