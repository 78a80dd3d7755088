"""Whether anything was written: the browser asks for one number, and a part of a page runs again only when it moved.

A run of a board costs milliseconds, the number a fraction of one; so two hundred watchers cost next to nothing while
nothing happens. A hidden window does not ask.
"""

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lib.core import connection_pool, database
from lib.screen.shell import bundle, signin

_beat = st.components.v2.component("pulse", js=bundle.component(Path(__file__).with_name("pulse.js")))


def watch(changes: int, *, key: str = "pulse", seconds: int = 5) -> None:
    """Run this fragment again when the store has seen more writes than these, and once a minute for the clock's sake.

    Belongs into every run of the fragment; where it is missing, the asking ends.
    """
    _beat(key=key, data={"seen": changes, "every": seconds * 1000}, on_moved_change=lambda: None)


async def _changes(request: Request) -> Response:
    """The number of writes, for whoever is signed in."""
    db = connection_pool.of_run()  # the event loop's own
    if signin.holder(db, request.cookies.get(signin.COOKIE)) is None:
        return PlainTextResponse("Not found", 404)
    return PlainTextResponse(str(database.changes(db)), headers={"Cache-Control": "no-store"})


ROUTES = [Route("/changes", _changes)]
