"""Who changed what, and when."""

import streamlit as st

from lib.core.clock import days_until
from lib.oversight import history
from lib.screen import acts, undo_list
from lib.screen.i18n import _, area, day, hour, moment
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

undo_list.save(db, user)
undo_list.draw(db, user)
with st.container(horizontal=True):
    days = days_until(today(), history.DAYS)[::-1]
    all_days = _("The last {n} days").format(n=len(days))
    chosen = st.selectbox(
        _("Day"), [*days, None], format_func=lambda one: day(one) if one else all_days, key="history_day", width=200
    )
    wanted = st.text_input(
        _("Find"), key="history_query", live=True, type="search", placeholder=_("Person, household or team")
    )
lines = history.of_day(db, chosen or today(), wanted, days=1 if chosen else history.DAYS)
if not lines:
    st.info(_("Nothing was changed on this day that you may see. Choose another day or another word."))
else:
    st.table(
        {
            _("Hour"): [hour(line["at"]) if chosen else moment(line["at"]) for line in lines],
            _("Who"): [plain(line["who"] or _("The machine")) for line in lines],
            _("Role"): [_(ROLES.get(line["role"], "")) for line in lines],
            _("What"): [plain(acts.sentence(line)) for line in lines],
            _("Area"): [area(line["area_kind"] or "", line["area_name"] or "") for line in lines],
        }
    )
