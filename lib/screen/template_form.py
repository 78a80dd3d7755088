"""Editing the form of the report: texts, order, what is shown, and what stands in the table by unit (S0-24)."""

from pathlib import Path

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Conflict, Invalid, Problem
from lib.oversight import template
from lib.oversight.indicators import BLOCKS, MANUAL
from lib.screen import report_words, template_edit
from lib.screen.i18n import N_, _, ngettext, number
from lib.screen.page import attempt, fault
from lib.screen.plain import plain
from lib.screen.template_edit import Edit

TEXTS = {
    "name_vi": N_("Vietnamese name"),
    "name_en": N_("English name"),
    "formula_vi": N_("Formula in Vietnamese"),
    "formula_en": N_("Formula in English"),
}
_FOCUS = Path(__file__).with_name("template_focus.js").read_text("utf-8")
_TICKS = {"shown": N_("Shown"), "in_table": N_("In the table by unit")}


def draw(db: Database, user: User) -> Edit:
    """The lines of one block, and at the end the reason and the button; returns what is being edited."""
    edit = template_edit.current(db)
    pressed = st.session_state.get(f"template_save_{edit.round}")
    told, problem = _save(db, user, edit) if pressed else ("", None)
    edit = template_edit.current(db)
    block = st.selectbox(
        _("Part of the report"), list(BLOCKS), index=1, key="template_block", width=380,
        format_func=lambda code: _(report_words.BLOCKS[code]),
    )  # fmt: skip
    codes = edit.of_block(block)
    for place, code in enumerate(codes):
        with st.container(border=True, key=f"template_line_{code}"):
            _line(edit, code, first=place == 0, last=place == len(codes) - 1)
            fault(problem, code)
    _finish(edit, problem)
    if told:
        st.success(told)
    st.html(f"<script>{_FOCUS}</script>", unsafe_allow_javascript=True)
    return edit


def _save(db: Database, user: User, edit: Edit) -> tuple[str, Problem | None]:
    """Store a new version; what to say of it. After a conflict the changes stand on the version that came between."""
    reason = st.session_state.get(f"template_reason_{edit.round}", "")
    version, problem = attempt(
        template.edit, db, user, edit.lines(), version=edit.version, reason=reason, now=clock.now()
    )
    if isinstance(problem, Conflict):
        edit.rebase(db)
        st.session_state[f"template_reason_{edit.round}"] = reason
    if problem:
        return "", problem
    same = version == edit.version
    template_edit.drop()
    told = _("Nothing differs from version {n}.") if same else _(
        "Saved as version {n}. It holds for reports that are not frozen yet; frozen ones keep their version."
    )  # fmt: skip
    return told.format(n=number(version)), None


def _line(edit: Edit, code: str, *, first: bool, last: bool) -> None:
    line = edit.line(code)
    with st.container(horizontal=True, vertical_alignment="center"):
        changed = f" :orange[{_('changed')}]" if code in edit.changes else ""
        hidden = "" if line["shown"] else f" :gray[{_('not shown')}]"
        st.markdown(f"**{plain(report_words.name(line))}** ({plain(line['unit'])}){changed}{hidden}", width=360)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="stretch"):
            for name, word in _TICKS.items():
                if name == "shown" or line["function"] != MANUAL:  # entered numbers are not known by unit
                    _tick(edit, code, name, _(word))
            with st.popover(_("Edit texts"), icon=":material/edit:", type="tertiary", key=f"template_texts_{code}"):
                for name, word in TEXTS.items():
                    _text(edit, code, name, _(word))
            _move(edit, code, -1, _("Up"), "arrow_upward", first)
            _move(edit, code, 1, _("Down"), "arrow_downward", last)


def _move(edit: Edit, code: str, step: int, word: str, icon: str, end: bool) -> None:
    st.button(
        word, icon=f":material/{icon}:", key=f"template_{step}_{code}", disabled=end, type="tertiary",
        on_click=edit.move, args=(code, step),
    )  # fmt: skip


def _tick(edit: Edit, code: str, name: str, label: str) -> None:
    key = f"template_{edit.round}_{code}_{name}"
    st.checkbox(label, bool(edit.line(code)[name]), key=key, on_change=_ticked, args=(edit, code, name, key))


def _text(edit: Edit, code: str, name: str, label: str) -> None:
    key = f"template_{edit.round}_{code}_{name}"
    st.text_input(
        label, edit.line(code)[name], key=key, max_chars=template.LONGEST, autocomplete="off", placeholder="",
        on_change=_typed, args=(edit, code, name, key),
    )  # fmt: skip


def _ticked(edit: Edit, code: str, name: str, key: str) -> None:
    edit.tell(code, name, int(st.session_state[key]))


def _typed(edit: Edit, code: str, name: str, key: str) -> None:
    edit.tell(code, name, st.session_state[key])


def _finish(edit: Edit, problem: Problem | None) -> None:
    """What is changed so far, the reason, and the way back."""
    told = ngettext("{n} indicator changed", "{n} indicators changed", len(edit.changes))
    said = [told.format(n=number(len(edit.changes)))] * bool(edit.changes) + [_("order changed")] * edit.moved
    st.caption(
        _("Not saved yet: {what}.").format(what=", ".join(said)) if not edit.untouched else _("Nothing changed.")
    )
    if isinstance(problem, Invalid):
        names = [report_words.name(edit.line(code)) for code in problem.faults if code in edit.base]
        if names:
            st.markdown(f":orange[:material/error: {_('To be mended: {names}').format(names=plain(', '.join(names)))}]")
    with st.form(f"template_{edit.round}", border=False):
        st.text_input(_("Reason for the change"), key=f"template_reason_{edit.round}", placeholder="",
                      autocomplete="off", max_chars=template.LONGEST)  # fmt: skip
        fault(problem, "reason")
        st.form_submit_button(_("Save as a new version"), type="primary", key=f"template_save_{edit.round}")
    if not edit.untouched:
        st.button(_("Drop the changes"), type="tertiary", on_click=template_edit.drop, key="template_drop")
