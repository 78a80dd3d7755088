"""The figures equal what a patient clerk counts from the facts, and each visitor sees what is theirs."""

import shutil
from datetime import timedelta

import pytest
from hypothesis import given

from lib.core import clock, rollup
from lib.core.database import connect, rows
from lib.core.errors import NotFound
from lib.oversight.figures import counts, day_course, figures, list_completeness, spans, units
from lib.oversight.figures.figures import ranked
from tests import edits, world
from tests.conftest import examples
from tests.table import tabled

SHAPE = {
    *("code", "name", "kind", "level", "parent_name", "teams", "hamlets", "hamlets_without_team", "households"),
    *("assigned", "unassigned", "due", "seen", "seen_met", "seen_phone", "attempted", "absent", "refused", "excluded"),
    *("seen_on_time", "swept", "touched", "persons_seen", "last_entry_at", "reported", "coverage", "on_time_coverage"),
    *("attempted_share", "reach", "change", "rank", "hamlets_empty", "listed", "registered_share", "unregistered"),
    *list_completeness.COUNTED,
}


def figure(db, area, code=None, **asked):
    return next(f for f in figures.figures(db, area, world.DAY, **asked) if f["code"] == (code or area))


# Counting by hand


def versions(db, day, household):
    """All that was ever recorded for a household on a day, the last word last."""
    key, columns = [day, household], "outcome, swept, recorded_at"
    past = f"select {columns} from visit_past where day = ? and household_id = ? order by version"
    last = f"select {columns} from visits where day = ? and household_id = ?"
    return [*rows(db, past, key), *rows(db, last, key)]


def doors(db, day, at=None):
    """Every household assigned on the day: whose it is, and its visit as it stood at an hour."""
    cutoff = clock.at(day, "14:00")
    for door in rows(db, "select * from assigned_households where day = ?", [day]):
        history = [] if door["status"] else versions(db, day, door["household_id"])
        then = [version for version in history if version["recorded_at"] <= (at or "9999")]
        timely = [version for version in then if version["recorded_at"] <= cutoff]
        last = then[-1] if then else {"outcome": None, "swept": 0}
        yield {
            **door,
            "outcome": last["outcome"],
            "swept": bool(last["outcome"] and last["swept"]),
            "on_time": bool(timely and timely[-1]["outcome"] in ("met", "phone")),
        }


def by_hand(mine):
    """The counts of some doors."""
    outcomes = [door["outcome"] for door in mine]
    assigned = sum(door["status"] not in ("moved", "merged") for door in mine)
    excluded = sum(door["status"] in ("central_quarantine", "locked_down_elsewhere") for door in mine)
    seen = outcomes.count("met") + outcomes.count("phone")
    return {
        "assigned": assigned,
        "excluded": excluded,
        "due": assigned - excluded,
        "seen_met": outcomes.count("met"),
        "seen_phone": outcomes.count("phone"),
        "seen": seen,
        "absent": outcomes.count("absent"),
        "refused": outcomes.count("refused"),
        "attempted": sum(outcome is not None for outcome in outcomes),
        "seen_on_time": sum(door["on_time"] for door in mine),
        "swept": sum(door["swept"] for door in mine),
        "touched": sum(door["outcome"] is not None and not door["swept"] for door in mine),
        "persons_seen": 4 * seen,
    }


DISTRICTS = {"703": ("25456", "25459"), "710": ("25654",)}


def expected(db, day, at):
    """code -> counts by hand for all levels."""
    found = list(doors(db, day, at))
    made = {"72": by_hand(found)}
    for district, communes in DISTRICTS.items():
        made[district] = by_hand([door for door in found if door["commune_code"] in communes])
        for commune in communes:
            made[commune] = by_hand([door for door in found if door["commune_code"] == commune])
    for team, *_ in world.TEAMS:
        made[f"team:{team}"] = by_hand([door for door in found if door["team_id"] == team])
    return made


@pytest.mark.long
@examples(25)
@given(listed=edits.edits)
def test_figures_equal_a_count_by_hand_after_random_edits(template, tmp_path, listed):
    db = connect(shutil.copy(template, tmp_path / "edited.db"))
    edits.apply(db, listed, persons=4)
    for day in edits.DAYS:
        for hour in (None, "09:00", "14:00", "17:30"):
            hand = expected(db, day, hour and clock.at(day, hour))
            for area in ("72", "703", "25456", "2545601", "2565401"):
                for got in figures.of_units(db, units.compared(db, area, day, None), day, as_of=hour, before={}):
                    wanted = hand.get(got["code"], {})
                    assert {name: got[name] for name in wanted} == wanted, (got["code"], hour)
                    sane(got)
    db.close()
    for left in tmp_path.glob("edited.db*"):
        left.unlink()


