"""Where a report stands, and every deed that moves it: allowed where the table says so, refused elsewhere."""

import json
from datetime import timedelta

import pytest

from lib.core import clock
from lib.core.database import row, rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.oversight.reports import acts, addenda, context, drafts, missing, officers, overview, states
from lib.oversight.reports.addenda import Correction
from tests import world

DAY, NOON = world.DAY, world.NOW
WORDS = {"narratives": {"leadership": "Họp giao ban.", "difficulties": "Không"}, "manual": {}}


def at(hour: str, day: str = DAY):
    """An instant by its hour, minute and second in Viet Nam."""
    return clock.instant(clock.at(day, hour[:5])) + timedelta(seconds=int(hour[6:] or 0))


def write(db, user, code, now=NOON, content=WORDS, day=DAY):
    version = drafts.read(db, code, day)["version"]
    return drafts.keep(db, user, code, day, drafts.ReportDraft(content, version), now=now)


def send(db, user, code, now=NOON, day=DAY):
    return acts.submit(db, user, code, day, draft_version=drafts.read(db, code, day)["version"], now=now)


def state(db, code, now=NOON, day=DAY):
    return states.standing(db, code, day, now=now)


@pytest.fixture
def two(as_):
    """The commune's clerk Bình and the district's officer Dũng, each on a connection of their own."""
    return (*as_("binh"), *as_("dung"))


def to(two, wished: str):
    """Bring the report of Phường 1 to a state of the table; the instant at which it stands there."""
    db, binh, own, dung = two
    if wished != "missing":
        write(db, binh, "25456")
    if wished in ("submitted", "received", "returned", "recalled", "locked"):
        send(db, binh, "25456", at("13:40:00"))
    if wished == "received":
        acts.receive(own, dung, "25456", DAY, now=at("13:42:00"))
    if wished == "returned":
        acts.send_back(own, dung, "25456", DAY, reason="Thiếu số hộ vắng", now=at("13:42:00"))
    if wished == "recalled":
        acts.recall(db, binh, "25456", DAY, now=at("13:41:00"))
    return at("15:00:00") if wished == "locked" else at("13:44:00")


