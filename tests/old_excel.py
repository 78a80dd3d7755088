"""Writes .xls files as Excel 97 did: records of cells (BIFF8) inside an old compound file."""

import struct

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


REF, NOT_AVAILABLE = b"\x17", b"\x2a"  # cells that hold an error


def book(
    rows: list[list], *, name: str = "Sheet1", locked: bool = False, hidden: tuple = (), filtered: bool = False
) -> bytes:
    """A workbook of one sheet; `locked` says that a password is needed, `hidden` counts rows from 0 and names columns
    as `"C3"`."""
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6))
    lock = _record(0x002F, b"\x01\x00" + b"\1\0\1\0" + b"\x55" * 48) if locked else b""
    title = name.encode("utf-16-le")
    length = len(start) + len(lock) + 4 + 8 + len(title) + 4
    sheet_of = _record(0x0085, struct.pack("<IBBBB", length, 0, 0, len(name), 1) + title)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for place in hidden:
        if isinstance(place, int):
            sheet += _record(0x0208, struct.pack("<HHHHHHHH", place, 0, 9, 255, 0, 0, 0x20, 0))
        else:
            at = int(place[1:])
            sheet += _record(0x007D, struct.pack("<HHHHHH", at, at, 2048, 0, 1, 0))
    sheet += _record(0x009B) if filtered else b""
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet += _cell(at, place, cell)
    return compound("Workbook", start + lock + sheet_of + _record(0x000A) + sheet + _record(0x000A))


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    long = len(stream) // _SECTOR
    tables = -(-(long + 2) // 127)
    chain = [*range(1, long), _END, _END, *[_FAT] * tables]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * _SECTOR, b"\xff")
    folder = _entry("Root Entry", 5, child=1) + _entry(name, 2, start=0, size=len(stream)) + _entry("", 0) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, long, 0, 4096, _END, 0, _END, 0)
    heads = [long + 1 + at for at in range(tables)]
    head += struct.pack("<109I", *(heads + [_FREE] * (109 - tables)))
    return head + stream + folder + table


def _entry(name: str, kind: int, *, child: int = _FREE, start: int = _END, size: int = 0) -> bytes:
    title = name.encode("utf-16-le")
    entry = title.ljust(64, b"\0") + struct.pack("<HBB", len(title) + 2 if name else 0, kind, 1)
    return entry + struct.pack("<III", _FREE, _FREE, child) + b"\0" * 36 + struct.pack("<IQ", start, size)


def _cell(at: int, place: int, cell: object) -> bytes:
    if cell in (None, ""):
        return b""
    where = struct.pack("<HHH", at, place, 0)
    if isinstance(cell, bytes):
        return _record(0x0205, where + cell + b"\1")
    if isinstance(cell, int | float):
        return _record(0x0203, where + struct.pack("<d", cell))
    return _record(0x0204, where + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
