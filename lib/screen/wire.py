"""What happens on a connection before the application hears of it: nothing for ever, and nothing without end.

uvicorn waits as long as it takes for the first request, and gathers a websocket's message of up to 50 MB before it
hands it on. Both are bounded here, at the class that Streamlit starts; where it uses another one, the application's own
bounds (`sockets`) still hold.
"""

from contextlib import suppress
from http.cookies import CookieError, SimpleCookie

from lib.screen import signin, sockets

SPEAKS_WITHIN = 10  # seconds until a request has come as far as its last header


def bound() -> None:
    """Once, before the server begins to listen."""
    with suppress(ImportError):
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

        _bound_requests(HttpToolsProtocol)
    with suppress(ImportError):
        from uvicorn.protocols.http.h11_impl import H11Protocol

        _bound_requests(H11Protocol)
    with suppress(ImportError):
        from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

        _bound_messages(WebSocketsSansIOProtocol)


def _bound_requests(protocol) -> None:
    """A connection without a whole request is closed, whether it is silent or says its headers letter by letter."""
    if hasattr(protocol, "bound"):
        return
    protocol.bound = True
    made, begun = protocol.connection_made, getattr(protocol, "on_message_begin", None)

    def watch(self) -> None:
        self.loop.call_later(SPEAKS_WITHIN, _end_if_silent, self, self.cycle)

    def connection_made(self, transport) -> None:
        made(self, transport)
        watch(self)

    def on_message_begin(self) -> None:
        begun(self)
        if self.cycle is not None:  # of the first request the connection's own watch tells
            watch(self)

    protocol.connection_made = connection_made
    if begun:
        protocol.on_message_begin = on_message_begin


def _end_if_silent(protocol, cycle) -> None:
    transport = protocol.transport
    if protocol.cycle is cycle and not transport.is_closing() and transport.get_protocol() is protocol:
        transport.close()


def _bound_messages(protocol) -> None:
    """A message too long is refused by its announced length, not gathered first."""
    if hasattr(protocol, "bound"):
        return
    protocol.bound = True
    connect = protocol.handle_connect

    def handle_connect(self, event) -> None:
        inside = sockets.inside(_token(event.headers))
        self.conn.max_message_size = sockets.LONGEST if inside else sockets.STRANGER_LONGEST
        connect(self, event)

    protocol.handle_connect = handle_connect


def _token(headers) -> str | None:
    with suppress(CookieError):
        found = SimpleCookie("; ".join(headers.get_all("Cookie"))[:8000]).get(signin.COOKIE)
        return found and found.value
    return None
