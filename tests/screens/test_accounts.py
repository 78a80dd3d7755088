"""Issuing accounts on the screen."""

from lib.core.database import row, value


def fill(page, **values):
    for key, typed in values.items():
        page.text_input(key=f"account_{key}").set_value(typed)


def choose_person(page):
    page.selectbox[0].set_value(1).run()
    page.selectbox[1].set_value(2).run()
    return page


def press(page, label):
    return next(b for b in page.button if b.label == label).click().run()


def test_a_clerk_issues_a_member_account_and_sees_the_password_once(app, db):
    page = choose_person(app("binh", "accounts"))
    fill(page, username="tv.moi", full_name="Trần Văn Mới")
    press(page, "Issue account")
    assert not page.exception and page.code[0].value.count("-") == 4
    made = row(db, "select must_change, created_by from accounts where username = 'tv.moi'")
    assert made == {"must_change": 1, "created_by": 3}
    assert not page.run().code


def test_a_second_click_issues_no_second_account(app, db):
    page = choose_person(app("binh", "accounts"))
    fill(page, username="tv.moi", full_name="Trần Văn Mới")
    press(page, "Issue account")
    press(page, "Issue account")
    assert value(db, "select count(*) from accounts where username = 'tv.moi'") == 1
    assert "taken" in page.warning[0].value


def test_faults_stand_at_the_fields_and_what_was_typed_stays(app):
    page = choose_person(app("binh", "accounts"))
    fill(page, username="có dấu", full_name="Trần", phone="123")
    press(page, "Issue account")
    assert any("without marks" in m.value for m in page.markdown)
    assert page.text_input(key="account_username").value == "có dấu"


def test_a_new_password_and_the_switch(app, db):
    page = app("dung", "accounts")
    page.session_state["account_table"] = {"selection": {"rows": [0], "columns": []}}
    page.run()
    press(page, "Switch off")
    assert value(db, "select count(*) from accounts where is_active = 0") == 1
