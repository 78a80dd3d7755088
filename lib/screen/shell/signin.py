"""Signing in: streamlit-authenticator's token, our form, lock-out, delivery and revocation.

The token is the library's JWT with the account's id, token version and the role it acts in. It reaches the browser
as an HttpOnly, SameSite=Strict cookie set by /auth/in, which a 20-second one-time ticket opens; so a
script on the page can never read it, and a page load takes one run. To change the role is to be handed another token
that ends when the first would have; which roles an account holds is asked of the store in every run.
"""

import base64
import hashlib
import hmac
import json
import re
from contextlib import suppress
from datetime import timedelta
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import parse_qs

import streamlit as st
from sqlite_utils import Database
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit_authenticator.models.cookie_model import CookieModel

from lib.core import access, clock, connection_pool, database
from lib.core.access import User
from lib.core.errors import Refused
from lib.core.identity import authentication, password_hashing
from lib.screen import i18n
from lib.screen.gate import devices, forgotten
from lib.screen.i18n import COOKIE as LANGUAGE_COOKIE
from lib.screen.i18n import LANGUAGES, _, say
from lib.screen.shell import session
from lib.screen.shell.tickets import Tickets
from lib.screen.widgets import forms

COOKIE = "tungnha_session"
DAYS = 0.5
_TOKEN_LONGEST = 1000  # characters of a cookie that are looked at
_SUBJECT = re.compile("([0-9]{1,15}):([0-9]{1,15})(?::([0-9]{1,15}))?")
_FAR = 1e11  # seconds: beyond every date
_TICKETS = Tickets()


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
        session.USERNAME.set(":".join(map(str, [account_id, version] + [grant] * bool(grant))))
        return self._token_encode()

    def read(self, text: str | None) -> Session | None:
        """What a token says that is ours and not expired; whatever else a browser sends says nothing."""
        claims = self._claims(text)
        until = claims.get("exp_date")
        if not isinstance(until, int | float) or not clock.now().timestamp() <= until < _FAR:
            return None
        if not (subject := _SUBJECT.fullmatch(str(claims.get("username")))):
            return None
        account, version, grant = subject.groups()
        return Session(int(account), int(version), grant and int(grant), until)

    def _claims(self, text: str | None) -> dict:
        """What is signed with our key in the one way that we sign, and says what we say.

        The library is not shown it: it raises on some of it and prints the rest.
        """
        if not isinstance(text, str) or not text.isascii() or len(text) > _TOKEN_LONGEST:
            return {}
        claim, _dot, seal = text.rpartition(".")
        if not claim.startswith(_HEADER) or not hmac.compare_digest(seal, _sealed(claim, self.cookie_key)):
            return {}
        with suppress(ValueError):
            claims = json.loads(base64.urlsafe_b64decode(claim[len(_HEADER) :] + "=="))
            if isinstance(claims, dict) and set(claims) == _CLAIMS:
                return claims
        return {}


_HEADER = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."  # {"alg":"HS256","typ":"JWT"}, as the library writes it
_CLAIMS = {"username", "exp_date"}


