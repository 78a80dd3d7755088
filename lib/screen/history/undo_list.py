"""What the visitor may still take back, each line with its button."""

import json
from collections.abc import Collection

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.work import history
from lib.register.undo import undo
from lib.screen.history import act_sentences
from lib.screen.i18n import _, moment
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt
from lib.screen.widgets import more
from lib.screen.widgets.forms import pressed
from lib.screen.widgets.undo_reason import UndoReason

_KEY, _REASON = "take_back_", UndoReason("why_back_", "asked_back")
_FIRST = 20


def save(db: Database, user: User) -> None:
    """Take back the act whose button was pressed; one that changes a day gone by asks why first."""
    chosen = pressed(_KEY, "")
    if chosen is None:
        return
    act = int(chosen)
    line, problem = attempt(undo.take_back, db, user, act, now=clock.now(), reason=_REASON.typed(act))
    _REASON.note(act, problem)
    if line:
        st.success(
            _("Undone: {what}").format(what=plain(_sentence(line, history.names(db, [line])))), icon=":material/undo:"
        )


def draw(db: Database, user: User, kind: str | None = None, kinds: Collection[str] = ()) -> None:
    """Newest first, of one kind or of some; nothing at all when there is nothing to take back."""
    offered = undo.offered(db, user, now=clock.now(), kind=kind)
    offered = [line for line in offered if not kinds or line["kind"] in kinds]
    if not offered:
        return
    shown = offered[: more.so_many(_KEY, _FIRST)]
    names = history.names(db, shown)
    words = _("Can still be undone: {n}").format(n=len(offered))
    with st.expander(words, icon=":material/undo:", expanded=any(line["id"] == _REASON.act() for line in offered)):
        for line in shown:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                until = _("until {moment}").format(moment=moment(line["until"]))
                st.markdown(
                    f"{moment(line['at'])} · {plain(line['who'] or '')}: {plain(_sentence(line, names))} · {until}"
                )
                st.button(_("Undo"), key=f"{_KEY}{line['id']}", icon=":material/undo:")
            _REASON.draw(line["id"])
        more.offer(_KEY, len(offered) - len(shown))


def _sentence(line: dict, names: dict[str, str]) -> str:
    act = {"action": line["kind"], "subject": line["subject"], "detail": json.loads(line["detail"]), "names": names}
    return act_sentences.sentence(act)
