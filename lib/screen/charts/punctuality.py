"""How completely and how punctually units report, as bars: on time within reported within due."""

import altair as alt
import pandas as pd

from lib.screen.charts.ranking import span, tips
from lib.screen.charts.theme import LOOKS, themed


def punctuality(
    rows: pd.DataFrame, *, title: str, tooltips: dict[str, str], locale: dict | None = None, theme: str = "light"
) -> alt.LayerChart:
    """One bar for each unit: dark what came on time, light what came late, empty what never came.

    Columns: code, place (order on the page), label, completeness, timeliness (None: nothing due), value (in words).
    """
    look = LOOKS[theme]
    scale = alt.Scale(domain=[0, 1], nice=False)
    y = alt.Y("code:N", sort=alt.EncodingSortField("place", op="min"), axis=None)
    base = alt.Chart(rows).encode(y=y, tooltip=tips(tooltips))
    bar = {"height": look.px(14), "yOffset": look.px(8), "cornerRadius": 2}
    words = {"yOffset": -look.px(9), "limit": alt.ExprRef("width")}
    layers = [
        base.mark_bar(**bar, color=look.pale).encode(**span(scale)),
        base.mark_bar(**bar, color=look.ramp[2]).encode(x=alt.X("completeness:Q", scale=scale, axis=None)),
        base.mark_bar(**bar, color=look.blue).encode(x=alt.X("timeliness:Q", scale=scale, axis=None)),
        base.mark_text(**words, align="left", fontWeight=600).encode(x=alt.value(0), text="label:N"),
        base.mark_text(**words, align="right").encode(x=alt.value("width"), text="value:N"),
    ]
    height = alt.Step(look.px(42))
    return themed(alt.layer(*layers).properties(title=title, height=height, width="container"), locale, theme)
