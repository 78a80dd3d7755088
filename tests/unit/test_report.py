"""What a report says: numbers of the freeze, totals of who reported, nothing carried over, nobody's business leaked."""

import itertools
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import clock
from lib.core.errors import NotFound, Refused
from lib.exchange.documents import report_message
from lib.oversight.figures import figures, units
from lib.oversight.report_template import indicators, versions
from lib.oversight.reports import acts, addenda, commune_counts, context, drafts, live_counts, missing, snapshots
from lib.oversight.reports import content as report
from lib.oversight.reports.addenda import Correction
from lib.oversight.reports.entered_values import says_nothing
from lib.oversight.reports.figures import Figures
from tests import world
from tests.conftest import examples
from tests.table import tabled

DAY, YESTERDAY, NOON = world.DAY, world.YESTERDAY, world.NOW
TEAM_OF = {"25456": range(1, 49), "25459": range(49, 73), "25654": range(73, 97)}  # households of each commune


def at(hour: str, day: str = DAY):
    return clock.instant(clock.at(day, hour[:5])) + timedelta(seconds=int(hour[6:] or 0))


def visit(db, households, hour="11:00", outcome="met", day=DAY):
    db.conn.executemany(
        """insert into visits (day, household_id, outcome, persons, recorded_by, recorded_at)
           values (?, ?, ?, 4, 3, ?)""",
        [(day, number, outcome, clock.at(day, hour)) for number in households],
    )


def freeze(db, kind="district", day=DAY, hour="23:50"):
    """As a machine does that was off: the day's last entries stand in the store already."""
    assert snapshots.freeze(db, day, kind, now=at(hour))


def content(db, code, user=None, now=NOON, **more):
    opened = context.read(db, user, code, more.pop("day", DAY), now=now)
    figures = Figures(db, opened, **{name: more.pop(name) for name in ("known", "earlier") if name in more})
    return report.content(db, opened, figures, **more)


def counts(db, code, now=NOON, day=DAY):
    return live_counts.counts(db, units.area(db, code, None), day, clock.stamp(now))


def line(said: dict, code: str) -> dict:
    return next(line for block in said["blocks"] for line in block["lines"] if line["code"] == code)


def send(db, user, code, hour="13:40", manual=None, **words):
    told = {"narratives": {"difficulties": "Không"} | words, "manual": manual or {}}
    version = drafts.keep(
        db, user, code, DAY, drafts.ReportDraft(told, drafts.read(db, code, DAY)["version"]), now=at(hour)
    )
    acts.submit(db, user, code, DAY, draft_version=version, now=at(hour))


def test_before_the_freeze_it_says_what_is_entered_so_far(db):
    visit(db, range(1, 13))
    said = content(db, "25456")
    assert (said["frozen_at"], line(said, "seen")["value"], line(said, "due")["value"]) == (None, 12, 48)
    assert (line(said, "coverage")["part"], line(said, "coverage")["whole"]) == (12, 48)
    visit(db, range(13, 15))
    assert line(content(db, "25456"), "seen")["value"] == 14


def test_a_commune_does_not_count_how_many_communes_it_is(db):
    visit(db, range(1, 13))
    for code, counted in (("25456", set()), ("703", {"communes_reporting", "communes_below"})):
        for kind in (None, "health"):
            lines = [line["function"] for block in content(db, code, kind=kind)["blocks"] for line in block["lines"]]
            assert {line for line in lines if line.startswith("communes_")} == counted and "seen" in lines


@pytest.mark.parametrize(("hour", "frozen"), [("13:59:59", 1), ("14:00:00", 1), ("14:00:01", 0)])
def test_the_frozen_number_stands_and_the_final_one_goes_on(db, hour, frozen):
    db.conn.execute(
        """insert into visits (day, household_id, outcome, persons, recorded_by, recorded_at)
           values (?, 1, 'met', 4, 3, ?)""",
        [DAY, clock.stamp(at(hour))],
    )
    visit(db, [2, 3], "14:30")
    visit(db, [4], "09:00", "absent")  # the commune has reported in any case
    freeze(db)
    later = at("16:00:00")
    assert line(content(db, "25456", now=later), "seen")["value"] == frozen
    known = counts(db, "25456", later)
    assert indicators.value("seen", known["25456"]) == 3
    [since] = live_counts.since(db, units.area(db, "703", None), DAY, after=clock.at(DAY, "14:00"))
    assert (since["code"], since["n"]) == ("25456", 3 - frozen)


