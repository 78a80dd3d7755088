"""What a browser keeps of unsaved work, and for how long."""

import json

from playwright.sync_api import expect

from tests.browser.desk import SAVED, press, ready, status

NOW = 1_629_090_000_000
DAY = 86_400_000


def kept(page) -> list[str]:
    return sorted(page.evaluate("Object.keys(localStorage).filter((key) => /^tungnha:(sheet|panel):/.test(key))"))


def put(page, key: str, value) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(value)])


def test_unsaved_work_is_forgotten_after_three_days_whoever_comes(visit):
    """Of every account, on every page, also on the sign-in; what has no date, or one to come, is given one."""
    page = visit("an", "me", alone=True)
    page.clock.install(time=NOW / 1000)
    put(page, "tungnha:sheet:3:1:2021-08-12:25456-0001", {"outcome": "met", "seq": f"{NOW - 3 * DAY - 1000}.4"})
    put(page, "tungnha:sheet:3:1:2021-08-16:25456-0002", {"outcome": "met", "seq": f"{NOW - 2 * DAY}.5"})
    put(page, "tungnha:panel:4:1:2021-08-12:25456-0003", {"flag": "s", "at": NOW - 3 * DAY - 1000})
    put(page, "tungnha:panel:4:1:2021-08-16:25456-0004", {"flag": "s"})
    put(page, "tungnha:sheet:6:1:2022-06-12:25456-0005", {"outcome": "met", "seq": f"{NOW + 300 * DAY}.6"})
    page.evaluate("localStorage.setItem('tungnha:panel:5:x', 'no draft at all')")
    page.context.clear_cookies()
    page.reload()
    expect(page.locator("input[autocomplete=username]")).to_be_visible()
    left = [
        "tungnha:panel:4:1:2021-08-16:25456-0004",
        "tungnha:sheet:3:1:2021-08-16:25456-0002",
        "tungnha:sheet:6:1:2022-06-12:25456-0005",
    ]
    assert kept(page) == left
    page.clock.run_for(3 * DAY + 7_200_000)
    assert kept(page) == []


def test_signing_out_leaves_nothing_that_is_saved(visit):
    """A panel that was only looked into goes; what was typed and not kept waits under its account."""
    page = visit("binh", "sheet?team=1")
    ready(page)
    press(page, "1")
    expect(status(page)).to_have_text(SAVED)
    press(page, "s")
    assert [key.split(":")[1] for key in kept(page)] == ["panel"]
    typed = "tungnha:panel:3:2:2021-08-16:25456-0030"
    put(page, typed, {"flag": "s", "touched": True, "at": page.evaluate("Date.now()")})
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("input[autocomplete=username]")).to_be_visible()
    assert kept(page) == [typed]
    assert "tungnha_session" not in [cookie["name"] for cookie in page.context.cookies()]
