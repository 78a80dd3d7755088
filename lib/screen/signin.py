"""Signing in: streamlit-authenticator's token, our form, lock-out, delivery and revocation.

The token is the library's JWT with the account's id and token version. It reaches the browser as an
HttpOnly, SameSite=Strict cookie set by /auth/in, which a 20-second one-time ticket opens; so a
script on the page can never read it, and a page load takes one run.
"""

import secrets
import threading
from datetime import timedelta

import streamlit as st
from sqlite_utils import Database
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit_authenticator.models.cookie_model import CookieModel

from lib.core import clock, database, entry
from lib.screen import forms, passwords
from lib.screen.i18n import COOKIE as LANGUAGE_COOKIE
from lib.screen.i18n import LANGUAGES, _, language

COOKIE = "tungnha_session"
DAYS = 0.5
_TICKET_SECONDS = 20
_tickets: dict[str, tuple[str, float]] = {}
_lock = threading.Lock()


class Token(CookieModel):
    """The library's token, without its script-readable cookie; it carries account and token version."""

    def __init__(self, key: str):
        self.cookie_name, self.cookie_key, self.cookie_expiry_days = COOKIE, key, DAYS
        self.token = self.exp_date = None

    def make(self, account_id: int, version: int) -> str:
        self.exp_date = (clock.now() + timedelta(days=DAYS)).timestamp()
        st.session_state["username"] = f"{account_id}:{version}"
        return self._token_encode()

    def read(self, text: str | None) -> tuple[int, int] | None:
        """`(account_id, version)` of a token that is ours and not expired."""
        self.token = text
        claims = self._token_decode() if isinstance(text, str) and text else None
        if not claims or claims.get("exp_date", 0) < clock.now().timestamp():
            return None
        account, _colon, version = str(claims.get("username")).partition(":")
        return (int(account), int(version)) if account.isdecimal() and version.isdigit() else None


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


def holder(db: Database, token: str | None) -> int | None:
    """The account a token speaks for, if it still does."""
    claims = Token(key(db)).read(token)
    return claims[0] if claims and entry.token_version(db, claims[0]) == claims[1] else None


def browser_token() -> str | None:
    """What this browser sent when it connected."""
    token = st.context.cookies.get(COOKIE)
    return token if isinstance(token, str) else None


def account(db: Database) -> int | None:
    """The account this session is signed in to, looked up anew in every run."""
    return holder(db, browser_token())


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
        failure = sign_in(db, username, password)
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


def go(path: str) -> None:
    """Send the browser to one of our own routes; it comes back to the page it was on."""
    script = f"""<script>
        const back = encodeURIComponent(location.pathname + location.search);
        location.replace({path!r} + ({path!r}.includes("?") ? "&" : "?") + "back=" + back);
    </script>"""
    st.html(script, unsafe_allow_javascript=True)


def deliver(token: str) -> None:
    go(f"/auth/in?ticket={_ticket(token)}")


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
        if code != language() and st.button(name, icon=":material/translate:", type="tertiary", key="switch_language"):
            go(f"/language?to={code}")
