"""The form of the report as it is being edited: what the visitor changed, beside the version it was changed from.

Kept in the session until it is saved or dropped: neither a fault nor somebody else's version loses a word of it.
"""

from dataclasses import dataclass, field

import streamlit as st
from sqlite_utils import Database

from lib.oversight import template

_KEPT = "template_edit"


@dataclass
class Edit:
    """`changes` are `{code: {field: value}}` against `base`; `order` the codes as moved, `round` numbers the fields."""

    version: int
    base: dict[str, dict]
    order: list[str]
    changes: dict[str, dict] = field(default_factory=dict)
    moved: bool = False
    round: int = 0

    def line(self, code: str) -> dict:
        return self.base[code] | self.changes.get(code, {})

    def lines(self) -> list[dict]:
        """As they would be stored."""
        return [self.line(code) | {"position": place} for place, code in enumerate(self.order, start=1)]

    def of_block(self, block: str) -> list[str]:
        return [code for code in self.order if self.base[code]["block"] == block]

    def tell(self, code: str, name: str, value: object) -> None:
        """What was typed or ticked; the old value again is no change."""
        told = self.changes.setdefault(code, {})
        told[name] = value
        if value == self.base[code][name]:
            del told[name]
        if not told:
            del self.changes[code]

    def move(self, code: str, step: int) -> None:
        """Up or down past its neighbour of the same block."""
        block = self.of_block(self.base[code]["block"])
        place = block.index(code) + step
        if 0 <= place < len(block):
            here, there = self.order.index(code), self.order.index(block[place])
            self.order[here], self.order[there] = self.order[there], self.order[here]
            self.moved = self.order != list(self.base)

    def rebase(self, db: Database) -> None:
        """Onto the version that came in between; what is changed here stays changed."""
        order, moved = self.order, self.moved
        self.version, self.base = template.current(db), _lines(db)
        self.order, self.round = order if moved else list(self.base), self.round + 1
        for code, told in list(self.changes.items()):
            for name, value in list(told.items()):
                self.tell(code, name, value)
        self.moved = self.order != list(self.base)

    @property
    def untouched(self) -> bool:
        return not self.changes and not self.moved


def current(db: Database) -> Edit:
    """The visitor's own; begun afresh from the version in force while nothing was changed."""
    kept = st.session_state.get(_KEPT)
    if kept is None or kept.untouched and kept.version != template.current(db):
        base = _lines(db)
        kept = st.session_state[_KEPT] = Edit(
            template.current(db), base, list(base), round=kept.round + 1 if kept else 0
        )
    return kept


def drop() -> None:
    """Begin again; the fields come back fresh."""
    kept = st.session_state.get(_KEPT)
    if kept:
        kept.version, kept.changes, kept.moved = -1, {}, False


def _lines(db: Database) -> dict[str, dict]:
    return {line["code"]: line for line in template.lines(db)}
