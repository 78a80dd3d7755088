"""An empty store: the code of the terminal, then practice or one's own province."""

import shutil
from contextlib import closing

import pytest

from lib.core import clock
from lib.core.database import connect, prepare, row, value
from lib.core.identity import accounts, password_hashing
from lib.practice import province
from lib.register.areas import store_setup
from tests import world

LONG = 60


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A store as the program makes it at its first start."""
    return prepare(tmp_path_factory.mktemp("new") / "empty.db", now=world.NOW)


@pytest.fixture
def empty(migrated, tmp_path, monkeypatch):
    """A store without accounts, and a fresh code."""
    file = shutil.copy(migrated, tmp_path / "empty.db")
    monkeypatch.setenv("TUNGNHA_DB", str(file))
    monkeypatch.setattr(clock, "now", lambda: world.NOW)
    monkeypatch.setattr(store_setup, "SETUP_CODE", store_setup.SetupCode())
    db = connect(file)
    yield db
    db.close()


@pytest.fixture
def setup(empty, apptest, monkeypatch):
    from lib.screen import i18n
    from tests.conftest import ROOT

    monkeypatch.setattr(i18n, "language", lambda: "en")
    test = apptest.from_file(str(ROOT / "pages" / "index.py"), default_timeout=LONG)
    test.session_state["language"] = "en"
    return test.run()


@pytest.fixture
def opened(setup):
    setup.text_input[0].input(str(store_setup.SETUP_CODE))
    return click(setup, "Continue")


@pytest.fixture
def own(opened):
    opened.segmented_control(key="setup_way").set_value("own").run()
    return opened


def click(test, label: str):
    next(button for button in test.button if button.label == label).click()
    test.run()
    assert not test.exception
    return test


def text_of(test) -> str:
    return " ".join(
        element.value for kind in (test.markdown, test.success, test.info, test.warning) for element in kind
    )


def labels(test) -> list[str]:
    return [button.label for button in test.button]


def fill(test, **typed):
    for name, words in typed.items():
        widget = test.selectbox if name == "code" else test.text_input
        widget(key=f"setup_{name}").set_value(words)
    return click(test, "Set up the province")


GOOD = {
    "code": "27",
    "full_name": "Trần Văn Thử",
    "username": "quantri",
    "password": "mot cau de nho",
    "again": "mot cau de nho",
}


def test_nothing_is_offered_without_the_code(setup):
    assert labels(setup)[0] == "Continue" and not setup.segmented_control


def test_a_wrong_code_is_told_at_the_field_and_stays(setup):
    setup.text_input[0].input("AAAA-AAAA")
    click(setup, "Continue")
    assert "not the code printed in the terminal" in text_of(setup)
    assert setup.text_input[0].value == "AAAA-AAAA" and not setup.segmented_control


def test_ten_wrong_tries_void_the_code(setup):
    code = str(store_setup.SETUP_CODE)
    for _try in range(store_setup.TRIES):
        setup.text_input[0].input("AAAA-AAAA")
        click(setup, "Continue")
    setup.text_input[0].input(code)
    click(setup, "Continue")
    assert "code is no longer valid" in text_of(setup) and not setup.segmented_control


def test_the_code_is_read_in_small_letters_and_without_the_dash(setup):
    setup.text_input[0].input(f" {str(store_setup.SETUP_CODE).lower().replace('-', ' ')} ")
    click(setup, "Continue")
    assert setup.segmented_control(key="setup_way").value == "practice"


def test_the_practice_province_is_one_click(opened, empty):
    click(opened, "Build the practice province")
    assert "practice province is ready" in text_of(opened) and "xa.thanhphuoc" in text_of(opened)
    assert value(empty, "select count(*) from teams") == 188
    assert value(empty, "select value from settings where key = 'practice_alive'") == "1"
    click(opened, "Go to the sign-in page")
    assert "Sign in" in labels(opened)
    with pytest.raises(Exception, match="no longer valid"):
        store_setup.SETUP_CODE.check(str(store_setup.SETUP_CODE))


def test_invisible_teams_stay_away_when_not_wished(opened, empty, monkeypatch):
    monkeypatch.setattr(province, "build", lambda db, **how: None)  # it is not about the people
    opened.toggle(key="setup_alive").set_value(False)
    click(opened, "Build the practice province")
    assert value(empty, "select value from settings where key = 'practice_alive'") == "0"


def test_one_s_own_province(own, empty):
    fill(own, **GOOD)
    assert "Bắc Ninh has been set up" in text_of(own) and "issue the account of the province" in text_of(own)
    counts = "select count(*) filter (where level = 'district') as d, count(*) filter (where level = 'commune') as c"
    assert row(empty, f"{counts} from areas") == {"d": 8, "c": 126}
    assert row(empty, "select username, must_change from accounts") == {"username": "quantri", "must_change": 0}
    assert row(empty, "select role, area_code from grants") == {"role": "administrator", "area_code": "27"}
    assert "mot cau de nho" not in text_of(own)
    click(own, "Go to the sign-in page")
    assert "Sign in" in labels(own)


def founded_meanwhile(monkeypatch, **typed):
    """While the form's password is hashed, another run founds the province: the first click of two, or somebody."""
    hashed = password_hashing.hashed

    def while_hashing(password):
        monkeypatch.undo()
        line = {**GOOD, **typed}
        with closing(connect()) as db:
            administrator = store_setup.FirstAdministrator(
                line["username"], line["full_name"], hashed(line["password"])
            )
            store_setup.found_province(db, line["code"], administrator, now=world.NOW)
        return hashed(password)

    monkeypatch.setattr(password_hashing, "hashed", while_hashing)


def test_a_double_click_founds_one_province_and_says_so(own, empty):
    with pytest.MonkeyPatch.context() as inside:
        founded_meanwhile(inside)
        fill(own, **GOOD)
    assert "Bắc Ninh has been set up" in text_of(own) and "Accounts already exist" not in text_of(own)
    assert value(empty, "select count(*) from accounts") == 1


def test_who_comes_second_is_refused_and_led_to_the_sign_in(own):
    with pytest.MonkeyPatch.context() as inside:
        founded_meanwhile(inside, password="cau cua nguoi khac", again="cau cua nguoi khac")
        fill(own, **GOOD)
    assert "Accounts already exist" in text_of(own) and "has been set up" not in text_of(own)
    click(own, "Go to the sign-in page")
    assert "Sign in" in labels(own)


def test_every_fault_stands_at_its_field_and_nothing_is_lost(own, empty):
    fill(own, full_name="T", username="Quản trị", password="ngan", again="ngan")
    told = text_of(own)
    for sentence in ("Choose the province", "full name", "user name has 3 to 40", "at least 10 characters"):
        assert sentence in told
    assert own.text_input(key="setup_username").value == "Quản trị"
    assert own.text_input(key="setup_password").value == "ngan"
    assert not accounts.exist(empty)


def test_two_different_passwords_are_refused(own, empty):
    fill(own, **{**GOOD, "again": "mot cau khac han"})
    assert "two passwords differ" in text_of(own) and not accounts.exist(empty)


def test_a_province_can_be_found_without_accents(own):
    options = own.selectbox(key="setup_code").options
    assert "Tây Ninh (Tay Ninh)" in options and "Đắk Lắk (Dak Lak)" in options and len(options) == 63


def test_a_store_in_use_is_never_set_up_again(app):
    shown = app("binh", "setup")
    assert not [button for button in shown.button if button.label == "Continue"]
