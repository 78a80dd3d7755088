"""The sentences and tables of a board: the path to the area, the time left, the headline figures, what is missing."""

import streamlit as st
from sqlite_utils import Database

from lib.core.errors import N_
from lib.oversight.figures import doors, list_completeness
from lib.oversight.figures.explanation import reporting
from lib.oversight.figures.measures import MEASURES, Measure, fraction
from lib.oversight.report_template import indicators
from lib.oversight.reports import snapshots
from lib.screen import figure_words as words
from lib.screen import list_words
from lib.screen.board import address, session
from lib.screen.board.place import OPEN_TO_ALL, Board, BoardPlace
from lib.screen.board.rank_changes import arrow, arrow_words
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
_NO_HOUSEHOLD = N_(
    "No household is registered here yet. Communes register households and assign them to teams; "
    "then the board fills by itself."
)
_tables = SharedCache(128)


def path_to_area(place: BoardPlace, path: list[dict]) -> None:
    """The path from the province to the area; each step leads back up."""
    steps = [
        {"text": words.name(step), "href": "" if step is path[-1] else address.href(place, area=step["code"])}
        for step in path
    ]
    link_table.path(_("Path to this area"), steps, key="board-way")


def way_back(province: str) -> None:
    """A link to the board of the province."""
    st.page_link(PAGE, label=_("Back to the province board"), query_params={"area": province})


def new_day(place: BoardPlace) -> None:
    """Past midnight, calmly: which day this board still shows, and the way to the new one."""
    if place.is_today:
        session.LAST_TODAY.set(place.day)
    elif session.LAST_TODAY.get() == place.day:
        st.info(_("A new day has begun. This is still the board of {day}.").format(day=in_words(place.day)))
        link = _("Go to the board of {day}").format(day=in_words(place.today))
        items = [{"text": link, "href": address.href(place, day=place.today)}]
        link_table.path(link, items, key="board-today", look="choices")


def lists_first(area: dict) -> None:
    """What is missing on the lists of an area, before any figure of those who are on them."""
    if line := list_words.line(area):
        st.markdown(line)


def day_line(board: Board) -> None:
    """The last entry of the day, and the time left or what the cut-offs froze."""
    place, area = board.place, board.area
    last = area["last_entry_at"]
    entry = _("Last entry {hour}").format(hour=words.last_entry(area, place.day)) if last else _("No entry yet")
    entry += " · " + _("{seen} of {due} due households reached").format(
        seen=number(area["seen"]), due=number(area["due"])
    )
    if place.is_today and place.minutes_left > 0:
        hours, minutes = divmod(place.minutes_left, 60)
        if hours:
            left = _("{hours} h {minutes} min until the 14:00 cut-off").format(hours=hours, minutes=f"{minutes:02d}")
        else:
            left = _("{minutes} min until the 14:00 cut-off").format(minutes=minutes)
        st.markdown(f":material/schedule: {entry} · **{left}**")
    else:
        past = _("Past 14:00: visits entered from now on change only the final figure.")
        st.markdown(" · ".join([f":material/lock_clock: {entry}", *(_frozen(board.db, place) or [past])]))


def _frozen(db: Database, place: BoardPlace) -> list[str]:
    """The frozen figures of the area, beside the number that still moves."""
    sentences = []
    for hour, counts in snapshots.of_area(db, place.day, place.area["code"]):
        seen, due = indicators.fraction("coverage", counts)
        sentences.append(
            _("frozen at {hour}: **{share}** ({seen} of {due})").format(
                hour=hour, share=share(seen, due), seen=number(seen), due=number(due)
            )
        )
    return sentences


def headline(board: Board) -> None:
    """The area's own figures; each leads to what it is made of."""
    place, area = board.place, board.area
    figures = [_large(place, area, MEASURES[code]) for code in ("coverage", "on_time", "attempted", "reach")]
    figures[0]["help"] = _coverage_help(place)
    if area["change"] is not None:
        change = _("{points} points {against}").format(points=points(area["change"]), against=words.against(place.hour))
        figures[0] |= {
            "small": change,
            "small_href": _why(place, area, "change"),
            "small_help": _(MEASURES["change"].formula),
        }
    elif not area["reported"]:
        figures[0]["small"] = words.coverage(area)
    if board.below:
        figures.append(_reporting(board))
    link_table.headline(
        _("Figures of {area} on {day}").format(area=words.name(area), day=in_words(place.day)),
        figures,
        key="board-headline",
    )


