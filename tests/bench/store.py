"""The store on its own: a full province is built, then saved to, asked, searched and weighed."""

import os
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lib.core import access, clock, database, rollup, trusted_time
from lib.core.database import value
from lib.field.visits import visits
from lib.oversight.figures import day_course, figures, spans, units
from lib.practice import province
from lib.register.households.search import search
from tests.bench.measure import note, timed

DAYS = int(os.environ.get("BENCH_DAYS", 45))
SIZE = os.environ.get("BENCH_SIZE", "province")
NOW = datetime(2021, 9, 16, 6, 30, tzinfo=UTC)
TODAY = clock.day_of(NOW)


def build(file: Path) -> None:
    """The store to measure on."""
    database.prepare(file, now=NOW)
    db = database.connect(file)
    start = time.perf_counter()
    province.build(db, province.Extent(size=SIZE, days=DAYS, seed=1), now=NOW, password_hash="-", progress=_told)
    db.conn.execute("pragma wal_checkpoint(truncate)")
    os.sync()  # or the first saves wait for the disk to swallow the build
    made = value(db, "select count(*) from visits")
    print(f"\n{made:,} visits of {DAYS} days in {time.perf_counter() - start:.0f} s\n", flush=True)
    db.close()


def _told(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\rbuilding {share:4.0%}", end="", file=sys.stderr, flush=True)


def signed_in(file: Path, role: str, area: str | None = None):
    """A connection bound to one of the practice accounts."""
    db = database.connect(file)
    account = value(
        db,
        "select account_id from grants where role = ? and (? is null or area_code = ?) order by id limit 1",
        [role, area, area],
    )
    user = access.user(db, account, TODAY)
    access.bind(db, user, TODAY)
    return db, user


def bench_save(file: Path) -> None:
    """(a) A commune's first sheets of a new day, with rights, roll-up and log, against a bare executemany."""
    morning = NOW + timedelta(hours=18)
    day = clock.day_of(morning)
    bare = database.connect(file)
    rollup.open_day(bare, day, now=morning)
    bare.conn.execute("drop table if exists bench_visits")
    columns = bare.conn.execute("select sql from sqlite_master where name = 'visits'").fetchone()[0]
    bare.conn.execute(columns.replace(" visits ", " bench_visits ", 1))
    communes = [code for (code,) in bare.conn.execute("select distinct commune_code from team_day limit 15").fetchall()]
    ratios, speeds = [], []
    for commune in communes:
        ours, theirs, count = _save_commune(file, bare, commune, day, morning)
        ratios.append(theirs / ours)
        speeds.append(count / ours)
    ratio = statistics.median(ratios)
    note("a  30-row sheet: rows/s against bare executemany", ratio, "ratio", ">= 0.35", ratio >= 0.35)
    note("a  30-row sheet: rows per second", statistics.median(speeds), "rows/s", "")
    bare.conn.execute("drop table bench_visits")
    bare.close()
    db, user = signed_in(file, "province")
    trusted_time.confirm(db, user, TODAY, now=NOW)  # what was entered just now was entered tomorrow
    db.close()


def _save_commune(file: Path, bare, commune: str, day: str, now: datetime) -> tuple[float, float, int]:
    """Seconds of the product and of bare SQL for the same sheets of one commune, and their rows."""
    db, user = signed_in(file, "commune", commune)
    teams = [team["id"] for team in visits.teams_of_day(db, day) if team["due"] >= 20][:60]
    sheets = {team: _codes(db, team, day) for team in teams}
    ids = dict(bare.conn.execute("select code, id from households where commune_code = ?", [commune]).fetchall())
    answer = {"outcome": "met", "flags": "", "note": None, "swept": False, "version": 0}

    def ours() -> None:
        for team, codes in sheets.items():
            saved = visits.record(db, user, visits.Submission(team, day, {code: answer for code in codes}), now=now)
            assert all(line["state"] == "saved" for line in saved.values())

    def theirs() -> None:
        for codes in sheets.values():
            bare.conn.execute("begin immediate")
            bare.conn.executemany(
                """insert into bench_visits (day, household_id, outcome, swept, persons, flags, note, member_id,
                       recorded_at, recorded_by) values (?, ?, 'met', 0, 4, '', null, 1, ?, 1)""",
                [(day, ids[code], clock.stamp(now)) for code in codes],
            )
            bare.conn.execute("commit")

    taken = timed(ours, 1), timed(theirs, 1)
    db.close()
    return *taken, sum(map(len, sheets.values()))


def _codes(db, team: int, day: str) -> list[str]:
    return [line["code"] for line in visits.sheet(db, team, day) if not line["locked"] and not line["outcome"]][:30]


def bench_board(file: Path) -> None:
    """(b) Figures and trend of the province against a bare scan of the roll-up and a recount from visits."""
    db = database.connect(file)
    first = clock.plus(TODAY, 1 - DAYS)

    def scan() -> None:
        db.conn.execute(
            "select sum(assigned), sum(met), sum(phone), sum(seen_on_time) from team_day where day >= ?", [first]
        ).fetchone()

    def trend() -> None:
        spans.by_day(db, units.compared(db, "72", TODAY, None), "coverage", first, TODAY)

    def recount() -> None:
        db.conn.execute(
            """select v.day, areas.parent_code, count(*) filter (where v.outcome in ('met', 'phone'))
               from visits v join households h on h.id = v.household_id
               join areas on areas.code = h.commune_code
               where v.day >= ? group by v.day, areas.parent_code""",
            [first],
        ).fetchall()

    pairs = [(timed(trend, 1), timed(scan, 1)) for _n in range(7)]
    ratio = statistics.median(t / s for t, s in pairs)
    cold = statistics.median(t for t, _s in pairs)
    note(f"b  province over {DAYS} days, cold, against a bare scan", ratio, "ratio", "<= 3", ratio <= 3)
    again = timed(recount, 1) / cold
    note("b  the same against recounting from the visits", again, "x faster", ">= 50", again >= 50)
    before = figures.stood(db, "72", clock.plus(TODAY, -1), "13:30")
    note(
        "b  figures of the province today",
        timed(lambda: figures.of_units(db, units.compared(db, "72", TODAY, None), TODAY, before=before)) * 1000,
        "ms",
        "",
    )
    note(
        "b  figures as of 13:00, counted again from the visits",
        timed(lambda: figures.stood(db, "72", TODAY, "13:00"), 2) * 1000,
        "ms",
        "",
    )
    bench_minutes(db)
    bench_cache(db)
    db.close()


def bench_minutes(db) -> None:
    """The day before at the same minute: its course read once, then a sum a minute for the whole province."""
    before = clock.plus(TODAY, -1)
    found: dict[str, day_course.Course] = {}

    def read() -> None:
        found["course"] = day_course.of_day(db, before, until=clock.stamp(NOW))

    note("b  course of the day before, read once", timed(read, 2) * 1000, "ms", "")
    minutes = (f"13:{n:02d}" for n in range(60))
    each = timed(lambda: figures.everywhere(db, before, next(minutes), course=found["course"]), 9)
    again = timed(lambda: figures.everywhere(db, before, "13:30"), 2)
    note("b  the province, districts and communes at a minute of it", each * 1000, "ms", "")
    note("b  the same against counting again from the visits", again / each, "x faster", ">= 3", again / each >= 3)


def bench_cache(db) -> None:
    """Cached by the change counter: what a watcher costs while nothing happens."""
    cached: dict = {}
    first, found = clock.plus(TODAY, 1 - DAYS), units.compared(db, "72", TODAY, None)

    def look() -> None:
        key = ("72", TODAY, database.changes(db))
        if key not in cached:
            cached[key] = spans.by_day(db, found, "coverage", first, TODAY)

    look()
    note("b  the same, cached by the change counter", timed(look, 50) * 1e6, "µs", "")


def bench_search(file: Path) -> None:
    """(c) Names without marks, in a commune and in the province, against a bare LIKE over the same rows."""
    for role, words in (("commune", "nguyen van duc"), ("province", "tran thi hoa")):
        db, _user = signed_in(file, role)
        ours = timed(lambda db=db, words=words: search(db, words, day=TODAY), 9)
        like = "%" + words.replace(" ", "%") + "%"
        bare = timed(
            lambda db=db, like=like: db.conn.execute(
                "select count(*) from my_households where search_text like ?", [like]
            ).fetchone(),
            9,
        )
        note(f"c  search as typed, {role}", ours * 1000, "ms", "")
        note(f"c  search as typed, {role}, against a bare LIKE", ours / bare, "ratio", "")
        db.close()


def bench_size(file: Path) -> None:
    """(d) Bytes on disk of one visit: the visits, their roll-ups and the log, shared out over the visits."""
    db = database.connect(file)
    made = value(db, "select count(*) from visits")
    register = _register_bytes(file, db)
    each = (_pages(db) - register) / made
    note("d  bytes per visit on disk, everything but the register", each, "bytes", "<= 120", each <= 120)
    db.close()


def _pages(db) -> int:
    return value(db, "pragma page_count") * value(db, "pragma page_size")


def _register_bytes(file: Path, db) -> int:
    """Size of the same store without any day: what households, persons and teams take."""
    bare = file.with_name("register.db")
    bare.unlink(missing_ok=True)
    db.conn.execute("vacuum into ?", [str(bare)])
    other = database.connect(bare)
    other.conn.execute("pragma foreign_keys = off")
    other.conn.execute("drop trigger visits_stay")
    for table in ("visits", "visit_past", "team_day", "hamlet_day", "audit_log", "days"):
        other.conn.execute(f"delete from {table}")
    other.conn.execute("vacuum")
    size = _pages(other)
    other.close()
    for left in file.parent.glob("register.db*"):
        left.unlink()
    return size
