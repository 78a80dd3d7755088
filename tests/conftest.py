"""The store of each test is a copy of the world on a temporary file, in WAL as in life."""

import shutil
from pathlib import Path

import pytest

from lib.core import access, clock, presence
from lib.core.database import connect
from tests import world

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """The world, built once."""
    file = tmp_path_factory.mktemp("world") / "world.db"
    world.build(file)
    return file


@pytest.fixture(autouse=True)
def _known_stores(tmp_path, monkeypatch):
    """Stores of tests are not remembered beside the program."""
    monkeypatch.setattr(presence, "note", lambda: tmp_path / "notes" / "known-stores.json")


@pytest.fixture
def short_files():
    """`short_files(n)`: the system refuses to write a file beyond n bytes, as a disk that fills up refuses."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda n: resource.setrlimit(resource.RLIMIT_FSIZE, (n, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def store(template, tmp_path, monkeypatch) -> Path:
    """This test's own store; TUNGNHA_DB points at it, and the clock stands at noon of the world's day."""
    file = Path(shutil.copy(template, tmp_path / "tungnha.db"))
    monkeypatch.setenv("TUNGNHA_DB", str(file))
    monkeypatch.setattr(clock, "now", lambda: world.NOW)
    return file


@pytest.fixture
def db(store):
    """A connection that sees everything (nobody is bound to it)."""
    connection = connect(store)
    yield connection
    connection.close()


@pytest.fixture
def as_(store):
    """`db, user = as_("an")`: a connection bound to one of the cast, as a page gets it."""
    opened = []

    def bound(name: str, day: str = world.DAY):
        connection = connect(store)
        opened.append(connection)
        user = access.user(connection, world.CAST[name][0], day)
        access.bind(connection, user, day)
        return connection, user

    yield bound
    for connection in opened:
        connection.close()


@pytest.fixture
def app(store, monkeypatch):
    """`app("binh", "teams")`: the page run by AppTest, signed in as one of the cast, in English unless told."""
    from streamlit.testing.v1 import AppTest

    from lib.screen import i18n, signin

    def opened(name: str | None, page: str | None = None, language: str = "en", **query: str) -> AppTest:
        account = name and world.CAST[name][0]
        monkeypatch.setattr(signin, "account", lambda db: account)
        test = AppTest.from_file(str(ROOT / "pages" / "index.py"), default_timeout=20)
        # AppTest asks for the words of options outside of a run, where no session is.
        monkeypatch.setattr(i18n, "language", lambda: language)
        test.session_state["language"] = language
        for key, value in query.items():
            test.query_params[key] = value
        if page:
            test.switch_page(str(ROOT / "pages" / f"{page}.py"))
        return test.run()

    return opened
