"""Taking back an act: everything as it was, or a sentence that says what stands in the way."""

from datetime import timedelta

import pytest

from lib.core import access, audit, change_capture, clock, rollup
from lib.core.audit import act
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.core.identity import delegation
from lib.register.assignments import assignments
from lib.register.households import persons
from lib.register.undo import undo
from tests import world

NOW = world.NOW


def facts(db) -> dict:
    """Every row that can be taken back."""
    return {table: db.conn.execute(f"select * from {table} order by 1, 2").fetchall() for table in change_capture.KEYS}


@pytest.fixture
def given(as_):
    """Bình gives two of team 1's households to another member of it."""
    db, user = as_("binh")
    before = facts(db), sums(db)
    with act(db, user, "assignment.give", now=NOW, kind="assignment.give", undo=audit.BULK) as deed:
        assignments.give(db, user, ["25456-0001", "25456-0002"], 2, from_day=world.DAY, now=NOW)
    return db, user, deed.id, before


def sums(db) -> list[dict]:
    return rows(db, "select day, team_id, assigned, excluded, met from team_day order by day, team_id")


def test_everything_is_as_it_was(given):
    db, user, line, before = given
    assert (facts(db), sums(db)) != before
    undo.take_back(db, user, line, now=NOW)
    assert (facts(db), sums(db)) == before
    assert rollup.differences(db, world.DAY) == []
    assert [line["action"] for line in rows(db, "select action from audit_log order by id desc limit 1")] == ["undo"]


def test_only_once_and_only_in_time(given):
    db, user, line, _before = given
    with pytest.raises(Conflict, match="could be undone until"):
        undo.take_back(db, user, line, now=NOW + timedelta(hours=24, seconds=1))
    undo.take_back(db, user, line, now=NOW)
    with pytest.raises(Conflict, match="was already undone"):
        undo.take_back(db, user, line, now=NOW)


def test_what_changed_since_stands_in_the_way(given):
    db, user, line, _before = given
    assignments.give(db, user, ["25456-0002"], 3, from_day=world.DAY, now=NOW)
    after = facts(db)
    with pytest.raises(Conflict, match="Changed since"):
        undo.take_back(db, user, line, now=NOW)
    assert facts(db) == after


def test_what_was_built_on_it_stands_in_the_way(as_):
    db, user = as_("binh")
    with act(db, user, "household.edit", now=NOW, kind="person.add", undo=audit.SINGLE) as deed:
        person = persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=NOW)
    db.conn.execute(
        """insert into visits (day, household_id, outcome, persons, recorded_at) values (?, 1, 'met', 4, ?)""",
        [world.DAY, "2021-08-16T05:00:00Z"],
    )
    db.conn.execute(
        """insert into screenings (day, household_id, version, person_id, temperature) values (?, 1, 1, ?, 38.2)""",
        [world.DAY, person],
    )
    with pytest.raises(Conflict, match="depend on it"):
        undo.take_back(db, user, deed.id, now=NOW)
    assert value(db, "select 1 from persons where id = ?", [person])


def test_a_single_edit_is_its_authors_and_a_stranger_finds_nothing(as_, given):
    _db, _user, bulk, _before = given
    db, user = as_("binh")
    with act(db, user, "household.edit", now=NOW, kind="person.add", undo=audit.SINGLE) as deed:
        persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=NOW)
    assert [line["id"] for line in undo.offered(db, user, now=NOW)] == [deed.id, bulk]
    district, dung = as_("dung")
    assert [line["id"] for line in undo.offered(district, dung, now=NOW)] == [bulk]
    for name in ("chi", "son", "an"):
        stranger, who = as_(name)
        assert undo.offered(stranger, who, now=NOW) == []
        with pytest.raises((NotFound, Conflict)):
            undo.take_back(stranger, who, deed.id, now=NOW)


def test_the_chain_of_the_log_breaks_where_a_line_was_changed(given):
    db, user, line, _before = given
    undo.take_back(db, user, line, now=NOW)
    assert audit.broken(db) is None
    db.conn.execute("update audit_log set subject = 'x' where id = ?", [line])
    assert audit.broken(db) == line


def test_a_line_taken_out_of_the_log_is_missed(given):
    db, user, line, _before = given
    undo.take_back(db, user, line, now=NOW)
    first = value(db, "select min(id) from audit_log where link is not null")
    db.conn.execute("delete from undo_steps")
    db.conn.execute("delete from undoable")
    db.conn.execute("delete from audit_log where id = ?", [line])
    assert audit.broken(db) not in (None, first)


@pytest.mark.parametrize(("ahead", "needed"), [(0, True), (1, False)])
def test_the_next_day_a_reason_is_needed_only_where_a_day_gone_by_changes(as_, ahead, needed):
    db, user = as_("binh")
    first = clock.plus(world.DAY, ahead)
    done = assignments.give(db, user, ["25456-0001"], 2, from_day=first, now=NOW)
    later = NOW + timedelta(hours=20)
    if needed:
        with pytest.raises(Invalid, match="say why"):
            undo.take_back(db, user, done.act, now=later, reason="  ")
    undo.take_back(db, user, done.act, now=later, reason="giao nhầm" if needed else None)
    detail = value(db, "select detail from audit_log where action = 'undo'")
    assert ("giao nhầm" in detail) == needed
    assert rollup.differences(db, world.DAY) == []


