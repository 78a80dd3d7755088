"""Keys typed while another sheet is on its way: they belong to that sheet, and never to a row of the one before.

`TUNGNHA_KEYS=1000 TUNGNHA_KEYS_SEED=7 pytest tests/browser/test_sheet_turning.py` tries more of them.
"""

import heapq
import os
import re
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from lib.core import rollup
from lib.core.database import connect
from tests import world
from tests.browser.desk import SAVED, ask, press, ready, row, status
from tests.browser.line import Line, SlowLine
from tests.server import Server

RUNS = int(os.environ.get("TUNGNHA_KEYS", 50))  # ways to another team in all
LANES = {0.06: RUNS * 42 // 100, 0.15: RUNS * 42 // 100, 0.8: RUNS * 16 // 100}  # by seconds of delay, each way
SEED = int(os.environ.get("TUNGNHA_KEYS_SEED", 2021))
BREATH = 8  # ways to another team that are typed without looking up
HOUSES = 6  # of each team of the lanes
ANSWERS = {"1": "met", "2": "phone", "3": "absent", "4": "refused"}
SINGLE = 15  # lanes of two teams
FIRST = 1000  # the number of the first team, member and household of the lanes


# Lanes: communes of their own, each with a clerk and enough teams to walk through


def lane_of(db, lane: int, teams: int) -> str:
    """A commune with a clerk whose user name comes back, and so many teams of six households."""
    code = f"9{lane:04d}"
    world.add_area(db, code, "commune", "Xã", f"Số {lane}", "703")
    world.add_area(db, f"{code}01", "hamlet", "ấp", f"{lane}", code)
    world.add_account(db, 100 + lane, f"lane{lane}", f"Cán bộ {lane}", "commune", code, None, None, grant_id=100 + lane)
    for place in range(teams):
        team = FIRST * (lane + 1) + place
        name = f"Tổ số {place + 1:04d}"
        db.conn.execute(
            """insert into teams (id, commune_code, hamlet_code, name, name_folded, name_sort, model,
                   decision_no, decision_day, from_day)
               values (?, ?, ?, ?, ?, ?, 'hamlet', '12/QĐ-UBND', ?, ?)""",
            [team, code, f"{code}01", name, name.lower(), name.lower(), world.FOUNDED, world.FOUNDED],
        )
        db.conn.execute(
            """insert into members (id, team_id, full_name, name_folded, name_sort, birth_year, role, categories,
                   from_day) values (?, ?, 'Mai Văn Ba', 'mai van ba', 'ba', 1970, 'leader', '[]', ?)""",
            [team, team, world.FOUNDED],
        )
        for house in range(HOUSES):
            number = team * 10 + house
            world.add_household(db, number, code, f"{code}01", place * 10 + house + 1)
            world.add_assignment(db, number, team, team)
    return f"lane{lane}"


@pytest.fixture(scope="module")
def server(template, tmp_path_factory, port):
    """The world with a lane for each delay, and one for each test of a single way."""
    store = Path(shutil.copy(template, tmp_path_factory.mktemp("lanes") / "tungnha.db"))
    db = connect(store)
    db.conn.execute("begin immediate")
    sizes = [*(ways + 2 for ways in LANES.values()), *[2] * SINGLE]
    for lane, teams in enumerate(sizes):
        lane_of(db, lane, teams)
    db.conn.execute("commit")
    founded = {FIRST * (lane + 1) + place for lane, teams in enumerate(sizes) for place in range(teams)}
    rollup.recount(db, teams=founded, since=world.YESTERDAY)
    db.close()
    running = Server(store, port=port).start()
    yield running
    running.stop()


@pytest.fixture
def line(server):
    """`line(0.8)`: a line of that delay, once the page stands."""
    opened = []

    def made() -> SlowLine:
        opened.append(SlowLine(server))
        return opened[-1]

    yield made
    for each in opened:
        each.close()


# A clerk who looks at the paper and not at the screen


@dataclass
class Clerk:
    """Types blindly through the teams of a lane; `expected` is what the store must hold then, by household."""

    page: Page
    random: Random
    team: int  # at hand
    ways: int  # still to go to the next team
    typed: int = 0
    expected: dict[int, str | None] = field(default_factory=dict)

    def breath(self) -> list[str]:
        """Keys of some teams without a look at the screen; between two breaths the clerk takes up the next sheets."""
        keys = []
        for _way in range(min(self.ways, BREATH)):
            keys += [*self._team(), "Shift+N"]
            self.team += 1
        self.ways -= min(self.ways, BREATH)
        self.typed += len(keys)
        return keys

    def listen(self) -> None:
        """Keep what the page announces: it explains a key that was not taken."""
        self.page.locator(".news").evaluate("""news => {
            window.announced = [];
            new MutationObserver(() => news.textContent && window.announced.push(news.textContent))
                .observe(news, { childList: true, characterData: true, subtree: true });
        }""")

    def announced(self) -> list[str]:
        return self.page.evaluate("window.announced")

    def _team(self) -> list[str]:
        here, keys = self.team * 10, []
        for _row in range(self.random.randint(1, 4)):
            key = self.random.choice(["1", "2", "3", "4", "1", "1", "ArrowDown", "ArrowUp", "0", "n 1 Enter"])
            keys += key.split()
            if key in ANSWERS:
                self.expected[here] = ANSWERS[key]
            elif key == "0":
                self.expected[here] = None
            elif key == "n 1 Enter":
                self.expected[here] = self.expected.get(here) or "met"
            step = {"ArrowUp": -1, "0": 0, "n 1 Enter": 0}.get(key, 1)
            here = self.team * 10 + max(0, min(here % 10 + step, HOUSES - 1))
        return keys

    def looks_up(self) -> None:
        """The last sheet asked for stands, and everything is saved."""
        try:
            expect(self.page).to_have_url(re.compile(f"team={self.team}$"), timeout=60000)
        except AssertionError as fault:
            raise AssertionError(f"team {self.team} does not stand; announced: {self.announced()}") from fault
        expect(status(self.page)).to_have_text(SAVED, timeout=60000)


def type_together(clerks: list[Clerk]) -> None:
    """Each at a pace of its own, 120 to 170 ms from key to key, at the same time."""
    now = time.monotonic()
    due = [(now + place / 20, place, iter(clerk.breath())) for place, clerk in enumerate(clerks)]
    heapq.heapify(due)
    while due:
        when, place, keys = heapq.heappop(due)
        key = next(keys, None)
        if key is None:
            continue
        clerk = clerks[place]
        clerk.page.wait_for_timeout(max(0, when - time.monotonic()) * 1000)
        clerk.page.keyboard.press(key)
        heapq.heappush(due, (max(when, time.monotonic() - 0.1) + clerk.random.uniform(0.12, 0.17), place, keys))


def stored(server) -> dict[int, str | None]:
    found = ask(
        server,
        f"select household_id as id, outcome, day, channel, needs, flags from visits where household_id >= {FIRST}",
    )
    assert {(line["day"], line["channel"]) for line in found} <= {(world.DAY, None)}
    return {line["id"]: line["outcome"] for line in found}


def test_blind_keys_around_the_way_to_the_next_team_change_no_other_row(visit, server, line, capsys):
    clerks = []
    for lane, (delay, ways) in enumerate(LANES.items()):
        slow = line()
        page = ready(visit(f"lane{lane}", "sheet", on=slow, alone=True))
        slow.delay = delay
        clerks.append(Clerk(page, Random(SEED + lane), FIRST * (lane + 1), ways))
        clerks[-1].listen()
    ways = sum(clerk.ways for clerk in clerks)
    while any(clerk.ways for clerk in clerks):
        type_together(clerks)
        for clerk in clerks:
            clerk.looks_up()
    expected = {house: outcome for clerk in clerks for house, outcome in clerk.expected.items()}
    found = stored(server)
    wrong = {house: (outcome, found.get(house)) for house, outcome in expected.items() if found.get(house) != outcome}
    strange = {house: outcome for house, outcome in found.items() if house not in expected and outcome}
    with capsys.disabled():
        keys = sum(clerk.typed for clerk in clerks)
        print(f"\n{ways} ways to the next team, {keys} keys: {len(wrong)} rows wrong, {len(strange)} strange")
        print([clerk.announced() for clerk in clerks])
    assert (wrong, strange) == ({}, {})


# One way at a time, on a line of a third of a second


@dataclass
class Lane:
    """A page of one of the lanes; its rows are named by team, from 1 on, and row."""

    number: int
    page: Page
    server: Server

    def visits(self, *, day: str = world.DAY) -> dict[tuple[int, int], tuple]:
        """Outcome, channel and note of every row that has a result."""
        first = FIRST * (self.number + 1)
        found = ask(
            self.server,
            f"""select household_id as id, outcome, channel, note from visits where day = '{day}'
                and household_id / 10 between {first} and {first + 1} and outcome is not null order by 1""",
        )
        return {
            (line["id"] // 10 - first + 1, line["id"] % 10 + 1): (line["outcome"], line["channel"], line["note"])
            for line in found
        }

    def outcomes(self, **which) -> dict[tuple[int, int], str]:
        return {place: said[0] for place, said in self.visits(**which).items()}

    def saved(self, team: int) -> None:
        """This team's sheet stands and nothing waits."""
        expect(self.page.locator(".sheet-of b")).to_have_text(f"Tổ số {team:04d}")
        expect(status(self.page)).to_contain_text(SAVED)


_lanes = iter(range(len(LANES), len(LANES) + SINGLE))


@pytest.fixture
def slow(visit, line, server) -> Lane:
    """The first team's sheet of a lane of its own."""
    way, number = line(), next(_lanes)
    page = ready(visit(f"lane{number}", "sheet", on=way, alone=True))
    way.delay = 0.35
    return Lane(number, page, server)


def test_waiting_keys_are_counted_in_the_bar(slow):
    press(slow.page, "1 Shift+N 3 2")
    expect(status(slow.page)).to_have_text("Keys waiting for Tổ số 0002: 2.")
    slow.saved(2)
    assert slow.outcomes() == {(1, 1): "met", (2, 1): "absent", (2, 2): "phone"}


def test_a_note_typed_on_the_way_stands_on_the_new_team(slow):
    press(slow.page, "Shift+N 1 g")
    slow.page.keyboard.type("can thuoc")
    press(slow.page, "Backspace Enter 4")
    slow.saved(2)
    assert slow.visits() == {(2, 1): ("met", None, None), (2, 2): ("refused", None, "can thuo")}


def test_panels_and_questions_answer_to_waiting_keys(slow):
    press(slow.page, "Shift+N s")
    slow.page.keyboard.type("Tu 1984")
    press(slow.page, "Tab 1 Enter ArrowDown a Enter")
    expect(slow.page.locator(".sums .left dd")).to_have_text("0")
    slow.saved(2)
    assert slow.outcomes() == {(2, number): "met" for number in range(1, HOUSES + 1)}
    expect(row(slow.page, 1)).to_contain_text("Fever: Tu (1984)")


def test_keys_typed_after_the_picker_are_for_the_team_picked(slow):
    slow.page.locator(".st-key-sheet_team input").click()
    slow.page.get_by_role("option", name=re.compile("0002")).click()
    press(slow.page, "1 3")
    expect(status(slow.page)).to_contain_text("Keys waiting for Tổ số 0002: 2.")
    slow.saved(2)
    assert slow.outcomes() == {(2, 1): "met", (2, 2): "absent"}


def test_keys_typed_after_a_bar_of_the_strip_are_for_its_team(slow):
    slow.page.locator(".strip button").nth(1).click()
    press(slow.page, "1 Shift+N 4")  # there, and back again
    slow.saved(1)
    assert slow.outcomes() == {(1, 1): "refused", (2, 1): "met"}


def test_what_was_taken_back_on_another_team_comes_before_the_keys_typed_meanwhile(slow):
    press(slow.page, "3 Shift+N")
    slow.saved(2)
    press(slow.page, "Control+z")
    expect(status(slow.page)).to_have_text("Opening Tổ số 0001…")
    press(slow.page, "2")
    slow.saved(1)
    assert slow.outcomes() == {(1, 1): "phone"}


def test_keys_typed_after_the_day_and_its_tick_are_for_that_day(slow):
    page = slow.page
    page.get_by_role("radio", name="Yesterday").click()
    press(page, "1")
    expect(page.locator(".news")).to_have_text("Keys not recorded: 1. The sheet of Yesterday is not open for entry.")
    expect(page.get_by_label("Enter visits of yesterday")).to_be_focused()
    press(page, "Space 3 1")
    slow.saved(1)
    assert (slow.outcomes(), slow.outcomes(day=world.YESTERDAY)) == ({}, {(1, 1): "absent", (1, 2): "met"})
    page.get_by_role("radio", name="Today").click()
    press(page, "4")
    expect(page.locator(".sheet-of")).to_contain_text("Today")
    slow.saved(1)
    assert slow.outcomes() == {(1, 1): "refused"}


def test_keys_typed_after_the_paper_switch_and_its_code_are_copies(slow):
    page = slow.page
    page.locator(".st-key-sheet_paper label").first.click()
    press(page, "1")  # no code is given yet
    expect(page.locator(".news")).to_have_text("Keys not recorded: 1. The sheet of Tổ số 0001 is not open for entry.")
    expect(page.get_by_label("Code of the printed sheet")).to_be_focused()
    page.keyboard.type("12")
    press(page, "Enter")
    expect(page.get_by_text("six digits")).to_be_visible()  # and the keys are the field's again
    press(page, "Backspace Backspace Enter")
    page.get_by_role("button", name="The sheet has no code").click()
    press(page, "1 3")
    slow.saved(1)
    paper = {(1, 1): ("met", "paper", None), (1, 2): ("absent", "paper", None)}
    assert slow.visits() == paper
    press(page, "Shift+N 1")
    expect(page.locator(".news")).to_have_text("Keys not recorded: 1. The sheet of Tổ số 0002 is not open for entry.")
    page.locator(".st-key-sheet_paper label").first.click()  # the next ones are answers at the door
    press(page, "4")
    slow.saved(2)
    assert slow.visits() == {**paper, (2, 1): ("refused", None, None)}


def test_where_no_other_team_is_left_the_keys_write_nothing(visit, server):
    page = ready(visit("chi", "sheet?team=4"))
    press(page, "1 Shift+N 3 a n")
    expect(page.locator(".news")).to_contain_text("There is no other unfinished team on this day.")
    expect(page.locator(".panel, .ask:not([hidden])")).to_have_count(0)
    expect(status(page)).to_have_text(SAVED)
    assert page.locator("tr[data-answer]:not([data-answer=''])").count() == 1
    press(page, "Escape 3")
    expect(row(page, 2)).to_have_attribute("data-answer", "absent")


def test_a_team_that_is_gone_takes_its_keys_along_and_says_so(slow):
    db = connect(slow.server.store)
    gone = FIRST * (slow.number + 1) + 1
    db.conn.execute("update teams set commune_code = '25654', hamlet_code = '2565401' where id = ?", [gone])
    db.close()
    press(slow.page, "Shift+N 1 1")
    expect(slow.page.locator(".news")).to_have_text(re.compile("could not be opened. Keys not recorded: 2."))
    press(slow.page, "3")
    slow.saved(1)
    assert slow.visits() == {}


def test_keys_for_a_team_without_households_are_told_at_the_next_sheet(slow):
    db = connect(slow.server.store)
    gone = FIRST * (slow.number + 1) + 1
    db.conn.execute("update assignments set until_day = '2021-08-10' where team_id = ?", [gone])
    db.close()
    press(slow.page, "Shift+N 1 1")
    expect(slow.page.get_by_text("This team has no households on this day.")).to_be_visible()
    slow.page.locator(".st-key-sheet_team input").click()
    slow.page.get_by_role("option", name=re.compile("0001")).click()
    expect(slow.page.locator(".news")).to_have_text(re.compile("Tổ số 0002 could not be opened. Keys not recorded: 2."))
    slow.saved(1)
    assert slow.visits() == {}


def test_a_team_asked_for_before_the_line_broke_comes_with_its_keys_when_it_is_back(slow):
    slow.page.clock.install()
    slow.server.kill()
    press(slow.page, "Shift+N 1 3")
    slow.page.clock.run_for(7000)
    expect(status(slow.page)).to_contain_text("Keys waiting for Tổ số 0002: 2. Press Esc to stay on this sheet.")
    slow.server.start()
    slow.page.clock.resume()
    slow.saved(2)
    assert slow.outcomes() == {(2, 1): "met", (2, 2): "absent"}


@pytest.mark.parametrize("between", ["", "Shift+N"])
def test_a_page_asked_again_that_turns_back_to_the_team_before_takes_no_keys(visit, server, between):
    """An answer came so late that the page was asked again, with the team before still in its picker."""
    number = next(_lanes)
    line = Line()
    page = ready(visit(f"lane{number}", "sheet", alone=True, before=line.lay))
    page.clock.install()
    line.hold()
    press(page, f"3 Shift+N 4 {between} 2")
    answer = all_of(line, page)
    page.clock.run_for(7000)
    asked_again = all_of(line, page)
    assert asked_again > answer
    page.clock.resume()
    line.let_through(answer)
    expect(page.locator(".sheet-of b")).to_have_text("Tổ số 0002")
    line.release()
    press(page, "1")
    lane = Lane(number, page, server)
    lane.saved(1 if between else 2)
    there = {(1, 2): "phone", (1, 3): "met"} if between else {(2, 2): "phone", (2, 3): "met"}
    assert lane.outcomes() == {(1, 1): "absent", (2, 1): "refused", **there}


def all_of(line: Line, page: Page) -> int:
    """How many messages the server has sent once it has fallen silent."""
    held = -1
    while held < line.holds():
        held = line.holds()
        page.wait_for_timeout(600)
    return held


def test_waiting_keys_may_be_given_up(slow):
    slow.page.clock.install()
    slow.server.kill()
    press(slow.page, "Shift+N 1 3")
    slow.page.clock.run_for(7000)
    expect(status(slow.page)).to_contain_text("Press Esc to stay on this sheet.")
    press(slow.page, "Escape")
    expect(slow.page.locator(".news")).to_have_text("Staying with Tổ số 0001. Keys discarded: 2.")
    expect(row(slow.page, 1)).to_have_attribute("data-answer", "")
    slow.server.start()
