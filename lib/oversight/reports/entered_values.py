"""What people wrote for a report: what was sent, or the draft of one's own; and what the units below sent of theirs.

A number that was taken as the sum of the units below remembers which units those were, so that it says of how many it
is, is set against yesterday over the same units only, and tells when another unit has sent since.
"""

import re

from sqlite_utils import Database

from lib.core import clock, text
from lib.oversight.report_template import indicators, versions
from lib.oversight.report_template.indicators import TEXT
from lib.oversight.reports import addenda, drafts, entered_days, opening_sums, snapshots, states
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.entered_days import Entries

# Words that add nothing to “không”: a sentence of these alone says that there is nothing to tell.
_EMPTY = {
    "khong",
    "ko",
    "k",
    "co",
    "con",
    "gi",
    "nao",
    "them",
    "va",
    "cac",
    "phat",
    "sinh",
    "kho",
    "khan",
    "vuong",
    "mac",
    "de",
    "xuat",
    "kien",
    "nghi",
    "y",
    "noi",
    "dung",
    "trong",
    "ngay",
    "hom",
    "nay",
}


def says_nothing(words: str) -> bool:
    """Whether somebody wrote only that there is nothing: “Không”, “Không có khó khăn, vướng mắc.”"""
    folded = re.findall(r"\w+", text.fold(words))
    return bool(folded) and folded[0] in ("khong", "ko", "k") and set(folded) <= _EMPTY


class Entered:
    """Words, entered numbers and texts of a unit, and of those below as far as they stand at 15:00.

    `lines` are those of the form; what it does not show is not asked for.
    """

    def __init__(self, db: Database, report: ReportContext, below: list[str], lines: list[dict]):
        code, day, mine = report.code, report.day, report.mine
        sent = states.last_sent(db, code, day) or {}
        draft = drafts.read(db, code, day)["content"] if mine else drafts.EMPTY
        own = drafts.EMPTY | (draft if mine and any(draft.values()) else sent)
        yesterday = clock.plus(day, -1)
        self.manual, self.narratives, self.texts = own["manual"], own["narratives"], own["texts"]
        self.before = _corrected(db, yesterday, states.sent(db, [code], yesterday, by="9")).get(code, {})
        self.below_now = states.sent(db, below, day, by=clock.at(day, states.CLOSES))
        sent_before = states.sent(db, below, yesterday, by=clock.at(yesterday, states.CLOSES))
        self.below_before = _corrected(db, yesterday, sent_before)
        self.asked = len(below)
        self.preparer = states.sender(db, code, day)
        asked = [line for line in lines if line["shown"]]
        self.numbers = [line for line in asked if indicators.entered(line)]
        self.asked_texts = [line for line in asked if indicators.entered(line, TEXT)]
        self.since = opening_sums.since(db)
        self.own = _own(db, code, day, self.numbers, self.manual, self.asked)
        self.units = of_units(db, below, day, self.numbers)

    def below(self, indicator: str) -> dict | None:
        """`{value, units, of}`: the sum of what these units of all `of` below entered; None where none did."""
        if not any(line["code"] == indicator and line["summed"] for line in self.numbers):
            return None
        numbers = _numbers({code: content["manual"] for code, content in self.below_now.items()}, indicator)
        return {"value": sum(numbers.values()), "units": sorted(numbers), "of": self.asked} if numbers else None

    def total(self) -> dict[str, dict]:
        """`{indicator: {value, change, cumulative}}` over the units below, each with of how many units it is."""
        return totals(self.numbers, list(self.units.values()))

    def number(self, indicator: str) -> dict:
        """The unit's own number of today with what it may be set against.

        `{value, reason, units, of, before, comparable, over, news}`. `units` are those it is the sum of, None where it
        was typed; `before` is yesterday's, `comparable` today's over the same units, `over` how many those are where
        they are not all. `news` is `{units, change}` where other units have sent, or sent another number, since the sum
        was taken.
        """
        entry = self.manual.get(indicator, {})
        units = entry.get("units")
        before, comparable, over = self._compared(indicator, entry)
        return {
            "value": entry.get("value"),
            "reason": entry.get("reason"),
            "units": units,
            "of": self.asked,
            "before": before,
            "comparable": comparable,
            "over": over,
            "news": self._news(indicator, entry),
        }

    def _compared(self, indicator: str, entry: dict) -> tuple[int | None, int | None, int | None]:
        """`(before, comparable, over)`: of numbers that cover different units, the units in both."""
        earlier = self.before.get(indicator, {})
        if entry.get("value") is None:
            return earlier.get("value"), None, None
        if self._of_all(entry) and self._of_all(earlier) and earlier.get("value") is not None:
            return earlier["value"], entry["value"], None
        if entry.get("units") is None:
            return None, None, None
        now = _numbers({code: content["manual"] for code, content in self.below_now.items()}, indicator)
        then = _numbers(self.below_before, indicator)
        same = [code for code in entry["units"] if code in then and code in now]
        if not same:
            return None, None, None
        comparable = entry["value"] if len(same) == len(entry["units"]) else sum(now[code] for code in same)
        return sum(then[code] for code in same), comparable, len(same)

    def _of_all(self, entry: dict) -> bool:
        """Whether a number covers the whole unit: typed as such, or the sum of all units below."""
        return entry.get("units") is None or len(entry["units"]) == self.asked

    def _news(self, indicator: str, entry: dict) -> dict | None:
        below = self.below(indicator)
        if entry.get("units") is None or below is None:
            return None
        more, change = set(below["units"]) - set(entry["units"]), below["value"] - entry["value"]
        return {"units": sorted(more), "change": change} if more or change else None

    def themes(self, children: list[dict]) -> list[dict]:
        """Difficulties and proposals of the units, equal words once: `{theme, units, text}`."""
        return [
            {"theme": theme} | same
            for theme in ("difficulties", "proposals")
            for same in self._same(children, "narratives", theme)
            if not says_nothing(same["text"])
        ]

    def of_texts(self, block: str, children: list[dict]) -> list[dict]:
        """What a section asks for in words: `{code, name_vi, name_en, text, below: [{units, text}]}`."""
        return [
            {name: line[name] for name in ("code", "name_vi", "name_en", "formula_vi", "formula_en", "required")}
            | {"text": self.texts.get(line["code"], ""), "below": self._same(children, "texts", line["code"])}
            for line in self.asked_texts
            if line["block"] == block
        ]

    def _same(self, children: list[dict], part: str, name: str) -> list[dict]:
        """What the units wrote in a field, equal words once and in order of the words."""
        units_by_words: dict[str, list[str]] = {}
        for unit in children:
            words = self.below_now.get(unit["code"], {}).get(part, {}).get(name, "")
            if words:
                units_by_words.setdefault(words, []).append(f"{unit['kind']} {unit['name']}")
        return [{"units": units, "text": words} for words, units in sorted(units_by_words.items())]


