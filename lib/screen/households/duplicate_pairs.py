"""Pairs that may be one: side by side, with “these are two” and the way to merging them."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.register.duplicates import candidates
from lib.screen.history import undo_list
from lib.screen.home.lines import item
from lib.screen.households import duplicate_words
from lib.screen.households.listing import link
from lib.screen.i18n import _
from lib.screen.shell.page import attempt
from lib.screen.widgets import named_list
from lib.screen.widgets.forms import pressed
from lib.screen.widgets.named_list import address

_TWO, LIST = "duplicate_two_", "gap_list_pair_"
DECISION = "duplicate.two"


def save(db: Database, user: User) -> None:
    """Keep the pair apart whose button was pressed."""
    undo_list.save(db, user)
    chosen = pressed(_TWO, "")
    if chosen is None:
        return
    kind, one, other = chosen.split("_")
    _done, problem = attempt(candidates.keep_apart, db, user, kind, int(one), int(other), now=clock.now())
    if problem is None:
        st.success(_("Recorded as not duplicates."), icon=":material/check:")


def draw(pairs: list[dict], user: User) -> None:
    for pair in pairs:
        one, other = pair["one"], pair["other"]
        reason = duplicate_words.why(pair["why"])
        items = [
            item(
                entry["name"], facts=[duplicate_words.facts(entry)], href=address("households", household=entry["code"])
            )
            for entry in (one, other)
        ]
        named_list.draw(reason, items, reason, key=f"{LIST}{pair['kind']}_{one['id']}_{other['id']}")
        if user.can("household.register"):
            _buttons(pair["kind"], one, other)


def _buttons(kind: str, one: dict, other: dict) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Not duplicates"), key=f"{_TWO}{kind}_{one['id']}_{other['id']}")
        if kind == "household":
            link(_("Merge"), icon=":material/merge:", merge=f"{one['code']},{other['code']}")
        else:
            link(_("Merge"), icon=":material/merge:", merge_persons=f"{one['id']},{other['id']}")


def taken_back(db: Database, user: User) -> None:
    """Decisions that can still be taken back."""
    undo_list.draw(db, user, kind=DECISION)
