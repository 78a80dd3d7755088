"""Reminders on the page of reports: those received with their answers, those sent with what became of them."""

from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight.reports import reminders
from lib.screen.home import lines
from lib.screen.i18n import _, area, hour
from lib.screen.i18n import day as in_words
from lib.screen.markdown import plain
from lib.screen.report.state_words import when
from lib.screen.report_tracking import sentences as words
from lib.screen.report_tracking import session
from lib.screen.shell.page import attempt, fault
from lib.screen.widgets import named_list


def draw(db: Database, user: User, on: str, now: datetime) -> None:
    """What waits for an answer of the visitor's area whatever its day, the day's others, and those sent."""
    open_reminders = reminders.open_for(db, user, now=now)
    waiting = {reminder["id"] for reminder in open_reminders}
    done = [each for each in reminders.received(db, user, on, now=now) if each["id"] not in waiting]
    sent = reminders.sent(db, user, on, now=now)
    if not (open_reminders or done or sent):
        st.info(_("No reminder about the reports of {day}.").format(day=in_words(on)))
    for reminder in sorted(
        [*open_reminders, *done], key=lambda each: each["id"]
    ):  # none moves while an answer is typed
        _received(db, user, reminder, now)
    if sent:
        st.markdown(f"**{_('Reminders sent')}**")
        named_list.draw(_("Reminders sent"), [_line(each) for each in sent], key=session.SENT_REMINDERS)


def _line(reminder: dict) -> dict:
    mark = "done" if reminder["answer"] or reminder["came_at"] else "look" if reminder["overdue"] else ""
    return lines.item(
        area(reminder["to_kind"], reminder["to_name"]),
        facts=[reminder["words"], reminder["who"], reminder["answered_by"]],
        side=f"{hour(reminder['made_at'])} · {words.answered(reminder)}",
        mark=mark,
    )


def _received(db: Database, user: User, reminder: dict, now: datetime) -> None:
    with st.container(border=True, key=f"reminder_{reminder['id']}"):
        who = f"{area(reminder['from_kind'], reminder['from_name'])} · {reminder['who']}"
        due = _("due {hour}").format(hour=when(reminder["due_at"], clock.day_of(now)))
        if reminder["overdue"]:
            due = f":red[:material/alarm: **{due} · {_('overdue')}**]"
        st.markdown(f"**{plain(who)}** · {due}  \n{plain(reminder['words'])}".replace("\n", "  \n"))
        if reminder["answer"]:
            sentence = _("Answered at {hour} by {name}: {words}")
            st.markdown(
                sentence.format(
                    hour=hour(reminder["answered_at"]),
                    name=plain(reminder["answered_by"]),
                    words=plain(reminder["answer"]),
                )
            )
        elif reminder["came_at"]:
            st.markdown(f":material/check: {words.answered(reminder)}")
        elif user.can("reminder.answer"):
            _answer(db, user, reminder, now)


def _answer(db: Database, user: User, reminder: dict, now: datetime) -> None:
    number = reminder["id"]
    with st.form(f"answer_{number}", border=False):
        typed = st.text_area(_("Answer"), key=f"answer_words_{number}", placeholder="", height=80)
        at_words = st.container()
        with st.container(horizontal=True, vertical_alignment="center"):
            sent = st.form_submit_button(_("Send the answer"), type="primary")
            seen = not reminder["seen_at"] and st.form_submit_button(_("I have read it"), icon=":material/visibility:")
            if reminder["seen_at"]:
                st.caption(_("Read at {hour}").format(hour=hour(reminder["seen_at"])))
    if sent:
        _done, problem = attempt(reminders.answer, db, user, number, typed, now=now)
        with at_words:
            fault(problem, "words")
    elif seen:
        _done, problem = attempt(reminders.see, db, user, number, now=now)
    if (sent or seen) and not problem:
        st.rerun()
