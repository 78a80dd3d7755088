"""A real server of the product on a free port, for browser and load tests; ended by its own process id."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Server:
    """`streamlit run app.py` on a store. `kill` is a power cut, `stop` a calm end."""

    def __init__(self, store: Path, *, clock: str | None = "2021-08-16T12:00", port: int = 0):
        self.store, self.port = store, port or free_port()
        self.log = store.with_suffix(".log")
        self.environment = {**os.environ, "TUNGNHA_DB": str(store), "PYTHONUNBUFFERED": "1"}
        if clock:
            self.environment["TUNGNHA_CLOCK"] = clock
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> "Server":
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=out, stderr=out)
        self._wait()
        return self

    def _wait(self) -> None:
        for _try in range(240):
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.25)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text('utf-8', 'replace')[-3000:]}")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, how: int) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(timeout=15)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
