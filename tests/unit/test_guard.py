"""The guard before Streamlit: headers, language, closed doors, known messages."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackMsg

from lib.core import database
from lib.screen import guard, signin
from lib.screen.guard import Guard
from tests import world

PAGE = '<!doctype html><html lang="en"><head><title>Streamlit</title></head></html>'


async def html(_request):
    return HTMLResponse(PAGE)


async def other(_request):
    return PlainTextResponse("file")


inner = Starlette(
    routes=[Route("/", html), Route("/media/{name}", other), Route("/_stcore/metrics", other)],
    middleware=[Middleware(GZipMiddleware, minimum_size=10)],
)


def finish(coroutine):
    """Run it in a thread of its own: a browser test may hold this one's event loop."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, coroutine).result()


def get(path: str, cookie: str = "") -> tuple[int, dict, bytes]:
    """One GET through the guard: status, headers, body."""
    sent = []
    asked = [(b"cookie", cookie.encode()), (b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
             "headers": asked, "http_version": "1.1", "scheme": "http", "server": ("localhost", 80),
             "client": ("127.0.0.1", 1), "root_path": ""}  # fmt: skip

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(event):
        sent.append(event)

    finish(Guard(inner)(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(event.get("body", b"") for event in sent[1:])


def test_the_page_is_vietnamese_unless_the_browser_chose_english(store):
    assert b'<html lang="vi">' in get("/")[2] and "<title>Từng Nhà</title>".encode() in get("/")[2]
    status, headers, body = get("/", "tungnha_language=en")
    assert b'<html lang="en">' in body and headers["content-length"] == str(len(body)) and status == 200


def test_every_answer_carries_the_policy(store):
    for path in ("/", "/nowhere"):
        headers = get(path)[1]
        assert "blob:" in headers["content-security-policy"] and "unsafe-eval'" in headers["content-security-policy"]
        assert " 'unsafe-eval'" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_metrics_are_closed(store):
    assert get("/_stcore/metrics")[0] == 404


def test_files_open_only_with_a_living_session(store, monkeypatch):
    monkeypatch.setattr(signin.st, "session_state", {})
    db = database.connect(store)
    token = signin.Token(signin.key(db)).make(world.CAST["an"][0], 1)
    assert get("/media/a.csv")[0] == 404
    assert get("/media/a.csv", f"{signin.COOKIE}=forged")[0] == 404
    assert get("/media/a.csv", f"{signin.COOKIE}={token}")[0] == 200
    db.conn.execute("update accounts set token_version = 2 where id = ?", [world.CAST["an"][0]])
    assert get("/media/a.csv", f"{signin.COOKIE}={token}")[0] == 404
    db.close()


def test_a_store_that_is_gone_is_one_sentence_and_no_stack_of_lines(store):
    store.unlink()
    status, headers, body = get("/media/a.csv", f"{signin.COOKIE}=x")
    assert status == 503 and body.startswith(b"The store is missing") and str(store.parent).encode() not in body
    assert not store.exists()


@pytest.mark.parametrize(
    ("message", "passes"),
    [(BackMsg(clear_cache=True), False), (BackMsg(stop_script=True), True), (BackMsg(app_heartbeat=True), True),
     (BackMsg(debug_shutdown_runtime=True), False), (BackMsg(set_run_on_save=True), False), (BackMsg(), False)],
)  # fmt: skip
def test_only_known_messages_pass(message, passes):
    assert guard._known(message.SerializeToString()) is passes


def test_unreadable_messages_are_dropped():
    assert not guard._known(b"\xff\xff\xff") and not guard._known(None)


def test_a_dropped_message_does_not_end_the_connection():
    events = iter([{"type": "websocket.receive", "bytes": BackMsg(clear_cache=True).SerializeToString()},
                   {"type": "websocket.disconnect"}])  # fmt: skip

    async def receive():
        return next(events)

    assert finish(guard._only_known(receive)())["type"] == "websocket.disconnect"
