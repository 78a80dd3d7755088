"""What reports and decisions say, as the tests of documents need it: an invented day of Tây Ninh."""

import csv
from collections.abc import Iterator
from pathlib import Path

from lib.core.words.place_words import PlaceWords
from lib.oversight.reports import entered_values
from lib.oversight.reports.entered_days import Cumulated

WORDS = PlaceWords(("ấp", "khu phố"), districts=("huyện", "thị xã", "thành phố"))
INDICATORS = Path(__file__).resolve().parents[1] / "db" / "indicators.csv"
SECTIONS = INDICATORS.with_name("sections.csv")
DISTRICTS = [
    ("703", "Thành phố", "Tây Ninh"),
    ("705", "Huyện", "Tân Biên"),
    ("706", "Huyện", "Tân Châu"),
    ("707", "Huyện", "Dương Minh Châu"),
    ("708", "Huyện", "Châu Thành"),
    ("709", "Thị xã", "Hòa Thành"),
    ("710", "Huyện", "Gò Dầu"),
    ("711", "Huyện", "Bến Cầu"),
    ("712", "Thị xã", "Trảng Bàng"),
]
COMMUNES = [
    ("25654", "Thị trấn", "Gò Dầu"),
    ("25657", "Xã", "Thạnh Đức"),
    ("25660", "Xã", "Cẩm Giang"),
    ("25663", "Xã", "Hiệp Thạnh"),
    ("25666", "Xã", "Bàu Đồn"),
    ("25669", "Xã", "Phước Thạnh"),
    ("25672", "Xã", "Phước Đông"),
    ("25675", "Xã", "Phước Trạch"),
    ("25678", "Xã", "Thanh Phước"),
]
PROVINCE = {"code": "72", "kind": "Tỉnh", "name": "Tây Ninh", "level": "province"}
DISTRICT = {"code": "710", "kind": "Huyện", "name": "Gò Dầu", "level": "district"}
COMMUNE = {"code": "25669", "kind": "Xã", "name": "Phước Thạnh", "level": "commune"}
OFFICER = {"full_name": "Đặng Thị Ngọc Ánh", "position": "Phó Bí thư Thường trực", "phone": "0912 345 678"}


def indicators() -> list[dict]:
    with INDICATORS.open(encoding="utf-8", newline="") as file:
        return [line for line in csv.DictReader(file) if line["shown"] == "1"]


def sections() -> list[dict]:
    with SECTIONS.open(encoding="utf-8", newline="") as file:
        return [section | {"number": section["code"], "texts": []} for section in csv.DictReader(file)]


def _values(place: int, *, cases: bool) -> dict:
    """Figures of one unit; the numbers only have to differ and to fit together."""
    households = 3200 + 137 * place
    due, found = households - 40 - place, 3 if cases and place % 3 == 0 else 0
    seen = due - 90 - 211 * (place % 4) if place % 5 else due - 1
    return {
        "teams": 128 + place,
        "members": 390 + 3 * place,
        "hamlets_without_team": place % 2,
        "households": households,
        "due": due,
        "seen": seen,
        "coverage": seen / due,
        "symptomatic": found,
        "arrivals": place,
    }


OF_VISITS = ("seen", "coverage", "symptomatic", "arrivals")  # what a commune without entries leaves open


def numbers() -> list[dict]:
    """What units are asked for, as columns of their table."""
    return [
        {
            "code": line["code"],
            "name_vi": line["name_vi"],
            "unit": line["unit"],
            "function": "manual",
            "cumulative_unit": line["cumulative_unit"] or line["unit"],
            "flow": line["flow"] == "1",
            "summed": 1,
        }
        for line in indicators()
        if line["function"] == "manual"
    ]


def _entries(place: int, reported: bool) -> dict[str, dict]:
    """What one unit sent; the third sent all but its F1."""
    told = {}
    for at, line in enumerate(numbers()):
        value = place + at if reported and not (place == 2 and line["code"] == "contacts_f1") else None
        told[line["code"]] = {
            "value": value,
            "reason": "Trung tâm Y tế" if value is not None else None,
            "at": None,
            "who": None,
            "before": {"value": place + at - place % 2, "reason": "Trung tâm Y tế"},
            "cumulative": Cumulated(value + 140, 15) if value is not None and line["flow"] else None,
        }
    return told


