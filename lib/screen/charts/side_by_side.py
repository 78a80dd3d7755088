"""Units against each other as charts: bars of one figure, communes within their districts, and tiles."""

import altair as alt
import pandas as pd

from lib.screen.charts.ranking import TOLD, on_shade, opening, shades, target_line, tips
from lib.screen.charts.theme import LOOKS, Look, themed

ROOM = 70  # pixels for the value at a bar's end


def side_by_side(
    bars: pd.DataFrame,
    *,
    title: str,
    tooltips: dict[str, str],
    top: float | None = 1,
    target: float | None = None,
    target_label: str = "",
    locale: dict | None = None,
    theme: str = "light",
) -> alt.LayerChart:
    """One figure of the area and of the chosen units on pale tracks, the name above each bar and the value at its end.

    Columns: code, place, label, role ('area', 'chosen'), series (0…3), share (None: no entries), value, lacking (what
    the sum leaves out, in words). The bars start at 0 and end at `top`, without one at the largest.
    """
    look = LOOKS[theme]
    ends = {"domain": [0, top]} if top else {"zero": True}
    scale = alt.Scale(**ends, nice=False, range=[0, alt.ExprRef(f"width - {look.px(ROOM)}")])
    y = alt.Y("code:N", sort=alt.EncodingSortField("place", op="min"), axis=None)
    base = alt.Chart(bars).encode(y=y, tooltip=tips(tooltips))
    colour = alt.Color("series:N", scale=alt.Scale(domain=[0, 1, 2, 3], range=list(look.series)), legend=None)
    x, low = alt.X("share:Q", scale=scale, axis=None), look.px(9)
    bar, words = {"height": look.px(18), "yOffset": low, "cornerRadius": 2}, {"limit": alt.ExprRef("width")}
    layers = [
        base.mark_bar(**bar, color=look.pale).encode(
            x=alt.value(0), x2=alt.X2Value(alt.ExprRef(f"width - {look.px(ROOM)}"))
        ),
        base.transform_filter("datum.role == 'area'").mark_bar(**bar, color=look.ink).encode(x=x),
        base.transform_filter("datum.role == 'chosen'").mark_bar(**bar).encode(x=x, color=colour),
        base.mark_text(**words, align="left", yOffset=-look.px(11), fontWeight=600).encode(
            x=alt.value(0), text="label:N"
        ),
        base.mark_text(align="right", yOffset=low, fontSize=look.px(14), fontWeight=600).encode(
            x=alt.value("width"), text="value:N"
        ),
        base.mark_text(**words, align="left", yOffset=look.px(27), fontSize=look.px(12), color=look.amber).encode(
            x=alt.value(0), text="lacking:N"
        ),
        *target_line(bars, target, target_label, scale, look),
    ]
    height = alt.Step(look.px(70))
    return themed(alt.layer(*layers).properties(title=title, height=height, width="container"), locale, theme)


def strip_plot(
    dots: pd.DataFrame,
    *,
    title: str,
    tooltips: dict[str, str],
    unit: str = ".1~%",
    step: int = 92,
    locale: dict | None = None,
    theme: str = "light",
) -> alt.LayerChart:
    """Each unit as a dot in the row of what it lies in, the median a tick; a click selects the dot (`open`).

    A row is `step` high: its name above, and below the dots the names of the lowest and the highest. Columns: code,
    row, row_place, label (the row's name), words (at the row's right), lowest, highest, role ('unit', 'row'), share,
    jitter (-1…1), median (in rows of 'row').
    """
    look = LOOKS[theme]
    scale = alt.Scale(zero=False, nice=True, padding=look.px(8))
    marks = alt.Axis(format=unit, orient="bottom", tickCount=6, grid=True)
    y = alt.Y("row:N", sort=alt.EncodingSortField("row_place", op="min"), axis=None)
    jitter = alt.YOffset("jitter:Q", scale=alt.Scale(domain=[-2.6, 2.6], range=[-look.px(6), look.px(step - 6)]))
    base = alt.Chart(dots).encode(y=y)
    row = base.transform_filter("datum.role == 'row'")
    unit_of = base.transform_filter("datum.role == 'unit'")
    x = alt.X("share:Q", scale=scale, title=None, axis=marks)
    tick = {"height": look.px(step * 0.36), "yOffset": -look.px(6)}
    layers = [
        *_around(row, look, step),
        unit_of.mark_circle(size=look.px(80), color=look.blue, opacity=0.75, stroke=look.paper, cursor="pointer")
        .encode(x=x, yOffset=jitter, tooltip=tips(tooltips))
        .properties(name="dots")
        .add_params(opening("code")),
        row.mark_tick(color=look.paper, thickness=5, **tick).encode(x=alt.X("median:Q", scale=scale)),
        row.mark_tick(color=look.ink, thickness=2, **tick).encode(x=alt.X("median:Q", scale=scale)),
    ]
    height = alt.Step(look.px(step))
    return themed(alt.layer(*layers).properties(title=title, height=height, width="container"), locale, theme)


