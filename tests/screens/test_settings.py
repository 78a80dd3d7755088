"""Settings: size rules by the province, the machine by its keeper."""

from lib import jobs
from lib.core.database import rows, set_setting, setting


def press(page, label):
    return next(b for b in page.button if b.label == label).click().run()


def test_the_province_sets_the_rules(app, db):
    page = app("mai", "settings")
    page.text_input(key="rule_team_max").set_value("5")
    press(page, "Save rules")
    assert not page.exception and setting(db, "rule.team_max") == "5"
    assert rows(db, "select action from audit_log")[-1]["action"] == "setting.rules"


def test_an_impossible_rule_is_refused_at_its_field(app, db):
    page = app("mai", "settings")
    page.text_input(key="rule_team_max").set_value("2")
    page.text_input(key="rule_coverage_target").set_value("chín mươi")
    press(page, "Save rules")
    assert any("may not be less" in m.value for m in page.markdown)
    assert any("whole number" in m.value for m in page.markdown)
    assert setting(db, "rule.team_max") is None and page.text_input(key="rule_team_max").value == "2"


def test_the_administrator_takes_a_copy(app):
    page = press(app("quan", "settings"), "Copy the store now")
    assert not page.exception and len(jobs.copies()) == 1
    assert jobs.copies()[0].name in page.success[0].value and page.run().metric[2].value == jobs.copies()[0].name


def test_the_administrator_switches_the_invisible_teams(app, db):
    set_setting(db, "practice", "mật khẩu chung")
    page = app("quan", "settings")
    page.toggle(key="practice_alive").set_value(True).run()
    assert not page.exception and setting(db, "practice_alive") == "1"
    assert rows(db, "select action from audit_log")[-1]["action"] == "setting.technical"


def test_each_sees_only_their_part(app):
    assert not app("mai", "settings").metric
    assert not app("quan", "settings").text_input
