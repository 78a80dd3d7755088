"""The line between a page and its server: a test holds back what the server says, or loses what the page says."""

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page


def _never(_message: bytes) -> bool:
    return False


class Line:
    """For a window alone; it stands from the next load of the page on."""

    def __init__(self, page: Page):
        self.last: Callable[[bytes], bool] = _never  # after such a message of the server nothing comes through
        self.lost: Callable[[bytes], bool] = _never  # such a message of the page never arrives
        self.losses = 0
        self._held: list[Callable] | None = None
        page.route_web_socket("**/_stcore/stream", self._between)

    def _between(self, page_side) -> None:
        server_side = page_side.connect_to_server()
        server_side.on_message(partial(self._from_server, page_side))
        page_side.on_message(partial(self._from_page, server_side))

    def _from_server(self, page_side, message: bytes) -> None:
        if self._held is not None:
            return self._held.append(partial(page_side.send, message))
        page_side.send(message)
        if self.last(message):
            self.hold()

    def _from_page(self, server_side, message: bytes) -> None:
        if self.lost(message):
            self.losses += 1
        else:
            server_side.send(message)

    def hold(self) -> None:
        self._held = []

    def release(self) -> None:
        """What was held back arrives, in its order; nothing is held or lost any more."""
        self.last = self.lost = _never
        held, self._held = self._held or [], None
        for arrive in held:
            arrive()
