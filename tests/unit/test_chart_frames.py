"""The frames behind the charts: finished words, stable places, bands and medians of what was reported."""

import pytest

from lib.screen import i18n
from lib.screen.charts import comparison, heat_map, saving, spread, tile_map, trend
from lib.screen.charts.figures import FIGURES
from lib.screen.charts.parts import Target
from tests.table import tabled

COVERAGE, PERSONS, ABSENT = FIGURES["coverage"], FIGURES["persons"], FIGURES["absent"]
DAYS = ("2021-08-15", "2021-08-16")


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch):
    monkeypatch.setattr(i18n, "language", lambda: "vi")


def unit(code, name, level="district", kind="Huyện"):
    return {"code": code, "name": name, "kind": kind, "level": level, "parent_name": ""}


AREA = unit("72", "Tây Ninh", "province", "Tỉnh")
BELOW = [unit("711", "Bến Cầu"), unit("708", "Châu Thành"), unit("707", "Dương Minh Châu"), unit("710", "Gò Dầu")]


def point(unit, part, whole=100, reported=True, day=DAYS[0]):
    share = part / whole if whole else None
    return unit | {"part": part, "whole": whole, "share": share, "reported": reported, "day": day}


def of_days(*parts):
    """The area at 90, the four units at these, on two days."""
    return [point(u, part, day=day) for day in DAYS for u, part in zip([AREA, *BELOW], (90, *parts), strict=True)]


def test_a_cell_is_whole_percents_and_never_full_while_one_is_missing():
    frame = heat_map.frame([point(AREA, 999, 1000), point(BELOW[0], 1000, 1000)], [AREA, *BELOW], COVERAGE)
    assert list(frame["number"]) == ["99", "100"]
    assert list(frame["value"]) == ["99,9%", "100,0%"]


def test_a_small_share_keeps_its_decimal_and_a_number_its_thousands():
    assert heat_map.frame([point(AREA, 21, 1000)], [AREA], ABSENT)["number"][0] == "2,1"
    frame = heat_map.frame([point(AREA, 4321, None)], [AREA], PERSONS)
    assert (frame["number"][0], frame["value"][0], frame["counts"][0]) == ("4.321", "4.321", "4.321")


def test_what_is_silent_has_neither_shade_nor_share_but_a_word():
    frame = heat_map.frame([point(AREA, 0, 100, reported=False)], [AREA], COVERAGE)
    assert frame["shade"].isna().all() and frame["share"].isna().all()
    assert (frame["number"][0], frame["value"][0]) == ("–", "không có số liệu")


def test_the_ramp_of_a_plain_number_ends_at_the_largest_unit_not_at_their_sum():
    points = [point(u, part, None) for u, part in zip([AREA, *BELOW], (1000, 100, 200, 300, 400), strict=True)]
    assert list(heat_map.frame(points, [AREA, *BELOW], PERSONS)["shade"]) == [7, 2, 4, 6, 7]


def test_the_band_spans_the_units_and_its_middle_half_and_not_the_area():
    frame = trend.frame(of_days(50, 60, 70, 80), [AREA, *BELOW], ["711"], COVERAGE)
    band = frame[frame["role"] == "band"].iloc[0]
    assert [band[edge] for edge in ("low", "lower", "upper", "high")] == pytest.approx([0.5, 0.575, 0.725, 0.8])
    assert band["value"] == "50,0% – 80,0%"
    assert set(frame["role"]) == {"area", "chosen", "band"} and set(frame["code"]) == {"72", "711", ""}


def test_three_units_have_no_middle_half():
    points = [p for p in of_days(50, 60, 70, 80) if p["code"] != "710"]
    band = trend.frame(points, [AREA, *BELOW], [], COVERAGE).query("role == 'band'")
    assert band["low"].notna().all() and band["lower"].isna().all()