def sane(got):
    assert set(got) == SHAPE
    assert got["reported"] == (got["attempted"] > 0)
    assert got["coverage"] == (got["seen"] / got["due"] if got["due"] else None)
    assert got["reach"] == (got["seen"] / got["households"] if got["households"] else None)
    assert got["seen"] <= got["attempted"] <= got["due"]
    assert got["swept"] + got["touched"] == got["attempted"]


def test_the_roll_up_and_the_recount_are_one(db):
    for household in range(1, 90, 3):
        edits.visit(db, household, ("met", "absent", "phone")[household % 3])
    for area in ("72", "703", "25456", "2545601"):
        compared = units.compared(db, area, world.DAY, None)
        now = figures.of_units(db, compared, world.DAY, before={})
        assert figures.of_units(db, compared, world.DAY, as_of="23:59", before={}) == now


def test_sums_are_sums_of_households_not_means_of_percentages(db):
    for household in (1, 2, 3, 73):
        edits.visit(db, household, "met")
    area, gained, town = figures.figures(db, "72", world.DAY)
    assert (area["seen"], area["due"]) == (gained["seen"] + town["seen"], gained["due"] + town["due"]) == (4, 96)
    assert (gained["coverage"], town["coverage"]) == (3 / 72, 1 / 24)
    edits.visit(db, 74, "met")
    assert figure(db, "72")["coverage"] == 5 / 96 != (3 / 72 + 2 / 24) / 2


def test_a_unit_that_entered_nothing_is_neither_zero_nor_left_out(db):
    edits.visit(db, 1, "met")
    area, first, second = figures.figures(db, "72", world.DAY)
    assert (second["code"], second["reported"], second["coverage"], second["rank"]) == ("710", False, 0.0, None)
    assert area["due"] == first["due"] + second["due"]


def test_a_unit_that_met_nobody_has_reported(db):
    edits.visit(db, 73, "absent")
    got = figure(db, "72", "710")
    assert (got["reported"], got["coverage"], got["rank"]) == (True, 0.0, 1)


def test_a_cleared_sheet_is_not_reported(db):
    edits.visit(db, 1, "met")
    edits.visit(db, 1, None, at="2021-08-16T03:00:00Z")
    assert figure(db, "25456")["reported"] is False


def test_reach_counts_households_nobody_is_assigned_to(db):
    edits.visit(db, 1, "met")
    edits.assign(db, 2, world.DAY, None)
    got = figure(db, "2545601")
    assert (got["households"], got["assigned"], got["unassigned"], got["due"]) == (24, 23, 1, 23)
    assert (got["coverage"], got["reach"]) == (1 / 23, 1 / 24)


def test_a_house_of_another_hamlet_is_counted_where_it_stands(db):
    edits.assign(db, 1, world.DAY, 4)  # team 2, of hamlet 2, now looks after a house of hamlet 1
    edits.visit(db, 1, "met")
    edits.visit(db, 25, "met")
    first, second = figure(db, "25456", "2545601"), figure(db, "25456", "2545602")
    assert (first["due"], first["seen"], second["due"], second["seen"]) == (24, 1, 24, 1)
    assert figure(db, "2545602", "team:2")["due"] == 25
    assert figure(db, "25456")["due"] == 48


def test_a_hamlet_without_a_team_stays_visible(db):
    world.add_area(db, "2545603", "hamlet", "khu phố", "3", "25456")
    world.add_household(db, 900, "25456", "2545603", 1)
    rollup.recount(db, hamlets={"2545603"}, since=world.DAY)
    got = figure(db, "25456", "2545603")
    assert (got["teams"], got["hamlets_without_team"], got["unassigned"], got["due"]) == (0, 1, 1, 0)
    assert figure(db, "25456")["hamlets_without_team"] == 1


def test_on_time_is_what_was_seen_at_the_cut_off(db):
    edits.visit(db, 1, "met", at="2021-08-16T07:00:00Z")
    edits.visit(db, 2, "met", at="2021-08-16T07:00:01Z")
    edits.visit(db, 1, "absent", at="2021-08-16T09:00:00Z")
    final, frozen = figure(db, "25456"), figure(db, "25456", as_of="14:00")
    assert final["seen_on_time"] == frozen["seen"] == frozen["seen_on_time"] == 1
    assert final["seen"] == 1 and final["absent"] == 1


def test_as_of_shows_each_visit_as_it_stood(db):
    edits.visit(db, 1, "absent", swept=True, at=clock.at(world.DAY, "08:00"))
    edits.visit(db, 1, "met", at=clock.at(world.DAY, "10:00"))
    early, noon = figure(db, "25456", as_of="09:00"), figure(db, "25456", as_of="12:00")
    assert (early["absent"], early["seen"], early["swept"]) == (1, 0, 1)
    assert (noon["absent"], noon["seen"], noon["touched"]) == (0, 1, 1)
    assert early["last_entry_at"] == clock.at(world.DAY, "08:00")
    assert figure(db, "25456", as_of="08:00")["reported"] is True
    assert figure(db, "25456", as_of="07:59")["reported"] is False
    assert figure(db, "25456", as_of="08:00")["seen_on_time"] == 0


