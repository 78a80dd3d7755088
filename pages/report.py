"""The report of a unit and a day: read, written, rehearsed and sent."""

import streamlit as st

from lib.core import clock, database
from lib.oversight.reports import overview
from lib.screen.documents import buttons
from lib.screen.i18n import _
from lib.screen.i18n import day as in_words
from lib.screen.report import (
    charts,
    opened,
    opening_sums,
    recall,
    receiving,
    rehearsal,
    story,
    table,
    units_table,
    writing,
)
from lib.screen.report import head as report_head
from lib.screen.shell import pulse
from lib.screen.shell.page import attempt, begin, heading
from lib.screen.widgets import day_choice

db, user = begin(__file__)


@st.fragment(run_every=f"{report_head.SECONDS}s")
def head(day: str) -> None:
    """State and countdown, by the clock of this machine."""
    db, user = begin(__file__)
    report, problem = attempt(opened.read, db, user, day, clock.now())
    if not problem:
        report_head.draw(db, user, report)


@st.fragment
def live(day: str) -> None:
    """Everything else; runs again after a write."""
    db, user = begin(__file__)
    opened.follow()
    charts.follow(user)
    rehearsal.follow()
    report, problem = attempt(opened.read, db, user, day, clock.now())
    if problem:
        return
    writing.save(db, user, report)
    seen = database.changes(db)  # before the figures are read: what is written meanwhile is not missed
    report_head.back(report)
    receiving.draw(db, user, report)
    known = opened.counts(db, report)
    content, counts = opened.content(db, report, known), known[1]
    rehearsal.flash()
    recall.draw(db, user, report, content)
    first = opened.missing_first(report)
    if first:
        rehearsal.draw(db, user, report, content, counts)
    if report.writable:
        writing.draw(db, user, report, content)
    if not first:
        rehearsal.draw(db, user, report, content, counts)
    story.draw(db, user, report)
    story.correct(db, user, report, content)
    buttons.draw(db, user, content)
    if not report.writable:
        writing.read_only(content)
    table.draw(db, user, report, content, counts)
    units_table.draw(report, content)
    opening_sums.draw(db, user, report, content)
    pulse.watch(seen, key="report_pulse")


heading(
    __file__,
    help=_(
        "Communes report by 13:45, districts by 14:00, the province by 15:00. Figures are frozen at 14:00:00 and "
        "15:00:00 from what has been entered by then; you write the text and send it. Example: what is entered "
        "at 14:00:01 counts in the final figure, not in the frozen one."
    ),
)
day = day_choice.chosen(clock.day_of(clock.now()))
arrived, problem = attempt(opened.read, db, user, day, clock.now())
if problem:
    st.stop()
opened.arrive(arrived)
if not overview.is_due(db, day):
    st.info(_("No report was due on {day}: the programme had not begun.").format(day=in_words(day)))
elif not day_choice.never_opened(db, day):
    head(day)
    live(day)