DEEDS = {
    "write": lambda db, binh, own, dung, now: write(
        db, binh, "25456", now, WORDS | {"narratives": {"difficulties": "Thiếu test nhanh"}}
    ),
    "submit": lambda db, binh, own, dung, now: send(db, binh, "25456", now),
    "receive": lambda db, binh, own, dung, now: acts.receive(own, dung, "25456", DAY, now=now),
    "return": lambda db, binh, own, dung, now: acts.send_back(own, dung, "25456", DAY, reason="Sai", now=now),
    "recall": lambda db, binh, own, dung, now: acts.recall(db, binh, "25456", DAY, now=now),
    "correct": lambda db, binh, own, dung, now: addenda.correct(
        db, binh, "25456", DAY, Correction({"leaflets": 5}, "Nhập thiếu"), now=now
    ),
}
TABLE = {
    "missing": {"write": "draft"},  # without words there is nothing to send
    "draft": {"write": "draft", "submit": "submitted"},
    "submitted": {"receive": "received", "return": "returned", "recall": "recalled"},
    "received": {"return": "returned", "recall": "recalled"},
    "recalled": {"write": "recalled", "submit": "submitted"},
    "returned": {"write": "returned", "submit": "submitted"},
    "locked": {"receive": "locked", "correct": "locked"},
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("standing", TABLE)
def test_every_move_of_the_table_and_no_other(two, standing, deed):
    now = to(two, standing)
    db = two[0]
    assert state(db, "25456", now).state == standing
    before = value(db, "select count(*) from report_events")
    if deed in TABLE[standing]:
        DEEDS[deed](*two, now)
        assert state(db, "25456", now).state == TABLE[standing][deed]
        return
    with pytest.raises((Conflict, Invalid)):
        DEEDS[deed](*two, now)
    assert state(db, "25456", now).state == standing
    assert value(db, "select count(*) from report_events") == before


@pytest.mark.parametrize(
    ("code", "who", "hour", "late"),
    [
        ("25456", "binh", "13:44:59", 0),
        ("25456", "binh", "13:45:00", 0),
        ("25456", "binh", "13:45:01", 1),
        ("703", "dung", "13:59:59", 0),
        ("703", "dung", "14:00:00", 0),
        ("703", "dung", "14:00:01", 1),
        ("703", "dung", "14:01:00", 1),
        ("703", "dung", "14:12:00", 12),
        ("703", "dung", "23:59:59", 600),
        ("72", "mai", "15:00:00", 0),
        ("72", "mai", "15:00:01", 1),
    ],
)
def test_lateness_is_begun_minutes_by_the_clock(as_, code, who, hour, late):
    db, user = as_(who)
    write(db, user, code)
    send(db, user, code, at(hour))
    stands = state(db, code, at(hour))
    assert (stands.late_minutes, stands.version, stands.who) == (late, 1, user.full_name)
    line = row(db, "select action, area_code, subject, detail from audit_log where action = 'report.submit'")
    assert (line["area_code"], line["subject"]) == (code, DAY)
    assert json.loads(line["detail"]) == {"version": 1, "late_minutes": late}


def test_a_returned_report_is_sent_again_and_stays_as_early_as_its_first_version(two):
    db, binh, _own, _dung = two
    to(two, "returned")
    stands = state(db, "25456", at("13:50:00"))
    assert (stands.state, stands.reason, stands.version) == ("returned", "Thiếu số hộ vắng", 1)
    write(db, binh, "25456", at("14:05:00"), WORDS | {"narratives": {"difficulties": "Đã bổ sung"}})
    assert send(db, binh, "25456", at("14:10:00")) == 2
    stands = state(db, "25456", at("14:10:00"))
    assert (stands.state, stands.version, stands.late_minutes, stands.reason) == ("submitted", 2, 0, None)
    told = [(each["deed"], each["version"]) for each in states.events(db, binh, "25456", DAY)]
    assert told == [("submit", 1), ("return", 1), ("submit", 2)]
    first, _return, second = states.events(db, binh, "25456", DAY)
    assert first["content"]["narratives"]["difficulties"] == "Không", "what was sent stays as it was"
    assert second["content"]["narratives"]["difficulties"] == "Đã bổ sung"


@pytest.mark.parametrize(
    ("code", "who", "hour", "reason", "problem"),
    [
        ("25456", "binh", "13:45:00", "", None),
        ("25456", "binh", "13:45:01", "", Conflict),
        ("703", "dung", "14:00:00", "Sai F0", None),
        ("703", "dung", "14:00:01", "Sai F0", Conflict),
        ("72", "mai", "14:59:00", "", Invalid),
        ("72", "mai", "15:30:00", "Sai F0", None),
        ("72", "mai", "15:30:01", "Sai F0", Conflict),
    ],
)
def test_a_unit_recalls_its_own_report_until_its_deadline(as_, code, who, hour, reason, problem):
    """A sent report could not be mended before its deadline."""
    db, user = as_(who)
    write(db, user, code)
    send(db, user, code, at("13:30:00"))
    if problem:
        with pytest.raises(problem):
            acts.recall(db, user, code, DAY, reason=reason, now=at(hour))
        assert state(db, code, at(hour)).sent
        return
    acts.recall(db, user, code, DAY, reason=reason, now=at(hour))
    assert (state(db, code, at(hour)).state, state(db, code, at(hour)).reason) == ("recalled", reason or None)
    write(db, user, code, at(hour), WORDS | {"narratives": {"difficulties": "Đã sửa"}})
    assert send(db, user, code, at(hour)) == 2
    first, recalled, second = states.events(db, user, code, DAY)
    assert first["content"]["narratives"]["difficulties"] == "Không", "the version sent is kept"
    assert (recalled["deed"], second["content"]["narratives"]["difficulties"]) == ("recall", "Đã sửa")
    line = row(db, "select area_code, subject, detail from audit_log where action = 'report.recall'")
    assert (line["area_code"], line["subject"], json.loads(line["detail"])["version"]) == (code, DAY, 1)


def test_a_recalled_report_is_as_late_as_it_is_sent_again(two):
    """Else an empty report sent early and recalled would stand as on time."""
    db, binh = two[:2]
    to(two, "recalled")
    assert state(db, "25456", at("13:50:00")).bucket == "missing"
    assert overview.overdue(state(db, "25456", at("13:50:00")), at("13:50:00")) == 5
    send(db, binh, "25456", at("13:55:00"))
    stands = state(db, "25456", at("13:55:00"))
    assert (stands.version, stands.late_minutes, stands.bucket) == (2, 10, "late")
    assert (stands.submitted_at, stands.sent_at) == (clock.at(DAY, "13:55"), clock.at(DAY, "13:55"))
    [standing] = rows(db, "select day, area_code, submitted_at, late_minutes from reports_counted")
    assert (standing["submitted_at"], standing["late_minutes"]) == (stands.submitted_at, 10)


def test_the_second_version_has_an_hour_of_its_own(two):
    """ "Gửi lần 2 lúc 13:30" was 13:33: the hour was that of the first."""
    db, binh = two[:2]
    to(two, "returned")
    send(db, binh, "25456", at("13:43:00"))
    stands = state(db, "25456", at("13:44:00"))
    assert (stands.version, stands.submitted_at, stands.sent_at) == (2, clock.at(DAY, "13:40"), clock.at(DAY, "13:43"))


@pytest.mark.parametrize(
    ("who", "problem"), [("dung", NotFound), ("mai", NotFound), ("chi", NotFound), ("thu", Refused)]
)
def test_nobody_recalls_the_report_of_another(as_, two, who, problem):
    to(two, "submitted")
    with pytest.raises(problem):
        acts.recall(*as_(who), "25456", DAY, reason="Sai", now=at("13:41:00"))


@pytest.mark.parametrize(
    ("hour", "locked"), [("14:59:59", "submitted"), ("15:00:00", "locked"), ("15:00:01", "locked")]
)
def test_at_three_the_day_is_locked(two, hour, locked):
    to(two, "submitted")
    assert state(two[0], "25456", at(hour)).state == locked


def test_what_is_sent_after_three_is_late_and_locked_at_once(two):
    db, binh = two[:2]
    write(db, binh, "25456")
    send(db, binh, "25456", at("15:10:00"))
    stands = state(db, "25456", at("15:10:00"))
    assert (stands.state, stands.late_minutes) == ("locked", 85)
    with pytest.raises(Conflict):
        acts.send_back(two[2], two[3], "25456", DAY, reason="Sai", now=at("15:11:00"))


def test_addenda_are_numbered_and_stand_beside_what_was_sent(two):
    db, binh, own, dung = two
    write(db, binh, "25456", content=WORDS | {"manual": {"relief": {"value": 4, "reason": "theo Mặt trận"}}})
    send(db, binh, "25456", at("13:40:00"))
    assert addenda.shown(db, context.read(db, None, "25456", DAY, now=NOON))["relief"] == 4
    now = at("15:20:00")
    assert addenda.correct(db, binh, "25456", DAY, Correction({"relief": 6}, "Đếm sót 2 hộ"), now=now) == 1
    assert addenda.correct(own, dung, "25456", DAY, Correction({"relief": 7}, "Thêm 1 hộ"), now=now) == 2
    told = addenda.of_report(db, "25456", DAY)
    assert [(each["number"], each["corrections"]["relief"], each["who"]) for each in told] == [
        (1, [4, 6], "Lê Thanh Bình"),
        (2, [6, 7], "Đặng Tiến Dũng"),
    ]
    assert addenda.shown(db, context.read(db, None, "25456", DAY, now=NOON))["relief"] == 7
    assert states.sent(db, ["25456"], DAY, by="9")["25456"]["manual"]["relief"]["value"] == 4
    assert state(db, "25456", now).addenda == 2
    assert [line["action"] for line in rows(db, "select action from audit_log where action = 'report.correct'")] == [
        "report.correct"
    ] * 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"relief": 6}, " "),
        ({"coverage": 90}, "Sai"),
        ({"relief": -1}, "Sai"),
        ({"relief": None}, "Sai"),
        ({"nothing_such": 3}, "Sai"),
        ({}, "Sai"),
        ({"relief": 4}, "x" * 601),
    ],
)
def test_an_addendum_needs_a_right_number_and_a_reason(two, changes, reason):
    to(two, "locked")
    with pytest.raises(Invalid):
        addenda.correct(two[0], two[1], "25456", DAY, Correction(changes, reason), now=at("15:20:00"))
    assert state(two[0], "25456", at("15:20:00")).addenda == 0


