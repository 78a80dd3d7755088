"""Windows of one browser, used again: a page opens four times cheaper where the last one was of the same address."""

from playwright.sync_api import Browser, Error, Page

KEPT = 3  # empty windows of one kind
_SCRIPTS = "'__pwClock' in globalThis"  # the browser's clock was taken over


class Windows:
    def __init__(self, browser: Browser):
        self.browser = browser
        self.free: dict[str, list[Page]] = {}
        self.kinds: dict[Page, str] = {}

    def take(self, size: dict, *, alone: bool = False, script: str = "", **settings) -> Page:
        """An empty window: no cookies, nothing stored. `script` runs before every page; `alone` is never used again."""
        kind = "" if alone else repr((size, script, sorted(settings.items())))
        if self.free.get(kind):
            page = self.free[kind].pop()
            if page.viewport_size != size:  # its test made it smaller
                page.set_viewport_size(size)
        else:
            context = self.browser.new_context(viewport=size, **settings)
            context.set_default_timeout(30000)
            if script:
                context.add_init_script(script)
            page = context.new_page()
        self.kinds[page] = kind
        return page

    def give_back(self, page: Page, url: str) -> None:
        """Empty it for the next test, or close it."""
        kind = self.kinds.pop(page)
        if not kind or len(self.free.setdefault(kind, [])) >= KEPT:
            return page.context.close()
        try:
            assert not page.evaluate(_SCRIPTS), "ask for a window alone where its clock is changed"
            _empty(page, url)
        except Error:  # crashed, or closed by its test
            return page.context.close()
        self.free[kind].append(page)


def _empty(page: Page, url: str) -> None:
    context = page.context
    for other in context.pages:
        if other is not page:
            other.close()
    page.unroute_all(behavior="ignoreErrors")
    context.set_offline(False)
    page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    tools = context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "all"})
    tools.detach()
    context.clear_cookies()
