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


class AssetFiles:
    """Content by the name it is served under; it only grows, by the few files that the program has."""

    def __init__(self) -> None:
        self._contents: dict[str, str] = {}

    def add(self, name: str, content: str, kind: str) -> str:
        """The address of this content."""
        file = f"{name}-{sha256(content.encode()).hexdigest()[:12]}.{kind}"
        self._contents[file] = content
        return f"/parts/{file}"

    def names(self) -> list[str]:
        return list(self._contents)

    def read(self, file: str) -> str | None:
        return self._contents.get(file)


FILES = AssetFiles()


def component(name: str, *, js: str, css: str = "", html: str = ""):
    """As `st.components.v2.component`, with script and style behind addresses of their own."""
    address = FILES.add(name, js, "js")
    script = f'const part = await import(location.origin + "{address}");\nexport default part.default;'
    style = f'/* {name} */\n@import url("{FILES.add(name, css, "css")}");' if css else None
    return st.components.v2.component(name, js=script, css=style, html=html or None)


def script(name: str, js: str) -> str:
    """The address of a script that belongs to the page itself."""
    return FILES.add(name, js, "js")


def tag(name: str, js: str) -> bytes:
    """The line of the page's head that fetches such a script."""
    return f'<script type="module" src="{script(name, js)}"></script>'.encode()


async def _part(request: Request) -> Response:
    file = request.path_params["file"]
    content, headers = FILES.read(file), {"Cache-Control": "public, max-age=31536000, immutable"}
    if content is None:
        return PlainTextResponse("Not found", 404)
    return Response(content, media_type=_KINDS[file.rpartition(".")[2]], headers=headers)


ROUTES = [Route("/parts/{file}", _part)]
