"""Giving households to members: rights, days, history, roll-ups and the way back."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import access, clock, database, rollup
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.register.assignments import assignments
from lib.register.households import relocation
from lib.register.teams import leaving
from lib.register.undo import undo
from tests import world
from tests.conftest import examples
from tests.table import tabled

TODAY, TOMORROW = world.DAY, clock.plus(world.DAY, 1)
AN, LAN, THIRD, OF_TEAM_2, OF_PHUONG_3 = 2, 1, 3, 4, 7


def code(number: int) -> str:
    return f"25456-{number:04d}"


def give(bound, numbers, member, day=TODAY):
    db, user = bound
    return assignments.give(db, user, [code(n) for n in numbers], member, from_day=day, now=world.NOW)


def minded(db, number: int, day: str) -> list[int]:
    """Who minds a household on a day; more than one would be a fault."""
    return [
        member
        for (member,) in db.conn.execute(
            """select member_id from assignments where household_id = ? and from_day <= ?
               and (until_day is null or until_day > ?)""",
            [number, day, day],
        )
    ]


def team_days(db, day: str) -> list[tuple]:
    return db.conn.execute("select team_id, assigned, due from team_day where day = ? order by 1", [day]).fetchall()


def acts(db) -> list[tuple]:
    return db.conn.execute("select action, area_code, subject, detail from audit_log order by id").fetchall()


# Days


def test_tomorrow_changes_nothing_today(as_, db):
    before = team_days(db, TODAY), team_days(db, world.YESTERDAY)
    give(as_("binh"), [1, 2], OF_TEAM_2, TOMORROW)
    assert (minded(db, 1, TODAY), minded(db, 1, TOMORROW)) == ([LAN], [OF_TEAM_2])
    assert (team_days(db, TODAY), team_days(db, world.YESTERDAY)) == before


def test_who_gets_a_household_that_is_to_move_minds_it_until_it_moves(as_, db):
    """Otherwise nothing later that touched the assignment, such as an absence, could be taken back."""
    bound = as_("binh")
    give(bound, [1], AN)
    relocation.move(*bound, code(1), {"hamlet_code": "2545602", "from_day": TOMORROW, "reason": None}, now=world.NOW)
    assert give(bound, [1], LAN).codes == (code(1),)
    assert (minded(db, 1, TODAY), minded(db, 1, TOMORROW)) == ([LAN], [])
    assert give(bound, [1], LAN).unchanged == 1, "and once given it stays"
    absence = {"reason": "ill", "from_day": TODAY, "until_day": TOMORROW, "takes": "team"}
    leaving.carry_out(*bound, leaving.plan(*bound, LAN, absence, now=world.NOW), now=world.NOW)
    assert minded(db, 1, TODAY) != [LAN]
    line = db.conn.execute("select max(audit_id) from undoable").fetchone()[0]
    undo.take_back(*bound, line, now=world.NOW)
    assert (minded(db, 1, TODAY), minded(db, 1, TOMORROW)) == ([LAN], [])


def test_today_moves_today_and_leaves_yesterday(as_, db):
    yesterday = team_days(db, world.YESTERDAY)
    give(as_("binh"), [1, 2], OF_TEAM_2)
    assert team_days(db, TODAY)[:2] == [(1, 22, 22), (2, 26, 26)]
    assert team_days(db, world.YESTERDAY) == yesterday
    assert minded(db, 1, world.YESTERDAY) == [LAN]


@tabled("day", [world.YESTERDAY, "2021-02-30", "16/08/2021", "", None])
def test_a_day_gone_by_or_no_day_is_refused_at_its_field(as_, day):
    with pytest.raises(Invalid) as refused:
        give(as_("binh"), [1], AN, day)
    assert "from_day" in refused.value.faults


def test_a_second_decision_of_the_same_day_replaces_the_first(as_, db):
    give(as_("binh"), [1], AN)
    give(as_("binh"), [1], THIRD)
    assert minded(db, 1, TODAY) == [THIRD]
    periods = db.conn.execute(
        "select member_id, from_day, until_day from assignments where household_id = 1 order by id"
    )
    assert periods.fetchall() == [(LAN, world.FOUNDED, TODAY), (AN, TODAY, TODAY), (THIRD, TODAY, None)]


def test_a_later_decision_replaces_what_was_planned(as_, db):
    give(as_("binh"), [1], OF_TEAM_2, TOMORROW)
    give(as_("binh"), [1], AN, TODAY)
    assert (minded(db, 1, TODAY), minded(db, 1, TOMORROW)) == ([AN], [AN])


def test_a_visit_follows_its_household_to_the_new_team(as_, db):
    with database.write(db):
        db.conn.execute(
            """insert into visits (day, household_id, outcome, persons, recorded_at)
               values (?, 1, 'met', 4, '2021-08-16T03:00:00Z')""",
            [TODAY],
        )
    give(as_("binh"), [1], OF_TEAM_2)
    seen = db.conn.execute("select team_id, seen from team_day where day = ? and team_id < 3", [TODAY]).fetchall()
    assert seen == [(1, 0), (2, 1)]


def test_taking_back_leaves_nobody_and_raises_the_alarm(as_, db):
    bound = as_("binh")
    assignments.take_back(*bound, [code(1), code(2)], from_day=TODAY, now=world.NOW)
    assert minded(db, 1, TODAY) == []
    assert sum(h["unassigned"] for h in assignments.hamlets(bound[0], day=TODAY)) == 2
    assert minded(db, 1, world.YESTERDAY) == [LAN]


# Rights


@pytest.mark.parametrize("name", ["an", "son", "mai", "thu", "quan"])
def test_other_roles_may_not_give(as_, name):
    with pytest.raises(Refused):
        give(as_(name), [9], AN)


def test_a_stranger_finds_nothing_and_leaves_a_line(as_, db):
    with pytest.raises(NotFound):
        give(as_("chi"), [1], 10)
    with pytest.raises(NotFound):
        assignments.give(*as_("chi"), ["25654-0073"], AN, from_day=TODAY, now=world.NOW)
    assert [line[:2] for line in acts(db)] == [("assignment.refused", "25654")] * 2


def test_a_leader_shifts_within_the_own_team(as_, db):
    give(as_("lan"), [1, 2], AN)
    assert minded(db, 1, TODAY) == [AN]


def test_a_leader_gives_nothing_away(as_):
    with pytest.raises(NotFound):
        give(as_("lan"), [1], OF_TEAM_2)
    with pytest.raises(NotFound):
        give(as_("lan"), [25], AN)
    with pytest.raises(Refused):
        assignments.take_back(*as_("lan"), [code(1)], from_day=TODAY, now=world.NOW)


def test_a_leader_does_not_undo_what_the_commune_planned(as_):
    give(as_("binh"), [1], OF_TEAM_2, TOMORROW)
    for day in (TODAY, TOMORROW):
        with pytest.raises(Refused):
            give(as_("lan"), [1], AN, day)


def test_the_district_gives_inside_one_commune_only(as_, db):
    give(as_("dung"), [1], OF_TEAM_2)
    assert minded(db, 1, TODAY) == [OF_TEAM_2]
    with pytest.raises(Invalid) as refused:
        give(as_("dung"), [2], OF_PHUONG_3)
    assert "member" in refused.value.faults
    with pytest.raises(Invalid):
        assignments.take_back(*as_("dung"), [code(2), "25459-0049"], from_day=TODAY, now=world.NOW)


# Facts


def test_who_has_left_gets_nothing(as_, db):
    db.conn.execute("update members set until_day = ? where id = ?", [TOMORROW, AN])
    with pytest.raises(Invalid) as refused:
        give(as_("binh"), [1], AN)
    assert "member" in refused.value.faults


def test_who_moved_away_needs_nobody(as_, db):
    db.conn.execute("insert into household_status (household_id, status, from_day) values (1, 'moved', ?)", [TODAY])
    with pytest.raises(Invalid, match="25456-0001"):
        give(as_("binh"), [1, 2], AN)
    assert minded(db, 2, TODAY) == [LAN]


def test_nothing_chosen_is_a_fault(as_):
    with pytest.raises(Invalid):
        give(as_("binh"), [], AN)


def test_a_household_counted_from_tomorrow_is_minded_from_tomorrow(as_, db):
    db.conn.execute("update households set from_day = ? where id = 1", [TOMORROW])
    db.conn.execute("update assignments set until_day = from_day where household_id = 1")
    assert give(as_("binh"), [1], AN).codes and not give(as_("binh"), [1], AN).codes
    assert (minded(db, 1, TODAY), minded(db, 1, TOMORROW)) == ([], [AN])


def test_a_second_click_is_harmless(as_, db):
    assert give(as_("binh"), [1, 9], AN).unchanged == 1
    again = give(as_("binh"), [1, 9], AN)
    assert (again.codes, again.unchanged) == ((), 2)
    assert len(acts(db)) == 1


def test_the_log_tells_from_whom_to_whom(as_, db):
    give(as_("binh"), [1, 2], AN, TOMORROW)
    ((action, area, subject, detail),) = acts(db)
    assert (action, area, subject) == ("assignment.give", "25456", "Trần Văn An")
    assert "Phạm Thị Lan (1) → Trần Văn An (2)" in detail and code(1) in detail and TOMORROW in detail


# The way back


def test_undo_restores_to_the_letter(as_, db):
    give(as_("binh"), [1], OF_TEAM_2, TOMORROW)
    done = give(as_("binh"), [1, 9], THIRD)
    undo.take_back(*as_("binh"), done.act, now=world.NOW)
    assert (minded(db, 1, TODAY), minded(db, 1, TOMORROW), minded(db, 9, TODAY)) == ([LAN], [OF_TEAM_2], [AN])
    assert rollup.differences(db, TODAY) == []
    assert acts(db)[-1][:2] == ("undo", "25456")


def test_undo_of_taking_back(as_, db):
    done = assignments.take_back(*as_("binh"), [code(1)], from_day=TODAY, now=world.NOW)
    undo.take_back(*as_("binh"), done.act, now=world.NOW)
    assert minded(db, 1, TODAY) == [LAN]


def test_undo_twice_or_after_another_decision_is_refused(as_, db):
    done = give(as_("binh"), [1], AN)
    undo.take_back(*as_("binh"), done.act, now=world.NOW)
    with pytest.raises(Conflict):
        undo.take_back(*as_("binh"), done.act, now=world.NOW)
    done = give(as_("binh"), [1], AN)
    give(as_("lan"), [1], THIRD, TOMORROW)
    with pytest.raises(Conflict):
        undo.take_back(*as_("binh"), done.act, now=world.NOW)
    assert minded(db, 1, TOMORROW) == [THIRD]


def test_undo_gives_nothing_to_who_left_meanwhile(as_, db):
    done = give(as_("binh"), [1, 2], AN)
    db.conn.execute("update members set until_day = ? where id = ?", [TODAY, LAN])
    with pytest.raises(Conflict):
        undo.take_back(*as_("binh"), done.act, now=world.NOW)
    assert minded(db, 1, TODAY) == [AN]


def test_undo_ends_with_its_day_and_its_area(as_):
    done = give(as_("binh"), [1], OF_TEAM_2)
    for name in ("chi", "lan"):
        with pytest.raises(NotFound):
            undo.take_back(*as_(name), done.act, now=world.NOW)
    with pytest.raises(Invalid):
        undo.take_back(*as_("binh"), done.act, now=clock.instant("2021-08-17T05:00:00Z"))


# Lists


def test_loads_count_living_households_of_the_day(as_, db):
    give(as_("binh"), [1, 2, 3], AN, TOMORROW)
    db.conn.execute("insert into household_status (household_id, status, from_day) values (9, 'moved', ?)", [TOMORROW])
    connection, _user = as_("binh")
    today = {m["id"]: m["households"] for m in assignments.loads(connection, day=TODAY, team_id=1)}
    tomorrow = {m["id"]: m["households"] for m in assignments.loads(connection, day=TOMORROW, hamlet="2545601")}
    assert (today, tomorrow) == ({1: 8, 2: 8, 3: 8}, {1: 5, 2: 10, 3: 8})


def test_lists_show_a_stranger_nothing(as_):
    connection, _user = as_("chi")
    assert assignments.households_of(connection, day=TODAY, hamlet="2545601") == []
    assert assignments.loads(connection, day=TODAY, hamlet="2545601") == []
    assert {h["commune_code"] for h in assignments.hamlets(connection, day=TODAY)} == {"25654"}


def test_the_list_is_in_walking_order_and_tells_what_is_to_come(as_):
    give(as_("binh"), [2], OF_TEAM_2, TOMORROW)
    connection, _user = as_("binh")
    listed = assignments.households_of(connection, day=TODAY, hamlet="2545601", lane="Hẻm 1")
    assert [h["walk_order"] for h in listed] == list(range(1, 9))
    assert [h["changes_on"] for h in listed[:3]] == [None, TOMORROW, None]


def test_households_with_nobody_are_counted_alike_from_sums_and_facts(as_, db):
    assignments.take_back(*as_("binh"), [code(1), code(30)], from_day=TODAY, now=world.NOW)
    db.conn.execute("insert into household_status (household_id, status, from_day) values (30, 'moved', ?)", [TODAY])
    rollup.recount(db, hamlets={"2545602"}, since=TODAY)
    for day in (TODAY, TOMORROW):
        connection, _user = as_("dung")
        nobodys = {h["code"]: h["unassigned"] for h in assignments.hamlets(connection, day=day) if h["unassigned"]}
        assert nobodys == {"2545601": 1}
        listed = assignments.households_of(connection, day=day, hamlet="2545601")
        assert [h["code"] for h in listed if h["member_id"] is None] == [code(1)]


# Any sequence of decisions

steps = st.lists(
    st.tuples(
        st.sampled_from(["give", "take_back", "undo", "status"]),
        st.sets(st.integers(1, 48), min_size=1, max_size=12),
        st.integers(1, 6),
        st.sampled_from([TODAY, TOMORROW, clock.plus(TODAY, 2)]),
    ),
    max_size=12,
)


def step(db, user, done, kind, numbers, member, day):
    codes = [code(n) for n in sorted(numbers)]
    try:
        if kind == "give":
            return assignments.give(db, user, codes, member, from_day=day, now=world.NOW)
        if kind == "take_back":
            return assignments.take_back(db, user, codes, from_day=day, now=world.NOW)
        if kind == "undo" and done and done.act:
            undo.take_back(db, user, done.act, now=world.NOW)
    except (Invalid, Conflict):
        pass
    if kind == "status":
        put_away(db, min(numbers), ["moved", "central_quarantine"][member % 2], day)
    return done


def put_away(db, number, status, day):
    with database.write(db):
        db.conn.execute(
            "update household_status set until_day = max(from_day, ?) where household_id = ? and "
            "(until_day is null or until_day > ?)",
            [day, number, day],
        )
        db.conn.execute(
            "insert into household_status (household_id, status, from_day) values (?, ?, ?)", [number, status, day]
        )
        rollup.recount(db, teams=set(range(1, 5)), hamlets={"2545601", "2545602"}, since=day)


@examples(20)
@given(sequence=steps)
def test_no_sequence_of_decisions_breaks_the_sums_or_doubles_a_day(template, sequence):
    with tempfile.TemporaryDirectory() as folder:
        db = database.connect(shutil.copy(template, Path(folder) / "store.db"))
        user = access.user(db, world.CAST["binh"][0], TODAY)
        access.bind(db, user, TODAY)
        yesterday, done = team_days(db, world.YESTERDAY), None
        for one in sequence:
            done = step(db, user, done, *one)
        assert rollup.differences(db, TODAY) == [] == rollup.differences(db, world.YESTERDAY)
        assert team_days(db, world.YESTERDAY) == yesterday
        for ahead in range(-1, 4):
            assert all(len(minded(db, n, clock.plus(TODAY, ahead))) <= 1 for n in range(1, 97))
        db.close()
