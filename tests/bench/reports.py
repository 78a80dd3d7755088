"""Freezing a cut-off of the whole province, and reading a report from what is frozen."""

from pathlib import Path

from lib import jobs
from lib.core import clock, database
from lib.oversight import report, snapshots
from tests.bench.measure import note, timed
from tests.bench.store import TODAY

PROVINCE = "72"


def bench(file: Path) -> None:
    """(k) What the clock does at 14:00, against reading the day's visits once."""
    db = database.connect(file)
    now = clock.instant(clock.at(TODAY, "15:00"))
    rules = jobs.report_rules(db)
    sums = "select count(*), sum(persons), max(recorded_at) from visits where day = ?"
    scan = timed(lambda: db.conn.execute(sums, [TODAY]).fetchone(), 3)
    frozen = timed(lambda: snapshots.freeze(db, TODAY, "district", now=now, rules=rules), 1)
    note("k  14:00 frozen for every commune, district and the province", frozen * 1000, "ms", "")
    note("k  the same against a bare scan of the day's visits", frozen / scan, "ratio", "")
    read = timed(lambda: report.content(db, None, PROVINCE, day=TODAY, now=now, rules=rules, kind="health"), 5)
    note("k  the province's report from what is frozen", read * 1000, "ms", "")
    db.close()
