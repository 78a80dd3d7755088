"""What other systems have and Windows has not is never taken for granted."""

import ast
import subprocess
import sys

import pytest

from lib.exchange.spreadsheets import archive, reading, sandbox
from tests import damaged
from tests.conftest import ROOT
from tests.unit.test_sandbox import same_text

UNIX = (
    "_posixsubprocess crypt curses fcntl grp nis ossaudiodev pty pwd readline resource spwd syslog termios tty uvloop"
)
# Of `os`, `signal` and `time`, what Windows has not.
_CALLS = {
    "os": "fork forkpty fchmod fchown chown lchown chroot getuid geteuid getgid getegid getpgid getloadavg killpg "
    "mkfifo nice pidfd_open posix_spawn sched_getaffinity sched_setaffinity setsid setuid statvfs sync sysconf uname "
    "wait3 wait4 O_CLOEXEC O_NOFOLLOW",
    "signal": "SIGKILL SIGHUP SIGUSR1 SIGUSR2 SIGCHLD SIGALRM SIGPIPE SIGQUIT alarm pause setitimer pidfd_send_signal",
    "time": "tzset CLOCK_BOOTTIME CLOCK_MONOTONIC",
}
FILES = sorted(
    [*(ROOT / "lib").rglob("*.py"), *(ROOT / "db").glob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
)
_WITHOUT = """
import builtins, sys
sys.path.insert(0, ".")
HIDDEN = set(sys.argv[2].split())
there = builtins.__import__

def without(name, globals=None, *more, **named):
    ours = (globals or {}).get("__name__", "").partition(".")[0] in ("lib", "db", "app", "__main__")
    if ours and name.partition(".")[0] in HIDDEN:
        raise ModuleNotFoundError(f"No module named {name!r}")
    return there(name, globals, *more, **named)

builtins.__import__ = without
"""


def hidden(script: str, *words: str) -> subprocess.CompletedProcess:
    """A program that finds none of the modules of Unix when it imports them itself."""
    command = [sys.executable, "-c", _WITHOUT + script, *(words or ("",)), UNIX]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace")


def test_everything_is_imported_without_the_modules_of_unix():
    modules = [file.relative_to(ROOT).with_suffix("").parts for file in FILES if file.parent.name != "pages"]
    names = sorted({".".join(parts).removesuffix(".__init__") for parts in modules} - {"db.__main__"})
    done = hidden("import importlib\nfor name in sys.argv[1].split(): importlib.import_module(name)", " ".join(names))
    assert done.returncode == 0, done.stderr[-2000:]
    assert {
        "lib.exchange.spreadsheets.cells",
        "lib.exchange.spreadsheets.sandbox",
        "lib.operations.clockwork",
        "lib.operations.checks",
        "app",
    } <= set(names)


def test_the_test_itself_would_notice():
    assert "No module named 'fcntl'" in hidden("import fcntl").stderr


def test_no_call_is_made_that_only_unix_knows():
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.value.id}.{node.attr}"
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in _CALLS.get(node.value.id, "").split()
    ]
    assert not found


def test_files_are_read_within_limits_where_the_system_has_none(monkeypatch):
    script = _WITHOUT.replace("sys.argv[2]", repr(UNIX))
    script += "from lib.exchange.spreadsheets import sandboxed; sandboxed.main()"
    monkeypatch.setattr(sandbox, "_STARTED", [sys.executable, "-c", script])
    assert len(reading.read(damaged.xlsx(damaged.ROWS), "a.xlsx")[0].rows) == 3
    with pytest.raises(reading.Invalid) as found:
        reading.read(same_text(1_000_000, 45_000), "a.xlsx")
    assert found.value.faults["file"].text == archive.HEAVY


def test_the_workflow_runs_the_unit_layer_on_windows():
    told = (ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8")
    assert "windows-latest" in told and "pytest tests/unit" in told
