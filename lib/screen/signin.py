"""Signing in: streamlit-authenticator's token, our form, lock-out, delivery and revocation.

The token is the library's JWT with the account's id, token version and the role it acts in. It reaches the browser
as an HttpOnly, SameSite=Strict cookie set by /auth/in, which a 20-second one-time ticket opens; so a
script on the page can never read it, and a page load takes one run. To change the role is to be handed another token
that ends when the first would have; which roles an account holds is asked of the store in every run.
"""

import json
import secrets
import threading
from datetime import timedelta
from typing import NamedTuple

import streamlit as st
from sqlite_utils import Database
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit_authenticator.models.cookie_model import CookieModel

from lib.core import access, clock, database, entry
from lib.core.access import User
from lib.screen import forms, i18n, passwords
from lib.screen.i18n import COOKIE as LANGUAGE_COOKIE
from lib.screen.i18n import LANGUAGES, _

COOKIE = "tungnha_session"
DAYS = 0.5
ROLE = "grant"  # what a window acts in: that of the token it was opened with, whatever another window chooses later
_TICKET_SECONDS = 20
_tickets: dict[str, tuple[str, float]] = {}
_lock = threading.Lock()


class Session(NamedTuple):
    """What a token says: whose it is, of which version, the role (a grant) chosen, and until when."""

    account: int
    version: int
    grant: int | None
    until: float


class Token(CookieModel):
    """The library's token, without its script-readable cookie; it carries account, token version and role."""

    def __init__(self, key: str):
        self.cookie_name, self.cookie_key, self.cookie_expiry_days = COOKIE, key, DAYS
        self.token = self.exp_date = None

    def make(self, account_id: int, version: int, grant: int | None = None, until: float | None = None) -> str:
        self.exp_date = until or (clock.now() + timedelta(days=DAYS)).timestamp()
        st.session_state["username"] = ":".join(map(str, [account_id, version] + [grant] * bool(grant)))
        return self._token_encode()

    def read(self, text: str | None) -> Session | None:
        """What a token says that is ours and not expired."""
        self.token = text
        claims = self._token_decode() if isinstance(text, str) and text else None
        if not claims or claims.get("exp_date", 0) < clock.now().timestamp():
            return None
        parts = str(claims.get("username")).split(":")
        if len(parts) not in (2, 3) or not all(part.isdecimal() for part in parts):
            return None
        account, version, *grant = map(int, parts)
        return Session(account, version, grant[0] if grant else None, claims["exp_date"])


def key(db: Database) -> str:
    """The signing key, made once and kept in the store."""
    found = database.setting(db, "cookie_key")
    if found is None:
        with database.write(db):
            db.conn.execute(
                "insert or ignore into settings (key, value) values ('cookie_key', ?)", [secrets.token_hex(32)]
            )
        found = database.setting(db, "cookie_key")
    return found


def session(db: Database, token: str | None) -> Session | None:
    """What a token says, while it holds."""
    found = Token(key(db)).read(token) if token else None
    return found if found and entry.token_version(db, found.account) == found.version else None


def holder(db: Database, token: str | None) -> int | None:
    """The account a token speaks for, if it still does."""
    found = session(db, token)
    return found and found.account


def browser_token() -> str | None:
    """What this browser sent when it connected."""
    token = st.context.cookies.get(COOKIE)
    return token if isinstance(token, str) else None


def account(db: Database) -> int | None:
    """The account this session is signed in to, looked up anew in every run."""
    return holder(db, browser_token())


def role(db: Database) -> int | None:
    """The grant chosen in this browser. Whether the account still holds it is for `access.user` to say."""
    found = session(db, browser_token())
    return found and found.grant


def address() -> str:
    return st.context.ip_address or "127.0.0.1"


# The form


