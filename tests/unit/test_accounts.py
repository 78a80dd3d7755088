"""Accounts: issued, switched off and unlocked by the level above."""

import pytest

from lib.core import access, accounts, entry
from lib.core.database import row, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from tests import world

NOW = world.NOW
PAGE = {"password_hash": world.HASH, "now": NOW}


def issue(db, user, **other):
    values = {"username": "moi.taikhoan", "full_name": "Lâm Thị Mới", "role": "leader", "area_code": "25456",
              "team_id": 1, **PAGE, **other}  # fmt: skip
    return accounts.create(db, user, **values)


def test_a_commune_issues_accounts_of_its_teams(as_):
    db, binh = as_("binh")
    made = issue(db, binh)
    assert access.user(db, made, world.DAY).role == "leader"
    assert value(db, "select must_change from accounts where id = ?", [made]) == 1
    assert row(db, "select action, subject from audit_log order by id desc")["action"] == "account.create"


@pytest.mark.parametrize("role", ["commune", "station", "district", "province", "administrator", "inspector"])
def test_a_commune_issues_nothing_above_its_teams(as_, role):
    db, binh = as_("binh")
    with pytest.raises(Refused):
        issue(db, binh, role=role, team_id=None)


def test_a_stranger_issues_nothing_here(as_):
    db, chi = as_("chi")
    with pytest.raises(NotFound):
        issue(db, chi)
    assert not value(db, "select 1 from accounts where username = 'moi.taikhoan'")


def test_a_district_cannot_reach_another_district(as_):
    db, dung = as_("dung")
    with pytest.raises(NotFound):
        issue(db, dung, role="commune", area_code="25654", team_id=None)
    assert issue(db, dung, role="commune", area_code="25459", team_id=None)


def test_a_taken_name_is_a_sentence(as_):
    db, binh = as_("binh")
    with pytest.raises(Conflict):
        issue(db, binh, username="LAN")


def test_faults_stand_at_their_fields(as_):
    db, binh = as_("binh")
    with pytest.raises(Invalid) as refusal:
        issue(db, binh, username="có dấu", full_name="x")
    assert set(refusal.value.faults) == {"username", "full_name"}
    with pytest.raises(Invalid) as refusal:
        issue(db, binh, phone_text="12345")
    assert set(refusal.value.faults) == {"phone"}


def test_switching_off_ends_sessions(as_):
    db, binh = as_("binh")
    accounts.set_active(db, binh, world.CAST["lan"][0], False, now=NOW)
    assert entry.token_version(db, world.CAST["lan"][0]) is None
    accounts.set_active(db, binh, world.CAST["lan"][0], True, now=NOW)
    assert entry.token_version(db, world.CAST["lan"][0]) == 3


def test_a_stranger_switches_nobody_off(as_):
    db, chi = as_("chi")
    for command in (accounts.set_active, accounts.issue_password):
        with pytest.raises(NotFound):
            command(db, chi, world.CAST["lan"][0], False if command is accounts.set_active else world.HASH, now=NOW)
    assert entry.token_version(db, world.CAST["lan"][0]) == 1


def test_the_administrator_lifts_a_lock(as_):
    db, quan = as_("quan")
    for _try in range(5):
        entry.reserve(db, entry.comer("an", "10.0.0.1"), now=NOW)
    accounts.unlock(db, quan, "AN", now=NOW)
    assert not entry.locked_until(db, entry.comer("an", "10.0.0.1"), now=NOW)
    db, binh = as_("binh")
    with pytest.raises(Refused):
        accounts.unlock(db, binh, "an", now=NOW)


@pytest.mark.parametrize(
    ("password", "good"),
    [("mười ký tự", True), ("Mật khẩu dài 2021!", True), ("ngắn", False), ("ậ" * 25, False), ("a" * 72, True),
     ("a" * 73, False), ("пароль-длинный", True)],
)  # fmt: skip
def test_passphrases_of_any_script(password, good):
    assert (not accounts.password_faults(password, password)) is good


def test_the_two_passwords_must_agree():
    assert set(accounts.password_faults("mật khẩu này", "mật khẩu kia")) == {"again"}


def test_issued_passwords_pass_their_own_rule():
    assert all(not accounts.password_faults(accounts.issued_password()) for _n in range(50))


def test_listed_shows_only_the_level_below(as_):
    db, dung = as_("dung")
    assert {line["username"] for line in accounts.listed(db, world.DAY)} == {"binh", "son"}
    db, chi = as_("chi")
    assert accounts.listed(db, world.DAY) == []


def test_the_first_account_is_the_only_first(db):
    with pytest.raises(Refused):
        accounts.create_first(
            db, username="moi", full_name="Người Mới", password_hash=world.HASH, province_code="72", now=NOW
        )


def test_a_district_issues_no_commune_account_for_itself(as_):
    db, dung = as_("dung")
    with pytest.raises(Conflict):
        issue(db, dung, role="commune", area_code="703", team_id=None)
    assert access.LEVELS.keys() == set(access.ROLES)


def test_a_grant_that_ended_is_no_longer_managed(as_, db):
    db.conn.execute("update grants set until_day = ? where account_id = ?", [world.DAY, world.CAST["binh"][0]])
    bound, dung = as_("dung")
    with pytest.raises(NotFound):
        accounts.set_active(bound, dung, world.CAST["binh"][0], False, now=NOW)
