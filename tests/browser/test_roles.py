"""The role somebody acts in, in a real browser: it stays with the session, and nobody takes another's."""

import re
import shutil

import pytest
from playwright.sync_api import Page, expect

from lib.core import access
from lib.core.database import connect, value
from lib.core.identity import authentication, delegation
from lib.oversight.reports import reminders
from lib.screen.shell import signin
from tests import world
from tests.browser.conftest import DESK, NAVIGATION, PHONE, sign_in
from tests.server import Server

DISTRICT, COMMUNE = "District · Thành phố Tây Ninh", "Commune staff · Phường 1"


def lend(server: Server, last_day: str = world.DAY) -> int:
    """Dũng's district in the hands of Bình, the clerk of one of its communes."""
    db = connect(server.store)
    dung = access.user(db, world.CAST["dung"][0], world.DAY)
    made = delegation.give(
        db,
        dung,
        delegation.Loan(username="binh", from_day=world.DAY, last_day=last_day, from_hour="11:00"),
        now=world.NOW,
    )
    db.close()
    return made


@pytest.fixture(scope="module")
def lent(server):
    server.grant = lend(server)
    return server


def role(page: Page):
    return page.get_by_role("group", name="Current role")


def act_as(page: Page, name: str) -> Page:
    page.locator("[data-testid=stSidebar]").get_by_role("combobox", name="Current role").click()
    page.get_by_role("option", name=re.compile(f"^{name}")).click()
    expect(role(page)).to_contain_text(name)
    return page


def test_the_role_stays_across_reload_link_new_window_and_language(lent, visit):
    page = act_as(visit("binh", "reports", on=lent), DISTRICT)
    expect(page).to_have_url(re.compile(r"/reports"))
    expect(role(page)).to_contain_text("in place of Đặng Tiến Dũng, from 11:00 on")
    page.reload()
    expect(role(page)).to_contain_text(DISTRICT)
    expect(page.get_by_role("rowheader", name="Phường 3")).to_be_visible()
    page.goto(f"{lent.url}/report?area=25459")
    expect(role(page)).to_contain_text(DISTRICT)
    expect(page.get_by_text("Phường 3 · Report of the commune")).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{lent.url}/reports")
    expect(role(other)).to_contain_text(DISTRICT)
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("group", name="Vai trò đang dùng")).to_contain_text("thay")


def test_the_role_stays_when_the_server_was_started_again(template, tmp_path, windows):
    server = Server(shutil.copy(template, tmp_path / "tungnha.db")).start()
    page = windows.take(DESK, alone=True)
    try:
        lend(server)
        let_in(page, server, "binh")
        page.goto(f"{server.url}/reports")
        act_as(page, DISTRICT)
        server.kill()
        server.start()
        page.reload()
        expect(role(page)).to_contain_text(DISTRICT)
        page.goto(f"{server.url}/reports")
        expect(role(page)).to_contain_text(DISTRICT)
    finally:
        page.context.close()
        server.stop()


def let_in(page: Page, server: Server, name: str, grant: int | None = None) -> None:
    """A session of the account that chose a role: the token bears our signature, whatever it asks for."""
    db = connect(server.store)
    account = authentication.credentials(db, world.CAST[name][1])
    token = signin.Token(authentication.signing_key(db)).make(account["id"], account["token_version"], grant)
    db.close()
    cookies = {"tungnha_language": "en", signin.COOKIE: token}
    page.context.add_cookies([{"name": key, "value": told, "url": server.url} for key, told in cookies.items()])


