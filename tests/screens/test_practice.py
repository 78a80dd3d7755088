"""A practice store says that it is one, to whom its sign-ins are listed, and that it holds real work by now."""

from datetime import timedelta

import pytest

from lib.core import clock
from lib.core.database import set_setting
from lib.screen.shell import practice_notes, signin
from tests import world


@pytest.fixture
def practised(db):
    """The world as a practice store."""
    set_setting(db, "practice", "khong-bi-mat")
    return db


def said(page) -> str:
    assert not page.exception
    return " ".join(str(each.value) for each in (*page.markdown, *page.warning, *page.caption))


def asked(monkeypatch, *, host="localhost:8501", client="127.0.0.1", bound="127.0.0.1", **headers) -> None:
    told = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    context = type("Context", (), {"headers": told, "cookies": {}, "url": "", "ip_address": client})
    monkeypatch.setattr(practice_notes.st, "context", context)
    monkeypatch.setattr(signin.st, "context", context)
    monkeypatch.setattr(practice_notes.st, "get_option", lambda name: bound)


def test_its_sign_ins_are_listed_at_the_machine_itself(app, practised):
    page = app(None)
    assert "khong-bi-mat" in said(page) and page.table[0].value.shape[0] == 9


@pytest.mark.parametrize(
    ("here", "how"),
    [
        (True, {}),
        (True, {"host": "127.0.0.1:8501"}),
        (True, {"host": "[::1]:8501", "client": "::1", "bound": "::1"}),
        (True, {"client": None}),
        (False, {"client": "192.168.1.7"}),
        (False, {"bound": "0.0.0.0"}),
        (False, {"bound": "::"}),
        (False, {"bound": None}),
        (False, {"bound": "192.168.1.2"}),
        (False, {"host": "covid.tayninh.gov.vn"}),
        (False, {"host": "192.168.1.2:8501"}),
        (False, {"host": "127.0.0.1.evil.example"}),
        (False, {"client": "2001:db8::7"}),
        (False, {"X_Forwarded_For": "127.0.0.1"}),
        (False, {"Forwarded": "for=127.0.0.1"}),
    ],
)
def test_nobody_on_a_network_is_shown_them(monkeypatch, here, how):
    asked(monkeypatch, **how)
    assert practice_notes.at_the_machine() is here


def test_on_a_network_the_sign_in_says_where_they_stand(app, practised, monkeypatch):
    monkeypatch.setattr(practice_notes, "at_the_machine", lambda: False)
    page = app(None)
    assert "khong-bi-mat" not in said(page) and not page.table
    assert "only on the server itself" in said(page)


@pytest.mark.parametrize("who", [None, "an", "quan"])
def test_real_work_in_a_practice_store_is_warned_of_on_every_page(app, practised, monkeypatch, who):
    page = app(who, who and "me")
    assert "every name is invented" in said(page) and not page.warning
    for n in range(10):
        practised.conn.execute(
            """insert into accounts (username, full_name, password_hash, created_at, created_by)
               values (?, 'Người Thật', '-', '2021-08-16T03:00:00Z', 3)""",
            [f"that.{n}"],
        )
    monkeypatch.setattr(clock, "now", lambda: world.NOW + timedelta(minutes=1))
    page = app(who, who and "me")
    assert "every name is invented" not in said(page)
    assert "10 accounts were issued here by people" in page.warning[0].value
