"""A long list begun: its first lines, and a button below that brings the next until all are there."""

from collections.abc import Callable

import streamlit as st

from lib.screen.i18n import _, ngettext, number

STEP = 100


def so_many(key: str, first: int) -> int:
    """How many lines to show now."""
    return first + st.session_state.get(_key(key), 0)


def offer(key: str, left: int | None, *, step: int = STEP) -> None:
    """The button, as long as lines are left; of a list that is too long to be counted `left` is None."""
    if left is not None and left <= 0:
        return
    n = step if left is None else min(left, step)
    words = ngettext("Show {n} more", "Show {n} more", n)
    if left is not None and left > n:
        words = _("Show {n} more of {left}")
    label = words.format(n=number(n), left=number(left) if left else "")
    st.button(
        label, key=f"{_key(key)}_button", type="tertiary", icon=":material/expand_more:", on_click=_grow, args=(key, n)
    )


def split(lines: list, first: int, draw: Callable[[list], None]) -> None:
    """The same where a click may start no run, as below a form just sent: the others stand folded up."""
    draw(lines[:first])
    if left := len(lines) - first if len(lines) > first else 0:
        with st.expander(ngettext("Show {n} more", "Show {n} more", left).format(n=number(left))):
            draw(lines[first:])


def _grow(key: str, n: int) -> None:
    st.session_state[_key(key)] = st.session_state.get(_key(key), 0) + n


def _key(key: str) -> str:
    return f"more_{key}"
