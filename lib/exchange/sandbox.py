"""Files of strangers are read in a process of their own, which may take so much memory and time and no more.

A small file can ask for all the memory there is: one long text that tens of thousands of cells point to, a damaged
.xls. Whatever happens to that process, this one goes on and says why. `python -m lib.exchange.sandbox` takes a line
of JSON that says what to do, then the file.
"""

import io
import json
import subprocess
import sys
import threading
from pathlib import Path

from lib.core.errors import N_, Invalid, Say
from lib.exchange.archive import HEAVY

MEMORY, SECONDS = 1_500_000_000, 60
_AT_ONCE = threading.BoundedSemaphore(2)  # more files than that wait for their turn
_ROOT = Path(__file__).resolve().parents[2]
_STARTED = [sys.executable, "-m", "lib.exchange.sandbox"]

SLOW = N_("Reading this file takes longer than {n} seconds; copy the table as values into a new file, or divide it.")


def read(data: bytes, ending: str) -> list[dict]:
    """The fields of each `reading.Sheet` of a file; Invalid with a sentence under "file" when it cannot be read."""
    try:
        told = json.loads(_run({"ending": ending}, data) or b"{}")
    except subprocess.TimeoutExpired:
        told = {"refused": (SLOW, {"n": SECONDS})}
    except ValueError:
        told = {}
    if "sheets" not in told:
        raise Invalid({"file": Say(*told.get("refused", (HEAVY, {})))})
    return told["sheets"]


def mark(data: bytes, sheets: list[dict], heading: str) -> bytes | None:
    """An .xlsx with its faults marked, see `marked`; None when it cannot be opened and written again."""
    try:
        return _run({"sheets": sheets, "heading": heading}, data)
    except subprocess.TimeoutExpired:
        return None


def _run(asked: dict, data: bytes) -> bytes | None:
    """What the process answers; None when it came to a bad end."""
    given = json.dumps(asked).encode() + b"\n" + data
    with _AT_ONCE:
        done = subprocess.run(_STARTED, input=given, capture_output=True, cwd=_ROOT, timeout=SECONDS, check=False)
    return done.stdout if done.returncode == 0 else None


# Within the process


def _limit() -> None:
    """Memory and processor time, where the system can hold a process to them; elsewhere time and cells alone."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))


def _main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    if "ending" in asked:
        from lib.exchange import reading

        _limit()
        _answer(_parsed(reading.parsed, asked["ending"]))
    else:
        from lib.exchange import marked

        _limit()
        sys.stdout.buffer.write(marked.marked(sys.stdin.buffer.read(), asked["sheets"], asked["heading"]))


def _parsed(parse, ending: str) -> str:
    try:
        told = {"sheets": [vars(sheet) for sheet in parse(sys.stdin.buffer.read(), ending)]}
        return json.dumps(told, ensure_ascii=False)
    except Invalid as problem:
        return json.dumps({"refused": problem.faults["file"]})
    except MemoryError:  # while it is written
        return json.dumps({"refused": (HEAVY, {})})


def _answer(told: str) -> None:
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace")
    out.write(told)
    out.flush()


if __name__ == "__main__":
    _main()
