"""Tokens and tickets: ours, once, and only while they hold."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from lib.core import database, entry
from lib.screen import passwords, signin
from tests import world


@pytest.fixture(autouse=True)
def session(monkeypatch):
    monkeypatch.setattr(signin.st, "session_state", {})


def token(db, account=1, version=1) -> str:
    return signin.Token(signin.key(db)).make(account, version)


def test_a_token_speaks_for_its_account(db):
    assert signin.holder(db, token(db)) == 1


@pytest.mark.parametrize("text", [None, "", "abc", "a.b.c"])
def test_rubbish_speaks_for_nobody(db, text):
    assert signin.holder(db, text) is None


def test_a_token_of_another_key_is_refused(db):
    assert signin.holder(db, signin.Token("x" * 64).make(1, 1)) is None


def test_an_old_version_is_refused(db):
    held = token(db)
    db.conn.execute("update accounts set token_version = 2 where id = 1")
    assert signin.holder(db, held) is None


def test_a_token_carries_the_chosen_role_and_keeps_its_end(db):
    first = signin.session(db, token(db))
    assert (first.account, first.grant) == (1, None)
    later = signin.Token(signin.key(db)).make(1, 1, 7, first.until)
    assert signin.session(db, later) == first._replace(grant=7)


@pytest.mark.parametrize("claims", ["1", "1:1:x", "1:1:-3", "1:1:2:3", ":1", "1:", "1:1:"])
def test_a_token_that_says_anything_else_speaks_for_nobody(db, claims):
    made = signin.Token(signin.key(db))
    made.exp_date = world.NOW.timestamp() + 60
    signin.st.session_state["username"] = claims
    assert signin.session(db, made._token_encode()) is None


def test_a_token_expires(db, monkeypatch):
    held = token(db)
    monkeypatch.setattr(signin.clock, "now", lambda: world.NOW.replace(day=17))
    assert signin.holder(db, held) is None


def test_a_ticket_opens_once(db):
    word = signin._ticket("the token")
    assert signin._redeem(word) == "the token"
    assert signin._redeem(word) is None


def test_a_ticket_is_short_lived(store, monkeypatch):
    word = signin._ticket("the token")
    monkeypatch.setattr(signin.clock, "now", lambda: world.NOW.replace(minute=1))
    assert signin._redeem(word) is None


def request(query: bytes) -> Request:
    return Request({"type": "http", "method": "GET", "path": "/auth/in", "query_string": query, "headers": [],
                    "scheme": "http", "server": ("localhost", 80), "app": Starlette()})  # fmt: skip


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_nobody_is_sent_to_another_site(back):
    assert signin._home(request(f"back={back}".encode())) == "/"


def test_a_visitor_comes_back_to_the_page_asked_for():
    assert signin._home(request(b"back=%2Fsheet%3Fteam%3D3")) == "/sheet?team=3"


@pytest.fixture
def delivered(monkeypatch):
    given = []
    monkeypatch.setattr(signin, "deliver", given.append)
    monkeypatch.setattr(signin, "address", lambda: "127.0.0.1")
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
    monkeypatch.setattr(passwords.Hasher, "check_pw", lambda _password, hashed: checked.append(hashed) or False)
    signin.sign_in(db, "khong-co-ai", "x")
    assert checked == [passwords.NOBODY]


def test_a_locked_account_is_told_so_even_with_the_right_password(db, delivered):
    for _try in range(entry.TRIES_PER_ACCOUNT):
        signin.sign_in(db, "an", "sai")
    assert signin.sign_in(db, "an", world.PASSWORD) and not delivered


def test_a_switched_off_account_stays_out(db, delivered):
    db.conn.execute("update accounts set is_active = 0 where id = 1")
    assert signin.sign_in(db, "an", world.PASSWORD) and not delivered


def test_the_key_is_made_once(db):
    first = signin.key(db)
    assert len(first) == 64 and signin.key(db) == first == database.setting(db, "cookie_key")
