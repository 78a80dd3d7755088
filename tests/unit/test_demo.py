"""The practice province: its size, its natural names, its blemishes, its sums, and that it comes out the same again."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

import pytest

from lib.core import access, clock, rollup, text
from lib.core.database import connect, prepare, rows, value
from lib.core.errors import Conflict
from lib.core.words import phone
from lib.operations import checks
from lib.oversight.reports import entered_values
from lib.practice import province, province_plan
from lib.register.households import fields
from lib.register.teams import rule_warnings
from tests import world

pytestmark = pytest.mark.long

CALENDAR = clock.days_until(world.DAY, 14)
AREA_DAY = """select a.parent_code as district, sum(due) as due, sum(seen) as seen, sum(absent) as absent,
    sum(attempted) as attempted, sum(seen_on_time) as on_time, sum(refused) as refused
    from team_day d join areas a on a.code = d.commune_code where day = :day group by 1"""


def build(folder, now=world.NOW, **kwargs):
    db = connect(prepare(folder / "demo.db", now=now))
    province.build(db, province.Extent(**kwargs), now=now, password_hash=world.HASH)
    return db


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    db = build(tmp_path_factory.mktemp("demo"))
    yield db
    db.close()


@pytest.fixture(scope="module")
def one_day(tmp_path_factory):
    """The same province on its first day."""
    db = build(tmp_path_factory.mktemp("first"), days=1)
    yield db
    db.close()


def one(db, sql, *places):
    return value(db, sql, list(places))


# Size and shape


def test_the_sizes_promised(small):
    counts = "select count(*) from "
    assert one(small, counts + "areas where level = 'district'") == 9
    assert one(small, counts + "areas where level = 'commune'") == 94
    assert one(small, counts + "teams") == 188
    assert one(small, counts + "households") == 4700
    assert 15_800 < one(small, counts + "persons") < 17_200
    assert (
        one(small, "select min(n) || ' ' || max(n) from (select count(*) as n from teams group by commune_code)")
        == "2 2"
    )
    assert [d["day"] for d in rows(small, "select day from days order by day")] == CALENDAR


def test_every_team_has_a_leader_but_those_being_reconstituted_and_its_own_name(small):
    assert one(small, "select count(*) from members where role = 'leader' and until_day is null") == 186
    assert one(small, "select count(*) from teams where status = 'reconstituting'") == 2
    assert not rows(small, "select 1 from teams group by commune_code, name having count(*) > 1")


def test_households_fit_their_people(small):
    assert not rows(
        small,
        """select h.code from households h left join persons p on p.household_id = h.id group by h.id
           having count(p.id) <> h.person_count or sum(p.residence = 'temporary') <> h.temporary_count
               or count(*) filter (where p.relation = 'head') <> 1
               or max(case when p.relation = 'head' then p.full_name end) <> h.head_name""",
    )


def test_codes_and_folded_twins_are_those_the_forms_would_write(small):
    for line in rows(small, "select * from households where id % 97 = 1"):
        assert line["search_text"] == fields.search_text(line, line["code"])
        assert (line["head_folded"], line["head_sort"]) == (
            text.fold(line["head_name"]),
            text.person_sort_key(line["head_name"]),
        )
        assert line["code"].startswith(f"{line['commune_code']}-") and len(line["code"]) == 10


def test_telephones_are_valid_and_belong_to_nobody(small):
    numbers = [line["phone"] for line in rows(small, "select phone from households union select phone from members")]
    for number in filter(None, numbers):
        assert phone.parse(number) == number
        assert number.startswith(("0300", "0310", "0311", "02760"))  # ranges that are given to nobody


# Names


def test_children_bear_a_parent_s_family_name(small):
    """In nearly every house; a grandchild may have its father's, who lives there too."""
    families = rows(
        small,
        """select c.full_name as child, group_concat(p.full_name, '|') as others from persons c
           join persons p on p.household_id = c.household_id and p.relation in ('head', 'spouse')
           where c.relation = 'child' group by c.id""",
    )
    fitting = sum(
        line["child"].split()[0] in [name.split()[0] for name in line["others"].split("|")] for line in families
    )
    assert fitting / len(families) > 0.8


def test_parents_are_older_than_their_children(small):
    assert not rows(
        small,
        """select h.full_name, c.full_name from persons h join persons c on c.household_id = h.household_id
           where h.relation = 'head' and c.relation = 'child' and c.birth_year - h.birth_year < 15""",
    )


def test_names_are_varied_and_read_as_southern_ones(small):
    names = [line["full_name"] for line in rows(small, "select full_name from persons")]
    families = Counter(name.split()[0] for name in names)
    assert 0.2 < families["Nguyễn"] / len(names) < 0.4 and len(families) > 20
    assert len(set(names)) > 5_000
    assert all(2 <= len(name.split()) <= 4 and name == text.capitalised(name) for name in names)


