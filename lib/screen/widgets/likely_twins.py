"""Whoever may be registered already, asked beside the button that saves: once for each, whatever else is still wrong.

What was answered stays with the form while it is mended: a telephone corrected afterwards asks nobody again.
"""

from collections.abc import Callable

import streamlit as st

from lib.register.duplicates import candidates
from lib.screen.households import duplicate_words
from lib.screen.households.listing import link
from lib.screen.i18n import _
from lib.screen.markdown import plain
from lib.screen.widgets import more
from lib.screen.widgets.draft import Draft

ANYWAY = "anyway"  # the button that says: these are others


def sent(form: Draft) -> bool:
    """Whether either of the two buttons was pressed."""
    return form.sent() or form.sent(ANYWAY)


def is_open(form: Draft) -> bool:
    """Whether the form was sent before, so that its likely twins stand beside the button until it is saved."""
    if not form.values():  # it was not in sight: what is typed now is somebody else
        st.session_state.pop(_key(form), None)
    return sent(form) or _key(form) in st.session_state


def settled(form: Draft, twins: list[dict]) -> bool:
    """Whether every likely twin was said to be another; a press says it of those that were in sight."""
    note = st.session_state.setdefault(_key(form), {"shown": set(), "others": set()})
    if form.sent(ANYWAY):
        note["others"] |= note["shown"]
    return {twin["id"] for twin in twins} <= note["others"]


def draw(form: Draft, twins: list[dict], question: str, verb: str, save: Callable[[], None]) -> None:
    """The question with the likely twins, then the buttons: `save` draws the first, `verb` is on the one that says
    that these are others."""
    others = st.session_state.get(_key(form), {}).get("others", set())
    open_ = [twin for twin in twins if twin["id"] not in others]
    if open_:
        st.warning(question, icon=":material/content_copy:")
        more.split(open_, candidates.MOST, _links)
        st.session_state[_key(form)]["shown"] = {twin["id"] for twin in open_}
    elif twins:
        st.caption(_("Confirmed as different from {names}.").format(names=plain(", ".join(_named(twins)))))
    with st.container(horizontal=True):
        save()
        if open_:
            form.save(verb, ANYWAY, primary=False)


def _named(twins: list[dict]) -> list[str]:
    names = [f"{twin['name']} ({twin['code']})" for twin in twins[: candidates.MOST]]
    return names + (["…"] if len(twins) > len(names) else [])


def _links(twins: list[dict]) -> None:
    for twin in twins:
        link(f"**{plain(twin['name'])}** {plain(duplicate_words.facts(twin))}", household=twin["code"])
        st.caption(duplicate_words.why(twin["why"]))


def _key(form: Draft) -> str:
    return f"apart:{form.key('')}"
