"""The charts of a board: which there are, and the chosen one as it stands on the page. Only that one is computed."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.screen.board import chart_choices
from lib.screen.board.chart_on_page import draw as drawn
from lib.screen.board.chart_views import CHOOSING, MOST, OPEN, Asked, cut
from lib.screen.board.place import Place
from lib.screen.charts import day_frames, unit_frames
from lib.screen.i18n import _, number
from lib.screen.i18n import day as in_words


def views(here: Place | None = None) -> dict[str, str]:
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
    if here and here.area["level"] == "hamlet":  # teams lie on no map
        del titles["map"]
    return titles


def draw(
    view: str, db: Database, user: User, here: Place, found: list[dict], target: float, *, theme: str = "light"
) -> None:
    """The one chart chosen. `theme="dark"` is a big screen's: large, without choices, table and saving."""
    if view == "ranking":
        ranking(here, found[1:], target, theme)
    elif view == "funnel":
        funnel(here, found[0], theme)
    elif view in CHOOSING:
        choose = chart_choices.chosen if theme == "light" else chart_choices.plain
        if not CHOOSING[view](Asked(db, user, here, found, choose(view, here), theme)):
            st.info(_("There are no entries in these days. Choose other days."))


def ranking(here: Place, figures: list[dict], target: float, theme: str = "light") -> None:
    """Ranked bars; a click opens the unit."""
    goal = _("target {percent}%").format(percent=number(target * 100))
    tick = _("Dark mark: {day} at {hour}.") if here.hour else _("Dark mark: {day}, the whole day.")
    before = in_words(here.day_before)
    against = f"{here.hour} {before}" if here.hour else before
    team = figures[0]["level"] == "team"
    drawn(
        "bars",
        here,
        lambda: day_frames.bars(figures[:MOST], against),
        title=_("Coverage, ranked"),
        notes=" ".join([tick.format(day=before, hour=here.hour), *cut(figures)]),
        hint=_("Click a row to open the team's sheet.") if team else _("Click a row to open it."),
        extra=(("target", target), ("target_label", goal)),
        theme=theme,
        **OPEN,
    )


def funnel(here: Place, area: dict, theme: str = "light") -> None:
    """From the hamlets to the visits in time, with what is lost at each step."""
    hamlets = _("Hamlets are shown as a share of all hamlets.") if area["level"] != "hamlet" else ""
    due = _(
        "Due households are shown as a share of all active households; the steps below as a share of due households."
    )
    running = _("{day} is still being entered.").format(day=in_words(here.day)) if here.is_today else ""
    drawn(
        "funnel",
        here,
        lambda: unit_frames.steps(area),
        title=_("From the hamlet to the visit recorded by 14:00"),
        notes=" ".join(filter(None, [hamlets, due, running])),
        theme=theme,
    )
