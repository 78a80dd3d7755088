"""What a report says of the units below: their table with its total, the chart, and whose report is late or missing."""

from collections.abc import Callable

from lib.core import text
from lib.core.words import phone
from lib.core.words.titles import full
from lib.exchange.documents.report_lists import complete, unlisted
from lib.exchange.documents.report_tables import compared, cumulative, marked
from lib.exchange.letters import official
from lib.exchange.letters.letter import Bars, ChartBar, LetterColumn, LetterTable
from lib.oversight.reports.entered_days import Together

NO_LISTS = "chưa có danh sách"  # of households: expected, missing, never nought
MANY = 11  # columns beside which the names of units take less room
PARTS = {"coverage": ("seen", "due"), "reach": ("seen", "households")}  # what the shares are sums of


def in_order(units: list[dict]) -> list[dict]:
    """By the Vietnamese alphabet of the proper names."""
    return sorted(units, key=lambda unit: text.sort_key(unit["name"]))


def sent(content: dict) -> str:
    """ "7/9 đơn vị đã gửi" for the heading; nothing where no units report to this one."""
    return f"{content['sent_units']}/{content['asked_units']} đơn vị đã gửi" if content["units"] else ""


def sent_sentence(content: dict, word: str) -> str:
    """How many units sent their reports and how many entered visits; counted figures cover all of them."""
    of = content["asked_units"]
    sentence = f"{content['sent_units']}/{of} {word} đã gửi báo cáo; "
    sentence += f"{content['reported_units']}/{of} {word} có số liệu thăm hộ."
    if content["sent_units"] < of:
        sentence += " Số liệu do hệ thống tổng hợp gồm tất cả các đơn vị, kể cả đơn vị chưa gửi báo cáo."
    if content["reported_units"] < of:
        sentence += " Đơn vị chưa có số liệu vẫn tính trong tổng số hộ và số hộ phải thăm."
    if not complete(content):
        sentence += " Số hộ chưa lập danh sách chưa được tính."
    return sentence


def table(content: dict, title: str = "") -> LetterTable:
    """A row a unit, its change against the day before under each figure, and the total."""
    columns = content["columns"]
    shown = [LetterColumn("TT", 8, "center"), LetterColumn("Đơn vị", 43)]
    shown += [LetterColumn(column["name_vi"], 0, "right") for column in columns]
    rows = [_unit(place, unit, content) for place, unit in enumerate(in_order(content["units"]), start=1)]
    totals = [("", "Tổng cộng", *(_total(column, content) for column in columns))]
    totals += [row for row in (_changes(content), _sums(content)) if any(row[2:])]
    changed = any("(" in cell for row in rows for cell in row[2:])
    note = f"Trong ngoặc là tăng, giảm so với hôm trước. {compared(content)}".strip() if changed else ""
    return LetterTable(tuple(shown), rows, tuple(totals), title, note, small=True)


def _total(column: dict, content: dict) -> str:
    """A dash where nothing is known; the rows above say so. What an addendum put right is marked."""
    total = content["total"]
    if right := content["corrected"].get(column["code"]):
        figure = official.written(right["value"], column["unit"], right["part"], right["whole"])
        return f"{figure}\n{marked(right['number'])}"
    if total.get(column["code"]) is None:
        return "–"
    return official.written(total.get(column["code"]), column["unit"], *parts(column, total))


def _changes(content: dict) -> tuple[str, ...]:
    """The total against that of the same units on the day before."""
    right = {code: cells["value"] for code, cells in content["corrected"].items()}
    now, before = content["total"] | right, content["total_before"]
    cells = ["", "So với hôm trước"]
    for column in content["columns"]:
        code, kind = column["code"], column["unit"]
        cells.append(official.change(now.get(code), before.get(code), kind).removesuffix(" điểm"))
    return tuple(cells)


def _sums(content: dict) -> tuple[str, ...]:
    """What has come together so far, for the figures that add up over days."""
    lines = [line for block in content["blocks"] for line in block["lines"] if line["value"] is not None]
    totals = {line["code"]: cumulative(line) for line in lines if line["cumulative"] is not None}
    return ("", "Lũy kế", *(totals.get(column["code"], "") for column in content["columns"]))


