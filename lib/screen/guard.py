"""The guard before Streamlit: response headers, page language, closed doors, and which messages pass.

Pure ASGI, because the websocket goes through it too. What is let through was tried with every
kind of element the product shows.
"""

from http.cookies import SimpleCookie
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from streamlit.proto.BackMsg_pb2 import BackMsg

from lib.core import connections, database
from lib.screen import menu_badges, signin, spoken
from lib.screen.i18n import COOKIE as LANGUAGE_COOKIE

# blob: in script-src, because Components v2 load their inline module as one.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "object-src 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# A house, drawn here: a Material icon in the browser's tab would be fetched from another machine.
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
    "<path d='M8 1 15 7v8H1V7z' fill='#1f4e8c'/><path d='M6 15v-5h4v5z' fill='#fff'/></svg>"
)
_CLOSED = ("/_stcore/metrics", "/_stcore/agent")
_MESSAGES = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "websocket":
            await self.app(scope, _only_known(receive), send)
        elif scope["type"] == "http":
            await self._safely(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _safely(self, scope, receive, send):
        """One sentence instead of a stack of lines while the store is gone, damaged or full."""
        begun = []

        async def noted(event):
            begun.append(event["type"])
            await send(event)

        try:
            await self._http(scope, receive, noted)
        except Exception as fault:
            told = database.trouble(fault)
            if told is None or begun:
                raise
            await PlainTextResponse(str(told), 503)(scope, receive, send)

    async def _http(self, scope, receive, send):
        path = scope["path"]
        cookies = _cookies(scope)
        if path.startswith(_CLOSED) or path.startswith("/media") and not _signed_in(cookies):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        else:
            language = b"en" if cookies.get(LANGUAGE_COOKIE) == "en" else b"vi"
            await self.app(_uncompressed(scope), receive, _dressed(send, language))


def _cookies(scope) -> dict[str, str]:
    header = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    return {name: morsel.value for name, morsel in SimpleCookie(header.decode("latin-1")).items()}


def _uncompressed(scope) -> dict:
    """Ask for the page itself in plain text, so that its language can be written into it."""
    headers = scope["headers"]
    if not any(name == b"accept" and b"text/html" in value for name, value in headers):
        return scope
    return {**scope, "headers": [(name, value) for name, value in headers if name != b"accept-encoding"]}


def _signed_in(cookies: dict[str, str]) -> bool:
    """Whether a file's address is asked for by somebody with a living session."""
    return signin.holder(connections.of_run(), cookies.get(signin.COOKIE)) is not None


def _only_known(receive):
    """Drop messages a visitor has no use for; one of them would empty everybody's caches."""

    async def passed():
        while True:
            event = await receive()
            if event["type"] != "websocket.receive" or _known(event.get("bytes")):
                return event

    return passed


def _known(message: bytes | None) -> bool:
    if message is None:
        return False
    try:
        return BackMsg.FromString(message).WhichOneof("type") in _MESSAGES
    except Exception:  # protobuf raises its own kinds; whatever cannot be read is dropped
        return False


def _dressed(send, language: bytes):
    """Add the headers, and put the visitor's language and our name into the one HTML page."""
    held: dict = {}

    async def dressed(event):
        if event["type"] == "http.response.start":
            headers = MutableHeaders(scope=event)
            for name, value in _HEADERS.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
                held["start"], held["body"] = event, b""
                return
        elif event["type"] == "http.response.body" and held:
            held["body"] += event.get("body", b"")
            if event.get("more_body"):
                return
            body = _translated(held["body"], language)
            headers = MutableHeaders(scope=held["start"])
            headers["content-length"] = str(len(body))
            headers["vary"] = "Cookie"
            for stale in ("etag", "last-modified"):  # of the file, whatever the language written into it
                del headers[stale]
            await send(held["start"])
            held.clear()
            event = {"type": "http.response.body", "body": body}
        await send(event)

    return dressed


def _translated(html: bytes, language: bytes) -> bytes:
    html = html.replace(b'<html lang="en"', b'<html lang="' + language + b'"', 1)
    html = html.replace(b"</head>", spoken.tag(language.decode()) + menu_badges.tag() + b"</head>", 1)
    html = html.replace(b"./favicon.png", f"data:image/svg+xml,{quote(ICON)}".encode(), 1)
    return html.replace(b"<title>Streamlit</title>", "<title>Từng Nhà</title>".encode(), 1)
