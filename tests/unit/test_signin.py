"""Tokens and tickets: ours, once, and only while they hold."""

import asyncio
import base64
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import bcrypt
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from lib.core import database
from lib.core.identity import authentication, password_hashing
from lib.screen.gate import devices
from lib.screen.shell import signin
from tests import world
from tests.table import tabled


@pytest.fixture(autouse=True)
def session(monkeypatch):
    monkeypatch.setattr(signin.st, "session_state", {})


def token(db, account=1, version=1) -> str:
    return signin.Token(authentication.signing_key(db)).make(account, version)


def test_a_token_speaks_for_its_account(db):
    assert signin.holder(db, token(db)) == 1


def part(told: dict | list) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()


MINE = {"username": "1:1", "exp_date": 9e9}
NONE = part({"alg": "none", "typ": "JWT"})


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "abc",
        "a.b.c",
        "..",
        "....",
        f"{NONE}.{part(MINE)}.",
        f"{NONE}.{part(MINE)}.x",
        f"{part({})}.{part(MINE)}.",
        f"{part({'alg': 'HS512'})}.{part(MINE)}.x",
        f"{part({'alg': 'RS256', 'jku': 'http://x'})}.{part(MINE)}.x",
        f"{part({'alg': ['HS256']})}.{part(MINE)}.x",
        f"{part({'alg': 'HS256', 'crit': ['x']})}.{part(MINE)}.x",
        f"{part([])}.{part([])}.{part([])}",
        f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(MINE)}.",
        "ê.ê.ê",
        "\x00.\x00.\x00",
        "e30.e30." + "A" * 10_000_000,
        "." * 1_000_000,
        7,
        b"x",
    ],
)
def test_rubbish_speaks_for_nobody_and_says_nothing(db, text, capsys):
    """Hand-written cookies: without a signature, of another kind, or no token at all."""
    assert signin.holder(db, text) is None
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "claims",
    [
        {},
        [],
        "1:1",
        7,
        {"username": None, "exp_date": 9e9},
        {"username": "1:1"},
        {"username": "1:1", "exp_date": "9e9"},
        {"username": "1:1", "exp_date": None},
        {"username": "1:1", "exp_date": float("nan")},
        {"username": "1:1", "exp_date": 1e300},
        {"username": ["1:1"], "exp_date": 9e9},
        {"username": "9" * 400 + ":1", "exp_date": 9e9},
        {"username": "\u0661:1", "exp_date": 9e9},
        *({**MINE, name: value} for name, value in (("nbf", 9e9), ("aud", "x"), ("iat", "x"), ("sub", 5), ("jti", 5))),
    ],
)
def test_even_signed_with_our_key_other_claims_say_nothing(db, claims, capsys):
    told = f"{signin._HEADER}{part(claims)}"
    assert signin.holder(db, f"{told}.{signin._sealed(told, authentication.signing_key(db))}") is None
    assert capsys.readouterr() == ("", "")


def test_a_token_of_another_key_is_refused(db):
    assert signin.holder(db, signin.Token("x" * 64).make(1, 1)) is None


def test_an_old_version_is_refused(db):
    held = token(db)
    db.conn.execute("update accounts set token_version = 2 where id = 1")
    assert signin.holder(db, held) is None


def test_a_token_carries_the_chosen_role_and_keeps_its_end(db):
    first = signin.read_token(db, token(db))
    assert (first.account, first.grant) == (1, None)
    later = signin.Token(authentication.signing_key(db)).make(1, 1, 7, first.until)
    assert signin.read_token(db, later) == first._replace(grant=7)


@pytest.mark.parametrize("claims", ["1", "1:1:x", "1:1:-3", "1:1:2:3", ":1", "1:", "1:1:"])
def test_a_token_that_says_anything_else_speaks_for_nobody(db, claims):
    made = signin.Token(authentication.signing_key(db))
    made.exp_date = world.NOW.timestamp() + 60
    signin.st.session_state["username"] = claims
    assert signin.read_token(db, made._token_encode()) is None


def test_a_token_expires(db, monkeypatch):
    held = token(db)
    monkeypatch.setattr(signin.clock, "now", lambda: world.NOW.replace(day=17))
    assert signin.holder(db, held) is None


def test_a_ticket_opens_once(db):
    word = signin._TICKETS.issue("the token")
    assert signin._TICKETS.redeem(word) == "the token"
    assert signin._TICKETS.redeem(word) is None


def test_a_ticket_is_short_lived(store, monkeypatch):
    word = signin._TICKETS.issue("the token")
    monkeypatch.setattr(signin.clock, "now", lambda: world.NOW.replace(minute=1))
    assert signin._TICKETS.redeem(word) is None


