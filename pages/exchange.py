"""Lists in from Excel, and out again."""

import streamlit as st

from lib.screen.excel import empty_forms, load_steps, past_loads
from lib.screen.i18n import _
from lib.screen.shell.page import begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Export the empty form or the current list, change it in Excel, and import it here. Nothing is saved "
        "until you have seen what would change, and a file can be undone within a day. A cell left empty keeps "
        "the stored data. Lists in your office's own format can be imported too: what is not recognised is "
        "listed, and you say what it is. Example: fill in telephone numbers in the list of households, import "
        "it, and 214 rows are changed."
    ),
)
past_loads.take_back_if_sent(db, user)
load, files, past = st.tabs([_("Import a file"), _("Forms and lists"), _("Imported files")])
with load:
    load_steps.draw(db, user)
with files:
    empty_forms.draw(db, user)
with past:
    past_loads.draw(db, user)
