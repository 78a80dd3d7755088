"""The figures of a report by block: what is frozen and what is known by now, side by side; each opens its why."""

from urllib.parse import urlencode

import streamlit as st

from lib.core import clock
from lib.oversight import indicators
from lib.screen import ranked, report_why
from lib.screen import report_words as words
from lib.screen.i18n import _, hour, ngettext, number
from lib.screen.report_place import FIGURES, Place


def draw(db, user, here: Place, content: dict, counts: dict[str, dict]) -> None:
    st.subheader(_("Figures"), anchor=False)
    _standing(here, content)
    asked = st.query_params.get("why")
    for block in content["blocks"]:
        title = _(words.BLOCKS[block["code"]])
        st.markdown(f"**{title}**")
        rows = [_row(here, content, line, counts) for line in block["lines"]]
        ranked.table(title, _head(here, content), rows, key=f"{FIGURES}{block['code']}", cards=True)
        line = next((line for line in block["lines"] if line["code"] == asked), None)
        if line:
            report_why.draw(db, user, here, content, line, counts)


def _standing(here: Place, content: dict) -> None:
    """What the figures are of: frozen or not yet, and of how many units."""
    if content["frozen_at"]:
        told = _("Frozen as of {hour}; what was entered later moves only “now”.").format(hour=hour(content["as_of"]))
        if content["frozen_at"][:16] != content["as_of"][:16]:
            done = words.when(content["frozen_at"], here.day)
            told += " " + _("The freezing itself was done at {hour} from the recorded times.").format(hour=done)
    else:
        cutoff = clock.PROVINCE_CUTOFF if here.area["level"] == "province" else clock.DISTRICT_CUTOFF
        told = _("Not frozen yet: as entered by {now}; frozen at {hour}:00.").format(
            now=clock.hour_of(here.now) if here.is_today else hour(content["as_of"]), hour=cutoff
        )
    st.caption(f"{told} {_('Version {n} of the form.').format(n=number(max(content['template'], 1)))}")
    if partial := _partial(content):
        st.markdown(f":orange[:material/data_alert: {partial}]")


def _partial(content: dict) -> str:
    """A total that lacks units says so; nothing is carried over from yesterday."""
    n, of = content["reported_units"], content["asked_units"]
    if n == of:
        return ""
    if content["kind"] == "province":
        return _("Partial: {n}/{of} units have reported; the total is theirs alone.").format(n=number(n), of=number(of))
    return ngettext(
        "{n} of {of} communes has entered visits; the rest reads “not reported”.",
        "{n} of {of} communes have entered visits; the rest reads “not reported”.", n,
    ).format(n=number(n), of=number(of))  # fmt: skip


def _two(content: dict) -> bool:
    """Whether what the report says and what is known by now may differ."""
    return bool(content["frozen_at"]) or content["kind"] == "province"


def _head(here: Place, content: dict) -> list[dict]:
    frozen = _("Frozen {hour}").format(hour=hour(content["as_of"])) if content["frozen_at"] else _("In the report")
    titles = [frozen, _("Now")] if _two(content) else [_("Now, {hour}").format(hour=clock.hour_of(here.now))]
    titles += [_("Yesterday"), _("Since the beginning")]
    first = {"text": _("Figure"), "help": "", "unit": True}
    return [first, *({"text": title, "help": "", "number": True} for title in titles)]


def _row(here: Place, content: dict, line: dict, counts: dict[str, dict]) -> dict:
    cells = [{"text": words.with_unit(line), "href": _why(here, line["code"])}, _frozen(content, line)]
    if _two(content):
        cells.append(_now(here, line, counts))
    before = "–" if line["before"] is None else words.said(line, line["before"])
    so_far = "–" if line["cumulative"] is None else number(line["cumulative"])
    return {"code": line["code"], "cells": [*cells, before, so_far]}


def _why(here: Place, code: str) -> str:
    return "?" + urlencode({"area": here.code, "day": here.day, "why": code})


def _frozen(content: dict, line: dict) -> str:
    """The number of the report, and beside it what an addendum put in its place."""
    told = words.said(line, line["value"], line["part"], line["whole"])
    mended = [each for each in content["corrections"]
              if each["code"] == line["code"] and each["area"] == content["area"]["code"]]  # fmt: skip
    if mended:
        last = mended[-1]
        right = words.said(line, last["now"])
        told += f" · {_('addendum No. {n}: {value}').format(n=number(last['number']), value=right)}"
    return told


def _now(here: Place, line: dict, counts: dict[str, dict]) -> str:
    """The number of this minute; where it differs from the report's, a mark and by how much."""
    if line["manual"]:
        return ""
    told, value = now_said(here.code, line, counts)
    differs = words.difference(line, line["value"], value)
    return f"≠ {told} ({differs})" if differs else told


def now_said(code: str, line: dict, counts: dict[str, dict]) -> tuple[str, float | None]:
    """The figure of an area by what is known now, in words and as a number."""
    sums = counts.get(code)
    value = indicators.value(line["function"], sums)
    part, whole = indicators.fraction(line["function"], sums) if sums else (None, None)
    return words.said(line, value, part, whole), value
