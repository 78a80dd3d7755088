"""A day's reports and the decisions on teams as documents, and how one's own letters look."""

import streamlit as st

from lib.core import clock
from lib.screen import board_day, documents_decisions, documents_letterhead, documents_reports
from lib.screen.i18n import _
from lib.screen.page import begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Example: choose a district, then **Word** under “14:00 report”. The file says what the screen says; before"
        " 14:00 it is marked as provisional. The history keeps who made which document."
    ),
)
now = clock.now()
with st.container(horizontal=True, vertical_alignment="bottom"):
    on = board_day.chosen(clock.day_of(now))
    place = documents_reports.choose(db, user)
if not board_day.never_opened(db, on):
    names = {"reports": _("Day's reports")}
    if user.can("sheet.export"):
        names["decisions"] = _("Decisions on teams")
    if user.can("letterhead.edit"):
        names["letterhead"] = _("Letterhead")
    tabs = dict(zip(names, st.tabs(list(names.values())), strict=True))
    with tabs["reports"]:
        documents_reports.draw(db, user, place, on, now)
    if "decisions" in tabs:
        with tabs["decisions"]:
            documents_decisions.draw(db, user, place, on)
    if "letterhead" in tabs:
        with tabs["letterhead"]:
            documents_letterhead.draw(db, user, on)
