"""Who may hold a websocket open, and what may be said through it before and after signing in.

A stranger has the sign-in page and nothing else: short messages, a few kinds of them, soon after connecting, and not
from hundreds of sockets at once.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

from sqlite_utils import Database
from starlette.datastructures import Headers
from streamlit.proto.BackMsg_pb2 import BackMsg

from lib.core import clock, connection_pool, database
from lib.core.identity import authentication
from lib.screen.gate import devices, uploads
from lib.screen.shell import signin

# Sockets of one address that are not signed in, nor of a browser that has been before. An office behind one address has
# some thirty desks: each may have the sign-in page open twice on its first day, and afterwards is not counted.
STRANGERS = 60
STRANGER_LONGEST = 2_000_000  # bytes of a message; the sign-in sends a few hundred
LONGEST = 8_000_000  # of anybody's
SPEAKS_WITHIN = 10  # seconds until a first message
USELESS = 100  # messages of a stranger that nobody has a use for; a browser sends none
RETURNS_WITHIN = 300  # of a browser that takes up its page again: it may have nothing to say
# Seconds from one page or run of the sign-in to the next, for strangers: of one address, and of all. Each takes some
# 10 ms of the one processor that Python has; so a flood takes an eighth of it and waits for its turns, and thirty new
# desks behind one address have their page within five seconds.
PACE, PACE_OF_ALL = 0.15, 0.08
_MESSAGES = {"rerun_script", "stop_script", "app_heartbeat"}
_MESSAGES_INSIDE = _MESSAGES | {"file_urls_request", "backend_operation_request"}
_POLICY, _TOO_BIG = 1008, 1009


class Strangers:
    """The open sockets of strangers by address, and when the next run of each may begin; the event loop's own."""

    def __init__(self) -> None:
        self._sockets: Counter[str] = Counter()
        self._turns: dict[str, float] = {}  # by address, "" for all of them

    def enter(self, address: str) -> bool:
        """Count one more socket; False where there are too many."""
        if self._sockets[address] >= STRANGERS:
            return False
        self._sockets[address] += 1
        return True

    def leave(self, address: str) -> None:
        self._sockets[address] -= 1
        if not self._sockets[address]:
            del self._sockets[address]
            self._turns.pop(address, None)

    def are_gone(self) -> bool:
        return not self._sockets

    async def turn(self, address: str) -> None:
        """Wait until the address, then the whole house, has time for a stranger."""
        for whose, pace in ((address, PACE), ("", PACE_OF_ALL)):
            now = asyncio.get_running_loop().time()
            turn = max(now, self._turns.get(whose, 0.0))
            self._turns[whose] = turn + pace
            await asyncio.sleep(turn - now)


OUTSIDE = Strangers()


async def serve(app, scope, receive, send, cookies: dict[str, str]) -> None:
    """The application behind one websocket; a stranger too many is refused before it opens."""
    token = cookies.get(signin.COOKIE)
    signed = inside(token)
    if signed or _is_known_device(cookies.get(devices.COOKIE)):
        await app(scope, *Socket(scope, receive, send, token, signed=signed).ends())
        return
    address = authentication.network((scope.get("client") or ("",))[0])
    if not OUTSIDE.enter(address):
        await send({"type": "websocket.close", "code": _POLICY})
        return
    try:
        await OUTSIDE.turn(address)
        await app(scope, *Socket(scope, receive, send, token, address=address).ends())
    finally:
        OUTSIDE.leave(address)


def signed_in(token: str | None) -> bool:
    """Whether a session lives by now; asked again, because it may have ended since."""
    return signin.holder(connection_pool.of_run(), token) is not None


def inside(token: str | None) -> bool:
    """`signed_in`, and False while the store cannot be used: then the page itself has to come and say so."""
    return _ask_store(lambda db: signin.holder(db, token) is not None)


def _is_known_device(device: str | None) -> bool:
    moment = clock.now().timestamp()
    return bool(device) and _ask_store(
        lambda db: devices.read(authentication.signing_key(db), device, now=moment) is not None
    )


def _ask_store(question: Callable[[Database], bool]) -> bool:
    """What the store says; False while it is gone, full or damaged."""
    try:
        return question(connection_pool.of_run())
    except Exception as fault:
        if database.trouble(fault) is None:
            raise
        return False


class Socket:
    """One websocket, between the browser and Streamlit; with an address a stranger's, who waits for turns.

    Who is not `signed` in when it opens has to speak soon.
    """

    def __init__(self, scope, receive, send, token: str | None, *, signed: bool = False, address: str | None = None):
        self._receive, self._send, self._token, self._address = receive, send, token, address
        self._closed = self._opened = self._said = False
        self._useless = 0
        patience = RETURNS_WITHIN if _returns(scope) else SPEAKS_WITHIN
        self._until = None if signed else asyncio.get_running_loop().time() + patience

    def ends(self) -> tuple:
        """`receive` and `send` for the application."""
        return self.receive, self.send

    async def send(self, event) -> None:
        if not self._closed:
            await self._send(event)

    async def receive(self) -> dict:
        """The next event that a visitor has a use for; a fault ends the connection without a word in the log."""
        while not self._closed:
            try:
                async with asyncio.timeout_at(self._until if self._opened else None):
                    event = await self._receive()
            except TimeoutError:
                return await self._close(_POLICY)
            if event["type"] != "websocket.receive":
                self._opened = True
                return event
            if self._too_big(event):
                return await self._close(_TOO_BIG)
            if self._passes(event.get("bytes")):
                self._until = None
                if self._said and self._address:  # the first came with the turn of the page
                    await OUTSIDE.turn(self._address)
                self._said = True
                return event
            self._useless += 1
            if self._useless > USELESS and not inside(self._token):
                return await self._close(_POLICY)
        return {"type": "websocket.disconnect", "code": _POLICY}

    async def _close(self, code: int) -> dict:
        self._closed = True
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    def _too_big(self, event) -> bool:
        size = len(event.get("bytes") or event.get("text") or "")
        return size > LONGEST or size > STRANGER_LONGEST and not inside(self._token)

    def _passes(self, message: bytes | None) -> bool:
        """Drop messages a visitor has no use for; one of them would empty everybody's caches."""
        read = _read(message)
        kind = read and read.WhichOneof("type")
        if kind == "file_urls_request":
            few = len(read.file_urls_request.file_names) <= uploads.AT_ONCE
            return few and _ask_store(lambda _db: uploads.may(self._token))
        return kind in _MESSAGES or kind in _MESSAGES_INSIDE and inside(self._token)


def _read(message: bytes | None) -> BackMsg | None:
    if message is None:
        return None
    try:
        return BackMsg.FromString(message)
    except Exception:  # protobuf raises its own kinds; whatever cannot be read is dropped
        return None


def _returns(scope) -> bool:
    """Whether the browser names the page it had: Streamlit's third subprotocol."""
    protocols = Headers(scope=scope).get("sec-websocket-protocol", "")[:400].split(",")
    return len(protocols) > 2 and bool(protocols[2].strip())
