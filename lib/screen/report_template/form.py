"""Editing the form of the report: its sections, what they ask, texts, order, and what stands in the tables (S0-24)."""

from pathlib import Path

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Conflict, Invalid, Problem
from lib.oversight.report_template import edit as form_edit
from lib.oversight.report_template import versions
from lib.oversight.report_template.indicators import MANUAL, NUMBER
from lib.screen.i18n import N_, _, ngettext, number
from lib.screen.markdown import plain
from lib.screen.report import sentences
from lib.screen.report_template import add, excel, session
from lib.screen.report_template import edit as template_edit
from lib.screen.report_template.edit import Edit
from lib.screen.shell.page import attempt, fault

TEXTS = {
    "name_vi": N_("Vietnamese name"),
    "name_en": N_("English name"),
    "formula_vi": N_("Formula in Vietnamese"),
    "formula_en": N_("Formula in English"),
}
_FOCUS = Path(__file__).with_name("focus.js").read_text("utf-8")
_TICKS = {"shown": N_("Shown"), "in_table": N_("In the table by unit")}
ASKED = {
    "summed": N_("Added up from the units below"),
    "source": N_("Source required"),
    "required": N_("Required: no report is sent without it"),
}


def draw(db: Database, user: User) -> Edit:
    """The lines of one section, and at the end the reason and the button; returns what is being edited."""
    edit = template_edit.current(db)
    pressed = st.session_state.get(f"template_save_{edit.round}")
    done, problem = _save(db, user, edit) if pressed else ("", None)
    edit = template_edit.current(db)
    sections = {section["code"]: section for section in edit.numbered()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        block = _chosen(sections)
        add.section(edit, block)
        add.new_section(edit)
    fault(problem, block)
    codes = edit.of_block(block)
    for place, code in enumerate(codes):
        with st.container(border=True, key=f"template_line_{code}"):
            _line(edit, code, first=place == 0, last=place == len(codes) - 1)
            fault(problem, code)
    add.new_line(edit, block)
    _finish(edit, problem)
    if done:
        st.success(done)
    excel.draw(db, user, edit)
    st.html(f"<script>{_FOCUS}</script>", unsafe_allow_javascript=True)
    return edit


def _chosen(sections: dict[str, dict]) -> str:
    """The section whose lines are shown; a new one at once after it was added."""
    codes, names = list(sections), {code: sentences.section(row) for code, row in sections.items()}
    if session.SECTION.get() not in codes:
        session.SECTION.set(codes[1])
    wished = session.NEXT_SECTION.pop()
    if wished in codes:
        session.SECTION.set(wished)
    return st.selectbox(_("Part of the report"), codes, key=session.SECTION.name, width=380, format_func=names.get)


def _save(db: Database, user: User, edit: Edit) -> tuple[str, Problem | None]:
    """Store a new version; what to say of it. After a conflict the changes stand on the version that came between."""
    reason = st.session_state.get(f"template_reason_{edit.round}", "")
    version, problem = attempt(
        versions.edit, db, user, versions.FormEdit(edit.lines(), edit.version, reason, edit.numbered()), now=clock.now()
    )
    if isinstance(problem, Conflict):
        edit.rebase(db)
        st.session_state[f"template_reason_{edit.round}"] = reason
    if problem:
        return "", problem
    same = version == edit.version
    template_edit.drop()
    sentence = (
        _("Nothing differs from version {n}.")
        if same
        else _(
            "Saved as version {n}. It applies to reports that are not frozen yet; frozen reports keep their version."
        )
    )
    return sentence.format(n=number(version)), None


def _line(edit: Edit, code: str, *, first: bool, last: bool) -> None:
    line = edit.line(code)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_title(edit, line), width=360)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="stretch"):
            for name, word in _TICKS.items():
                if name == "shown" or line["kind"] == NUMBER:  # a text has no column
                    _tick(edit, code, name, _(word))
            verb = _("Edit") if line["function"] == MANUAL else _("Edit texts")
            with st.popover(verb, icon=":material/edit:", type="tertiary", key=f"template_texts_{code}"):
                _details(edit, code, line)
            _move(edit, code, -1, _("Up"), "arrow_upward", first)
            _move(edit, code, 1, _("Down"), "arrow_downward", last)
            if edit.is_new(code):
                st.button(
                    _("Remove"),
                    icon=":material/close:",
                    key=f"template_remove_{code}",
                    type="tertiary",
                    on_click=edit.remove,
                    args=(code,),
                )


