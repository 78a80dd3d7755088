"""A real server of the product on a free port, for browser and load tests; ended by its own process id."""

import atexit
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_given_back: list[int] = []  # ports of servers that have ended: what a browser has compiled it keeps by address


class Process:
    """One that the forge has forked; no child of ours, so it is watched by its descriptor."""

    def __init__(self, **request):
        forge = _forge()
        forge.stdin.write(json.dumps(request) + "\n")
        forge.stdin.flush()
        self.pid = int(forge.stdout.readline())
        self._watched = os.pidfd_open(self.pid)

    def ended(self, *, within: float = 0) -> bool:
        return bool(select.select([self._watched], [], [], within)[0])

    def send(self, how: int) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._watched, how)


@cache
def _forge() -> subprocess.Popen:
    """One for all tests of this worker."""
    command = [sys.executable, "-m", "tests.forge"]
    forge = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(forge.terminate)
    return forge


class Server:
    """`streamlit run app.py` on a store. `kill` is a power cut, `stop` a calm end.

    `quick`: open pages ask every second whether anything was written, where those of the product ask every five.
    """

    def __init__(self, store: Path, *, clock: str | None = "2021-08-16T12:00", port: int = 0, quick: bool = False):
        self.store = Path(store)
        self.port = port or (_given_back.pop() if _given_back else free_port())
        self.log = self.store.with_suffix(".log")
        self.environment = {**os.environ, "TUNGNHA_DB": str(store), "PYTHONUNBUFFERED": "1"}
        self.clock, self.quick = clock, quick
        self.process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> "Server":
        if self.port in _given_back:
            _given_back.remove(self.port)
        self.process = Process(
            port=self.port, log=str(self.log), environment=self.environment, clock=self.clock, quick=self.quick
        )
        self._wait()
        return self

    def _wait(self) -> None:
        for _try in range(600):
            if self.process.ended(within=0.1):
                break
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        raise RuntimeError(f"the server did not start:\n{self.log.read_text('utf-8', 'replace')[-3000:]}")

    def a_minute_passes(self) -> None:
        """The server's clock, which a test has turned, is put forward."""
        self.process.send(signal.SIGUSR1)

    def stop(self) -> None:
        self._end(signal.SIGTERM)
        _given_back.append(self.port)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, how: int) -> None:
        if self.process and not self.process.ended():
            self.process.send(how)
            if not self.process.ended(within=15):
                self.process.send(signal.SIGKILL)
                self.process.ended(within=15)


def free_port() -> int:
    """Below those that the system hands out by itself, to a browser's connection say, before our server takes it."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
