"""Numbers on paper never move: whoever comes, leaves, changes hands or place in the walk."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils.utils import sqlite3

from db.migrations import migrations
from lib.core import access, rollup
from lib.core.database import connect, prepare, value
from lib.exchange.paper import book
from lib.field.visits import visits
from lib.operations import checks
from lib.register.households import households, persons, statuses
from lib.register.teams import sheet_numbers
from lib.register.undo import undo
from lib.screen.sheet.print_sheet import gathered
from tests import edits, world
from tests.conftest import examples

DAY, NOW = world.DAY, world.NOW


def numbers(who, day=DAY) -> dict[str, int]:
    """What the screen says, by the household's serial."""
    db, user = who
    return {line["code"][-4:]: line["number"] for line in visits.sheet(db, 1, day, user)}


def printed(who) -> dict[str, int]:
    """What stands on a sheet printed now."""
    people = gathered(*who, "sheets", 1, DAY)["people"]
    return {line["code"][-4:]: line["number"] for member in people for line in member["lines"] or ()}


def answer(who, code: str, now=NOW) -> None:
    db, user = who
    draft = {"outcome": "met", "version": 0}
    assert visits.record(db, user, visits.Submission(1, DAY, {code: draft}), now=now)[code]["state"] == "saved"


def come(db, number: int, place: int, member: int = 1) -> None:
    """A new household at a place in the walk, given to a member of team 1 today."""
    later = "update households set walk_order = walk_order + 1 where hamlet_code = '2545601' and walk_order >= ?"
    db.conn.execute(later, [place])
    world.add_household(db, number, "25456", "2545601", place)
    world.add_assignment(db, number, member, 1, DAY)
    rollup.recount(db, teams={1}, hamlets={"2545601"}, since=DAY)


def test_a_newcomer_moves_no_number_that_is_out_on_paper(as_, db):
    clerk = as_("binh")
    before = printed(clerk)
    come(db, 300, 7)
    now = numbers(clerk)
    assert now == before | {"0300": 25} and printed(clerk) == now
    lines = [line["number"] for line in visits.sheet(*clerk[:1], 1, DAY)]
    assert lines == [*range(1, 9), 25, *range(9, 25)], "the newcomer closes the rows of its member"


def test_a_newcomer_moves_no_number_of_a_sheet_that_is_begun(as_, db):
    clerk = as_("binh")
    before = numbers(clerk)
    answer(clerk, "25456-0024")
    come(db, 300, 1)
    assert numbers(clerk) == before | {"0300": 25}


def test_until_then_numbers_follow_the_walk_and_looking_fixes_nothing(as_, db):
    clerk = as_("binh")
    numbers(clerk)
    visits.open_sheet(*clerk, 1, DAY, now=NOW)
    gathered(*clerk, "cards", 1, DAY)
    come(db, 300, 1)
    assert numbers(clerk)["0300"] == 1 and numbers(clerk)["0001"] == 2
    assert value(db, "select count(*) from sheet_numbers") == 0


@pytest.mark.parametrize("kind", book.NUMBERED)
def test_whatever_bears_numbers_lets_them_stand(as_, db, kind):
    clerk = as_("binh")
    gathered(*clerk, kind, 1, DAY)
    come(db, 300, 1)
    assert numbers(clerk)["0300"] == 25


def test_newcomers_keep_the_order_in_which_they_came(as_, db):
    clerk = as_("binh")
    printed(clerk)
    for number, place in ((300, 20), (301, 5), (302, 1)):
        come(db, number, place)
        visits.open_sheet(*clerk, 1, DAY, now=NOW)
    assert [numbers(clerk)[code] for code in ("0300", "0301", "0302")] == [25, 26, 27]


def test_who_leaves_leaves_a_gap_and_has_the_old_number_on_coming_back(as_, db):
    clerk = as_("binh")
    before = printed(clerk)
    statuses.begin_status(db, 7, "moved", DAY)
    gone = {code: number for code, number in before.items() if code != "0007"}
    assert numbers(clerk) == gone and printed(clerk) == gone
    come(db, 300, 7)
    statuses.finish_status(db, 7, DAY)
    edits.assign(db, 7, DAY, 1)
    assert numbers(clerk) == before | {"0300": 25}


def test_another_walk_and_another_member_move_no_number(as_, db):
    clerk = as_("binh")
    before = printed(clerk)
    households.walk(*clerk, "25456-0001", "24", now=NOW)
    edits.assign(db, 3, DAY, 2)
    assert numbers(clerk) == before
    an = as_("an")
    assert numbers(an) == {"0003": 3, **{f"{n:04d}": n for n in range(9, 17)}}
    order = [line["number"] for line in visits.sheet(clerk[0], 1, DAY)]
    assert order == [1, 2, 4, 5, 6, 7, 8, 3, *range(9, 25)]


