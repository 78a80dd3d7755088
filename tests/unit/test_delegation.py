"""A role lent for a time: who may lend what to whom, how long it lasts, and that both names are kept."""

import json
from datetime import UTC, datetime

import pytest

from lib.core import access, audit
from lib.core.database import row, rows, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.core.identity import accounts, authentication, delegation
from lib.oversight.reports import acts, drafts, officers, states
from lib.oversight.work import waiting, worklist
from tests import world
from tests.table import tabled

DAY, TOMORROW = world.DAY, "2021-08-17"
AN, BINH = world.CAST["an"][0], world.CAST["binh"][0]
AT_1350 = datetime(2021, 8, 16, 6, 50, tzinfo=UTC)


def lend(db, user, username="an", *, now=world.NOW, **other):
    asked = {"from_day": DAY, "last_day": DAY, "from_hour": "13:50"} | other
    return delegation.give(db, user, delegation.Loan(username=username, **asked), now=now)


def as_deputy(db, grant, day=DAY):
    return access.user(db, AN, day, grant)


def test_the_deputy_holds_the_role_beside_their_own_and_in_the_name_of_both(as_, db):
    own, binh = as_("binh")
    grant = lend(own, binh)
    assert access.user(db, AN, DAY).role == "member", "their own role stays the first"
    deputy = as_deputy(db, grant)
    assert (deputy.role, deputy.area_code, deputy.for_account) == ("commune", "25456", BINH)
    assert (deputy.full_name, deputy.for_name, deputy.from_hour) == ("Trần Văn An", "Lê Thanh Bình", "13:50")


def test_both_names_stand_in_the_log(as_, db):
    own, binh = as_("binh")
    grant = lend(own, binh)
    line = row(db, "select account_id, action, subject from audit_log order by id desc limit 1")
    assert line == {"account_id": BINH, "action": "account.delegate", "subject": "Trần Văn An"}
    with audit.act(db, as_deputy(db, grant), "hamlet.edit", now=AT_1350, kind="hamlet.add"):
        pass
    line = row(db, "select account_id, detail from audit_log order by id desc limit 1")
    assert line["account_id"] == AN and json.loads(line["detail"])["for"] == "Lê Thanh Bình"


def test_the_deputy_prepares_before_the_hour_and_acts_from_it_on(as_, db):
    own, binh = as_("binh")
    deputy = as_deputy(db, lend(own, binh))
    before = AT_1350.replace(minute=49, second=59)
    with pytest.raises(Refused, match="Lê Thanh Bình from 13:50"), audit.act(db, deputy, "hamlet.edit", now=before):
        pass
    with audit.act(db, deputy, "report.write", now=before, kind="report.draft"):
        pass
    with audit.act(db, deputy, "hamlet.edit", now=AT_1350):
        pass


def test_a_report_sent_by_the_deputy_bears_both_names(as_, db):
    own, binh = as_("binh")
    deputy = as_deputy(db, lend(own, binh))
    told = {"narratives": {"difficulties": "Không"}, "manual": {}}
    draft = drafts.keep(db, deputy, "25456", DAY, drafts.ReportDraft(told, 0), now=world.NOW)
    with pytest.raises(Refused):
        acts.submit(db, deputy, "25456", DAY, draft_version=draft, now=world.NOW)
    acts.submit(db, deputy, "25456", DAY, draft_version=draft, now=AT_1350)
    stands = states.standing(db, "25456", DAY, now=AT_1350)
    assert (stands.who, stands.for_whom, stands.late_minutes) == ("Trần Văn An", "Lê Thanh Bình", 5)


def test_a_role_is_held_in_its_days_only(as_, db):
    own, binh = as_("binh")
    grant = lend(own, binh, from_day=TOMORROW, last_day="2021-08-18")
    for day, role in ((DAY, "member"), (TOMORROW, "commune"), ("2021-08-18", "commune"), ("2021-08-19", "member")):
        assert as_deputy(db, grant, day).role == role


@tabled("username", ["chi", "nobody.here", "quan", "mai"])
def test_a_stranger_is_not_found_like_somebody_who_does_not_exist(as_, username):
    db, binh = as_("binh")
    with pytest.raises(NotFound, match="no account of this name in your area"):
        lend(db, binh, username)


