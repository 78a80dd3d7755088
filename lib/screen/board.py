"""The leaderboard's place, cached figures and words; what pages/leaderboard.py draws.

Figures are cached by the store's change counter, so that two hundred watchers cost one count per write. Below
commune level the key names the visitor's grant: nobody is handed what another area may see.
"""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.core.errors import N_, Invalid, Say
from lib.oversight import coverage, units
from lib.register import rules, typed
from lib.screen import ranked
from lib.screen.i18n import _, language, say
from lib.screen.i18n import day as in_words

OPEN_TO_ALL = ("province", "district")  # their children are districts and communes


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

        What is before this day is asked anew every ten minutes.
        """
        return (str(database.path()), self.area["code"], self.day, clock.stamp(self.now)[:15], *self.scope)

    @property
    def live_key(self) -> tuple:
        return (*self.key, self.changes, language())

    @property
    def is_today(self) -> bool:
        return self.day == clock.day_of(self.now)

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


def _open_sheet(here: str, team: str, day: str, today: str) -> None:
    """The rows behind a team's figures. The area goes along, so that the Back button finds this board again."""
    query = {"area": here, "team": team.removeprefix("team:")}
    st.switch_page("sheet.py", query_params=query if day == today else query | {"day": day})


def place(db: Database, user: User, now: datetime, day: str) -> Place:
    """Where the address and a click point; without either the visitor's province. Raises NotFound."""
    code = st.query_params.get("area") or units.province(db, user)
    clicked = _clicked(code)
    if clicked and clicked.startswith("team:"):
        _open_sheet(code, clicked, day, clock.day_of(now))
    if clicked:
        code = clicked
        st.query_params["area"] = code  # the browser's Back button returns
    area = units.area(db, code, user)
    scope = () if area["level"] in OPEN_TO_ALL else (user.grant_id, user.role, user.area_code, user.team_id)
    return Place(area, day, now, scope, database.changes(db))


def _clicked(code: str) -> str | None:
    """The unit whose name or bar was clicked on the board of an area."""
    bar = (st.session_state.get(f"bars-{code}") or {}).get("selection", {}).get("open") or []
    return ranked.opened(f"table-{code}") or (bar[0].get("code") if bar else None)


def chosen_day(today: str) -> str:
    """Today, yesterday or a day typed; the choice stands in the address. A wrong day is told at the field."""
    asked, problem = _asked(st.query_params.get("day"), today)
    near = {today: "today", clock.plus(today, -1): "yesterday"}
    names = {"today": _("Today"), "yesterday": _("Yesterday"), "other": _("Another day")}
    now = near.get(asked, "other")
    picked = st.segmented_control(
        _("Day"), list(names), format_func=names.get, default=now, key=f"day-{asked}", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    wished = asked
    if picked == "other":
        typed = st.text_input(
            _("Day (dd/mm/yyyy)"), value="" if asked in near else in_words(asked), key=f"other-{asked}",
            placeholder=_("dd/mm/yyyy"), width=140, label_visibility="collapsed",
        )  # fmt: skip
        wished, problem = _asked(typed or asked, today)
    elif picked != now:
        wished = next(day for day, name in near.items() if name == picked)
    if problem:
        st.markdown(f":orange[:material/error: {say(problem.faults['day'])}]")
        return asked
    if wished != asked:
        st.query_params["day"] = wished
    return wished


def _asked(text: str | None, today: str) -> tuple[str, Invalid | None]:
    try:
        return parsed_day(text, today), None
    except Invalid as problem:
        return today, problem


def parsed_day(text: str | None, today: str) -> str:
    """A day of the address (ISO) or of a field (dd/mm/yyyy); Invalid unless it has begun and can have visits."""
    asked = typed.day(text or today)
    if asked is None or asked < typed.EARLIEST_DAY:
        raise Invalid({"day": Say(N_("Write the day as dd/mm/yyyy, for example 16/08/2021."))})
    if asked > today:
        raise Invalid({"day": Say(N_("This day has not begun yet."))})
    return asked


def target(db: Database) -> float:
    """The coverage a province aims at, drawn as a line."""
    return rules.read(db).coverage_target / 100


# Figures, cached


def figures(db: Database, user: User, here: Place) -> list[dict]:
    """The area's figures, then its children's; anew after each write, else from the cache."""
    before = _before(here.key, _db=db, _user=user, _here=here)
    return _figures(here.key, here.changes, _db=db, _user=user, _here=here, _before=before)


def trend(db: Database, user: User, here: Place, live: list[dict]) -> list[dict]:
    """Fourteen days: the days before from the cache of these ten minutes, the day itself from its live figures."""
    past = _past(here.key, _db=db, _user=user, _here=here)
    return past + [figure | {"day": here.day} for figure in live if figure["teams"]]


@st.cache_data(max_entries=256, show_spinner=False)
def _figures(key: tuple, changes: int, *, _db, _user, _here: Place, _before: dict) -> list[dict]:
    return coverage.figures(_db, _here.area["code"], _here.day, user=_user, before=_before)


@st.cache_data(max_entries=128, show_spinner=False)
def _before(key: tuple, *, _db, _user, _here: Place) -> dict:
    return coverage.coverage_at(_db, _here.area["code"], _here.day_before, _here.hour, user=_user)


@st.cache_data(max_entries=128, show_spinner=False)
def _past(key: tuple, *, _db, _user, _here: Place) -> list[dict]:
    days = coverage.TREND_DAYS - 1
    return coverage.trend(_db, _here.area["code"], _here.day_before, days, user=_user)