def _own(db: Database, code: str, day: str, lines: list[dict], manual: dict[str, dict], asked: int) -> dict[str, dict]:
    """What `of_units` tells of the unit itself, of which a draft may be the newest; addenda are in its sums."""
    right = {name: {"value": value} for name, value in addenda.numbers(db, [code], day)[code].items()}
    return _with_past(db, {code: manual | right}, day, lines, asked)[code]


def of_units(
    db: Database, codes: list[str], day: str, lines: list[dict], *, by: str | None = None
) -> dict[str, dict[str, dict]]:
    """`{unit: {indicator: {value, reason, at, who, before, whence, cumulative}}}` as it stood at 15:00.

    `by` is another stamp than 15:00. `before` is what was sent for the day before, `whence` the last source of any
    day before, `cumulative` the sum over days.
    """
    sent = entered_days.sent(db, codes, day, day, by=by or clock.at(day, states.CLOSES))
    return _with_past(db, {code: sent.get(code, {}).get(day, {}) for code in codes}, day, lines)


def _with_past(
    db: Database, now: dict[str, Entries], day: str, lines: list[dict], asked: int = 0
) -> dict[str, dict[str, dict]]:
    """As `of_units`, of what was entered; `asked` is how many units a number may be the sum of."""
    codes, first, end, yesterday = [*now], opening_sums.since(db), entered_days.end_of(day), clock.plus(day, -1)
    past = entered_days.sent(db, codes, min(first, yesterday), yesterday, by=end)
    balances = opening_sums.standing(db, codes, by=end)
    return {
        code: _of_unit(now[code], past.get(code, {}), lines, balances.get(code, {}), (day, first), asked)
        for code in codes
    }


