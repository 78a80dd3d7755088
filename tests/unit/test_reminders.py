"""Reminders: from a level to those below it, acknowledged and answered; a stranger sees nothing."""

import json
from datetime import timedelta

import pytest

from lib.core import clock
from lib.core.database import row, rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.oversight.reports import reminders
from lib.oversight.work import worklist
from tests import world

DAY, NOW = world.DAY, world.NOW
DUE = clock.at(DAY, "14:00")
WORDS = "Đề nghị gửi báo cáo ngày 16/8/2021, hạn 14 giờ 00."


def remind(db, user, to="25456", *, words=WORDS, due_at=DUE, now=NOW):
    return reminders.send(db, user, {to: words}, due_at=due_at, day=DAY, now=now)[0]


@pytest.mark.parametrize(("who", "to"), [("dung", "25456"), ("mai", "703"), ("mai", "25456"), ("mai", "25654")])
def test_a_level_reminds_those_below_it(as_, who, to):
    db, user = as_(who)
    made = remind(db, user, to)
    assert value(db, "select to_area from reminders where id = ?", [made]) == to
    line = row(db, "select action, area_code, detail from audit_log order by id desc limit 1")
    assert (line["action"], line["area_code"]) == ("reminder.send", user.area_code)
    assert json.loads(line["detail"])["to"] == [to]


@pytest.mark.parametrize(
    ("who", "to", "problem"),
    [
        ("dung", "25654", NotFound),
        ("dung", "703", NotFound),
        ("dung", "72", NotFound),
        ("dung", "2545601", NotFound),
        ("dung", "99999", NotFound),
        ("binh", "25456", Refused),
        ("chi", "25456", Refused),
        ("thu", "25456", Refused),
        ("quan", "703", Refused),
    ],
)
def test_nobody_else_is_reminded(as_, who, to, problem):
    db, user = as_(who)
    with pytest.raises(problem):
        remind(db, user, to)
    assert not value(db, "select count(*) from reminders")


def test_all_or_none(as_):
    db, dung = as_("dung")
    with pytest.raises(NotFound):
        reminders.send(db, dung, {"25456": WORDS, "25654": WORDS}, due_at=DUE, day=DAY, now=NOW)
    assert not value(db, "select count(*) from reminders")
    assert len(reminders.send(db, dung, {"25456": WORDS, "25459": WORDS}, due_at=DUE, day=DAY, now=NOW)) == 2


def test_it_is_seen_and_answered_and_both_sides_read_it(as_):
    db, dung = as_("dung")
    made = remind(db, dung)
    own, binh = as_("binh")
    [open_] = reminders.open_for(own, binh, now=NOW)
    assert (open_["words"], open_["from_name"], open_["who"]) == (WORDS, "Tây Ninh", "Đặng Tiến Dũng")
    reminders.see(own, binh, made, now=NOW)
    reminders.see(own, binh, made, now=NOW)
    assert value(db, "select count(*) from audit_log where action = 'reminder.see'") == 1
    reminders.answer(own, binh, made, "Sẽ gửi trước 13 giờ 55.", now=NOW)
    assert reminders.open_for(own, binh, now=NOW) == []
    for side in (reminders.received(own, binh, DAY, now=NOW), reminders.sent(db, dung, DAY, now=NOW)):
        [line] = side
        assert (line["answer"], line["answered_by"]) == ("Sẽ gửi trước 13 giờ 55.", "Lê Thanh Bình")
    with pytest.raises(Conflict):
        reminders.answer(own, binh, made, "Lần nữa", now=NOW)


def test_unanswered_past_its_hour_is_overdue_to_the_second(as_):
    db, dung = as_("dung")
    remind(db, dung)
    at = clock.instant(DUE)
    told = [reminders.sent(db, dung, DAY, now=now)[0]["overdue"] for now in (at, at + timedelta(seconds=1))]
    assert told == [False, True]


