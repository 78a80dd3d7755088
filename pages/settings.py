"""State of the machine, copies of the store, the practice province and the size rules."""

import streamlit as st

from lib import jobs
from lib.core import clock, database, health
from lib.field import practice
from lib.register import rules
from lib.screen import rules_form
from lib.screen.i18n import _, number
from lib.screen.page import attempt, begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Example: raise “Most households of a team” to 60 and the warnings about large teams disappear. "
        "The keeper of the machine takes a copy here before a new version is installed."
    ),
)

if user.can("setting.rules"):
    st.subheader(_("Size rules"), anchor=False)
    st.caption(_("Guidance of the directives; what does not fit is shown as a warning and never blocked."))
    rules_form.edit(db, user, rules.read(db))

if user.can("setting.technical"):
    state = health.report(db, next((copy.name for copy in jobs.copies()), None))
    st.subheader(_("Machine"), anchor=False)
    with st.container(horizontal=True):
        st.metric(_("Version"), state["version"], border=True)
        st.metric(_("Free disk space"), f"{number(state['disk_free_mb'] / 1024, 1)} GB", border=True)
        st.metric(_("Last copy"), state["last_backup"] or _("None yet"), border=True)
    st.caption(_("The store: {path}").format(path=database.path()))
    st.caption(_("Copies: {path}").format(path=jobs.folder()))
    if st.button(_("Copy the store now"), type="primary", icon=":material/save:"):
        made, problem = attempt(jobs.take_copy, db, user, now=clock.now())
        if made:
            st.success(_("Copied to {name}.").format(name=made.name))
    if practice.is_practice(db):
        st.subheader(_("Practice province"), anchor=False)
        alive = practice.is_alive(db)
        wanted = st.toggle(_("Let invisible teams keep entering visits"), value=alive, key="practice_alive")
        if wanted != alive:
            attempt(practice.set_alive, db, user, wanted, now=clock.now())
        st.caption(_(practice.HOURS))
        if wanted and practice.are_resting(clock.now()):
            st.markdown(":material/bedtime: " + _("It is night: they go on at 6:00."))
