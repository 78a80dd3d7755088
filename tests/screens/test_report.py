"""The page of a report: its state and clock, the rehearsal, words that save themselves, sending, addenda."""

import json
from datetime import timedelta

import pytest

from lib.core import clock
from lib.core.database import rows, value
from lib.oversight.report_template import versions
from lib.oversight.reports import acts as report_deeds
from lib.oversight.reports import addenda, drafts, officers, snapshots
from lib.oversight.reports.addenda import Correction
from lib.screen import i18n
from lib.screen.history import act_sentences
from tests import world

DAY, NOON = world.DAY, world.NOW
SECRETARY = {"full_name": "Phạm *Văn* Tư", "position": "Phó Bí thư", "phone": "0912345678"}


def at(hour: str):
    return clock.instant(clock.at(DAY, hour[:5])) + timedelta(seconds=int(hour[6:] or 0))


@pytest.fixture
def hour(monkeypatch):
    """`hour("13:32")` puts the clock there."""
    return lambda told: monkeypatch.setattr(clock, "now", lambda: at(told))


def said(page) -> str:
    told = [*page.markdown, *page.success, *page.info, *page.caption, *page.warning, *page.title, *page.code]
    return " ".join(each.value for each in told)


def parts(page) -> list[dict]:
    return [json.loads(element.proto.json) for element in page.main if element.type == "bidi_component"]


def figure(page, code: str) -> list[dict]:
    table = next(part for part in parts(page) if "blocks" in part)
    return next(row["cells"] for block in table["blocks"] for row in block["rows"] if row["code"] == code)


def missing(page) -> list[dict]:
    return next((part["items"] for part in parts(page) if part.get("label") == "What is still missing"), [])


def labels(page) -> list[str]:
    return [button.label for button in page.button]


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return page.run()


def area(page, label: str):
    return next(field for field in page.text_area if field.label.startswith(label))


def visit(db, households, at_="11:00", outcome="met"):
    db.conn.executemany(
        """insert into visits (day, household_id, outcome, persons, recorded_by, recorded_at)
           values (?, ?, ?, 4, 3, ?)""",
        [(DAY, number, outcome, clock.at(DAY, at_)) for number in households],
    )


def sent(as_, who="binh", code="25456", hour_="13:40"):
    db, user = as_(who)
    told = {"narratives": {"difficulties": "Không", "proposals": "Cấp *test*"}, "manual": {}}
    version = drafts.keep(db, user, code, DAY, drafts.ReportDraft(told, 0), now=at(hour_))
    report_deeds.submit(db, user, code, DAY, draft_version=version, now=at(hour_))


def freeze(db, kind="district"):
    snapshots.freeze(db, DAY, kind, now=at(snapshots.CUTOFFS[kind]))


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ("13:21", "**24 min** left, due at 13:45"),
        ("13:45", "**0 min** left, due at 13:45"),
        ("13:45:01", ":red[:material/error: **overdue by 1 min (due at 13:45)**]"),
    ],
)
def test_the_countdown_and_red_only_when_overdue_now(app, hour, told, time):
    hour(told)
    page = app("binh", "report")
    assert time in said(page) and "**Not reported**" in said(page)


def test_yesterdays_missing_report_is_told_without_red(app):
    page = app("binh", "report", day=world.YESTERDAY)
    assert "it was due at 13:45" in said(page) and ":red[" not in said(page)


def test_late_is_said_in_words(app, as_, hour):
    sent(as_, hour_="13:57:00")
    hour("13:58")
    page = app("binh", "report")
    assert "**Sent** (version 1) · :orange[:material/schedule: 12 min late]" in said(page)
    assert "13:57 · Lê Thanh Bình sent version 1, 12 min late" in said(page)


def test_who_answers_for_it_and_who_stands_in(app, as_, db):
    own, dung = as_("dung")
    officers.name(own, dung, "25456", "accountable", SECRETARY | {"from_day": DAY}, now=NOON)
    db.conn.execute(
        """insert into grants (account_id, role, area_code, from_day, for_account_id, from_hour)
           values (2, 'commune', '25456', ?, 3, '13:50')""",
        [DAY],
    )
    page = app("binh", "report")
    assert "Accountable officer: Phạm \\*Văn\\* Tư, Phó Bí thư, 0912 345 678" in said(page)
    assert "From 13:50, Phạm Thị Lan sends it in place of Lê Thanh Bình." in said(page)
    assert "No accountable officer is assigned yet" in said(app("dung", "report"))