def _units(places: list[tuple[str, str, str]], missing: int | None, cases: bool) -> list[dict]:
    units = []
    for place, (code, kind, name) in enumerate(places):
        values, reported = _values(place, cases=cases), place != missing
        before = values | {
            "seen": values["seen"] - 64 + 23 * place,
            "members": values["members"] - place % 3,
            "symptomatic": place % 4 // 3,
            "arrivals": 5,
        }
        before["coverage"] = before["seen"] / before["due"]
        units.append(
            {
                "code": code,
                "kind": kind,
                "name": name,
                "reported": reported,
                "sent": reported,
                "values": values if reported else values | dict.fromkeys(OF_VISITS),
                "before": before,
                "state": "on_time" if reported and place != 2 else "late" if reported else "missing",
                "late_minutes": 12 if place == 2 else None,
                "officer": OFFICER if place % 2 == 0 else None,
                "entered": _entries(place, reported),
            }
        )
    return units


def _total(units: list[dict], when: str = "values") -> dict:
    total = {}
    for unit in units:
        for code, value in unit[when].items():
            if value is not None:
                total[code] = total.get(code, 0) + value
    return total | {"coverage": total["seen"] / total["due"]} if total else {}


# What the tables of units do not sum; with no cases these are all nought.
_TYPED = {
    "documents": 2,
    "inspections": 4,
    "teams_founded": 1,
    "teams_dissolved": 0,
    "teams_reconstituting": 2,
    "teams_hamlet": 940,
    "teams_residential": 117,
    "members_available": 3180,
    "hamlets_two_models": 3,
    "teams_off_size": 14,
    "teams_silent": 6,
    "unassigned": 35,
    "reach": 0.9123,
    "absent": 812,
    "refused": 9,
    "not_attempted": 1204,
    "excluded": 318,
    "persons_seen": 94_120,
    "communes_reporting": 8,
    "communes_below": 2,
    "loudspeaker": 26,
    "households_symptoms": 6,
    "households_violating": 4,
    "suspected_sampled": 5,
    "cases_new": 2,
    "contacts_f1": 11,
    "contacts_f2": None,
    "home_isolation": None,
    "households_needing": 37,
    "relief": 31,
}


def _line(indicator: dict, total: dict, cases: bool) -> dict:
    code, unit = indicator["code"], indicator["unit"]
    value = total.get(code, _TYPED.get(code) if cases or unit == "%" else 0)
    line = {
        "code": code,
        "name_vi": indicator["name_vi"],
        "unit": unit,
        "value": value,
        "before": None,
        "cumulative": None,
        "manual": indicator["function"] == "manual",
        "part": value,
        "whole": None,
        "comparable": value,
        "units": None,
        "over": None,
        "news": None,
        "cumulative_unit": indicator["cumulative_unit"] or unit,
        "reason": "Trung tâm Y tế" if indicator["source"] == "1" else "",
    }
    if value is not None:
        line["before"] = value - 0.012 if unit == "%" else max(0, value - 3)
    if code in ("symptomatic", "arrivals", "cases_new") and value is not None:
        line["cumulative"] = value + 41
    if code == "coverage":
        line |= {"part": total["seen"], "whole": total["due"]}
    return line


def _content(kind: str, area: dict, parent: dict | None, places: list, missing: int | None, cases: bool) -> dict:
    units, lines = _units(places, missing, cases), indicators()
    total = _total(units)
    blocks = [
        section | {"lines": [_line(line, total, cases) for line in lines if line["block"] == section["code"]]}
        for section in sections()
    ]
    hour = "08" if area["level"] == "province" else "07"
    return {
        "kind": kind,
        "area": area,
        "parent": parent,
        "words": WORDS,
        "province": {"kind": "Tỉnh", "name": "Tây Ninh"},
        "day": "2021-08-16",
        "as_of": f"2021-08-16T{hour}:00:00Z",
        "frozen_at": f"2021-08-16T{hour}:00:00Z",
        "before_at": f"2021-08-15T{hour}:00:00Z",
        "window_from": f"2021-08-15T{hour}:00:00Z",
        "version": 1,
        "addendum": 0,
        "corrections": [],
        "corrected": {},
        "corrected_words": {},
        "blocks": blocks,
        "columns": [
            {name: line[name] for name in ("code", "name_vi", "unit")}
            for line in lines
            if line["in_table"] == "1" and line["function"] != "manual"
        ],
        "entered": {
            "columns": numbers(),
            "since": "2021-04-27",
            "began": "2021-08-02",
            "total": entered_values.totals(numbers(), [unit["entered"] for unit in units]),
        },
        "units": units,
        "total": total,
        "total_before": _total(units, when="before"),
        **dict.fromkeys(("reported_units", "sent_units"), len(units) - (missing is not None)),
        "asked_units": len(units),
        "themes": [],
        "preparer": "Đặng Tiến Dũng",
        "narratives": {
            "leadership": "Ban Thường vụ đã họp giao ban lúc 7 giờ 30, chỉ đạo các xã, thị trấn rà soát từng hộ chưa "
            "có tổ viên phụ trách.\n- Ban hành 02 văn bản chỉ đạo.\n- Kiểm tra 04 tổ tại 02 xã.",
            "difficulties": "Một số hộ ở trọ đi làm ca đêm, tổ viên phải đến nhiều lần mới gặp.",
            "proposals": "Đề nghị Tỉnh hỗ trợ thêm khẩu trang và nhiệt kế cho các tổ.",
            "assessment": "",
        },
    }


