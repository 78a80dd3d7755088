"""The first page of the day, and history."""

import re

import pytest

from lib.core import clock
from lib.screen import acts, i18n
from tests import world
from tests.conftest import ROOT


def test_home_lists_what_is_left_with_its_button(app):
    page = app("binh", "home")
    assert any("48" in m.value and "still to be visited" in m.value for m in page.markdown)


def test_home_in_vietnamese_has_no_english_left(app):
    page = app("binh", "home", language="vi")
    assert page.title[0].value == "Việc cần làm"
    assert any("Thứ Hai 16/08/2021" in m.value for m in page.markdown)


def test_nothing_left_is_said(app, db):
    for household in range(1, 25):
        db.conn.execute(
            "insert into visits (day, household_id, outcome, persons, recorded_at) values (?, ?, 'met', 4, ?)",
            [world.DAY, household, clock.stamp(world.NOW)],
        )
    assert "Nothing is left" in app("lan", "home").success[0].value


def test_history_reads_as_sentences(app, db):
    db.conn.execute(
        """insert into audit_log (at, account_id, role, action, area_code, subject, detail)
           values (?, 3, 'commune', 'visit.record', '25456', 'Tổ 01',
                   '{"rows": {"25456-0017": ["absent", "met s"]}, "reason": "gặp buổi chiều"}')""",
        [clock.stamp(world.NOW)],
    )
    told = app("binh", "history").table[0].value["What"].iloc[0].replace("\\", "")
    assert told == "entered visits of Tổ 01; 25456-0017: Absent → Met Symptoms; reason: gặp buổi chiều"
    assert "chọn ngày khác" in app("chi", "history", language="vi").info[0].value.casefold()


def test_every_kind_of_act_has_its_sentence():
    kinds = set()
    for file in (ROOT / "lib").rglob("*.py"):
        kinds |= set(re.findall(r'kind="([a-z_.]+)"|log\(\s*db, [\w.]+, "([a-z_.]+)"', file.read_text("utf-8")))
    named = {one or other for one, other in kinds}
    assert len(named) > 25 and not named - set(acts.ACTS)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_changed_fields_are_told_in_words(monkeypatch, language):
    monkeypatch.setattr(i18n, "language", lambda: language)
    line = {"action": "household.edit", "subject": "25456-0001",
            "detail": {"dwelling": ["house", "boarding_room"], "commitment_day": [None, "2021-08-03"]}}  # fmt: skip
    told = acts.sentence(line)
    assert "boarding_room" not in told and "dwelling" not in told and "03/08/2021" in told


@pytest.mark.parametrize(
    ("action", "detail", "told"),
    [
        ("household.status", {"status": "moved", "from_day": "2021-08-16"}, "Status: Moved away; From: 16/08/2021"),
        ("account.active", {"active": [True, False]}, "In use: yes → no"),
        ("assignment.give", {"moves": {"Lan (3) → Tâm (5)": ["a", "b"]}}, "Lan → Tâm: 2 households"),
    ],
)
def test_the_history_says_what_was_set(monkeypatch, action, detail, told):
    monkeypatch.setattr(i18n, "language", lambda: "en")
    assert told in acts.sentence({"action": action, "subject": "x", "detail": detail})
