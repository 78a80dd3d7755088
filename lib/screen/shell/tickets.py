"""One-time words that stand for a token for twenty seconds: what an address or a form carries instead of it."""

import secrets
import threading

from lib.core import clock

SECONDS = 20


class Tickets:
    """The words that are out, of all sessions of this process."""

    def __init__(self) -> None:
        self._tokens: dict[str, tuple[str, float]] = {}  # word -> token, and until when
        self._lock = threading.Lock()

    def issue(self, token: str) -> str:
        """A word that `redeem` takes once."""
        now = clock.now().timestamp()
        word = secrets.token_urlsafe(24)
        with self._lock:
            self._tokens = {old: ticket for old, ticket in self._tokens.items() if ticket[1] >= now}
            self._tokens[word] = (token, now + SECONDS)
        return word

    def redeem(self, word: str) -> str | None:
        with self._lock:
            token, until = self._tokens.pop(word, (None, 0.0))
        return token if until >= clock.now().timestamp() else None
