"""Figures in words: names of units, shares and their formulas, and the columns of a board."""

from collections import Counter

from lib.core import clock, text
from lib.core.errors import N_
from lib.screen.i18n import _, area, number, points, share
from lib.screen.i18n import day as in_words


def name(unit: dict) -> str:
    return area(unit["kind"], unit["name"])


def short(unit: dict) -> str:
    """The proper name where it says enough ("Gò Dầu", not "3" of "Phường 3"); a team without its stock words."""
    if unit["level"] == "team":
        return unit["name"].replace(" Covid cộng đồng", "")
    return name(unit) if unit["name"].isdigit() or unit["level"] not in ("district", "commune") else unit["name"]


def labels(units: list[dict]) -> dict[str, str]:
    """`{code: short name}`; the full one where two would be the same, as a town and its district."""
    brief = {unit["code"]: short(unit) for unit in units}
    often = Counter(brief.values())
    return {unit["code"]: brief[unit["code"]] if often[brief[unit["code"]]] == 1 else name(unit) for unit in units}


def of_due(part: str):
    return lambda figure: share(figure[part], figure["due"]) if figure["reported"] else "–"


def coverage(figure: dict) -> str:
    """A percentage, or the word for what stands in its place."""
    if figure["reported"]:
        return share(figure["seen"], figure["due"])
    return _("not reported") if figure["due"] else _("nothing due")


def reach(figure: dict) -> str:
    return share(figure["seen"], figure["households"]) if figure["reported"] else "–"


def last_entry(figure: dict) -> str:
    """The hour, with the day when it is another than the entry's own."""
    if not figure["last_entry_at"]:
        return "–"
    return clock.local(figure["last_entry_at"]).strftime("%H:%M")


def count(column: str):
    return lambda figure: number(figure[column])


COVERAGE_HELP = N_("Households met or reached by phone ÷ due households.")
ON_TIME_HELP = N_("As coverage, but only what was recorded by 14:00. Late entries never move it.")
ATTEMPTED_HELP = N_("Households with any visit of the day, absent and refused included ÷ due households.")
REACH_HELP = N_("Households met or reached by phone ÷ all active households, those nobody looks after included.")
CHANGE_HELP = N_("Coverage less that of the day before at the same hour, in percentage points.")
RANK_HELP = N_(
    "By coverage alone; equal coverage shares a rank. Units with fewer than 20 due households or without any entry "
    "are listed, not ranked."
)

COLUMNS = (
    (N_("Rank"), RANK_HELP, count("rank")),
    (N_("Unit"), "", name),
    (N_("Coverage"), COVERAGE_HELP, coverage),
    (N_("Change"), CHANGE_HELP, lambda figure: points(figure["change"])),
    (N_("On time"), ON_TIME_HELP, of_due("seen_on_time")),
    (N_("Attempted"), ATTEMPTED_HELP, of_due("attempted")),
    (N_("Reach"), REACH_HELP, reach),
    (N_("Due"), N_("Households with a responsible member, less those excluded that day."), count("due")),
    (N_("Seen"), N_("Due households met or reached by phone."), count("seen")),
    (N_("Absent"), N_("Due households where nobody answered."), count("absent")),
    (N_("Refused"), N_("Due households that declined."), count("refused")),
    (N_("Excluded"), N_("Whole household in central quarantine or locked down elsewhere."), count("excluded")),
    (N_("Unassigned"), N_("Active households nobody is responsible for."), count("unassigned")),
    (N_("Number of teams"), N_("Teams at work that day."), count("teams")),
    (N_("Last entry"), N_("Hour of the last recorded row."), last_entry),
)


def table(found: list[dict], day: str) -> tuple[str, list[dict], list[dict]]:
    """Caption, head and rows of the ranked table; the area itself stands last."""
    head = [
        {"text": _(title), "help": _(help), "number": place != 1} for place, (title, help, _cell) in enumerate(COLUMNS)
    ]
    rows = [
        {
            "code": figure["code"],
            "href": "" if figure is found[0] else _address(figure, day),
            "cells": [cell(figure) for _title, _help, cell in COLUMNS],
            "share": figure["coverage"] if figure["reported"] else None,
            "silent": not figure["reported"],
            "total": figure is found[0],
        }
        for figure in [*found[1:], found[0]]
    ]
    return _("Figures of {area} on {day}").format(area=name(found[0]), day=in_words(day)), head, rows


def _address(figure: dict, day: str) -> str:
    """Of the unit's own board, or of a team's sheet: the rows behind its figures."""
    if figure["level"] == "team":
        return f"sheet?team={figure['code'].removeprefix('team:')}&day={day}"
    return f"?area={figure['code']}&day={day}"


def in_order(units: list[dict]) -> list[dict]:
    """Vietnamese order, whatever the ranks are."""
    return sorted(units, key=lambda unit: (text.sort_key(unit["name"]), unit["code"]))
