"""Imported files with refused rows: who loaded them, how many rows were refused, and a button to settle them."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import N_
from lib.oversight.work import refused_files
from lib.screen.i18n import _, moment, ngettext, number
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt
from lib.screen.widgets.forms import pressed

_SETTLE = "gap_settle_"
LISTS = {
    "hamlets": N_("Hamlets"),
    "teams": N_("Community Covid teams"),
    "households": N_("Households"),
    "assignments": N_("Assignments"),
    "expected": N_("Expected households"),
}


def save(db: Database, user: User) -> None:
    """Settle the file whose button was pressed."""
    file = pressed(_SETTLE, "")
    if file is None:
        return
    _settled, problem = attempt(refused_files.settle, db, user, int(file), now=clock.now())
    if problem is None:
        st.success(_("Saved."), icon=":material/check:")


def draw(rows: list[dict], user: User) -> None:
    for row in rows:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            refused = ngettext("{n} row refused", "{n} rows refused", row["refused"]).format(n=number(row["refused"]))
            facts = [f"**{plain(row['file_name'])}**", _(LISTS[row["kind"]]), refused, moment(row["at"])]
            st.markdown(" · ".join([*facts, plain(row["who"] or "")]), width="stretch")
            if user.can("list.import"):
                st.button(
                    _("Resolved"),
                    key=f"{_SETTLE}{row['id']}",
                    help=_("The refused rows were entered or are not needed."),
                )