def test_the_keeper_of_the_machine_is_lent_no_province(as_):
    db, mai = as_("mai")
    with pytest.raises(NotFound):
        lend(db, mai, "quan")
    assert lend(db, mai, "dung")


def test_an_account_switched_off_is_not_found(as_, db):
    db.conn.execute("update accounts set is_active = 0 where id = ?", [AN])
    own, binh = as_("binh")
    with pytest.raises(NotFound):
        lend(own, binh)


@tabled("who", ["an", "lan", "son", "thu", "quan"])
def test_other_roles_lend_nothing(as_, who):
    db, user = as_(who)
    with pytest.raises(Refused):
        lend(db, user, "binh")


@tabled("role", ["commune", "district", "province"])
def test_a_lent_role_issues_nothing_lasting(role):
    """The matrix of roles and actions: what is left of it to whoever stands in."""
    for action, roles in access.CAN.items():
        assert access.allows(role, action, lent=False) == (role in roles)
        assert access.allows(role, action, lent=True) == (role in roles and action not in access.LASTING)
    assert set(access.CAN) >= access.LASTING
    kinds = (
        "account.manage",
        "account.unlock",
        "account.delegate",
        "officer.",
        "setting.rules",
        "setting.technical",
        "report.template",
        "letterhead.",
        "backup.",
    )
    assert {action for action in access.CAN if action.startswith(kinds)} == access.LASTING


@pytest.mark.parametrize("who", ["binh", "dung", "mai"])
def test_a_deputy_mints_no_accounts(as_, who):
    """Neither from the hour on nor before, nor by any command that would outlast the loan."""
    own, lender = as_(who)
    to = {"binh": "lan", "dung": "binh", "mai": "dung"}[who]
    grant = lend(own, lender, to, last_day="2021-08-20")
    db, _to = as_(to)
    deputy = access.user(db, world.CAST[to][0], DAY, grant)
    access.bind(db, deputy, DAY)
    before = rows(db, "select * from accounts"), rows(db, "select * from grants")
    role, area, team, member = {
        "binh": ("leader", "25456", 1, 1),
        "dung": ("commune", "25459", None, None),
        "mai": ("district", "710", None, None),
    }[who]
    for at in (world.NOW, AT_1350):
        with pytest.raises(Refused):
            accounts.create(
                db,
                deputy,
                accounts.NewAccount(
                    username="ke.o.lai", full_name="Kẻ Ở Lại", role=role, area_code=area, team_id=team, member_id=member
                ),
                password_hash=world.HASH,
                now=at,
            )
        for account in range(1, 10):
            with pytest.raises(Refused):
                accounts.issue_password(db, deputy, account, world.HASH, now=at)
            with pytest.raises(Refused):
                accounts.set_active(db, deputy, account, False, now=at)
        with pytest.raises(Refused):
            officers.name(
                db, deputy, deputy.area_code, "accountable", {"full_name": "Kẻ Ở Lại"} | {"from_day": DAY}, now=at
            )
        with pytest.raises(Refused):
            lend(db, deputy, "an", now=at)
    assert rows(db, "select * from my_accounts") == [] == accounts.listed(db, DAY)
    assert before == (rows(db, "select * from accounts"), rows(db, "select * from grants"))


@pytest.mark.parametrize(
    "when", [{}, {"from_hour": "23:00"}, {"from_day": TOMORROW, "last_day": TOMORROW}, {"last_day": "2021-08-20"}]
)
def test_whoever_manages_a_deputys_account_does_not_take_the_lent_role_over(as_, db, when):
    """Bình manages Lan's account, Dũng lends her the district: today, later today, tomorrow, no new password."""
    own, dung = as_("dung")
    db.conn.execute(
        "insert into grants (account_id, role, area_code, from_day) values (2, 'station', '25456', ?)", [DAY]
    )
    grant = lend(own, dung, "lan", **when)
    manager, binh = as_("binh")
    with pytest.raises(Conflict, match="Đặng Tiến Dũng"):
        accounts.issue_password(manager, binh, world.CAST["lan"][0], world.HASH, now=world.NOW)
    assert authentication.token_version(db, world.CAST["lan"][0]) == 1
    accounts.issue_password(own, dung, world.CAST["lan"][0], world.HASH, now=world.NOW)  # the lender's own level may
    delegation.end(own, dung, grant, now=world.NOW)
    accounts.issue_password(manager, binh, world.CAST["lan"][0], world.HASH, now=world.NOW)


