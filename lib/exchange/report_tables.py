"""The tables of a report's own indicators and of what was put right later."""

import itertools

from lib.core import text
from lib.exchange.letters import official
from lib.exchange.letters.letter import Column, Group, Row, Table

BLOCKS = {
    "I": "Lãnh đạo, chỉ đạo",
    "II.1": "Tổ Covid cộng đồng",
    "II.2": "Kết quả thăm hộ",
    "II.3": "Tuyên truyền, vận động",
    "III.1": "Phát hiện",
    "III.2": "Tình hình dịch tễ",
    "III.3": "Hỗ trợ người dân",
}
_MANUAL = "(*) Số liệu do đơn vị nhập; các số liệu khác do hệ thống tổng hợp từ phiếu thăm hộ."


def full(area: dict) -> str:
    """ "Huyện Gò Dầu"."""
    return f"{area['kind']} {area['name']}"


def lower(area: dict) -> str:
    """ "huyện Gò Dầu", in the middle of a sentence."""
    return f"{area['kind'].lower()} {area['name']}"


def lines(blocks: list[dict], title: str = "") -> Table:
    """Indicators by block: the day's figure, its change, and the sum so far where there is one."""
    every = [line for block in blocks for line in block["lines"]]
    changes = any(line.get("before") is not None for line in every)
    sums = any(line["cumulative"] is not None for line in every)
    columns = [Column("TT", 10, "center"), Column("Chỉ tiêu"), Column("Đơn vị tính", 22, "center")]
    columns.append(Column("Số liệu", 26, "right"))
    columns += [Column("So với\nhôm trước", 26, "right")] * changes + [Column("Lũy kế", 24, "right")] * sums
    rows: list[Row] = []
    places = itertools.count(1)
    for block in blocks:
        if len(blocks) > 1:
            rows.append(Group(BLOCKS[block["code"]]))
        rows += [_line(next(places), line, changes, sums) for line in block["lines"]]
    note = _MANUAL if any(line.get("manual") for line in every) else ""
    return Table(tuple(columns), rows, title=title, note=note)


def _line(place: int, line: dict, changes: bool, sums: bool) -> tuple[str, ...]:
    unit = line["unit"]
    told = [str(place), line["name_vi"] + (" (*)" if line.get("manual") else ""), unit]
    told.append(official.written(line["value"], unit, line.get("part"), line.get("whole")))
    if changes:
        told.append(official.change(line["value"], line.get("before"), unit))
    if sums:
        told.append("" if line["value"] is None or line["cumulative"] is None else official.number(line["cumulative"]))
    return tuple(told)


def corrections(content: dict) -> Table:
    """What was reported and what it should have been, by whose addendum and why."""
    names = {area["code"]: full(area) for area in (content["area"], *content["units"])}
    columns = (Column("TT", 10, "center"), Column("Đơn vị", 30), Column("Chỉ tiêu", 34))
    columns += (Column("Đã báo cáo", 22, "right"), Column("Đính chính", 22, "right"), Column("Lý do"))
    rows = [
        (
            str(place),
            f"{names.get(found['area'], '')}\n(lần {found['number']})",
            found["name_vi"],
            official.written(found["was"], found["unit"]),
            official.written(found["now"], found["unit"]),
            text.clean(found["reason"]),
        )
        for place, found in enumerate(content["corrections"], start=1)
    ]
    return Table(columns, rows)