def test_the_same_number_again_is_no_correction(two):
    to(two, "locked")
    db, binh = two[:2]
    addenda.correct(db, binh, "25456", DAY, Correction({"relief": 6}, "Sót"), now=at("15:20:00"))
    with pytest.raises(Invalid):
        addenda.correct(db, binh, "25456", DAY, Correction({"relief": 6}, "Sót"), now=at("15:21:00"))


# Words and entered numbers


def test_difficulties_are_required_and_no_is_an_answer(two):
    db, binh = two[:2]
    write(db, binh, "25456", content={"narratives": {"leadership": "Họp."}, "manual": {}})
    with pytest.raises(Invalid) as refused:
        send(db, binh, "25456")
    assert set(refused.value.faults) == {"difficulties"} and state(db, "25456").state == "draft"
    write(db, binh, "25456", content=WORDS)
    assert send(db, binh, "25456") == 1


@pytest.mark.parametrize(
    "entry",
    [
        {"value": 5, "reason": ""},
        {"value": -1, "reason": "Trạm"},
        {"value": 2.5, "reason": "Trạm"},
        {"value": True, "reason": "Trạm"},
        {"value": 10_000_000, "reason": "Trạm"},
        {"value": 5, "reason": "x" * 201},
    ],
)
def test_an_entered_number_is_whole_and_says_where_it_comes_from(two, entry):
    with pytest.raises(Invalid) as refused:
        write(two[0], two[1], "25456", content={"narratives": {}, "manual": {"contacts_f1": entry}})
    assert set(refused.value.faults) == {"contacts_f1"} and drafts.read(two[0], "25456", DAY)["version"] == 0


