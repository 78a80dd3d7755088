"""What the visitor may still take back, each line with its button."""

import json
from collections.abc import Collection

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Invalid
from lib.oversight.work import history
from lib.register.undo import undo
from lib.screen.history import act_sentences
from lib.screen.i18n import _, moment
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault
from lib.screen.widgets import more
from lib.screen.widgets.forms import pressed

_KEY, _WHY, _ASKED = "take_back_", "why_back_", "asked_back"
_FIRST = 20


def save(db: Database, user: User) -> None:
    """Take back the act whose button was pressed; one that changes a day gone by asks why first."""
    chosen = pressed(_KEY, "")
    if chosen is None:
        return
    why = st.session_state.get(f"{_WHY}{chosen}")
    line, problem = attempt(undo.take_back, db, user, int(chosen), now=clock.now(), reason=why)
    st.session_state[_ASKED] = (int(chosen), problem) if isinstance(problem, Invalid) else (None, None)
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
    asked, problem = st.session_state.get(_ASKED, (None, None))
    words = _("Can still be undone: {n}").format(n=len(offered))
    with st.expander(words, icon=":material/undo:", expanded=any(line["id"] == asked for line in offered)):
        for line in shown:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                until = _("until {moment}").format(moment=moment(line["until"]))
                st.markdown(
                    f"{moment(line['at'])} · {plain(line['who'] or '')}: {plain(_sentence(line, names))} · {until}"
                )
                st.button(_("Undo"), key=f"{_KEY}{line['id']}", icon=":material/undo:")
            if line["id"] == asked:
                st.text_input(_("Reason"), key=f"{_WHY}{line['id']}", max_chars=200)
                fault(problem, "reason")
        more.offer(_KEY, len(offered) - len(shown))


def _sentence(line: dict, names: dict[str, str]) -> str:
    told = {"action": line["kind"], "subject": line["subject"], "detail": json.loads(line["detail"]), "names": names}
    return act_sentences.sentence(told)
