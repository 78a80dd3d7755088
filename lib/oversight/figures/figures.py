"""The figures: one function behind every screen, report, export and the freeze.

Coverage is seen / due. Roll-ups are sums of numerators over sums of denominators; a unit that has
entered nothing is not reported, which is neither 0 % nor left out of the sums.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words.number_format import tenths
from lib.oversight.figures import counts, list_completeness, units
from lib.oversight.figures.day_course import Course
from lib.oversight.figures.measures import ATTEMPTED, DUE, SEEN, shares, summed


def figures(
    db: Database,
    area_code: str,
    day: str,
    *,
    user: User | None = None,
    as_of: str | None = None,
    now: datetime | None = None,
) -> list[dict]:
    """The figures of an area, then those of what lies in it, best first.

    `as_of` (HH:MM) counts what was recorded by then. `change` is against the day before: at `as_of`, at the minute of
    `now` when the day is not over, else as it finally was.
    """
    before = stood(db, area_code, clock.plus(day, -1), same_hour(day, as_of=as_of, now=now), user=user)
    return of_units(db, units.compared(db, area_code, day, user), day, as_of=as_of, before=before)


def of_units(
    db: Database, compared: list[dict], day: str, *, as_of: str | None = None, before: dict[str, dict]
) -> list[dict]:
    """The same of units as `units.compared` gives them; `change` is against the figures `before`, by code."""
    counted = [_figure(unit, sums) for unit, sums in _counted(db, compared, day, as_of)]
    area, *below = [figure | {"change": change(figure, before.get(figure["code"]))} for figure in counted]
    return [area | {"rank": None}, *ranked(below)]


def change(figure: dict, was: dict | None) -> float | None:
    """Coverage less that of `was`, each as it is shown: a reader who takes one from the other finds this number."""
    if not was or not all(row["reported"] and row["due"] for row in (figure, was)):
        return None
    return (tenths(figure["seen"], figure["due"]) - tenths(was["seen"], was["due"])) / 1000


def stood(db: Database, area_code: str, day: str, hour: str | None, *, user: User | None = None) -> dict[str, dict]:
    """`{code: figure}` of the area and its children as recorded by HH:MM of that day, or as it finally was."""
    compared = units.compared(db, area_code, day, user)
    return {unit["code"]: _figure(unit, sums) for unit, sums in _counted(db, compared, day, hour)}


def everywhere(db: Database, day: str, hour: str | None, *, course: Course | None = None) -> dict[str, dict]:
    """The same as `stood` of every area down to the communes, in one count; quicker with the `course` of the day."""
    return {unit["code"]: _figure(unit, sums) for unit, sums in _counted(db, units.open_to_all(db), day, hour, course)}


def same_hour(day: str, *, as_of: str | None = None, now: datetime | None = None) -> str | None:
    """The hour (HH:MM) at which the day before is compared: `as_of`, else this minute; None for a day that is over."""
    if as_of or now is None or clock.day_of(now) != day:
        return as_of
    return clock.hour_of(now)


def _counted(
    db: Database, compared: list[dict], day: str, hour: str | None, course: Course | None = None
) -> list[tuple[dict, dict]]:
    """Each unit with its counts as recorded by HH:MM."""
    below = {unit["code"]: units.communes(db, unit) for unit in compared}
    sums = counts.of_units(db, compared, below, counts.AsOf(day, hour and clock.at(day, hour), course))
    return [(unit, sums[unit["code"]]) for unit in compared]


def _figure(unit: dict, sums: dict) -> dict:
    """One unit in the shape every screen and export takes. Integers count households unless named otherwise."""
    counted = {
        **{name: sums[name] for name in ("teams", "hamlets", "hamlets_without_team", "hamlets_empty")},
        **{name: sums[name] for name in ("households", "assigned")},
        "unassigned": sums["households"] - sums["housed"],
        "seen_met": sums["met"],
        "seen_phone": sums["phone"],
        **{name: sums[name] for name in ("absent", "refused", "excluded", "seen_on_time", "swept", "touched")},
        **{name: sums[name] for name in ("persons_seen", "last_entry_at", *list_completeness.COUNTED)},
    }
    attempted = summed(ATTEMPTED, counted)
    return {
        **{name: unit[name] for name in ("code", "name", "kind", "level", "parent_name")},
        **counted,
        "due": summed(DUE, counted),
        "seen": summed(SEEN, counted),
        "attempted": attempted,
        "reported": attempted > 0,
        "listed": sums["households"] > 0,
        "unregistered": list_completeness.unregistered(sums),
        **shares(counted),
    }


SMALLEST_RANKED = 20  # due households; below it a unit is listed, not ranked


def may_rank(figure: dict) -> bool:
    """Whether a unit has entered anything and is large enough to be compared."""
    return bool(figure["reported"] and figure["due"] >= SMALLEST_RANKED)


def ranked(figures: list[dict]) -> list[dict]:
    """The units with their `rank`, best first; units that show the same percentage share a rank (1, 2, 2, 4).

    They come in Vietnamese order, which stays the order within a rank and of those without one.
    """
    scores = {f["code"]: tenths(f["seen"], f["due"]) for f in figures if may_rank(f)}
    best_first = sorted(scores.values(), reverse=True)
    ranks: dict[int, int] = {}
    for rank, score in enumerate(best_first, start=1):
        ranks.setdefault(score, rank)
    for figure in figures:
        figure["rank"] = ranks.get(scores.get(figure["code"], -1))
    return sorted(figures, key=lambda f: (f["rank"] is None, f["rank"] or 0))
