"""Days and cut-offs are Viet Nam's, to the second."""

from datetime import UTC, datetime, timedelta

from lib.core import clock


def test_the_day_turns_at_midnight_in_viet_nam():
    assert clock.day_of(datetime(2021, 8, 15, 16, 59, 59, tzinfo=UTC)) == "2021-08-15"
    assert clock.day_of(datetime(2021, 8, 15, 17, 0, 0, tzinfo=UTC)) == "2021-08-16"


def test_fourteen_hundred_is_seven_utc_and_inclusive():
    assert clock.at("2021-08-16", "14:00") == "2021-08-16T07:00:00Z"
    assert clock.stamp(datetime(2021, 8, 16, 7, 0, 0, tzinfo=UTC)) <= clock.at("2021-08-16", "14:00")
    assert clock.stamp(datetime(2021, 8, 16, 7, 0, 1, tzinfo=UTC)) > clock.at("2021-08-16", "14:00")


def test_the_same_minute_of_another_day_is_its_first_second():
    for second in (0, 1, 59):
        now = datetime(2021, 8, 16, 6, 47, second, tzinfo=UTC)
        assert clock.same_minute("2021-08-15", now) == "2021-08-15T06:47:00Z" == clock.at("2021-08-15", "13:47")
    # Across midnight in Viet Nam the day is the one named, whatever day it is in Greenwich.
    assert clock.same_minute("2021-08-15", datetime(2021, 8, 15, 17, 5, 30, tzinfo=UTC)) == "2021-08-14T17:05:00Z"


def test_days_are_counted_over_the_end_of_a_month():
    assert clock.days_until("2021-09-01", 3) == ["2021-08-30", "2021-08-31", "2021-09-01"]


def test_a_stamp_reads_back():
    now = clock.now()
    assert clock.instant(clock.stamp(now)) == now
    assert clock.local("2021-08-16T07:00:00Z").strftime("%H:%M") == "14:00"


def test_a_begun_minute_is_counted_whole():
    seconds = (-61, -60, -59, -1, 0, 1, 60, 61)
    assert [clock.begun_minutes(timedelta(seconds=n)) for n in seconds] == [-1, -1, 0, 0, 0, 1, 1, 2]
