"""The history page: sentences, and what can still be taken back."""

from lib.register import persons
from tests import world


def test_a_clerk_takes_back_their_own_act(app, as_):
    db, user = as_("binh")
    persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    page = app("binh", "history", language="en")
    assert "Can still be taken back: 1" in [box.label for box in page.expander]
    button = next(button for button in page.button if button.label == "Take back")
    button.click().run()
    assert "Taken back" in page.success[0].value
    assert [box.label for box in page.expander] == []
    assert persons.of_household(db, "25456-0001", day=world.DAY) == []
    assert any("took back" in told for told in page.table[0].value["What"])


def test_nobody_else_is_offered_it(app, as_):
    db, user = as_("binh")
    persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    for name in ("chi", "dung", "son", "an", "quan"):
        assert [button for button in app(name, "history", language="en").button if button.label == "Take back"] == []


def test_a_record_is_found_over_many_days(app, as_):
    db, user = as_("binh")
    persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    page = app("binh", "history", language="en")
    page.selectbox(key="history_day").set_value(None).run()
    page.text_input(key="history_query").set_value("25456-0001").run()
    assert len(page.table[0].value) == 1
    page.text_input(key="history_query").set_value("25456-0002").run()
    assert not page.table
