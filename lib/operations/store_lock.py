"""The lock on a file beside the store: every process that works on the store shares it, a restore holds it alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.core import store_file
from lib.core.errors import N_, Conflict

IN_USE = N_("The data file is in use. Stop the program first, then restore.")
_SHARED_LOCKS = 0x40000002, 510  # the bytes of a store on which SQLite holds its readers' locks


class SharedLocks:
    """The locks that this process holds until it ends, one for each store."""

    def __init__(self) -> None:
        self._descriptors: dict[Path, int] = {}

    def hold(self, file: Path) -> None:
        """Hold the lock beside this store; once more after its folder was exchanged, as the lock went with it."""
        if not self._is_current(file):
            lock = _lock(file, alone=False)
            if lock is not None:
                before = self._descriptors.get(file)
                self._descriptors[file] = lock
                if before is not None:
                    os.close(before)

    def _is_current(self, file: Path) -> bool:
        """Whether the lock that is held is the one that lies beside the store now."""
        try:
            held = os.fstat(self._descriptors[file])
            return os.path.samestat(held, _lock_file(file).stat())
        except (KeyError, OSError):
            return False


_locks = SharedLocks()


def share(file: Path) -> None:
    """Mark the store as in use by this process until it ends; Conflict while a backup is being restored."""
    _locks.hold(file.resolve())


@contextmanager
def exclusive(file: Path) -> Iterator[None]:
    """Keep every other process off the store; Conflict while one works on it."""
    lock = _lock(file, alone=True)
    try:
        _check_readers(file)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _lock_file(file: Path) -> Path:
    return file.with_name(f"{file.name}-lock")


def _lock(file: Path, *, alone: bool) -> int | None:
    """The lock file's descriptor; None where there is no such lock (Windows) or no way to write one."""
    if os.name == "nt":
        return None
    import fcntl

    try:
        at = os.open(_lock_file(file), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        return None
    store_file.give(_lock_file(file), file.parent)
    try:
        fcntl.flock(at, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(at)
        raise Conflict(
            IN_USE if alone else N_("A backup is being restored. Start again when it has finished.")
        ) from None
    return at


def _check_readers(file: Path) -> None:
    """Conflict while any program has the store open, one that knows nothing of the lock file too."""
    if os.name == "nt" or not file.exists():
        return
    import fcntl

    at = os.open(file, os.O_RDWR)
    try:
        fcntl.lockf(at, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_LOCKS[1], _SHARED_LOCKS[0])
    except OSError:
        raise Conflict(IN_USE) from None
    finally:
        os.close(at)
