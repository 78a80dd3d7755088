"""Any figure over any days: the same sums as the board's, in one go; what is not reported; who may see what."""

import pytest

from lib.core import clock, rollup
from lib.oversight.figures import figures, funnel, spans, tiles, units
from lib.oversight.figures.measures import MEASURES
from lib.screen.charts import figures as chart_figures
from tests import edits, world
from tests.table import tabled

OF_FIGURES = {"coverage": "coverage", "on_time": "on_time_coverage", "attempted": "attempted_share", "reach": "reach"}
COUNTS = ("absent", "refused", "excluded", "unassigned")


def some_visits(db):
    for household, outcome in ((1, "met"), (2, "phone"), (3, "absent"), (30, "refused"), (50, "met"), (80, "met")):
        edits.visit(db, household, outcome)
        edits.visit(db, household, "met", day=world.YESTERDAY)
    edits.assign(db, 5, world.DAY, None)


def point(db, area, figure, unit, first=world.DAY, last=world.DAY, user=None):
    found = units.compared(db, area, world.DAY, user)
    points = spans.over(found, spans.by_day(db, found, figure, first, last), figure, spans.days(db, first, last))
    return next(point for point in points if point["code"] == unit)


@pytest.mark.parametrize("area", ["72", "703", "25456", "2545601"])
def test_a_day_of_a_span_is_what_the_board_says(db, area):
    some_visits(db)
    for made in figures.figures(db, area, world.DAY):
        for figure, column in OF_FIGURES.items():
            assert point(db, area, figure, made["code"])["share"] == made[column]
        for figure in COUNTS:
            assert point(db, area, figure, made["code"])["part"] == made[figure]
        assert point(db, area, "persons", made["code"])["part"] == made["persons_seen"]


@pytest.mark.parametrize("figure", spans.FIGURES)
@pytest.mark.parametrize("area", ["72", "25456"])
def test_a_span_is_the_sum_of_its_days_above_and_below(db, area, figure):
    some_visits(db)
    both = point(db, area, figure, area, first=world.YESTERDAY)
    days = [point(db, area, figure, area, first=day, last=day) for day in (world.YESTERDAY, world.DAY)]
    for side in ("part", "whole"):
        assert both[side] == (None if both[side] is None else sum(day[side] for day in days))
    if both["whole"]:
        assert both["share"] == both["part"] / both["whole"]


def test_every_figure_of_a_name_is_made_as_the_board_makes_it():
    for figure, (part, whole) in spans.FIGURES.items():
        if figure in MEASURES:
            assert part == MEASURES[figure].part
            assert MEASURES[figure].kind == "count" or whole == MEASURES[figure].whole


def test_silence_is_not_a_nought(db):
    assert not point(db, "72", "coverage", "703")["reported"]
    assert not point(db, "72", "absent", "703")["reported"]
    assert point(db, "72", "unassigned", "703")["reported"]  # assignments tell it, visits do not


def test_what_cannot_be_divided_has_no_share(db):
    edits.visit(db, 1, "absent")
    told = point(db, "72", "phone", "703")  # nobody was seen, by phone or otherwise
    assert (told["share"], told["reported"]) == (None, False)


def test_days_never_opened_are_missing(db):
    found = units.compared(db, "72", world.DAY, None)
    sums = spans.by_day(db, found, "coverage", "2021-07-01", world.DAY)
    assert {day for day, _code in sums} == {world.YESTERDAY, world.DAY}


def test_a_day_without_entries_is_in_neither_sum_and_is_named(db):
    """Phường 3 entered on one day of four: the others counted it as 0 %."""
    for day in ("2021-08-13", "2021-08-14"):  # opened; 12/08 never was, and the store began on 11/08
        rollup.open_day(db, day, now=world.NOW)
    rollup.open_day(db, "2021-08-11", now=world.NOW)
    for household in range(49, 61):
        edits.visit(db, household, "met", day="2021-08-13", at=clock.at("2021-08-13", "09:00"))
    told = point(db, "703", "coverage", "25459", first="2021-08-01", last=world.YESTERDAY)
    assert (told["part"], told["whole"], told["share"], told["reported"]) == (12, 24, 0.5, True)
    assert told["gaps"] == ["2021-08-11", "2021-08-12", "2021-08-14", "2021-08-15"]
    assert chart_figures.gap_words(told) == "11/8–12/8, 14/8–15/8"
    assert chart_figures.gap_words(told, 1) in ("11/8–12/8, 2 more days", "11/8–12/8, 2 ngày khác")
    silent = point(db, "703", "coverage", "25456", first="2021-08-13", last="2021-08-14")
    assert (silent["reported"], silent["gaps"]) == (False, ["2021-08-13", "2021-08-14"])
    ground = point(db, "703", "unassigned", "25459", first="2021-08-13", last="2021-08-14")
    assert (ground["reported"], ground["gaps"], ground["whole"]) == (True, [], 48)


