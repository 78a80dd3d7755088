"""Charts as pure functions: a DataFrame and finished words in, an Altair chart out. One theme for all.

Blue is coverage (light = low), amber a mark to look at. Every colour also carries a number, a word or
a shape, so that the charts read in print, in grey and to colour-blind eyes. Columns of the frames have
fixed names; nothing here is translated, queried or drawn.
"""

import altair as alt
import pandas as pd

from lib.screen.chart_theme import (
    AMBER,
    BLUE,
    DARK_FROM,
    DASHES,
    GRID,
    INK,
    PALE,
    RAMP,
    SERIES,
    SHAPES,
    STEPS,
    themed,
)

REPORTED = "isValid(datum.coverage)"
DAY, MONTH = "slice(datum.value, 8, 10)", "slice(datum.value, 5, 7)"
DAY_LABEL = f"datum.index == 0 || {DAY} == '01' ? {DAY} + '/' + {MONTH} : {DAY}"


def ramp(field: str) -> alt.Color:
    return alt.Color(f"{field}:Q", scale=alt.Scale(domain=STEPS, range=RAMP, type="threshold"), legend=None)


def _tooltips(words: dict[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in words.items()]


def _span(scale: alt.Scale) -> dict:
    """The whole width of a row."""
    return {"x": alt.X(datum=0, type="quantitative", scale=scale, axis=None), "x2": alt.X2(datum=1)}


def coverage_bars(
    rows: pd.DataFrame,
    *,
    title: str,
    tooltips: dict[str, str],
    target: float | None = None,
    target_label: str = "",
    locale: dict | None = None,
) -> alt.LayerChart:
    """Ranked bars, the unit's name above each; a click selects the row (`open`, by `code`).

    Columns: code, place (order on the page), label, coverage (None: not reported), before, value (in words).
    """
    scale = alt.Scale(domain=[0, 1], nice=False, range=[0, alt.ExprRef("width - 58")])
    y = alt.Y("code:N", sort=alt.EncodingSortField("place", op="min"), axis=None)
    base = alt.Chart(rows).encode(y=y, tooltip=_tooltips(tooltips))
    told, silent = base.transform_filter(REPORTED), base.transform_filter(f"!{REPORTED}")
    words = {"align": "left", "limit": alt.ExprRef("width")}
    layers = [
        *_bars(told, silent, scale),
        base.mark_text(**words, yOffset=-9, fontWeight=600).encode(x=alt.value(0), text="label:N"),
        told.mark_text(align="right", yOffset=8, fontSize=14, fontWeight=600).encode(
            x=alt.value("width"), text="value:N"
        ),
        silent.mark_text(**words, dx=8, yOffset=8, fontSize=12, color=AMBER).encode(x=alt.value(0), text="value:N"),
        *_target(rows, target, target_label, scale),
        base.mark_bar(opacity=0.001, cursor="pointer", height=alt.RelativeBandSize(band=1))
        .encode(**_span(scale))
        .properties(name="rows")
        .add_params(alt.selection_point(name="open", fields=["code"], on="click", empty=False)),
    ]
    return themed(alt.layer(*layers).properties(title=title, height=alt.Step(42), width="container"), locale)


def _bars(told: alt.Chart, silent: alt.Chart, scale: alt.Scale) -> list[alt.Chart]:
    """A pale track, the bar on it, a mark where the day before stood; a dashed outline where nothing was reported."""
    bar = {"height": 14, "yOffset": 8, "cornerRadius": 2}
    before = alt.X("before:Q", scale=scale, axis=None)
    return [
        told.mark_bar(**bar, color=PALE).encode(**_span(scale)),
        silent.mark_bar(**bar, fill="#ffffff", stroke=AMBER, strokeDash=[4, 3]).encode(**_span(scale)),
        told.mark_bar(**bar, stroke=BLUE, strokeWidth=0.7).encode(
            x=alt.X("coverage:Q", scale=scale, axis=None), x2=alt.X2(datum=0), color=ramp("coverage")
        ),
        told.mark_tick(color="#ffffff", thickness=5, height=19, yOffset=8).encode(x=before),
        told.mark_tick(color=INK, thickness=2, height=19, yOffset=8).encode(x=before),
    ]


def _target(rows: pd.DataFrame, target: float | None, label: str, scale: alt.Scale) -> list[alt.Chart]:
    """A dashed line through all rows; the word stands on top of it."""
    if target is None:
        return []
    at = alt.X(datum=target, type="quantitative", scale=scale, axis=None)
    first = alt.Chart(rows).transform_filter("datum.place == 0").encode(x=at)
    return [
        first.mark_rule(color=AMBER, strokeDash=[6, 3], strokeWidth=1.5).encode(y=alt.value(0), y2=alt.value("height")),
        first.mark_text(align="right", dx=-4, color=AMBER, fontSize=12).encode(y=alt.value(-6), text=alt.value(label)),
    ]


def heat_map(
    cells: pd.DataFrame, *, title: str, tooltips: dict[str, str], locale: dict | None = None
) -> alt.LayerChart:
    """Unit by day, the percentage in each cell; an empty dashed cell had reported nothing.

    Columns: code, place, label, day (ISO), coverage, number (in words).
    """
    base = alt.Chart(cells).encode(
        x=alt.X("day:O", title=None, axis=alt.Axis(labelExpr=DAY_LABEL, labelAngle=0, orient="top", labelFontSize=11)),
        y=alt.Y("label:N", title=None, sort=alt.EncodingSortField("place", op="min"),
                axis=alt.Axis(labelColor=INK, labelLimit=alt.ExprRef("width < 300 ? 90 : 150"))),
        tooltip=_tooltips(tooltips),
    )  # fmt: skip
    told, silent = base.transform_filter(REPORTED), base.transform_filter(f"!{REPORTED}")
    ink = alt.condition(f"datum.coverage >= {DARK_FROM}", alt.value("#ffffff"), alt.value(INK))
    layers = [
        told.mark_rect(stroke="#ffffff", strokeWidth=1.5).encode(color=ramp("coverage")),
        silent.mark_rect(fill="#ffffff", stroke=GRID, strokeDash=[2, 2]),
        told.mark_text(fontSize=11).encode(text="number:N", color=ink),
        silent.mark_text(fontSize=11, color=AMBER).encode(text="number:N"),
    ]
    return themed(alt.layer(*layers).properties(title=title, height=alt.Step(28), width="container"), locale)


def trend_lines(
    points: pd.DataFrame, *, title: str, tooltips: dict[str, str], locale: dict | None = None
) -> alt.LayerChart:
    """Coverage by day: the area and the chosen units with their names at the line ends, the others pale behind.

    Columns: code, label, day (ISO), coverage, role ('area', 'chosen', 'other'), series (0…3), end (label
    height at the last day, else None).
    """
    room = alt.Scale(range=[8, alt.ExprRef("width - 130")])
    dates = alt.Axis(labelExpr=f"{DAY} + '/' + {MONTH}", labelAngle=0, labelOverlap=True)
    base = alt.Chart(points).encode(
        x=alt.X("day:O", title=None, scale=room, axis=dates),
        y=alt.Y("coverage:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(format="%")),
        detail="code:N",
    )
    colour = alt.Color("series:N", scale=alt.Scale(domain=[0, 1, 2, 3], range=SERIES), legend=None)
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=[0, 1, 2, 3], range=DASHES), legend=None)
    shape = alt.Shape("series:N", scale=alt.Scale(domain=[0, 1, 2, 3], range=SHAPES), legend=None)
    other = base.transform_filter("datum.role == 'other'")
    chosen = base.transform_filter("datum.role == 'chosen'")
    area = base.transform_filter("datum.role == 'area'")
    names = {"align": "left", "dx": 8, "limit": 120}
    end = alt.Y("end:Q", scale=alt.Scale(zero=False, nice=True))
    layers = [
        other.mark_line(color=GRID, strokeWidth=1.2),
        chosen.mark_line(strokeWidth=2).encode(color=colour, strokeDash=dash),
        chosen.mark_point(size=36, filled=True, opacity=1).encode(color=colour, shape=shape),
        area.mark_line(color=INK, strokeWidth=3),
        chosen.mark_text(**names).encode(y=end, text="label:N", color=colour),
        area.mark_text(**names, fontWeight=600).encode(y=end, text="label:N"),
        base.mark_point(size=160, opacity=0.001).encode(tooltip=_tooltips(tooltips)),
    ]
    return themed(alt.layer(*layers).properties(title=title, height=280, width="container"), locale)