def test_the_role_is_in_sight_on_every_page_of_a_phone(lent, visit):
    page = visit("binh", "reports", on=lent, size=PHONE)
    let_in(page, lent, "binh", lent.grant)
    for room in ("reports", "report", "home", "me", "leaderboard", "teams", "documents"):
        page.goto(f"{lent.url}/{room}")
        expect(role(page)).to_contain_text("in place of Đặng Tiến Dũng")
        expect(role(page)).to_be_in_viewport(ratio=1)
        at = role(page).bounding_box()
        on_top = page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y)?.closest('.stApp') !== null",
            [at["x"] + 5, at["y"] + at["height"] / 2],
        )
        assert on_top and page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_link_of_the_other_role_asks_instead_of_showing_something_else(lent, visit):
    page = visit("binh", "report?area=25459", on=lent)
    expect(page.get_by_role("heading", name="Switch roles?")).to_be_visible()
    expect(page.get_by_text(f"This link belongs to the role {DISTRICT} · in place of Đặng Tiến Dũng.")).to_be_visible()
    expect(role(page)).to_contain_text(COMMUNE)
    expect(page.get_by_text("Phường 3 · Report of the commune")).to_have_count(0)
    page.get_by_role("button", name="Switch roles").click()
    expect(role(page)).to_contain_text(DISTRICT)
    expect(page).to_have_url(re.compile("area=25459"))
    expect(page.get_by_text("Phường 3 · Report of the commune")).to_be_visible()


def test_the_address_says_which_role_it_was_made_in(lent, visit):
    page = act_as(visit("binh", "reports", on=lent), DISTRICT)
    expect(page).to_have_url(re.compile(r"as=district\.703"))
    address = page.url
    page.locator(NAVIGATION).get_by_role("link", name="Daily report").click()
    expect(page).to_have_url(re.compile(r"/report\?as=district\.703"))
    act_as(page, COMMUNE)
    page.goto(address)
    expect(page.get_by_role("heading", name="Switch roles?")).to_be_visible()
    page.get_by_role("button", name="Switch roles").click()
    expect(role(page)).to_contain_text(DISTRICT)


def test_a_role_that_ends_under_an_open_page_is_said_and_nothing_is_done_in_another(lent, visit):
    page = act_as(visit("binh", "reports", on=lent), DISTRICT)
    db = connect(lent.store)
    dung = access.user(db, world.CAST["dung"][0], world.DAY)
    delegation.end(db, dung, lent.grant, now=world.NOW)
    expect(page.get_by_role("heading", name="This role has ended")).to_be_visible()  # the page follows writes
    expect(page.get_by_text(f"{DISTRICT} · in place of Đặng Tiến Dũng has ended")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="This role has ended")).to_be_visible()
    page.get_by_role("button", name=f"Continue as {COMMUNE}").click()
    expect(role(page)).to_contain_text(COMMUNE)
    page.reload()
    expect(role(page)).to_contain_text(COMMUNE)
    assert value(db, "select count(*) from report_events") == 0
    db.close()
    lent.grant = lend(lent)


@pytest.mark.parametrize("room", ["report?area=25456", "home?as=district.703"])
def test_a_stranger_takes_nobodys_role_by_cookie_or_address(lent, visit, room):
    page = visit("chi", room, on=lent)
    expect(role(page)).to_contain_text("Commune staff · Thị trấn Gò Dầu")
    expect(page.get_by_role("heading", name="Switch roles?")).to_have_count(0)
    let_in(page, lent, "chi", lent.grant)
    page.goto(f"{lent.url}/{room}")
    expect(page.get_by_role("heading", name="This role has ended")).to_be_visible()
    assert "Dũng" not in page.locator(".stApp").inner_text() and "Tây Ninh" not in page.locator(".stApp").inner_text()
    page.get_by_role("button", name="Continue as Commune staff · Thị trấn Gò Dầu").click()
    expect(role(page)).to_contain_text("Commune staff · Thị trấn Gò Dầu")


def test_a_cookie_that_was_written_by_hand_opens_nothing(lent, visit):
    page = visit("chi", "reports", on=lent)
    db = connect(lent.store)
    version = authentication.token_version(db, world.CAST["binh"][0])
    forged = signin.Token("x" * 64).make(world.CAST["binh"][0], version, lent.grant)
    db.close()
    page.context.add_cookies([{"name": signin.COOKIE, "value": forged, "url": lent.url}])
    page.goto(f"{lent.url}/reports")
    expect(page.locator("input[autocomplete=username]")).to_be_visible()


