"""Chromium, a real server on a store of its own, and signing in through the real form."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests import world
from tests.browser import chromium
from tests.server import Server

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
expect.set_options(timeout=15000)


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


@pytest.fixture(scope="module")
def server(template, tmp_path_factory):
    """The product at noon of the world's day, on this module's own store."""
    store = Path(shutil.copy(template, tmp_path_factory.mktemp("server") / "tungnha.db"))
    running = Server(store).start()
    yield running
    running.stop()


def sign_in(page: Page, server: Server, name: str, path: str = "") -> Page:
    """Through the form of the address asked for; the address stays."""
    page.goto(f"{server.url}/{path}")
    page.locator("input[autocomplete=username]").fill(world.CAST[name][1] if name in world.CAST else name)
    page.locator("input[type=password]").fill(world.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stSidebarNav]")).to_be_attached(timeout=15000)
    return page


@pytest.fixture
def visit(browser, server):
    """`visit("binh", "sheet?team=1")`: a fresh window, signed in, in English; `size`, `server` and more as wished."""
    contexts = []

    def opened(name: str, path: str = "", *, size: dict = DESK, on: Server = server, language: str = "en", **settings):
        context = browser.new_context(viewport=size, **settings)
        contexts.append(context)
        context.set_default_timeout(15000)
        context.add_cookies([{"name": "tungnha_language", "value": language, "url": on.url}])
        return sign_in(context.new_page(), on, name, path)

    yield opened
    for context in contexts:
        context.close()
