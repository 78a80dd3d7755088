"""Random edits of the world: visits of every outcome, clears, sweeps, late recordings, assignments, statuses.

Written by plain SQL as the triggers see it; whatever changes who is due calls `rollup.recount`, as commands do.
"""

from datetime import timedelta

from hypothesis import strategies as st

from lib.core import clock, rollup
from lib.core.database import write
from tests import world

DAYS = (world.YESTERDAY, world.DAY)
TOMORROW = clock.plus(world.DAY, 1)
HOUSEHOLDS = range(1, len(world.TEAMS) * world.HOUSEHOLDS_PER_TEAM + 1)
OUTCOMES = ("met", "phone", "absent", "refused", None)
STATUSES = ("central_quarantine", "locked_down_elsewhere", "moved", "merged", None)

_household = st.sampled_from([*HOUSEHOLDS[:6], *HOUSEHOLDS[22:30], *HOUSEHOLDS[70:76]])
_visit = st.tuples(
    st.just("visit"), _household, st.sampled_from(DAYS), st.sampled_from(OUTCOMES), st.booleans(), st.integers(1, 5)
)
_assign = st.tuples(
    st.just("assign"), _household, st.sampled_from((*DAYS, TOMORROW)), st.one_of(st.none(), st.integers(1, 12))
)
_status = st.tuples(
    st.just("status"), _household, st.sampled_from((*DAYS, TOMORROW)), st.sampled_from(STATUSES), st.booleans()
)
_edit = st.one_of(_visit, _visit, _visit, _assign, _status)
_gap = st.sampled_from((0, 1, 20, 60, 120, 180))
# Each edit comes some minutes after the one before, from 07:00 of yesterday on, past the cut-offs of both days.
edits = st.lists(st.tuples(_gap, _edit), min_size=10, max_size=40)


def apply(db, listed, *, persons: int | None = None) -> None:
    """Carry the edits out in order; `persons` fixes how many live in each house."""
    now = clock.instant(clock.at(world.YESTERDAY, "07:00"))
    for minutes, (kind, *what) in listed:
        now += timedelta(minutes=minutes)
        if kind == "visit":
            household, day, outcome, swept, people = what
            visit(db, household, outcome, day=day, swept=swept, persons=persons or people, at=clock.stamp(now))
        elif kind == "assign":
            assign(db, *what)
        else:
            set_status(db, *what)


def visit(db, household, outcome, *, day=world.DAY, swept=False, persons=4, at="2021-08-16T02:00:00Z") -> None:
    with write(db):
        db.conn.execute(
            """insert into visits (day, household_id, outcome, swept, persons, recorded_at)
               values (:day, :household, :outcome, :swept, :persons, :at)
               on conflict (day, household_id) do update set outcome = excluded.outcome, swept = excluded.swept,
                   persons = excluded.persons, recorded_at = excluded.recorded_at, version = version + 1""",
            {"day": day, "household": household, "outcome": outcome, "swept": int(swept), "persons": persons, "at": at},
        )


def assign(db, household, day, member) -> None:
    """From a day on the household is this member's, or nobody's."""
    with write(db):
        teams = _teams_of(db, household)
        db.conn.execute(
            """update assignments set until_day = max(from_day, :day)
               where household_id = :household and (until_day is null or until_day > :day)""",
            {"day": day, "household": household},
        )
        if member:
            world.add_assignment(db, household, member, (member - 1) // 3 + 1, day)
        _recount(db, household, teams, day)


def set_status(db, household, day, status, ends) -> None:
    """From a day on, for one day or for good; None ends what there was."""
    with write(db):
        db.conn.execute(
            """update household_status set until_day = max(from_day, :day)
               where household_id = :household and (until_day is null or until_day > :day)""",
            {"day": day, "household": household},
        )
        if status:
            db.conn.execute(
                "insert into household_status (household_id, status, from_day, until_day) values (?, ?, ?, ?)",
                [household, status, day, clock.plus(day, 1) if ends else None],
            )
        _recount(db, household, _teams_of(db, household), day)


def _teams_of(db, household) -> set[int]:
    return {team for (team,) in db.conn.execute("select team_id from assignments where household_id = ?", [household])}


def _recount(db, household, teams, day) -> None:
    hamlet = db.conn.execute("select hamlet_code from households where id = ?", [household]).fetchone()[0]
    rollup.recount(db, teams=teams | _teams_of(db, household), hamlets={hamlet}, since=day)