def _large(place: BoardPlace, area: dict, measure: Measure) -> dict:
    part, whole = fraction(measure, area)
    return {
        "name": _(measure.label),
        "value": share(part, whole) if area["reported"] else "–",
        "small": f"{number(part)} / {number(whole)}",
        "help": _(measure.formula),
        "href": _why(place, area, measure.code),
    }


def _reporting(board: Board) -> dict:
    """How many units have entered something, how many are silent, how many have no lists."""
    measure, area = MEASURES["reporting"], board.area
    part, whole = fraction(measure, reporting(board.below))
    unlisted = sum(not unit["listed"] for unit in board.below)
    silent = whole - part - unlisted
    left = [words.silent(silent)] if silent else []
    left += [_("{n} without lists").format(n=number(unlisted))] if unlisted else []
    all_well = _("all of them") if list_completeness.complete(area) else _("lists incomplete")
    return {
        "name": _(measure.label),
        "value": f"{number(part)} / {number(whole)}",
        "small": " · ".join(left) or all_well,
        "help": _(measure.formula),
        "href": _why(board.place, area, measure.code),
    }


def _why(place: BoardPlace, area: dict, code: str) -> str:
    return address.href(place, why=code, of=area["code"])


def _coverage_help(place: BoardPlace) -> str:
    """The formula, and what the change is measured against."""
    day = in_words(place.day_before)
    against = (
        _("The change is compared with {day} at {hour}, in percentage points.").format(day=day, hour=place.hour)
        if place.hour
        else _("The change is compared with {day}, in percentage points.").format(day=day)
    )
    return f"{_(MEASURES['coverage'].formula)}\n\n{against}"


def table(board: Board, won: dict[str, int | None]) -> None:
    """The ranked table: a unit's name opens it, a figure tells what it is made of."""
    place = board.place
    caption, head, rows = _tables.get(place.live_key, lambda: words.table(board.figures, place.day, place.hour))
    rows = [row | {"move": _move(won.get(row["code"]))} for row in rows]
    title = _("{table}. The arrow keys move between the figures; Enter shows how one is made up.")
    link_table.table(title.format(table=caption), head, rows, key="board-table", ask=address.href(place))


def _move(won: int | None) -> dict | None:
    """Places won or lost since an hour ago: a mark for the eye, words for the ear."""
    if won is None:
        return None
    return {"mark": arrow(won), "say": arrow_words(won), "way": "up" if won > 0 else "down" if won < 0 else ""}


def nothing_to_show(board: Board) -> bool:
    """A calm sentence where there is nothing to compare; True when no chart can be drawn."""
    area, below = board.area, board.below
    if not below and area["level"] in ("commune", "hamlet") and not doors.may_see(board.db, board.place.area):
        st.info(_("Hamlets and teams are shown only inside your own area."), icon=":material/lock:")
    elif not area["households"] and area["level"] not in OPEN_TO_ALL:
        st.info(_(_NO_HOUSEHOLD))
    elif not below:
        st.info(_("No team is active here on this day. Teams are created under “Community Covid teams”."))
    else:
        if not area["households"]:
            st.info(_(_NO_HOUSEHOLD))
        elif not area["reported"] and board.place.is_today:
            st.info(_("Nothing has been entered yet today. The first saved row shows here within seconds."))
        if area["unassigned"]:
            st.markdown(_alarm(area["unassigned"]))
        return False
    return True


def _alarm(n: int) -> str:
    sentence = ngettext(
        "{n} household has no responsible member; reach counts it.",
        "{n} households have no responsible member; reach counts them.",
        n,
    )
    return ":orange[:material/person_alert:] " + sentence.format(n=number(n))
