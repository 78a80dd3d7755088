"""A file's sheets as text, whatever Excel made of them; what cannot be trusted is refused with a sentence.

Cells are text: numbers without ".0", days as YYYY-MM-DD, formulas as their values; merged cells all hold the value.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lib.core.errors import N_, Invalid, Say
from lib.exchange import archive, cells, plain_text
from lib.exchange.archive import ROWS as ROWS
from lib.exchange.archive import refused

BYTES = 30_000_000
_ABOVE = 20  # titles and headings do not count as rows
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"

ENDINGS = N_("Only files that end in .xlsx, .xls or .csv can be read.")
EMPTY = N_("The file is empty.")
LARGE = N_("The file is too large: at most {n} megabytes.")
MISNAMED = N_("The name ends in {ending}, but the content is something else; open it in Excel and save it as .xlsx.")
LONG = N_("The sheet “{sheet}” has more than {n} rows; divide it into several files.")


@dataclass
class Sheet:
    """One sheet: `rows[0]` is row `first` of the file. Of a hidden sheet only the name is told."""

    name: str
    hidden: bool = False
    rows: list[list[str]] = field(default_factory=list)
    first: int = 1


def read(data: bytes, name: str) -> list[Sheet]:
    """Every sheet of an .xlsx, .xls or .csv file; Invalid with a sentence under "file" when it cannot be read."""
    ending = "." + name.rpartition(".")[2].casefold() if "." in name else ""
    if ending not in (".xlsx", ".xls", ".csv"):
        raise refused(ENDINGS)
    if not data.strip(b"\0 \t\r\n"):
        raise refused(EMPTY)
    if len(data) > BYTES:
        raise refused(LARGE, n=BYTES // 1_000_000)
    _check_name(data, ending)
    sheets = [_plain(data)] if ending == ".csv" else _workbook(data, ending)
    if not any(sheet.rows for sheet in sheets):
        raise refused(EMPTY)
    return sheets


def _check_name(data: bytes, ending: str) -> None:
    """By its first bytes the file is what its name says."""
    if data.startswith(_OLD_EXCEL) and archive.is_locked(data):
        raise refused(archive.LOCKED)
    found = ".xlsx" if data.startswith(_ZIP) else ".xls" if data.startswith(_OLD_EXCEL) else ".csv"
    foreign = ending == ".csv" and plain_text.is_no_text(data)
    if found != ending or foreign:
        raise refused(MISNAMED, ending=ending)


def _workbook(data: bytes, ending: str) -> list[Sheet]:
    if ending == ".xlsx":
        archive.check(data)
    read_cells = cells.sheets if ending == ".xlsx" else cells.old_sheets
    try:
        found = read_cells(data, ROWS + _ABOVE)
    except cells.Locked:
        raise refused(archive.LOCKED) from None
    except cells.Long as problem:
        raise refused(LONG, sheet=str(problem), n=ROWS) from None
    except cells.Broken:
        raise refused(archive.DAMAGED) from None
    return [Sheet(name, rows is None, _without_end(rows or [])) for name, rows in found.items()]


def _without_end(rows: list[list[str]]) -> list[list[str]]:
    """Rows below the last one that says something are none."""
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _plain(data: bytes) -> Sheet:
    rows = _without_end(_few(plain_text.rows(plain_text.decoded(data))))
    return Sheet("CSV", rows=rows)


def _few(rows: Iterable[list[str]]) -> list[list[str]]:
    kept = []
    for row in rows:
        kept.append([cell if cell.strip() else "" for cell in row[: cells.COLUMNS]])
        if len(kept) > ROWS + _ABOVE:
            raise Invalid({"file": Say(LONG, {"sheet": "CSV", "n": ROWS})})
    return kept
