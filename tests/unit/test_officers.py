"""Who answers for an area's report: dated, named by the right level, seen by the right people."""

import pytest

from lib.core.database import row, value
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.oversight.reports import officers
from tests import world

DAY, NOW = world.DAY, world.NOW
SECRETARY = {"full_name": "Phạm Văn Tư", "position": "Phó Bí thư Thường trực", "phone": "0912 345 678"}


def put(db, user, area="703", duty="accountable", *, from_day="2021-08-03", **fields):
    return officers.name(db, user, area, duty, SECRETARY | fields | {"from_day": from_day}, now=NOW)


def test_an_officer_is_named_with_a_telephone_that_can_be_called(as_):
    db, dung = as_("dung")
    put(db, dung)
    officer = officers.of_areas(db, ["703"], DAY)["703"]["accountable"]
    assert (officer["full_name"], officer["phone"], officer["until_day"]) == ("Phạm Văn Tư", "0912345678", None)
    line = row(db, "select action, area_code, subject from audit_log order by id desc limit 1")
    assert line == {"action": "officer.name", "area_code": "703", "subject": "Phạm Văn Tư"}


def test_yesterday_keeps_its_officer(as_):
    db, dung = as_("dung")
    put(db, dung)
    put(db, dung, full_name="Lâm Thị Bảy", from_day=DAY)
    names = [officers.of_areas(db, ["703"], day)["703"]["accountable"]["full_name"] for day in (world.YESTERDAY, DAY)]
    assert names == ["Phạm Văn Tư", "Lâm Thị Bảy"]
    assert officers.of_areas(db, ["703"], "2021-08-02") == {"703": {}}


def test_naming_into_the_past_ends_where_the_next_begins(as_):
    db, dung = as_("dung")
    put(db, dung, full_name="Lâm Thị Bảy", from_day=DAY)
    put(db, dung)
    assert officers.of_areas(db, ["703"], DAY)["703"]["accountable"]["full_name"] == "Lâm Thị Bảy"
    assert officers.of_areas(db, ["703"], world.YESTERDAY)["703"]["accountable"]["full_name"] == "Phạm Văn Tư"


def test_the_same_day_again_replaces(as_):
    db, dung = as_("dung")
    put(db, dung)
    put(db, dung, full_name="Lâm Thị Bảy")
    assert officers.of_areas(db, ["703"], DAY)["703"]["accountable"]["full_name"] == "Lâm Thị Bảy"


@pytest.mark.parametrize(
    ("who", "area", "duty"),
    [
        ("binh", "25456", "accountable"),
        ("binh", "25456", "deputy"),
        ("dung", "703", "deputy"),
        ("dung", "25459", "accountable"),
        ("mai", "72", "accountable"),
        ("mai", "710", "accountable"),
        ("mai", "703", "committee"),
        ("mai", "25654", "committee"),
    ],
)
def test_own_area_and_the_level_below_are_named(as_, who, area, duty):
    db, user = as_(who)
    assert officers.may_name(db, user, area, duty) and put(db, user, area, duty)


@pytest.mark.parametrize(
    ("who", "area", "duty", "problem"),
    [
        ("binh", "703", "accountable", NotFound),
        ("binh", "25459", "deputy", NotFound),
        ("chi", "25456", "accountable", NotFound),
        ("dung", "710", "accountable", NotFound),
        ("dung", "703", "committee", Refused),
        ("mai", "25456", "accountable", Refused),
        ("mai", "72", "committee", Refused),
        ("binh", "2545601", "accountable", Refused),
        ("thu", "703", "accountable", Refused),
        ("an", "25456", "accountable", Refused),
        ("quan", "72", "accountable", Refused),
        ("mai", "703", "chair", Refused),
    ],
)
def test_others_are_not(as_, who, area, duty, problem):
    db, user = as_(who)
    with pytest.raises(problem):
        put(db, user, area, duty)
    assert not value(db, "select count(*) from officers")


def test_an_officer_ends_and_is_not_ended_twice_or_by_a_stranger(as_):
    db, dung = as_("dung")
    made = put(db, dung)
    stranger, chi = as_("chi")
    with pytest.raises(NotFound):
        officers.end(stranger, chi, made, now=NOW)
    officers.end(db, dung, made, now=NOW)
    assert officers.of_areas(db, ["703"], DAY) == {"703": {}}
    assert officers.of_areas(db, ["703"], world.YESTERDAY)["703"]
    with pytest.raises(Conflict):
        officers.end(db, dung, made, now=NOW)


def test_a_stranger_sees_nobody_and_the_level_below_sees_whom_to_call(as_):
    db, dung = as_("dung")
    put(db, dung)
    put(db, dung, "25456", "accountable")
    for who, told in (("dung", True), ("mai", True), ("thu", True), ("chi", False)):
        own, user = as_(who)
        found = officers.seen(own, user, ["703", "25456"], DAY)
        assert [bool(found[code]) for code in ("703", "25456")] == [told, told], who
    own, binh = as_("binh")
    assert officers.seen(own, binh, ["703"], DAY) == {"703": {}}
    assert officers.above(own, binh, DAY)["phone"] == "0912345678"
    stranger, chi = as_("chi")
    assert officers.above(stranger, chi, DAY) is None
    an, member = as_("an")
    with pytest.raises(Refused):
        officers.seen(an, member, ["25456"], DAY)


def test_a_deputy_may_have_an_account_of_the_area(as_):
    db, dung = as_("dung")
    put(db, dung, duty="deputy", username="binh")
    assert officers.of_areas(db, ["703"], DAY)["703"]["deputy"]["username"] == "binh"
    for username in ("chi", "nobody.here"):
        with pytest.raises(Invalid) as refusal:
            put(db, dung, duty="deputy", username=username)
        assert set(refusal.value.faults) == {"username"}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("full_name", " "),
        ("full_name", "12"),
        ("full_name", "x" * 81),
        ("position", "x" * 121),
        ("phone", "12"),
        ("from_day", None),
        ("from_day", "2019-12-31"),
    ],
)
def test_faults_stand_at_their_fields(as_, field, typed):
    db, dung = as_("dung")
    with pytest.raises(Invalid) as refusal:
        put(db, dung, **{field: typed})
    assert set(refusal.value.faults) == {field}