# Blemishes


def test_every_warning_of_the_teams_shows(small):
    access.bind(small, access.user(small, _account(small, "tinh"), world.DAY), world.DAY)
    found = Counter(warning["rule"] for warning in rule_warnings.warnings(small, day=world.DAY))
    assert set(found) == {check.rule for check in rule_warnings.CHECKS} - {"idle"}  # every practice team has its round
    assert rule_warnings.hamlets_without_team(small, day=world.DAY)


def _account(db, username: str) -> int:
    return one(db, "select id from accounts where username = ?", username)


def test_sizes_of_teams_that_warn(small):
    members = Counter(
        line["n"] for line in rows(small, "select count(*) as n from members where until_day is null group by team_id")
    )
    loads = Counter(
        line["n"] for line in rows(small, "select count(distinct household_id) as n from assignments group by team_id")
    )
    assert {2, 5} <= set(members) and {18, 34} <= set(loads)
    assert members[3] + members[4] > 160


def test_households_with_nobody_also_in_the_commune_of_the_practice_clerk(small):
    nobody = """select count(*) from households h where commune_code like ? and not exists (
        select 1 from assignments where household_id = h.id and until_day is null)
        and not exists (select 1 from household_status s where s.household_id = h.id and status = 'moved')"""
    assert 20 < one(small, nobody, "%") < 90
    assert one(small, nobody, province_plan.STAGE) > 3


def test_half_a_percent_in_central_quarantine(small):
    inside = one(small, "select sum(excluded) from team_day where day = ?", world.DAY)
    assert 10 < inside < 45


# Days


def test_sums_equal_a_recount_on_every_day(small):
    for day in CALENDAR:
        assert rollup.differences(small, day) == []


def test_districts_differ_and_one_is_visibly_weak(small):
    seen, due = Counter(), Counter()
    for day in CALENDAR[:-1]:
        for line in rows(small, AREA_DAY, {"day": day}):
            if line["attempted"]:
                seen[line["district"]] += line["seen"]
                due[line["district"]] += line["due"]
    coverage = {code: seen[code] / due[code] for code in due}
    weakest, *others = sorted(coverage.values())
    assert coverage["706"] == weakest and 0.7 < weakest < 0.85 < others[0] and others[-1] < 1


def test_one_district_is_late_and_one_missing_on_some_days(small):
    late = {line["district"]: line for line in rows(small, AREA_DAY, {"day": CALENDAR[-5]})}["711"]
    missing = {line["district"]: line for line in rows(small, AREA_DAY, {"day": CALENDAR[-3]})}["705"]
    today = {line["district"]: line for line in rows(small, AREA_DAY, {"day": world.DAY})}["711"]
    assert late["on_time"] == 0 < late["seen"]
    assert missing["attempted"] == 0 < missing["due"]
    assert today["attempted"] == 0  # it is noon


def test_rare_things_are_rare(small):
    visits = one(small, "select count(*) from visits where day < ?", world.DAY)
    assert 0.002 < one(small, "select count(*) from visits where outcome = 'refused'") / visits < 0.005
    assert 0.005 < one(small, "select count(*) from visits where flags like '%s%'") / visits < 0.02
    assert 0 < one(small, "select count(*) from visits where flags like '%v%'") / visits < 0.005
    first_absent = one(small, "select count(*) from visits where outcome = 'absent'") + one(
        small, "select count(*) from visit_past where outcome = 'absent'"
    )
    assert 0.07 < first_absent / visits < 0.12
    assert not rows(small, "select 1 from visits where (note is null) <> (instr(flags, 'g') = 0) limit 1")


def test_marks_are_borne_out_by_what_was_found(small):
    """Every mark of a symptom, an arrival, a need or a violation has its details, and no detail lacks its mark."""
    one_each = """select count(*) from visits v left join screenings s using (day, household_id, version) where
        (instr(v.flags, 's') > 0) <> (ifnull(s.symptoms, '[]') <> '[]')
        or (instr(v.flags, 'v') > 0) <> (s.arrival is not null)
        or (instr(v.flags, 'n') > 0) <> (v.needs is not null)
        or (instr(v.flags, 'k') > 0) <> (v.violations is not null)"""
    assert one(small, one_each) == 0
    strange = """select count(*) from screenings s join persons p on p.id = s.person_id
        where p.household_id <> s.household_id or s.symptoms_since > s.day or s.arrived_on > s.day"""
    assert one(small, strange) == 0
    cool = "select count(*) from screenings where symptoms like '%fever%' and ifnull(temperature, 0) < 37.5"
    assert one(small, cool) == 0
    assert one(small, "select count(*) from screenings") > 300
    assert {"79", "74"} <= {line["p"] for line in rows(small, "select distinct from_province as p from screenings")}


