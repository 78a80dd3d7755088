"""The course of a day: each answer with its team and second, read once, so that any minute of it is a small sum.

A board asks every minute how the day before stood then, and counting a province from its facts takes half a second.
What was recorded by an instant stays as it was, so a course once read holds for good. Lists may change afterwards:
the caller leaves out the teams whose lists did, and counts them with `as_known`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
from sqlite_utils import Database

from lib.core import clock
from lib.core.database import rows
from lib.core.sql import in_force

_OUTCOMES = ("met", "phone", "absent", "refused")
_COUNTS = (*_OUTCOMES, "swept", "touched", "persons_seen")
_LINE = dict.fromkeys(_COUNTS, "int8") | {"persons_seen": "int16", "team": "int32", "at": "int64"}  # one door's
_OUTCOME = "case {0} " + " ".join(f"when '{name}' then {n}" for n, name in enumerate(_OUTCOMES)) + " else -1 end"

# The team of a visit's household, by the lists as they are; no household with a status in force is due.
_DOOR = f"""
    cross join assignments a -- all: for sums only
        on a.household_id = v.household_id and {in_force("a")}
    where v.day = :day and v.household_id not in (
        select household_id
        from household_status -- all: for sums only
        where {in_force()})
"""
# The answer of each version, from when it was recorded and, of an earlier one, until a later was. Instants are seconds.
# One statement, so that a save between two of them counts neither twice nor not at all.
_ANSWERS = f"""
    select a.team_id as team, unixepoch(v.recorded_at) as at, {_OUTCOME.format("v.outcome")} as outcome, v.swept,
        v.persons, null as gone
    from visits v -- all: for sums only
    {_DOOR} and v.recorded_at <= :until
    union all
    select a.team_id, unixepoch(p.recorded_at), {_OUTCOME.format("p.outcome")}, p.swept, v.persons,
        unixepoch(min(v.recorded_at, ifnull((
            select min(q.recorded_at) from visit_past q
            where q.day = p.day and q.household_id = p.household_id and q.version > p.version), v.recorded_at)))
    from visit_past p
    cross join visits v -- all: for sums only
        on v.day = p.day and v.household_id = p.household_id
    {_DOOR} and p.day = :day and p.recorded_at <= :until
"""


@dataclass(frozen=True)
class Course:
    """The counts added at each instant of a day, as far as the stamp `until`.

    `teams` holds commune, assigned and excluded of each. A line of `steps` adds its counts to a team at a second,
    or takes them out again where a later version replaced them; they stand in the order of seconds.
    """

    day: str
    until: str
    teams: pd.DataFrame
    steps: pd.DataFrame

    def tells(self, day: str, at: str) -> bool:
        """Whether this is the course of the day and reaches the stamp."""
        return day == self.day and at <= self.until

    def by_commune(self, *, at: str, on_time: str, without: tuple[int, ...] = ()) -> dict[str, dict]:
        """`{commune: counts}` as recorded by the stamp `at`, and in time by the stamp `on_time`."""
        teams = self.teams[~self.teams.index.isin(without)] if without else self.teams
        sums = teams.groupby("commune").sum().join(self._summed(at, without))
        timely = sums if on_time >= at else self._summed(on_time, without).reindex(sums.index)
        last = sums.pop("last")
        sums = sums.assign(seen_on_time=timely["met"] + timely["phone"]).fillna(0).astype(int)
        return {
            commune: counts | {"last_entry_at": None if pd.isna(last[commune]) else _stamp(last[commune])}
            for commune, counts in sums.to_dict("index").items()
        }

    def _summed(self, at: str, without: tuple[int, ...]) -> pd.DataFrame:
        """Counts by commune, and the second of the last entry of each."""
        steps = self.steps[: self.steps["at"].searchsorted(_second(at), side="right")]
        steps = steps[~steps["team"].isin(without)] if without else steps
        of_commune = steps.groupby("commune", observed=True)
        return of_commune[list(_COUNTS)].sum().assign(last=of_commune["at"].max())


def of_day(db: Database, day: str, *, until: str) -> Course:
    """The course of a day as far as the stamp `until`, which must lie before every save that is still on its way."""
    teams = pd.DataFrame(
        rows(db, "select team_id, commune_code as commune, assigned, excluded from team_day where day = ?", [day]),
        columns=["team_id", "commune", "assigned", "excluded"],
    ).set_index("team_id")
    cursor = db.conn.execute(_ANSWERS, {"day": day, "until": until})
    answers = pd.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])
    answers["gone"] = answers["gone"].astype(float)  # seconds, and nothing where nothing was replaced
    answers = answers[answers["gone"].isna() | (answers["at"] < answers["gone"])]
    replaced = answers[answers["gone"] <= _second(until)]
    taken_out = _steps(replaced.assign(at=replaced["gone"]))
    taken_out[list(_COUNTS)] *= -1
    steps = pd.concat([_steps(answers), taken_out], ignore_index=True)
    steps = steps[steps["team"].isin(teams.index)].sort_values("at", kind="stable", ignore_index=True)
    return Course(day, until, teams, steps.assign(commune=steps["team"].map(teams["commune"]).astype("category")))


def _steps(answers: pd.DataFrame) -> pd.DataFrame:
    """The counts that each version adds at its second."""
    counts = {name: answers["outcome"] == n for n, name in enumerate(_OUTCOMES)}
    answered, swept = answers["outcome"] >= 0, answers["swept"] == 1
    seen = counts["met"] | counts["phone"]
    counts |= {"swept": answered & swept, "touched": answered & ~swept, "persons_seen": answers["persons"] * seen}
    return pd.DataFrame(counts | {"team": answers["team"], "at": answers["at"]}).astype(_LINE)


def _second(stamp: str) -> int:
    return int(clock.instant(stamp).timestamp())


def _stamp(second: float) -> str:
    return clock.stamp(datetime.fromtimestamp(second, UTC))
