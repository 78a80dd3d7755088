"""The sheet's script reads typed days as the rest of the program does."""

import json
from pathlib import Path
from random import Random

import pytest

from lib.core.words import dates
from lib.screen import sheet
from lib.screen.shell import bundle
from tests.unit.test_dates import CASES, said

TYPED = Path(sheet.__file__).with_name("typed.js")
PIECES = ["28", "11", "2021", "31", "02", "13", "0", "1", "/", "/", ".", "-", " ", "hôm qua", "ngày ", " tháng ", "21"]


@pytest.fixture(scope="module")
def read(browser):
    """`read(cases)`: what the script says of each."""
    page = browser.new_page()
    script = """cases => cases.map(({ typed, today, first, last }) => {
        const { value, fault } = Typed.day(typed, today, last, first);
        return fault ? { fault: fault.name } : { day: value };
    })"""
    script = f"cases => {{ const {{ Typed }} = {bundle.expression(TYPED)}; return ({script})(cases); }}"
    yield lambda cases: page.evaluate(script, cases)
    page.close()


def test_the_script_and_the_program_read_every_case_alike(read):
    expected = [{name: case[name] for name in ("day", "fault") if name in case} for case in CASES]
    told = dict(zip(map(json.dumps, CASES), read(CASES), strict=True))
    assert told == dict(zip(map(json.dumps, CASES), expected, strict=True))


def test_they_agree_on_whatever_is_typed(read):
    random, lasts = Random(28), ["2021-12-01", "2022-12-01"]
    cases = [
        {
            "typed": "".join(random.choices(PIECES, k=random.randint(1, 6))),
            "today": "2021-12-01",
            "first": "2021-10-02",
            "last": random.choice(lasts),
        }
        for _ in range(3000)
    ]
    for case, found in zip(cases, read(cases), strict=True):
        typed = case.pop("typed")
        assert found == said(dates.read(typed, **case)), typed
