"""The steps from a hamlet to a visit in time as bars, with what is lost at each in words."""

import altair as alt
import pandas as pd

from lib.core.errors import N_
from lib.oversight.figures import funnel
from lib.screen.charts.parts import Presentation, by_place, whole_width
from lib.screen.i18n import _, ngettext, number, share

TIPS = {"label": N_("Step"), "value": N_("Count"), "percent": N_("Share"), "loss": N_("Drop at this step")}
_STEPS = {
    "hamlets": N_("Hamlets with a team"),
    "due": N_("Due households"),
    "attempted": N_("Attempted"),
    "seen": N_("Met or reached by phone"),
    "on_time": N_("Recorded by 14:00"),
}


def frame(figure: dict) -> pd.DataFrame:
    """One row for each step of an area's figures.

    Columns: step, place, label, value (counts in words), percent (in words), share, loss (in words, may be empty).
    """
    return pd.DataFrame(
        [
            {
                "step": step["step"],
                "place": place,
                "label": _(_STEPS[step["step"]]),
                "value": f"{number(step['part'])} / {number(step['whole'])}",
                "percent": share(step["part"], step["whole"]),
                "share": step["part"] / step["whole"] if step["whole"] else 0.0,
                "loss": " · ".join(_loss(reason, n) for reason, n in step["lost"].items() if n),
            }
            for place, step in enumerate(funnel.steps(figure))
        ]
    )


def _loss(reason: str, n: int) -> str:
    return {
        "hamlets_without_team": ngettext("{n} hamlet without a team", "{n} hamlets without a team", n),
        "unassigned": ngettext(
            "{n} household without a responsible member", "{n} households without a responsible member", n
        ),
        "excluded": ngettext("{n} household excluded that day", "{n} households excluded that day", n),
        "not_attempted": ngettext("{n} household not visited", "{n} households not visited", n),
        "absent": ngettext("{n} household absent", "{n} households absent", n),
        "refused": ngettext("{n} household refused", "{n} households refused", n),
        "late": ngettext("{n} household recorded after 14:00", "{n} households recorded after 14:00", n),
    }[reason].format(n=number(n))


def chart(rows: pd.DataFrame, presentation: Presentation) -> alt.LayerChart:
    """One bar for each step: its name and count above, the share of all in the bar, the loss in words below."""
    look = presentation.look
    scale = alt.Scale(domain=[0, 1], nice=False, range=[0, alt.ExprRef(f"width - {look.px(62)}")])
    base = alt.Chart(rows).encode(y=by_place("step"), tooltip=presentation.tips)
    bar = {"height": look.px(20), "cornerRadius": 2}
    words = {"align": "left", "limit": alt.ExprRef("width")}
    layers = [
        base.mark_bar(**bar, color=look.pale).encode(**whole_width(scale)),
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
    return presentation.finished(layers, alt.Step(look.px(76)))
