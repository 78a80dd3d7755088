"""A form that keeps what was typed until it is saved, with every fault at its field.

Its keys carry a number that moves on with each save: the fields come back fresh from the store, and the
second of two clicks finds no button any more. A note beside them holds the record that the fields were filled
from, so that only what the visitor changed is sent, and a change by somebody else meanwhile is never undone.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lib.core.errors import Conflict, Invalid, Problem
from lib.screen.i18n import _, day
from lib.screen.shell.page import fault
from lib.screen.widgets import forms


class Draft:
    """One form by its name. Read `sent` and `values` before drawing; draw with `opened` and the field methods."""

    def __init__(self, name: str):
        self.name = name
        self.stored: Mapping = {}
        self.problem: Problem | None = None

    def key(self, field: str) -> str:
        return f"{self._prefix()}{field}"

    def sent(self, button: str = "save") -> bool:
        return bool(st.session_state.get(self.key(button)))

    def values(self) -> dict:
        """What was typed, by field."""
        return forms.values(self._prefix())

    def changed(self) -> dict:
        """What the visitor made different from the record that the fields were filled from."""
        filled, typed = self._note()["filled"], self.values()
        return {field: typed[field] for field in filled if field in typed and _differ(typed[field], filled[field])}

    def version(self) -> int:
        """The version of the record that the fields were filled from."""
        return _version(self._note()["stored"])

    def ended(self, problem: Problem | None) -> bool:
        """After the command: on success the form starts afresh; `opened` sees to a conflict."""
        self.problem = problem
        if problem is None:
            self._move_on()
        return problem is None

    def opened(self, stored: Mapping) -> None:
        """Fill the fields from a record and hold on to it while they are in sight.

        After a conflict they are filled from what is stored now, but for those the visitor changed.
        """
        note = self._note()
        if isinstance(self.problem, Conflict) and self.version() != _version(stored):
            typed = self.changed()
            self._move_on()
            note = self._begin(stored, typed)
        elif not note["stored"] or not self.values():
            note = self._begin(stored, note["kept"])
        self.stored = note["stored"]

    # The fields

    def text(self, label: str, field: str, *, placeholder: str = "", help: str | None = None) -> None:
        value = self._fill(field, _written(self.stored.get(field)))
        st.text_input(label, value, key=self.key(field), placeholder=placeholder, help=help, autocomplete="off")
        fault(self.problem, field)

    def long(self, label: str, field: str, *, help: str | None = None) -> None:
        """Text of a few lines."""
        value = self._fill(field, _written(self.stored.get(field)))
        st.text_area(label, value, key=self.key(field), placeholder="", help=help, height="content")
        fault(self.problem, field)

    def day(self, label: str, field: str, *, help: str | None = None) -> None:
        value = self._fill(field, day(self.stored.get(field)))
        st.text_input(
            label, value, key=self.key(field), placeholder=_("dd/mm/yyyy"), help=help, autocomplete="off", max_chars=20
        )
        fault(self.problem, field)

    def choice(self, label: str, field: str, among: Mapping, *, placeholder: str | None = None) -> None:
        """One of a few, as a list; empty until chosen."""
        codes, stored = list(among), self.stored.get(field)
        value = self._fill(field, stored if stored in codes else None)
        st.selectbox(
            label,
            codes,
            index=codes.index(value) if value in codes else None,
            format_func=lambda code: _(among[code]),
            key=self.key(field),
            placeholder=placeholder or _("Choose"),
        )
        fault(self.problem, field)

    def switch(self, label: str, field: str, among: Mapping) -> None:
        """One of two or three, all in sight."""
        st.segmented_control(
            label,
            list(among),
            default=self._fill(field, self.stored.get(field)),
            format_func=lambda code: _(among[code]),
            key=self.key(field),
            required=True,
        )
        fault(self.problem, field)

    def choices(self, label: str, field: str, among: Mapping) -> None:
        """Any of several, all in sight."""
        st.pills(
            label,
            list(among),
            selection_mode="multi",
            default=self._fill(field, [code for code in self.stored.get(field) or [] if code in among]),
            format_func=lambda code: _(among[code]),
            key=self.key(field),
        )
        fault(self.problem, field)

    def several(self, label: str, field: str, among: Mapping) -> None:
        """Any of a long list."""
        st.multiselect(
            label,
            list(among),
            default=self._fill(field, [code for code in self.stored.get(field) or [] if code in among]),
            format_func=lambda code: _(among[code]),
            key=self.key(field),
            placeholder=_("Choose"),
        )
        fault(self.problem, field)

    def flag(self, label: str, field: str, *, help: str | None = None) -> None:
        st.checkbox(label, self._fill(field, bool(self.stored.get(field))), key=self.key(field), help=help)

    def save(self, label: str, button: str = "save", *, primary: bool = True) -> None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(label, key=self.key(button), type="primary" if primary else "secondary")
            if primary and isinstance(self.problem, Invalid):
                st.markdown(f":orange[:material/error: {_('Not saved yet: correct the fields marked above.')}]")
            elif self._note()["kept"]:
                st.markdown(f":orange[:material/error: {_('Not saved yet: look through the fields and save again.')}]")

    # The note of what the fields were filled from

    def _note(self) -> dict:
        return st.session_state.get(self._note_key()) or {"stored": {}, "filled": {}, "kept": {}}

    def _begin(self, stored: Mapping, typed: dict) -> dict:
        note = {"stored": dict(stored), "filled": {}, "kept": typed}
        st.session_state[self._note_key()] = note
        return note

    def _fill(self, field: str, stored: Any) -> Any:
        """What a field shows: what the visitor typed before a conflict, else what is stored."""
        note = self._note()
        note["filled"][field] = stored
        return note["kept"].get(field, stored)

    def _move_on(self) -> None:
        old = self._note_key()
        st.session_state[f"{self.name}#"] = self._number() + 1
        st.session_state.pop(old, None)

    def _number(self) -> int:
        return st.session_state.get(f"{self.name}#", 0)

    def _prefix(self) -> str:
        return f"{self.name}.{self._number()}."

    def _note_key(self) -> str:
        return f"{self.name}@{self._number()}"


def _version(stored: Mapping) -> int:
    return stored.get("version", 0)


def _written(value: object) -> str:
    return "" if value is None else str(value)


def _differ(typed: Any, filled: Any) -> bool:
    """Several of a list are the same in whichever order they were chosen."""
    if isinstance(filled, list):
        return set(typed or []) != set(filled)
    return typed != filled
