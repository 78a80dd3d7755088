"""The visitor's own account."""

import streamlit as st

from lib.screen.admin import delegation_form
from lib.screen.admin.account_form import grants_of
from lib.screen.i18n import _
from lib.screen.markdown import plain
from lib.screen.shell.front import password_form
from lib.screen.shell.page import begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_("A short sentence of your own is a good password: easy to remember, long, and not one that others try."),
)

st.subheader(plain(user.full_name), anchor=False)
st.markdown(_("User name: **{name}**").format(name=plain(user.username)))
st.markdown(_("You may act as:"))
for grant in grants_of(db, user):
    st.markdown(f"- {grant}")
delegation_form.held(db, user)
if user.can("account.delegate"):
    delegation_form.draw(db, user)
st.subheader(_("Change password"), anchor=False)
st.caption(_("All other browsers signed in with this account will then be signed out."))
password_form(db, user)
