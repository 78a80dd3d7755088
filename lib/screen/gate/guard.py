"""The guard before Streamlit: response headers, page language, closed doors, and who gets how far.

Pure ASGI, because the websocket goes through it too (`sockets`), and files do (`uploads`). What is let through was
tried with every kind of element the product shows.
"""

from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse

from lib.core import database
from lib.core.errors import N_, Say
from lib.screen.gate import forgotten, hosts, pickers, sockets, uploads
from lib.screen.i18n import COOKIE as LANGUAGE_COOKIE
from lib.screen.i18n import catalogue
from lib.screen.shell import menu_badges, signin, spoken

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
_HEADERS_LONGEST = 32_000  # bytes of all that a browser says about itself and its question


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > _HEADERS_LONGEST:
            await _refuse(scope, receive, send, 431, "Headers too large")
        elif not hosts.allowed(_host(scope)):
            await _refuse(scope, receive, send, 421, _in_words(scope, _ELSEWHERE))
        elif scope["type"] == "websocket":
            await sockets.serve(self.app, scope, receive, send, _cookies(scope))
        else:
            await self._safely(scope, receive, send)

    async def _safely(self, scope, receive, send):
        """One sentence instead of a stack of lines while the store is gone, damaged or full."""
        begun = []

        async def noted(event):
            begun.append(event["type"])
            await send(event)

        try:
            await self._http(scope, receive, noted)
        except Exception as fault:
            sentence = database.trouble(fault)
            if sentence is None or begun:
                raise
            await PlainTextResponse(_in_words(scope, sentence), 503)(scope, receive, send)

    async def _http(self, scope, receive, send):
        path = scope["path"]
        cookies = _cookies(scope)
        token = cookies.get(signin.COOKIE)
        send = _dressed(_secured(send, scope), _language(cookies).encode())
        if path.startswith(_CLOSED) or path.startswith("/media") and not sockets.signed_in(token):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        elif path.startswith(uploads.PATH):
            await uploads.serve(self.app, scope, receive, send, token)
        else:
            await self.app(_uncompressed(scope), receive, send)


_ELSEWHERE = Say(
    N_("This server does not serve this address. The administrator can set the address in {variable}."),
    {"variable": hosts.VARIABLE},
)


def _in_words(scope, sentence: Say) -> str:
    """In the language of the browser; no page stands around it, and no run."""
    return catalogue(_language(_cookies(scope))).gettext(sentence.text).format(**sentence.places)


def _language(cookies: dict[str, str]) -> str:
    return "en" if cookies.get(LANGUAGE_COOKIE) == "en" else "vi"


def _host(scope) -> str | None:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), None)


async def _refuse(scope, receive, send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse(text, status)(scope, receive, _dressed(send, b"vi"))


def _cookies(scope) -> dict[str, str]:
    header = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    return signin.cookies(header.decode("latin-1"))


def _secured(send, scope):
    """No cookie, Streamlit's own neither, travels in the clear once a browser came by HTTPS."""
    if scope.get("scheme") != "https":
        return send

    async def secured(event):
        if event["type"] == "http.response.start":
            event = {
                **event,
                "headers": [
                    (name, _closed(value) if name.lower() == b"set-cookie" else value)
                    for name, value in event["headers"]
                ],
            }
        await send(event)

    return secured


def _closed(cookie: bytes) -> bytes:
    parts = {part.strip().lower() for part in cookie.split(b";")[1:]}
    return cookie if b"secure" in parts else cookie + b"; Secure"


def _uncompressed(scope) -> dict:
    """Ask for the page itself in plain text, so that its language can be written into it."""
    headers = scope["headers"]
    if not any(name == b"accept" and b"text/html" in value for name, value in headers):
        return scope
    return {**scope, "headers": [(name, value) for name, value in headers if name != b"accept-encoding"]}


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
    html = html.replace(b"<head>", b"<head>" + pickers.tag(), 1)
    html = html.replace(b"</head>", spoken.tag(language.decode()) + menu_badges.tag() + forgotten.tag() + b"</head>", 1)
    html = html.replace(b"./favicon.png", f"data:image/svg+xml,{quote(ICON)}".encode(), 1)
    return html.replace(b"<title>Streamlit</title>", "<title>Từng Nhà</title>".encode(), 1)
