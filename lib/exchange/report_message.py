"""A ready message to whoever still owes something for a report, to paste into Zalo; in Vietnamese as papers are."""

from datetime import datetime

from lib.core import clock
from lib.exchange.letters import official
from lib.oversight.report_missing import ENTRIES, LISTS, REPORT, RETURNED

_HOURS = {"commune": "13:45", "district": clock.DISTRICT_CUTOFF, "province": clock.PROVINCE_CUTOFF}
_NAMED = 12  # units called by name in one message


def of_unit(unit: dict, day: str, *, now: datetime) -> str:
    """To the officer who answers for one unit: what it lacks, and by when it is awaited."""
    officer = unit.get("officer")
    to = f"đồng chí {officer['full_name']}" if officer else f"lãnh đạo {lower(unit)}"
    return (
        f"Kính gửi {to}: đến {_hour(now)}, {lower(unit)} {_lacks(unit, day)}."
        f" {_asked(unit['level'], day, now)} Trân trọng."
    )


def of_all(units: list[dict], day: str, *, now: datetime) -> str:
    """To the group of all units that lack something, each named with what."""
    lines = [f"- {full(unit)}: {_lacks(unit, day)}" for unit in units[:_NAMED]]
    if len(units) > _NAMED:
        lines.append(f"- và {len(units) - _NAMED} đơn vị khác")
    level = min((unit["level"] for unit in units), key=_HOURS.get)
    on = official.short_date(day)
    head = f"Kính gửi các đơn vị: đến {_hour(now)}, các đơn vị sau chưa hoàn thành báo cáo ngày {on}:"
    return "\n".join([head, *lines, f"{_asked(level, day, now)} Trân trọng."])


def of_team(team: dict, day: str, *, now: datetime) -> str:
    """To the leader of a team that entered nothing yet."""
    to = f"đồng chí {team['leader']}, tổ trưởng {team['name']}" if team["leader"] else team["name"]
    return (
        f"Kính gửi {to}: đến {_hour(now)}, tổ chưa nhập số liệu thăm hộ ngày {official.short_date(day)}."
        f" {_asked('commune', day, now)} Trân trọng."
    )


def _asked(level: str, day: str, now: datetime) -> str:
    """By when; at once where the hour has passed."""
    if clock.stamp(now) > clock.at(day, _HOURS[level]):
        return "Đề nghị thực hiện ngay."
    return f"Đề nghị hoàn thành trước {_spoken(_HOURS[level])}."


def _lacks(unit: dict, day: str) -> str:
    on = f"ngày {official.short_date(day)}"
    told = []
    if LISTS in unit["lacks"]:
        told.append("chưa có danh sách hộ gia đình")
    elif unit.get("unlisted"):
        told.append(f"còn {official.counted(unit['unlisted'], 'xã, phường, thị trấn')} chưa có danh sách hộ gia đình")
    if ENTRIES in unit["lacks"]:
        told.append(f"chưa có số liệu thăm hộ {on}")
    elif unit["silent"]:
        told.append(f"còn {official.counted(unit['silent'], 'xã, phường, thị trấn')} chưa có số liệu thăm hộ {on}")
    if REPORT in unit["lacks"]:
        told.append("chưa gửi báo cáo ngày" if told else f"chưa gửi báo cáo {on}")
    if RETURNED in unit["lacks"]:
        told.append(f"chưa gửi lại báo cáo {on} đã bị trả lại")
    return ", ".join(told)


def full(unit: dict) -> str:
    """ "Xã Thanh Phước"."""
    return f"{unit['kind']} {unit['name']}"


def lower(unit: dict) -> str:
    """ "xã Thanh Phước", in the middle of a sentence."""
    return f"{unit['kind'].lower()} {unit['name']}"


def _hour(now: datetime) -> str:
    return _spoken(clock.hour_of(now))


def _spoken(hour: str) -> str:
    """ "13 giờ 32"."""
    return hour.replace(":", " giờ ")
