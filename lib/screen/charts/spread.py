"""How far apart units lie in one figure: a dot for each, in a row for each area they lie in."""

from statistics import median
from zlib import crc32

import altair as alt
import pandas as pd

from lib.core.errors import N_
from lib.screen import figure_words as words
from lib.screen.charts import figures
from lib.screen.charts.figures import Figure
from lib.screen.charts.parts import Presentation, click_selection
from lib.screen.charts.theme import Look
from lib.screen.i18n import _, ngettext

TIPS = {
    "unit": N_("Unit"),
    "row": N_("Location"),
    "value": N_("Figure"),
    "counts": N_("Count"),
    "gaps": N_("Days without entries"),
}
_COLUMNS = (
    *("code", "unit", "row", "row_place", "label", "role", "words", "lowest", "highest", "median"),
    *("value", "counts", "gaps", "share", "jitter"),
)


def frame(areas: list[tuple[dict, list[dict]]], figure: Figure) -> pd.DataFrame:
    """One row for each point (role 'unit') and one for each area they lie in (role 'row'); the highest area first.

    Columns: code, unit, row (the area's name), row_place, role; of a unit value, counts, gaps, share, jitter (-1…1);
    of an area label, words (at its right), lowest, highest (its ends in words), median.
    """
    ordered = sorted(((area, sorted(points, key=_height)) for area, points in areas), key=lambda row: _middle(row[1]))
    rows = []
    for place, (area, points) in enumerate(ordered):
        at = {"row": words.name(area), "row_place": place}
        rows.append(at | {"role": "row"} | _area_columns(area, points, figure))
        rows += [
            figures.unit_columns(point) | at | {"role": "unit", "jitter": jitter(point["code"])} for point in points
        ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(dict.fromkeys(("median", "share", "jitter"), float))


def _height(point: dict) -> tuple:
    """By value from the highest down, then as they came; what has no entries last."""
    amount = figures.amount(point)
    return (amount is None, -(amount or 0))


def _middle(points: list[dict]) -> tuple:
    amounts = [figures.amount(point) for point in points if point["reported"]]
    return (not amounts, -median(amounts) if amounts else 0)


def _area_columns(area: dict, points: list[dict], figure: Figure) -> dict:
    """What stands around the dots of an area; its points come highest first."""
    reported = [point for point in points if point["reported"]]
    middle = median(figures.amount(point) for point in reported) if reported else None
    return {
        "code": area["code"],
        "unit": words.name(area),
        "label": words.name(area),
        "words": _row_words(middle, len(points) - len(reported), figure),
        "highest": f"{_end(reported[0])} ▸" if reported else "",
        "lowest": f"◂ {_end(reported[-1])}" if len(reported) > 1 else "",
        "median": middle,
    }


def _end(point: dict) -> str:
    return f"{words.short(point)} {figures.value_words(point)}"


def jitter(code: str) -> float:
    """Up or down by -1…1, always the same for a unit, so that a dot never jumps."""
    return crc32(code.encode()) % 201 / 100 - 1


def _row_words(middle: float | None, silent: int, figure: Figure) -> str:
    """The median of an area, and how many units have no entries."""
    parts = []
    if middle is not None:
        parts.append(_("median {value}").format(value=figures.amount_words(middle, figure)))
    if silent:
        parts.append(ngettext("{n} unit without entries", "{n} units without entries", silent).format(n=silent))
    return " · ".join(parts)


def chart(
    rows: pd.DataFrame, presentation: Presentation, *, axis_format: str = ".1~%", row_height: int = 92
) -> alt.LayerChart:
    """Each unit as a dot in the row of what it lies in, the median a tick; a click selects the dot (`open`).

    A row has its name above, and below the dots the names of the lowest and the highest.
    """
    look = presentation.look
    scale = alt.Scale(zero=False, nice=True, padding=look.px(8))
    marks = alt.Axis(format=axis_format, orient="bottom", tickCount=6, grid=True)
    y = alt.Y("row:N", sort=alt.EncodingSortField("row_place", op="min"), axis=None)
    heights = alt.Scale(domain=[-2.6, 2.6], range=[-look.px(6), look.px(row_height - 6)])
    base = alt.Chart(rows).encode(y=y)
    areas = base.transform_filter("datum.role == 'row'")
    units = base.transform_filter("datum.role == 'unit'")
    x = alt.X("share:Q", scale=scale, title=None, axis=marks)
    tick = {"height": look.px(row_height * 0.36), "yOffset": -look.px(6)}
    layers = [
        *_row_labels(areas, look, row_height),
        units.mark_circle(size=look.px(80), color=look.blue, opacity=0.75, stroke=look.paper, cursor="pointer")
        .encode(x=x, yOffset=alt.YOffset("jitter:Q", scale=heights), tooltip=presentation.tips)
        .properties(name="dots")
        .add_params(click_selection("code")),
        areas.mark_tick(color=look.paper, thickness=5, **tick).encode(x=alt.X("median:Q", scale=scale)),
        areas.mark_tick(color=look.ink, thickness=2, **tick).encode(x=alt.X("median:Q", scale=scale)),
    ]
    return presentation.finished(layers, alt.Step(look.px(row_height)))


def _row_labels(areas: alt.Chart, look: Look, row_height: int) -> list[alt.Chart]:
    """A row's name and median above its dots, the ends below: nearer to their own dots than to the next name."""
    above, below = -look.px(row_height / 2 - 9), look.px(row_height / 2 - 22)
    quiet = {"fontSize": look.px(12), "color": look.soft}
    left, right = {"x": alt.value(0)}, {"x": alt.value("width")}
    return [
        areas.mark_text(align="left", fontWeight=600, yOffset=above).encode(**left, text="label:N"),
        areas.mark_text(align="right", **quiet, yOffset=above).encode(**right, text="words:N"),
        areas.mark_text(align="left", **quiet, yOffset=below).encode(**left, text="lowest:N"),
        areas.mark_text(align="right", **quiet, yOffset=below).encode(**right, text="highest:N"),
    ]
