"""The history page: sentences, and what can still be taken back."""

from datetime import timedelta

from lib.core import clock
from lib.field.visits import visits
from lib.oversight.work import history
from lib.register.assignments import assignments
from lib.register.households import persons
from tests import world


def told(page) -> list[str]:
    """The sentences of the log, without the marks that keep them plain."""
    lines = "\n".join(mark.value for mark in page.markdown if mark.value.startswith("- ")).replace("\\", "")
    return [line.removeprefix("- ") for line in lines.split("\n") if line]


def meet(as_, db, numbers, reason=None, day=world.DAY, outcome="met"):
    drafts = {
        f"25456-{n:04d}": {"outcome": outcome, "flags": "", "note": "", "swept": False, "version": 0} for n in numbers
    }
    bound, user = as_("binh")
    visits.record(bound, user, visits.Submission(1, day, drafts, reason=reason), now=world.NOW)


def test_a_clerk_takes_back_their_own_act(app, as_):
    db, user = as_("binh")
    persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    page = app("binh", "history", language="en")
    assert "Can still be undone: 1" in [box.label for box in page.expander]
    button = next(button for button in page.button if button.label == "Undo")
    button.click().run()
    assert "Undone" in page.success[0].value
    assert [box.label for box in page.expander] == []
    assert persons.of_household(db, "25456-0001", day=world.DAY) == []
    assert any("undid: added a person to household 1" in line for line in told(page))


def test_nobody_else_is_offered_it(app, as_):
    db, user = as_("binh")
    persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    for name in ("chi", "dung", "son", "an", "quan"):
        assert [button for button in app(name, "history", language="en").button if button.label == "Undo"] == []


def test_a_record_is_found_over_many_days(app, as_):
    db, user = as_("binh")
    persons.add(db, user, "25456-0001", {"full_name": "Lê Thị Tư", "birth_year": "1984"}, now=world.NOW)
    page = app("binh", "history", language="en")
    page.selectbox(key="history_day").set_value(None).run()
    page.text_input(key="history_query").set_value("25456-0001").run()
    assert told(page) == [
        f"12:00, commune staff Lê Thanh Bình added Lê Thị Tư to household 1 ({world.head_name(1)}); "
        "year of birth: 1984; residence: Permanent residence"
    ]
    page.text_input(key="history_query").set_value("25456-0002").run()
    assert told(page) == []
    page.text_input(key="history_query").set_value(world.head_name(1)).run()
    assert len(told(page)) == 1


def test_a_save_of_many_is_three_in_words_and_opens_to_all(app, as_, db):
    meet(as_, db, range(1, 16), day="2021-08-14", reason="danh sách đến muộn")
    page = app("binh", "history", language="en")
    (line, *each) = told(page)
    assert line == (
        f"12:00, commune staff Lê Thanh Bình entered “met in person” for household 1 ({world.head_name(1)}), "
        f"household 2 ({world.head_name(2)}), household 3 ({world.head_name(3)}) and 12 more households, "
        "sheet of 14/08/2021, "
        "Tổ Covid cộng đồng số 01; reason: danh sách đến muộn"
    )
    assert "All 15 changes" in [box.label for box in page.expander] and len(each) == 15


def test_names_are_told_only_to_who_may_know_them(app, as_, db):
    meet(as_, db, [1])
    for name in ("chi", "quan"):
        assert not any(world.head_name(1) in line for line in told(app(name, "history", language="en")))
    (line,) = told(app("dung", "history", language="en"))
    assert world.head_name(1) in line and line.endswith(":small[:gray[Phường 1]]")


def test_a_name_that_looks_like_markup_stays_text(app, as_, db):
    db.conn.execute("update households set head_name = '[x](http://y) **z**' where id = 1")
    meet(as_, db, [1])
    page = app("binh", "history", language="en")
    drawn = next(mark.value for mark in page.markdown if "entered" in mark.value)
    assert "\\[x\\]\\(http" in drawn and "\\*\\*z" in drawn


def test_what_changes_a_day_gone_by_asks_why_before_it_is_taken_back(app, as_, monkeypatch):
    bound, user = as_("binh")
    assignments.give(bound, user, ["25456-0001"], 2, from_day=world.DAY, now=world.NOW)
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(hours=20))
    page = app("binh", "history", language="en")
    next(button for button in page.button if button.label == "Undo").click().run()
    assert any("say why" in mark.value for mark in page.markdown)
    (why,) = [field for field in page.text_input if field.label == "Reason"]
    why.set_value("giao nhầm").run()
    next(button for button in page.button if button.label == "Undo").click().run()
    assert "Undone" in page.success[0].value
    assert any(line.endswith("reason: giao nhầm") for line in told(page))


def test_a_search_reads_the_codes_of_a_save_without_a_table_of_letters(as_, db, monkeypatch):
    """A month of a province is a million of such lines, and every letter typed searches them again."""
    meet(as_, db, range(1, 25))
    folded, fold = [], history.text.fold
    monkeypatch.setattr(history, "_fold", lambda told: folded.append(told) or fold(told))
    bound = as_("binh")[0]
    assert history.of_day(bound, world.DAY, "25456-0017 LE THANH")[0]["action"] == "visit.record"
    assert max(map(len, folded)) < 100


def test_what_was_done_to_a_household_is_found_by_anybody_who_lives_there(as_, db):
    meet(as_, db, [1, 2])
    persons.add(*as_("binh"), "25456-0001", {"full_name": "Lò Thị Tư", "birth_year": "1984"}, now=world.NOW)

    def found(who):
        return [line["action"] for line in history.of_day(as_(who)[0], world.DAY, "lo thi tu")]

    assert found("binh") == found("dung") == ["person.add", "visit.record"]
    assert found("chi") == found("quan") == []
