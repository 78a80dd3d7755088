"""Days as charts: unit by day as cells, and the trend of an area with the spread of what lies in it."""

import altair as alt
import pandas as pd

from lib.screen.charts.ranking import DAY, MONTH, TOLD, on_shade, opening, shades, tips
from lib.screen.charts.theme import DASHES, LOOKS, SHAPES, Look, themed

# The month stands with the first day and with each month's own first.
DAY_LABEL = f"datum.index == 0 || {DAY} == '01' ? {DAY} + '/' + {MONTH} : {DAY}"
RUNNING = "datum.running === true"
FITS = "length(datum.number) * {wide} > bandwidth('x') ? 0 : 1"


def heat_map(
    cells: pd.DataFrame, *, title: str, tooltips: dict[str, str], locale: dict | None = None, theme: str = "light"
) -> alt.LayerChart:
    """Unit by day, the number in each cell that has room for it; an empty dashed cell has no entries.

    Cells of a day still being entered are framed in dashes. A click selects the unit and its day. Columns: code,
    place, label, day (ISO), shade (0…7, None: no entries), number (in words), running.
    """
    look = LOOKS[theme]
    names = alt.Axis(labelColor=look.ink, labelLimit=look.px(170), labelFontSize=look.px(12))
    days = alt.Axis(
        labelExpr=DAY_LABEL,
        labelAngle=0,
        orient="top",
        labelFontSize=look.px(11),
        labelOverlap="greedy",
        labelPadding=4,
        labelSeparation=3,
    )
    base = alt.Chart(cells).encode(
        x=alt.X("day:O", title=None, axis=days),
        y=alt.Y("label:N", title=None, sort=alt.EncodingSortField("place", op="min"), axis=names),
        tooltip=tips(tooltips),
    )
    told, silent = base.transform_filter(TOLD), base.transform_filter(f"!{TOLD}")
    words = {"fontSize": look.px(11), "opacity": alt.ExprRef(FITS.format(wide=look.px(11) * 0.56))}
    layers = [
        told.mark_rect(stroke=look.paper, strokeWidth=1.5).encode(color=shades(look)),
        silent.mark_rect(fill=look.paper, stroke=look.soft, strokeDash=[2, 2]),
        told.mark_text(**words).encode(text="number:N", color=on_shade(look)),
        silent.mark_text(fontSize=look.px(11), color=look.amber).encode(text="number:N"),
        base.transform_filter(RUNNING).mark_rect(fill=None, stroke=look.ink, strokeWidth=1.5, strokeDash=[4, 3]),
        base.mark_rect(opacity=0.001, cursor="pointer").properties(name="cells").add_params(opening("code", "day")),
    ]
    height = alt.Step(look.px(28))
    return themed(alt.layer(*layers).properties(title=title, height=height, width="container"), locale, theme)


def trend_lines(
    points: pd.DataFrame,
    *,
    title: str,
    tooltips: dict[str, str],
    unit: str = ".1~%",
    names: int = 128,
    top: float | None = None,
    locale: dict | None = None,
    theme: str = "light",
) -> alt.LayerChart:
    """A figure by day: the area as the thick line in the band of its units, the chosen ones named at their ends.

    A day without entries is a gap; the way to a day still being entered is dashed and ends in a hollow point.
    Columns: code, label, day (ISO), share, role ('area', 'chosen', 'sum', 'band', 'area-now', 'chosen-now', 'target'),
    running, note (in words), series (0…3), end (label height at the last day, else None), and in the rows of the band
    low, lower, upper, high. `unit` is the axis' format, which ends at `top` or the largest; `names` is the room for
    those at the ends.
    """
    look = LOOKS[theme]
    room = alt.Scale(range=[look.px(8), alt.ExprRef(f"width - {look.px(names)}")])
    dates = alt.Axis(labelExpr=f"{DAY} + '/' + {MONTH}", labelAngle=0, labelOverlap=True, labelSeparation=8)
    days = alt.Chart(points).encode(x=alt.X("day:O", title=None, scale=room, axis=dates))
    scale = alt.Scale(domain=[0, top]) if top else alt.Scale(zero=True, nice=True)
    y = alt.Y("share:Q", title=None, scale=scale, axis=alt.Axis(format=unit, tickCount=6))
    base = days.encode(y=y, detail="code:N")
    named = base.transform_filter("datum.role == 'area' || datum.role == 'chosen'")
    layers = [
        *_bands(days.transform_filter("datum.role == 'band'"), look),
        *_target(base.transform_filter("datum.role == 'target'"), look),
        *_lines(base, look),
        *_area(base, look),
        days.transform_filter(f"datum.role == 'area-now' && {RUNNING}")
        .mark_text(align="right", dx=4, fontSize=look.px(12), color=look.ink)
        .encode(y=alt.value(-8), text="note:N"),
        named.mark_point(size=160, opacity=0.001).encode(tooltip=tips(tooltips)),
    ]
    height = look.px(300)
    return themed(alt.layer(*layers).properties(title=title, height=height, width="container"), locale, theme)


