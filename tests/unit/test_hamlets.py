"""Hamlets under their local word: codes, names, rights, what may be taken away."""

import unicodedata

import pytest

from lib.core import rollup, text
from lib.core.database import rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.register.areas import hamlets
from lib.register.teams import rule_warnings
from tests.world import DAY, NOW, YESTERDAY

NEW = {"kind": "ấp", "name": "Phước Đức"}


def log(db, action):
    return rows(db, "select account_id, area_code, subject from audit_log where action = ?", [action])


def commands(db, user):
    return {
        "add": lambda: hamlets.add(db, user, NEW, now=NOW),
        "rename": lambda: hamlets.rename(db, user, "2545601", NEW, now=NOW),
        "remove": lambda: hamlets.remove(db, user, "2545601", now=NOW),
    }


@pytest.mark.parametrize("command", ["add", "rename", "remove"])
@pytest.mark.parametrize("who", ["an", "lan", "son", "dung", "mai", "thu", "quan"])
def test_only_the_commune_keeps_its_hamlets(as_, who, command):
    with pytest.raises(Refused):
        commands(*as_(who))[command]()


@pytest.mark.parametrize("command", ["rename", "remove"])
def test_chi_finds_no_hamlet_of_ans_commune(as_, db, command):
    with pytest.raises(NotFound):
        commands(*as_("chi"))[command]()
    assert value(db, "select count(*) from audit_log") == 0


def test_chi_adds_to_her_own_commune_and_lists_only_it(as_):
    bound, user = as_("chi")
    assert hamlets.add(bound, user, NEW, now=NOW) == "2565402"
    assert {line["commune_code"] for line in hamlets.listed(bound, day=DAY)} == {"25654"}


def test_a_new_hamlet_gets_the_next_code_and_a_line_in_the_log(as_, db):
    bound, user = as_("binh")
    code = hamlets.add(bound, user, NEW, now=NOW)
    assert code == "2545603"
    assert log(db, "hamlet.add") == [{"account_id": user.id, "area_code": "25456", "subject": "ấp Phước Đức"}]
    assert rollup.differences(db, DAY) == [] == rollup.differences(db, YESTERDAY)


def test_a_new_hamlet_has_no_team_yet(as_):
    bound, user = as_("binh")
    code = hamlets.add(bound, user, NEW, now=NOW)
    assert [line["code"] for line in rule_warnings.hamlets_without_team(bound, day=DAY)] == [code]


@pytest.mark.parametrize("typed", [" Phước \u200bĐức", "Ấp Phước Đức", unicodedata.normalize("NFD", "Phước Đức")])
def test_the_name_is_cleaned_and_not_doubled_by_its_word(as_, typed):
    bound, user = as_("binh")
    assert hamlets.get(bound, hamlets.add(bound, user, NEW | {"name": typed}, now=NOW))["name"] == "Phước Đức"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("kind", "phường"), ("kind", None), ("name", ""), ("name", "x" * 81), ("name", "\u200b"), ("name", "---")],
)
def test_what_cannot_be_stored_is_named_at_its_field(as_, field, typed):
    with pytest.raises(Invalid) as refusal:
        hamlets.add(*as_("binh"), NEW | {field: typed}, now=NOW)
    assert list(refusal.value.faults) == [field]


@pytest.mark.parametrize("name", ["Phước Đức", "PHƯỚC ĐỨC"])
def test_a_name_stands_once_in_a_commune(as_, db, name):
    bound, user = as_("binh")
    hamlets.add(bound, user, NEW, now=NOW)
    with pytest.raises(Invalid) as refusal:
        hamlets.add(bound, user, {"kind": "ấp", "name": name}, now=NOW)
    assert list(refusal.value.faults) == ["name"]
    assert hamlets.add(bound, user, {"kind": "thôn", "name": name}, now=NOW)


def test_the_hundredth_hamlet_is_refused_with_a_sentence(as_, db):
    for n in range(3, 100):
        db.conn.execute(
            "insert into areas values (?, 'hamlet', 'ấp', ?, '25456', ?, ?)",
            [f"25456{n:02d}", f"A{n}", f"a{n}", text.sort_key(f"A{n}")],
        )
    with pytest.raises(Conflict):
        hamlets.add(*as_("binh"), NEW, now=NOW)


def test_a_gap_is_used_only_when_no_higher_code_is_free(as_, db):
    db.conn.execute("insert into areas values ('2545699', 'hamlet', 'ấp', 'Cuối', '25456', 'cuoi', 'cuoi')")
    assert hamlets.add(*as_("binh"), NEW, now=NOW) == "2545603"


def test_renaming_is_logged_and_saving_the_same_is_not(as_, db):
    bound, user = as_("binh")
    hamlets.rename(bound, user, "2545601", NEW, now=NOW)
    hamlets.rename(bound, user, "2545601", NEW, now=NOW)
    assert hamlets.get(bound, "2545601")["name"] == "Phước Đức"
    assert value(db, "select name_folded from areas where code = '2545601'") == "phuoc duc"
    assert len(log(db, "hamlet.rename")) == 1


def test_a_hamlet_in_use_is_not_removed(as_, db):
    with pytest.raises(Conflict):
        hamlets.remove(*as_("binh"), "2545601", now=NOW)
    assert value(db, "select 1 from areas where code = '2545601'")


def test_a_hamlet_added_in_error_is_removed(as_, db):
    bound, user = as_("binh")
    code = hamlets.add(bound, user, NEW, now=NOW)
    hamlets.remove(bound, user, code, now=NOW)
    assert value(db, "select 1 from areas where code = ?", [code]) is None
    assert rollup.differences(db, DAY) == []
    assert len(log(db, "hamlet.remove")) == 1
    with pytest.raises(NotFound):
        hamlets.remove(bound, user, code, now=NOW)