def _sealed(claim: str, key: str) -> str:
    digest = hmac.new(key.encode(), claim.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def read_token(db: Database, token: str | None) -> Session | None:
    """The session a token stands for, while it holds."""
    read = Token(authentication.signing_key(db)).read(token) if token else None
    return read if read and authentication.token_version(db, read.account) == read.version else None


def holder(db: Database, token: str | None) -> int | None:
    """The account a token speaks for, if it still does."""
    read = read_token(db, token)
    return read and read.account


def cookies(header: str) -> dict[str, str]:
    """What a browser kept for us, by its Cookie header; one that is no list of cookies holds none."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def browser_token() -> str | None:
    """What this browser sent when it connected."""
    token = st.context.cookies.get(COOKIE)
    return token if isinstance(token, str) else None


def account(db: Database) -> int | None:
    """The account this session is signed in to, looked up anew in every run."""
    return holder(db, browser_token())


def role(db: Database) -> int | None:
    """The grant chosen in this browser. Whether the account still holds it is for `access.user` to say."""
    read = read_token(db, browser_token())
    return read and read.grant


def address() -> str:
    ip = st.context.ip_address
    return ip if isinstance(ip, str) else "127.0.0.1"


def device_cookie() -> str | None:
    """What this browser is known by, if it is."""
    return st.context.cookies.get(devices.COOKIE)


# The form


def sign_in(db: Database, username: str, password: str) -> str | None:
    """Let somebody in, or return the one sentence for every failure. Takes as long for unknown users."""
    credentials, failure = _tried(
        db,
        username,
        password,
        _(
            "The user name or the password is wrong. Check them; if "
            "you have forgotten them, ask the level that manages your "
            "account."
        ),
    )
    if failure:
        return failure
    deliver(Token(authentication.signing_key(db)).make(credentials["id"], credentials["token_version"]))
    return None


def confirmed(db: Database, user: User, password: str) -> str | None:
    """None when this is the password of who is signed in, else the sentence that says so; counted like a sign-in."""
    return _tried(db, user.username, password, _("The current password is wrong; enter it again."), noted=False)[1]


def _tried(
    db: Database, username: str, password: str, wrong: str, *, noted: bool = True
) -> tuple[dict | None, str | None]:
    """The account whose password this is, or a sentence."""
    now = clock.now()
    credentials = authentication.credentials(db, username)
    device = devices.known(
        authentication.signing_key(db), device_cookie(), credentials and credentials["id"], now=now.timestamp()
    )
    who = authentication.comer(username, address(), device)
    try:
        with password_hashing.queue.turn(known=device is not None):
            if not authentication.reserve(db, who, now=now):
                return None, _(
                    "Too many failed attempts. Wait ten minutes, or ask the level that manages your account."
                )
            right = password_hashing.matches(password, credentials and credentials["password_hash"])
    except Refused as full:
        return None, say(full.say)
    if not right or not credentials["is_active"]:
        authentication.failed(db, who, now=now)
        return None, wrong
    authentication.succeeded(db, credentials["id"], who, now=now, noted=noted)
    return credentials, None


def form(db: Database) -> None:
    """User name and password; what was typed stays when it was wrong."""
    fields, sent = forms.sendable("signin", _("Sign in"), width="stretch")
    with fields:
        username = st.text_input(
            _("User name"),
            key="signin_username",
            autocomplete="username",
            placeholder="",
            max_chars=authentication.NAME_LONGEST,
        )
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


def go(path: str, back: str | None = None) -> None:
    """Send the browser to one of our own routes; it comes back to the page it was on, or to the address `back`."""
    script = f"""<script>
        const back = encodeURIComponent({json.dumps(back)} ?? location.pathname + location.search);
        location.replace({path!r} + ({path!r}.includes("?") ? "&" : "?") + "back=" + back);
    </script>"""
    st.html(script, unsafe_allow_javascript=True)


def deliver(token: str, back: str | None = None) -> None:
    go(f"/auth/in?ticket={_TICKETS.issue(token)}", back)


def hand_over(db: Database, user: User, grant_id: int, back: str | None = None) -> None:
    """Go on as another of the visitor's roles: in this browser until the session ends, in this window at once."""
    held = access.grants(db, user.id, clock.day_of(clock.now()))
    access.require(next((grant for grant in held if grant["id"] == grant_id), None))
    now = read_token(db, browser_token())
    version = authentication.token_version(db, user.id)
    session.ROLE.set(grant_id)
    deliver(Token(authentication.signing_key(db)).make(user.id, version, grant_id, now and now.until), back)
    st.stop()


def leave(db: Database, user) -> None:
    """Sign out everywhere. The browser forgets what needs no keeping, and brings the page's one-time word."""
    authentication.end_sessions(db, user, now=clock.now())
    script = f"""<script>
        document.dispatchEvent(new CustomEvent({json.dumps(forgotten.SIGNED_OUT)}, {{detail: {user.id}}}));
        const [form, word] = [document.createElement("form"), document.createElement("input")];
        Object.assign(form, {{method: "post", action: "/auth/out", hidden: true}});
        Object.assign(word, {{name: "word", value: "{_TICKETS.issue(_LEAVING)}"}});
        form.append(word);
        document.body.append(form);
        form.submit();
    </script>"""
    st.html(script, unsafe_allow_javascript=True)


_BACK_LONGEST = 2000  # characters of an address


def _home(request: Request) -> str:
    """Back to the page, never to another site."""
    back = request.query_params.get("back", "/")
    return back if len(back) <= _BACK_LONGEST and back.startswith("/") and not back.startswith(("//", "/\\")) else "/"


def _set(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    secure = request.url.scheme == "https"  # as the proxy in front of us was asked, where there is one
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="strict", secure=secure, path="/")


def _comes_from_elsewhere(request: Request) -> bool:
    """Whether a page of another site led here, as far as the browser says: it would sign visitors in as somebody else,
    and they would enter under that name."""
    return request.headers.get("sec-fetch-site") in ("cross-site", "same-site")


async def _in(request: Request) -> Response:
    if _comes_from_elsewhere(request):
        return RedirectResponse("/", 303)
    token = _TICKETS.redeem(request.query_params.get("ticket", ""))
    response = RedirectResponse(_home(request), 303)
    if token and token != _LEAVING:
        _set(response, request, COOKIE, token, int(DAYS * 86400))
        db = connection_pool.of_run()  # the event loop's own
        held = read_token(db, token)
        if held:
            seconds = clock.now().timestamp()
            device = devices.made(
                authentication.signing_key(db), request.cookies.get(devices.COOKIE), held.account, now=seconds
            )
            _set(response, request, devices.COOKIE, device, devices.DAYS * 86400)
    return response


_LEAVING = "leaving"
_FORM_LONGEST = 1000  # bytes


async def _out(request: Request) -> Response:
    """Only for a page of ours, which brings a word given to it a moment ago; another site cannot sign anybody out."""
    body = b""
    with suppress(ClientDisconnect):  # whoever goes in the middle of a word has not said it
        async for part in request.stream():
            body += part
            if len(body) > _FORM_LONGEST:
                return PlainTextResponse("Too large", 413)
    word = parse_qs(body.decode("latin-1")).get("word", [""])[0]
    response = RedirectResponse("/", 303)
    if _TICKETS.redeem(word) == _LEAVING:
        response.delete_cookie(COOKIE, path="/")
    return response


async def _language(request: Request) -> Response:
    response = RedirectResponse(_home(request), 303)
    if request.query_params.get("to") in LANGUAGES:
        _set(response, request, LANGUAGE_COOKIE, request.query_params["to"], 365 * 86400)
    return response


ROUTES = [Route("/auth/in", _in), Route("/auth/out", _out, methods=["POST"]), Route("/language", _language)]


def language_switch() -> None:
    """The other language, one click away; it stays in this browser."""
    for code, name in LANGUAGES.items():
        if code != i18n.language() and st.button(
            name, icon=":material/translate:", type="tertiary", key="switch_language"
        ):
            go(f"/language?to={code}")
