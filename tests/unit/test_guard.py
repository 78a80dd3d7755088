"""The guard before Streamlit: headers, language, closed doors, known messages."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from lib.core import connection_pool, database
from lib.core.identity import authentication
from lib.screen.gate import devices, sockets, uploads
from lib.screen.gate.guard import Guard
from lib.screen.shell import signin
from tests import world
from tests.table import tabled

PAGE = '<!doctype html><html lang="en"><head><title>Streamlit</title></head></html>'


async def html(_request):
    return HTMLResponse(PAGE)


async def other(_request):
    return PlainTextResponse("file")


async def streamlits(_request):
    return PlainTextResponse("", headers={"set-cookie": "_streamlit_xsrf=1; Path=/; SameSite=Lax"})


inner = Starlette(
    routes=[
        Route("/", html),
        Route("/cookie", streamlits),
        Route("/media/{name}", other),
        Route("/_stcore/metrics", other),
    ],
    middleware=[Middleware(GZipMiddleware, minimum_size=10)],
)


def finish(coroutine):
    """Run it in a thread of its own: a browser test may hold this one's event loop."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, coroutine).result()


def get(path: str, cookie: str = "", host: str = "localhost", scheme: str = "http") -> tuple[int, dict, bytes]:
    """One GET through the guard: status, headers, body."""
    sent = []
    asked = [
        (b"cookie", cookie.encode()),
        (b"accept", b"text/html,*/*"),
        (b"accept-encoding", b"gzip"),
        (b"host", host.encode("latin-1")),
    ]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": asked,
        "http_version": "1.1",
        "scheme": scheme,
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }

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


def test_no_cookie_travels_in_the_clear_behind_tls(store):
    assert get("/cookie")[1]["set-cookie"].endswith("SameSite=Lax")
    assert get("/cookie", scheme="https")[1]["set-cookie"].endswith("SameSite=Lax; Secure")


def test_metrics_are_closed(store):
    assert get("/_stcore/metrics")[0] == 404


def test_files_open_only_with_a_living_session(store, monkeypatch):
    monkeypatch.setattr(signin.st, "session_state", {})
    db = database.connect(store)
    token = signin.Token(authentication.signing_key(db)).make(world.CAST["an"][0], 1)
    assert get("/media/a.csv")[0] == 404
    assert get("/media/a.csv", f"{signin.COOKIE}=forged")[0] == 404
    assert get("/media/a.csv", f"{signin.COOKIE}={token}")[0] == 200
    db.conn.execute("update accounts set token_version = 2 where id = ?", [world.CAST["an"][0]])
    assert get("/media/a.csv", f"{signin.COOKIE}={token}")[0] == 404
    db.close()


@pytest.fixture
def cookie(store, monkeypatch):
    """`cookie("an")`: what the browser of somebody signed in sends."""
    monkeypatch.setattr(signin.st, "session_state", {})

    def made(name: str) -> str:
        db = database.connect(store)
        token = signin.Token(authentication.signing_key(db)).make(world.CAST[name][0], 1)
        db.close()
        return token

    yield made
    connection_pool.close()


class Line:
    """A websocket through the guard to an application that gathers what reaches it."""

    def __init__(self, token: str = "", *, address: str = "10.0.0.1", claims: str = "streamlit", device: str = ""):
        cookies = f"{signin.COOKIE}={token}; {devices.COOKIE}={device}".encode()
        self.scope = {
            "type": "websocket",
            "path": "/_stcore/stream",
            "client": (address, 1),
            "query_string": b"",
            "headers": [(b"cookie", cookies), (b"sec-websocket-protocol", claims.encode())],
        }
        self.heard, self.sent = [], []

    def says(self, *messages, then=None) -> "Line":
        finish(self.talk(messages, then))
        return self

    async def talk(self, messages, then=None) -> None:
        waiting = asyncio.Queue()
        for event in ({"type": "websocket.connect"}, *messages, then or {"type": "websocket.disconnect"}):
            waiting.put_nowait(event if isinstance(event, dict) else {"type": "websocket.receive", "bytes": event})

        async def send(event):
            self.sent.append(event)

        await Guard(self.inner)(self.scope, waiting.get, send)

    async def inner(self, _scope, receive, _send) -> None:
        while (event := await receive())["type"] != "websocket.disconnect":
            self.heard += [event["bytes"]] if "bytes" in event else []