def request(query: bytes) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/auth/in",
            "query_string": query,
            "headers": [],
            "scheme": "http",
            "server": ("localhost", 80),
            "app": Starlette(),
        }
    )


@tabled("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_nobody_is_sent_to_another_site(back):
    assert signin._home(request(f"back={back}".encode())) == "/"


def test_a_visitor_comes_back_to_the_page_asked_for():
    assert signin._home(request(b"back=%2Fsheet%3Fteam%3D3")) == "/sheet?team=3"


@pytest.fixture
def delivered(monkeypatch):
    given = []
    monkeypatch.setattr(signin, "deliver", given.append)
    monkeypatch.setattr(signin, "address", lambda: "127.0.0.1")
    monkeypatch.setattr(signin, "device_cookie", lambda: None)
    return given


def test_the_right_password_is_let_in(db, delivered):
    assert signin.sign_in(db, "An", world.PASSWORD) is None
    assert signin.holder(db, delivered[0]) == 1


@pytest.mark.parametrize("name", ["an", "khong-co-ai"])
def test_every_failure_says_the_same(db, delivered, name):
    assert signin.sign_in(db, name, "sai mật khẩu") == signin.sign_in(db, name, "ậ" * 60)
    assert not delivered


def test_unknown_users_take_a_check_too(db, delivered, monkeypatch):
    checked = []
    monkeypatch.setattr(bcrypt, "checkpw", lambda _password, hashed: checked.append(hashed.decode()) or False)
    signin.sign_in(db, "khong-co-ai", "x")
    assert checked == [password_hashing.NOBODY]


def test_a_locked_account_is_told_so_even_with_the_right_password(db, delivered):
    for _try in range(authentication.TRIES):
        signin.sign_in(db, "an", "sai")
    assert signin.sign_in(db, "an", world.PASSWORD) and not delivered


@pytest.fixture
def checked(monkeypatch):
    """The hashes that were worked out, really, and the most at once."""
    done, check, now = [], bcrypt.checkpw, threading.Semaphore(password_hashing.AT_ONCE)

    def counted(password, hash_):
        assert now.acquire(blocking=False), "more than two at a time"
        try:
            done.append(password)
            return check(password, hash_)
        finally:
            now.release()

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    return done


def all_at_once(store, tries: list[tuple[str, str]]) -> list[str | None]:
    """What the sign-in says to each of them."""
    ready = threading.Barrier(len(tries))

    def one(name: str, password: str) -> str | None:
        db = database.connect(store)
        ready.wait()
        try:
            return signin.sign_in(db, name, password)
        finally:
            db.close()

    with ThreadPoolExecutor(len(tries)) as crowd:
        return list(crowd.map(lambda each: one(*each), tries))


def test_forty_tries_at_once_count_forty(store, db, delivered, checked):
    said = all_at_once(store, [("an", f"sai {n}") for n in range(40)])
    assert len(checked) == authentication.TRIES and None not in said
    assert signin.sign_in(db, "an", world.PASSWORD) and not delivered, "the right one comes too late"


def test_whoever_finds_the_queue_full_is_asked_to_come_again(store, db, delivered, checked, monkeypatch):
    """Nothing is counted against them, and a known device still finds a place."""
    monkeypatch.setattr(password_hashing, "WAITING_UNKNOWN", 0)
    assert "quá nhiều người" in signin.sign_in(db, "an", world.PASSWORD)
    assert not checked and not db.conn.execute("select * from signin_failures").fetchall()
    monkeypatch.setattr(signin, "device_cookie", lambda: devices.made(authentication.signing_key(db), None, 1, now=0))
    monkeypatch.setattr(devices, "DAYS", 40_000)
    assert signin.sign_in(db, "an", world.PASSWORD) is None and delivered


def test_a_place_in_the_queue_is_given_back_whatever_happens(db, delivered, monkeypatch):
    monkeypatch.setattr(password_hashing, "WAITING_UNKNOWN", 1)
    for _try in range(3):
        signin.sign_in(db, "khong-co-ai", "x")
    for _try in range(9):
        signin.sign_in(db, "an", "sai")
    assert password_hashing.queue.length == 0


def test_a_known_device_signs_in_while_its_name_is_locked(db, delivered, monkeypatch):
    for n in range(authentication.TRIES_PER_ACCOUNT):
        authentication.reserve(db, authentication.comer("an", f"10.0.0.{n}"), now=world.NOW)
    assert signin.sign_in(db, "an", world.PASSWORD) and not delivered
    cookie = devices.made(authentication.signing_key(db), None, 1, now=world.NOW.timestamp())
    monkeypatch.setattr(signin, "device_cookie", lambda: cookie)
    assert signin.sign_in(db, "an", world.PASSWORD) is None and delivered


@tabled(
    "spoilt",
    [
        lambda c: c[:-1] + ("0" if c[-1] != "0" else "1"),
        lambda c: c.replace(".1.", ".1-2."),
        lambda c: "",
        lambda c: "a" * 5_000_000,
        lambda c: "...",
        lambda c: c + ".",
        lambda c: None,
        lambda c: "ê" + c,
    ],
)
def test_a_device_of_ones_own_making_is_unknown(spoilt):
    cookie = devices.made("k", None, 1, now=0)
    assert devices.known("k", cookie, 1, now=0) and not devices.known("k", cookie, 2, now=0)
    assert not devices.known("k", spoilt(cookie), 1, now=0) and not devices.known("k", spoilt(cookie), 2, now=0)
    assert not devices.known("k", cookie, 1, now=devices.DAYS * 86400) and not devices.known("other", cookie, 1, now=0)


def test_a_shared_computer_is_known_to_those_who_came_last():
    cookie = None
    for account in [1, *range(2, 20), 1]:
        cookie = devices.made("k", cookie, account, now=0)
    found = devices.read("k", cookie, now=0)
    assert found.accounts == (*range(9, 20), 1) and len(cookie) < devices._LONGEST


def test_the_cookie_of_a_device_opens_nothing(db):
    assert signin.holder(db, devices.made(authentication.signing_key(db), None, 1, now=world.NOW.timestamp())) is None
    assert not devices.known(authentication.signing_key(db), token(db), 1, now=world.NOW.timestamp())


def test_a_switched_off_account_stays_out(db, delivered):
    db.conn.execute("update accounts set is_active = 0 where id = 1")
    assert signin.sign_in(db, "an", world.PASSWORD) and not delivered


def test_the_key_is_made_once(db):
    first = authentication.signing_key(db)
    assert len(first) == 64 and authentication.signing_key(db) == first == database.setting(db, "cookie_key")


# Signing out


def leaving(body: bytes, method: str = "POST") -> tuple[int, dict]:
    """Status and headers of the answer to a form sent to /auth/out."""
    routes = Starlette(routes=signin.ROUTES)
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(event):
        sent.append(event)

    scope = request(b"").scope | {"method": method, "path": "/auth/out", "root_path": ""}
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, routes(scope, receive, send)).result()
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_a_page_of_ours_signs_out_with_the_word_it_was_given_once(store):
    body = f"word={signin._TICKETS.issue(signin._LEAVING)}".encode()
    status, headers = leaving(body)
    assert status == 303 and headers["location"] == "/" and f'{signin.COOKIE}=""' in headers["set-cookie"]
    assert "set-cookie" not in leaving(body)[1]


