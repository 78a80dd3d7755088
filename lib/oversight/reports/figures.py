"""The counts a report is made of: of the snapshot, or of this moment while there is none.

Beside a frozen figure stands the frozen one of the day before, beside one of this minute that of the same minute of the
day before, as on the board.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, rollup
from lib.oversight.figures import units
from lib.oversight.report_template import indicators, versions
from lib.oversight.report_template.indicators import FUNCTIONS, MANUAL
from lib.oversight.reports import commune_counts, opening_sums, snapshots, states


class Figures:
    """`counts` as of `as_of` and, of the day before, `before` as of `before_at`: `{area: counts}`; `lines` of the form.

    `known` and `earlier` are `(stamp, counts)` of this minute and of the same minute of the day before, where they have
    been counted already.
    """

    def __init__(
        self,
        db: Database,
        area: dict,
        day: str,
        *,
        now: datetime,
        rules: dict,
        known: tuple[str, dict[str, dict]] | None = None,
        earlier: tuple[str, dict[str, dict]] | None = None,
    ):
        self.kind = "province" if area["level"] == "province" else "district"
        head = snapshots.of_day(db, day, self.kind)
        self.db, self.day, self.frozen_at = db, day, head and head["frozen_at"]
        self.template = head["template"] if head else versions.current(db)
        self.lines = versions.lines(db, self.template, area=area["code"])
        self.automatic = [line for line in self.lines if line["function"] != MANUAL]
        self._counted = lambda day, at: commune_counts.by_area(
            db, commune_counts.of_communes(db, day, at, **rules, only=units.communes(db, area))
        )
        cutoff = clock.at(day, snapshots.CUTOFFS[self.kind])
        if head:
            self.as_of, self.counts = head["as_of"], snapshots.counted(db, head["id"])
        elif known and known[0] <= cutoff:
            self.as_of, self.counts = known
        else:
            self.as_of = min(clock.stamp(now), cutoff)
            self.counts = self._counted(day, self.as_of)
        self.before_at, self.before = self._earlier(earlier)
        self._read: dict[str, list[dict]] = {}

    def _earlier(self, earlier: tuple[str, dict[str, dict]] | None) -> tuple[str | None, dict[str, dict]]:
        """The day before at the same hour; nothing where that day was never opened."""
        day = clock.plus(self.day, -1)
        head = snapshots.of_day(self.db, day, self.kind)
        at = clock.same_minute(day, clock.instant(self.as_of))
        if head and head["as_of"] == at:
            return at, snapshots.counted(self.db, head["id"])
        if earlier and earlier[0] == at:
            return earlier
        return (at, self._counted(day, at)) if rollup.is_open(self.db, day) else (None, {})

    def today(self, codes: list[str]) -> dict | None:
        """What these areas come to together; None where nothing is known of any."""
        return _together(self.counts, codes)

    def yesterday(self, codes: list[str]) -> dict | None:
        """The same areas on the day before."""
        return _together(self.before, codes)

    def cumulative(self, codes: list[str], function: str) -> int | None:
        """What has happened in these areas up to and with this day; only for what adds up over days."""
        if not FUNCTIONS[function].flow:
            return None
        days = [sums for code in codes for sums in (*self._past(code), self.counts.get(code)) if sums]
        return sum(indicators.fraction(function, sums)[0] for sums in days)

    def _past(self, code: str) -> list[dict]:
        if code not in self._read:
            first = max(states.first_day(self.db), opening_sums.since(self.db))
            last = clock.plus(self.day, -1)
            past = snapshots.between(self.db, self.kind, code, first, last)
            self._read[code] = [sums for _day, sums in past]
        return self._read[code]


def _together(counts: dict[str, dict], codes: list[str]) -> dict | None:
    known = [counts[code] for code in codes if code in counts]
    return commune_counts.total(known) if known else None
