"""What one window remembers between two runs: each thing under a name of its own, with its type.

The names of a room stand together in its `session` module, and nowhere else.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

T = TypeVar("T")


@dataclass(frozen=True)
class Key(Generic[T]):
    """A value of the session; under the key of a field, what stands in that field."""

    name: str

    def get(self) -> T | None:
        return st.session_state.get(self.name)

    def set(self, value: T | None) -> None:
        st.session_state[self.name] = value

    def default(self, value: T) -> T:
        """The value, which is this one from now on where there was none."""
        return st.session_state.setdefault(self.name, value)

    def pop(self) -> T | None:
        """The value, forgotten with this call."""
        return st.session_state.pop(self.name, None)

    def exists(self) -> bool:
        """Whether there is a value, None included."""
        return self.name in st.session_state

    def at(self, *parts: object) -> "Key[T]":
        """The same for one team, household or form of several."""
        return Key("_".join(map(str, (self.name, *parts))))


class Flash(Key[str]):
    """The message of an act that ended with a new run of the page; that run shows it once."""

    def show(self) -> None:
        if sentence := self.pop():
            st.success(sentence)