def test_from_half_past_one_what_is_missing_stands_first(app, hour):
    def order(page):
        told = [each.value for each in page.main.markdown]
        missing = next(place for place, each in enumerate(told) if "What is still missing at" in each)
        return missing < told.index("**What the unit writes**")

    hour("13:29:59")
    assert not order(app("binh", "report"))
    hour("13:30")
    assert order(app("binh", "report"))


def test_the_rehearsal_names_the_silent_with_telephone_and_a_ready_text(app, as_, db, hour):
    own, dung = as_("dung")
    officers.name(own, dung, "25459", "accountable", SECRETARY | {"from_day": DAY}, now=NOON)
    visit(db, range(1, 11))
    sent(as_, hour_="13:31")
    hour("13:32")
    page = app("dung", "report")
    [phuong3] = missing(page)
    assert (phuong3["name"], phuong3["phone"]) == ("Phường 3", "0912 345 678")
    assert phuong3["side"] == "no visits entered, report not sent"
    assert [each.value for each in page.code][0] == (
        "Kính gửi đồng chí Phạm *Văn* Tư: đến 13 giờ 32, Phường 3 chưa có số liệu thăm hộ ngày 16/8/2021,"
        " chưa gửi báo cáo ngày. Đề nghị hoàn thành trước 13 giờ 45. Trân trọng."
    )
    assert "Phạm" not in json.dumps(parts(app("chi", "report"))), "a stranger learns no telephone"


def test_a_commune_is_told_its_silent_teams(app, db, hour):
    hour("13:32")
    visit(db, [1])
    [team] = missing(app("binh", "report"))
    assert team["facts"] == "Mai Văn Hai" and team["to"] == "sheet?team=2" and team["phone"] == "0912 000 004"


def test_words_save_themselves_and_send(app, db, hour):
    hour("13:41")
    page = app("binh", "report")
    assert "**IV. Difficulties**: not written yet; required" in said(page)
    page = press(page, "Send the report")
    assert "Write the difficulties of the day" in said(page)
    area(page, "I. Leadership").set_value("Họp *giao ban*.  \n- Kiểm tra 02 tổ")
    page = press(page.run(), "None: write “Không”")
    assert "Saved at 13:41" in said(page)
    stored = drafts.read(db, "25456", DAY)["content"]["narratives"]
    assert stored == {"leadership": "Họp *giao ban*.\n- Kiểm tra 02 tổ", "difficulties": "Không"}
    assert "The text is sent now; the figures are added when frozen at 14:00:00." in said(page)
    page = press(page, "Send the report")
    assert "Sent at 13:41." in said(page) and "**Sent** (version 1)" in said(page)
    assert not page.text_area and "Họp \\*giao ban\\*\\." in said(page)
    assert value(db, "select count(*) from report_events") == 1


def test_a_number_says_where_it_comes_from(app, db):
    page = app("binh", "report")
    key = f"report_25456_{DAY}_contacts_f1"
    page.number_input(key=f"{key}_value_0").set_value(45)
    page = page.run()
    assert "Enter the source of this figure" in said(page) and page.number_input(key=f"{key}_value_0").value == 45
    page.text_input(key=f"{key}_source_0").set_value("  theo   Mặt trận ")
    page = page.run()
    assert "Enter the source" not in said(page)
    stored = drafts.read(db, "25456", DAY)
    assert stored["content"]["manual"]["contacts_f1"] == {"value": 45, "reason": "theo Mặt trận"}
    assert figure(page, "contacts_f1")[0]["text"] == "45"
    page.run()
    assert drafts.read(db, "25456", DAY)["version"] == stored["version"], "an unchanged field saves nothing"


def test_the_sum_of_the_units_below_is_one_press_away(app, as_, db):
    own, binh = as_("binh")
    told = {"narratives": {"difficulties": "Không"}, "manual": {"relief": {"value": 1045, "reason": "Mặt trận"}}}
    version = drafts.keep(own, binh, "25456", DAY, drafts.ReportDraft(told, 0), now=NOON)
    report_deeds.submit(own, binh, "25456", DAY, draft_version=version, now=NOON)
    page = app("dung", "report")
    assert figure(page, "relief")[0] == {"text": "not reported", "note": "", "look": "missing"}
    page = press(page, "Use 1,045, total of 1/2 communes")
    assert drafts.read(db, "703", DAY)["content"]["manual"]["relief"] == {
        "value": 1045,
        "reason": "tổng của 1/2 đơn vị",
        "units": ["25456"],
    }
    assert "Use 1,045, total of 1/2 communes" not in labels(page)
    assert figure(page, "relief")[0] == {"text": "1,045", "note": "total of 1/2 communes", "look": ""}


