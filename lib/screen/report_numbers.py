"""The numbers a unit enters itself: each with its source, and the sum of the units below at hand."""

import streamlit as st

from lib.core import text
from lib.core.errors import Conflict, Invalid, Problem
from lib.oversight import drafts
from lib.screen import refill
from lib.screen import report_words as words
from lib.screen.i18n import _, number, say
from lib.screen.plain import plain
from lib.screen.report_place import Place

_WIDTH = 440  # pixels of a number with its source; two of them stand side by side on a desk
_BELOW = {
    "district": "tổng của các xã, phường, thị trấn",
    "province": "tổng của các huyện, thị xã, thành phố",
}  # the source a taken sum bears, in the language of reports


def typed(here: Place) -> list[tuple[str, dict | None, dict | None]]:
    """`(indicator, entry, what stood there)` of numbers changed in this window since they were stored."""
    found = []
    for code in st.session_state.get(_key(here, "numbers"), ()):
        field, source = (refill.key(_key(here, code, of)) for of in ("value", "source"))
        if field not in st.session_state:
            continue
        value, base = st.session_state[field], st.session_state.get(_key(here, code, "was"))
        reason = text.clean(st.session_state.get(source) or "")
        entry = None if value is None else {"value": int(value), "reason": reason}
        if entry != base and (entry or base):
            found.append((code, entry, base))
    return found


def draw(here: Place, content: dict, stored: dict[str, dict], faults: dict[str, Problem]) -> None:
    """Every number under the title of its block; what is not filled in reads “not reported”, never nought."""
    blocks = [[line for line in block["lines"] if line["manual"]] for block in content["blocks"]]
    st.session_state[_key(here, "numbers")] = [line["code"] for lines in blocks for line in lines]
    st.markdown(f"**{_('Numbers the unit enters')}**")
    st.caption(_("Each says where it comes from, for example “theo Trạm Y tế”. Left empty it reads “not reported”."))
    _all_sums(here, [line for lines in blocks for line in lines])
    with st.container(horizontal=True, vertical_alignment="top"):
        for lines in blocks:
            # Numbers of one block mostly come from one desk: its name is at hand for the next of them.
            source = next((stored[line["code"]]["reason"] for line in lines if line["code"] in stored), "")
            for line in lines:
                with st.container(width=_WIDTH):
                    _number(here, line, stored.get(line["code"]), source, faults.get(line["code"]))


def _number(here: Place, line: dict, stored: dict | None, source: str, fault: Problem | None) -> None:
    code = line["code"]
    was = _key(here, code, "was")
    value, whence = (refill.key(_key(here, code, of)) for of in ("value", "source"))
    if value not in st.session_state:
        st.session_state[was] = stored
        st.session_state[value] = stored and stored["value"]
        st.session_state[whence] = stored["reason"] if stored else ""
    if st.session_state[value] is None and not st.session_state[whence]:
        st.session_state[whence] = source
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input(
            plain(words.with_unit(line)), min_value=0, step=1, key=value, placeholder="", width=_WIDTH - 165
        )
        st.text_input(_("Source"), key=whence, max_chars=drafts.SOURCE_LONGEST, width=150, placeholder="")
    if line["below"] is not None and line["below"] != st.session_state[value]:
        sentence = _("Take {n}, the sum of the units below")
        st.button(
            sentence.format(n=number(line["below"])), key=_key(here, code, "sum"), icon=":material/functions:",
            on_click=_take, args=(_key(here, code), line["below"], _BELOW[here.area["level"]]),
        )  # fmt: skip
    if stored != st.session_state[was]:
        _other(_key(here, code), stored)
    elif isinstance(fault, Invalid):
        st.markdown(f":orange[:material/error: {plain(say(fault.faults.get(code, fault.say)))}]")
    elif fault and not isinstance(fault, Conflict):
        st.markdown(f":orange[:material/error: {plain(say(fault.say))}]")


def _all_sums(here: Place, lines: list[dict]) -> None:
    """One press for every number that is still empty and has a sum below."""
    empty = [
        (field, line["below"])
        for field, line in ((_key(here, line["code"]), line) for line in lines)
        if line["below"] is not None and st.session_state.get(refill.key(f"{field}_value"), line["value"]) is None
    ]
    if len(empty) > 1:
        st.button(
            _("Take all {n} sums of the units below").format(n=len(empty)), key=_key(here, "all_sums"),
            icon=":material/functions:", on_click=_take_all, args=(empty, _BELOW[here.area["level"]]),
        )  # fmt: skip


def _take_all(empty: list[tuple[str, int]], source: str) -> None:
    for field, n in empty:
        _take(field, n, source)


def _take(field: str, n: int | None, source: str) -> None:
    refill.put(f"{field}_value", n)
    refill.put(f"{field}_source", source)


def _other(field: str, stored: dict | None) -> None:
    """What another window entered here meanwhile, beside what stands in this one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        told = f"{number(stored['value'])} ({stored['reason']})" if stored else _("(empty)")
        sentence = _("Changed in another window meanwhile; it says there: {told}")
        st.markdown(f":orange[:material/sync_problem: {plain(sentence.format(told=told))}]", width="content")
        st.button(_("Take that number"), key=f"{field}_theirs", on_click=_settle, args=(field, stored, True))
        st.button(_("Keep mine"), key=f"{field}_mine", on_click=_settle, args=(field, stored, False))


def _settle(field: str, stored: dict | None, theirs: bool) -> None:
    st.session_state[f"{field}_was"] = stored
    if theirs:
        _take(field, stored and stored["value"], stored["reason"] if stored else "")


def _key(here: Place, *of: str) -> str:
    return "_".join(("report", here.code, here.day, *of))
