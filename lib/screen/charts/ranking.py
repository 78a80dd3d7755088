"""Charts as pure functions: a DataFrame and finished words in, an Altair chart out. One theme for all.

Blue is the figure (light = low), amber a mark to look at. Every colour also carries a number, a word or
a shape, so that the charts read in print, in grey and to colour-blind eyes. Columns of the frames have
fixed names; nothing here is translated, queried or drawn. Here are the ranked bars and what all charts
share; the others lie in `charts_days`, `charts_units` and `charts_steps`.
"""

import altair as alt
import pandas as pd

from lib.screen.charts.theme import DARK_FROM, LOOKS, RAMP, STEPS, Look, themed

REPORTED = "isValid(datum.coverage)"
TOLD = "isValid(datum.shade)"
DAY, MONTH = "slice(datum.value, 8, 10)", "slice(datum.value, 5, 7)"


def ramp(field: str, look: Look) -> alt.Color:
    """The colour of a coverage."""
    return alt.Color(f"{field}:Q", scale=alt.Scale(domain=STEPS, range=list(look.ramp), type="threshold"), legend=None)


def shades(look: Look) -> alt.Color:
    """The colour of a step of the ramp, `shade` 0…7, for any figure."""
    return alt.Color(
        "shade:Q", legend=None, scale=alt.Scale(domain=[*range(1, len(RAMP))], range=list(look.ramp), type="threshold")
    )


def on_shade(look: Look) -> dict:
    """The ink of words that stand on a step of the ramp."""
    return alt.condition(f"datum.shade >= {DARK_FROM}", alt.value(look.on_dark), alt.value(look.on_light))


def tips(words: dict[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in words.items()]


def opening(*fields: str) -> alt.Parameter:
    """A click selects a row by these fields; the page opens what they name."""
    return alt.selection_point(name="open", fields=list(fields), on="click", empty=False)


def span(scale: alt.Scale) -> dict:
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
    theme: str = "light",
) -> alt.LayerChart:
    """Ranked bars, the unit's name above each; a click selects the row (`open`, by `code`).

    Columns: code, place (order on the page), label, coverage (None: not reported), before, value (in words).
    """
    look = LOOKS[theme]
    scale = alt.Scale(domain=[0, 1], nice=False, range=[0, alt.ExprRef(f"width - {look.px(58)}")])
    y = alt.Y("code:N", sort=alt.EncodingSortField("place", op="min"), axis=None)
    base = alt.Chart(rows).encode(y=y, tooltip=tips(tooltips))
    told, silent = base.transform_filter(REPORTED), base.transform_filter(f"!{REPORTED}")
    low, words = look.px(8), {"align": "left", "limit": alt.ExprRef("width")}
    layers = [
        *_bars(told, silent, scale, look),
        base.mark_text(**words, yOffset=-look.px(9), fontWeight=600).encode(x=alt.value(0), text="label:N"),
        told.mark_text(align="right", yOffset=low, fontSize=look.px(14), fontWeight=600).encode(
            x=alt.value("width"), text="value:N"
        ),
        silent.mark_text(**words, dx=8, yOffset=low, fontSize=look.px(12), color=look.amber).encode(
            x=alt.value(0), text="value:N"
        ),
        *target_line(rows, target, target_label, scale, look),
        base.mark_bar(opacity=0.001, cursor="pointer", height=alt.RelativeBandSize(band=1))
        .encode(**span(scale))
        .properties(name="rows")
        .add_params(opening("code")),
    ]
    height = alt.Step(look.px(42))
    return themed(alt.layer(*layers).properties(title=title, height=height, width="container"), locale, theme)


def _bars(told: alt.Chart, silent: alt.Chart, scale: alt.Scale, look: Look) -> list[alt.Chart]:
    """A pale track, the bar on it, a mark where the day before stood; a dashed outline where nothing was reported."""
    bar = {"height": look.px(14), "yOffset": look.px(8), "cornerRadius": 2}
    tick = {"height": look.px(19), "yOffset": look.px(8)}
    before = alt.X("before:Q", scale=scale, axis=None)
    return [
        told.mark_bar(**bar, color=look.pale).encode(**span(scale)),
        silent.mark_bar(**bar, fill=look.paper, stroke=look.amber, strokeDash=[4, 3]).encode(**span(scale)),
        told.mark_bar(**bar, stroke=look.blue, strokeWidth=0.7).encode(
            x=alt.X("coverage:Q", scale=scale, axis=None), x2=alt.X2(datum=0), color=ramp("coverage", look)
        ),
        told.mark_tick(color=look.paper, thickness=5, **tick).encode(x=before),
        told.mark_tick(color=look.ink, thickness=2, **tick).encode(x=before),
    ]


def target_line(rows: pd.DataFrame, target: float | None, label: str, scale: alt.Scale, look: Look) -> list[alt.Chart]:
    """A dashed line through all rows; the word stands on top of it."""
    if target is None:
        return []
    at = alt.X(datum=target, type="quantitative", scale=scale, axis=None)
    first = alt.Chart(rows).transform_filter("datum.place == 0").encode(x=at)
    words = {"align": "right", "dx": -4, "color": look.amber, "fontSize": look.px(12)}
    line = {"color": look.amber, "strokeDash": [6, 3], "strokeWidth": 1.5}
    return [
        first.mark_rule(**line).encode(y=alt.value(0), y2=alt.value("height")),
        first.mark_text(**words).encode(y=alt.value(-6), text=alt.value(label)),
    ]
