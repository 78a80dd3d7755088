"""What a report says of the units below: their table with its total, the chart, and whose report is late or missing."""

from lib.core import phone, text
from lib.exchange.letters import official
from lib.exchange.letters.letter import Bar, Bars, Column, Table
from lib.exchange.report_tables import full

PARTS = {"coverage": ("seen", "due"), "reach": ("seen", "households")}  # what the shares are sums of


def in_order(units: list[dict]) -> list[dict]:
    """By the Vietnamese alphabet of the proper names."""
    return sorted(units, key=lambda unit: text.sort_key(unit["name"]))


def partial(content: dict) -> str:
    """ "8/9 đơn vị" where the total lacks a unit whose report is missing, else nothing."""
    reported, asked = content["reported_units"], content["asked_units"]
    return f"{reported}/{asked} đơn vị" if reported < asked and not content["whole"] else ""


def said(content: dict, word: str) -> str:
    """How many units reported, and whether the others are in the total."""
    reported, asked = content["reported_units"], content["asked_units"]
    told = f"{reported}/{asked} {word} {'có số liệu thăm hộ' if content['whole'] else 'đã báo cáo'}"
    if reported == asked:
        return f"{told}."
    if content["whole"]:
        return f"{told}; đơn vị chưa có số liệu vẫn tính trong tổng số hộ và số hộ phải thăm."
    return f"{told}; số liệu chung chỉ gồm các đơn vị đã báo cáo."


def table(content: dict, title: str = "") -> Table:
    """A row a unit, its change against the day before under each figure, and the total."""
    columns = content["columns"]
    shown = [Column("TT", 8, "center"), Column("Đơn vị", 43)]
    shown += [Column(column["name_vi"], 0, "right") for column in columns]
    rows = [_unit(place, unit, columns) for place, unit in enumerate(in_order(content["units"]), start=1)]
    some = partial(content)
    totals = [("", f"Tổng cộng\n({some})" if some else "Tổng cộng", *(_total(column, content) for column in columns))]
    totals += [row for row in (_changes(content), _sums(content)) if any(row[2:])]
    changed = any("(" in cell for row in rows for cell in row[2:])
    told = "Trong ngoặc là tăng, giảm so với hôm trước." if changed else ""
    missing = f"Số tổng cộng chỉ gồm {some} đã báo cáo." if some else ""
    return Table(tuple(shown), rows, tuple(totals), title, " ".join(filter(None, (told, missing))), small=True)


def _total(column: dict, content: dict) -> str:
    """A dash where nobody reported; the rows above say so."""
    total = content["total"]
    if total.get(column["code"]) is None:
        return "–"
    return official.written(total.get(column["code"]), column["unit"], *parts(column, total))


def _changes(content: dict) -> tuple[str, ...]:
    """The total against that of the same units on the day before."""
    now, before = content["total"], content["total_before"]
    told = ["", "So với hôm trước"]
    for column in content["columns"]:
        code, kind = column["code"], column["unit"]
        told.append(official.change(now.get(code), before.get(code), kind).removesuffix(" điểm"))
    return tuple(told)


def _sums(content: dict) -> tuple[str, ...]:
    """What has come together so far, for the figures that add up over days."""
    lines = [line for block in content["blocks"] for line in block["lines"] if line["value"] is not None]
    known = {line["code"]: line["cumulative"] for line in lines}
    found = [known.get(column["code"]) for column in content["columns"]]
    return ("", "Lũy kế", *("" if value is None else official.number(value) for value in found))


def parts(column: dict, values: dict) -> tuple[int | None, int | None]:
    """Numerator and denominator of a share, where the table has them."""
    names = PARTS.get(column["code"], (column.get("part"), column.get("whole")))
    return tuple(values.get(name) for name in names) if column["unit"] == "%" else (None, None)


def _unit(place: int, unit: dict, columns: list[dict]) -> tuple[str, ...]:
    """What is missing is said once; the other cells have a dash."""
    values, before = unit["values"], unit.get("before") or {}
    told: list[str] = []
    for column in columns:
        code, kind = column["code"], column["unit"]
        change = official.change(values.get(code), before.get(code), kind).removesuffix(" điểm")
        figure = official.written(values.get(code), kind, *parts(column, values))
        figure = "–" if figure == official.MISSING and official.MISSING in told else figure
        told.append(f"{figure}\n({change})" if change else figure)
    return (str(place), full(unit), *told)


def chart(content: dict, code: str = "coverage") -> Bars | None:
    """Coverage of each unit; a unit that did not report has no bar."""
    column = next((column for column in content["columns"] if column["code"] == code), None)
    if column is None or not content["reported_units"]:
        return None
    bars = []
    for unit in in_order(content["units"]):
        value = unit["values"].get(code) if unit["reported"] else None
        said = official.share(value, *parts(column, unit["values"])) if unit["reported"] else official.MISSING
        bars.append(Bar(full(unit), value, said))
    return Bars(f"Biểu đồ: {column['name_vi']} theo đơn vị", tuple(bars))


def late(content: dict) -> Table | None:
    """Units whose report came late or did not come, and who answers for them."""
    found = [unit for unit in in_order(content["units"])
             if not unit["reported"] or unit.get("late_minutes") or unit["state"] == "returned"]  # fmt: skip
    if not found:
        return None
    columns = (Column("TT", 10, "center"), Column("Đơn vị", 40), Column("Tình trạng", 36), Column("Đồng chí phụ trách"))
    rows = [
        (str(place), full(unit), state(unit), _officer(unit.get("officer")))
        for place, unit in enumerate(found, start=1)
    ]
    return Table(columns, rows, title="Đơn vị báo cáo trễ, chưa báo cáo")


def amiss(unit: dict) -> bool:
    """Whether its report came late, was returned, or did not come; and where nothing at all was entered."""
    return not unit["reported"] or unit["state"] in ("missing", "returned") or bool(unit.get("late_minutes"))


def state(unit: dict) -> str:
    if unit["state"] == "returned":
        return "bị trả lại, chưa gửi lại"
    if not unit["reported"]:
        return official.MISSING
    if unit["state"] == "missing":
        return "chưa gửi báo cáo"
    hours, minutes = divmod(int(unit["late_minutes"]), 60)
    told = [f"{hours:02d} giờ"] * bool(hours) + [f"{minutes:02d} phút"] * bool(minutes)
    return f"trễ {' '.join(told)}"


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
