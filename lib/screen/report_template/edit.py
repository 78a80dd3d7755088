"""The form of the report as it is being edited: what the visitor changed, beside the version it was changed from.

Kept in the session until it is saved or dropped: neither a fault nor somebody else's version loses a word of it.
"""

from dataclasses import dataclass, field

from sqlite_utils import Database

from lib.oversight.report_template import versions
from lib.oversight.report_template.indicators import PARTS
from lib.screen.report_template import session

_NEW = "new"  # how codes of what is not stored yet begin


@dataclass
class Edit:
    """`changes` are `{code: {field: value}}` against `base`; `order` the codes as moved, `round` numbers the fields.

    `added` holds the lines that are new. `parts` are the sections as they were, `sections` as they are now.
    """

    version: int
    base: dict[str, dict]
    order: list[str]
    parts: list[dict] = field(default_factory=list)
    sections: list[dict] = field(default_factory=list)
    changes: dict[str, dict] = field(default_factory=dict)
    added: dict[str, dict] = field(default_factory=dict)
    moved: bool = False
    round: int = 0
    given: int = 0

    def line(self, code: str) -> dict:
        return self.added.get(code) or self.base[code] | self.changes.get(code, {})

    def lines(self) -> list[dict]:
        """As they would be stored."""
        return [self.line(code) | {"position": place} for place, code in enumerate(self.order, start=1)]

    def of_block(self, block: str) -> list[str]:
        return [code for code in self.order if self.line(code)["block"] == block]

    def tell(self, code: str, name: str, value: object) -> None:
        """What was typed or ticked; the old value again is no change."""
        if code in self.added:
            self.added[code][name] = value
            return
        changed = self.changes.setdefault(code, {})
        changed[name] = value
        if value == self.base[code][name]:
            del changed[name]
        if not changed:
            del self.changes[code]

    def move(self, code: str, step: int) -> None:
        """Up or down past its neighbour of the same section."""
        block = self.of_block(self.line(code)["block"])
        place = block.index(code) + step
        if 0 <= place < len(block):
            at, neighbour = self.order.index(code), self.order.index(block[place])
            self.order[at], self.order[neighbour] = self.order[neighbour], self.order[at]
            self._look()

    def add(self, line: dict) -> str:
        """A new line at the end of its section; returns the code it bears until it is stored."""
        code = self._give()
        self.added[code] = line | {"code": code}
        self.order.append(code)
        return code

    def remove(self, code: str) -> None:
        """A line that is not stored yet."""
        del self.added[code]
        self.order.remove(code)

    # Sections

    def section(self, code: str) -> dict:
        return next(section for section in self.sections if section["code"] == code)

    def numbered(self) -> list[dict]:
        """In the order of the report, each with its number."""
        return versions.numbered(sorted(self.sections, key=lambda section: PARTS.index(section["part"])))

    def add_section(self, section: dict) -> str:
        code = self._give()
        self.sections.append(section | {"code": code, "shown": 1})
        return code

    def tell_section(self, code: str, name: str, value: object) -> None:
        self.section(code)[name] = value

    def move_section(self, code: str, step: int) -> None:
        """Up or down past its neighbour of the same part."""
        part = self.section(code)["part"]
        neighbours = [place for place, section in enumerate(self.sections) if section["part"] == part]
        at = next(place for place in neighbours if self.sections[place]["code"] == code)
        to = neighbours.index(at) + step
        if 0 <= to < len(neighbours):
            there = neighbours[to]
            self.sections[at], self.sections[there] = self.sections[there], self.sections[at]

    def remove_section(self, code: str) -> None:
        """A section that is not stored yet and asks for nothing."""
        if not self.of_block(code):
            self.sections = [section for section in self.sections if section["code"] != code]

    def is_new(self, code: str) -> bool:
        return code.startswith(_NEW)

    # Against what is stored

    def rebase(self, db: Database) -> None:
        """Onto the version that came in between; what is changed here stays changed."""
        order, moved = self.order, self.moved
        ours = {section["code"]: section for section in self.sections if section not in self.parts}
        self.version, self.base, self.parts = versions.current(db), _lines(db), _sections(db)
        sections_now = [ours.pop(section["code"], section) for section in self.parts]
        self.sections = [dict(section) for section in (*sections_now, *ours.values())]
        fresh = [code for code in self.base if code not in order]
        self.order = [*order, *fresh] if moved else [*self.base, *self.added]
        self.round += 1
        for code, changed in list(self.changes.items()):
            for name, value in list(changed.items()):
                self.tell(code, name, value)
        self._look()

    def take(self, lines: list[dict], sections: list[dict]) -> None:
        """The whole form as it came from a file: lines and sections without a code are new."""
        names = {}
        self.sections = []
        for section in sections:
            code = section["code"] or self._give()
            names[section["name_vi"]] = code
            self.sections.append(section | {"code": code})
        self.order, self.added, self.changes = [], {}, {}
        for line in lines:
            edited = line | {"block": names.get(line["block"], line["block"])}
            if not line["code"]:
                self.add(edited)
                continue
            self.order.append(line["code"])
            for name, value in edited.items():
                if name in self.base[line["code"]]:
                    self.tell(line["code"], name, value)
        self.order += [code for code in self.base if code not in self.order]
        self.round += 1
        self._look()

    def _give(self) -> str:
        self.given += 1
        return f"{_NEW}{self.given}"

    def _look(self) -> None:
        self.moved = [code for code in self.order if code in self.base] != list(self.base)

    @property
    def other_sections(self) -> bool:
        """Whether sections were added, renamed, moved or hidden."""
        return self.sections != self.parts

    @property
    def untouched(self) -> bool:
        return not self.changes and not self.moved and not self.added and not self.other_sections


def current(db: Database) -> Edit:
    """The visitor's own; begun afresh from the version in force while nothing was changed."""
    edit = session.EDIT.get()
    if edit is None or edit.untouched and edit.version != versions.current(db):
        base, parts = _lines(db), _sections(db)
        edit = Edit(
            versions.current(db),
            base,
            list(base),
            parts,
            [dict(part) for part in parts],
            round=edit.round + 1 if edit else 0,
            given=edit.given if edit else 0,
        )
        session.EDIT.set(edit)
    return edit


def drop() -> None:
    """Begin again; the fields come back fresh."""
    edit = session.EDIT.get()
    if edit:
        edit.version, edit.changes, edit.moved, edit.added = -1, {}, False, {}
        edit.sections = edit.parts


def _lines(db: Database) -> dict[str, dict]:
    return {line["code"]: line for line in versions.lines(db)}


def _sections(db: Database) -> list[dict]:
    return [{name: part[name] for name in versions.SECTION if name != "position"} for part in versions.sections(db)]
