"""Whatever is reorganised in whatever order: one member a day at each door, the past as it was, undo as if nothing.

Steps are drawn at random and carried out by the commands of the product; a step refused with a sentence
changes nothing.
"""

import shutil
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lib.core import access, clock, database, rollup
from lib.core.database import rows
from lib.core.errors import Problem
from lib.register.assignments import assignments, load_changes
from lib.register.duplicates import merging
from lib.register.households import relocation
from lib.register.teams import leaving, reorganising, teams
from lib.register.teams.reorganising_commit import carry_out
from lib.register.undo import undo
from tests import edits, world
from tests.conftest import examples
from tests.unit.test_undo import facts

DAYS = [clock.plus(world.DAY, ahead) for ahead in range(4)]
HAMLETS = ["2545601", "2545602", "2545901", "2565401"]

day = st.sampled_from(DAYS[:3])
member = st.integers(1, 9)
house = st.sampled_from([1, 2, 9, 17, 24, 25, 33, 48])
code = house.map(lambda number: f"25456-{number:04d}")
ways = st.sampled_from(["merge", "split", "dissolve", "leader"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("give"), st.lists(code, min_size=1, max_size=4), member, day),
        st.tuples(st.just("absent"), member, st.sampled_from(["ill", "left"]), day, st.sampled_from([*DAYS[1:], ""])),
        st.tuples(st.just("regroup"), ways, st.integers(0, 3), st.integers(0, 2), day),
        st.tuples(st.just("regroup"), ways, st.integers(0, 3), st.integers(0, 2), day),
        st.tuples(st.just("move"), code, st.sampled_from(HAMLETS), day),
        st.tuples(st.just("merge"), code, code),
        st.tuples(st.just("visit"), house, st.sampled_from(["met", "absent"])),
        st.tuples(st.just("undo"), st.integers(0, 2)),
    ),
    min_size=2,
    max_size=10,
)


def do(db, user, kind, *what) -> bool:
    """Carry one step out; False when it was refused or there was nothing to do."""
    before = facts(db)
    try:
        STEPS[kind](db, user, *what)
    except Problem:
        assert facts(db) == before, "a refusal left something behind"
        return False
    return facts(db) != before


def give(db, user, codes, who, from_day):
    assignments.give(db, user, codes, who, from_day=from_day, now=world.NOW)


def absent(db, user, who, reason, since, until):
    values = {"reason": reason, "from_day": since, "until_day": until, "takes": "team"}
    leaving.carry_out(db, user, leaving.plan(db, user, who, values, now=world.NOW), now=world.NOW)


def regroup(db, user, way, one, who, since):
    """The teams and members of that day are counted off, so that most of what is drawn can be done."""
    living = [team["id"] for team in teams.listed(db, day=since)]
    mine, *others = living[one % len(living) :] + living[: one % len(living)]
    people = [m["id"] for m in load_changes.people(db, [mine], day=since)]
    chosen = people[who % len(people)] if people else 0
    values = {"team": mine, "from_day": since, "name": f"Tổ {mine}-{chosen}-{since}", "members": [chosen]}
    values["teams"] = others[:1] if way in ("merge", "dissolve") else []
    values["leader"] = chosen
    carry_out(db, user, reorganising.plan(db, user, way, values, now=world.NOW), now=world.NOW)


def move(db, user, one, hamlet, since):
    relocation.move(db, user, one, {"hamlet_code": hamlet, "from_day": since}, now=world.NOW)


def merge(db, user, one, other):
    merging.merge_households(db, user, one, other, {}, now=world.NOW)


def visit(db, _user, number, outcome):
    edits.visit(db, number, outcome)


def take_back(db, user, place):
    offered = undo.offered(db, user, now=world.NOW)
    if place < len(offered):
        undo.take_back(db, user, offered[place]["id"], now=world.NOW)


STEPS = {
    "give": give,
    "absent": absent,
    "regroup": regroup,
    "move": move,
    "merge": merge,
    "visit": visit,
    "undo": take_back,
}


def past(db) -> tuple:
    """What the days gone by say: due, seen, hamlets, and who minded whom."""
    return (
        rows(db, "select * from team_day where day = ? order by team_id", [world.YESTERDAY]),
        rows(db, "select * from hamlet_day where day = ? order by hamlet_code", [world.YESTERDAY]),
        rows(
            db,
            """select household_id, member_id, team_id from assignments where from_day <= :day
               and (until_day is null or until_day > :day) order by 1""",
            {"day": world.YESTERDAY},
        ),
    )


def doubled(db) -> list:
    """Households with two members on one day."""
    return rows(
        db,
        """select a.household_id from assignments a
           join assignments b on b.household_id = a.household_id and b.id > a.id
           where max(a.from_day, b.from_day) < min(ifnull(a.until_day, '9'), ifnull(b.until_day, '9'))""",
    )


def astray(db) -> list:
    """Households minded by somebody who is not in that team on that day, or whose team is over."""
    return rows(
        db,
        """select a.household_id, a.member_id from assignments a join members m on m.id = a.member_id
           join teams t on t.id = a.team_id
           where (a.until_day is null or a.until_day > a.from_day) and (m.team_id <> a.team_id
               or min(ifnull(m.until_day, '9'), ifnull(t.until_day, '9')) < ifnull(a.until_day, '9')
               or max(m.from_day, t.from_day) > a.from_day)""",
    )


def sums(db) -> tuple:
    return tuple(
        rows(db, f"select {columns} from {table} order by 1, 2, 3")
        for table, columns in (
            ("team_day", "day, team_id, hamlet_code, assigned, due, seen, attempted"),
            ("hamlet_day", "*"),
        )
    )


@examples(20)
@given(sequence=steps)
def test_no_sequence_of_reorganising_loses_or_doubles_a_household(template, sequence):
    with tempfile.TemporaryDirectory() as folder:
        db = database.connect(shutil.copy(template, Path(folder) / "store.db"))
        edits.visit(db, 1, "met", day=world.YESTERDAY, at="2021-08-15T02:00:00Z")
        user = access.user(db, world.CAST["binh"][0], world.DAY)
        access.bind(db, user, world.DAY)
        before = past(db)
        for one in sequence:
            do(db, user, *one)
            assert doubled(db) == [] == astray(db)
        assert past(db) == before
        assert rollup.differences(db, world.DAY) == [] == rollup.differences(db, world.YESTERDAY)
        db.close()


@examples(20)
@given(sequence=steps.map(lambda found: [one for one in found if one[0] not in ("undo", "visit")]))
def test_undoing_everything_backwards_is_as_if_nothing_had_been(template, sequence):
    with tempfile.TemporaryDirectory() as folder:
        db = database.connect(shutil.copy(template, Path(folder) / "store.db"))
        user = access.user(db, world.CAST["binh"][0], world.DAY)
        access.bind(db, user, world.DAY)
        stood = [(facts(db), sums(db))]
        for one in sequence:
            if do(db, user, *one):
                stood.append((facts(db), sums(db)))
        while len(stood) > 1:
            stood.pop()
            take_back(db, user, 0)
            assert (facts(db), sums(db)) == stood[-1]
        db.close()
