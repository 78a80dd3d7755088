"""A report of the level below, read: it is received or returned where it is read."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.reports import acts
from lib.screen.i18n import _
from lib.screen.report import return_form
from lib.screen.report import sentences as words
from lib.screen.report.place import Place
from lib.screen.shell.page import attempt

_DONE, _DOING = "report_received", "report_returning"


def draw(db: Database, user: User, here: Place) -> None:
    """Buttons for what may be done now, and the form of a return."""
    if here.mine or not user.can("report.write") or here.area["parent_code"] != user.area_code:
        return
    if told := st.session_state.pop(_DONE, None):
        st.success(told)
    returnable = here.stands.state in ("submitted", "received")
    if returnable and st.session_state.get(_DOING) == (here.code, here.day):
        key = f"report_back_{here.code}_{here.day}_{here.stands.version}"
        told = return_form.form(db, user, here.code, words.unit(here.area), here.day, here.now, key=key)
        if told is not None:
            _over(told)
        return
    with st.container(horizontal=True):
        if here.stands.state == "submitted" and st.button(
            _("Receive"), type="primary", icon=":material/task_alt:", key=f"report_receive_{here.code}_{here.day}"
        ):
            _done, problem = attempt(acts.receive, db, user, here.code, here.day, now=here.now)
            if not problem:
                _over(_("Received."))
        if returnable and st.button(_("Return"), icon=":material/undo:", key=f"report_return_{here.code}_{here.day}"):
            st.session_state[_DOING] = (here.code, here.day)
            st.rerun()


def _over(told: str = "") -> None:
    st.session_state.pop(_DOING, None)
    if told:
        st.session_state[_DONE] = told
    st.rerun()
