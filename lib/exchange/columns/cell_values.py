"""Read the text of a cell as a phone number, a day, a year, a count and so on, and repair what Excel did to it.

Each reader returns what the register stores, None for an empty cell, or the sentence that says how to correct it.
"""

import re
from datetime import date, timedelta

from lib.core import text
from lib.core.errors import N_, Invalid, Say
from lib.core.words import dates
from lib.core.words import phone as telephone
from lib.exchange.spreadsheets.cell_marks import UNCOUNTED

_NOTHING = re.compile(r"[-–—_.…/\\ ]*|null|none|n/a|#n/a|(?-i:nan|NaN)", re.IGNORECASE)  # Nan is a name
_TEXT_FORMULA = re.compile(r"=\"([^\"]*)\"|='([^']*)'")
_ERROR = re.compile(
    r"#(?:(?:REF|VALUE|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL|PYTHON)!"
    r"|N/A|NAME\?|GETTING_DATA|#+)",
    re.IGNORECASE,
)
_POWER = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_WHOLE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:[.,]0+)?(?: ?\(?[^\W\d]+(?: [^\W\d]+){0,3}\)?)?\.?")
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 60_000)  # 18 May 1927 to 8 April 2064
_TWO_DAYS = ("2020-06-15", "2028-06-15")  # what reads as the same on both stands by itself
_NOBODY = re.compile(
    r"0+|(?:khong|ko|k|kg|hong|hok|chua|no|none)(?: (?:co|dung|su dung|nho|biet|ro|xai))?"
    r"(?: (?:so|s?dt|dtdd|dien thoai|di dong|phone))*"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF_TYPING = range(2015, 2030)
_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?: 00:00:00)?")
_DAY_SHOWN = re.compile(r"(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>(?:19|20)\d\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"((?:{'|'.join(_MONTHS)})[a-z]*|(?:thg|tháng) ?(?:1[0-2]|0?[1-9]))"
_MONTH_NAMED = re.compile(rf"(\d{{1,2}})-{_MONTH}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_MONTH}-(\d{{1,2}})", re.IGNORECASE)
_NO = {"khong", "ko", "k", "no", "false", "0", "chua", "khong co", "sai"}
_YES = {"x", "co", "yes", "y", "true", "1", "roi", "v", "✓", "✔", "☑", "dung", "da", "●"}

WHOLE = N_("Type a whole number, e.g. 4.")
ROUNDED = N_("Excel has rounded this number; type it again in a cell formatted as text.")
YEAR = N_("Type the year of birth with four digits, e.g. 1975.")
ERROR = N_("Cell {cell} contains the error {said} instead of a value; correct it in Excel.")
FORMULA = N_("Cell {cell} contains a formula without its result ({said}); open the file in Excel and save it again.")
LEFT_OUT = {
    ERROR: N_("Cell {cell} is skipped: it contains the error {said} instead of a value; correct it in Excel."),
    FORMULA: N_("Cell {cell} is skipped: it contains a formula without its result ({said}); save it again in Excel."),
}
YES_NO = N_("Type “Có” or “Không”, or an x.")


def tidy(cell: str) -> str:
    """Clean a cell: one line, single spaces, composed letters, no quote or formula around a text."""
    cell = " ".join(cell.split()) if cell.isascii() and cell.isprintable() else text.clean(cell)
    if cell[:1] == "=" and (formula := _TEXT_FORMULA.fullmatch(cell)):
        return (formula[1] or formula[2] or "").strip()
    return cell[1:] if cell[:1] == "'" else cell


def without_value(cell: str) -> str | None:
    """Return the sentence for a cell with an Excel error (#REF!, ####) or a formula without its result; else None."""
    if cell[:1] == UNCOUNTED:
        return FORMULA
    return ERROR if cell[:1] == "#" and _ERROR.fullmatch(cell.strip()) else None


def words_of(cell: str) -> str | None:
    """Return the text of a cell; None for an empty one, dashes or dots alone."""
    cell = tidy(cell)
    return None if len(cell) < 9 and _NOTHING.fullmatch(cell) else cell


def numbered(cell: str) -> str | None:
    """Read a text that may be a number with strokes (5/8, 1/1/4); a day that Excel made of it is turned back."""
    return undated(cell) or words_of(cell)


def undated(cell: str) -> str | None:
    """Return what was typed in a cell that Excel turned into a day; None for any other cell.

    Excel adds the year of typing to two parts, and reads a second part beyond 31 as the year of a month; a day before
    1930 is a plain number in a cell that is formatted as a day.
    """
    if "-" not in cell and "/" not in cell:
        return None
    typed = tidy(cell)
    if named := _MONTH_NAMED.fullmatch(typed):
        return f"{int(named[1])}/{_month(named[2])}"
    if named := _MONTH_FIRST.fullmatch(typed):
        return f"{_month(named[1])}/{int(named[2])}"
    parts = _DAY.fullmatch(typed) or _DAY_SHOWN.fullmatch(typed)
    return _parts_of(*(int(parts[name]) for name in ("year", "month", "day"))) if parts else None


def _month(word: str) -> int:
    return int(re.sub(r"\D", "", word) or 0) or _MONTHS.index(word.lower()[:3]) + 1


def _parts_of(year: int, month: int, day: int) -> str | None:
    try:
        shown = date(year, month, day)
    except ValueError:
        return None
    if year < 1930:
        return str((shown - _EXCEL_ZERO).days - (shown < date(1900, 3, 1)))
    if year in _OF_TYPING:
        return f"{day}/{month}"
    return f"{month}/{year % 100}" if day == 1 and year < 2000 else f"{day}/{month}/{year % 100}"


def day_of(cell: str) -> str:
    """Return the day that Excel shows in a cell that `undated` reads."""
    return dates.shown(tidy(cell)[:10]) if _DAY.fullmatch(tidy(cell)) else tidy(cell)


def number_text(cell: str) -> str | None:
    """Return the text of a number without ".0", written out where Excel wrote 9.12345678E+08."""
    cell = words_of(cell)
    if cell and (power := _POWER.fullmatch(cell)):
        digits = power[1] + (power[2] or "")
        return digits if len(digits) == int(power[3]) + 1 else cell
    return cell and re.sub(r"^([1-9]\d*|0)[.,]0{1,2}$", r"\1", cell)


def phone(cell: str) -> str | Say | None:
    """Read a telephone number; a cell with more than one gets a sentence (see `telephones`)."""
    number = number_text(cell)
    if not number or _NOBODY.fullmatch(text.fold(number).strip("().! ")):
        return None
    if _POWER.fullmatch(number):
        return Say(ROUNDED)
    try:
        return telephone.parse(number)
    except Invalid as problem:
        return next(iter(problem.faults.values()))


def identity(cell: str) -> str | Say | None:
    """Read an identity number of nine or twelve digits and restore leading zeros that Excel removed."""
    number = number_text(cell)
    if number and _POWER.fullmatch(number):
        return Say(ROUNDED)
    digits = re.sub(r"[\s.\-]", "", number or "")
    if digits.isdigit() and len(digits) in (8, 10, 11):
        return digits.zfill(9 if len(digits) == 8 else 12)
    return digits or None


def day(cell: str) -> str | Say | None:
    """Read a day, as ISO, from 16/8/2021, 160821, 44424, 2021-08-16 00:00:00, "ngày 16 tháng 8 năm 2021".

    What depends on today stays as it was typed, to be read with the form: 16/8, "hôm qua". A number that Excel would
    take for a day before the programme is one without its first nought: 10821 is 01/08/21.
    """
    typed = number_text(cell)
    if not typed:
        return None
    counted = _counted(typed)
    if counted and counted >= dates.EARLIEST:
        return counted
    iso = _as_typed(f"0{typed}" if typed.isdecimal() and len(typed) in (3, 5, 7) else typed)
    if counted and not (dates.is_day(iso) and iso >= dates.EARLIEST):
        return counted
    return iso


def _counted(typed: str) -> str | None:
    """Read the number that Excel keeps for a day."""
    if typed.isdecimal() and int(typed) in _SERIALS:
        return (_EXCEL_ZERO + timedelta(days=int(typed))).isoformat()
    return None


def _as_typed(typed: str) -> str | Say:
    then, now = (dates.read(typed, today=today, first="") for today in _TWO_DAYS)
    return (then.day or then.fault) if then == now else typed


def year(cell: str) -> int | Say | None:
    """Read a year of birth, also from a full date of birth."""
    typed = number_text(cell)
    if typed and re.fullmatch(r"[12]\d{3}", typed):
        return int(typed)
    birthday = typed and (_counted(typed) or day(typed))
    if isinstance(birthday, str) and birthday[:4] == "1905":
        return (date.fromisoformat(birthday) - _EXCEL_ZERO).days  # 1975 in a cell formatted as a day is 28 May 1905
    if dates.is_day(birthday):
        return int(birthday[:4])
    years = _YEARS.findall(typed or "")  # 00/00/1948, 12/1948, "khoảng 1948", "1948?"
    return int(years[0]) if len(years) == 1 else birthday and Say(YEAR)


def whole(cell: str) -> int | Say | None:
    """Read a whole number: 4, 04, 4.0, "4 người", 1.234 (one thousand two hundred and thirty-four)."""
    typed = words_of(cell)
    number = typed and _WHOLE.fullmatch(typed)
    if typed and not number:
        return Say(WHOLE)
    return int(number[1].replace(".", "")) if number else None


def flag(cell: str) -> int | Say | None:
    """Read yes (1) or no (0) from the words and marks that lists use."""
    typed = words_of(cell)
    word = text.fold(typed)
    if typed and word not in _YES | _NO:
        return Say(YES_NO)
    return int(word in _YES) if typed else None


def place_code(cell: str) -> str | None:
    """Read the code of a commune (5 digits) or hamlet (7), with its lost zero; a name stays as it is."""
    typed = undated(cell) or number_text(cell)  # Khu phố 3/2
    return typed.zfill(7 if len(typed) == 6 else 5) if typed and re.fullmatch(r"\d{4}|\d{6}", typed) else typed


def household_code(cell: str) -> str | None:
    """Read a household code (commune, hyphen, four digits) and restore lost zeros."""
    typed = number_text(cell)
    parts = typed and re.fullmatch(r"(\d{4,5}) ?[-–—.] ?(\d{1,5})", typed)
    return f"{parts[1]:0>5}-{parts[2]:0>4}" if parts else typed


def parts(cell: str, signs: str) -> list[str]:
    """Split a cell at any of these signs."""
    return [part for part in map(str.strip, re.split(f"[{re.escape(signs)}]", cell)) if part]
