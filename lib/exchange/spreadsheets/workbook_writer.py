"""Write .xlsx files: frozen headings, text that stays text, fitting widths.

openpyxl makes the frame of the file; the rows are written into it here, many times as fast, as long lists need it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

HEAD = PatternFill("solid", fgColor="1F4E8C")
NEEDED = PatternFill("solid", fgColor="0F2E57")
EXAMPLE = PatternFill("solid", fgColor="EEF1F5")
FAULT = PatternFill("solid", fgColor="F8C9C4")
_LINE = Border(*[Side("thin", "D5DCE6")] * 4)
_WHITE, _GREY = Font(bold=True, color="FFFFFF"), Font(italic=True, color="5B6573")
_MIDDLE, TOP = Alignment(wrap_text=True, vertical="center"), Alignment(wrap_text=True, vertical="top")
TEXT = "@"
LISTS = "Danh mục"
MOST_ROWS = 1_048_575  # of Excel, without the headings


@dataclass
class Sheet:
    """One sheet: `wide` gives widths by column, `lists` the words to choose from; the first `marked` rows are grey.

    `remark` is said at the first of these.
    """

    title: str
    headings: Sequence[str]
    lines: Iterable[Sequence]
    needed: set[int] = field(default_factory=set)
    wide: dict[int, int] = field(default_factory=dict)
    lists: dict[int, Sequence[str]] = field(default_factory=dict)
    marked: int = 0
    remark: str = ""
    red: set[tuple[int, int]] = field(default_factory=set)
    as_text: bool = False


def book(sheets: Sequence[Sheet]) -> bytes:
    """Return the bytes of a workbook."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    words: list[Sequence[str]] = []
    lines = [iter(sheet.lines) for sheet in sheets]
    for sheet, rows in zip(sheets, lines, strict=True):
        _frame(workbook, sheet, list(islice(rows, sheet.marked)), words)
    styles = _style(workbook, None), _style(workbook, FAULT)
    if words:
        _write_words(workbook, words)
    frame = io.BytesIO()
    workbook.save(frame)
    return _filled(
        frame,
        {
            f"xl/worksheets/sheet{number}.xml": _rows(sheet, rows, *styles)
            for number, (sheet, rows) in enumerate(zip(sheets, lines, strict=True), start=1)
        },
    )


def _frame(workbook: Workbook, sheet: Sheet, examples: list[Sequence], words: list) -> None:
    """Draw headings, widths, drop-down lists and example rows."""
    drawn = workbook.create_sheet(sheet.title[:31])
    drawn.freeze_panes = "A2"
    drawn.row_dimensions[1].height = 32
    for place, heading in enumerate(sheet.headings, start=1):
        letter = get_column_letter(place)
        drawn.column_dimensions[letter].width = sheet.wide.get(place - 1) or min(max(len(heading) + 4, 10), 40)
        if sheet.as_text:
            drawn.column_dimensions[letter].number_format = TEXT
        cell = drawn.cell(1, place, heading)
        cell.fill = NEEDED if place - 1 in sheet.needed else HEAD
        cell.font, cell.alignment, cell.border = _WHITE, _MIDDLE, _LINE
    for place, chosen in sheet.lists.items():
        words.append(chosen)
        drawn.add_data_validation(_choice(place, chosen, len(words)))
    for number, line in enumerate(examples, start=2):
        for place, value in enumerate(line, start=1):
            cell = drawn.cell(number, place, value)
            cell.fill, cell.font, cell.number_format = EXAMPLE, _GREY, TEXT
    if examples and sheet.remark:
        drawn.cell(2, 1).comment = Comment(sheet.remark, "Từng Nhà", height=60, width=260)


def _choice(place: int, chosen: Sequence[str], column: int) -> DataValidation:
    """Make a drop-down list that allows other words; its own words stand on a hidden sheet."""
    letter, source = get_column_letter(place + 1), get_column_letter(column)
    rule = DataValidation("list", formula1=f"'{LISTS}'!${source}$1:${source}${len(chosen)}", showErrorMessage=False)
    rule.add(f"{letter}2:{letter}50001")
    return rule


def _write_words(workbook: Workbook, words: list[Sequence[str]]) -> None:
    drawn = workbook.create_sheet(LISTS)
    drawn.sheet_state = "hidden"
    for row in range(max(map(len, words))):
        drawn.append([chosen[row] if row < len(chosen) else None for chosen in words])


def _style(workbook: Workbook, fill: PatternFill | None) -> int:
    """Return the style number of text cells, with or without a fill."""
    cell = Cell(workbook.worksheets[0], row=1, column=1)  # of no place in the sheet
    cell.number_format = TEXT
    if fill:
        cell.fill = fill
    return cell.style_id


def _rows(sheet: Sheet, lines: Iterator[Sequence], text: int, red: int) -> Iterator[str]:
    """Yield the rows below the examples as XML; text is never a formula, numbers stay numbers."""
    letters = [get_column_letter(place) for place in range(1, len(sheet.headings) + 1)]
    for number, line in enumerate(lines, start=sheet.marked):
        at, cells = number + 2, []
        for place, value in enumerate(line):
            style = red if (number, place) in sheet.red else text
            if isinstance(value, str) and value:
                inline = f't="inlineStr"><is><t xml:space="preserve">{escape(_sound(value))}</t></is></c>'
                cells.append(f'<c r="{letters[place]}{at}" s="{style}" {inline}')
            elif isinstance(value, int | float):
                cells.append(f'<c r="{letters[place]}{at}"><v>{value}</v></c>')
            elif style == red:
                cells.append(f'<c r="{letters[place]}{at}" s="{red}"/>')
        yield f'<row r="{at}">{"".join(cells)}</row>'


_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _sound(value: str) -> str:
    """Remove characters that no .xlsx may hold."""
    return _UNSOUND.sub("", value)


def _filled(frame: io.BytesIO, rows: dict[str, Iterator[str]]) -> bytes:
    """Fill the rows into the sheets of the frame, as they come."""
    out = io.BytesIO()
    with zipfile.ZipFile(frame) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as new:
        for part in old.namelist():
            if part not in rows:
                new.writestr(part, old.read(part))
                continue
            head, end, tail = old.read(part).decode().rpartition("</sheetData>")
            with new.open(part, "w") as written:
                written.write(re.sub(r'<dimension ref="[^"]*" ?/>', "", head).encode())
                while block := "".join(islice(rows[part], 500)):
                    written.write(block.encode())
                written.write((end + tail).encode())
    return out.getvalue()
