"""A figure by unit and day as cells; the darker, the higher."""

import altair as alt
import pandas as pd

from lib.core.errors import N_
from lib.screen import figure_words as words
from lib.screen.charts import figures
from lib.screen.charts.figures import Figure
from lib.screen.charts.parts import (
    DAY,
    HAS_SHADE,
    MONTH,
    RUNNING,
    Presentation,
    click_selection,
    ink_on_shade,
    shade_colour,
)
from lib.screen.charts.theme import Look
from lib.screen.i18n import _
from lib.screen.i18n import day as in_words

TIPS = {"label": N_("Unit"), "date": N_("Day"), "value": N_("Figure"), "counts": N_("Count")}
ACROSS = ("label", "date", "value")  # row, column and cell of the table below the chart

# The month stands with the first day and with each month's own first.
_DAY_LABEL = f"datum.index == 0 || {DAY} == '01' ? {DAY} + '/' + {MONTH} : {DAY}"
_FITS = "length(datum.number) * {wide} > bandwidth('x') ? 0 : 1"


def frame(points: list[dict], units: list[dict], figure: Figure) -> pd.DataFrame:
    """One row for each point, a unit on a day; units stand in the order of `units`, the area itself first.

    Columns: code, place, label, day (ISO), running, share (what is drawn), shade (0…7; both None: no entries), and in
    words date, value, counts, number (short, for the cell).
    """
    labels = words.labels(units)
    order = {code: place for place, code in enumerate(labels)}
    points = [point for point in points if point["code"] in order]
    largest = max((figures.amount(p) or 0 for p in points if order[p["code"]]), default=0)  # of the units below
    return pd.DataFrame(
        [
            {
                "code": p["code"],
                "place": order[p["code"]],
                "label": labels[p["code"]],
                "day": p["day"],
                "date": _date(p),
                "value": figures.value_words(p),
                "counts": figures.count_words(p),
                "running": bool(p.get("running")),
                "share": figures.amount(p),
                "shade": figures.ramp_step(p, figure, largest),
                "number": figures.cell_words(p, figure),
            }
            for p in points
        ]
    ).astype({"share": float, "shade": float} if points else {})


def _date(point: dict) -> str:
    """The day as it heads a column; one that is still being entered says so."""
    date = in_words(point["day"])
    return f"{date} ({_('being entered')})" if point.get("running") else date


def chart(rows: pd.DataFrame, presentation: Presentation) -> alt.LayerChart:
    """Unit by day, the number in each cell that has room for it; an empty dashed cell has no entries.

    Cells of a day still being entered are framed in dashes. A click selects the unit and its day.
    """
    look = presentation.look
    base = alt.Chart(rows).encode(**_axes(look), tooltip=presentation.tips)
    reported, silent = base.transform_filter(HAS_SHADE), base.transform_filter(f"!{HAS_SHADE}")
    text = {"fontSize": look.px(11), "opacity": alt.ExprRef(_FITS.format(wide=look.px(11) * 0.56))}
    layers = [
        reported.mark_rect(stroke=look.paper, strokeWidth=1.5).encode(color=shade_colour(look)),
        silent.mark_rect(fill=look.paper, stroke=look.soft, strokeDash=[2, 2]),
        reported.mark_text(**text).encode(text="number:N", color=ink_on_shade(look)),
        silent.mark_text(fontSize=look.px(11), color=look.amber).encode(text="number:N"),
        base.transform_filter(RUNNING).mark_rect(fill=None, stroke=look.ink, strokeWidth=1.5, strokeDash=[4, 3]),
        base.mark_rect(opacity=0.001, cursor="pointer")
        .properties(name="cells")
        .add_params(click_selection("code", "day")),
    ]
    return presentation.finished(layers, alt.Step(look.px(28)))


def _axes(look: Look) -> dict:
    names = alt.Axis(labelColor=look.ink, labelLimit=look.px(170), labelFontSize=look.px(12))
    days = alt.Axis(
        labelExpr=_DAY_LABEL,
        labelAngle=0,
        orient="top",
        labelFontSize=look.px(11),
        labelOverlap="greedy",
        labelPadding=4,
        labelSeparation=3,
    )
    return {
        "x": alt.X("day:O", title=None, axis=days),
        "y": alt.Y("label:N", title=None, sort=alt.EncodingSortField("place", op="min"), axis=names),
    }