def link(page: Page, name: str):
    return page.locator(NAVIGATION).get_by_role("link", name=name)


def test_what_waits_stands_in_the_menu_and_comes_by_itself(lent, visit):
    page = visit("chi", "households", on=lent)
    expect(link(page, "Reports of the levels below")).to_have_accessible_name("Reports of the levels below")
    db = connect(lent.store)
    mai = access.user(db, world.CAST["mai"][0], world.DAY)
    made = reminders.send(
        db, mai, {"25654": "Đề nghị gửi báo cáo."}, due_at="2021-08-16T07:00:00Z", day=world.DAY, now=world.NOW
    )
    expect(link(page, "Reports of the levels below")).to_have_text(re.compile(r"below\(1\)"))
    expect(link(page, "Reports of the levels below")).to_have_accessible_name(
        re.compile("^Reports of the levels below *, 1 reminder waits for an answer$")
    )
    chi = access.user(db, world.CAST["chi"][0], world.DAY)
    reminders.answer(db, chi, made[0], "Đã gửi.", now=world.NOW)
    expect(link(page, "Reports of the levels below")).to_have_accessible_name("Reports of the levels below")
    db.conn.execute(
        """insert into report_events (day, area_code, deed, at, account_id, version, reason)
           values (?, '25654', 'submit', ?, 9, 1, null), (?, '25654', 'return', ?, 6, 1, 'Sai')""",
        [world.YESTERDAY, f"{world.YESTERDAY}T06:00:00Z"] * 2,
    )
    db.conn.execute("update change set n = n + 1")
    db.close()
    expect(link(page, "Daily report")).to_have_text(re.compile(r"report\(1\)"))
    link(page, "To do").click()
    expect(page.get_by_text("The report of 15/08/2021 was returned: Sai")).to_be_visible()
    expect(link(page, "Daily report")).to_have_text(re.compile(r"report\(1\)"))


def test_on_a_phone_the_number_stands_on_the_button_of_the_menu(lent, visit):
    page = visit("binh", "leaderboard", on=lent, size=PHONE)
    expect(page.get_by_test_id("stHeader")).to_contain_text(re.compile(r"\(1\), 1 .*delegation"))
    expect(page.get_by_role("button", name="Expand sidebar")).to_be_visible()


def test_a_delegation_is_announced_where_its_deputy_comes_in(template, tmp_path, windows):
    server = Server(shutil.copy(template, tmp_path / "tungnha.db")).start()
    page = windows.take(DESK, alone=True)
    page.context.add_cookies([{"name": "tungnha_language", "value": "en", "url": server.url}])
    try:
        lend(server)
        sign_in(page, server, "binh")
        expect(page.get_by_text("A role was delegated to you")).to_be_visible()
        expect(link(page, "My account")).to_have_accessible_name(re.compile("1 new delegation"))
        page.get_by_role("button", name="I have read it").click()
        expect(page.get_by_text("A role was delegated to you")).to_have_count(0)
        expect(link(page, "My account")).to_have_accessible_name(re.compile("1 delegation in force"))
        link(page, "To do").click()
        row = page.get_by_role("listitem").filter(has_text="In place of Đặng Tiến Dũng")
        row.get_by_role("link", name=re.compile("^Switch to this role")).click()
        page.get_by_role("button", name="Switch roles").click()
        expect(role(page)).to_contain_text("in place of Đặng Tiến Dũng")
    finally:
        page.context.close()
        server.stop()


def test_a_stranger_reads_no_numbers_of_another_role(lent, visit):
    page = visit("chi", "home", on=lent)
    status = "role => fetch(`/waiting?role=${role}&seen=0`).then((answer) => answer.status)"
    assert page.evaluate(status, lent.grant) == 404 and page.evaluate(status, 9) == 200
    page.context.clear_cookies()
    assert page.evaluate(status, 9) == 404
