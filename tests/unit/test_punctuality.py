"""Completeness and timeliness: what is due when, what counts as on time, and that shares stay shares."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import clock
from lib.core.database import connect, set_setting
from lib.core.errors import NotFound, Refused
from lib.oversight.reports import punctuality
from lib.oversight.reports.punctuality import Punctuality
from tests import world
from tests.conftest import examples

DAY, YESTERDAY = world.DAY, world.YESTERDAY
EVENING = datetime(2021, 8, 16, 12, 0, tzinfo=UTC)


def sent(db, code: str, day: str = DAY, late: int = 0, version: int = 1) -> None:
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, late_minutes)
           values (?, ?, 'submit', ?, 5, ?, ?)""",
        [day, code, clock.at(day, "14:00"), version, late],
    )


def kept(db, code="703", level="district", now=EVENING) -> Punctuality:
    return punctuality.of_units(db, {code: level}, "2021-08-01", DAY, now=now)[code]


def test_counts_over_days(db):
    sent(db, "703", YESTERDAY)
    sent(db, "703", DAY, late=12)
    assert kept(db) == Punctuality(due=2, submitted=2, on_time=1)
    assert kept(db, "710") == Punctuality(due=2)
    assert (kept(db).completeness, kept(db).timeliness) == (1.0, 0.5)


def test_a_second_version_neither_counts_twice_nor_heals_lateness(db):
    sent(db, "703", DAY, late=3)
    sent(db, "703", DAY, late=0, version=2)
    assert kept(db) == Punctuality(due=2, submitted=1, on_time=0)


@pytest.mark.parametrize(
    ("hour", "minute", "second", "due"), [(13, 59, 59, 1), (14, 0, 0, 1), (14, 0, 1, 2), (23, 59, 59, 2)]
)
def test_today_is_due_after_the_last_second_of_its_hour(db, hour, minute, second, due):
    now = datetime(2021, 8, 16, hour, minute, second, tzinfo=clock.ZONE)
    sent(db, "703", DAY)
    assert kept(db, now=now) == Punctuality(due, due - 1, due - 1)
    assert kept(db, "25456", "commune", now=now).due == 2, "a commune's hour is earlier"


def test_nothing_is_due_before_the_programme(db):
    sent(db, "703", YESTERDAY)
    set_setting(db, "report_from", DAY)
    assert kept(db) == Punctuality(due=1)
    set_setting(db, "report_from", "2021-08-17")
    assert kept(db) == Punctuality() and kept(db).completeness is None
    db.conn.execute("delete from settings where key = 'report_from'")
    assert kept(db).due == 2, "else from the first day of the store"


def test_a_day_that_was_never_opened_is_a_gap_and_no_missing_report(db):
    """Five days on which the machine was off made every unit miss five reports."""
    set_setting(db, "report_from", "2021-08-10")
    sent(db, "703", YESTERDAY)
    sent(db, "703", DAY)
    assert kept(db) == Punctuality(2, 2, 2) and kept(db).completeness == 1.0
    sent(db, "703", "2021-08-12", late=5)  # a report that did come is told all the same
    assert kept(db) == Punctuality(3, 3, 2)


def test_districts_stand_beside_each_other_with_the_communes_in_them(as_, db):
    for code in ("703", "25456"):
        sent(db, code)
    own, mai = as_("mai")
    gd, tn = punctuality.below(own, mai, "72", DAY, DAY, now=EVENING)
    assert (gd["name"], gd["own"], gd["inside"]) == ("Gò Dầu", Punctuality(1), Punctuality(1))
    assert (tn["name"], tn["own"], tn["inside"]) == ("Tây Ninh", Punctuality(1, 1, 1), Punctuality(2, 1, 1))


def test_each_due_day_of_each_unit_is_told(as_, db):
    sent(db, "703", YESTERDAY, late=12)
    sent(db, "710", DAY)
    own, mai = as_("mai")
    found = punctuality.by_day(own, mai, "72", "2021-08-01", DAY, now=EVENING)
    told = {(line["code"], line["day"]): line["late"] for line in found}
    assert told == {("703", YESTERDAY): 12, ("703", DAY): None, ("710", YESTERDAY): None, ("710", DAY): 0}


@pytest.mark.parametrize(("who", "problem"), [("chi", NotFound), ("an", Refused), ("quan", Refused)])
def test_a_stranger_learns_nothing(as_, who, problem):
    db, user = as_(who)
    for ask in (punctuality.below, punctuality.by_day):
        with pytest.raises(problem):
            ask(db, user, "703", DAY, DAY, now=EVENING)


EVENTS = st.sets(st.tuples(st.sampled_from(["703", "710"]), st.integers(0, 9), st.integers(0, 3)), max_size=40)


@examples(25)
@given(events=EVENTS, first=st.integers(0, 9), hours=st.integers(0, 24 * 10))
def test_on_time_is_never_above_submitted_and_both_are_shares(store, events, first, hours):
    db = connect(store)
    db.conn.execute("begin")
    set_setting(db, "report_from", "2021-08-03")
    for code, day in {(code, day) for code, day, _late in events}:
        late = min(late for c, d, late in events if (c, d) == (code, day))
        sent(db, code, f"2021-08-{day + 1:02d}", late=late)
    now = clock.instant(clock.at(f"2021-08-{hours // 24 + 1:02d}", f"{hours % 24:02d}:30"))
    units = {"703": "district", "710": "district"}
    found = punctuality.of_units(db, units, f"2021-08-{first + 1:02d}", "2021-08-10", now=now)
    db.conn.execute("rollback")
    db.close()
    for each in [*found.values(), sum(found.values(), Punctuality())]:
        assert 0 <= each.on_time <= each.submitted <= each.due
        if each.due:
            assert 0 <= each.timeliness <= each.completeness <= 1
