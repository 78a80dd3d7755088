"""The reason that undoing an act asks for when a past day would change: a field that appears after the first press."""

import streamlit as st

from lib.core.errors import Invalid, Problem
from lib.screen.i18n import _
from lib.screen.session import Key
from lib.screen.shell.page import fault


class UndoReason:
    """One list's field; an act is known by its number."""

    def __init__(self, typed: str, refused: str):
        self._typed: Key[str] = Key(typed)
        self._refused: Key[tuple[int, Invalid] | None] = Key(refused)

    def typed(self, act: int) -> str | None:
        return st.session_state.get(f"{self._typed.name}{act}")

    def note(self, act: int, problem: Problem | None) -> None:
        """Remember which act was refused for want of a reason; any other outcome closes the field."""
        self._refused.set((act, problem) if isinstance(problem, Invalid) else None)

    def act(self) -> int | None:
        """The act that the field is open for."""
        refused = self._refused.get()
        return refused[0] if refused else None

    def draw(self, act: int) -> None:
        """The field below this act's line, with its fault; nothing for any other act."""
        if act == self.act():
            st.text_input(_("Reason"), key=f"{self._typed.name}{act}", max_chars=200)
            fault(self._refused.get()[1], "reason")
