"""The parts that several charts share: their presentation, scales, colours, tooltips, clicks and the target line.

Blue is the figure (light = low), amber a mark to look at. Every colour also carries a number, a word or
a shape, so that the charts read in print, in grey and to colour-blind eyes.
"""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from lib.screen import i18n
from lib.screen.charts.theme import DARK_FROM, LOOKS, RAMP, VIETNAMESE, Look, themed
from lib.screen.i18n import _

HAS_SHADE = "isValid(datum.shade)"
RUNNING = "datum.running === true"
DAY, MONTH = "slice(datum.value, 8, 10)", "slice(datum.value, 5, 7)"  # of an axis label, an ISO day


@dataclass(frozen=True)
class Presentation:
    """The words, number formats and look of a chart; `tooltips` are titles by column of its rows."""

    title: str
    tooltips: dict[str, str]
    locale: dict | None = None
    theme: str = "light"

    @classmethod
    def of_reader(cls, title: str, tips: dict[str, str], theme: str = "light") -> "Presentation":
        """In the language of the reader; `tips` are the untranslated titles."""
        locale = VIETNAMESE if i18n.language() == "vi" else None
        return cls(title, {column: _(text) for column, text in tips.items()}, locale, theme)

    @property
    def look(self) -> Look:
        return LOOKS[self.theme]

    @property
    def tips(self) -> list[alt.Tooltip]:
        return [alt.Tooltip(f"{column}:N", title=title) for column, title in self.tooltips.items()]

    def finished(self, layers: list[alt.Chart], height: alt.Step | int) -> alt.LayerChart:
        """The layers as one chart as wide as the page."""
        chart = alt.layer(*layers).properties(title=self.title, height=height, width="container")
        return themed(chart, self.locale, self.theme)


@dataclass(frozen=True)
class Target:
    """The share a province aims at, and the word at its line."""

    share: float
    label: str


def by_place(field: str) -> alt.Y:
    """One row for each value of a field, in the order of the column `place`."""
    return alt.Y(f"{field}:N", sort=alt.EncodingSortField("place", op="min"), axis=None)


def shade_colour(look: Look) -> alt.Color:
    """The colour of a step of the ramp, `shade` 0…7, for any figure."""
    return alt.Color(
        "shade:Q", legend=None, scale=alt.Scale(domain=[*range(1, len(RAMP))], range=list(look.ramp), type="threshold")
    )


def ink_on_shade(look: Look) -> dict:
    """The ink of words that stand on a step of the ramp."""
    return alt.condition(f"datum.shade >= {DARK_FROM}", alt.value(look.on_dark), alt.value(look.on_light))


def click_selection(*fields: str) -> alt.Parameter:
    """A click selects a row by these fields; the page opens what they name."""
    return alt.selection_point(name="open", fields=list(fields), on="click", empty=False)


def whole_width(scale: alt.Scale) -> dict:
    """The encoding of a bar from 0 to 1."""
    return {"x": alt.X(datum=0, type="quantitative", scale=scale, axis=None), "x2": alt.X2(datum=1)}


def target_line(rows: pd.DataFrame, target: Target | None, scale: alt.Scale, look: Look) -> list[alt.Chart]:
    """A dashed line through all rows; the word stands on top of it."""
    if target is None:
        return []
    at = alt.X(datum=target.share, type="quantitative", scale=scale, axis=None)
    first = alt.Chart(rows).transform_filter("datum.place == 0").encode(x=at)
    words = {"align": "right", "dx": -4, "color": look.amber, "fontSize": look.px(12)}
    line = {"color": look.amber, "strokeDash": [6, 3], "strokeWidth": 1.5}
    return [
        first.mark_rule(**line).encode(y=alt.value(0), y2=alt.value("height")),
        first.mark_text(**words).encode(y=alt.value(-6), text=alt.value(target.label)),
    ]
