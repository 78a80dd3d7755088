"""The form of the report: reworded, reordered, versioned; faults and conflicts lose nothing."""

import pytest

from lib.core.database import row
from lib.exchange.documents import report_files, template_book
from lib.operations import clockwork
from lib.oversight.report_template import versions
from lib.oversight.reports import content, context, opening_sums, snapshots
from tests import world
from tests.unit.test_report_files import LATER


def said(page) -> str:
    told = [*page.markdown, *page.success, *page.info, *page.caption, *page.warning]
    return " ".join(each.value for each in told)


def press(page, label):
    return next(b for b in page.button if b.label == label).click().run()


def field(page, code, name):
    return next(one for one in [*page.text_input, *page.checkbox] if one.key.endswith(f"_{code}_{name}"))


def save(page, reason="Hướng dẫn mới."):
    next(one for one in page.text_input if one.label == "Reason for the change").set_value(reason)
    return press(page, "Save as a new version")


def test_a_reworded_name_is_a_new_version(app, db):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ đang hoạt động").run()
    page = save(page)
    assert not page.exception and "Saved as version 2" in said(page)
    assert {line["code"]: line for line in versions.lines(db)}["teams"]["name_vi"] == "Số tổ đang hoạt động"
    line = row(db, "select action, subject from audit_log order by id desc limit 1")
    assert line == {"action": "template.edit", "subject": "2"}
    assert "from “Tổ Covid cộng đồng đang hoạt động” to “Số tổ đang hoạt động”" in said(page)
    assert "Hướng dẫn mới" in said(page) and "Hồ Tuyết Mai" in said(page)


def test_order_and_choice_are_kept(app, db):
    page = app("mai", "template")
    page = page.button(key="template_1_teams").click().run()
    field(page, "members", "shown").uncheck().run()
    field(page, "members", "in_table").uncheck().run()
    page = save(page)
    codes = [line["code"] for line in versions.lines(db) if line["block"] == "II.1"]
    assert codes[:2] == ["teams_founded", "teams"]
    members = next(line for line in versions.lines(db) if line["code"] == "members")
    assert (members["shown"], members["in_table"]) == (0, 0)
    assert "Order changed in" in said(page) and "no longer shown" in said(page)


def test_the_ends_of_a_part_go_no_further(app):
    page = app("mai", "template")
    assert page.button(key="template_-1_teams").disabled and page.button(key="template_1_teams_silent").disabled


def test_without_a_reason_nothing_is_stored_and_nothing_lost(app, db):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ").run()
    page = save(page, reason=" ")
    assert "the reason for changing the form" in said(page) and versions.current(db) <= 1
    assert field(page, "teams", "name_vi").value == "Số tổ"
    assert "Saved as version 2" in said(save(page))


def test_an_empty_name_is_told_at_its_line(app, db):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("").run()
    page = save(page)
    assert "needs a name" in said(page) and "To fix" in said(page) and versions.current(db) <= 1


def test_words_of_another_part_are_kept_while_it_is_out_of_sight(app, db):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ").run()
    page.selectbox(key="template_block").set_value("III.1").run()
    assert "1 indicator changed" in said(page)
    save(page)
    assert {line["code"]: line for line in versions.lines(db)}["teams"]["name_vi"] == "Số tổ"


def test_a_conflict_keeps_the_words_and_the_reason(app, as_, db):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ").run()
    other, mai = as_("mai")
    lines = [line | {"name_vi": "Số tổ viên"} if line["code"] == "members" else line for line in versions.lines(other)]
    versions.edit(other, mai, versions.FormEdit(lines, versions.current(other), "Khác."), now=world.NOW)
    page = save(page, reason="Ngắn gọn.")
    assert "in the meantime" in said(page) and field(page, "teams", "name_vi").value == "Số tổ"
    assert field(page, "members", "name_vi").value == "Số tổ viên"
    page = press(page, "Save as a new version")
    assert "Saved as version 3" in said(page)
    names = {line["code"]: line["name_vi"] for line in versions.lines(db)}
    assert (names["teams"], names["members"]) == ("Số tổ", "Số tổ viên")


def test_changes_can_be_dropped(app, db):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ").run()
    page = press(page, "Discard the changes")
    assert field(page, "teams", "name_vi").value == "Tổ Covid cộng đồng đang hoạt động"
    assert "Nothing changed." in said(page)


def test_the_preview_shows_what_is_not_saved_yet(app):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ *mới*").run()
    assert "| 1 | Số tổ \\*mới\\* | tổ |" in said(page)


def test_a_frozen_report_keeps_its_version(app, db):
    clockwork.freeze(db, now=LATER)
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ").run()
    save(page)
    assert snapshots.of_day(db, world.DAY, "district")["template"] == 1 and versions.current(db) == 2
    told = content.content(db, context.read(db, None, "703", world.DAY, now=LATER))
    names = {line["code"]: line["name_vi"] for block in told["blocks"] for line in block["lines"]}
    assert names["teams"] == "Tổ Covid cộng đồng đang hoạt động"


@pytest.mark.parametrize("who", ["dung", "binh", "thu", "an", "chi", "quan"])
def test_the_form_is_the_provinces(app, who):
    assert any("is not open to your current" in info.value for info in app(who, "template").info)


