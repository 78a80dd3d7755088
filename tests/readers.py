"""The processes that read files of strangers, forked from one that has imported what they need, instead of started.

They run the same `sandboxed.main` under the same limits. Importing takes ten times longer than reading a test's file.
tests/unit/test_sandbox.py starts them as the product does.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from functools import cache

from lib.core import ROOT
from lib.exchange.spreadsheets import sandbox

started = sandbox._run
_GOOD_END = b"\0a good end"


def forked(asked: dict, data: bytes) -> bytes | None:
    """What `sandbox._run` answers."""
    with socket.socket(socket.AF_UNIX) as reader:
        reader.settimeout(sandbox.SECONDS)
        reader.connect(_forge())
        try:
            reader.sendall(json.dumps(asked).encode() + b"\n" + data)
            reader.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: reader.recv(1 << 16), b""))
        except TimeoutError:
            raise subprocess.TimeoutExpired("sandboxed", sandbox.SECONDS) from None
        except OSError:  # it ended before it had read everything
            return None
    return answer.removesuffix(_GOOD_END) if answer.endswith(_GOOD_END) else None


@cache
def _forge() -> str:
    """The address of the one that forks, one for all tests of this worker."""
    address = f"\0tungnha-readers-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(8)
        command = [sys.executable, "-m", "tests.readers", str(door.fileno())]
        forge = subprocess.Popen(command, cwd=ROOT, pass_fds=[door.fileno()], stdin=subprocess.DEVNULL)
    atexit.register(forge.terminate)
    return address


def main() -> None:
    import openpyxl  # noqa: F401

    from lib.exchange.spreadsheets import marked, sandboxed  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    door = socket.socket(fileno=int(sys.argv[1]))
    while True:
        reader, _address = door.accept()
        with reader:
            if os.fork() == 0:
                _read(reader, sandboxed.main)


def _read(reader: socket.socket, run) -> None:
    """The file comes and the answer goes over the connection; the process ends with it."""
    for end in (0, 1):
        os.dup2(reader.fileno(), end)
    sys.stdin, sys.stdout = open(0), open(1, "w")  # noqa: SIM115
    try:
        run()
        if not sys.stdout.buffer.closed:
            sys.stdout.buffer.flush()
        reader.sendall(_GOOD_END)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
