"""Answers kept in this process for everybody who asks the same: each is made once, by one run, and never changed.

`st.cache_data` does the same safely for what may be changed by who gets it; it takes ten times as long.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Kept:
    """The answers asked for last, at most so many. What comes out is shared: it is for reading only."""

    def __init__(self, most: int):
        self._most = most
        self._made: OrderedDict[Hashable, object] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def known(self, key: Hashable):
        """The answer if it was made already, else None."""
        with self._lock:
            return self._made.get(key)

    def get(self, key: Hashable, make: Callable):
        """The answer of this key; who asks while it is being made waits for it."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._made:
                    return self._made[key]
            try:
                answer = make()
                self._keep(key, answer)
                return answer
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _keep(self, key: Hashable, answer: object) -> None:
        with self._lock:
            self._made[key] = answer
            while len(self._made) > self._most:
                self._made.popitem(last=False)
