"""What is said of a practice store: that it is one, who signs in there, and that it holds real work by now."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, database
from lib.core.errors import Say
from lib.practice import live_teams, province
from lib.screen.i18n import _, area, say
from lib.screen.labels import ROLES
from lib.screen.markdown import plain
from lib.screen.shared_cache import SharedCache
from lib.screen.shell import signin

_signs = SharedCache(4)  # asked on every page, so read once a minute


def banner(db: Database) -> None:
    """On every page of a practice store; a warning once it holds real work."""
    if not live_teams.is_practice(db):
        return
    signs = _signs_of(db)
    if not signs:
        sentence = _("Practice data: every name is invented. Nothing here is about real people.")
        st.markdown(f":orange-background[:material/school: {sentence}]")
        return
    why = " ".join(plain(say(sign)) for sign in signs)
    warned = _(
        "This is a practice system whose password everyone knows, and it seems to contain real data: {why} Do "
        "not enter anything about real people here. Ask the administrator to set up a system for your own "
        "province."
    )
    st.warning(warned.format(why=why), icon=":material/warning:")


def in_short(db: Database) -> str:
    """The same for the big screen, in a few words; empty for a store in earnest."""
    if not live_teams.is_practice(db):
        return ""
    return (
        _("A practice system that contains real data.")
        if _signs_of(db)
        else _("Practice data: every name is invented.")
    )


def _signs_of(db: Database) -> list[Say]:
    minute = clock.now().replace(second=0, microsecond=0)
    return _signs.get((str(database.path()), minute), lambda: live_teams.signs_of_real_data(db))


def sign_ins(db: Database) -> None:
    """The sign-ins of the practice province, by role; to whoever sits at the machine itself."""
    if not live_teams.is_practice(db):
        return
    if not at_the_machine():
        st.caption(_("This is a practice system. Its sign-ins are listed only on the server itself."))
        return
    with st.expander(_("Practice sign-ins"), expanded=True):
        listed = province.sign_ins(db)
        st.caption(_("Password for all of them: {password}").format(password=database.setting(db, "practice")))
        st.table(
            {
                _("User name"): [who["username"] for who in listed],
                _("Role"): [_(ROLES[who["role"]]) for who in listed],
                _("Area"): [area(who["kind"], who["name"]) for who in listed],
            }
        )


def at_the_machine() -> bool:
    """Whether nobody else can be asking: the server listens here only, was asked by its local name, and from here."""
    headers = [st.context.headers.get(name) for name in ("Host", "X-Forwarded-For", "Forwarded")]
    host, *proxies = (line if isinstance(line, str) else None for line in headers)
    name = urlsplit(f"//{host}").hostname if host else "localhost"
    bound = st.get_option("server.address")
    return not any(proxies) and all(map(_is_here, (name, signin.address(), bound)))


def _is_here(name: str | None) -> bool:
    try:
        return ip_address(name or "").is_loopback
    except ValueError:
        return name == "localhost"