def test_what_stands_beside_the_frozen_number_knows_only_the_area_asked_for(db):
    visit(db, [1, 50, 80])
    counted = counts(db, "703")
    assert set(counted) == {"703", "25456", "25459"}
    assert set(counts(db, "25456")) == {"25456"}
    assert set(counts(db, "72")) == {"72", "703", "710", "25456", "25459", "25654"}


@pytest.mark.parametrize("code", ["25456", "703", "72"])
def test_what_was_counted_already_is_counted_once(db, code, monkeypatch):
    visit(db, [1, 50, 80])
    known = (clock.stamp(NOON), counts(db, code))
    then = clock.at(YESTERDAY, "12:00")
    earlier = (then, counts(db, code, clock.instant(then), YESTERDAY))
    told = content(db, code)
    monkeypatch.setattr(commune_counts, "of_communes", lambda *args, **more: pytest.fail("counted again"))
    assert content(db, code, known=known, earlier=earlier) == told


def test_what_was_counted_after_the_cut_off_is_no_figure_of_it(db):
    visit(db, [1])
    visit(db, [2], "14:30")
    later = at("14:31")
    known = (clock.stamp(later), counts(db, "703", later))
    told = content(db, "703", now=later, known=known)
    assert told["as_of"] == clock.at(DAY, "14:00") and line(told, "seen")["value"] == 1


def test_a_district_counts_the_communes_with_entries(db):
    visit(db, range(1, 11))
    said = content(db, "703")
    assert (said["reported_units"], said["asked_units"]) == (1, 2)
    silent = next(unit for unit in said["units"] if unit["code"] == "25459")
    assert not silent["reported"] and silent["values"]["seen"] is silent["values"]["coverage"] is None
    assert silent["values"]["households"] == 24, "its households are known without an entry"
    assert line(said, "seen")["value"] == 10
    for name in ("households", "due", "teams"):
        assert line(said, name)["value"] == sum(unit["values"][name] for unit in said["units"]), name


def test_one_figure_for_the_province_whoever_has_sent(as_, db):
    """Two figures of 15:00 for one province: a district that did not send vanished from the report with its teams."""
    visit(db, range(1, 95), day=YESTERDAY)
    freeze(db, day=YESTERDAY, hour="12:00")
    freeze(db, "province", day=YESTERDAY, hour="12:00")
    visit(db, [*range(1, 11), *range(73, 80)])
    own, dung = as_("dung")
    nobody = content(db, "72")
    assert (nobody["sent_units"], nobody["reported_units"], line(nobody, "seen")["value"]) == (0, 2, 17)
    send(own, dung, "703")
    freeze(db)
    freeze(db, "province")
    said = content(db, "72", now=at("15:05:00"))
    assert (said["sent_units"], said["reported_units"], said["asked_units"]) == (1, 2, 2)
    board = {figure["code"]: figure for figure in figures.figures(db, "72", DAY)}
    for name in ("teams", "households", "due", "seen"):
        assert line(said, name)["value"] == said["total"][name] == board["72"][name], name
        assert said["total"][name] == sum(unit["values"][name] for unit in said["units"]), name
    assert line(said, "coverage")["value"] == board["72"]["coverage"]
    silent = next(unit for unit in said["units"] if unit["code"] == "710")
    assert (silent["sent"], silent["reported"], silent["state"], silent["values"]["seen"]) == (
        False,
        True,
        "missing",
        7,
    )
    assert (silent["before"]["seen"], line(said, "seen")["before"]) == (22, 94)
    assert line(content(db, "72", kind="health", now=at("15:05:00")), "seen")["value"] == 17


@pytest.mark.parametrize(
    ("hour", "sent", "state"),
    [("13:59", True, "on_time"), ("14:00", True, "on_time"), ("14:12", True, "late"), ("15:01", False, "late")],
)
def test_a_district_that_sends_late_is_late_and_counted_all_the_same(as_, db, hour, sent, state):
    visit(db, range(1, 11))
    send(*as_("dung"), "703", hour)
    freeze(db)
    freeze(db, "province")
    said = content(db, "72", now=at("16:00:00"))
    unit = next(unit for unit in said["units"] if unit["code"] == "703")
    assert (unit["sent"], unit["state"], line(said, "seen")["value"]) == (sent, state, 10)
    assert unit["late_minutes"] == max(0, int(hour[:2]) * 60 + int(hour[3:]) - 840)