def lan_sends(as_, db, manual, hour_="13:20"):
    """The other commune of the district sends its report, in the name of whoever may."""
    words = json.dumps({"narratives": {"difficulties": "Không"}, "manual": manual})
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, content)
           values (?, '25459', 'submit', ?, 3, 1, ?)""",
        [DAY, clock.stamp(at(hour_)), words],
    )


def test_what_a_unit_below_sends_later_is_told_and_taken_with_one_press(app, as_, db, hour):
    own, binh = as_("binh")
    told = {"narratives": {"difficulties": "Không"}, "manual": {"cases_new": {"value": 3, "reason": "Trạm Y tế"}}}
    version = drafts.keep(own, binh, "25456", DAY, drafts.ReportDraft(told, 0), now=NOON)
    report_deeds.submit(own, binh, "25456", DAY, draft_version=version, now=NOON)
    page = press(app("dung", "report"), "Use 3, total of 1/2 communes")
    assert "more commune has sent" not in said(page)
    lan_sends(as_, db, {"cases_new": {"value": 5, "reason": "Trạm Y tế"}})
    hour("13:50")
    page = app("dung", "report")
    assert "1 more commune has sent: F0 +5." in said(page).replace("\\", "")
    page = press(page, "Update the totals")
    assert drafts.read(db, "703", DAY)["content"]["manual"]["cases_new"] == {
        "value": 8,
        "reason": "tổng của 2/2 đơn vị",
        "units": ["25456", "25459"],
    }
    assert "more commune has sent" not in said(page)


def test_a_sent_report_is_recalled_and_mended_before_its_hour(app, as_, db, hour):
    own, binh = as_("binh")
    told = {"narratives": {"difficulties": "Không"}, "manual": {"cases_new": {"value": 3, "reason": "Trạm Y tế"}}}
    version = drafts.keep(own, binh, "25456", DAY, drafts.ReportDraft(told, 0), now=NOON)
    report_deeds.submit(own, binh, "25456", DAY, draft_version=version, now=NOON)
    above, dung = as_("dung")
    summed = {
        "narratives": {"difficulties": "Không"},
        "manual": {"cases_new": {"value": 3, "reason": "tổng của 1/2 đơn vị", "units": ["25456"]}},
    }
    drafts.keep(above, dung, "703", DAY, drafts.ReportDraft(summed, 0), now=NOON)
    report_deeds.submit(above, dung, "703", DAY, draft_version=1, now=at("13:30"))
    lan_sends(as_, db, {"cases_new": {"value": 5, "reason": "Trạm Y tế"}})
    hour("13:50")
    page = app("dung", "report")
    assert "Until 14:00 it can be recalled" in said(page)
    assert "commune has sent: F0 +5. Recall the report to update the totals." in said(page).replace("\\", "")
    page = press(page, "Recall to correct")
    assert "recalled version 1 for correction" in said(page) and "Recalled for correction" in said(page)
    page = press(press(page, "Update the totals"), "Resend the corrected report")
    assert "sent version 2" in said(page)
    sent_now = json.loads(value(db, "select content from report_events where area_code = '703' order by id desc"))
    assert sent_now["manual"]["cases_new"]["value"] == 8
    hour("14:05")
    assert "Recall to correct" not in labels(app("dung", "report"))


def test_the_province_says_why_it_recalls_its_report(app, as_, db, hour):
    visit(db, [1])
    sent(as_, "mai", "72", "14:40")
    freeze(db)
    freeze(db, "province")
    hour("15:20")
    page = press(app("mai", "report"), "Recall to correct")
    assert "Give the reason in a few words" in said(page)
    page.text_input(key=f"report_recall_72_{DAY}_1_why").set_value("Sai số F0")
    page = press(page, "Recall to correct")
    assert "recalled version 1 for correction: Sai số F0" in said(page)
    assert "Resend the corrected report" in labels(page)


def test_all_sums_that_are_still_empty_are_one_press_away(app, as_, db):
    own, binh = as_("binh")
    sums = {"relief": 1045, "documents": 2, "contacts_f1": 7}
    told = {
        "narratives": {"difficulties": "Không"},
        "manual": {code: {"value": n, "reason": "Mặt trận"} for code, n in sums.items()},
    }
    version = drafts.keep(own, binh, "25456", DAY, drafts.ReportDraft(told, 0), now=NOON)
    report_deeds.submit(own, binh, "25456", DAY, draft_version=version, now=NOON)
    page = app("dung", "report")
    page = press(page, "Use 7, total of 1/2 communes")
    page = press(page, "Fill in all 2 totals of the units below; not all units have sent")
    stored = drafts.read(db, "703", DAY)["content"]["manual"]
    assert {code: entry["value"] for code, entry in stored.items()} == sums
    assert not any("totals of the units below" in label for label in labels(page))


def test_two_windows_lose_nothing_that_was_typed(app, as_, db):
    page = app("binh", "report")
    own, binh = as_("binh")
    there = {"narratives": {"leadership": "Ở cửa sổ kia"}, "manual": {}}
    drafts.keep(own, binh, "25456", DAY, drafts.ReportDraft(there, 0), now=NOON)
    area(page, "I. Leadership").set_value("Ở cửa sổ này")
    area(page, "V. Proposals").set_value("Thêm test")
    page = page.run()
    assert area(page, "I. Leadership").value == "Ở cửa sổ này" and "Ở cửa sổ kia" in said(page)
    assert drafts.read(db, "25456", DAY)["content"]["narratives"] == {
        "leadership": "Ở cửa sổ kia",
        "proposals": "Thêm test",
    }
    page = press(page, "Keep the text above")
    page = page.run()
    assert drafts.read(db, "25456", DAY)["content"]["narratives"]["leadership"] == "Ở cửa sổ này"
    assert "Ở cửa sổ kia" not in said(page)


def test_nothing_is_sent_while_typed_words_wait_for_a_choice(app, hour, db):
    hour("13:50")
    first, second = app("dung", "report"), app("dung", "report")
    area(first, "IV. Diff").set_value("Thiếu khẩu trang").run()
    area(second, "IV. Diff").set_value("Thiếu người").run()
    page = press(second, "Send the report")
    assert "Something you typed has not been saved." in said(page)
    assert not value(db, "select count(*) from report_events")
    page = press(press(page, "Keep the text above"), "Send the report")
    content = value(db, "select content from report_events")
    assert json.loads(content)["narratives"]["difficulties"] == "Thiếu người"


def test_nothing_is_sent_while_a_number_lacks_its_source(app, hour, db):
    hour("13:50")
    page = app("dung", "report")
    area(page, "IV. Diff").set_value("Không").run()
    page.number_input(key=f"report_703_{DAY}_cases_new_value_0").set_value(3).run()
    page = press(page, "Send the report")
    assert "Something you typed has not been saved." in said(page)
    assert not value(db, "select count(*) from report_events")


def test_the_name_of_a_number_is_no_mark(app, as_):
    db, mai = as_("mai")
    lines = [line | {"name_en": "*F0* :red[x]"} for line in versions.lines(db)]
    versions.edit(db, mai, versions.FormEdit(lines, versions.current(db), "test"), now=NOON)
    assert app("dung", "report").number_input[0].label.startswith("\\*F0\\*")


def test_what_another_window_changed_is_looked_at_before_it_is_sent(app, as_, db):
    page = press(app("binh", "report"), "None: write “Không”")
    own, binh = as_("binh")
    content = drafts.read(own, "25456", DAY)["content"]
    content["narratives"]["difficulties"] = "Thiếu test"
    drafts.keep(own, binh, "25456", DAY, drafts.ReportDraft(content, 1), now=NOON)
    page = press(page, "Send the report")
    assert "changed in another window" in said(page) and not value(db, "select count(*) from report_events")


def test_frozen_and_final_stand_side_by_side_with_their_difference(app, as_, db, hour):
    visit(db, range(1, 11))
    sent(as_)
    freeze(db)
    visit(db, [11, 12], "14:05")
    hour("14:10")
    page = app("binh", "report", why="seen")
    assert [cell["text"] for cell in figure(page, "seen")[:2]] == ["10", "12"]
    assert figure(page, "seen")[1]["note"] == "≠ differs by +2" and figure(page, "due")[1]["note"] == ""
    assert "**How Households seen is made up\\: 10**" in said(page) and "Version 1 of the form" in said(page)
    since = next(part for part in parts(page) if "entered or changed after 14:00" in part.get("caption", ""))
    assert since["rows"][0]["cells"][1:] == ["2", "14:05"]
    assert since["rows"][0]["cells"][0]["href"] == f"leaderboard?area=25456&day={DAY}&why=seen"


def test_why_adds_up_from_the_units(app, db):
    visit(db, range(1, 11))
    page = app("dung", "report", why="coverage")
    table = next(part for part in parts(page) if part.get("caption") == "Made up of")
    cells = [[cell if isinstance(cell, str) else cell["text"] for cell in row["cells"]] for row in table["rows"]]
    silent = ["Phường 3", "0", "24", "no entries yet", "no entries yet"]
    assert cells == [["Phường 1", "10", "48", "20.8%", "20.8%"], silent, ["Total", "10", "72", "13.9%", "13.9%"]]


def test_the_province_counts_all_and_groups_what_the_districts_wrote(app, as_, db, hour):
    visit(db, [*range(1, 11), *range(73, 80)])
    sent(as_, "dung", "703", "14:12")
    freeze(db)
    freeze(db, "province")
    hour("15:05")
    page = app("mai", "report")
    assert "1/2 units have sent their reports. Figures counted automatically cover all units" in said(page)
    assert [cell["text"] for cell in figure(page, "seen")[:2]] == ["17", "17"]
    assert not [cell for cell in figure(page, "seen") if cell["look"] == "differs"]
    assert "- Thành phố Tây Ninh: Cấp *test*" in [each.value for each in page.code]
    assert ":red[:material/error: **overdue by 5 min" in said(page)


def test_after_the_lock_an_addendum_stands_beside_the_old_number(app, as_, db, hour):
    visit(db, range(1, 11))
    sent(as_)
    freeze(db)
    hour("14:30")
    assert not [each for each in app("binh", "report").expander if each.label.startswith("Correct")]
    hour("15:20")
    page = app("binh", "report")
    key = f"report_correct_25456_{DAY}_0"
    assert "Correct by addendum No. 1" in [each.label for each in page.expander]
    page.multiselect(key=f"{key}_figures").set_value(["seen", "symptomatic"])
    page.multiselect(key=f"{key}_words").set_value(["proposals"])
    page = press(page.run(), "Add the addendum")
    assert "Give the reason in a few words" in said(page)
    page.number_input(key=f"{key}_right_seen").set_value(12)
    page.number_input(key=f"{key}_right_symptomatic").set_value(0)
    page.text_area(key=f"{key}_text_proposals").set_value("Cấp test nhanh")
    page.text_area(key=f"{key}_reason").set_value("Hai hộ ghi *nhầm*")
    page = press(page, "Add the addendum")
    assert "Addendum No. 1 has been attached to the report." in said(page)
    assert figure(page, "seen")[0] == {"text": "12", "note": "✎ addendum No. 1; it was 10", "look": "differs"}
    assert "Households seen: 10 → 12; reason: Hai hộ ghi \\*nhầm\\*" in said(page)
    assert addenda.of_report(db, "25456", DAY)[0]["corrections"] == {"seen": [10, 12]}
    assert addenda.of_report(db, "25456", DAY)[0]["words"] == {"proposals": ["Cấp *test*", "Cấp test nhanh"]}
    assert "V. Proposals: Cấp test nhanh" in said(page) and "(✎ addendum No. 1)" in said(page)


def test_a_returned_report_is_mended_and_sent_again(app, as_, db, hour):
    sent(as_)
    own, dung = as_("dung")
    report_deeds.send_back(own, dung, "25456", DAY, reason="Thiếu {số} hộ", now=at("13:45"))
    hour("13:50")
    page = app("binh", "report")
    assert "Returned: Thiếu \\{số\\} hộ" in said(page) and "Đặng Tiến Dũng returned version 1: Thiếu" in said(page)
    page = press(page, "Resend the corrected report")
    assert "sent version 2" in said(page)


def test_the_level_above_reads_and_the_inspector_reads(app, as_, db):
    sent(as_)
    for who in ("dung", "mai", "thu"):
        page = app(who, "report", area="25456")
        assert "Cấp \\*test\\*" in said(page) and not page.text_area
        assert not [label for label in labels(page) if label.startswith(("Send", "Take", "None"))], who
    page = app("thu", "report")
    assert not page.text_area and "Send the report" not in labels(page)


@pytest.mark.parametrize(("who", "code"), [("chi", "25456"), ("binh", "25459"), ("dung", "710"), ("binh", "0' or 1")])
def test_a_report_of_another_area_is_not_found(app, as_, who, code):
    sent(as_)
    page = app(who, "report", area=code)
    assert (
        "There is no such record in your area; reload the page." in said(page)
        and "Cấp" not in said(page)
        and not parts(page)
    )


@pytest.mark.parametrize("who", ["an", "lan", "son", "quan"])
def test_who_has_no_part_in_reports_finds_the_page_closed(app, who):
    assert "This page is not open to your current role. Switch roles in the sidebar or choose another page." in said(
        app(who, "report")
    )


def test_days_without_a_report_say_so_calmly(app, db):
    assert "No report was due on 02/08/2021" in said(app("binh", "report", day="2021-08-02"))
    db.conn.execute("insert into settings (key, value) values ('report_from', '2021-08-03')")
    page = app("binh", "report", day="2021-08-10")
    assert "There are no figures for 10/08/2021" in said(page) and not page.text_area


def test_a_deputy_before_the_hour_prepares_only(app, db, hour):
    db.conn.execute("delete from grants where account_id = 2")
    for whose in (None, 3):
        db.conn.execute(
            """insert into grants (account_id, role, area_code, from_day, until_day, for_account_id, from_hour)
               values (2, 'commune', '25456', ?, ?, ?, ?)""",
            [DAY, whose and "2021-08-20", whose, whose and "13:50"],
        )
    grant = value(db, "select id from grants where for_account_id = 3")
    hour("13:40")
    page = app("lan", "report")
    page.session_state["grant"] = grant
    page = page.run()
    assert "From 13:50 you may send this report." in said(page) and "Send the report" not in labels(page)
    page = press(page, "None: write “Không”")
    hour("13:50")
    page = press(page.run(), "Send the report")
    assert "Phạm Thị Lan in place of Lê Thanh Bình sent version 1, 5 min late" in said(page)
    assert rows(db, "select account_id, for_account_id from report_events") == [{"account_id": 2, "for_account_id": 3}]


@pytest.mark.parametrize("who", ["binh", "dung", "mai", "thu"])
def test_in_vietnamese_every_part_is_drawn(app, as_, who):
    sent(as_)
    assert not app(who, "report", language="vi", why="coverage").exception


def test_the_history_says_it_in_words(app, as_, monkeypatch):
    db, binh = as_("binh")
    told = {"narratives": {"difficulties": "Không"}, "manual": {"relief": {"value": 4, "reason": "Trạm"}}}
    drafts.keep(db, binh, "25456", DAY, drafts.ReportDraft(told, 0), now=at("13:40"))
    report_deeds.submit(db, binh, "25456", DAY, draft_version=1, now=at("13:57"))
    addenda.correct(db, binh, "25456", DAY, Correction({"relief": 6}, "Sót"), now=at("15:10"))
    assert not app("binh", "history").exception
    monkeypatch.setattr(i18n, "language", lambda: "en")
    lines = rows(db, "select action, subject, detail from audit_log where action like 'report.%' order by id")
    assert [act_sentences.sentence(line | {"detail": json.loads(line["detail"])}) for line in lines] == [
        "edited the report of 16/08/2021; difficulties: Không; households helped today: 4 (Trạm)",
        "sent the report of 16/08/2021; version: 1; minutes late: 12",
        "corrected the report of 16/08/2021 by an addendum; households helped today from “4” to “6”;"
        " number of the addendum: 1; reason: Sót",
    ]


def test_a_report_of_the_level_below_is_received_where_it_is_read(app, as_, db):
    sent(as_)
    page = press(app("dung", "report", area="25456"), "Receive")
    assert "Received." in said(page) and "**Received**" in said(page)
    assert value(db, "select count(*) from report_events where deed = 'receive'") == 1
    assert "Receive" not in labels(page)


def test_a_report_of_the_level_below_is_returned_where_it_is_read(app, as_, db):
    sent(as_)
    page = press(app("dung", "report", area="25456"), "Return")
    page = press(page, "Return")
    assert "Give the reason in a few words" in said(page)
    page = press(page, "Cancel")
    assert not [each for each in page.text_area if each.label == "What needs correcting"]
    page = press(page, "Return")
    area(page, "What needs correcting").set_value("Thiếu *số* hộ")
    page = press(page, "Return")
    assert "Returned to Phường 1." in said(page) and "Returned: Thiếu \\*số\\* hộ" in said(page)
    assert not [label for label in labels(page) if label in ("Receive", "Return")]


@pytest.mark.parametrize("who", ["mai", "thu", "binh"])
def test_only_the_level_right_above_receives_it(app, as_, who):
    sent(as_)
    page = app(who, "report", area="25456")
    assert not page.exception and not [label for label in labels(page) if label in ("Receive", "Return")]


def test_after_sending_ones_own_report_the_late_communes_stay_listed(app, as_, db, hour):
    sent(as_, "dung", "703", "13:50")
    hour("13:55")
    page = app("dung", "report")
    listed = [item["name"] for item in missing(page)]
    assert listed == ["Phường 1", "Phường 3"] and "Text to paste into Zalo" in [each.label for each in page.expander]
    assert not [label for label in labels(page) if label.startswith("Send")]
    sent(as_, "binh", "25456", "13:56")
    visit(db, [1])
    assert [item["name"] for item in missing(app("dung", "report"))] == ["Phường 3"]


def test_a_report_sent_in_the_minute_of_the_deadline_says_the_second(app, as_, hour):
    sent(as_, "dung", "703", "14:00:20")
    hour("14:05")
    page = app("dung", "report")
    assert "1 min late, sent at 14:00:20" in said(page)
    assert "14:00:20 · Đặng Tiến Dũng sent version 1, 1 min late" in said(page)


# What units enter themselves


def before(db, code="25456", day=world.YESTERDAY, **numbers):
    """A report of yesterday, or of another day, as the store has it."""
    manual = {name: {"value": n, "reason": "Trạm Y tế"} for name, n in numbers.items()}
    content = {"narratives": {"difficulties": "Không"}, "manual": manual, "texts": {}}
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, content)
           values (?, ?, 'submit', ?, 3, 1, ?)""",
        [day, code, clock.at(day, "13:40"), json.dumps(content)],
    )


