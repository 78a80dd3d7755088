"""Taking back an act: everything as it was, or a sentence that says what stands in the way."""

from datetime import timedelta

import pytest

from lib.core import audit, clock, images, rollup
from lib.core.audit import act
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound
from lib.register import assignments, persons, undo
from tests import world

NOW = world.NOW


def facts(db) -> dict:
    """Every row that can be taken back."""
    return {table: db.conn.execute(f"select * from {table} order by 1, 2").fetchall() for table in images.KEYS}


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
    with pytest.raises(Conflict, match="could be taken back until"):
        undo.take_back(db, user, line, now=NOW + timedelta(hours=24, seconds=1))
    undo.take_back(db, user, line, now=NOW)
    with pytest.raises(Conflict, match="taken back already"):
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
    with pytest.raises(Conflict, match="builds on it"):
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
