"""A form that keeps what was typed until it is saved, with every fault at its field.

Its keys carry a number that moves on with each save: the fields come back fresh from the store, and the
second of two clicks finds no button any more.
"""

from collections.abc import Mapping

import streamlit as st

from lib.core.errors import Conflict, Invalid, Problem
from lib.screen.i18n import _, day
from lib.screen.page import fault


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
        prefix = self._prefix()
        return {
            str(key).removeprefix(prefix): value
            for key, value in st.session_state.items()
            if str(key).startswith(prefix)
        }

    def version(self) -> int:
        """The version of the record that the fields were filled from."""
        return st.session_state.get(self._version_key(), 0)

    def ended(self, problem: Problem | None) -> bool:
        """After the command: on success the form starts afresh; a conflict is shown beside what is stored now."""
        self.problem = problem
        if problem is None:
            st.session_state[f"{self.name}#"] = self._number() + 1
        elif isinstance(problem, Conflict):
            st.session_state.pop(self._version_key(), None)
        return problem is None

    def opened(self, stored: Mapping) -> None:
        """Fill the fields from a record; remember its version when they are filled for the first time."""
        self.stored = stored
        if not self.values() or self._version_key() not in st.session_state:
            st.session_state[self._version_key()] = stored.get("version", 0)

    # The fields

    def text(self, label: str, field: str, *, placeholder: str = "", help: str | None = None) -> None:
        value = self.stored.get(field)
        st.text_input(
            label, "" if value is None else str(value), key=self.key(field), placeholder=placeholder, help=help
        )
        fault(self.problem, field)

    def day(self, label: str, field: str, *, help: str | None = None) -> None:
        st.text_input(label, day(self.stored.get(field)), key=self.key(field), placeholder=_("dd/mm/yyyy"), help=help)
        fault(self.problem, field)

    def choice(self, label: str, field: str, among: Mapping, *, placeholder: str | None = None) -> None:
        """One of a few, as a list; empty until chosen."""
        codes, stored = list(among), self.stored.get(field)
        st.selectbox(
            label,
            codes,
            index=codes.index(stored) if stored in codes else None,
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
            default=self.stored.get(field),
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
            default=[code for code in self.stored.get(field) or [] if code in among],
            format_func=lambda code: _(among[code]),
            key=self.key(field),
        )
        fault(self.problem, field)

    def several(self, label: str, field: str, among: Mapping) -> None:
        """Any of a long list."""
        st.multiselect(
            label,
            list(among),
            default=[code for code in self.stored.get(field) or [] if code in among],
            format_func=lambda code: _(among[code]),
            key=self.key(field),
            placeholder=_("Choose"),
        )
        fault(self.problem, field)

    def flag(self, label: str, field: str, *, help: str | None = None) -> None:
        st.checkbox(label, bool(self.stored.get(field)), key=self.key(field), help=help)

    def save(self, label: str, button: str = "save", *, primary: bool = True) -> None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(label, key=self.key(button), type="primary" if primary else "secondary")
            if primary and isinstance(self.problem, Invalid):
                st.markdown(f":orange[:material/error: {_('Not saved yet: mend the fields marked above.')}]")

    def _number(self) -> int:
        return st.session_state.get(f"{self.name}#", 0)

    def _prefix(self) -> str:
        return f"{self.name}.{self._number()}."

    def _version_key(self) -> str:
        return f"{self.name}@{self._number()}"
