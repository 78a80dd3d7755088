"""The form of the report as an Excel file: taken out, edited there, and read again as an edit that is not saved yet.

A row keeps its code; a row without one is new. What is not in the file stays as it is.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import text
from lib.core.access import User
from lib.core.audit import act
from lib.core.errors import N_, Invalid, Say
from lib.exchange.columns.cell_values import without_value
from lib.exchange.lists.export import KIND
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.reading import ReadSheet
from lib.exchange.spreadsheets.workbook_writer import Sheet, book
from lib.oversight.report_template.indicators import MANUAL, NUMBER, PARTS, TEXT

TITLES = {"lines": ("Chỉ tiêu", "Indicators"), "sections": ("Mục", "Sections")}
_LINES = {
    "code": ("Mã", "Code", 18),
    "block": ("Mục", "Section", 26),
    "name_vi": ("Tên tiếng Việt", "Vietnamese name", 40),
    "name_en": ("Tên tiếng Anh", "English name", 34),
    "kind": ("Loại", "Kind", 10),
    "unit": ("Đơn vị tính", "Unit of measure", 13),
    "shown": ("Hiển thị", "Shown", 10),
    "in_table": ("Trong bảng theo đơn vị", "In the table by unit", 14),
    "flow": ("Cộng dồn theo ngày", "Adds up over days", 14),
    "summed": ("Cộng các đơn vị cấp dưới", "Added up from the units below", 14),
    "source": ("Ghi nguồn", "Source required", 10),
    "required": ("Bắt buộc", "Required", 10),
    "formula_vi": ("Cách tính tiếng Việt", "Formula in Vietnamese", 50),
    "formula_en": ("Cách tính tiếng Anh", "Formula in English", 50),
}
_SECTIONS = {
    "code": ("Mã", "Code", 12),
    "part": ("Phần", "Part", 8),
    "name_vi": ("Tên tiếng Việt", "Vietnamese name", 40),
    "name_en": ("Tên tiếng Anh", "English name", 40),
    "shown": ("Hiển thị", "Shown", 10),
}
_TICKS = ("shown", "in_table", "flow", "summed", "source", "required")
_YES, _NO = ("có", "yes", "x", "1"), ("không", "no", "0", "")
_KINDS = {"số": NUMBER, "number": NUMBER, "chữ": TEXT, "text": TEXT}
_WORDS = {"kind": {NUMBER: ("số", "number"), TEXT: ("chữ", "text")}, "yes": ("có", "yes"), "no": ("không", "no")}


def take(db: Database, user: User, lines: list[dict], sections: list[dict], *, now: datetime, language: str) -> bytes:
    """The form as it stands on the screen; the log says who took it."""
    with act(db, user, "report.template", now=now, kind=KIND) as deed:
        deed.subject = "Biểu mẫu báo cáo"
    return written(lines, sections, language)


def written(lines: list[dict], sections: list[dict], language: str = "vi") -> bytes:
    names = {section["code"]: section["name_vi"] for section in sections}
    told = [line | {"block": names[line["block"]]} for line in lines]
    return book([_sheet("lines", _LINES, told, language), _sheet("sections", _SECTIONS, sections, language)])


def _sheet(which: str, columns: dict[str, tuple], rows: list[dict], language: str) -> Sheet:
    at = language == "en"
    yes_no, kinds = (_WORDS["yes"][at], _WORDS["no"][at]), [words[at] for words in _WORDS["kind"].values()]
    places = {name: place for place, name in enumerate(columns)}
    return Sheet(
        TITLES[which][at],
        [words[at] for words in columns.values()],
        [[_cell(name, row, at) for name in columns] for row in rows],
        wide={place: words[2] for place, words in enumerate(columns.values())},
        lists={places[name]: yes_no for name in _TICKS if name in places}
        | ({places["kind"]: kinds} if "kind" in places else {}),
        as_text=True,
    )


def _cell(name: str, row: dict, at: bool) -> str:
    if name in _TICKS:
        return _WORDS["yes" if row[name] else "no"][at]
    if name == "kind":
        return _WORDS["kind"][row[name]][at]
    return "" if name == "code" and row[name].startswith("new") else row[name]


# Reading


def read(data: bytes, name: str, lines: list[dict], sections: list[dict]) -> tuple[list[dict], list[dict]]:
    """Lines and sections as the file has them, new ones without a code and in their section by its name.

    Invalid with a sentence for each row at fault, "file" for the file as a whole; then nothing is taken.
    """
    sheets = reading.read(data, name)
    found = {which: _found(sheets, which) for which in TITLES}
    if found["lines"] is None:
        raise Invalid(
            {
                "file": Say(
                    N_("There is no sheet “{sheet}” in the file; export the form and edit that."),
                    {"sheet": TITLES["lines"][0]},
                )
            }
        )
    faults: dict[str, Say] = {}
    parts = sections
    if found["sections"] is not None:
        parts = _read(found["sections"], _SECTIONS, {one["code"]: one for one in sections}, _section, faults)
        told = {one["code"] for one in parts}
        parts += [one for one in sections if one["code"] not in told]
    known = {one["code"]: one for one in lines}
    new = _read(found["lines"], _LINES, known, _line, faults)
    _place(new, known, parts, faults)
    if faults:
        raise Invalid(faults)
    return new, parts


def _found(sheets: list[ReadSheet], which: str) -> ReadSheet | None:
    names = [text.fold(name) for name in TITLES[which]]
    return next((sheet for sheet in sheets if text.fold(sheet.name) in names and sheet.rows), None)


def _read(sheet: ReadSheet, columns: dict[str, tuple], known: dict[str, dict], made, faults: dict) -> list[dict]:
    """A row each as `made` reads it, where its code is known or empty and comes once."""
    heads = {text.fold(word): name for name, words in columns.items() for word in words[:2]}
    at = {heads[text.fold(cell)]: place for place, cell in enumerate(sheet.rows[0]) if text.fold(cell) in heads}
    if not {"code", "name_vi"} <= set(at):
        wrong = N_("The headings of the sheet “{sheet}” do not match the form; export the form again.")
        raise Invalid({"file": Say(wrong, {"sheet": sheet.name})})
    new, seen = [], set()
    for number, row in enumerate(sheet.rows[1:], start=sheet.first + 1):
        cells = {name: text.clean(row[place]) if place < len(row) else "" for name, place in at.items()}
        if not any(cells.values()):
            continue
        if said := next((cell for cell in row if without_value(cell)), None):
            faults[f"{sheet.name} {number}"] = Say(
                N_("Row {row}: a cell contains “{said}” instead of a value; correct it in Excel."),
                {"row": number, "said": text.clean(said)[:60]},
            )
            continue
        code = cells["code"]
        if code and (code not in known or code in seen):
            faults[f"{sheet.name} {number}"] = Say(
                N_(
                    "Row {row}: the code “{code}” is not in this form, or appears twice; leave the code empty for "
                    "a new indicator."
                ),
                {"row": number, "code": code},
            )
            continue
        seen.add(code)
        new.append(made(cells, known.get(code), number, faults))
    return new


def _section(cells: dict[str, str], before: dict | None, row: int, faults: dict[str, Say]) -> dict:
    new = {"code": "", "part": "", "name_vi": "", "name_en": "", "shown": 1, **(before or {})}
    new |= {name: cells[name] for name in ("part", "name_vi", "name_en") if name in cells}
    if new["part"] not in PARTS:
        faults[f"part {row}"] = Say(N_("Row {row}: the part must be I, II or III."), {"row": row})
    return new | _ticks(cells, ("shown",), row, faults)


def _line(cells: dict[str, str], before: dict | None, row: int, faults: dict[str, Say]) -> dict:
    fresh = {
        "code": "",
        "block": "",
        "function": MANUAL,
        "kind": NUMBER,
        "unit": "",
        "shown": 1,
        "cumulative_unit": "",
        **dict.fromkeys(("name_vi", "name_en", "formula_vi", "formula_en"), ""),
        **dict.fromkeys(("in_table", "flow", "summed", "source", "required"), 0),
    }
    new = fresh | (before or {})
    new |= {name: cells[name] for name in ("block", "name_vi", "name_en", "formula_vi", "formula_en") if name in cells}
    if before is None:
        kind = _KINDS.get(cells.get("kind", "").casefold() or "số")
        new |= {"kind": kind or NUMBER, "unit": cells.get("unit", ""), **_ticks(cells, ("flow",), row, faults)}
        if kind is None:
            faults[f"kind {row}"] = Say(N_("Row {row}: the kind must be “số” or “chữ”."), {"row": row})
    elif before["function"] == MANUAL and "unit" in cells:
        new["unit"] = cells["unit"]
    return new | _ticks(cells, tuple(name for name in _TICKS if name != "flow"), row, faults)


def _ticks(cells: dict[str, str], names: tuple[str, ...], row: int, faults: dict[str, Say]) -> dict[str, int]:
    told = {}
    for name in names:
        word = cells.get(name, "").casefold()
        if name in cells and word in (*_YES, *_NO):
            told[name] = int(word in _YES)
        elif name in cells:
            faults[f"{name} {row}"] = Say(
                N_("Row {row}: write “có” or “không” instead of “{word}”."), {"row": row, "word": cells[name]}
            )
    return told


def _place(new: list[dict], known: dict[str, dict], parts: list[dict], faults: dict[str, Say]) -> None:
    """Each line into its section, which is named in the file; a new section has no code yet and is meant by name."""
    codes = {text.fold(part["name_vi"]): part["code"] or part["name_vi"] for part in parts}
    codes |= {text.fold(part["code"]): part["code"] for part in parts if part["code"]}
    for line in new:
        wanted = text.fold(line["block"])
        if wanted not in codes:
            faults[f"block {line['name_vi']}"] = Say(
                N_("“{name}”: there is no section “{section}”; add it to the sheet of sections."),
                {"name": line["name_vi"], "section": line["block"]},
            )
        line["block"] = codes.get(wanted, line["block"])