def test_change_is_against_yesterday_at_the_same_hour(db):
    edits.visit(db, 1, "met", day=world.YESTERDAY, at=clock.at(world.YESTERDAY, "11:30"))
    edits.visit(db, 2, "met", day=world.YESTERDAY, at=clock.at(world.YESTERDAY, "16:00"))
    for household in (1, 2, 3):
        edits.visit(db, household, "met")
    live = figure(db, "25456", now=world.NOW)  # noon
    assert live["change"] == pytest.approx(0.063 - 0.021)  # 3 / 48 less 1 / 48, each as shown
    assert figure(db, "25456")["change"] == pytest.approx(0.063 - 0.042)
    compared = units.compared(db, "25456", world.DAY, None)
    assert figures.of_units(db, compared, world.DAY, before={})[0]["change"] is None


@pytest.mark.parametrize(("second", "counts"), [("13:46:59", 1), ("13:47:00", 1), ("13:47:01", 0), ("13:47:59", 0)])
@pytest.mark.parametrize("now", ["13:47:00", "13:47:59"])
def test_the_minute_of_the_day_before_ends_with_its_first_second_as_14_00_00_does(db, second, counts, now):
    said = clock.instant(clock.at(world.YESTERDAY, second[:5])) + timedelta(seconds=int(second[6:]))
    edits.visit(db, 1, "met", day=world.YESTERDAY, at=clock.stamp(said))
    edits.visit(db, 2, "met", day=world.YESTERDAY, at=clock.at(world.YESTERDAY, "08:00"))
    edits.visit(db, 1, "met")
    then = clock.instant(clock.at(world.DAY, now[:5])) + timedelta(seconds=int(now[6:]))
    live = figure(db, "25456", now=then)
    assert live["change"] == pytest.approx(0.021 - (0.042 if counts else 0.021))
    read = day_course.of_day(db, world.YESTERDAY, until=clock.stamp(then))
    stood = figures.everywhere(db, world.YESTERDAY, figures.same_hour(world.DAY, now=then), course=read)
    assert stood["25456"]["seen"] == 1 + counts
    assert stood["25456"] == figures.stood(db, "25456", world.YESTERDAY, "13:47")["25456"]


def test_a_change_is_what_a_reader_finds_by_taking_one_shown_share_from_the_other(db):
    for household in range(1, 39):  # 38 / 48 = 79,17
        edits.visit(db, household, "met")
    for household in range(1, 36):  # 35 / 48 = 72,92
        edits.visit(db, household, "met", day=world.YESTERDAY, at=clock.at(world.YESTERDAY, "08:00"))
    assert figure(db, "25456")["change"] == pytest.approx(0.792 - 0.729)  # 6,3, while 3 / 48 is 6,25


def test_an_unopened_day_has_units_and_no_figures(db):
    area, *below = figures.figures(db, "72", "2021-08-01")
    assert (area["teams"], area["due"], area["coverage"], len(below)) == (0, 0, None, 2)


# Ranks


def unit(code, seen, due, reported=True):
    return {"code": code, "seen": seen, "due": due, "reported": reported}


def ranks(*listed):
    return [(f["code"], f["rank"]) for f in ranked(list(listed))]


def test_ties_share_a_rank_and_keep_their_order():
    assert ranks(unit("a", 10, 30), unit("b", 20, 40), unit("c", 30, 60), unit("d", 1, 100), unit("e", 39, 40)) == [
        ("e", 1),
        ("b", 2),
        ("c", 2),
        ("a", 4),
        ("d", 5),
    ]


def test_what_shows_the_same_percentage_shares_a_rank():
    assert ranks(unit("a", 834, 1000), unit("b", 8344, 10_000), unit("c", 8336, 10_000)) == [
        ("a", 1),
        ("b", 1),
        ("c", 1),
    ]


def test_one_missing_household_never_ranks_as_none():
    assert ranks(unit("a", 4999, 5000), unit("b", 20, 20), unit("c", 999, 1000)) == [("b", 1), ("a", 2), ("c", 2)]


def test_small_and_silent_units_are_listed_without_a_rank():
    assert ranks(unit("a", 19, 19), unit("b", 0, 50, reported=False), unit("c", 20, 20)) == [
        ("c", 1),
        ("a", None),
        ("b", None),
    ]


