"""Coverage by unit as ranked bars, with the day before as a tick and the target as a line."""

import altair as alt
import pandas as pd

from lib.core.errors import N_
from lib.screen import figure_words as words
from lib.screen.charts.parts import Presentation, Target, by_place, click_selection, target_line, whole_width
from lib.screen.charts.theme import STEPS, Look
from lib.screen.i18n import points

TIPS = {
    "unit": N_("Unit"),
    "value": N_("Coverage"),
    "on_time": N_("On time"),
    "attempted": N_("Attempted"),
    "reach": N_("Reach"),
    "change": N_("Change"),
    "against": N_("Compared with"),
}
_REPORTED = "isValid(datum.coverage)"


def frame(figures: list[dict], against: str) -> pd.DataFrame:
    """One row for each unit, in the order of the ranks; `against` says what the changes are measured against.

    Columns: code, place, label (rank and name), coverage (None: not reported), before (coverage of the day before),
    and in words unit, value, on_time, attempted, reach, change, against.
    """
    return pd.DataFrame(
        [
            {
                "code": f["code"],
                "place": place,
                "label": f"{f['rank']}.  {words.name(f)}" if f["rank"] else words.name(f),
                "unit": words.name(f),
                "coverage": f["coverage"] if f["reported"] else None,
                "before": None if f["change"] is None else f["coverage"] - f["change"],
                "value": words.coverage(f),
                "on_time": words.of_due("seen_on_time")(f),
                "attempted": words.of_due("attempted")(f),
                "reach": words.reach(f),
                "change": points(f["change"]),
                "against": against,
            }
            for place, f in enumerate(figures)
        ]
    ).astype({"coverage": float, "before": float})


def chart(rows: pd.DataFrame, presentation: Presentation, *, target: Target | None = None) -> alt.LayerChart:
    """Ranked bars, the unit's name above each; a click selects the row (`open`, by `code`)."""
    look = presentation.look
    scale = alt.Scale(domain=[0, 1], nice=False, range=[0, alt.ExprRef(f"width - {look.px(58)}")])
    base = alt.Chart(rows).encode(y=by_place("code"), tooltip=presentation.tips)
    reported, silent = base.transform_filter(_REPORTED), base.transform_filter(f"!{_REPORTED}")
    low, text = look.px(8), {"align": "left", "limit": alt.ExprRef("width")}
    layers = [
        *_bars(reported, silent, scale, look),
        base.mark_text(**text, yOffset=-look.px(9), fontWeight=600).encode(x=alt.value(0), text="label:N"),
        reported.mark_text(align="right", yOffset=low, fontSize=look.px(14), fontWeight=600).encode(
            x=alt.value("width"), text="value:N"
        ),
        silent.mark_text(**text, dx=8, yOffset=low, fontSize=look.px(12), color=look.amber).encode(
            x=alt.value(0), text="value:N"
        ),
        *target_line(rows, target, scale, look),
        base.mark_bar(opacity=0.001, cursor="pointer", height=alt.RelativeBandSize(band=1))
        .encode(**whole_width(scale))
        .properties(name="rows")
        .add_params(click_selection("code")),
    ]
    return presentation.finished(layers, alt.Step(look.px(42)))


def _bars(reported: alt.Chart, silent: alt.Chart, scale: alt.Scale, look: Look) -> list[alt.Chart]:
    """A pale track, the bar on it, a mark where the day before stood; a dashed outline where nothing was reported."""
    bar = {"height": look.px(14), "yOffset": look.px(8), "cornerRadius": 2}
    tick = {"height": look.px(19), "yOffset": look.px(8)}
    before = alt.X("before:Q", scale=scale, axis=None)
    steps = alt.Scale(domain=STEPS, range=list(look.ramp), type="threshold")
    return [
        reported.mark_bar(**bar, color=look.pale).encode(**whole_width(scale)),
        silent.mark_bar(**bar, fill=look.paper, stroke=look.amber, strokeDash=[4, 3]).encode(**whole_width(scale)),
        reported.mark_bar(**bar, stroke=look.blue, strokeWidth=0.7).encode(
            x=alt.X("coverage:Q", scale=scale, axis=None),
            x2=alt.X2(datum=0),
            color=alt.Color("coverage:Q", scale=steps, legend=None),
        ),
        reported.mark_tick(color=look.paper, thickness=5, **tick).encode(x=before),
        reported.mark_tick(color=look.ink, thickness=2, **tick).encode(x=before),
    ]
