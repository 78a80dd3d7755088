"""Charts are pure: titles and locale come in, data never shapes the specification, and grey print still reads."""

import pandas as pd
import pytest

from lib.screen import chart_theme as theme
from lib.screen import charts
from lib.screen.chart_frames import spread

BARS = pd.DataFrame(
    [
        {"code": "711", "place": 0, "label": "1.  Huyện Bến Cầu", "coverage": 0.9, "before": 0.8, "value": "90,0%"},
        {"code": "708", "place": 1, "label": "Huyện Châu Thành", "coverage": None, "before": None, "value": "–"},
    ]
)
CELLS = pd.DataFrame(
    [{"code": "711", "place": 0, "label": "Bến Cầu", "day": "2021-08-16", "coverage": 0.9, "number": "90"}]
)
LINES = CELLS.assign(role="area", series=0, end=0.9)
SHARES = pd.DataFrame(
    [{"measure": "Độ phủ", "measure_place": 0, "code": "711", "place": 0, "series": 0, "share": 0.9, "end": 0.9,
      "value": "90,0%  Bến Cầu"}]
)  # fmt: skip
ALL = [
    (charts.coverage_bars, BARS),
    (charts.heat_map, CELLS),
    (charts.trend_lines, LINES),
    (charts.side_by_side, SHARES),
]


def spec(make, frame, **more):
    return make(frame, title="Độ phủ", tooltips={"label": "Đơn vị"}, **more).to_dict()


def bare(drawn):
    return {name: part for name, part in drawn.items() if name not in ("data", "datasets")}


@pytest.mark.parametrize(("make", "frame"), ALL)
def test_words_and_locale_come_from_outside(make, frame):
    drawn = spec(make, frame, locale=theme.VIETNAMESE)
    assert drawn["title"] == "Độ phủ"
    assert drawn["config"]["locale"]["number"]["decimal"] == ","
    assert drawn["config"]["locale"]["time"]["date"] == "%d/%m/%Y"
    assert "locale" not in spec(make, frame)["config"]


@pytest.mark.parametrize(("make", "frame"), ALL)
def test_the_rows_never_shape_the_specification(make, frame):
    """Else every refresh would build the chart anew before the reader's eyes."""
    assert bare(spec(make, frame)) == bare(spec(make, pd.DataFrame()))


@pytest.mark.parametrize(("make", "frame"), ALL)
def test_all_layers_draw_from_one_set_of_rows(make, frame):
    drawn = spec(make, frame)
    assert "name" in drawn["data"] and len(drawn["datasets"]) == 1
    assert not [layer for layer in drawn["layer"] if "data" in layer]


def test_a_click_on_a_bar_selects_its_code():
    (param,) = spec(charts.coverage_bars, BARS)["params"]
    assert (param["name"], param["select"]["fields"], param["select"]["type"]) == ("open", ["code"], "point")


def test_the_target_is_a_line_with_its_word_and_may_be_missing():
    with_target = str(spec(charts.coverage_bars, BARS, target=0.95, target_label="mục tiêu 95%"))
    assert "mục tiêu 95%" in with_target and "'datum': 0.95" in with_target
    assert "rule" not in str(spec(charts.coverage_bars, BARS))


def test_what_is_not_reported_is_outlined_and_said():
    layers = [layer for layer in spec(charts.coverage_bars, BARS)["layer"]
              if {"filter": "!isValid(datum.coverage)"} in layer.get("transform", [])]  # fmt: skip
    assert {layer["mark"]["type"] for layer in layers} == {"bar", "text"}
    assert next(layer for layer in layers if layer["mark"]["type"] == "bar")["mark"]["strokeDash"]


def grey(colour: str) -> float:
    """How light a colour prints, 0 to 1."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_ramp_darkens_step_by_step_in_grey_too():
    greys = [grey(colour) for colour in theme.RAMP]
    assert len(theme.RAMP) == len(theme.STEPS) + 1
    assert all(lighter - darker > 0.04 for lighter, darker in zip(greys, greys[1:], strict=False))


def test_lines_differ_by_dash_and_shape_not_by_colour_alone():
    assert len(theme.SERIES) == len({str(d) for d in theme.DASHES}) == len(set(theme.SHAPES)) == 4


def test_labels_at_line_ends_keep_their_distance():
    assert spread([0.5, 0.9, 0.5, 0.51], 0.05) == pytest.approx([0.5, 0.9, 0.55, 0.6])
    assert spread([], 0.1) == []
