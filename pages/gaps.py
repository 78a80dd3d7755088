"""The page “No household left out”: every gap of an area, and what mends it."""

import streamlit as st

from lib.screen.admin import expected_form
from lib.screen.gaps import commune, units
from lib.screen.i18n import _
from lib.screen.shell.page import attempt, begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Recounted from the lists each time the page opens. Example: **12** households without a responsible "
        "member: open the list, choose “Assign households” and apply the proposed split; the line then "
        "disappears."
    ),
)


@st.fragment(run_every="2s")
def counting() -> None:
    """Duplicates take a while to find: one commune at a time, until the table can show all of them."""
    db, user = begin(__file__)
    if not units.look_through(db, user):
        st.rerun()


commune.follow()
units.follow()
unit, problem = attempt(units.unit_of_address, db, user)
if unit:
    form = expected_form.save(db, user, unit["code"])
    units.path_to_area(db, user, unit)
    complete = expected_form.first(db, unit)
    if unit["level"] == "commune":
        commune.save(db, user)
        commune.draw(db, user, unit["code"], complete=complete)
    elif units.draw(db, user, unit, complete=complete):
        counting()
    expected_form.draw(db, user, unit, form)
