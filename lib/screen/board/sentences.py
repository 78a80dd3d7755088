"""What a board says in words: the way to the area, how the day stands, the headline figures, what is missing."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.errors import N_
from lib.oversight.figures import doors, list_completeness
from lib.oversight.figures.explanation import reporting
from lib.oversight.figures.measures import MEASURES, Measure, fraction
from lib.oversight.report_template import indicators
from lib.oversight.reports import snapshots
from lib.screen import figure_words as words
from lib.screen import list_words
from lib.screen.board import charts, place
from lib.screen.board.live_list import arrow, arrow_words
from lib.screen.board.place import Place
from lib.screen.i18n import _, ngettext, number, points, share
from lib.screen.i18n import day as in_words
from lib.screen.shared_cache import SharedCache
from lib.screen.widgets import link_table

HELP = N_(
    "**Coverage** = households met or reached by phone ÷ due households. **Due** are the households with a "
    "responsible member, minus those excluded that day. Higher levels add up households; they never average "
    "percentages.\n\n"
    "Example: a commune has 412 due households; 350 were met and 10 answered by phone, so coverage is 360 ÷ 412 "
    "= 87.4 %. If 300 of them were recorded by 14:00, on-time coverage is 72.8 %.\n\n"
    "The page refreshes itself. Click a name or a bar to open it, a figure to see how it is made up; the "
    "browser's Back button and the path at the top lead back."
)
PAGE = "leaderboard.py"
_BEGUN = "board_begun"  # the last day shown while it was today
_tables = SharedCache(128)


def way(here: Place, path: list[dict]) -> None:
    """The path from the province to here; each step leads back up."""
    steps = [
        {"text": words.name(step), "href": "" if step is path[-1] else place.address(here, area=step["code"])}
        for step in path
    ]
    link_table.path(_("Path to this area"), steps, key="board-way")


def way_back(province: str) -> None:
    st.page_link(PAGE, label=_("Back to the province board"), query_params={"area": province})


def new_day(here: Place) -> None:
    """Past midnight, calmly: which day this board still shows, and the way to the new one."""
    if here.is_today:
        st.session_state[_BEGUN] = here.day
    elif st.session_state.get(_BEGUN) == here.day:
        today = clock.day_of(here.now)
        st.info(_("A new day has begun. This is still the board of {day}.").format(day=in_words(here.day)))
        link = _("Go to the board of {day}").format(day=in_words(today))
        items = [{"text": link, "href": place.address(here, day=today)}]
        link_table.path(link, items, key="board-today", look="choices")


def lists_first(area: dict) -> None:
    """What is missing on the lists of an area, before any figure of those who are on them."""
    if told := list_words.line(area):
        st.markdown(told)


def standing(db: Database, here: Place, area: dict) -> None:
    """How the day stands: the last entry, and the time left or what the cut-offs froze."""
    last = area["last_entry_at"]
    entry = _("Last entry {hour}").format(hour=words.last_entry(area, here.day)) if last else _("No entry yet")
    entry += " · " + _("{seen} of {due} due households reached").format(
        seen=number(area["seen"]), due=number(area["due"])
    )
    if here.is_today and here.minutes_left > 0:
        hours, minutes = divmod(here.minutes_left, 60)
        if hours:
            left = _("{hours} h {minutes} min until the 14:00 cut-off").format(hours=hours, minutes=f"{minutes:02d}")
        else:
            left = _("{minutes} min until the 14:00 cut-off").format(minutes=minutes)
        st.markdown(f":material/schedule: {entry} · **{left}**")
    else:
        past = _("Past 14:00: visits entered from now on change only the final figure.")
        st.markdown(" · ".join([f":material/lock_clock: {entry}", *(_frozen(db, here) or [past])]))


def _frozen(db: Database, here: Place) -> list[str]:
    """What stands on record for the area, beside the number that still moves."""
    told = []
    for hour, counts in snapshots.of_area(db, here.day, here.area["code"]):
        seen, due = indicators.fraction("coverage", counts)
        told.append(
            _("frozen at {hour}: **{share}** ({seen} of {due})").format(
                hour=hour, share=share(seen, due), seen=number(seen), due=number(due)
            )
        )
    return told


def headline(here: Place, found: list[dict]) -> None:
    """The area's own figures; each leads to what it is made of."""
    area, below = found[0], found[1:]
    figures = [_large(here, area, MEASURES[code]) for code in ("coverage", "on_time", "attempted", "reach")]
    figures[0]["help"] = _coverage_help(here)
    if area["change"] is not None:
        change = _("{points} points {against}").format(points=points(area["change"]), against=words.against(here.hour))
        figures[0] |= {
            "small": change,
            "small_href": _why(here, area, "change"),
            "small_help": _(MEASURES["change"].formula),
        }
    elif not area["reported"]:
        figures[0]["small"] = words.coverage(area)
    if below:
        figures.append(_reporting(here, area, below))
    link_table.headline(
        _("Figures of {area} on {day}").format(area=words.name(area), day=in_words(here.day)),
        figures,
        key="board-headline",
    )


