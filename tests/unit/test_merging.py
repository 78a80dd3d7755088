"""Two rows that are one household or one person: made one as chosen, nothing of the past moved, and reversible."""

import pytest

from lib.core import clock, rollup
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.register.duplicates import merging
from lib.register.households import households, persons, relocation
from lib.register.undo import undo
from tests import edits, world
from tests.unit.test_undo import facts

TODAY = world.DAY
STAYS, GOES = "25456-0001", "25456-0002"


def add(bound, code, name, year="1984"):
    db, user = bound
    return persons.add(db, user, code, {"full_name": name, "birth_year": year}, now=world.NOW)


def merge(bound, stays=STAYS, goes=GOES, **choice):
    db, user = bound
    return merging.merge_households(db, user, stays, goes, choice, now=world.NOW)


def sums(db):
    return rows(db, "select * from team_day order by day, team_id"), rows(db, "select * from hamlet_day order by 1, 2")


def test_one_of_two_households_goes_and_its_assignment_ends(as_, db):
    edits.visit(db, 2, "met", day=world.YESTERDAY, at="2021-08-15T02:00:00Z")
    before = rows(db, "select * from team_day where day = ?", [world.YESTERDAY])
    merge(as_("binh"), head_name="goes")
    assert households.get(as_("binh")[0], STAYS, day=TODAY)["head_name"] == world.head_name(2)
    gone = households.get(as_("binh")[0], GOES, day=TODAY)
    assert gone["status"]["status"] == "merged" and gone["responsible"] is None
    assert value(db, "select merged_into from households where code = ?", [GOES]) == 1
    assert value(db, "select household_id from visits") == 2, "a visit stays where it was made"
    assert rows(db, "select * from team_day where day = ?", [world.YESTERDAY]) == before
    assert value(db, "select due from team_day where team_id = 1 and day = ?", [TODAY]) == 23
    assert rollup.differences(db, TODAY) == rollup.differences(db, world.YESTERDAY) == []


def test_visited_today_it_goes_tomorrow(as_, db):
    edits.visit(db, 2, "met")
    merge(as_("binh"))
    assert value(db, "select from_day from household_status") == clock.plus(TODAY, 1)
    assert value(db, "select seen from team_day where team_id = 1 and day = ?", [TODAY]) == 1


def test_persons_move_stay_or_are_the_same(as_, db):
    bound = as_("binh")
    tu = add(bound, STAYS, "Lê Thị Tư")
    again, nam, away = (add(bound, GOES, name) for name in ("Le Thi Tu", "Lê Văn Năm", "Lê Văn Sáu"))
    merge(bound, persons={away: "stay"})
    found = {p["id"]: (p["household_id"], p["merged_into"]) for p in rows(db, "select * from persons")}
    assert found == {tu: (1, None), again: (2, tu), nam: (1, None), away: (2, None)}
    assert {p["full_name"] for p in persons.of_household(bound[0], STAYS, day=TODAY)} == {"Lê Thị Tư", "Lê Văn Năm"}


def test_another_birth_year_is_another_person(as_):
    bound = as_("binh")
    add(bound, STAYS, "Lê Thị Tư", "1984"), add(bound, GOES, "Lê Thị Tư", "1990")
    here, there = (merging.living(bound[0], merging.household(bound[0], c)["id"], day=TODAY) for c in (STAYS, GOES))
    assert merging.same_persons(here, there) == {}


def test_two_persons_become_one_and_screenings_keep_pointing(as_, db):
    bound = as_("binh")
    kept, gone = add(bound, STAYS, "Lê Thị Tư"), add(bound, GOES, "Lê Thị Tứ", "1985")
    edits.visit(db, 2, "met")
    db.conn.execute(
        "insert into screenings (day, household_id, version, person_id, temperature) values (?, 2, 1, ?, 38.2)",
        [TODAY, gone],
    )
    merging.merge_persons(*bound, kept, gone, {"birth_year": "goes"}, now=world.NOW)
    assert value(db, "select person_id from screenings") == gone
    assert [(p["full_name"], p["birth_year"]) for p in persons.of_household(bound[0], STAYS, day=TODAY)] == [
        ("Lê Thị Tư", 1985)
    ]
    assert persons.of_household(bound[0], GOES, day=TODAY) == []
    with pytest.raises(Conflict):
        merging.merge_persons(*bound, kept, gone, {}, now=world.NOW)


@pytest.mark.parametrize("what", ["household", "person"])
def test_undo_is_identity(as_, db, what):
    bound = as_("binh")
    kept, gone = add(bound, STAYS, "Lê Thị Tư"), add(bound, GOES, "Lê Thị Tư")
    before = facts(db), sums(db)
    if what == "household":
        merge(bound, phone="goes", head_name="goes", persons={gone: "move"})
    else:
        merging.merge_persons(*bound, kept, gone, {}, now=world.NOW)
    line = undo.offered(*bound, now=world.NOW, kind=f"{what}.merge")[0]
    undo.take_back(*bound, line["id"], now=world.NOW)
    assert (facts(db), sums(db)) == before


def test_the_same_and_the_gone_are_refused(as_):
    with pytest.raises(Invalid):
        merge(as_("binh"), STAYS, STAYS)
    relocation.move(*as_("binh"), GOES, {"hamlet_code": "2545602", "from_day": TODAY}, now=world.NOW)
    for pair in ((STAYS, GOES), (GOES, STAYS)):
        with pytest.raises(Conflict):
            merge(as_("binh"), *pair)


def test_what_somebody_changed_since_it_was_compared_is_looked_at_again(as_):
    bound = as_("binh")
    households.edit(*bound, GOES, {"phone": "0912345678"}, 1, now=world.NOW)
    with pytest.raises(Conflict):
        merge(bound, versions=(1, 1))
    merge(bound, versions=(1, 2))


def test_strangers_and_other_roles_merge_nothing(as_, db):
    bound = as_("binh")
    kept, gone = add(bound, STAYS, "Lê Thị Tư"), add(bound, GOES, "Lê Thị Tư")
    before = facts(db)
    chi = as_("chi")
    for pair in ((STAYS, GOES), ("25654-0073", GOES), (GOES, "25654-0073")):
        with pytest.raises(NotFound):
            merge(chi, *pair)
    with pytest.raises(NotFound):
        merging.merge_persons(*chi, kept, gone, {}, now=world.NOW)
    for name in ("an", "lan", "son", "dung", "mai", "thu", "quan"):
        with pytest.raises(Refused):
            merge(as_(name))
    assert facts(db) == before