def numbers_of(page, code, of="value", place="25456"):
    fields = page.number_input if of == "value" else page.text_input
    return next(one for one in fields if one.key.startswith(f"report_{place}_{DAY}_{code}_{of}_"))


def test_yesterdays_source_and_stock_were_not_offered(app, db):
    before(db, cases_new=3, contacts_f1=25, documents=2)
    page = press(app("binh", "report"), "Last source: Trạm Y tế")
    assert numbers_of(page, "cases_new", "source").value == "Trạm Y tế"
    assert "Use yesterday's 25" in labels(page) and "Use yesterday's 3" not in labels(page), "F0 are new every day"
    page = press(page, "Use yesterday's 25")
    assert drafts.read(db, "25456", DAY)["content"]["manual"]["contacts_f1"] == {"value": 25, "reason": "Trạm Y tế"}
    assert "Use yesterday's 25" not in labels(page)


def test_every_last_source_is_one_press_away(app, db):
    before(db, day="2021-08-12", cases_new=3, contacts_f1=25, contacts_f2=40)  # of a unit that missed some days
    page = press(app("binh", "report"), "Use all 3 previous sources")
    assert [numbers_of(page, code, "source").value for code in ("cases_new", "contacts_f1", "contacts_f2")] == [
        "Trạm Y tế"
    ] * 3
    assert not any("previous sources" in label for label in labels(page))
    numbers_of(page, "cases_new").set_value(4).run()
    assert drafts.read(db, "25456", DAY)["content"]["manual"] == {"cases_new": {"value": 4, "reason": "Trạm Y tế"}}


