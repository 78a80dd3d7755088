"""The counts a report is made of: of the snapshot, or of this moment while there is none."""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.oversight import indicators, reports, snapshots, tally, template, units
from lib.oversight.indicators import FUNCTIONS, MANUAL


class Figures:
    """`counts` and, of the day before, `before`: `{area: counts}`; `lines` of the form in its version."""

    def __init__(
        self, db: Database, area: dict, day: str, *, now: datetime, rules: dict,
        known: tuple[str, dict[str, dict]] | None = None,
    ):  # fmt: skip
        self.kind = "province" if area["level"] == "province" else "district"
        head = snapshots.of_day(db, day, self.kind)
        self.db, self.day, self.frozen_at = db, day, head and head["frozen_at"]
        self.template = head["template"] if head else template.current(db)
        self.lines = template.lines(db, self.template)
        self.automatic = [line for line in self.lines if line["function"] != MANUAL]
        if head:
            self.as_of, self.counts = head["as_of"], snapshots.counted(db, head["id"])
        else:
            cutoff, communes = clock.at(day, snapshots.CUTOFFS[self.kind]), units.communes(db, area)
            if known and known[0] <= cutoff:
                self.as_of, self.counts = known
            else:
                self.as_of = min(clock.stamp(now), cutoff)
                self.counts = tally.by_area(db, tally.of_communes(db, day, self.as_of, **rules, only=communes))
        earlier = snapshots.of_day(db, clock.plus(day, -1), self.kind)
        self.before = snapshots.counted(db, earlier["id"]) if earlier else {}
        self._read: dict[str, list[dict]] = {}

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
            first, last = reports.first_day(self.db), clock.plus(self.day, -1)
            past = snapshots.between(self.db, self.kind, code, first, last)
            self._read[code] = [sums for _day, sums in past]
        return self._read[code]


def _together(counts: dict[str, dict], codes: list[str]) -> dict | None:
    known = [counts[code] for code in codes if code in counts]
    return tally.total(known) if known else None
