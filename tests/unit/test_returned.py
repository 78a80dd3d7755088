"""A returned report is neither sent nor missing: it counts as returned, in every place, until it is sent again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import access, clock
from lib.core.database import connect
from lib.oversight.reports import acts, context, drafts, missing, overview, punctuality, states
from lib.oversight.reports import content as report
from lib.oversight.reports.punctuality import Punctuality
from lib.oversight.work import worklist_reports
from tests import world
from tests.conftest import examples

DAY = world.DAY
DISTRICTS = ("703", "710")
EVENING = clock.instant(clock.at(DAY, "18:00"))


def at(hour: str):
    return clock.instant(clock.at(DAY, hour))


def deed(db, code: str, what: str, moment, version: int = 1) -> None:
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, reason, content)
           values (?, ?, ?, ?, 5, ?, 'Thiếu số hộ vắng', ?)""",
        [DAY, code, what, clock.stamp(moment), version, _CONTENT if what == "submit" else "{}"],
    )


_CONTENT = '{"narratives": {"difficulties": "Thiếu khẩu trang"}, "manual": {"relief": {"value": 4, "reason": "x"}}}'


@pytest.fixture
def returned(db):
    """The district 703 sent its report in time; it was returned, and did not come again."""
    deed(db, "703", "submit", at("13:40"))
    deed(db, "703", "return", at("13:50"))
    return db


def content(db, user, now=EVENING) -> dict:
    return report.content(db, context.read(db, user, "72", DAY, now=now))


def test_the_reports_of_the_province_say_returned_and_count_it_as_neither(returned, as_):
    db, mai = as_("mai")
    sums = overview.tally(overview.units(db, mai, "72", DAY, now=at("13:55")))
    assert (sums["on_time"], sums["late"], sums["returned"], sums["missing"]) == (0, 0, 1, 1)
    stands = states.standing(db, "703", DAY, now=at("13:55"))
    assert (stands.bucket, stands.sent, stands.version) == ("returned", False, 1)


def test_the_report_of_the_province_does_not_count_a_district_that_has_its_report_back(returned, as_):
    said = content(*as_("mai"))
    unit = next(unit for unit in said["units"] if unit["code"] == "703")
    assert (unit["sent"], unit["state"], said["sent_units"]) == (False, "returned", 0)
    assert said["themes"] == [], "words that were returned are not the district's until they are sent again"


def test_sent_again_in_time_it_counts_again(returned, as_):
    deed(returned, "703", "submit", at("14:20"), version=2)
    said = content(*as_("mai"))
    unit = next(unit for unit in said["units"] if unit["code"] == "703")
    assert (unit["sent"], unit["state"]) == (True, "on_time") and len(said["themes"]) == 1


def test_what_the_province_counted_at_three_does_not_change_by_a_version_sent_later(returned, as_):
    deed(returned, "703", "submit", at("15:20"), version=2)
    assert content(*as_("mai"))["sent_units"] == 0


def test_what_is_missing_names_it_as_returned_and_not_as_missing(returned, as_):
    found = {unit["code"]: unit["lacks"] for unit in missing.below(content(*as_("mai")), {})}
    assert found == {"703": [missing.RETURNED], "710": [missing.REPORT]}


def test_the_rates_of_the_days_keep_it_apart(returned, as_):
    db, mai = as_("mai")
    gd, tn = punctuality.below(db, mai, "72", DAY, DAY, now=EVENING)
    assert (gd["own"], tn["own"]) == (Punctuality(due=1), Punctuality(due=1, returned=1))
    told = {line["code"]: line for line in punctuality.by_day(db, mai, "72", DAY, DAY, now=EVENING)}
    assert (told["703"]["late"], told["703"]["returned"], told["710"]["returned"]) == (None, 1, 0)


def test_the_list_of_the_level_above_names_it_until_it_comes_again(returned, as_):
    db, mai = as_("mai")
    [task] = [t for t in worklist_reports.tasks(db, mai, DAY, now=at("13:55")) if t.of == "returned"]
    assert [unit["code"] for unit in task.lines] == ["703"] and not task.late
    deed(returned, "703", "submit", at("13:57"), version=2)
    assert not [t for t in worklist_reports.tasks(db, mai, DAY, now=at("13:58")) if t.of == "returned"]


def test_what_was_sent_can_still_be_read_by_the_level_above(returned, as_):
    assert states.last_sent(returned, "703", DAY)["manual"]["relief"]["value"] == 4
    assert states.sent(returned, ["703"], DAY, by="9") == {}


MOVES = st.lists(st.tuples(st.sampled_from(DISTRICTS), st.sampled_from(["submit", "receive", "return"])), max_size=12)


@examples(25)
@given(moves=MOVES)
def test_every_place_counts_alike_after_any_deeds(store, moves):
    """Whatever was done by half past two: wall, report, rates and list name the same units as sent and as returned."""
    db = connect(store)
    mai = access.user(db, world.CAST["mai"][0], DAY)
    access.bind(db, mai, DAY)
    db.conn.execute("begin")
    for place, (code, what) in enumerate(moves):
        moment = at("13:00") + timedelta(minutes=place)
        stands = states.standing(db, code, DAY, now=moment)
        allowed = {"submit": ("missing", "returned"), "receive": ("submitted",), "return": ("submitted", "received")}
        if stands.state in allowed[what]:
            deed(db, code, what, moment, stands.version + (what == "submit"))
    now = at("14:30")
    wall = {unit["code"]: unit["standing"].bucket for unit in overview.units(db, mai, "72", DAY, now=now)}
    said = content(db, mai, now)
    rates = {unit["code"]: unit["own"] for unit in punctuality.below(db, mai, "72", DAY, DAY, now=now)}
    listed = [t for t in worklist_reports.tasks(db, mai, DAY, now=now) if t.of == "returned"]
    db.conn.execute("rollback")
    db.close()
    for code, bucket in wall.items():
        unit = next(unit for unit in said["units"] if unit["code"] == code)
        assert (unit["state"], unit["sent"]) == (bucket, bucket in ("on_time", "late"))
        assert (rates[code].submitted, rates[code].returned) == (
            bucket != "missing" and bucket != "returned",
            bucket == "returned",
        )
    back = {code for code, bucket in wall.items() if bucket == "returned"}
    assert {unit["code"] for task in listed for unit in task.lines} == back


def test_the_deed_of_the_level_above_brings_it_there(as_):
    db, binh = as_("binh")
    told = {"narratives": {"difficulties": "Không"}, "manual": {}}
    version = drafts.keep(db, binh, "25456", DAY, drafts.ReportDraft(told, 0), now=world.NOW)
    acts.submit(db, binh, "25456", DAY, draft_version=version, now=world.NOW)
    own, dung = as_("dung")
    acts.send_back(own, dung, "25456", DAY, reason="Thiếu", now=world.NOW)
    assert states.standing(db, "25456", DAY, now=world.NOW).bucket == "returned"