def sign_in(db: Database, username: str, password: str) -> str | None:
    """Let somebody in, or return the one sentence for every failure. Takes as long for unknown users."""
    now = clock.now()
    if entry.locked_until(db, username, address(), now=now):
        return _("Too many wrong tries. Wait ten minutes, or ask the level that manages your account.")
    known = entry.credentials(db, username)
    if not passwords.matches(password, known and known["password_hash"]) or not known["is_active"]:
        entry.failed(db, username, address(), now=now)
        return _("The user name or the password is not right.")
    entry.succeeded(db, known["id"], username, address(), now=now)
    deliver(Token(key(db)).make(known["id"], known["token_version"]))
    return None


def form(db: Database) -> None:
    """User name and password; what was typed stays when it was wrong."""
    fields, sent = forms.sendable("signin", _("Sign in"), width="stretch")
    with fields:
        username = st.text_input(_("User name"), key="signin_username", autocomplete="username", placeholder="")
        password = st.text_input(
            _("Password"), key="signin_password", type="password", autocomplete="current-password", placeholder=""
        )
    if sent:
        try:
            failure = sign_in(db, username, password)
        except Exception as fault:  # a disk that is full is told like a wrong password, and the form stays
            trouble = database.trouble(fault)
            if trouble is None:
                raise
            failure = i18n.say(trouble)
        if failure:
            st.warning(failure, icon=":material/error:")


# Delivery: ticket -> cookie


def _ticket(token: str) -> str:
    """A one-time word that fetches the token within 20 seconds."""
    now = clock.now().timestamp()
    word = secrets.token_urlsafe(24)
    with _lock:
        for old in [w for w, (_t, until) in _tickets.items() if until < now]:
            del _tickets[old]
        _tickets[word] = (token, now + _TICKET_SECONDS)
    return word


def _redeem(word: str) -> str | None:
    with _lock:
        token, until = _tickets.pop(word, (None, 0))
    return token if until >= clock.now().timestamp() else None


def go(path: str, back: str | None = None) -> None:
    """Send the browser to one of our own routes; it comes back to the page it was on, or to the address `back`."""
    script = f"""<script>
        const back = encodeURIComponent({json.dumps(back)} ?? location.pathname + location.search);
        location.replace({path!r} + ({path!r}.includes("?") ? "&" : "?") + "back=" + back);
    </script>"""
    st.html(script, unsafe_allow_javascript=True)


def deliver(token: str, back: str | None = None) -> None:
    go(f"/auth/in?ticket={_ticket(token)}", back)


def hand_over(db: Database, user: User, grant_id: int, back: str | None = None) -> None:
    """Go on as another of the visitor's roles: in this browser until the session ends, in this window at once."""
    held = access.grants(db, user.id, clock.day_of(clock.now()))
    access.require(next((each for each in held if each["id"] == grant_id), None))
    now = session(db, browser_token())
    version = entry.token_version(db, user.id)
    st.session_state[ROLE] = grant_id
    deliver(Token(key(db)).make(user.id, version, grant_id, now and now.until), back)
    st.stop()


def leave(db: Database, user) -> None:
    """Sign out everywhere."""
    entry.end_sessions(db, user, now=clock.now())
    go("/auth/out")


def _home(request: Request) -> str:
    """Back to the page, never to another site."""
    back = request.query_params.get("back", "/")
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"


def _set(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    secure = request.headers.get("x-forwarded-proto", request.url.scheme) == "https"
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="strict", secure=secure, path="/")


async def _in(request: Request) -> Response:
    token = _redeem(request.query_params.get("ticket", ""))
    response = RedirectResponse(_home(request), 303)
    if token:
        _set(response, request, COOKIE, token, int(DAYS * 86400))
    return response


async def _out(request: Request) -> Response:
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


async def _language(request: Request) -> Response:
    response = RedirectResponse(_home(request), 303)
    if request.query_params.get("to") in LANGUAGES:
        _set(response, request, LANGUAGE_COOKIE, request.query_params["to"], 365 * 86400)
    return response


ROUTES = [Route("/auth/in", _in), Route("/auth/out", _out), Route("/language", _language)]


def language_switch() -> None:
    """The other language, one click away; it stays in this browser."""
    for code, name in LANGUAGES.items():
        if code != i18n.language() and st.button(
            name, icon=":material/translate:", type="tertiary", key="switch_language"
        ):
            go(f"/language?to={code}")