def test_a_silent_unit_leaves_the_band_alone():
    points = [*of_days(50, 60, 70, 80)]
    points[1] = points[1] | {"reported": False}
    frame = trend.frame(points, [AREA, *BELOW], [], COVERAGE)
    assert list(frame[frame["role"] == "band"]["low"]) == pytest.approx([0.6, 0.5])


def test_where_units_are_counted_their_sum_stays_in_the_table():
    points = [p | {"whole": None} for p in of_days(50, 60, 70, 80)]
    assert set(trend.frame(points, [AREA, *BELOW], ["711"], PERSONS)["role"]) == {"sum", "chosen", "band"}
    assert list(comparison.frame(points[:5], ["711"], PERSONS)["code"]) == ["711"]
    assert list(comparison.frame(points[:5], ["711"], COVERAGE)["code"]) == ["72", "711"]


def test_a_running_day_is_drawn_apart_and_said(monkeypatch):
    """Today's half day stood in the trend and in the heat map as if it were a whole one."""
    points = [p | {"running": p["day"] == DAYS[1]} for p in of_days(50, 60, 70, 80)]
    frame = trend.frame(points, [AREA, *BELOW], ["711"], COVERAGE)
    assert list(frame[frame["role"] == "band"]["day"]) == [DAYS[0]]
    for role in ("area", "chosen"):
        link = frame[frame["role"] == f"{role}-now"]
        assert list(link["day"]) == list(DAYS) and list(link["running"]) == [False, True]
    cells = heat_map.frame(points, [AREA, *BELOW], COVERAGE)
    assert set(cells.loc[cells["running"], "date"]) == {"16/08/2021 (đang nhập)"}
    head = saving.table(cells, {"label": "Đơn vị", "date": "Ngày", "value": "Số liệu"}, ("label", "date", "value"))
    assert head["head"] == ["Đơn vị", "15/08/2021", "16/08/2021 (đang nhập)"]


def test_the_line_of_what_is_aimed_at_runs_over_all_days_and_is_named_at_its_end():
    frame = trend.frame(of_days(50, 60, 70, 80), [AREA, *BELOW], [], COVERAGE, Target(0.91, "chỉ tiêu 91%"))
    aim, area = (frame[frame["role"] == role] for role in ("target", "area"))
    assert list(aim["day"]) == list(DAYS) and list(aim["end"].notna()) == [False, True]
    assert abs(aim["end"].iloc[1] - area["end"].iloc[1]) > 0.07, "its name lies on no other"


def test_a_line_stops_at_a_day_without_entries():
    days = ("2021-08-14", *DAYS)
    points = [point(AREA, 50, day=day) | {"reported": day != DAYS[0]} for day in days]
    frame = trend.frame(points, [AREA], [], COVERAGE)
    assert list(frame["share"].isna()) == [False, True, False]
    assert list(frame["value"]) == ["50,0%", "không có số liệu", "50,0%"]


def test_days_without_entries_stand_beside_the_bar_and_mark_the_tile():
    points = [
        point(AREA, 50),
        point(BELOW[0], 40) | {"gaps": ["2021-08-14", "2021-08-15"]},
        point(BELOW[1], 0, reported=False) | {"gaps": list(DAYS)},
    ]
    bars = comparison.frame(points, ["711", "708"], COVERAGE)
    assert list(bars["lacking"]) == ["", "không có số liệu: 14/8–15/8", ""]
    assert list(bars["value"]) == ["50,0%", "40,0%", "không có số liệu"]
    assert list(bars["gaps"]) == ["–", "14/8–15/8", "15/8–16/8"]
    assert list(tile_map.frame(points[1:], AREA, COVERAGE)["number"]) == ["40,0%*", "không có số liệu"]


