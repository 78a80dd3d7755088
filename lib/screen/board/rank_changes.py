"""Places won or lost on a board since an hour ago.

The ranks of an hour ago need the course of the day, which takes a whole province a second to read once an hour:
never in the run that first paints a place, and by one run at a time. Every minute of it is a small sum.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable

from lib.oversight.figures import recent_changes
from lib.screen import figure_words as words
from lib.screen.board import session, shared_figures
from lib.screen.board.place import Board, BoardPlace
from lib.screen.i18n import _, ngettext

Ranks = dict[str, int | None]


class PastRanks:
    """The ranks of places at an earlier hour, of at most so many places; one run at a time counts them."""

    def __init__(self, most: int):
        self._most = most
        self._ranks: OrderedDict[tuple, tuple[str, Ranks]] = OrderedDict()  # place -> the hour and its ranks
        self._counting = threading.Lock()

    def latest(self, key: tuple) -> tuple[str, Ranks] | None:
        """The hour and the ranks that were counted last."""
        return self._ranks.get(key)

    def count(self, key: tuple, hour: str, count: Callable[[], Ranks]) -> None:
        """Count the ranks of an hour, unless another run is counting."""
        if self._counting.acquire(blocking=False):
            try:
                self._ranks[key] = (hour, count())
                while len(self._ranks) > self._most:
                    self._ranks.popitem(last=False)
            finally:
                self._counting.release()


past_ranks = PastRanks(128)


def arrows(board: Board, *, count: bool | None = None) -> dict[str, int | None]:
    """`{code: places won (+) or lost (-) since an hour ago}`; None where nothing can be compared, or not yet.

    `count` says whether this run may count the ranks of then; by default any run but the first on the place.
    """
    may_count = _is_later(board.place) if count is None else count
    then = _ranks_then(board, count=may_count)
    return recent_changes.places_won(board.below, then and then[1])


def arrow(won: int | None) -> str:
    """The mark of a change: it says as much without colour."""
    return "" if won is None else f"▲{won}" if won > 0 else f"▼{-won}" if won < 0 else "="


def arrow_words(won: int | None) -> str:
    if not won:
        return _("same rank") if won == 0 else ""
    if won > 0:
        return ngettext("{n} place up", "{n} places up", won).format(n=won)
    return ngettext("{n} place down", "{n} places down", -won).format(n=-won)


def listed(board: Board) -> dict | None:
    """The units that won or lost places, most first, as the live list shows them; None until that is known."""
    won = arrows(board)
    since = then_hour(board.place)
    if since is None or not any(places is not None for places in won.values()):
        return None
    names = words.labels(board.below)
    changed = sorted((unit for unit in board.below if won[unit["code"]]), key=lambda unit: -won[unit["code"]])
    title = _("Ranks since {hour}:") if changed else _("No rank has changed since {hour}.")
    return {
        "title": title.format(hour=since),
        "units": [
            {"name": names[unit["code"]], "mark": arrow(won[unit["code"]]), "words": arrow_words(won[unit["code"]])}
            for unit in changed
        ],
    }


def then_hour(place: BoardPlace) -> str | None:
    """The hour the arrows of this place are measured from, once they are known."""
    latest = past_ranks.latest(place.watch_key)
    return latest and latest[0]


def are_coming(place: BoardPlace) -> bool:
    """Whether a run soon after this one shows newer arrows."""
    due = then_hour(place) != recent_changes.hour_before(place.day, now=place.now)
    return due and (then_hour(place) is None or not _is_later(place))


def _is_later(place: BoardPlace) -> bool:
    """Whether this session has painted the place in an earlier run."""
    first = session.FIRST_RUN.get()
    if first is None or first.watch_key != place.watch_key:
        session.FIRST_RUN.set(place)
        return False
    return first is not place


def _ranks_then(board: Board, *, count: bool) -> tuple[str, Ranks] | None:
    """The hour and the ranks it had; the ones before while these are being counted."""
    place = board.place
    hour, latest = recent_changes.hour_before(place.day, now=place.now), past_ranks.latest(place.watch_key)
    if hour is None:
        return None
    if count and (latest is None or latest[0] != hour):
        past_ranks.count(place.watch_key, hour, lambda: _ranks_at(board, hour))
    return past_ranks.latest(place.watch_key)


def _ranks_at(board: Board, hour: str) -> Ranks:
    then = shared_figures.at_minute(board.db, board.user, board.place, board.place.day, hour)
    return recent_changes.ranks_at(board.below, then)
