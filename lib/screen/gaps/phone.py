"""The telephone numbers that members lack, with a field to type each."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.register.teams import members
from lib.screen.i18n import _
from lib.screen.labels import MEMBER_ROLES
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault
from lib.screen.widgets.forms import pressed

_SAVE, _TYPED, _FAULT = "gap_phone_save_", "gap_phone_typed_", "gap_phone_fault"


def save(db: Database, user: User) -> None:
    """Store the number beside the button that was pressed."""
    st.session_state.pop(_FAULT, None)
    key = pressed(_SAVE, "")
    if key is None:
        return
    member, version = map(int, key.split("_"))
    typed = st.session_state.get(f"{_TYPED}{key}") or ""
    if not typed.strip():
        return
    _saved, problem = attempt(members.edit, db, user, member, {"phone": typed}, version, now=clock.now())
    if problem is None:
        st.success(_("Saved."), icon=":material/check:")
    else:
        st.session_state[_FAULT] = (key, problem)


def draw(rows: list[dict]) -> None:
    faulty, problem = st.session_state.get(_FAULT) or (None, None)
    for row in rows:
        key = f"{row['id']}_{row['version']}"
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            who = f"**{plain(row['full_name'])}** · {_(MEMBER_ROLES[row['role']])} · {plain(row['team_name'])}"
            st.markdown(who + (f" · {plain(row['phone'])}" if row["phone"] else ""), width="stretch")
            with st.container(horizontal=True, width="content", vertical_alignment="center"):
                st.text_input(
                    _("Telephone of {name}").format(name=row["full_name"]),
                    key=f"{_TYPED}{key}",
                    placeholder="0912 345 678",
                    label_visibility="collapsed",
                    width=170,
                    autocomplete="off",
                )
                st.button(_("Save"), key=f"{_SAVE}{key}")
        if faulty == key:
            fault(problem, "phone")
