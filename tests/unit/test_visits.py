"""The day's sheet: who stands on it, what a save does, and what it refuses."""

import json
from datetime import timedelta

import pytest

from lib.core import rollup
from lib.core.database import row, rows, value
from lib.core.errors import Invalid, NotFound, Refused
from lib.field.visits import entry_days, visits
from lib.register.households import statuses
from lib.register.households.statuses import StatusEntry
from tests import world

ONE, TWO, STRANGE = "25456-0001", "25456-0002", "25654-0073"
LATE = world.NOW + timedelta(hours=3)


def draft(outcome="met", **more):
    return {"outcome": outcome, "flags": "", "note": "", "swept": False, "version": 0, **more}


@pytest.fixture
def clerk(as_):
    return as_("binh")


def save(who, drafts, *, team=1, day=world.DAY, now=world.NOW, reason=None):
    return visits.record(*who, visits.Submission(team, day, drafts, reason=reason), now=now)


def stored(db, number=1, day=world.DAY):
    return row(db, "select * from visits where day = ? and household_id = ?", [day, number])


def counted(db, team=1, day=world.DAY):
    sums = "due, seen, attempted, swept, touched, seen_on_time"
    return row(db, f"select {sums} from team_day where day = ? and team_id = ?", [day, team])


# Who stands on the sheet


def test_the_sheet_follows_the_walk_member_by_member(clerk):
    lines = visits.sheet(clerk[0], 1, world.DAY)
    assert [line["code"] for line in lines] == [f"25456-{n:04d}" for n in range(1, 25)]
    assert [line["member_id"] for line in lines] == [1] * 8 + [2] * 8 + [3] * 8
    assert lines[0]["outcome"] is None and not lines[0]["late"] and not lines[0]["locked"]


def test_members_see_their_own_households_and_strangers_none(as_):
    assert {line["member_id"] for line in visits.sheet(as_("an")[0], 1, world.DAY)} == {2}
    assert visits.sheet(as_("chi")[0], 1, world.DAY) == []
    assert len(visits.sheet(as_("dung")[0], 1, world.DAY)) == 24


def test_a_household_locked_down_elsewhere_says_why_and_a_moved_one_is_gone(db, clerk):
    statuses.begin_status(db, 1, "locked_down_elsewhere", world.DAY, "Chợ đầu mối")
    statuses.begin_status(db, 2, "merged", world.DAY)
    lines = visits.sheet(clerk[0], 1, world.DAY)
    assert lines[0]["locked"] and lines[0]["status_reason"] == "Chợ đầu mối"
    assert TWO not in [line["code"] for line in lines]
    assert save(clerk, {ONE: draft()})[ONE]["state"] == "refused"


def test_yesterdays_sheet_keeps_yesterdays_assignment(db, clerk):
    db.conn.execute("update assignments set until_day = ? where household_id = 1", [world.DAY])
    assert ONE not in [line["code"] for line in visits.sheet(clerk[0], 1, world.DAY)]
    assert ONE in [line["code"] for line in visits.sheet(clerk[0], 1, world.YESTERDAY)]


# Saving


def test_a_save_is_counted_logged_and_shown(db, clerk):
    results = save(clerk, {ONE: draft(), TWO: draft("absent", flags="kn")})
    assert results == {ONE: {"state": "saved", "version": 1}, TWO: {"state": "saved", "version": 1}}
    assert stored(db, 2)["flags"] == "kn" and stored(db)["recorded_by"] == 3 and stored(db)["persons"] == 4
    assert counted(db) == {"due": 24, "seen": 1, "attempted": 2, "swept": 0, "touched": 2, "seen_on_time": 1}
    line = row(db, "select * from audit_log order by id desc limit 1")
    assert (line["action"], line["area_code"]) == ("visit.record", "25456")
    assert json.loads(line["detail"])["rows"] == {ONE: ["–", "met"], TWO: ["–", "absent kn"]}


