"""How answers come in: at the door, or copied from a printed sheet. It stands in the address (`?paper=`)."""

import streamlit as st

from lib.screen.i18n import _
from lib.screen.sheet import printed, session


def is_paper() -> bool:
    """Draw the switch; whether a printed sheet is copied. The code on a printed sheet opens the page so."""
    session.FROM_PAPER.default(printed.in_address())
    copying = st.toggle(
        _("From paper"),
        key=session.FROM_PAPER.name,
        help=_(
            "For entering a printed sheet: its rows have the same numbers here, and what is entered is marked "
            "“from paper”."
        ),
    )
    if not copying:
        st.query_params.pop("paper", None)
    elif not printed.in_address():
        st.query_params["paper"] = "1"
    return copying
