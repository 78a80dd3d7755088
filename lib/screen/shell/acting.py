"""Which role the visitor acts in: in sight on every page, chosen in the menu, and said when it has ended."""

import html

import streamlit as st
from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User
from lib.core.identity import delegation
from lib.screen.i18n import _
from lib.screen.markdown import plain
from lib.screen.shell import roles, session, signin
from lib.screen.shell.page import today
from lib.screen.shell.rooms import BY_NAME

# In the bar on top of every page, where nothing else stands; it takes no line of the page away.
STYLE = """<style>
    .acting {position: fixed; top: 0; right: 1rem; height: 2.6rem; z-index: 999990; display: flex; align-items: center;
        max-width: calc(100vw - 5rem); font-size: .85rem; line-height: 1.15; color: #46505e; pointer-events: none}
    .acting > span {overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2}
    .acting .lent {background: #fdf1dc; color: #6b3c05; border-radius: 4px; padding: .1rem .45rem}
    @media (max-width: 768px) {.acting {height: 3.6rem; right: .6rem; max-width: calc(100vw - 4rem); font-size: .8rem}}
    @media print {.acting {position: static; max-width: none}}
</style>"""


def strip(user: User, held: list[dict], waiting: str) -> None:
    """The role and its area, and in whose place from when on; always in sight, on a phone as well.

    `waiting` is what `menu_badges.data_element` says, which rides along unseen.
    """
    grant = next(grant for grant in held if grant["id"] == user.grant_id)
    role = roles.role_and_area(grant)
    if user.for_name:
        role += " · " + _("in place of {name}, from {hour} on").format(name=user.for_name, hour=user.from_hour)
    look = ' class="lent"' if user.for_name else ""
    label = html.escape(_("Current role"), quote=True)
    st.html(
        f'<div class="acting" role="group" aria-label="{label}"><span{look}>{html.escape(role)}</span></div>{waiting}'
    )


def choose(db: Database, user: User, held: list[dict], room: str) -> None:
    """Another of the visitor's roles; the page stays where that role may enter it, without what it pointed to."""
    if len(held) < 2:
        return
    names = {grant["id"]: roles.named(grant) for grant in held}
    chosen = st.selectbox(
        _("Current role"),
        list(names),
        format_func=names.get,
        index=list(names).index(user.grant_id),
        key=f"acting_as_{user.grant_id}",
    )
    if chosen != user.grant_id:
        switch(db, user, next(grant for grant in held if grant["id"] == chosen), room)


def switch(db: Database, user: User, grant: dict, room: str = "") -> None:
    """Go on in another role, on the same page where it is open to it; who takes up a lent one has read of it."""
    if any(line["id"] == grant["id"] for line in delegation.held(db, user, today())):
        delegation.see(db, user, grant["id"], now=clock.now())
    lent = grant["for_account"] is not None
    open_ = room in BY_NAME and access.allows(grant["role"], BY_NAME[room].needs, lent=lent)
    signin.hand_over(db, user, grant["id"], f"/{room}" if open_ else "/")


def ended(db: Database, user: User) -> None:
    """The role this window acted in is over: say which, and go on in the one that is left."""
    lost = access.once_held(db, user.id, session.ROLE.get())
    st.title(_("This role has ended"), anchor=False)
    if lost:
        sentence = _("**{role}** has ended or was withdrawn.")
        st.markdown(sentence.format(role=plain(roles.named(lost))))
    st.markdown(_("Saved data are safe; nothing is done in another role without your choice."))
    held = access.grants(db, user.id, today())
    grant = next(grant for grant in held if grant["id"] == user.grant_id)
    if st.button(_("Continue as {role}").format(role=plain(roles.named(grant))), type="primary", key="role_ended"):
        signin.hand_over(db, user, user.grant_id, "/")
