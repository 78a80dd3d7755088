"""The process in which `sandbox` reads files: `python -m lib.exchange.spreadsheets.sandboxed`.

It takes a line of JSON that says what to do, then the file, and answers on its standard output.
"""

import io
import json
import sys

from lib.core.errors import Invalid
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.archive import HEAVY
from lib.exchange.spreadsheets.sandbox import MEMORY, SECONDS


def _limit() -> None:
    """Limit memory and processor time where the system can; elsewhere only time and cells are limited."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))


def main() -> None:
    request = json.loads(sys.stdin.buffer.readline())
    _limit()
    if "ending" in request:
        _answer(_parsed(reading.parsed, request["ending"]))
    else:
        from lib.exchange.spreadsheets import marked  # with openpyxl, which takes its time

        sys.stdout.buffer.write(marked.marked(sys.stdin.buffer.read(), request["sheets"], request["heading"]))


def _parsed(parse, ending: str) -> str:
    try:
        answer = {"sheets": [vars(sheet) for sheet in parse(sys.stdin.buffer.read(), ending)]}
        return json.dumps(answer, ensure_ascii=False)
    except Invalid as problem:
        return json.dumps({"refused": problem.faults["file"]})
    except MemoryError:  # while it is written
        return json.dumps({"refused": (HEAVY, {})})


def _answer(answer: str) -> None:
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace")
    out.write(answer)
    out.flush()


if __name__ == "__main__":
    main()
