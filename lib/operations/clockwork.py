"""What the clock starts: open the day, freeze 14:00 and 15:00, check the sums, copy the store, let practice teams walk.

One thread asks every few seconds what is due, another one which copies are. Each job notes its last success in the
settings, so a restart neither repeats nor forgets it.
"""

import logging
import threading
from datetime import datetime

from sqlite_utils import Database

from lib.core import audit, change_capture, clock, connection_pool, database, presence, rollup, trusted_time
from lib.core.errors import Say
from lib.core.identity import accounts, authentication
from lib.operations import backups, health, store_lock
from lib.oversight.reports import snapshots
from lib.practice import live_teams
from lib.register.teams import leaving

BEAT_SECONDS = 5
KEEP_SECONDS = 15
_log = logging.getLogger("tungnha.jobs")


def beat(db: Database, *, now: datetime) -> None:
    """Everything that is due by now; what cannot be undone waits while the clock is in doubt."""
    if trusted_time.settle(db, now=now) is None:
        rollup.open_day(db, clock.day_of(now), now=now)
        freeze(db, now=now)
        _nightly(db, "reconciled_day", reconcile, now=now)
        _nightly(db, "returned_day", leaving.come_back, now=now)
        _nightly(db, "forgotten_day", forget, now=now)
    live_teams.visit_some(db, now=now, seconds=BEAT_SECONDS)  # last: play holds up no work


def _nightly(db: Database, key: str, job, *, now: datetime) -> None:
    """Run a job once a day, from 01:00 on; on a machine that was off at night, at its start."""
    day = clock.day_of(now)
    if clock.hour_of(now) >= "01:00" and database.setting(db, key) != day:
        job(db, now=now)
        database.set_setting(db, key, day)


def reconcile(db: Database, *, now: datetime) -> None:
    """Recount yesterday from the facts; log differences and put the sums right."""
    yesterday = clock.plus(clock.day_of(now), -1)
    if not rollup.is_open(db, yesterday):
        return
    wrong = rollup.differences(db, yesterday)
    if wrong:
        teams = {line["key"] for line in wrong if line["table"] == "team_day"}
        hamlets = {line["key"] for line in wrong if line["table"] == "hamlet_day"}
        with database.write(db):
            rollup.recount(db, teams=teams, hamlets=hamlets, since=yesterday)
            audit.log(db, None, "rollup.corrected", audit.Act(yesterday, detail={"rows": len(wrong)}), now=now)


def freeze(db: Database, *, now: datetime) -> None:
    """Freeze every cut-off that has passed, each once; after the machine was down, those it missed.

    Nothing of a new store's first day before its first entry: nothing could tell yet that the clock of the machine is a
    day ahead, and tomorrow's figures would stand at nought for good.
    """
    first = None if trusted_time.is_begun(db) else accounts.first_day(db)
    for day, kind in snapshots.due(db, now=now):
        if first and day <= first:
            continue
        snapshots.freeze(db, day, kind, now=now)


def seconds_to_cutoff(now: datetime) -> float:
    """How long until the next 14:00 or 15:00 of Viet Nam."""
    day = clock.day_of(now)
    cutoffs = [
        clock.instant(clock.at(date, hour)) for date in (day, clock.plus(day, 1)) for hour in snapshots.CUTOFFS.values()
    ]
    return min((cutoff - now).total_seconds() for cutoff in cutoffs if cutoff > now)


def forget(db: Database, *, now: datetime) -> None:
    """Drop the rows kept of acts that can no longer be taken back: they hold names, and nobody needs them twice.

    So do the counts of wrong tries to sign in.
    """
    with database.write(db):
        change_capture.forget(db, before=clock.stamp(now))
    authentication.forget(db, now=now)


def keep(db: Database, *, now: datetime) -> None:
    """The copies that are due, and once a day a look at every page; on a thread of its own, so that no hour waits."""
    if not accounts.exist(db):
        return
    backups.keep(db, now=now)
    presence.remember(database.path())
    health.check_pages(db, now=now)


class Clockwork:
    """The thread that beats until it is stopped, and the one that copies."""

    def __init__(self):
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clockwork", daemon=True)
        self._keeper = threading.Thread(target=self._keep, name="copies", daemon=True)
        self._noted: dict[str, Say | None] = {}

    def start(self) -> None:
        self._thread.start()
        self._keeper.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=10)
        self._keeper.join(timeout=10)

    def _keep(self) -> None:
        while not self._stop.is_set():
            self._once("no copy was made", keep)
            self._stop.wait(KEEP_SECONDS)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._once("a job failed", beat)
            self._stop.wait(min(BEAT_SECONDS, seconds_to_cutoff(clock.now())))

    def _once(self, failing: str, job) -> None:
        """A round on the store that lies at the path now. One that fails ends neither thread: the next one tries again.

        The thread's connection stays open between the rounds, and with it what SQLite keeps beside the store: so a
        store on a disk that has filled up can still be read.

        What the store itself suffers from is told on the pages and by /healthz; here it is noted once, until it is
        over or another trouble comes.
        """
        try:
            store_lock.share(database.path())
            job(connection_pool.of_run(), now=clock.now())
        except Exception as fault:
            trouble = database.trouble(fault)
            if trouble is None:
                _log.exception(failing)
            elif self._noted.get(failing) != trouble:
                _log.error("%s: %s", failing, trouble)
            self._noted[failing] = trouble
        else:
            self._noted.pop(failing, None)
