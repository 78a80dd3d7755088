"""Freezing a cut-off of the whole province, reading a report from what is frozen, and the decisions of all communes."""

import re
import time
from pathlib import Path

from lib.core import clock, database
from lib.exchange.documents import commands
from lib.oversight.reports import content, context, snapshots
from tests.bench.measure import note, timed
from tests.bench.store import TODAY

PROVINCE = "72"
_CLEAR = Path("/proc/self/clear_refs")


def bench(file: Path) -> None:
    """(k) What the clock does at 14:00, against reading the day's visits once."""
    db = database.connect(file)
    now = clock.instant(clock.at(TODAY, "15:00"))
    sums = "select count(*), sum(persons), max(recorded_at) from visits where day = ?"
    scan = timed(lambda: db.conn.execute(sums, [TODAY]).fetchone(), 3)
    frozen = timed(lambda: snapshots.freeze(db, TODAY, "district", now=now), 1)
    note("k  14:00 frozen for every commune, district and the province", frozen * 1000, "ms", "")
    note("k  the same against a bare scan of the day's visits", frozen / scan, "ratio", "")
    for day in (clock.plus(TODAY, -1), TODAY):
        snapshots.freeze(db, day, "province", now=now)
    read = timed(lambda: content.content(db, context.read(db, None, PROVINCE, TODAY, now=now), kind="health"), 5)
    note("k  the province's report from what is frozen", read * 1000, "ms", "")
    db.close()
    for form in ("docx", "pdf"):
        _decisions(file, form)


def _decisions(file: Path, form: str) -> None:
    """94 decisions naming every household of the province, into one file; and what that adds to the memory."""
    db = database.connect(file)
    target = file.with_name(f"decisions.{form}.zip")
    _CLEAR.write_text("5")  # the peak begins anew
    before, begun = _peak(), time.perf_counter()
    count = commands.write(
        db, commands.Document("decision", PROVINCE, TODAY), target, now=clock.instant(clock.at(TODAY, "15:00"))
    )
    seconds = time.perf_counter() - begun
    note(
        f"k  decisions of {count} communes with their households, {form.upper()}", seconds, "s", "<= 60", seconds <= 60
    )
    note("k  the same, memory it took at most", (_peak() - before) / 1024, "MB", "")
    target.unlink()
    db.close()


def _peak() -> int:
    """The most memory of this process since the peak was cleared, in KB (proc(5): VmHWM)."""
    told = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1])
