"""The page of tasks: what is left today."""

import streamlit as st

from lib.core import clock, database
from lib.operations import health
from lib.oversight.work import worklist
from lib.screen import list_words
from lib.screen.home import tasks as home_tasks
from lib.screen.i18n import _
from lib.screen.shell import pulse
from lib.screen.shell.page import begin, heading

db, user = begin(__file__)
heading(
    __file__,
    help=_("Example: a line with the number 12 and “Open the sheet” leads to the team where 12 households are left."),
)


@st.fragment
def tasks() -> None:
    """Runs again after a write."""
    db, user = begin(__file__)
    pulse.watch(database.changes(db), seconds=20)
    home_tasks.follow()
    now = clock.now()
    complete = list_words.show(db, user, clock.day_of(now))
    home_tasks.day_line(db, user, now)
    machine = health.report(db, now=now) if user.can("backup.take") else None
    faults = health.sentences(machine) if machine else ()
    left = worklist.tasks(db, user, clock.day_of(now), now=now, machine=faults)
    home_tasks.draw(user, left, complete=complete)
    if user.role == "member":
        home_tasks.own_round(db, user, clock.day_of(now))
    if machine:
        home_tasks.last_copy(machine["last_backup_at"])


tasks()
