"""How a day filled up: each answer with its team and second, read once, so that any minute of it is a small sum.

A board asks every minute how the day before stood then, and counting a province from its facts takes half a second.
What was recorded by an instant stays as it was, so a course once read holds for good. Lists may change afterwards:
teams whose lists did are left out by who asks, and counted as `known` at that instant.
"""

from bisect import bisect_right
from dataclasses import dataclass

import pandas as pd
from sqlite_utils import Database

from lib.core.database import rows

_OUTCOMES = ("met", "phone", "absent", "refused")
_COUNTS = (*_OUTCOMES, "swept", "touched", "persons_seen")

# Whose door a visit was made at, by the lists as they are; nobody is due where a status is in force.
_DOOR = """
    cross join assignments a -- all: for sums only
        on a.household_id = v.household_id and a.from_day <= :day and (a.until_day is null or a.until_day > :day)
    where v.day = :day and v.household_id not in (
        select household_id
        from household_status -- all: for sums only
        where from_day <= :day and (until_day is null or until_day > :day))
"""
# What each version said, from when it was recorded on; an earlier one until a later was.
_SAID = f"""
    select a.team_id as team, v.recorded_at as at, null as until, v.outcome, v.swept, v.persons
    from visits v -- all: for sums only
    {_DOOR} and v.recorded_at <= :until
    union all
    select a.team_id, p.recorded_at, min(v.recorded_at, ifnull((
            select min(q.recorded_at) from visit_past q
            where q.day = p.day and q.household_id = p.household_id and q.version > p.version), v.recorded_at)),
        p.outcome, p.swept, v.persons
    from visit_past p
    cross join visits v -- all: for sums only
        on v.day = p.day and v.household_id = p.household_id
    {_DOOR} and p.day = :day and p.recorded_at <= :until
"""


@dataclass(frozen=True)
class Course:
    """What was added at each instant of a day, as far as the stamp `until`.

    `teams` tells the commune, assigned and excluded of each. A line of `steps` adds its counts to a team at the stamp
    whose place in `stamps` is `at`, or takes them out where a later version replaced them; they stand in that order.
    """

    day: str
    until: str
    teams: pd.DataFrame
    stamps: list[str]
    steps: pd.DataFrame

    def tells(self, day: str, at: str) -> bool:
        """Whether this is the course of the day, and reaches the stamp."""
        return day == self.day and at <= self.until

    def by_commune(self, *, at: str, on_time: str, without: tuple[int, ...] = ()) -> dict[str, dict]:
        """`{commune: counts}` as recorded by the stamp `at`, and in time by the stamp `on_time`."""
        teams = self.teams[~self.teams.index.isin(without)] if without else self.teams
        found = teams.groupby("commune").sum().join(self._summed(at, without))
        timely = found if on_time >= at else teams[["commune"]].drop_duplicates().set_index("commune").join(
            self._summed(on_time, without))  # fmt: skip
        found["seen_on_time"] = (timely["met"] + timely["phone"]).reindex(found.index)
        last = found.pop("last")
        found = found.fillna(0).astype(int)
        return {
            commune: sums | {"last_entry_at": None if pd.isna(last[commune]) else self.stamps[int(last[commune])]}
            for commune, sums in found.to_dict("index").items()
        }

    def _summed(self, at: str, without: tuple[int, ...]) -> pd.DataFrame:
        """Counts by commune, and the place of the last stamp of each."""
        steps = self.steps[: self.steps["at"].searchsorted(bisect_right(self.stamps, at))]
        steps = steps[~steps["team"].isin(without)] if without else steps
        of_commune = steps.groupby("commune", observed=True)
        return of_commune[list(_COUNTS)].sum().assign(last=of_commune["at"].max())


def of_day(db: Database, day: str, *, until: str) -> Course:
    """The course of a day as far as the stamp `until`, which must lie before every save that is still on its way."""
    teams = pd.DataFrame(
        rows(db, "select team_id, commune_code as commune, assigned, excluded from team_day where day = ?", [day]),
        columns=["team_id", "commune", "assigned", "excluded"],
    ).set_index("team_id")
    said = db.conn.execute(_SAID, {"day": day, "until": until})
    steps = _steps(pd.DataFrame(said, columns=[column[0] for column in said.description]), until)
    steps = steps[steps["team"].isin(teams.index)]
    places, stamps = pd.factorize(steps["at"], sort=True)
    steps = steps.assign(at=places, commune=steps["team"].map(teams["commune"]).astype("category"))
    return Course(day, until, teams, list(stamps), steps.sort_values("at", kind="stable", ignore_index=True))


def _steps(said: pd.DataFrame, until: str) -> pd.DataFrame:
    """What each version adds when it is recorded, and takes out again when another takes its place."""
    counts = {outcome: said["outcome"] == outcome for outcome in _OUTCOMES}
    swept, answered = said["swept"] == 1, said["outcome"].notna()
    seen = counts["met"] | counts["phone"]
    counts |= {"swept": answered & swept, "touched": answered & ~swept, "persons_seen": said["persons"] * seen}
    added = said[["team", "at"]].assign(**{name: n.astype("int32") for name, n in counts.items()})
    added = added[said["until"].isna() | (said["at"] < said["until"])]
    gone = added.assign(at=said["until"])
    gone = gone[gone["at"].notna() & (gone["at"] <= until)]
    return pd.concat([added, gone.assign(**{name: -gone[name] for name in _COUNTS})], ignore_index=True)
