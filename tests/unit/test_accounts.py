"""Accounts: issued, switched off and unlocked by the level above."""

import pytest

from lib.core import access
from lib.core.database import row, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.core.identity import accounts, authentication, passphrase
from tests import world
from tests.table import tabled

NOW = world.NOW
PAGE = {"password_hash": world.HASH, "now": NOW}


def issue(db, user, **other):
    values = {
        "username": "moi.taikhoan",
        "full_name": "Lâm Thị Mới",
        "role": "leader",
        "area_code": "25456",
        "team_id": 1,
        **other,
    }
    return accounts.create(db, user, accounts.NewAccount(**values), **PAGE)


def test_a_commune_issues_accounts_of_its_teams(as_):
    db, binh = as_("binh")
    made = issue(db, binh)
    assert access.user(db, made, world.DAY).role == "leader"
    assert value(db, "select must_change from accounts where id = ?", [made]) == 1
    assert row(db, "select action, subject from audit_log order by id desc")["action"] == "account.create"


@tabled("role", ["commune", "station", "district", "province", "administrator", "inspector"])
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
        issue(db, binh, phone="12345")
    assert set(refusal.value.faults) == {"phone"}


def test_switching_off_ends_sessions(as_):
    db, binh = as_("binh")
    accounts.set_active(db, binh, world.CAST["lan"][0], False, now=NOW)
    assert authentication.token_version(db, world.CAST["lan"][0]) is None
    accounts.set_active(db, binh, world.CAST["lan"][0], True, now=NOW)
    assert authentication.token_version(db, world.CAST["lan"][0]) == 3


def test_a_stranger_switches_nobody_off(as_):
    db, chi = as_("chi")
    for command in (accounts.set_active, accounts.issue_password):
        with pytest.raises(NotFound):
            command(db, chi, world.CAST["lan"][0], False if command is accounts.set_active else world.HASH, now=NOW)
    assert authentication.token_version(db, world.CAST["lan"][0]) == 1


def test_the_administrator_lifts_a_lock(as_):
    db, quan = as_("quan")
    for _try in range(5):
        authentication.reserve(db, authentication.comer("an", "10.0.0.1"), now=NOW)
    accounts.unlock(db, quan, "AN", now=NOW)
    assert not authentication.locked_until(db, authentication.comer("an", "10.0.0.1"), now=NOW)
    db, binh = as_("binh")
    with pytest.raises(Refused):
        accounts.unlock(db, binh, "an", now=NOW)


def test_issued_passwords_pass_their_own_rule():
    assert all(not passphrase.faults(accounts.issued_password()) for _n in range(50))


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


# Further keepers of the machine


def test_a_second_administrator_is_made_and_keeps_the_machine(as_, db):
    own, quan = as_("quan")
    made = accounts.create(
        own,
        quan,
        accounts.NewAccount(username="quantri.hai", full_name="Lê Thị Hai", role="administrator", area_code="72"),
        password_hash=world.HASH,
        now=NOW,
    )
    second = access.user(db, made, world.DAY)
    assert second.can("backup.take") and second.can("account.unlock") and not second.can("names.see")
    access.bind(own, quan, world.DAY)
    assert {line["username"] for line in accounts.listed(own, world.DAY)} == {"mai", "quantri.hai"}
    accounts.issue_password(own, quan, made, world.HASH, now=NOW)
    access.bind(db, second, world.DAY)
    accounts.issue_password(db, second, world.CAST["quan"][0], world.HASH, now=NOW)


@pytest.mark.parametrize("command", [accounts.issue_password, accounts.set_active])
def test_nobody_manages_their_own_account(as_, command):
    """A keeper who switched the own account off would leave nobody to switch it on."""
    db, quan = as_("quan")
    with pytest.raises(NotFound):
        command(db, quan, quan.id, world.HASH if command is accounts.issue_password else False, now=NOW)


def test_only_a_keeper_makes_another(as_):
    for name, area in (("mai", "72"), ("dung", "703"), ("binh", "25456")):
        db, user = as_(name)
        with pytest.raises(Refused):
            accounts.create(
                db,
                user,
                accounts.NewAccount(username="ke.moi", full_name="Kẻ Mới", role="administrator", area_code=area),
                password_hash=world.HASH,
                now=NOW,
            )


# From the terminal


def test_a_reset_at_the_terminal_ends_sessions_and_works_once(db):
    for _try in range(9):
        authentication.reserve(db, authentication.comer("quan", "10.0.0.1"), now=NOW)
    accounts.reset(db, " QUAN ", "$2b$04$new", now=NOW)
    assert authentication.credentials(db, "quan")["password_hash"] == "$2b$04$new"
    assert authentication.token_version(db, world.CAST["quan"][0]) == 2 and access.user(db, 8, world.DAY).must_change
    assert not authentication.locked_until(db, authentication.comer("quan", "10.0.0.1"), now=NOW)
    line = row(db, "select account_id, action, subject, area_code from audit_log order by id desc limit 1")
    assert line == {"account_id": None, "action": "account.reset", "subject": "quan", "area_code": "72"}


@tabled("name", ["", "khong-co-ai", "' or 1=1 --", "x" * 1_000_000])
def test_nobody_of_this_name_is_a_sentence(db, name):
    with pytest.raises(NotFound, match="no account of this name"):
        accounts.reset(db, name, world.HASH, now=NOW)
