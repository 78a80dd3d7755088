"""A text field the program may overwrite; each overwrite takes a new widget key.

The browser sends the whole of a form with every press. One pressed before the last answer arrived still says the old
text of a field that was filled meanwhile; under a key of its own that text can't undo the new one.
"""

import streamlit as st


def key(name: str) -> str:
    """The key the field `name` is drawn under now."""
    return f"{name}_{st.session_state.get(_turn(name), 0)}"


def put(name: str, value: str | int | None) -> None:
    """Fill the field `name`; for a callback, or before the field is drawn."""
    st.session_state[_turn(name)] = st.session_state.get(_turn(name), 0) + 1
    st.session_state[key(name)] = value


def _turn(name: str) -> str:
    return f"{name}_turn"
