"""Chromium, a real server on a store of its own, and signing in: by the real form, or with a session at hand."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from lib.core.database import connect
from lib.core.identity import authentication
from lib.screen.shell import signin
from tests import world
from tests.browser import chromium
from tests.browser.windows import Windows
from tests.server import Server, free_port

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"),
    "--js-flags=--single-threaded,--no-maglev,--no-opt",  # no page lives long enough to be worth compiling well
]
DESK = {"width": 1366, "height": 768}
# Tables of the page that are wider than the place they stand in, those that fold out from under a chart left out.
CLIPPED = """() => [document, ...[...document.querySelectorAll("*")].map((host) => host.shadowRoot)]
    .flatMap((root) => [...root?.querySelectorAll(".frame") ?? []])
    .filter((frame) => !frame.closest("details") && frame.scrollWidth > frame.clientWidth)
    .map((frame) => `${frame.getAttribute("aria-label")}: ${frame.scrollWidth} in ${frame.clientWidth}`)"""
PHONE = {"width": 390, "height": 844}
NAVIGATION = "[data-testid=stSidebarNav]"
expect.set_options(timeout=30000)  # a worker may have to wait for the others


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests. Where there is none the tests fail and say how to get one."""
    path = chromium.find()
    if not path or not os.path.exists(path):
        pytest.fail(chromium.HOW)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def windows(browser):
    return Windows(browser)


@pytest.fixture(scope="session")
def port() -> int:
    """One for all modules of a worker: what a browser has compiled it keeps by address."""
    return free_port()


@pytest.fixture(scope="module")
def server(template, tmp_path_factory, port):
    """The product at noon of the world's day, on this module's own store."""
    store = Path(shutil.copy(template, tmp_path_factory.mktemp("server") / "tungnha.db"))
    running = Server(store, port=port).start()
    yield running
    running.stop()


def sign_in(page: Page, server: Server, name: str, path: str = "") -> Page:
    """Through the form of the address asked for; the address stays."""
    page.goto(f"{server.url}/{path}")
    page.locator("input[autocomplete=username]").fill(world.CAST[name][1] if name in world.CAST else name)
    page.locator("input[type=password]").fill(world.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(NAVIGATION)).to_be_attached()
    return page


def let_in(page: Page, server: Server, name: str, language: str) -> None:
    """What the form would hand over; the form has tests of its own."""
    db = connect(server.store)
    account = authentication.credentials(db, world.CAST[name][1] if name in world.CAST else name)
    token = signin.Token(authentication.signing_key(db)).make(account["id"], account["token_version"])
    db.close()
    cookies = {"tungnha_language": language, signin.COOKIE: token}
    page.context.add_cookies([{"name": key, "value": value, "url": server.url} for key, value in cookies.items()])


@pytest.fixture
def visit(windows, server):
    """`visit("binh", "sheet?team=1")`: an empty window, signed in, in English; `size`, `server` and more as wished.

    A test that changes the browser itself (its clock, its scripts) asks for a window `alone`; `before` changes it.
    """
    taken = []

    def opened(name: str, path: str = "", *, size=DESK, on: Server = server, language="en", before=None, **settings):
        page = windows.take(size, **settings)
        taken.append((page, on))
        if before:
            before(page)
        let_in(page, on, name, language)
        page.goto(f"{on.url}/{path}")
        expect(page.locator(NAVIGATION)).to_be_attached()
        return page

    yield opened
    for page, on in taken:
        windows.give_back(page, on.url)
