"""The door of every page and fragment: `db, user = begin(__file__)`.

It takes this run's own connection, finds who is there, checks that the role may enter, and binds
the visitor's area to the connection. pages/index.py has its own door, `enter`, which also draws
the sign-in.
"""

import logging
import secrets
from dataclasses import replace
from pathlib import Path

import streamlit as st
from sqlite_utils import Database
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.core import access, clock, connection_pool, database
from lib.core.access import User
from lib.core.errors import Invalid, NotFound, Problem, Unusable
from lib.core.rollup import open_day
from lib.core.words import place_words
from lib.core.words.place_words import PlaceWords
from lib.screen import i18n
from lib.screen.i18n import _, say
from lib.screen.markdown import plain
from lib.screen.shared_cache import SharedCache
from lib.screen.shell import session, signin
from lib.screen.shell.rooms import BY_NAME

_WORDS = SharedCache(256)
_log = logging.getLogger("tungnha.page")


def today() -> str:
    """The calendar day in Viet Nam."""
    return clock.day_of(clock.now())


def connection() -> Database:
    """This run's connection; its views may be another visitor's until it is bound."""
    i18n.settle()
    return connection_pool.of_run()


def visitor(db: Database) -> User | None:
    """Who the session token names, acting in the chosen grant; their area bound to the connection."""
    account = signin.account(db)
    if session.ROLE_OF.get() != account:
        session.ROLE_OF.set(account)
        session.ROLE.set(account and signin.role(db))
    user = account and access.user(db, account, today(), session.ROLE.get())
    if user and not session.ROLE.get():
        session.ROLE.set(user.grant_id)
    access.bind(db, user, today())
    if user:
        i18n.settle_places(lambda: words_of(db, user.area_code))
    return user and replace(user, address=signin.address())


def words_of(db: Database, area: str) -> PlaceWords:
    """What an area calls its hamlets, communes and districts; looked up once for each change of the store."""
    return _WORDS.get((database.path(), database.changes(db), area), lambda: place_words.of(db, area))


def role_ended(user: User) -> bool:
    """Whether the role this window acted in is no longer held; nothing is done in another one unasked."""
    return session.ROLE.get() != user.grant_id


def begin(file: str) -> tuple[Database, User]:
    """Open the page of this file for the visitor, or stop the run with a calm sentence."""
    room = BY_NAME[Path(file).stem]
    db = connection()
    user = visitor(db)
    if user is None or user.must_change:
        if _in_fragment():
            st.rerun()  # the session ended under an open page: a run of the whole page draws the sign-in
        st.info(_("Please sign in to open this page."))
        st.stop()
    if role_ended(user):
        if _in_fragment():
            st.rerun()  # a run of the whole page says which role ended, and asks
        st.info(_("The role you were using has ended. Nothing was done in another role."), icon=":material/event_busy:")
        st.stop()
    if not access.can(user, room.needs):
        st.info(
            _("This page is not open to your current role. Switch roles in the sidebar or choose another page."),
            icon=":material/lock:",
        )
        st.stop()
    open_day(db, today(), now=clock.now())
    return db, user


def _in_fragment() -> bool:
    """Whether this run is of one part of the page only."""
    run = get_script_run_ctx()
    return bool(run and run.fragment_ids_this_run)


def went_back() -> bool:
    """Whether the visitor came to this address by the browser's arrows."""
    run = get_script_run_ctx()
    return bool(run and run.is_history_navigation)


def heading(file: str, *, help: str = "") -> None:
    """Title, the one sentence of what the page is for, and a help popover with an example."""
    room = BY_NAME[Path(file).stem]
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.title(_(room.title), anchor=False, width="content")
        if help:
            with st.popover(_("Help"), icon=":material/help:", type="tertiary"):
                st.markdown(help)
    st.caption(_(room.purpose))


def attempt(command, *args, **kwargs):
    """Run a command of lib; `(result, None)`, or `(None, problem)` with its sentence shown.

    Faults of single fields are returned unshown: `fault(problem, field)` places them at the field. A store that cannot
    be written is such a problem too, so that what was typed stands until it can be.
    """
    try:
        return command(*args, **kwargs), None
    except Invalid as problem:
        return None, problem
    except Problem as problem:
        tell(problem)
        return None, problem
    except Exception as fault:
        trouble = database.trouble(fault)
        if trouble is None:
            raise
        _log.error("nothing was saved: %s", fault)
        problem = Unusable(trouble.text, **trouble.places)
        tell(problem)
        return None, problem


def tell(problem: Problem) -> None:
    """A refusal, calmly: amber for what needs a look, plain for what is not there. Red is for what is overdue."""
    if isinstance(problem, NotFound):
        st.info(say(problem.say), icon=":material/search_off:")
    else:
        st.warning(say(problem.say), icon=":material/error:")


def fault(problem: Problem | None, field: str) -> None:
    """The sentence that mends this field, under it."""
    if isinstance(problem, Invalid) and field in problem.faults:
        st.markdown(f":orange[:material/error: {plain(say(problem.faults[field]))}]")


def apologise(fault: Exception) -> bool:
    """What a visitor reads when a page fails; the log has the same code beside the whole story."""
    if isinstance(fault, Problem):
        tell(fault)
        return True
    trouble = database.trouble(fault)
    if trouble:
        _log.error("the store cannot be used: %s", fault)
        st.warning(say(trouble), icon=":material/error:")
        return True
    code = secrets.token_hex(3).upper()
    _log.error("page failed, code %s", code, exc_info=fault)
    st.warning(
        _(
            "Something went wrong here. Saved data are safe. Reload the page; if it happens again, report code "
            "{code} to the administrator."
        ).format(code=code)
    )
    return True