def test_a_draft_compares_with_the_same_minute_of_the_day_before(db):
    """At 13:31 it said "giảm 35,6 điểm" against yesterday's 14:00 while the board said −9,8."""
    visit(db, range(1, 21), "13:31", day=YESTERDAY)
    visit(db, range(21, 41), "13:32", day=YESTERDAY)
    freeze(db, day=YESTERDAY)
    visit(db, range(1, 16), "13:00")
    said = content(db, "25456", now=at("13:31:40"))
    assert (line(said, "seen")["before"], said["before_at"]) == (20, clock.at(YESTERDAY, "13:31"))
    freeze(db)
    said = content(db, "25456", now=at("14:10:00"))
    assert (line(said, "seen")["before"], said["before_at"]) == (40, clock.at(YESTERDAY, "14:00"))


def test_a_day_without_cases_says_nought_and_not_nothing(db):
    visit(db, range(1, 49))
    freeze(db)
    said = content(db, "25456", now=at("14:05:00"))
    for code in ("symptomatic", "arrivals", "households_violating", "households_needing"):
        assert (line(said, code)["value"], line(said, code)["cumulative"]) == (0, 0), code
    assert line(said, "coverage")["value"] == 1
    assert line(said, "cases_new")["value"] is None, "what the unit enters itself is not reported until it is"


def test_who_entered_nothing_is_not_reported_rather_than_nought(db):
    said = content(db, "25654")
    assert [line(said, code)["value"] for code in ("seen", "coverage", "symptomatic")] == [None] * 3
    assert line(said, "due")["value"] == 24


def test_what_happened_adds_up_over_the_days_and_what_stands_does_not(db):
    visit(db, range(1, 6), day=YESTERDAY)
    freeze(db, day=YESTERDAY)
    visit(db, range(1, 4))
    said = content(db, "25456")
    assert (line(said, "seen")["before"], line(said, "seen")["cumulative"]) == (5, 8)
    assert line(said, "households")["cumulative"] is None


def test_entered_numbers_of_the_units_below_are_offered_and_never_taken_by_themselves(as_, db):
    own, binh = as_("binh")
    assert line(content(db, "703"), "relief")["below"] is None
    send(own, binh, "25456", manual={"relief": {"value": 45, "reason": "theo Mặt trận"}}, proposals="Cấp test nhanh")
    said = content(db, "703")
    assert line(said, "relief")["below"] == {"value": 45, "units": ["25456"], "of": 2}
    assert line(said, "relief")["value"] is None
    assert said["themes"] == [{"theme": "proposals", "units": ["Phường 1"], "text": "Cấp test nhanh"}]


def test_a_draft_is_its_own_units_business(as_, db):
    own, binh = as_("binh")
    told = {"narratives": {"leadership": "Bản nháp"}, "manual": {}}
    drafts.keep(own, binh, "25456", DAY, drafts.ReportDraft(told, 0), now=NOON)
    assert content(own, "25456", binh)["narratives"] == {"leadership": "Bản nháp"}
    above, dung = as_("dung")
    assert content(above, "25456", dung)["narratives"] == {}
    send(own, binh, "25456", leadership="Bản gửi")
    assert content(above, "25456", dung)["narratives"]["leadership"] == "Bản gửi"


def entry(value, *units):
    return {"value": value, "reason": "Trạm Y tế"} | ({"units": list(units)} if units else {})


