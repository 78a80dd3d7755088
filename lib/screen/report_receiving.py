"""A report of the level below, read: it is received or returned where it is read."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight import report_deeds
from lib.screen import report_words as words
from lib.screen.i18n import _
from lib.screen.page import attempt, fault
from lib.screen.plain import plain
from lib.screen.report_place import Place

_DONE, _DOING = "report_received", "report_returning"


def draw(db: Database, user: User, here: Place) -> None:
    """Buttons for what may be done now, and the form of a return."""
    if here.mine or not user.can("report.write") or here.area["parent_code"] != user.area_code:
        return
    if told := st.session_state.pop(_DONE, None):
        st.success(told)
    returnable = here.stands.state in ("submitted", "received")
    if returnable and st.session_state.get(_DOING) == (here.code, here.day):
        _return(db, user, here)
        return
    with st.container(horizontal=True):
        if here.stands.state == "submitted" and st.button(
            _("Receive"), type="primary", icon=":material/task_alt:", key=f"report_receive_{here.code}_{here.day}"
        ):
            _done, problem = attempt(report_deeds.receive, db, user, here.code, here.day, now=here.now)
            if not problem:
                _over(_("Received."))
        if returnable and st.button(_("Return"), icon=":material/undo:", key=f"report_return_{here.code}_{here.day}"):
            st.session_state[_DOING] = (here.code, here.day)
            st.rerun()


def _return(db: Database, user: User, here: Place) -> None:
    key = f"report_back_{here.code}_{here.day}_{here.stands.version}"
    with st.form(key, border=True):
        st.markdown(f"**{_('Return the report of {unit}').format(unit=plain(words.unit(here.area)))}**")
        reason = st.text_area(_("What is to be mended"), key=f"{key}_why", placeholder="")
        place = st.container()
        with st.container(horizontal=True):
            sent = st.form_submit_button(_("Return"), type="primary")
            left = st.form_submit_button(_("Cancel"))
    if left:
        _over()
    if sent:
        _done, problem = attempt(report_deeds.send_back, db, user, here.code, here.day, reason=reason, now=here.now)
        with place:
            fault(problem, "reason")
        if not problem:
            _over(_("Returned to {unit}.").format(unit=plain(words.unit(here.area))))


def _over(told: str = "") -> None:
    st.session_state.pop(_DOING, None)
    if told:
        st.session_state[_DONE] = told
    st.rerun()