def test_no_source_is_asked_where_the_form_wants_none(app, db):
    page = app("binh", "report")
    keys = [one.key for one in page.text_input]
    asked = {key.split("_")[3] for key in keys if key.startswith("report_25456") and "_source_" in key}
    assert "documents" not in asked and {"cases", "contacts"} <= asked
    numbers_of(page, "documents").set_value(2).run()
    assert drafts.read(db, "25456", DAY)["content"]["manual"] == {"documents": {"value": 2, "reason": ""}}


def own_lines(as_, **more):
    db, mai = as_("mai")
    made = {
        "block": "III.2",
        "kind": "number",
        "name_vi": "Mũi vắc-xin",
        "name_en": "Doses",
        "unit": "mũi",
        "formula_vi": "",
        "formula_en": "",
        "function": "manual",
        "shown": 1,
        "in_table": 1,
        "flow": 1,
        "summed": 1,
        "source": 0,
        "required": 1,
        "cumulative_unit": "",
    }
    text = made | {"code": "new2", "kind": "text", "name_vi": "Tình hình tiêm", "name_en": "How it goes"}
    lines = [*versions.lines(db), made | {"code": "new1", "position": 90}, text | {"position": 91}]
    versions.edit(db, mai, versions.FormEdit(lines, versions.current(db), "x"), now=NOON)


