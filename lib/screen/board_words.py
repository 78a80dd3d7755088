"""What a board says in words: the way to the area, how the day stands, the headline figures, what is missing."""

import streamlit as st
from sqlite_utils import Database

from lib.core import rollup
from lib.core.errors import N_
from lib.screen import figure_words as words
from lib.screen.board import Place
from lib.screen.i18n import _, ngettext, number, points
from lib.screen.i18n import day as in_words

HELP = N_(
    "**Coverage** = households met or reached by phone ÷ due households. **Due** are the households with a "
    "responsible member, less those excluded that day. Sums are sums of households, never means of percentages.\n\n"
    "Example: a commune has 412 due households; 350 were met and 10 answered by phone, so coverage is "
    "360 ÷ 412 = 87.4 %. If 300 of them were recorded by 14:00, on-time coverage is 72.8 %.\n\n"
    "The page refreshes itself. Click a name or a bar to open it; the path at the top leads back."
)
PAGE = "leaderboard.py"
WIDE = 171  # pixels of a headline figure: five in a row on a desk, two on a phone


def way(here: Place, path: list[dict]) -> None:
    """The path from the province to here; each step leads back up."""
    for step in path[:-1]:
        st.page_link(PAGE, label=words.name(step), query_params={"area": step["code"], "day": here.day})
        st.markdown("›", width="content")
    st.markdown(f"**{words.name(here.area)}**", width="content")


def way_back(province: str) -> None:
    st.page_link(PAGE, label=_("To the board of the province"), query_params={"area": province})


def standing(here: Place, area: dict) -> None:
    """How the day stands: the last entry, and the time left or what the cut-off froze."""
    last = area["last_entry_at"]
    entry = _("Last entry {hour}").format(hour=words.last_entry(area)) if last else _("No entry yet")
    entry += " · " + _("{seen} of {due} due households seen").format(seen=number(area["seen"]), due=number(area["due"]))
    if here.is_today and here.minutes_left > 0:
        hours, minutes = divmod(here.minutes_left, 60)
        if hours:
            left = _("{hours} h {minutes} min until the 14:00 cut-off").format(hours=hours, minutes=f"{minutes:02d}")
        else:
            left = _("{minutes} min until the 14:00 cut-off").format(minutes=minutes)
        st.markdown(f":material/schedule: {entry} · **{left}**")
    else:
        frozen = _("Past 14:00: visits entered from now on move only the final number.")
        st.markdown(f":material/lock_clock: {entry} · {frozen}")


def headline(here: Place, found: list[dict]) -> None:
    """The area's own figures, each with its formula."""
    area, below = found[0], found[1:]
    change = words.coverage(area) if not area["reported"] else _part(area, "seen")
    if area["change"] is not None:
        change = _("{points} vs the day before").format(points=points(area["change"]))
    asked = [unit for unit in below if unit["due"]]
    silent = sum(not unit["reported"] for unit in asked)
    with st.container(horizontal=True, gap="small"):
        _metric(_("Coverage"), words.of_due("seen")(area), change, _coverage_help(here))
        _metric(_("On time"), words.of_due("seen_on_time")(area), _part(area, "seen_on_time"), _(words.ON_TIME_HELP))
        _metric(_("Attempted"), words.of_due("attempted")(area), _part(area, "attempted"), _(words.ATTEMPTED_HELP))
        _metric(_("Reach"), words.reach(area), _part(area, "seen", "households"), _(words.REACH_HELP))
        if below:
            everybody = _("all of them") if asked else _("nothing due")
            _metric(
                _("Units reporting"), f"{len(asked) - silent} / {len(asked)}" if asked else "–",
                _("{n} not reported").format(n=silent) if silent else everybody,
                _("A unit that has entered nothing is neither 0 % nor left out of the sums."),
            )  # fmt: skip


def _coverage_help(here: Place) -> str:
    """The formula, and what the change is measured against."""
    day = in_words(here.day_before)
    against = (
        _("The change is against {day} at {hour}, in percentage points.").format(day=day, hour=here.hour)
        if here.hour
        else _("The change is against {day}, in percentage points.").format(day=day)
    )
    return f"{_(words.COVERAGE_HELP)}\n\n{against}"


def _metric(label: str, value: str, small: str, help: str) -> None:
    st.metric(label, value, small, delta_color="off", delta_arrow="off", help=help, border=True, width=WIDE)


def _part(area: dict, part: str, whole: str = "due") -> str:
    return f"{number(area[part])} / {number(area[whole])}"


def nothing_to_show(db: Database, here: Place, found: list[dict]) -> bool:
    """A calm sentence where there is nothing to compare; True when no chart can be drawn."""
    area = found[0]
    if not rollup.is_open(db, here.day):
        st.info(_("Nothing was opened on {day}. Choose another day.").format(day=in_words(here.day)))
    elif not found[1:] and area["level"] in ("commune", "hamlet"):
        st.info(_("Hamlets and teams are shown only inside your own area."), icon=":material/lock:")
    elif not area["households"]:
        st.info(_("No household is registered here yet. Communes register households and assign them to teams; "
                  "then the board fills by itself."))  # fmt: skip
    else:
        if not area["reported"] and here.is_today:
            st.info(_("Nothing has been entered yet today. The first saved row shows here within seconds."))
        if area["unassigned"]:
            st.markdown(_alarm(area["unassigned"]))
        return False
    return True


def _alarm(n: int) -> str:
    words = ngettext(
        "{n} household has nobody responsible; reach counts it.",
        "{n} households have nobody responsible; reach counts them.",
        n,
    )
    return ":orange[:material/person_alert:] " + words.format(n=number(n))
