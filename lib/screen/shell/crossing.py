"""A link that belongs to another of the visitor's roles: it asks, instead of quietly showing something else.

A link may say which role it was made in (`as=district.703`); one that does not is judged by what it points to. Only
roles that the visitor holds today count: for a stranger to them the link is like any other.
"""

import streamlit as st
from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.register.areas import role_reach
from lib.screen.i18n import _
from lib.screen.markdown import plain
from lib.screen.shell import roles, signin
from lib.screen.shell.page import today
from lib.screen.shell.rooms import BY_NAME

AS = "as"
# What of a room's address points to a place, and of which kind.
_PLACES = {
    "report": {"area": "area"},
    "documents": {"area": "area"},
    "gaps": {"area": "area"},
    "leaderboard": {"area": "unit", "of": "unit"},
    "sheet": {"team": "team"},
    "teams": {"team": "team"},
    "assignments": {"team": "team", "hamlet": "area", "household": "household"},
    "households": {"household": "household"},
}


def mark(grant: dict | User) -> str:
    """How an address names the role of a grant; the same for who holds it and for who stands in."""
    role, code = (grant.role, grant.area_code) if isinstance(grant, User) else (grant["role"], grant["area_code"])
    return f"{role}.{code}"


def ask(db: Database, user: User, held: list[dict], other: dict) -> None:
    """Before anything is shown: the role the address belongs to, and the way into it."""
    st.title(_("Switch roles?"), anchor=False)
    now = plain(roles.named(next(grant for grant in held if grant["id"] == user.grant_id)))
    st.markdown(_("This link belongs to the role **{role}**.").format(role=plain(roles.named(other))))
    st.caption(_("Your current role is {role}. The link opens only after you switch roles.").format(role=now))
    if st.button(_("Switch roles"), type="primary", icon=":material/swap_horiz:", key="crossing"):
        signin.hand_over(db, user, other["id"])


def belongs(db: Database, user: User, held: list[dict], room: str) -> dict | None:
    """The other role the address belongs to; None when the present one will do, and when none does."""
    if len(held) < 2:
        return None
    query = st.query_params.to_dict()
    named = [grant for grant in held if mark(grant) == query.get(AS)]
    if named:
        return None if any(grant["id"] == user.grant_id for grant in named) else named[0]
    needs = BY_NAME[room].needs if room in BY_NAME else "account.own"
    may = [grant for grant in held if access.allows(grant["role"], needs, lent=grant["for_account"] is not None)]
    places = [(kind, query[name]) for name, kind in _PLACES.get(room, {}).items() if query.get(name)]
    if places:
        there = set(role_reach.of_roles(db, user.id, today(), [grant["id"] for grant in may], places))
        access.bind(db, user, today())
        may = [grant for grant in may if grant["id"] in there]
    if any(grant["id"] == user.grant_id for grant in may):
        return None
    return next(iter(may), None)
