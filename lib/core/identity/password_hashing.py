"""Passwords are hashed and checked by bcrypt: two at a time, behind everything else, and with a short queue.

A hash takes a quarter of a second of a processor on purpose. So it is worked out by two threads of its own, which on
Linux stand back for whoever enters data, and strangers who would make the queue long are asked to come again.
"""

import os
import sys
import threading
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import bcrypt

from lib.core.errors import N_, Refused

# Of a password nobody has: checked for unknown users, so that they take as long as known ones.
NOBODY = "$2b$12$X08xITQUSL8lLtZVvDY2YOy5KjepjvDQb/daFwr/lduUgSbPuvq/a"
AT_ONCE = 2
WAITING = 32  # about four seconds of queue
WAITING_UNKNOWN = 20  # of it, for browsers on which the account never signed in
_LONGEST = 256  # characters of what was typed that are looked at; bcrypt reads 72 bytes
_NICENESS = 10


def _stand_back() -> None:
    """On Linux a thread has a priority of its own; elsewhere it stays as it is."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


_hashers = ThreadPoolExecutor(AT_ONCE, "passwords", _stand_back)


class Queue:
    """The sign-ins that wait for their password to be checked."""

    def __init__(self) -> None:
        self.length, self._lock = 0, threading.Lock()

    @contextmanager
    def turn(self, *, known: bool = False) -> Iterator[None]:
        """Hold a place in the queue; raise Refused when it is full. A known device may use all of it."""
        with self._lock:
            if self.length >= (WAITING if known else WAITING_UNKNOWN):
                raise Refused(N_("Too many people are signing in right now. Try again in a little while."))
            self.length += 1
        try:
            yield
        finally:
            with self._lock:
                self.length -= 1


queue = Queue()


def hashed(password: str) -> str:
    """The hash to store of a new password."""
    return _hashers.submit(_hash, unicodedata.normalize("NFC", password)).result()


def _hash(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()


def matches(password: str, password_hash: str | None) -> bool:
    """Whether it is this password, however its marks were composed when it was set or are now.

    False for a password bcrypt cannot read (over 72 bytes), after the usual time for an unknown user.
    """
    return _hashers.submit(_match, password[:_LONGEST], password_hash).result()


def _match(typed: str, password_hash: str | None) -> bool:
    forms = dict.fromkeys((unicodedata.normalize("NFC", typed), typed, unicodedata.normalize("NFD", typed)))
    return any([_one(form, password_hash) for form in forms])  # each of them: equal work, right or wrong


def _one(password: str, password_hash: str | None) -> bool:
    try:
        return bcrypt.checkpw(password.encode(), (password_hash or NOBODY).encode()) and password_hash is not None
    except ValueError:
        return False
