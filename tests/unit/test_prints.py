"""The code of a printed sheet: it belongs to one team's sheet of one day, and tells what has changed since."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.database import value
from lib.core.errors import Invalid
from lib.field.visits import visits
from lib.register.households import statuses
from lib.register.teams import printed_sheets
from lib.screen import i18n
from lib.screen.history import act_sentences
from tests import edits, world
from tests.unit.test_paper import taken
from tests.unit.test_sheet_numbers import come

DAY, NOW = world.DAY, world.NOW


def printed(as_, who="binh") -> str:
    """The code of team 1's sheets, printed now."""
    assert taken(as_, who)[:5] == b"%PDF-"
    return value(as_("binh")[0], "select code from sheet_prints order by id desc limit 1")


def read(who, code: str, team=1, day=DAY):
    return printed_sheets.read(who[0], code, team=team, day=day)


def changes(who, code: str) -> dict[str, list[int]]:
    db, user = who
    found = printed_sheets.changes(db, read(who, code), visits.sheet(db, 1, DAY, user))
    return {kind: [line["number"] for line in lines] for kind, lines in found.items()}


def fault(who, code: str) -> str:
    with pytest.raises(Invalid) as refusal:
        read(who, code)
    return refusal.value.faults["code"].text


def test_a_code_is_that_of_its_sheet_however_it_is_typed(as_):
    code = printed(as_)
    for typed in (code, printed_sheets.spaced(code), f" {code[:3]}-{code[3:]} "):
        found = read(as_("lan"), typed)
        assert (found.team_id, found.day, found.numbers) == (1, DAY, 24)
    assert [len(numbers) for numbers in found.members.values()] == [8, 8, 8]


def test_the_same_sheet_has_the_same_code_and_another_another(as_, db):
    code = printed(as_)
    assert printed(as_) == code != printed(as_, "an")
    come(db, 300, 7)
    assert len({printed(as_), printed(as_, "an"), code}) == 3


@given(st.integers(0, 99_999), st.integers(0, 5), st.integers(1, 9))
def test_a_wrong_digit_or_two_swapped_are_found_out(number, place, more):
    code = printed_sheets._code(f"{number:05d}")
    assert not printed_sheets._rest(code)
    wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
    assert printed_sheets._rest(wrong)
    swapped = code[: place - 1] + code[place - 1 : place + 1][::-1] + code[place + 1 :] if place else code
    assert swapped == code or printed_sheets._rest(swapped)


def test_a_code_that_cannot_be_says_how_to_mend_it(as_):
    clerk, code = as_("binh"), printed(as_)
    slip = code[:5] + str((int(code[5]) + 1) % 10)
    assert (
        "six digits" in fault(clerk, "48")
        and "six digits" in fault(clerk, "48291a")
        and "contains a mistake" in fault(clerk, slip)
    )
    other = next(printed_sheets._code(f"{n:05d}") for n in range(9) if printed_sheets._code(f"{n:05d}") != code)
    assert "No sheet in your area" in fault(clerk, other)
    assert "No sheet in your area" in fault(as_("chi"), code), "a stranger learns nothing of it"


def test_a_code_of_another_team_or_day_says_whose_it_is(as_):
    found = read(as_("binh"), printed(as_), team=2, day=world.YESTERDAY)
    assert (found.team_id, found.day, found.team, found.commune) == (1, DAY, "Tổ Covid cộng đồng số 01", "25456")


def test_nothing_changed_is_nothing_told(as_):
    assert changes(as_("binh"), printed(as_)) == {"came": [], "left": [], "hands": []}


def test_what_changed_since_printing_is_told_row_by_row(as_, db):
    code = printed(as_)
    come(db, 300, 7)
    statuses.begin_status(db, 2, "moved", DAY)
    edits.assign(db, 4, DAY, None)
    edits.assign(db, 5, DAY, 4)  # of team 2
    edits.assign(db, 6, DAY, 2)  # An's now
    assert changes(as_("binh"), code) == {"came": [25], "left": [2, 4, 5], "hands": [6]}
    clerk = as_("binh")
    found = printed_sheets.changes(clerk[0], read(clerk, code), visits.sheet(clerk[0], 1, DAY))
    assert [(line["why"], line.get("head_name")) for line in found["left"]] == [
        ("moved", world.head_name(2)),
        ("gone", world.head_name(4)),
        ("given", world.head_name(5)),
    ]


def test_a_member_reads_of_the_own_sheet_only(as_, db):
    code = printed(as_, "an")
    edits.assign(db, 9, DAY, 3)
    come(db, 300, 7)
    an = as_("an")
    found = printed_sheets.changes(an[0], read(an, code), visits.sheet(*an[:1], 1, DAY, an[1]))
    assert [(line["number"], line["why"]) for line in found["left"]] == [(9, "member")]
    assert found["came"] == []


def save(who, drafts: dict):
    db, user = who
    return visits.record(db, user, visits.Submission(1, DAY, drafts), now=NOW)


def test_a_save_from_paper_carries_the_code_into_the_history(as_, monkeypatch):
    clerk, code = as_("binh"), printed(as_)
    draft = {"outcome": "met", "version": 0, "channel": "paper", "print": code}
    assert save(clerk, {"25456-0001": draft})["25456-0001"]["state"] == "saved"
    detail = json.loads(value(clerk[0], "select detail from audit_log order by id desc limit 1"))
    assert detail["sheet"] == printed_sheets.spaced(code)
    monkeypatch.setattr(i18n, "language", lambda: "en")
    line = {"action": "visit.record", "subject": "Tổ 1", "role": "commune", "detail": detail}
    assert f"from the printed sheet {printed_sheets.spaced(code)}" in act_sentences.sentence(line)
    printing = json.loads(value(clerk[0], "select detail from audit_log where action = 'paper.print'"))
    assert printing["sheet"] == printed_sheets.spaced(code)


@pytest.mark.parametrize("code", ["", "000000", 5, ["482918"], {"a": 1}])
def test_a_save_from_the_paper_of_another_sheet_is_refused_whole(as_, code):
    draft = {"outcome": "met", "version": 0, "channel": "paper", "print": code}
    with pytest.raises(Invalid, match="printed sheet of another team or day"):
        save(as_("binh"), {"25456-0001": draft, "25456-0002": {"outcome": "met", "version": 0}})
    assert value(as_("binh")[0], "select count(*) from visits") == 0


def test_a_number_on_old_paper_is_refused_where_its_household_left(as_, db):
    code = printed(as_)
    edits.assign(db, 11, DAY, 4)
    come(db, 300, 1)
    clerk = as_("binh")
    draft = {"outcome": "met", "version": 0, "channel": "paper", "print": code}
    assert save(clerk, {"25456-0011": draft})["25456-0011"]["state"] == "refused"
    assert [line["code"] for line in visits.sheet(clerk[0], 1, DAY) if line["number"] == 11] == []
