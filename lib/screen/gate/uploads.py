"""Who may leave a file in the server's memory, and how much: whoever loads lists or forms, twenty megabytes a page."""

import re
from collections import Counter

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from streamlit import runtime

from lib.core import access, clock, connection_pool
from lib.screen.shell import signin

PATH = "/_stcore/upload_file/"
RIGHTS = ("list.import", "report.template")  # of the pages that take files
AT_ONCE = 8  # names of files in one question for addresses
FILE = 5 * 2**20 + 100_000  # one file and what its form adds: what counts when a length is not told
SESSION = 20 * 2**20  # bytes kept for one page
LEAST = 20_000  # what the smallest file counts, so that a page holds a thousand at most
_coming: Counter[str] = Counter()  # session -> bytes on their way; the event loop's own


def may(token: str | None) -> bool:
    """Whether the account signed in holds a role, its own or lent, that loads files."""
    db = connection_pool.of_run()
    account = signin.holder(db, token)
    day = clock.day_of(clock.now())
    user = account and access.user(db, account, day)
    return (
        bool(user)
        and not user.must_change
        and any(
            access.allows(grant["role"], right, lent=grant["for_account"] is not None)
            for grant in access.grants(db, account, day)
            for right in RIGHTS
        )
    )


async def serve(app, scope, receive, send, token: str | None) -> None:
    """Streamlit's addresses for files, for those who may and while there is room."""
    session = re.fullmatch(f"{PATH}([^/]+)/[^/]+", scope["path"])
    if not session or not may(token):
        refusal = PlainTextResponse("Not found", 404, headers={"Connection": "close"})  # the rest is not read
        await refusal(scope, receive, send)
        return
    if scope["method"] != "PUT":
        await app(scope, receive, send)
        return
    name, size = session[1], _size(scope)
    if size > FILE or kept(name) + _coming[name] + size > SESSION:
        if size <= FILE:  # a browser reads the answer once it has sent all
            while (await receive()).get("more_body"):
                pass
        await PlainTextResponse("Too large", 413)(scope, receive, send)
        return
    _coming[name] += size
    try:
        await app(scope, receive, send)
    finally:
        _coming[name] -= size
        if not _coming[name]:
            del _coming[name]


def kept(session: str) -> int:
    """Bytes of the files that a page has left so far, small ones counted for more than they are."""
    files = runtime.get_instance().uploaded_file_mgr.file_storage.get(session, {})
    return sum(max(len(file.data), LEAST) for file in list(files.values()))


def _size(scope) -> int:
    told = Headers(scope=scope).get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 12 else FILE
