"""Figures of a report as cells of a workbook: the numbers that the document prints, as numbers."""

from decimal import ROUND_HALF_UP, Decimal

from lib.core import numerals, text
from lib.exchange import report_units as units
from lib.exchange.appendix import WHOLE, Cell
from lib.exchange.letters import official

PERCENT, POINTS = "0.0%", "+0.0;\u22120.0;0.0"
DIFFERENCE = "+#,##0;\u2212#,##0;0"


def figure(value: float | None, unit: str, part: int | None = None, whole: int | None = None) -> Cell:
    """A number as the document prints it: what nobody reported is said, a share of nothing is a dash."""
    if unit == "%" and whole == 0:
        return "–", ""
    if value is None:
        return official.MISSING, ""
    if unit != "%":
        return value, WHOLE
    return _tenths(value, part, whole) / 1000, PERCENT


def _tenths(value: float, part: int | None, whole: int | None) -> int:
    if part is None or not whole:
        part, whole = int((Decimal(str(value)) * 10**12).to_integral_value(ROUND_HALF_UP)), 10**12
        part = min(part, whole - 1) if value < 1 else part
    return numerals.tenths(part, whole)


def change(now: float | None, before: float | None, unit: str) -> Cell:
    """Of shares in percentage points."""
    if now is None or before is None:
        return None, ""
    if unit != "%":
        return now - before, DIFFERENCE
    tenths = [int((Decimal(str(share)) * 1000).to_integral_value(ROUND_HALF_UP)) for share in (now, before)]
    return (tenths[0] - tenths[1]) / 10, POINTS


def line(place: int, told: dict, corrected: dict | None) -> list[Cell]:
    """One indicator: the figure, yesterday's, the change, the sum so far, its correction, where it comes from."""
    unit, value, before = told["unit"], told["value"], told["before"]
    source = told["formula_vi"] if not told["manual"] else _source(told)
    return [
        (place, WHOLE),
        (told["name_vi"], ""),
        (unit, ""),
        figure(value, unit, told["part"], told["whole"]),
        figure(before, unit) if before is not None else (None, ""),
        change(value, before, unit),
        (None, "") if value is None else (told["cumulative"], WHOLE),
        figure(corrected["now"], unit) if corrected else (None, ""),
        (source, ""),
    ]


def _source(told: dict) -> str:
    said = text.clean(told.get("reason") or "")
    return f"Đơn vị nhập: {said}" if said else "Đơn vị nhập."


def state(unit: dict) -> str:
    """Whether its report came, and when."""
    if units.amiss(unit):
        return units.state(unit)
    return "đã gửi đúng hạn" if unit["state"] == "on_time" else "có số liệu"


def values_of(unit: dict, columns: list[dict]) -> list[Cell]:
    """Each figure and its change; the word where the unit did not report."""
    values, before, cells = unit["values"], unit["before"] or {}, []
    for column in columns:
        code, kind = column["code"], column["unit"]
        cells.append(figure(values.get(code), kind, *units.parts(column, values)))
        cells.append(change(values.get(code), before.get(code), kind))
    return cells