def side_by_side(
    bars: pd.DataFrame, *, title: str, tooltips: dict[str, str], locale: dict | None = None
) -> alt.LayerChart:
    """The same measures of a few units beside each other, each bar named at its end.

    Columns: measure (in words), measure_place, code, place, series (0…3), share, end (share or 0), value.
    """
    scale = alt.Scale(domain=[0, 1], nice=False, range=[0, alt.ExprRef("width - 170")])
    base = alt.Chart(bars).encode(
        y=alt.Y("measure:N", title=None, sort=alt.EncodingSortField("measure_place", op="min"),
                axis=alt.Axis(labelColor=INK, labelLimit=130), scale=alt.Scale(paddingInner=0.25)),
        yOffset=alt.YOffset("place:O", sort=None),
        tooltip=_tooltips(tooltips),
    )  # fmt: skip
    colour = alt.Color("series:N", scale=alt.Scale(domain=[0, 1, 2, 3], range=SERIES), legend=None)
    layers = [
        base.mark_bar(cornerRadius=2).encode(x=alt.X("share:Q", scale=scale, axis=None), color=colour),
        base.mark_text(align="left", dx=5, fontSize=12, limit=160).encode(
            x=alt.X("end:Q", scale=scale), text="value:N"
        ),
    ]
    return themed(alt.layer(*layers).properties(title=title, height=340, width="container"), locale)
