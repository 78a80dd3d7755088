"""Our own components: their scripts and styles are fetched by the browser once, not sent again with every answer.

Streamlit puts a component's whole script into each message that draws it; of the sheet that was 130 kB for every
row saved. Here the message carries one line that fetches the rest, under a name that changes with its content.
"""

from hashlib import sha256

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_KINDS = {"js": "text/javascript", "css": "text/css"}
_kept: dict[str, tuple[str, str]] = {}  # name -> content and its kind


def component(name: str, *, js: str, css: str = "", html: str = ""):
    """As `st.components.v2.component`, with script and style behind addresses of their own."""
    script = f'const part = await import(location.origin + "{_address(name, js, "js")}");\nexport default part.default;'
    style = f'/* {name} */\n@import url("{_address(name, css, "css")}");' if css else None
    return st.components.v2.component(name, js=script, css=style, html=html or None)


def script(name: str, js: str) -> str:
    """The address of a script that belongs to the page itself."""
    return _address(name, js, "js")


def tag(name: str, js: str) -> bytes:
    """The line of the page's head that fetches such a script."""
    return f'<script type="module" src="{script(name, js)}"></script>'.encode()


def _address(name: str, content: str, kind: str) -> str:
    file = f"{name}-{sha256(content.encode()).hexdigest()[:12]}.{kind}"
    _kept[file] = content, _KINDS[kind]
    return f"/parts/{file}"


async def _part(request: Request) -> Response:
    content, kind = _kept.get(request.path_params["file"], (None, None))
    if content is None:
        return PlainTextResponse("Not found", 404)
    return Response(content, media_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"})


ROUTES = [Route("/parts/{file}", _part)]
