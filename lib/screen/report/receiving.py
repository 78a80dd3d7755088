"""A report of the level below, read: it is received or returned where it is read."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.reports import acts
from lib.oversight.reports.context import ReportContext
from lib.screen.i18n import _
from lib.screen.report import return_form, session
from lib.screen.shell.page import attempt


def draw(db: Database, user: User, report: ReportContext) -> None:
    """Buttons for what may be done now, and the form of a return."""
    if report.mine or not user.can("report.write") or report.area["parent_code"] != user.area_code:
        return
    session.RECEIVED.show()
    returnable = report.standing.state in ("submitted", "received")
    if returnable and session.RETURNING.get() == (report.code, report.day):
        key = f"report_back_{report.code}_{report.day}_{report.standing.version}"
        done = return_form.form(db, user, report.area, report.day, report.now, key=key)
        if done is not None:
            _over(done)
        return
    with st.container(horizontal=True):
        if report.standing.state == "submitted" and st.button(
            _("Receive"), type="primary", icon=":material/task_alt:", key=f"report_receive_{report.code}_{report.day}"
        ):
            _done, problem = attempt(acts.receive, db, user, report.code, report.day, now=report.now)
            if not problem:
                _over(_("Received."))
        if returnable and st.button(
            _("Return"), icon=":material/undo:", key=f"report_return_{report.code}_{report.day}"
        ):
            session.RETURNING.set((report.code, report.day))
            st.rerun()


def _over(sentence: str = "") -> None:
    session.RETURNING.pop()
    if sentence:
        session.RECEIVED.set(sentence)
    st.rerun()