@pytest.mark.parametrize(
    "body", [b"", b"word=", b"word=x", b"x", b"\xff\xfe", b"word=a&word=b", b"word=" + b"x" * 10_000]
)
def test_another_site_signs_nobody_out(store, body):
    assert "set-cookie" not in leaving(body)[1]


def test_a_link_signs_nobody_out(store):
    assert leaving(b"", "GET")[0] == 405
    assert "set-cookie" not in leaving(f"word={signin._TICKETS.issue('a token')}".encode())[1], "nor does the way in"


@pytest.mark.parametrize(
    ("site", "enters"),
    [("cross-site", False), ("same-site", False), ("same-origin", True), ("none", True), (None, True)],
)
def test_another_site_signs_nobody_in(db, delivered, site, enters):
    """Not even with a ticket of its own: who comes that way would work under a stranger's name."""
    signin.sign_in(db, "an", world.PASSWORD)
    asked = request(f"ticket={signin._TICKETS.issue(delivered[0])}&back=%2Fsheet".encode())
    asked.scope["headers"] = [(b"sec-fetch-site", site.encode())] if site else []
    with ThreadPoolExecutor(1) as aside:
        answer = aside.submit(asyncio.run, signin._in(asked)).result()
    assert (f"{signin.COOKIE}={delivered[0]}" in answer.headers.get("set-cookie", "")) is enters


def test_the_word_of_the_way_out_opens_nothing(store):
    asked = request(f"ticket={signin._TICKETS.issue(signin._LEAVING)}".encode())
    with ThreadPoolExecutor(1) as aside:
        answer = aside.submit(asyncio.run, signin._in(asked)).result()
    assert "set-cookie" not in answer.headers