RUN = BackMsg(stop_script=True).SerializeToString()


def asking(*names: str) -> bytes:
    message = BackMsg()
    message.file_urls_request.file_names.extend(names)
    return message.SerializeToString()


OPERATION = BackMsg()
OPERATION.backend_operation_request.request_id = "1"


def test_a_store_that_is_gone_is_one_sentence_and_no_stack_of_lines(store):
    store.unlink()
    status, headers, body = get("/media/a.csv", f"{signin.COOKIE}=x; tungnha_language=en")
    assert status == 503 and body.startswith(b"The data file is missing") and str(store.parent).encode() not in body
    assert get("/media/a.csv", f"{signin.COOKIE}=x")[2].startswith("Không thấy kho dữ liệu".encode())
    assert not store.exists()


def gone(store):
    store.unlink()


def unopened(store):
    store.unlink()
    store.mkdir()  # SQLite answers as for a store that the program may not open


def damaged(store):
    connection_pool.close()
    store.write_bytes(b"\x05" * 8192)


@pytest.mark.parametrize("spoil", [gone, unopened, damaged])
def test_a_page_opens_without_a_store_so_that_it_can_say_why(store, cookie, spoil):
    """Whoever signed in before, too: the run of the page tells what is wrong; a refused socket tells nothing."""
    token = cookie("an")
    spoil(store)
    for line in (Line(), Line(token), Line(token, device="1.2.3.4")):
        assert line.says(RUN).heard == [RUN] and not line.sent
    assert Line(token).says(asking("a.xlsx"), RUN).heard == [RUN]


def test_a_full_disk_before_the_first_sign_in_refuses_nobody_the_page(db, short_files):
    database.set_setting(db, "long", "x" * 40_000)
    short_files(33_000)  # the log of rows is longer by now: what SQLite keeps beside a store fits, rows do not
    assert Line(device="1.2.3.4").says(RUN).heard == Line().says(RUN).heard == [RUN]
    connection_pool.close()


@pytest.mark.parametrize(
    ("message", "passes"),
    [
        (BackMsg(clear_cache=True), False),
        (BackMsg(stop_script=True), True),
        (BackMsg(app_heartbeat=True), True),
        (BackMsg(debug_shutdown_runtime=True), False),
        (BackMsg(set_run_on_save=True), False),
        (BackMsg(), False),
        (OPERATION, False),
    ],
)
def test_only_known_messages_of_a_stranger_pass(store, message, passes):
    assert bool(Line().says(message.SerializeToString() or b"\x00").heard) is passes


def test_unreadable_messages_are_dropped_and_do_not_end_the_connection(store):
    line = Line().says(b"\xff\xff\xff", {"type": "websocket.receive", "text": "x" * 100}, RUN)
    assert line.heard == [RUN] and not line.sent


@pytest.mark.parametrize(
    "useless", [b"\xff\xff\xff", {"type": "websocket.receive", "text": "x"}, OPERATION.SerializeToString()]
)
def test_who_says_nothing_of_use_is_not_listened_to_for_ever(store, useless):
    line = Line().says(RUN, *[useless] * (sockets.USELESS + 1), RUN)
    assert line.heard == [RUN] and line.sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("inside", [None, "an"])
def test_a_long_message_of_a_stranger_closes_the_socket(store, cookie, inside):
    long = BackMsg()
    long.rerun_script.query_string = "x" * (sockets.STRANGER_LONGEST + 1)
    line = Line(cookie(inside) if inside else "").says(long.SerializeToString(), RUN)
    assert (len(line.heard), line.sent) == ((2, []) if inside else (0, [{"type": "websocket.close", "code": 1009}]))


@pytest.mark.parametrize("text", [False, True])
def test_nobodys_message_is_endless(store, cookie, text):
    long = {"type": "websocket.receive", "text": "x" * 9_000_000} if text else b"x" * 9_000_000
    assert Line(cookie("an")).says(long, RUN).sent[0]["code"] == 1009