def test_what_a_note_tells_the_details_tell(small):
    told = """select v.note, s.symptoms, s.temperature, s.from_province, v.needs from visits v
        left join screenings s using (day, household_id, version) where v.note = ?"""
    fever = rows(small, told, ["Sốt 38 độ, đã báo Trạm Y tế"])
    assert fever and {(line["symptoms"], line["temperature"]) for line in fever} == {('["fever"]', 38.0)}
    home = rows(small, told, ["Cháu ở TP. Hồ Chí Minh về, ở nhà trên"])
    assert home and {line["from_province"] for line in home} == {"79"}
    rice = rows(small, told, ["Xin hỗ trợ gạo"])
    assert rice and {line["needs"] for line in rice} == {'["food"]'}


def test_entry_hours_have_their_peak_before_fourteen(small):
    hours = Counter(
        clock.local(line["at"]).hour
        for line in rows(small, "select recorded_at as at from visits where day = ?", [CALENDAR[-2]])
    )
    assert max(hours, key=hours.get) == 13 and {8, 9, 10, 11, 12, 17, 18} <= set(hours)


# This hour


def test_at_noon_a_good_part_of_the_day_is_entered(one_day):
    today = rows(one_day, "select sum(seen) as seen, sum(due) as due from team_day where day = ?", [world.DAY])[0]
    assert 0.2 < today["seen"] / today["due"] < 0.6


def test_late_in_the_evening_nearly_all_is_entered_and_another_seed_gives_other_people(tmp_path, one_day):
    now = datetime(2021, 8, 16, 23, 0, tzinfo=clock.ZONE).astimezone(UTC)
    db = build(tmp_path, now=now, days=1, seed=2)
    heads = "select head_name from households order by id"
    assert rows(db, heads) != rows(one_day, heads)
    today = rows(db, "select sum(seen) as seen, sum(due) as due from team_day where day = ?", [world.DAY])[0]
    assert 0.85 <= today["seen"] / today["due"] <= 0.95
    assert one(db, "select max(recorded_at) from visits") <= clock.stamp(now)
    assert rollup.differences(db, world.DAY) == []
    db.close()


# Sign-ins, repetition, refusal


def test_every_role_can_be_tried_from_the_sign_in_page(small):
    assert {line["role"] for line in province.sign_ins(small)} == set(access.ROLES)
    for line in rows(small, "select id from accounts"):
        assert access.user(small, line["id"], world.DAY) is not None


def test_leader_and_member_are_people_of_one_team(small):
    leader, other = (access.user(small, _account(small, name), world.DAY) for name in ("totruong", "tovien"))
    assert leader.team_id == other.team_id and leader.area_code == province_plan.STAGE
    name = one(small, "select full_name from members where team_id = ? and role = 'leader'", leader.team_id)
    assert leader.full_name == name
    assert one(small, "select count(*) from assignments where member_id = ?", other.member_id) > 4


def _content(db) -> list:
    return [
        db.conn.execute(f"select * from {table} order by 1, 2").fetchall()
        for table in (
            "areas",
            "teams",
            "members",
            "households",
            "persons",
            "assignments",
            "visits",
            "screenings",
            "accounts",
        )
    ]


def test_the_same_seed_builds_the_same_in_another_process(tmp_path, one_day):
    """Nothing hangs on the order of sets or the hash seed."""
    script = (
        "import sys; from pathlib import Path; from tests.unit import test_demo as t;"
        "t.build(Path(sys.argv[1]), days=1).close()"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": "."},
    )
    other = connect(tmp_path / "demo.db")
    assert _content(other) == _content(one_day)
    other.close()


def test_a_store_in_use_is_refused(db):
    with pytest.raises(Conflict):
        province.build(db, now=world.NOW, password_hash=world.HASH)
    assert one(db, "select count(*) from teams") == len(world.TEAMS)


def test_a_failure_on_the_way_leaves_nothing_and_the_next_try_is_as_a_first(tmp_path, one_day):
    """Though the clock opened the day while the store was empty."""
    db = connect(prepare(tmp_path / "demo.db", now=world.NOW))
    rollup.open_day(db, world.DAY, now=world.NOW)

    def stop(share):
        if share > 0.5:
            raise RuntimeError("the lamp went out")

    with pytest.raises(RuntimeError):
        province.build(db, province.Extent(days=1), now=world.NOW, password_hash=world.HASH, progress=stop)
    assert one(db, "select (select count(*) from accounts) + (select count(*) from households)") == 0
    province.build(db, province.Extent(days=1), now=world.NOW, password_hash=world.HASH)
    assert _content(db) == _content(one_day)
    assert one(db, "select count(*) from team_day") == 188 and rollup.differences(db, world.DAY) == []
    db.close()


