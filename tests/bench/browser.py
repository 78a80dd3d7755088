"""What a person sees in a real Chromium: how soon the board stands there, and how soon a key shows on the sheet."""

import time
from statistics import median

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from lib.screen.shell import signin
from tests.bench.measure import note
from tests.bench.service import Who, readers
from tests.browser import chromium
from tests.browser.conftest import DESK, FLAGS
from tests.server import Server

TIMES = 5
KEYS, ROUNDS = 24, 4
# Milliseconds from each key until the frame that shows it has been painted.
PAINTS = """() => {
    window.paints = [];
    addEventListener("keydown", () => {
        const pressed = performance.now(), channel = new MessageChannel();
        channel.port1.onmessage = () => window.paints.push(performance.now() - pressed);
        requestAnimationFrame(() => channel.port2.postMessage(null));
    }, { capture: true });
}"""


def bench(server: Server, teams: dict[int, Who]) -> None:
    path = chromium.find()
    if not path:
        print(f"no browser, so no paint is measured: {chromium.HOW}")
        return
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        bench_paint(opened, server)
        bench_keys(opened, server, teams)
        opened.close()


def _signed_in(browser: Browser, server: Server, token: str) -> BrowserContext:
    context = browser.new_context(viewport=DESK)
    context.add_cookies([{"name": signin.COOKIE, "value": token, "url": server.url}])
    return context


def bench_paint(browser: Browser, server: Server) -> None:
    """(g) The province's board from nothing to its table and its first chart, the program new to the browser or not."""
    token = readers(server.store)[0][1]
    new = [_until_painted(_signed_in(browser, server, token), server) for _n in range(TIMES)]
    context = _signed_in(browser, server, token)
    again = [_until_painted(context, server) for _n in range(TIMES + 1)][1:]
    note("g  board of the province painted, nothing of the program in the browser", median(new), "s", "")
    note("g  board of the province painted", median(again), "s", "<= 1.5", median(again) <= 1.5)


def _until_painted(context: BrowserContext, server: Server) -> float:
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"{server.url}/leaderboard", wait_until="commit")
    page.locator(".frame tbody tr").filter(visible=True).nth(3).wait_for(timeout=60000)
    page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first.wait_for(timeout=60000)
    taken = time.perf_counter() - start
    page.close()
    return taken


def bench_keys(browser: Browser, server: Server, teams: dict[int, Who]) -> None:
    """(h) From a key to its paint on a sheet of 70 households against one of 30, by turns."""
    shown: dict[int, list[float]] = {rows: [] for rows in teams}
    for _n in range(ROUNDS):
        for rows, who in teams.items():
            shown[rows] += _keys_to_paints(browser, server, who)
    for rows, taken in shown.items():
        note(f"h  key to paint on a sheet of {rows} households", median(taken), "ms", "")
    ratio = median(shown[70]) / median(shown[30])
    note("h  key to paint of 70 households against 30", ratio, "ratio", "<= 1.3", ratio <= 1.3)


def _keys_to_paints(browser: Browser, server: Server, who: Who) -> list[float]:
    page = _signed_in(browser, server, who[1]).new_page()
    page.goto(f"{server.url}/sheet?team={who[2]}")
    page.locator("tr.current:focus").wait_for(timeout=60000)
    page.evaluate(PAINTS)
    for n in range(KEYS):
        page.keyboard.press("12"[n % 2])
        page.wait_for_timeout(40)
    page.wait_for_function(f"window.paints.length >= {KEYS}")
    taken = page.evaluate("window.paints")
    page.context.close()
    return taken