def test_a_session_that_has_ended_is_a_strangers(store, cookie):
    token = cookie("binh")
    db = database.connect(store)
    db.conn.execute("update accounts set token_version = 2")
    long = BackMsg()
    long.rerun_script.query_string = "x" * (sockets.STRANGER_LONGEST + 1)
    assert Line(token).says(long.SerializeToString()).sent[0]["code"] == 1009
    assert not Line(token).says(asking("a.xlsx"), OPERATION.SerializeToString()).heard
    db.close()


@pytest.mark.parametrize(
    ("who", "passes"),
    [
        (None, False),
        ("an", False),
        ("lan", False),
        ("son", False),
        ("thu", False),
        ("quan", False),
        ("binh", True),
        ("dung", True),
        ("mai", True),
    ],
)
def test_addresses_for_files_are_told_to_who_may_load_them(store, cookie, who, passes):
    line = Line(cookie(who) if who else "")
    assert bool(line.says(asking("a.xlsx")).heard) is passes
    assert not Line(cookie(who) if who else "").says(asking(*"abcdefghijk")).heard, "a handful at a time"


@pytest.mark.parametrize(
    ("claims", "closed"), [("streamlit", True), ("streamlit, x,  ", True), ("streamlit, x, 1234", False)]
)
def test_a_socket_that_never_speaks_is_closed(store, cookie, monkeypatch, claims, closed):
    """Only a page that is taken up again may have nothing to say, and whoever is signed in."""
    monkeypatch.setattr(sockets, "SPEAKS_WITHIN", 0.05)
    monkeypatch.setattr(sockets, "RETURNS_WITHIN", 1)

    async def silent(line: Line) -> None:
        receive = asyncio.Queue()
        receive.put_nowait({"type": "websocket.connect"})
        receive.put_nowait({"type": "websocket.receive", "bytes": b"\xff junk is no speech"})
        ended = asyncio.get_running_loop().call_later(0.3, receive.put_nowait, {"type": "websocket.disconnect"})

        async def send(event):
            line.sent.append(event)

        await Guard(line.inner)(line.scope, receive.get, send)
        ended.cancel()

    line, member = Line(claims=claims), Line(cookie("an"), claims=claims)
    finish(silent(line))
    finish(silent(member))
    assert line.sent == [{"type": "websocket.close", "code": 1008}] * closed and not member.sent


def test_an_address_has_so_many_strangers_sockets_and_no_more(store, cookie):
    async def crowd() -> list[list]:
        gate = asyncio.Event()

        async def held(line: Line) -> list:
            async def receive():
                await gate.wait()
                return {"type": "websocket.disconnect"}

            async def send(event):
                line.sent.append(event)

            await Guard(line.inner)(line.scope, receive, send)
            return line.sent

        db = database.connect(store)
        device = devices.made(authentication.signing_key(db), None, 1, now=world.NOW.timestamp())
        db.close()
        here = [asyncio.create_task(held(Line())) for _n in range(sockets.STRANGERS)]
        await asyncio.sleep(0)
        late = [Line(), Line(address="10.0.0.2"), Line(cookie("an")), Line(device=device), Line(device="x" + device)]
        more = [asyncio.create_task(held(line)) for line in late]
        await asyncio.sleep(0.05)
        gate.set()
        return [*await asyncio.gather(*more), await asyncio.gather(*here)]

    refused, *others, forged, here = finish(crowd())
    assert refused == forged == [{"type": "websocket.close", "code": 1008}]
    assert others == [[], [], []] and not any(here)
    assert sockets.OUTSIDE.are_gone(), "and when they are gone they are forgotten"


def test_strangers_wait_for_their_turns_and_nobody_else_does(store, cookie, monkeypatch):
    """A flood from one address spaces its own runs out; whoever is signed in is not held up at all."""
    waits = []

    async def slept(seconds):
        waits.append(seconds)

    monkeypatch.setattr(sockets.asyncio, "sleep", slept)
    monkeypatch.setattr(sockets, "OUTSIDE", sockets.Strangers())
    Line(address="10.0.0.1").says(RUN, RUN, RUN, b"\xff dropped", RUN)
    own = waits[::2]
    assert [round(wait / sockets.PACE) for wait in own] == [0, 1, 2, 3], "the page with its first run, then three"
    Line(address="10.0.0.2").says(RUN)
    assert len(waits) == 10 and waits[-2] == 0 < waits[-1] <= 4 * sockets.PACE_OF_ALL
    assert Line(cookie("an"), address="10.0.0.1").says(RUN, RUN).heard == [RUN, RUN] and len(waits) == 10


