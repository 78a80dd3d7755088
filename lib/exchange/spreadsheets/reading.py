"""Read the sheets of a file as text; a file that cannot be trusted is refused with a sentence.

Cells are text: numbers without ".0", days as YYYY-MM-DD, formulas as their values; merged cells all hold the value.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lib.core.errors import N_, Invalid, Say, Verbatim
from lib.exchange.spreadsheets import archive, cell_marks, cells, csv_text, sandbox
from lib.exchange.spreadsheets.archive import ROWS, refused

BYTES = 30_000_000
_ABOVE = 20  # titles and headings do not count as rows
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"

ENDINGS = N_("Only files that end in .xlsx, .xls or .csv can be read.")
EMPTY = N_("The file is empty; choose another file.")
LARGE = N_("The file is too large: at most {n} megabytes; split it into several files.")
MISNAMED = N_("The name ends in {ending}, but the content is something else; open it in Excel and save it as .xlsx.")
LONG = N_("The sheet “{sheet}” has more than {n} rows; split it into several files.")
HIDDEN_SHEET = N_("The sheet “{sheet}” is hidden and is not read.")
HIDDEN_ROWS = N_("Sheet “{sheet}”: hidden rows are read like the others: {rows}.")
FILTERED = N_("Sheet “{sheet}”: rows that a filter hides are read like the others: {rows}.")
HIDDEN_COLUMNS = N_("Sheet “{sheet}”: hidden columns are read like the others: {columns}.")


@dataclass
class ReadSheet:
    """One sheet: `rows[0]` is row `first` of the file. A hidden sheet has only its name.

    `hidden_rows` and `hidden_columns` count from 1 and leave out empty ones; `filtered` tells whether a filter hides
    rows. `remarks` say what was read otherwise than written.
    """

    name: str
    hidden: bool = False
    rows: list[list[str]] = field(default_factory=list)
    first: int = 1
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filtered: bool = False
    remarks: list[Say] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = Verbatim(self.name)


def read(data: bytes, name: str) -> list[ReadSheet]:
    """Read every sheet of an .xlsx, .xls or .csv file. Invalid under "file" when it cannot be read."""
    ending = "." + name.rpartition(".")[2].casefold() if "." in name else ""
    if ending not in (".xlsx", ".xls", ".csv"):
        raise refused(ENDINGS)
    if not data.strip(b"\0 \t\r\n"):
        raise refused(EMPTY)
    if len(data) > BYTES:
        raise refused(LARGE, n=BYTES // 1_000_000)
    return [
        ReadSheet(**{**sheet, "remarks": [Say(*say) for say in sheet["remarks"]]})
        for sheet in sandbox.read(data, ending)
    ]


def parsed(data: bytes, ending: str) -> list[ReadSheet]:
    """Read the sheets in this process; called by `sandboxed`."""
    _check_name(data, ending)
    try:
        sheets = [_plain(data)] if ending == ".csv" else _workbook(data, ending)
    except (cells.Heavy, MemoryError):
        raise refused(archive.HEAVY) from None
    if not any(sheet.rows for sheet in sheets):
        raise refused(EMPTY)
    return sheets


def unseen(sheet: ReadSheet) -> list[Say]:
    """Return a sentence for whatever is hidden in Excel, and the remarks on the sheet."""
    if sheet.hidden:
        return [Say(HIDDEN_SHEET, {"sheet": sheet.name})]
    remarks = list(sheet.remarks)
    if sheet.hidden_rows:
        sentence = FILTERED if sheet.filtered else HIDDEN_ROWS
        remarks.append(Say(sentence, {"sheet": sheet.name, "rows": spans(sheet.hidden_rows, str)}))
    if sheet.hidden_columns:
        named = spans(sheet.hidden_columns, cell_marks.letters)
        remarks.append(Say(HIDDEN_COLUMNS, {"sheet": sheet.name, "columns": named}))
    return remarks


def spans(places: list[int], named) -> str:
    """Write places as runs: 3, 7–12, 40; of many the first ten, and how many there are."""
    runs: list[list[int]] = []
    for place in sorted(set(places)):
        if runs and place == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], place]
        else:
            runs.append([place])
    text = ", ".join("–".join(map(named, span)) for span in runs[:10])
    return text if len(runs) <= 10 else f"{text} … ({len(places)})"


def shown(sheet: ReadSheet) -> ReadSheet:
    """Return the sheet with its hidden rows emptied; the numbers of the rows stay."""
    away = set(sheet.hidden_rows)
    rows = [[] if at in away else row for at, row in enumerate(sheet.rows, start=sheet.first)]
    return replace(sheet, rows=rows, hidden_rows=[])


def _check_name(data: bytes, ending: str) -> None:
    """Refuse a file whose first bytes do not fit its name, or that is locked."""
    if data.startswith(_OLD_EXCEL) and archive.is_locked(data):
        raise refused(archive.LOCKED)
    actual = ".xlsx" if data.startswith(_ZIP) else ".xls" if data.startswith(_OLD_EXCEL) else ".csv"
    foreign = ending == ".csv" and csv_text.is_no_text(data)
    if actual != ending or foreign:
        raise refused(MISNAMED, ending=ending)


def _workbook(data: bytes, ending: str) -> list[ReadSheet]:
    if ending == ".xlsx":
        archive.check(data)
    try:
        marks = _marks(data, ending)
        tables = cells.sheets(data, ROWS + _ABOVE, marks)
    except cells.Locked:
        raise refused(archive.LOCKED) from None
    except cells.Long as problem:
        raise refused(LONG, sheet=str(problem), n=ROWS) from None
    except cells.Broken:
        raise refused(archive.DAMAGED) from None
    return [_sheet(name, rows, marks.get(name)) for name, rows in tables.items()]


def _marks(data: bytes, ending: str) -> dict[str, cell_marks.Marks]:
    try:
        return cell_marks.of_workbook(data) if ending == ".xlsx" else cell_marks.of_old(data)
    except (LookupError, ValueError):
        raise cells.Broken from None


def _sheet(name: str, rows: list[list[str]] | None, marks: cell_marks.Marks | None) -> ReadSheet:
    sheet = ReadSheet(name, rows is None, _without_end(rows or []))
    if marks and rows:
        sheet.hidden_rows = [at for at in marks.rows if at <= len(sheet.rows) and any(sheet.rows[at - 1])]
        sheet.hidden_columns = [at for at in marks.columns if any(row[at - 1 : at] > [""] for row in sheet.rows)]
        sheet.filtered = marks.filtered
    return sheet


def _without_end(rows: list[list[str]]) -> list[list[str]]:
    """Drop the empty rows at the end."""
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _plain(data: bytes) -> ReadSheet:
    remarks: list[Say] = []
    rows = _without_end(_few(csv_text.rows(csv_text.decoded(data), remarks)))
    return ReadSheet("CSV", rows=rows, remarks=remarks)


def _few(rows: Iterable[list[str]]) -> list[list[str]]:
    few, budget = [], cells.Budget()
    for row in rows:
        few.append([cell if cell.strip() else "" for cell in row[: cells.COLUMNS]])
        budget.take(len(few[-1]), sum(map(len, few[-1])))
        if len(few) > ROWS + _ABOVE:
            raise Invalid({"file": Say(LONG, {"sheet": "CSV", "n": ROWS})})
    return few
