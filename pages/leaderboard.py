import streamlit as st

from lib.core import clock, database
from lib.oversight.figures import units
from lib.screen.board import (
    address,
    big_screen,
    charts,
    door_list,
    live_list,
    rank_changes,
    sentences,
    shared_figures,
    why_figure,
)
from lib.screen.board.place import Board
from lib.screen.i18n import _
from lib.screen.shell import pulse
from lib.screen.shell.page import attempt, begin, heading
from lib.screen.widgets import day_choice

db, user = begin(__file__)


@st.fragment
def live() -> None:
    """Everything that moves; runs again after a write and keeps what the reader chose."""
    db, user = begin(__file__)
    address.follow()
    now = clock.now()
    above = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    path = above.container(width="stretch")
    with above.container(horizontal=True, vertical_alignment="center", width="content"):
        day = day_choice.chosen(clock.day_of(now))
        big_screen.link()
    place, problem = attempt(address.resolve, db, user, now, day)
    pulse.watch(database.changes(db) if problem else live_list.writes_shown(place))
    if problem:
        sentences.way_back(units.province(db, user))
        return
    with path:
        sentences.path_to_area(place, units.way(db, place.area["code"], user))
    sentences.new_day(place)
    board = shared_figures.board(db, user, place)
    if not day_choice.never_opened(db, place.day):
        of_day(board)


def of_day(board: Board) -> None:
    """What the board shows of a day that was opened."""
    sentences.lists_first(board.area)
    sentences.day_line(board)
    sentences.headline(board)
    why_figure.draw(board)
    if door_list.wanted():
        door_list.draw(board)
    else:
        door_list.links(board)
    won = rank_changes.arrows(board)
    if not sentences.nothing_to_show(board):
        below(board, won)


def below(board: Board, won: dict[str, int | None]) -> None:
    """The table, which is sent first; above it a chart beside what moved, unless a list of doors is open."""
    if door_list.wanted():
        sentences.table(board, won)
        return
    view = charts.view(board.place)
    with st.container(key=live_list.BESIDE):
        chart, moved = st.columns([7, 3], gap="medium")
    sentences.table(board, won)
    with moved:
        live_list.draw(board)
    with chart:
        charts.draw(view, board)


st.html(live_list.STYLE)
if big_screen.wanted():
    big_screen.draw()
else:
    heading(__file__, help=_(sentences.HELP))
    live()
