"""State of the machine, copies of the store, the practice province and the size rules."""

import streamlit as st

from lib.core import clock
from lib.practice import live_teams
from lib.register import size_rules
from lib.screen.admin import machine, rules_form, sources_form
from lib.screen.i18n import _
from lib.screen.shell.page import attempt, begin, heading

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
    rules_form.edit(db, user, size_rules.read(db))
    st.subheader(_("Sources of the rules"), anchor=False)
    st.caption(_("Number, day and issuing body stand beside every warning; nothing is made up until they are entered."))
    sources_form.edit(db, user)
    st.subheader(_("Words of the place"), anchor=False)
    sources_form.words(db, user)

if user.can("setting.technical"):
    machine.draw(db, user)
    if live_teams.is_practice(db):
        st.subheader(_("Practice province"), anchor=False)
        alive = live_teams.is_alive(db)
        wanted = st.toggle(_("Let invisible teams keep entering visits"), value=alive, key="practice_alive")
        if wanted != alive:
            attempt(live_teams.set_alive, db, user, wanted, now=clock.now())
        st.caption(_(live_teams.HOURS))
        if wanted and live_teams.are_resting(clock.now()):
            st.markdown(":material/bedtime: " + _("It is night: they go on at 6:00."))