def district(*, missing: int | None = None, cases: bool = True) -> dict:
    """The 14:00 report of Huyện Gò Dầu."""
    return _content("district", DISTRICT, {"kind": "Tỉnh", "name": "Tây Ninh"}, COMMUNES, missing, cases)


def province(*, missing: int | None = None, cases: bool = True) -> dict:
    """The 15:00 report; its districts come in no order, one of them may be missing."""
    made = _content("province", PROVINCE, None, DISTRICTS, missing, cases)
    made["narratives"]["assessment"] = "Các địa phương đã chủ động rà soát; độ phủ tăng so với ngày hôm trước."
    made["themes"] = [
        {"theme": "difficulties", "units": ["Huyện Gò Dầu", "Huyện Tân Châu"], "text": "Thiếu tổ viên do cách ly."},
        {"theme": "proposals", "units": ["Thị xã Trảng Bàng"], "text": "Cấp thêm nhiệt kế cho các tổ."},
    ]
    return made


def health(**more) -> dict:
    """The same day as the health department tells it."""
    return _content("health", PROVINCE, None, DISTRICTS, more.get("missing"), more.get("cases", True))


MEMBERS = (
    ("Nguyễn Thị Ngọc Ánh", "Phó bí thư chi bộ"),
    ("Trần Văn Đức", "Công an viên"),
    ("Lê Hoàng Phước", "Hội viên Hội Phụ nữ"),
)


def _member(place: int) -> dict:
    name, position = MEMBERS[place]
    return {
        "full_name": name,
        "birth_year": 1970 + place,
        "position": position,
        "role": "leader" if place == 0 else "member",
        "phone": f"09123450{place:02d}",
    }


def _households(commune: str, team: int, count: int) -> Iterator[dict]:
    """As a stream, member by member."""
    for number in sorted(range(count), key=lambda number: number % 3):
        yield {
            "member": MEMBERS[number % 3][0],
            "code": f"{commune}{team:03d}{number:02d}",
            "head_name": f"Huỳnh Quốc Bảo {number}",
            "persons": 1 + number % 6,
            "address": f"Số {number}, đường Hương lộ 1, tổ {team}",
        }


def cut(content: dict, *codes: str) -> dict:
    """The same, of some units only, as for the officer in charge of them."""
    units = [unit for unit in content["units"] if unit["code"] in codes]
    reported = sum(unit["reported"] for unit in units)
    return content | {
        "units": units,
        "total": _total(units),
        "asked_units": len(units),
        **dict.fromkeys(("reported_units", "sent_units"), reported),
    }


def corrected(content: dict) -> dict:
    """The same after the first addendum."""
    area = content["area"]["code"]
    found = [("coverage", "Độ phủ", "%", 0.91, 0.93), ("cases_new", "Ca mắc mới trong ngày (F0)", "ca", None, 2)]
    corrections = [
        {
            "code": code,
            "name_vi": name,
            "unit": unit,
            "area": area,
            "was": was,
            "now": now,
            "number": 1,
            "function": "manual" if unit == "ca" else code,
            "reason": "Xã Phước Thạnh nhập sót 12 hộ.",
            "at": "2021-08-16T08:10:00Z",
            "who": "Đặng Tiến Dũng",
        }
        for code, name, unit, was, now in found
    ]
    right = {code: {"value": now, "part": now, "whole": None, "number": 1} for code, _name, _unit, _was, now in found}
    return content | {"addendum": 1, "corrections": corrections, "corrected": right}


def decision(teams: int = 2, households: int = 26, commune: dict = COMMUNE) -> dict:
    """The founding of a commune's teams, each member with the households it visits."""
    made = [
        {
            "name": f"Tổ Covid cộng đồng số {team:02d}",
            "hamlet": f"ấp Phước Hội {team % 7 + 1}",
            "members": [_member(place) for place in range(len(MEMBERS))],
            "households": _households(commune["code"], team, households),
        }
        for team in range(1, teams + 1)
    ]
    return {
        "commune": commune,
        "district": DISTRICT,
        "province": PROVINCE,
        "day": "2021-08-03",
        "founding": True,
        "number": "",
        "bases": [],
        "replaced": [],
        "words": WORDS,
        "teams": made,
    }
