"""Issuing accounts on the screen."""

from contextlib import closing

import pytest

from lib.core import access
from lib.core.database import connect, row, value
from lib.core.identity import accounts, authentication, password_hashing
from lib.screen.admin import account_form
from lib.screen.shell import signin
from tests import world


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


def test_a_second_click_issues_no_second_account_and_keeps_the_password(app, db):
    page = choose_person(app("binh", "accounts"))
    fill(page, username="tv.moi", full_name="Trần Văn Mới")
    password = press(page, "Issue account").code[0].value
    assert press(page, "Issue account").code[0].value == password
    assert value(db, "select count(*) from accounts where username = 'tv.moi'") == 1


def test_a_double_click_issues_one_account_and_shows_the_password_that_holds(app, db):
    """Both clicks run at once: while one hashes, the other writes. The loser said "taken"; nobody saw the password."""
    page, hashed = choose_person(app("binh", "accounts")), password_hashing.hashed

    def while_hashing(password):
        monkeypatch.undo()
        person = {"area_code": "25456", "team_id": 1, "member_id": 2}
        with closing(connect()) as other:
            user = access.user(other, world.CAST["binh"][0], world.DAY)
            access.bind(other, user, world.DAY)
            accounts.create(
                other,
                user,
                accounts.NewAccount(username="tv.moi", full_name="Trần Văn Mới", role="member", **person),
                now=world.NOW,
                password_hash=hashed(password),
            )
        return hashed(password)

    fill(page, username="tv.moi", full_name="Trần Văn Mới")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(password_hashing, "hashed", while_hashing)
        password = press(page, "Issue account").code[0].value
    assert password_hashing.matches(password, authentication.credentials(db, "tv.moi")["password_hash"])


def test_a_name_somebody_else_has_is_a_sentence(app):
    page = choose_person(app("binh", "accounts"))
    fill(page, username="chi", full_name="Trần Văn Mới")
    assert "taken" in press(page, "Issue account").warning[0].value


def test_faults_stand_at_the_fields_and_what_was_typed_stays(app):
    page = choose_person(app("binh", "accounts"))
    fill(page, username="có dấu", full_name="Trần", phone="123")
    press(page, "Issue account")
    assert any("without accents" in m.value for m in page.markdown)
    assert page.text_input(key="account_username").value == "có dấu"


@pytest.fixture
def tick(as_):
    """Tick a row of the table as it is drawn now for the district."""

    def ticked(page, place):
        key = account_form.table_key(accounts.listed(as_("dung")[0], world.DAY))
        page.session_state[key] = {"selection": {"rows": [place], "columns": []}}
        return page.run()

    return ticked


def test_the_switch_and_a_new_password(app, db, tick):
    page = tick(app("dung", "accounts"), 0)
    press(page, "Switch off")
    assert value(db, "select username from accounts where is_active = 0") == "binh"
    password = press(page, "Issue a new password").code[0].value
    assert password.count("-") == 4
    assert press(page, "Issue a new password").code[0].value == password, "two clicks are one press"
    assert password_hashing.matches(password, authentication.credentials(db, "binh")["password_hash"])


def test_a_row_ticked_in_one_list_means_nobody_in_another(app, db, tick):
    """The wrong account was locked when the list changed under the tick."""
    page = tick(app("dung", "accounts"), 0)
    world.add_account(db, 50, "aaa", "An Văn Anh", "commune", "25456", None, None, grant_id=50)
    press(page, "Switch off")
    assert value(db, "select is_active from accounts where username = 'aaa'") == 1, "nobody ticked this one"
    assert not [b for b in page.run().button if b.label == "Switch off"]


# The visitor's own password

NEW = "gió mùa đông bắc"


@pytest.fixture
def own(app, monkeypatch):
    """`own(present, new, again)`: the form of the visitor's own page, filled and sent."""
    given = []
    monkeypatch.setattr(signin, "deliver", given.append)

    def sent(*typed: str, page: str | None = "me"):
        form = app("binh", page)
        for field, word in zip([box for box in form.text_input if box.proto.type], typed, strict=True):
            field.set_value(word)
        press(form, "Save password")
        return " ".join(m.value for m in form.markdown if "material/error" in m.value), given

    return sent


def test_a_new_password_asks_for_the_present_one(own, db):
    told, given = own("not this one", NEW, NEW)
    assert "current password is wrong" in told and not given
    told, given = own(world.PASSWORD, NEW, NEW)
    assert not told and given
    assert password_hashing.matches(NEW, authentication.credentials(db, "binh")["password_hash"])


def test_somebody_at_an_open_screen_does_not_guess_the_present_password(own):
    for _try in range(authentication.TRIES):
        own("not this one", NEW, NEW)
    told, given = own(world.PASSWORD, NEW, NEW)
    assert "Too many failed attempts" in told and not given


@pytest.mark.parametrize(
    "new", ["phuong1tayninh", "Lê Thanh Bình 80", "1234567890", "đông\u200b bắc gió", world.PASSWORD]
)
def test_a_password_that_will_not_do_is_refused_at_its_field(own, db, new):
    told, given = own(world.PASSWORD, new, new)
    assert told and "present" not in told and not given


def test_an_issued_password_was_just_typed_and_is_not_asked_again(own, db):
    """Nor is it taken as the new one."""
    db.conn.execute("update accounts set must_change = 1 where username = 'binh'")
    told, given = own(world.PASSWORD, world.PASSWORD, page=None)
    assert "your current password. Choose" in told and not given
    told, given = own(NEW, NEW, page=None)
    assert not told and given and not row(db, "select 1 from accounts where username = 'binh' and must_change")
