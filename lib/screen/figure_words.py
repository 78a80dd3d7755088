"""Figures in words: names of units, shares and their formulas, and the columns of a board."""

from collections import Counter
from collections.abc import Callable

from lib.core import text
from lib.oversight.figures.measures import MEASURES, Measure, fraction
from lib.screen.i18n import _, hour, ngettext, number, points, share
from lib.screen.i18n import area as area_words
from lib.screen.i18n import day as in_words


def name(unit: dict) -> str:
    return area_words(unit["kind"], unit["name"])


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


def of_due(part: str) -> Callable[[dict], str]:
    """The function that writes a count of a unit as a share of its due households."""
    return lambda figure: share(figure[part], figure["due"]) if figure["reported"] else "–"


def coverage(figure: dict) -> str:
    """A percentage, or the word for what stands in its place."""
    if figure["reported"]:
        return share(figure["seen"], figure["due"])
    if not figure["listed"]:
        return _("no households yet") if figure["level"] == "team" else _("no lists yet")
    if not figure["assigned"]:
        return _("no households assigned")
    return _("no entries yet") if figure["due"] else _("nothing due")


def silent(n: int) -> str:
    """How many units have entered nothing."""
    return ngettext("{n} unit without entries yet", "{n} units without entries yet", n).format(n=number(n))


def reach(figure: dict) -> str:
    return share(figure["seen"], figure["households"]) if figure["reported"] else "–"


def last_entry(figure: dict, day: str) -> str:
    """The hour of a unit's last entry; with its date where that is not `day`."""
    return hour(figure["last_entry_at"], day) or "–"


def against(at: str | None) -> str:
    """What a change is measured against: the minute of the day before, or all of it."""
    return _("vs {hour} the day before").format(hour=at) if at else _("vs the whole day before")


def count(column: str) -> Callable[[dict], str]:
    return lambda figure: number(figure[column])


def formatter(measure: Measure, day: str) -> Callable[[dict], str]:
    """The function that writes this figure of a unit in words."""
    if measure.kind == "share":
        return {"coverage": coverage, "registered": _registered}.get(measure.code) or _share(measure)
    if measure.kind == "change":
        return lambda figure: points(figure["change"])
    return (lambda figure: last_entry(figure, day)) if measure.kind == "latest" else count(measure.column)


def _registered(figure: dict) -> str:
    """ "3,120/3,550"; a mark where the expected number is an estimate, a dash where it is unknown."""
    if not figure["communes_expected"]:
        return "–"
    mark = "≈" if figure["communes_estimated"] else ""
    return f"{number(figure['registered'])}/{mark}{number(figure['expected_households'])}"


def _share(measure: Measure) -> Callable[[dict], str]:
    return lambda figure: share(*fraction(measure, figure)) if figure["reported"] else "–"


IN_TABLE = (
    "rank",
    "coverage",
    "change",
    "on_time",
    "attempted",
    "reach",
    "registered",
    "due",
    "seen",
    "absent",
    "refused",
    "excluded",
    "unassigned",
    "teams",
    "last_entry",
)
_OF_COMMUNES = ("registered",)  # of communes and what is above them only
UNIT = 1  # the column of the unit's name, which heads its row


def table(figures: list[dict], day: str, at: str | None = None) -> tuple[str, list[dict], list[dict]]:
    """Caption, head and rows of the ranked table; the area itself stands last. Changes are against `at` (HH:MM)."""
    area, communes = figures[0], figures[0]["level"] in ("province", "district")
    measures = [MEASURES[code] for code in IN_TABLE if communes or code not in _OF_COMMUNES]
    head = [
        {"text": label(m, at), "help": _(m.formula), "number": True, "bar": m.code == "coverage", "why": m.code}
        for m in measures
    ]
    head.insert(UNIT, {"text": _("Unit"), "help": "", "unit": True})
    rows = [
        {
            "code": figure["code"],
            "href": "" if figure is area else _address(figure, day),
            "cells": _with_name(figure, [formatter(m, day)(figure) for m in measures]),
            "share": figure["coverage"] if figure["reported"] else None,
            "silent": not figure["reported"],
            "total": figure is area,
        }
        for figure in [*figures[1:], area]
    ]
    return _("Figures of {area} on {day}").format(area=name(area), day=in_words(day)), head, rows


def label(measure: Measure, at: str | None) -> str:
    """A figure's name; that of a change says what it is measured against."""
    return f"{_(measure.label)} {against(at)}" if measure.kind == "change" else _(measure.label)


def _with_name(figure: dict, cells: list[str]) -> list[str]:
    return [*cells[:UNIT], name(figure), *cells[UNIT:]]


def _address(figure: dict, day: str) -> str:
    """Of the unit's own board, or of a team's sheet: the rows behind its figures."""
    if figure["level"] == "team":
        return f"sheet?team={figure['code'].removeprefix('team:')}&day={day}"
    return f"?area={figure['code']}&day={day}"


def in_order(units: list[dict]) -> list[dict]:
    """Vietnamese order, whatever the ranks are."""
    return sorted(units, key=lambda unit: (text.sort_key(unit["name"]), unit["code"]))