def test_a_text_saves_itself_and_what_is_required_holds_back_the_report(app, as_, db, hour):
    own_lines(as_)
    hour("13:41")
    page = app("binh", "report")
    area(page, "IV. Diff").set_value("Không").run()
    page = press(page, "Send the report")
    assert "**Doses**: This figure is required; enter 0 when there is none" in said(page)
    assert "**How it goes**: not written yet; required" in said(page)
    area(page, "How it goes").set_value("Tiêm *tại* trạm").run()
    numbers_of(page, "own1").set_value(0).run()
    assert drafts.read(db, "25456", DAY)["content"]["texts"] == {"own2": "Tiêm *tại* trạm"}
    page = press(page, "Send the report")
    assert "Sent at 13:41." in said(page) and "Tiêm \\*tại\\* trạm" in said(page)
    district = app("dung", "report")
    assert "- Phường 1: Tiêm *tại* trạm" in " ".join(one.value for one in district.code)
    table = next(part for part in parts(district) if part.get("caption") == "Entered by the units")
    assert table["rows"][0]["cells"][-1] == "0" and table["rows"][1]["cells"][1] == "not reported"
    assert table["rows"][2]["cells"][-1] == "0 (1/2)"


def test_a_text_that_another_window_changed_is_not_lost(app, as_, db):
    own_lines(as_)
    page = app("binh", "report")
    own, binh = as_("binh")
    drafts.put(own, binh, "25456", DAY, drafts.FieldEdit("texts", "own2", "Ở cửa sổ kia"), now=NOON)
    area(page, "How it goes").set_value("Của tôi").run()
    assert "it now says\\: Ở cửa sổ kia" in said(page) and area(page, "How it goes").value == "Của tôi"
    page = press(page, "Use that text")
    assert area(page, "How it goes").value == "Ở cửa sổ kia"


