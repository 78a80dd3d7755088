"""On the wire: a connection that says nothing ends, and no stranger's message is gathered first."""

import socket
import threading
import time
from itertools import repeat

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from websockets import frames
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from lib.core import connection_pool, database
from lib.core.identity import authentication
from lib.screen.gate import sockets, wire
from lib.screen.gate.guard import Guard
from lib.screen.shell import signin
from tests import world
from tests.server import free_port

HEARD = []


async def _page(_request):
    return PlainTextResponse("here")


async def _read(request):
    return PlainTextResponse(f"{len(await request.body())}")


async def _stream(websocket):
    await websocket.accept()
    HEARD.append(len(await websocket.receive_bytes()))
    await websocket.close()


@pytest.fixture(params=["httptools", "h11"])
def port(request, store, monkeypatch):
    """A server of this process, as Streamlit starts it, in a thread of its own."""
    wire.bound()
    monkeypatch.setattr(wire, "SPEAKS_WITHIN", 0.3)
    application = Guard(
        Starlette(
            routes=[
                Route("/", _page),
                Route("/told", _told),
                Route("/read", _read, methods=["POST"]),
                WebSocketRoute("/_stcore/stream", _stream),
            ]
        )
    )
    number = free_port()
    config = uvicorn.Config(
        application,
        port=number,
        http=request.param,
        ws="websockets-sansio",
        ws_max_size=50_000_000,
        log_level="critical",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield number
    server.should_exit = True
    thread.join()
    connection_pool.close()
    HEARD.clear()


def ends(port: int, *words: bytes, answered: bytes = b"") -> bytes:
    """All that the server says to somebody who says these words and then waits for it to hang up; the first of them
    is `answered` before the next is said."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        told = b""
        for word in words:
            line.sendall(word)
            while not told.endswith(answered):
                told += line.recv(1000)
        while more := line.recv(1000):
            told += more
        return told


@pytest.mark.parametrize("words", [(), (b"G",), (b"GET / HTTP/1.1\r\nHost: x\r\nA: ",)])
def test_a_connection_that_never_asks_is_ended(port, words):
    assert ends(port, *words) == b""


@pytest.mark.parametrize("answered", [b"", b"here"], ids=["at-once", "once-answered"])
def test_a_second_question_begun_and_never_ended_ends_too(port, answered):
    whole = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert ends(port, whole, b"GET / HTTP/1.1\r\nHost: x\r\nA: ", answered=answered).count(b" 200 ") == 1


@pytest.mark.parametrize("path", [b"/", b"/read"])
def test_a_question_whose_rest_never_comes_ends(port, path):
    """Answered or not: whoever promises more and keeps the promise letter by letter holds a place for ever."""
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(b"POST " + path + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n")
    with line, pytest.raises(ConnectionError):
        for _letter in range(100):
            time.sleep(0.02)
            line.sendall(b"x")


@pytest.mark.parametrize("more", [b"Cookie: a=" + b"x" * 20_000, b"\r\n".join(b"X-%d: y" % n for n in range(300))])
def test_a_socket_asked_for_in_too_many_words_is_not_left_half_open(port, more):
    words = b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    key = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    assert b"101" not in ends(port, words + key + more + b"\r\n\r\n")


def test_a_thousand_silent_connections_leave_files_to_open():
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1] // 2, before[1]))
    wire.bound()
    try:
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (before[1], before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_who_asks_is_answered_and_stays(port, monkeypatch):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        for _question in range(3):
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert line.recv(2000).endswith(b"here")
            time.sleep(0.4)


def sent(port: int, message: bytes, cookie: str = "") -> int | None:
    """The code by which the server ends the socket of who sends this."""
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", additional_headers={"Cookie": cookie}, proxy=None) as line:
        try:
            line.send(message)
            line.recv(timeout=10)
        except ConnectionClosed as end:
            return end.rcvd and end.rcvd.code


def test_a_strangers_long_message_is_refused_by_its_announced_length(port, store, monkeypatch):
    asked = sockets.Socket._too_big
    monkeypatch.setattr(sockets.Socket, "_too_big", lambda self, event: HEARD.append("gathered") or asked(self, event))
    assert sent(port, b"x" * 3_000_000) == 1009 and not HEARD
    monkeypatch.setattr(signin.st, "session_state", {})
    db = database.connect(store)
    cookie = f"{signin.COOKIE}={signin.Token(authentication.signing_key(db)).make(world.CAST['an'][0], 1)}"
    db.close()
    monkeypatch.setattr(sockets.Socket, "_passes", lambda self, message: True)
    assert sent(port, b"x" * 3_000_000, cookie) == 1000 and HEARD == ["gathered", 3_000_000]
    assert sent(port, b"x" * 9_000_000, cookie) == 1009


def _told_nothing(kind: str):
    """What fills a socket without a message: pings, answers to none, pieces of a message that never ends."""
    if kind == "piece":
        yield frames.Frame(frames.Opcode.BINARY, b"x", fin=False)
    opcode = {"ping": frames.Opcode.PING, "pong": frames.Opcode.PONG, "piece": frames.Opcode.CONT}[kind]
    yield from repeat(frames.Frame(opcode, b"", fin=kind != "piece"), 3 * wire.CHATTER)


@pytest.mark.parametrize("kind", ["ping", "pong", "piece"])
def test_who_talks_without_saying_anything_is_cut_off(port, kind):
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", proxy=None) as line:
        line.socket.sendall(b"".join(each.serialize(mask=True) for each in _told_nothing(kind)))
        with pytest.raises(ConnectionClosed) as end:
            line.recv(timeout=10)
    assert end.value.rcvd is None, "no farewell, which would not be read"


# Behind a proxy


async def _told(request):
    return PlainTextResponse(f"{request.client.host} {request.url.scheme} {request.headers['host']}")


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ("X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n", "203.0.113.7 https localhost"),
        ("X-Forwarded-For: 1.1.1.1, 203.0.113.7\r\nX-Forwarded-Proto: https\r\n", "203.0.113.7 https localhost"),
        ("X-Forwarded-For: 2001:db8::7\r\n", "2001:db8::7 http localhost"),
        ("", "127.0.0.1 http localhost"),
    ],
)
def test_the_proxy_on_this_machine_is_believed(port, headers, told):
    """The last address is the one the proxy itself saw; those before it anybody can write."""
    words = f"GET /told HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n".encode()
    assert ends(port, words).decode().endswith(told)
