"""The form of the report: what it asks, in which words and order; edits make a new version."""

import streamlit as st

from lib.oversight.report_template import versions as template
from lib.screen.i18n import _, number
from lib.screen.report_template import form, preview, since
from lib.screen.report_template import versions as template_versions
from lib.screen.shell.page import begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Example: choose a section, add an indicator such as doses given, describe what to enter, give the "
        "reason, and save; from then on every unit is asked for it. Indicators counted by the program can be "
        "reworded, but what they count stays the same; an existing indicator keeps its code permanently and can "
        "only be hidden."
    ),
)
in_force = st.empty()
editing, previewing, adding_up, versions = st.tabs([_("Edit"), _("Preview"), _("Cumulative"), _("Versions")])
with editing:
    edit = form.draw(db, user)
told = _("In use: version {n}.").format(n=number(max(template.current(db), 1)))
in_force.caption(f"{told} {_('Reports that are frozen keep the version they were frozen with.')}")
with previewing:
    preview.draw(edit)
with adding_up:
    since.draw(db, user)
with versions:
    template_versions.draw(db, user)
