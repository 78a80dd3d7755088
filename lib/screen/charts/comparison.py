"""One figure of an area and of chosen units side by side as bars."""

import altair as alt
import pandas as pd

from lib.screen import figure_words as words
from lib.screen.charts import figures
from lib.screen.charts.figures import Figure
from lib.screen.charts.parts import Presentation, Target, by_place, target_line
from lib.screen.i18n import _

TIPS = figures.UNIT_TIPS
_ROOM = 70  # pixels for the value at a bar's end


def frame(points: list[dict], chosen: list[str], figure: Figure) -> pd.DataFrame:
    """One row for the area, then one for each chosen unit in the order of choice.

    Columns: those of `figures.unit_columns`, place, label, lacking (the days a sum leaves out, in words), role ('area',
    'chosen'), series (0…3). Where the figure is a plain number the area, being their sum, would dwarf them and stays
    out.
    """
    of_unit = {point["code"]: point for point in points}
    shown = points[:1] if figure.is_share else []
    shown = shown + [of_unit[code] for code in chosen if code in of_unit]
    return pd.DataFrame(
        [
            figures.unit_columns(point)
            | {
                "place": place,
                "label": words.name(point),
                "lacking": _lacking(point),
                "role": "chosen" if point["code"] in chosen else "area",
                "series": chosen.index(point["code"]) if point["code"] in chosen else 0,
            }
            for place, point in enumerate(shown)
        ]
    ).astype({"share": float} if shown else {})


def _lacking(point: dict) -> str:
    """The days a sum leaves out, in a few words; where there are none but those, its value says so already."""
    if not point["reported"] or not point.get("gaps"):
        return ""
    return _("no entries: {days}").format(days=figures.gap_words(point, 4))


def chart(
    rows: pd.DataFrame, presentation: Presentation, *, top: float | None = 1, target: Target | None = None
) -> alt.LayerChart:
    """Bars on pale tracks, the name above each and the value at its end; they end at `top`, else at the largest."""
    look = presentation.look
    ends = {"domain": [0, top]} if top else {"zero": True}
    scale = alt.Scale(**ends, nice=False, range=[0, alt.ExprRef(f"width - {look.px(_ROOM)}")])
    base = alt.Chart(rows).encode(y=by_place("code"), tooltip=presentation.tips)
    colour = alt.Color("series:N", scale=alt.Scale(domain=[0, 1, 2, 3], range=list(look.series)), legend=None)
    x, low = alt.X("share:Q", scale=scale, axis=None), look.px(9)
    bar, text = {"height": look.px(18), "yOffset": low, "cornerRadius": 2}, {"limit": alt.ExprRef("width")}
    layers = [
        base.mark_bar(**bar, color=look.pale).encode(
            x=alt.value(0), x2=alt.X2Value(alt.ExprRef(f"width - {look.px(_ROOM)}"))
        ),
        base.transform_filter("datum.role == 'area'").mark_bar(**bar, color=look.ink).encode(x=x),
        base.transform_filter("datum.role == 'chosen'").mark_bar(**bar).encode(x=x, color=colour),
        base.mark_text(**text, align="left", yOffset=-look.px(11), fontWeight=600).encode(
            x=alt.value(0), text="label:N"
        ),
        base.mark_text(align="right", yOffset=low, fontSize=look.px(14), fontWeight=600).encode(
            x=alt.value("width"), text="value:N"
        ),
        base.mark_text(**text, align="left", yOffset=look.px(27), fontSize=look.px(12), color=look.amber).encode(
            x=alt.value(0), text="lacking:N"
        ),
        *target_line(rows, target, scale, look),
    ]
    return presentation.finished(layers, alt.Step(look.px(70)))
