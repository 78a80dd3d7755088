"""Adding to the form of the report: sections and indicators of the province's own; and what a section is called."""

import streamlit as st

from lib.oversight.report_template import edit as form_edit
from lib.oversight.report_template import versions
from lib.oversight.report_template.indicators import MANUAL, NUMBER, TEXT
from lib.screen.i18n import N_, _
from lib.screen.report_template import session
from lib.screen.report_template.edit import Edit

PARTS = {
    "I": N_("I. Leadership and direction"),
    "II": N_("II. Results of the teams"),
    "III": N_("III. Suspected cases and the epidemic"),
}
_KINDS = {NUMBER: N_("A number"), TEXT: N_("A text")}
_FLOWS = {
    1: N_("Number that day: adds up over days, e.g. new cases"),
    0: N_("Current number: does not add up over days, e.g. persons in isolation"),
}


def section(edit: Edit, code: str) -> None:
    """The names of a section, its place in its part, and whether it is shown."""
    row = edit.section(code)
    with st.popover(_("Edit the section"), icon=":material/edit:", key=f"template_section_{code}"):
        for name, word in (("name_vi", _("Vietnamese name")), ("name_en", _("English name"))):
            _text(edit, code, name, word)
        if edit.is_new(code) or form_edit.is_own(row):
            _part(edit, code, row["part"])
        key = _key(edit, code, "shown")
        st.checkbox(
            _("Shown; when hidden, all its indicators are hidden too"),
            bool(row["shown"]),
            key=key,
            on_change=_ticked,
            args=(edit, code, key),
        )
        with st.container(horizontal=True):
            for step, word, icon in ((-1, _("Up"), "arrow_upward"), (1, _("Down"), "arrow_downward")):
                st.button(
                    word,
                    icon=f":material/{icon}:",
                    key=_key(edit, code, f"move{step}"),
                    type="tertiary",
                    on_click=edit.move_section,
                    args=(code, step),
                )
            if edit.is_new(code):
                st.button(
                    _("Remove"),
                    icon=":material/close:",
                    key=_key(edit, code, "remove"),
                    type="tertiary",
                    disabled=bool(edit.of_block(code)),
                    on_click=edit.remove_section,
                    args=(code,),
                )


def _part(edit: Edit, code: str, part: str) -> None:
    key = _key(edit, code, "part")
    st.selectbox(
        _("Belongs to"),
        list(PARTS),
        index=list(PARTS).index(part),
        format_func=lambda one: _(PARTS[one]),
        key=key,
        on_change=_typed,
        args=(edit, code, "part", key),
    )


def _text(edit: Edit, code: str, name: str, label: str) -> None:
    key = _key(edit, code, name)
    st.text_input(
        label,
        edit.section(code)[name],
        key=key,
        max_chars=versions.LONGEST,
        autocomplete="off",
        placeholder="",
        on_change=_typed,
        args=(edit, code, name, key),
    )


def _typed(edit: Edit, code: str, name: str, key: str) -> None:
    edit.tell_section(code, name, st.session_state[key])


def _ticked(edit: Edit, code: str, key: str) -> None:
    edit.tell_section(code, "shown", int(st.session_state[key]))


def _key(edit: Edit, code: str, of: str) -> str:
    return f"template_section_{edit.round}_{code}_{of}"


def new_section(edit: Edit) -> None:
    """A section of the province's own, at the end of a part."""
    key = f"template_new_section_{edit.round}_{edit.given}"
    adding = st.popover(_("Add a section"), icon=":material/add:", key="template_new_section")
    with adding, st.form(key, border=False):
        st.text_input(_("Vietnamese name"), key=f"{key}_vi", max_chars=versions.LONGEST, placeholder="")
        st.text_input(_("English name"), key=f"{key}_en", max_chars=versions.LONGEST, placeholder="")
        st.selectbox(_("Belongs to"), list(PARTS), index=2, format_func=lambda one: _(PARTS[one]), key=f"{key}_part")
        st.form_submit_button(_("Add the section"), key=f"{key}_add", on_click=_add_section, args=(edit, key))


def _add_section(edit: Edit, key: str) -> None:
    typed = {name: st.session_state[f"{key}_{of}"] for name, of in (("name_vi", "vi"), ("name_en", "en"))}
    session.NEXT_SECTION.set(edit.add_section(typed | {"part": st.session_state[f"{key}_part"]}))


def new_line(edit: Edit, block: str) -> None:
    """An indicator of the province's own, at the end of the section."""
    key = f"template_new_{edit.round}_{block}_{edit.given}"
    with st.expander(_("Add an indicator to this section"), icon=":material/add:"):
        st.segmented_control(
            _("The units enter"),
            list(_KINDS),
            format_func=lambda kind: _(_KINDS[kind]),
            default=NUMBER,
            key=f"{key}_kind",
            required=True,
        )
        is_number = st.session_state[f"{key}_kind"] != TEXT
        with st.form(key, border=False):
            with st.container(horizontal=True):
                st.text_input(_("Vietnamese name"), key=f"{key}_vi", max_chars=versions.LONGEST, placeholder="")
                st.text_input(_("English name"), key=f"{key}_en", max_chars=versions.LONGEST, placeholder="")
                if is_number:
                    st.text_input(
                        _("Unit of measure"),
                        key=f"{key}_unit",
                        max_chars=form_edit.UNIT_LONGEST,
                        placeholder=_("e.g. mũi, người, ca"),
                        width=160,
                    )
            if is_number:
                st.radio(_("Over days"), list(_FLOWS), format_func=lambda flow: _(_FLOWS[flow]), key=f"{key}_flow")
            with st.container(horizontal=True):
                if is_number:
                    st.checkbox(_("Added up from the units below"), value=True, key=f"{key}_summed")
                    st.checkbox(_("Source required"), key=f"{key}_source")
                    st.checkbox(_("In the table by unit"), value=True, key=f"{key}_in_table")
                st.checkbox(_("Required: no report is sent without it"), key=f"{key}_required")
            st.form_submit_button(_("Add the indicator"), key=f"{key}_add", on_click=_add, args=(edit, block, key))


def _add(edit: Edit, block: str, key: str) -> None:
    def of(name: str, otherwise=0):
        return st.session_state.get(f"{key}_{name}", otherwise)

    ticks = {name: int(of(name)) for name in ("summed", "source", "in_table", "required", "flow")}
    edit.add(
        {
            "block": block,
            "kind": of("kind", NUMBER),
            "name_vi": of("vi", ""),
            "name_en": of("en", ""),
            "unit": of("unit", ""),
            "formula_vi": "",
            "formula_en": "",
            "function": MANUAL,
            "shown": 1,
            "cumulative_unit": "",
            **ticks,
        }
    )
