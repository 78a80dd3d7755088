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
        "Example: raise “Most households per team” to 60 and the warnings about large teams disappear. The "
        "administrator makes a backup here before a new version is installed."
    ),
)

if user.can("setting.rules"):
    st.subheader(_("Size rules"), anchor=False)
    st.caption(_("Based on the directives; what does not fit is shown as a warning and never blocked."))
    rules_form.edit(db, user, size_rules.read(db))
    st.subheader(_("Documents behind the rules"), anchor=False)
    st.caption(
        _(
            "The number, date and issuing body are shown with every warning; until they are entered, only "
            "the name of the rule is shown."
        )
    )
    sources_form.edit(db, user)
    st.subheader(_("Local names"), anchor=False)
    sources_form.words(db, user)

if user.can("setting.technical"):
    machine.draw(db, user)
    if live_teams.is_practice(db):
        st.subheader(_("Practice province"), anchor=False)
        alive = live_teams.is_alive(db)
        wanted = st.toggle(_("Let simulated teams keep entering visits"), value=alive, key="practice_alive")
        if wanted != alive:
            attempt(live_teams.set_alive, db, user, wanted, now=clock.now())
        st.caption(_(live_teams.HOURS))
        if wanted and live_teams.are_resting(clock.now()):
            st.markdown(":material/bedtime: " + _("It is night: simulated teams continue at 6:00."))
