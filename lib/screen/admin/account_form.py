"""Drawing of accounts: the form for a new one, and what can be done with an existing one."""

import streamlit as st
from sqlite_utils import Database

from lib.core import access, clock, text
from lib.core.access import User
from lib.core.errors import Conflict
from lib.core.identity import accounts, authentication, password_hashing
from lib.core.identity.accounts import NewAccount
from lib.core.text import fold, holds
from lib.register.areas import choices
from lib.screen.admin import session
from lib.screen.i18n import _
from lib.screen.labels import ROLES
from lib.screen.markdown import plain
from lib.screen.shell import roles
from lib.screen.shell.page import attempt, fault, today
from lib.screen.widgets.place_names import labels

ONE_PRESS = 5  # seconds within which two clicks are one press, also of a slow hand


def state(line: dict) -> str:
    if not line["is_active"]:
        return _("Switched off")
    return _("Waits for the first sign-in") if line["must_change"] else _("In use")


def matching(listed: list[dict], wanted: str) -> list[dict]:
    """Accounts whose name, user name or area holds every word, without accents."""
    words = fold(wanted).split()
    return [
        line
        for line in listed
        if all(
            holds(fold(f"{line['username']} {line['full_name']} {line['area_kind']} {line['area_name']}"), w)
            for w in words
        )
    ]


def table_key(lines: list[dict]) -> str:
    """Another list is another table: a row ticked in the old one must not mean somebody else in the new."""
    return f"account_table_{hash(tuple(line['grant_id'] for line in lines))}"


def _where(db: Database, user: User, role: str) -> dict | None:
    """Area (and team and member) the new account is for; None until it is chosen."""
    if role in ("member", "leader"):
        return _which_team(db, user, role)
    below = choices.below(db, user.area_code, {"commune": "commune", "station": "commune"}.get(role, "district"))
    if role in ("province", "administrator"):
        return {"area_code": user.area_code}
    codes = labels(below)
    code = st.selectbox(_("Area"), codes, format_func=codes.get, index=None, placeholder=_("Choose the area"))
    return code and {"area_code": code}


def _which_team(db: Database, user: User, role: str) -> dict | None:
    teams = {line["id"]: line["name"] for line in choices.teams(db)}
    team = st.selectbox(_("Team"), teams, format_func=teams.get, index=None, placeholder=_("Choose the team"))
    if team is None:
        return None
    people = {line["id"]: line["full_name"] for line in choices.members(db, team, leader=role == "leader")}
    member = st.selectbox(_("Person"), people, format_func=people.get, index=None, placeholder=_("Choose the person"))
    return member and {"area_code": user.area_code, "team_id": team, "member_id": member}


def new_account(db: Database, user: User, roles: tuple[str, ...]) -> None:
    """The form; after saving it shows the issued password once."""
    role = st.segmented_control(
        _("Role"), roles, format_func=lambda r: _(ROLES[r]), default=roles[0], key="account_role", required=True
    )
    where = _where(db, user, role)
    with st.form("account", border=True):
        username = st.text_input(_("User name"), key="account_username", placeholder=_("for example gd.thanhphuoc"))
        at_username = st.container()
        full_name = st.text_input(_("Full name"), key="account_full_name", placeholder="")
        at_full_name = st.container()
        phone = st.text_input(_("Telephone"), key="account_phone", placeholder="")
        at_phone = st.container()
        sent = st.form_submit_button(_("Issue account"), type="primary")
    if not sent:
        return
    if not where:
        st.warning(_("Choose first whom the account is for."))
        return
    password = _password_of(text.clean(username).lower())
    account = NewAccount(username=username, full_name=full_name, role=role, phone=phone, **where)
    account_id, problem = attempt(_create, db, user, password, account)
    for field, place in (("username", at_username), ("full_name", at_full_name), ("phone", at_phone)):
        with place:
            fault(problem, field)
    if account_id:
        hand_over(username, password)


def _password_of(whom: str | int, *, within: float | None = None) -> str:
    """An issued password, kept before anything is written: both clicks of a double click run at the same time, and
    either must show the one that holds. `within` is the age in seconds up to which a click gets the last one again."""
    now = clock.now().timestamp()
    last, password, at = session.ISSUED.get() or (None, "", 0.0)
    if last != whom or (within is not None and now - at > within):
        password, at = accounts.issued_password(), now
        session.ISSUED.set((whom, password, at))
    return password


def _create(db: Database, user: User, password: str, account: NewAccount) -> int:
    """Issue it once: a name that is taken by the account with this very password was issued by the first click."""
    try:
        hashed = password_hashing.hashed(password)
        return accounts.create(db, user, account, password_hash=hashed, now=clock.now())
    except Conflict:
        existing = authentication.credentials(db, account.username)
        if not existing or not password_hashing.matches(password, existing["password_hash"]):
            raise
        return existing["id"]


def hand_over(username: str, password: str) -> None:
    st.success(_("Account {name} is ready. Write this password down now; it is shown only once:").format(name=username))
    st.code(password, language=None)


def manage(db: Database, user: User, line: dict) -> None:
    """Switch off or on, or issue a new password."""
    st.markdown(f"**{plain(line['full_name'])}** · {plain(line['username'])}")
    with st.container(horizontal=True):
        switch = st.button(
            _("Switch off") if line["is_active"] else _("Switch on"),
            icon=":material/toggle_off:",
            key=f"account_switch_{line['id']}",
        )
        issue = st.button(_("Issue a new password"), icon=":material/key:", key=f"account_issue_{line['id']}")
    if switch:
        _done, problem = attempt(accounts.set_active, db, user, line["id"], not line["is_active"], now=clock.now())
        if not problem:
            st.success(_("Saved. An account that is switched off is signed out everywhere at its next click."))
    if issue:
        password = _password_of(line["id"], within=ONE_PRESS)
        _done, problem = attempt(
            accounts.issue_password, db, user, line["id"], password_hashing.hashed(password), now=clock.now()
        )
        if not problem:
            hand_over(line["username"], password)


def grants_of(db: Database, user: User) -> list[str]:
    """What the visitor may act as, in words."""
    return [plain(roles.named(grant)) for grant in access.grants(db, user.id, today())]
