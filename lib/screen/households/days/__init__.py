"""The household's days at a glance: a calendar of weeks, one square a day, and the chosen day in sentences.

A real table with a button per day; the arrow keys walk it. Everything arrives as finished words.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import streamlit as st

from lib.core.errors import N_
from lib.field.door_history.door_timeline import DAYS
from lib.screen.households import story
from lib.screen.households.visit import visit
from lib.screen.i18n import _, day, number, weekday
from lib.screen.labels import OUTCOMES
from lib.screen.shell import bundle

_HERE = Path(__file__).parent
_calendar = st.components.v2.component(
    "household_days", css=(_HERE / "days.css").read_text("utf-8"), js=bundle.component(_HERE / "days.js")
)

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
STATES = {
    **{code: OUTCOMES[code] for code in ("met", "phone", "absent", "refused")},
    "excluded": N_("Excluded"),
    "missed": N_("Not visited"),
    "left": N_("Not visited yet"),
    "none": N_("No duty"),
}
ICONS = story.ICONS | {
    "excluded": "event_busy",
    "missed": "radio_button_unchecked",
    "left": "schedule",
    "none": "remove",
}
_WHY = {
    "new": N_("The household was not registered yet."),
    "closed": N_("No visits were asked for on this day."),
    "nobody": N_("No one was responsible for this household."),
}


def draw(code: str, days: list[dict]) -> None:
    """`found`: the days in order as `chronicle.days` tells them, the last one today."""
    blank = [None] * date.fromisoformat(days[0]["day"]).weekday()
    cells = [*blank, *(_cell(one) for one in days)]
    cells += [None] * (-len(cells) % 7)
    _calendar(
        key=f"days_{code}",
        data={
            "caption": _("The last {n} days").format(n=number(DAYS)),
            "weekdays": [_(name) for name in WEEKDAYS],
            "weeks": [cells[place : place + 7] for place in range(0, len(cells), 7)],
            "legend": _legend(days),
            "today": _("today"),
            "today_n": days[-1]["day"][-2:].lstrip("0"),
            "how": _("Choose a day to read what happened. The arrow keys move by a day or a week."),
        },
    )


def _cell(of_day: dict) -> dict:
    title = f"{_(weekday(of_day['day']))} {day(of_day['day'])}"
    state, alarm = _(STATES[of_day["state"]]), bool(of_day["visit"] and of_day["visit"]["alarm"])
    return {
        "day": of_day["day"],
        "n": of_day["day"][-2:].lstrip("0"),
        "month": f"{of_day['day'][-2:].lstrip('0')}/{int(of_day['day'][5:7])}",
        "state": of_day["state"],
        "icon": ICONS[of_day["state"]],
        "title": title,
        "label": f"{title}: {state}" + (f", {_('something to check')}" if alarm else ""),
        "lines": lines(of_day),
        "alarm": alarm,
    }


def lines(of_day: dict) -> list[str]:
    """One day in sentences."""
    sentences = visit(of_day["visit"]) if of_day["visit"] else []
    duty = of_day["duty"] and of_day["duty"]["full_name"]
    if of_day["state"] == "excluded" or of_day["why"] == "gone":
        return [story.period(of_day["status"]), *sentences]
    if of_day["why"]:
        return [_(_WHY[of_day["why"]]), *sentences]
    if of_day["state"] == "left":
        return [_("Not visited yet; {member} is responsible.").format(member=duty), *sentences]
    if of_day["state"] == "missed":
        return [_("No visit was entered; {member} was responsible.").format(member=duty), *sentences]
    return sentences


def _legend(days: list[dict]) -> list[dict]:
    """What the marks mean and how often each stands here."""
    counts = Counter(of_day["state"] for of_day in days)
    entries = [
        {"state": s, "icon": ICONS[s], "told": f"{_(word)} {number(counts[s])}"}
        for s, word in STATES.items()
        if counts[s]
    ]
    if any(of_day["visit"] and of_day["visit"]["alarm"] for of_day in days):
        entries.append({"state": "alarm", "icon": "", "told": _("something to check")})
    return entries
