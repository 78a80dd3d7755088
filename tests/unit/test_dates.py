"""A day as people type it; tests/browser/test_typed_days.py asks the sheet's script the same."""

import json
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lib.core import clock
from lib.core.form_input import Typed
from lib.core.words import dates
from tests.table import tabled

CASES = json.loads(Path(__file__).parents[1].joinpath("typed_days.json").read_text("utf-8"))
NAMES = {sentence: name for name, sentence in dates.FAULTS.items()}
TODAY = "2021-12-01"


def said(reading: dates.Reading) -> dict:
    return {"fault": NAMES[reading.fault.text]} if reading.fault else {"day": reading.day}


@tabled("case", CASES)
def test_a_day_is_read_as_it_was_meant_or_the_slip_is_named(case):
    expected = {name: case[name] for name in ("day", "fault") if name in case}
    found = dates.read(case["typed"], today=case["today"], first=case["first"], last=case["last"])
    assert said(found) == expected


@tabled(
    ("typed", "sentence"),
    [
        ("31/02", "There are only 28 days in 2/2021."),
        ("28/13", "There is no month 13. Write day and month, like 28/11."),
        ("11/28", "Write the day before the month: 28/11/2021."),
        ("2/12", "02/12/2021 has not come yet; today is 01/12/2021."),
        ("1/1/2019", "01/01/2019 is too early; the earliest day allowed here is 01/01/2020."),
    ],
)
def test_the_sentence_says_what_was_wrong(typed, sentence):
    fault = dates.read(typed, today=TODAY, last=TODAY).fault
    assert fault.text.format(**fault.places) == sentence


@given(st.dates(), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d%m%Y", "%Y-%m-%d"]))
def test_every_day_is_read_back_however_it_is_written(day, form):
    typed = day.strftime(form).zfill(8 if form == "%d%m%Y" else 10)
    known = 1900 <= day.year < 2100
    assert dates.read(typed, today=TODAY, first="").day == (day.isoformat() if known else None)


@given(st.dates(date(2001, 1, 1), date(2089, 12, 31)), st.integers(-170, 0))
def test_without_a_year_it_is_the_nearest(today, back):
    meant = clock.plus(today.isoformat(), back)
    typed = f"{meant[8:]}/{meant[5:7]}"
    if not meant.endswith("02-29"):
        assert dates.read(typed, today=today.isoformat(), first="").day == meant


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_the_reader(typed):
    found = dates.read(typed, today=TODAY)
    assert found.day is None or dates.is_day(found.day)


def test_a_form_reads_days_so_and_keeps_the_fault_at_its_field():
    typed = Typed({"first": "28.11", "last": "31/02", "empty": "", "none": None})
    assert typed.day("first", today=TODAY) == "2021-11-28"
    assert [typed.day(name, today=TODAY) for name in ("last", "none")] == [None, None]
    assert typed.day("empty", today=TODAY, required=True) is None
    assert {name: say.text for name, say in typed.faults.items()} == {
        "last": dates.FAULTS["short"],
        "empty": dates.MISSING,
    }
