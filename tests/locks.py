"""What is called while the store is locked for writing: names of functions, not seconds."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lib.core import database

HASHING = {"hashpw", "checkpw", "gensalt", "pbkdf2_hmac", "scrypt"}
# Whose work grows with the text it is given: cleaning, folding, sorting, taking to pieces.
SLOW = HASHING | {"clean", "fold", "sort_key", "person_sort_key", "normalize", "loads", "parse", "load_workbook"}


class Lock:
    """The lock of `database.write`, which says whether it is held."""

    def __init__(self):
        self._lock, self.held = threading.Lock(), False

    def __enter__(self):
        self._lock.acquire()
        self.held = True

    def __exit__(self, *_fault):
        self.held = False
        self._lock.release()

    def acquire(self, **how) -> bool:
        return self._lock.acquire(**how)

    def release(self) -> None:
        self._lock.release()


@contextmanager
def watched(monkeypatch) -> Iterator[set[str]]:
    """Gather the names of all functions, of Python and of C, that this thread calls between BEGIN and COMMIT."""
    lock, called = Lock(), set()
    monkeypatch.setattr(database, "_WRITING", lock)

    def note(frame, event, called_c):
        if lock.held and event in ("call", "c_call"):
            called.add(frame.f_code.co_name if event == "call" else called_c.__name__)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)
