"""Dated statuses: no overlap, the due numbers follow, nobody reaches further than allowed."""

import json

import pytest

from lib.core.clock import plus
from lib.core.database import row, rows, value, write
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.core.rollup import differences
from lib.register.households import statuses
from lib.register.households.statuses import StatusEntry
from tests import world

DAY, YESTERDAY, NOW = world.DAY, world.YESTERDAY, world.NOW
TOMORROW, EARLIER = plus(DAY, 1), plus(DAY, -5)
CODE = "25456-0009"  # An's; household 9 of team 1


def periods(db, household=9):
    return [
        (line["status"], line["from_day"], line["until_day"])
        for line in rows(
            db,
            "select status, from_day, until_day from household_status where household_id = ? order by id",
            [household],
        )
    ]


def due(db, day=DAY):
    return value(db, "select due from team_day where team_id = 1 and day = ?", [day])


def is_counted(db):
    return differences(db, DAY) == [] and differences(db, YESTERDAY) == []


@pytest.mark.parametrize("name", ["an", "lan", "binh"])
def test_quarantine_takes_the_household_off_the_due_list(as_, db, name):
    own, user = as_(name)
    statuses.set_status(own, user, CODE, StatusEntry("central_quarantine", YESTERDAY, reason="F1"), now=NOW)
    assert (due(db, YESTERDAY), due(db)) == (23, 23) and is_counted(db)
    assert statuses.on(own, 9, DAY)["reason"] == "F1" and statuses.on(own, 9, plus(DAY, -2)) is None


def test_one_line_is_written(as_, db):
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", DAY), now=NOW)
    line = row(db, "select action, area_code, subject, detail from audit_log")
    assert (line["action"], line["area_code"], line["subject"]) == ("household.status", "25456", CODE)
    assert json.loads(line["detail"])["status"] == "central_quarantine"


def test_ending_it_brings_the_household_back(as_, db):
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", YESTERDAY, reason="F1"), now=NOW)
    statuses.end_status(*as_("an"), CODE, DAY, now=NOW)
    assert (due(db, YESTERDAY), due(db)) == (23, 24) and is_counted(db)
    assert value(db, "select action from audit_log order by id desc limit 1") == "household.status_end"


def test_ended_on_its_first_day_it_never_was(as_, db):
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", YESTERDAY, reason="F1"), now=NOW)
    statuses.end_status(*as_("an"), CODE, YESTERDAY, now=NOW, reason="F1")
    assert due(db, YESTERDAY) == 24 and is_counted(db) and statuses.history(db, 9) == []


def test_a_new_status_cuts_the_open_one_short(as_, db):
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", YESTERDAY, reason="F1"), now=NOW)
    statuses.set_status(*as_("an"), CODE, StatusEntry("locked_down_elsewhere", DAY), now=NOW)
    assert periods(db) == [("central_quarantine", YESTERDAY, DAY), ("locked_down_elsewhere", DAY, None)]
    assert is_counted(db)


def test_sent_twice_it_stands_once(as_, db):
    for _twice in range(2):
        statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", DAY), now=NOW)
    assert periods(db) == [("central_quarantine", DAY, None)]
    assert value(db, "select count(*) from audit_log") == 1


def test_a_beginning_can_be_put_earlier(as_, db):
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", DAY), now=NOW)
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", YESTERDAY, reason="F1"), now=NOW)
    assert [p["from_day"] for p in statuses.history(db, 9)] == [YESTERDAY] and is_counted(db)


def test_a_known_end_lets_it_run_out(as_, db):
    statuses.set_status(
        *as_("an"), CODE, StatusEntry("central_quarantine", YESTERDAY, reason="F1", until_day=DAY), now=NOW
    )
    assert (due(db, YESTERDAY), due(db)) == (23, 24) and is_counted(db)


def test_moving_away_ends_the_assignment_and_the_counting(as_, db):
    statuses.set_status(*as_("binh"), CODE, StatusEntry("moved", DAY), now=NOW)
    assert value(db, "select until_day from assignments where household_id = 9") == DAY
    assert value(db, "select households from hamlet_day where hamlet_code = '2545601' and day = ?", [DAY]) == 23
    assert (due(db, YESTERDAY), due(db)) == (24, 23) and is_counted(db)


def test_a_visit_of_a_household_in_quarantine_leaves_the_sums(as_, db):
    db.conn.execute(
        "insert into visits (day, household_id, outcome, persons, recorded_at) values (?, 9, 'met', 4, ?)",
        [DAY, "2021-08-16T02:00:00Z"],
    )
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", DAY), now=NOW)
    assert value(db, "select seen from team_day where team_id = 1 and day = ?", [DAY]) == 0 and is_counted(db)


def test_tomorrow_is_the_latest(as_, db):
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", TOMORROW), now=NOW)
    assert due(db) == 24
    with pytest.raises(Invalid) as refusal:
        statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", plus(DAY, 2)), now=NOW)
    assert set(refusal.value.faults) == {"from_day"}


def test_an_announced_status_can_be_taken_back(as_, db):
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", TOMORROW), now=NOW)
    statuses.end_status(*as_("an"), CODE, TOMORROW, now=NOW)
    assert statuses.history(db, 9) == []


