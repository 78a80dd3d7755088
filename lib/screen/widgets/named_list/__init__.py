"""Named things of a task as a real list: what it is, a telephone to tap, a button that leads there.

Everything arrives as finished words. A click sends the address of a room, which is opened without a reload.
"""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from lib.screen.i18n import _
from lib.screen.shell import bundle
from lib.screen.shell.rooms import BY_NAME

_HERE = Path(__file__).parent
_list = st.components.v2.component(
    "home_list", css=(_HERE / "list.css").read_text("utf-8"), js=bundle.component(_HERE / "list.js")
)


def address(room: str, **query: object) -> str:
    """Where a line leads; what is None is left out."""
    parameters = {name: str(value) for name, value in query.items() if value is not None}
    return f"{room}?{urlencode(parameters)}" if parameters else room


def follow(keys: list[str]) -> None:
    """Open the room whose line was clicked in the run before this one."""
    for key in keys:
        opened = (st.session_state.get(key) or {}).get("open")
        room, _mark, query = opened.partition("?") if isinstance(opened, str) else ("", "", "")
        if room in BY_NAME:
            st.switch_page(f"{room}.py", query_params=dict(parse_qsl(query)))


def draw(label: str, items: list[dict], title: str = "", *, key: str) -> None:
    """`items`: `{name, href, facts, side, mark, phone, verb, to}`; `mark` is "done", "look" or empty.

    `title` stands in small letters below them.
    """
    words = {"call": _("Call")}
    _list(key=key, data={"label": label, "items": items, "more": title, "words": words}, on_open_change=lambda: None)