def test_a_save_sent_twice_changes_nothing(db, clerk):
    save(clerk, {ONE: draft()})
    before = value(db, "select count(*) from audit_log"), stored(db)
    assert save(clerk, {ONE: draft()}, now=LATE)[ONE] == {"state": "saved", "version": 1}
    assert (value(db, "select count(*) from audit_log"), stored(db)) == before


def test_the_hour_moves_with_the_answer_only(db, clerk):
    save(clerk, {ONE: draft()})
    save(clerk, {ONE: draft(flags="s", version=1)}, now=LATE)
    assert stored(db)["recorded_at"] == "2021-08-16T05:00:00Z" and stored(db)["version"] == 2
    save(clerk, {ONE: draft("phone", version=2)}, now=LATE)
    assert stored(db)["recorded_at"] == "2021-08-16T08:00:00Z"
    assert visits.sheet(clerk[0], 1, world.DAY)[0]["late"]
    assert entry_days.is_late(db, world.DAY, now=LATE) and not entry_days.is_late(db, world.DAY, now=world.NOW)


def test_clearing_keeps_the_row_and_its_past(db, clerk):
    save(clerk, {ONE: draft()})
    save(clerk, {ONE: draft(None, version=1)})
    assert stored(db)["outcome"] is None and counted(db)["attempted"] == 0
    assert value(db, "select outcome from visit_past where household_id = 1") == "met"


def test_a_sweep_is_marked_and_a_hand_makes_it_touched(db, clerk):
    save(clerk, {ONE: draft(swept=True), TWO: draft("absent", swept=True)})
    assert (counted(db)["swept"], counted(db)["touched"]) == (1, 1)
    save(clerk, {ONE: draft(version=1)})
    assert (counted(db)["swept"], counted(db)["touched"]) == (0, 2)


def test_a_sweep_from_an_old_screen_overwrites_nobody(db, clerk):
    save(clerk, {ONE: draft("refused")})
    save(clerk, {TWO: draft("central_quarantine")})
    save(clerk, {ONE: draft(swept=True), TWO: draft(swept=True)})
    assert stored(db)["outcome"] == "refused"
    assert visits.sheet(clerk[0], 1, world.DAY)[1]["outcome"] == "central_quarantine"


def test_a_note_is_cleaned_and_carries_its_flag(db, clerk):
    save(clerk, {ONE: draft(note="  Cu\u0323 bà\u200b   ốm "), TWO: draft(flags="g")})
    assert (stored(db)["note"], stored(db)["flags"]) == ("Cụ bà ốm", "g")
    assert stored(db, 2)["flags"] == ""
    assert "Cụ" not in value(db, "select detail from audit_log order by id desc limit 1")


def test_half_a_character_stops_no_save(db, clerk):
    assert save(clerk, {ONE: draft(note="ốm\ud83d"), "\ud83d": draft(), TWO: draft()})[TWO]["state"] == "saved"
    assert stored(db)["note"] == "ốm"


@pytest.mark.parametrize(
    "bad",
    [
        draft("gone"),
        draft(["met"]),
        draft(flags="sx"),
        draft(flags=["s"]),
        draft(note="a" * 501),
        draft(note=5),
        "met",
        None,
    ],
)
def test_one_bad_row_loses_nothing_of_the_others(db, clerk, bad):
    results = save(clerk, {ONE: bad, TWO: draft()})
    assert results[ONE]["state"] == "refused" and results[ONE]["say"].text
    assert results[TWO]["state"] == "saved" and stored(db) is None and stored(db, 2)


@pytest.mark.parametrize("bad", [None, [], "rows", dict.fromkeys(range(1001))])
def test_what_is_no_save_is_refused_whole(clerk, bad):
    with pytest.raises(Invalid):
        save(clerk, bad)


# A row belongs to the sheet it was typed on