def test_why_of_an_entered_number_names_units_sources_and_sums(app, db):
    before(db, day="2021-08-14", cases_new=3)
    before(db, cases_new=4)
    before(db, day=DAY, cases_new=5)
    page = app("dung", "report", why="cases_new")
    assert "The units below total **5**: entered by 1 of 2." in said(page)
    table = next(part for part in parts(page) if part.get("caption") == "Entered by the units")
    assert table["rows"][0]["cells"][1:] == ["5", "4", "12", "Trạm Y tế", "13:40 · Lê Thanh Bình"]
    assert table["rows"][1]["cells"][1] == "not reported" and table["rows"][1]["silent"]
    assert table["rows"][2]["cells"][1:4] == ["5 (of 1/2 units)", "", "12 (of 1/2 units)"]
    chart = next(one for one in page.main if one.type == "arrow_vega_lite_chart" or "vega" in one.type)
    assert "F0" in str(chart.proto.spec)
    assert {"Map", "Trend", "By day"} <= {
        option.content for one in page.main.get("button_group") for option in one.proto.options
    }
    own = app("binh", "report", why="cases_new")
    assert "**12** since 27/04/2021: what was sent for 3 days; no earlier total was entered." in said(own)


@pytest.mark.parametrize("view", ["map", "trend", "days"])
def test_every_chart_of_an_entered_number_has_its_rows(app, db, view):
    before(db, cases_new=4)
    before(db, code="703", cases_new=9)
    before(db, day=DAY, cases_new=0)
    page = app("dung", "report", why="cases_new")
    next(one for one in page.button_group if one.key == "report_chart").set_value(view).run()
    assert not page.exception
    told = next(part for part in parts(page) if "chart" in part)
    assert "703" in json.dumps(told) if view != "map" else {"Phường 1", "Phường 3"} <= {row[1] for row in told["rows"]}
    assert "not reported" in json.dumps(told["rows"]), "a number is sent with a report; visits are what has no entries"
    assert told["links"]["25456"].endswith("why=cases_new")


