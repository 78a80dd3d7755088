"""The parts of a board that are links: the way to it, its large figures, its tables.

Real HTML, repainted in place, read by screen readers, printable. Everything arrives as finished words. Every link
is a true address; a plain click on one of the board's own (`?…`) sends it as `go`, which `gone` hands out in the
run that follows.
"""

from pathlib import Path

import streamlit as st

from lib.screen.shell import bundle
from lib.screen.shell.page import went_back

_HERE = Path(__file__).parent


def _component(name: str):
    style, script = (_HERE / f"{name}.css").read_text("utf-8"), bundle.component(_HERE / f"{name}.js")
    return st.components.v2.component(name, css=style, js=script)


_path, _headline, _table = _component("path"), _component("headline"), _component("ranked")


def gone(*keys: str) -> str | None:
    """The address of the link that was clicked in one of these parts, in the run it caused; Back takes it back."""
    if went_back():
        return None
    sent = [(st.session_state.get(key) or {}).get("go") for key in keys]
    return next((go for go in sent if isinstance(go, str) and len(go) < 1000), None)


def path(label: str, items: list[dict], *, key: str, look: str = "way", arrive: str = "") -> None:
    """A row of links: `{text, href, here}`. `look` is 'way' or 'choices'; a new `arrive` brings it into sight."""
    _path(key=key, data={"label": label, "items": items, "look": look, "arrive": arrive}, on_go_change=lambda: None)


def headline(label: str, figures: list[dict], *, key: str) -> None:
    """Large figures: `{name, value, href, help, small, small_href}`."""
    _headline(key=key, data={"label": label, "figures": figures}, on_go_change=lambda: None)


def table(caption: str, head: list[dict], rows: list[dict], *, key: str, ask: str = "", cards: bool = False) -> None:
    """`head`: `{text, help, number, unit, bar, why}` per column; `rows`: `{code, href, cells, share, silent, move}`.

    A cell is a word or `{text, href}`. `ask` is the address that a column's `why` is added to. With `cards` each row
    is a card on a narrow screen.
    """
    data = {"caption": caption, "head": head, "rows": rows, "ask": ask, "cards": cards}
    _table(key=key, data=data, on_go_change=lambda: None)
