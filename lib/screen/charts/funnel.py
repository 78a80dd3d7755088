"""The way from a household to a visit in time as a chart of steps, with what is lost at each in words."""

import altair as alt
import pandas as pd

from lib.screen.charts.ranking import span, tips
from lib.screen.charts.theme import LOOKS, themed


def funnel(
    steps: pd.DataFrame, *, title: str, tooltips: dict[str, str], locale: dict | None = None, theme: str = "light"
) -> alt.LayerChart:
    """One bar for each step: its name and count above, the share of all in the bar, the loss in words below.

    Columns: step, place, label, value (counts in words), percent (in words), share, loss (in words, may be empty).
    """
    look = LOOKS[theme]
    scale = alt.Scale(domain=[0, 1], nice=False, range=[0, alt.ExprRef(f"width - {look.px(62)}")])
    y = alt.Y("step:N", sort=alt.EncodingSortField("place", op="min"), axis=None)
    base = alt.Chart(steps).encode(y=y, tooltip=tips(tooltips))
    bar = {"height": look.px(20), "cornerRadius": 2}
    words = {"align": "left", "limit": alt.ExprRef("width")}
    layers = [
        base.mark_bar(**bar, color=look.pale).encode(**span(scale)),
        base.mark_bar(**bar, color=look.blue).encode(x=alt.X("share:Q", scale=scale, axis=None)),
        base.mark_text(**words, yOffset=-look.px(22), fontWeight=600).encode(x=alt.value(0), text="label:N"),
        base.mark_text(align="right", yOffset=-look.px(22), color=look.soft).encode(
            x=alt.value("width"), text="value:N"
        ),
        base.mark_text(align="right", fontSize=look.px(14), fontWeight=600).encode(
            x=alt.value("width"), text="percent:N"
        ),
        base.mark_text(**words, yOffset=look.px(21), fontSize=look.px(12), color=look.amber).encode(
            x=alt.value(0), text="loss:N"
        ),
    ]
    height = alt.Step(look.px(76))
    return themed(alt.layer(*layers).properties(title=title, height=height, width="container"), locale, theme)
