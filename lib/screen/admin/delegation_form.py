"""Drawing of roles lent for a time: who stands in for the visitor, and for whom the visitor stands in."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.identity import delegation
from lib.screen.admin import session
from lib.screen.i18n import _, area, day, number
from lib.screen.labels import ROLES
from lib.screen.markdown import plain
from lib.screen.shell import acting, roles
from lib.screen.shell.page import attempt, fault, today
from lib.screen.widgets import forms

_FORM = "lend"
_SHOWN = 30  # accounts offered at once; typing narrows them


def announce(db: Database, user: User, room: str) -> None:
    """On every page until it was read: a role was lent to the visitor, and the way to act in it."""
    for line in delegation.held(db, user, today()):
        if line["seen_at"] is None and line["id"] != user.grant_id:
            with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"lent_{line['id']}"):
                notice = f"**{_('A role was delegated to you')}**  \n{_sentence(line)}"
                st.markdown(f":material/swap_horiz: {notice}", width="stretch")
                if line["in_force"]:
                    _act_in(db, user, line, room, "lent_act")
                if st.button(_("I have read it"), icon=":material/check:", key=f"lent_read_{line['id']}"):
                    delegation.see(db, user, line["id"], now=clock.now())
                    st.rerun()


def _act_in(db: Database, user: User, line: dict, room: str, key: str) -> None:
    if st.button(_("Switch to this role"), icon=":material/swap_horiz:", key=f"{key}_{line['id']}"):
        acting.switch(db, user, line, room)


def held(db: Database, user: User) -> None:
    """What others lent to the visitor, with the way to act in it."""
    lines = delegation.held(db, user, today())
    if not lines:
        return
    st.subheader(_("You act for"), anchor=False)
    for line in lines:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_sentence(line), width="stretch")
            if line["id"] == user.grant_id:
                st.caption(_("You are using this role now."), width="content")
            elif line["in_force"]:
                _act_in(db, user, line, "", "held_act")
    st.caption(_("What you do there is recorded under both names. Choose your own role in the sidebar to return."))


def draw(db: Database, user: User) -> None:
    """What the visitor lends: the list with its ends, and the form."""
    st.subheader(_("Delegate your role"), anchor=False)
    st.caption(
        _(
            "While you are away, another account in your area acts as {role} every day from the chosen hour. "
            "Before that hour the deputy can only view and prepare."
        ).format(role=_(ROLES[user.role]))
    )
    for line in delegation.given(db, user, today()):
        _given_line(db, user, line)
    session.DELEGATED.show()
    _form(db, user)


def _sentence(line: dict) -> str:
    """ "Lê Thanh Bình (binh) · Commune staff · Phường 1 · 16/08/2021 to 17/08/2021, from 13:50 on"."""
    days = _("{first} to {last}, from {hour} on").format(
        first=day(line["from_day"]), last=day(line["last_day"]), hour=line["from_hour"]
    )
    where = area(line["area_kind"], line["area_name"])
    return f"**{plain(line['full_name'])}** ({plain(line['username'])}) · {_(ROLES[line['role']])} · {where} · {days}"


def _given_line(db: Database, user: User, line: dict) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        off = "" if line["is_active"] else f" :orange[{_('this account is switched off; name another deputy')}]"
        st.markdown(_sentence(line) + off, width="stretch")
        if st.button(_("End"), key=f"lend_end_{line['id']}", icon=":material/undo:"):
            _done, problem = attempt(delegation.end, db, user, line["id"], now=clock.now())
            if not problem:
                session.DELEGATED.set(_("Ended. {name} no longer acts for you.").format(name=plain(line["full_name"])))
                st.rerun()


def _form(db: Database, user: User) -> None:
    key, on = forms.prefix(_FORM), day(today())
    deputy = _deputy(db, user, key)
    at_deputy = st.container()
    values, places = {}, {"username": at_deputy}
    with st.form(f"{key}form", border=True):
        for name, label, value in (
            ("from_day", _("From (dd/mm/yyyy)"), on),
            ("last_day", _("To the end of (dd/mm/yyyy)"), on),
            ("from_hour", _("From the hour"), delegation.HOUR),
        ):
            values[name] = st.text_input(label, value=value, key=f"{key}{name}", placeholder="")
            places[name] = st.container()
        sent = st.form_submit_button(_("Delegate"), type="primary")
    if not sent:
        return
    loan = delegation.Loan(username=deputy or "", **values)
    _made, problem = attempt(delegation.give, db, user, loan, now=clock.now())
    for name, place in places.items():
        with place:
            fault(problem, name)
    if not problem:
        forms.next_round(_FORM)
        session.DELEGATED.set(_("Delegated. Everything done on your behalf is recorded under both names."))
        st.rerun()


def _deputy(db: Database, user: User, key: str) -> str | None:
    """Who stands in, chosen from the accounts of the area; typing part of a name, without marks, narrows them."""
    everybody = delegation.choices(db, user, today())
    wanted = st.text_input(
        _("Find the deputy by name, user name or area"),
        key=f"{key}wanted",
        placeholder="",
        help=_("Accents are not needed. Example: **thanh phuoc** finds the accounts of Xã Thanh Phước."),
    )
    accounts = delegation.matching(everybody, wanted)
    if not accounts:
        st.info(
            _("No matching account; type less, or ask for an account for your deputy."), icon=":material/search_off:"
        )
        return None
    names = {line["username"]: _named(line) for line in accounts[:_SHOWN]}
    only = 0 if len(accounts) == 1 else None
    chosen = st.selectbox(
        _("Delegated to"),
        list(names),
        format_func=lambda name: names.get(name, name),
        index=only,
        placeholder=_("Choose your deputy"),
        key=f"{key}username_{wanted}",
    )
    if len(accounts) > _SHOWN:
        hint = _("The first {n} of {all} are listed; type part of the name to find the others.")
        st.caption(hint.format(n=number(_SHOWN), all=number(len(accounts))))
    return chosen


def _named(line: dict) -> str:
    """ "Lê Thanh Bình (binh) · Commune staff · Phường 1"."""
    return f"{line['full_name']} ({line['username']}) · {roles.role_and_area(line)}"
