"""What the form asks a unit for, section by section: numbers with their source where it is wanted, and texts.

At hand beside each: the sum of the units below, the last source, and yesterday's number where it is a stock.
"""

import streamlit as st

from lib.core import text
from lib.core.errors import Conflict, Invalid, Problem
from lib.exchange.documents import report_tables
from lib.oversight.reports import drafts
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.drafts import FieldEdit
from lib.screen.i18n import _, ngettext, number, say
from lib.screen.markdown import plain
from lib.screen.report import sentences as words
from lib.screen.report import session
from lib.screen.widgets import filled_field

_WIDTH = 440  # pixels of a number with its source; two of them stand side by side on a desk


def edits(report: ReportContext) -> list[FieldEdit]:
    """What was changed in this window since it was stored."""
    changed = []
    for code, part in st.session_state.get(session.field(report, "asked"), {}).items():
        if filled_field.key(session.field(report, code, "value")) not in st.session_state:
            continue
        entry, stored = _entry(report, code, part), st.session_state.get(session.field(report, code, "was"))
        if entry != stored and (entry or stored):
            changed.append(FieldEdit(part, code, entry, stored))
    return changed


def _entry(report: ReportContext, code: str, part: str) -> dict | str | None:
    """What stands in the fields of a number or a text, as it would be stored."""
    value = st.session_state[filled_field.key(session.field(report, code, "value"))]
    if part == "texts":
        return drafts.tidy(value or "") or None
    reason = text.clean(st.session_state.get(filled_field.key(session.field(report, code, "source"))) or "")
    return None if value is None else {"value": int(value), "reason": reason} | _of_sum(report, code, value)


def _of_sum(report: ReportContext, code: str, value: int) -> dict:
    """The units a number was taken as the sum of, as long as it is that sum."""
    taken = st.session_state.get(session.field(report, code, "taken"))
    return {"units": taken["units"]} if taken and taken["value"] == value else {}


def draw(report: ReportContext, content: dict, stored: dict, faults: dict[str, Problem]) -> None:
    """Every section with what it asks; what is not filled in reads “not reported”, never nought."""
    blocks = [
        (block, [line for line in block["lines"] if line["manual"]], block["texts"]) for block in content["blocks"]
    ]
    blocks = [(block, numbers, texts) for block, numbers, texts in blocks if numbers or texts]
    numbers = [line for _block, lines, _texts in blocks for line in lines]
    st.session_state[session.field(report, "asked")] = {
        **{line["code"]: "manual" for line in numbers},
        **{line["code"]: "texts" for _block, _lines, texts in blocks for line in texts},
    }
    st.markdown(f"**{_('What the unit enters itself')}**")
    st.caption(_("Empty fields are shown as “not reported”; where there is nothing, type 0."))
    if sentence := news(report, numbers):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":orange[:material/update: {plain(sentence)}]", width="content")
            st.button(
                _("Update the totals"),
                key=session.field(report, "news"),
                on_click=_take_all,
                args=([(session.field(report, line["code"]), line["below"]) for line in numbers if line["news"]],),
            )
    with st.container(horizontal=True):
        _all_sums(report, numbers)
        _all_sources(report, numbers)
    for block, lines, texts in blocks:
        st.markdown(f":gray[{plain(words.section(block))}]")
        _of_block(report, lines, stored["manual"], faults)
        for line in texts:
            _text(report, line, stored["texts"].get(line["code"]), faults.get(line["code"]))


def _of_block(report: ReportContext, lines: list[dict], stored: dict[str, dict], faults: dict[str, Problem]) -> None:
    # Numbers of one section mostly come from one desk: its name is at hand for the next of them.
    source = next((stored[line["code"]]["reason"] for line in lines if line["code"] in stored and line["source"]), "")
    with st.container(horizontal=True, vertical_alignment="top"):
        for line in lines:
            with st.container(width=_WIDTH):
                _number(report, line, stored.get(line["code"]), source, faults.get(line["code"]))


