"""How completely and how punctually units report, as bars: on time within reported within due."""

import altair as alt
import pandas as pd

from lib.core.errors import N_
from lib.screen import figure_words
from lib.screen.charts.parts import Presentation, by_place, whole_width
from lib.screen.i18n import _, number, share

TIPS = {"label": N_("Unit"), "value": N_("On time · reported"), "counts": N_("Reports")}


def frame(units: list[dict]) -> pd.DataFrame:
    """One row for each unit, the most punctual first; ties by name, as they come.

    Columns: code, place (order on the page), label, completeness, timeliness (None: nothing due), and in words value,
    counts.
    """
    names = figure_words.labels(units)
    ranked = sorted(units, key=lambda unit: (-(unit["own"].timeliness or 0), -(unit["own"].completeness or 0)))
    return pd.DataFrame(
        [_row(unit, names[unit["code"]]) | {"place": place} for place, unit in enumerate(ranked)]
    ).astype({"completeness": float, "timeliness": float})


def _row(unit: dict, name: str) -> dict:
    own = unit["own"]
    return {
        "code": unit["code"],
        "label": name,
        "completeness": own.completeness,
        "timeliness": own.timeliness,
        "value": f"{share(own.on_time, own.due)} · {share(own.submitted, own.due)}",
        "counts": _("{on_time} on time, {sent} reported of {due}").format(
            on_time=number(own.on_time), sent=number(own.submitted), due=number(own.due)
        ),
    }


def chart(rows: pd.DataFrame, presentation: Presentation) -> alt.LayerChart:
    """One bar for each unit: dark the reports on time, light the late ones, empty those that never came."""
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
