"""What happens on a connection before the application hears of it: nothing for ever, and nothing without end.

uvicorn waits as long as it takes for the first request, gathers a websocket's message of up to 50 MB before it hands
it on, and answers every ping, also of who reads no answer. All of it is bounded here, at the class that Streamlit
starts; where it uses another one, the application's own bounds (`sockets`) still hold.
"""

from contextlib import suppress

from lib.screen.gate import sockets, uploads
from lib.screen.shell import signin

SPEAKS_WITHIN = 10  # seconds until a request has come to its end, a file's as far as its last header
# Frames that bring no message, pings and small pieces: so many at once, and so many a second. Browsers send none.
CHATTER, CHATTER_A_SECOND = 100, 2
SMALL = 1000  # bytes of a piece of a message


def bound() -> None:
    """Once, before the server begins to listen."""
    _open_many()
    with suppress(ImportError):
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

        _bound_requests(HttpToolsProtocol)
    with suppress(ImportError):
        from uvicorn.protocols.http.h11_impl import H11Protocol

        _bound_requests(H11Protocol)
    with suppress(ImportError):
        from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

        _bound_messages(WebSocketsSansIOProtocol)


def _open_many() -> None:
    """As many files as the system lets a program open.

    At the usual thousand, as many silent connections would keep a run from opening the store.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _bound_requests(protocol) -> None:
    """A connection without a whole request is closed, whether it is silent or says it letter by letter."""
    if hasattr(protocol, "bound"):
        return
    protocol.bound = True
    connect = protocol.connection_made

    def connection_made(self, transport) -> None:
        connect(self, transport)
        _watch(self)

    protocol.connection_made = connection_made
    if hasattr(protocol, "on_message_begin"):
        protocol.on_message_begin = _watched_from_the_first_letter(protocol.on_message_begin)
    else:  # h11 tells of no beginning
        protocol.data_received = _watched_while_unread(protocol.data_received)


def _watch(protocol) -> None:
    protocol.loop.call_later(SPEAKS_WITHIN, _end_if_silent, protocol, protocol.cycle)


def _watched_from_the_first_letter(begun):
    def on_message_begin(self) -> None:
        begun(self)
        if self.cycle is not None:  # of the first request the connection's own watch tells
            _watch(self)

    return on_message_begin


def _watched_while_unread(received):
    def data_received(self, data: bytes) -> None:
        received(self, data)
        if self.cycle is not None and self.conn.trailing_data[0] and self.cycle is not getattr(self, "watched", None):
            self.watched = self.cycle
            _watch(self)

    return data_received


def _end_if_silent(protocol, cycle) -> None:
    transport = protocol.transport
    if transport.is_closing() or transport.get_protocol() is not protocol:
        return
    if protocol.cycle is cycle or _is_awaited(protocol.cycle):
        transport.close()


def _is_awaited(cycle) -> bool:
    """Whether the rest of a request is still to come; a file's may take as long as its line is slow."""
    return bool(cycle and cycle.more_body) and not cycle.scope["path"].startswith(uploads.PATH)


def _bound_messages(protocol) -> None:
    """A message too long is refused by its announced length, not gathered first."""
    if hasattr(protocol, "bound"):
        return
    protocol.bound = True
    connect, received = protocol.handle_connect, protocol.data_received

    def handle_connect(self, event) -> None:
        inside = sockets.inside(_token(event.headers))
        self.conn.max_message_size = sockets.LONGEST if inside else sockets.STRANGER_LONGEST
        self.chatter, self.begun = 0, self.loop.time()
        connect(self, event)

    def data_received(self, data: bytes) -> None:
        received(self, data)
        if not self.handshake_initiated:  # a question it cannot read, which it would leave open unanswered
            self.transport.close()

    protocol.handle_connect, protocol.data_received = handle_connect, data_received
    for name in ("handle_ping", "handle_pong", "handle_cont"):
        setattr(protocol, name, _counted(getattr(protocol, name)))


def _counted(handle):
    """Whoever talks without saying anything is cut off: the answers would pile up here, unread."""

    def counted(self, *event) -> None:
        if self.transport.is_closing():
            return
        self.chatter += not event or len(event[0].data) < SMALL
        if self.chatter > CHATTER + CHATTER_A_SECOND * (self.loop.time() - self.begun):
            self.transport.abort()
        else:
            handle(self, *event)

    return counted


def _token(headers) -> str | None:
    return signin.cookies("; ".join(headers.get_all("Cookie"))[:8000]).get(signin.COOKIE)
