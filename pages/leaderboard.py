import streamlit as st

from lib.core import clock, database
from lib.oversight.figures import units
from lib.screen import (
    board,
    board_charts,
    board_day,
    board_doors,
    board_moves,
    board_wall,
    board_why,
    board_words,
    pulse,
)
from lib.screen.i18n import _
from lib.screen.page import attempt, begin, heading

db, user = begin(__file__)


@st.fragment
def live() -> None:
    """Everything that moves; runs again after a write and keeps what the reader chose."""
    db, user = begin(__file__)
    board.follow()
    now = clock.now()
    above = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    path = above.container(width="stretch")
    with above.container(horizontal=True, vertical_alignment="center", width="content"):
        day = board_day.chosen(clock.day_of(now))
        board_wall.link()
    here, problem = attempt(board.place, db, user, now, day)
    pulse.watch(database.changes(db) if problem else board_moves.seen(here))
    if problem:
        board_words.way_back(units.province(db, user))
        return
    with path:
        board_words.way(here, units.way(db, here.area["code"], user))
    found = board.figures(db, user, here)
    board_words.new_day(here)
    if board_day.never_opened(db, here.day):
        return
    board_words.lists_first(found[0])
    board_words.standing(db, here, found[0])
    board_words.headline(here, found)
    board_why.draw(db, user, here, found)
    if board_doors.asked():
        board_doors.draw(db, user, here)
    else:
        board_doors.links(db, user, here, found[0])
    won = board_moves.arrows(db, user, here, found)
    if not board_words.nothing_to_show(db, here, found):
        below(db, user, here, found, won)


def below(db, user, here: board.Place, found: list[dict], won: dict[str, int | None]) -> None:
    """The table, which is sent first; above it a chart beside what moved, unless a list of doors is open."""
    if board_doors.asked():
        board_words.table(here, found, won)
        return
    view = board_words.view(here)
    with st.container(key=board_moves.BESIDE):
        chart, moved = st.columns([7, 3], gap="medium")
    board_words.table(here, found, won)
    with moved:
        board_moves.draw(db, user, here, found)
    with chart:
        board_charts.draw(view, db, user, here, found, board.target(db))


st.html(board_moves.STYLE)
if board_wall.wanted():
    board_wall.draw(db, user)
else:
    heading(__file__, help=_(board_words.HELP))
    live()
