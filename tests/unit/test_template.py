"""Versions of the report's form: edited by the province with a reason, never recounted under an old name."""

import pytest

from lib.core.database import value
from lib.core.errors import Conflict, Invalid, Refused
from lib.operations import clockwork
from lib.oversight.report_template import versions
from lib.screen import i18n
from lib.screen.report_template.edit import Edit
from lib.screen.report_template.versions import differences
from tests import world
from tests.unit.test_report_files import LATER


def edited(db, code="teams", **fields):
    return [line | fields if line["code"] == code else line for line in versions.lines(db)]


def edit(db, user, lines, *, version=None, reason="Hướng dẫn mới."):
    version = versions.current(db) if version is None else version
    return versions.edit(db, user, versions.FormEdit(lines, version, reason), now=world.NOW)


def test_an_edit_makes_a_version_and_leaves_the_old_one(as_):
    db, mai = as_("mai")
    assert edit(db, mai, edited(db, name_vi="Số tổ")) == 2
    names = [{line["code"]: line["name_vi"] for line in versions.lines(db, version)}["teams"] for version in (1, 2)]
    assert names == ["Tổ Covid cộng đồng đang hoạt động", "Số tổ"]
    assert [(one["version"], one["who"], one["reason"]) for one in versions.versions(db)] == [
        (2, "Hồ Tuyết Mai", "Hướng dẫn mới."),
        (1, None, None),
    ]


def test_what_it_counts_is_not_edited(as_):
    db, mai = as_("mai")
    edit(db, mai, edited(db, name_vi="Số tổ", function="members", unit="người", block="III.1"))
    line = next(line for line in versions.lines(db) if line["code"] == "teams")
    assert (line["function"], line["unit"], line["block"]) == ("teams", "tổ", "II.1")


def test_nothing_changed_is_no_version(as_):
    db, mai = as_("mai")
    assert edit(db, mai, edited(db)) == 1
    assert value(db, "select count(*) from audit_log where action = 'template.edit'") == 0


@pytest.mark.parametrize("fields", [{"name_vi": " "}, {"name_en": ""}, {"formula_vi": "a" * 201}])
def test_a_fault_is_told_at_its_line(as_, fields):
    db, mai = as_("mai")
    with pytest.raises(Invalid) as told:
        edit(db, mai, edited(db, **fields))
    assert list(told.value.faults) == ["teams"]


def test_it_needs_a_reason_the_right_and_the_version_in_force(as_):
    db, mai = as_("mai")
    with pytest.raises(Invalid):
        edit(db, mai, edited(db, name_vi="Số tổ"), reason="")
    edit(db, mai, edited(db, name_vi="Số tổ"))
    with pytest.raises(Conflict):
        edit(db, mai, edited(db, name_vi="Tổ"), version=1)
    with pytest.raises(Conflict):
        edit(db, mai, edited(db)[1:])
    other, dung = as_("dung")
    with pytest.raises(Refused):
        edit(other, dung, edited(other, name_vi="Tổ"))


def test_a_report_frozen_meanwhile_keeps_version_one(as_):
    db, mai = as_("mai")
    clockwork.freeze(db, now=LATER)
    edit(db, mai, edited(db, name_vi="Số tổ"))
    assert value(db, "select max(template) from snapshots") == 1


def test_the_table_by_unit_takes_as_many_figures_as_a_page_holds(as_):
    db, mai = as_("mai")
    every = [line | {"in_table": 1, "shown": 1} for line in versions.lines(db)]
    with pytest.raises(Conflict, match="At most 14"):
        edit(db, mai, every)
    fewer = [line | {"in_table": int(place < versions.MOST_COLUMNS)} for place, line in enumerate(every)]
    assert edit(db, mai, fewer) == 2


def test_what_differs_is_said_by_line_and_by_part(db, monkeypatch):
    monkeypatch.setattr(i18n, "language", lambda: "en")
    before = versions.lines(db)
    after = [line | {"shown": 0, "formula_en": "New."} if line["code"] == "due" else line for line in before]
    after[2], after[3] = after[3], after[2]
    told = differences(before, after, versions.sections(db), versions.sections(db))
    assert len(told) == 2 and "no longer shown" in told[0] and "“New\\.”" in told[0] and "II\\.1" in told[1]
    assert differences(before, before) == []


def test_moving_stays_within_its_part_and_back_is_no_change(db):
    base = {line["code"]: line for line in versions.lines(db)}
    one = Edit(1, base, list(base))
    one.move("documents", -1)
    one.move("inspections", 1)
    assert one.untouched
    one.move("inspections", -1)
    assert one.moved and one.lines()[0] == base["inspections"] | {"position": 1}
    one.move("inspections", 1)
    one.tell("teams", "name_vi", "Số tổ")
    one.tell("teams", "name_vi", base["teams"]["name_vi"])
    assert one.untouched
