"""Days and hours of Viet Nam. The only room that looks at the machine's clock.

A *stamp* is UTC text `YYYY-MM-DDTHH:MM:SSZ`; a *day* is a calendar day in Asia/Ho_Chi_Minh,
`YYYY-MM-DD` text. Both sort as text.

A machine's clock can be set wrong while the program runs. What went by since it was last believed is known from the
machine's ticks, which nobody sets; while the two disagree, time goes on by the ticks (see `trusted_time`).
"""

import os
import time as ticking
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DISTRICT_CUTOFF = "14:00"  # S0-23
PROVINCE_CUTOFF = "15:00"  # S0-25
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
AHEAD, BACK = timedelta(minutes=10), timedelta(minutes=2)  # a clock that moves by more has been set or has failed
REHEARSAL = "TUNGNHA_CLOCK"
_TICKS = getattr(ticking, "CLOCK_BOOTTIME", getattr(ticking, "CLOCK_MONOTONIC", None))  # a sleeping laptop ticks on

Reading = tuple[datetime, float]  # an instant, and the ticks at it


def machine() -> datetime:
    """What the machine's clock says, in UTC."""
    return datetime.now(UTC)


def ticks() -> float:
    """Seconds since some moment before the program began; setting the clock moves them not."""
    return ticking.monotonic() if _TICKS is None else ticking.clock_gettime(_TICKS)


@cache
def boot() -> str:
    """Which run of the machine the ticks belong to; where it does not say, which run of the program."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return uuid4().hex


class Reference:
    """What this process measures the machine's clock by: a reading it believed, and the earliest time possible."""

    def __init__(self) -> None:
        self.believed: Reading | None = None
        self.earliest: Reading | None = None

    def believe(self, reading: Reading | None = None) -> None:
        """Measure the machine's clock by its reading now, or by an earlier one of this run of the machine."""
        self.believed, self.earliest = reading or (machine(), ticks()), None

    def never_before(self, instant: datetime) -> None:
        """Give no earlier time than this past instant until the machine's clock is believed."""
        self.earliest = instant, ticks()

    def is_measured(self) -> bool:
        """Whether time goes on by the ticks from an hour that was believed, whatever the machine's clock says."""
        return self.believed is not None and self.earliest is None

    def off(self) -> timedelta:
        """How far the time given differs from the machine's clock: zero while that moves as the ticks do."""
        shown = machine()
        corrected = shown
        if self.believed:
            expected = _continued(self.believed)
            corrected = shown if -BACK <= shown - expected <= AHEAD else expected
        if self.earliest:
            corrected = max(corrected, _continued(self.earliest))
        return corrected - shown


def _continued(reading: Reading) -> datetime:
    """The instant of a reading moved on by the ticks since."""
    instant, at = reading
    return instant + timedelta(seconds=ticks() - at)


reference = Reference()


@cache
def _shift() -> timedelta:
    """How far TUNGNHA_CLOCK (local ISO time) lies from the machine's clock; for rehearsals and tests."""
    start = os.environ.get(REHEARSAL)
    if not start:
        return timedelta(0)
    return datetime.fromisoformat(start).replace(tzinfo=ZONE) - machine()


def is_rehearsal() -> bool:
    """Whether TUNGNHA_CLOCK names another hour to begin at."""
    return bool(os.environ.get(REHEARSAL))


def is_shifted() -> bool:
    """Whether the time told is not this machine's at all."""
    return bool(_shift())


def now() -> datetime:
    """This instant in UTC, to the second; while the machine's clock leaps, by what went by since it was believed."""
    return (machine() + reference.off() + _shift()).replace(microsecond=0)


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


def begun_minutes(span: timedelta) -> int:
    """The minutes of a span, a begun one counted whole; negative for a span that runs backwards."""
    return -(-span // MINUTE)


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
