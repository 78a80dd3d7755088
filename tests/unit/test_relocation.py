"""A household moves to another hamlet or commune: both sides see it, and no day gone by is counted otherwise."""

import pytest

from lib.core import clock, rollup
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.field.visits import visits
from lib.register.assignments import assignments
from lib.register.households import households, persons, relocation, relocation_choices, statuses
from lib.register.households.statuses import StatusEntry
from lib.register.undo import undo
from tests import edits, world
from tests.unit.test_undo import facts

TODAY, TOMORROW = world.DAY, clock.plus(world.DAY, 1)
CODE, NEXT_DOOR, FAR = "25456-0001", "2545602", "2565401"


def move(bound, hamlet=FAR, code=CODE, day=TODAY, **more):
    db, user = bound
    values = {"hamlet_code": hamlet, "from_day": day, "lane": "Hẻm 9", **more}
    return relocation.move(db, user, code, values, now=world.NOW)


def ground(db, day) -> dict[str, tuple]:
    found = rows(db, "select hamlet_code, households, assigned from hamlet_day where day = ?", [day])
    return {line["hamlet_code"]: (line["households"], line["assigned"]) for line in found}


@pytest.fixture
def inhabited(as_):
    db, user = as_("binh")
    return persons.add(db, user, CODE, {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)


def test_it_ends_here_and_begins_there_with_its_people(as_, db, inhabited):
    yesterday = ground(db, world.YESTERDAY)
    code = move(as_("binh"))
    assert code == "25654-0097"
    connection, _user = as_("chi")
    found = households.get(connection, code, day=TODAY)
    assert (found["head_name"], found["lane"], found["responsible"]) == (world.head_name(1), "Hẻm 9", None)
    assert [p["full_name"] for p in persons.of_household(connection, code, day=TODAY)] == ["Lê Thị Tư"]
    assert [h["code"] for h in assignments.households_of(connection, day=TODAY, hamlet=FAR, unassigned=True)] == [code]
    assert ground(db, TODAY)["2545601"] == (23, 23) and ground(db, TODAY)[FAR] == (25, 24)
    assert ground(db, world.YESTERDAY) == yesterday
    assert rollup.differences(db, TODAY) == rollup.differences(db, world.YESTERDAY) == []


def test_from_tomorrow_the_old_team_still_comes_today_and_knows(as_, db):
    move(as_("binh"), day=TOMORROW)
    connection, user = as_("lan")
    assert len(visits.sheet(connection, 1, TODAY, user)) == 24
    assert len(visits.sheet(connection, 1, TOMORROW, user)) == 23
    told = relocation_choices.departures(connection, [CODE, "25456-0002"], day=TODAY)
    assert told[CODE]["from_day"] == TOMORROW and told[CODE]["hamlet_name"] == "Rạch Sơn"
    assert told[CODE]["leaves_commune"] and len(told) == 1
    assert ground(db, TODAY)["2545601"] == (24, 24)


def test_within_a_commune_it_is_given_to_a_member_there(as_, db):
    code = move(as_("binh"), NEXT_DOOR)
    assignments.give(*as_("binh"), [code], 4, from_day=TODAY, now=world.NOW)
    assert value(db, "select due from team_day where team_id = 2 and day = ?", [TODAY]) == 25
    assert rollup.differences(db, TODAY) == []


def test_the_new_commune_reads_what_it_was_and_a_stranger_does_not(as_, db):
    edits.visit(db, 1, "met", day=world.YESTERDAY, at="2021-08-15T02:00:00Z")
    code = move(as_("binh"))
    successor = value(db, "select id from households where code = ?", [code])
    (was,) = relocation_choices.before(as_("chi")[0], successor)
    assert (was["code"], was["until_day"], was["hamlet_name"], was["status"]) == (CODE, TODAY, "1", "moved")
    assert relocation_choices.before(as_("an")[0], successor) == []
    assert [line["action"] for line in rows(as_("chi")[0], "select action from my_audit")] == ["household.arrive"]


def test_quarantine_comes_along(as_, db):
    statuses.set_status(*as_("binh"), CODE, StatusEntry("central_quarantine", TODAY), now=world.NOW)
    code = move(as_("binh"), NEXT_DOOR)
    assert households.get(as_("binh")[0], code, day=TODAY)["status"]["status"] == "central_quarantine"


def test_a_household_visited_today_moves_tomorrow(as_, db):
    edits.visit(db, 1, "met")
    with pytest.raises(Invalid) as refused:
        move(as_("binh"))
    assert "from_day" in refused.value.faults
    move(as_("binh"), day=TOMORROW)


def test_a_household_that_moved_does_not_move_again(as_):
    move(as_("binh"))
    with pytest.raises(Conflict):
        move(as_("binh"), NEXT_DOOR)


def test_moved_means_moved(as_, db):
    """Ending the old row's status by hand would make two households of one."""
    move(as_("binh"), NEXT_DOOR)
    with pytest.raises(Conflict):
        statuses.end_status(*as_("binh"), CODE, TOMORROW, now=world.NOW)


@pytest.mark.parametrize("hamlet", ["2545601", "2599999", "", "25654"])
def test_nowhere_and_here_are_no_destinations(as_, hamlet):
    with pytest.raises(Invalid) as refused:
        move(as_("binh"), hamlet)
    assert "hamlet_code" in refused.value.faults


def test_undo_is_identity_also_for_the_other_commune(as_, db, inhabited):
    before = facts(db), ground(db, TODAY), ground(db, world.YESTERDAY)
    bound = as_("binh")
    move(bound)
    line = undo.offered(*bound, now=world.NOW, kind="household.move")[0]
    undo.take_back(*bound, line["id"], now=world.NOW)
    assert (facts(db), ground(db, TODAY), ground(db, world.YESTERDAY)) == before


def test_strangers_and_other_roles_move_nothing(as_, db):
    before = facts(db)
    with pytest.raises(NotFound):
        move(as_("chi"))
    for name in ("an", "lan", "son", "dung", "mai", "thu", "quan"):
        with pytest.raises(Refused):
            move(as_(name))
    assert facts(db) == before


def leaving(as_, name, day=TODAY, team=1):
    return relocation_choices.leaving(as_(name)[0], team, day=day)


def test_the_old_team_reads_on_its_sheet_where_a_household_went(as_):
    move(as_("binh"))
    (gone,) = leaving(as_, "lan")
    assert (gone["code"], gone["head_name"], gone["from_day"]) == (CODE, world.head_name(1), TODAY)
    assert (gone["hamlet_name"], gone["commune_name"], gone["mine"]) == ("Rạch Sơn", "Gò Dầu", False)
    assert [line["mine"] for line in leaving(as_, "mai")] == [True]


def test_a_move_to_come_is_told_before_and_not_after(as_):
    move(as_("binh"), day=TOMORROW)
    assert [len(leaving(as_, "binh", day)) for day in (world.YESTERDAY, TODAY, TOMORROW)] == [1, 1, 1]
    assert leaving(as_, "binh", clock.plus(TOMORROW, 1)) == leaving(as_, "binh", "2021-07-31") == []


def test_a_household_given_to_others_did_not_move(as_, db):
    edits.assign(db, 1, TODAY, 5)
    assert leaving(as_, "binh") == []


def test_of_a_move_a_stranger_and_other_teams_read_nothing(as_):
    move(as_("binh"), NEXT_DOOR)
    assert leaving(as_, "chi") == leaving(as_, "chi", team=4) == leaving(as_, "lan", team=2) == []
    assert leaving(as_, "an") == []  # a member, and not the one who came to this door
    assert len(leaving(as_, "lan")) == len(leaving(as_, "son")) == 1


def test_a_move_taken_back_is_told_no_more(as_):
    bound = as_("binh")
    move(bound)
    undo.take_back(*bound, undo.offered(*bound, now=world.NOW, kind="household.move")[0]["id"], now=world.NOW)
    assert leaving(as_, "binh") == []
