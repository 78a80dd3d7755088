"""The hamlets page: add, rename, remove; only for the commune's own staff."""

import pytest

from lib.core.database import value


def said(test):
    return " ".join(str(e.value) for e in [*test.markdown, *test.info, *test.success, *test.warning])


def add(test, name, kind="ấp", number=0):
    test.selectbox(key=f"hamlet.{number}.kind").set_value(kind)
    test.text_input(key=f"hamlet.{number}.name").set_value(name)
    test.button(key=f"hamlet.{number}.save").click().run()
    assert not test.exception
    return test


@pytest.mark.parametrize("who", ["an", "lan", "son", "dung", "mai", "thu", "quan"])
def test_the_page_belongs_to_commune_staff(app, who):
    assert "is not open to your current" in said(app(who, "hamlets"))


def test_chi_sees_her_own_hamlets_only(app):
    assert list(app("chi", "hamlets").dataframe[0].value["Hamlet"]) == ["ấp Rạch Sơn"]


def test_a_hamlet_is_added_and_the_form_is_empty_again(app, db):
    test = add(app("binh", "hamlets"), "Phước Đức")
    assert "ấp Phước Đức" in list(test.dataframe[0].value["Hamlet"])
    assert test.text_input(key="hamlet.1.name").value == ""
    assert value(db, "select name from areas where code = '2545603'") == "Phước Đức"


def test_the_usual_word_is_proposed(app):
    assert app("binh", "hamlets").selectbox(key="hamlet.0.kind").value == "khu phố"


def test_a_name_given_twice_is_refused_at_the_field_and_stays(app, db):
    test = add(app("binh", "hamlets"), "1", kind="khu phố")
    assert "already has a hamlet of this name" in said(test)
    assert test.text_input(key="hamlet.0.name").value == "1"


def test_a_hamlet_is_renamed(app, db):
    test = app("binh", "hamlets")
    test.selectbox(key="hamlet_chosen").set_value("2545601").run()
    test.text_input(key="hamlet_2545601.0.name").set_value("Một")
    test.button(key="hamlet_2545601.0.save").click().run()
    assert not test.exception and value(db, "select name from areas where code = '2545601'") == "Một"


def test_an_empty_one_is_removed_and_one_in_use_is_not(app, db):
    test = add(app("binh", "hamlets"), "Nhầm")
    for code, left in (("2545601", 1), ("2545603", None)):
        test.selectbox(key="hamlet_chosen").set_value(code).run()
        test.button(key=f"hamlet_{code}.0.remove").click().run()
        assert not test.exception and value(db, "select 1 from areas where code = ?", [code]) == left
    assert "ấp Nhầm" not in list(test.dataframe[0].value["Hamlet"])


def test_a_commune_without_hamlets_is_told_what_to_do(app, db, monkeypatch):
    from lib.register.areas import hamlets

    monkeypatch.setattr(hamlets, "listed", lambda *_args, **_named: [])
    assert "No hamlet yet. Add the first one above" in said(app("binh", "hamlets"))