def test_a_sum_of_some_units_says_so_and_compares_the_same_units_only(as_, db):
    """ "F1 44 (−90)" came from 3 of 12 communes against all 12 of the day before."""
    own, dung = as_("dung")
    db.conn.execute("update areas set parent_code = '703' where code = '25654'")
    day_before = [("25456", 20), ("25459", 60), ("25654", 30)]
    for code, value in day_before:
        told(db, code, YESTERDAY, {"contacts_f1": entry(value)})
    told(db, "703", YESTERDAY, {"contacts_f1": entry(110, "25456", "25459", "25654")})
    told(db, "25456", DAY, {"contacts_f1": entry(25)})
    below = line(content(db, "703"), "contacts_f1")["below"]
    assert below == {"value": 25, "units": ["25456"], "of": 3}
    draft = {"narratives": {"difficulties": "Không"}, "manual": {"contacts_f1": entry(25, *below["units"])}}
    drafts.keep(own, dung, "703", DAY, drafts.ReportDraft(draft, 0), now=NOON)
    said = line(content(db, "703"), "contacts_f1")
    assert (said["value"], said["units"], said["of"], said["news"]) == (25, ["25456"], 3, None)
    assert (said["comparable"], said["before"], said["over"]) == (25, 20, 1), "+5, and not −85"
    told(db, "25459", DAY, {"contacts_f1": entry(64)})
    assert line(content(db, "703"), "contacts_f1")["news"] == {"units": ["25459"], "change": 64}
    told(db, "25654", DAY, {"contacts_f1": entry(30)})
    full = draft | {"manual": {"contacts_f1": entry(119, "25456", "25459", "25654")}}
    drafts.keep(own, dung, "703", DAY, drafts.ReportDraft(full, 1), now=NOON)
    said = line(content(db, "703"), "contacts_f1")
    assert (said["comparable"], said["before"], said["over"]) == (119, 110, None)


