"""Two people at one team's sheet: their rows arrive, and where both answered, both values wait for a choice."""

import pytest
from playwright.sync_api import expect

from tests import world
from tests.browser.conftest import PHONE
from tests.browser.desk import SAVED, ask, press, ready, row, status
from tests.browser.line import Line

# The page asks for others' rows every twelve seconds; a test may not wait so long.
QUICK = (
    "window.setTimeout = (real => (act, time, ...rest) => real(act, time === 12000 ? 300 : time, ...rest))(setTimeout)"
)
QUIET = (
    "window.setTimeout = (real => (act, time, ...rest) => real(act, time === 12000 ? 1e8 : time, ...rest))(setTimeout)"
)


@pytest.fixture
def two(visit):
    """`two(quick)`: the clerk and the leader at team 1's sheet; asking for rows is quick, or never happens."""

    def opened(asking: str, team: int = 1):
        pages = []
        for who in ("binh", "lan"):
            page = visit(who, f"sheet?team={team}", script=asking)
            ready(page)
            pages.append(page)
        return pages

    return opened


def stored(server, household: int) -> dict:
    """The answer of the world's day, by whom."""
    return ask(
        server,
        f"""select outcome, flags, note, needs, a.username from visits v join accounts a on a.id = v.recorded_by
            where day = '{world.DAY}' and household_id = {household}""",
    )[0]


def test_both_values_stand_side_by_side_and_nothing_is_overwritten(two, server):
    clerk, leader = two(QUIET)
    row(clerk, 1).locator("[data-outcome=refused]").click()
    press(clerk, "n 1 2 Enter")
    expect(status(clerk)).to_have_text(SAVED)
    row(leader, 1).locator("[data-outcome=met]").click()
    choice = row(leader, 1).locator(".versus")
    expect(choice.locator(".theirs")).to_contain_text("Lê Thanh Bình, 12:")
    expect(choice.locator(".theirs")).to_contain_text("Refused")
    expect(choice.locator(".theirs")).to_contain_text("Food, medicine")
    expect(choice.locator(".mine")).to_contain_text("Met")
    expect(status(leader)).to_have_text("Not saved yet: 1")
    assert stored(server, 1)["outcome"] == "refused"
    row(leader, 1).click(position={"x": 5, "y": 5})
    press(leader, "3")  # an answer key would lose one of the two unseen
    expect(choice).to_be_visible()
    assert stored(server, 1)["outcome"] == "refused"
    press(leader, "m")
    expect(row(leader, 1)).to_have_attribute("data-state", "saved")
    assert stored(server, 1) == {"outcome": "met", "flags": "", "note": None, "needs": None, "username": "lan"}


def test_the_other_answer_is_kept_by_a_key(two, server):
    clerk, leader = two(QUIET)
    row(clerk, 2).locator("[data-outcome=absent]").click()
    expect(status(clerk)).to_have_text(SAVED)
    row(leader, 2).locator("[data-outcome=phone]").click()
    expect(row(leader, 2).locator(".versus")).to_be_visible()
    press(leader, "o")
    expect(row(leader, 2).locator(".versus")).to_have_count(0)
    expect(row(leader, 2)).to_have_attribute("data-answer", "absent")
    expect(leader.locator("tr.current:focus")).to_have_attribute("data-code", "25456-0002")
    expect(status(leader)).to_have_text(SAVED)
    assert stored(server, 2)["username"] == "binh"


def test_details_are_in_conflict_too(two, server):
    clerk, leader = two(QUIET)
    for page, need in ((clerk, "1"), (leader, "2")):
        row(page, 3).locator("[data-flag=n]").click()
        press(page, f"{need} Enter")
        if page is clerk:
            expect(row(clerk, 3)).to_have_attribute("data-state", "saved")  # kept before the leader's is sent
    expect(row(leader, 3).locator(".theirs")).to_contain_text("Food")
    expect(row(leader, 3).locator(".mine")).to_contain_text("Medicine")
    row(leader, 3).get_by_role("button", name="Use mine").click()
    expect(status(leader)).to_have_text(SAVED)
    assert stored(server, 3)["needs"] == '["medicine"]'


def test_equal_answers_are_no_conflict(two, server):
    clerk, leader = two(QUIET)
    row(clerk, 4).locator("[data-outcome=met]").click()
    expect(status(clerk)).to_have_text(SAVED)
    row(leader, 4).locator("[data-outcome=met]").click()
    expect(row(leader, 4)).to_have_attribute("data-state", "saved")
    expect(row(leader, 4).locator(".versus")).to_have_count(0)
    assert stored(server, 4)["username"] == "binh"


