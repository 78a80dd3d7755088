"""Forms: ready for Enter from the first moment, and sent once, by keys that carry a round or a version."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.screen.i18n import _


def sendable(key: str, label: str, **button) -> tuple[DeltaGenerator, bool]:
    """A form as `(place for its fields, whether it was sent)`, its button made before its fields.

    A field filled while there is no button yet (by the browser, or on a busy machine) sends nothing on Enter, not
    even once the button is there.
    """
    with st.form(key, border=True):
        fields = st.container()
        sent = st.form_submit_button(label, type="primary", **button)
    return fields, sent


def pressed(start: str, end: str) -> str | None:
    """The middle part of the key of the button just pressed, "3" of "edit_25456-0001_3_save"."""
    for key in map(str, st.session_state):
        if key.startswith(start) and key.endswith(end) and st.session_state[key] is True:
            return key.removeprefix(start).removesuffix(end)
    return None


def values(start: str) -> dict[str, Any]:
    """What stands in the fields whose keys begin so, by the rest of the key: also what was chosen or typed in the
    same breath as a button was pressed, when nothing has been drawn of it yet."""
    return {
        key.removeprefix(start): st.session_state[key] for key in map(str, st.session_state) if key.startswith(start)
    }


def look_again() -> None:
    """Say that the data changed since the preview; the caller does nothing."""
    st.info(_("This has changed since it was shown. Check it below, then press again."))


def prefix(name: str) -> str:
    """Before the keys of a form's present round."""
    return f"{name}_{st.session_state.get(f'{name}_round', 0)}_"


def next_round(name: str) -> None:
    """After a success: the form comes back empty, and a second click on the old one finds nobody."""
    st.session_state[f"{name}_round"] = st.session_state.get(f"{name}_round", 0) + 1
