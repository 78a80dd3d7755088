"""How many things wait in a room of the menu, beside its name and kept fresh: "Reports of the levels below (2)".

A script of the page itself, fetched once, asks one short question every few seconds, and only the numbers change; no
part of the page runs again. For somebody with several roles it also keeps in the address which role the page is of (see
`crossing`).
"""

import html
import json
from functools import cache
from pathlib import Path

from sqlite_utils import Database
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from lib.core import access, clock, connection_pool, database
from lib.core.access import User
from lib.oversight.work import waiting
from lib.screen.i18n import ngettext
from lib.screen.shell import assets, signin

SECONDS = 5
_KINDS = {
    "new": lambda n: ngettext("{n} new delegation", "{n} new delegations", n),
    "in_force": lambda n: ngettext("{n} delegation in force", "{n} delegations in force", n),
    "returned": lambda n: ngettext("{n} returned report to send again", "{n} returned reports to send again", n),
    "reminders": lambda n: ngettext("{n} reminder waits for an answer", "{n} reminders wait for an answer", n),
}


@cache
def tag() -> bytes:
    """The line of the page's head that fetches the script."""
    script = Path(__file__).with_name("badges.js").read_text("utf-8")
    return assets.tag("menu-badges", script)


def data_element(db: Database, user: User, room: str, mark: str) -> str:
    """What the script reads in the page; `mark` is what the address says of the role, empty for who has one only."""
    words = {kind: [plural(n) for n in (1, 2)] for kind, plural in _KINDS.items()}
    seen = database.changes(db)  # before the numbers are read: what is written meanwhile is not missed
    data = {
        "rooms": waiting.rooms(db, user, now=clock.now()),
        "words": words,
        "seen": seen,
        "role": user.grant_id,
        "room": room,
        "as": mark,
        "every": SECONDS * 1000,
    }
    return f'<div class="menu-badges" hidden data-told="{html.escape(json.dumps(data), quote=True)}"></div>'


async def _waiting(request: Request) -> Response:
    """The numbers of whoever is signed in, in the role their window acts in; nothing while nothing was written."""
    db = connection_pool.of_run()  # the event loop's own
    session = signin.read_token(db, request.cookies.get(signin.COOKIE))
    if session is None:
        return PlainTextResponse("Not found", 404)
    seen, role = database.changes(db), request.query_params.get("role", "")
    if request.query_params.get("seen") == str(seen):
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    now = clock.now()
    grant = int(role) if role.isdecimal() and len(role) < 12 else session.grant
    user = access.user(db, session.account, clock.day_of(now), grant)
    if user is None or user.grant_id != grant:
        return PlainTextResponse("Not found", 404)
    numbers = {"rooms": waiting.rooms(db, user, now=now), "seen": seen}
    return JSONResponse(numbers, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/waiting", _waiting)]