def test_what_came_before_the_program_is_entered_and_taken_back(app, db):
    before(db, day=DAY, cases_new=5)
    page = app("mai", "report", area="25456")
    page.selectbox(key="opening_25456_figure").set_value("cases_new").run()
    field = "opening_25456_cases_new"
    page = press(page, "Save the cumulative total")
    assert "Type a whole number of 0 or more" in said(page)
    page.number_input(key=f"{field}_value_0").set_value(40)
    page.text_input(key=f"{field}_until_0").set_value("14/08/2021")
    page.text_input(key=f"{field}_source_0").set_value("CDC tỉnh")
    page = press(page, "Save the cumulative total")
    assert "Saved. The totals include it from now on." in said(page)
    assert "40 by the end of 14/08/2021 · CDC tỉnh · entered by Hồ Tuyết Mai" in said(page)
    assert figure(page, "cases_new")[-1]["text"] == "45"
    page = press(page, "Remove this figure")
    assert "Removed." in said(page) and figure(page, "cases_new")[-1]["text"] == "5"
    assert not any("before the program" in one.label for one in app("thu", "report", area="25456").expander)


def test_households_seen_add_up_to_times_not_to_households(app, db):
    visit(db, range(1, 6))
    page = app("binh", "report")
    assert figure(page, "seen")[-1]["text"] == "5 times" and figure(page, "teams")[-1]["text"] == "–"
