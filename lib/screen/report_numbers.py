"""The numbers a unit enters itself: each with its source, and the sum of the units below at hand."""

import streamlit as st

from lib.core import text
from lib.core.errors import Conflict, Invalid, Problem
from lib.exchange import report_tables
from lib.oversight import drafts
from lib.screen import refill
from lib.screen import report_words as words
from lib.screen.i18n import _, ngettext, number, say
from lib.screen.plain import plain
from lib.screen.report_place import Place

_WIDTH = 440  # pixels of a number with its source; two of them stand side by side on a desk
_BELOW = {"district": "commune", "province": "district"}  # level of the units a sum is of


def typed(here: Place) -> list[tuple[str, dict | None, dict | None]]:
    """`(indicator, entry, what stood there)` of numbers changed in this window since they were stored."""
    found = []
    for code in st.session_state.get(_key(here, "numbers"), ()):
        field, source = (refill.key(_key(here, code, of)) for of in ("value", "source"))
        if field not in st.session_state:
            continue
        value, base = st.session_state[field], st.session_state.get(_key(here, code, "was"))
        reason = text.clean(st.session_state.get(source) or "")
        entry = None if value is None else {"value": int(value), "reason": reason} | _of_sum(here, code, value)
        if entry != base and (entry or base):
            found.append((code, entry, base))
    return found


def _of_sum(here: Place, code: str, value: int) -> dict:
    """The units a number was taken as the sum of, as long as it is that sum."""
    taken = st.session_state.get(_key(here, code, "taken"))
    return {"units": taken["units"]} if taken and taken["value"] == value else {}


def draw(here: Place, content: dict, stored: dict[str, dict], faults: dict[str, Problem]) -> None:
    """Every number under the title of its block; what is not filled in reads “not reported”, never nought."""
    blocks = [[line for line in block["lines"] if line["manual"]] for block in content["blocks"]]
    st.session_state[_key(here, "numbers")] = [line["code"] for lines in blocks for line in lines]
    st.markdown(f"**{_('Numbers the unit enters')}**")
    st.caption(_("Each says where it comes from, for example “theo Trạm Y tế”. Left empty it reads “not reported”."))
    numbers = [line for lines in blocks for line in lines]
    if told := news(here, numbers):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":orange[:material/update: {plain(told)} {_('Update?')}]", width="content")
            st.button(_("Update the sums"), key=_key(here, "news"), on_click=_take_all,
                      args=([(_key(here, line["code"]), line["below"]) for line in numbers if line["news"]],
                            _BELOW[here.area["level"]]))  # fmt: skip
    _all_sums(here, numbers)
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
        st.session_state[_key(here, code, "taken")] = stored if stored and stored.get("units") else None
    if st.session_state[value] is None and not st.session_state[whence]:
        st.session_state[whence] = source
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input(
            plain(words.with_unit(line)), min_value=0, step=1, key=value, placeholder="", width=_WIDTH - 165
        )
        st.text_input(_("Source"), key=whence, max_chars=drafts.SOURCE_LONGEST, width=150, placeholder="")
    if line["below"] is not None and line["below"]["value"] != st.session_state[value]:
        below = line["below"]
        some = words.summed(here.area["level"], len(below["units"]), below["of"])
        st.button(
            _("Take {n}, {sum}").format(n=number(below["value"]), sum=some), key=_key(here, code, "sum"),
            icon=":material/functions:", on_click=_take_sum, args=(_key(here, code), below, _BELOW[here.area["level"]]),
        )  # fmt: skip
    elif some := _some(here, code, line, st.session_state[value]):
        st.caption(some)
    if stored != st.session_state[was]:
        _other(_key(here, code), stored)
    elif isinstance(fault, Invalid):
        st.markdown(f":orange[:material/error: {plain(say(fault.faults.get(code, fault.say)))}]")
    elif fault and not isinstance(fault, Conflict):
        st.markdown(f":orange[:material/error: {plain(say(fault.say))}]")


def _some(here: Place, code: str, line: dict, value: int | None) -> str:
    """Of how many units the number is the sum, where it is not all."""
    units = _of_sum(here, code, value).get("units")
    if value is None or units is None or len(units) == line["of"]:
        return ""
    return words.summed(here.area["level"], len(units), line["of"])


def news(here: Place, lines: list[dict]) -> str:
    """ "3 more communes have sent: F0 +5": what sums taken earlier do not hold yet; empty where they hold all."""
    found = [line for line in lines if line["news"]]
    if not found:
        return ""
    more = len({code for line in found for code in line["news"]["units"]})
    changes = ", ".join(f"{words.short(line)} {_signed(line['news']['change'])}" for line in found)
    if not more:
        return _("Numbers of the units below have changed: {changes}.").format(changes=changes)
    told = {
        "district": ngettext("{n} more commune has sent: {changes}.", "{n} more communes have sent: {changes}.", more),
        "province": ngettext(
            "{n} more district has sent: {changes}.", "{n} more districts have sent: {changes}.", more
        ),
    }[here.area["level"]]
    return told.format(n=number(more), changes=changes)


def _signed(change: int) -> str:
    return f"{'−' if change < 0 else '+'}{number(abs(change))}"


def _all_sums(here: Place, lines: list[dict]) -> None:
    """One press for every number that is still empty and has a sum below."""
    empty = [
        (field, line["below"])
        for field, line in ((_key(here, line["code"]), line) for line in lines)
        if line["below"] is not None and st.session_state.get(refill.key(f"{field}_value"), line["value"]) is None
    ]
    if len(empty) > 1:
        least, of = min(len(below["units"]) for _field, below in empty), empty[0][1]["of"]
        told = _("Take all {n} sums of the units below")
        if least < of:
            told = _("Take all {n} sums of the units below; not all units have sent")
        st.button(
            told.format(n=len(empty)), key=_key(here, "all_sums"), icon=":material/functions:", on_click=_take_all,
            args=(empty, _BELOW[here.area["level"]]),
        )  # fmt: skip


def _take_all(sums: list[tuple[str, dict]], level: str) -> None:
    for field, below in sums:
        _take_sum(field, below, level)


def _take_sum(field: str, below: dict, level: str) -> None:
    """The sum of those below as it stands, with the units it is of and the source that says so."""
    _take(field, below["value"], report_tables.sum_of(len(below["units"]), below["of"], level))
    st.session_state[f"{field}_taken"] = below


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
        st.session_state[f"{field}_taken"] = stored if stored and stored.get("units") else None


def _key(here: Place, *of: str) -> str:
    return "_".join(("report", here.code, here.day, *of))
