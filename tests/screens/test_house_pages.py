"""Every page for every role: it opens or refuses calmly, in both languages, and never breaks."""

import pytest

from lib.core import access
from lib.screen.shell.rooms import ROOMS
from tests import world
from tests.table import tabled


def refuses(page) -> bool:
    return any("not open to your current role" in info.value or "không mở được" in info.value for info in page.info)


def one_of_each(room) -> list[str]:
    """Of the cast the first that may open a room and the first that may not."""
    may = {world.CAST[name][3] in access.CAN[room.needs]: name for name in reversed(world.CAST)}
    return list(may.values())


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_page_opens_for_the_roles_it_belongs_to(app, room):
    """Everybody in Vietnamese; in English, as other tests of the screens are, one who may and one who may not."""
    cases = [("vi", name) for name in world.CAST] + [("en", name) for name in one_of_each(room)]

    @tabled(("language", "name"), cases)
    def opens(language, name):
        page = app(name, room.name, language)
        assert not page.exception
        assert refuses(page) is (world.CAST[name][3] not in access.CAN[room.needs])
        assert refuses(page) or page.title[0].value

    opens()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_nobody_gets_past_the_sign_in(app, room):
    page = app(None, room.name)
    assert page.title[0].value == "Từng Nhà" and [b.label for b in page.button if b.label == "Sign in"]
    assert not page.dataframe and not page.exception


def test_a_switched_off_account_meets_the_sign_in(app, db):
    db.conn.execute("update accounts set is_active = 0 where username = 'binh'")
    assert app("binh", "teams").title[0].value == "Từng Nhà"


def test_an_issued_password_is_changed_first(app, db):
    db.conn.execute("update accounts set must_change = 1 where username = 'binh'")
    page = app("binh", "teams")
    assert page.title[0].value == "Choose your own password"
