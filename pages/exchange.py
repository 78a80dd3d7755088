"""Lists in from Excel, and out again."""

import streamlit as st

from lib.screen import exchange_files, exchange_load, exchange_past
from lib.screen.i18n import _
from lib.screen.page import begin, heading

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
told = exchange_past.take_back_if_sent(db, user)
load, files, past = st.tabs([_("Load a file"), _("Forms and lists"), _("Loaded files")])
with load:
    exchange_load.draw(db, user)
with files:
    exchange_files.draw(db, user)
with past:
    exchange_past.draw(db, user, told)
