"""Looks of all charts: colours, Vietnamese numbers and dates, quiet axes; light for a desk, dark for a big screen."""

from dataclasses import dataclass

import altair as alt

INK, BLUE, SOFT, PALE, GRID = "#1b2430", "#1f4e8c", "#5b6675", "#eef2f7", "#d5dce6"
AMBER = "#a85c08"
RAMP = ["#e8f0f9", "#d3e3f4", "#b7d2ec", "#94bce0", "#6fa3d3", "#2f6db0", "#1f4e8c", "#123463"]
STEPS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
DARK_FROM = 5  # numbers turn white on this step of the ramp and the darker ones

# Up to four units beside each other: told apart by blue or amber, dash and shape, and by their labels.
SERIES = ["#1f4e8c", "#b8690f", "#7fafd9", "#5b6675"]
DASHES = [[1, 0], [6, 3], [2, 2], [9, 3, 2, 3]]
SHAPES = ["circle", "square", "triangle-up", "diamond"]
FONT = "Source Sans, Source Sans Pro, Segoe UI, Noto Sans, sans-serif"

VIETNAMESE = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "time": {
        "dateTime": "%H:%M %d/%m/%Y",
        "date": "%d/%m/%Y",
        "time": "%H:%M",
        "periods": ["SA", "CH"],
        "days": ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
        "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        "months": [f"tháng {n}" for n in range(1, 13)],
        "shortMonths": [f"th{n}" for n in range(1, 13)],
    },
}


@dataclass(frozen=True)
class Look:
    """Colours and size of one theme. The ramp runs from low to high and its numbers stay readable on every step."""

    ink: str
    soft: str
    pale: str
    grid: str
    paper: str
    blue: str
    amber: str
    ramp: tuple[str, ...]
    on_dark: str
    on_light: str
    series: tuple[str, ...]
    size: float = 1.0

    def px(self, pixels: float) -> int:
        """A size on a desk as it is in this look."""
        return round(pixels * self.size)


LOOKS = {
    "light": Look(INK, SOFT, PALE, GRID, "#ffffff", BLUE, AMBER, tuple(RAMP), "#ffffff", INK, tuple(SERIES)),
    # Five metres away: half as large again, and the darkest step still stands out from the ground.
    "dark": Look(
        "#f2f5f9",
        "#b4c0cf",
        "#233043",
        "#3b4a60",
        "#0f1722",
        "#9cc4ec",
        "#f0b45a",
        ("#e8f0f9", "#d3e3f4", "#b7d2ec", "#94bce0", "#6fa3d3", "#3d7cc0", "#2b63a6", "#1f4e8c"),
        "#ffffff",
        "#101a28",
        ("#8fc0f0", "#f0b45a", "#d5e6f7", "#98a5b5"),
        1.5,
    ),
}


def themed(chart: alt.TopLevelMixin, locale: dict | None, theme: str = "light") -> alt.TopLevelMixin:
    """The one look: Source Sans, quiet axes, no frame, always vector; numbers and dates in the reader's manner."""
    look = LOOKS[theme]
    plain = {
        "domain": False,
        "ticks": False,
        "labelColor": look.soft,
        "titleColor": look.soft,
        "labelFontSize": look.px(12),
        "labelPadding": 6,
    }
    config = {
        "font": FONT,
        "aria": False,  # the marks would be read with the columns' names; the chart has a label and its rows a table
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {**plain, "gridColor": look.pale, "titleFontWeight": "normal", "titleFontSize": look.px(12)},
        "title": {"anchor": "start", "color": look.ink, "fontSize": look.px(14), "fontWeight": 600, "offset": 8},
        "legend": {"labelColor": look.soft, "titleColor": look.soft, "orient": "top"},
        "text": {"color": look.ink, "fontSize": look.px(13)},
    }
    return chart.properties(
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 2, "top": 6, "right": 2, "bottom": 8},
        usermeta={"embedOptions": {"renderer": "svg"}},
    ).configure(**config, **({"locale": locale} if locale else {}))
