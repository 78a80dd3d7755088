"""Read the cells of an Excel file as text with python-calamine; called only in the sandbox process.

That reader does not report errors, formulas without a value and hidden rows; they come from `cell_marks`.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lib.exchange.spreadsheets.archive import TEXT
from lib.exchange.spreadsheets.cell_marks import Marks

COLUMNS = 200  # what stands further right is no list of ours
CELLS = 8_000_000  # of all sheets together
_MERGED = 1_000_000  # cells that merged ranges may fill
Cells = list[list[str]]


class Broken(Exception):
    """The file cannot be read to its end."""


class Locked(Exception):
    """It opens with a password only."""


class Long(Exception):
    """The sheet of this name has too many rows."""


class Heavy(Exception):
    """There are more cells or letters in it than a list has."""


@dataclass
class Budget:
    """How many cells and letters may still be read."""

    cells: int = CELLS
    text: int = TEXT

    def take(self, cells: int, text: int) -> None:
        self.cells, self.text = self.cells - cells, self.text - text
        if self.cells < 0 or self.text < 0:
            raise Heavy


def sheets(data: bytes, most: int, marks: dict[str, Marks]) -> dict[str, Cells | None]:
    """Return the cells of each sheet by its name; None for a hidden sheet."""
    try:
        book, budget = CalamineWorkbook.from_filelike(io.BytesIO(data)), Budget()
        tables = [about for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
        return {about.name: _cells(book, about, most, marks.get(about.name), budget) for about in tables}
    except PasswordError:
        raise Locked from None
    except (CalamineError, OSError, ValueError):
        raise Broken from None
    except BaseException as problem:
        # The reader underneath can stop in a way that is no ordinary exception.
        raise (Broken if type(problem).__name__ == "PanicException" else problem) from None


def _cells(book: CalamineWorkbook, about, most: int, marks: Marks | None, budget: Budget) -> Cells | None:
    if about.visible != SheetVisibleEnum.Visible:
        return None
    sheet = book.get_sheet_by_name(about.name)
    if sheet.total_height > most:
        raise Long(about.name)
    budget.take(sheet.total_height * min(sheet.total_width, COLUMNS), 0)
    rows = []
    for row in sheet.to_python(skip_empty_area=False):
        rows.append([_text(cell) for cell in row[:COLUMNS]])
        budget.take(0, sum(map(len, rows[-1])))
    if marks:
        _write(rows, marks, most)
    _spread_merged(rows, sheet, budget)
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


def _write(rows: Cells, marks: Marks, most: int) -> None:
    """Put in errors and formulas without a value, which calamine leaves empty."""
    for (row, column), text in marks.cells.items():
        if row > most or column > COLUMNS:
            continue
        rows += [[] for _missing in range(row - len(rows))]
        line = rows[row - 1]
        line += [""] * (column - len(line))
        line[column - 1] = text


def _spread_merged(rows: Cells, sheet: CalamineSheet, budget: Budget) -> None:
    """Copy the value of merged cells into each of them."""
    many = _MERGED
    for (top, start), (bottom, end) in sheet.merged_cell_ranges or []:
        if top >= len(rows) or start >= len(rows[top]) or not rows[top][start]:
            continue
        bottom, end = min(bottom, len(rows) - 1), min(end, len(rows[top]) - 1)
        filled = (bottom - top + 1) * (end - start + 1)
        many -= filled
        if many < 0:
            return
        budget.take(0, filled * len(rows[top][start]))
        for row in rows[top : bottom + 1]:
            row[start : end + 1] = [rows[top][start]] * (end - start + 1)
