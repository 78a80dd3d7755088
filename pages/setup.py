"""The first page of an empty store: the one-time code, then a practice province or one's own."""

import streamlit as st

from lib.core.identity import accounts
from lib.screen.admin import setup_form
from lib.screen.i18n import _
from lib.screen.shell import signin
from lib.screen.shell.page import connection

db = connection()

_left, middle, _right = st.columns([1, 3, 1])
with middle:
    st.title("Từng Nhà", anchor=False)
    if accounts.exist(db):
        st.info(_("The system is already set up. Open the start page to sign in."))
        st.stop()
    st.caption(_("The system has no data yet. Set it up once; afterwards everyone signs in with their own account."))
    area = st.empty()
    with area.container():
        opened = setup_form.code()
    done = None
    if opened:
        with area.container():
            practice = setup_form.way() == "practice"
            done = setup_form.practice_province(db) if practice else setup_form.own_province(db)
    if done:
        sentence, lines = done
        with area.container():
            st.success(sentence, icon=":material/check_circle:")
            st.markdown("\n\n".join(lines))
            st.button(_("Go to the sign-in page"), type="primary")
    elif accounts.exist(db):  # somebody else was faster
        st.button(_("Go to the sign-in page"), type="primary")
    signin.language_switch()
