"""The form of the report: what it asks, in which words and order; edits make a new version."""

import streamlit as st

from lib.oversight import template
from lib.screen import template_form, template_preview, template_versions
from lib.screen.i18n import _, number
from lib.screen.page import begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Example: open “Edit texts” of an indicator, reword its name, say why, and save. What an indicator counts, its"
        " unit and its part stay as they are: a figure is reworded, never recounted under its old name."
    ),
)
in_force = st.empty()
editing, previewing, versions = st.tabs([_("Edit"), _("Preview"), _("Versions")])
with editing:
    edit = template_form.draw(db, user)
told = _("In force: version {n}.").format(n=number(max(template.current(db), 1)))
in_force.caption(f"{told} {_('Reports that are frozen keep the version they were frozen with.')}")
with previewing:
    template_preview.draw(edit.lines())
with versions:
    template_versions.draw(db)
