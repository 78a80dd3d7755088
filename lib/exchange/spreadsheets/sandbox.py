"""Read and mark files in a process of its own, with limits on memory and time.

A small file can ask for all the memory there is: one long text that tens of thousands of cells point to, a damaged
.xls. Whatever happens to that process, this one goes on and says why. `sandboxed` is what runs there.
"""

import json
import subprocess
import sys
import threading

from lib.core import ROOT
from lib.core.errors import N_, Invalid, Say
from lib.exchange.spreadsheets.archive import HEAVY

MEMORY, SECONDS = 1_500_000_000, 60
_AT_ONCE = threading.BoundedSemaphore(2)  # more files than that wait for their turn
_STARTED = [sys.executable, "-m", "lib.exchange.spreadsheets.sandboxed"]

SLOW = N_("Reading this file takes longer than {n} seconds; copy the table as values into a new file, or split it.")


def read(data: bytes, ending: str) -> list[dict]:
    """Return the fields of each `reading.ReadSheet` of a file. Invalid under "file" when it cannot be read."""
    try:
        answer = json.loads(_run({"ending": ending}, data) or b"{}")
    except subprocess.TimeoutExpired:
        answer = {"refused": (SLOW, {"n": SECONDS})}
    except ValueError:
        answer = {}
    if "sheets" not in answer:
        raise Invalid({"file": Say(*answer.get("refused", (HEAVY, {})))})
    return answer["sheets"]


def mark(data: bytes, sheets: list[dict], heading: str) -> bytes | None:
    """Return an .xlsx with its faults marked (see `marked`); None when it cannot be rewritten."""
    try:
        return _run({"sheets": sheets, "heading": heading}, data)
    except subprocess.TimeoutExpired:
        return None


def _run(request: dict, data: bytes) -> bytes | None:
    """Run the process and return its answer; None when it failed."""
    message = json.dumps(request).encode() + b"\n" + data
    with _AT_ONCE:
        done = subprocess.run(_STARTED, input=message, capture_output=True, cwd=ROOT, timeout=SECONDS, check=False)
    return done.stdout if done.returncode == 0 else None
