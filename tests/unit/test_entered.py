"""What units enter themselves: by unit with its sum, over days, since 27/4, on top of what came before the program."""

import io
import json
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import clock
from lib.core.database import row, set_setting
from lib.core.errors import Conflict, Invalid, NotFound, Refused
from lib.exchange.documents import report_book, report_letter, report_tables
from lib.operations import clockwork
from lib.oversight.report_template import versions
from lib.oversight.reports import acts, addenda, context, entered_days, entered_values, opening_sums
from lib.oversight.reports import content as report
from lib.oversight.reports.addenda import Correction
from lib.oversight.reports.entered_days import Cumulated, Together
from tests import world
from tests.table import tabled
from tests.unit.test_letter_words import HEAD
from tests.unit.test_report_files import LATER, in_docx, in_xlsx, made, said
from tests.unit.test_report_files import meet as visited

DAY, YESTERDAY, NOON = world.DAY, world.YESTERDAY, world.NOW
COMMUNES = ("25456", "25459")


def sent(db, code, day, hour="13:40", texts=None, version=1, **numbers):
    """A report as it stands in the store, without its draft."""
    manual = {
        name: told if isinstance(told, dict) else {"value": told, "reason": "Trạm"} for name, told in numbers.items()
    }
    content = {"narratives": {"difficulties": "Không"}, "manual": manual, "texts": texts or {}}
    add(db, code, day, "submit", hour, version, content)


