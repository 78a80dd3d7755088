"""The overview of reports as a table: counts, a row for each unit, those below it folded in, deeds as buttons.

Everything arrives as finished words. A click on a deed sends `deed:code`, one on a report its address.
"""

from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st

from lib.screen.i18n import _
from lib.screen.shell import bundle
from lib.screen.shell.rooms import BY_NAME

_HERE = Path(__file__).parent
_chain = st.components.v2.component(
    "chain", css=(_HERE / "chain.css").read_text("utf-8"), js=bundle.component(_HERE / "chain.js")
)


def sent(key: str) -> tuple[str, str] | None:
    """The deed that was clicked and the unit, in the run it caused; a click on a report opens it."""
    clicked, opened = ((st.session_state.get(key) or {}).get(name) for name in ("deed", "open"))
    room, _mark, query = opened.partition("?") if isinstance(opened, str) else ("", "", "")
    if room in BY_NAME:
        st.switch_page(f"{room}.py", query_params=dict(parse_qsl(query)))
    deed, _colon, code = clicked.partition(":") if isinstance(clicked, str) else ("", "", "")
    return (deed, code) if code else None


def draw(caption: str, counts: list[dict], head: list[str], rows: list[dict], *, key: str) -> None:
    """`counts`: `{name, value, look}`; `rows`: `{code, name, href, state, look, mark, note, timing, timely, sent,
    people, reminder, deeds, told, inside}`.

    `people` are `{name, facts, phone}`, `deeds` `{deed, text}`; `look` is "", "done", "amber" or "red"; `told` stands
    on the button that folds out `inside`. A column without a heading is not drawn.
    """
    words = {"call": _("Call"), "show": _("Show the units below"), "hide": _("Hide the units below")}
    _chain(
        key=key,
        data={"caption": caption, "counts": counts, "head": head, "rows": rows, "words": words},
        on_deed_change=lambda: None,
        on_open_change=lambda: None,
    )