def test_one_commune_in_full_an_hour_after_midnight_when_nothing_of_the_day_is_entered(tmp_path):
    now = datetime(2021, 8, 16, 1, 0, tzinfo=clock.ZONE).astimezone(UTC)
    db = build(tmp_path, size="commune", days=2, now=now)
    entered = {line["day"]: line["n"] for line in rows(db, "select day, sum(attempted) as n from team_day group by 1")}
    assert entered[world.DAY] == 0 < entered[world.YESTERDAY]
    assert one(db, "select max(recorded_at) from visits") <= clock.stamp(now)
    assert one(db, "select count(*) from teams") == 140 and one(db, "select count(*) from households") == 3550
    assert one(db, "select count(distinct commune_code) from households") == 1
    assert all(rollup.differences(db, day) == [] for day in CALENDAR[-2:])
    db.close()


def test_a_whole_province_is_planned_to_size():
    from random import Random

    from lib.practice import faults

    random = Random(1)
    plan = province_plan.make(random, "province", 2021)
    faults.add(random, plan, founded="2021-07-20", today=world.DAY)
    assert sum(team.households for team in plan.teams) == 334_000
    assert len(plan.founded) == 13_360 and 540 <= len(plan.hamlets) <= 544
    assert max(team.id for team in plan.founded) == 13_360


def test_details_are_lists_the_screens_know(small):
    from lib.screen import labels

    for column, known in (("vulnerabilities", labels.VULNERABILITIES), ("exposures", labels.EXPOSURES)):
        for line in rows(small, f"select distinct {column} as told from households"):
            assert set(json.loads(line["told"])) <= set(known)
    for column, known in (("needs", labels.NEEDS), ("violations", labels.VIOLATIONS)):
        for line in rows(small, f"select distinct {column} as told from visits where {column} is not null"):
            assert set(json.loads(line["told"])) <= set(known)
    for line in rows(small, "select distinct symptoms as told from screenings"):
        told = json.loads(line["told"])
        assert told == [code for code in labels.SYMPTOMS if code in told]
    for line in rows(small, "select distinct categories as told from members"):
        assert set(json.loads(line["told"])) <= set(labels.CATEGORIES)
    for column, known in (("position", labels.POSITIONS), ("organisation", labels.ORGANISATIONS)):
        assert {line["told"] for line in rows(small, f"select distinct {column} as told from members")} <= {
            None,
            *known,
        }


# Reports


def test_reports_of_the_days_before_were_sent_in_time_late_or_never(small):
    sent = rows(
        small,
        """select a.level, count(*) as n, sum(e.late_minutes = 0) as in_time from report_events e
           join areas a on a.code = e.area_code where e.deed = 'submit' and e.day < ? group by 1""",
        [world.DAY],
    )
    due = {"commune": 94 * 13, "district": 9 * 13}
    assert {line["level"]: line["n"] for line in sent} | due == due | {"province": 13}, "the province's own came daily"
    for line in (line for line in sent if line["level"] in due):
        assert 0.85 < line["n"] / due[line["level"]] < 1 and line["in_time"] < line["n"]
    assert not one(small, "select 1 from report_events where at > ?", clock.stamp(world.NOW))
    assert one(small, "select count(*) from officers where duty = 'accountable'") == 94 + 9


def test_f0_f1_and_f2_are_entered_and_add_up_since_april(small):
    """They were in a few reports only, without anything that came before the program."""
    yesterday = clock.plus(world.DAY, -1)
    area = {"code": province_plan.PROVINCE, "level": "province"}
    below = [{"code": code, "level": "district"} for code in places(small, "district")]
    found = entered_values.as_entered(small, area, below, yesterday)["units"]
    own, districts = found.pop(province_plan.PROVINCE), [unit for unit in found.values() if unit]
    assert len(districts) >= 7 and {"cases_new", "contacts_f1", "contacts_f2"} <= set(own)
    assert own["cases_new"]["cumulative"] > own["cases_new"]["value"] * 13, "with what came before"
    assert own["relief"]["value"] == sum(unit["relief"]["value"] for unit in districts), "the sum of those that sent"
    communes = [{"code": code, "level": "commune"} for code in places(small, "commune")]
    told = entered_values.as_entered(small, area, communes, yesterday)["units"]
    del told[province_plan.PROVINCE]
    assert own["contacts_f2"]["value"] >= sum(unit["contacts_f2"]["value"] for unit in told.values() if unit)
    assert list(checks.unasked(small)) == []


def places(db, level):
    return [
        code
        for (code,) in db.conn.execute(
            "select code from areas where level = ? and code in (select area_code from officers)", [level]
        )
    ]


def test_numbers_of_the_sheets_that_are_begun_stand(small):
    for day in CALENDAR[-2:]:
        begun = one(small, "select count(*) from team_day where day = ? and attempted > 0", day)
        assert begun and begun == one(small, "select count(*) from sheet_numbers where day = ?", day)
    assert not list(checks.sheets(small))
