"""The tables of a report's own indicators and of what was put right later."""

import itertools

from lib.core import text
from lib.core.words.titles import full
from lib.exchange.letters import official
from lib.exchange.letters.letter import Group, LetterColumn, LetterTable, Row

_MANUAL = "(*) Số liệu do đơn vị nhập; các số liệu khác do hệ thống tổng hợp từ phiếu thăm hộ."


def stated(content: dict, line: dict) -> dict:
    """The line as the report stands now: `value`, `part` and `whole` put right by addenda, `mark` saying by which."""
    right = content["corrected"].get(line["code"])
    if right is None:
        return line | {"mark": ""}
    return line | right | {"comparable": right["value"], "mark": marked(right["number"])}


def marked(number: int) -> str:
    return f"(đính chính lần {number})"


def summed(line: dict) -> str:
    """ "tổng của 3/12 đơn vị" where an entered number is the sum of some of the units below only."""
    units = line.get("units")
    if units is None or len(units) == line["of"]:
        return ""
    return sum_of(len(units), line["of"])


def sum_of(n: int, of: int) -> str:
    """ "tổng của 3/12 đơn vị", whatever the units are: communes and wards stand in one sum."""
    return f"tổng của {n}/{of} đơn vị"


def change(line: dict) -> str:
    """Against the day before; of an entered number over the same units, which are named where they are not all."""
    words = official.change(line.get("comparable", line["value"]), line.get("before"), line["unit"])
    over = line.get("over")
    return f"{words}\n(cùng {over} đơn vị)" if words and over else words


def compared(content: dict) -> str:
    """With which hour a change compares."""
    at = content.get("before_at")
    return f"So với hôm trước: số liệu đến {official.moment(at)}." if at else ""


def lines(content: dict, blocks: list[dict], title: str = "") -> LetterTable:
    """Indicators by block: the day's figure, its change, and the sum so far where there is one."""
    blocks = [block | {"lines": [stated(content, line) for line in block["lines"]]} for block in blocks]
    every = [line for block in blocks for line in block["lines"]]
    changes = any(line.get("before") is not None for line in every)
    sums = any(line["cumulative"] is not None for line in every)
    columns = [LetterColumn("TT", 10, "center"), LetterColumn("Chỉ tiêu"), LetterColumn("Đơn vị tính", 22, "center")]
    columns.append(LetterColumn("Số liệu", 26, "right"))
    columns += [LetterColumn("So với\nhôm trước", 26, "right")] * changes + [LetterColumn("Lũy kế", 24, "right")] * sums
    rows: list[Row] = []
    numbers = itertools.count(1)
    for block in blocks:
        if len(blocks) > 1:
            rows.append(Group(block["name_vi"]))
        rows += [_line(next(numbers), line, changes, sums) for line in block["lines"]]
    note = [_MANUAL] * any(line.get("manual") for line in every) + [compared(content)] * changes
    note += [f"Nguồn: {source}." if (source := sources(every)) else "", _since(content, every)]
    return LetterTable(tuple(columns), rows, title=title, note=" ".join(filter(None, note)))


def _line(place: int, line: dict, changes: bool, sums: bool) -> tuple[str, ...]:
    unit = line["unit"]
    cells = [str(place), line["name_vi"] + (" (*)" if line.get("manual") else ""), unit]
    missing = official.MISSING if line.get("manual") else official.NO_ENTRIES
    figure = official.written(line["value"], unit, line.get("part"), line.get("whole"), missing=missing)
    some = summed(line)
    cells.append("\n".join(filter(None, (figure, f"({some})" if some else "", line["mark"]))))
    if changes:
        cells.append(change(line))
    if sums:
        cells.append("" if line["value"] is None or line["cumulative"] is None else cumulative(line))
    return tuple(cells)


def _since(content: dict, every: list[dict]) -> str:
    """Since when the sums are counted: those of entered numbers, and those the program knows itself."""
    sums = [bool(line.get("manual")) for line in every if line["cumulative"] is not None]
    entered, sentences = content["entered"], []
    if any(sums):
        sentences.append(f"Lũy kế của số liệu (*) tính từ ngày {official.short_date(entered['since'])}.")
    if any(line["sum"].partial for line in every if line.get("sum")):
        sentences.append("Ngày chưa đủ: số của ngày đó chưa gồm tất cả các đơn vị.")
    if not all(sums):
        first = max(entered["began"], entered["since"])
        sentences.append(f"Lũy kế của số liệu do hệ thống tổng hợp tính từ ngày {official.short_date(first)}.")
    return " ".join(sentences)


def sources(every: list[dict]) -> str:
    """Where entered numbers come from, each source once with the numbers it is of."""
    by_source: dict[str, list[str]] = {}
    for line in every:
        if line.get("manual") and line["value"] is not None and (source := text.clean(line.get("reason") or "")):
            by_source.setdefault(source.rstrip("."), []).append(line["name_vi"])
    return "; ".join(f"{source} ({', '.join(names)})" for source, names in by_source.items())


def cumulative(line: dict) -> str:
    """The sum so far, with its unit where that is another than the day's: households seen daily add up to visits.

    A day whose number was the sum of some units only is counted in it, so that it says of how many days that is so.
    """
    words, unit = official.number(line["cumulative"]), line.get("cumulative_unit") or line["unit"]
    words = words if unit == line["unit"] else f"{words} {unit}"
    partial = line["sum"].partial if line.get("sum") else 0
    return f"{words}\n({partial} ngày chưa đủ)" if partial else words


def corrections(content: dict) -> LetterTable:
    """What was reported and what it should have been, by whose addendum and why."""
    names = {area["code"]: full(area) for area in (content["area"], *content["units"])}
    columns = (LetterColumn("TT", 10, "center"), LetterColumn("Đơn vị", 30), LetterColumn("Chỉ tiêu", 34))
    columns += (LetterColumn("Đã báo cáo", 22, "right"), LetterColumn("Đính chính", 22, "right"), LetterColumn("Lý do"))
    rows = [
        (
            str(place),
            f"{names.get(correction['area'], '')}\n(lần {correction['number']})",
            correction["name_vi"],
            official.written(
                correction["was"], correction["unit"], missing=official.missing(correction.get("function", ""))
            ),
            official.written(correction["now"], correction["unit"]),
            text.clean(correction["reason"]),
        )
        for place, correction in enumerate(content["corrections"], start=1)
    ]
    return LetterTable(columns, rows)
