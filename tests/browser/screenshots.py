"""Take the pictures of the README from the practice province at 13:50; `make screenshots`."""

import io
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from lib.core import database
from lib.core.identity import password_hashing
from lib.practice import province
from tests import letter_pictures
from tests.browser import chromium
from tests.browser.conftest import DESK, FLAGS, PHONE
from tests.server import Server

DOCS = Path(__file__).resolve().parents[2] / "docs"
NOW = datetime(2021, 8, 16, 6, 50, tzinfo=UTC)  # ten minutes before the cut-off

# name, who, address, what must be there before the picture
SHOTS = (("leaderboard", "tinh", "leaderboard", "canvas, svg.marks"), ("sheet", "xa.thanhphuoc", "sheet", "tr.current"))
WALL = ("wall", "tinh", "leaderboard?screen=1", ".big-screen")
TABLET = {"width": 820, "height": 1180}
TELEVISION = {"width": 1600, "height": 900}
WIDTHS = {"": DESK, "-tablet": TABLET, "-phone": PHONE}


def store(folder: Path) -> Path:
    file = database.prepare(folder / "practice.db", now=NOW)
    db = database.connect(file)
    province.build(db, now=NOW, password_hash=password_hashing.hashed(province.PASSWORD))
    db.close()
    return file


def sign_in(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.locator("input[autocomplete=username]").fill(name)
    page.locator("input[type=password]").fill(province.PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[data-testid=stSidebarNav]").wait_for(state="attached")


def take(browser, server: Server, language: str, size: dict, ending: str, shots=SHOTS) -> None:
    for name, who, address, there in shots:
        context = browser.new_context(viewport=size)
        context.add_cookies([{"name": "tungnha_language", "value": language, "url": server.url}])
        page = context.new_page()
        sign_in(page, f"{server.url}/{address}", who)
        page.locator(there).first.wait_for()
        page.wait_for_timeout(2500)
        _keep_small(page.screenshot(), DOCS / f"{name}-{ending}.png")
        context.close()


def _keep_small(picture: bytes, file: Path) -> None:
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(128).save(file, optimize=True)


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(store(Path(folder)), clock="2021-08-16T13:50").start()
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        try:
            for language in ("vi", "en"):
                for ending, size in WIDTHS.items():
                    take(browser, server, language, size, language + ending)
            take(browser, server, "vi", TELEVISION, "vi", [WALL])
            letter_pictures.take(DOCS)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
