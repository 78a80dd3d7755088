"""What leaves a household out, from the facts: the rows of a commune and the numbers above it agree."""

import pytest

from lib.core import rollup
from lib.core.database import rows, value
from lib.core.errors import NotFound, Refused
from lib.oversight.figures import units
from lib.oversight.work import gaps, gaps_by_kind, refused_files
from lib.register.assignments import assignments
from tests.world import DAY, NOW

COMMUNE = "25456"
BEFORE = "2021-08-14"


def found(as_, name="binh", commune=COMMUNE) -> dict[str, int]:
    """How many of each kind are open in a commune; kinds with none are left out."""
    db, _user = as_(name)
    told = gaps_by_kind.of_commune(db, commune, DAY)
    return {kind: gaps_by_kind.count(kind, lines) for kind, lines in told if lines}


def above(as_, name, area, child) -> dict[str, int]:
    """The same as a level above counts it."""
    db, user = as_(name)
    unit = units.area(db, area, user)
    lines = gaps_by_kind.by_unit(db, unit, units.children(db, unit, DAY, user), DAY)
    return {kind: n for kind, n in next(line for line in lines if line["code"] == child)["gaps"].items() if n}


@pytest.fixture(autouse=True)
def quiet(db):
    """The few names of the world come again and again, so each household gets a lane of its own."""
    db.conn.execute("update households set lane = 'Hẻm ' || id")


def test_where_nothing_is_missing_nothing_is_told(as_):
    assert found(as_) == {}
    assert above(as_, "mai", "72", "703") == {}


CASES = [
    ("nobody", 1, "update assignments set until_day = '2021-08-16' where household_id = 1"),
    (
        "nobody",
        8,
        "update members set until_day = '2021-08-16' where id = 2; "
        "update members set team_id = 1, role = 'member', id_number = null where id = 5; "
        "update assignments set member_id = 4 where member_id = 5",
    ),
    ("away", 1, "update members set availability = 'isolating' where id = 2"),
    ("teamless", 1, "insert into areas values ('2545603', 'hamlet', 'khu phố', '3', '25456', '3', '3')"),
    (
        "models",
        1,
        "update teams set model = 'residential_area' where id = 2; insert into team_hamlets values (2, '2545601')",
    ),
    ("load", 1, "update assignments set member_id = 2 where team_id = 1 and member_id = 3"),
    (
        "size",
        1,
        "update members set until_day = '2021-08-16' where id = 6; "
        "update assignments set member_id = 5 where household_id between 41 and 44; "
        "update assignments set member_id = 4 where household_id between 45 and 48",
    ),
    ("leader", 1, "update members set position = 'other' where id = 1"),
    ("leader", 1, "update members set role = 'member' where id = 1"),
    ("phone", 1, "update members set phone = null where id = 2"),
    ("phone", 1, "update members set phone = '1234' where id = 1"),
    (
        "duplicates",
        1,
        "update households set lane = 'Hẻm 1', head_name = 'Lê Ba', head_folded = 'le ba', "
        "phone = '0912345678' where id in (1, 2)",
    ),
]


@pytest.mark.parametrize(("kind", "n", "sql"), CASES)
def test_each_gap_is_counted_where_it_is_and_the_same_above(as_, db, kind, n, sql):
    db.conn.executescript(sql)
    rollup.recount(db, teams={1, 2}, hamlets={"2545601", "2545602", "2545603"}, since=DAY)
    here = found(as_)
    assert here[kind] == n
    assert above(as_, "dung", "703", COMMUNE) == above(as_, "mai", "72", "703") == here
    assert found(as_, "chi", "25654") == {}


