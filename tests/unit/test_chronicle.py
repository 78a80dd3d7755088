"""One door's story: states of its days, how an answer came about, who was not well; nothing of it for a stranger."""

import json

import pytest

from lib.core import clock
from lib.core.errors import NotFound
from lib.field.door_history import door_timeline, visit_log
from lib.register.households import households, persons, statuses
from lib.register.households.statuses import StatusEntry
from tests import world
from tests.table import tabled

DAY, BEFORE, NOW = world.DAY, world.YESTERDAY, world.NOW
CODE, ID = "25456-0009", 9  # An's


def enter(db, day=DAY, outcome="met", flags="", by=2, at="02:00", **more):
    """A visit of the household, or its next version."""
    columns = {"outcome": outcome, "flags": flags, "recorded_by": by, "recorded_at": f"{day}T{at}:00Z", **more}
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    db.conn.execute(
        f"""insert into visits (day, household_id, persons, member_id, {names}) values (?, ?, 4, 2, {marks})
            on conflict (day, household_id) do update set version = version + 1,
                {", ".join(f"{name} = excluded.{name}" for name in columns)}""",
        [day, ID, *columns.values()],
    )


def not_well(db, version=1, day=DAY, symptoms=("fever",), name="Lâm Bé", **more):
    """Somebody of the household in one version of its visit."""
    made = db.conn.execute(
        "insert into persons (household_id, full_name, name_folded, name_sort) values (?, ?, ?, ?)",
        [ID, name, name, name],
    )
    columns = {"symptoms": json.dumps(symptoms), **more}
    db.conn.execute(
        f"""insert into screenings (day, household_id, version, person_id, {", ".join(columns)})
            values (?, ?, ?, ?, {", ".join("?" * len(columns))})""",
        [day, ID, version, made.lastrowid, *columns.values()],
    )


@pytest.fixture
def door(as_):
    """`household, visits = door("binh")`: as one of the cast finds them."""

    def found(name="binh"):
        db, _user = as_(name)
        household = households.get(db, CODE, day=DAY)
        return household, visit_log.visits(db, household, since=world.FOUNDED, day=DAY)

    return found


@pytest.fixture
def states(as_, door):
    def told(*last: str):
        db, _user = as_("binh")
        return [(d["state"], d["why"]) for d in door_timeline.days(db, *door(), day=DAY) if d["day"] in last]

    return told


# Days


def test_a_day_is_what_was_entered_or_what_is_left(db, states):
    assert states(BEFORE, DAY) == [("missed", None), ("left", None)]
    enter(db, outcome="phone")
    enter(db, BEFORE, outcome="refused")
    assert states(BEFORE, DAY) == [("refused", None), ("phone", None)]


def test_a_cleared_answer_is_none(db, states):
    enter(db)
    enter(db, outcome=None)
    assert states(DAY) == [("left", None)]


def test_a_day_without_duty_says_why(db, as_, states, door):
    assert len(door_timeline.days(as_("binh")[0], *door(), day=DAY)) == door_timeline.DAYS
    assert states("2021-07-31", "2021-08-10") == [("none", "new"), ("none", "closed")]
    db.conn.execute("update assignments set until_day = ? where household_id = ?", [BEFORE, ID])
    assert states(BEFORE) == [("none", "nobody")]


@pytest.mark.parametrize(("status", "state"), [("central_quarantine", ("excluded", None)), ("moved", ("none", "gone"))])
def test_a_status_excludes_or_ends_the_duty(as_, states, status, state):
    statuses.set_status(*as_("binh"), CODE, StatusEntry(status, BEFORE, reason="Báo muộn"), now=NOW)
    assert states(BEFORE, DAY) == [state, state]


# Visits


def test_a_visit_tells_what_was_found(db, door):
    enter(db, flags="svn", needs='["food"]', violations='["no_mask"]', note="gọi lại")
    not_well(db, symptoms_since="2021-08-14", temperature=38.5)
    (visit,) = door()[1]
    assert (visit["needs"], visit["violations"], visit["note"]) == (["food"], ["no_mask"], "gọi lại")
    (person,) = visit["people"]
    assert (person["full_name"], person["symptoms"], person["temperature"]) == ("Lâm Bé", ["fever"], 38.5)
    assert (visit["who"], visit["member"], visit["alarm"]) == ("Phạm Thị Lan", "Trần Văn An", True)


def test_only_the_last_version_says_who_is_not_well(db, door):
    enter(db, flags="s")
    not_well(db)
    enter(db, flags="", at="03:00")
    (visit,) = door()[1]
    assert visit["people"] == [] and visit_log.findings([visit]) is None


def test_each_change_of_an_answer_is_a_step(db, door):
    enter(db, outcome="absent", by=1, at="02:00")
    enter(db, outcome="met", by=3, at="06:00")
    enter(db, outcome="met", by=3, at="06:00", flags="n")
    enter(db, outcome="met", by=2, at="06:00", flags="n")  # the same again is no change
    (visit,) = door()[1]
    told = [(s["outcome"], s["who"], s["anew"]) for s in visit["steps"]]
    clerk = "Lê Thanh Bình"
    assert told == [("absent", "Trần Văn An", True), ("met", clerk, True), ("met", clerk, False)]


def test_a_row_that_never_said_anything_is_no_visit(db, door):
    enter(db, outcome=None)
    assert door()[1] == []


def test_the_last_visit_decides_what_is_found(db, door):
    enter(db, BEFORE, flags="s")
    assert visit_log.findings(door()[1])["day"] == BEFORE
    enter(db, flags="g", note="vắng buổi sáng")
    assert visit_log.findings(door()[1]) is None


# The story


def kinds(db, door, name="binh"):
    return [(event["kind"], event["day"]) for event in door_timeline.story(db, *door(name))]


def test_everything_stands_newest_first(db, as_, door):
    enter(db, BEFORE)
    db.conn.execute("update assignments set until_day = '2021-08-10' where household_id = ?", [ID])
    world.add_assignment(db, ID, 3, 1, from_day="2021-08-12")
    statuses.set_status(
        *as_("binh"), CODE, StatusEntry("locked_down_elsewhere", "2021-08-14", until_day=BEFORE, reason="F1"), now=NOW
    )
    told = kinds(as_("binh")[0], door)
    assert told == [
        ("visit", BEFORE),
        ("status_end", BEFORE),
        ("status", "2021-08-14"),
        ("duty", "2021-08-12"),
        ("nobody", "2021-08-10"),
        ("duty", world.FOUNDED),
        ("begun", world.FOUNDED),
    ]


def test_corrections_are_told_as_far_as_the_log_may_be_read(as_, door):
    clerk, user = as_("binh")
    households.edit(clerk, user, CODE, {"lane": "Hẻm 99"}, 1, now=NOW)
    person = persons.add(clerk, user, CODE, {"full_name": "Lâm Bé", "birth_year": "1990"}, now=NOW)
    persons.leave(clerk, user, person, DAY, now=NOW)
    told = door_timeline.story(clerk, *door())
    assert {e["action"] for e in told if e["kind"] == "edit"} == {"household.edit", "person.add"}
    assert ("departure", DAY) in kinds(clerk, door) and ("departure", DAY) in kinds(as_("an")[0], door, "an")
    assert not [e for e in door_timeline.story(as_("an")[0], *door("an")) if e["kind"] == "edit"]


@tabled(("name", "code"), [("chi", CODE), ("quan", CODE), ("an", "25456-0001")])
def test_there_is_no_door_for_a_stranger(as_, name, code):
    with pytest.raises(NotFound):
        households.get(as_(name)[0], code, day=clock.day_of(NOW))
