"""The question on every page while the clock is in doubt: is today this day? And how a wrong clock is set."""

from datetime import datetime, timedelta

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, trusted_time
from lib.core.access import User
from lib.core.trusted_time import Doubt
from lib.screen.i18n import N_, _, day, moment, weekday
from lib.screen.shell import session
from lib.screen.shell.page import attempt

_WHY = {
    "behind": N_("The server's clock shows {shown}, which is before the last entry ({last})."),
    "ahead": N_("The server's clock has jumped to {shown}; the last known time was {last}."),
    "apart": N_("The server's clock shows {shown}; nothing has been entered for most of a day, since {last}."),
}


def ask(db: Database, user: User) -> None:
    """Nothing while the clock is believed; the question to who may answer it, a word to everybody else."""
    doubt = trusted_time.doubt(db, now=clock.now())
    if doubt is None:
        for key in (session.CLOCK_DENIED, session.CLOCK_SHOWN):
            key.pop()
        return
    sentence = _(_WHY[doubt.kind]).format(shown=moment(doubt.shown), last=moment(doubt.last))
    st.warning(f"{sentence} {_waits()}", icon=":material/schedule:")
    if user.can("clock.confirm"):
        _question(db, user, doubt)


def waiting(db: Database, *, now: datetime) -> str:
    """One sentence for the big screen; empty while the clock is believed."""
    return _waits() if trusted_time.doubt(db, now=now) else ""


def _waits() -> str:
    return _("Visits are saved as usual; freezing figures and opening days wait until the date is confirmed.")


def _question(db: Database, user: User, doubt: Doubt) -> None:
    shown = clock.instant(doubt.shown)
    on, meant = clock.day_of(shown), _meant(shown)
    with st.container(horizontal=True, vertical_alignment="center", key="clock_question"):
        question = _("Is today {weekday}, {day}, and is it about {hour} now?")
        sentence = question.format(weekday=_(weekday(on)), day=day(on), hour=clock.hour_of(shown))
        st.markdown(f"**{sentence}**", width="content")
        if st.button(_("Yes, that is right"), type="primary", icon=":material/check:", key="clock_yes"):
            _done, problem = attempt(trusted_time.confirm, db, user, meant, now=shown)
            if problem is None:
                st.rerun()
        if st.button(_("No, it is wrong"), icon=":material/close:", key="clock_no"):
            session.CLOCK_DENIED.set(True)
    if session.CLOCK_DENIED.get():
        _how()


def _meant(shown: datetime) -> str | None:
    """The day to which a yes was said: that of the question as it was read, or none if the clock was set since then."""
    before, at = session.CLOCK_SHOWN.get() or (shown, clock.ticks())
    session.CLOCK_SHOWN.set((shown, clock.ticks()))
    since = before + timedelta(seconds=clock.ticks() - at)
    return clock.day_of(before) if -clock.BACK <= shown - since <= clock.AHEAD else None


def _how() -> None:
    """Nothing here moves the machine's clock: that is done at the machine."""
    st.info(
        _(
            "Set the server's clock, then continue working: once it is right, everything continues or this "
            "question appears again. Windows: Settings › Time & language › Date & time, turn on “Set time "
            "automatically”, or “Change”. Linux: {command}. If the clock is wrong again after every start, the "
            "server's battery is empty."
        ).format(command="`sudo timedatectl set-time '2021-08-17 07:30:00'`"),
        icon=":material/build:",
    )