def test_only_numbers_the_form_asks_for_are_kept(two):
    content = {"narratives": {}, "manual": {"seen": {"value": 9, "reason": "x"}, "relief": {"value": 0, "reason": "x"}}}
    write(two[0], two[1], "25456", content=content)
    assert drafts.read(two[0], "25456", DAY)["content"]["manual"] == {"relief": {"value": 0, "reason": "x"}}


def test_a_narrative_has_an_end(two):
    with pytest.raises(Invalid):
        write(two[0], two[1], "25456", content={"narratives": {"proposals": "x" * 4001}, "manual": {}})


def test_two_windows_lose_nothing(two):
    """Different fields go together; the same field is refused to the second, and says so."""
    db, binh = two[:2]
    put = dict(now=NOON)
    assert drafts.put(db, binh, "25456", DAY, drafts.FieldEdit("narratives", "leadership", "Họp."), **put) == 1
    assert (
        drafts.put(db, binh, "25456", DAY, drafts.FieldEdit("manual", "relief", {"value": 3, "reason": "Trạm"}), **put)
        == 2
    )
    assert drafts.put(db, binh, "25456", DAY, drafts.FieldEdit("narratives", "difficulties", "Không"), **put) == 3
    with pytest.raises(Conflict):
        drafts.put(db, binh, "25456", DAY, drafts.FieldEdit("narratives", "leadership", "Kiểm tra."), **put)
    content = drafts.read(db, "25456", DAY)["content"]
    assert content["narratives"] == {"leadership": "Họp.", "difficulties": "Không"}
    assert content["manual"]["relief"]["value"] == 3
    assert drafts.put(db, binh, "25456", DAY, drafts.FieldEdit("narratives", "leadership", None, "Họp."), now=NOON) == 4
    assert "leadership" not in drafts.read(db, "25456", DAY)["content"]["narratives"]


