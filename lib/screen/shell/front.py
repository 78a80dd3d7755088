"""What stands around every page: sign-in, the menu by role, the header and the banner of practice data."""

from urllib.parse import urlsplit

import streamlit as st
from sqlite_utils import Database

from lib.core import ROOT, access, clock
from lib.core.access import User
from lib.core.identity import accounts, authentication, passphrase, password_hashing
from lib.screen.admin import delegation_form, machine
from lib.screen.board import big_screen
from lib.screen.gate.guard import ICON
from lib.screen.i18n import N_, _, say
from lib.screen.markdown import plain
from lib.screen.shell import acting, clock_question, crossing, menu_badges, page, practice_notes, roles, signin
from lib.screen.shell.rooms import ROOMS, Room, of_role

# Streamlit's own buttons over a table would let names out of the house unlogged, and speak English;
# so do the hints below a field (for what else does, see `spoken`); its broad margin above each page costs a clerk
# two households of the sheet.
_STYLE = """<style>
    [data-testid="stElementToolbar"], [data-testid="InputInstructions"] {display: none}
    [data-testid="stDataFrameColumnMenu"] {display: none}
    [data-testid="stMainBlockContainer"] {padding-top: 3.2rem; padding-bottom: 3rem}
    @media (max-width: 768px) {[data-testid="stMainBlockContainer"] {padding-top: 4.2rem}}
    @media (min-width: 769px) { /* the whole menu, name and sign-out on a low screen */
        [data-testid="stSidebarHeader"] {height: 1.6rem; min-height: 0; margin: 0; padding-block: .4rem 0}
        [data-testid="stSidebarNavLinkContainer"] {margin: 0}
        [data-testid="stSidebarNavItems"] li {margin: 0}
        [data-testid="stSidebarNavItems"] li a {padding-block: 0; margin: 0}
        [data-testid="stNavSectionHeader"] {margin-block: 0; padding-block: 0}
        [data-testid="stSidebarNavItems"] > div {margin-top: .55rem}
        [data-testid="stSidebarNavItems"] {padding-top: 0}
        [data-testid="stSidebarNavSeparator"] {margin-block: .2rem}
        [data-testid="stSidebarUserContent"] {padding-block: .3rem .5rem}
    }
</style>"""
PAGES = ROOT / "pages"


def enter() -> tuple[Database, User]:
    """The visitor of this run, after sign-in and after an issued password was changed."""
    db = page.connection()
    user = page.visitor(db)
    if not accounts.exist(db):
        _only("setup")
    if user is None:
        _wall(db)
    if user.must_change:
        _change(db, user)
    if page.role_ended(user):
        _alone()
        acting.ended(db, user)
        st.stop()
    return db, user


def _navigation(*args, **kwargs):
    """Streamlit's menu, with our own icon in the browser's tab instead of the page's."""
    there = st.navigation(*args, **kwargs)
    st.set_page_config(layout="wide", page_icon=ICON)
    st.html(_STYLE + acting.STYLE)
    return there


def _only(name: str) -> None:
    """Run one page whatever address was asked for, and nothing else."""
    there = st.Page(PAGES / f"{name}.py", title=_(N_("Từng Nhà")), default=True)
    _navigation([there, *map(_page, ROOMS)], position="hidden")
    there.run()
    st.stop()


def _wall(db: Database) -> None:
    """The sign-in; the address stays, so the page asked for opens afterwards."""
    _alone()
    _left, middle, _right = st.columns([1, 2, 1])
    with middle:
        st.title("Từng Nhà", anchor=False)
        st.caption(_("Community Covid teams: every lane, every door, every person of concern."))
        practice_notes.banner(db)
        machine.tell_hindrance()
        if big_screen.wanted():
            st.info(_("The big screen appears again once someone signs in; a session lasts 12 hours."))
        signin.form(db)
        practice_notes.sign_ins(db)
        signin.language_switch()
    st.stop()


def _alone() -> None:
    """No menu; the address stays."""
    _navigation([_start(), *map(_page, ROOMS)], position="hidden")


def _change(db: Database, user: User) -> None:
    """An issued password is changed before anything else."""
    _alone()
    _left, middle, _right = st.columns([1, 2, 1])
    with middle:
        st.title(_("Choose your own password"), anchor=False)
        st.caption(_("The password you were given works once. Choose one that only you know."))
        password_form(db, user)
    st.stop()