def _number(report: ReportContext, line: dict, stored: dict | None, source: str, fault: Problem | None) -> None:
    code = line["code"]
    was = session.field(report, code, "was")
    value, whence = (filled_field.key(session.field(report, code, of)) for of in ("value", "source"))
    if value not in st.session_state:
        st.session_state[was] = stored
        st.session_state[value] = stored and stored["value"]
        st.session_state[whence] = stored["reason"] if stored else ""
        st.session_state[session.field(report, code, "taken")] = stored if stored and stored.get("units") else None
    if line["source"] and st.session_state[value] is None and not st.session_state[whence]:
        st.session_state[whence] = source
    asks = line["source"] or st.session_state[whence]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        label = plain(words.with_unit(line)) + (" *" if line["required"] else "")
        wide = _WIDTH - 165 if asks else "stretch"
        st.number_input(label, min_value=0, step=1, key=value, placeholder="", width=wide)
        if asks:
            st.text_input(_("Source"), key=whence, max_chars=drafts.SOURCE_LONGEST, width=150, placeholder="")
    _offers(report, line)
    if stored != st.session_state[was]:
        _other(session.field(report, code), stored)
    else:
        _fault(code, fault)


def _fault(code: str, fault: Problem | None) -> None:
    if isinstance(fault, Invalid):
        st.markdown(f":orange[:material/error: {plain(say(fault.faults.get(code, fault.say)))}]")
    elif fault and not isinstance(fault, Conflict):
        st.markdown(f":orange[:material/error: {plain(say(fault.say))}]")


def _text(report: ReportContext, line: dict, stored: str | None, fault: Problem | None) -> None:
    """What is asked for in words, with what the units below wrote to be copied."""
    code = line["code"]
    was, value = session.field(report, code, "was"), filled_field.key(session.field(report, code, "value"))
    if value not in st.session_state:
        st.session_state[was], st.session_state[value] = stored, stored or ""
    label = plain(words.name(line)) + (" *" if line["required"] else "")
    st.text_area(label, key=value, height=80, max_chars=drafts.LONGEST, placeholder="")
    lines_below = [f"- {', '.join(found['units'])}: {found['text']}" for found in line["below"]]
    if lines_below:
        with st.expander(_("What the units below wrote"), icon=":material/forum:"):
            st.code("\n".join(lines_below), language=None, wrap_lines=True)
    if stored != st.session_state[was]:
        _other(session.field(report, code), stored)
    else:
        _fault(code, fault)


# What is at hand


def _offers(report: ReportContext, line: dict) -> None:
    """The sum of the units below, yesterday's number of a stock, the last source: each as long as it differs."""
    field, code = session.field(report, line["code"]), line["code"]
    value = st.session_state[filled_field.key(f"{field}_value")]
    source = st.session_state.get(filled_field.key(f"{field}_source"), "")
    below, before, whence = line["below"], line["before"], line["whence"] or ""
    if below is not None and below["value"] != value:
        some = words.summed(report.level, len(below["units"]), below["of"])
        label = _("Use {n}, {sum}").format(n=number(below["value"]), sum=some)
        _offer(f"{field}_sum", label, "functions", _take_sum, field, below)
    elif some := _some(report, code, line, value):
        st.caption(some)
    if before is not None and not line["flow"] and before != value:
        label = _("Use yesterday's {n}").format(n=number(before))
        _offer(f"{field}_before", label, "history", _take, field, before, whence)
    if line["source"] and whence and whence != text.clean(source):
        label = _("Last source: {source}").format(source=plain(whence))
        _offer(f"{field}_whence", label, "history", filled_field.put, f"{field}_source", whence)


def _offer(key: str, label: str, icon: str, then, *args) -> None:
    st.button(label, key=key, icon=f":material/{icon}:", type="tertiary", on_click=then, args=args)


def _some(report: ReportContext, code: str, line: dict, value: int | None) -> str:
    """Of how many units the number is the sum, where it is not all."""
    units = _of_sum(report, code, value).get("units")
    if value is None or units is None or len(units) == line["of"]:
        return ""
    return words.summed(report.level, len(units), line["of"])


def news(report: ReportContext, lines: list[dict]) -> str:
    """ "3 more communes have sent: F0 +5": what sums taken earlier do not hold yet; empty where they hold all."""
    changed = [line for line in lines if line["news"]]
    if not changed:
        return ""
    more = len({code for line in changed for code in line["news"]["units"]})
    changes = ", ".join(f"{words.short(line)} {_signed(line['news']['change'])}" for line in changed)
    if not more:
        return _("Figures of the units below have changed: {changes}.").format(changes=changes)
    sentence = {
        "district": ngettext("{n} more commune has sent: {changes}.", "{n} more communes have sent: {changes}.", more),
        "province": ngettext(
            "{n} more district has sent: {changes}.", "{n} more districts have sent: {changes}.", more
        ),
    }[report.level]
    return sentence.format(n=number(more), changes=changes)


