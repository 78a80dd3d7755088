"""The day a board shows: today, yesterday or one typed; it stands in the address."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock, rollup
from lib.core.errors import Invalid
from lib.core.words import dates
from lib.screen.i18n import _, say
from lib.screen.i18n import day as in_words


def chosen(today: str) -> str:
    """Today, yesterday or a day typed; the choice stands in the address. A wrong day is told at the field."""
    current, problem = _read(st.query_params.get("day"), today)
    near = {today: "today", clock.plus(today, -1): "yesterday"}
    names = {"today": _("Today"), "yesterday": _("Yesterday"), "other": _("Another day")}
    now = near.get(current, "other")
    picked = st.segmented_control(
        _("Day"),
        list(names),
        format_func=names.get,
        default=now,
        key=f"day-{current}",
        required=True,
        label_visibility="collapsed",
    )
    wished = current
    if picked == "other":
        typed = st.text_input(
            _("Day (dd/mm/yyyy)"),
            value="" if current in near else in_words(current),
            key=f"other-{current}",
            placeholder=_("dd/mm/yyyy"),
            width=140,
            label_visibility="collapsed",
        )
        wished, problem = _read(typed or current, today)
    elif picked != now:
        wished = next(day for day, name in near.items() if name == picked)
    if problem:
        st.markdown(f":orange[:material/error: {say(problem.faults['day'])}]")
        return current
    if (
        wished != current or st.query_params.get("day", wished) != wished
    ):  # "-2" in an address would move on at midnight
        st.query_params["day"] = wished
    return wished


def _read(text: str | None, today: str) -> tuple[str, Invalid | None]:
    try:
        return parsed(text, today), None
    except Invalid as problem:
        return today, problem


def never_opened(db: Database, day: str) -> bool:
    """A day without a list has no figures, not even zeros; True when the board ends here."""
    if rollup.is_open(db, day):
        return False
    st.info(_("There are no figures for {day}. Choose another day.").format(day=in_words(day)))
    return True


def parsed(text: str | None, today: str) -> str:
    """A day of the address or of a field; Invalid unless it has begun and can have visits."""
    read, fault = dates.read(text, today=today, last=today)
    if fault:
        raise Invalid({"day": fault})
    return read or today