def _of_unit(
    now: Entries,
    past: dict[str, Entries],
    lines: list[dict],
    balances: dict[str, dict],
    days: tuple[str, str],
    asked: int,
) -> dict[str, dict]:
    """`days` are the day itself and the first that is added up."""
    by_indicator, (day, first) = {}, days
    for line in lines:
        code, entry = line["code"], now.get(line["code"]) or {}
        total = None
        if line["flow"] and entry and first <= day:
            numbers = {on: entries[code] for on, entries in past.items() if code in entries and on >= first}
            total = entered_days.cumulated(numbers | {day: entry}, balances.get(code), day, asked)
        by_indicator[code] = {
            **{name: entry.get(name) for name in ("value", "reason", "at", "who")},
            "before": past.get(clock.plus(day, -1), {}).get(code),
            "whence": _whence(past, code),
            "cumulative": total,
        }
    return by_indicator


def _whence(past: dict[str, Entries], code: str) -> str | None:
    """Where a number came from the last time a source was given; a sum of the units below names itself anew."""
    entries_given = ((on, entries[code]) for on, entries in past.items() if code in entries)
    sources = [(on, entry["reason"]) for on, entry in entries_given if entry["reason"] and not entry.get("units")]
    return max(sources, default=(None, None))[1]


def as_entered(db: Database, area: dict, below: list[dict], day: str, *, at: str | None = None) -> dict:
    """What an area and those in it entered that day, for the command line: `{indicators, units}`.

    `units` are `{code: {indicator: {value, source, cumulative, days}}}` of communes and above, as it stood `at` HH:MM.
    """
    level = "province" if area["level"] == "province" else "district"
    lines = [
        line
        for line in versions.lines(db, snapshots.form(db, day, level))
        if indicators.entered(line) and line["shown"]
    ]
    codes = [unit["code"] for unit in (area, *below) if unit["level"] in states.DUE]
    by_unit = of_units(db, codes, day, lines, by=clock.at(day, at or "23:59"))
    return {
        "indicators": [{name: line[name] for name in ("code", "name_vi", "name_en", "unit", "flow")} for line in lines],
        "units": {
            code: {name: _plain(number) for name, number in of_unit.items() if number["value"] is not None}
            for code, of_unit in by_unit.items()
        },
    }


def _plain(number: dict) -> dict:
    total = number["cumulative"]
    return {
        "value": number["value"],
        "source": number["reason"],
        "cumulative": total and total.value,
        "days": total and total.days,
    }


def totals(lines: list[dict], children: list[dict[str, dict]]) -> dict[str, dict]:
    """`{indicator: {value, change, cumulative}}`, each a `Together` or None; a number not summed has none.

    The change is that of the units that entered the number on both days.
    """
    return {line["code"]: _total(line["code"], children) for line in lines if line["summed"]}


def _total(code: str, children: list[dict[str, dict]]) -> dict:
    numbers = [unit[code] for unit in children]
    changes = [
        number["value"] - number["before"]["value"] if number["value"] is not None and number["before"] else None
        for number in numbers
    ]
    return {
        "value": entered_days.together([number["value"] for number in numbers]),
        "change": entered_days.together(changes),
        "cumulative": entered_days.together(
            [number["cumulative"] and number["cumulative"].value for number in numbers]
        ),
    }


def _numbers(contents: dict[str, dict], indicator: str) -> dict[str, int]:
    """`{unit: number}` of the units that entered this one."""
    return {code: manual[indicator]["value"] for code, manual in contents.items() if indicator in manual}


def _corrected(db: Database, day: str, sent: dict[str, dict]) -> dict[str, dict]:
    """`{unit: {indicator: entry}}` of what was sent, with the numbers that addenda put in its place."""
    right = addenda.numbers(db, list(sent), day)
    return {
        code: content["manual"]
        | {
            name: content["manual"].get(name, {}) | {"value": value, "units": None}
            for name, value in right[code].items()
        }
        for code, content in sent.items()
    }
