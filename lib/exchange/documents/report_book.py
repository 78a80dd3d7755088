"""The appendix of a report as a workbook: its figures by block, a row a unit, and what was put right later.

The same numbers as in the document, as numbers: a share is the printed percentage, never 100 % while one is missing.
"""

import itertools
from collections.abc import Sequence

from openpyxl import Workbook

from lib.core import text
from lib.core.words.titles import full, within
from lib.exchange.documents import report_cells as cells_
from lib.exchange.documents import report_lists as lists
from lib.exchange.documents import report_units as units
from lib.exchange.documents.appendix import WHOLE, Cell, group, saved, sheet, write
from lib.exchange.letters import official

TITLE = "PHỤ LỤC SỐ LIỆU BÁO CÁO HOẠT ĐỘNG CỦA TỔ COVID CỘNG ĐỒNG"
LEVELS = {"district": "Theo cấp huyện", "commune": "Theo cấp xã"}
ENTERED = {"district": "Cấp huyện nhập", "commune": "Cấp xã nhập"}
_FIGURES = (
    ("TT", 6),
    ("Chỉ tiêu", 44),
    ("Đơn vị tính", 13),
    ("Số liệu", 15),
    ("Hôm trước", 13),
    ("Tăng, giảm", 13),
    ("Lũy kế", 13),
    ("Đính chính", 13),
    ("Nguồn, cách tính", 60),
)
_CORRECTIONS = (
    ("TT", 6),
    ("Đơn vị", 28),
    ("Lần", 7),
    ("Chỉ tiêu", 40),
    ("Đã báo cáo", 15),
    ("Đính chính", 15),
    ("Lý do", 50),
    ("Lúc", 26),
)


def book(content: dict, communes: Sequence[dict] = ()) -> bytes:
    """The workbook; `communes` are those of a province's report, told like its units."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    if content["blocks"]:
        _figures(workbook, content)
    if content["units"]:
        _units(workbook, content, units.in_order(content["units"]), total=True)
    if communes:
        _units(workbook, content, communes, total=False)
    if content["entered"]["columns"]:
        for listed, total in ((units.in_order(content["units"]), True), (communes, False)):
            if listed:
                _entered(workbook, content, listed, total=total)
    if content["corrections"]:
        _corrected(workbook, content)
    return saved(workbook)


def head(content: dict) -> list[str]:
    """Area, hour and state of the figures, version and addendum, what is missing."""
    where = full(content["area"]) + (f", {within(content['parent'])}" if content["parent"] else "")
    if not content["blocks"]:  # an extract
        where += f" (trích: {', '.join(full(unit) for unit in units.in_order(content['units']))})"
    frozen = content["frozen_at"]
    state = f", chốt lúc {official.moment(frozen)}" if frozen else " (tạm tính, chưa chốt)"
    sent = f"Bản gửi lần {content['version']}" if content["version"] else "Chưa gửi"
    lines = [where, *lists.sentences(content), f"Số liệu đến {official.moment(content['as_of'])}{state}"]
    lines.append(sent + (f"; đính chính lần {content['addendum']}" if content["addendum"] else ""))
    if content["units"]:
        lines.append(units.sent_sentence(content, "đơn vị"))
    if content.get("before_at"):
        lines.append(f"Hôm trước: số liệu đến {official.moment(content['before_at'])}")
    return lines


def _figures(workbook: Workbook, content: dict) -> None:
    """Every line of the report with yesterday's, the sum so far, and its corrections."""
    drawn = sheet(workbook, "Số liệu", TITLE, head(content), _FIGURES)
    numbers = itertools.count(1)
    for block in content["blocks"]:
        group(drawn, block["name_vi"], len(_FIGURES))
        for line in block["lines"]:
            write(drawn, cells_.line(next(numbers), line, content["corrected"].get(line["code"])))
        for line in block["texts"]:
            write(drawn, cells_.written(next(numbers), line))


def _units(workbook: Workbook, content: dict, listed: Sequence[dict], *, total: bool) -> None:
    """A row a unit: each figure and its change against the day before."""
    names = [("TT", 6), ("Đơn vị", 34), ("Tình trạng", 24)]
    for column in content["columns"]:
        points = " (điểm %)" if column["unit"] == "%" else ""
        names += [(column["name_vi"], 14), (f"Tăng, giảm{points}", 11)]
    drawn = sheet(workbook, LEVELS[listed[0]["level"]], TITLE, head(content), names)
    for place, unit in enumerate(listed, start=1):
        start: list[Cell] = [(place, WHOLE), (_named(unit), ""), (units.state(unit) if "sent" in unit else "", "")]
        write(drawn, start + cells_.values_of(unit, content["columns"]))
    if total:
        write(drawn, _total(content), bold=True)


def _named(unit: dict) -> str:
    return full(unit) + (f", {unit['parent_name']}" if "parent_name" in unit else "")


def _entered(workbook: Workbook, content: dict, listed: Sequence[dict], *, total: bool) -> None:
    """A row a unit: what it entered itself, the change, what it has come to, and where it comes from."""
    columns, names = content["entered"]["columns"], [("TT", 6), ("Đơn vị", 34)]
    since = official.short_date(content["entered"]["since"])
    for column in columns:
        names += [(units.titled(column), 14), ("Tăng, giảm", 10)]
        names += [(f"Lũy kế từ {since}", 12)] * column["flow"]
    drawn = sheet(workbook, ENTERED[listed[0]["level"]], TITLE, head(content), [*names, ("Nguồn", 60)])
    for place, unit in enumerate(listed, start=1):
        write(drawn, [(place, WHOLE), (_named(unit), ""), *cells_.entered(columns, unit["entered"])])
    if total:
        sums, counts = cells_.entered_total(columns, content["entered"]["total"])
        write(drawn, [(None, ""), ("Tổng cộng", ""), *sums], bold=True)
        write(drawn, [(None, ""), ("Tổng của số đơn vị", ""), *counts])


def _total(content: dict) -> list[Cell]:
    """The sum over all units."""
    total, before = content["total"], content["total_before"]
    cells: list[Cell] = [(None, ""), ("Tổng cộng", ""), (None, "")]
    for column in content["columns"]:
        code, kind = column["code"], column["unit"]
        cells += [
            cells_.figure(total.get(code), kind, *units.parts(column, total)),
            cells_.change(total.get(code), before.get(code), kind),
        ]
    return cells


def _corrected(workbook: Workbook, content: dict) -> None:
    """Every addendum of the unit and of those below: what was reported, what is right, and why."""
    drawn = sheet(workbook, "Đính chính", TITLE, head(content), _CORRECTIONS)
    names = {area["code"]: full(area) for area in (content["area"], *content["units"])}
    for place, line in enumerate(content["corrections"], start=1):
        missing = official.missing(line.get("function", ""))
        was, now = (cells_.figure(line[when], line["unit"], missing=missing) for when in ("was", "now"))
        write(
            drawn,
            [
                (place, WHOLE),
                (names.get(line["area"], ""), ""),
                (line["number"], WHOLE),
                (line["name_vi"], ""),
                was,
                now,
                (text.clean(line["reason"]), ""),
                (official.moment(line["at"]), ""),
            ],
        )
