"""The units below in a report: what was counted of each, and what each entered itself, with their sums."""

import streamlit as st

from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.entered_days import Together
from lib.screen.i18n import _, number, points
from lib.screen.i18n import day as in_words
from lib.screen.report import sentences as words
from lib.screen.report import session
from lib.screen.widgets import link_table
from lib.screen.widgets.named_list import address


def draw(report: ReportContext, content: dict) -> None:
    """Two tables, one below the other; nothing for a commune."""
    if not content["units"]:
        return
    st.subheader(_("By unit"), anchor=False)
    if content["columns"]:
        st.markdown(f"**{_('Counted by the program')}**")
        note = _("In brackets: the change since yesterday; for shares, in percentage points.")
        rows = [_counted(report, content, unit) for unit in content["units"]]
        _table(report, _("Counted by the program"), content["columns"], [*rows, _total(content)], session.COUNTED)
        st.caption(note)
    columns = content["entered"]["columns"]
    if columns:
        st.markdown(f"**{_('Entered by the units')}**")
        rows = [_entered(report, columns, unit) for unit in content["units"]]
        _table(report, _("Entered by the units"), columns, [*rows, *_totals(content)], session.ENTERED)
        st.caption(_("In brackets: the change since yesterday. In the last rows: how many units the total covers."))


def _table(report: ReportContext, caption: str, columns: list[dict], rows: list[dict], key: str) -> None:
    head = [{"text": _("Unit"), "help": "", "unit": True}]
    head += [
        {"text": words.with_unit(column), "help": words.formula(column), "number": True, "why": column["code"]}
        for column in columns
    ]
    link_table.table(caption, head, rows, key=key, cards=True)


def _name(report: ReportContext, unit: dict) -> dict:
    return {"text": words.unit(unit), "href": address("report", area=unit["code"], day=report.day)}


def _counted(report: ReportContext, content: dict, unit: dict) -> dict:
    cells = [_figure(column, unit["values"], unit["before"]) for column in content["columns"]]
    return {"code": unit["code"], "silent": not unit["reported"], "cells": [_name(report, unit), *_once(cells)]}


def _figure(column: dict, values: dict, before: dict | None) -> str:
    """A figure, and how it moved since yesterday."""
    value = values.get(column["code"])
    return _moved(column, (before or {}).get(column["code"]), value)


def _moved(column: dict, before: float | None, value: float | None) -> str:
    value_words = words.said(column, value)
    if value is None or before is None or value == before:
        return value_words
    change = points(value - before) if column["unit"] == "%" else words.difference(column, before, value)
    return f"{value_words} ({change})"


def _entered(report: ReportContext, columns: list[dict], unit: dict) -> dict:
    entries = [(column, unit["entered"][column["code"]]) for column in columns]
    cells = [_moved(column, (entry["before"] or {}).get("value"), entry["value"]) for column, entry in entries]
    return {"code": unit["code"], "cells": [_name(report, unit), *_once(cells)]}


def _once(cells: list[str]) -> list[str]:
    """What is not reported is said in the first such cell of a row; the others have a dash."""
    missing, said, cells_told = _("not reported"), False, []
    for cell in cells:
        cells_told.append("–" if cell == missing and said else cell)
        said = said or cell == missing
    return cells_told


def _total(content: dict) -> dict:
    total, before = content["total"], content["total_before"]
    cells = [_figure(column, total, before) for column in content["columns"]]
    return {"code": "sum", "total": True, "cells": [_("Total"), *_once(cells)]}


def _totals(content: dict) -> list[dict]:
    """The sum of the day and, of what adds up over days, what it has come to."""
    columns, total = content["entered"]["columns"], content["entered"]["total"]
    sums = [_of(total.get(column["code"], {}).get("value")) for column in columns]
    rows = [{"code": "sum", "total": True, "cells": [_("Total"), *sums]}]
    since = [_of(total.get(column["code"], {}).get("cumulative"), column) for column in columns]
    if any(cell != "–" for cell in since):
        title = _("Since {day}").format(day=in_words(content["entered"]["since"]))
        rows.append({"code": "since", "total": True, "cells": [title, *since]})
    return rows


def _of(total: Together | None, over_days: dict | None = None) -> str:
    """A sum, and of how many units where not of all; one `over_days` of a column with its own unit."""
    if total is None:
        return "–"
    words_of_sum = words.cumulative(over_days, total.value) if over_days else number(total.value)
    return f"{words_of_sum} ({total.units}/{total.of})" if total.partial else words_of_sum
