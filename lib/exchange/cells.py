"""The cells of an Excel file as text, by the reader underneath; the old format in a process of its own.

A damaged .xls can make that reader ask for all the memory there is, so it is read where that ends nothing else:
`python -m lib.exchange.cells ROWS < file.xls` prints its sheets, within limits.
"""

import io
import json
import resource
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

COLUMNS = 200  # what stands further right is no list of ours
_MERGED = 1_000_000  # cells that merged ranges may fill
_ROOT = Path(__file__).resolve().parents[2]
_MEMORY, _SECONDS = 2_000_000_000, 60
Cells = list[list[str]]


class Broken(Exception):
    """The file cannot be read to its end."""


class Locked(Exception):
    """It opens with a password only."""


class Long(Exception):
    """The sheet of this name has too many rows."""


def sheets(data: bytes, most: int) -> dict[str, Cells | None]:
    """The cells of each sheet by its name; None for a hidden one."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = [about for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
        return {about.name: _cells(book, about, most) for about in tables}
    except PasswordError:
        raise Locked from None
    except (CalamineError, OSError, ValueError):
        raise Broken from None
    except BaseException as problem:
        # The reader underneath can stop in a way that is no ordinary exception.
        raise (Broken if type(problem).__name__ == "PanicException" else problem) from None


def old_sheets(data: bytes, most: int) -> dict[str, Cells | None]:
    """The same for an .xls, read by a process that may take so much memory and time and no more."""
    command = [sys.executable, "-m", "lib.exchange.cells", str(most)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, cwd=_ROOT, timeout=_SECONDS, check=False)
        told = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        raise Broken from None
    if "long" in told:
        raise Long(told["long"])
    if "locked" in told:
        raise Locked
    if "sheets" not in told:
        raise Broken
    return told["sheets"]


def _cells(book: CalamineWorkbook, about, most: int) -> Cells | None:
    if about.visible != SheetVisibleEnum.Visible:
        return None
    sheet = book.get_sheet_by_name(about.name)
    if sheet.total_height > most:
        raise Long(about.name)
    rows = [[_text(cell) for cell in row[:COLUMNS]] for row in sheet.to_python(skip_empty_area=False)]
    _spread_merged(rows, sheet)
    return rows


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell if cell.strip() else ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _spread_merged(rows: Cells, sheet: CalamineSheet) -> None:
    """A hamlet written once over its merged rows stands in each of them."""
    left = _MERGED
    for (top, start), (bottom, end) in sheet.merged_cell_ranges or []:
        if top >= len(rows) or start >= len(rows[top]) or not rows[top][start]:
            continue
        bottom, end = min(bottom, len(rows) - 1), min(end, len(rows[top]) - 1)
        left -= (bottom - top + 1) * (end - start + 1)
        if left < 0:
            return
        for row in rows[top : bottom + 1]:
            row[start : end + 1] = [rows[top][start]] * (end - start + 1)


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        told = {"sheets": sheets(sys.stdin.buffer.read(), int(sys.argv[1]))}
    except Locked:
        told = {"locked": True}
    except Long as problem:
        told = {"long": str(problem)}
    except (Broken, MemoryError):
        told = {}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    _main()
