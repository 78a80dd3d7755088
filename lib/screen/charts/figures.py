"""The figures a chart can show, how their numbers are written, and which step of the ramp they take.

A `point` is a unit's figure, as `lib.oversight.figures.spans.point` gives it.
"""

from bisect import bisect_right
from dataclasses import dataclass

from lib.core import clock
from lib.core.errors import N_
from lib.oversight.figures.measures import MEASURES, TERMS
from lib.oversight.figures.spans import FIGURES as COUNTED
from lib.screen import figure_words as words
from lib.screen.charts.theme import RAMP, STEPS
from lib.screen.i18n import _, ngettext, number, share

_LOW = [0.01, 0.02, 0.04, 0.06, 0.1, 0.15, 0.25]  # shares that are small when all is well
_EVEN = [0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9]


@dataclass(frozen=True)
class Figure:
    """A figure that a chart can show.

    `steps` are the bounds of the ramp (empty: eighths of the largest), `top` is where its bars end (None: at the
    largest). `full` marks a figure that is best at 100 % and written in whole percents where there is little room.
    """

    code: str
    label: str
    steps: tuple[float, ...] = tuple(_LOW)
    top: float | None = None
    full: bool = False

    @property
    def has_target(self) -> bool:
        """Whether the coverage a province aims at can be set against it."""
        return self.code in ("coverage", "on_time")

    @property
    def is_share(self) -> bool:
        return COUNTED[self.code][1] is not None

    @property
    def axis_format(self) -> str:
        return ".1~%" if self.is_share else ",d"


FIGURES = {
    figure.code: figure
    for figure in (
        *(
            Figure(code, MEASURES[code].label, tuple(STEPS), 1, True)
            for code in ("coverage", "on_time", "attempted", "reach")
        ),
        *(Figure(code, MEASURES[code].label) for code in ("absent", "refused", "excluded", "unassigned")),
        Figure("phone", TERMS["seen_phone"], tuple(_EVEN), 1),
        Figure("swept", N_("Entered all at once"), tuple(_EVEN), 1),
        Figure("persons", N_("Persons in households reached"), ()),
    )
}


UNIT_TIPS = {"unit": N_("Unit"), "value": N_("Figure"), "counts": N_("Count"), "gaps": N_("Days without entries")}


def unit_columns(point: dict) -> dict:
    """The columns that charts of units share: code, share (what is drawn), and in words unit, value, counts, gaps."""
    return {
        "code": point["code"],
        "unit": words.name(point),
        "value": value_words(point),
        "counts": count_words(point),
        "gaps": gap_words(point) or "–",
        "share": amount(point),
    }


def value_words(point: dict) -> str:
    """A percentage or a number, or the word for what stands in its place; a point may bring its own as `missing`."""
    if point["reported"]:
        return number(point["part"]) if point["whole"] is None else share(point["part"], point["whole"])
    if point["whole"] == 0:
        return _("nothing due") if point.get("given", True) else _("no households assigned")
    return point.get("missing") or (_("no entries yet") if point.get("running") else _("no entries"))


def gap_words(point: dict, most: int | None = None) -> str:
    """The days without entries of a sum over several, as "14/8, 16/8–19/8"; of many runs the first `most`."""
    runs = _runs(point.get("gaps", []))
    shown = [
        _short_day(run[0]) if len(run) == 1 else f"{_short_day(run[0])}–{_short_day(run[-1])}" for run in runs[:most]
    ]
    left = sum(len(run) for run in runs[len(shown) :])
    more = [ngettext("{n} more day", "{n} more days", left).format(n=number(left))] if left else []
    return ", ".join([*shown, *more])


def _runs(days: list[str]) -> list[list[str]]:
    """Days grouped into runs that follow each other."""
    runs: list[list[str]] = []
    for day in days:
        if runs and clock.plus(runs[-1][-1], 1) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _short_day(day: str) -> str:
    return f"{int(day[8:])}/{int(day[5:7])}"


def count_words(point: dict) -> str:
    """Numerator and denominator; a dash for a day that was never opened."""
    return number(point["part"]) if point["whole"] is None else f"{number(point['part'])} / {number(point['whole'])}"


def cell_words(point: dict, figure: Figure) -> str:
    """A number for a small cell, without its sign: whole percents where the figure can be full, then never 100 while
    one is missing."""
    if not point["reported"]:
        return "–"
    if point["whole"] is None:
        return number(point["part"])
    if not figure.full:
        return share(point["part"], point["whole"]).removesuffix("%")
    whole = (200 * point["part"] + point["whole"]) // (2 * point["whole"])
    return str(whole if point["part"] >= point["whole"] else min(whole, 99))


def amount(point: dict) -> float | None:
    """The number a chart draws: a share or a count; None where nothing was reported."""
    if not point["reported"]:
        return None
    return float(point["part"]) if point["whole"] is None else point["share"]


def ramp_step(point: dict, figure: Figure, largest: float) -> int | None:
    """The step of the ramp, 0…7; None where nothing was reported."""
    value = amount(point)
    if value is None:
        return None
    if figure.steps:
        return bisect_right(figure.steps, value)
    return min(int(value / largest * len(RAMP)), len(RAMP) - 1) if largest else 0


def amount_words(value: float, figure: Figure) -> str:
    """An amount that is no unit's own, as a median, in words."""
    return f"{number(value * 100, 1)}%" if figure.is_share else number(value)
