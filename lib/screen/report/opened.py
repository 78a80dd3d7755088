"""The report that a page shows, as its address says, and what it says: computed once for everybody who may see it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from urllib.parse import parse_qsl

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.oversight.figures import units
from lib.oversight.reports import content as report_content
from lib.oversight.reports import context, live_counts, states
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.figures import CountsAt, Figures
from lib.screen.i18n import _
from lib.screen.report import session
from lib.screen.shared_cache import SharedCache
from lib.screen.widgets import link_table

_ANEW, _ANEW_PAST = 30, 600  # seconds after which a whole province is counted again, of today and of a past day
REHEARSAL = "13:30"  # from here on what is missing stands first

_contents, _counts_now, _counts_before = SharedCache(128), SharedCache(128), SharedCache(128)
_Answer = TypeVar("_Answer")


def rehearses(report: ReportContext) -> bool:
    """Whether the report is still to be sent and its hour is near or past."""
    return not report.standing.sent and (not report.is_today or clock.hour_of(report.now) >= REHEARSAL)


def arrive(report: ReportContext) -> None:
    """The page was opened: which card stands first is decided now, and stays so while somebody types."""
    session.ORDER.set((report.code, report.day, rehearses(report)))


def missing_first(report: ReportContext) -> bool:
    """Whether what is missing stands before the words."""
    code, day, first = session.ORDER.get() or ("", "", False)
    return first if (code, day) == (report.code, report.day) else rehearses(report)


def follow() -> None:
    """Turn to what was clicked in the run before: another figure's why, or another page."""
    clicked = link_table.gone(*session.LINKS)
    if clicked and clicked.startswith("?"):
        st.query_params.from_dict(dict(parse_qsl(clicked[1:])))


def read(db: Database, user: User, day: str, now: datetime) -> ReportContext:
    """The report the address points to, the own area's without one; NotFound outside the visitor's area."""
    code = st.query_params.get("area") or user.area_code
    states.check_inside(db, user, code)
    area = units.area(db, code, user)
    if area["level"] not in states.DUE:
        area = units.area(db, user.area_code, user)  # hamlets write none
    return context.of_area(db, user, area, day, now=now)


def content(db: Database, report: ReportContext, known: CountsAt) -> dict:
    """What the report says, computed once for all who see the same and again after a write; `known` as of `counts`."""

    def compute() -> dict:
        figures = Figures(db, report, known=known, earlier=_earlier(db, report, known[0]))
        return report_content.content(db, report, figures)

    return _waited(_contents, (*field(db, report), report.mine), compute)


def _earlier(db: Database, report: ReportContext, at: str) -> CountsAt | None:
    """What was known at the same minute of the day before, for a report that is not frozen yet."""
    if not report.is_today or clock.hour_of(report.now) > clock.PROVINCE_CUTOFF:
        return None
    before = clock.plus(report.day, -1)
    then = clock.same_minute(before, clock.instant(at))
    key = (str(database.path()), report.code, then, states.writes(db, before))
    return _counts_before.get(key, lambda: (then, live_counts.counts(db, report.area, before, then)))


def counts(db: Database, report: ReportContext) -> CountsAt:
    """When it was counted, and `{area: counts}` of everything entered by then."""
    at = clock.stamp(report.now)
    return _waited(_counts_now, field(db, report), lambda: (at, live_counts.counts(db, report.area, report.day, at)))


def field(db: Database, report: ReportContext) -> tuple:
    """What the answer depends on. Of a province: deeds and words at once, visits a little later."""
    store = (str(database.path()), report.code, report.day)
    if report.level != "province":
        return (*store, clock.hour_of(report.now), database.changes(db))
    seconds = _ANEW if report.is_today else _ANEW_PAST
    return (*store, int(report.now.timestamp()) // seconds, states.writes(db, report.day))


def _waited(cache: SharedCache, key: tuple, compute: Callable[[], _Answer]) -> _Answer:
    """The answer at once, or a sign that it is being counted."""
    answer = cache.peek(key)
    if answer is not None:
        return answer
    with st.spinner(_("Calculating totals …")):
        return cache.get(key, compute)
