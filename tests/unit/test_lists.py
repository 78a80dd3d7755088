"""Units without lists are expected and missing; what is expected stands beside what is on the lists."""

import io
import json
from datetime import timedelta

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import clock, rollup
from lib.core.database import rows
from lib.exchange.documents import decision_letter, decision_rows, report_files, report_lists, report_message
from lib.operations import clockwork
from lib.operations.command_line import main
from lib.oversight.figures import explanation, figures, list_completeness, units
from lib.oversight.report_template import indicators
from lib.oversight.reports import content as report
from lib.oversight.reports import context, live_counts, snapshots
from lib.oversight.reports import missing as report_missing
from lib.oversight.work import worklist
from lib.register import size_rules
from lib.register.areas import expected_shares
from lib.register.teams import rule_warnings
from tests import alone, edits, world

DAY = world.DAY
LATER = clock.instant(clock.at(DAY, "15:00")) + timedelta(minutes=20)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    file = tmp_path_factory.mktemp("alone") / "alone.db"
    alone.build(file)
    return file


def figure(db, code):
    return figures.of_units(db, units.compared(db, code, DAY, None), DAY, before={})[0]


def content(db, code, kind=None, now=world.NOW):
    return report.content(db, context.read(db, None, code, DAY, now=now), kind=kind)


# One commune of 94


def test_one_commune_of_many_is_one_of_all_official_units(db):
    edits.visit(db, 1, "met")
    area, *below = figures.of_units(db, units.compared(db, "72", DAY, None), DAY, before={})
    assert (area["communes"], area["communes_listed"]) == (94, 1)
    assert explanation.reporting(below) == {"reporting": 1, "asked": 9}
    city, *communes = figures.of_units(db, units.compared(db, "703", DAY, None), DAY, before={})
    assert explanation.reporting(communes) == {"reporting": 1, "asked": 10}
    assert [unit["code"] for unit in communes if unit["listed"]] == [alone.LISTED]
    assert city["communes"] == 10