def test_what_stands_in_the_way_is_named_as_people_know_it(given):
    db, user, line, _before = given
    assignments.give(db, user, ["25456-0002"], 3, from_day=world.DAY, now=NOW)
    with pytest.raises(Conflict, match=world.head_name(2)):
        undo.take_back(db, user, line, now=NOW)


def test_nothing_done_is_nothing_to_take_back(as_, given):
    db, user, _line, _before = given
    again = assignments.give(db, user, ["25456-0001"], 2, from_day=world.DAY, now=NOW)
    assert again.act is None
    with pytest.raises(NotFound):
        undo.take_back(db, user, again.act, now=NOW)


def refused(db, user, line) -> None:
    """It is offered no more, and asking for it all the same changes nothing."""
    before = facts(db)
    assert line not in [each["id"] for each in undo.offered(db, user, now=NOW)]
    with pytest.raises((NotFound, Refused)):
        undo.take_back(db, user, line, now=NOW)
    assert facts(db) == before


def now_in(as_, name: str, grant: int | None = None):
    """The same account in the role it holds by now."""
    db, _user = as_(name)
    user = access.user(db, world.CAST[name][0], world.DAY, grant)
    access.bind(db, user, world.DAY)
    return db, user


def edited(db, user, household="25456-0001") -> int:
    with act(db, user, "household.edit", now=NOW, kind="person.add", undo=audit.SINGLE) as deed:
        persons.add(db, user, household, {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=NOW)
    return deed.id


@pytest.mark.parametrize(
    "moved",
    [
        "update grants set area_code = '25459' where account_id = 3",
        "update grants set role = 'station' where account_id = 3",
        "update grants set role = 'district', area_code = '710' where account_id = 3",
    ],
)
def test_who_lost_the_right_or_the_area_takes_nothing_back(as_, given, moved):
    """Bình's own acts, after Bình went to another commune, to another post, to another district."""
    db, binh, bulk, _before = given
    single = edited(db, binh)
    db.conn.execute(moved)
    for line in (single, bulk):
        refused(*now_in(as_, "binh"), line)


def test_a_higher_role_in_a_strange_area_takes_nothing_back(as_, given):
    db, binh, bulk, _before = given
    single = edited(db, binh)
    db.conn.execute(
        "insert into grants (account_id, role, area_code, from_day) values (3, 'district', '710', ?)", [world.DAY]
    )
    grant = value(db, "select max(id) from grants")
    for line in (single, bulk):
        refused(*now_in(as_, "binh", grant), line)


def test_a_leader_of_another_team_by_now_takes_nothing_back(as_):
    db, lan = as_("lan")
    line = edited(db, lan)
    assert line in [each["id"] for each in undo.offered(db, lan, now=NOW)]
    db.conn.execute("update grants set team_id = 2 where account_id = 2")
    refused(*now_in(as_, "lan"), line)
    db.conn.execute("update grants set team_id = 1 where account_id = 2")
    undo.take_back(*now_in(as_, "lan"), line, now=NOW)


def test_a_member_takes_back_nothing_of_a_household_that_is_anothers_by_now(as_):
    db, an = as_("an")
    own = value(db, "select code from my_households order by code limit 1")
    line = edited(db, an, own)
    db.conn.execute("update grants set member_id = 3 where account_id = 1")
    refused(*now_in(as_, "an"), line)


def test_what_was_done_in_a_lent_role_is_not_taken_back_in_the_own(as_, db):
    """An stands in for Bình, edits a household of another team and gives it away; then acts as a member again."""
    own, binh = as_("binh")
    grant = delegation.give(
        own, binh, delegation.Loan(username="an", from_day=world.DAY, last_day=world.DAY, from_hour="00:00"), now=NOW
    )
    lent, deputy = now_in(as_, "an", grant)
    elsewhere = value(db, "select code from households where hamlet_code = '2545602' order by code limit 1")
    single = edited(lent, deputy, elsewhere)
    bulk = assignments.give(lent, deputy, [elsewhere], 5, from_day=world.DAY, now=NOW).act
    for line in filter(None, (single, bulk)):
        refused(*now_in(as_, "an"), line)
    delegation.end(own, binh, grant, now=NOW)
    refused(*now_in(as_, "an"), single)


def test_a_deputy_takes_nothing_back_before_the_hour(as_, given):
    db, binh, bulk, _before = given
    grant = delegation.give(
        db, binh, delegation.Loan(username="an", from_day=world.DAY, last_day=world.DAY, from_hour="13:50"), now=NOW
    )
    lent, deputy = now_in(as_, "an", grant)
    with pytest.raises(Refused):
        undo.take_back(lent, deputy, bulk, now=NOW)
    undo.take_back(lent, deputy, bulk, now=NOW + timedelta(hours=2))
