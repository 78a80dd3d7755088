"""The charts of a board: which there are, and the chosen one drawn. Only that one is computed."""

import streamlit as st

from lib.screen.board import chart_choices, place, session
from lib.screen.board.chart_on_page import OPEN, PageChart
from lib.screen.board.chart_on_page import draw as draw_on_page
from lib.screen.board.chart_views import CHOOSING, MOST, ChartRequest, cut, target_label
from lib.screen.board.place import Board, BoardPlace
from lib.screen.charts import funnel, ranking
from lib.screen.charts.parts import Target
from lib.screen.i18n import _
from lib.screen.i18n import day as in_words


def views(place: BoardPlace | None = None) -> dict[str, str]:
    """`{view: title}` in order; only those that make sense in this place, all without one."""
    titles = {
        "ranking": _("Ranking"),
        "days": _("By day"),
        "trend": _("Trend"),
        "compare": _("Compare"),
        "funnel": _("Step by step"),
        "spread": _("Spread"),
        "map": _("Map"),
    }
    if place and place.area["level"] == "hamlet":  # teams lie on no map
        del titles["map"]
    return titles


def view(place: BoardPlace) -> str:
    """The choice between the charts, drawn; it stands in the address, and an unknown one means the first."""
    titles = views(place)
    wanted = st.query_params.get("view")
    key = session.view_key(place.area["level"])
    session.show(key, wanted if wanted in titles else next(iter(titles)))

    def write() -> None:
        st.query_params["view"] = st.session_state[key]

    return st.segmented_control(
        _("Chart"),
        list(titles),
        format_func=titles.get,
        key=key,
        required=True,
        on_change=write,
        label_visibility="collapsed",
    )


def draw(view: str, board: Board, *, theme: str = "light") -> None:
    """The one chart chosen. `theme="dark"` is a big screen's: large, without choices, table and saving."""
    if view == "ranking":
        _ranking(board, theme)
    elif view == "funnel":
        _funnel(board, theme)
    elif view in CHOOSING:
        choose = chart_choices.chosen if theme == "light" else chart_choices.plain
        if not CHOOSING[view](ChartRequest(board, choose(view, board.place), theme)):
            st.info(_("There are no entries in these days. Choose other days."))


def _ranking(board: Board, theme: str) -> None:
    """Ranked bars; a click opens the unit."""
    hour, before = board.place.hour, in_words(board.place.day_before)
    tick = _("Dark mark: {day} at {hour}.") if hour else _("Dark mark: {day}, the whole day.")
    against = f"{hour} {before}" if hour else before
    share = place.target(board.db)
    team = board.below[0]["level"] == "team"
    chart = PageChart(
        "bars",
        _("Coverage, ranked"),
        notes=" ".join([tick.format(day=before, hour=hour), *cut(board.below)]),
        hint=_("Click a row to open the team's sheet.") if team else _("Click a row to open it."),
        options=(("target", Target(share, target_label(share))),),
        click=OPEN,
    )
    draw_on_page(board.place, chart, lambda: ranking.frame(board.below[:MOST], against), theme)


def _funnel(board: Board, theme: str) -> None:
    """From the hamlets to the visits in time, with what is lost at each step."""
    area, day = board.area, board.place.day
    hamlets = _("Hamlets are shown as a share of all hamlets.") if area["level"] != "hamlet" else ""
    due = _(
        "Due households are shown as a share of all active households; the steps below as a share of due households."
    )
    running = _("{day} is still being entered.").format(day=in_words(day)) if board.place.is_today else ""
    chart = PageChart(
        "funnel",
        _("From the hamlet to the visit recorded by 14:00"),
        notes=" ".join(filter(None, [hamlets, due, running])),
    )
    draw_on_page(board.place, chart, lambda: funnel.frame(area), theme)