def told(db, code, day, manual):
    """A report that was sent, as the store keeps it."""
    words = json.dumps({"narratives": {"difficulties": "Không"}, "manual": manual})
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, content)
           values (?, ?, 'submit', ?, 3, 1, ?)""",
        [day, code, clock.at(day, "13:30"), words],
    )


def test_what_is_returned_or_recalled_is_in_no_sum(as_, db):
    visit(db, range(1, 11))
    (own, binh), (above, dung) = as_("binh"), as_("dung")
    send(own, binh, "25456", "13:20", manual={"relief": {"value": 45, "reason": "Mặt trận"}}, proposals="Cấp test")
    assert line(content(db, "703"), "relief")["below"]["value"] == 45
    acts.recall(own, binh, "25456", DAY, now=at("13:25:00"))
    for state, hour in (("recalled", "13:30"), ("returned", "13:55")):
        said = content(db, "703")
        unit = next(unit for unit in said["units"] if unit["code"] == "25456")
        assert (unit["state"], unit["sent"], unit["reported"], said["sent_units"]) == (state, False, True, 0)
        assert line(said, "relief")["below"] is None and said["themes"] == [] and line(said, "seen")["value"] == 10
        send(own, binh, "25456", hour, manual={"relief": {"value": 46, "reason": "Mặt trận"}})
        assert line(content(db, "703"), "relief")["below"]["value"] == 46
        acts.send_back(above, dung, "25456", DAY, reason="Sai", now=at("13:50:00"))


def test_an_addendum_starts_from_the_body_and_the_body_carries_it(as_, db):
    """Addenda started from another base than the report they corrected, and contradicted its body."""
    visit(db, [*range(1, 11), *range(73, 80)])
    own, mai = as_("mai")
    send(own, mai, "72", "14:50", manual={"cases_new": {"value": 2, "reason": "CDC"}}, proposals="Cấp test")
    freeze(db)
    freeze(db, "province")
    later = at("15:40:00")
    body = {each["code"]: each["value"] for block in content(db, "72", now=later)["blocks"] for each in block["lines"]}
    shown = addenda.shown(db, context.read(db, None, "72", DAY, now=NOON))
    assert {code: shown[code] for code in body} == body
    changes, words = {"seen": 20, "cases_new": 5}, {"proposals": "Cấp 2.000 test nhanh"}
    addenda.correct(own, mai, "72", DAY, Correction(changes, "Sót 03 hộ", words), now=later)
    said = content(db, "72", now=later)
    assert [(told["code"], told["was"], told["now"], told["number"]) for told in said["corrections"]] == [
        ("seen", 17, 20, 1),
        ("cases_new", 2, 5, 1),
    ]
    assert line(said, "seen")["value"] == 17, "what was frozen stays"
    right = said["corrected"]
    due = line(said, "due")["value"]
    assert (right["seen"]["value"], right["cases_new"]["value"]) == (20, 5)
    assert (right["coverage"]["part"], right["coverage"]["whole"], right["coverage"]["value"]) == (20, due, 20 / due)
    assert right["reach"]["part"] == 20 and set(right) == {"seen", "cases_new", "coverage", "reach"}
    assert said["corrected_words"] == {"proposals": {"text": "Cấp 2.000 test nhanh", "number": 1}}
    assert (
        addenda.shown(db, context.read(db, None, "72", DAY, now=NOON))["seen"],
        addenda.narratives(db, "72", DAY)["proposals"],
    ) == (20, "Cấp 2.000 test nhanh")
    addenda.correct(own, mai, "72", DAY, Correction({"seen": 21}, "Sót 01 hộ"), now=later)
    assert content(db, "72", now=later)["corrected"]["seen"] == {"value": 21, "part": 21, "whole": None, "number": 2}


def test_the_day_after_compares_with_the_corrected_number(as_, db):
    told(db, "25456", YESTERDAY, {"cases_new": entry(3)})
    own, binh = as_("binh")
    late = clock.instant(clock.at(YESTERDAY, "16:00"))
    addenda.correct(own, binh, "25456", YESTERDAY, Correction({"cases_new": 5}, "Sót"), now=late)
    told(db, "25456", DAY, {"cases_new": entry(6)})
    assert line(content(db, "25456", binh), "cases_new")["before"] == 5


@tabled(
    ("words", "nothing"),
    [
        ("Không", True),
        ("không.", True),
        ("KHÔNG CÓ", True),
        ("- Không có khó khăn, vướng mắc.", True),
        ("ko", True),
        ("Không có đề xuất, kiến nghị gì thêm", True),
        ("", False),
        ("Không có nhiệt kế", False),
        ("Thiếu test; không có khó khăn khác", False),
        ("Khó khăn", False),
    ],
)
def test_a_no_is_known_in_all_its_wordings(words, nothing):
    assert says_nothing(words) == nothing


def test_old_reports_keep_the_form_they_were_frozen_with(as_, db):
    visit(db, [1])
    freeze(db)
    own, mai = as_("mai")
    edited = [each | {"name_vi": "Hộ đã thăm"} if each["code"] == "seen" else each for each in versions.lines(db)]
    versions.edit(own, mai, versions.FormEdit(edited, versions.current(db), "Đổi tên"), now=at("16:00:00"))
    said = content(db, "25456", now=at("16:00:00"))
    assert (said["template"], line(said, "seen")["name_vi"]) == (1, "Hộ đã gặp")


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("chi", "25456"),
        ("chi", "703"),
        ("binh", "25459"),
        ("binh", "703"),
        ("dung", "710"),
        ("dung", "72"),
        ("thu", "72"),
        ("thu", "99999"),
    ],
)
def test_a_report_outside_the_own_area_is_not_found(as_, who, code):
    db, user = as_(who)
    with pytest.raises(NotFound):
        content(db, code, user)


@pytest.mark.parametrize("who", ["an", "lan", "son", "quan"])
def test_who_has_no_part_in_reports_is_refused(as_, who):
    db, user = as_(who)
    with pytest.raises(Refused):
        content(db, "25456", user)


def test_an_extract_is_of_the_units_asked_for(db):
    visit(db, [*range(1, 11), *range(49, 52)])
    said = content(db, "703", only=["25459"])
    assert [unit["code"] for unit in said["units"]] == ["25459"] and said["total"]["seen"] == 3


# What is missing


def test_the_rehearsal_names_whoever_owes_something(as_, db):
    visit(db, range(1, 11))
    own, binh = as_("binh")
    send(own, binh, "25456")
    known = counts(db, "703")
    [owing] = missing.below(content(db, "703"), known)
    assert (owing["code"], owing["lacks"], owing["silent"]) == ("25459", ["entries", "report"], 1)
    above, dung = as_("dung")
    acts.send_back(above, dung, "25456", DAY, reason="Sai", now=at("13:50:00"))
    told = {each["code"]: each["lacks"] for each in missing.below(content(db, "703"), known)}
    assert told == {"25456": ["returned"], "25459": ["entries", "report"]}


def test_silent_teams_are_those_of_the_own_commune(as_, db):
    visit(db, [1])
    own, binh = as_("binh")
    [team] = missing.teams(own, binh, "25456", DAY)
    assert (team["id"], team["leader"], team["phone"]) == (2, "Mai Văn Hai", "0912000004")
    assert missing.teams(own, binh, "25654", DAY) == []
    with pytest.raises(Refused):
        missing.teams(*as_("an"), "25456", DAY)


def test_words_and_numbers_that_are_empty(as_, db):
    said = content(db, "25456")
    assert missing.words(said) == ["difficulties"]
    assert "relief" in [each["code"] for each in missing.numbers(said)]
    send(*as_("binh"), "25456", manual={"relief": {"value": 0, "reason": "Trạm"}})
    said = content(db, "25456")
    assert missing.words(said) == []
    assert "relief" not in [each["code"] for each in missing.numbers(said)], "nought is a number"


def test_the_ready_text_is_polite_and_complete():
    officer = {"full_name": "Phạm Văn Tư"}
    unit = {"kind": "Xã", "name": "Thanh Phước", "level": "commune", "lacks": ["entries"], "silent": 1, "asked": 1}
    assert report_message.of_unit(unit | {"officer": officer}, DAY, now=at("13:32:00")) == (
        "Kính gửi đồng chí Phạm Văn Tư: đến 13 giờ 32, xã Thanh Phước chưa có số liệu thăm hộ ngày 16/8/2021."
        " Đề nghị hoàn thành trước 13 giờ 45. Trân trọng."
    )
    nobody = report_message.of_unit(unit | {"officer": None, "lacks": ["entries", "report"]}, DAY, now=NOON)
    assert nobody.startswith("Kính gửi lãnh đạo xã Thanh Phước: đến 12 giờ 00,")
    assert "chưa có số liệu thăm hộ ngày 16/8/2021, chưa gửi báo cáo ngày." in nobody
    district = unit | {"kind": "Huyện", "level": "district", "lacks": ["report"], "silent": 3, "officer": None}
    told = report_message.of_all([unit | {"officer": None}, district], DAY, now=NOON).splitlines()
    assert told[2].startswith("- Huyện Thanh Phước: còn 03 đơn vị cấp xã chưa có số liệu")
    many = report_message.of_all([unit | {"officer": None}] * 20, DAY, now=NOON)
    assert "và 8 đơn vị khác" in many
    assert "tổ trưởng" not in report_message.of_team({"name": "Tổ 1", "leader": None}, DAY, now=NOON)


def test_after_the_hour_the_text_asks_for_it_at_once():
    unit = {"kind": "Xã", "name": "Tân Phú", "level": "commune", "lacks": ["report"], "silent": 0, "officer": None}
    assert "Đề nghị thực hiện ngay" in report_message.of_unit(unit, DAY, now=at("13:46:00"))
    assert "ngay" in report_message.of_all([unit], DAY, now=at("13:46:00"))


# Sums


counts_of = st.fixed_dictionaries(
    {name: st.integers(0, 5000) for name in commune_counts._MORE}
    | {
        name: st.integers(0, 5000)
        for name in (
            "teams",
            "households",
            "assigned",
            "housed",
            "excluded",
            "seen_met",
            "seen_phone",
            "absent",
            "refused",
            "seen_on_time",
            "persons_seen",
            "hamlets_without_team",
            "communes_below",
        )
    }
)


@examples(60)
@given(st.lists(counts_of, min_size=1, max_size=9))
def test_totals_are_the_sums_of_all_units(drawn):
    told = [
        sums | {"communes": 1, "communes_reporting": 1, "communes_asked": 1, "last_entry_at": None} for sums in drawn
    ]
    counted = commune_counts.total(told)
    for function, indicator in indicators.FUNCTIONS.items():
        parts = [indicators.fraction(function, sums) for sums in told]
        part, whole = indicators.fraction(function, counted)
        assert part == sum(each[0] for each in parts), function
        if indicator.whole is not None:
            assert whole == sum(each[1] for each in parts), function


@pytest.mark.parametrize("codes", list(itertools.combinations(("25456", "25459"), 1)) + [("25456", "25459")])
def test_the_total_on_the_page_adds_up_from_its_rows(db, codes):
    for code in codes:
        visit(db, list(TEAM_OF[code])[:7])
    said = content(db, "703")
    for indicator in ("teams", "households", "due", "seen"):
        rows = [unit["values"][indicator] for unit in said["units"] if unit["reported"]]
        if indicator == "seen":
            assert said["total"][indicator] == sum(rows) == 7 * len(codes)
    assert said["reported_units"] == len(codes)
