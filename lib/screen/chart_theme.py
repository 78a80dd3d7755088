"""The one look of all charts: colours, Vietnamese numbers and dates, quiet axes."""

import altair as alt

INK, BLUE, SOFT, PALE, GRID = "#1b2430", "#1f4e8c", "#5b6675", "#eef2f7", "#d5dce6"
AMBER = "#b8690f"
RAMP = ["#e8f0f9", "#d3e3f4", "#b7d2ec", "#94bce0", "#6fa3d3", "#2f6db0", "#1f4e8c", "#123463"]
STEPS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
DARK_FROM = 0.8  # numbers turn white on cells from here on

# Up to four units beside each other: told apart by blue or amber, dash and shape, and by their labels.
SERIES = ["#1f4e8c", "#b8690f", "#7fafd9", "#5b6675"]
DASHES = [[1, 0], [6, 3], [2, 2], [9, 3, 2, 3]]
SHAPES = ["circle", "square", "triangle-up", "diamond"]

VIETNAMESE = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "time": {
        "dateTime": "%H:%M %d/%m/%Y",
        "date": "%d/%m/%Y",
        "time": "%H:%M",
        "periods": ["SA", "CH"],
        "days": ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
        "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        "months": [f"tháng {n}" for n in range(1, 13)],
        "shortMonths": [f"th{n}" for n in range(1, 13)],
    },
}


def themed(chart: alt.TopLevelMixin, locale: dict | None) -> alt.TopLevelMixin:
    """The one look: Source Sans, quiet axes, no frame; numbers and dates in the reader's manner."""
    plain = {
        "domain": False,
        "ticks": False,
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "labelPadding": 6,
    }
    look = {
        "font": "Source Sans, Source Sans Pro, Noto Sans, sans-serif",
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {**plain, "gridColor": PALE, "titleFontWeight": "normal", "titleFontSize": 12},
        "title": {"anchor": "start", "color": INK, "fontSize": 14, "fontWeight": 600, "offset": 8},
        "legend": {"labelColor": SOFT, "titleColor": SOFT, "orient": "top"},
        "text": {"color": INK, "fontSize": 13},
    }
    return chart.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding")).configure(
        **look, **({"locale": locale} if locale else {})
    )
