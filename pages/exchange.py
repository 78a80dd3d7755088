"""Lists in from Excel, and out again."""

import streamlit as st

from lib.screen.excel import empty_forms, load_steps, past_loads
from lib.screen.i18n import _
from lib.screen.shell.page import begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Take the empty form or the list as it stands, change it in Excel, and load it here. Nothing is written before "
        "you have seen what it would change, and a file can be taken back within a day. A cell left empty leaves what "
        "is stored. Lists as your office keeps them can be loaded too: what is not understood is named, and you say "
        "what it is. Example: fill in telephone numbers in the list of households, load it, and 214 rows are changed."
    ),
)
told = past_loads.take_back_if_sent(db, user)
load, files, past = st.tabs([_("Load a file"), _("Forms and lists"), _("Loaded files")])
with load:
    load_steps.draw(db, user)
with files:
    empty_forms.draw(db, user)
with past:
    past_loads.draw(db, user, told)
