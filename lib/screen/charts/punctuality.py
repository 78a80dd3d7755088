"""How completely and how punctually units report, as bars: on time within reported within due."""

import altair as alt
import pandas as pd

from lib.screen.charts.parts import Presentation, by_place, whole_width


def chart(rows: pd.DataFrame, presentation: Presentation) -> alt.LayerChart:
    """One bar for each unit: dark what came on time, light what came late, empty what never came.

    Columns: code, place (order on the page), label, completeness, timeliness (None: nothing due), value (in words).
    """
    look = presentation.look
    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(rows).encode(y=by_place("code"), tooltip=presentation.tips)
    bar = {"height": look.px(14), "yOffset": look.px(8), "cornerRadius": 2}
    words = {"yOffset": -look.px(9), "limit": alt.ExprRef("width")}
    layers = [
        base.mark_bar(**bar, color=look.pale).encode(**whole_width(scale)),
        base.mark_bar(**bar, color=look.ramp[2]).encode(x=alt.X("completeness:Q", scale=scale, axis=None)),
        base.mark_bar(**bar, color=look.blue).encode(x=alt.X("timeliness:Q", scale=scale, axis=None)),
        base.mark_text(**words, align="left", fontWeight=600).encode(x=alt.value(0), text="label:N"),
        base.mark_text(**words, align="right").encode(x=alt.value("width"), text="value:N"),
    ]
    return presentation.finished(layers, alt.Step(look.px(42)))
