"""The log in words: every kind of act, every field it keeps, and how many are told before "and 12 more"."""

import ast
import re
from functools import cache

import pytest

from lib.oversight.reports import officers
from lib.register import size_rules
from lib.register.households import fields as household_values
from lib.register.households import persons
from lib.register.teams import fields, member_fields
from lib.screen import i18n, labels
from lib.screen.history import act_changes, act_sentences
from tests.conftest import ROOT
from tests.table import tabled

# Names in a line's detail that are no particulars: they have words of their own, or only find the line again.
SAID_OTHERWISE = {"rows", "moves", "reason", "among", "day", "team", "member", "token", "of", "action", "for", "to"}
# Bookkeeping of the machine, not for readers.
UNTOLD = {"address", "due_at"}


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr(i18n, "language", lambda: "en")


def told(action="household.edit", subject="25456-0017", **line) -> str:
    return act_sentences.sentence({"action": action, "subject": subject, "detail": {}, **line})


@cache
def nodes() -> list[ast.AST]:
    """Everything the source says."""
    files = sorted((ROOT / "lib").rglob("*.py"))
    return [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]


def kinds() -> set[str]:
    """What the source writes into the log: `kind=`, the right of an act without one, and `log` by name."""
    found = set()
    for call in (node for node in nodes() if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        named = [k.value for k in call.keywords if k.arg == "kind"]
        if name == "log" and texts:
            found.add(texts[0])
        elif name in ("act", "deciding") and named:
            found |= {k.value for k in named if isinstance(k, ast.Constant) and isinstance(k.value, str)}
        elif name == "act" and texts:
            found.add(texts[0])
    return found | {"member.left", "member.absent", *(f"team.{way}" for way in ("merge", "split", "wind_up", "models"))}


def detail_names() -> set[str]:
    """The names that the source gives to what it keeps in `detail`."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            pairs = [pair for target in targets for pair in _pairs(target, node.value)]
        elif isinstance(node, ast.keyword) and node.arg == "detail":
            pairs = [("detail", node.value)]
        else:
            continue
        for name, value in pairs:
            if name == "detail":
                found |= {key.value for key in _dicts(value) if isinstance(key, ast.Constant)}
            elif name.startswith("detail."):
                found.add(name.removeprefix("detail."))
    return found


def _pairs(target, value):
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return [pair for one, its in zip(target.elts, value.elts, strict=True) for pair in _pairs(one, its)]
    if isinstance(target, ast.Attribute):
        return [(target.attr, value)]
    if isinstance(target, ast.Subscript) and getattr(target.value, "attr", "") == "detail":
        return [(f"detail.{target.slice.value}", value)]
    return []


def _dicts(value) -> list:
    """Keys of the dicts that are merged to a detail, not of those inside them."""
    if isinstance(value, ast.Dict):
        inner = [key for k, v in zip(value.keys, value.values, strict=True) if k is None for key in _dicts(v)]
        return [key for key in value.keys if key] + inner
    if isinstance(value, ast.BinOp):
        return _dicts(value.left) + _dicts(value.right)
    if isinstance(value, ast.IfExp):
        return _dicts(value.body) + _dicts(value.orelse)
    return []


# Completeness


def test_every_kind_of_act_has_its_sentence():
    found = kinds()
    assert len(found) > 45 and sorted(found - set(act_sentences.ACTS)) == []


def test_every_name_in_a_detail_has_a_label_or_words_of_its_own():
    found = detail_names()
    assert {"from_day", "rows", "moves", "reason", "availability"} <= found
    assert sorted(found - set(labels.FIELDS) - SAID_OTHERWISE - UNTOLD) == []


def test_every_column_that_can_be_edited_has_its_label_and_its_codes():
    columns = {*fields.COLUMNS, *member_fields.COLUMNS, *household_values.FIELDS, *persons.FIELDS, *size_rules.BOUNDS}
    assert not columns - set(labels.FIELDS)
    coded = {
        "status": fields.STATUS,
        "model": fields.MODELS,
        "role": member_fields.ROLES,
        "sex": persons.SEXES,
        "availability": member_fields.AVAILABILITY,
        "dwelling": household_values.DWELLINGS,
        "exposures": household_values.EXPOSURES,
        "vulnerabilities": household_values.VULNERABILITIES,
        "duty": officers.DUTIES,
        "relation": persons.RELATIONS,
        "residence": persons.RESIDENCES,
    }
    assert not [(name, code) for name, codes in coded.items() for code in codes if code not in act_changes.CODES[name]]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_shows_a_code_or_a_gap(monkeypatch, language):
    monkeypatch.setattr(i18n, "language", lambda: language)
    for action in act_sentences.ACTS:
        detail = {
            "status": "moved",
            "from_day": "2021-08-16",
            "dwelling": ["house", "boarding_room"],
            "phone": [None, "1"],
        }
        sentence = told(action, detail=detail)
        assert not re.search(r"[{}_]|boarding|: moved|2021-|None|25456", sentence), (action, sentence)


# Changes


@tabled(
    ("detail", "words"),
    [
        ({"lane": ["Hẻm 1", "Hẻm 2"]}, "lane from “Hẻm 1” to “Hẻm 2”"),
        ({"phone": [None, "0912000001"]}, "telephone from empty to “0912000001”"),
        ({"phone": ["0912000001", None]}, "telephone from “0912000001” to empty"),
        ({"dwelling": ["house", "boarding_room"]}, "dwelling from “House” to “Boarding room”"),
        ({"commitment_day": [None, "2021-08-03"]}, "commitment signed on from empty to “03/08/2021”"),
        ({"exposures": [["trader"], ["trader", "driver"]]}, "exposure from “Market trader” to “Market trader, Driver”"),
        ({"hamlet_code": ["2545601", "2545602"]}, "hamlet from “khu phố 1” to “2545602”"),
        ({"active": [True, False]}, "in use from “yes” to “no”"),
        ({"status": "moved", "from_day": "2021-08-16"}, "status: Moved away; from 16/08/2021"),
        ({"until_day": [None, "2021-08-16"]}, "until 16/08/2021"),
        ({"until_day": ["2021-08-20", "2021-08-16"]}, "until from “20/08/2021” to “16/08/2021”"),
        ({"head_name": [None, "Lê An"], "phone": [None, None]}, "head of household: Lê An"),
        ({"head_name": ["Lê An", "Lê Ân"], "phone": [None, None]}, "head of household from “Lê An” to “Lê Ân”"),
    ],
)
def test_a_change_is_told_with_old_and_new(detail, words):
    assert words in told(detail=detail, names={"2545601": "khu phố 1"})


@tabled(
    ("detail", "words"),
    [
        (
            {"full_name": "Lê Thị Tư", "birth_year": [1984, 1986]},
            "Lê Thị Tư of household 17; year of birth from “1984”",
        ),
        (
            {"full_name": ["Lê Thị Tư", "Lê Thị Từ"]},
            "Lê Thị Từ of household 17; full name from “Lê Thị Tư” to “Lê Thị Từ”",
        ),
        ({"birth_year": [1984, 1986]}, "a person of household 17; year of birth from “1984” to “1986”"),
    ],
)
def test_a_corrected_person_has_a_name(detail, words):
    assert words in told("person.edit", detail=detail)


def test_the_reason_comes_last():
    sentence = told("household.status", detail={"reason": "F1 của chợ", "status": "central_quarantine"})
    assert sentence.endswith("; reason: F1 của chợ")


def test_a_new_thing_tells_the_first_particulars_and_opens_to_all():
    detail = {name: [None, "2021-08-03"] for name in household_values.FIELDS}
    sentence = told("household.register", detail=detail)
    assert "8 more items" in sentence and "head of household: 2021" in sentence
    assert len(act_sentences.rest({"action": "household.register", "subject": "x", "detail": detail})) == 14


def test_households_that_changed_hands_are_named_up_to_three():
    codes = [f"25456-{n:04d}" for n in range(1, 16)]
    line = {
        "action": "assignment.give",
        "subject": "Tâm",
        "detail": {"moves": {"Lan (3) → Tâm (5)": codes}},
        "names": {codes[0]: "Trần Thị B"},
    }
    sentence = act_sentences.sentence(line)
    assert "15 households from Lan to Tâm: household 1 (Trần Thị B), household 2, household 3 and 12 more" in sentence
    assert len(act_sentences.rest(line)) == 15 and act_sentences.rest(line)[-1] == "household 15: Lan → Tâm"
    line["detail"] = {"moves": {"– → Tâm (5)": codes[:2]}}
    assert "2 unassigned households given to Tâm: household 1 (Trần Thị B), household 2" in act_sentences.sentence(line)
    assert act_sentences.rest(line) == []
    line |= {"action": "assignment.take_back", "subject": "Lan (3), Tâm (5)"}
    line["detail"] = {"moves": {"Lan (3) → –": codes}}
    assert act_sentences.sentence(line).startswith(
        "withdrew households from Lan, Tâm; 15 households of Lan left unassigned: household 1 (Trần Thị B), "
    )


def test_what_was_taken_back_is_said_in_words():
    assert told("undo", "25456-0017", detail={"action": "household.edit"}) == "undid: changed household 17"


def test_what_the_machine_noted_is_said():
    sentence = told("rollup.corrected", "2021-08-15", detail={"rows": 3})
    assert sentence == "corrected the totals of 15/08/2021"


def test_who_acts_for_somebody_else_says_so():
    line = {"action": "signin", "subject": None, "role": "district", "detail": {"for": "Đặng Tiến Dũng"}}
    assert act_sentences.spoken(line, "Lý Thu Hoa") == "district Lý Thu Hoa for Đặng Tiến Dũng signed in"


# Visits


def save(rows, action="visit.record", **detail):
    return told(
        action,
        "Tổ 01",
        at="2021-08-16T03:42:00Z",
        detail={"day": "2021-08-16", "rows": rows, **detail},
        names={"25456-0017": "Trần Thị B"},
    )


def test_a_correction_reads_as_one_sentence():
    sentence = save({"25456-0017": ["absent", "met"]}, reason="gặp buổi chiều")
    told = "changed “absent” to “met in person” for household 17 (Trần Thị B), Tổ 01; reason: gặp buổi chiều"
    assert sentence == told


def test_corrections_come_first_and_three_are_told():
    rows = {f"25456-{n:04d}": ["–", "met"] for n in range(1, 15)} | {"25456-0017": ["absent", "met s"]}
    assert save(rows) == (
        "changed “absent” to “met in person, symptoms” for household 17 (Trần Thị B), "
        "entered “met in person” for household 1, household 2 and 12 more households, Tổ 01"
    )
    line = {"action": "visit.record", "subject": "Tổ 01", "detail": {"rows": rows}}
    assert len(act_sentences.rest(line)) == 15 and act_sentences.rest(line)[-1].endswith("for household 17")


@tabled(
    ("pair", "words"),
    [
        (["–", "met swept"], "entered “met in person (entered all at once)” for household 17 (Trần Thị B)"),
        (["met", "–"], "cleared “met in person” of household 17 (Trần Thị B)"),
        (["met", "met"], "changed the details of “met in person” for household 17 (Trần Thị B)"),
        (["–", "– g"], "entered “note” for household 17 (Trần Thị B)"),
    ],
)
def test_what_happened_to_a_row(pair, words):
    assert save({"25456-0017": pair}) == f"{words}, Tổ 01"


def test_another_days_sheet_names_its_day():
    assert save({"25456-0017": ["–", "met"]}, day="2021-08-14").endswith(", sheet of 14/08/2021, Tổ 01")


def test_taking_entries_back_says_so():
    told = save({"25456-0017": ["met", "absent"]}, "visit.undo")
    assert told.startswith("undid: changed “met in person” to “absent”")


@tabled("subject", ["1-2-3", "9999-99-99", "٣-٢-١"])
def test_what_only_looks_like_a_day_is_told_as_it_was_typed(subject):
    """Whoever types such a user name at the sign-in may not close the history for everybody."""
    assert told("signin.failed", subject) == f"failed to sign in as {subject}"


@tabled("words", ["[gần chợ]", "[", "[1, [2]]", '[{"a": 1}]'])
def test_typed_words_in_brackets_are_no_list(words):
    assert told(detail={"note": [None, words]}).endswith(f"“{words}”")


def test_refused_households_beyond_three_open_to_all_and_leave_whole():
    rows = [f"25456-{n:04d}" for n in range(1, 8)]
    line = {"action": "visit.refused", "subject": "Tổ 1", "detail": {"rows": rows}}
    assert "and 4 more households" in act_sentences.sentence(line)
    assert act_sentences.rest(line) == [f"household {n}" for n in range(1, 8)]
    assert all(f"household {n}" in act_sentences.whole(line) for n in range(1, 8))