def entered(content: dict, title: str = "") -> LetterTable:
    """A row a unit with what it entered itself; a sum says of how many units it is where not of all."""
    columns, total = content["entered"]["columns"], content["entered"]["total"]
    shown = [LetterColumn("TT", 8, "center"), LetterColumn("Đơn vị", 43 if len(columns) < MANY else 32)]
    shown += [LetterColumn(titled(column), 0, "right") for column in columns]
    rows = [_entered(place, unit, content) for place, unit in enumerate(in_order(content["units"]), start=1)]
    sums = _entered_sums(columns, total)
    partial = any(
        sum_of_units and sum_of_units.partial for sums_of in total.values() for sum_of_units in sums_of.values()
    )
    notes = ["Ở dòng của đơn vị, trong ngoặc là tăng, giảm so với hôm trước."] * any(
        "(" in cell for row in rows for cell in row[2:]
    )
    notes += ["Ở các dòng tổng, trong ngoặc là số đơn vị đã nhập trên tổng số đơn vị."] * partial
    notes += [f"Lũy kế tính từ ngày {official.short_date(content['entered']['since'])}."] * any(sums[2][2:])
    rows_kept = [sums[0], *(row for row in sums[1:] if any(row[2:]))]
    return LetterTable(tuple(shown), rows, tuple(rows_kept), title, " ".join(notes), small=True)


def titled(column: dict) -> str:
    """ "F1 đang quản lý (người)"; without the unit where the name has it already."""
    name, unit = column["name_vi"], column["unit"]
    has = f" {unit} ".casefold() in f" {name} ".casefold()
    return name if has else f"{name} ({unit})"


def _entered(place: int, unit: dict, content: dict) -> tuple[str, ...]:
    """What a unit did not enter is said in its first such cell; the others have a dash."""
    right = {line["code"]: line["now"] for line in content["corrections"] if line["area"] == unit["code"]}
    cells: list[str] = []
    for column in content["entered"]["columns"]:
        entry = unit["entered"][column["code"]]
        change = official.change(entry["value"], entry["before"] and entry["before"]["value"])
        figure = official.written(entry["value"], column["unit"], missing=official.MISSING)
        figure = "–" if entry["value"] is None and official.MISSING in cells else figure
        put_right = f"(đính chính: {official.number(right[column['code']])})" if column["code"] in right else ""
        cells.append("\n".join(filter(None, (figure, f"({change})" if change else "", put_right))))
    return (str(place), full(unit), *cells)


def _entered_sums(columns: list[dict], total: dict[str, dict]) -> list[tuple[str, ...]]:
    """The day's, how they moved, and what they have come to; a number not added up over units has a dash."""
    columns_summed = [(column, total.get(column["code"], {})) for column in columns]
    return [
        ("", "Tổng cộng", *(_of(sums_of.get("value"), official.number) or "–" for _column, sums_of in columns_summed)),
        (
            "",
            "So với hôm trước",
            *(_of(sums_of.get("change"), lambda n: official.change(n, 0)) for _column, sums_of in columns_summed),
        ),
        ("", "Lũy kế", *(_of(sums_of.get("cumulative"), _cumulative(column)) for column, sums_of in columns_summed)),
    ]


def _cumulative(column: dict) -> Callable[[int], str]:
    return lambda n: cumulative(column | {"cumulative": n})


def _of(total: Together | None, words: Callable[[int], str]) -> str:
    """A sum, and of how many units it is where not of all."""
    if total is None:
        return ""
    return f"{words(total.value)}\n({total.units}/{total.of})" if total.partial else words(total.value)


def parts(column: dict, values: dict) -> tuple[int | None, int | None]:
    """Numerator and denominator of a share, where the table has them."""
    names = PARTS.get(column["code"], (column.get("part"), column.get("whole")))
    return tuple(values.get(name) for name in names) if column["unit"] == "%" else (None, None)


