"""What is left today, for each role, from the facts."""

from lib.core import clock, rollup
from lib.oversight import worklist
from tests import world


def told(db, user) -> dict[str, int]:
    return {task.room: task.n for task in worklist.tasks(db, user, world.DAY)}


def visit(db, household: int, outcome: str = "met", flags: str = "") -> None:
    db.conn.execute(
        "insert into visits (day, household_id, outcome, persons, flags, recorded_at) values (?, ?, ?, 4, ?, ?)",
        [world.DAY, household, outcome, flags, clock.stamp(world.NOW)],
    )


def test_a_member_sees_their_own_doors(as_, db):
    visit(db, 9)
    assert told(*as_("an")) == {"sheet": 7}


def test_a_leader_sees_the_team_and_a_clerk_the_commune(as_, db):
    visit(db, 1)
    assert told(*as_("lan")) == {"sheet": 23}
    assert told(*as_("binh")) == {"sheet": 47}


def test_the_button_opens_the_first_unfinished_team(as_, db):
    for household in range(1, 25):
        visit(db, household)
    task = worklist.tasks(*as_("binh"), world.DAY)[-1]
    assert task.query == {"team": "2"} and task.n == 24


def test_a_household_with_nobody_is_an_alarm_for_those_who_can_give_it(as_, db):
    db.conn.execute("update assignments set until_day = ? where household_id = 1", [world.DAY])
    rollup.recount(db, teams={1}, hamlets={"2545601"}, since=world.DAY)
    task = next(t for t in worklist.tasks(*as_("binh"), world.DAY) if t.room == "assignments")
    assert task.n == 1 and task.urgent
    assert "assignments" in told(*as_("dung")) and "assignments" not in told(*as_("lan"))
    assert "assignments" not in told(*as_("chi"))


def test_symptoms_come_first_and_only_to_their_own_commune(as_, db):
    visit(db, 1, flags="s")
    first = worklist.tasks(*as_("binh"), world.DAY)[0]
    assert first.urgent and first.n == 1 and first.query == {"flag": "s"}
    assert told(*as_("son")) == {"households": 1}
    assert "households" not in told(*as_("chi"))


def test_leaders_above_see_silent_communes(as_, db):
    visit(db, 1)
    assert told(*as_("dung")) == {"leaderboard": 1}
    assert told(*as_("mai"))["leaderboard"] == 2


def test_nothing_left_is_an_empty_list(as_, db):
    for household in range(1, 25):
        visit(db, household)
    assert told(*as_("lan")) == {}


def test_a_new_commune_is_told_its_first_step(as_, db):
    world.add_area(db, "25460", "commune", "Phường", "2", "703")
    world.add_account(db, 20, "moi", "Lâm Mới", "commune", "25460", None, None, grant_id=20)
    world.CAST["moi"] = (20,)
    try:
        assert told(*as_("moi")) == {"hamlets": 0}
    finally:
        del world.CAST["moi"]