def test_endless_headers_are_refused(store):
    assert get("/", "x=" + "y" * 40_000)[0] == 431
    assert Line(device="y" * 40_000).says(RUN).sent == [{"type": "websocket.close", "code": 1008}]


@tabled("cookie", ["a b c; ;;=;", "tungnha_session", "\xff\xfe=1", "=".join("a" * 50), "x[]=1; (=2"])
def test_a_header_that_is_no_list_of_cookies_holds_none(store, cookie):
    assert get("/", cookie)[0] == 200 and get("/media/a.csv", cookie)[0] == 404


@pytest.mark.parametrize("path", ["/_stcore/upload_file/s/f", "/_stcore/upload_file/", "/_stcore/upload_file/s/f/x"])
@pytest.mark.parametrize("who", [None, "an", "quan"])
def test_files_are_taken_only_from_who_may_load_them(store, cookie, path, who):
    assert get(path, f"{signin.COOKIE}={cookie(who)}" if who else "")[0] == 404


def test_a_page_holds_a_thousand_files_however_small(monkeypatch):
    files = MemoryUploadedFileManager(uploads.PATH)
    monkeypatch.setattr(uploads.runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=files))
    for number in range(1100):
        files.add_file("page", UploadedFileRec(str(number), "a.csv", "text/csv", b"x"))
    assert uploads.stored("page") > uploads.SESSION and uploads.stored("another") == 0


def test_the_guards_own_refusals_carry_the_policy(store):
    assert "blob:" in get("/_stcore/metrics")[1]["content-security-policy"]


OURS = [
    "localhost",
    "localhost:8501",
    "127.0.0.1",
    "127.0.0.1:8501",
    "[::1]:8501",
    "10.1.2.3",
    "192.168.1.20:8501",
    "172.16.0.9",
    "169.254.3.4",
    "[fd00::7]",
    "mayxa",
    "MAYXA:8501",
    "mayxa.local",
    "may.lan",
    "tungnha.localhost.",
]
STRANGE = [
    "evil.example",
    "evil.example:8501",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "8.8.8.8",
    "1.1.1.1:8501",
    "0.0.0.0",
    "[2606:4700::1111]",
    "::1",
    "localhost@evil.example",
    "evil.example/localhost",
    "localhost:x",
    "localhost evil",
    "",
    "ê.example",
    "a" * 300,
    "[::1",
    "evil.xn--local",
]


@tabled("host", OURS)
def test_it_answers_under_the_names_of_this_machine_and_its_network(store, host):
    assert get("/", host=host)[0] == 200


@tabled("host", STRANGE)
def test_it_does_not_answer_under_a_strangers_name(store, host):
    status, headers, body = get("/", host=host)
    assert status == 421 and "TUNGNHA_HOSTS" in body.decode() and "content-security-policy" in headers
    line = Line()
    line.scope["headers"].append((b"host", host.encode("latin-1")))
    assert line.says(RUN).sent == [{"type": "websocket.close", "code": 1008}] and not line.heard


def test_its_keeper_names_further_names(store, monkeypatch):
    monkeypatch.setenv("TUNGNHA_HOSTS", " Covid.TayNinh.gov.vn , *.example.vn ")
    for host, answer in (
        ("covid.tayninh.gov.vn", 200),
        ("covid.tayninh.gov.vn:443", 200),
        ("a.example.vn", 200),
        ("tayninh.gov.vn", 421),
        ("example.vn", 421),
        ("aexample.vn", 421),
        ("localhost", 200),
    ):
        assert get("/", host=host)[0] == answer, host
    monkeypatch.setenv("TUNGNHA_HOSTS", "*")
    assert get("/", host="anything.example")[0] == 200