def password_form(db: Database, user: User) -> None:
    """The present password, except where it was just typed, and the new one twice; the faults stand at the fields."""
    with st.form("password", border=True):
        with_present = not user.must_change
        present = _password_field(_("Current password"), "current-password") if with_present else ("", st.container())
        new, again = (_password_field(label, "new-password") for label in (_("New password"), _("Repeat the password")))
        sent = st.form_submit_button(_("Save password"), type="primary")
    if not sent:
        return
    typed, places = (
        dict(zip(("present", "password", "again"), both, strict=True)) for both in zip(present, new, again, strict=True)
    )
    faults = _password_faults(db, user, **typed)
    for field, sentence in faults.items():
        places[field].markdown(f":orange[:material/error: {sentence}]")
    if not faults:
        authentication.change_password(db, user, password_hashing.hashed(typed["password"]), now=clock.now())
        account = authentication.credentials(db, user.username)
        signin.deliver(
            signin.Token(authentication.signing_key(db)).make(account["id"], account["token_version"], user.grant_id)
        )


def _password_field(label: str, kind: str) -> tuple:
    """What was typed, and the place of the sentence under it."""
    return st.text_input(label, type="password", autocomplete=kind, placeholder=""), st.container()


def _password_faults(db: Database, user: User, present: str, password: str, again: str) -> dict[str, str]:
    """Field -> sentence in the visitor's language. The present password is looked at once the rest is right."""
    faults = passphrase.faults(password, again, about=authentication.about(db, user))
    if faults:
        return {field: plain(say(sentence)) for field, sentence in faults.items()}
    if not user.must_change and (wrong := signin.confirmed(db, user, present)):
        return {"present": wrong}
    if password_hashing.matches(password, authentication.credentials(db, user.username)["password_hash"]):
        return {"password": _("This is your current password. Choose another one.")}
    return {}


def _start(first=None):
    """The address "/": the first room of the menu. A default page would lose an address of its own."""
    return st.Page(lambda: first and _lead(first), title="Từng Nhà", default=True, visibility="hidden")


def _lead(first) -> None:
    """On to the first room; an address that leads nowhere says so first, or nobody would know that it was wrong."""
    if not urlsplit(st.context.url or "").path.strip("/"):
        st.switch_page(first)
    st.title(_("There is no such page"), anchor=False)
    st.markdown(_("The address may be mistyped or cut off. Choose a page from the menu, or begin with the first one."))
    st.page_link(first)


def menu(db: Database, user: User):
    """Navigation by role; the header with area, role, language and sign-out."""
    rooms = {room: _page(room, access.can(user, room.needs)) for room in of_role(user.role)}
    shown: dict[str, list] = {"": [_start(next(iter(rooms.values())))]}
    for room, there in rooms.items():
        shown.setdefault(_(room.group), []).append(there)
    current = _navigation(shown, expanded=True)
    if big_screen.is_on(current.url_path):
        st.html(big_screen.STYLE)
        return current
    held = access.grants(db, user.id, page.today())
    other = crossing.belongs(db, user, held, current.url_path)
    with st.sidebar:
        _who(db, user, held, current.url_path)
    mark = crossing.mark(user) if len(held) > 1 and not other else ""
    acting.strip(user, held, menu_badges.data_element(db, user, current.url_path, mark))
    practice_notes.banner(db)
    clock_question.ask(db, user)
    if other:
        crossing.ask(db, user, held, other)
        st.stop()
    delegation_form.announce(db, user, current.url_path)
    return current


def _page(room: Room, visible: bool = False):
    """A room as a page; one the role may not enter is hidden from the menu, not from its address."""
    visibility = "visible" if visible else "hidden"
    return st.Page(PAGES / room.file, title=_(room.title), icon=room.icon, url_path=room.name, visibility=visibility)


def _who(db: Database, user: User, held: list[dict], room: str) -> None:
    acting.choose(db, user, held, room)
    grant = next(g for g in held if g["id"] == user.grant_id)
    st.markdown(f"**{plain(user.full_name)}**  \n{plain(roles.role_and_area(grant))}")
    if user.for_name:
        instead = _("in place of {name}, from {hour} on").format(name=plain(user.for_name), hour=user.from_hour)
        st.markdown(f":orange-background[:material/swap_horiz: {instead}]")
    with st.container(horizontal=True):
        if st.button(_("Sign out"), icon=":material/logout:", type="tertiary"):
            signin.leave(db, user)
        signin.language_switch()
