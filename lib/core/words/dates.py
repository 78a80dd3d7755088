"""A day as people type it: one reader for addresses, forms, files and filters, and one sentence for each slip.

28/11, 28.11.21, 281121, 28-11-2021, ISO, -2, "hôm qua". `lib/screen/sheet/typed.js` reads the same way inside the
sheet; tests/typed_days.json holds what both are tried on.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from lib.core import clock, text
from lib.core.errors import N_, Say

EARLIEST = "2020-01-01"
TURN = 30  # two digits below are a year of this century, as Excel reads them

# The faults of a typed day, with the remedy. The sheet's script has the same names and shows the same sentences.
FAULTS = {
    "unread": N_("Write the day as 28/11 or 28/11/2021, or -2 for two days ago."),
    "swapped": N_("Write the day before the month: {day}."),
    "month": N_("There is no month {month}. Write day and month, like 28/11."),
    "short": N_("There are only {days} days in {month}/{year}."),
    "future": N_("{day} has not come yet; today is {today}."),
    "late": N_("{day} is too late; the latest day allowed here is {last}."),
    "early": N_("{day} is too early; the earliest day allowed here is {first}."),
}

_NEAR = {
    0: ("hom nay", "bua nay", "nay", "today"),
    -1: ("hom qua", "bua qua", "qua", "yesterday"),
    -2: ("hom kia", "bua kia"),
    1: ("ngay mai", "mai", "tomorrow"),
}
_WORDS = {word: days for days, words in _NEAR.items() for word in words}
_AWAY = re.compile(r"([+-]) ?([0-9]{1,3})|([0-9]{1,3}) ?(?:ngay|n|days?|d)(?: truoc| roi| qua| ago)?")
_WEEKDAY = re.compile(r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)[, ]+")
_HOUR = re.compile(r"(?:t|,| )[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
_YEAR = r"(?:19|20)[0-9]{2}"
_ISO = re.compile(rf"({_YEAR})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}})")
_APART = re.compile(rf"([0-9]{{1,2}})[-/., ]([0-9]{{1,2}})(?:[-/., ]({_YEAR}|[0-9]{{2}}))?")
_LONG = re.compile(rf"(?:ngay )?([0-9]{{1,2}}) thang ([0-9]{{1,2}})(?:[, ](?:nam )?({_YEAR}))?")
_CLOSE = re.compile(rf"([0-9]{{2}})([0-9]{{2}})({_YEAR}|[0-9]{{2}})?")

MISSING = N_("Type the day, e.g. 28/11 or 28/11/2021.")


class Reading(NamedTuple):
    """A day as it is stored, or what was wrong; neither where nothing was typed."""

    day: str | None = None
    fault: Say | None = None


def shown(day: str | None) -> str:
    """Format a day as dd/mm/yyyy, the same in both languages."""
    return f"{day[8:]}/{day[5:7]}/{day[:4]}" if day else ""


def is_day(text: object) -> bool:
    """Whether a text is a day of the calendar in stored form."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def read(typed: str | None, *, today: str, first: str = EARLIEST, last: str | None = None) -> Reading:
    """Read a typed day, which must lie between `first` and `last`; without a year the one nearest to `today`."""
    bare = _bare(typed)
    if not bare:
        return Reading()
    if days := _away(bare):
        return _between(clock.plus(today, days[0]), today, first, last)
    parts = _parts(bare)
    if parts is None:
        return _fault("unread")
    day = _real(*parts, today, last)
    return _between(day, today, first, last) if isinstance(day, str) else day


def _bare(typed: str | None) -> str:
    """Fold the text and remove a weekday before it, an hour or mark behind it, and blanks around its marks."""
    folded = text.fold(typed).replace("−", "-").replace("–", "-")
    folded = _HOUR.sub("", _WEEKDAY.sub("", folded, count=1))
    return re.sub(r" ?([-/.,]) ?", r"\1", folded).rstrip("-/.,") if folded not in ("-", ".") else folded


def _away(bare: str) -> tuple[int] | None:
    """Return the number of days from today, in a tuple: "hôm qua", -2, "2 ngày trước"; None for other texts."""
    if bare in _WORDS:
        return (_WORDS[bare],)
    number = _AWAY.fullmatch(bare)
    if not number:
        return None
    return (int(f"{number[1]}{number[2]}") if number[2] else -int(number[3]),)


def _parts(bare: str) -> tuple[int, int, int | None] | None:
    """Return day, month and year (or None) as typed; None if the text is no date."""
    if iso := _ISO.fullmatch(bare):
        return int(iso[3]), int(iso[2]), int(iso[1])
    if len(bare) == 8 and bare.isdecimal() and int(bare[2:4]) > 12 and re.match(_YEAR, bare):
        return int(bare[6:]), int(bare[4:6]), int(bare[:4])  # 20210816
    if re.fullmatch(_YEAR, bare) and int(bare[2:]) > 12:
        return None  # a year alone
    match = _APART.fullmatch(bare) or _LONG.fullmatch(bare) or _CLOSE.fullmatch(bare)
    return match and (int(match[1]), int(match[2]), _year(match[3]))


def _year(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < TURN else 1900)


def _real(day: int, month: int, year: int | None, today: str, last: str | None) -> str | Reading:
    """Return the day in stored form, or the fault if the calendar has no such day."""
    this = year or int(today[:4])
    if not 1 <= month <= 12:
        if month > 12 >= day > 0 and month <= monthrange(this, day)[1]:
            return _fault("swapped", day=shown(date(this, day, month).isoformat()))
        return _fault("month", month=str(month))
    if day > (most := monthrange(this, month)[1]):
        return _fault("short", days=str(most), month=str(month), year=str(this))
    if day == 0:
        return _fault("unread")
    return date(year, month, day).isoformat() if year else _nearest(day, month, today, last)


def _nearest(day: int, month: int, today: str, last: str | None) -> str:
    """Return the day in the year nearest to today; in the next year only if such a day may be entered."""
    this = int(today[:4])
    years = (year for year in (this, this - 1, this + 1) if day <= monthrange(year, month)[1])
    days = [date(year, month, day).isoformat() for year in years]
    may = [candidate for candidate in days if int(candidate[:4]) <= this or last is None or candidate <= last]
    return min(may, key=lambda candidate: abs((date.fromisoformat(candidate) - date.fromisoformat(today)).days))


def _between(day: str, today: str, first: str, last: str | None) -> Reading:
    if day < first:
        return _fault("early", day=shown(day), first=shown(first))
    if last is not None and day > last:
        if last == today:
            return _fault("future", day=shown(day), today=shown(today))
        return _fault("late", day=shown(day), last=shown(last))
    return Reading(day)


def _fault(code: str, **places: object) -> Reading:
    return Reading(None, Say(FAULTS[code], places))
