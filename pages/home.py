"""What is left today."""

import streamlit as st

from lib.core import clock
from lib.oversight import worklist
from lib.screen.i18n import _, day, number, say, weekday
from lib.screen.page import begin, heading, today

db, user = begin(__file__)
heading(
    __file__,
    help=_("Example: a line with the number 12 and “Open the sheet” leads to the team where 12 households are left."),
)


@st.fragment(run_every="20s")
def tasks() -> None:
    db, user = begin(__file__)
    st.markdown(f"**{_(weekday(today()))} {day(today())}** · {clock.hour_of(clock.now())}")
    found = worklist.tasks(db, user, today())
    if not found:
        st.success(_("Nothing is left for now. Thank you."), icon=":material/done_all:")
    for place, task in enumerate(found):
        with st.container(
            border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
            key=f"task_{place}",
        ):  # fmt: skip
            mark = ":material/priority_high:" if task.urgent else ":material/arrow_forward:"
            count = f"**{number(task.n)}** " if task.n else ""
            st.markdown(f"{mark} {count}{say(task.say)}")
            st.page_link(
                f"{task.room}.py", label=_(task.verb), icon=":material/open_in_new:", query_params=task.query or None,
                width="content",
            )  # fmt: skip


tasks()
