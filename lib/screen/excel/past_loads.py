"""Files that were loaded, and taking one back."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.exchange.lists import loaded_files
from lib.screen.excel import session
from lib.screen.excel.file_words import KINDS
from lib.screen.i18n import _, area, moment, number
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt
from lib.screen.widgets import forms
from lib.screen.widgets.undo_reason import UndoReason

_REASON = UndoReason("why_file_", "asked_file")


def take_back_if_sent(db: Database, user: User) -> None:
    """Undo the load whose button was pressed."""
    pressed = forms.pressed("take_back_", "_file")
    if pressed is None:
        return
    act = int(pressed)
    line, problem = attempt(loaded_files.take_back, db, user, act, now=clock.now(), reason=_REASON.typed(act))
    _REASON.note(act, problem)
    session.PLAN.pop()
    if line:
        st.success(_("Undone: everything is as it was before this file."), icon=":material/undo:")


def draw(db: Database, user: User) -> None:
    """Newest first, with what each brought."""
    loads = loaded_files.listed(db, user, now=clock.now())
    if not loads:
        st.info(
            _("No file has been imported yet. Import the first one under “Import a file”."),
            icon=":material/upload_file:",
        )
        return
    for line in loads:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_sentence(line), width="stretch")
            _state(line)
        if line["open"]:
            _REASON.draw(line["audit_id"])


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
