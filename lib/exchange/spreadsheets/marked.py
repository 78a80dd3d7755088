"""Mark the faults in a copy of a file: red cells, a sentence at the end of each row. Runs in the sandbox."""

import io

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from lib.exchange.spreadsheets.workbook_writer import FAULT, TOP


def marked(data: bytes, sheets: list[dict], heading: str) -> bytes:
    """Return the workbook with its faults. Each of `sheets` is `{name, head, width, rows}`: the row of the headings,
    the number of columns, and `{number, columns, said}` of each faulty row, columns from 1."""
    workbook = load_workbook(io.BytesIO(data))
    for sheet in sheets:
        drawn = workbook[sheet["name"]] if sheet["name"] in workbook.sheetnames else workbook.worksheets[0]
        last = max(drawn.max_column, sheet["width"]) + 1
        drawn.cell(sheet["head"], last, heading).fill = FAULT
        drawn.column_dimensions[get_column_letter(last)].width = 60
        for row in sheet["rows"]:
            for column in row["columns"]:
                drawn.cell(row["number"], column).fill = FAULT
            cell = drawn.cell(row["number"], last, row["said"])
            cell.fill, cell.alignment = FAULT, TOP
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()
