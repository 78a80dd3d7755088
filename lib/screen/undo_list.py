"""What the visitor may still take back, each line with its button."""

import json
from collections.abc import Collection

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.register import undo
from lib.screen import acts
from lib.screen.forms import pressed
from lib.screen.i18n import _, moment
from lib.screen.page import attempt
from lib.screen.plain import plain

_KEY = "take_back_"
_MOST = 20


def save(db: Database, user: User) -> None:
    """Take back the act whose button was pressed."""
    chosen = pressed(_KEY, "")
    if chosen is None:
        return
    line, problem = attempt(undo.take_back, db, user, int(chosen), now=clock.now())
    if problem is None:
        st.success(_("Taken back: {what}").format(what=plain(_sentence(line))), icon=":material/undo:")


def draw(db: Database, user: User, kind: str | None = None, kinds: Collection[str] = ()) -> None:
    """Newest first, of one kind or of some; nothing at all when there is nothing to take back."""
    offered = undo.offered(db, user, now=clock.now(), kind=kind)
    offered = [line for line in offered if not kinds or line["kind"] in kinds]
    if not offered:
        return
    with st.expander(_("Can still be taken back: {n}").format(n=len(offered)), icon=":material/undo:"):
        for line in offered[:_MOST]:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                until = _("until {moment}").format(moment=moment(line["until"]))
                st.markdown(f"{moment(line['at'])} · {plain(line['who'] or '')}: {plain(_sentence(line))} · {until}")
                st.button(_("Take back"), key=f"{_KEY}{line['id']}", icon=":material/undo:")


def _sentence(line: dict) -> str:
    return acts.sentence({"action": line["kind"], "subject": line["subject"], "detail": json.loads(line["detail"])})
