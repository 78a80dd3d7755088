"""Who may leave a file in the server's memory, and how much: whoever loads lists or forms, twenty megabytes a page."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

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


class Incoming:
    """Bytes of files on their way, by session; the event loop's own."""

    def __init__(self) -> None:
        self._bytes: Counter[str] = Counter()

    def of(self, session: str) -> int:
        return self._bytes[session]

    @contextmanager
    def counted(self, session: str, size: int) -> Iterator[None]:
        """These bytes are on their way as long as the block lasts."""
        self._bytes[session] += size
        try:
            yield
        finally:
            self._bytes[session] -= size
            if not self._bytes[session]:
                del self._bytes[session]


INCOMING = Incoming()


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
    if size > FILE or stored(name) + INCOMING.of(name) + size > SESSION:
        if size <= FILE:  # a browser reads the answer once it has sent all
            while (await receive()).get("more_body"):
                pass
        await PlainTextResponse("Too large", 413)(scope, receive, send)
        return
    with INCOMING.counted(name, size):
        await app(scope, receive, send)


def stored(session: str) -> int:
    """Bytes of the files that a page has uploaded so far, small ones counted for more than they are."""
    files = runtime.get_instance().uploaded_file_mgr.file_storage.get(session, {})
    return sum(max(len(file.data), LEAST) for file in list(files.values()))


def _size(scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 12 else FILE
