"""No household left out: every gap of an area, and what mends it."""

import streamlit as st

from lib.screen import expected_form, gaps_units, gaps_wall
from lib.screen.i18n import _
from lib.screen.page import attempt, begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Counted anew from the lists each time the page opens. Example: **12** households without a responsible member:"
        " open the list, choose “Assign households” and accept the proposed split; the line is gone afterwards."
    ),
)


@st.fragment(run_every="2s")
def counting() -> None:
    """Duplicates take a while to find: one commune at a time, until the table can show all of them."""
    db, user = begin(__file__)
    if not gaps_units.look_through(db, user):
        st.rerun()


gaps_wall.follow()
gaps_units.follow()
unit, problem = attempt(gaps_units.asked, db, user)
if unit:
    form = expected_form.save(db, user, unit["code"])
    gaps_units.way(db, user, unit)
    complete = expected_form.first(db, unit)
    if unit["level"] == "commune":
        gaps_wall.save(db, user)
        gaps_wall.draw(db, user, unit["code"], complete=complete)
    elif gaps_units.draw(db, user, unit, complete=complete):
        counting()
    expected_form.draw(db, user, unit, form)
