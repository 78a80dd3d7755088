"""What moved, on a board: who has just entered something, and places won or lost since an hour ago.

The ranks of an hour ago need the course of the day, which takes a whole province a second to read once an hour:
never in the run that first paints a place, and by one run at a time. Every minute of it is a small sum.
"""

import threading
from collections import OrderedDict

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.oversight.figures import recent_changes
from lib.screen import figure_words as words
from lib.screen.board import past_minute, place, wall
from lib.screen.board.place import Place
from lib.screen.i18n import _, hour, ngettext, number
from lib.screen.shared_cache import SharedCache

SHOWN = 8
BESIDE = "board_beside"  # the chart and this list; one under the other already where a tablet has its menu open
STYLE = f"""<style>
    @media (max-width: 1100px) {{.st-key-{BESIDE} [data-testid="stColumn"] {{min-width: 100%}}}}
    @media (max-width: 640px) {{.st-key-board-wall {{display: none}}}}
</style>"""
_PLACES_KEPT = 128
_FIRST = "moves_first"  # the first run on the place this session shows
_then: OrderedDict[tuple, tuple[str, dict]] = OrderedDict()  # place -> the hour and its ranks
_counting = threading.Lock()
_lately = SharedCache(128)  # place and ten seconds -> the writes then, who had just entered, how many rows
_UNFINISHED = -1  # writes no store has


def draw(db: Database, user: User, here: Place, found: list[dict]) -> None:
    """The live list; on a day that is over only while somebody still enters it."""
    _changes, fresh, rows = _lately.get(_moment(here), lambda: _fresh(db, here, found))
    if fresh or here.is_today:
        wall.moved(
            {
                "title": _title(fresh, found),
                "more": _("newest first, of the last 10 minutes") if fresh else "",
                "units": [_unit(here, unit, rows) for unit in fresh[:SHOWN]],
                "ranks": _ranks(db, user, here, found),
            },
            key=f"moved-{here.area['code']}",
            on_open=lambda: _open(here),
        )


def seen(here: Place) -> int:
    """The writes that this run shows with all that moves; while something of it is still to come, none."""
    known = _lately.peek(_moment(here))
    stale = known is not None and known[0] < here.changes
    coming = is_due(here) and (then_hour(here) is None or not _is_later(here))
    return _UNFINISHED if stale or coming else here.changes


def arrows(
    db: Database, user: User, here: Place, found: list[dict], *, count: bool | None = None
) -> dict[str, int | None]:
    """`{code: places won (+) or lost (-) since an hour ago}`; None where nothing can be compared, or not yet.

    `count` says whether this run may count the ranks of then; by default any run but the first on the place.
    """
    then = _ranks_then(db, user, here, found, count=_is_later(here) if count is None else count)
    return recent_changes.places_won(found, then and then[1])


def arrow(won: int | None) -> str:
    """The mark of a change: it says as much without colour."""
    return "" if won is None else f"▲{won}" if won > 0 else f"▼{-won}" if won < 0 else "="


def arrow_words(won: int | None) -> str:
    if not won:
        return _("same rank") if won == 0 else ""
    if won > 0:
        return ngettext("{n} place up", "{n} places up", won).format(n=won)
    return ngettext("{n} place down", "{n} places down", -won).format(n=-won)


# Who has just entered


def _moment(here: Place) -> tuple:
    """What the list depends on; it is made anew every ten seconds, however many watch and write."""
    return (str(database.path()), here.area["code"], here.day, clock.stamp(here.now)[:18], *here.scope)


def _fresh(db: Database, here: Place, found: list[dict]) -> tuple[int, list[dict], dict[str, int]]:
    fresh = recent_changes.updated(db, here.area, found, here.day, now=here.now)
    return here.changes, fresh, recent_changes.entered(db, here.area, fresh[:SHOWN], here.day, now=here.now)


def _title(fresh: list[dict], found: list[dict]) -> str:
    n = len(fresh)
    if not n:
        return _("Nothing has been entered in the last 10 minutes.")
    return {
        "commune": ngettext("{n} commune has just updated", "{n} communes have just updated", n),
        "hamlet": ngettext("{n} hamlet has just updated", "{n} hamlets have just updated", n),
        "team": ngettext("{n} team has just updated", "{n} teams have just updated", n),
    }[fresh[0]["level"]].format(n=number(n))


def _unit(here: Place, unit: dict, rows: dict[str, int]) -> dict:
    team = unit["code"].removeprefix("team:") if unit["level"] == "team" else None
    n = rows.get(unit["code"], 0)
    return {
        "code": unit["code"],
        "href": f"sheet?team={team}&day={here.day}" if team else place.address(here, area=unit["code"]),
        "leaves": bool(team),
        "name": words.short(unit) if team else words.name(unit),
        "place": unit["parent_name"] if here.area["level"] == "province" else "",
        "hour": hour(unit["last_entry_at"], here.day),
        "rows": ngettext("{n} household", "{n} households", n).format(n=number(n)),
    }


def _open(here: Place) -> None:
    """The unit that was clicked becomes the place of the address; the browser's Back button returns."""
    code = wall.opened(f"moved-{here.area['code']}")
    if code:
        place.turn_to(code)


# Ranks


def _ranks(db: Database, user: User, here: Place, found: list[dict]) -> dict | None:
    """Who won or lost places, most first; None until that is known."""
    won = arrows(db, user, here, found)
    since = then_hour(here)
    if since is None or not any(places is not None for places in won.values()):
        return None
    names = words.labels(found[1:])
    changed = sorted((unit for unit in found[1:] if won[unit["code"]]), key=lambda unit: -won[unit["code"]])
    title = _("Ranks since {hour}:") if changed else _("No rank has changed since {hour}.")
    return {
        "title": title.format(hour=since),
        "units": [
            {"name": names[unit["code"]], "mark": arrow(won[unit["code"]]), "words": arrow_words(won[unit["code"]])}
            for unit in changed
        ],
    }


def then_hour(here: Place) -> str | None:
    """The hour the arrows of this place are measured from, once they are known."""
    known = _then.get(_place(here))
    return known and known[0]


def is_due(here: Place) -> bool:
    """Whether the ranks of an hour ago have to be counted (again)."""
    return then_hour(here) != recent_changes.hour_before(here.day, now=here.now)


def _place(here: Place) -> tuple:
    return (str(database.path()), here.area["code"], here.day, *here.scope)


def _is_later(here: Place) -> bool:
    """Whether this session has painted the place in an earlier run."""
    first = st.session_state.get(_FIRST)
    if first is None or _place(first) != _place(here):
        st.session_state[_FIRST] = first = here
    return first is not here


def _ranks_then(db: Database, user: User, here: Place, found: list[dict], *, count: bool) -> tuple[str, dict] | None:
    """The hour and the ranks it had; the ones before while these are being counted."""
    wanted, key = recent_changes.hour_before(here.day, now=here.now), _place(here)
    if wanted is None:
        return None
    known = _then.get(key)
    if (known is None or known[0] != wanted) and count and _counting.acquire(blocking=False):
        try:
            then = past_minute.stood(db, user, here, here.day, wanted)
            known = _then[key] = (wanted, recent_changes.ranks_at(found, then))
            while len(_then) > _PLACES_KEPT:
                _then.popitem(last=False)
        finally:
            _counting.release()
    return known