def test_the_own_level_still_issues_passwords_to_its_deputies(as_):
    db, binh = as_("binh")
    lend(db, binh, "lan")
    accounts.issue_password(db, binh, world.CAST["lan"][0], world.HASH, now=world.NOW)


def test_nobody_lends_to_an_account_whose_password_somebody_else_knows(as_, db):
    manager, binh = as_("binh")
    accounts.issue_password(manager, binh, AN, world.HASH, now=world.NOW)
    assert "an" not in choices(as_, "binh")
    with pytest.raises(Conflict, match="their own password yet"):
        lend(manager, binh)


def test_what_is_lent_goes_no_further(as_, db):
    own, binh = as_("binh")
    deputy = as_deputy(db, lend(own, binh))
    assert not deputy.can("account.delegate")
    with pytest.raises(Refused):
        lend(db, deputy, "lan", now=AT_1350)


@pytest.mark.parametrize(
    "ended",
    [
        f"update grants set until_day = '{DAY}' where account_id = {BINH}",
        f"update accounts set is_active = 0 where id = {BINH}",
        f"update grants set until_day = '{DAY}' where account_id = {AN} and for_account_id is null",
        f"update grants set area_code = '25459' where account_id = {BINH}",
    ],
)
def test_it_ends_with_the_role_it_was_lent_from_and_with_the_holders_own(as_, db, ended):
    own, binh = as_("binh")
    grant = lend(own, binh)
    db.conn.execute(ended)
    held = access.user(db, AN, DAY, grant)
    assert held is None or held.role == "member"


def test_nothing_reaches_further_than_the_lenders_own_area(as_, db):
    own, dung = as_("dung")
    grant = lend(own, dung, "binh")
    binh = access.user(db, BINH, DAY, grant)
    access.bind(own, binh, DAY)
    assert value(own, "select count(*) from my_households") == 72
    assert rows(own, "select 1 from my_households where commune_code = '25654'") == []


def test_it_is_taken_back_at_once_and_by_the_lender_only(as_, db):
    own, binh = as_("binh")
    grant = lend(own, binh)
    stranger, chi = as_("chi")
    assert delegation.given(stranger, chi, DAY) == [] == delegation.held(stranger, chi, DAY)
    with pytest.raises(NotFound):
        delegation.end(stranger, chi, grant, now=world.NOW)
    delegation.end(own, binh, grant, now=world.NOW)
    assert as_deputy(db, grant).role == "member" and delegation.given(own, binh, DAY) == []
    with pytest.raises(NotFound):
        delegation.end(own, binh, grant, now=world.NOW)


def test_a_grant_of_somebodys_own_is_never_ended_here(as_, db):
    own, mai = as_("mai")
    with pytest.raises(NotFound):
        delegation.end(own, mai, 3, now=world.NOW)
    assert access.user(db, BINH, DAY).role == "commune"


def test_both_sides_see_it(as_):
    db, binh = as_("binh")
    lend(db, binh, last_day=TOMORROW)
    [given] = delegation.given(db, binh, DAY)
    other, an = as_("an")
    [held] = delegation.held(other, an, DAY)
    assert (given["full_name"], held["full_name"]) == ("Trần Văn An", "Lê Thanh Bình")
    assert (given["from_day"], given["last_day"], given["from_hour"]) == (DAY, TOMORROW, "13:50")


def test_the_level_above_does_not_manage_the_account_of_a_deputy(as_, db):
    own, binh = as_("binh")
    lend(own, binh)
    district, _dung = as_("dung")
    assert AN not in {line["id"] for line in rows(district, "select id from my_accounts")}


def test_once_is_enough(as_):
    db, binh = as_("binh")
    lend(db, binh, last_day="2021-08-20")
    with pytest.raises(Conflict):
        lend(db, binh, from_day="2021-08-20", last_day="2021-08-21")
    assert lend(db, binh, from_day="2021-08-21", last_day="2021-08-21")


def choices(as_, who):
    db, user = as_(who)
    return [line["username"] for line in delegation.choices(db, user, DAY)]


def test_the_deputy_is_chosen_from_the_accounts_of_the_area(as_):
    assert choices(as_, "binh") == ["son", "lan", "an"], "of the commune: staff, station, leaders, members"
    assert choices(as_, "dung") == ["thu", "binh", "son"], "the own level, then those it works with"
    assert choices(as_, "mai") == ["dung", "thu"], "nobody who keeps the machine"
    with pytest.raises(Refused):
        choices(as_, "an")


