"""Whose report a page shows, of which day, and what it says: kept for everybody who may see the same."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.oversight.figures import units
from lib.oversight.reports import content as report
from lib.oversight.reports import live_counts, states
from lib.oversight.reports.states import Standing
from lib.register import size_rules
from lib.screen.i18n import _
from lib.screen.shared_cache import SharedCache
from lib.screen.widgets import link_table

_ANEW, _ANEW_PAST = 30, 600  # seconds after which a whole province is counted again, of today and of a past day
REHEARSAL = "13:30"  # from here on what is missing stands first
FIGURES, WHY_WAY = "report-figures", "report-why-way"  # parts of the page that hold links of its own
WHY_UNITS, COUNTED, ENTERED = "report-why-units", "report-units-counted", "report-units-entered"

_ORDER = "report_order"
_said, _known, _before = SharedCache(128), SharedCache(128), SharedCache(128)


@dataclass(frozen=True)
class Place:
    """A report as somebody looks at it: `mine` when it is the visitor's own unit's, `writable` when it may change."""

    area: dict
    day: str
    now: datetime
    mine: bool
    writable: bool
    stands: Standing

    @property
    def code(self) -> str:
        return self.area["code"]

    @property
    def is_today(self) -> bool:
        return self.day == clock.day_of(self.now)

    @property
    def rehearses(self) -> bool:
        """Whether the report is still to be sent and its hour is near or past."""
        return not self.stands.sent and (not self.is_today or clock.hour_of(self.now) >= REHEARSAL)


def arrive(here: Place) -> None:
    """The page was opened: which card stands first is decided now, and stays so while somebody types."""
    st.session_state[_ORDER] = (here.code, here.day, here.rehearses)


def ready_first(here: Place) -> bool:
    """Whether what is missing stands before the words."""
    code, day, first = st.session_state.get(_ORDER, ("", "", False))
    return first if (code, day) == (here.code, here.day) else here.rehearses


def follow() -> None:
    """Turn to what was clicked in the run before: another figure's why, or another page."""
    asked = link_table.gone(FIGURES, WHY_WAY, WHY_UNITS, COUNTED, ENTERED)
    if asked and asked.startswith("?"):
        st.query_params.from_dict(dict(parse_qsl(asked[1:])))


def place(db: Database, user: User, day: str, now: datetime) -> Place:
    """Where the address points, the own area without one. Raises NotFound outside the visitor's area."""
    code = st.query_params.get("area") or user.area_code
    states.inside(db, user, code)
    area = units.area(db, code, user)
    if area["level"] not in states.DUE:
        area, code = units.area(db, user.area_code, user), user.area_code  # hamlets write none
    stands = states.standing(db, code, day, now=now)
    mine = code == user.area_code
    return Place(area, day, now, mine, mine and user.can("report.write") and not stands.sent, stands)


def content(db: Database, user: User, here: Place, known: tuple[str, dict[str, dict]]) -> dict:
    """`report.content`, made once for all who see the same and again after a write; `known` is what `counts` gave."""
    return _waited(
        _said,
        (*_key(db, here), here.mine),
        lambda: report.content(
            db,
            user,
            here.code,
            day=here.day,
            now=here.now,
            rules=size_rules.counting(db),
            known=known,
            earlier=_earlier(db, here, known[0]),
        ),
    )


def _earlier(db: Database, here: Place, at: str) -> tuple[str, dict[str, dict]] | None:
    """What was known at the same minute of the day before, for a report that is not frozen yet."""
    if not here.is_today or clock.hour_of(here.now) > clock.PROVINCE_CUTOFF:
        return None
    before = clock.plus(here.day, -1)
    then = clock.same_minute(before, clock.instant(at))
    key = (str(database.path()), here.code, then, states.writes(db, before))
    return _before.get(
        key, lambda: (then, live_counts.by_then(db, here.code, before, then, rules=size_rules.counting(db)))
    )


def counts(db: Database, here: Place) -> tuple[str, dict[str, dict]]:
    """When it was counted, and `{area: counts}` of everything entered by then."""
    return _waited(
        _known,
        _key(db, here),
        lambda: (
            clock.stamp(here.now),
            live_counts.counts(db, here.code, here.day, now=here.now, rules=size_rules.counting(db)),
        ),
    )


def _key(db: Database, here: Place) -> tuple:
    """What the answer depends on. Of a province: deeds and words at once, visits a little later."""
    store = (str(database.path()), here.code, here.day)
    if here.area["level"] != "province":
        return (*store, clock.hour_of(here.now), database.changes(db))
    seconds = _ANEW if here.is_today else _ANEW_PAST
    return (*store, int(here.now.timestamp()) // seconds, states.writes(db, here.day))


def _waited(kept: SharedCache, key: tuple, make):
    """The answer at once, or a sign that it is being counted."""
    found = kept.peek(key)
    if found is not None:
        return found
    with st.spinner(_("Calculating totals …")):
        return kept.get(key, make)
