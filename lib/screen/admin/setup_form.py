"""Drawing of the set-up: the one-time code, the practice province, one's own province.

The forms return None until they are done, then what to tell: a sentence and the lines below it.
"""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.errors import Refused
from lib.core.identity import authentication, password_hashing
from lib.practice import live_teams
from lib.register.areas import store_setup
from lib.screen.admin import session, sources_form
from lib.screen.i18n import N_, _, number
from lib.screen.shell.page import attempt, fault
from lib.screen.widgets import forms

WAYS = {"practice": N_("A practice province"), "own": N_("My province")}


def code() -> bool:
    """Ask for the code of the terminal; once right, it holds for this browser session."""
    if session.SETUP_OPEN.get():
        return True
    fields, sent = forms.sendable("code", _("Continue"))
    with fields:
        st.markdown(_("The terminal in which Từng Nhà was started shows a one-time code. Type it here."))
        typed = st.text_input(_("One-time code"), placeholder="ABCD-2345", autocomplete="off")
        wrong = st.container()
    if not sent:
        return False
    _done, problem = attempt(store_setup.SETUP_CODE.check, typed)
    with wrong:
        fault(problem, "code")
    session.SETUP_OPEN.set(problem is None)
    return problem is None


def way() -> str:
    """Practice or one's own province."""
    return st.segmented_control(
        _("What is this system for?"),
        list(WAYS),
        format_func=lambda way: _(WAYS[way]),
        key="setup_way",
        default="practice",
        required=True,
    )


def practice_province(db: Database) -> tuple[str, list[str]] | None:
    """One click builds it; its sign-ins stand on the sign-in page."""
    st.markdown(
        _(
            "An invented Tây Ninh to learn with: {districts} districts, {communes} communes, {teams} teams, "
            "{households} households and 14 days of visits up to this hour. Every name is invented."
        ).format(districts=number(9), communes=number(94), teams=number(188), households=number(4700))
    )
    alive = st.toggle(
        _("Let simulated teams keep entering visits so that the leaderboard changes"),
        value=True,
        key="setup_alive",
        help=_(live_teams.HOURS),
    )
    working = st.empty()
    if not working.button(_("Build the practice province"), type="primary", key="setup_build"):
        return None
    progress = _("Building the practice province …")
    bar = working.progress(0.0, progress)
    _done, problem = attempt(
        live_teams.found,
        db,
        password_hash=password_hashing.hashed(live_teams.PASSWORD),
        alive=alive,
        now=clock.now(),
        progress=lambda share: bar.progress(share, progress),
    )
    working.empty()
    if problem:
        return None
    return _("The practice province is ready."), [
        _("Sign in as {clerk} to enter visits, or as {province} to follow the leaderboard.").format(
            clerk="**xa.thanhphuoc**", province="**tinh**"
        ),
        _("The password is {password}; the sign-in page lists every role.").format(
            password=f"**{live_teams.PASSWORD}**"
        ),
    ]


def own_province(db: Database) -> tuple[str, list[str]] | None:
    """The official units of one of the 63, and the first administrator; what was typed stays."""
    names = {line["code"]: line for line in store_setup.provinces()}
    with st.form("province", border=True):
        typed, under = _fields(names)
        hamlets = sources_form.kinds_at_set_up()
        sent = st.form_submit_button(_("Set up the province"), type="primary")
    if not sent:
        return None
    _done, problem = attempt(store_setup.check, **typed)
    if problem is None:
        _done, problem = attempt(_found_once, db, typed, hamlets)
    for field, place in under.items():
        with place:
            fault(problem, field)
    return None if problem else _next_steps(names[typed["code"]]["name"], typed["username"])


def _found_once(db: Database, typed: dict, hamlets: list[str]) -> None:
    """Found it once: of a double click the second one finds what the first has founded, not a refusal."""
    password_hash = password_hashing.hashed(typed["password"])
    administrator = store_setup.FirstAdministrator(typed["username"], typed["full_name"], password_hash)
    try:
        store_setup.found_province(db, typed["code"], administrator, now=clock.now(), hamlets=hamlets)
    except Refused:
        if not _is_founded(db, typed):
            raise


def _is_founded(db: Database, typed: dict) -> bool:
    """Whether the store is this province, and this name and password are let in."""
    account = authentication.credentials(db, typed["username"])
    return (
        bool(account)
        and store_setup.is_loaded(db, typed["code"])
        and password_hashing.matches(typed["password"], account["password_hash"])
    )


def _fields(names: dict[str, dict]) -> tuple[dict, dict]:
    """What was typed, and the place of the sentence under each field."""
    typed, under = {}, {}

    def field(name: str, widget, label: str, **options) -> None:
        typed[name] = widget(label, key=f"setup_{name}", **options)
        under[name] = st.container()

    field(
        "code",
        st.selectbox,
        _("Province or city"),
        options=list(names),
        format_func=lambda code: _searchable(names[code]),
        index=None,
        placeholder=_("Type a few letters, with or without accents"),
    )
    st.markdown(_("The first administrator runs the server and issues the account of the province."))
    field("full_name", st.text_input, _("Full name"), placeholder="", autocomplete="name")
    field("username", st.text_input, _("User name"), placeholder="quantri", autocomplete="username")
    field(
        "password",
        st.text_input,
        _("Password"),
        type="password",
        placeholder="",
        autocomplete="new-password",
        help=_("At least 10 characters; a short sentence is easy to remember."),
    )
    field(
        "again", st.text_input, _("Repeat the password"), type="password", placeholder="", autocomplete="new-password"
    )
    return typed, under


def _searchable(line: dict) -> str:
    """The list's own search knows no accents, so the bare spelling stands beside: "Tây Ninh (Tay Ninh)"."""
    return line["name"] if line["plain"] == line["name"] else f"{line['name']} ({line['plain']})"


def _next_steps(province: str, username: str) -> tuple[str, list[str]]:
    return _("{province} has been set up with its districts and communes.").format(province=province), [
        "1. " + _("Sign in as {username} and issue the account of the province.").format(username=f"**{username}**"),
        "2. " + _("The province issues the accounts of its districts, each district those of its communes."),
        "3. " + _("Each commune adds its hamlets, creates its teams and registers its households."),
        "4. " + _("Give every household to a named team member; leave no household out."),
        "5. " + _("The sheet of the first day is entered, and the leaderboard begins to fill."),
    ]
