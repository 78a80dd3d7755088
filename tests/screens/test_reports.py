"""The wall of reports: what each level sees of those below, and what it does with them."""

import json
from datetime import timedelta

import pytest

from lib.core import clock
from lib.core.database import row, rows, value
from lib.core.errors import NotFound
from lib.oversight.reports import acts, officers, reminders
from lib.screen.report_tracking import unit_table
from tests import world

DAY, NOON = world.DAY, world.NOW
AFTER = NOON + timedelta(hours=2, minutes=5)  # five past two
DUE = clock.at(DAY, "14:00")


def sent(db, code: str, hour: str = "13:40", *, day: str = DAY, late: int = 0) -> None:
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, late_minutes)
           values (?, ?, 'submit', ?, 3, 1, ?)""",
        [day, code, clock.at(day, hour), late],
    )


def said(page) -> str:
    told = [*page.markdown, *page.success, *page.info, *page.caption, *page.warning, *page.title]
    return " ".join(each.value for each in told)


def parts(page) -> list[dict]:
    return [json.loads(element.proto.json) for element in page.main if element.type == "bidi_component"]


def wall(page) -> dict:
    return next((part for part in parts(page) if "counts" in part), {"rows": [], "counts": []})


def counts(page) -> dict[str, str]:
    return {each["name"]: each["value"] for each in wall(page)["counts"]}


def unit(page, code: str) -> dict:
    lines = wall(page)["rows"]
    below = [each for line in lines for each in line["inside"]]
    return next(each for each in [*lines, *below] if each["code"] == code)


def click(monkeypatch, page, deed: str, code: str):
    """A click on the wall, heard by one run only."""
    clicks = [(deed, code)]
    monkeypatch.setattr(unit_table, "sent", lambda key: clicks.pop() if clicks else None)
    return page.run()


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return page.run()


@pytest.fixture
def afternoon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTER)


def test_the_district_sees_its_communes_in_time_and_not(app, db):
    sent(db, "25456")
    page = app("dung", "reports")
    assert counts(page) == {"In time": "1", "Late": "0", "Not reported": "1", "Returned": "0"}
    assert (unit(page, "25456")["state"], unit(page, "25456")["timing"]) == ("Sent", "on time")
    assert (unit(page, "25459")["state"], unit(page, "25459")["timing"]) == ("Not reported", "due 13:45")
    assert "1 h 45 min until the communes' reports are due at 13:45" in said(page)
    assert "1 of 2 units have reported. A total is partial until all units have reported." in said(page)


def test_red_is_only_what_is_overdue_now(app, db, afternoon):
    sent(db, "25456", "13:52", late=7)
    page = app("dung", "reports")
    late, missing = unit(page, "25456"), unit(page, "25459")
    assert (late["look"], late["timing"]) == ("amber", "7 min late")
    assert (missing["look"], missing["timing"]) == ("red", "overdue by 20 min")
    assert next(each for each in wall(page)["counts"] if each["name"] == "Not reported")["look"] == "red"
    yesterday = app("dung", "reports", day=world.YESTERDAY)
    assert unit(yesterday, "25459")["look"] == "amber"


def test_the_province_unfolds_districts_to_their_communes(app, db):
    sent(db, "703")
    sent(db, "25456")
    page = app("mai", "reports")
    district = unit(page, "703")
    assert district["told"] == "1 of 2 communes reported"
    assert [each["name"] for each in district["inside"]] == ["Phường 1", "Phường 3"]
    assert counts(page)["In time"] == "1" and "Communes: 1 on time, 0 late, 2 not reported" in said(page)


def test_the_accountable_officer_stands_beside_the_unit_with_a_telephone(app, as_):
    own, dung = as_("dung")
    fields = {"full_name": "Phạm *Văn* Tư", "position": "Phó Bí thư", "phone": "0912345678"}
    for area in ("703", "25456"):
        officers.name(own, dung, area, "accountable", fields | {"from_day": DAY}, now=NOON)
    told = {"name": "Phạm *Văn* Tư", "facts": "Phó Bí thư", "phone": "0912 345 678"}
    assert unit(app("dung", "reports"), "25456")["people"] == [told]
    listed = [item for part in parts(app("binh", "reports")) for item in part.get("items", [])]
    assert "0912 345 678" in [item["phone"] for item in listed], "the commune knows whom to call above"
    assert "0912 345 678" not in json.dumps(parts(app("chi", "reports")))


def test_a_report_is_received(app, db, monkeypatch):
    sent(db, "25456")
    page = click(monkeypatch, app("dung", "reports"), "receive", "25456")
    assert unit(page, "25456")["state"] == "Received" and "Received." in said(page)
    assert value(db, "select count(*) from report_events where deed = 'receive'") == 1


def test_a_report_is_returned_with_a_reason_only(app, db, monkeypatch):
    sent(db, "25456")
    page = click(monkeypatch, app("dung", "reports"), "return", "25456")
    page = press(page, "Return")
    assert "Give the reason in a few words" in said(page)
    page.text_area[0].set_value("Thiếu số hộ vắng nhà")
    page = press(page, "Return")
    assert (unit(page, "25456")["state"], unit(page, "25456")["note"]) == ("Returned", "Thiếu số hộ vắng nhà")
    assert counts(page)["Returned"] == "1" and unit(page, "25456")["look"] == "amber"
    own = [item for part in parts(app("binh", "reports")) for item in part.get("items", [])]
    assert "Returned: Thiếu số hộ vắng nhà" in own[0]["facts"]


def test_all_that_were_sent_are_received_at_once(app, db):
    sent(db, "25456")
    sent(db, "25459")
    page = press(app("dung", "reports"), "Receive all 2 reports that were sent")
    assert "Received 2 reports: Phường 1, Phường 3." in said(page)
    assert {unit(page, code)["state"] for code in ("25456", "25459")} == {"Received"}
    assert value(db, "select count(*) from report_events where deed = 'receive'") == 2
    assert value(db, "select count(*) from audit_log where action = 'report.receive'") == 2
    assert not [button for button in page.button if button.label.startswith("Receive")]
    sent(db, "703")
    assert not [b for b in app("thu", "reports").button if b.label.startswith("Receive")], "an inspector only reads"


def test_what_was_recalled_meanwhile_is_not_received_with_the_others(as_, db):
    sent(db, "25456")
    own, dung = as_("dung")
    assert acts.receive_all(own, dung, ["25456", "25459"], DAY, now=NOON) == ["25456"]
    assert value(db, "select count(*) from audit_log where action = 'report.receive'") == 1
    with pytest.raises(NotFound):
        acts.receive_all(own, dung, ["25654"], DAY, now=NOON)


def test_a_report_sent_in_the_minute_of_the_deadline_says_the_second(app, db):
    sent(db, "25456", "13:45")
    db.conn.execute("drop trigger report_events_no_update")
    db.conn.execute("update report_events set at = '2021-08-16T06:45:20Z', late_minutes = 1")
    line = unit(app("dung", "reports"), "25456")
    assert (line["timing"], line["sent"]) == ("1 min late", "13:45:20, Lê Thanh Bình")


def test_a_reminder_says_that_the_report_came_instead_of_not_answered(app, as_, db, afternoon):
    own, dung = as_("dung")
    reminders.send(own, dung, {"25456": "Đề nghị gửi báo cáo."}, due_at=clock.at(DAY, "13:50"), day=DAY, now=NOON)
    assert "not answered, overdue since 13:50" in unit(app("dung", "reports"), "25456")["reminder"]
    sent(db, "25456", "13:52", late=7)
    assert unit(app("dung", "reports"), "25456")["reminder"] == "12:00 · report sent at 13:52"
    page = app("binh", "reports")
    assert "report sent at 13:52" in said(page) and "overdue" not in said(page)
    assert not [button for button in page.button if button.label == "Send the answer"]
    assert "Reminders not answered yet" not in said(app("binh", "home"))


def test_a_returned_report_is_not_counted_as_reported(app, db, monkeypatch):
    sent(db, "25456")
    sent(db, "703")
    page = click(monkeypatch, app("dung", "reports"), "return", "25456")
    page.text_area[0].set_value("Thiếu số hộ vắng nhà")
    page = press(page, "Return")
    assert "0 of 2 units have reported. 1 unit has had its report returned and has not sent it again." in said(page)
    assert unit(page, "25456")["timing"] == "not sent again yet"
    assert "Remind all 2 units that have not reported" in [button.label for button in page.button]
    assert unit(app("mai", "reports"), "703")["told"] == "0 of 2 communes reported, 1 returned"
    assert "1** Reports returned to the level below have not been sent again yet." in said(app("dung", "home"))


def test_a_recalled_report_is_missing_until_it_is_sent_again(app, db):
    sent(db, "25456", "11:30")
    for deed, hour, version in (("recall", "11:40", 1), ("submit", "11:50", 2), ("return", "11:52", 2)):
        db.conn.execute(
            """insert into report_events (day, area_code, deed, at, account_id, version, reason)
               values (?, '25456', ?, ?, 3, ?, 'Sai')""",
            [DAY, deed, clock.at(DAY, hour), version],
        )
        page = app("dung", "reports")
        line, stands = unit(page, "25456"), deed == "submit"
        assert counts(page)["In time"] == str(int(stands))
        assert line["timing"] == ("on time" if stands else "not sent again yet")
        assert (line["look"], line["note"]) == (("done", "") if stands else ("amber", "Sai"))
    assert line["sent"].startswith("11:50, ")


def test_a_second_version_stands_with_its_own_hour(app, db):
    """ "Gửi lần 2 lúc 13:30" was 13:33."""
    sent(db, "25456", "11:30")
    for deed, hour, version in (("return", "11:31", 1), ("submit", "11:33", 2)):
        db.conn.execute(
            """insert into report_events (day, area_code, deed, at, account_id, version, reason)
               values (?, '25456', ?, ?, 3, ?, 'Sai')""",
            [DAY, deed, clock.at(DAY, hour), version],
        )
    assert unit(app("dung", "reports"), "25456")["sent"].startswith("11:30; version 2 at 11:33, ")
    assert "version 2 sent at 11:33" in said(app("binh", "report"))


def test_one_unit_is_reminded_with_a_ready_text(app, db, monkeypatch):
    page = click(monkeypatch, app("dung", "reports"), "remind", "25456")
    ready = "Phường 1 is asked to send the report of 16/08/2021 by 13:45; still missing: the unit's own report."
    assert page.text_area[0].value == ready
    page = press(page, "Send the reminder")
    assert "Reminder sent." in said(page) and "12:00 · unread" in unit(page, "25456")["reminder"]
    assert row(db, "select to_area, due_at from reminders") == {"to_area": "25456", "due_at": clock.at(DAY, "13:45")}


def test_all_that_are_missing_are_reminded_once(app, db):
    sent(db, "25456")
    page = press(app("mai", "reports"), "Remind all 2 units without a report")
    page = press(page, "Send the reminder")
    told = {line["to_area"]: line["words"] for line in rows(db, "select to_area, words from reminders")}
    assert set(told) == {"703", "710"} and "1 commune (Phường 3)" in told["703"]
    assert not [button for button in page.button if button.label.startswith("Remind")]


def test_an_hour_that_is_none_is_said_at_its_field(app, db, monkeypatch):
    page = click(monkeypatch, app("dung", "reports"), "remind", "25456")
    for typed, sentence in (("25:00", "Type the hour, "), ("11:00", "the answer must be later than now")):
        next(field for field in page.text_input if field.label.startswith("Answer by")).set_value(typed)
        page = press(page, "Send the reminder")
        assert sentence in said(page)
    assert not value(db, "select count(*) from reminders")


def test_a_reminder_is_read_and_answered(app, as_, db):
    own, dung = as_("dung")
    reminders.send(own, dung, {"25456": "Đề nghị gửi báo cáo *ngay*."}, due_at=DUE, day=DAY, now=NOON)
    home = app("binh", "home")
    assert "**1** Reminders not answered yet, the first due at 14:00." in said(home)
    page = app("binh", "reports")
    assert "Đề nghị gửi báo cáo \\*ngay\\*" in said(page)
    page = press(page, "I have read it")
    assert "Read at 12:00" in said(page)
    page.text_area[0].set_value("Sẽ gửi trước 13 giờ 50.")
    page = press(page, "Send the answer")
    assert "Answered at 12:00 by Lê Thanh Bình" in said(page)
    assert "answered: Sẽ gửi" in json.dumps(parts(app("dung", "reports")), ensure_ascii=False)


def test_an_inspector_sees_and_cannot_act(app, db):
    sent(db, "25456")
    page = app("thu", "reports")
    assert counts(page)["In time"] == "1"
    assert [line["deeds"] for line in wall(page)["rows"]] == [[], []]
    assert not [b for b in page.button if b.label in ("Save", "End") or b.label.startswith("Remind")]


def test_a_click_that_was_forged_is_refused(app, db, monkeypatch):
    sent(db, "25654")
    for who, sentence in (("dung", "There is no such record"), ("thu", "Your role may not do this")):
        page = click(monkeypatch, app(who, "reports"), "receive", "25654")
        assert sentence in said(page)
        page = click(monkeypatch, app(who, "reports"), "return", "25654")
        assert not page.text_area
    assert not value(db, "select count(*) from report_events where deed <> 'submit'")


@pytest.mark.parametrize("forged", [{"deed": 5}, {"open": ["x"]}, {"deed": {"a": 1}}])
def test_a_click_that_is_no_text_is_none(app, forged):
    page = app("dung", "reports")
    page.session_state["reports_chain"] = page.session_state["reports_own"] = forged
    page.run()
    assert not page.exception


def test_a_stranger_learns_nothing_of_another_commune(app, as_, db):
    own, dung = as_("dung")
    sent(db, "25456")
    reminders.send(own, dung, {"25456": "Đề nghị gửi báo cáo."}, due_at=DUE, day=DAY, now=NOON)
    page = app("chi", "reports")
    drawn = said(page) + json.dumps(parts(page), ensure_ascii=False)
    assert "Đề nghị" not in drawn and "Phường 1" not in drawn and "Lê Thanh Bình" not in drawn
    assert "Own report: Thị trấn Gò Dầu" in drawn


def test_rates_compare_the_districts(app, db):
    for code, late in (("703", 0), ("710", 3)):
        sent(db, code, day=world.YESTERDAY, late=late)
    page = app("mai", "reports")
    table = next(part for part in parts(page) if part.get("caption") == "Reports in time, by unit")
    assert [line["cells"][:6] for line in table["rows"]] == [
        ["Gò Dầu", "1", "1", "100.0%", "0", "0.0%"],
        ["Tây Ninh", "1", "1", "100.0%", "1", "100.0%"],
        ["Grand total", "2", "2", "100.0%", "1", "50.0%"],
    ]


def test_an_officer_is_named_and_ended(app, db):
    page = app("dung", "reports")
    assert "No accountable officer for the report yet: Thành phố Tây Ninh, Phường 1, Phường 3." in said(page)
    next(field for field in page.text_input if field.label == "Full name").set_value("Phạm Văn Tư")
    next(field for field in page.text_input if field.label == "Telephone").set_value("12")
    page = press(page, "Save")
    assert "A telephone number has 10 digits" in said(page)
    next(field for field in page.text_input if field.label == "Telephone").set_value("0912 345 678")
    page = press(page, "Save")
    assert "In office: Phạm Văn Tư" in said(page)
    page = press(page, "End")
    assert "Ended." in said(page) and "In office" not in said(page)


def test_before_the_programme_nothing_is_missing(app):
    page = app("dung", "reports", day="2021-08-02")
    assert "No report was due on 02/08/2021" in said(page) and not wall(page)["rows"]


def test_once_the_hours_have_passed_it_says_so(app, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=3, seconds=1))
    assert "The deadlines of today have passed" in said(app("mai", "reports"))


@pytest.mark.parametrize("who", ["an", "lan", "son", "quan"])
def test_who_writes_no_reports_finds_the_page_closed(app, who):
    assert "This page is not open to your current role. Switch roles in the sidebar or choose another page." in said(
        app(who, "reports")
    )


@pytest.mark.parametrize("who", ["binh", "dung", "mai", "thu"])
def test_in_vietnamese_every_part_is_drawn(app, db, who):
    sent(db, "25456")
    assert not app(who, "reports", language="vi").exception


def wanted(page):
    return next(field for field in page.text_input if field.label == "Find the deputy by name, user name or area")


def test_a_role_is_lent_and_taken_back_on_the_own_page(app, db):
    page = press(app("binh", "me"), "Delegate")
    assert "Choose your deputy" in said(page)
    wanted(page).set_value("kim chi")
    page = press(page, "Delegate")
    assert "No matching account" in said(page), "nobody of another area is offered"
    wanted(page).set_value("tran van an").run()
    page = press(page, "Delegate")
    assert "Delegated." in said(page) and "**Trần Văn An** (an) · Commune staff" in said(page)
    deputy = app("an", "me")
    assert "You act for" in " ".join(each.value for each in deputy.subheader)
    grant = value(db, "select id from grants where for_account_id is not null")
    deputy.session_state["grant"] = grant
    deputy.run()
    assert "in place of Lê Thanh Bình, from 13:50 on" in " ".join(each.value for each in deputy.sidebar.markdown)
    assert "Delegate your role" not in [each.value for each in deputy.subheader]
    page = app("binh", "me")
    assert "switched off" not in said(page)
    db.conn.execute("update accounts set is_active = 0 where username = 'an'")
    assert "this account is switched off; name another deputy" in said(page.run())
    page = press(page, "End")
    assert "no longer acts for you" in said(page)
    assert value(db, "select count(*) from grants where for_account_id is not null and until_day > from_day") == 0
