"""What people wrote for a report: what was sent, or the draft of one's own; and what the units below sent of theirs.

A number that was taken as the sum of the units below remembers which units those were, so that it says of how many it
is, is set against yesterday over the same units only, and tells when another unit has sent since.
"""

import re

from sqlite_utils import Database

from lib.core import clock, text
from lib.oversight import addenda, drafts, reports

# Words that add nothing to “không”: a sentence of these alone says that there is nothing to tell.
_EMPTY = {"khong", "ko", "k", "co", "con", "gi", "nao", "them", "va", "cac", "phat", "sinh", "kho", "khan", "vuong",
          "mac", "de", "xuat", "kien", "nghi", "y", "noi", "dung", "trong", "ngay", "hom", "nay"}  # fmt: skip


def says_nothing(words: str) -> bool:
    """Whether somebody wrote only that there is nothing: “Không”, “Không có khó khăn, vướng mắc.”"""
    told = re.findall(r"\w+", text.fold(words))
    return bool(told) and told[0] in ("khong", "ko", "k") and set(told) <= _EMPTY


class Entered:
    """Words and entered numbers of a unit, and of those below as far as they stand at 15:00."""

    def __init__(self, db: Database, code: str, day: str, below: list[str], *, mine: bool):
        sent = reports.last_sent(db, code, day) or drafts.EMPTY
        draft = drafts.read(db, code, day)["content"] if mine else drafts.EMPTY
        own = draft if mine and draft["narratives"] | draft["manual"] else sent
        yesterday = clock.plus(day, -1)
        self.manual, self.narratives = own["manual"], own["narratives"]
        self.before = _corrected(db, yesterday, reports.sent(db, [code], yesterday, by="9")).get(code, {})
        self.below_now = reports.sent(db, below, day, by=clock.at(day, reports.CLOSES))
        sent_before = reports.sent(db, below, yesterday, by=clock.at(yesterday, reports.CLOSES))
        self.below_before = _corrected(db, yesterday, sent_before)
        self.asked = len(below)
        self.preparer = reports.sender(db, code, day)

    def below(self, indicator: str) -> dict | None:
        """`{value, units, of}`: the sum of what these units of all `of` below entered; None where none did."""
        found = _numbers({code: told["manual"] for code, told in self.below_now.items()}, indicator)
        return {"value": sum(found.values()), "units": sorted(found), "of": self.asked} if found else None

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
            "value": entry.get("value"), "reason": entry.get("reason"), "units": units, "of": self.asked,
            "before": before, "comparable": comparable, "over": over, "news": self._news(indicator, entry),
        }  # fmt: skip

    def _compared(self, indicator: str, entry: dict) -> tuple[int | None, int | None, int | None]:
        """`(before, comparable, over)`: of numbers that cover different units, the units in both."""
        earlier = self.before.get(indicator, {})
        if entry.get("value") is None:
            return earlier.get("value"), None, None
        if self._of_all(entry) and self._of_all(earlier) and earlier.get("value") is not None:
            return earlier["value"], entry["value"], None
        if entry.get("units") is None:
            return None, None, None
        now = _numbers({code: told["manual"] for code, told in self.below_now.items()}, indicator)
        then = _numbers(self.below_before, indicator)
        same = [code for code in entry["units"] if code in then and code in now]
        if not same:
            return None, None, None
        here = entry["value"] if len(same) == len(entry["units"]) else sum(now[code] for code in same)
        return sum(then[code] for code in same), here, len(same)

    def _of_all(self, entry: dict) -> bool:
        """Whether a number covers the whole unit: typed as such, or the sum of all units below."""
        return entry.get("units") is None or len(entry["units"]) == self.asked

    def _news(self, indicator: str, entry: dict) -> dict | None:
        below = self.below(indicator)
        if entry.get("units") is None or below is None:
            return None
        more, change = set(below["units"]) - set(entry["units"]), below["value"] - entry["value"]
        return {"units": sorted(more), "change": change} if more or change else None

    def themes(self, told: list[dict]) -> list[dict]:
        """Difficulties and proposals of the units, equal words once: `{theme, units, text}`."""
        found: dict[tuple[str, str], list[str]] = {}
        for unit in told:
            for theme in ("difficulties", "proposals"):
                words = self.below_now.get(unit["code"], drafts.EMPTY)["narratives"].get(theme, "")
                if words and not says_nothing(words):
                    found.setdefault((theme, words), []).append(f"{unit['kind']} {unit['name']}")
        return [{"theme": theme, "units": names, "text": words} for (theme, words), names in sorted(found.items())]


def _numbers(told: dict[str, dict], indicator: str) -> dict[str, int]:
    """`{unit: number}` of the units that entered this one."""
    return {code: manual[indicator]["value"] for code, manual in told.items() if indicator in manual}


def _corrected(db: Database, day: str, sent: dict[str, dict]) -> dict[str, dict]:
    """`{unit: {indicator: entry}}` of what was sent, with the numbers that addenda put in its place."""
    right = addenda.numbers(db, list(sent), day)
    return {
        code: told["manual"]
        | {name: told["manual"].get(name, {}) | {"value": value, "units": None} for name, value in right[code].items()}
        for code, told in sent.items()
    }