def test_figures_of_the_command_line_tell_what_is_missing(store, db, capsys):
    alone.expect(db, c25456=30, p72=3_000)
    assert main(["figures", "--area", "72", "--day", DAY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    area = told["area"]
    assert {name: area[name] for name in ("communes", "communes_listed", "expected_households", "registered")} == {
        "communes": 94,
        "communes_listed": 1,
        "expected_households": 3_000,
        "registered": 24,
    }
    assert area["registered_share"] == 24 / 3_000 and area["unregistered"] == 2_976
    assert area["communes_estimated"] == 93 and area["communes_expected"] == 94
    assert sum(unit["communes"] for unit in told["children"]) == 94
    assert main(["figures", "--area", "72", "--day", DAY]) == 0


DOCUMENTS = [
    ("72", "province"),
    ("72", "health"),
    ("703", "district"),
    ("710", "district"),
    ("25456", "commune"),
    ("25654", "commune"),
]
ALL_WELL = ("đều đã có tổ", "không có hộ phải thăm", "không phát hiện trường hợp")


def texts(db, code, kind) -> dict[str, str]:
    """The words of each form of a report."""
    told = {}
    for form in report_files.FORMS:
        data = report_files.document(db, None, report_files.ReportFile(kind, code, DAY, form), now=LATER)
        if form == "docx":
            document = docx.Document(io.BytesIO(data))
            told[form] = " ".join(paragraph.text for paragraph in document.paragraphs)
        elif form == "pdf":
            pages = pypdfium2.PdfDocument(data)
            told[form] = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
        else:
            sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
            told[form] = " ".join(str(cell.value) for sheet in sheets for line in sheet.iter_rows() for cell in line)
    return told


@pytest.mark.parametrize(("code", "kind"), DOCUMENTS)
def test_no_document_says_all_is_well_while_a_commune_has_no_lists(db, code, kind):
    edits.visit(db, 1, "met")
    alone.expect(db, c25456=30, c25654=900)
    clockwork.freeze(db, now=LATER)
    for form, words in texts(db, code, kind).items():
        assert not [said for said in ALL_WELL if said in words], form
        lacking = {
            "72": "Còn 93/94 xã, phường, thị trấn chưa có danh sách hộ gia đình",
            "703": "Còn 9/10 xã, phường chưa có danh sách hộ gia đình (",
            "710": "Còn 9/9 xã, thị trấn chưa có danh sách hộ gia đình (",
            "25654": "Đơn vị chưa có danh sách hộ gia đình.",
            "25456": "Đã lập danh sách 24/30 hộ dự kiến; còn 06 hộ chưa lập danh sách.",
        }[code]
        assert lacking in words, (form, words[:600])


def test_what_is_missing_stands_before_every_figure_of_the_document(db):
    edits.visit(db, 1, "met")
    clockwork.freeze(db, now=LATER)
    told = texts(db, "703", "district")["docx"]
    assert told.index("chưa có danh sách hộ gia đình") < told.index("Tổ Covid cộng đồng đang hoạt động")
    assert "chưa có danh sách" in texts(db, "703", "district")["xlsx"]


def test_a_complete_province_still_says_so_and_nothing_of_lists(tmp_path):
    from lib.core.database import connect

    file = tmp_path / "whole.db"
    world.build(file)
    whole = connect(file)
    for household in (1, 49, 73):
        edits.visit(whole, household, "met")
    clockwork.freeze(whole, now=LATER)
    told = texts(whole, "703", "district")["docx"]
    assert "Các khu phố đều đã có tổ." in told and "danh sách hộ" not in told
    assert report_lists.sentences(content(whole, "703", now=LATER)) == []
    whole.close()


def test_the_message_asks_for_the_lists_first(db):
    edits.visit(db, 1, "met")
    counts = live_counts.counts(db, units.area(db, "72", None), DAY, clock.stamp(world.NOW))
    missing = {unit["code"]: unit for unit in report_missing.below(content(db, "72"), counts)}
    assert len(missing) == 9
    assert (missing["710"]["lacks"][0], missing["703"]["unlisted"]) == (report_missing.LISTS, 9)
    told = report_message.of_unit(missing["710"], DAY, now=world.NOW)
    assert "huyện Gò Dầu chưa có danh sách hộ gia đình" in told
    told = report_message.of_unit(missing["703"], DAY, now=world.NOW)
    assert "còn 09 đơn vị cấp xã chưa có danh sách hộ gia đình" in told


def test_levels_above_find_communes_without_lists_among_what_is_left_to_do(as_):
    for name, n in (("mai", 93), ("dung", 9), ("thu", 9)):
        found = {task.of: task for task in worklist.tasks(*as_(name), DAY, now=world.NOW)}
        assert found["unlisted"].n == n and found["unlisted"].room == "gaps"


# Households, hamlets and teams that fall short


def test_a_commune_below_its_expected_households_is_short_until_nine_in_ten(db):
    for number, short in ((26, 0), (27, 1), (24, 0), (20, 0)):
        db.conn.execute("delete from expected_households")
        alone.expect(db, c25456=number)
        counts = list_completeness.standing(db, None, alone.LISTED, DAY)
        assert (counts["communes_short"], list_completeness.unregistered(counts)) == (short, max(0, number - 24)), (
            number
        )
        assert list_completeness.complete(counts) == (not short)


def test_the_province_sets_what_counts_as_short(as_, db):
    alone.expect(db, c25456=26)
    bound, mai = as_("mai")
    size_rules.save(bound, mai, {"registered_min": "95"}, now=world.NOW)
    assert list_completeness.standing(db, None, alone.LISTED, DAY)["communes_short"] == 1


def test_more_than_expected_in_one_commune_makes_up_for_no_other(db):
    alone.expect(db, c25456=10, c25459=14)
    counts = list_completeness.standing(db, None, "703", DAY)
    assert (counts["registered"], counts["expected_households"], list_completeness.unregistered(counts)) == (24, 24, 14)
    assert not list_completeness.complete(counts)


def test_a_clerk_is_told_of_expected_households_that_are_missing(as_, db):
    alone.expect(db, c25456=40)
    found = [task for task in worklist.tasks(*as_("binh"), DAY, now=world.NOW) if task.n == 16]
    assert [task.room for task in found] == ["households"]


def test_a_team_without_households_is_told_to_get_some_not_to_give_some_away(as_, db):
    db.conn.execute(
        """insert into teams (id, commune_code, hamlet_code, name, name_folded, name_sort, model, from_day)
           values (2, '25456', '2545601', 'Tổ mới', 'to moi', 'to moi', 'hamlet', ?)""",
        [world.FOUNDED],
    )
    rollup.recount(db, teams={2}, hamlets={"2545601"}, since=DAY)
    bound, _binh = as_("binh")
    steps = {w["rule"]: w["step"] for w in rule_warnings.warnings(bound, day=DAY, team_id=2, only=("idle", "load"))}
    assert steps == {"idle": "Assign households to the team."}


def test_a_member_without_households_is_not_thanked_for_finishing(as_, db):
    db.conn.execute("update assignments set member_id = 1 where member_id = 2")
    [task] = worklist.tasks(*as_("an"), DAY, now=world.NOW)
    assert task.say.text.startswith("No household is assigned to you yet")


# Shares


def test_a_district_total_is_shared_by_persons_only_where_all_are_known(db):
    alone.expect(db, c25456=(30, 100), d703=130)
    known = expected_shares.of_communes(db)
    others = [code for code in known if code != alone.LISTED]
    assert len(others) == 9 and {known[code].basis for code in others} == {expected_shares.EQUAL}
    assert sum(known[code].households for code in others) == 100
    for place, code in enumerate(others, start=1):
        db.conn.execute("insert into expected_households values (?, null, ?, 'Công an', ?, 1)", [code, place, DAY])
    known = expected_shares.of_communes(db)
    assert {known[code].basis for code in others} == {expected_shares.PERSONS}
    assert [known[code].households for code in others] == expected_shares.apportioned(100, range(1, 10))


def test_a_total_used_up_below_leaves_the_others_unknown_not_at_nought(db):
    alone.expect(db, c25456=30, d703=30)
    assert set(expected_shares.of_communes(db)) == {alone.LISTED}


AREAS = [{"code": f"{d}{c}", "district": f"d{d}", "province": "p"} for d in range(3) for c in range(4)]
NUMBERS = st.dictionaries(
    st.sampled_from([area["code"] for area in AREAS] + ["d0", "d1", "d2", "p"]),
    st.builds(
        lambda households, persons: {"households": households, "persons": persons},
        st.none() | st.integers(1, 500),
        st.none() | st.integers(1, 2000),
    ),
)


@given(known=NUMBERS)
def test_entered_numbers_stand_and_shares_come_to_what_is_left_of_the_total(known):
    found = expected_shares.shared(AREAS, known)
    own = {code: line["households"] for code, line in known.items() if line["households"] and code[0] not in "dp"}
    assert {code: found[code].households for code in own} == own
    assert all(number.estimated == (code not in own) and number.households > 0 for code, number in found.items())
    for area, total in ((code, line["households"]) for code, line in known.items()):
        if area[0] == "d" and total:
            inside = [place["code"] for place in AREAS if place["district"] == area]
            entered = sum(own.get(code, 0) for code in inside)
            shares = sum(found[code].households for code in inside if code in found and found[code].of == area)
            assert shares == (max(0, total - entered) if len(own.keys() & set(inside)) < len(inside) else 0)


@given(total=st.integers(0, 10_000), weights=st.lists(st.integers(1, 500), min_size=1, max_size=30))
def test_a_total_is_shared_to_the_last_household(total, weights):
    parts = expected_shares.apportioned(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


@given(
    communes=st.lists(st.tuples(st.integers(0, 300), st.none() | st.integers(1, 300)), min_size=1, max_size=12),
    least=st.integers(50, 100),
)
def test_listed_and_unlisted_are_all_official_communes(communes, least):
    made = [
        list_completeness.of_commune(n, wanted and expected_shares.Expected(wanted), least) for n, wanted in communes
    ]
    sums = {name: sum(one[name] for one in made) for name in list_completeness.COUNTED}
    assert sums["communes_listed"] + list_completeness.unlisted(sums) == sums["communes"] == len(communes)
    assert list_completeness.unregistered(sums) >= sums["expected_households"] - sums["registered"]
    none = any(n == 0 for n, _wanted in communes)
    short = any(wanted and n > 0 and n / wanted < least / 100 for n, wanted in communes)
    assert list_completeness.complete(sums) == (not none and not short)


def test_shares_of_one_total_are_set_against_the_lists_together(db):
    """A small commune with complete lists is not called short because its equal share was too large."""
    world.add_area(db, "2545901", "hamlet", "khu phố", "1", "25459")
    for number in range(200, 276):
        world.add_household(db, number, "25459", "2545901", number)
    rollup.recount(db, hamlets={"2545901"}, since=DAY)
    db.conn.execute("delete from areas where parent_code = '703' and code not in ('25456', '25459')")
    alone.expect(db, d703=100)  # 50 each; 24 and 76 are on the lists
    assert [line["communes_short"] for line in list_completeness.by_commune(db, None, "703", DAY)] == [0, 0]
    counts = list_completeness.standing(db, None, "703", DAY)
    assert list_completeness.complete(counts) and list_completeness.unregistered(counts) == 0
    db.conn.execute("update expected_households set households = 150")
    counts = list_completeness.standing(db, None, "703", DAY)
    assert not list_completeness.complete(counts) and list_completeness.unregistered(counts) == 50
    assert list_completeness.unregistered(figure(db, "703")) == figure(db, "703")["unregistered"] == 50


# Frozen


def test_a_frozen_report_keeps_the_lists_of_its_hour(db):
    alone.expect(db, c25456=30)
    clockwork.freeze(db, now=LATER)
    db.conn.execute("update expected_households set households = 99")
    told = content(db, "703", now=LATER)["lists"]
    assert (told["communes"], told["communes_listed"], told["expected_households"]) == (10, 1, 30)


def test_a_snapshot_from_before_lists_were_counted_is_still_read(db):
    edits.visit(db, 1, "met")
    clockwork.freeze(db, now=LATER)
    db.conn.execute("drop trigger snapshot_values_no_update")
    for line in rows(db, "select snapshot_id, area_code, counted from snapshot_values"):
        old = {name: n for name, n in json.loads(line["counted"]).items() if name not in list_completeness.COUNTED[1:]}
        db.conn.execute(
            "update snapshot_values set counted = ? where snapshot_id = ? and area_code = ?",
            [json.dumps(old), line["snapshot_id"], line["area_code"]],
        )
    told = content(db, "703", now=LATER)
    assert (told["lists"]["communes"], told["lists"]["communes_listed"]) == (10, 1)
    assert told["lists"]["expected_households"] == 0
    assert "Còn 9/10" in texts(db, "703", "district")["docx"]
    head = snapshots.of_day(db, DAY, "district")
    assert indicators.fraction("seen", snapshots.counted(db, head["id"], ["25456"])["25456"])[0] == 1


# The commune's decision


def test_a_decision_says_that_every_household_has_a_member_only_where_it_has(as_, db):
    bound, binh = as_("binh")

    def first_article() -> str:
        made = decision_rows.gathered(bound, binh, alone.LISTED, day=DAY)
        return decision_letter.decision(made, made["head"]).body[0].text

    assert "mỗi hộ gia đình do một thành viên phụ trách" in first_article()
    db.conn.execute("update assignments set until_day = ? where household_id <= 8", [DAY])
    assert "còn 08 hộ trong danh sách được phân công bổ sung sau" in first_article()
    assert "mỗi hộ gia đình" not in first_article()
    db.conn.execute("update assignments set until_day = ?", [DAY])
    assert "việc phân công hộ gia đình cho từng thành viên được thực hiện sau" in first_article()
