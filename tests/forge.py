"""A process that has imported the product once and forks a server for each test that wants one.

`python -m tests.forge` reads one request a line from stdin, an object of the arguments of `_fork`, and answers with the
number of the process that serves. Importing takes longer than most tests do. The clock, local time or null, is turned
in the forked process: TUNGNHA_CLOCK is refused on the store of a province at work.
"""

import json
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path


def main() -> None:
    _import()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who has ended is gone; whoever asked for it watches it
    for request in sys.stdin:
        print(_fork(**json.loads(request)), flush=True)


def _import() -> None:
    """Everything that the server and its pages import, but nothing of them is run."""
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401
    import streamlit.web.server.starlette.starlette_app  # noqa: F401
    import streamlit.web.server.starlette.starlette_server  # noqa: F401
    import uvicorn.loops.auto  # noqa: F401
    import uvicorn.protocols.http.auto  # noqa: F401
    import uvicorn.protocols.websockets.auto  # noqa: F401
    from streamlit.web import cli  # noqa: F401

    for file in sorted(Path("lib").rglob("*.py")):
        __import__(".".join(file.with_suffix("").parts).removesuffix(".__init__"))


def _fork(port: int, log: str, environment: dict, clock: str | None, quick: bool) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for end in (1, 2):
        os.dup2(out, end)
    os.environ.clear()
    os.environ.update(environment)
    if clock:
        _turn(clock)
    if quick:
        _quicken()
    _serve(port)


def _turn(start: str) -> None:
    from lib.core import clock

    shift = datetime.fromisoformat(start).replace(tzinfo=clock.ZONE) - clock.machine()
    clock._shift = lambda: shift

    def a_minute_on(*_signal) -> None:
        nonlocal shift
        shift += timedelta(minutes=1)

    signal.signal(signal.SIGUSR1, a_minute_on)


def _quicken() -> None:
    """Each second what happens every five or ten: the beat of a page, of its menu, the big screen, a report's head."""
    import streamlit as st

    from lib.screen.board import big_screen
    from lib.screen.report import head
    from lib.screen.shell import menu_badges, pulse

    pulse.watch.__kwdefaults__["seconds"] = menu_badges.SECONDS = head.SECONDS = 1
    big_screen._live = st.fragment(big_screen._live.__wrapped__, run_every="1s")


def _serve(port: int) -> None:
    """As `streamlit run app.py` on the command line does; the process ends with it."""
    from streamlit.web import cli

    code = 1
    try:
        cli.main(["run", "app.py", "--server.port", str(port)])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(code or 0)


if __name__ == "__main__":
    main()
