"""Charts are pure: titles and locale come in, data never shapes the specification, and grey print still reads."""

from functools import cache

import pandas as pd
import pytest

from lib.screen.charts import comparison, funnel, heat_map, punctuality, ranking, spread, theme, tile_map, trend
from lib.screen.charts.parts import Presentation, Target
from tests.table import tabled

BARS = pd.DataFrame(
    [
        {"code": "711", "place": 0, "label": "1.  Huyện Bến Cầu", "coverage": 0.9, "before": 0.8, "value": "90,0%"},
        {"code": "708", "place": 1, "label": "Huyện Châu Thành", "coverage": None, "before": None, "value": "–"},
    ]
)
CELLS = pd.DataFrame(
    [{"code": "711", "place": 0, "label": "Bến Cầu", "day": "2021-08-16", "share": 0.9, "shade": 6, "number": "90"}]
)
LINES = CELLS.assign(role="area", series=0, end=0.9, low=0.8, lower=0.85, upper=0.9, high=0.95)
UNITS = CELLS.assign(role="chosen", series=0, value="90,0%")
DOTS = CELLS.assign(row="Huyện Bến Cầu", row_place=0, words="", role="unit", jitter=0.2, median=0.9)
TILES = CELLS.assign(line=0, column=1, second="")
STEPS = pd.DataFrame(
    [{"step": "seen", "place": 0, "label": "Đã gặp", "value": "9 / 10", "percent": "90,0%", "share": 0.9, "loss": ""}]
)
RATES = CELLS.assign(completeness=1.0, timeliness=0.5, value="50,0% · 100,0%")
ALL = [
    (punctuality.chart, RATES),
    (ranking.chart, BARS),
    (heat_map.chart, CELLS),
    (trend.chart, LINES),
    (comparison.chart, UNITS),
    (spread.chart, DOTS),
    (tile_map.chart, TILES),
    (funnel.chart, STEPS),
]
OPENING = [
    (ranking.chart, BARS, ["code"]),
    (heat_map.chart, CELLS, ["code", "day"]),
    (spread.chart, DOTS, ["code"]),
    (tile_map.chart, TILES, ["code"]),
]


def spec(make, frame, locale=None, look="light", **more):
    return make(frame, Presentation("Độ phủ", {"label": "Đơn vị"}, locale, look), **more).to_dict()


@cache
def drawn_in(look: str, place: int):
    """A chart of the list above with its rows; made once and only looked at."""
    return spec(*ALL[place], look=look)


def bare(drawn):
    return {name: part for name, part in drawn.items() if name not in ("data", "datasets")}


@tabled("place", range(len(ALL)))
def test_words_and_locale_come_from_outside(place):
    make, frame = ALL[place]
    drawn = spec(make, frame, locale=theme.VIETNAMESE)
    assert drawn["title"] == "Độ phủ"
    assert drawn["config"]["locale"]["number"]["decimal"] == ","
    assert drawn["config"]["locale"]["time"]["date"] == "%d/%m/%Y"
    assert "locale" not in drawn_in("light", place)["config"]


@tabled(("look", "place"), [*(("light", place) for place in range(len(ALL))), ("dark", 0), ("dark", 2)])
def test_the_rows_never_shape_the_specification(place, look):
    """Else every refresh would build the chart anew before the reader's eyes."""
    assert bare(drawn_in(look, place)) == bare(spec(ALL[place][0], pd.DataFrame(), look=look))


@tabled("place", range(len(ALL)))
def test_every_chart_is_a_drawing_that_can_be_saved_and_all_its_layers_draw_from_one_set_of_rows(place):
    drawn = drawn_in("light", place)
    assert drawn["usermeta"] == {"embedOptions": {"renderer": "svg"}}
    assert "name" in drawn["data"] and len(drawn["datasets"]) == 1
    assert not [layer for layer in drawn["layer"] if "data" in layer]


@tabled(("make", "frame", "fields"), OPENING)
def test_a_click_selects_what_it_opens(make, frame, fields):
    (param,) = spec(make, frame)["params"]
    assert (param["name"], param["select"]["fields"], param["select"]["type"]) == ("open", fields, "point")


def test_the_target_is_a_line_with_its_word_and_may_be_missing():
    with_target = str(spec(ranking.chart, BARS, target=Target(0.95, "mục tiêu 95%")))
    assert "mục tiêu 95%" in with_target and "'datum': 0.95" in with_target
    assert "rule" not in str(spec(ranking.chart, BARS))


@tabled(
    ("make", "frame", "silent"),
    [
        (ranking.chart, BARS, "!isValid(datum.coverage)"),
        (heat_map.chart, CELLS, "!isValid(datum.shade)"),
        (tile_map.chart, TILES, "!isValid(datum.shade)"),
    ],
)
def test_what_is_not_reported_is_outlined_and_said(make, frame, silent):
    layers = [layer for layer in spec(make, frame)["layer"] if {"filter": silent} in layer.get("transform", [])]
    marks = {layer["mark"]["type"]: layer["mark"] for layer in layers}
    assert "text" in marks
    assert next(mark for kind, mark in marks.items() if kind != "text")["strokeDash"]


def light(colour: str) -> float:
    """How light a colour prints, 0 to 1."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Of two colours beside each other, as the guidelines for accessible pages count it."""

    def linear(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((linear(one), linear(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", theme.LOOKS.values(), ids=theme.LOOKS)
def test_the_ramp_darkens_step_by_step_in_grey_too(look):
    greys = [light(colour) for colour in look.ramp]
    assert len(look.ramp) == len(theme.STEPS) + 1
    assert all(lighter - darker > 0.04 for lighter, darker in zip(greys, greys[1:], strict=False))


@pytest.mark.parametrize("look", theme.LOOKS.values(), ids=theme.LOOKS)
def test_numbers_can_be_read_on_every_step_of_the_ramp(look):
    for step, colour in enumerate(look.ramp):
        ink = look.on_dark if step >= theme.DARK_FROM else look.on_light
        assert contrast(ink, colour) >= 4, (step, colour)
    for ink in (look.ink, look.soft, look.amber):
        assert contrast(ink, look.paper) >= 4.5, ink


def test_lines_differ_by_dash_and_shape_not_by_colour_alone():
    assert len(theme.SERIES) == len({str(d) for d in theme.DASHES}) == len(set(theme.SHAPES)) == 4


def test_the_dark_look_is_larger():
    small, large = (spec(ranking.chart, BARS, look=look)["config"]["title"]["fontSize"] for look in ("light", "dark"))
    assert large > small