def add(db, code, day, deed, hour, version=1, content=None, on=None):
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, reason, content)
           values (?, ?, ?, ?, 3, ?, 'Sai', ?)""",
        [day, code, deed, clock.at(on or day, hour), version, json.dumps(content or {})],
    )


def content(db, code, day=DAY, now=NOON):
    return report.content(db, context.read(db, None, code, day, now=now))


def line(told, code):
    return next(one for block in told["blocks"] for one in block["lines"] if one["code"] == code)


def enter(db, user, code, indicator="cases_new", value=40, until="2021-08-10", source="CDC", now=NOON):
    return opening_sums.enter(db, user, code, indicator, opening_sums.OpeningBalance(value, until, source), now=now)


def unit(told, code):
    return next(one["entered"] for one in told["units"] if one["code"] == code)


# By unit


def test_f0_was_in_no_table_of_units(db):
    sent(db, "25456", YESTERDAY, cases_new=2)
    sent(db, "25456", DAY, cases_new=5, contacts_f1=7)
    told = content(db, "703")
    columns = [column["code"] for column in told["entered"]["columns"]]
    assert {"cases_new", "contacts_f1", "contacts_f2"} <= set(columns) and "leaflets" not in columns
    one = unit(told, "25456")["cases_new"]
    assert (one["value"], one["reason"], one["before"]["value"], one["cumulative"].value) == (5, "Trạm", 2, 7)
    assert unit(told, "25459")["cases_new"]["value"] is None
    total = told["entered"]["total"]["cases_new"]
    assert total == {"value": Together(5, 1, 2), "change": Together(3, 1, 2), "cumulative": Together(7, 1, 2)}
    assert told["entered"]["total"]["contacts_f2"]["value"] is None, "what nobody entered is no nought"


def test_nought_and_not_entered_are_two_things(db):
    sent(db, "25456", DAY, cases_new=0)
    told = content(db, "703")
    assert told["entered"]["total"]["cases_new"]["value"] == Together(0, 1, 2)
    [first, second] = report_letter.report(told, HEAD).annexes[0].body[-1].rows
    at = 2 + [column["code"] for column in told["entered"]["columns"]].index("cases_new")
    assert first[at] == "0" and "chưa báo cáo" in second and second[at] == "–"


def test_a_number_that_is_not_summed_has_no_sum(db, as_):
    own, mai = as_("mai")
    lines = [one | {"summed": int(one["code"] != "contacts_f1")} for one in versions.lines(own)]
    versions.edit(own, mai, versions.FormEdit(lines, 0, "x"), now=NOON)
    for code in COMMUNES:
        sent(db, code, DAY, contacts_f1=7)
    told = content(db, "703")
    assert "contacts_f1" not in told["entered"]["total"] and line(told, "contacts_f1")["below"] is None


def test_the_tables_of_units_are_the_same_in_document_and_workbook(db):
    for code, n in zip(COMMUNES, (3, 600), strict=True):
        sent(db, code, YESTERDAY, cases_new=1, relief=n)
        sent(db, code, DAY, cases_new=n, relief=4)
    sent(db, "25456", DAY, "13:50", version=2, cases_new=3, contacts_f1=9, relief=4)
    clockwork.freeze(db, now=LATER)
    document = in_docx(made(db, "703", "district", "docx"), "Đơn vị", "Ca mắc mới trong ngày (F0)")
    drawn = openpyxl.load_workbook(io.BytesIO(made(db, "703", "district", "xlsx")))["Cấp xã nhập"]
    book = {cells[1].value: [said(cell) for cell in cells] for cells in drawn.iter_rows(min_row=8)}
    heads = next([cell.value for cell in cells] for cells in drawn.iter_rows() if cells[0].value == "TT")
    for name, code in (("Ca mắc mới trong ngày (F0)", "cases_new"), ("Hộ đã được hỗ trợ trong ngày", "relief")):
        at = heads.index(name)
        for unit_, cells in book.items():
            if not unit_ or unit_ not in document or unit_.startswith("Tổng"):
                continue
            assert document[unit_][name] == f"{cells[at]}\n({cells[at + 1]})", code
        assert document["Tổng cộng"][name] == book["Tổng cộng"][at]
        assert document["So với hôm trước"][name] == book["Tổng cộng"][at + 1]
        assert document["Lũy kế"][name] == book["Tổng cộng"][at + 2]
    assert document["Lũy kế"]["Hộ đã được hỗ trợ trong ngày"] == "611 lượt"
    assert document["Tổng cộng"]["F1 đang quản lý (người)"] == "9\n(1/2)"
    assert book["Tổng của số đơn vị"][heads.index("F1 đang quản lý (người)")] == "1/2"
    assert book["Phường 1"][-1].startswith("Trạm (")


def test_every_commune_of_the_province_is_in_the_workbook_with_its_source(db):
    sent(db, "25654", DAY, cases_new=4)
    clockwork.freeze(db, now=LATER)
    communes = in_xlsx(made(db, "72", "province", "xlsx"), "Cấp xã nhập")
    told = dict(communes["Thị trấn Gò Dầu, Huyện Gò Dầu"])
    assert told["Ca mắc mới trong ngày (F0)"] == "4" and told["Nguồn"] == "Trạm (Ca mắc mới trong ngày (F0))"
    assert dict(communes["Phường 1, Thành phố Tây Ninh"])["Ca mắc mới trong ngày (F0)"] == "chưa báo cáo"


# Over days


def test_a_flow_adds_up_over_the_days_last_sent_and_a_stock_does_not(db):
    sent(db, "25456", "2021-08-14", cases_new=3, contacts_f1=10)
    sent(db, "25456", YESTERDAY, cases_new=9)
    add(db, "25456", YESTERDAY, "return", "13:50")
    sent(db, "25456", YESTERDAY, "13:55", version=2, cases_new=4)
    sent(db, "25456", DAY, cases_new=5, contacts_f1=7)
    told = content(db, "25456")
    assert line(told, "cases_new")["sum"] == Cumulated(12, 3)
    assert (line(told, "contacts_f1")["cumulative"], line(told, "contacts_f1")["flow"]) == (None, False)
    assert line(content(db, "25456", YESTERDAY), "cases_new")["cumulative"] == 7


def test_what_was_recalled_is_in_no_sum(db):
    sent(db, "25456", YESTERDAY, cases_new=9)
    add(db, "25456", YESTERDAY, "recall", "13:44")
    sent(db, "25456", DAY, cases_new=5)
    assert line(content(db, "25456"), "cases_new")["sum"] == Cumulated(5, 1)


def test_a_report_of_a_day_gone_by_does_not_change_with_what_came_after_it(db):
    sent(db, "25456", "2021-08-14", cases_new=3)
    sent(db, "25456", YESTERDAY, cases_new=4)
    add(db, "25456", "2021-08-14", "correct", "09:00", 1, {"corrections": {"cases_new": [3, 30]}}, on=DAY)
    sent(db, "25456", DAY, cases_new=5)
    assert line(content(db, "25456", YESTERDAY), "cases_new")["cumulative"] == 7
    assert line(content(db, "25456"), "cases_new")["cumulative"] == 39, "the right number from the day it came"


def test_todays_addendum_is_in_todays_sum(db, as_):
    sent(db, "25456", YESTERDAY, cases_new=4)
    sent(db, "25456", DAY, cases_new=5)
    clockwork.freeze(db, now=LATER)
    own, binh = as_("binh")
    addenda.correct(own, binh, "25456", DAY, Correction({"cases_new": 8}, "Sót 3 ca"), now=LATER)
    told = content(db, "25456", now=LATER)
    assert report_tables.stated(told, line(told, "cases_new"))["value"] == 8
    assert line(told, "cases_new")["cumulative"] == 12


def test_a_day_whose_sum_lacked_units_is_told_in_the_sum_over_days(db):
    some = {"value": 3, "reason": "tổng của 1/2 xã", "units": ["25456"]}
    sent(db, "703", YESTERDAY, cases_new=some)
    sent(db, "703", DAY, cases_new={"value": 5, "reason": "", "units": list(COMMUNES)})
    told = line(content(db, "703"), "cases_new")
    assert told["sum"] == Cumulated(8, 2, None, 1)
    assert report_tables.cumulative(told) == "8\n(1 ngày chưa đủ)"


def test_households_seen_on_two_days_were_added_up_to_households(as_):
    db, binh = as_("binh")
    codes = [f"25456-{number:04d}" for number in range(1, 6)]
    clockwork.freeze(db, now=clock.instant(clock.at(YESTERDAY, "06:00")))
    visited(db, binh, codes, YESTERDAY, clock.instant(clock.at(YESTERDAY, "10:00")))
    clockwork.freeze(db, now=NOON)
    visited(db, binh, codes, DAY, NOON)
    told = line(content(db, "25456"), "seen")
    assert (told["value"], told["cumulative"], told["unit"], told["cumulative_unit"]) == (5, 10, "hộ", "lượt")
    assert report_tables.cumulative(told) == "10 lượt"
    for code in ("households_symptoms", "households_needing", "relief"):
        assert next(one for one in versions.lines(db) if one["code"] == code)["cumulative_unit"] == "lượt"


days = st.dictionaries(st.dates(date(2021, 8, 1), date(2021, 8, 16)).map(str), st.integers(0, 999))


@given(days, st.none() | st.tuples(st.integers(0, 9999), st.integers(1, 20)), st.integers(0, 99))
def test_a_sum_is_the_balance_and_every_day_after_it(told, balance, today):
    found = {day: {"value": n} for day, n in told.items()} | {DAY: {"value": today}}
    opening = balance and {"value": balance[0], "until_day": clock.plus(DAY, -balance[1])}
    made_ = entered_days.cumulated(found, opening, DAY, 0)
    counted = [one["value"] for day, one in found.items() if not opening or day > opening["until_day"]]
    assert (made_.value, made_.days) == (sum(counted) + (balance[0] if balance else 0), len(counted))


@given(st.lists(st.none() | st.integers(0, 999), min_size=1, max_size=12))
def test_a_sum_over_units_says_of_how_many(numbers):
    found = entered_days.together(numbers)
    known = [n for n in numbers if n is not None]
    assert found == (Together(sum(known), len(known), len(numbers)) if known else None)
    assert found is None or found.partial == (None in numbers)


# What came before the program


def test_the_sum_since_april_knew_only_the_days_of_the_program(as_):
    db, binh = as_("binh")
    sent(db, "25456", YESTERDAY, cases_new=4)
    sent(db, "25456", DAY, cases_new=5)
    assert enter(db, binh, "25456", value=40, until="2021-08-14", source=" CDC  tỉnh ")
    told = line(content(db, "25456"), "cases_new")
    assert told["cumulative"] == 49
    assert (told["sum"].days, told["sum"].opening["source"], told["sum"].opening["who"]) == (
        2,
        "CDC tỉnh",
        "Lê Thanh Bình",
    )
    enter(db, binh, "25456", value=50, until=YESTERDAY)
    assert line(content(db, "25456"), "cases_new")["cumulative"] == 55, "the balance has yesterday in it"
    assert line(content(db, "25456", YESTERDAY), "cases_new")["cumulative"] == 4, "it was not known then"
    log = row(db, "select action, area_code, detail from audit_log order by id desc limit 1")
    assert (log["action"], log["area_code"]) == ("report.opening", "25456")
    assert json.loads(log["detail"])["cases_new"] == [40, 50]


def test_a_balance_is_taken_back_and_nothing_is_ever_changed(as_):
    db, binh = as_("binh")
    sent(db, "25456", DAY, cases_new=5)
    enter(db, binh, "25456")
    assert not enter(db, binh, "25456"), "the same again"
    assert enter(db, binh, "25456", value=None)
    assert not enter(db, binh, "25456", value=None)
    assert line(content(db, "25456"), "cases_new")["sum"] == Cumulated(5, 1)
    with pytest.raises(Exception, match="stand as they were written"):
        db.conn.execute("update opening_balances set value = 1")


def test_the_unit_and_the_levels_above_it_enter_it_and_nobody_else(as_):
    for place, who in enumerate(("binh", "dung", "mai")):
        db, user = as_(who)
        assert enter(db, user, "25456", value=place)
    for who, refusal in (("chi", NotFound), ("thu", NotFound), ("an", NotFound)):
        db, user = as_(who)
        with pytest.raises((refusal, Refused)):
            enter(db, user, "25456")


@tabled(
    ("typed", "fields"),
    [
        ({"value": -1}, ["value"]),
        ({"value": 10_000_000}, ["value"]),
        ({"until": None}, ["until_day"]),
        ({"until": "2021-04-26"}, ["until_day"]),
        ({"until": DAY}, ["until_day"]),
        ({"source": "  "}, ["source"]),
        ({"source": "x" * 201, "value": -3}, ["value", "source"]),
    ],
)
def test_a_balance_at_fault_is_told_at_its_field(as_, typed, fields):
    db, binh = as_("binh")
    with pytest.raises(Invalid) as told:
        enter(db, binh, "25456", **typed)
    assert list(told.value.faults) == fields


def test_only_what_adds_up_has_a_balance(as_):
    db, binh = as_("binh")
    for code in ("contacts_f1", "seen", "nothing"):
        with pytest.raises(Conflict):
            enter(db, binh, "25456", code)


def test_the_province_sets_the_day_and_old_balances_wait_to_be_entered_anew(as_):
    db, mai = as_("mai")
    assert opening_sums.since(db) == "2021-04-27"
    sent(db, "25456", "2021-07-30", cases_new=7)
    sent(db, "25456", DAY, cases_new=5)
    enter(db, mai, "25456", until="2021-07-29")
    assert line(content(db, "25456"), "cases_new")["cumulative"] == 52
    opening_sums.set_since(db, mai, "2021-08-01", now=NOON)
    assert line(content(db, "25456"), "cases_new")["sum"] == Cumulated(5, 1)
    assert content(db, "703")["entered"]["since"] == "2021-08-01"
    assert row(db, "select action, detail from audit_log order by id desc limit 1") == {
        "action": "report.since",
        "detail": '{"since_day": ["2021-04-27", "2021-08-01"]}',
    }
    opening_sums.set_since(db, mai, "2021-04-27", now=NOON)
    assert line(content(db, "25456"), "cases_new")["cumulative"] == 52
    for day in (None, "2021-08-17"):
        with pytest.raises(Invalid):
            opening_sums.set_since(db, mai, day, now=NOON)
    other, dung = as_("dung")
    with pytest.raises(Refused):
        opening_sums.set_since(other, dung, "2021-05-01", now=NOON)


def test_the_document_says_since_when(db):
    sent(db, "25456", DAY, cases_new=5)
    set_setting(db, "report_from", "2021-08-03")
    note = [part.note for part in report_letter.report(content(db, "25456"), HEAD).body if hasattr(part, "columns")][-1]
    assert "Lũy kế của số liệu (*) tính từ ngày 27/4/2021." in note
    assert "do hệ thống tổng hợp tính từ ngày 03/8/2021." in note


# Elsewhere


def test_the_command_line_tells_what_units_entered(db):
    sent(db, "25456", DAY, cases_new=5)
    areas = [{"code": code, "level": level} for code, level in (("703", "district"), ("25456", "commune"))]
    told = entered_values.as_entered(db, areas[0], [areas[1], {"code": "2545601", "level": "hamlet"}], DAY)
    assert told["units"] == {
        "703": {},
        "25456": {"cases_new": {"value": 5, "source": "Trạm", "cumulative": 5, "days": 1}},
    }
    assert entered_values.as_entered(db, areas[0], areas[1:], DAY, at="13:00")["units"]["25456"] == {}


def test_a_number_nobody_asked_for_is_found_by_the_check(db):
    from lib.operations import checks

    sent(db, "25456", DAY, cases_new=5)
    assert list(checks.unasked(db)) == [] == list(checks.form(db))
    sent(db, "25459", DAY, nonsense=5)
    assert ["nonsense" in told for told in checks.unasked(db)] == [True]


def test_the_workbook_of_a_report_without_entered_columns_has_no_such_sheet(db):
    told = content(db, "703")
    told["entered"]["columns"] = []
    assert [sheet.title for sheet in openpyxl.load_workbook(io.BytesIO(report_book.book(told)))] == [
        "Số liệu",
        "Theo cấp xã",
    ]


def test_sending_keeps_what_was_typed_with_its_texts(as_):
    from lib.oversight.reports import drafts

    db, binh = as_("binh")
    told = {"narratives": {"difficulties": "Không"}, "manual": {"relief": {"value": 3, "reason": ""}}}
    version = drafts.keep(db, binh, "25456", DAY, drafts.ReportDraft(told, 0), now=NOON)
    acts.submit(db, binh, "25456", DAY, draft_version=version, now=NOON)
    stored = json.loads(row(db, "select content from report_events")["content"])
    assert stored["manual"] == {"relief": {"value": 3, "reason": ""}} and stored["texts"] == {}
