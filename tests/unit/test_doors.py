"""The doors not seen yet: who answers for them and their telephone, in one's own area only."""

import pytest

from lib.core import rollup
from lib.core.errors import NotFound
from lib.oversight.figures import doors, figures, units
from tests import edits, world
from tests.table import tabled


def listed(db, code="25456", kind="unseen", page=1, user=None, day=world.DAY):
    return doors.listed(db, unit(db, code, user), day, kind, page)


def unit(db, code, user=None):
    return units.team(db, code, user) if code.startswith("team:") else units.area(db, code, user)


def entered(db):
    for household, outcome in ((1, "met"), (2, "phone"), (3, "absent"), (4, "refused"), (26, "absent")):
        edits.visit(db, household, outcome)


def test_each_kind_of_door_is_as_many_as_the_figures_say(db, as_):
    entered(db)
    edits.assign(db, 5, world.DAY, None)
    edits.set_status(db, 6, world.DAY, "central_quarantine", False)
    edits.set_status(db, 7, world.DAY, "moved", False)
    bound, user = as_("binh")
    for code in ("25456", "2545601", "2545602"):
        figure = figures.figures(bound, code, world.DAY, user=user)[0]
        assert doors.numbers(bound, unit(bound, code, user), world.DAY) == {
            "unseen": figure["due"] - figure["seen"],
            "unvisited": figure["due"] - figure["attempted"],
            "absent": figure["absent"],
            "refused": figure["refused"],
            "nobody": figure["unassigned"],
            "due": figure["due"],
        }
    team = figures.figures(bound, "2545601", world.DAY, user=user)[1]
    assert doors.numbers(bound, unit(bound, "team:1", user), world.DAY)["unseen"] == team["due"] - team["seen"]


def test_a_door_tells_whom_to_call(db, as_):
    entered(db)
    bound, _binh = as_("binh")
    first = listed(bound)[0]
    assert (first["code"], first["outcome"], first["team_id"]) == ("25456-0003", "absent", 1)
    assert (first["member"], first["phone"]) == ("Phạm Thị Lan", "0912000001")


def test_doors_come_team_by_team_in_walking_order_and_page_by_page(db, as_, monkeypatch):
    bound, _binh = as_("binh")
    db.conn.execute("update households set walk_order = 99 where id = 1")
    assert [door["code"] for door in listed(bound)][:2] == ["25456-0002", "25456-0003"]
    assert [door["code"] for door in listed(bound)][23] == "25456-0001"
    assert {door["team_id"] for door in listed(bound)[24:]} == {2}
    monkeypatch.setattr(doors, "PAGE", 20)
    pages = [listed(bound, page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 8, 0]
    assert len({door["code"] for page in pages for door in page}) == 48


def test_the_list_narrows(db, as_):
    entered(db)
    bound, _binh = as_("binh")
    assert [door["code"] for door in listed(bound, kind="absent")] == ["25456-0003", "25456-0026"]
    assert [door["code"] for door in listed(bound, "team:1", "refused")] == ["25456-0004"]
    assert [door["code"] for door in listed(bound, "2545602", "absent")] == ["25456-0026"]


def test_another_day_has_the_doors_and_the_members_of_that_day(db, as_):
    edits.assign(db, 1, world.DAY, 4)
    edits.visit(db, 1, "absent", day=world.YESTERDAY, at="2021-08-15T02:00:00Z")
    bound, _binh = as_("binh")
    assert listed(bound, kind="absent", day=world.YESTERDAY)[0]["team_id"] == 1
    assert "25456-0001" in {door["code"] for door in listed(bound, "team:2")}


def test_a_day_never_opened_has_no_doors(as_):
    bound, _binh = as_("binh")
    assert listed(bound, day="2021-08-05") == [] and not rollup.is_open(bound, "2021-08-05")


@tabled(
    ("who", "n"),
    [
        ("binh", 48),
        ("son", 48),
        ("dung", 48),
        ("thu", 48),
        ("mai", 48),
        ("lan", 24),
        ("an", 8),
        ("chi", 0),
        ("quan", 0),
    ],
)
def test_each_sees_the_doors_of_the_own_area(db, as_, who, n):
    bound, _user = as_(who)
    place = units.area(db, "25456", None)
    assert len(doors.listed(bound, place, world.DAY, "unseen", 1)) == n
    assert doors.numbers(bound, place, world.DAY)["unseen"] == n
    assert len(doors.standing(bound, units.area(db, "2545601", None), world.DAY)) == min(n, 24)
    assert doors.may_see(bound, place) == bool(n)


@tabled("code", ["team:1", "team:", "team:x", "team:-1", "team:99999999999999999999", "1 or 1=1"])
def test_a_team_outside_the_own_area_is_not_found(as_, code):
    bound, chi = as_("chi")
    with pytest.raises(NotFound):
        units.team(bound, code, chi)


def test_the_list_reads_by_keys(as_):
    bound, mai = as_("mai")
    for code in ("25456", "2545601", "team:1"):
        sql, places = doors._doors_of(bound, unit(bound, code, mai), world.DAY)
        plan = [line[3] for line in bound.conn.execute(f"explain query plan {sql} select 1 from doors", places)]
        assert not [step for step in plan if step.startswith("SCAN") and "areas" not in step], plan


@pytest.mark.parametrize("kind", doors.KINDS)
def test_every_kind_of_door_can_be_listed(db, as_, kind):
    entered(db)
    edits.assign(db, 5, world.DAY, None)
    bound, user = as_("binh")
    n = doors.numbers(bound, unit(bound, "25456", user), world.DAY)[kind]
    assert n and len(listed(bound, kind=kind)) == n
