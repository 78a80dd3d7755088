"""Sheets of a workbook as a document's appendix: lines that say what it is, headings, rows with ruled cells."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lib.exchange.letters import official
from lib.exchange.spreadsheets.workbook_writer import HEAD

WHOLE = "#,##0"
BOLD = Font(bold=True)
_THIN = Border(*[Side("thin", "9AA5B1")] * 4)
_WHITE, _GREY = Font(bold=True, color="FFFFFF"), Font(italic=True, color="5B6573")
_MIDDLE, _WRAP = Alignment("center", "center", wrap_text=True), Alignment(vertical="center", wrap_text=True)

Cell = tuple[object, str]  # what stands in it, and the format of a number


def saved(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def sheet(
    workbook: Workbook, name: str, title: str, head: Sequence[str], columns: Sequence[tuple[str, int]]
) -> Worksheet:
    """A sheet under its title and head, with headings of these widths that stay in sight."""
    drawn = workbook.create_sheet(name)
    drawn.append([title])
    drawn["A1"].font = Font(bold=True, size=13)
    for sentence in head:
        drawn.append([sentence])
    drawn.append([None])
    _heading(drawn, len(head) + 3, columns)
    drawn.page_setup.orientation, drawn.page_setup.paperSize = "landscape", "9"
    drawn.page_setup.fitToWidth, drawn.page_setup.fitToHeight = 1, 0
    drawn.sheet_properties.pageSetUpPr.fitToPage = True
    return drawn


def _heading(drawn: Worksheet, row: int, columns: Sequence[tuple[str, int]]) -> None:
    for place, (title, wide) in enumerate(columns, start=1):
        cell = drawn.cell(row, place, title)
        cell.data_type = "s"  # names of indicators are typed
        cell.fill, cell.font, cell.alignment, cell.border = HEAD, _WHITE, _MIDDLE, _THIN
        drawn.column_dimensions[get_column_letter(place)].width = wide
    drawn.row_dimensions[row].height = 48
    drawn.freeze_panes = f"C{row + 1}"
    drawn.print_title_rows = f"{row}:{row}"


def group(drawn: Worksheet, title: str, columns: int) -> None:
    """A row that says what follows."""
    row = drawn.max_row + 1
    for place in range(1, columns + 1):
        drawn.cell(row, place).border = _THIN
    cell = drawn.cell(row, 2, title)
    cell.font, cell.data_type = BOLD, "s"


def write(drawn: Worksheet, cells: Sequence[Cell], *, bold: bool = False) -> None:
    """A row; text is never a formula."""
    row = drawn.max_row + 1
    for place, (value, kind) in enumerate(cells, start=1):
        cell = drawn.cell(row, place, value)
        cell.border = _THIN
        if isinstance(value, str):
            cell.data_type, cell.alignment = "s", _WRAP
        if kind:
            cell.number_format = kind
        if bold or value in (official.MISSING, official.NO_ENTRIES):
            cell.font = BOLD if bold else _GREY
