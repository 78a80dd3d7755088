"""The role × action table in full, and what each of the cast can see."""

import pytest

from lib.core import access, clock
from lib.core.database import rows, value
from lib.core.errors import NotFound, Refused
from tests import world
from tests.table import tabled

ROLES = ["member", "leader", "commune", "station", "district", "province", "inspector", "administrator"]

# One line per action; the columns are ROLES. Changing a right means changing this table too.
MATRIX = """
board.see              x x x x x x x x
names.see              x x x x x x x .
visit.enter            x x x . . . . .
visit.enter_older      . . x . . . . .
household.edit         x x x . . . . .
household.register     . . x . . . . .
household.edit_health  . . x x . . . .
hamlet.edit            . . x . . . . .
expected.edit          . . x . x x . .
team.manage            . . x . x . . .
assignment.propose     . x x . x . . .
assignment.give        . . x . x . . .
assignment.shift       . x x . x . . .
case.raise             x x x x . . . .
case.notify            . . x . . . . .
case.work              . . . x . . . .
case.read              . . x x x . . .
case.result            . . . x . x . .
day.close              . x . . . . . .
report.write           . . x . x x . .
report.template        . . . . . x . .
report.see             . . x . x x x .
reminder.send          . . . . x x . .
reminder.answer        . . x . x . . .
officer.edit           . . x . x x . .
letterhead.edit        . . x . x x . .
inspection.write       . . . . x x x .
setting.see            . . . . . x . x
setting.rules          . . . . . x . .
setting.technical      . . . . . . . x
account.manage         . . x . x x . x
account.unlock         . . . . . . . x
sheet.export           . x x x x x . .
list.import            . . x . x x . .
gaps.see               . . x . x x x .
backup.take            . . . . . . . x
history.see            x x x x x x x x
account.own            x x x x x x x x
account.delegate       . . x . x x . .
clock.confirm          . . x . x x . x
"""
LINES = [line.split() for line in MATRIX.strip().splitlines()]


def test_the_matrix_names_every_action_and_role():
    assert [line[0] for line in LINES] == list(access.CAN)
    assert tuple(ROLES) == access.ROLES


@tabled("line", LINES)
def test_each_role_may_exactly_what_the_matrix_says(line, as_):
    action, *marks = line
    for name in world.CAST:
        _db, user = as_(name)
        may = marks[ROLES.index(user.role)] == "x"
        assert user.can(action) is may
        if may:
            access.check(user, action)
        else:
            with pytest.raises(Refused):
                access.check(user, action)


SEES = {  # households, teams
    "an": (8, 1),
    "lan": (24, 1),
    "binh": (48, 2),
    "son": (48, 2),
    "dung": (72, 3),
    "mai": (96, 4),
    "thu": (72, 3),
    "quan": (0, 0),
    "chi": (24, 1),
}


@tabled("name", SEES)
def test_each_of_the_cast_sees_their_own_area(name, as_):
    db, _user = as_(name)
    households, teams = SEES[name]
    assert value(db, "select count(*) from my_households") == households
    assert value(db, "select count(*) from my_teams") == teams
    assert value(db, "select count(*) from my_assignments") == households


def test_a_stranger_sees_no_row_of_another_commune(as_):
    db, _chi = as_("chi")
    for view in ("my_households", "my_teams"):
        assert {r["commune_code"] for r in rows(db, f"select commune_code from {view}")} == {"25654"}


def test_nobody_sees_nothing(db):
    access.bind(db, None, world.DAY)
    for view in ("my_households", "my_teams", "my_members", "my_persons", "my_accounts", "my_audit", "my_communes"):
        assert value(db, f"select count(*) from {view}") == 0


def test_views_cannot_be_written_through(as_):
    db, _user = as_("binh")
    with pytest.raises(Exception, match="because it is a view"):
        db.conn.execute("delete from my_households")


def test_a_switched_off_account_is_nobody(db):
    db.conn.execute("update accounts set is_active = 0 where username = 'binh'")
    assert access.user(db, world.CAST["binh"][0], world.DAY) is None


def test_a_grant_holds_only_in_its_time(db):
    db.conn.execute("update grants set until_day = ? where account_id = ?", [world.DAY, world.CAST["binh"][0]])
    assert access.user(db, world.CAST["binh"][0], world.YESTERDAY).role == "commune"
    assert access.user(db, world.CAST["binh"][0], world.DAY) is None


def test_a_member_sees_a_household_from_its_day_on(db, as_):
    db.conn.execute("update assignments set until_day = '2021-08-17' where household_id = 1")
    world.add_assignment(db, 1, 2, 1, from_day="2021-08-17")
    own, _an = as_("an")
    assert value(own, "select count(*) from my_households where id = 1") == 0
    tomorrow, _an = as_("an", "2021-08-17")
    assert value(tomorrow, "select count(*) from my_households where id = 1") == 1


def test_two_roles_are_held_one_at_a_time(db):
    db.conn.execute(
        "insert into grants (id, account_id, role, area_code, from_day) values (99, 3, 'station', '25459', ?)",
        [world.FOUNDED],
    )
    assert access.user(db, 3, world.DAY).role == "commune"
    assert access.user(db, 3, world.DAY, 99).role == "station"
    assert access.user(db, 3, world.DAY, 5).role == "commune", "a grant of somebody else is not taken"


def test_require_says_not_found():
    with pytest.raises(NotFound):
        access.require(None)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("an", {"an"}),
        ("lan", {"an", "lan"}),
        ("binh", {"an", "lan", "binh", "son"}),
        ("son", {"son"}),
        ("chi", {"chi"}),
        ("quan", {"quan", "mai"}),
    ],
)
def test_history_reaches_as_far_as_the_role(as_, db, name, told):
    for account, _username, _full, role, area, *_rest in world.CAST.values():
        db.conn.execute(
            "insert into audit_log (at, account_id, role, action, area_code) values (?, ?, ?, ?, ?)",
            [clock.stamp(world.NOW), account, role, "setting.rules" if role == "province" else "visit.record", area],
        )
    own, _user = as_(name)
    seen = {line["account_id"] for line in rows(own, "select account_id from my_audit")}
    assert seen == {world.CAST[who][0] for who in told}