def test_a_registration_taken_back_leaves_its_number_to_nobody(as_, db):
    clerk = as_("binh")
    printed(clerk)
    values = {"head_name": "Hộ Nhầm", "hamlet_code": "2545601", "person_count": "1"}
    code = households.register(*clerk, values, now=NOW)
    act = value(db, "select max(id) from audit_log")
    household = value(db, "select id from households where code = ?", [code])
    world.add_assignment(db, household, 1, 1, DAY)
    visits.open_sheet(*clerk, 1, DAY, now=NOW)
    assert numbers(clerk)[code[-4:]] == 25
    db.conn.execute("delete from assignments where household_id = ?", [household])
    undo.take_back(*clerk, act, now=NOW)
    assert sheet_numbers.fixed(db, 1, DAY)[24] is None and not list(checks.sheets(db))
    come(db, household, 5)  # the store gives the same id again
    assert numbers(clerk)[f"{household:04d}"] == 26


def test_a_fixed_number_cannot_be_given_to_another(as_, db):
    printed(as_("binh"))
    for households_ in ([2, 1], [1], [*range(2, 26)]):
        with pytest.raises(sqlite3.IntegrityError, match="belongs to one household for good"):
            db.conn.execute("update sheet_numbers set households = ?", [json.dumps(households_)])


def test_a_check_of_the_store_finds_what_cannot_be(as_, db):
    printed(as_("binh"))
    assert not list(checks.sheets(db))
    db.conn.execute("update sheet_numbers set households = json_insert(households, '$[#]', 1, '$[#]', 9999)")
    assert len(list(checks.sheets(db))) == 2
    db.conn.execute(
        """insert into sheet_prints (code, team_id, day, printed_at, numbers, members)
           values ('123456', 1, ?, '2021-08-16T00:00:00Z', 99, '{"1": [100]}')""",
        [DAY],
    )
    assert len(list(checks.sheets(db))) == 3


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("assign"), st.integers(1, 30), st.just(DAY), st.one_of(st.none(), st.integers(1, 6))),
        st.tuples(st.just("status"), st.integers(1, 30), st.just(DAY), st.sampled_from(edits.STATUSES), st.booleans()),
        st.tuples(st.just("walk"), st.integers(1, 24), st.integers(1, 24)),
        st.tuples(st.just("look")),
    ),
    max_size=12,
)


@examples(20)
@given(STEPS)
def test_whatever_happens_no_number_moves_and_none_stands_for_two(template, steps):
    db = connect(template)
    db.conn.execute("begin")
    try:
        user = access.user(db, world.CAST["binh"][0], DAY)
        access.bind(db, user, DAY)
        given_ = printed((db, user))
        for kind, *what in steps:
            if kind == "walk":
                households.walk(db, user, f"25456-{what[0]:04d}", str(what[1]), now=NOW)
            elif kind == "assign":
                edits.assign(db, *what)
            elif kind == "status":
                edits.set_status(db, *what)
            visits.open_sheet(db, user, 1, DAY, now=NOW)
            now = numbers((db, user))
            assert len(set(now.values())) == len(now)
            assert {code: number for code, number in now.items() if code in given_} == {
                code: number for code, number in given_.items() if code in now
            }
            given_ |= now
        assert not list(checks.sheets(db))
    finally:
        db.conn.execute("rollback")
        db.close()


def older(template, tmp_path):
    """A store from before numbers were kept, with three days of answers."""
    db = connect(template)
    file = tmp_path / "older.db"
    db.conn.execute("vacuum into ?", [str(file)])
    db.close()
    db = connect(file)
    db.conn.execute("delete from _sqlite_migrations where name = 'm009_numbers_on_sheets'")
    for thing in ("trigger teams_sheets", "trigger households_sheets", "table sheet_prints", "table sheet_numbers"):
        db.conn.execute(f"drop {thing}")
    rollup.open_day(db, "2021-08-10", now=NOW)
    for day in ("2021-08-10", world.YESTERDAY, DAY):
        edits.visit(db, 5, "met", day=day)
    db.close()
    return file


def test_an_older_store_keeps_the_numbers_of_the_days_whose_paper_may_be_out(template, tmp_path):
    file = older(template, tmp_path)
    db = connect(file)
    assert [step.name for step in migrations.pending(db)] == ["m009_numbers_on_sheets"]
    db.close()
    prepare(file, now=NOW)
    db = connect(file)
    days = value(db, "select json_group_array(distinct day order by day) from sheet_numbers")
    assert json.loads(days) == [world.YESTERDAY, DAY]
    user = access.user(db, world.CAST["binh"][0], DAY)
    access.bind(db, user, DAY)
    before = numbers((db, user))
    assert before == {f"{n:04d}": n for n in range(1, 25)}
    come(db, 300, 7)
    assert numbers((db, user)) == before | {"0300": 25}
    assert [list(check(db)) for check in checks.CHECKS.values()] == [[]] * len(checks.CHECKS)
    db.close()


def test_a_person_added_at_the_door_is_no_matter_of_numbers(as_):
    clerk = as_("binh")
    before = printed(clerk)
    persons.add(*clerk, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=NOW)
    assert numbers(clerk) == before