def came(db, deed="submit", at="13:30", version=1):
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, reason)
           values (?, '25456', ?, ?, 3, ?, 'Sai')""",
        [DAY, deed, clock.at(DAY, at), version],
    )


def test_a_report_that_comes_settles_it_and_a_recalled_one_does_not(as_, db):
    own, dung = as_("dung")
    remind(own, dung)
    late = clock.instant(DUE) + timedelta(minutes=5)
    came(db)
    [line] = reminders.sent(own, dung, DAY, now=late)
    assert (line["came_at"], line["overdue"]) == (clock.at(DAY, "13:30"), False)
    assert reminders.open_for(*as_("binh"), now=late) == []
    came(db, "recall", "13:40")
    [line] = reminders.sent(own, dung, DAY, now=late)
    assert (line["came_at"], line["overdue"]) == (None, True)
    came(db, at="13:45", version=2)
    assert reminders.sent(own, dung, DAY, now=late)[0]["came_at"] == clock.at(DAY, "13:45")


def test_what_was_sent_before_the_reminder_does_not_settle_it(as_, db):
    own, dung = as_("dung")
    came(db, at="11:00")
    came(db, "return", "11:30")
    remind(own, dung)
    assert len(reminders.open_for(*as_("binh"), now=NOW)) == 1
    came(db, at="13:00", version=2)
    assert reminders.open_for(*as_("binh"), now=NOW) == []


def test_a_stranger_sees_nothing_and_answers_nothing(as_):
    db, dung = as_("dung")
    made = remind(db, dung)
    own, chi = as_("chi")
    assert reminders.open_for(own, chi, now=NOW) == reminders.received(own, chi, DAY, now=NOW) == []
    assert reminders.sent(own, chi, DAY, now=NOW) == [] and reminders.latest(own, chi, ["25456"], DAY, now=NOW) == {}
    for deed in (reminders.see, lambda *a, now: reminders.answer(*a, "Tôi trả lời", now=now)):
        with pytest.raises(NotFound):
            deed(own, chi, made, now=NOW)
    assert rows(db, "select seen_at, answer from reminders") == [{"seen_at": None, "answer": None}]


def test_the_wall_knows_the_last_reminder_of_each_unit(as_):
    db, dung = as_("dung")
    remind(db, dung)
    remind(db, dung, words="Nhắc lần hai.", now=NOW + timedelta(minutes=5))
    for who in ("dung", "mai", "thu"):
        own, user = as_(who)
        assert reminders.latest(own, user, ["25456", "25459"], DAY, now=NOW)["25456"]["words"] == "Nhắc lần hai."


@pytest.mark.parametrize(
    ("field", "asked"),
    [("words", {"words": " \n "}), ("words", {"words": "x" * 1001}), ("due_at", {"due_at": clock.stamp(NOW)})],
)
def test_faults_stand_at_their_fields(as_, field, asked):
    db, dung = as_("dung")
    with pytest.raises(Invalid) as refusal:
        remind(db, dung, **asked)
    assert set(refusal.value.faults) == {field}


def test_the_receiver_finds_it_on_the_first_page_until_it_is_answered(as_):
    db, dung = as_("dung")
    made = remind(db, dung)
    own, binh = as_("binh")

    def tasks(now=NOW):
        return [task for task in worklist.tasks(own, binh, DAY, now=now) if task.of == "reminders"]

    [task] = tasks()
    assert (task.n, task.room, task.urgent, task.late) == (1, "reports", True, False)
    assert task.say.places == {"hour": "14:00"}
    assert tasks(clock.instant(DUE) + timedelta(minutes=1))[0].late
    reminders.answer(own, binh, made, "Đã gửi.", now=NOW)
    assert tasks() == []
    stranger, chi = as_("chi")
    assert not [task for task in worklist.tasks(stranger, chi, DAY, now=NOW) if task.of == "reminders"]