def test_an_old_window_overwrites_nothing_and_sends_nothing(two):
    db, binh = two[:2]
    write(db, binh, "25456")
    with pytest.raises(Conflict):
        drafts.keep(db, binh, "25456", DAY, drafts.ReportDraft(drafts.EMPTY, 0), now=NOON)
    with pytest.raises(Conflict):
        acts.submit(db, binh, "25456", DAY, draft_version=0, now=NOON)
    assert state(db, "25456").state == "draft"


def test_the_same_words_again_are_no_deed(two):
    db, binh = two[:2]
    assert write(db, binh, "25456") == write(db, binh, "25456") == 1
    assert value(db, "select count(*) from audit_log where action = 'report.draft'") == 1


@pytest.mark.parametrize("day", ["2021-08-17", "2021-08-02", "2030-01-01"])
def test_no_report_is_written_for_a_day_that_is_not_there(two, day):
    with pytest.raises(Conflict):
        write(two[0], two[1], "25456", day=day)
    with pytest.raises(Conflict):
        acts.submit(two[0], two[1], "25456", day, draft_version=0, now=NOON)


def test_before_the_programme_nothing_is_sent(two):
    """S0-26."""
    db, binh = two[:2]
    db.conn.execute("insert into settings (key, value) values ('report_from', ?)", [DAY])
    write(db, binh, "25456", day=world.YESTERDAY)
    with pytest.raises(Conflict):
        send(db, binh, "25456", day=world.YESTERDAY)


def test_the_history_tells_each_field_that_changed_and_not_whole_pages(two):
    db, binh = two[:2]
    write(db, binh, "25456")
    told = {"narratives": {"difficulties": "x" * 4000}, "manual": {"relief": {"value": 3, "reason": "Trạm"}}}
    write(db, binh, "25456", content=told)
    detail = json.loads(value(db, "select detail from audit_log where action = 'report.draft' order by id desc"))
    assert detail == {
        "leadership": ["Họp giao ban.", None],
        "difficulties": ["Không", "x" * 120 + "…"],
        "relief": [None, "3 (Trạm)"],
    }
    write(db, binh, "25456", content=told | {"narratives": {"difficulties": "x" * 3999}})
    assert value(db, "select count(*) from audit_log where action = 'report.draft'") == 3


# Who may


@pytest.mark.parametrize(
    ("who", "problem"),
    [
        ("chi", NotFound),
        ("dung", NotFound),
        ("mai", NotFound),
        ("thu", Refused),
        ("an", Refused),
        ("lan", Refused),
        ("son", Refused),
        ("quan", Refused),
    ],
)
def test_nobody_else_writes_or_sends_the_report_of_a_commune(as_, who, problem):
    db, user = as_(who)
    for deed in (lambda: write(db, user, "25456"), lambda: send(db, user, "25456")):
        with pytest.raises(problem):
            deed()
    assert value(db, "select count(*) from report_drafts") + value(db, "select count(*) from report_events") == 0


