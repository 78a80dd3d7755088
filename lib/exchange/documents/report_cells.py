"""Figures of a report as cells of a workbook: the numbers that the document prints, as numbers."""

from decimal import ROUND_HALF_UP, Decimal

from lib.core import text
from lib.core.words import number_format
from lib.exchange.documents import report_tables as tables
from lib.exchange.documents import report_units as units
from lib.exchange.documents.appendix import WHOLE, Cell
from lib.exchange.letters.official import MISSING, NO_ENTRIES
from lib.exchange.letters.official import missing as word

PERCENT, POINTS = "0.0%", "+0.0;\u22120.0;0.0"
DIFFERENCE = "+#,##0;\u2212#,##0;0"


def figure(
    value: float | None, unit: str, part: int | None = None, whole: int | None = None, *, missing: str = NO_ENTRIES
) -> Cell:
    """A number as the document prints it: what is not known is said, a share of nothing is a dash."""
    if unit == "%" and whole == 0:
        return "–", ""
    if value is None:
        return missing, ""
    if unit != "%":
        return value, WHOLE
    return _tenths(value, part, whole) / 1000, PERCENT


def _tenths(value: float, part: int | None, whole: int | None) -> int:
    if part is None or not whole:
        part, whole = int((Decimal(str(value)) * 10**12).to_integral_value(ROUND_HALF_UP)), 10**12
        part = min(part, whole - 1) if value < 1 else part
    return number_format.tenths(part, whole)


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
        figure(value, unit, told["part"], told["whole"], missing=MISSING if told["manual"] else NO_ENTRIES),
        figure(before, unit) if before is not None else (None, ""),
        change(told.get("comparable", value), before, unit),
        (None, "") if value is None else cumulative(told["cumulative"], told),
        figure(corrected["value"], unit, corrected["part"], corrected["whole"]) if corrected else (None, ""),
        (source, ""),
    ]


def cumulative(value: int | None, told: dict) -> Cell:
    """A sum over days; its unit stands with it where that is another than the day's."""
    unit = told.get("cumulative_unit") or told["unit"]
    return value, WHOLE if unit == told["unit"] else f'{WHOLE}" {unit.replace(chr(34), "")}"'


def written(place: int, asked_text: dict) -> list[Cell]:
    """What a section asks for in words: the unit's own, then those of the units below."""
    below = [f"{', '.join(theme['units'])}: {text.clean(theme['text'])}" for theme in asked_text["below"]]
    words = "\n".join([*filter(None, [asked_text["text"]]), *below]) or MISSING
    return [(place, WHOLE), (asked_text["name_vi"], ""), *[(None, "")] * 6, (words, "")]


def entered(columns: list[dict], entries: dict[str, dict]) -> list[Cell]:
    """Of one unit: each number it entered, its change, what it has come to, and at the end where they come from."""
    cells: list[Cell] = []
    for column in columns:
        entry = entries[column["code"]]
        before, sum_ = entry["before"], entry["cumulative"]
        cells.append(figure(entry["value"], column["unit"], missing=MISSING))
        cells.append(change(entry["value"], before and before["value"], column["unit"]))
        if column["flow"]:
            cells.append(cumulative(sum_.value, column) if sum_ else (None, ""))
    lines = [{"manual": True, "name_vi": column["name_vi"], **entries[column["code"]]} for column in columns]
    return [*cells, (tables.sources(lines), "")]


def entered_total(columns: list[dict], total: dict[str, dict]) -> tuple[list[Cell], list[Cell]]:
    """The sums over the units below, and over how many of them each is."""
    cells: list[Cell] = []
    counts: list[Cell] = []
    for column in columns:
        sums = total.get(column["code"]) or {}
        for name in ("value", "change", "cumulative")[: 3 if column["flow"] else 2]:
            found = sums.get(name)
            kind = DIFFERENCE if name == "change" else cumulative(0, column)[1] if name == "cumulative" else WHOLE
            cells.append((found.value, kind) if found else (None, ""))
            counts.append((f"{found.units}/{found.of}", "") if found else (None, ""))
    return [*cells, (None, "")], [*counts, (None, "")]


def _source(entry: dict) -> str:
    source = ", ".join(filter(None, (text.clean(entry.get("reason") or ""), tables.summed(entry), _over(entry))))
    return f"Đơn vị nhập: {source}" if source else "Đơn vị nhập."


def _over(told: dict) -> str:
    """Over how many units the change is, where they are not all."""
    return f"tăng, giảm tính trên cùng {told['over']} đơn vị" if told.get("over") else ""


def values_of(unit: dict, columns: list[dict]) -> list[Cell]:
    """Each figure and its change; the word where the unit did not report."""
    values, before, cells = unit["values"], unit["before"] or {}, []
    for column in columns:
        code, kind = column["code"], column["unit"]
        missing = word(column.get("function", ""))
        cells.append(figure(values.get(code), kind, *units.parts(column, values), missing=missing))
        cells.append(change(values.get(code), before.get(code), kind))
    return cells
