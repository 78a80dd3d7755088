"""Scripts and styles of components are served under names that follow their content."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request

from lib.screen.shell import assets


def served(file):
    asked = assets._part(Request({"type": "http", "path_params": {"file": file}}))
    with ThreadPoolExecutor(1) as aside:  # this thread may have a browser's event loop
        return aside.submit(asyncio.run, asked).result()


def test_a_part_is_kept_by_the_browser_under_a_name_that_changes_with_it():
    first, second = (assets.FILES.add("it", f"export default {n};", "js").rpartition("/")[2] for n in (1, 2))
    assert first != second and first == assets.FILES.add("it", "export default 1;", "js").rpartition("/")[2]
    answer = served(second)
    assert answer.body == b"export default 2;" and answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


def test_only_parts_are_served():
    assert served("../store.db").status_code == 404