def _large(here: Place, area: dict, measure: Measure) -> dict:
    part, whole = fraction(measure, area)
    return {
        "name": _(measure.label),
        "value": share(part, whole) if area["reported"] else "–",
        "small": f"{number(part)} / {number(whole)}",
        "help": _(measure.formula),
        "href": _why(here, area, measure.code),
    }


def _reporting(here: Place, area: dict, below: list[dict]) -> dict:
    """How many units have entered something, how many are silent, how many have no lists."""
    measure = MEASURES["reporting"]
    part, whole = fraction(measure, reporting(below))
    unlisted = sum(not unit["listed"] for unit in below)
    silent = whole - part - unlisted
    left = [words.silent(silent)] if silent else []
    left += [_("{n} without lists").format(n=number(unlisted))] if unlisted else []
    everybody = _("all of them") if list_completeness.complete(area) else _("lists incomplete")
    return {
        "name": _(measure.label),
        "value": f"{number(part)} / {number(whole)}",
        "small": " · ".join(left) or everybody,
        "help": _(measure.formula),
        "href": _why(here, area, measure.code),
    }


def _why(here: Place, area: dict, code: str) -> str:
    return place.address(here, why=code, of=area["code"])


def _coverage_help(here: Place) -> str:
    """The formula, and what the change is measured against."""
    day = in_words(here.day_before)
    against = (
        _("The change is compared with {day} at {hour}, in percentage points.").format(day=day, hour=here.hour)
        if here.hour
        else _("The change is compared with {day}, in percentage points.").format(day=day)
    )
    return f"{_(MEASURES['coverage'].formula)}\n\n{against}"


def view(here: Place) -> str:
    """Which chart is drawn; the choice stands in the address, and an unknown one means the first."""
    views = charts.views(here)
    asked = st.query_params.get("view")
    now = asked if asked in views else next(iter(views))
    key = f"view-{here.area['level']}"
    if st.session_state.get(key) != now:
        st.session_state[key] = now

    def write() -> None:
        st.query_params["view"] = st.session_state[key]

    return st.segmented_control(
        _("Chart"),
        list(views),
        format_func=views.get,
        key=key,
        required=True,
        on_change=write,
        label_visibility="collapsed",
    )


def table(here: Place, found: list[dict], won: dict[str, int | None]) -> None:
    """The ranked table: a unit's name opens it, a figure tells what it is made of."""
    caption, head, rows = _tables.get(here.live_key, lambda: words.table(found, here.day, here.hour))
    rows = [row | {"move": _move(won.get(row["code"]))} for row in rows]
    told = _("{table}. The arrow keys move between the figures; Enter shows how one is made up.")
    link_table.table(told.format(table=caption), head, rows, key="board-table", ask=place.address(here))


def _move(won: int | None) -> dict | None:
    """Places won or lost since an hour ago: a mark for the eye, words for the ear."""
    if won is None:
        return None
    return {"mark": arrow(won), "say": arrow_words(won), "way": "up" if won > 0 else "down" if won < 0 else ""}


def nothing_to_show(db: Database, here: Place, found: list[dict]) -> bool:
    """A calm sentence where there is nothing to compare; True when no chart can be drawn."""
    area = found[0]
    if not found[1:] and area["level"] in ("commune", "hamlet") and not doors.may_see(db, here.area):
        st.info(_("Hamlets and teams are shown only inside your own area."), icon=":material/lock:")
    elif not area["households"] and area["level"] not in place.OPEN_TO_ALL:
        st.info(
            _(
                "No household is registered here yet. Communes register households and assign them to teams; "
                "then the board fills by itself."
            )
        )
    elif not found[1:]:
        st.info(_("No team is active here on this day. Teams are created under “Community Covid teams”."))
    else:
        if not area["households"]:
            st.info(
                _(
                    "No household is registered here yet. Communes register households and assign them to teams; "
                    "then the board fills by itself."
                )
            )
        elif not area["reported"] and here.is_today:
            st.info(_("Nothing has been entered yet today. The first saved row shows here within seconds."))
        if area["unassigned"]:
            st.markdown(_alarm(area["unassigned"]))
        return False
    return True


def _alarm(n: int) -> str:
    words = ngettext(
        "{n} household has no responsible member; reach counts it.",
        "{n} households have no responsible member; reach counts them.",
        n,
    )
    return ":orange[:material/person_alert:] " + words.format(n=number(n))
