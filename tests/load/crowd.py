"""Hundreds of browsers in one process, each with its own session."""

import asyncio

from websockets.asyncio.client import connect

from lib.screen.shell import signin
from tests.load.client import PATIENCE, PULSE, SHEET, Tab, handshake


class Visitor(Tab):
    """One tab among many; awaited where `Browser` waits."""

    def __init__(self, port: int, token: str):
        super().__init__()
        self.port, self.token = port, token

    async def enter(self, page: str, query: str = "") -> "Visitor":
        """Connect and open a page."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self.socket = await connect(address, compression=None, **handshake(self.port, self.token))
        await self._run(self.opening(page, query))
        return self

    async def trigger(self, event: str, value, *, of: str = SHEET) -> dict:
        """The data the component shows afterwards."""
        await self._run(self.event(of, event, value))
        return self.shown[of]

    async def refresh(self) -> None:
        """Run again what refreshes itself, whether or not there is reason to."""
        if PULSE in self.parts:
            await self.trigger("moved", 1, of=PULSE)
        for fragment in list(self.timers):
            await self._run(self.refreshing(fragment))

    async def beat(self) -> None:
        """What the open page does every few seconds: with a pulse it first asks whether anything was written."""
        if PULSE not in self.parts or await self._changes() != self.shown[PULSE]["seen"]:
            await self.refresh()

    async def _changes(self) -> int:
        """GET /changes; a connection each, because the server closes idle ones after five seconds."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        cookie = f"Cookie: {signin.COOKIE}={self.token}"
        writer.write(f"GET /changes HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\nConnection: close\r\n\r\n".encode())
        answer = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        head, _blank, body = answer.partition(b"\r\n\r\n")
        assert b" 200 " in head.splitlines()[0], head
        return int(body)

    async def _run(self, message: bytes) -> None:
        await self.socket.send(message)
        while not self.hear(await asyncio.wait_for(self.socket.recv(), PATIENCE)):
            pass

    async def close(self) -> None:
        await self.socket.close()
