"""The roll-ups equal a recount from the facts, whatever was edited in whatever order."""

import shutil

from hypothesis import given

from lib.core import rollup
from lib.core.database import connect, value
from tests import edits, world
from tests.conftest import examples


@examples(25)
@given(listed=edits.edits)
def test_roll_ups_equal_a_recount_after_random_edits(template, tmp_path, listed):
    db = connect(shutil.copy(template, tmp_path / "edited.db"))
    edits.apply(db, listed)
    for day in edits.DAYS:
        assert rollup.differences(db, day) == []
    db.close()
    for left in tmp_path.glob("edited.db*"):
        left.unlink()


def test_a_roll_up_that_was_tampered_with_is_reported(db):
    db.conn.execute("update team_day set met = 3 where team_id = 1 and day = ?", [world.DAY])
    assert [d["key"] for d in rollup.differences(db, world.DAY)] == [1]


def test_a_late_entry_moves_the_final_number_and_not_the_frozen_one(db):
    edits.visit(db, 1, "met", at="2021-08-16T07:00:00Z")  # 14:00:00 in Viet Nam
    edits.visit(db, 2, "met", at="2021-08-16T07:00:01Z")
    edits.visit(db, 1, "absent", at="2021-08-16T08:00:00Z")
    assert team_day(db) == (1, 1)
    assert rollup.differences(db, world.DAY) == []


def test_a_cleared_row_counts_nothing_and_is_kept(db):
    edits.visit(db, 1, "met")
    edits.visit(db, 1, None, at="2021-08-16T03:00:00Z")
    assert team_day(db) == (0, 0)
    assert value(db, "select count(*) from visit_past") == 1


def test_a_household_counts_once_however_often_it_is_saved(db):
    for hour in (1, 2, 3):
        edits.visit(db, 1, "met", at=f"2021-08-16T0{hour}:00:00Z")
    assert team_day(db) == (1, 1)


def test_a_change_from_today_leaves_yesterday_alone(db):
    edits.visit(db, 1, "met", day=world.YESTERDAY, at="2021-08-15T02:00:00Z")
    edits.assign(db, 1, world.DAY, None)
    assert value(db, "select due from team_day where team_id = 1 and day = ?", [world.YESTERDAY]) == 24
    assert value(db, "select due from team_day where team_id = 1 and day = ?", [world.DAY]) == 23
    assert team_day(db, world.YESTERDAY) == (1, 1)


def team_day(db, day=world.DAY):
    return db.conn.execute("select seen, seen_on_time from team_day where team_id = 1 and day = ?", [day]).fetchone()
