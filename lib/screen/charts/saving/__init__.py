"""Under a chart: the same rows as a plain table, and the chart to save as picture (PNG, SVG) or rows (CSV).

All of it happens in the browser, from what stands there: the picture is the chart as it is seen, with the page's own
letters, the area and the day above it and its source below.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from lib.core import text
from lib.screen.i18n import _, language
from lib.screen.shell import bundle

_HERE = Path(__file__).parent
_save = st.components.v2.component(
    "chart_save", css=(_HERE / "chart_save.css").read_text("utf-8"), js=bundle.component(_HERE / "chart_save.js")
)
LONGEST_NAME = 80


@dataclass(frozen=True)
class Caption:
    """What a saved chart says of itself: above it title and place, below it notes and source; and its file's name."""

    title: str
    place: str
    notes: str
    source: str
    file: str


def below(chart: str, rows: dict, caption: Caption, *, key: str, links: dict[str, str]) -> None:
    """`chart` is the key of what the chart stands in; `rows` comes from `table`; `links` are addresses by code."""
    data = {
        "chart": f"st-key-{chart}",
        **asdict(caption),
        "links": links,
        "thousands": "." if language() == "vi" else ",",
        "words": {
            "table": _("As a table"),
            "save": _("Save"),
            "png": _("Save as picture (PNG)"),
            "svg": _("Save as drawing (SVG)"),
            "csv": _("Save rows for a spreadsheet (CSV)"),
            "failed": _("This browser could not make the picture. Save as SVG instead."),
        },
    } | rows
    _save(key=key, data=data, on_open_change=lambda: None)


def file_name(title: str, place: str, day: str) -> str:
    """Speaking and without marks: "do-phu-tay-ninh-2021-08-16"."""
    letters = "".join(c if c.isalnum() and c.isascii() else " " for c in text.fold(f"{title} {place}"))
    return f"{'-'.join(letters.split())[:LONGEST_NAME].strip('-')}-{day}"


def table(frame: pd.DataFrame, titles: dict[str, str], across: tuple[str, str, str] | None = None) -> dict:
    """Head and rows in the words of the chart's tooltips; `across` lays (row, column, cell) out as a grid."""
    words = frame.reindex(columns=["code", *titles]).astype(object).fillna("")
    if across:
        row, column, cell = across
        columns = list(dict.fromkeys(words[column]))
        grid: dict[str, dict[str, str]] = {}
        for line in words.to_dict("records"):
            grid.setdefault(line[row], {"": line["code"]})[line[column]] = line[cell]
        head = [titles[row], *columns]
        rows = [[cells.pop(""), name, *(cells.get(title, "") for title in columns)] for name, cells in grid.items()]
    else:
        head = list(titles.values())
        rows = words.values.tolist()
    return {"head": head, "rows": rows}