@pytest.mark.parametrize(
    "typed_on",
    [{"team": 2}, {"day": world.YESTERDAY}, {"team": 2, "day": world.YESTERDAY}, {"team": None}, {"team": "1"}],
)
def test_a_row_typed_on_another_sheet_is_refused_and_the_others_are_saved(db, clerk, typed_on):
    here = {"team": 1, "day": world.DAY}
    results = save(clerk, {ONE: draft(**here | typed_on), TWO: draft(**here)})
    assert results[ONE]["state"] == "refused" and "sheet of another team or day" in results[ONE]["say"].text
    assert results[TWO]["state"] == "saved" and stored(db) is None


def test_a_row_of_another_team_is_refused_though_it_is_the_clerk_s_own(db, clerk):
    other = "25456-0025"
    results = save(clerk, {other: draft(team=1, day=world.DAY), ONE: draft()})
    assert "not on this team's list" in results[other]["say"].text and stored(db, 25) is None
    assert results[ONE]["state"] == "saved"


# Two at one door


def test_a_newer_answer_of_another_is_not_overwritten_unseen(db, as_, clerk):
    save(as_("lan"), {ONE: draft("refused", flags="k", note="cần thuốc")})
    result = save(clerk, {ONE: draft("met")})[ONE]
    assert (result["state"], result["overtaken"]) == ("refused", True)
    assert result["say"].places == {"who": world.CAST["lan"][2], "old": "Refused", "hour": "12:00"}
    assert (stored(db)["outcome"], stored(db)["note"], stored(db)["version"]) == ("refused", "cần thuốc", 1)
    again = draft("met", flags="k", note="cần thuốc", version=1)
    assert save(clerk, {ONE: again})[ONE] == {"state": "saved", "version": 2}
    assert (stored(db)["outcome"], stored(db)["flags"], stored(db)["recorded_by"]) == ("met", "kg", 3)


def test_equal_or_cleared_answers_are_no_quarrel(db, as_, clerk):
    save(as_("lan"), {ONE: draft("absent"), TWO: draft("absent")})
    save(as_("lan"), {TWO: draft(None, version=1)})
    assert save(clerk, {ONE: draft("absent")})[ONE] == {"state": "saved", "version": 1}
    assert save(clerk, {TWO: draft("met")})[TWO]["state"] == "saved"


def test_the_answer_that_stands_is_told_in_full(as_, clerk):
    save(as_("lan"), {ONE: draft("refused", flags="n", note="cần thuốc", needs=["medicine"])})
    assert save(clerk, {ONE: draft("met")})[ONE]["theirs"] == {
        "outcome": "refused",
        "flags": "ng",
        "note": "cần thuốc",
        "swept": 0,
        "needs": ["medicine"],
        "violations": [],
        "people": [],
        "version": 1,
        "changed_at": "2021-08-16T05:00:00Z",
        "who": world.CAST["lan"][2],
    }


def test_the_same_account_on_a_second_device_is_told_too(db, clerk):
    save(clerk, {ONE: draft("absent")})
    result = save(clerk, {ONE: draft("met")})[ONE]
    assert result["overtaken"] and "on another device" in result["say"].text
    assert result["theirs"]["outcome"] == "absent" == stored(db)["outcome"]


def test_what_this_browser_sent_itself_is_no_surprise(db, clerk):
    save(clerk, {ONE: draft("absent", flags="n", needs=["food"])})
    sent = draft("absent", flags="n", needs=["food"])
    assert save(clerk, {ONE: draft("met", sent=[sent])})[ONE] == {"state": "saved", "version": 2}
    for other in ([sent], [{**sent, "needs": []}], [{"outcome": "gone"}], ["met", None], sent, "met", None):
        assert save(clerk, {ONE: draft("phone", sent=other)})[ONE]["overtaken"]
    assert stored(db)["outcome"] == "met"


def test_of_several_answers_sent_in_vain_any_may_stand(db, clerk):
    """The second was lost on the way, of neither an answer came back; the third is no surprise to its sender."""
    save(clerk, {ONE: draft("met")})
    lost = draft("met", flags="n", needs=["medicine"])
    last = draft("absent", sent=[draft("met"), lost])
    assert save(clerk, {ONE: last})[ONE] == {"state": "saved", "version": 2}
    assert save(clerk, {ONE: draft("phone", sent=[draft("met"), lost])})[ONE]["overtaken"]