def test_rows_of_dots_stand_by_their_median_and_name_their_ends():
    low, high = (
        [point(u, part) for u, part in zip(BELOW, parts, strict=True)] for parts in ((5, 40, 20, 9), (90,) * 4)
    )
    frame = spread.frame([(unit("1", "Thấp"), low), (unit("2", "Cao"), high)], COVERAGE)
    rows = frame[frame["role"] == "row"]
    assert list(rows["label"]) == ["Huyện Cao", "Huyện Thấp"]
    assert (rows["lowest"].iloc[1], rows["highest"].iloc[1]) == ("◂ Bến Cầu 5,0%", "Châu Thành 40,0% ▸")
    assert list(frame[(frame["role"] == "unit") & (frame["row"] == "Huyện Thấp")]["share"]) == [0.4, 0.2, 0.09, 0.05]


def test_labels_at_line_ends_keep_their_distance():
    assert trend.apart([0.5, 0.9, 0.5, 0.51], 0.05) == pytest.approx([0.5, 0.9, 0.55, 0.6])
    assert trend.apart([], 0.1) == []


def test_nothing_drawn_of_nothing():
    assert heat_map.frame([], [AREA], COVERAGE).empty
    assert trend.frame([], [AREA], [], COVERAGE).empty


def test_a_dot_never_moves_up_or_down():
    codes = [f"25{n:03}" for n in range(200)]
    assert [spread.jitter(code) for code in codes] == [spread.jitter(code) for code in codes]
    assert all(-1 <= spread.jitter(code) <= 1 for code in codes)
    assert len({spread.jitter(code) for code in codes}) > 100


def test_a_row_of_dots_tells_its_median_and_who_is_silent():
    points = [point(u, part) for u, part in zip(BELOW, (50, 60, 90, 0), strict=True)]
    points[3]["reported"] = False
    frame = spread.frame([(AREA, points)], COVERAGE)
    row = frame[frame["role"] == "row"].iloc[0]
    assert row["median"] == pytest.approx(0.6)
    assert "60,0%" in row["words"] and "1" in row["words"].split("·")[1]
    assert frame[frame["role"] == "unit"]["share"].isna().sum() == 1


def test_tiles_stand_on_the_ground_or_in_order():
    nine = [unit(code, code) for code in ("703", "705", "706", "707", "708", "709", "710", "711", "712")]
    frame = tile_map.frame([point(u, 50) for u in nine], AREA, COVERAGE)
    assert dict(zip(frame["code"], zip(frame["line"], frame["column"], strict=True), strict=True))["712"] == (3, 2)
    frame = tile_map.frame([point(u, 50) for u in nine[:2]], unit("99", "Khác"), COVERAGE)
    assert frame["line"].isna().all() and list(frame["place"]) == [0, 1]


@tabled(
    ("name", "lines"),
    [
        ("Gò Dầu", ("Gò Dầu", "")),
        ("Dương Minh Châu", ("Dương", "Minh Châu")),
        ("Thị trấn Gò Dầu", ("Thị trấn", "Gò Dầu")),
        ("Krôngpachnghĩa", ("Krôngpachnghĩa", "")),
    ],
)
def test_a_long_name_breaks_near_its_middle(name, lines):
    assert tile_map.in_two_lines(name) == lines


def test_a_file_has_a_speaking_name():
    assert saving.file_name("Độ phủ", "Tỉnh Tây Ninh", DAYS[1]) == "do-phu-tinh-tay-ninh-2021-08-16"
    assert saving.file_name("../..", 'Xã "Đ/ô" <b>', DAYS[1]) == "xa-d-o-b-2021-08-16"


def test_the_table_has_the_words_of_the_chart_and_lies_across_by_days():
    frame = heat_map.frame(of_days(50, 60, 70, 80), [AREA, *BELOW], COVERAGE)
    titles = {"label": "Đơn vị", "date": "Ngày", "value": "Số liệu"}
    across = saving.table(frame, titles, ("label", "date", "value"))
    assert across["head"] == ["Đơn vị", "15/08/2021", "16/08/2021"]
    assert across["rows"][1] == ["711", "Bến Cầu", "50,0%", "50,0%"]
    assert saving.table(frame, titles)["rows"][1] == ["711", "Bến Cầu", "15/08/2021", "50,0%"]
