"""A process-wide bounded cache; each value is computed once and must not be mutated.

`st.cache_data` copies its values, so that callers may change them; it takes ten times as long.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class SharedCache:
    """The most recently used values by key, at most so many. Every caller gets the same object."""

    def __init__(self, most: int):
        self._most = most
        self._values: OrderedDict[Hashable, object] = OrderedDict()
        self._computing: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def peek(self, key: Hashable):
        """The value if it was computed already, else None."""
        with self._lock:
            return self._values.get(key)

    def get(self, key: Hashable, make: Callable):
        """The value of this key; a run that asks while another computes it waits for that one."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            computing = self._computing.setdefault(key, threading.Lock())
        with computing:
            with self._lock:
                if key in self._values:
                    return self._values[key]
            try:
                value = make()
                self._store(key, value)
                return value
            finally:
                with self._lock:
                    self._computing.pop(key, None)

    def _store(self, key: Hashable, value: object) -> None:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
