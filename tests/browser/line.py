"""The line between a page and its server: a test holds back what the server says, or loses what the page says."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from playwright.sync_api import Page

from tests.server import Server


def _never(_message: bytes) -> bool:
    return False


class Line:
    """For a window alone; it stands from the next load of the page on: `visit(…, alone=True, before=line.lay)`."""

    def __init__(self):
        self.last: Callable[[bytes], bool] = _never  # after such a message of the server nothing comes through
        self.lost: Callable[[bytes], bool] = _never  # such a message of the page never arrives
        self.losses = 0
        self._held: list[Callable] | None = None

    def lay(self, page: Page) -> None:
        page.route_web_socket("**/_stcore/stream", self._between)

    def _between(self, page_side) -> None:
        server_side = page_side.connect_to_server()
        server_side.on_message(partial(self._from_server, page_side))
        page_side.on_message(partial(self._from_page, server_side))

    def _from_server(self, page_side, message: bytes) -> None:
        if self._held is not None:
            return self._held.append(partial(page_side.send, message))
        page_side.send(message)
        if self.last(message):
            self.hold()

    def _from_page(self, server_side, message: bytes) -> None:
        if self.lost(message):
            self.losses += 1
        else:
            server_side.send(message)

    def hold(self) -> None:
        self._held = []

    def holds(self) -> int:
        """How many messages of the server are held back."""
        return len(self._held or [])

    def let_through(self, first: int) -> None:
        """So many of what was held back arrive; the line goes on holding."""
        arriving, self._held = self._held[:first], self._held[first:]
        for arrive in arriving:
            arrive()

    def release(self) -> None:
        """What was held back arrives, in its order; nothing is held or lost any more."""
        self.last = self.lost = _never
        held, self._held = self._held or [], None
        for arrive in held:
            arrive()


class SlowLine:
    """A line of its own to a server, `delay` seconds long both ways; each byte arrives, late and in its order."""

    def __init__(self, server: Server):
        self.server, self.delay, self.url = server, 0.0, ""
        self._stands = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._stands.wait(10)

    @property
    def store(self) -> Path:
        return self.server.store

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        listening = await asyncio.start_server(self._between, "127.0.0.1", 0)
        self.url = f"http://localhost:{listening.sockets[0].getsockname()[1]}"
        self._stands.set()
        await self._over.wait()
        listening.close()

    async def _between(self, reader, writer) -> None:
        there, away = await asyncio.open_connection("127.0.0.1", self.server.port)
        try:
            with suppress(asyncio.CancelledError):
                await asyncio.gather(self._carry(reader, away), self._carry(there, writer))
        finally:
            for end in (away, writer):
                end.transport.abort()

    async def _carry(self, reader, writer) -> None:
        late = asyncio.Queue()
        arriving = asyncio.create_task(self._arrive(late, writer))
        with suppress(ConnectionError):
            while part := await reader.read(65536):
                late.put_nowait((self._loop.time() + self.delay, part))
        late.put_nowait((self._loop.time() + self.delay, b""))
        await arriving

    async def _arrive(self, late: asyncio.Queue, writer) -> None:
        while True:
            due, part = await late.get()
            await asyncio.sleep(due - self._loop.time())
            if not part:
                return writer.close()
            writer.write(part)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)
