"""A member falls ill, isolates or leaves: who takes over, for how long, and the way back."""

from datetime import timedelta

import pytest

from lib.core import access, clock, rollup
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.field.visits import visits
from lib.register.assignments import assignments
from lib.register.teams import leaving
from lib.register.undo import undo
from tests import edits, world
from tests.unit.test_undo import facts

TODAY, TOMORROW = world.DAY, clock.plus(world.DAY, 1)
BACK = clock.plus(world.DAY, 4)
LAN, AN, THIRD, OTHER = 1, 2, 3, 4


def values(reason="ill", since=TODAY, until="", takes="team", **more):
    return {"reason": reason, "from_day": since, "until_day": until, "takes": takes, **more}


def leave(bound, who=AN, **wanted):
    db, user = bound
    made = leaving.plan(db, user, who, values(**wanted), now=world.NOW)
    leaving.carry_out(db, user, made, now=world.NOW)
    return made


def minders(db, day) -> dict[int, int]:
    """How many households each member has on a day."""
    found = rows(
        db,
        """select member_id, count(*) as n from assignments where from_day <= :day
           and (until_day is null or until_day > :day) and household_id <= 24 group by 1""",
        {"day": day},
    )
    return {line["member_id"]: line["n"] for line in found}


def sums(db, day):
    return rows(db, "select * from team_day where day = ? order by team_id", [day])


def test_the_preview_says_what_each_would_have(as_):
    db, user = as_("binh")
    made = leaving.plan(db, user, AN, values(), now=world.NOW)
    after = {m["id"]: (m["households"], m["households_after"]) for m in made.loads}
    assert after == {LAN: (8, 12), AN: (8, 0), THIRD: (8, 12)}
    assert [row.code for row in made.rows] == [f"25456-{n:04d}" for n in range(9, 17)]
    assert [row.member_id for row in made.rows] == [LAN] * 4 + [THIRD] * 4
    assert "The team has {n} members; the rule is {least} to {most}." in [say.text for _team, say in made.warnings]
    assert minders(db, TODAY) == {LAN: 8, AN: 8, THIRD: 8}


def test_a_substitute_hands_back_by_itself(as_, db):
    leave(as_("binh"), since=TOMORROW, until=BACK)
    assert [minders(db, day).get(AN) for day in (TODAY, TOMORROW, clock.plus(BACK, -1), BACK)] == [8, None, None, 8]
    assert minders(db, BACK) == {LAN: 8, AN: 8, THIRD: 8}
    assert value(db, "select availability from members where id = 2") == "ill"


def test_the_substitute_has_the_rows_on_the_sheet_and_the_member_has_not(as_, db):
    leave(as_("binh"), until=BACK)
    (theirs, an), (hers, lan) = as_("an"), as_("lan")
    assert visits.sheet(theirs, 1, TODAY, an) == []
    assert len([row for row in visits.sheet(hers, 1, TODAY, lan) if row["member_id"] == LAN]) == 12
    assert len(visits.sheet(*as_("an", BACK)[:1], 1, BACK, an)) == 8


def test_yesterday_stays_and_today_is_counted_again(as_, db):
    edits.visit(db, 9, "met", day=world.YESTERDAY, at="2021-08-15T02:00:00Z")
    edits.visit(db, 9, "met")
    before = sums(db, world.YESTERDAY)
    leave(as_("binh"), takes="member", member=OTHER)
    assert sums(db, world.YESTERDAY) == before
    assert [line["seen"] for line in sums(db, TODAY)][:2] == [0, 1]
    assert rollup.differences(db, TODAY) == rollup.differences(db, world.YESTERDAY) == []


def test_who_leaves_for_good_keeps_nothing_and_no_account(as_, db):
    leave(as_("binh"), reason="left", since=TOMORROW)
    assert value(db, "select until_day from members where id = 2") == TOMORROW
    assert minders(db, TODAY)[AN] == 8 and AN not in minders(db, BACK)
    account = world.CAST["an"][0]
    assert access.user(db, account, TODAY) and access.user(db, account, TOMORROW) is None


def test_households_promised_for_later_go_along(as_, db):
    bound = as_("binh")
    assignments.give(*bound, ["25456-0001"], AN, from_day=BACK, now=world.NOW)
    made = leave(bound, reason="left")
    assert len(made.rows) == 9 and AN not in minders(db, clock.plus(BACK, 1))
    assert minders(db, TODAY) == {LAN: 12, THIRD: 12}


