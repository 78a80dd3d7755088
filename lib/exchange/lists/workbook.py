"""Excel files of the lists: the empty form, the list as it stands, and a file's refused rows sent back.

What is written is what is read: the same columns, the same words, codes in front.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.errors import N_, Conflict, Say
from lib.core.words import place_words
from lib.core.words.place_words import PlaceWords
from lib.exchange.columns.column import Column
from lib.exchange.columns.kinds import KINDS
from lib.exchange.columns.recognised_table import Table
from lib.exchange.lists.export import KIND
from lib.exchange.lists.place_lookup import Places
from lib.exchange.lists.plan import ROWS, ImportPlan
from lib.exchange.lists.row import FileRow
from lib.exchange.spreadsheets import sandbox
from lib.exchange.spreadsheets.workbook_writer import MOST_ROWS, Sheet, book

TITLES = {
    "hamlets": ("Ấp, khu phố", "Hamlets"),
    "teams": ("Tổ Covid cộng đồng", "Teams"),
    "households": ("Hộ gia đình", "Households"),
    "persons": ("Nhân khẩu", "Persons"),
    "assignments": ("Phân công hộ", "Assignments"),
    "expected": ("Số hộ dự kiến", "Expected households"),
}
SHEETS = {"households": ("households", "persons")}  # a file of households has its people on a second sheet
_WIDE = {
    "head_name": 26,
    "full_name": 26,
    "member": 26,
    "name": 40,
    "team": 40,
    "house_number": 30,
    "hamlet_code": 20,
    "note": 30,
    "district": 24,
    "source": 36,
    "vulnerabilities": 28,
    "exposures": 24,
    "categories": 28,
    "equipment": 28,
}


_EXAMPLE = ("Dòng ví dụ: được bỏ qua khi nạp tệp.", "An example: this row is skipped when the file is loaded.")


def sheets_of(kind: str) -> tuple[str, ...]:
    """The lists that a file of this kind holds, one a sheet."""
    return SHEETS.get(kind, (kind,))


def template(kind: str, language: str = "vi", place: PlaceWords | None = None) -> bytes:
    """The empty form with one example row, which loading skips; in the words of a place."""
    return book([_form(part, language, place) for part in sheets_of(kind)])


def _form(kind: str, language: str, place: PlaceWords | None) -> Sheet:
    columns = KINDS[kind]
    examples = [place.put(column.example) if place else column.example for column in columns]
    form = _sheet(kind, language, columns, [[example or None for example in examples]], place)
    return replace(form, marked=1, remark=_EXAMPLE[language == "en"])


def export(db: Database, user: User, kind: str, area: str, *, now: datetime, language: str = "vi") -> bytes:
    """The list of an area as it stands; the log says who took it. NotFound for a stranger."""
    require(access.holds_area(db, user, area) or None, N_("There is no such unit in your area; choose another."))
    access.check(user, "sheet.export")
    sheets = [_list(db, user, part, area, language, clock.day_of(now)) for part in sheets_of(kind)]
    # Reading and writing a long list takes seconds, so the store is not held for it.
    with act(db, user, "sheet.export", now=now, kind=KIND) as deed:
        deed.area = area[:5]
        deed.subject = TITLES[kind][0]
        deed.detail = {"rows_taken": sum(len(sheet.lines) for sheet in sheets)}
    return book(sheets)


def _list(db: Database, user: User, kind: str, area: str, language: str, day: str) -> Sheet:
    # Identity numbers leave the register only with those who keep it.
    hidden = () if user.can("list.import") else ("id_number", "member.id_number")
    words = place_words.of(db, area)
    columns, places = [column for column in KINDS[kind] if column.key not in hidden], Places(db, area)
    lines = [
        [_cell(column, _named(places, column.key, line.get(column.key)), language, words) for column in columns]
        for line in ROWS[kind].listed(db, area, day=day)
    ]
    if len(lines) > MOST_ROWS:
        raise Conflict(N_("This list is longer than an Excel sheet; export it for one district or commune at a time."))
    return _sheet(kind, language, columns, lines, words)


def _named(places: Places, key: str, value):
    """Hamlets by their name with its word; by code where the name alone would not be found again."""
    return places.written(value) if key == "hamlet_code" and value else value


def _cell(column: Column, value, language: str, place: PlaceWords | None = None) -> str | int | None:
    """Numbers as numbers, but for those whose zeros count, which are text."""
    if value is None or value == []:
        return None
    flag = column.written(value, language, place)
    return value if isinstance(value, int) and flag == str(value) else flag


def _sheet(kind: str, language: str, columns: Sequence[Column], lines: list[list], place: PlaceWords | None) -> Sheet:
    title = TITLES[kind][language == "en"]
    return Sheet(
        place.put(title) if place else title,
        [column.heading(language, place) for column in columns],
        lines,
        needed={place for place, column in enumerate(columns) if column.required},
        wide={place: width for place, column in enumerate(columns) if (width := _WIDE.get(_bare(column.key)))},
        lists={at: column.words(language, place) for at, column in enumerate(columns) if column.choices},
        as_text=True,
    )


def _bare(key: str) -> str:
    return key.rpartition(".")[2]


def refused(plan: ImportPlan, data: bytes, told: Callable[[Say], str], *, heading: str) -> bytes:
    """The file as it came, each cell at fault red and a sentence at the end of its row.

    A file that is no .xlsx comes back as one, with the refused rows alone.
    """
    sheets = _of_each_sheet([_at_fault(plan, table, told) for table in plan.parts])
    made = sandbox.mark(data, sheets, heading) if data.startswith(b"PK") else None
    return made or _rewritten(plan, told, heading)


def _at_fault(plan: ImportPlan, table: Table, told: Callable[[Say], str]) -> dict:
    """A sheet as `marked.marked` takes it; a fault of no column of the file stands at its last known one."""
    last = max(table.columns.values(), default=0)
    rows = [
        {
            "number": row.number,
            "said": _sentences(row, told),
            "columns": sorted({table.columns.get(key, last) + 1 for key in row.faults}),
        }
        for row in plan.rows
        if _is_of(row, table) and row.state == "refused"
    ]
    head = table.head.at + table.head.high if table.head else 1
    return {"name": table.sheet, "head": head, "width": last + 1, "rows": rows}


def _of_each_sheet(found: list[dict]) -> list[dict]:
    """Households and persons of one sheet together, a sentence for each row."""
    sheets: dict[str, dict] = {}
    for sheet in found:
        known = sheets.setdefault(sheet["name"], {**sheet, "rows": []})
        rows = {row["number"]: row for row in known["rows"]}
        for row in sheet["rows"]:
            other = rows.get(row["number"], {"columns": [], "said": ""})
            said = "\n".join(dict.fromkeys(filter(None, [*other["said"].split("\n"), *row["said"].split("\n")])))
            columns = sorted({*other["columns"], *row["columns"]})
            rows[row["number"]] = {"number": row["number"], "said": said, "columns": columns}
        known |= {"rows": list(rows.values()), "width": max(known["width"], sheet["width"])}
    return list(sheets.values())


def _is_of(row: FileRow, table: Table) -> bool:
    return row.sheet == table.kind and row.page in ("", table.sheet)


def _sentences(row: FileRow, told: Callable[[Say], str]) -> str:
    return "\n".join(dict.fromkeys(told(say) for say in row.faults.values()))


def _rewritten(plan: ImportPlan, told: Callable[[Say], str], heading: str) -> bytes:
    """The refused rows by the columns of the form, as they were typed."""
    sheets = []
    for table in plan.parts:
        columns = [column for column in KINDS[table.kind] if column.key in table.columns]
        lines = {line.number: line for line in table.rows}
        bad = [row for row in plan.rows if _is_of(row, table) and row.state == "refused"]
        cells = [
            [_cell(column, lines[row.number].values.get(column.key), "vi") for column in columns]
            + [_sentences(row, told)]
            for row in bad
        ]
        red = {
            (at, place)
            for at, row in enumerate(bad)
            for place, column in enumerate(columns)
            if column.key in row.faults
        }
        headings = [*(column.heading("vi") for column in columns), heading]
        title = table.sheet if plan.several(table.kind) else TITLES[table.kind][0]
        sheets.append(Sheet(title, headings, cells, wide={len(columns): 60}, red=red, as_text=True))
    return book(sheets)
