"""The sheet as a test sees and touches it: its rows, its status line, its store, and a team of thirty households."""

import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page, expect

from lib.core import rollup
from lib.core.database import connect, rows
from tests import world
from tests.server import Server

SAVED = "Everything is saved."
THIRTY = 30


def status(page: Page):
    return page.locator(".sheet .status")


def row(page: Page, number: int):
    return page.locator("tr[data-code]").nth(number - 1)


def ready(page: Page) -> Page:
    """The sheet is there and takes keys."""
    expect(page.locator("tr.current:focus")).to_have_count(1)
    return page


def still(page: Page) -> Page:
    """Nothing runs any more: what was typed is kept, and no button is about to be drawn anew."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    return page


def run_again(page: Page) -> None:
    """Wait until the open page has run once more by itself, or a part of it."""
    page.evaluate(_RUN_AGAIN)
    still(page)


_RUN_AGAIN = """() => new Promise((ran, late) => {
    const app = document.querySelector("[data-testid=stApp]");
    const eyes = new MutationObserver(() => app.dataset.testScriptState === "running" && ran(eyes.disconnect()));
    eyes.observe(app, { attributeFilter: ["data-test-script-state"] });
    setTimeout(() => late("the page did not run again"), 30000);
})"""


def open_tab(page: Page, tab: str) -> None:
    """Open a tab. Streamlit loses a click on tabs that it is still putting together."""
    wanted = page.get_by_role("tab", name=tab, exact=True)
    for _try in range(10):
        wanted.click()
        page.wait_for_timeout(200)
        if wanted.get_attribute("aria-selected") == "true":
            return
    expect(wanted).to_have_attribute("aria-selected", "true")


def take_back(page: Page) -> None:
    """Open what can still be taken back, and take back the newest. A click on a list just opening may be lost."""
    page.get_by_text(re.compile("^(Can still be undone|Còn [0-9.]+ việc có thể hoàn tác)")).click()
    told = page.get_by_text(re.compile("^(Undone|Đã hoàn tác): "))
    for _try in range(3):
        page.get_by_role("button", name=re.compile("^(Undo|Hoàn tác)$")).first.click()
        with suppress(AssertionError):
            return expect(told).to_be_visible(timeout=5000)
    expect(told).to_be_visible()


def press(page: Page, keys: str) -> None:
    """Keys with spaces between them: `"ArrowDown 3 Enter"`."""
    for key in keys.split():
        page.keyboard.press(key)


def answers(server: Server, day: str = world.DAY) -> list[tuple]:
    """What the store holds of a day: household, outcome."""
    db = connect(server.store)
    found = rows(db, "select household_id, outcome from visits where day = ? order by household_id", [day])
    db.close()
    return [tuple(line.values()) for line in found]


def ask(server: Server, sql: str) -> list[dict]:
    db = connect(server.store)
    found = rows(db, sql)
    db.close()
    return found


def thirty(store: Path) -> Path:
    """Team 1 with six households more, so that it has thirty to visit."""
    db = connect(store)
    db.conn.execute("begin immediate")
    for place in range(world.HOUSEHOLDS_PER_TEAM, THIRTY):
        number = 200 + place
        world.add_household(db, number, "25456", "2545601", place + 1)
        world.add_assignment(db, number, 3, 1)
    db.conn.execute("commit")
    rollup.recount(db, teams={1}, since=world.YESTERDAY)
    db.close()
    return store