def test_units_without_a_rank_come_in_vietnamese_order(db):
    assert [f["name"] for f in figures.figures(db, "72", world.DAY)[1:]] == ["Gò Dầu", "Tây Ninh"]


# Rights


@tabled("who", world.CAST)
def test_districts_and_communes_are_open_to_everyone(as_, who):
    db, user = as_(who)
    assert {f["code"] for f in figures.figures(db, "72", world.DAY, user=user)} == {"72", "703", "710"}
    assert {f["code"] for f in figures.figures(db, "703", world.DAY, user=user)} == {"703", "25456", "25459"}
    assert figures.figures(db, "25459", world.DAY, user=user)[0]["due"] == 24


@pytest.mark.parametrize("who", ["chi", "quan"])
def test_a_stranger_finds_no_hamlet_and_no_team(as_, who):
    db, user = as_(who)
    for call in (figures.figures, units.compared):
        with pytest.raises(NotFound):
            call(db, "2545601", world.DAY, user=user)
    assert [f["code"] for f in figures.figures(db, "25456", world.DAY, user=user)] == ["25456"]
    assert {unit["code"] for unit in units.compared(db, "25456", world.DAY, user=user)} == {"25456"}


def test_nobody_finds_an_area_that_does_not_exist(as_):
    db, user = as_("mai")
    for code in ("99999", "team:1", "' or 1=1 --", ""):
        with pytest.raises(NotFound):
            figures.figures(db, code, world.DAY, user=user)


@tabled(("who", "seen"), [("binh", {"team:1"}), ("an", {"team:1"}), ("lan", {"team:1"}), ("mai", {"team:1"})])
def test_teams_are_shown_inside_the_own_area(as_, who, seen):
    db, user = as_(who)
    assert {f["code"] for f in figures.figures(db, "2545601", world.DAY, user=user)[1:]} == seen


def test_a_member_sees_the_hamlets_of_the_commune_but_not_its_other_team(as_):
    db, user = as_("an")
    assert {f["code"] for f in figures.figures(db, "25456", world.DAY, user=user)} == {"25456", "2545601", "2545602"}
    assert [f["code"] for f in figures.figures(db, "2545602", world.DAY, user=user)] == ["2545602"]


# The trend

TREND = {
    "part": "seen",
    "whole": "due",
    "share": "coverage",
    "reported": "reported",
    "name": "name",
    "kind": "kind",
    "level": "level",
    "parent_name": "parent_name",
}


def test_the_trend_is_the_figures_day_by_day(db):
    for household in (1, 2, 30, 73):
        edits.visit(db, household, "met", day=world.YESTERDAY, at=clock.at(world.YESTERDAY, "15:00"))
        edits.visit(db, household, "absent" if household == 1 else "phone")
    for area in ("72", "703", "25456", "2545601"):
        found = units.compared(db, area, world.DAY, None)
        sums = spans.by_day(db, found, "coverage", clock.plus(world.DAY, -13), world.DAY)
        for day in edits.DAYS:
            for got in figures.of_units(db, units.compared(db, area, day, None), day, before={}):
                unit = next(unit for unit in found if unit["code"] == got["code"])
                point = spans.point(unit, sums[day, got["code"]], "coverage")
                for named, column in TREND.items():
                    assert point[named] == got[column], (day, got["code"], named)
        assert {day for day, _code in sums} == set(edits.DAYS)


def test_the_trend_streams_along_the_key_of_the_roll_up(db):
    plan = " ".join(
        line["detail"]
        for line in rows(
            db,
            """explain query plan select day, commune_code, sum(met) from team_day
               where day in (select day from days where day between '2021-08-01' and '2021-08-16')
                   and commune_code in (select value from json_each('["25456"]')) group by day, commune_code""",
        )
    )
    assert "PRIMARY KEY" in plan and "TEMP B-TREE" not in plan


def test_the_day_before_is_compared_at_the_same_minute_not_up_to_nine_before():
    late = world.NOW + timedelta(minutes=107, seconds=59)  # 13:47:59
    assert figures.same_hour(world.DAY, now=late) == "13:47"
    assert figures.same_hour(world.YESTERDAY, now=late) is None
    assert figures.same_hour(world.DAY, as_of="14:00", now=late) == "14:00"


def test_nothing_is_nothing():
    assert counts.total([]) == counts.nothing()


def test_the_course_of_a_day_without_entries_is_a_course(db):
    read = day_course.of_day(db, world.YESTERDAY, until=clock.stamp(world.NOW))
    stood = figures.everywhere(db, world.YESTERDAY, "13:47", course=read)
    assert stood["72"] == figures.stood(db, "72", world.YESTERDAY, "13:47")["72"]
    assert (stood["72"]["due"], stood["72"]["reported"], stood["72"]["last_entry_at"]) == (96, False, None)