def _around(row: alt.Chart, look: Look, step: int) -> list[alt.Chart]:
    """A row's name and median above its dots, the ends below: nearer to their own dots than to the next name."""
    above, below = -look.px(step / 2 - 9), look.px(step / 2 - 22)
    quiet = {"fontSize": look.px(12), "color": look.soft}
    left, right = {"x": alt.value(0)}, {"x": alt.value("width")}
    return [
        row.mark_text(align="left", fontWeight=600, yOffset=above).encode(**left, text="label:N"),
        row.mark_text(align="right", **quiet, yOffset=above).encode(**right, text="words:N"),
        row.mark_text(align="left", **quiet, yOffset=below).encode(**left, text="lowest:N"),
        row.mark_text(align="right", **quiet, yOffset=below).encode(**right, text="highest:N"),
    ]


def tile_map(
    tiles: pd.DataFrame,
    *,
    title: str,
    tooltips: dict[str, str],
    columns: int | None = None,
    locale: dict | None = None,
    theme: str = "light",
) -> alt.LayerChart:
    """Units as tiles where they lie on the map, else in a grid as wide as there is room; a click selects one.

    Columns: code, place, column and line (None: in order), label, second (the name's second line, may be
    empty), number (in words), shade.
    """
    look = LOOKS[theme]
    wide = str(columns) if columns else f"max(2, floor(width / {look.px(112)}))"
    base = (
        alt.Chart(tiles)
        .transform_calculate(
            column=f"isValid(datum.column) ? datum.column : datum.place % {wide}",
            line=f"isValid(datum.line) ? datum.line : floor(datum.place / {wide})",
        )
        .encode(
            x=alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.03, paddingOuter=0)),
            y=alt.Y("line:O", axis=None, scale=alt.Scale(paddingInner=0.05, paddingOuter=0)),
            tooltip=tips(tooltips),
        )
    )
    told, silent = base.transform_filter(TOLD), base.transform_filter(f"!{TOLD}")
    tile = {"cornerRadius": 4}
    layers = [
        told.mark_rect(**tile, stroke=look.grid, strokeWidth=1).encode(color=shades(look)),
        silent.mark_rect(**tile, fill=look.paper, stroke=look.amber, strokeDash=[4, 3]),
        *_on_tiles(told, silent, look),
        base.mark_rect(opacity=0.001, cursor="pointer").properties(name="tiles").add_params(opening("code")),
    ]
    height = alt.Step(look.px(76))
    return themed(alt.layer(*layers).properties(title=title, height=height, width="container"), locale, theme)


def _on_tiles(told: alt.Chart, silent: alt.Chart, look: Look) -> list[alt.Chart]:
    """The name, in two lines where it needs them, and under it the number."""
    name = {"fontSize": look.px(12), "limit": alt.ExprRef("bandwidth('x') - 6"), "fontWeight": 600}
    lines = [
        ("label:N", alt.ExprRef(f"datum.second ? {-look.px(24)} : {-look.px(14)}"), name),
        ("second:N", -look.px(9), name),
        ("number:N", look.px(16), {"fontSize": look.px(17), "fontWeight": 600}),
    ]
    ink = on_shade(look)
    words = [told.mark_text(yOffset=at, **how).encode(text=text, color=ink) for text, at, how in lines]
    lines[2] = ("number:N", look.px(16), {"fontSize": look.px(12)})
    return words + [silent.mark_text(yOffset=at, color=look.amber, **how).encode(text=text) for text, at, how in lines]
