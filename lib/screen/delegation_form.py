"""Drawing of roles lent for a time: who stands in for the visitor, and for whom the visitor stands in."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, delegation
from lib.core.access import User
from lib.screen import forms
from lib.screen.i18n import _, area, day
from lib.screen.labels import ROLES
from lib.screen.page import attempt, fault, today
from lib.screen.plain import plain

_FORM, _DONE = "lend", "lent_to"


def held(db: Database, user: User) -> None:
    """What others lent to the visitor, with the way to act in it."""
    lines = delegation.held(db, user, today())
    if not lines:
        return
    st.subheader(_("You stand in for"), anchor=False)
    for line in lines:
        st.markdown(f"- {_told(line)}")
    st.caption(_("Choose the role under “Acting as” in the menu. What you do there bears both names."))


def draw(db: Database, user: User) -> None:
    """What the visitor lends: the list with its ends, and the form."""
    st.subheader(_("Delegate your role"), anchor=False)
    st.caption(
        _(
            "While you are away another account of your area acts as {role} from an hour on, day by day. Before it the"
            " deputy sees and prepares only."
        ).format(role=_(ROLES[user.role]))
    )
    for line in delegation.given(db, user, today()):
        _given(db, user, line)
    if told := st.session_state.pop(_DONE, None):
        st.success(told)
    _form(db, user)


def _told(line: dict) -> str:
    """ "Lê Thanh Bình (binh) · Commune staff · Phường 1 · 16/08/2021 to 17/08/2021, from 13:50 on"."""
    days = _("{first} to {last}, from {hour} on").format(
        first=day(line["from_day"]), last=day(line["last_day"]), hour=line["from_hour"]
    )
    where = area(line["area_kind"], line["area_name"])
    return f"**{plain(line['full_name'])}** ({plain(line['username'])}) · {_(ROLES[line['role']])} · {where} · {days}"


def _given(db: Database, user: User, line: dict) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        off = "" if line["is_active"] else f" :orange[{_('this account is switched off; name another deputy')}]"
        st.markdown(_told(line) + off, width="stretch")
        if st.button(_("End"), key=f"lend_end_{line['id']}", icon=":material/undo:"):
            _done, problem = attempt(delegation.end, db, user, line["id"], now=clock.now())
            if not problem:
                ended = _("Ended. {name} no longer acts for you.").format(name=plain(line["full_name"]))
                st.session_state[_DONE] = ended
                st.rerun()


def _form(db: Database, user: User) -> None:
    key, on = forms.prefix(_FORM), day(today())
    values, places = {}, {}
    with st.form(f"{key}form", border=True):
        for name, label, value in (
            ("username", _("User name of the deputy"), ""),
            ("from_day", _("From (dd/mm/yyyy)"), on),
            ("last_day", _("To the end of (dd/mm/yyyy)"), on),
            ("from_hour", _("From the hour"), delegation.HOUR),
        ):
            values[name] = st.text_input(label, value=value, key=f"{key}{name}", placeholder="")
            places[name] = st.container()
        sent = st.form_submit_button(_("Delegate"), type="primary")
    if not sent:
        return
    _made, problem = attempt(delegation.give, db, user, now=clock.now(), **values)
    for name, place in places.items():
        with place:
            fault(problem, name)
    if not problem:
        forms.next_round(_FORM)
        st.session_state[_DONE] = _("Delegated. Both names stand with everything done in your place.")
        st.rerun()