def _signed(change: int) -> str:
    return f"{'−' if change < 0 else '+'}{number(abs(change))}"


def _all_sums(report: ReportContext, lines: list[dict]) -> None:
    """One press for every number that is still empty and has a sum below."""
    empty = [
        (field, line["below"])
        for field, line in ((session.field(report, line["code"]), line) for line in lines)
        if line["below"] is not None and st.session_state.get(filled_field.key(f"{field}_value"), line["value"]) is None
    ]
    if len(empty) > 1:
        least, of = min(len(below["units"]) for _field, below in empty), empty[0][1]["of"]
        label = _("Fill in all {n} totals of the units below")
        if least < of:
            label = _("Fill in all {n} totals of the units below; not all units have sent")
        st.button(
            label.format(n=len(empty)),
            key=session.field(report, "all_sums"),
            icon=":material/functions:",
            on_click=_take_all,
            args=(empty,),
        )


def _all_sources(report: ReportContext, lines: list[dict]) -> None:
    """One press for every source that is still empty and was given for an earlier day."""
    empty = [
        (f"{session.field(report, line['code'])}_source", line["whence"])
        for line in lines
        if line["source"]
        and line["whence"]
        and not st.session_state.get(filled_field.key(session.field(report, line["code"], "source")), line["reason"])
    ]
    if len(empty) > 1:
        label = _("Use all {n} previous sources").format(n=len(empty))
        st.button(
            label, key=session.field(report, "all_sources"), icon=":material/history:", on_click=_fill, args=(empty,)
        )


def _fill(empty: list[tuple[str, str]]) -> None:
    for field, source in empty:
        filled_field.put(field, source)


def _take_all(sums: list[tuple[str, dict]]) -> None:
    for field, below in sums:
        _take_sum(field, below)


def _take_sum(field: str, below: dict) -> None:
    """The sum of those below as it stands, with the units it is of and the source that says so."""
    _take(field, below["value"], report_tables.sum_of(len(below["units"]), below["of"]))
    st.session_state[f"{field}_taken"] = below


def _take(field: str, n: int | None, source: str) -> None:
    filled_field.put(f"{field}_value", n)
    filled_field.put(f"{field}_source", source)


# Two windows


def _other(field: str, stored: dict | str | None) -> None:
    """What another window entered here meanwhile, beside what stands in this one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        sentence = _("Changed in another window; it now says: {told}")
        st.markdown(f":orange[:material/sync_problem: {plain(sentence.format(told=_said(stored)))}]", width="content")
        theirs = _("Use that text") if isinstance(stored, str) else _("Use that figure")
        st.button(theirs, key=f"{field}_theirs", on_click=_settle, args=(field, stored, True))
        st.button(_("Keep mine"), key=f"{field}_mine", on_click=_settle, args=(field, stored, False))


def _said(stored: dict | str | None) -> str:
    if not stored:
        return _("(empty)")
    if isinstance(stored, str):
        return stored
    return f"{number(stored['value'])} ({stored['reason']})" if stored["reason"] else number(stored["value"])


def _settle(field: str, stored: dict | str | None, theirs: bool) -> None:
    st.session_state[f"{field}_was"] = stored
    if theirs and isinstance(stored, dict):
        _take(field, stored["value"], stored["reason"])
        st.session_state[f"{field}_taken"] = stored if stored.get("units") else None
    elif theirs:
        text_field = isinstance(st.session_state[filled_field.key(f"{field}_value")], str)
        filled_field.put(f"{field}_value", stored or ("" if text_field else None))


def read_only(content: dict) -> None:
    """The texts of a report that was sent, or of another unit, by section."""
    for block in content["blocks"]:
        for line in block["texts"]:
            title = f"{words.section(block)} · {words.name(line)}"
            right = content["corrected_words"].get(line["code"])
            paragraphs = [plain(part) for part in ((right or line)["text"] or _("Nothing written yet.")).splitlines()]
            below = [f"{plain(', '.join(found['units']))}: {plain(found['text'])}" for found in line["below"]]
            st.markdown("  \n".join([f"**{plain(title)}**", *paragraphs, *below]))