@pytest.mark.parametrize("name", ["an", "lan"])
def test_teams_reach_two_days_back(as_, db, name):
    statuses.set_status(*as_(name), CODE, StatusEntry("central_quarantine", plus(DAY, -2), reason="F1"), now=NOW)
    with pytest.raises(Invalid):
        statuses.set_status(*as_(name), CODE, StatusEntry("central_quarantine", plus(DAY, -3), reason="F1"), now=NOW)


@pytest.mark.parametrize("name", ["an", "lan", "binh"])
def test_a_day_gone_by_changes_with_a_reason_only(as_, db, name):
    own, user = as_(name)
    with pytest.raises(Invalid) as refusal:
        statuses.set_status(own, user, CODE, StatusEntry("central_quarantine", YESTERDAY), now=NOW)
    assert set(refusal.value.faults) == {"reason"} and due(db, YESTERDAY) == 24
    statuses.set_status(own, user, CODE, StatusEntry("central_quarantine", YESTERDAY, reason="F1"), now=NOW)
    with pytest.raises(Invalid) as refusal:
        statuses.end_status(own, user, CODE, YESTERDAY, now=NOW)
    assert set(refusal.value.faults) == {"reason"} and due(db, YESTERDAY) == 23
    assert json.loads(value(db, "select detail from audit_log order by id desc limit 1"))["reason"] == "F1"


def test_commune_staff_reach_further_with_a_reason(as_, db):
    with pytest.raises(Invalid) as refusal:
        statuses.set_status(*as_("binh"), CODE, StatusEntry("central_quarantine", EARLIER), now=NOW)
    assert set(refusal.value.faults) == {"reason"}
    statuses.set_status(*as_("binh"), CODE, StatusEntry("central_quarantine", EARLIER, reason="Báo muộn"), now=NOW)
    assert (due(db, YESTERDAY), due(db)) == (23, 23) and is_counted(db)


@pytest.mark.parametrize(
    "values, field",
    [
        ({"status": None}, "status"),
        ({"status": "merged"}, "status"),
        ({"from_day": "31/02/2021"}, "from_day"),
        ({"from_day": ""}, "from_day"),
        ({"until_day": YESTERDAY}, "until_day"),
        ({"until_day": "01/01/2031"}, "until_day"),
        ({"status": "moved", "until_day": TOMORROW}, "until_day"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
def test_bad_input_is_named_at_its_field(as_, db, values, field):
    sent = {"status": "central_quarantine", "from_day": DAY} | values
    with pytest.raises(Invalid) as refusal:
        statuses.set_status(*as_("binh"), CODE, StatusEntry(**sent), now=NOW)
    assert set(refusal.value.faults) == {field} and periods(db) == []


def test_a_day_may_be_typed_as_people_do(as_, db):
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", "15/8/2021", reason="F1"), now=NOW)
    assert periods(db) == [("central_quarantine", YESTERDAY, None)]


def test_a_finished_period_is_not_swallowed(as_, db):
    statuses.set_status(
        *as_("an"), CODE, StatusEntry("central_quarantine", YESTERDAY, reason="F1", until_day=TOMORROW), now=NOW
    )
    with pytest.raises(Conflict):
        statuses.set_status(*as_("an"), CODE, StatusEntry("locked_down_elsewhere", plus(DAY, -2), reason="F1"), now=NOW)


def test_there_must_be_something_to_end(as_, db):
    with pytest.raises(Conflict):
        statuses.end_status(*as_("an"), CODE, DAY, now=NOW)
    statuses.set_status(*as_("an"), CODE, StatusEntry("central_quarantine", DAY, until_day=TOMORROW), now=NOW)
    for until in (YESTERDAY, TOMORROW):
        with pytest.raises(Invalid):
            statuses.end_status(*as_("an"), CODE, until, now=NOW)


@pytest.mark.parametrize("name, refusal", [("chi", NotFound), ("son", Refused), ("dung", Refused), ("thu", Refused)])
def test_others_may_not(as_, db, name, refusal):
    with pytest.raises(refusal):
        statuses.set_status(*as_(name), CODE, StatusEntry("central_quarantine", DAY), now=NOW)
    with pytest.raises(refusal):
        statuses.end_status(*as_(name), CODE, DAY, now=NOW)
    assert periods(db) == []


def test_a_member_does_not_touch_a_neighbours_house(as_):
    with pytest.raises(NotFound):
        statuses.set_status(*as_("an"), "25456-0001", StatusEntry("central_quarantine", DAY), now=NOW)


# The rows, for whoever has an act open


def test_rows_begin_once_and_finish(db):
    with write(db):
        assert statuses.begin_status(db, 9, "central_quarantine", DAY)
        assert not statuses.begin_status(db, 9, "central_quarantine", DAY)
        assert not statuses.begin_status(db, 9, "central_quarantine", TOMORROW)
        assert periods(db) == [("central_quarantine", DAY, None)]
        assert statuses.finish_status(db, 9, DAY) and not statuses.finish_status(db, 9, DAY)
    assert periods(db) == [("central_quarantine", DAY, DAY)] and statuses.on(db, 9, DAY) is None
    assert value(db, "select count(*) from audit_log") == 0


def test_a_status_can_begin_again_the_same_day(db):
    with write(db):
        statuses.begin_status(db, 9, "central_quarantine", DAY)
        statuses.finish_status(db, 9, DAY)
        assert statuses.begin_status(db, 9, "central_quarantine", DAY)
    assert statuses.on(db, 9, DAY)["until_day"] is None
