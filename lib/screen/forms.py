"""Which form was sent, once: keys carry a round or a version, so that a second click is not heard twice."""

import streamlit as st


def pressed(start: str, end: str) -> str | None:
    """The middle part of the key of the button just pressed, "3" of "edit_25456-0001_3_save"."""
    for key in map(str, st.session_state):
        if key.startswith(start) and key.endswith(end) and st.session_state[key] is True:
            return key.removeprefix(start).removesuffix(end)
    return None


def prefix(name: str) -> str:
    """Before the keys of a form's present round."""
    return f"{name}_{st.session_state.get(f'{name}_round', 0)}_"


def next_round(name: str) -> None:
    """After a success: the form comes back empty, and a second click on the old one finds nobody."""
    st.session_state[f"{name}_round"] = st.session_state.get(f"{name}_round", 0) + 1