def _unit(place: int, unit: dict, content: dict) -> tuple[str, ...]:
    """What is missing is said once; the other cells have a dash. What the unit put right stands beside its figure."""
    values, before = unit["values"], unit.get("before") or {}
    right = {line["code"]: line["now"] for line in content["corrections"] if line["area"] == unit["code"]}
    cells: list[str] = []
    for column in content["columns"]:
        code, kind = column["code"], column["unit"]
        change = official.change(values.get(code), before.get(code), kind).removesuffix(" điểm")
        missing = NO_LISTS if unlisted(unit) else official.missing(column.get("function", ""))
        figure = official.written(values.get(code), kind, *parts(column, values), missing=missing)
        figure = "–" if values.get(code) is None and missing in cells else figure
        put_right = f"(đính chính: {official.written(right[code], kind)})" if code in right else ""
        cells.append("\n".join(filter(None, (figure, f"({change})" if change else "", put_right))))
    return (str(place), full(unit), *cells)


def chart(content: dict, code: str = "coverage") -> Bars | None:
    """Coverage of each unit; a unit without entries has no bar."""
    column = next((column for column in content["columns"] if column["code"] == code), None)
    if column is None or not content["reported_units"]:
        return None
    bars = []
    for unit in in_order(content["units"]):
        value = unit["values"].get(code) if unit["reported"] else None
        label = official.share(value, *parts(column, unit["values"])) if unit["reported"] else _lacking(unit)
        bars.append(ChartBar(full(unit), value, label))
    return Bars(f"Biểu đồ: {column['name_vi']} theo đơn vị", tuple(bars))


def _lacking(unit: dict) -> str:
    return NO_LISTS if unlisted(unit) else official.NO_ENTRIES


def late(content: dict) -> LetterTable | None:
    """Units whose report came late or does not stand, and who answers for them."""
    amiss_units = [unit for unit in in_order(content["units"]) if amiss(unit)]
    if not amiss_units:
        return None
    columns = (
        LetterColumn("TT", 10, "center"),
        LetterColumn("Đơn vị", 40),
        LetterColumn("Tình trạng", 36),
        LetterColumn("Người chịu trách nhiệm báo cáo"),
    )
    rows = [
        (str(place), full(unit), state(unit), _officer(unit.get("officer")))
        for place, unit in enumerate(amiss_units, start=1)
    ]
    return LetterTable(columns, rows, title="Đơn vị báo cáo trễ, chưa báo cáo")


def amiss(unit: dict) -> bool:
    """Whether its report came late, was returned or recalled, or did not come; or there are no lists to report on."""
    return unlisted(unit) or not unit["sent"] or bool(unit.get("late_minutes"))


_NOT_SENT = {"returned": "bị trả lại, chưa gửi lại", "recalled": "đã thu hồi để sửa, chưa gửi lại"}


def state(unit: dict) -> str:
    """Where its report stands; and that no visits were entered."""
    words = _sent(unit) if unit["late_minutes"] is not None else _NOT_SENT.get(unit["state"], "chưa gửi báo cáo")
    if unlisted(unit):
        return f"{words}; chưa có danh sách hộ"
    return words if unit["reported"] else f"{words}; chưa có số liệu thăm hộ"


def _sent(unit: dict) -> str:
    if not unit["late_minutes"]:
        return "đã gửi đúng hạn"
    hours, minutes = divmod(int(unit["late_minutes"]), 60)
    told = [f"{hours:02d} giờ"] * bool(hours) + [f"{minutes:02d} phút"] * bool(minutes)
    late = f"trễ {' '.join(told)}"
    return late if unit["sent"] else f"{late}, sau giờ khóa báo cáo"


def _officer(officer: dict | None) -> str:
    if not officer:
        return "chưa phân công"
    return "\n".join(
        part
        for part in (
            f"{officer['full_name']}, {officer['position']}" if officer.get("position") else officer["full_name"],
            f"Điện thoại: {phone.spaced(officer['phone'].replace(' ', ''))}" if officer.get("phone") else "",
        )
        if part
    )
