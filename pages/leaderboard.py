import streamlit as st

from lib.core import clock
from lib.oversight import units
from lib.screen import board, board_charts, board_words
from lib.screen.i18n import _
from lib.screen.page import attempt, begin, heading

db, user = begin(__file__)
heading(__file__, help=_(board_words.HELP))


@st.fragment(run_every="5s")
def live() -> None:
    """Everything that moves; runs again every five seconds and keeps what the reader chose."""
    db, user = begin(__file__)
    now = clock.now()
    above = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    path = above.container(horizontal=True, width="content", vertical_alignment="center", gap="small")
    with above.container(horizontal=True, width="content"):
        day = board.chosen_day(clock.day_of(now))
    here, problem = attempt(board.place, db, user, now, day)
    if problem:
        board_words.way_back(units.province(db, user))
        return
    with path:
        board_words.way(here, units.way(db, here.area["code"], user))
    found = board.figures(db, user, here)
    board_words.standing(here, found[0])
    board_words.headline(here, found)
    if board_words.nothing_to_show(db, here, found):
        return
    drawings(here, found, board.trend(db, user, here, found), board.target(db))


def drawings(here: board.Place, found: list[dict], trend: list[dict], target: float) -> None:
    """Bars beside the days, the table below, then the comparison."""
    left, right = st.columns([9, 10], gap="medium")
    with left:
        board_charts.ranking(here, found[1:], target)
    with right:
        board_charts.history(here, trend, found)
    board_charts.table(here, found)
    chosen = board_charts.compared(here, found)
    left, right = st.columns([10, 9], gap="medium")
    with left:
        board_charts.lines(here, trend, found, chosen)
    with right:
        board_charts.beside(here, chosen)


board_charts.quiet()
live()
