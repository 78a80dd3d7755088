"""What has just moved: who entered something lately, and places won or lost since an hour ago."""

from datetime import timedelta

import pytest

from lib.core import clock
from lib.core.errors import NotFound
from lib.oversight.figures import figures, recent_changes, units
from tests import edits, world
from tests.table import tabled


def fresh(db, area="72", now=world.NOW, user=None, day=world.DAY):
    found = figures.of_units(db, units.compared(db, area, day, user), day, before={})
    return recent_changes.updated(db, units.area(db, area, user), found[1:], day, now=now)


def at(minutes: int) -> str:
    """A stamp so many minutes before noon."""
    return clock.stamp(world.NOW - timedelta(minutes=minutes))


def test_the_communes_of_a_province_newest_first(db):
    edits.visit(db, 1, "met", at=at(9))
    edits.visit(db, 49, "absent", at=at(2))
    edits.visit(db, 73, "met", at=at(11))
    found = fresh(db)
    assert [(unit["code"], unit["last_entry_at"]) for unit in found] == [("25459", at(2)), ("25456", at(9))]
    assert found[0]["parent_name"] == "Thành phố Tây Ninh" and found[0]["parent_code"] == "703"


def test_ten_minutes_later_the_list_is_empty(db):
    edits.visit(db, 1, "met", at=at(0))
    assert fresh(db, now=world.NOW + recent_changes.LATELY) and not fresh(
        db, now=world.NOW + recent_changes.LATELY * 1.01
    )


def test_only_rows_of_the_last_ten_minutes_are_counted(db):
    for household, minutes in ((1, 1), (2, 3), (25, 4), (3, 30), (49, 5)):
        edits.visit(db, household, "met", at=at(minutes))
    for area, counted in (
        ("72", {"25456": 3, "25459": 1}),
        ("703", {"25456": 3, "25459": 1}),
        ("25456", {"2545601": 2, "2545602": 1}),
        ("2545601", {"team:1": 2}),
    ):
        place = units.area(db, area, None)
        assert recent_changes.entered(db, place, fresh(db, area), world.DAY, now=world.NOW) == counted


def test_entries_of_another_day_do_not_count(db):
    edits.visit(db, 1, "met", day=world.YESTERDAY, at=at(1))
    assert not fresh(db) and [unit["code"] for unit in fresh(db, day=world.YESTERDAY)] == ["25456"]


def test_nothing_entered_nothing_counted(db):
    assert recent_changes.entered(db, units.area(db, "72", None), [], world.DAY, now=world.NOW) == {}


@pytest.mark.parametrize("who", ["chi", "quan"])
def test_below_the_commune_a_stranger_sees_nothing(as_, who):
    db, user = as_(who)
    edits.visit(db, 1, "met", at=at(1))
    assert fresh(db, "25456", user=user) == []
    with pytest.raises(NotFound):
        fresh(db, "2545601", user=user)
    assert [unit["code"] for unit in fresh(db, "703", user=user)] == ["25456"]


def test_a_member_sees_the_own_team_only(as_):
    db, an = as_("an")
    edits.visit(db, 1, "met", at=at(1))
    edits.visit(db, 25, "met", at=at(1))
    assert [unit["code"] for unit in fresh(db, "2545601", user=an)] == ["team:1"]
    assert fresh(db, "2545602", user=an) == []


# Ranks


@tabled(("hours", "hour"), [(0, "11:00"), (-11, "00:00"), (-11.1, None), (11.9, "22:54"), (12.1, None)])
def test_the_hour_to_compare_with(hours, hour):
    assert recent_changes.hour_before(world.DAY, now=world.NOW + timedelta(hours=hours)) == hour


def test_a_day_that_is_over_has_no_hour_ago():
    assert recent_changes.hour_before(world.YESTERDAY, now=world.NOW) is None


def ranks_at(db, hour):
    found = figures.of_units(db, units.compared(db, "72", world.DAY, None), world.DAY, before={})
    return recent_changes.ranks_at(found[1:], figures.stood(db, "72", world.DAY, hour))


def test_places_are_won_and_lost(db):
    for household in (1, 2):
        edits.visit(db, household, "met", at=at(90))
    edits.visit(db, 73, "met", at=at(80))
    then = ranks_at(db, "11:00")
    assert then == {"703": 2, "710": 1}  # 2 of 72 and 1 of 24
    for household in range(3, 30):
        edits.visit(db, household, "met", at=at(20))
    found = figures.of_units(db, units.compared(db, "72", world.DAY, None), world.DAY, before={})
    assert {unit["code"]: unit["rank"] for unit in found[1:]} == {"703": 1, "710": 2}
    assert recent_changes.places_won(found[1:], then) == {"703": 1, "710": -1}


def test_without_a_rank_then_or_now_nothing_is_compared(db):
    edits.visit(db, 1, "met", at=at(10))
    found = figures.of_units(db, units.compared(db, "72", world.DAY, None), world.DAY, before={})
    assert recent_changes.places_won(found[1:], ranks_at(db, "11:00")) == {"703": None, "710": None}
    assert recent_changes.places_won(found[1:], None) == {"703": None, "710": None}
    assert recent_changes.places_won(found[1:], {"703": 1}) == {"703": 0, "710": None}