def _bands(days: alt.Chart, look: Look) -> list[alt.Chart]:
    """From the lowest unit to the highest pale, the middle half of them darker; both also have edges."""
    edge = {"color": look.soft, "strokeWidth": 0.8, "strokeDash": [2, 3]}
    return [
        days.mark_area(color=look.ramp[0], opacity=0.9 if look.size == 1 else 0.25).encode(y="low:Q", y2="high:Q"),
        days.mark_area(color=look.ramp[2], opacity=0.8 if look.size == 1 else 0.35).encode(y="lower:Q", y2="upper:Q"),
        days.mark_line(**edge).encode(y="low:Q"),
        days.mark_line(**edge).encode(y="high:Q"),
    ]


def _target(target: alt.Chart, look: Look) -> list[alt.Chart]:
    """A dashed line from the first day to the last, its word among the names at the ends."""
    line = target.mark_line(color=look.amber, strokeDash=[6, 3], strokeWidth=1.2)
    words = target.mark_text(align="left", dx=8, color=look.amber, fontSize=look.px(12))
    return [line, words.encode(y="end:Q", text="label:N")]


def _area(base: alt.Chart, look: Look) -> list[alt.Chart]:
    area, now = (base.transform_filter(f"datum.role == '{role}'") for role in ("area", "area-now"))
    whole = area.transform_filter(f"!({RUNNING})")
    return [
        whole.mark_line(color=look.ink, strokeWidth=look.px(3)),
        whole.mark_point(size=26, filled=True, opacity=1, color=look.ink),
        now.mark_line(color=look.ink, strokeWidth=look.px(2), strokeDash=[4, 4]),
        now.transform_filter(RUNNING).mark_point(
            size=60, filled=True, opacity=1, fill=look.paper, stroke=look.ink, strokeWidth=2
        ),
        area.mark_text(align="left", dx=8, limit=look.px(118), fontWeight=600).encode(y="end:Q", text="label:N"),
    ]


def _lines(base: alt.Chart, look: Look) -> list[alt.Chart]:
    chosen, now = (base.transform_filter(f"datum.role == '{role}'") for role in ("chosen", "chosen-now"))
    whole = chosen.transform_filter(f"!({RUNNING})")
    places = [0, 1, 2, 3]
    colour = alt.Color("series:N", scale=alt.Scale(domain=places, range=list(look.series)), legend=None)
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=places, range=DASHES), legend=None)
    shape = alt.Shape("series:N", scale=alt.Scale(domain=places, range=SHAPES), legend=None)
    names = {"align": "left", "dx": 8, "limit": look.px(118)}
    return [
        whole.mark_line(strokeWidth=look.px(2)).encode(color=colour, strokeDash=dash),
        whole.mark_point(size=36, filled=True, opacity=1).encode(color=colour, shape=shape),
        now.mark_line(strokeWidth=look.px(1.5), strokeDash=[4, 4]).encode(color=colour),
        now.transform_filter(RUNNING).mark_point(size=50, opacity=1, strokeWidth=2).encode(color=colour, shape=shape),
        chosen.mark_text(**names).encode(y="end:Q", text="label:N", color=colour),
    ]
