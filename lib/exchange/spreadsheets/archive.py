"""Check an .xlsx before it is read: not too large when unpacked, not locked, no cell far outside a list."""

import io
import re
import struct
import zipfile
import zlib
from xml.parsers import expat

from lib.core.errors import N_, Invalid, Say
from lib.exchange.spreadsheets.cell_marks import number

ROWS = 50_000
_UNPACKED = 250_000_000
_PARTS = 1_000
_CELLS = 5_000_000  # of the rectangle up to the last cell; the reader holds all of it
TEXT = 60_000_000  # letters of all cells together
# References up to column BZ and row 99999 need no closer look.
_UNUSUAL = re.compile(rb"\sr\s*=\s*[\"'](?!(?:[AB]?[A-Z])?\d{1,5}[\"'])")
_TAG = re.compile(rb"<[^!>][^>]*>")
_END_OF_STRING = re.compile(rb"</(?:\w+:)?si\s*>")
_POINTS = re.compile(rb"<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"']s[\"'][^>]*>\s*<(?:\w+:)?v[^>]*>\s*(\d{1,9})")
# How a workbook of Excel 97 to 2003 begins, and the record that says it is locked.
_FIRST_RECORD, _FILE_PASS = b"\x09\x08\x10\x00\x00\x06\x05\x00", 0x002F

DAMAGED = N_("The file is damaged and cannot be read; open it in Excel and save it as .xlsx.")
HEAVY = N_(
    "This file needs more memory than allowed: it contains far more text than a list has, or is damaged. "
    "Copy the table as values into a new file, or split it."
)
BOMB = N_("The file unpacks to more than {n} megabytes and is not read; copy the table into a new file or split it.")
FAR = N_("The sheet has a cell far outside its table, at {cell}; copy the table into a new file and import that.")
LOCKED = N_("The file is locked with a password; open it in Excel, remove the password and save it.")
OTHER = N_("This is not an Excel file although its name says so; open it in Excel and save it as .xlsx.")


def refused(sentence: str, **places: object) -> Invalid:
    """Make the refusal of a whole file."""
    return Invalid({"file": Say(sentence, places)})


def is_locked(data: bytes) -> bool:
    """Whether a file opens only with a password, old or new format."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    at = data.find(_FIRST_RECORD)
    for _record in range(6 if at >= 0 else 0):
        kind, length = struct.unpack_from("<HH", data.ljust(at + 4, b"\0"), at)
        if kind == _FILE_PASS:
            return True
        at += 4 + length
    return False


def check(data: bytes) -> None:
    """Unpack and measure every part; Invalid for a zip bomb, another kind of zip file or a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = file.infolist()
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
                raise refused(BOMB, n=_UNPACKED // 1_000_000)
            if any(part.flag_bits & 1 for part in parts):
                raise refused(LOCKED)
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise refused(OTHER)
            left, text = _UNPACKED, _Text()
            for part in parts:
                left -= _unpacked(file, part, left, text)
            if text.may_be_heavy() and sum(text.pointed_to(file.read(name)) for name in text.sheets) > TEXT:
                raise refused(HEAVY)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise refused(DAMAGED) from None


def _unpacked(file: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, text: "_Text") -> int:
    """Return the real size of a part; the stated size may be wrong."""
    part.file_size = 2 * _UNPACKED  # so that unpacking goes on until the part ends, or has grown too large
    content = bytearray()
    with file.open(part) as opened:
        while chunk := opened.read(1 << 20):
            content += chunk
            if len(content) > left:
                raise refused(BOMB, n=_UNPACKED // 1_000_000)
    if b"sheetData" in content and _UNUSUAL.search(content):
        _Extent().check(bytes(content))
    text.look(part.filename, content)
    return len(content)


class _Text:
    """Measures shared texts: stored once in the file, but copied by the reader for each cell."""

    def __init__(self):
        self.sizes: list[int] = []
        self.cells, self.sheets = 0, []

    def look(self, name: str, content: bytearray) -> None:
        if b"sst" in content[:2000]:
            self.sizes = [len(_TAG.sub(b"", piece)) for piece in _END_OF_STRING.split(content)]
        elif b"sheetData" in content:
            self.sheets.append(name)
            self.cells += content.count(b"<v") + content.count(b":v")

    def may_be_heavy(self) -> bool:
        return max(self.sizes, default=0) * self.cells > TEXT

    def pointed_to(self, content: bytes) -> int:
        """Return the bytes of a sheet's shared texts, counted for each cell."""
        places = (int(match[1]) for match in _POINTS.finditer(content))
        return sum(self.sizes[place] for place in places if place < len(self.sizes))


class _Extent:
    """Refuses a sheet with a cell too far from the first."""

    def __init__(self):
        self.row, self.column, self.width, self.cell = 0, 0, 0, ""

    def check(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise refused(DAMAGED) from None

    def _entity(self, *_declared) -> None:
        raise refused(DAMAGED)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        at = re.fullmatch(r"([A-Z]*)(\d+)", attributes.get("r", ""))
        if name == "row":
            self.row, self.column = int(at[2]) if at else self.row + 1, 0
        elif name == "c":
            self.column = number(at[1]) if at and at[1] else self.column + 1
            self.row = int(at[2]) if at else self.row
            self.cell = attributes.get("r", "")
        elif name in ("v", "is", "f"):
            self.width = max(self.width, self.column)
            if self.row * self.width > _CELLS or self.row > 1_048_576:
                raise refused(FAR, cell=self.cell)
