"""The figures: one function behind every screen, report, export and the freeze.

Coverage is seen / due. Roll-ups are sums of numerators over sums of denominators; a unit that has
entered nothing is not reported, which is neither 0 % nor left out of the sums.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight import counts, lists, units
from lib.oversight.measures import ATTEMPTED, DUE, SEEN, shares, summed
from lib.oversight.ranking import ranked


def figures(
    db: Database,
    area_code: str,
    day: str,
    *,
    user: User | None = None,
    as_of: str | None = None,
    now: datetime | None = None,
    before: dict[str, float | None] | None = None,
) -> list[dict]:
    """The area's figures, then those of what lies in it, best first.

    `as_of` (HH:MM) counts again what was recorded by then. `change` is against `before`, by default the day
    before: at `as_of`, at the hour of `now` when the day is not over, else as it finally was.
    """
    area = units.area(db, area_code, user)
    below = units.children(db, area, day, user)
    if before is None:
        before = coverage_at(db, area_code, clock.plus(day, -1), same_hour(day, as_of=as_of, now=now), user=user)
    made = [_figure(unit, sums) | {"change": None} for unit, sums in _counted(db, [area, *below], day, as_of)]
    for figure in made:
        was = before.get(figure["code"])
        if was is not None and figure["reported"] and figure["due"]:
            figure["change"] = figure["coverage"] - was
    return [made[0] | {"rank": None}, *ranked(made[1:])]


def stood(db: Database, area_code: str, day: str, hour: str | None, *, user: User | None = None) -> dict[str, dict]:
    """`{code: figure}` of the area and its children as recorded by HH:MM of that day, or as it finally was."""
    area = units.area(db, area_code, user)
    below = units.children(db, area, day, user)
    return {unit["code"]: _figure(unit, sums) for unit, sums in _counted(db, [area, *below], day, hour)}


def coverage_at(
    db: Database, area_code: str, day: str, hour: str | None, *, user: User | None = None
) -> dict[str, float | None]:
    """`{code: coverage}` of what `stood`; None where nothing was reported."""
    return told(stood(db, area_code, day, hour, user=user))


def told(figures: dict[str, dict]) -> dict[str, float | None]:
    """`{code: coverage}` as a change is measured against it; None where nothing was reported."""
    return {code: figure["coverage"] if figure["reported"] else None for code, figure in figures.items()}


def same_hour(day: str, *, as_of: str | None = None, now: datetime | None = None) -> str | None:
    """The hour (HH:MM) at which the day before is compared: `as_of`, else this minute; None for a day that is over."""
    if as_of or now is None or clock.day_of(now) != day:
        return as_of
    return clock.hour_of(now)


def _counted(db: Database, found: list[dict], day: str, hour: str | None) -> list[tuple[dict, dict]]:
    below = {unit["code"]: units.communes(db, unit) for unit in found}
    sums = counts.of_units(db, found, below, day=day, at=hour and clock.at(day, hour))
    return [(unit, sums[unit["code"]]) for unit in found]


def _figure(unit: dict, sums: dict) -> dict:
    """One unit in the shape every screen and export takes. Integers count households unless named otherwise."""
    counted = {
        **{name: sums[name] for name in ("teams", "hamlets", "hamlets_without_team", "hamlets_empty")},
        **{name: sums[name] for name in ("households", "assigned")},
        "unassigned": sums["households"] - sums["housed"],
        "seen_met": sums["met"],
        "seen_phone": sums["phone"],
        **{name: sums[name] for name in ("absent", "refused", "excluded", "seen_on_time", "swept", "touched")},
        **{name: sums[name] for name in ("persons_seen", "last_entry_at", *lists.COUNTED)},
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
        "unregistered": lists.unregistered(sums),
        **shares(counted),
    }