def test_a_quarantine_set_on_the_household_s_page_meanwhile_is_not_ended_unseen(db, clerk):
    save(clerk, {ONE: draft()})
    statuses.set_status(*clerk, ONE, StatusEntry("central_quarantine", world.DAY), now=world.NOW)
    result = save(clerk, {ONE: draft("phone", version=1, was="met")})[ONE]
    assert result["overtaken"] and result["say"].text.startswith("This household has been")
    theirs = {name: result["theirs"][name] for name in ("outcome", "version", "who", "changed_at")}
    assert theirs == {"outcome": "central_quarantine", "version": 1, "who": None, "changed_at": None}
    again = draft("phone", version=1, was="central_quarantine")
    assert save(clerk, {ONE: again})[ONE]["state"] == "saved" and counted(db)["due"] == 24


def test_a_quarantine_ended_on_the_household_s_page_meanwhile_is_not_begun_unseen(db, clerk):
    save(clerk, {ONE: draft("central_quarantine")}, day=world.YESTERDAY)
    statuses.end_status(*clerk, ONE, world.DAY, now=world.NOW)
    held = draft("central_quarantine", note="cả nhà", was="central_quarantine")
    result = save(clerk, {ONE: held})[ONE]
    assert result["overtaken"] and result["say"].text.startswith("The central quarantine of this household has")
    assert counted(db)["due"] == 24
    assert save(clerk, {ONE: held | {"was": None}})[ONE]["state"] == "saved" and counted(db)["due"] == 23


def test_a_sweep_fills_what_its_sender_cleared(db, clerk):
    save(clerk, {ONE: draft("absent")})
    assert save(clerk, {ONE: draft(swept=True, sent=[draft("absent")])})[ONE] == {"state": "saved", "version": 2}
    assert (stored(db)["outcome"], stored(db)["swept"]) == ("met", 1)


# Taking back


def test_taking_back_is_a_save_with_a_line_of_its_own(db, clerk):
    save(clerk, {ONE: draft("absent")})
    drafts = {ONE: draft(None, version=1)}
    assert (
        visits.record(*clerk, visits.Submission(1, world.DAY, drafts, undo=True), now=world.NOW)[ONE]["state"]
        == "saved"
    )
    line = row(db, "select action, detail from audit_log order by id desc limit 1")
    assert line["action"] == "visit.undo" and json.loads(line["detail"])["rows"] == {ONE: ["absent", "–"]}
    assert stored(db)["outcome"] is None and counted(db)["attempted"] == 0


def test_a_row_answered_meanwhile_is_not_taken_back_unseen(db, as_, clerk):
    save(clerk, {ONE: draft("absent")})
    save(as_("lan"), {ONE: draft("refused", version=1)})
    drafts = {ONE: draft(swept=True, version=1)}  # what stood before "absent" was a sweep
    assert visits.record(*clerk, visits.Submission(1, world.DAY, drafts, undo=True), now=world.NOW)[ONE]["overtaken"]
    assert stored(db)["outcome"] == "refused"


def test_marks_alone_are_kept_from_an_old_screen_too(db, as_, clerk):
    save(as_("lan"), {ONE: draft(None, flags="n")})
    assert save(clerk, {ONE: draft("met")})[ONE]["say"].places["old"] == "Marks and note"
    assert (stored(db)["outcome"], stored(db)["flags"]) == (None, "n")


# Key 5


def test_central_quarantine_is_a_status_from_that_day(db, clerk):
    save(clerk, {ONE: draft()})
    save(clerk, {ONE: draft("central_quarantine", version=1)})
    assert stored(db)["outcome"] is None and (counted(db)["due"], counted(db)["seen"]) == (23, 0)
    assert visits.sheet(clerk[0], 1, world.DAY)[0]["outcome"] == "central_quarantine"
    assert visits.sheet(clerk[0], 1, world.YESTERDAY)[0]["outcome"] is None
    assert rollup.differences(db, world.DAY) == []


