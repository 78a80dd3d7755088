"""The live list beside the chart: who has just entered something, and places won or lost since an hour ago."""

from lib.core import clock
from lib.oversight.figures import recent_changes
from lib.screen import figure_words as words
from lib.screen.board import address, elements, rank_changes, session
from lib.screen.board.place import Board, BoardPlace
from lib.screen.i18n import _, hour, ngettext, number
from lib.screen.shared_cache import SharedCache

SHOWN = 8
BESIDE = "board_beside"  # the chart and this list; one under the other already where a tablet has its menu open
STYLE = f"""<style>
    @media (max-width: 1100px) {{.st-key-{BESIDE} [data-testid="stColumn"] {{min-width: 100%}}}}
    @media (max-width: 640px) {{.st-key-board-wall {{display: none}}}}
</style>"""
_lists = SharedCache(128)  # place and ten seconds -> the writes then, who had just entered, how many rows
_UNFINISHED = -1  # writes no store has


def draw(board: Board) -> None:
    """The live list; on a day that is over only while somebody still enters it."""
    place = board.place
    _changes, fresh, rows = _lists.get(_key(place), lambda: _counted(board))
    if fresh or place.is_today:
        elements.fresh_entries(
            {
                "title": _title(fresh),
                "more": _("newest first, of the last 10 minutes") if fresh else "",
                "units": [_unit(place, unit, rows) for unit in fresh[:SHOWN]],
                "ranks": rank_changes.listed(board),
            },
            key=session.fresh_key(place.area["code"]),
            on_open=lambda: _open(place),
        )


def writes_shown(place: BoardPlace) -> int:
    """The writes that this run shows with all that moves; while something of it is still to come, none."""
    counted = _lists.peek(_key(place))
    stale = counted is not None and counted[0] < place.changes
    return _UNFINISHED if stale or rank_changes.are_coming(place) else place.changes


def _key(place: BoardPlace) -> tuple:
    """What the list depends on; it is made anew every ten seconds, however many watch and write."""
    return (*place.watch_key, clock.stamp(place.now)[:18])


def _counted(board: Board) -> tuple[int, list[dict], dict[str, int]]:
    db, place = board.db, board.place
    fresh = recent_changes.updated(db, place.area, board.below, place.day, now=place.now)
    return place.changes, fresh, recent_changes.entered(db, place.area, fresh[:SHOWN], place.day, now=place.now)


def _title(fresh: list[dict]) -> str:
    n = len(fresh)
    if not n:
        return _("Nothing has been entered in the last 10 minutes.")
    return {
        "commune": ngettext("{n} commune has just updated", "{n} communes have just updated", n),
        "hamlet": ngettext("{n} hamlet has just updated", "{n} hamlets have just updated", n),
        "team": ngettext("{n} team has just updated", "{n} teams have just updated", n),
    }[fresh[0]["level"]].format(n=number(n))


def _unit(place: BoardPlace, unit: dict, rows: dict[str, int]) -> dict:
    team = unit["code"].removeprefix("team:") if unit["level"] == "team" else None
    n = rows.get(unit["code"], 0)
    return {
        "code": unit["code"],
        "href": f"sheet?team={team}&day={place.day}" if team else address.href(place, area=unit["code"]),
        "leaves": bool(team),
        "name": words.short(unit) if team else words.name(unit),
        "place": unit["parent_name"] if place.area["level"] == "province" else "",
        "hour": hour(unit["last_entry_at"], place.day),
        "rows": ngettext("{n} household", "{n} households", n).format(n=number(n)),
    }


def _open(place: BoardPlace) -> None:
    """The unit that was clicked becomes the place of the address; the browser's Back button returns."""
    code = elements.opened(session.fresh_key(place.area["code"]))
    if code:
        address.turn_to(code)