def test_functions_units_and_parts_have_no_field(app):
    keys = [one.key.rpartition("_teams_")[2] for one in app("mai", "template").text_input if "_teams_name" in one.key]
    assert keys == ["name_vi", "name_en"]


# Of the province's own


def choose(page, section):
    return page.selectbox(key="template_block").set_value(section).run()


def type_(page, name, told):
    return next(one for one in [*page.text_input, *page.checkbox, *page.radio] if one.key.endswith(name)).set_value(
        told
    )


def add_number(page, **more):
    block = page.selectbox(key="template_block").value
    for name, told in {"vi": "Mũi vắc-xin", "en": "Doses", "unit": "mũi", **more}.items():
        next(
            one
            for one in [*page.text_input, *page.checkbox, *page.radio]
            if one.key.startswith("template_new_") and f"_{block}_" in one.key and one.key.endswith(f"_{name}")
        ).set_value(told)
    return press(page, "Add the indicator")


def test_a_section_with_a_number_and_a_text_is_added(app, db):
    page = app("mai", "template")
    type_(page, "_0_vi", "Tiêm vắc-xin")
    page = press(page, "Add the section")
    assert page.selectbox(key="template_block").value == "new1", "it stands open at once"
    page = add_number(page, required=True)
    assert "1 indicator added" in said(page) and "**Doses** (mũi) :gray[new · required]" in said(page)
    kind = next(one for one in page.button_group if one.key.endswith("_kind"))
    kind.set_value("text").run()
    for name, told in {"vi": "Tình hình tiêm", "en": "How it goes"}.items():
        next(
            one
            for one in page.text_input
            if one.key.startswith("template_new_") and "_new1_" in one.key and one.key.endswith(f"_{name}")
        ).set_value(told)
    page = press(page, "Add the indicator")
    assert "| 1 | Mũi vắc\\-xin | mũi |" in said(page) and "**Tình hình tiêm:** …" in said(page), "the preview has them"
    page = save(page)
    assert "Saved as version 2" in said(page) and "New section “III\\.4\\. Tiêm vắc\\-xin”" in said(page)
    told = {line["code"]: line for line in versions.lines(db)}
    assert (told["own1"]["required"], told["own1"]["block"], told["own2"]["kind"]) == (1, "sec1", "text")


def test_a_number_that_was_added_and_not_saved_is_removed_again(app, db):
    page = choose(app("mai", "template"), "III.2")
    page = add_number(page)
    page = press(page, "Remove")
    assert "Nothing changed." in said(page)
    page = add_number(page, unit="%")
    page = save(page)
    assert "A share must be calculated from two figures" in said(page) and versions.newest(db) == 0
    assert "To fix: Doses" in said(page)


def test_what_is_asked_of_a_number_is_ticked(app, db):
    page = choose(app("mai", "template"), "III.2")
    field(page, "cases_new", "source").uncheck().run()
    field(page, "cases_new", "required").check().run()
    page = save(page)
    told = {line["code"]: line for line in versions.lines(db)}["cases_new"]
    assert (told["source"], told["required"]) == (0, 1)
    assert "Source required: no; Required: no report is sent without it: yes" in said(page)


def test_an_earlier_version_holds_again(app, db):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ").run()
    page = press(save(page), "Use this version again")
    assert "Version 1 is in use again, as version 3." in said(page)
    assert {line["code"]: line for line in versions.lines(db)}["teams"]["name_vi"].startswith("Tổ Covid")


def test_the_day_numbers_are_added_up_from(app, db):
    page = app("mai", "template")
    page.text_input(key="template_since_day").set_value("1.7.2021")
    page = press(page, "Save the day")
    assert "Totals are counted from 01/07/2021 on." in said(page) and opening_sums.since(db) == "2021-07-01"
    page.text_input(key="template_since_day").set_value("bao giờ")
    page = press(page, "Save the day")
    assert "Write the day as 28/11 or 28/11/2021" in said(page)


def test_a_form_from_excel_is_looked_at_before_it_is_saved(app, db):
    lines, sections = versions.lines(db), versions.sections(db)
    changed = [line | {"name_vi": "Số tổ"} if line["code"] == "teams" else line for line in lines]
    page = app("mai", "template")
    load = next(one for one in page.file_uploader if one.key.startswith("template_load_"))
    load.upload("form.xlsx", template_book.written(changed, sections), report_files.FORMS["xlsx"]).run()
    assert "Read from the file" in said(page) and "1 indicator changed" in said(page) and versions.newest(db) == 0
    assert "Saved as version 2" in said(save(page))
    assert {line["code"]: line for line in versions.lines(db)}["teams"]["name_vi"] == "Số tổ"


def test_a_file_at_fault_is_told_and_the_changes_stay(app, db):
    page = app("mai", "template")
    field(page, "teams", "name_vi").set_value("Số tổ").run()
    load = next(one for one in page.file_uploader if one.key.startswith("template_load_"))
    load.upload("ho.csv", b"Ma ho;Ten\n1;2\n", "text/csv").run()
    assert "Nothing was imported from the file:" in said(page) and "1 indicator changed" in said(page)
