"""The leaderboard's place, cached figures and words; what pages/leaderboard.py draws.

Figures are cached by the store's change counter, so that two hundred watchers cost one count per write. Below
commune level the key names the visitor's grant: nobody is handed what another area may see.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.oversight.figures import figures as coverage
from lib.oversight.figures import units
from lib.register import size_rules
from lib.screen import i18n
from lib.screen.board import chart_clicks, past_minute
from lib.screen.shared_cache import SharedCache
from lib.screen.widgets import link_table

OPEN_TO_ALL = ("province", "district")  # their children are districts and communes
LINKED = (
    "board-way",
    "board-today",
    "board-doors",
    "board-headline",
    "board-table",
    "why-way",
    "why-rows",
    "why-moves",
    "doors-kinds",
    "doors-list",
    "doors-pages",
)
OPENED = ("why", "of", "doors", "part", "screen")  # what of the address belongs to one place only


@dataclass(frozen=True)
class Place:
    """What a board shows: an area on a day, at an instant, to somebody, after so many writes."""

    area: dict
    day: str
    now: datetime
    scope: tuple
    changes: int

    @property
    def key(self) -> tuple:
        """What a cached answer depends on beside the writes: the store, the area, the day, and who may see it.

        A running day is compared anew every minute.
        """
        return (str(database.path()), self.area["code"], self.day, self.hour, *self.scope)

    @property
    def days_key(self) -> tuple:
        """The same of the days before this one, which hardly change: asked anew every ten minutes."""
        return (str(database.path()), self.area["code"], self.day, clock.stamp(self.now)[:15], *self.scope)

    @property
    def live_key(self) -> tuple:
        return (*self.key, self.changes, i18n.language())

    @property
    def today(self) -> str:
        return clock.day_of(self.now)

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def day_before(self) -> str:
        return clock.plus(self.day, -1)

    @property
    def minutes_left(self) -> int:
        """Until the day's cut-off, a begun minute counted whole; 0 or less when it has passed."""
        cutoff = clock.instant(clock.at(self.day, clock.DISTRICT_CUTOFF))
        return -int((self.now - cutoff).total_seconds() // 60)

    @property
    def hour(self) -> str | None:
        """The hour at which the day before is compared; None when the day is over."""
        return coverage.same_hour(self.day, now=self.now)


# The address


def follow() -> None:
    """Turn to the state of the board that the click of this run points to; an address, so that Back returns."""
    chart_clicks.forget()
    asked = dict(parse_qsl((link_table.gone(*LINKED) or "").removeprefix("?")))
    if asked:
        st.query_params.from_dict(asked)


def address(here: "Place", **changes: str | int | None) -> str:
    """A link to the board as it is now with some changes; what was opened on it stays behind."""
    area = str(changes.get("area") or here.area["code"])
    wished = _kept(moving=area != here.area["code"]) | {"area": area, "day": here.day} | changes
    return "?" + urlencode({name: value for name, value in wished.items() if value is not None})


def turn_to(code: str) -> None:
    """Another area on the same day, with nothing opened on it."""
    st.query_params.from_dict(_kept(moving=True) | {"area": code})


def _kept(*, moving: bool) -> dict[str, str]:
    """What of the address goes along, to another area without the units that were put beside each other."""
    left = (*OPENED, "units") if moving else OPENED
    return {name: value for name, value in st.query_params.to_dict().items() if name not in left}


def place(db: Database, user: User, now: datetime, day: str) -> Place:
    """Where the address and a click in a chart point; without either the visitor's province. Raises NotFound."""
    code = st.query_params.get("area") or units.province(db, user)
    clicked = chart_clicks.opened(code)
    if clicked and clicked.startswith("team:"):
        query = {"area": code, "team": clicked.removeprefix("team:")}  # the area finds this board again on Back
        st.switch_page("sheet.py", query_params=query if day == clock.day_of(now) else query | {"day": day})
    if clicked:
        code = clicked
        turn_to(code)
    area = units.area(db, code, user)
    return Place(area, day, now, _scope(area, user), database.changes(db))


def of(here: Place, user: User, area: dict) -> Place:
    """The same day and instant for another area."""
    return replace(here, area=area, scope=_scope(area, user))


def _scope(area: dict, user: User) -> tuple:
    return () if area["level"] in OPEN_TO_ALL else (user.grant_id, user.role, user.area_code, user.team_id)


def target(db: Database) -> float:
    """The coverage a province aims at, drawn as a line."""
    return size_rules.read(db).coverage_target / 100


# Figures, kept for all who may see them

_counted = SharedCache(256)


def figures(db: Database, user: User, here: Place) -> list[dict]:
    """The area's figures, then its children's; anew after each write, else from the cache."""
    before = past_minute.stood(db, user, here, here.day_before, here.hour)
    return _counted.get(
        (*here.key, here.changes), lambda: coverage.figures(db, here.area["code"], here.day, user=user, before=before)
    )
