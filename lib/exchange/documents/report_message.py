"""Ready messages to paste into Zalo: to whoever still owes something for a report, and the report itself in short.

In Vietnamese, as papers are.
"""

from datetime import datetime

from lib.core import clock, text
from lib.core.words.titles import full, within
from lib.exchange.documents import report_tables
from lib.exchange.letters import official
from lib.oversight.reports.missing import ENTRIES, LISTS, REPORT, RETURNED

_HOURS = {"commune": "13:45", "district": clock.DISTRICT_CUTOFF, "province": clock.PROVINCE_CUTOFF}
_NAMED = 12  # units called by name in one message


def of_unit(unit: dict, day: str, *, now: datetime) -> str:
    """To the officer who answers for one unit: what it lacks, and by when it is awaited."""
    officer = unit.get("officer")
    to = f"đồng chí {officer['full_name']}" if officer else f"lãnh đạo {within(unit)}"
    return (
        f"Kính gửi {to}: đến {_hour(now)}, {within(unit)} {_lacks(unit, day)}."
        f" {_text_asked(unit['level'], day, now)} Trân trọng."
    )


def of_all(units: list[dict], day: str, *, now: datetime) -> str:
    """To the group of all units that lack something, each named with what."""
    lines = [f"- {full(unit)}: {_lacks(unit, day)}" for unit in units[:_NAMED]]
    if len(units) > _NAMED:
        lines.append(f"- và {len(units) - _NAMED} đơn vị khác")
    level = min((unit["level"] for unit in units), key=_HOURS.get)
    on = official.short_date(day)
    head = f"Kính gửi các đơn vị: đến {_hour(now)}, các đơn vị sau chưa hoàn thành báo cáo ngày {on}:"
    return "\n".join([head, *lines, f"{_text_asked(level, day, now)} Trân trọng."])


def of_team(team: dict, day: str, *, now: datetime) -> str:
    """To the leader of a team that entered nothing yet."""
    to = f"đồng chí {team['leader']}, tổ trưởng {team['name']}" if team["leader"] else team["name"]
    return (
        f"Kính gửi {to}: đến {_hour(now)}, tổ chưa nhập số liệu thăm hộ ngày {official.short_date(day)}."
        f" {_text_asked('commune', day, now)} Trân trọng."
    )


def of_report(content: dict) -> str:
    """What the report says in a few lines: visits, what the unit entered and where that comes from, its texts."""
    every = [report_tables.stated(content, line) for block in content["blocks"] for line in block["lines"]]
    lines = {line["code"]: line for line in every}
    frozen = "" if content["frozen_at"] else " (tạm tính)"
    told = [f"{full(content['area'])}, số liệu đến {official.moment(content['as_of'])}{frozen}:"]
    coverage = lines.get("coverage")
    if coverage and coverage["value"] is not None:
        share = official.share(coverage["value"], coverage["part"], coverage["whole"])
        told.append(
            f"- Đã gặp {official.number(coverage['part'])}/{official.number(coverage['whole'])} hộ, đạt {share}"
        )
    numbers = [line for line in lines.values() if line["manual"]]
    told += [f"- {_number(line)}" for line in numbers if line["value"] is not None]
    missing = [line["name_vi"] for line in numbers if line["value"] is None]
    told += [f"- Chưa báo cáo: {', '.join(missing)}"] * bool(missing)
    told += [
        f"- {asked_text['name_vi']}: {text.clean(asked_text['text'])}"
        for block in content["blocks"]
        for asked_text in block["texts"]
        if asked_text["text"]
    ]
    told += [f"Nguồn: {source}."] if (source := report_tables.sources(numbers)) else []
    return "\n".join(told)


def _number(line: dict) -> str:
    """ "Ca mắc mới trong ngày (F0): 03 ca (tổng của 3/12 đơn vị), lũy kế 41"."""
    marks = [f"({some})" for some in (report_tables.summed(line),) if some] + [line["mark"]] * bool(line["mark"])
    marks = " ".join([official.counted(line["value"], line["unit"]), *marks])
    sum_ = report_tables.cumulative(line).replace("\n", " ") if line["cumulative"] is not None else ""
    return f"{line['name_vi']}: {marks}" + (f", lũy kế {sum_}" if sum_ else "")


def _text_asked(level: str, day: str, now: datetime) -> str:
    """By when; at once where the hour has passed."""
    if clock.stamp(now) > clock.at(day, _HOURS[level]):
        return "Đề nghị thực hiện ngay."
    return f"Đề nghị hoàn thành trước {_spoken(_HOURS[level])}."


def _lacks(unit: dict, day: str) -> str:
    on = f"ngày {official.short_date(day)}"
    phrases = []
    if LISTS in unit["lacks"]:
        phrases.append("chưa có danh sách hộ gia đình")
    elif unit.get("unlisted"):
        phrases.append(f"còn {official.counted(unit['unlisted'], 'đơn vị cấp xã')} chưa có danh sách hộ gia đình")
    if ENTRIES in unit["lacks"]:
        phrases.append(f"chưa có số liệu thăm hộ {on}")
    elif unit["silent"]:
        phrases.append(f"còn {official.counted(unit['silent'], 'đơn vị cấp xã')} chưa có số liệu thăm hộ {on}")
    if REPORT in unit["lacks"]:
        phrases.append("chưa gửi báo cáo ngày" if phrases else f"chưa gửi báo cáo {on}")
    if RETURNED in unit["lacks"]:
        phrases.append(f"chưa gửi lại báo cáo {on} đã bị trả lại")
    return ", ".join(phrases)


def _hour(now: datetime) -> str:
    return _spoken(clock.hour_of(now))


def _spoken(hour: str) -> str:
    """ "13 giờ 32"."""
    return hour.replace(":", " giờ ")
