"""Days, numbers and shares as official Vietnamese papers write them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from lib.core import clock
from lib.core.words import number_format

MISSING = "chưa báo cáo"  # of what a unit enters itself and sends; never a nought
NO_ENTRIES = "chưa có số liệu"  # of what is counted from visits where none was entered


def long_date(day: str) -> str:
    """ "ngày 03 tháng 8 năm 2021": a nought only before days under ten and the months 1 and 2."""
    when = date.fromisoformat(day)
    return f"ngày {when.day:02d} tháng {_month(when)} năm {when.year}"


def short_date(day: str) -> str:
    """ "03/8/2021", by the same rule."""
    when = date.fromisoformat(day)
    return f"{when.day:02d}/{_month(when)}/{when.year}"


def _month(when: date) -> str:
    return f"{when.month:02d}" if when.month < 3 else str(when.month)


def moment(stamp: str) -> str:
    """ "14 giờ 00 ngày 03/8/2021" in Viet Nam."""
    when = clock.local(stamp)
    return f"{when:%H} giờ {when:%M} ngày {short_date(when.date().isoformat())}"


def two_digits(number: str) -> str:
    """The number of a State document as typed, "05" for 5 (Decree 30/2020, appendix I.II.3)."""
    return f"{number:0>2}" if number.isdecimal() else number


def number(value: float | None, missing: str = MISSING) -> str:
    """A number in a table: 1.234 or 1.234,5; the word for what is not known."""
    if value is None:
        return missing
    return number_format.vietnamese(value, 0 if float(value).is_integer() else 1)


def counted(value: float | None, noun: str) -> str:
    """A number in prose: "03 ca" below ten, "12 ca", "1.234 ca"; "0 ca"."""
    if value is None:
        return f"{MISSING} số {noun}"
    return f"{value:02d} {noun}" if isinstance(value, int) and 0 < value < 10 else f"{number(value)} {noun}"


def share(value: float | None, part: int | None = None, whole: int | None = None, missing: str = NO_ENTRIES) -> str:
    """A percentage to one decimal, half up; never 100,0% while one is missing. A share of nothing is a dash."""
    if whole == 0:
        return "–"
    if value is None:
        return missing
    if part is not None and whole is not None:
        return f"{number_format.vietnamese(number_format.tenths(part, whole) / 10, 1)}%"
    scaled = int((Decimal(str(value)) * 10**12).to_integral_value(ROUND_HALF_UP))
    if 0 < value < 1:
        scaled = min(max(scaled, 1), 10**12 - 1)
    return f"{number_format.vietnamese(number_format.tenths(scaled, 10**12) / 10, 1)}%"


def written(
    value: float | None, unit: str, part: int | None = None, whole: int | None = None, *, missing: str = NO_ENTRIES
) -> str:
    """A value of a table by its unit; `missing` is the word for none."""
    return share(value, part, whole, missing) if unit == "%" else number(value, missing)


def missing(function: str) -> str:
    """The word for an indicator of which nothing is known: entered by hand, or counted."""
    return MISSING if function == "manual" else NO_ENTRIES


def change(now: float | None, before: float | None, unit: str = "") -> str:
    """ "+12", "−3", "0"; percentage points for shares ("+1,2 điểm"); empty where one of the two is not known."""
    if now is None or before is None:
        return ""
    if unit == "%":
        tenths = int((Decimal(str(now)) * 1000).to_integral_value(ROUND_HALF_UP)) - int(
            (Decimal(str(before)) * 1000).to_integral_value(ROUND_HALF_UP)
        )
        return f"{_sign(tenths)}{number_format.vietnamese(abs(tenths) / 10, 1)} điểm" if tenths else "0"
    return f"{_sign(now - before)}{number(abs(now - before))}"


def _sign(value: float) -> str:
    return "+" if value > 0 else "−" if value < 0 else ""