@pytest.mark.parametrize(
    "ended",
    ["update accounts set is_active = 0 where id = 1", f"update grants set until_day = '{DAY}' where account_id = 1"],
)
def test_nobody_is_offered_who_could_not_stand_in(as_, db, ended):
    db.conn.execute(ended)
    assert "an" not in choices(as_, "binh")


def test_everybody_offered_can_be_given_the_role(as_):
    for who in ("binh", "dung", "mai"):
        for name in choices(as_, who):
            assert lend(*as_(who), name)


@tabled(
    ("typed", "found"),
    [("tran van", ["an"]), ("VÕ NGỌC", ["son"]), ("phuong 1 lan", ["lan"]), ("", ["son", "lan", "an"]), ("chi", [])],
)
def test_typing_without_marks_finds_them(as_, typed, found):
    db, binh = as_("binh")
    offered = delegation.choices(db, binh, DAY)
    assert [line["username"] for line in delegation.matching(offered, typed)] == found


def test_a_new_delegation_waits_until_its_deputy_has_read_it(as_, db):
    own, binh = as_("binh")
    grant = lend(own, binh)
    other, an = as_("an")
    assert delegation.held(other, an, DAY)[0]["seen_at"] is None
    assert waiting.rooms(other, an, now=world.NOW) == {"me": {"new": 1}}
    stranger, chi = as_("chi")
    with pytest.raises(NotFound):
        delegation.see(stranger, chi, grant, now=world.NOW)
    for _again in range(2):
        delegation.see(other, an, grant, now=world.NOW)
    assert value(db, "select count(*) from audit_log where action = 'account.delegate_seen'") == 1
    assert waiting.rooms(other, an, now=world.NOW) == {"me": {"in_force": 1}}
    delegation.end(own, binh, grant, now=world.NOW)
    assert waiting.rooms(other, an, now=world.NOW) == {} == waiting.rooms(own, binh, now=world.NOW)


def test_a_delegation_of_later_days_is_told_but_not_in_force(as_):
    own, binh = as_("binh")
    lend(own, binh, from_day=TOMORROW, last_day=TOMORROW)
    other, an = as_("an")
    [line] = delegation.held(other, an, DAY)
    assert not line["in_force"] and waiting.rooms(other, an, now=world.NOW) == {"me": {"new": 1}}
    delegation.see(other, an, line["id"], now=world.NOW)
    assert waiting.rooms(other, an, now=world.NOW) == {}


def test_it_is_announced_on_the_list_of_the_day(as_):
    lend(*as_("binh"))
    db, an = as_("an")
    [task] = [task for task in worklist.tasks(db, an, DAY, now=world.NOW) if task.of == "delegations"]
    assert (task.n, task.urgent, task.room) == (1, True, "me")
    assert not [task for task in worklist.tasks(*as_("lan"), DAY, now=world.NOW) if task.of == "delegations"]


@tabled(
    ("field", "typed"),
    [
        ("username", " "),
        ("username", "BINH"),
        ("from_day", None),
        ("from_day", "2021-08-15"),
        ("last_day", None),
        ("last_day", "2021-08-15"),
        ("last_day", "2021-11-16"),
        ("from_hour", "24:00"),
        ("from_hour", "1350"),
        ("from_hour", ""),
    ],
)
def test_faults_stand_at_their_fields(as_, field, typed):
    db, binh = as_("binh")
    with pytest.raises(Invalid) as refusal:
        lend(db, binh, **{field: typed})
    assert set(refusal.value.faults) == {field}


@pytest.mark.parametrize(
    "ended",
    [
        "update accounts set is_active = 0 where id = 3",
        "update grants set until_day = '2021-08-16' where account_id = 3",
        "update grants set until_day = '2021-08-16' where account_id = 1 and for_account_id is null",
    ],
)
def test_nobody_is_called_a_deputy_whose_role_has_lapsed(as_, db, ended):
    lend(*as_("binh"))
    dung = as_("dung")
    assert [one["name"] for one in officers.deputies(*dung, "25456", DAY)] == ["Trần Văn An"]
    db.conn.execute(ended)
    assert officers.deputies(*dung, "25456", DAY) == []
