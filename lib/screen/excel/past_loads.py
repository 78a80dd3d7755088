"""Files that were loaded, and taking one back."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Invalid
from lib.exchange.lists import loaded_files
from lib.screen.excel.file_words import KINDS
from lib.screen.i18n import _, area, moment, number
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault
from lib.screen.widgets import forms

_WHY, _ASKED = "why_file_", "asked_file"


def take_back_if_sent(db: Database, user: User) -> bool:
    """Whether the file whose button was pressed was taken back in this run."""
    pressed = forms.pressed("take_back_", "_file")
    if pressed is None:
        return False
    why = st.session_state.get(f"{_WHY}{pressed}")
    line, problem = attempt(loaded_files.take_back, db, user, int(pressed), now=clock.now(), reason=why)
    st.session_state[_ASKED] = (int(pressed), problem) if isinstance(problem, Invalid) else (None, None)
    st.session_state.pop("exchange_plan", None)
    if line:
        st.success(_("Undone: everything is as it was before this file."), icon=":material/undo:")
    return line is not None


def draw(db: Database, user: User, told: bool) -> None:
    """Newest first, with what each brought."""
    found = loaded_files.listed(db, user, now=clock.now())
    if not found:
        st.info(
            _("No file has been imported yet. Import the first one under “Import a file”."),
            icon=":material/upload_file:",
        )
        return
    for line in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_sentence(line), width="stretch")
            _state(line)
        _why(line)


def _why(line: dict) -> None:
    """A file that reaches a day gone by is taken back with a reason."""
    asked, problem = st.session_state.get(_ASKED, (None, None))
    if line["audit_id"] == asked and line["open"]:
        st.text_input(_("Reason"), key=f"{_WHY}{asked}", max_chars=200)
        fault(problem, "reason")


def _sentence(line: dict) -> str:
    head = f"**{plain(line['file_name'])}** · {_(KINDS[line['kind']])} · {area(line['area_kind'], line['area_name'])}"
    counts = _("{new} new, {changed} changed, {same} same, {refused} refused").format(
        new=number(line["added"]),
        changed=number(line["changed"]),
        same=number(line["same"]),
        refused=number(line["refused"]),
    )
    who = plain(line["who"] or _("The system"))
    return f"{head}  \n{moment(line['at'])}, {who}: {counts}"


def _state(line: dict) -> None:
    if line["taken_back_at"]:
        st.caption(_("Undone at {moment}").format(moment=moment(line["taken_back_at"])), width="content")
    elif line["open"]:
        st.button(
            _("Undo"),
            key=f"take_back_{line['audit_id']}_file",
            icon=":material/undo:",
            help=_("Until {moment}").format(moment=moment(line["until"])),
        )
