import streamlit as st

from lib.core import clock, database
from lib.oversight.figures import units
from lib.screen.board import big_screen, charts, door_list, live_list, place, sentences, why_figure
from lib.screen.i18n import _
from lib.screen.shell import pulse
from lib.screen.shell.page import attempt, begin, heading
from lib.screen.widgets import day_choice

db, user = begin(__file__)


@st.fragment
def live() -> None:
    """Everything that moves; runs again after a write and keeps what the reader chose."""
    db, user = begin(__file__)
    place.follow()
    now = clock.now()
    above = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    path = above.container(width="stretch")
    with above.container(horizontal=True, vertical_alignment="center", width="content"):
        day = day_choice.chosen(clock.day_of(now))
        big_screen.link()
    here, problem = attempt(place.place, db, user, now, day)
    pulse.watch(database.changes(db) if problem else live_list.seen(here))
    if problem:
        sentences.way_back(units.province(db, user))
        return
    with path:
        sentences.way(here, units.way(db, here.area["code"], user))
    found = place.figures(db, user, here)
    sentences.new_day(here)
    if day_choice.never_opened(db, here.day):
        return
    sentences.lists_first(found[0])
    sentences.standing(db, here, found[0])
    sentences.headline(here, found)
    why_figure.draw(db, user, here, found)
    if door_list.asked():
        door_list.draw(db, user, here)
    else:
        door_list.links(db, user, here, found[0])
    won = live_list.arrows(db, user, here, found)
    if not sentences.nothing_to_show(db, here, found):
        below(db, user, here, found, won)


def below(db, user, here: place.Place, found: list[dict], won: dict[str, int | None]) -> None:
    """The table, which is sent first; above it a chart beside what moved, unless a list of doors is open."""
    if door_list.asked():
        sentences.table(here, found, won)
        return
    view = sentences.view(here)
    with st.container(key=live_list.BESIDE):
        chart, moved = st.columns([7, 3], gap="medium")
    sentences.table(here, found, won)
    with moved:
        live_list.draw(db, user, here, found)
    with chart:
        charts.draw(view, db, user, here, found, place.target(db))


st.html(live_list.STYLE)
if big_screen.wanted():
    big_screen.draw(db, user)
else:
    heading(__file__, help=_(sentences.HELP))
    live()
