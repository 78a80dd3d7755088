"""The big screen of a board, `leaderboard?screen=1`: readable from five metres, turning its pages by itself.

One message every few seconds carries the province and its districts; names of people are in none of them.
With `&area=` of a district it stays on that district.
"""

from collections import Counter
from datetime import datetime

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, database
from lib.core.access import User
from lib.oversight.figures import figures, list_completeness, recent_changes, units
from lib.screen import figure_words as words
from lib.screen import list_words
from lib.screen.board import elements, place, rank_changes, session
from lib.screen.board.place import Board, BoardPlace
from lib.screen.i18n import _, hour, ngettext, number, weekday
from lib.screen.i18n import day as in_words
from lib.screen.shared_cache import SharedCache
from lib.screen.shell import clock_question, practice_notes
from lib.screen.shell.page import begin
from lib.screen.widgets import link_table

PAGE = "leaderboard.py"
TURN = 15  # seconds a page stands
SHOWN = 6  # of those that have just updated
_trees = SharedCache(8)

# Around the screen there is nothing, and nothing to tab into; a sentence in its place can be read from as far.
STYLE = """<style>
    [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stExpandSidebarButton"] {display: none}
    .stApp {background: #0b1420}
    [data-testid="stAlertContainer"] {font-size: 2.4vw; margin-top: 30vh; background: #1a2a3f; color: #eef3f9}
    [data-testid="stAlertContainer"] * {font-size: inherit; color: inherit}
</style>"""


def wanted() -> bool:
    return st.query_params.get("screen") == "1"


def is_on(page: str) -> bool:
    """Whether this page is a big screen, without menu and margins."""
    return wanted() and page == PAGE.removesuffix(".py")


def link() -> None:
    """The way to the big screen, a page of its own; its address can be sent."""
    items = [{"text": _("Big screen"), "href": "leaderboard?screen=1"}]
    link_table.path(_("Big screen"), items, key="board-wall", look="choices")


def draw() -> None:
    """The whole page: nothing stands beside it."""
    # The browser's address does not follow a link within the same page by itself.
    st.query_params.from_dict(st.query_params.to_dict())
    _live(PAGE)


@st.fragment(run_every="5s")
def _live(file: str) -> None:
    """Fresh figures every five seconds; turning pages asks the server nothing."""
    db, user = begin(file)
    elements.big_screen(content(db, user, now=clock.now()))
    session.BIG_SCREEN_SHOWN.set(True)


def content(db: Database, user: User, *, now: datetime) -> dict:
    """Everything the screen shows, in finished words."""
    day, changes, target = clock.day_of(now), database.changes(db), place.target(db)
    province = units.province(db, user)
    tree = _trees.get((str(database.path()), province, day, changes), lambda: _tree(db, user, province, day))
    only = st.query_params.get("area")
    codes = {figures[0]["code"] for figures in tree} - {province}
    shown = [figures for figures in tree if only not in codes or figures[0]["code"] == only]
    boards = [Board(db, user, BoardPlace(figures, day, now, (), changes), figures) for figures in shown]
    updated = recent_changes.updated(db, units.area(db, province, user), tree[0][1:], day, now=now)
    fresh = _with_labels(updated, tree)
    return {
        "now": int(now.timestamp()),
        "cutoff": int(clock.instant(clock.at(day, clock.DISTRICT_CUTOFF)).timestamp()),
        "turn": TURN,
        "day": f"{weekday(day)}, {in_words(day)}",
        "target": target,
        "practice": _notice(db, now),
        "pages": [_page(board, fresh) for board in boards],
        "words": _words(target),
    }


def _notice(db: Database, now: datetime) -> str:
    """The notes that everybody who reads the figures has to see."""
    return " ".join(filter(None, (practice_notes.in_short(db), clock_question.waiting(db, now=now))))


def _tree(db: Database, user: User, province: str, day: str) -> list[list[dict]]:
    """Figures of the province with its districts, then of each district with its communes; anew after a write."""

    def counted(code: str) -> list[dict]:
        return figures.of_units(db, units.compared(db, code, day, user), day, before={})

    first = counted(province)
    return [first, *(counted(area["code"]) for area in words.in_order(first[1:]))]


def _page(board: Board, fresh: list[dict]) -> dict:
    """One area: its own figures, what lies in it by rank, and who has just entered something."""
    area, names = board.area, words.labels(board.below)
    # The first run is not made to wait for the ranks of an hour ago.
    won = rank_changes.arrows(board, count=bool(session.BIG_SCREEN_SHOWN.get()))
    since = rank_changes.then_hour(board.place)
    below = {unit["code"] for unit in board.below}
    updated = [unit for unit in fresh if area["level"] == "province" or unit["code"] in below]
    seen = _("{seen} of {due} due households reached").format(seen=number(area["seen"]), due=number(area["due"]))
    return {
        "code": area["code"],
        "title": words.name(area),
        "coverage": words.coverage(area),
        "silent": not area["reported"],
        "lists": " · ".join(list_words.sentences(area)),
        "short": not list_completeness.complete(area),
        "seen": seen,
        "on_time": words.of_due("seen_on_time")(area),
        "attempted": _("Attempted: {share}").format(share=words.of_due("attempted")(area)),
        "rows": [_row(unit, names[unit["code"]], won[unit["code"]]) for unit in board.below],
        "moved": _updated_words(len(updated)),
        "fresh": [[unit["label"], hour(unit["last_entry_at"])] for unit in updated[:SHOWN]],
        "since": _("▲▼ since {hour}").format(hour=since) if since and any(won.values()) else "",
    }


def _with_labels(fresh: list[dict], tree: list[list[dict]]) -> list[dict]:
    """Each unit with its `label`: the district is added where two communes of the province share a name."""
    often = Counter(words.name(unit) for figures in tree[1:] for unit in figures[1:])
    return [
        unit | {"label": f"{name}, {unit['parent_name']}" if often[name] > 1 else name}
        for unit, name in ((unit, words.name(unit)) for unit in fresh)
    ]


def _row(unit: dict, name: str, won: int | None) -> dict:
    return {
        "code": unit["code"],
        "rank": number(unit["rank"]),
        "name": name,
        "share": unit["coverage"] if unit["reported"] else None,
        "said": words.coverage(unit),
        "arrow": rank_changes.arrow(won) if won else "",
        "told": rank_changes.arrow_words(won) if won else "",
    }


def _updated_words(n: int) -> str:
    if not n:
        return _("Nothing has been entered in the last 10 minutes.")
    return ngettext("{n} commune has just updated", "{n} communes have just updated", n).format(n=number(n))


def _words(target: float) -> dict[str, str]:
    """The words of the script, which knows no language."""
    return {
        "region": _("Big screen of the leaderboard"),
        "coverage": _("Coverage"),
        "on_time": _("On time"),
        "target": _("target {percent}%").format(percent=number(target * 100)),
        "hours": _("{hours} h {minutes} min"),
        "minutes": _("{minutes} min"),
        "until": _("until the 14:00 cut-off"),
        "past": _("Past 14:00"),
        "frozen": _("Late entries change only the final figure."),
        "lost": _(
            "No connection since {hour}. These are the latest figures; the screen updates by itself once "
            "the connection returns."
        ),
        "paused": _("Paused"),
        "back": _("←: previous"),
        "pause": _("Space: pause"),
        "go_on": _("Space: continue"),
        "next": _("→: next"),
        "full": _("F: full screen"),
        "leave": _("Esc: exit"),
    }
