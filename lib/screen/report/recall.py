"""A sent report taken back to be mended: until when, and what has come from below since it was sent."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.reports import acts, states
from lib.oversight.reports.context import ReportContext
from lib.screen.i18n import _
from lib.screen.markdown import plain
from lib.screen.report import entered_numbers
from lib.screen.shell.page import attempt, fault


def draw(db: Database, user: User, report: ReportContext, content: dict) -> None:
    """The button while the hour allows it; later only that there is news, which an addendum may tell."""
    if not report.mine or not user.can("report.write") or not report.standing.sent:
        return
    lines = [line for block in content["blocks"] for line in block["lines"] if line["manual"]]
    news = entered_numbers.news(report, lines)
    level = report.level
    if not states.recallable(report.standing, level, now=report.now):
        if news:
            st.markdown(
                f":orange[:material/update: {plain(news)} {_('Update it with an addendum once the report is locked.')}]"
            )
        return
    with st.container(border=True, key="report_recall"):
        sentence = _("Sent. Until {hour} it can be recalled for correction; the version sent is kept.")
        st.markdown(sentence.format(hour=states.RECALLABLE[level]))
        _tell(news, _("Recall the report to update the totals."))
        _form(db, user, report, asks=level == "province")


def _tell(news: str, hint: str) -> None:
    if news:
        st.markdown(f":orange[:material/update: {plain(news)} {hint}]")


def _form(db: Database, user: User, report: ReportContext, *, asks: bool) -> None:
    """One press; the province, which nobody stands above, says why."""
    key = f"report_recall_{report.code}_{report.day}_{report.standing.version}"
    with st.form(key, border=False):
        reason = st.text_input(_("Reason"), key=f"{key}_why", placeholder="") if asks else ""
        at_reason = st.container()
        pressed = st.form_submit_button(_("Recall to correct"), icon=":material/undo:")
    if not pressed:
        return
    _done, problem = attempt(acts.recall, db, user, report.code, report.day, reason=reason, now=report.now)
    with at_reason:
        fault(problem, "reason")
    if not problem:
        st.rerun()
