"""The report of a unit and a day: read, written, rehearsed and sent."""

import streamlit as st

from lib.core import clock, database
from lib.oversight.reports import overview
from lib.screen import (
    board_day,
    pulse,
    report_charts,
    report_documents,
    report_head,
    report_openings,
    report_place,
    report_ready,
    report_recall,
    report_receiving,
    report_story,
    report_table,
    report_units_table,
    report_writing,
)
from lib.screen.i18n import _
from lib.screen.i18n import day as in_words
from lib.screen.page import attempt, begin, heading

db, user = begin(__file__)


@st.fragment(run_every=f"{report_head.SECONDS}s")
def head(day: str) -> None:
    """State and countdown, by the clock of this machine."""
    db, user = begin(__file__)
    here, problem = attempt(report_place.place, db, user, day, clock.now())
    if not problem:
        report_head.draw(db, user, here)


@st.fragment
def live(day: str) -> None:
    """Everything else; runs again after a write."""
    db, user = begin(__file__)
    report_place.follow()
    report_charts.follow(user)
    report_ready.follow()
    here, problem = attempt(report_place.place, db, user, day, clock.now())
    if problem:
        return
    report_writing.save(db, user, here)
    seen = database.changes(db)  # before the figures are read: what is written meanwhile is not missed
    report_head.back(here)
    report_receiving.draw(db, user, here)
    known = report_place.counts(db, here)
    content, counts = report_place.content(db, user, here, known), known[1]
    report_ready.told()
    report_recall.draw(db, user, here, content)
    first = report_place.ready_first(here)
    if first:
        report_ready.draw(db, user, here, content, counts)
    if here.writable:
        report_writing.draw(db, user, here, content)
    if not first:
        report_ready.draw(db, user, here, content, counts)
    report_story.draw(db, user, here)
    report_story.correct(db, user, here, content)
    report_documents.draw(db, user, content)
    if not here.writable:
        report_writing.read_only(content)
    report_table.draw(db, user, here, content, counts)
    report_units_table.draw(here, content)
    report_openings.draw(db, user, here, content)
    pulse.watch(seen, key="report_pulse")


heading(
    __file__,
    help=_(
        "Communes report by 13:45, districts by 14:00, the province by 15:00. Numbers are frozen at 14:00:00 and"
        " 15:00:00 from what was entered by then; you write the words and send. Example: what is entered at 14:00:01"
        " counts in the final figure, not in the frozen one."
    ),
)
day = board_day.chosen(clock.day_of(clock.now()))
_here, problem = attempt(report_place.place, db, user, day, clock.now())
if problem:
    st.stop()
report_place.arrive(_here)
if not overview.is_due(db, day):
    st.info(_("No report was due on {day}: the programme had not begun.").format(day=in_words(day)))
elif not board_day.never_opened(db, day):
    head(day)
    live(day)
