"""The counts a report is made of: of the snapshot, or of this moment while there is none.

Beside a frozen figure stands the frozen one of the day before, beside one of this minute that of the same minute of the
day before, as on the board.
"""

from sqlite_utils import Database

from lib.core import clock, rollup
from lib.oversight.figures import units
from lib.oversight.report_template import indicators, versions
from lib.oversight.report_template.indicators import FUNCTIONS, MANUAL
from lib.oversight.reports import commune_counts, opening_sums, snapshots, states
from lib.oversight.reports.context import ReportContext

CountsAt = tuple[str, dict[str, dict]]  # a stamp, and `{area: counts}` of what was entered by then


class Figures:
    """`counts` as of `as_of` and, of the day before, `before` as of `before_at`: `{area: counts}`; `lines` of the form.

    `known` and `earlier` are the counts of this minute and of the same minute of the day before, where they have been
    counted already; those of a minute after the cut-off are not taken.
    """

    def __init__(
        self, db: Database, report: ReportContext, *, known: CountsAt | None = None, earlier: CountsAt | None = None
    ):
        self._db, self._report, self._kind = db, report, snapshots.kind_of(report.level)
        self.frozen_at = report.snapshot and report.snapshot["frozen_at"]
        self.lines = versions.lines(db, report.template, area=report.code)
        self.automatic = [line for line in self.lines if line["function"] != MANUAL]
        self.as_of, self.counts = self._of_day(known)
        self.before_at, self.before = self._of_day_before(earlier)
        self._past_days: dict[str, list[dict]] = {}

    def _of_day(self, known: CountsAt | None) -> CountsAt:
        report, cutoff = self._report, clock.at(self._report.day, self._report.cutoff)
        if report.snapshot:
            return report.snapshot["as_of"], snapshots.counted(self._db, report.snapshot["id"])
        if known and known[0] <= cutoff:
            return known
        as_of = min(clock.stamp(report.now), cutoff)
        return as_of, self._counted(report.day, as_of)

    def _counted(self, day: str, at: str) -> dict[str, dict]:
        communes = units.communes(self._db, self._report.area)
        return commune_counts.by_area(self._db, commune_counts.of_communes(self._db, day, at, only=communes))

    def _of_day_before(self, earlier: CountsAt | None) -> tuple[str | None, dict[str, dict]]:
        """The day before at the same hour; nothing where that day was never opened."""
        day = clock.plus(self._report.day, -1)
        head = snapshots.of_day(self._db, day, self._kind)
        at = clock.same_minute(day, clock.instant(self.as_of))
        if head and head["as_of"] == at:
            return at, snapshots.counted(self._db, head["id"])
        if earlier and earlier[0] == at:
            return earlier
        return (at, self._counted(day, at)) if rollup.is_open(self._db, day) else (None, {})

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
        if code not in self._past_days:
            first = max(states.first_day(self._db), opening_sums.since(self._db))
            past = snapshots.between(self._db, self._kind, code, first, clock.plus(self._report.day, -1))
            self._past_days[code] = [sums for _day, sums in past]
        return self._past_days[code]


def _together(counts: dict[str, dict], codes: list[str]) -> dict | None:
    parts = [counts[code] for code in codes if code in counts]
    return commune_counts.total(parts) if parts else None
