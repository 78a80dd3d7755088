"""The store of each test is a copy of the world on a temporary file, in WAL as in life."""

import functools
import gc
import os
import shutil
from pathlib import Path

import bcrypt
import pytest
from hypothesis import HealthCheck, settings

from lib.core import access, clock, presence
from lib.core.database import connect
from lib.exchange.spreadsheets import sandbox
from lib.screen import i18n
from tests import readers, world

ROOT = Path(__file__).resolve().parents[1]
LONGER = int(os.environ.get("TUNGNHA_EXAMPLES", 1))  # by hand, for a night of random work: TUNGNHA_EXAMPLES=20


def examples(count: int, **more) -> settings:
    """Over a test of random work on stores: so many examples, or TUNGNHA_EXAMPLES times as many."""
    fixtures = [HealthCheck.function_scoped_fixture]  # each example begins from a fresh copy of the template
    same = LONGER == 1  # each run of the suite tries the same work, so that it fails for what was changed
    return settings(
        max_examples=count * LONGER, deadline=None, derandomize=same, suppress_health_check=fixtures, **more
    )


@pytest.fixture(scope="module", autouse=True)
def settled():
    """What stands before a module stays to the end: whoever collects garbage need not look through it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _readers_are_forked():
    """The processes that read files; see `readers`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "_run", readers.forked)
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes():
    """New passwords are hashed in 4 rounds, as those of the world, where the product takes 12."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bcrypt, "gensalt", functools.partial(bcrypt.gensalt, 4))
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """The world, built once."""
    file = tmp_path_factory.mktemp("world") / "world.db"
    world.build(file)
    return file


@pytest.fixture(autouse=True)
def _no_language_of_the_test_before():
    """A run is a thread, and all tests of a worker are one."""
    vars(i18n.RUN_WORDS).clear()


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


@pytest.fixture(scope="session")
def apptest():
    """AppTest; it looks for components in the installed packages once, not at every page that is opened."""
    from streamlit.components.v2 import manifest_scanner
    from streamlit.testing.v1 import AppTest

    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield AppTest


@pytest.fixture
def app(store, apptest, monkeypatch):
    """`app("binh", "teams")`: the page run by AppTest, signed in as one of the cast, in English unless told."""
    from lib.screen import i18n
    from lib.screen.shell import signin

    def opened(name: str | None, page: str | None = None, language: str = "en", **query: str):
        account = name and world.CAST[name][0]
        monkeypatch.setattr(signin, "account", lambda db: account)
        test = apptest.from_file(str(ROOT / "pages" / "index.py"), default_timeout=20)
        # AppTest asks for the words of options outside of a run, where no session is.
        monkeypatch.setattr(i18n, "language", lambda: language)
        test.session_state["language"] = language
        for key, value in query.items():
            test.query_params[key] = value
        if page:
            test.switch_page(str(ROOT / "pages" / f"{page}.py"))
        return test.run()

    return opened
