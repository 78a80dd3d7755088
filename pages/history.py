"""Who changed what, and when."""

import streamlit as st

from lib.core.clock import days_until
from lib.oversight import history
from lib.screen import acts
from lib.screen.i18n import _, area, day, hour
from lib.screen.labels import ROLES
from lib.screen.page import begin, heading, today
from lib.screen.plain import plain

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Example: type **25456-0017** to see who changed that household. Refused tries of strangers are listed too."
    ),
)

with st.container(horizontal=True):
    chosen = st.selectbox(_("Day"), days_until(today(), 31)[::-1], format_func=day, key="history_day", width=180)
    wanted = st.text_input(
        _("Find"), key="history_query", live=True, type="search", placeholder=_("Person, household or team")
    )
lines = history.of_day(db, chosen, wanted)
if not lines:
    st.info(_("Nothing was changed on this day that you may see. Choose another day or another word."))
else:
    st.table(
        {
            _("Hour"): [hour(line["at"]) for line in lines],
            _("Who"): [plain(line["who"] or _("The machine")) for line in lines],
            _("Role"): [_(ROLES.get(line["role"], "")) for line in lines],
            _("What"): [plain(acts.sentence(line)) for line in lines],
            _("Area"): [area(line["area_kind"] or "", line["area_name"] or "") for line in lines],
        }
    )
