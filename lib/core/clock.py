"""Days and hours of Viet Nam. The only room that looks at the machine's clock.

A *stamp* is UTC text `YYYY-MM-DDTHH:MM:SSZ`; a *day* is a calendar day in Asia/Ho_Chi_Minh,
`YYYY-MM-DD` text. Both sort as text.
"""

import os
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DISTRICT_CUTOFF = "14:00"  # S0-23
PROVINCE_CUTOFF = "15:00"  # S0-25
SECOND = timedelta(seconds=1)


@cache
def _shift() -> timedelta:
    """How far TUNGNHA_CLOCK (local ISO time) lies from the machine's clock; for rehearsals and tests."""
    start = os.environ.get("TUNGNHA_CLOCK")
    if not start:
        return timedelta(0)
    return datetime.fromisoformat(start).replace(tzinfo=ZONE) - datetime.now(UTC)


def now() -> datetime:
    """This instant in UTC, to the second."""
    return (datetime.now(UTC) + _shift()).replace(microsecond=0)


def stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)  # forty times as fast as strptime, and every row of a sheet asks


def local(stamp: str) -> datetime:
    """The same instant on a clock in Viet Nam."""
    return instant(stamp).astimezone(ZONE)


def day_of(instant: datetime) -> str:
    return instant.astimezone(ZONE).date().isoformat()


def hour_of(instant: datetime) -> str:
    """`HH:MM` on a clock in Viet Nam."""
    return instant.astimezone(ZONE).strftime("%H:%M")


def at(day: str, hour: str) -> str:
    """The stamp of `HH:MM` local time on a day; a visit stamped at or before it is on time."""
    moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), ZONE)
    return stamp(moment)


def same_minute(day: str, now: datetime) -> str:
    """The stamp of another day at the minute of `now`, its first second: 13:47:00 for all of 13:47.

    What was recorded at or before it stood there by then, as 14:00:00 itself is on time.
    """
    return at(day, hour_of(now))


def plus(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_until(last: str, count: int) -> list[str]:
    """`count` days in order, ending with `last`."""
    return [plus(last, -back) for back in range(count - 1, -1, -1)]
