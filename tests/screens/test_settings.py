"""Settings: size rules by the province, the machine by its keeper."""

import re

import pytest
from google.protobuf.json_format import MessageToDict

from lib.core import store_file
from lib.core.database import rows, set_setting, setting
from lib.operations import backup_files, backup_places
from lib.register import rule_sources
from lib.screen.markdown import plain


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


def test_the_administrator_takes_a_copy(app, db):
    page = press(app("quan", "settings"), "Back up now")
    (copy,) = backup_files.listed(db)
    assert not page.exception and copy.verdict == "good" and copy.file.name in page.success[0].value
    line = page.dataframe[0].value.iloc[0]
    assert (line["Verdict"], line["Location"], line["Age"]) == ("verified", "Next to the data", "0 min")
    assert page.metric[2].value == "0 min", "what stands above the button, too"


def test_the_administrator_names_a_second_place(app, db, tmp_path):
    page = app("quan", "settings")
    page.text_input(key="copies_place").set_value(str(tmp_path / "stick"))
    press(page, "Save the location")
    assert any("no such folder" in m.value for m in page.markdown) and backup_places.second_place(db) is None
    (tmp_path / "stick").mkdir()
    assert any("no second location yet" in caption.value for caption in page.caption)
    press(page, "Save the location")
    assert not page.exception and backup_places.second_place(db) == tmp_path / "stick"
    assert f"Second location: {plain(str(tmp_path / 'stick'))}" in [caption.value for caption in page.caption]
    assert "is on the same disk as the" in page.warning[-1].value
    assert rows(db, "select action from audit_log")[-1]["action"] == "setting.copies"
    press(page, "Back up now")
    assert {copy.place for copy in backup_files.listed(db)} == {"beside", "second"}


def test_a_copy_that_one_place_refused_is_not_praised_alone(app, db, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    set_setting(db, "copies_place", str(tmp_path / "stick"))
    free = store_file.free
    monkeypatch.setattr(store_file, "free", lambda folder: 0 if folder.name == "stick" else free(folder))
    page = press(app("quan", "settings"), "Back up now")
    assert page.success and "second location: Not enough room" in page.warning[0].value


def test_little_room_is_told_in_megabytes(app, monkeypatch):
    monkeypatch.setattr(store_file, "free", lambda folder: 49 * 2**20)
    assert app("quan", "settings").metric[1].value == "49 MB"


def test_the_administrator_switches_the_invisible_teams(app, db):
    set_setting(db, "practice", "mật khẩu chung")
    page = app("quan", "settings")
    page.toggle(key="practice_alive").set_value(True).run()
    assert not page.exception and setting(db, "practice_alive") == "1"
    assert rows(db, "select action from audit_log")[-1]["action"] == "setting.technical"


def test_each_sees_only_their_part(app):
    assert not app("mai", "settings").metric
    assert [field.key for field in app("quan", "settings").text_input] == ["copies_place"]


def test_the_sign_in_draws_on_a_full_disk_and_says_it(app, short_files):
    short_files(33_000)  # what SQLite keeps beside a store fits, rows do not
    page = app(None)
    assert not page.exception and "Tell the server administrator" in page.warning[0].value
    assert [field.key for field in page.text_input] == ["signin_username", "signin_password"]


def test_what_cannot_be_saved_is_told_in_a_sentence(app, db, short_files):
    page = app("mai", "settings")
    page.text_input(key="rule_team_max").set_value("5")
    short_files(1000)
    press(page, "Save rules")
    assert "Tell the server administrator" in page.warning[0].value and setting(db, "rule.team_max") is None
    short_files(2**40)
    press(page, "Save rules")
    assert setting(db, "rule.team_max") == "5"


def test_the_province_enters_what_the_rules_stand_on(app, db):
    page = app("mai", "settings")
    page.selectbox(key="source_state_document").set_value("Chỉ thị")
    for field, typed in (("number", "05/CT-UBND"), ("day", "31/5/2021"), ("issuer", "Chủ tịch UBND tỉnh")):
        page.text_input(key=f"source_state_{field}").set_value(typed)
    page.button(key="source_state_save").click().run()
    assert not page.exception and rule_sources.read(db)["state"].number == "05/CT-UBND"
    page.text_input(key="source_state_day").set_value("31/2")
    page.button(key="source_state_save").click().run()
    assert rule_sources.read(db)["state"].day == "2021-05-31", "a fault saves nothing"


def test_the_province_chooses_what_its_hamlets_are_called(app, db):
    page = app("mai", "settings")
    page.multiselect(key="words_hamlets").set_value(["thôn", "khu phố"])
    press(page, "Save the unit types")
    assert not page.exception and setting(db, "words.hamlets") == "thôn, khu phố"


def drawn(block) -> str:
    """Everything a page draws, as one text."""
    found = [str(MessageToDict(block.proto))] if getattr(block, "proto", None) is not None else []
    return "\n".join([*found, *(drawn(child) for child in getattr(block, "children", {}).values())])


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("binh", "teams"),
        ("binh", "households"),
        ("binh", "assignments"),
        ("binh", "exchange"),
        ("binh", "report"),
        ("mai", "leaderboard"),
        ("mai", "template"),
        ("mai", "documents"),
    ],
)
def test_pages_say_what_the_people_say(app, db, who, page):
    """A province of the mountains reads of its bản everywhere, in the menu, the tables and the form of the report."""
    db.conn.execute("update areas set kind = 'bản' where level = 'hamlet'")
    db.conn.execute("update change set n = n + 1")
    test = app(who, page, language="vi")
    assert not test.exception
    shown = drawn(test.main) + drawn(test.sidebar)
    assert re.search(r"(?i)\bbản\b", shown) and not re.findall(r"(?i)\b(ấp|khu phố)\b", shown)
