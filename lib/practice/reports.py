"""Writes the reports of the practice days: officers in charge, reports sent in time, late or not at all.

The numbers that units enter come from `entered_values`: F0, F1 and F2 of every commune, and their sums above.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from sqlite_utils import Database

from lib.core import clock
from lib.practice import entered_values
from lib.practice.names import full_name, surname
from lib.practice.province_plan import PROVINCE, ProvincePlan
from lib.register.areas import official_units

_DUE = {"commune": "13:45", "district": "14:00", "province": "15:00"}
_WEAK = "706"  # the district that is late more often than not
# Chances of a report in time, late, and never.
_USUAL, _OFTEN_LATE = (0.86, 0.11, 0.03), (0.35, 0.55, 0.10)
_LEADERSHIP = (
    "Họp giao ban trực tuyến về hoạt động của các tổ; phân công cán bộ xuống từng địa bàn nắm tình hình.",
    "Ban hành văn bản đôn đốc các tổ rà soát hộ có người từ nơi khác đến, về.",
    "Kiểm tra hoạt động của các tổ tại địa bàn phong tỏa; nhắc nhở ghi phiếu đầy đủ.",
    "Chỉ đạo kiện toàn các tổ có tổ viên đang cách ly y tế.",
)
_DIFFICULTIES = (
    "Không",
    "Một số tổ viên phải cách ly, địa bàn rộng nên chưa đến hết các hộ.",
    "Thiếu khẩu trang và nước sát khuẩn cho tổ viên.",
    "Một số hộ đi làm ở khu công nghiệp, ban ngày không gặp được.",
)
_PROPOSALS = ("", "", "Đề nghị cấp thêm đồ bảo hộ cho tổ viên.", "Đề nghị hỗ trợ kinh phí hoạt động của tổ.")
_POSITIONS = {"accountable": "Phó Bí thư Thường trực", "deputy": "Chánh Văn phòng"}


def write(db: Database, plan: ProvincePlan, calendar: list[str], *, now: datetime, seed: int) -> None:
    """Insert officers from the first day on, every day's reports up to this hour, and the province's of past days."""
    random = Random(f"reports {seed}")
    inside = {area.code: area for area in official_units.of_province(PROVINCE)}
    communes = [inside[area.code] for area in plan.communes]
    districts = [inside[code] for code in sorted({area.parent_code for area in communes})]
    senders = dict(
        db.conn.execute(
            "select area_code, min(account_id) from grants where role in ('commune', 'district', 'province') group by 1"
        ).fetchall()
    )
    _name_officers(db, random, districts, communes, calendar[0])
    entered = entered_values.Numbers(random, communes, districts, inside[PROVINCE])
    entered.open(db, senders, calendar[0])
    for day in calendar:
        awake = _entered(db, day) | {PROVINCE}
        entered.turn()
        levels = (*communes, *districts, *([inside[PROVINCE]] if day < clock.day_of(now) else []))
        for area in levels:
            for event in _of_day(random, area, day, senders, entered):
                if area.code in awake and event["at"] <= clock.stamp(now):
                    _add(db, event)


def _entered(db: Database, day: str) -> set[str]:
    """Return the communes that entered something on the day, and their districts; the others send no report."""
    cursor = db.conn.execute(
        """select d.commune_code, a.parent_code from team_day d join areas a on a.code = d.commune_code
           where d.day = ? group by 1 having sum(d.attempted) > 0""",
        [day],
    )
    return {code for line in cursor for code in line}


def _name_officers(db: Database, random: Random, districts: list, communes: list, first: str) -> None:
    """Name an officer for each unit's report, a deputy for a district's, and a committee member in charge (S0-37)."""
    duties = [(area, duty) for area in districts for duty in ("accountable", "deputy", "committee")]
    duties += [(area, "accountable") for area in communes]
    for number, (area, duty) in enumerate(duties):
        position = "Phó Bí thư Đảng ủy" if area.level == "commune" else _POSITIONS.get(duty, "Ủy viên Ban Thường vụ")
        name = full_name(random, surname(random), random.choice(("female", "male")), random.randint(38, 57))
        db.conn.execute(
            """insert into officers (area_code, duty, full_name, position, phone, from_day)
               values (?, ?, ?, ?, ?, ?)""",
            [area.code, duty, name, position, f"0330{number:06d}", first],
        )


def _of_day(random: Random, area, day: str, senders: dict[str, int], entered: entered_values.Numbers) -> Iterator[dict]:
    """Write the events of one unit's report: sent or not, received by the level above, sometimes returned."""
    chances = _OFTEN_LATE if _WEAK in (area.code, area.parent_code) else _USUAL
    how = random.choices(("in_time", "late", "never"), chances)[0] if area.level != "province" else "in_time"
    minutes = random.randint(3, 48) if how == "late" else -random.randint(1, 40)
    content, heard = _content(random, area, entered), random.randint(2, 15)
    if how == "never":
        return
    entered.sent(area)
    at = clock.instant(clock.at(day, _DUE[area.level])) + timedelta(minutes=minutes, seconds=random.randint(0, 50))
    late = max(0, minutes + 1)
    event = {
        "day": day,
        "area": area.code,
        "deed": "submit",
        "at": clock.stamp(at),
        "who": senders[area.code],
        "version": 1,
        "late": late,
        "content": json.dumps(content, ensure_ascii=False),
    }
    yield event
    if area.level == "province":  # nobody stands above it
        return
    seen = clock.stamp(at + timedelta(minutes=heard))
    yield event | {"deed": "receive", "at": seen, "who": senders[area.parent_code], "late": 0, "content": "{}"}


def _content(random: Random, area, entered: entered_values.Numbers) -> dict:
    words = {
        "leadership": random.choice(_LEADERSHIP),
        "difficulties": random.choice(_DIFFICULTIES),
        "proposals": random.choice(_PROPOSALS),
    }
    return {"narratives": {name: text for name, text in words.items() if text}, "manual": entered.of(area)}


def _add(db: Database, event: dict) -> None:
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, late_minutes, content)
           values (:day, :area, :deed, :at, :who, :version, :late, :content)""",
        event,
    )