def test_a_conflict_survives_a_reload_of_the_page(two):
    clerk, leader = two(QUIET)
    row(clerk, 5).locator("[data-outcome=absent]").click()
    expect(status(clerk)).to_have_text(SAVED)
    row(leader, 5).locator("[data-outcome=refused]").click()
    expect(row(leader, 5).locator(".versus")).to_be_visible()
    leader.reload()
    expect(row(leader, 5).locator(".mine")).to_contain_text("Refused")
    row(leader, 5).get_by_role("button", name="Keep theirs").click()
    expect(status(leader)).to_have_text(SAVED)


def test_rows_of_others_arrive_by_themselves_and_disturb_nobody(two):
    clerk, leader = two(QUICK)
    leader.evaluate("scrollTo(0, 300)")
    here = leader.locator("tr.current:focus").get_attribute("data-code")
    row(clerk, 7).locator("[data-outcome=met]").click()
    expect(row(leader, 7)).to_have_attribute("data-answer", "met")
    expect(row(leader, 7)).to_contain_text("just arrived")
    expect(leader.locator(".sheet .live")).to_have_text("Rows entered by others just arrived: 1.")
    assert leader.locator("tr.current:focus").get_attribute("data-code") == here
    expect(row(clerk, 7)).not_to_contain_text("just arrived")


def test_an_open_note_keeps_its_caret_while_others_work(two, server):
    clerk, leader = two(QUICK)
    row(leader, 8).locator("[data-flag=g]").click()
    leader.keyboard.type("cần thuốc")
    leader.keyboard.press("ArrowLeft")
    row(clerk, 9).locator("[data-outcome=met]").click()
    expect(status(clerk)).to_have_text(SAVED)
    leader.wait_for_timeout(1000)  # three turns
    leader.keyboard.type("x")
    leader.keyboard.press("Enter")
    expect(row(leader, 8)).to_contain_text("cần thuốxc")
    expect(row(leader, 9)).to_have_attribute("data-answer", "met")


def test_a_hidden_window_asks_for_nothing(two):
    clerk, leader = two(QUICK)
    leader.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.gone !== false })")
    leader.wait_for_timeout(400)
    row(clerk, 10).locator("[data-outcome=met]").click()
    expect(status(clerk)).to_have_text(SAVED)
    leader.wait_for_timeout(1000)  # three turns
    expect(row(leader, 10)).to_have_attribute("data-answer", "")
    leader.evaluate("window.gone = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(row(leader, 10)).to_have_attribute("data-answer", "met")


def test_two_answers_fit_on_a_telephone(two, visit):
    clerk, _leader = two(QUIET)
    phone = visit("lan", "sheet", size=PHONE, has_touch=True, is_mobile=True)
    expect(row(phone, 11)).to_be_visible()
    row(clerk, 11).locator("[data-outcome=absent]").click()
    expect(status(clerk)).to_have_text(SAVED)
    row(phone, 11).get_by_role("button", name="Met in person", exact=True).tap()
    buttons = row(phone, 11).locator(".versus button")
    expect(buttons).to_have_count(2)
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert min(b.bounding_box()["height"] for b in buttons.all()) >= 44
    buttons.first.tap()
    expect(status(phone)).to_have_text(SAVED)


def test_nobody_meets_a_second_answer_of_their_own(visit, server):
    """A slow server: the first answer is kept, the second gets lost on the way, no receipt comes back; then a third."""
    line = Line()
    page = ready(visit("binh", "sheet?team=1", alone=True, before=line.lay))
    line.hold()
    row(page, 12).locator("[data-outcome=met]").click()
    for _wait in range(50):
        if ask(server, f"select 1 from visits where household_id = 12 and day = '{world.DAY}'"):
            break
        page.wait_for_timeout(100)
    line.lost = lambda message: b"medicine" in message and b"absent" not in message
    press(page, "n 2 Enter")
    page.locator("h1").click()  # turning away sends what waits
    row(page, 12).locator("[data-outcome=absent]").click()
    page.locator("h1").click()
    page.wait_for_timeout(300)
    assert line.losses == 1
    line.release()
    expect(status(page)).to_have_text(SAVED)
    kept = stored(server, 12)
    assert (kept["outcome"], kept["needs"]) == ("absent", '["medicine"]')