def test_a_substitute_who_falls_ill_is_substituted_and_both_come_back(as_, db):
    leave(as_("binh"), until=BACK)
    leave(as_("binh"), who=THIRD, since=TOMORROW, until=clock.plus(TOMORROW, 1))
    assert minders(db, TOMORROW) == {LAN: 24}
    assert minders(db, clock.plus(TOMORROW, 1)) == {LAN: 12, THIRD: 12}
    assert minders(db, BACK) == {LAN: 8, AN: 8, THIRD: 8}


def test_other_teams_may_take_over(as_, db):
    leave(as_("binh"), takes="teams", teams=[2])
    found = minders(db, TODAY)
    assert found[LAN] == found[THIRD] == 8 and sorted(found.get(member, 0) for member in (4, 5, 6)) == [2, 3, 3]


def test_undo_is_identity(as_, db):
    before = facts(db), sums(db, TODAY), sums(db, world.YESTERDAY)
    bound = as_("binh")
    leave(bound, reason="left")
    (line,) = undo.offered(*bound, now=world.NOW)
    assert line["kind"] == "member.left"
    later = world.NOW + timedelta(hours=23)
    with pytest.raises(Invalid) as refused:  # its day has gone by and its figures were told
        undo.take_back(*bound, line["id"], now=later)
    assert set(refused.value.faults) == {"reason"}
    undo.take_back(*bound, line["id"], now=later, reason="Đã khỏi")
    assert "Đã khỏi" in value(db, "select detail from audit_log order by id desc limit 1")
    assert (facts(db), sums(db, TODAY), sums(db, world.YESTERDAY)) == before


def test_a_plan_made_before_somebody_else_decided_is_refused(as_):
    db, user = as_("binh")
    made = leaving.plan(db, user, AN, values(), now=world.NOW)
    assignments.give(db, user, ["25456-0009"], LAN, from_day=TODAY, now=world.NOW)
    with pytest.raises(Conflict):
        leaving.carry_out(db, user, made, now=world.NOW)


def test_the_member_is_available_again_after_the_end(as_, db):
    leave(as_("binh"), until=BACK)
    assert leaving.come_back(db, now=world.NOW) == 0
    later = world.NOW + timedelta(days=4)
    assert leaving.come_back(db, now=later) == 1 and leaving.come_back(db, now=later) == 0
    assert value(db, "select availability from members where id = 2") == "available"


def test_what_somebody_wrote_since_about_the_member_stays(as_, db):
    leave(as_("binh"), until=BACK)
    db.conn.execute("update members set availability = 'leave' where id = 2")
    assert leaving.come_back(db, now=world.NOW + timedelta(days=9)) == 0


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("from_day", {"since": world.YESTERDAY}),
        ("from_day", {"since": ""}),
        ("until_day", {"since": BACK, "until": TOMORROW}),
        ("reason", {"reason": "tired"}),
        ("takes", {"takes": "teams", "teams": []}),
        ("takes", {"takes": "member", "member": AN}),
        ("takes", {"takes": "member", "member": None}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(as_, field, wanted):
    with pytest.raises(Invalid) as refused:
        leave(as_("binh"), **wanted)
    assert field in refused.value.faults


def test_a_stranger_finds_nobody_and_others_may_not(as_, db):
    before = facts(db)
    with pytest.raises(NotFound):
        leave(as_("chi"))
    for name in ("an", "lan", "son", "mai", "thu", "quan"):
        with pytest.raises(Refused):
            leave(as_(name))
    assert facts(db) == before
    leave(as_("dung"))


def test_what_hangs_on_somebody_who_left_since_is_not_taken_back(as_, db):
    bound = as_("binh")
    assignments.give(*bound, [f"25456-{n:04d}" for n in range(9, 17)], LAN, from_day=TODAY, now=world.NOW)
    (given,) = undo.offered(*bound, now=world.NOW)
    leave(bound, reason="left")
    before = facts(db)
    with pytest.raises(Conflict, match="Trần Văn An"):
        undo.take_back(*bound, given["id"], now=world.NOW)
    assert facts(db) == before
