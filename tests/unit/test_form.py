"""The form of the report as the province makes it its own: numbers, texts and sections added, asked for, hidden."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.database import row, value
from lib.core.errors import Conflict, Invalid, Refused
from lib.exchange.documents import report_letter, report_message, template_book
from lib.exchange.spreadsheets import workbook_writer
from lib.operations import clockwork
from lib.oversight.report_template import versions
from lib.oversight.report_template.edit import MOST_COLUMNS, MOST_OWN
from lib.oversight.reports import acts as report_deeds
from lib.oversight.reports import addenda, context, drafts, missing
from lib.oversight.reports import content as report
from lib.oversight.reports.addenda import Correction
from lib.screen import i18n
from lib.screen.history import act_sentences
from lib.screen.report_template.edit import Edit
from lib.screen.report_template.versions import differences
from tests import world
from tests.conftest import examples
from tests.table import tabled
from tests.unit.test_letter_words import HEAD
from tests.unit.test_report_files import LATER

DAY, NOON = world.DAY, world.NOW
NUMBER = {
    "code": "new1",
    "block": "III.2",
    "kind": "number",
    "name_vi": "Mũi vắc-xin đã tiêm",
    "name_en": "Doses given",
    "unit": "mũi",
    "formula_vi": "",
    "formula_en": "",
    "function": "manual",
    "shown": 1,
    "in_table": 1,
    "flow": 1,
    "summed": 1,
    "source": 0,
    "required": 0,
    "cumulative_unit": "",
}
TEXT = NUMBER | {"code": "new2", "kind": "text", "name_vi": "Tình hình tiêm chủng", "name_en": "Vaccination"}
SECTION = {"code": "new3", "part": "III", "name_vi": "Tiêm vắc-xin", "name_en": "Vaccination", "shown": 1}


def edit(db, user, *added, change=lambda line: line, sections=(), reason="Hướng dẫn mới.", now=NOON):
    lines = [change(dict(line)) for line in versions.lines(db)]
    told = [*lines, *added]
    told = [line | {"position": place} for place, line in enumerate(told, 1)]
    return versions.edit(
        db, user, versions.FormEdit(told, versions.current(db), reason, [*versions.sections(db), *sections]), now=now
    )


def line(db, name):
    return next(one for one in versions.lines(db) if one["name_vi"] == name)


def write(db, user, code, *, manual=None, texts=None, now=NOON):
    content = {"narratives": {"difficulties": "Không"}, "manual": manual or {}, "texts": texts or {}}
    return drafts.keep(db, user, code, DAY, drafts.ReportDraft(content, drafts.read(db, code, DAY)["version"]), now=now)


def send(db, user, code, **told):
    version = write(db, user, code, **told)
    report_deeds.submit(db, user, code, DAY, draft_version=version, now=NOON)


def content(db, code, now=NOON):
    return report.content(db, context.read(db, None, code, DAY, now=now))


def shown(told, code):
    return next(one for block in told["blocks"] for one in block["lines"] if one["code"] == code)


# Adding


def test_the_province_could_add_nothing_of_its_own(as_):
    db, mai = as_("mai")
    edit(db, mai, NUMBER | {"block": "new3"}, TEXT | {"block": "new3"}, sections=[SECTION])
    number, told = line(db, "Mũi vắc-xin đã tiêm"), line(db, "Tình hình tiêm chủng")
    assert (number["code"], told["code"], number["block"]) == ("own1", "own2", "sec1")
    assert (told["unit"], told["summed"], told["flow"], told["in_table"]) == ("", 0, 0, 0), "a text is no number"
    assert [(one["code"], one["number"]) for one in versions.sections(db)][-2:] == [
        ("III.3", "III.3"),
        ("sec1", "III.4"),
    ]
    audit = row(db, "select action, subject, detail from audit_log order by id desc limit 1")
    assert audit["action"] == "template.edit"
    assert json.loads(audit["detail"])["added"] == "Mũi vắc-xin đã tiêm, Tình hình tiêm chủng, Tiêm vắc-xin"


def test_a_code_is_never_given_twice(as_):
    db, mai = as_("mai")
    edit(db, mai, NUMBER)
    edit(db, mai, change=lambda one: one | {"shown": 0} if one["code"] == "own1" else one)
    edit(db, mai, NUMBER)
    assert [one["code"] for one in versions.lines(db) if one["code"].startswith("own")] == ["own1", "own2"]
    versions.bring_back(db, mai, 1, version=versions.current(db), now=NOON)
    edit(db, mai, NUMBER | {"name_vi": "Khác"})
    assert line(db, "Khác")["code"] == "own3"


def test_a_section_lies_where_the_province_puts_it(as_):
    db, mai = as_("mai")
    sections = versions.sections(db)
    first = next(place for place, one in enumerate(sections) if one["part"] == "III")
    told = [*sections[:first], SECTION, *sections[first:]]
    lines = [*versions.lines(db), NUMBER | {"block": "new3", "position": 99}]
    versions.edit(db, mai, versions.FormEdit(lines, 0, "x", told), now=NOON)
    assert {one["code"]: one["number"] for one in versions.sections(db) if one["part"] != "II"} == {
        "I": "I",
        "sec1": "III.1",
        "III.1": "III.2",
        "III.2": "III.3",
        "III.3": "III.4",
    }


def test_a_hidden_section_hides_what_it_asks(as_):
    db, mai = as_("mai")
    hidden = [one | {"shown": int(one["code"] != "III.2")} for one in versions.sections(db)]
    versions.edit(db, mai, versions.FormEdit(versions.lines(db), 0, "x", hidden), now=NOON)
    told = content(db, "25456")
    assert "III.2" not in [block["code"] for block in told["blocks"]]
    assert "cases_new" not in [one["code"] for one in told["entered"]["columns"]]
    assert [one["number"] for one in versions.sections(db) if one["part"] == "III"] == ["III.1", "", "III.2"]


@tabled(
    ("fault", "words"),
    [
        ({"name_vi": ""}, "needs a name"),
        ({"unit": ""}, "measure"),
        ({"unit": "%"}, "share"),
        ({"unit": "x" * 21}, "20"),
        ({"block": "nowhere"}, "section"),
        ({"kind": "picture"}, "section"),
        ({"name_vi": "F1 đang quản lý"}, "this name"),
        ({"formula_vi": "x" * 201}, "200"),
    ],
)
def test_what_is_wrong_with_a_new_number_is_told_at_it(as_, fault, words):
    db, mai = as_("mai")
    with pytest.raises(Invalid) as told:
        edit(db, mai, NUMBER | fault)
    assert list(told.value.faults) == ["new1"] and words in told.value.faults["new1"].text.format(
        limit=told.value.faults["new1"].places.get("limit")
    )
    assert versions.newest(db) == 0, "nothing is saved"


def test_an_english_name_that_was_left_out_is_the_vietnamese_one(as_):
    db, mai = as_("mai")
    edit(db, mai, NUMBER | {"name_en": " "}, sections=[SECTION | {"name_en": ""}])
    assert line(db, "Mũi vắc-xin đã tiêm")["name_en"] == "Mũi vắc-xin đã tiêm"
    assert versions.sections(db)[-1]["name_en"] == "Tiêm vắc-xin"


def test_what_it_is_stays_when_it_is_edited(as_):
    db, mai = as_("mai")
    edit(db, mai, NUMBER)
    other = {
        "kind": "text",
        "flow": 0,
        "function": "teams",
        "unit": "liều",
        "source": 1,
        "required": 1,
        "block": "II.3",
    }
    edit(db, mai, change=lambda one: one | other if one["code"] == "own1" else one)
    told = line(db, "Mũi vắc-xin đã tiêm")
    assert (told["kind"], told["flow"], told["function"]) == ("number", 1, "manual")
    assert (told["unit"], told["source"], told["required"], told["block"]) == ("liều", 1, 1, "II.3")


def test_only_the_province_and_only_so_many(as_):
    db, mai = as_("mai")
    other, dung = as_("dung")
    with pytest.raises(Refused):
        edit(other, dung, NUMBER)
    many = [NUMBER | {"code": f"new{n}", "name_vi": f"Số {n}", "in_table": int(n < 9)} for n in range(MOST_OWN + 1)]
    with pytest.raises(Conflict, match="indicators of your own"):
        edit(db, mai, *[one | {"in_table": 0} for one in many])
    with pytest.raises(Conflict, match=f"At most {MOST_COLUMNS}"):
        edit(db, mai, *many[:9])


# Asking


def test_every_number_demanded_a_source(as_):
    db, binh = as_("binh")
    write(db, binh, "25456", manual={"documents": {"value": 2, "reason": ""}})
    assert drafts.read(db, "25456", DAY)["content"]["manual"] == {"documents": {"value": 2, "reason": ""}}
    with pytest.raises(Invalid) as told:
        write(db, binh, "25456", manual={"cases_new": {"value": 2, "reason": ""}})
    assert list(told.value.faults) == ["cases_new"], "the province wants one of it"
    own, mai = as_("mai")
    edit(own, mai, change=lambda one: one | {"source": int(one["code"] != "cases_new")})
    write(db, binh, "25456", manual={"cases_new": {"value": 2, "reason": ""}})
    with pytest.raises(Invalid):
        write(db, binh, "25456", manual={"documents": {"value": 2, "reason": ""}})


def test_a_report_without_what_is_required_is_not_sent(as_):
    own, mai = as_("mai")
    edit(own, mai, NUMBER | {"required": 1}, TEXT | {"required": 1})
    db, binh = as_("binh")
    version = write(db, binh, "25456")
    with pytest.raises(Invalid) as told:
        report_deeds.submit(db, binh, "25456", DAY, draft_version=version, now=NOON)
    assert list(told.value.faults) == ["own1", "own2"]
    assert [one["code"] for one in missing.required(content(db, "25456"))] == ["own1", "own2"]
    told = {"manual": {"own1": {"value": 0, "reason": ""}}, "texts": {"own2": "Không"}}
    send(db, binh, "25456", **told)
    assert missing.required(content(db, "25456")) == [], "nought is a number"


def test_what_is_required_later_does_not_hold_back_a_frozen_report(as_):
    own, mai = as_("mai")
    clockwork.freeze(own, now=LATER)
    edit(own, mai, NUMBER | {"required": 1})
    db, binh = as_("binh")
    version = write(db, binh, "25456", now=LATER)
    report_deeds.submit(db, binh, "25456", DAY, draft_version=version, now=LATER)
    assert "own1" not in [one["code"] for one in content(db, "25456", LATER)["entered"]["columns"]]


def test_a_text_is_kept_sent_and_put_right_like_any_other_words(as_):
    own, mai = as_("mai")
    edit(own, mai, TEXT)
    db, binh = as_("binh")
    with pytest.raises(Invalid) as told:
        write(db, binh, "25456", texts={"own1": "x" * 4001})
    assert list(told.value.faults) == ["own1"]
    send(db, binh, "25456", texts={"own1": "  Tiêm tại   trạm. ", "own9": "nobody asked"})
    district = content(db, "703")
    asked = next(one for block in district["blocks"] for one in block["texts"])
    assert (asked["text"], asked["below"]) == ("", [{"units": ["Phường 1"], "text": "Tiêm tại trạm."}])
    clockwork.freeze(own, now=LATER)
    addenda.correct(db, binh, "25456", DAY, Correction({}, "Sai nơi", {"own1": "Tiêm tại trường."}), now=LATER)
    assert content(db, "25456", LATER)["corrected_words"]["own1"]["text"] == "Tiêm tại trường."
    with pytest.raises(Invalid):
        addenda.correct(db, binh, "25456", DAY, Correction({"own1": 3}, "Sai"), now=LATER)


# Documents


def texts_of(letter):
    """Every heading, paragraph and item of the body, the lead before it."""
    return [f"{getattr(part, 'lead', '')}{getattr(part, 'text', '')}" for part in letter.body if hasattr(part, "text")]


def test_what_the_province_added_stands_in_table_text_and_message(as_):
    own, mai = as_("mai")
    edit(own, mai, NUMBER | {"block": "new3"}, TEXT | {"block": "new3"}, sections=[SECTION])
    db, binh = as_("binh")
    send(db, binh, "25456", manual={"own1": {"value": 120, "reason": ""}}, texts={"own2": "Tiêm tại trạm."})
    letter = report_letter.report(content(db, "25456"), HEAD)
    table = [part for part in letter.body if hasattr(part, "columns")][-1]
    groups = [row.text for row in table.rows if not isinstance(row, tuple)]
    assert groups[-1] == "Tiêm vắc-xin"
    assert next(row for row in table.rows if isinstance(row, tuple) and "Mũi" in row[1])[2:4] == ("mũi", "120")
    assert "Tình hình tiêm chủng:Tiêm tại trạm." in texts_of(letter)
    message = report_message.of_report(content(db, "25456"))
    assert "- Mũi vắc-xin đã tiêm: 120 mũi, lũy kế 120" in message and "- Tình hình tiêm chủng: Tiêm" in message
    district = report_letter.report(content(db, "703"), HEAD)
    assert "Phường 1: Tiêm tại trạm." in texts_of(district)
    entered = district.annexes[0].body[-1]
    assert entered.columns[-1].title == "Mũi vắc-xin đã tiêm"
    assert [row[-1] for row in entered.rows] == ["120", "–"] and entered.totals[0][-1] == "120\n(1/2)"
    assert "chưa báo cáo" in [row[2] for row in entered.rows], "what nobody sent is no nought"


def test_the_source_was_never_printed(as_):
    db, binh = as_("binh")
    send(db, binh, "25456", manual={"cases_new": {"value": 3, "reason": "Công văn 12/TYT"}})
    letter = report_letter.report(content(db, "25456"), HEAD)
    assert any("Ghi nhận 03 ca mắc mới (F0) (nguồn: Công văn 12/TYT)." in told for told in texts_of(letter))
    assert not any("theo công bố của ngành y tế" in told for told in texts_of(letter))
    note = [part.note for part in letter.body if hasattr(part, "columns")][-1]
    assert "Nguồn: Công văn 12/TYT (Ca mắc mới trong ngày (F0))." in note


def test_the_log_calls_an_own_number_by_its_name(as_, monkeypatch):
    from lib.oversight.work import history

    own, mai = as_("mai")
    edit(own, mai, NUMBER)
    db, binh = as_("binh")
    write(db, binh, "25456", manual={"own1": {"value": 120, "reason": ""}})
    told = history.of_day(db, DAY)[0]
    for language, name in (("vi", "mũi vắc-xin đã tiêm"), ("en", "doses given")):
        monkeypatch.setattr(i18n, "language", lambda language=language: language)
        assert f"{name}: 120" in act_sentences.sentence(told)


# Versions


def test_an_earlier_version_is_brought_back_and_loses_nothing(as_, monkeypatch):
    db, mai = as_("mai")
    edit(db, mai, change=lambda one: one | {"name_vi": "Số tổ"} if one["code"] == "teams" else one)
    edit(db, mai, NUMBER)
    assert versions.bring_back(db, mai, 1, version=3, now=NOON) == 4
    told = {one["code"]: one for one in versions.lines(db)}
    assert told["teams"]["name_vi"] == "Tổ Covid cộng đồng đang hoạt động" and told["own1"]["shown"] == 0
    assert len(versions.lines(db, 4)) == len(versions.lines(db, 1)) + 1
    monkeypatch.setattr(i18n, "language", lambda: "en")
    said = differences(versions.lines(db, 3), versions.lines(db, 4), versions.sections(db, 3), versions.sections(db, 4))
    assert len(said) == 2 and any("no longer shown" in one for one in said)
    with pytest.raises(Conflict):
        versions.bring_back(db, mai, 1, version=3, now=NOON)
    with pytest.raises(Invalid):
        versions.bring_back(db, mai, 4, version=4, now=NOON)


def test_a_store_with_the_form_of_an_older_program_gets_the_newer_one(as_):
    db, _mai = as_("mai")
    old = [one for one in versions.delivered() if one["code"] != "relief"]
    db.conn.execute("insert into templates (made_at) values ('2021-08-01T00:00:00Z')")
    names = ("code", "position", "block", "name_vi", "name_en", "formula_vi", "formula_en", "function", "unit", "shown")
    db.conn.executemany(
        f"insert into indicators (version, {', '.join(names)}) values (1, {', '.join(f':{name}' for name in names)})",
        old,
    )
    codes = lambda lines: [one["code"] for one in lines]  # noqa: E731 - names follow the words of the place
    assert versions.current(db) == 0 and codes(versions.lines(db)) == codes(versions.delivered())
    assert "relief" not in [one["code"] for one in versions.lines(db, 1)], "a frozen report keeps its own"
    assert next(one for one in versions.lines(db, 1) if one["code"] == "cases_new")["flow"] == 1
    assert versions.ensure(db, now=NOON) == 2 == versions.current(db)


def test_the_form_a_province_edited_under_an_older_program_stays_in_force(as_):
    db, mai = as_("mai")
    edit(db, mai, change=lambda one: one | {"name_vi": "Số tổ"} if one["code"] == "teams" else one)
    for name in ("kind", "summed", "source", "flow", "required", "cumulative_unit"):
        db.conn.executescript("drop trigger if exists indicators_no_update")
        db.conn.execute(f"update indicators set {name} = null")
    told = {one["code"]: one for one in versions.lines(db)}
    assert versions.current(db) == 2 and told["teams"]["name_vi"] == "Số tổ"
    assert (told["cases_new"]["kind"], told["cases_new"]["source"], told["seen"]["cumulative_unit"]) == (
        "number",
        1,
        "lượt",
    )


# As a file


def as_file(db, **change):
    return template_book.written(
        [one | change.get(one["code"], {}) for one in versions.lines(db)], versions.sections(db)
    )


def test_the_form_goes_out_to_excel_and_comes_back_the_same(db):
    lines, sections = versions.lines(db), versions.sections(db)
    told, parts = template_book.read(as_file(db), "form.xlsx", lines, sections)
    assert told == lines and parts == sections
    english = template_book.written(lines, sections, "en")
    assert template_book.read(english, "form.xlsx", lines, sections) == (lines, sections)


def test_rows_without_a_code_are_new(as_):
    db, mai = as_("mai")
    lines, sections = versions.lines(db), versions.sections(db)
    added = [NUMBER | {"code": "new1", "block": "new3"}, TEXT | {"block": "new3"}]
    data = template_book.written([*lines, *added], [*sections, SECTION])
    told, parts = template_book.read(data, "form.xlsx", lines, sections)
    base = {one["code"]: one for one in lines}
    bare = [{name: part[name] for name in SECTION} for part in sections]
    one = Edit(0, base, list(base), bare, [dict(part) for part in bare])
    one.take(told, [{name: part[name] for name in SECTION} for part in parts])
    assert len(one.added) == 2 and one.other_sections and not one.changes
    versions.edit(db, mai, versions.FormEdit(one.lines(), 0, "Từ tệp", one.numbered()), now=NOON)
    assert (line(db, "Mũi vắc-xin đã tiêm")["block"], line(db, "Tình hình tiêm chủng")["kind"]) == ("sec1", "text")


@tabled(
    ("heading", "at", "typed", "words"),
    [
        ("Mã", 5, "nothing", "not in this form"),
        ("Mã", 5, "documents", "twice"),
        ("Hiển thị", 3, "maybe", "maybe"),
        ("Mục", 4, "Mục lạ", "Mục lạ"),
    ],
)
def test_a_row_at_fault_is_told_and_nothing_is_taken(db, heading, at, typed, words):
    lines, sections = versions.lines(db), versions.sections(db)
    sheet = template_book._sheet("lines", template_book._LINES, [one | {"block": one["block"]} for one in lines], "vi")
    cells = [list(cells) for cells in sheet.lines]
    cells[at][list(sheet.headings).index(heading)] = typed
    with pytest.raises(Invalid) as told:
        template_book.read(workbook_writer.book([replace(sheet, lines=cells)]), "form.xlsx", lines, sections)
    assert any(words in one.text.format(**one.places) for one in told.value.faults.values())


def test_another_file_is_told_what_it_lacks(db):
    for data in (
        workbook_writer.book([workbook_writer.Sheet("Hộ", ["Mã hộ"], [["1"]])]),
        workbook_writer.book([workbook_writer.Sheet("Chỉ tiêu", ["Mã hộ"], [["1"]])]),
    ):
        with pytest.raises(Invalid) as told:
            template_book.read(data, "form.xlsx", versions.lines(db), versions.sections(db))
        assert list(told.value.faults) == ["file"]


def test_who_took_the_form_out_stands_in_the_log(as_):
    db, mai = as_("mai")
    template_book.take(db, mai, versions.lines(db), versions.sections(db), now=NOON, language="vi")
    assert value(db, "select subject from audit_log order by id desc limit 1") == "Biểu mẫu báo cáo"


# As it is edited


@examples(60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["II.1", "III.2", "new"]), st.integers(0, 40), st.sampled_from([-1, 1])), max_size=12
    )
)
def test_moving_lines_and_sections_loses_none(moves):
    lines = versions.delivered()
    base = {one["code"]: one for one in lines}
    parts = [one | {"shown": 1} for one in versions._read("sections.csv")]
    one = Edit(0, base, list(base), parts, [dict(part) for part in parts])
    fresh = one.add_section({"part": "III", "name_vi": "Mới", "name_en": "New"})
    one.add(NUMBER | {"block": fresh})
    for block, at, step in moves:
        codes = one.of_block(fresh if block == "new" else block)
        one.move(codes[at % len(codes)], step)
        one.move_section(one.sections[at % len(one.sections)]["code"], step)
    assert sorted(line["code"] for line in one.lines()) == sorted([*base, "new2"])
    assert len({line["position"] for line in one.lines()}) == len(one.lines())
    assert sorted(section["code"] for section in one.numbered()) == sorted([*(part["code"] for part in parts), fresh])
    numbers = [section["part"] for section in one.numbered()]
    assert numbers == sorted(numbers, key=["I", "II", "III"].index)