def _title(edit: Edit, line: dict) -> str:
    """Its name with the unit, and what is to be seen at a glance: changed, new, hidden, required."""
    title = f"**{plain(sentences.name(line) or '…')}**"
    title += f" ({plain(line['unit'])})" if line["kind"] == NUMBER else f" ({_('text')})"
    if line["code"] in edit.changes:
        title += f" :orange[{_('changed')}]"
    marks = [_("new")] * edit.is_new(line["code"]) + [_("not shown")] * (not line["shown"])
    marks += [_("required")] * bool(line["required"])
    return f"{title} :gray[{' · '.join(marks)}]" if marks else title


def _details(edit: Edit, code: str, line: dict) -> None:
    """Texts of every line; of what units enter also what is asked of them, and of the province's own its place."""
    for name, word in TEXTS.items():
        _text(edit, code, name, _(word))
    if line["function"] != MANUAL:
        return
    for name, word in ASKED.items():
        if name == "required" or line["kind"] == NUMBER:
            _tick(edit, code, name, _(word))
    if not edit.is_new(code) and not form_edit.is_own(line):
        return
    if line["kind"] == NUMBER:
        _text(edit, code, "unit", _("Unit of measure"), form_edit.UNIT_LONGEST)
    sections = {section["code"]: sentences.section(section) for section in edit.numbered()}
    key = f"template_{edit.round}_{code}_block"
    codes = list(sections)
    st.selectbox(
        _("Part of the report"),
        codes,
        index=codes.index(line["block"]),
        format_func=sections.get,
        key=key,
        on_change=_typed,
        args=(edit, code, "block", key),
    )
    if line["kind"] == NUMBER:
        st.caption(
            _("Adds up over days; this cannot be changed. For the other kind, add a new indicator.")
            if line["flow"]
            else _("Does not add up over days; this cannot be changed. For the other kind, add a new indicator.")
        )


def _move(edit: Edit, code: str, step: int, word: str, icon: str, end: bool) -> None:
    st.button(
        word,
        icon=f":material/{icon}:",
        key=f"template_{step}_{code}",
        disabled=end,
        type="tertiary",
        on_click=edit.move,
        args=(code, step),
    )


def _tick(edit: Edit, code: str, name: str, label: str) -> None:
    key = f"template_{edit.round}_{code}_{name}"
    st.checkbox(label, bool(edit.line(code)[name]), key=key, on_change=_ticked, args=(edit, code, name, key))


def _text(edit: Edit, code: str, name: str, label: str, most: int = versions.LONGEST) -> None:
    key = f"template_{edit.round}_{code}_{name}"
    st.text_input(
        label,
        edit.line(code)[name],
        key=key,
        max_chars=most,
        autocomplete="off",
        placeholder="",
        on_change=_typed,
        args=(edit, code, name, key),
    )


def _ticked(edit: Edit, code: str, name: str, key: str) -> None:
    edit.tell(code, name, int(st.session_state[key]))


def _typed(edit: Edit, code: str, name: str, key: str) -> None:
    edit.tell(code, name, st.session_state[key])


def _finish(edit: Edit, problem: Problem | None) -> None:
    """What is changed so far, the reason, and the way back."""
    changed = ngettext("{n} indicator changed", "{n} indicators changed", len(edit.changes))
    fresh = ngettext("{n} indicator added", "{n} indicators added", len(edit.added))
    phrases = [changed.format(n=number(len(edit.changes)))] * bool(edit.changes)
    phrases += [fresh.format(n=number(len(edit.added)))] * bool(edit.added)
    phrases += [_("order changed")] * edit.moved + [_("sections changed")] * edit.other_sections
    st.caption(
        _("Not saved yet: {what}.").format(what=", ".join(phrases)) if not edit.untouched else _("Nothing changed.")
    )
    if isinstance(problem, Invalid):
        names = _names(edit, problem)
        if names:
            st.markdown(f":orange[:material/error: {_('To fix: {names}').format(names=plain(', '.join(names)))}]")
    with st.form(f"template_{edit.round}", border=False):
        st.text_input(
            _("Reason for the change"),
            key=f"template_reason_{edit.round}",
            placeholder="",
            autocomplete="off",
            max_chars=versions.LONGEST,
        )
        fault(problem, "reason")
        st.form_submit_button(_("Save as a new version"), type="primary", key=f"template_save_{edit.round}")
    if not edit.untouched:
        st.button(_("Discard the changes"), type="tertiary", on_click=template_edit.drop, key="template_drop")


def _names(edit: Edit, problem: Invalid) -> list[str]:
    """What is at fault, in whichever section it lies."""
    sections = {section["code"]: section for section in edit.sections}
    lines = [code for code in problem.faults if code in edit.base or code in edit.added]
    names = [sentences.name(edit.line(code)) or _("a new indicator") for code in lines]
    return names + [sentences.name(sections[code]) for code in problem.faults if code in sections]
