"""The figures a chart can show: their words, how a number of them is said, and which step of the ramp it takes."""

from bisect import bisect_right
from dataclasses import dataclass

from lib.core import clock
from lib.core.errors import N_
from lib.oversight.figures.measures import MEASURES, TERMS
from lib.oversight.figures.spans import FIGURES as COUNTED
from lib.screen.charts.theme import RAMP, STEPS
from lib.screen.i18n import _, ngettext, number, share

_LOW = [0.01, 0.02, 0.04, 0.06, 0.1, 0.15, 0.25]  # shares that are small when all is well
_EVEN = [0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9]


@dataclass(frozen=True)
class Figure:
    """`steps` are the bounds of the ramp (empty: eighths of the largest), `top` where its bars end (None: the largest).

    `full`: a figure that is best at 100 %, told in whole percent where there is little room.
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
    def unit(self) -> str:
        """The format of its axes."""
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


def value(point: dict) -> str:
    """A percentage or a number, or the word for what stands in its place; a point may bring its own as `missing`."""
    if point["reported"]:
        return number(point["part"]) if point["whole"] is None else share(point["part"], point["whole"])
    if point["whole"] == 0:
        return _("nothing due") if point.get("given", True) else _("no households assigned")
    return point.get("missing") or (_("no entries yet") if point.get("running") else _("no entries"))


def gaps(point: dict, most: int | None = None) -> str:
    """The days without entries of a sum over several, as "14/8, 16/8–19/8"; of many runs the first `most`."""
    runs = _runs(point.get("gaps", []))
    shown = [_short(run[0]) if len(run) == 1 else f"{_short(run[0])}–{_short(run[-1])}" for run in runs[:most]]
    left = sum(len(run) for run in runs[len(shown) :])
    more = [ngettext("{n} more day", "{n} more days", left).format(n=number(left))] if left else []
    return ", ".join([*shown, *more])


def _runs(days: list[str]) -> list[list[str]]:
    """Days that follow each other stand together."""
    runs: list[list[str]] = []
    for day in days:
        if runs and clock.plus(runs[-1][-1], 1) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _short(day: str) -> str:
    return f"{int(day[8:])}/{int(day[5:7])}"


def counts(point: dict) -> str:
    """Numerator and denominator; a dash for a day that was never opened."""
    return number(point["part"]) if point["whole"] is None else f"{number(point['part'])} / {number(point['whole'])}"


def brief(point: dict, figure: Figure) -> str:
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
    """What is drawn: a share or a number; None where nothing was reported."""
    if not point["reported"]:
        return None
    return float(point["part"]) if point["whole"] is None else point["share"]


def shade(point: dict, figure: Figure, largest: float) -> int | None:
    """The step of the ramp, 0…7."""
    drawn = amount(point)
    if drawn is None:
        return None
    if figure.steps:
        return bisect_right(figure.steps, drawn)
    return min(int(drawn / largest * len(RAMP)), len(RAMP) - 1) if largest else 0


def said(drawn: float, figure: Figure) -> str:
    """A drawn amount in words, as of a median; not of a sum, which knows what is missing."""
    return f"{number(drawn * 100, 1)}%" if figure.is_share else number(drawn)
