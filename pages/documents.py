"""A day's reports and the decisions on teams as documents, and how one's own letters look."""

import streamlit as st

from lib.core import clock
from lib.screen.documents import decision_downloads, letterhead_form, report_downloads
from lib.screen.i18n import _
from lib.screen.shell.page import begin, heading
from lib.screen.widgets import day_choice

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Example: choose a district, then **Word** under “14:00 report”. The file shows what the screen shows; "
        "before 14:00 it is marked as provisional. The history records who made which document."
    ),
)
now = clock.now()
with st.container(horizontal=True, vertical_alignment="bottom"):
    on = day_choice.chosen(clock.day_of(now))
    place = report_downloads.choose(db, user)
if not day_choice.never_opened(db, on):
    names = {"reports": _("Day's reports")}
    if user.can("sheet.export"):
        names["decisions"] = _("Decisions on teams")
    if user.can("letterhead.edit"):
        names["letterhead"] = _("Document layout")
    tabs = dict(zip(names, st.tabs(list(names.values())), strict=True))
    with tabs["reports"]:
        report_downloads.draw(db, user, place, on, now)
    if "decisions" in tabs:
        with tabs["decisions"]:
            decision_downloads.draw(db, user, place, on)
    if "letterhead" in tabs:
        with tabs["letterhead"]:
            letterhead_form.draw(db, user, on)
