"""The number of writes is told to whoever is signed in, and it moves with each of them."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest
from starlette.requests import Request

from lib.core import connection_pool
from lib.core.database import changes, set_setting
from lib.core.identity import authentication
from lib.screen.shell import pulse, signin
from tests import world


@pytest.fixture(autouse=True)
def _closed(store):
    yield
    connection_pool.close()


def asked(cookie=""):
    request = Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})
    with ThreadPoolExecutor(1) as aside:  # this thread may have a browser's event loop
        return aside.submit(asyncio.run, pulse._changes(request)).result()


def cookie(db, name, version=1):
    claims = {"username": f"{world.CAST[name][0]}:{version}", "exp_date": time.time() + 9e8}
    return f"{signin.COOKIE}={jwt.encode(claims, authentication.signing_key(db), 'HS256')}"


def test_it_moves_with_each_write_and_only_then(db):
    token = cookie(db, "an")
    before = asked(token)
    assert before.status_code == 200 and int(before.body) == changes(db) == int(asked(token).body)
    assert before.headers["cache-control"] == "no-store"
    set_setting(db, "something", "written")
    assert int(asked(token).body) == int(before.body) + 1


def test_nobody_and_a_session_that_ended_learn_nothing(db):
    for nobody in ("", f"{signin.COOKIE}=x", cookie(db, "an", version=2)):
        assert asked(nobody).status_code == 404
