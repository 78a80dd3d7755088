"""A day of reports in a real browser: rehearsed, sent, late, consolidated, corrected; three hours on one store."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.core import clock, database
from lib.core.database import connect, value
from tests import world
from tests.browser.conftest import PHONE
from tests.server import Server

DAY = world.DAY


@pytest.fixture(scope="module")
def store(template, tmp_path_factory) -> Path:
    """The world with a morning of visits in Phường 1 and Gò Dầu, an officer of Phường 3, and Gò Dầu's district."""
    file = Path(shutil.copy(template, tmp_path_factory.mktemp("report") / "tungnha.db"))
    db = connect(file)
    world.add_account(db, 10, "go", "Lý Văn Gò", "district", "710", None, None, grant_id=10)
    enter(db, [*range(1, 13), *range(73, 80)], "10:00")
    db.conn.execute(
        """insert into officers (area_code, duty, full_name, position, phone, from_day)
           values ('25459', 'accountable', 'Phạm Văn Tư', 'Phó Bí thư', '0912345678', ?)""",
        [world.FOUNDED],
    )
    db.close()
    return file


def enter(db, households, hour: str) -> None:
    """As a save does it, so that pages that are open hear of it."""
    with database.write(db):
        db.conn.executemany(
            """insert into visits (day, household_id, outcome, persons, recorded_by, recorded_at)
               values (?, ?, 'met', 4, 3, ?)""",
            [(DAY, number, clock.at(DAY, hour)) for number in households],
        )


@pytest.fixture(scope="module")
def server(store):
    """The product at half past one."""
    running = Server(store, clock=f"{DAY}T13:30", quick=True).start()
    yield running
    running.stop()


@pytest.fixture
def later(server):
    """`later("14:30")`: the same store at another hour; what ran before is ended."""
    running = [server]

    def started(hour: str) -> Server:
        running[-1].stop()
        running.append(Server(server.store, clock=f"{DAY}T{hour}", quick=True).start())
        return running[-1]

    yield started
    running[-1].stop()


def sideways(page: Page) -> bool:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth")


def figure(page: Page, name: str):
    return page.get_by_role("region", name="Figures").get_by_role("row", name=re.compile(f"^{name} "))


def write(page: Page, label: str, words: str) -> None:
    field = page.get_by_label(label)
    field.fill(words)
    field.blur()


def send(page: Page, told: str) -> None:
    page.get_by_role("button", name="None: write “Không”").click()
    expect(page.get_by_text("Saved at")).to_be_visible()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text(told)).to_be_visible()


def test_none_and_send_pressed_in_one_breath(server, visit):
    """The second press ends the run of the first, in which the browser has not been told of the new text yet."""
    page = visit("chi", "report", on=server)
    none = page.get_by_role("button", name="None: write “Không”")
    expect(none).to_be_visible()
    page.get_by_role("button", name="Send the report").evaluate(
        "async (send, none) => { none.click(); await new Promise(done => setTimeout(done, 20)); send.click() }",
        none.element_handle(),
    )
    expect(page.get_by_text("sent version 1, on time")).to_be_visible()
    expect(page.get_by_role("paragraph").filter(has_text="IV. Difficulties")).to_contain_text("Không")


def test_a_day_of_reports(server, later, visit):
    rehearsal(server, visit)
    submission(server, visit)
    consolidation(later("14:30"), visit)
    correction(later("15:05"), visit)