def test_a_day_nothing_was_due_on_is_no_gap(db):
    for household in range(49, 73):
        edits.assign(db, household, world.DAY, None)
        edits.visit(db, household, "met", day=world.YESTERDAY, at=clock.at(world.YESTERDAY, "09:00"))
    told = point(db, "703", "coverage", "25459", first=world.YESTERDAY)
    assert (told["part"], told["whole"], told["gaps"]) == (24, 24, [])


def test_days_that_were_never_opened_stand_among_the_others_without_a_number(db):
    rollup.open_day(db, "2021-08-12", now=world.NOW)
    found = units.compared(db, "72", world.DAY, None)
    sums = spans.by_day(db, found, "coverage", "2021-08-01", world.DAY)
    points = spans.day_by_day(found, sums, "coverage", spans.days(db, "2021-08-01", world.DAY))
    of_area = {p["day"]: (p["part"], p["share"], p["reported"]) for p in points if p["code"] == "72"}
    assert list(of_area) == [f"2021-08-{day}" for day in range(12, 17)]
    assert of_area["2021-08-13"] == (None, None, False) and of_area["2021-08-12"] == (0, 0.0, False)


def test_a_stranger_compares_districts_and_communes_and_nothing_below(as_):
    def codes(who, area):
        db, user = as_(who)
        compared = units.compared(db, area, world.DAY, user)
        rows = spans.apart(db, compared, world.DAY, user)
        return {unit["code"] for unit in compared}, [unit["code"] for _area, below in rows for unit in below]

    assert codes("chi", "72") == ({"72", "703", "710"}, ["25654", "25456", "25459"])
    assert codes("chi", "25456") == ({"25456"}, [])
    assert codes("binh", "25456") == ({"25456", "2545601", "2545602"}, ["2545601", "2545602"])


def test_steps_lose_exactly_what_they_name(db):
    some_visits(db)
    edits.set_status(db, 6, world.DAY, "central_quarantine", False)
    area = figures.figures(db, "72", world.DAY)[0]
    hamlets, *doors = funnel.steps(area)
    assert (hamlets["part"], hamlets["whole"], hamlets["lost"]) == (4, 4, {"hamlets_without_team": 0})
    left = area["households"]
    for step, whole in zip(doors, (area["households"], *[area["due"]] * 3), strict=True):
        left -= sum(step["lost"].values())
        assert (step["part"], step["whole"]) == (left, whole)
    assert doors[-1]["part"] == area["seen_on_time"]


@pytest.mark.parametrize("area", ["72", "703", "25456", "2545601"])
def test_a_step_is_the_same_share_as_on_the_board(db, area):
    """What was attempted was a share of all households in the steps, and of the due ones everywhere else."""
    some_visits(db)
    edits.set_status(db, 6, world.DAY, "central_quarantine", False)
    figure = figures.figures(db, area, world.DAY)[0]
    shares = {step["step"]: step["part"] / step["whole"] for step in funnel.steps(figure)}
    for step, column in (("attempted", "attempted_share"), ("seen", "coverage"), ("on_time", "on_time_coverage")):
        assert shares[step] == figure[column]


def test_a_hamlet_has_no_step_of_hamlets(db):
    area = figures.figures(db, "2545601", world.DAY)[0]
    assert [step["step"] for step in funnel.steps(area)] == ["due", "attempted", "seen", "on_time"]


@tabled(("province", "districts"), [("72", 9), ("27", 8), ("12", 8)])
def test_the_tiles_of_a_province_stand_apart(province, districts):
    known = tiles._GROUND[province]
    assert len(known) == len(set(known.values())) == districts
    assert tiles.ground(province, list(known)) == known


def test_one_unknown_unit_sends_all_into_the_grid():
    assert tiles.ground("72", ["703", "999"]) == {} == tiles.ground("72", []) == tiles.ground("01", ["001"])