def test_quarantine_on_a_late_sheet_recounts_the_hamlet_of_a_household_that_had_moved_away_since(db, clerk):
    statuses.set_status(*clerk, ONE, StatusEntry("moved", world.DAY, reason="Chuyển đi"), now=world.NOW)
    save(clerk, {ONE: draft("central_quarantine")}, day=world.YESTERDAY)
    assert rollup.differences(db, world.DAY) == rollup.differences(db, world.YESTERDAY) == []


@pytest.mark.parametrize("answer, seen", [("met", 1), ("absent", 0), (None, 0)])
def test_any_other_answer_ends_the_quarantine(db, clerk, answer, seen):
    save(clerk, {ONE: draft("central_quarantine")}, day=world.YESTERDAY)
    save(clerk, {ONE: draft(answer, was="central_quarantine")})
    assert (counted(db)["due"], counted(db)["seen"]) == (24, seen)
    assert counted(db, day=world.YESTERDAY)["due"] == 23
    assert rollup.differences(db, world.DAY) == rollup.differences(db, world.YESTERDAY) == []


def test_quarantine_recounts_the_team_that_has_the_household_now(db, clerk):
    db.conn.execute("update assignments set until_day = ? where household_id = 1", [world.DAY])
    world.add_assignment(db, 1, 4, 2, world.DAY)
    rollup.recount(db, teams={1, 2}, since=world.DAY)
    save(clerk, {ONE: draft("central_quarantine")}, day=world.YESTERDAY)
    assert (counted(db, 2)["due"], counted(db, 1, world.YESTERDAY)["due"]) == (24, 23)


# Days


@pytest.mark.parametrize("who", ["an", "lan", "binh"])
def test_today_and_yesterday_may_be_entered(as_, who):
    own = "25456-0009"
    for day in (world.DAY, world.YESTERDAY):
        assert save(as_(who), {own: draft()}, day=day)[own]["state"] == "saved"


@pytest.mark.parametrize("day", ["2021-08-17", "2021-02-30", "hôm nay", "2021-8-1", "", None, 20210816])
def test_no_day_to_come_and_none_outside_the_calendar(clerk, day):
    with pytest.raises(Invalid):
        save(clerk, {ONE: draft()}, day=day)


def test_an_older_day_needs_commune_staff_and_a_reason(db, as_, clerk):
    with pytest.raises(Refused):
        save(as_("lan"), {ONE: draft()}, day="2021-08-10", reason="giấy")
    for reason in (None, " \u200b", "x" * 201):
        with pytest.raises(Invalid):
            save(clerk, {ONE: draft()}, day="2021-08-10", reason=reason)
    assert save(clerk, {ONE: draft()}, day="2021-08-10", reason="Phiếu giấy")[ONE]["state"] == "saved"
    assert json.loads(value(db, "select detail from audit_log order by id desc limit 1"))["reason"] == "Phiếu giấy"
    assert counted(db, day="2021-08-10")["due"] == 24


def test_looking_at_an_older_day_or_failing_there_opens_nothing(db, clerk):
    old = "2021-08-10"
    visits.open_sheet(*clerk, 1, old, now=world.NOW)
    assert len(visits.sheet(clerk[0], 1, old, clerk[1])) == 24
    save(clerk, {ONE: draft("gone"), TWO: draft(None), STRANGE: draft()}, day=old, reason="Phiếu giấy")
    assert not rollup.is_open(db, old) and not rows(db, "select day from team_day where day = ?", [old])
    assert value(db, "select count(*) from audit_log where action = 'visit.refused'") == 1


def test_yesterday_opens_when_its_sheet_is_opened(db, clerk):
    for table in ("team_day", "hamlet_day", "days"):
        db.conn.execute(f"delete from {table} where day = ?", [world.YESTERDAY])
    visits.open_sheet(*clerk, 1, world.YESTERDAY, now=world.NOW)
    assert rollup.is_open(db, world.YESTERDAY)


