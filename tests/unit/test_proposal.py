"""Proposals: unbroken stretches of the walk, level loads, and all or nothing when accepted."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import clock, rollup
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.register.assignments import assignments, proposal
from lib.register.undo import undo
from tests import world

TODAY, TOMORROW = world.DAY, clock.plus(world.DAY, 1)
weights = st.lists(st.integers(1, 12), max_size=80)
kept = st.lists(st.integers(0, 40), min_size=1, max_size=12)


def nobodys(db, day):
    """Households of the visitor's communes that nobody minds on the day."""
    return sum(hamlet["unassigned"] for hamlet in assignments.hamlets(db, day=day))


def parts(sizes, loads):
    households = [(f"h{place}", size) for place, size in enumerate(sizes)]
    return proposal.split(households, list(enumerate(loads)))


@given(sizes=weights, loads=kept)
def test_everybody_is_given_in_unbroken_stretches(sizes, loads):
    given_ = parts(sizes, loads)
    assert list(given_) == [f"h{place}" for place in range(len(sizes))]
    runs = [member for member, _run in groupby(given_.values())]
    assert runs == sorted(set(runs))
    assert parts(sizes, loads) == given_


@given(count=st.integers(0, 200), members=st.integers(1, 20))
def test_stretches_differ_by_at_most_one(count, members):
    given_ = list(parts([1] * count, [0] * members).values())
    sizes = [given_.count(member) for member in range(members)]
    assert max(sizes) - min(sizes) <= 1


@given(count=st.integers(0, 120), loads=kept)
def test_who_gets_more_does_not_end_above_the_others(count, loads):
    given_ = list(parts([1] * count, loads).values())
    ends = [load + given_.count(member) for member, load in enumerate(loads)]
    got_some = [ends[member] for member in set(given_)]
    assert not got_some or max(got_some) <= min(ends) + 1


@given(sizes=weights, members=st.integers(1, 12))
def test_by_persons_no_stretch_is_off_by_more_than_one_household(sizes, members):
    given_ = list(parts(sizes, [0] * members).values())
    sums = [sum(s for s, m in zip(sizes, given_, strict=True) if m == member) for member in range(members)]
    fair = sum(sizes) / members
    assert all(abs(total - fair) <= max(sizes, default=0) + 1 for total in sums)


def propose(bound, **options):
    return proposal.propose(bound[0], **{"hamlet": "2545601", "day": TODAY, **options})


def accept(bound, preview, day=TODAY):
    return proposal.accept(*bound, preview.rows, from_day=day, now=world.NOW)


def take_all_back(bound, numbers):
    codes = [f"25456-{n:04d}" for n in numbers]
    assignments.take_back(*bound, codes, from_day=TODAY, now=world.NOW)


def test_only_those_with_nobody_are_given_and_loads_are_told(as_):
    bound = as_("binh")
    take_all_back(bound, [1, 2, 3, 9])
    preview = propose(bound)
    assert [row.walk_order for row in preview.rows] == [1, 2, 3, 9]
    loads = {m["id"]: (m["households"], m["households_after"]) for m in preview.loads}
    assert loads == {1: (5, 8), 2: (7, 8), 3: (8, 8)}


def test_split_anew_keeps_members_near_their_lanes(as_):
    preview = propose(as_("binh"), keep=False)
    assert [row.before for row in preview.rows] == [row.member_id for row in preview.rows]


def test_who_is_not_available_is_left_out(as_, db):
    db.conn.execute("update members set availability = 'ill' where id = 2")
    preview = propose(as_("binh"), keep=False)
    assert [m["households_after"] for m in preview.loads] == [12, 0, 12]
    db.conn.execute("update members set availability = 'leave' where team_id = 1")
    with pytest.raises(Invalid):
        propose(as_("binh"), keep=False)


def test_by_persons(as_, db):
    db.conn.execute("update households set person_count = 12 where id <= 4")
    preview = propose(as_("binh"), keep=False, by="persons")
    assert max(m["persons_after"] for m in preview.loads) - min(m["persons_after"] for m in preview.loads) <= 12


def test_two_teams_of_one_hamlet_share_it(as_, db):
    db.conn.execute("insert into team_hamlets (team_id, hamlet_code) values (2, '2545601')")
    preview = propose(as_("binh"), keep=False)
    given_ = [row.member_id for row in preview.rows]
    assert [given_.count(m) for m in range(1, 7)] == [8, 8, 8, 0, 0, 0]
    only = propose(as_("binh"), keep=False, team_ids={2})
    assert only.rows == () and {m["team_id"] for m in only.loads} == {2}


def test_accepting_stores_it_as_one_act(as_, db):
    bound = as_("binh")
    take_all_back(bound, range(1, 13))
    done = accept(bound, propose(bound))
    assert len(done.codes) == 12 and nobodys(bound[0], TODAY) == 0
    assert rollup.differences(db, TODAY) == []
    lines = db.conn.execute("select count(*) from audit_log where action = 'assignment.accept'").fetchone()
    assert lines == (1,)
    undo.take_back(*bound, done.act, now=world.NOW)
    assert nobodys(bound[0], TODAY) == 12


def test_a_choice_by_hand_changes_row_and_loads(as_):
    bound = as_("binh")
    preview = proposal.changed(propose(bound, keep=False), {"25456-0001": 3})
    assert [m["households_after"] for m in preview.loads] == [7, 8, 9]
    assert accept(bound, preview, TODAY).codes == ("25456-0001",)


def test_accepting_is_refused_whole_when_somebody_was_given_meanwhile(as_, db):
    bound = as_("binh")
    take_all_back(bound, range(1, 13))
    preview = propose(bound)
    assignments.give(*as_("dung"), ["25456-0012"], 3, from_day=TODAY, now=world.NOW)
    before = db.conn.execute("select count(*), max(id) from assignments").fetchone()
    with pytest.raises(Conflict):
        accept(bound, preview)
    assert db.conn.execute("select count(*), max(id) from assignments").fetchone() == before


def test_accepting_is_refused_whole_when_a_household_moved_or_a_member_left(as_, db):
    bound = as_("binh")
    take_all_back(bound, [1, 2])
    preview = propose(bound)
    db.conn.execute("insert into household_status (household_id, status, from_day) values (2, 'moved', ?)", [TODAY])
    with pytest.raises(Invalid):
        accept(bound, preview)
    assert nobodys(bound[0], TOMORROW) == 1


def test_a_leader_splits_the_own_team_only(as_):
    bound = as_("lan")
    preview = propose(bound, hamlet=None, team_ids={1}, keep=False)
    assert len(preview.rows) == 24
    assert accept(bound, proposal.changed(preview, {"25456-0001": 2})).codes == ("25456-0001",)
    assert propose(bound, hamlet="2545602", keep=False).rows == ()


def test_strangers_and_other_roles(as_):
    preview = propose(as_("binh"), keep=False)
    assert propose(as_("chi"), keep=False).rows == ()
    with pytest.raises(NotFound):
        accept(as_("chi"), preview)
    for name in ("an", "mai", "son"):
        with pytest.raises(Refused):
            accept(as_(name), preview)