def test_a_team_is_silent_after_two_days_and_no_longer_once_it_enters(as_, db):
    assert found(as_) == {}, "the day before yesterday was never opened"
    rollup.open_day(db, BEFORE, now=NOW)
    assert found(as_) == {"silent": 2} == above(as_, "dung", "703", COMMUNE)
    first, _second = gaps.silent(as_("binh")[0], DAY, COMMUNE)
    assert (first["leader"], first["phone"]) == ("Phạm Thị Lan", "0912000001")
    for day, household in ((DAY, 1), (BEFORE, 25)):
        db.conn.execute(
            "insert into visits (day, household_id, outcome, persons, recorded_at) values (?, ?, 'absent', 4, ?)",
            [day, household, "2021-08-16T04:00:00Z"],
        )
    assert found(as_) == {}


def test_who_has_moved_needs_nobody(as_, db):
    db.conn.execute("update assignments set until_day = '2021-08-16' where household_id = 1")
    db.conn.execute("insert into household_status (household_id, status, from_day) values (1, 'moved', '2021-08-16')")
    rollup.recount(db, teams={1}, hamlets={"2545601"}, since=DAY)
    assert found(as_) == {}


def test_a_household_given_to_somebody_leaves_the_wall(as_, db):
    db.conn.execute("update assignments set until_day = '2021-08-16' where household_id = 1")
    rollup.recount(db, teams={1}, hamlets={"2545601"}, since=DAY)
    bound, binh = as_("binh")
    assert [line["code"] for line in gaps.nobodys(bound, DAY, COMMUNE)] == ["25456-0001"]
    assignments.give(bound, binh, ["25456-0001"], 2, from_day=DAY, now=NOW)
    assert gaps.nobodys(bound, DAY, COMMUNE) == [] and gaps.nobodys_by_commune(bound, DAY) == {}


# Files with refused rows


@pytest.fixture
def refused(db):
    db.conn.execute(
        """insert into audit_log (id, at, account_id, action, area_code)
           values (900, '2021-08-16T03:00:00Z', 3, 'import.apply', '25456')"""
    )
    db.conn.execute(
        """insert into imports (id, audit_id, kind, area_code, file_name, digest, added, changed, same, refused)
           values (1, 900, 'households', '25456', 'ho.xlsx', 'x', 40, 0, 0, 3)"""
    )


def test_a_file_with_refused_rows_stays_until_somebody_saw_to_it(as_, db, refused):
    assert found(as_) == {"imports": 1} == above(as_, "dung", "703", COMMUNE)
    refused_files.settle(*as_("binh"), 1, now=NOW)
    assert found(as_) == {}
    refused_files.settle(*as_("binh"), 1, now=NOW)
    assert rows(db, "select action, subject, area_code from audit_log where id > 900") == [
        {"action": "import.settle", "subject": "ho.xlsx", "area_code": COMMUNE}
    ]


def test_chi_sees_and_settles_no_file_of_anothers_commune(as_, db, refused):
    assert refused_files.listed(as_("chi")[0], COMMUNE) == [] and refused_files.by_area(as_("chi")[0]) == {}
    with pytest.raises(NotFound):
        refused_files.settle(*as_("chi"), 1, now=NOW)
    for name in ("an", "lan", "son", "thu"):
        with pytest.raises((NotFound, Refused)):
            refused_files.settle(*as_(name), 1, now=NOW)
    assert value(db, "select settled from imports") == 0


def test_chi_reads_no_row_of_anothers_commune(as_, db):
    db.conn.executescript(
        """update assignments set until_day = '2021-08-16' where household_id < 49;
           update members set phone = null; update teams set model = 'residential_area' where id = 1"""
    )
    rollup.open_day(db, BEFORE, now=NOW)
    rollup.recount(db, teams={1, 2}, hamlets={"2545601", "2545602"}, since=BEFORE)
    told = dict(gaps_by_kind.of_commune(as_("chi")[0], COMMUNE, DAY))
    assert not any(told.values())
    bound = as_("chi")[0]
    assert COMMUNE not in gaps.nobodys_by_commune(bound, DAY).keys() | gaps.unreachable_by_commune(bound, DAY).keys()
    assert COMMUNE not in gaps.silent_by_commune(bound, DAY)
