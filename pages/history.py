"""Who changed what, and when."""

from functools import partial

import streamlit as st

from lib.core.clock import days_until
from lib.oversight.work import history
from lib.screen import list_exports
from lib.screen.history import listing, undo_list
from lib.screen.i18n import _, day
from lib.screen.shell.page import begin, heading, today
from lib.screen.widgets import download, more

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Example: type **25456-0017** to see who changed that household. Refused attempts from outside the area "
        "are listed too."
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
of, span = f"history_{chosen}_{wanted}", 1 if chosen else history.DAYS
many = more.so_many(of, history.MOST)
lines = history.of_day(db, chosen or today(), wanted, many, days=span)
if not lines:
    st.info(_("Nothing you may see was changed on this day. Choose another day or another word."))
else:
    filters = {"day": chosen or today(), "query": wanted, "days": span}
    download.offer(user, "history", {_("History"): partial(list_exports.history, **filters)})
    listing.draw(lines, user)
    if len(lines) == many:
        more.offer(of, None, step=history.MOST)