def rehearsal(server: Server, visit) -> None:
    """The rehearsal stands first, names who is silent with a telephone, and has a text to paste."""
    page = visit("dung", "report", on=server, size=PHONE)
    missing = page.get_by_role("list", name="What is still missing").get_by_role("listitem").filter(has_text="Phường 3")
    expect(missing).to_contain_text("no visits entered, report not sent")
    expect(missing.get_by_role("link", name=re.compile("0912"))).to_have_attribute("href", "tel:0912345678")
    above = page.get_by_text("What is still missing at").bounding_box()["y"]
    assert above < page.get_by_text("What the unit writes").bounding_box()["y"]
    expect(page.get_by_text(re.compile(r"(30|29) min left, due at 14:00"))).to_be_visible()
    page.get_by_text("Text to paste into Zalo").click()
    expect(page.get_by_text("Kính gửi các đơn vị: đến 13 giờ 3")).to_be_visible()
    assert not sideways(page)
    missing.get_by_role("link", name="Phường 3", exact=True).click()
    expect(page).to_have_url(re.compile(r"/report\?area=25459&day="))
    commune = visit("binh", "report", on=server)
    missing = commune.get_by_role("list", name="What is still missing")
    missing.get_by_role("link", name=re.compile("^Enter: ")).first.click()
    expect(commune).to_have_url(re.compile(r"/sheet\?team="))


def submission(server: Server, visit) -> None:
    """The district writes, which saves itself, and sends before the hour."""
    page = visit("dung", "report", on=server)
    write(page, "I. Leadership and direction of the day", "Họp giao ban với các phường.")
    send(page, "sent version 1, on time")
    expect(page.get_by_role("textbox")).to_have_count(0)  # what was sent is read, not written
    expect(page.get_by_text("Họp giao ban với các phường.")).to_be_visible()
    stranger = visit("chi", f"report?area=703&day={DAY}", on=server)
    expect(stranger.get_by_text("There is no such record in your area; reload the page.")).to_be_visible()


def consolidation(server: Server, visit) -> None:
    """Gò Dầu is late and says so; the province consolidates both; the figures of 14:00 stand."""
    late = visit("go", "report", on=server)
    expect(late.get_by_text(re.compile(r"overdue by (30|31) min"))).to_be_visible()
    write(late, "V. Proposals", "Cấp 200 bộ xét nghiệm nhanh.")
    send(late, "sent version 1, 3")
    page = visit("mai", "report", on=server)
    expect(page.get_by_text("What is still missing at")).to_be_visible()
    page.get_by_text("Difficulties and proposals of the units below").click()
    expect(page.get_by_text("- Huyện Gò Dầu: Cấp 200 bộ xét nghiệm nhanh.")).to_be_visible()
    send(page, "sent version 1, on time")
    district = visit("dung", "report", on=server)
    expect(figure(district, "Households seen").locator("td").first).to_have_text("12")


def correction(server: Server, visit) -> None:
    """Late entries move "now" and not what is frozen; a correction is a numbered addendum beside the old number."""
    db = connect(server.store)
    enter(db, [13, 14], "15:04")
    page = visit("dung", "report", on=server)
    seen = figure(page, "Households seen").locator("td")
    expect(seen.first).to_have_text("12")
    expect(seen.nth(1)).to_contain_text("14≠ differs by +2")
    page.get_by_role("link", name="Households seen", exact=True).click()
    expect(page.get_by_text("2 visits entered or changed after 14:00 on 16/08/2021").last).to_be_visible()
    expect(page.get_by_role("region", name="Made up of").get_by_role("row", name="Total")).to_contain_text("12")
    page.get_by_text("Correct by addendum No. 1").click()
    chosen = page.get_by_role("combobox", name="Figures that are wrong")
    chosen.click()
    page.keyboard.type("Households seen")
    expect(page.get_by_role("option")).to_have_text(
        ["Select 2 matches", "Households seen: 12", "Persons of the households seen: 48"]
    )
    page.get_by_role("option", name="Households seen: 12").click()
    page.get_by_label("Correct figure for: Households seen").fill("14")
    page.get_by_label("Reason").fill("Hai tờ khai ghi sót")
    page.get_by_role("button", name="Add the addendum").click()
    expect(page.get_by_text("Addendum No. 1 has been attached to the report.")).to_be_visible()
    assert value(db, "select count(*) from report_events where deed = 'correct'") == 1
    expect(figure(page, "Households seen").locator("td").first).to_contain_text("14✎ addendum No. 1; it was 12")
    db.close()
    province = visit("mai", "report", on=server)
    expect(figure(province, "Households seen").locator("td").first).to_have_text("19")
    expect(province.get_by_text("2/2 units have sent their reports.")).to_be_visible()
