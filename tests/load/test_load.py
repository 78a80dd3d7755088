"""Short, bounded load and crash tests against a real server: nothing acknowledged is ever lost."""

import itertools
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.core import database, rollup
from lib.core.database import value
from lib.core.identity import authentication
from lib.practice import province
from tests import world
from tests.load.client import Browser, batch, clerks, draft, open_rows
from tests.server import Server

BROWSERS, SAVES, PATIENCE = 30, 5, 120  # each saves at least so often, all of them within so many seconds
CRASHES = 10


@pytest.fixture(scope="module")
def practice(tmp_path_factory) -> Path:
    """The practice province at noon, built once."""
    file = tmp_path_factory.mktemp("load") / "practice.db"
    database.prepare(file, now=world.NOW)
    db = database.connect(file)
    province.build(db, province.Extent(days=2), now=world.NOW, password_hash="-")
    authentication.signing_key(db)
    db.close()
    return file


class Clerk(threading.Thread):
    """One browser that keeps saving its team's sheet until it is `over`, and remembers what it was told."""

    def __init__(self, port: int, who: tuple[int, str, int], over: Callable[[], bool], seed: int):
        super().__init__(daemon=True)
        self.port, (self.account, self.token, self.team), self.over = port, who, over
        self.random = random.Random(seed)
        self.told: dict[str, str] = {}  # what the server said is saved
        self.asked: dict[str, set[str]] = {}  # sent since, without an answer yet
        self.saves = 0
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            browser = Browser(self.port, self.token)
            browser.open("sheet", f"team={self.team}")
            for number in itertools.count():
                if self.over():
                    break
                self._save(browser, f"{self.account}-{number}")
            browser.close()
        except Exception as fault:  # judged by the test: a crash ends connections, a load must not
            self.fault = fault

    def _save(self, browser: Browser, number: str) -> None:
        free = open_rows(browser.data)
        chosen = {row["code"]: row for row in self.random.sample(free, min(6, len(free)))}
        answers = {code: self.random.choice(["met", "phone", "absent", "refused"]) for code in chosen}
        for code, outcome in answers.items():
            self.asked.setdefault(code, set()).add(outcome)
        sent = batch(browser.data, self.account, number, {c: draft(chosen[c], answers[c]) for c in answers})
        for _try in range(5):  # the sheet, too, asks again until it hears that the batch arrived
            told = browser.trigger("save", sent).get("told") or {}
            if told.get("id") == number:
                break
        assert {row["state"] for row in told["rows"].values()} == {"saved"}
        for code, outcome in answers.items():
            self.told[code] = outcome
            self.asked[code].clear()
        self.saves += 1


def after(deadline: float) -> Callable[[], bool]:
    """Whether this moment of the monotonic clock has passed."""
    return lambda: time.monotonic() > deadline


def stored(file: Path) -> dict[str, str]:
    db = database.connect(file)
    found = dict(
        db.conn.execute(
            "select h.code, v.outcome from visits v join households h on h.id = v.household_id where v.day = ?",
            [world.DAY],
        ).fetchall()
    )
    db.close()
    return found


def check_store(file: Path) -> None:
    """Whole, and its sums are those of its facts."""
    db = database.connect(file)
    assert value(db, "pragma integrity_check") == "ok"
    assert rollup.differences(db, world.DAY) == []
    db.close()


def copied(practice: Path, folder: Path) -> Path:
    db = database.connect(practice)
    database.copy(db, folder / "store.db")
    db.close()
    return folder / "store.db"


def test_thirty_browsers_saving_at_once_lose_nothing(practice, tmp_path):
    file = copied(practice, tmp_path)
    server = Server(file).start()
    crowd: list[Clerk] = []
    late = after(time.monotonic() + PATIENCE)

    def over() -> bool:
        """All save side by side until the slowest has saved often enough."""
        return late() or all(clerk.fault or clerk.saves >= SAVES for clerk in crowd)

    try:
        crowd += [Clerk(server.port, who, over, seed) for seed, who in enumerate(clerks(file, world.DAY, BROWSERS))]
        for clerk in crowd:
            clerk.start()
        for clerk in crowd:
            clerk.join(timeout=PATIENCE + 60)
    finally:
        server.stop()
    assert len(crowd) == BROWSERS and not [clerk.fault for clerk in crowd if clerk.fault]
    assert all(clerk.saves >= SAVES for clerk in crowd)
    kept = stored(file)
    lost = [code for clerk in crowd for code, outcome in clerk.told.items() if kept.get(code) != outcome]
    assert not lost
    assert "locked" not in server.log.read_text("utf-8", "replace")
    check_store(file)
    print(f"\n{BROWSERS} browsers, {sum(clerk.saves for clerk in crowd)} saves, nothing lost")


def test_a_power_cut_amid_saves_loses_no_acknowledged_row(practice, tmp_path):
    file = copied(practice, tmp_path)
    told: dict[str, str] = {}
    acknowledged = 0
    for crash in range(CRASHES):
        server = Server(file, clock=f"2021-08-16T12:{crash:02d}").start()
        who, before = clerks(file, world.DAY, 4), stored(file)
        crowd = [Clerk(server.port, each, after(time.monotonic() + 30), 100 * crash + n) for n, each in enumerate(who)]
        for clerk in crowd:
            clerk.start()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not all(clerk.saves > 2 + crash % 3 for clerk in crowd):
            time.sleep(0.01)
        server.kill()
        for clerk in crowd:
            clerk.join(timeout=40)
        acknowledged += sum(clerk.saves for clerk in crowd)
        kept = stored(file)
        for clerk in crowd:
            told |= clerk.told
            for code, sent in clerk.asked.items():
                if sent:  # without an answer: the row may be as sent or as it was, and nothing else
                    assert kept.get(code) in sent | {told.pop(code, before.get(code))}, code
        assert not [code for code, outcome in told.items() if kept.get(code) != outcome], f"crash {crash}"
    assert acknowledged > CRASHES * 4
    check_store(file)
    print(f"\n{CRASHES} power cuts amid {acknowledged} acknowledged saves, none lost")
