"""Find marks of cells that the reader does not report: hidden, filtered, an error, a formula without its value."""

import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

_SIGNS = (b"hidden", b"zeroHeight", b'"e"', b"'e'", b"<f", b":f", b"filterColumn")
_AT = re.compile(r"([A-Z]+)(\d+)")
_SHOWN = 80  # letters of a formula
UNCOUNTED = "\x1a"  # before a formula whose result is not in the file, as no text begins


@dataclass
class Marks:
    """The marks of one sheet: hidden rows and columns (from 1), whether a filter hides rows, and by cell the error or
    the formula without a value."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    filtered: bool = False
    cells: dict[tuple[int, int], str] = field(default_factory=dict)


def of_workbook(data: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet of an .xlsx by its name, as far as they are found."""
    marks = {}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = set(file.namelist())
        for name, part in _parts(file):
            content = file.read(part) if part in names else b""
            if any(sign in content for sign in _SIGNS):
                marks[name] = _Looking().through(content)
    return marks


def _parts(file: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the name of each sheet and its path in the archive."""
    try:
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))
        links = ElementTree.fromstring(file.read("xl/_rels/workbook.xml.rels"))
    except (ElementTree.ParseError, KeyError):
        return []
    target = {link.get("Id"): link.get("Target", "") for link in links}
    parts = []
    for sheet in book.iter():
        if _bare(sheet.tag, "}") == "sheet":
            link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
            lies = target.get(link, "")
            parts.append((sheet.get("name", ""), lies.lstrip("/") if lies.startswith("/") else f"xl/{lies}"))
    return parts


def _bare(name: str, sign: str) -> str:
    return name.rpartition(sign)[2]


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true", "on")


class _Looking:
    """Collects the marks of one sheet."""

    def __init__(self):
        self.marks, self.row, self.column, self.kind = Marks(), 0, 0, ""
        self.formula: str | None = None
        self.value: str | None = None
        self.text: list[str] | None = None

    def through(self, content: bytes) -> Marks:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        with suppress(expat.ExpatError):  # the reader of the cells says whether the sheet can be read
            parser.Parse(content, True)
        return self.marks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _bare(name, ":")
        if name == "c":
            at = _AT.fullmatch(attributes.get("r", ""))
            self.column = number(at[1]) if at else self.column + 1
            self.row = int(at[2]) if at else self.row
            self.kind, self.formula, self.value = attributes.get("t", ""), None, None
        elif name in ("f", "v"):
            self.text = []
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            if _is_on(attributes.get("hidden")) or attributes.get("ht") == "0":
                self.marks.rows.append(self.row)
        else:
            self._of_the_sheet(name, attributes)

    def _of_the_sheet(self, name: str, attributes: dict[str, str]) -> None:
        if name == "col" and (_is_on(attributes.get("hidden")) or attributes.get("width") == "0"):
            first, last = int(attributes["min"]), min(int(attributes["max"]), 200)
            self.marks.columns += range(first, last + 1)
        elif name == "filterColumn":
            self.marks.filtered = True

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, name: str) -> None:
        name = _bare(name, ":")
        if name == "f":
            self.formula, self.text = "".join(self.text or ()), None
        elif name == "v":
            self.value, self.text = "".join(self.text or ()), None
        elif name == "c" and (text := self._instead()):
            self.marks.cells[self.row, self.column] = text

    def _instead(self) -> str:
        """Return the error of a cell, or its formula where it has no value; empty for a cell with a value."""
        if self.kind == "e":
            return self.value or "#N/A"
        if self.formula is None or self.value or (self.value is not None and self.kind == "str"):
            return ""
        return f"{UNCOUNTED}={self.formula[:_SHOWN] or '…'}"


def number(letters: str) -> int:
    """Turn a column's letters into its place from 1: AA is 27."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place


def letters(place: int) -> str:
    """Turn a column's place from 1 into its letters."""
    return (letters((place - 1) // 26) if place > 26 else "") + chr(65 + (place - 1) % 26)


# Excel 97 to 2003: records of a kind and a length, one after another

_SHEET, _ROW, _COLUMN, _ERROR, _FORMULA, _FILTER = 0x0085, 0x0208, 0x007D, 0x0205, 0x0006, 0x009B
_FIRST = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def of_old(data: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet of an .xls, if its stream lies in one piece, as Excel writes it."""
    start = data.find(_FIRST)
    if start < 0:
        return {}
    places = [content for kind, content in _records(data, start) if kind == _SHEET]
    marks = {}
    for content in places:
        at, name = start + int.from_bytes(content[:4], "little"), _name(content)
        if data[at : at + 2] == _FIRST[:2]:
            marks[name] = _old_marks(data, at)
    return marks


def _records(data: bytes, at: int):
    """Yield `(kind, content)` of a stream's records."""
    while at + 4 <= len(data):
        kind, length = int.from_bytes(data[at : at + 2], "little"), int.from_bytes(data[at + 2 : at + 4], "little")
        if kind == 0x000A:
            return
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def _name(content: bytes) -> str:
    wide = content[7:8] == b"\1"
    return content[8 : 8 + content[6] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _old_marks(data: bytes, at: int) -> Marks:
    marks = Marks()
    for kind, content in _records(data, at):
        two = [int.from_bytes(content[place : place + 2], "little") for place in (0, 2, 8, 12)]
        if kind == _ROW and two[3] & 0x20:
            marks.rows.append(two[0] + 1)
        elif kind == _COLUMN and two[2] & 1:
            marks.columns += range(two[0] + 1, min(two[1], 199) + 2)
        elif kind == _FILTER:
            marks.filtered = True
        elif kind == _ERROR and content[7:8] == b"\1":
            marks.cells[two[0] + 1, two[1] + 1] = _ERRORS.get(content[6], "#N/A")
        elif kind == _FORMULA and content[6:7] == b"\2" and content[12:14] == b"\xff\xff":
            marks.cells[two[0] + 1, two[1] + 1] = _ERRORS.get(content[8], "#N/A")
    return marks
