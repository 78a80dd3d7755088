"""Drawing of accounts: the form for a new one, and what can be done with an existing one."""

import streamlit as st
from sqlite_utils import Database

from lib.core import access, accounts, clock, text
from lib.core.access import User
from lib.core.text import fold
from lib.register import places
from lib.screen import passwords, roles
from lib.screen.i18n import _
from lib.screen.labels import ROLES
from lib.screen.page import attempt, fault, today
from lib.screen.place_names import labels
from lib.screen.plain import plain

_ISSUED = "account_issued"  # user name and password of the last form, for a second click


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
            w in fold(f"{line['username']} {line['full_name']} {line['area_kind']} {line['area_name']}") for w in words
        )
    ]


def table_key(found: list[dict]) -> str:
    """Another list is another table: a row ticked in the old one must not mean somebody else in the new."""
    return f"account_table_{hash(tuple(line['grant_id'] for line in found))}"


def _where(db: Database, user: User, role: str) -> dict | None:
    """Area (and team and member) the new account is for; None until it is chosen."""
    if role in ("member", "leader"):
        return _which_team(db, user, role)
    below = places.below(db, user.area_code, {"commune": "commune", "station": "commune"}.get(role, "district"))
    if role in ("province", "administrator"):
        return {"area_code": user.area_code}
    codes = labels(below)
    code = st.selectbox(_("Area"), codes, format_func=codes.get, index=None, placeholder=_("Choose the area"))
    return code and {"area_code": code}


def _which_team(db: Database, user: User, role: str) -> dict | None:
    teams = {line["id"]: line["name"] for line in places.teams(db)}
    team = st.selectbox(_("Team"), teams, format_func=teams.get, index=None, placeholder=_("Choose the team"))
    if team is None:
        return None
    people = {line["id"]: line["full_name"] for line in places.members(db, team, leader=role == "leader")}
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
    if _sent_before(username):
        return
    if not where:
        st.warning(_("Choose first whom the account is for."))
        return
    password = accounts.issued_password()
    made, problem = attempt(
        accounts.create, db, user, username=username, full_name=full_name, role=role, phone_text=phone,
        password_hash=passwords.hashed(password), now=clock.now(), **where,
    )  # fmt: skip
    for field, place in (("username", at_username), ("full_name", at_full_name), ("phone", at_phone)):
        with place:
            fault(problem, field)
    if made:
        st.session_state[_ISSUED] = (text.clean(username).lower(), password)
        hand_over(username, password)


def _sent_before(username: str) -> bool:
    """A second click on the same form shows the same password again, or it would be lost with the first answer."""
    name, password = st.session_state.get(_ISSUED, ("", ""))
    if not name or name != text.clean(username).lower():
        return False
    hand_over(name, password)
    return True


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
        password = accounts.issued_password()
        _done, problem = attempt(
            accounts.issue_password, db, user, line["id"], passwords.hashed(password), now=clock.now()
        )
        if not problem:
            hand_over(line["username"], password)


def grants_of(db: Database, user: User) -> list[str]:
    """What the visitor may act as, in words."""
    return [plain(roles.named(grant)) for grant in access.grants(db, user.id, today())]