@pytest.mark.parametrize(
    ("who", "problem"), [("binh", NotFound), ("chi", NotFound), ("thu", Refused), ("an", Refused), ("quan", Refused)]
)
def test_only_the_level_above_receives_returns_and_corrects(as_, two, who, problem):
    to(two, "submitted")
    db, user = as_(who)
    for deed in (
        lambda: acts.receive(db, user, "25456", DAY, now=NOON),
        lambda: acts.send_back(db, user, "25456", DAY, reason="Sai", now=NOON),
    ):
        with pytest.raises(problem):
            deed()
    if who != "binh":
        with pytest.raises(problem):
            addenda.correct(db, user, "25456", DAY, Correction({"relief": 1}, "Sai"), now=at("15:30:00"))
    assert [each["deed"] for each in rows(db, "select deed from report_events")] == ["submit"]


def test_a_stranger_reads_nothing(as_, two):
    to(two, "submitted")
    db, chi = as_("chi")
    for read in (lambda: states.events(db, chi, "25456", DAY), lambda: states.check_inside(db, chi, "25456")):
        with pytest.raises(NotFound):
            read()
    assert missing.teams(db, chi, "25456", DAY) == [] and officers.deputies(db, chi, "25456", DAY) == []


def test_a_return_says_why(two):
    to(two, "submitted")
    with pytest.raises(Invalid):
        acts.send_back(two[2], two[3], "25456", DAY, reason="  ", now=NOON)


def test_a_deputy_prepares_before_the_hour_and_sends_from_it_on_in_both_names(as_, db):
    """S0-21: at 13:50 the report passes to the deputy."""
    db.conn.execute("delete from grants where account_id = 2")
    for whose, until in ((None, None), (3, "2021-08-20")):
        db.conn.execute(
            """insert into grants (account_id, role, area_code, from_day, until_day, for_account_id, from_hour)
               values (2, 'commune', '25456', ?, ?, ?, ?)""",
            [DAY, until, whose, whose and "13:50"],
        )
    own, _lan = as_("lan")
    from lib.core import access

    grant = value(db, "select id from grants where for_account_id = 3")
    deputy = access.user(own, 2, DAY, grant)
    access.bind(own, deputy, DAY)
    assert deputy.from_hour == "13:50"
    write(own, deputy, "25456", at("13:40:00"))
    with pytest.raises(Refused):
        send(own, deputy, "25456", at("13:49:59"))
    send(own, deputy, "25456", at("13:50:00"))
    stands = state(own, "25456", at("13:50:00"))
    assert (stands.who, stands.for_whom) == ("Phạm Thị Lan", "Lê Thanh Bình")
    detail = json.loads(value(own, "select detail from audit_log where action = 'report.submit'"))
    assert detail["for"] == "Lê Thanh Bình"
    assert officers.deputies(own, deputy, "25456", DAY) == [
        {"name": "Phạm Thị Lan", "whom": "Lê Thanh Bình", "from_hour": "13:50"}
    ]


def test_what_was_done_is_never_changed(two, db):
    to(two, "submitted")
    from sqlite_utils.utils import sqlite3

    for sql in ("update report_events set late_minutes = 0", "delete from report_events"):
        with pytest.raises(sqlite3.IntegrityError):
            db.conn.execute(sql)


def test_whatever_changes_a_report_moves_its_number(two):
    """Kept answers of a province are asked anew by it."""
    db, binh = two[:2]
    seen = {states.writes(db, DAY)}
    for step in (lambda: write(db, binh, "25456"), lambda: send(db, binh, "25456", at("13:40:00"))):
        step()
        assert states.writes(db, DAY) not in seen
        seen.add(states.writes(db, DAY))
    assert states.writes(db, world.YESTERDAY) == (0, 0, 0, 0)


@pytest.mark.parametrize("deed", [acts.receive, lambda *a, **k: acts.send_back(*a, reason="x", **k)])
def test_a_hamlet_has_no_report(as_, deed):
    with pytest.raises(NotFound):
        deed(*as_("binh"), "2545601", world.DAY, now=world.NOW)
