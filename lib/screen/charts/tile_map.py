"""One figure of units as tiles, where they lie on the map of their area."""

import altair as alt
import pandas as pd

from lib.oversight.figures import tiles
from lib.screen import figure_words as words
from lib.screen.charts import figures
from lib.screen.charts.figures import Figure
from lib.screen.charts.parts import HAS_SHADE, Presentation, click_selection, ink_on_shade, shade_colour
from lib.screen.charts.theme import Look

TIPS = figures.UNIT_TIPS
_WIDE_NAME = 12  # letters of a name that fit into one line of a tile


def frame(points: list[dict], area: dict, figure: Figure) -> pd.DataFrame:
    """One row for each unit, where it lies on the map, else in Vietnamese order.

    Columns: those of `figures.unit_columns`, place, column and line (None: in order), label, second (the name's second
    line, may be empty), number (in words), shade (0…7, None: no entries).
    """
    positions = tiles.ground(area["code"], [point["code"] for point in points])
    labels = words.labels(points)
    largest = max((figures.amount(point) or 0 for point in points), default=0)
    rows = []
    for place, point in enumerate(points):
        line, column = positions.get(point["code"], (None, None))
        first, second = in_two_lines(labels[point["code"]])
        rows.append(
            figures.unit_columns(point)
            | {
                "place": place,
                "line": line,
                "column": column,
                "label": first,
                "second": second,
                "number": figures.value_words(point) + ("*" if point["reported"] and point.get("gaps") else ""),
                "shade": figures.ramp_step(point, figure, largest),
            }
        )
    return pd.DataFrame(rows).astype(dict.fromkeys(("share", "line", "column", "shade"), float) if rows else {})


def in_two_lines(name: str) -> tuple[str, str]:
    """A long name broken at the blank nearest to its middle."""
    if len(name) <= _WIDE_NAME or " " not in name:
        return name, ""
    blanks = [place for place, letter in enumerate(name) if letter == " "]
    at = min(blanks, key=lambda place: abs(place - len(name) / 2))
    return name[:at], name[at + 1 :]


def chart(rows: pd.DataFrame, presentation: Presentation, *, columns: int | None = None) -> alt.LayerChart:
    """Tiles in `columns`, without a number in a grid as wide as there is room; a click selects one (`open`)."""
    look = presentation.look
    wide = str(columns) if columns else f"max(2, floor(width / {look.px(112)}))"
    base = (
        alt.Chart(rows)
        .transform_calculate(
            column=f"isValid(datum.column) ? datum.column : datum.place % {wide}",
            line=f"isValid(datum.line) ? datum.line : floor(datum.place / {wide})",
        )
        .encode(
            x=alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.03, paddingOuter=0)),
            y=alt.Y("line:O", axis=None, scale=alt.Scale(paddingInner=0.05, paddingOuter=0)),
            tooltip=presentation.tips,
        )
    )
    reported, silent = base.transform_filter(HAS_SHADE), base.transform_filter(f"!{HAS_SHADE}")
    tile = {"cornerRadius": 4}
    layers = [
        reported.mark_rect(**tile, stroke=look.grid, strokeWidth=1).encode(color=shade_colour(look)),
        silent.mark_rect(**tile, fill=look.paper, stroke=look.amber, strokeDash=[4, 3]),
        *_tile_words(reported, silent, look),
        base.mark_rect(opacity=0.001, cursor="pointer").properties(name="tiles").add_params(click_selection("code")),
    ]
    return presentation.finished(layers, alt.Step(look.px(76)))


def _tile_words(reported: alt.Chart, silent: alt.Chart, look: Look) -> list[alt.Chart]:
    """The name, in two lines where it needs them, and under it the number."""
    name = {"fontSize": look.px(12), "limit": alt.ExprRef("bandwidth('x') - 6"), "fontWeight": 600}
    lines = [
        ("label:N", alt.ExprRef(f"datum.second ? {-look.px(24)} : {-look.px(14)}"), name),
        ("second:N", -look.px(9), name),
        ("number:N", look.px(16), {"fontSize": look.px(17), "fontWeight": 600}),
    ]
    ink = ink_on_shade(look)
    texts = [reported.mark_text(yOffset=at, **font).encode(text=text, color=ink) for text, at, font in lines]
    lines[2] = ("number:N", look.px(16), {"fontSize": look.px(12)})
    return texts + [
        silent.mark_text(yOffset=at, color=look.amber, **font).encode(text=text) for text, at, font in lines
    ]