def test_a_day_before_the_team_was_founded_is_not_opened(db, clerk):
    assert save(clerk, {ONE: draft()}, day="2021-07-01", reason="thử")[ONE]["state"] == "refused"
    assert not rollup.is_open(db, "2021-07-01")


# Whose


@pytest.mark.parametrize("who", ["son", "dung", "mai", "thu", "quan"])
def test_leaders_above_read_only(as_, who):
    with pytest.raises(Refused):
        save(as_(who), {ONE: draft()})


def test_a_strange_team_is_not_found(as_):
    for team in (1, 3, 999):
        with pytest.raises(NotFound):
            save(as_("chi"), {ONE: draft()}, team=team)


def test_a_row_forced_through_is_refused_and_logged_where_it_came_from(db, clerk, as_):
    results = save(clerk, {STRANGE: draft(), "nowhere": draft(), "25456-0030": draft(), ONE: draft()})
    assert [results[code]["state"] for code in (STRANGE, "nowhere", "25456-0030")] == ["refused"] * 3
    assert results[STRANGE]["say"] == results["nowhere"]["say"]
    assert results[ONE]["state"] == "saved" and stored(db, 73) is None and stored(db, 30) is None
    line = row(db, "select * from audit_log where action = 'visit.refused'")
    assert line["area_code"] == "25456" and STRANGE in json.loads(line["detail"])["rows"]
    assert not rows(as_("chi")[0], "select * from my_audit where action = 'visit.refused'")


def test_a_member_may_not_answer_for_a_colleague(db, as_):
    assert save(as_("an"), {ONE: draft()})[ONE]["state"] == "refused"
    assert stored(db) is None


def test_a_member_answers_for_what_is_theirs_on_that_day_only(db, as_):
    tomorrow, given, coming = "2021-08-17", "25456-0009", ONE
    for household, member, since in ((9, 1, world.DAY), (1, 2, tomorrow)):
        db.conn.execute("update assignments set until_day = ? where household_id = ?", [since, household])
        world.add_assignment(db, household, member, 1, since)
    an = as_("an")
    codes = {line["code"] for line in visits.sheet(an[0], 1, world.DAY, an[1])}
    assert len(codes) == 7 and not codes & {given, coming}
    assert {line["state"] for line in save(an, {given: draft(), coming: draft()}).values()} == {"refused"}
    assert save(an, {given: draft(), coming: draft()}, day=world.YESTERDAY)[given]["state"] == "saved"
    assert save(as_("lan"), {given: draft(), coming: draft()})[coming]["state"] == "saved"


def test_a_save_forced_into_a_strange_team_is_logged_where_it_came_from(db, as_):
    codes = [f"25456-{n:04d}" for n in range(1, 80)]
    with pytest.raises(NotFound):
        save(as_("chi"), dict.fromkeys(codes, draft()))
    line = row(db, "select * from audit_log order by id desc limit 1")
    assert (line["action"], line["area_code"], line["account_id"]) == ("visit.refused", "25654", world.CAST["chi"][0])
    assert json.loads(line["detail"]) == {"day": world.DAY, "team": 1, "rows": codes[:50]}


# The teams of a day


def test_teams_of_a_day_with_what_is_left_and_the_next_one(as_, clerk):
    save(clerk, {f"25456-{n:04d}": draft() for n in range(1, 25)})
    teams = visits.teams_of_day(clerk[0], world.DAY)
    assert [(team["id"], team["left"], team["due"]) for team in teams] == [(1, 0, 24), (2, 24, 24)]
    assert visits.next_team(teams, 1)["id"] == 2 and visits.next_team(teams, 2) is None
    assert visits.next_team(teams, None)["id"] == 2
    assert [team["id"] for team in visits.teams_of_day(as_("an")[0], world.DAY)] == [1]
    assert [team["id"] for team in visits.teams_of_day(as_("dung")[0], world.DAY, "25459")] == [3]
    assert visits.teams_of_day(clerk[0], "2021-08-05")[0]["left"] is None
